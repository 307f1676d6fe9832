//! What the passing of time does to a case: warnings, breaches, missed updates, reminders of a question (P18, A9, A41).

use jiff::Timestamp;

use super::ask;
use crate::case::change::{Change, Setting};
use crate::case::event::{ClockPassed, Event};
use crate::case::{Alert, Case};
use crate::confidential::sealing::report;
use crate::deadlines::{Deadline, Duty};

/// What is due because an instant has come. Running it twice changes nothing the second time.
pub fn watch(case: &Case, deadlines: &[Deadline], setting: &Setting<'_>) -> Change {
    let open = deadlines
        .iter()
        // The law goes on where the complainant has stopped (A38).
        .filter(|deadline| deadline.met_at.is_none() && (case.is_open() || deadline.duty == Duty::Regime));
    let mut change = Change::of(open.flat_map(|deadline| passed(case, deadline, setting)).collect());
    if let Some((event, letter)) = ask::remind(case, setting) {
        change.events.push(event);
        change.letters.push(letter);
    }
    if let Some((event, letter)) = report::remind(case, &change.events, setting) {
        change.events.push(event);
        change.letters.push(letter);
    }
    change
}

fn passed(case: &Case, deadline: &Deadline, setting: &Setting<'_>) -> Vec<Event> {
    let point = ClockPassed {
        clock: deadline.clock.clone(),
        due_at: deadline.due_at,
    };
    let key = (deadline.clock.clone(), deadline.due_at);
    if deadline.has_passed(setting.now) {
        return match deadline.duty {
            Duty::Update if already_missed(case, deadline) => Vec::new(),
            Duty::Update => vec![Event::UpdateMissed(point)],
            // A plan is the investigator's own: nothing was promised to anybody.
            Duty::PlanLine => Vec::new(),
            _ if case.breached.contains(&key) => Vec::new(),
            _ => vec![Event::ClockBreached(point)],
        };
    }
    // Each warning point is given once; of several that have passed, one says it for all.
    let latest = deadline.warn_at.iter().filter(|at| **at <= setting.now).max();
    let given = |at: Timestamp| {
        let this = case
            .warned
            .iter()
            .filter(|warned| (&warned.clock, warned.due_at) == (&key.0, key.1));
        this.into_iter().any(|warned| warned.at >= at)
    };
    if latest.is_some_and(|at| !given(*at)) {
        vec![Event::ClockWarned(point)]
    } else {
        Vec::new()
    }
}

fn already_missed(case: &Case, deadline: &Deadline) -> bool {
    case.alerts
        .iter()
        .any(|alert| matches!(alert, Alert::UpdateMissed { due_at } if *due_at == deadline.due_at))
}
