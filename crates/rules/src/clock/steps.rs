//! The steps of an account: every day counted or skipped, with the reason (P43).

use jiff::civil::{Date, DateTime};

use super::calendar::Calendar;
use super::deadline::{Clamp, corresponding, effective_start};
use super::explain::{Step, StepKind};
use super::rule::{ClockRule, Count, MonthRule, NonWorking, Roll, Unit};
use super::written_date::{clock_time, short_date};

/// The steps from the start to the due day. They are told from the rule anew, so that a test can hold them against the
/// table-driven date.
pub(super) fn of(rule: &ClockRule, calendar: &Calendar, received: DateTime, due_on: Date) -> Vec<Step> {
    let mut steps = vec![started(rule, received)];
    let Ok(start) = effective_start(rule, calendar, received) else {
        return steps;
    };
    match rule.unit {
        Unit::Minutes | Unit::Hours | Unit::WorkingHours => {
            steps.push(reckoned(
                due_on,
                format!("{} later", rule.unit.with_amount(rule.amount)),
            ));
            return steps;
        }
        _ => steps.extend(moved_start(rule, calendar, received, start)),
    }
    if rule.unit == Unit::WorkingDays {
        steps.extend(each_day(rule, calendar, received.date(), (start, due_on)));
    } else {
        steps.extend(in_one_leap(rule, calendar, start, due_on));
    }
    if let Some(longer) = rule
        .amount_if_closure
        .filter(|longer| *longer == amount_used(rule, calendar, start))
    {
        let note = format!("a closure day falls within, so it is {}", rule.unit.with_amount(longer));
        steps.push(Step {
            on: due_on,
            what: StepKind::Lengthened,
            note,
            counted: None,
        });
    }
    steps
}

fn started(rule: &ClockRule, received: DateTime) -> Step {
    let note = format!(
        "{} {} {:02}:{:02}",
        rule.start.happened(),
        short_date(received.date()),
        received.hour(),
        received.minute()
    );
    Step {
        on: received.date(),
        what: StepKind::Started,
        note,
        counted: None,
    }
}

fn moved_start(rule: &ClockRule, calendar: &Calendar, received: DateTime, start: Date) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut day = received.date();
    if let Some(cutoff) = rule.cutoff.filter(|cutoff| received.time() >= *cutoff) {
        let Ok(next) = day.tomorrow() else { return steps };
        let note = format!("counts as the next day, because it was {} or later", clock_time(cutoff));
        steps.push(Step {
            on: next,
            what: StepKind::AfterCutOff,
            note,
            counted: None,
        });
        day = next;
    }
    if rule.non_working == NonWorking::Deemed && day != start {
        let why = calendar.why_not_working(day).unwrap_or_default();
        let note = format!(
            "counts as started on this day, because {} is not a working day ({why})",
            short_date(day)
        );
        steps.push(Step {
            on: start,
            what: StepKind::Deemed,
            note,
            counted: None,
        });
    }
    steps
}

/// One step for each day after the start up to the due day.
fn each_day(rule: &ClockRule, calendar: &Calendar, received_on: Date, (start, due_on): (Date, Date)) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut counted = 0;
    let mut day = if rule.count == Count::Inclusive || rule.amount == 0 {
        Some(start)
    } else {
        start.tomorrow().ok()
    };
    if day == Some(received_on) && !calendar.is_working_day(received_on) {
        day = received_on.tomorrow().ok();
    }
    while let Some(on) = day.filter(|on| *on <= due_on) {
        steps.push(match calendar.why_not_working(on) {
            Some(note) => Step {
                on,
                what: StepKind::Skipped,
                note,
                counted: None,
            },
            None => {
                counted += 1;
                Step {
                    on,
                    what: StepKind::Counted,
                    note: String::new(),
                    counted: Some(counted),
                }
            }
        });
        day = on.tomorrow().ok();
    }
    steps
}

/// Days, weeks and months are not counted one by one; what bends them is told.
fn in_one_leap(rule: &ClockRule, calendar: &Calendar, start: Date, due_on: Date) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut reached = due_on;
    if rule.roll != Roll::None
        && let Ok(before_roll) = super::deadline::before_roll(rule, start, amount_used(rule, calendar, start))
    {
        reached = before_roll;
    }
    steps.push(reckoned(
        reached,
        leap_words(rule, amount_used(rule, calendar, start), start),
    ));
    if rule.unit == Unit::Months
        && let Ok((_, Clamp::LastDay)) = corresponding(start, amount_used(rule, calendar, start))
    {
        let note = "the last day of the month, because it has no such date".to_owned();
        steps.push(Step {
            on: reached,
            what: StepKind::Clamped,
            note,
            counted: None,
        });
    }
    if reached != due_on {
        let why = calendar.why_not_working(reached).unwrap_or_default();
        let note = format!("moved from {}, which is not a working day ({why})", short_date(reached));
        steps.push(Step {
            on: due_on,
            what: StepKind::Rolled,
            note,
            counted: None,
        });
    }
    steps
}

fn leap_words(rule: &ClockRule, amount: u32, start: Date) -> String {
    let amount = rule.unit.with_amount(amount);
    match (rule.unit, rule.month_rule, rule.count) {
        (Unit::Months, MonthRule::PeriodCommencing, _) => {
            format!("the last day of {amount} that begin on {}", short_date(start))
        }
        (Unit::Months, MonthRule::Corresponding, _) => format!("{amount} after {}", short_date(start)),
        (_, _, Count::Inclusive) => format!("the last of {amount} that begin on {}", short_date(start)),
        (_, _, Count::After) => format!("{amount} after {}", short_date(start)),
    }
}

/// The amount that was counted: the longer one if a closure day falls within the shorter (P21).
fn amount_used(rule: &ClockRule, calendar: &Calendar, start: Date) -> u32 {
    let shorter = super::deadline::reach(rule, calendar, start, rule.amount);
    match (rule.amount_if_closure, shorter) {
        (Some(longer), Ok(reached)) if calendar.closure_within(start, reached) => longer,
        _ => rule.amount,
    }
}

fn reckoned(on: Date, note: String) -> Step {
    Step {
        on,
        what: StepKind::Reckoned,
        note,
        counted: None,
    }
}
