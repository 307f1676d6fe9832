//! What the job register holds of a case: its job, and a line of its trail for what happens (R20, R21).

use rules::case::event::Event;
use rules::case::{Case, Recorded};
use rules::files::SeenBy;
use storage::jobs::{JobRow, JobUpdate};

use crate::secrets::Secrets;

/// What the register calls the job of a restricted case: a stub that says nothing else (R33, A14).
pub const STUB: &str = "Feedback, handled separately";

/// The job of the case in the register. Of a restricted case it is a stub: number, reference and dates, and no link to the job that it is about.
pub fn job_row(case: &Case, at: jiff::Timestamp) -> Option<JobRow> {
    let job = case.job.as_ref()?;
    let open = !case.is_restricted();
    Some(JobRow {
        number: job.number.clone(),
        reference: case.reference.to_string(),
        profile: if open { job.profile.clone() } else { STUB.to_owned() },
        parent: job.parent.clone().filter(|_| open),
        status: if case.is_open() { "open" } else { "closed" }.to_owned(),
        opened_at: case.logged_at,
        updated_at: at,
    })
}

/// What the job register tells of these events.
pub fn job_updates(case: &Case, events: &[Recorded]) -> Vec<JobUpdate> {
    events
        .iter()
        .filter_map(|recorded| job_update(case, recorded))
        .collect()
}

/// What an event adds to the job, so that one audit trail exists there (R21). Staff notes stay with the case, the way back of the complainant
/// is told to nobody, and a stub holds no words.
fn job_update(case: &Case, recorded: &Recorded) -> Option<JobUpdate> {
    let number = case.job.as_ref()?.number.clone();
    let text = if case.is_restricted() {
        stub_text(&recorded.event)?
    } else {
        Secrets::of(&case.received).masked(&job_text(&recorded.event)?)
    };
    Some(JobUpdate {
        number,
        sequence: i64::from(recorded.sequence),
        at: recorded.at,
        text,
    })
}

/// Where a restricted case stands, without a word of it.
fn stub_text(event: &Event) -> Option<String> {
    Some(match event {
        Event::Received(_) => "Received".to_owned(),
        Event::StageEntered(entry) => format!("Stage {} began", entry.stage),
        Event::DecisionCommunicated(_) => "Decision given".to_owned(),
        Event::Closed(_) => "Closed".to_owned(),
        Event::Reopened(_) => "Reopened".to_owned(),
        _ => return None,
    })
}

