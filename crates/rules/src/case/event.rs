//! What can happen to a case: one type per event, in the past tense, with its stored name and version (model 3.3).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::facts::{Communicated, Complainant, ContactData, Decision, Extension, Learning};
use super::file::FileAttached;
use super::vocabulary::{Channel, Ending, FeedbackKind, Means, Outcome, StageReason, Urgency, VipSource};
use crate::letters::LetterKind;
use crate::people::StaffId;
use crate::stored::stored_events;

pub use crate::stored::Unreadable;

stored_events! {
    /// One thing that happened to a case. History is appended, never changed; a correction is a new event.
    pub enum Event;

    /// Feedback arrived (R83, R85).
    Received(Received) = "case.received", 1;
    /// A job was raised in the job register (R20, R43, R44).
    JobRaised(JobRaised) = "job.created", 1;
    /// The job became a child of an existing one (R44).
    JobLinked(JobLinked) = "job.child_linked", 1;
    /// The complainant was told that we have it (R18).
    Acknowledged(Communicated) = "ack.sent", 1;
    /// The acknowledgement could not be delivered: an alert (A8).
    AcknowledgementFailed(DeliveryFailed) = "ack.delivery_failed", 1;
    /// Another letter reached its reader.
    LetterDelivered(LetterDelivered) = "letter.delivered", 1;
    /// Another letter could not be delivered: an alert.
    LetterFailed(DeliveryFailed) = "letter.delivery_failed", 1;
    /// A letter that has not arrived is owed once more, to where the complainant is reached now (R18).
    LetterOwedAgain(LetterOwedAgain) = "letter.owed_again", 1;
    /// How the complainant is reached was corrected; what was received stays as it was (R19, R31).
    ContactCorrected(ContactCorrected) = "contact.corrected", 1;
    /// A complaint turned out to be something else, or the reverse (A24).
    Reclassified(Reclassified) = "case.reclassified", 1;
    /// It was categorised on both axes (R60; model 3.5).
    CategorySet(CategorySet) = "category.set", 1;
    /// Its urgency was judged (R22).
    UrgencySet(UrgencySet) = "urgency.set", 1;
    /// Complexity and risk were judged (R56, R69).
    RiskAssessed(RiskAssessed) = "risk.assessed", 1;
    /// The complainant is a VIP (R88).
    VipFlagged(VipFlagged) = "vip.flagged", 1;
    /// A point of complaint was added (A25, A26).
    PointAdded(PointAdded) = "point.added", 1;
    /// The case entered a stage.
    StageEntered(StageEntered) = "stage.entered", 1;
    /// Someone became accountable for it (R40).
    Assigned(Assigned) = "case.assigned", 1;
    /// Someone asked for more time who may not grant it.
    ExtensionRequested(ExtensionRequested) = "extension.requested", 1;
    /// More time was granted (R64, R76).
    ExtensionApproved(Extension) = "extension.approved", 1;
    /// More time was refused.
    ExtensionRefused(Reason) = "extension.refused", 1;
    /// We wrote or spoke to the complainant (R62, R74).
    UpdateSent(UpdateSent) = "update.sent", 1;
    /// A promised or regular update did not happen in time (A9).
    UpdateMissed(ClockPassed) = "update.missed", 1;
    /// The complainant wrote.
    MessageReceived(MessageReceived) = "message.received", 1;
    /// Staff wrote something for staff.
    NoteAdded(NoteAdded) = "note.added", 1;
    /// A file came with words (model 3.4).
    FileAttached(FileAttached) = "file.attached", 1;
    /// A draft of the decision was saved (R77).
    DraftSaved(DraftSaved) = "draft.saved", 1;
    /// A draft went to sign-off (R78).
    SignOffRequested(SignOffRequested) = "signoff.requested", 1;
    /// Senior management approved the letter.
    SignOffApproved(Remark) = "signoff.approved", 1;
    /// Senior management sent it back with a reason.
    SignOffReturned(Reason) = "signoff.returned", 1;
    /// The decision was made (R63, R75).
    DecisionRecorded(DecisionRecorded) = "decision.recorded", 1;
    /// The decision reached the complainant: the clock stops (A7).
    DecisionCommunicated(LetterDelivered) = "decision.communicated", 1;
    /// The complainant asked for stage 2 (R52, R67).
    EscalationRequested(EscalationRequested) = "escalation.requested", 1;
    /// Someone with authority deemed further action appropriate (R68).
    EscalationAccepted(Remark) = "escalation.accepted", 1;
    /// They did not, with a reason (R68).
    EscalationRefused(Reason) = "escalation.refused", 1;
    /// It is over (P32).
    Closed(Closed) = "case.closed", 1;
    /// The complainant stopped it.
    Withdrawn(Reason) = "case.withdrawn", 1;
    /// It was taken up again (A40).
    Reopened(Reason) = "case.reopened", 1;
    /// Why it happened was coded (R4).
    RootCauseSet(RootCauseSet) = "rootcause.set", 1;
    /// What was learnt was written down (R6).
    LearningRecorded(Learning) = "learning.recorded", 1;
    /// A follow-on action was promised (R10).
    ActionCreated(ActionCreated) = "action.created", 1;
    /// A date came near (P18).
    ClockWarned(ClockPassed) = "clock.warned", 1;
    /// A date passed.
    ClockBreached(ClockPassed) = "clock.breached", 1;
}

