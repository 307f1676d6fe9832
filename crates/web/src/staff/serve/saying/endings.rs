//! The way to a decision, the end of a case, and what follows from it, in words.

use rules::case::event::Event;
use rules::case::vocabulary::Means;
use rules::clock::full_date;
use rules::sentence::capital;

use super::{Saying, letter, quiet, through, with};
use crate::page::timeline::TimelineKind;
use crate::staff::serve::letters::short;

/// The way to a decision, and what the complainant says to it.
pub(super) fn endings(who: &str, event: &Event) -> Saying {
    match event {
        Event::DraftSaved(draft) => quiet(format!("Draft {} of the decision saved", draft.version)),
        Event::DecisionRecorded(recorded) => with(
            TimelineKind::StaffOnly,
            format!("Stage {} decision: {}", recorded.stage, recorded.outcome.words()),
            recorded.decision.reasons.clone(),
        ),
        Event::DecisionCommunicated(delivered) => {
            let how = through(delivered.communicated.by.words());
            let fingerprint = delivered
                .sha256
                .as_deref()
                .map(|sha256| format!(" (fingerprint {})", short(sha256)));
            let answer = (delivered.communicated.by == Means::Email && !delivered.is_told())
                .then(|| format!("; accepted by the mail server: {}", delivered.communicated.proof));
            letter(
                format!(
                    "Decision given to {who} {how}{}{}",
                    fingerprint.unwrap_or_default(),
                    answer.unwrap_or_default()
                ),
                &delivered.text,
            )
        }
        Event::EscalationRequested(request) => {
            let late = if request.late { " (after the usual time)" } else { "" };
            with(
                TimelineKind::Received,
                format!("{} asked for stage 2{late}", capital(who)),
                request.words.clone().unwrap_or_default(),
            )
        }
        Event::EscalationAccepted(remark) => with(
            TimelineKind::StaffOnly,
            "Request for stage 2 accepted",
            remark.remark.clone().unwrap_or_default(),
        ),
        Event::EscalationRefused(refusal) => with(
            TimelineKind::Sent,
            "Request for stage 2 refused",
            refusal.reason.clone(),
        ),
        other => aftermath(who, other),
    }
}

/// The end of a case, and what follows from it.
fn aftermath(who: &str, event: &Event) -> Saying {
    match event {
        Event::Closed(closed) => match &closed.reason {
            Some(reason) => with(
                TimelineKind::StaffOnly,
                format!("Closed: {}", closed.ending.words()),
                reason.clone(),
            ),
            None => quiet(format!("Closed: {}", closed.ending.words())),
        },
        Event::Withdrawn(reason) => with(
            TimelineKind::Received,
            format!("{} stopped it", capital(who)),
            reason.reason.clone(),
        ),
        Event::Reopened(reason) => with(TimelineKind::StaffOnly, "Reopened", reason.reason.clone()),
        Event::ActionCreated(created) => with(
            TimelineKind::StaffOnly,
            format!("Follow-on action, by {}", full_date(created.action.due_on)),
            format!("{} ({})", created.action.text, created.action.owner),
        ),
        Event::RootCauseSet(set) => quiet(format!("Cause: {}", set.cause)),
        Event::LearningRecorded(learning) => with(
            TimelineKind::StaffOnly,
            "What we learnt",
            learning.text.clone().unwrap_or_else(|| "Nothing new".to_owned()),
        ),
        Event::HoldSet(set) => with(
            TimelineKind::StaffOnly,
            "Held: it is not erased until the hold is lifted",
            set.reason.clone(),
        ),
        Event::HoldLifted(lifted) => with(TimelineKind::StaffOnly, "The hold is lifted", lifted.reason.clone()),
        Event::ErasureRefused(refused) => with(
            TimelineKind::StaffOnly,
            format!("Request to erase it refused: {}", refused.exemption.words()),
            refused.reason.clone(),
        ),
        Event::Redacted(redacted) => with(
            TimelineKind::StaffOnly,
            match redacted.places.len() {
                1 => format!("Taken out for good, no. {}: one place", redacted.number),
                many => format!("Taken out for good, no. {}: {many} places", redacted.number),
            },
            redacted.reason.clone(),
        ),
        Event::CopyGiven(given) => quiet(format!(
            "A copy of what is kept about them was made for {who}, no. {}",
            given.number
        )),
        other => quiet(other.kind()),
    }
}
