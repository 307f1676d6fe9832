//! Amounts, rhythms and lists as people say them.

use crate::clock::{ClockRule, Count, StartEvent, Unit, clock_time};
use crate::procedure::{Procedure, RoleName};
pub(super) use crate::sentence::capital;

/// "within 3 working days"; "on the same day" for none.
pub(super) fn within(rule: &ClockRule) -> String {
    match (rule.unit, rule.amount) {
        (Unit::Minutes | Unit::Hours | Unit::WorkingHours, 0) => "at once".to_owned(),
        (_, 0) => "on the same day".to_owned(),
        (unit, amount) => format!("within {}", unit.with_amount(amount)),
    }
}

/// "every working day", "every 5 working days".
pub(super) fn every(unit: Unit, amount: u32) -> String {
    match amount {
        1 => format!("every {}", unit.words().trim_end_matches('s')),
        _ => format!("every {amount} {}", unit.words()),
    }
}

/// "once", "twice", "up to 3 times".
pub(super) fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("up to {count} times"),
    }
}

/// "a, b and c".
pub(super) fn and(items: &[String]) -> String {
    joined(items, "and")
}

/// "a, b or c".
pub(super) fn or(items: &[String]) -> String {
    joined(items, "or")
}

/// "the day your complaint reaches us".
pub(super) fn start_day(start: &StartEvent) -> &'static str {
    match start {
        StartEvent::Received | StartEvent::RoutedToUs => "the day your complaint reaches us",
        StartEvent::Acknowledged => "the day we confirm that we have it",
        StartEvent::StageEntered => "the day the stage begins",
        StartEvent::EscalationRequested => "the day you ask",
        StartEvent::EscalationRefused => "the day we tell you no",
        StartEvent::DecisionCommunicated => "the day of our decision",
        StartEvent::ProcedureCompleted => "the day we finish",
        StartEvent::InformationComplete => "the day we have everything we asked you for",
        StartEvent::Reopened => "the day we take it up again",
        StartEvent::Closed => "the day we close it",
        StartEvent::EventHappened => "the day it happened",
        StartEvent::ClockStopped(_) => "the day the step before is done",
    }
}

/// Whether that day counts, and until when on the last day: "That day is not counted. ...".
pub(super) fn day_counting(rule: &ClockRule) -> String {
    let first = match rule.count {
        Count::After => "That day itself is not counted.",
        Count::Inclusive => "That day is the first that is counted.",
    };
    rule.cutoff.map_or_else(
        || first.to_owned(),
        |cutoff| {
            format!(
                "{first} What reaches us at {} or later counts as the next day.",
                clock_time(cutoff)
            )
        },
    )
}

/// The names by which the procedure calls these roles, joined.
pub(super) fn people(procedure: &Procedure, roles: &[RoleName]) -> String {
    and(&roles
        .iter()
        .map(|role| with_article(procedure.role_words(*role)))
        .collect::<Vec<_>>())
}

/// "the training lead", but "Customer Services Senior Managers" and "IT management": names and plurals stand alone.
fn with_article(called: &str) -> String {
    let named = called.chars().next().is_some_and(char::is_uppercase) || called.ends_with('s');
    if named {
        called.to_owned()
    } else {
        format!("the {called}")
    }
}

fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}
