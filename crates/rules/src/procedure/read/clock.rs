//! Reading `[clock.NAME]`.

use crate::clock::{
    BreachEffect, CalendarRef, ClockName, ClockRule, Count, DueTime, MonthRule, NonWorking, Recurrence, Roll,
    StartEvent, Unit, Warn,
};
use crate::data_file::Section;
use crate::procedure::model::{Clock, ClockOwner, Starts};

pub(super) fn clocks(root: &Section<'_>) -> Vec<Clock> {
    root.named_sections("clock")
        .iter()
        .map(|(name, section)| clock(name, section))
        .collect()
}

fn clock(name: &str, section: &Section<'_>) -> Clock {
    let starts = starts(section);
    let reset_by = section.codes("reset_by");
    let unit = section.code("unit");
    let rule = ClockRule {
        name: ClockName::new(name),
        start: starts.direct.clone(),
        unit,
        amount: section.whole("amount"),
        count: count(section, unit),
        non_working: section.code_or("non_working", NonWorking::CountOn),
        cutoff: section.time_if("cutoff"),
        due_time: section.read_if("due_time", due_time).unwrap_or(DueTime::EndOfDay),
        roll: section.code_or("roll", Roll::None),
        calendar: CalendarRef(section.texts("calendar")),
        stop: section.codes("stop"),
        warn: warnings(section),
        breach: if section.has("breach") {
            section.codes("breach")
        } else {
            vec![BreachEffect::Alert]
        },
        month_rule: section.code_or("month_rule", MonthRule::Corresponding),
        recurrence: if reset_by.is_empty() {
            Recurrence::Once
        } else {
            Recurrence::ResetBy(reset_by)
        },
        amount_if_closure: section.whole_if("amount_if_closure"),
    };
    Clock {
        rule,
        starts,
        owner: section.code_or("owner", ClockOwner::Us),
        applies_when: super::condition_if(section, "applies_when"),
        waived_when: super::condition_if(section, "waived_when"),
        later_of: super::clock_name_if(section, "later_of"),
        due_at_once_on: section.codes("due_at_once_on"),
    }
}

/// `start = "received"`, or `[clock.NAME.start_by]` with the start for each way of entering the stage (P16).
fn starts(section: &Section<'_>) -> Starts {
    let Some(by) = section.has("start_by").then(|| section.section("start_by")).flatten() else {
        let start = start(section, "start").unwrap_or(StartEvent::Received);
        return Starts {
            direct: start.clone(),
            rerouted: start.clone(),
            escalated: start.clone(),
            reopened: start,
        };
    };
    if section.has("start") {
        section.fault("start", "say either start or start_by, not both");
    }
    let direct = start(&by, "direct").unwrap_or(StartEvent::Received);
    let other = |key: &'static str| {
        let said = by.has(key).then(|| start(&by, key)).flatten();
        said.unwrap_or_else(|| direct.clone())
    };
    Starts {
        rerouted: other("rerouted"),
        escalated: other("escalated"),
        reopened: other("reopened"),
        direct,
    }
}

fn start(section: &Section<'_>, key: &'static str) -> Option<StartEvent> {
    let text = section.text(key);
    let found = StartEvent::from_code(&text);
    if found.is_none() && !text.is_empty() {
        let known: Vec<&str> = StartEvent::LIST.iter().map(|(code, _, _)| *code).collect();
        let reason = format!(
            "nothing called \"{text}\" starts a clock; known are: {}, clock:NAME",
            known.join(", ")
        );
        section.fault(key, reason);
    }
    found
}

fn count(section: &Section<'_>, unit: Unit) -> Count {
    if unit == Unit::Months && section.has("count") {
        section.fault("count", "months are not counted day by day: say month_rule instead");
    }
    section.code_or("count", Count::After)
}

fn due_time(text: &str) -> Result<DueTime, String> {
    if text == "end_of_day" {
        return Ok(DueTime::EndOfDay);
    }
    text.parse()
        .map(DueTime::CloseOfBusiness)
        .map_err(|_| "say \"end_of_day\" or a time of day: \"17:00\"".to_owned())
}

/// `warn = ["75%", "1 working day before", "17:00"]`.
fn warnings(section: &Section<'_>) -> Vec<Warn> {
    let texts = section.texts("warn");
    let known = texts.iter().filter_map(|text| {
        let read = warning(text);
        if read.is_none() {
            let reason = format!("\"{text}\" is no warning point; say \"75%\", \"1 working day before\" or \"17:00\"");
            section.fault("warn", reason);
        }
        read
    });
    known.collect()
}

fn warning(text: &str) -> Option<Warn> {
    if let Some(percent) = text.strip_suffix('%') {
        return percent
            .parse()
            .ok()
            .filter(|percent| (1..=99).contains(percent))
            .map(Warn::Percent);
    }
    let days = text
        .strip_suffix(" working days before")
        .or_else(|| text.strip_suffix(" working day before"));
    if let Some(days) = days {
        return days.parse().ok().map(Warn::WorkingDaysBefore);
    }
    text.parse().ok().map(Warn::CloseOfBusiness)
}
