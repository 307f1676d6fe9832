//! Clocks: how long, from when, until when, how it is counted, who is warned. Each property is a statement of its own, so that a changed limit
//! is not lost in a paragraph.

use super::statement::{Part, Statements, listed};
use crate::clock::rule::{DueTime, Recurrence, Warn};
use crate::clock::{ClockName, ClockRule, Unit, clock_time};
use crate::procedure::{Clock, Procedure, Starts};
use crate::sentence::capital;

pub(super) fn say(procedure: &Procedure, said: &mut Statements) {
    for clock in &procedure.clocks {
        let name = used_for(procedure, &clock.rule.name);
        counting(&clock.rule, &name, said);
        running(clock, &name, said);
    }
}

fn counting(rule: &ClockRule, name: &str, said: &mut Statements) {
    let ClockRule {
        name: key,
        start: _, // one of the starts below
        unit,
        amount,
        count,
        non_working,
        cutoff,
        due_time,
        roll,
        calendar,
        stop,
        warn,
        breach,
        month_rule,
        recurrence,
        amount_if_closure,
    } = rule;
    let mut say = |property: &str, about: &str, says: String| {
        said.keyed(
            Part::Limits,
            &format!("{key}.{property}"),
            format!("{name}: {about}"),
            says,
        );
    };
    say("amount", "limit", unit.with_amount(*amount));
    say("count", "the first day", count.words().to_owned());
    say("non_working", "a start on a day off", non_working.words().to_owned());
    if let Some(cutoff) = cutoff {
        say("cutoff", "the day ends for new ones", clock_time(*cutoff));
    }
    let late = match due_time {
        DueTime::EndOfDay => "after the end of the day".to_owned(),
        DueTime::CloseOfBusiness(time) => format!("after {}", clock_time(*time)),
    };
    say("due_time", "late", late);
    say("roll", "a due day that is a day off", roll.words().to_owned());
    if !calendar.is_default() {
        say("calendar", "calendars of its own", listed(&calendar.0));
    }
    say("stop", "stopped when", listed(stop.iter().map(|event| event.words())));
    say("warn", "warnings", listed(warn.iter().map(|warn| warned(*warn))));
    say(
        "breach",
        "when it is late",
        listed(breach.iter().map(|effect| effect.words())),
    );
    say("month_rule", "how months are counted", month_rule.words().to_owned());
    if let Recurrence::ResetBy(events) = recurrence {
        let events = listed(events.iter().map(|event| event.words()));
        say("recurrence", "starts again when", events);
    }
    if let Some(amount) = amount_if_closure {
        say(
            "amount_if_closure",
            "limit with a closure day inside",
            unit.with_amount(*amount),
        );
    }
}

fn running(clock: &Clock, name: &str, said: &mut Statements) {
    let Clock {
        rule,
        starts:
            Starts {
                direct,
                rerouted,
                escalated,
                reopened,
            },
        owner,
        applies_when,
        waived_when,
        later_of,
        due_at_once_on,
    } = clock;
    let key = &rule.name;
    let starts = [direct, rerouted, escalated, reopened];
    let starts = if starts.iter().all(|start| *start == direct) {
        direct.words()
    } else {
        format!(
            "{}; moved by staff: {}; asked for: {}; reopened: {}",
            direct.words(),
            rerouted.words(),
            escalated.words(),
            reopened.words()
        )
    };
    let mut say = |property: &str, about: &str, says: Option<String>| {
        said.keyed_if(
            Part::Limits,
            &format!("{key}.{property}"),
            format!("{name}: {about}"),
            says,
        );
    };
    say("start", "counted from when", Some(starts));
    say("owner", "whose time it is", Some(owner.words().to_owned()));
    say(
        "applies_when",
        "runs only when",
        applies_when.as_ref().map(ToString::to_string),
    );
    say(
        "waived_when",
        "dropped when",
        waived_when.as_ref().map(ToString::to_string),
    );
    say(
        "later_of",
        "or with this clock, if that is later",
        later_of.as_ref().map(ToString::to_string),
    );
    let at_once = (!due_at_once_on.is_empty()).then(|| listed(due_at_once_on.iter().map(|event| event.words())));
    say("due_at_once_on", "due at once when", at_once);
}

fn warned(warn: Warn) -> String {
    match warn {
        Warn::Percent(percent) => format!("when {percent} % of the time has gone"),
        Warn::WorkingDaysBefore(days) => format!("{} before", Unit::WorkingDays.with_amount(days)),
        Warn::CloseOfBusiness(time) => format!("at {} on the day", clock_time(time)),
    }
}

/// What a clock is for, as people say it: "Decision at stage 1".
#[must_use]
pub fn used_for(procedure: &Procedure, name: &ClockName) -> String {
    let mut uses = Vec::new();
    for stage in &procedure.stages {
        if stage.decision_clock == *name {
            uses.push(format!("decision at stage {}", stage.number));
        }
        if stage.update_clock == *name {
            uses.push(format!("updates at stage {}", stage.number));
        }
    }
    for gate in &procedure.escalations {
        if gate.decide_within.as_ref() == Some(name) {
            uses.push("answer to a request for the next stage".to_owned());
        }
        if gate.window_clock.as_ref() == Some(name) {
            uses.push("time to ask for the next stage".to_owned());
        }
    }
    for target in procedure.acknowledgements.iter().filter(|target| target.clock == *name) {
        let channels: Vec<&str> = target.channels.iter().map(|channel| channel.words()).collect();
        uses.push(format!("acknowledgement ({})", channels.join(", ")));
    }
    for regime in procedure.regimes.iter().filter(|regime| regime.clocks.contains(name)) {
        uses.push(regime.name.name.clone());
    }
    match uses.first() {
        Some(first) => capital(first),
        None => format!("Clock {name}"),
    }
}
