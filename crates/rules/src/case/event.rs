//! What can happen to a case: every event, in the past tense, with its stored name and version (model 3.3). Bodies stand beside it by theme.

use serde::{Deserialize, Serialize};

use super::facts::{Communicated, Extension, Learning};
use super::file::{FileAttached, FileScanned};
use crate::confidential::{RecordViewed, StaffNamed};
use crate::stored::stored_events;

mod arrival;
mod consent;
mod decision;
mod group;
mod investigation;
mod judgement;
mod keeping;
mod mail;
mod post;
mod question;
mod redaction;
mod regime;
mod sealing;
mod time;
mod words;

pub use arrival::{JobLinked, JobRaised, Received, SetApartFrom};
pub use consent::{ConsentAsked, ConsentGiven, ConsentWay};
pub use decision::{
    ActionCreated, Closed, DecisionRecorded, DraftSaved, EscalationRequested, RootCauseSet, SignOffApproved,
    SignOffEdited, SignOffHandedOn, SignOffRequested,
};
pub use group::{CaseLinked, CaseUnlinked, Part, Sameness};
pub use investigation::{
    ConflictDeclared, ConflictOverridden, EvidenceAdded, EvidenceSetAside, EvidenceSight, FindingRecorded,
    InterviewHeld, NotesConfirmed, PlanLineAdded, PlanLineSettled, PointReworded, PointSetAside, PointsAgreed,
    PointsCorrected, PointsSent,
};
pub use judgement::{
    Assigned, CategorySet, PointAdded, Reclassified, RiskAssessed, StageEntered, UrgencySet, VipFlagged,
};
pub use keeping::{ErasureRefused, Exemption};
pub use mail::MailKept;
pub use post::{ContactCorrected, DeliveryFailed, LetterDelivered, LetterOwedAgain, LetterReported, LinkRequested};
pub use question::{AnsweredBy, InfoReceived, InfoReminded, InfoRequested};
pub use redaction::{CopyGiven, NoteKept, Place, Redacted};
pub use regime::{RegimeDone, RegimeElsewhere, RegimeTagged, RegimeTakenAway};
pub use sealing::{
    Ground, Holder, HolderReminded, Kept, OpeningAgreed, OpeningAsked, OpeningEnded, PassedOn, SealAddedTo, SealAsked,
    SealFinished, SealOpened, SealTaken, Sealed, Way, Withheld,
};
pub use time::{ClockPassed, ClockRecomputed, ExtensionRequested};
pub use words::{IssueSetApart, MessageReceived, NoteAdded, UpdateSent};

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
    /// A mail system reported about a letter that it had taken: late, arrived, shown, called unwanted.
    LetterReported(LetterReported) = "letter.reported", 1;
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
    /// A file was looked into for viruses after it had come.
    FileScanned(FileScanned) = "file.scanned", 1;
    /// What an e-mail told beside its words (R18, R84).
    MailKept(MailKept) = "mail.kept", 1;
    /// A draft of the decision was saved (R77).
    DraftSaved(DraftSaved) = "draft.saved", 1;
    /// A draft went to sign-off (R78).
    SignOffRequested(SignOffRequested) = "signoff.requested", 1;
    /// Senior management approved the letter.
    SignOffApproved(SignOffApproved) = "signoff.approved", 1;
    /// Somebody who may approve it changed its words: a new version waits (R78).
    SignOffEdited(SignOffEdited) = "signoff.edited", 1;
    /// Nobody had acted, and the date came near: somebody else is asked (P34).
    SignOffHandedOn(SignOffHandedOn) = "signoff.handed_on", 1;
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
    /// The calendar changed, and a decision date with it; or it stayed where it was promised (A42).
    ClockRecomputed(ClockRecomputed) = "clock.recomputed", 1;
    /// It was restricted: it is about a member of staff (R33, A16).
    LaneRestricted(Reason) = "lane.restricted", 1;
    /// It was opened to everybody who deals with cases: nobody of staff is complained about (A13).
    LaneOpened(Reason) = "lane.opened", 1;
    /// Whom of us it is about, as far as is known now; a later one takes its place (R28, R34).
    StaffNamed(StaffNamed) = "staff.named", 1;
    /// Somebody opened a restricted case (R31).
    RecordViewed(RecordViewed) = "record.viewed", 1;
    /// Somebody who knew the reference and the address asked for the link again.
    LinkRequested(LinkRequested) = "link.requested", 1;
    /// It is about the same matter as another case (A27).
    CaseLinked(CaseLinked) = "group.linked", 1;
    /// The link with another case was taken back.
    CaseUnlinked(CaseUnlinked) = "group.unlinked", 1;
    /// The consent of the person for whom they complain was asked for (A29).
    ConsentAsked(ConsentAsked) = "consent.asked", 1;
    /// That person agreed.
    ConsentGiven(ConsentGiven) = "consent.given", 1;
    /// That person no longer agrees.
    ConsentWithdrawn(Reason) = "consent.withdrawn", 1;
    /// What they wrote about something else became a case of its own (A26).
    IssueSetApart(IssueSetApart) = "issue.set_apart", 1;
    /// The complainant was asked something that we have to know (A41).
    InfoRequested(InfoRequested) = "info.requested", 1;
    /// They were reminded of it.
    InfoReminded(InfoReminded) = "info.reminded", 1;
    /// They answered, or an answer is not needed any more.
    InfoReceived(InfoReceived) = "info.received", 1;
    /// A point has other words from now on (A25).
    PointReworded(PointReworded) = "point.reworded", 1;
    /// A point is answered together with another, or not pursued (A25).
    PointSetAside(PointSetAside) = "point.set_aside", 1;
    /// The points as we understood them went to the complainant (R72).
    PointsSent(PointsSent) = "points.sent", 1;
    /// The complainant agreed with them.
    PointsAgreed(PointsAgreed) = "points.agreed", 1;
    /// The complainant said that we misunderstood.
    PointsCorrected(PointsCorrected) = "points.corrected", 1;
    /// The investigation goes on with the points as they are, with a reason: nobody waits for ever (A41).
    PointsGoneOn(Reason) = "points.gone_on", 1;
    /// Somebody said whether they are free of conflicts (P26).
    ConflictDeclared(ConflictDeclared) = "conflict.declared", 1;
    /// A conflict does not stand in the way (P26).
    ConflictOverridden(ConflictOverridden) = "conflict.overridden", 1;
    /// Something is to be found out.
    PlanLineAdded(PlanLineAdded) = "plan.line_added", 1;
    /// It is found out, or not needed any more.
    PlanLineSettled(PlanLineSettled) = "plan.line_settled", 1;
    /// An item of evidence (R72).
    EvidenceAdded(EvidenceAdded) = "evidence.added", 1;
    /// An item of evidence was a mistake.
    EvidenceSetAside(EvidenceSetAside) = "evidence.set_aside", 1;
    /// No evidence is needed, because.
    EvidenceNotNeeded(Reason) = "evidence.not_needed", 1;
    /// Somebody was interviewed.
    InterviewHeld(InterviewHeld) = "interview.held", 1;
    /// They confirmed the notes, or corrected them.
    NotesConfirmed(NotesConfirmed) = "interview.notes_confirmed", 1;
    /// No interviews are needed, because.
    InterviewsNotNeeded(Reason) = "interviews.not_needed", 1;
    /// What was found on a point (R72).
    FindingRecorded(FindingRecorded) = "finding.recorded", 1;
    /// Another regime applies too, with clocks of its own (A38).
    RegimeTagged(RegimeTagged) = "regime.tagged", 1;
    /// It does not apply after all.
    RegimeTakenAway(RegimeTakenAway) = "regime.taken_away", 1;
    /// What it asks for was done.
    RegimeDone(RegimeDone) = "regime.done", 1;
    /// The case ends while the regime goes on in other hands.
    RegimeElsewhere(RegimeElsewhere) = "regime.elsewhere", 1;
    /// It is to be handed over to a line manager and taken out of what the office shares (R33, R34).
    SealAsked(SealAsked) = "seal.asked", 1;
    /// That was taken back before their mail server had it.
    SealTakenBack(Reason) = "seal.taken_back", 1;
    /// It is a stub from here on: words, names and files are under a key of their own (R33, A14, A16).
    Sealed(Sealed) = "case.sealed", 1;
    /// Something that only the sealed record tells; it stands in stubs and in no log.
    Withheld(Withheld) = "seal.withheld", 1;
    /// Another line manager has it now: for the next stage, or because the one before could not (A15, A17).
    PassedOn(PassedOn) = "seal.passed_on", 1;
    /// Its holder said that they have it (R35).
    SealTaken(SealTaken) = "seal.taken", 1;
    /// Its holder was reminded.
    HolderReminded(HolderReminded) = "seal.reminded", 1;
    /// The complainant added words, which are in the sealed record.
    SealAddedTo(SealAddedTo) = "seal.added_to", 1;
    /// Its holder said that they have finished (R35).
    SealFinished(SealFinished) = "seal.finished", 1;
    /// Somebody read the sealed record (R31).
    SealOpened(SealOpened) = "seal.opened", 1;
    /// Somebody asks to open it by breaking the glass.
    OpeningAsked(OpeningAsked) = "seal.opening_asked", 1;
    /// A second person agreed.
    OpeningAgreed(OpeningAgreed) = "seal.opening_agreed", 1;
    /// It was refused, or taken back.
    OpeningEnded(OpeningEnded) = "seal.opening_ended", 1;
    /// Why it is to be opened, in words; it stands in the sealed record.
    ReasonGiven(Reason) = "reason.given", 1;
    /// It is kept beyond its period until somebody lifts the hold.
    HoldSet(Reason) = "hold.set", 1;
    /// The hold was lifted.
    HoldLifted(Reason) = "hold.lifted", 1;
    /// Somebody asked for it to be erased, and it was not.
    ErasureRefused(ErasureRefused) = "erasure.refused", 1;
    /// Words or a file were taken out, and the case is told anew without them (R31).
    Redacted(Redacted) = "case.redacted", 1;
    /// Whoever complained was given a copy of what is kept about them (R31).
    CopyGiven(CopyGiven) = "copy.given", 1;
}

impl Event {
    /// True for what a complainant does themselves; what follows by itself from their act is the system's.
    pub fn is_said_by_complainant(&self) -> bool {
        matches!(
            self,
            Event::Received(_)
                | Event::MessageReceived(_)
                | Event::FileAttached(_)
                | Event::MailKept(_)
                | Event::EscalationRequested(_)
                | Event::Withdrawn(_)
                | Event::ContactCorrected(_)
                | Event::InfoReceived(_)
                | Event::PointsAgreed(_)
                | Event::PointsCorrected(_)
        )
    }
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