fn job_text(event: &Event) -> Option<String> {
    Some(match event {
        Event::JobRaised(job) => match &job.parent {
            Some(parent) => format!("Job raised as a child of {parent}, profile \"{}\"", job.profile),
            None => format!("Job raised, profile \"{}\"", job.profile),
        },
        Event::JobLinked(link) => format!("Now a child of {}", link.parent),
        Event::Received(received) => format!("Received by {}: {}", received.channel.words(), received.words),
        Event::Acknowledged(told) => format!("Acknowledged by {}", told.by.words()),
        Event::CategorySet(category) => format!(
            "Categorised: service {}, problem {}",
            category.service, category.problem
        ),
        Event::UrgencySet(set) => format!("Urgency: {}", set.urgency.words()),
        Event::StageEntered(entry) => format!("Stage {} began: {}", entry.stage, entry.reason.words()),
        Event::Assigned(_) => "Passed to a new owner".to_owned(),
        Event::ExtensionApproved(extension) => format!(
            "Decision date moved from {} to {}: {}",
            extension.old_due_on, extension.new_due_on, extension.reason
        ),
        Event::ClockRecomputed(again) if again.new_on > again.old_on => format!(
            "Decision date moved from {} to {}: the calendar changed",
            again.old_on, again.new_on
        ),
        Event::UpdateSent(update) => format!("Update to the complainant ({}): {}", update.by.words(), update.words),
        Event::InfoRequested(asked) => {
            format!("Question to the complainant ({}): {}", asked.by.words(), asked.question)
        }
        Event::InfoReminded(reminded) => format!("Reminder {} of our question", reminded.number),
        Event::InfoReceived(received) => format!("The question is answered, or not needed: {}", received.by.words()),
        // The other case may be one that not everybody sees who sees this job.
        Event::IssueSetApart(_) => "What they wrote about something else became a case of its own".to_owned(),
        Event::ConsentAsked(_) => "The consent of the person was asked for".to_owned(),
        Event::ConsentGiven(_) => "The person agreed that we speak about them".to_owned(),
        Event::ConsentWithdrawn(_) => "The person no longer agrees that we speak about them".to_owned(),
        Event::PointsSent(_) => "The points were sent to the complainant to be agreed".to_owned(),
        Event::PointsAgreed(_) => "The complainant agreed with the points".to_owned(),
        Event::PointsCorrected(corrected) => format!("The complainant corrected the points: {}", corrected.words),
        Event::UpdateMissed(_) => "An update was not sent in time".to_owned(),
        Event::MessageReceived(message) => format!("Message from the complainant: {}", message.words),
        // A file that is for staff stays with the case, as the note does that it came with.
        Event::FileAttached(file) if file.seen_by == SeenBy::Complainant => format!("File attached: {}", file.name),
        Event::SignOffRequested(_) => "Draft decision sent for sign-off".to_owned(),
        Event::SignOffApproved(_) => "Decision signed off".to_owned(),
        Event::SignOffEdited(_) => "Letter changed before sign-off".to_owned(),
        Event::SignOffHandedOn(_) => "Sign-off handed on".to_owned(),
        Event::SignOffReturned(_) => "Draft decision sent back".to_owned(),
        Event::DecisionRecorded(decision) => {
            format!("Decision at stage {}: {}", decision.stage, decision.outcome.words())
        }
        Event::DecisionCommunicated(delivered) => format!("Decision given by {}", delivered.communicated.by.words()),
        Event::EscalationRequested(_) => "The complainant asked for stage 2".to_owned(),
        Event::EscalationAccepted(_) => "The request for stage 2 was accepted".to_owned(),
        Event::EscalationRefused(refusal) => format!("The request for stage 2 was refused: {}", refusal.reason),
        Event::ActionCreated(created) => format!(
            "Follow-on action: {} ({}, by {})",
            created.action.text, created.action.owner, created.action.due_on
        ),
        Event::ClockBreached(_) => "A date was passed".to_owned(),
        Event::Closed(closed) => format!("Closed: {}", closed.ending.words()),
        Event::Withdrawn(_) => "The complainant stopped it".to_owned(),
        Event::Reopened(reopened) => format!("Reopened: {}", reopened.reason),
        other => return post_text(other).or_else(|| regime_text(other)),
    })
}

/// What becomes of letters, and how the person is reached.
fn post_text(event: &Event) -> Option<String> {
    Some(match event {
        Event::AcknowledgementFailed(failed) | Event::LetterFailed(failed) => {
            format!("A letter did not arrive: {}", failed.reason)
        }
        Event::LetterReported(reported) => {
            format!("A letter {}: {}", reported.told.words(), reported.letter.words())
        }
        Event::LetterOwedAgain(owed) => format!("Sent again: {}", owed.letter.words()),
        Event::ContactCorrected(_) => "How to reach the complainant was corrected".to_owned(),
        _ => return None,
    })
}

/// What another regime adds, without saying which: the register is read by more people than the case.
fn regime_text(event: &Event) -> Option<String> {
    let text = match event {
        Event::RegimeTagged(_) => "Another regime applies beside the procedure",
        Event::RegimeTakenAway(_) => "The other regime does not apply after all",
        Event::RegimeDone(_) => "What the other regime asks for was done",
        Event::RegimeElsewhere(_) => "The other regime is handled elsewhere now",
        _ => return None,
    };
    Some(text.to_owned())
}
