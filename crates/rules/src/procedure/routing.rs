//! How a case moves: jumps, gates, confidential handling, pauses, regimes beside it, ways out and back in.

use super::list::CodedName;
use super::{Predicate, RoleName, StageId};
use crate::case::vocabulary::{Channel, ComplainantKind, FeedbackKind};
use crate::clock::{ClockName, StopEvent};
use crate::coded::coded;

/// Who holds a role: the procedure's word for it, and the directory group (A33).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHolding {
    /// The role.
    pub role: RoleName,
    /// What this procedure calls its holders: "Customer Services Senior Manager".
    pub called: String,
    /// The directory group whose members hold it, if it is not given by hand.
    pub group: Option<String>,
}

/// A rule that moves a case to a stage directly (P24, R53 to R55).
#[derive(Debug, Clone, PartialEq)]
pub struct Jump {
    /// Why: the code kept with the event.
    pub reason: CodedName,
    /// Where to.
    pub to: StageId,
    /// What the public page says of it; a rule that says nothing there is not published (A11).
    pub plain_text: Option<String>,
    /// When.
    pub when: Predicate,
    /// From when the clock of that stage counts.
    pub clock_from: JumpClock,
    /// Whether anyone may decide otherwise.
    pub overridden_by: Override,
}

coded! {
    /// From when the clock counts after a jump (A12).
    pub enum JumpClock {
        /// From the original receipt.
        Received = "received", "from the day the complaint was received";
        /// From the jump.
        Now = "now", "from the day of the move";
    }
}

/// Whether a jump may be overridden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Override {
    /// Never (R55: VIP).
    Never,
    /// By this role, with a reason.
    By(RoleName),
}

/// The gate between two stages (P25).
#[derive(Debug, Clone, PartialEq)]
pub struct EscalationGate {
    /// The stage that was decided.
    pub from: StageId,
    /// The stage that is asked for.
    pub to: StageId,
    /// What must have happened first (R67).
    pub requires: Vec<super::Requirement>,
    /// Who deems it appropriate (R68, A20); `None` means nobody need agree.
    pub assent_by: Option<RoleName>,
    /// Whether it can be refused, and how.
    pub refusal: Refusal,
    /// Whether the complainant must say why.
    pub complainant_reason: ComplainantReason,
    /// The clock of the assent.
    pub decide_within: Option<ClockName>,
    /// For how many working days after the decision it can be asked for as of right (A19).
    pub window_working_days: Option<u32>,
    /// The complainant's window where it is a clock of its own: months, or the later of two (P19).
    pub window_clock: Option<ClockName>,
    /// What happens to later requests.
    pub late: LateRequests,
}

coded! {
    /// Whether a request for the next stage can be refused.
    pub enum Refusal {
        /// With a reason that the complainant is told (R68).
        WithReason = "with_reason", "with a reason that the complainant is told";
        /// It cannot.
        NotAllowed = "not_allowed", "it cannot be refused";
    }
}

coded! {
    /// Whether the complainant must give a reason to ask for the next stage (P25).
    pub enum ComplainantReason {
        /// They may.
        Optional = "optional", "a reason is welcome";
        /// They must.
        Required = "required", "a reason is needed";
        /// It may not be demanded.
        Forbidden = "forbidden", "no reason is asked for";
    }
}

coded! {
    /// What happens to a request after the window (A19).
    pub enum LateRequests {
        /// It is flagged for someone to decide, never refused by itself.
        Flag = "flag", "we look at late requests too";
        /// It is treated like any other.
        Accept = "accept", "there is no time limit";
        /// It is refused unless someone allows it.
        Refuse = "refuse", "late requests are refused unless there is a good reason";
    }
}

/// How a complaint that names a member of staff is handled (P29, R33 to R36).
#[derive(Debug, Clone, PartialEq)]
pub struct ConfidentialRule {
    /// When it applies.
    pub when: Predicate,
    /// Who handles it: a role that is found by its relation to the named person.
    pub handler: RoleName,
    /// Who handles it when the whole line is conflicted (A15), in words.
    pub top_of_line: String,
    /// What stays in the job system (A14).
    pub job_system: JobTreatment,
    /// The channel of its handling (R35).
    pub handled_by: Channel,
    /// What happens to a complaint that seems to be about a member of staff although nobody said so (A13).
    pub seems_so: SeemsSo,
}

coded! {
    /// What happens to a complaint that seems to be about a member of staff although nobody said so (A13).
    pub enum SeemsSo {
        /// It is restricted until a person decides.
        Hold = "hold", "is held until a person decides";
        /// Nothing.
        Ignore = "ignore", "is like any other";
    }
}

coded! {
    /// What a job system keeps of a confidential case (A14).
    pub enum JobTreatment {
        /// A stub without words or names.
        Stub = "stub", "a stub with the reference only";
        /// Nothing.
        Nothing = "nothing", "nothing";
    }
}

