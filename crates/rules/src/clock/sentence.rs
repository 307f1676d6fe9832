//! A clock rule in one sentence, for the account of a date and the public page.

use super::rule::{ClockRule, Count, DueTime, NonWorking, Recurrence, Roll, Unit};
use super::written_date::clock_time;

/// "3 working days from the moment the complaint is received; the day of the start is not counted; ...".
pub(super) fn of(rule: &ClockRule) -> String {
    let mut parts = vec![format!(
        "{} after {}",
        rule.unit.with_amount(rule.amount),
        rule.start.words()
    )];
    match rule.unit {
        Unit::Minutes | Unit::Hours => parts.push("counted day and night".to_owned()),
        Unit::WorkingHours => parts.push("counted in opening hours only".to_owned()),
        Unit::Months => parts.push(rule.month_rule.words().to_owned()),
        _ => parts.push(rule.count.words().to_owned()),
    }
    if let Some(cutoff) = rule.cutoff.filter(|_| counts_days(rule)) {
        parts.push(format!("from {} it counts as the next day", clock_time(cutoff)));
    }
    if rule.unit == Unit::WorkingDays || rule.non_working == NonWorking::Deemed {
        let start = if rule.count == Count::After {
            "a start on a non-working day"
        } else {
            "starting on a non-working day"
        };
        parts.push(format!("{start}: {}", rule.non_working.words()));
    }
    if rule.roll != Roll::None {
        parts.push(rule.roll.words().to_owned());
    }
    if let Some(longer) = rule.amount_if_closure {
        parts.push(format!(
            "{} if a closure day falls within",
            rule.unit.with_amount(longer)
        ));
    }
    if counts_days(rule) {
        parts.push(match rule.due_time {
            DueTime::EndOfDay => "it is late after the end of that day".to_owned(),
            DueTime::CloseOfBusiness(time) => format!("it is late after {} on that day", clock_time(time)),
        });
    }
    if let Recurrence::ResetBy(_) = rule.recurrence {
        parts.push("it is counted anew whenever news goes out".to_owned());
    }
    parts.join("; ")
}

fn counts_days(rule: &ClockRule) -> bool {
    !matches!(rule.unit, Unit::Minutes | Unit::Hours | Unit::WorkingHours)
}
