//! Dates that came near, passed or moved, in plain words.

use casework::desk::CaseFile;
use rules::case::event::Event;
use rules::clock::full_date;

use super::{Saying, date, quiet, regimes, with};
use crate::page::timeline::TimelineKind;
use crate::staff::serve::brief::what_was_due;
use crate::staff::serve::regime::named_by_clock;

/// More time, reminders, and what became of a date.
pub(super) fn dates(file: &CaseFile, who: &str, event: &Event) -> Saying {
    match event {
        Event::ExtensionRequested(request) => with(
            TimelineKind::StaffOnly,
            format!("Asked for {} more working days", request.days),
            request.reason.clone(),
        ),
        Event::ExtensionApproved(extension) => with(
            TimelineKind::Sent,
            format!("Decision date moved to {}", full_date(extension.new_due_on)),
            extension.reason.clone(),
        ),
        Event::ExtensionRefused(refusal) => with(TimelineKind::StaffOnly, "More time refused", refusal.reason.clone()),
        Event::UpdateMissed(missed) => with(
            TimelineKind::Trouble,
            "An update is overdue",
            format!("It was due on {}.", date(file, missed.due_at)),
        ),
        Event::ClockWarned(warned) => quiet(match named_by_clock(file, &warned.clock) {
            Some(regime) => format!("Reminder: a date is near, {} ({regime})", date(file, warned.due_at)),
            None => format!("Reminder: a date is near, {}", date(file, warned.due_at)),
        }),
        Event::ClockBreached(passed) => with(
            TimelineKind::Trouble,
            format!("Date passed: {}", what_was_due(file, &passed.clock)),
            format!("It was due by {}.", date(file, passed.due_at)),
        ),
        Event::ClockRecomputed(again) if again.new_on > again.old_on => with(
            TimelineKind::Sent,
            format!("Decision date moved to {}", full_date(again.new_on)),
            format!("It was {}. The calendar changed.", full_date(again.old_on)),
        ),
        Event::ClockRecomputed(again) => quiet(format!(
            "The calendar changed, and the decision date stays where it was promised: {}",
            full_date(again.new_on)
        )),
        other => regimes(file, who, other),
    }
}