impl Event {
    /// True for what a complainant does themselves; what follows by itself from their act is the system's.
    pub fn is_said_by_complainant(&self) -> bool {
        matches!(
            self,
            Event::Received(_)
                | Event::MessageReceived(_)
                | Event::FileAttached(_)
                | Event::EscalationRequested(_)
                | Event::Withdrawn(_)
                | Event::ContactCorrected(_)
        )
    }
}

/// How feedback arrived and what it said, word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Complaint, compliment, suggestion or comment (R1).
    pub kind: FeedbackKind,
    /// How it reached us.
    pub channel: Channel,
    /// When it reached us; may be earlier than when it was logged.
    pub received_at: Timestamp,
    /// The local date of that instant: day 0 of every clock (A3).
    pub received_on: Date,
    /// Who wrote it down for them, if anyone (R14).
    pub logged_by: Option<StaffId>,
    /// The procedure under which it is handled to its end (P22).
    pub procedure: String,
    /// That procedure's version.
    pub procedure_version: String,
    /// A line to know it by.
    pub title: String,
    /// Their words.
    pub words: String,
    /// What would put it right.
    pub wanted: Option<String>,
    /// They said that it is about a member of staff (A13).
    pub about_staff: bool,
    /// Who they are.
    pub complainant: Complainant,
    /// A job number that they or the clerk quoted (R44).
    pub existing_job: Option<String>,
    /// The 16 digits with which they can come back.
    pub receipt_code: String,
    /// The secret in the links that we send them.
    pub link_token: String,
}

/// The job that stands for the case in the job register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRaised {
    /// The job's number.
    pub number: String,
    /// The problem profile: "General-Customer Feedback" (R43).
    pub profile: String,
    /// The job of which it is a child (R44).
    pub parent: Option<String>,
}

/// The job of which the case's job became a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLinked {
    /// The existing job.
    pub parent: String,
}

/// A letter that arrived, with its text and proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterDelivered {
    /// Which letter.
    pub letter: LetterKind,
    /// How and when it reached them.
    pub communicated: Communicated,
    /// The subject line.
    pub subject: String,
    /// The words as they went out.
    pub text: String,
    /// The number of the event that owed the letter, by which a second try is known; none for words that were spoken.
    #[serde(default)]
    pub owed_by: Option<u32>,
}

impl LetterDelivered {
    /// True for what somebody told in place of a letter: letters have a subject.
    pub fn is_told(&self) -> bool {
        self.subject.is_empty()
    }
}

/// A letter that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryFailed {
    /// Which letter.
    pub letter: LetterKind,
    /// What the server said, in words.
    pub reason: String,
    /// How often it was tried.
    pub attempts: u32,
    /// True when nobody will try again.
    pub given_up: bool,
}