coded! {
    /// Who may not do what to a case that they are part of (P26, R28).
    pub enum Separation {
        /// Nobody handles, decides or signs a complaint about themselves.
        NotComplainedAbout = "not_complained_about", "nobody deals with a complaint about themselves";
        /// The handler of a stage is not the one who decided the stage before.
        NotPreviousHandler = "not_previous_handler", "a stage is decided by someone who did not decide the one before";
        /// Who signs a response off did not write it.
        ApproverNotAuthor = "approver_not_author", "nobody signs off what they wrote";
    }
}

/// A pause that the procedure allows (P14).
#[derive(Debug, Clone, PartialEq)]
pub struct PauseRule {
    /// Its code and name.
    pub reason: CodedName,
    /// The clocks that it stops.
    pub clocks: Vec<ClockName>,
    /// What ends it.
    pub ends_on: Vec<StopEvent>,
    /// The longest it may last, in working days.
    pub max_working_days: Option<u32>,
    /// How often.
    pub max_count: Option<u32>,
    /// Who may pause.
    pub approver: RoleName,
    /// Whether the due date moves.
    pub effect: PauseEffect,
}

coded! {
    /// What a pause does (A22).
    pub enum PauseEffect {
        /// The due date moves by the days lost.
        ShiftsDueDate = "shifts_due_date", "the due date moves";
        /// Only the status changes.
        StatusOnly = "status_only", "only the status changes";
    }
}

/// Whether a complaint can be looked at is decided first (P28).
#[derive(Debug, Clone, PartialEq)]
pub struct AdmissibilityRule {
    /// Who decides.
    pub decided_by: RoleName,
    /// By when.
    pub clock: Option<ClockName>,
    /// Why it may be turned away.
    pub reasons: Vec<CodedName>,
}

/// A regime that may run beside the procedure with clocks of its own (A38, P31).
#[derive(Debug, Clone, PartialEq)]
pub struct Regime {
    /// Its code and name.
    pub name: CodedName,
    /// When it applies.
    pub when: Predicate,
    /// Its clocks.
    pub clocks: Vec<ClockName>,
    /// Who looks after it.
    pub handler: RoleName,
    /// What it asks of us, as a sentence about *us*: "we confirm that we have it". The public page says it; without it the regime is not there.
    pub asks: Option<String>,
    /// Where that stands: "Data Protection Act 2018, section 164A".
    pub source: Option<String>,
}

/// Where to go after the last stage (A37, P30).
#[derive(Debug, Clone, PartialEq)]
pub struct Signpost {
    /// Whom it is for; empty means everyone.
    pub complainants: Vec<ComplainantKind>,
    /// Only when this holds.
    pub when: Option<Predicate>,
    /// The body: "Office of the Independent Adjudicator".
    pub body: String,
    /// What the letter says.
    pub text: String,
    /// The complainant's window, if there is one (P19).
    pub window: Option<ClockName>,
}

/// How a complaint is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawRule {
    /// For how many working days it can be taken up again.
    pub undo_working_days: u32,
    /// Who may go on with the matter as an improvement without the complainant.
    pub followed_up_by: RoleName,
}

/// How a closed case is reopened (A40).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReopenRule {
    /// For how many working days after closing.
    pub within_working_days: u32,
    /// Who allows it.
    pub approver: RoleName,
}

/// What follows where the complainant does not answer a question (A41). Days are working days after the day of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoAnswerRule {
    /// When they are reminded, each later than the one before.
    pub reminders_after_working_days: Vec<u32>,
    /// How many have to have passed before somebody may close the case for want of an answer; nobody ever may where it is left out.
    pub may_close_after_working_days: Option<u32>,
}

/// How soon a channel is acknowledged, and how (A8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcknowledgementTarget {
    /// The channels.
    pub channels: Vec<Channel>,
    /// The clock.
    pub clock: ClockName,
    /// How.
    pub how: AcknowledgementHow,
}

coded! {
    /// How a complaint is acknowledged (A8).
    pub enum AcknowledgementHow {
        /// By itself, day and night.
        Automatic = "automatic", "by itself, at any hour";
        /// At the time of the call or visit.
        AtContact = "at_contact", "there and then";
        /// When the letter is opened.
        OnOpening = "on_opening", "on the day we open your letter";
    }
}

/// Something that can be given (R1, A24).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedKind {
    /// What it is.
    pub kind: FeedbackKind,
    /// What the public page says of it.
    pub plain_text: String,
    /// The clock of a first answer, for kinds outside the stages.
    pub clock: Option<ClockName>,
    /// Whether it goes through the stages; only complaints do here.
    pub staged: Staged,
}

coded! {
    /// Whether a kind of feedback goes through the stages (P27).
    pub enum Staged {
        /// It does.
        InStages = "in_stages", "it goes through the stages";
        /// It is read and passed on.
        PassedOn = "passed_on", "it is read and passed on";
    }
}