/// A letter that goes out once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterOwedAgain {
    /// Which letter.
    pub letter: LetterKind,
    /// By e-mail, or shown on the tracking page.
    pub by: Means,
    /// The address, for e-mail.
    pub to: Option<String>,
}

/// Other contact data, whole: what is not here is not known any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCorrected {
    /// How they are reached from now on.
    pub contact: ContactData,
    /// How staff learnt it; nothing where the complainant corrected it.
    pub learnt: Option<String>,
}

/// From one kind to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reclassified {
    /// What it is now.
    pub to: FeedbackKind,
    /// Why.
    pub reason: String,
}

/// Service and problem (model 3.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategorySet {
    /// Axis A: the service.
    pub service: String,
    /// Axis B: what went wrong; the main one.
    pub problem: String,
}

/// How pressing, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgencySet {
    /// The level.
    pub urgency: Urgency,
    /// Why, if it is not the usual.
    pub reason: Option<String>,
}

/// The triage questions (R56, R69); by default nothing was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskAssessed {
    /// Particularly complex.
    pub complex: bool,
    /// High risk.
    pub high_risk: bool,
    /// It needs a detailed investigation.
    pub needs_investigation: bool,
    /// Why.
    pub reason: Option<String>,
}

/// Where VIP status was learnt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VipFlagged {
    /// Directory, list or manager.
    pub source: VipSource,
    /// The group, the entry or the reason.
    pub detail: String,
}

/// A further point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointAdded {
    /// What is complained about.
    pub text: String,
}

/// Into a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageEntered {
    /// The stage's number in the procedure.
    pub stage: u8,
    /// The stage's id in the procedure.
    pub stage_id: String,
    /// Why.
    pub reason: StageReason,
    /// More words, if any.
    pub note: Option<String>,
    /// From when the stage's clock counts (P16, A12, A18).
    pub clock_from: Timestamp,
}

/// Someone is accountable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// Who.
    pub to: StaffId,
    /// Why, if it was passed on.
    pub reason: Option<String>,
}

/// Somebody wants more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionRequested {
    /// By how many working days.
    pub days: u32,
    /// The code from the procedure's list.
    pub reason_code: Option<String>,
    /// Why.
    pub reason: String,
}

/// Why, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The words.
    pub reason: String,
}

/// A remark that may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The words, if any.
    pub remark: Option<String>,
}

/// What we told them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateSent {
    /// The words.
    pub words: String,
    /// By what means.
    pub by: Means,
    /// When the next one is promised, if earlier than the rhythm asks.
    pub next_on: Option<Date>,
}

/// What they told us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageReceived {
    /// How it reached us.
    pub channel: Channel,
    /// Their words.
    pub words: String,
}

/// For staff only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteAdded {
    /// The words.
    pub words: String,
}

/// A draft with its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSaved {
    /// Counted from 1.
    pub version: u32,
    /// The decision as drafted.
    pub decision: Decision,
    /// Points whose outcome nobody has chosen yet; their outcome in the draft means nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<u32>,
}

/// A draft waits for approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffRequested {
    /// The draft's number.
    pub version: u32,
    /// Which rule of the procedure asks for it, in words.
    pub because: String,
}

/// A decision at a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecorded {
    /// The stage.
    pub stage: u8,
    /// The decision whole.
    pub decision: Decision,
    /// The outcome of the case.
    pub outcome: Outcome,
}

/// They want someone to look again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationRequested {
    /// How the request reached us.
    pub channel: Channel,
    /// What we got wrong or missed; may be empty.
    pub words: Option<String>,
    /// It came after the window: flagged, never refused for that alone (A19).
    pub late: bool,
}

/// The end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// How.
    pub ending: Ending,
    /// Why, where no decision was given.
    pub reason: Option<String>,
}

/// Why it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RootCauseSet {
    /// The code from the procedure's list.
    pub cause: String,
}

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionCreated {
    /// Counted from 1 within the case.
    pub number: u32,
    /// What, who and when.
    pub action: super::facts::Action,
}

/// A date and the clock that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockPassed {
    /// The clock's name in the procedure.
    pub clock: String,
    /// The instant that came near or passed.
    pub due_at: Timestamp,
}
