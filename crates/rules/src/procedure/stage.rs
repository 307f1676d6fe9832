//! A stage: who handles it, by when it is decided, what closing it needs, how it may be extended (P15, P23, P33, P34).

use serde::{Deserialize, Serialize};

use super::list::CodedName;
use super::{LetterKind, Predicate, RoleName, StageId};
use crate::clock::ClockName;
use crate::coded::coded;

/// One stage of a procedure.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Its id.
    pub id: StageId,
    /// Its number, from 1.
    pub number: u8,
    /// Its name: "Frontline resolution".
    pub name: String,
    /// What the public page says it is: "we try to put it right quickly".
    pub plain_name: String,
    /// A sentence or two for the public page about what happens here.
    pub plain_text: String,
    /// When its promise on the public page holds: "if we need to investigate".
    pub promise_when: Option<String>,
    /// Whether cases begin here or only come by a rule.
    pub entry: StageEntry,
    /// Who may handle it.
    pub handlers: Vec<RoleName>,
    /// The clock of the decision.
    pub decision_clock: ClockName,
    /// The clock of the updates (R24).
    pub update_clock: ClockName,
    /// How the decision is given (P36).
    pub response: Response,
    /// Which outcomes it can have: codes of the procedure's list.
    pub outcomes: Vec<String>,
    /// What must be there before it can be closed (P33).
    pub close_requires: Vec<Requirement>,
    /// How the decision may come later (P15).
    pub extension: Option<ExtensionRule>,
    /// The stages that may follow.
    pub next: Vec<StageId>,
    /// When the response must be signed off (P34).
    pub sign_off: Vec<SignOffRule>,
}

impl Stage {
    /// The letter that gives its decision: the first stage has its own, later ones share the written one.
    #[must_use]
    pub const fn decision_letter(&self) -> LetterKind {
        if self.number <= 1 {
            LetterKind::Stage1Decision
        } else {
            LetterKind::Stage2Decision
        }
    }
}

coded! {
    /// How a stage is entered.
    pub enum StageEntry {
        /// Cases begin here unless a rule says otherwise.
        Default = "default", "cases begin here";
        /// Only by a jump rule or from an earlier stage.
        ByJump = "by_jump", "by a rule or from the stage before";
    }
}

coded! {
    /// How the decision of a stage is given (P36, A36).
    pub enum Response {
        /// It may be spoken, if it is logged.
        SpokenOrWritten = "spoken_or_written", "spoken or in writing";
        /// It must be written (R77).
        Written = "written", "in writing";
    }
}

coded! {
    /// What must be there before a case may be closed or answered (P33).
    pub enum Requirement {
        /// It was acknowledged (R18).
        Acknowledged = "acknowledged", "the complaint is acknowledged";
        /// It has a category (R60).
        Categorised = "categorised", "the complaint is categorised";
        /// The decision was given to the complainant (A7).
        DecisionCommunicated = "decision_communicated", "the decision is given to the complainant";
        /// The outcome is recorded (R65).
        Outcome = "outcome", "the outcome is recorded";
        /// Apology, explanation or other action (R57).
        ResolutionKind = "resolution_kind", "it is recorded how the complaint was resolved";
        /// Whether the complainant is satisfied: yes, no, not known (R59).
        Satisfaction = "satisfaction", "it is recorded whether the complainant is satisfied";
        /// Learning: yes or no, and what (R6).
        Learning = "learning", "it is recorded what we learnt";
        /// Why it happened (R4).
        RootCause = "root_cause", "the cause is recorded";
        /// Every point has its own finding (R72).
        PointsAnswered = "points_answered", "every point is answered";
        /// The written response was sent (R77).
        WrittenResponseSent = "written_response_sent", "the written response is sent";
        /// It was signed off where a rule asks for it (R78).
        SignOffIfRequired = "sign_off_if_required", "the response is signed off where that is required";
        /// Follow-on actions have an owner and a date (R10).
        ActionsAssigned = "actions_assigned", "every follow-on action has an owner and a date";
        /// The reasons of the decision are recorded (R29).
        Reasons = "reasons", "the reasons for the decision are recorded";
        /// What was done is recorded (R65).
        ActionTaken = "action_taken", "it is recorded what was done";
        /// An unconflicted manager is named (R71).
        InvestigatorAssigned = "investigator_assigned", "an investigator is named";
        /// The evidence is listed (R72).
        EvidenceRecorded = "evidence_recorded", "the evidence is recorded";
    }
}

/// How a decision may come later than its clock says (P15, A10).
#[derive(Debug, Clone, PartialEq)]
pub struct ExtensionRule {
    /// How often; `None` means as often as the total allows.
    pub max_count: Option<u32>,
    /// How much each time, in the unit of the decision clock (working days for this customer).
    pub max_each_days: u32,
    /// How much in all, in the same unit.
    pub max_total_days: u32,
    /// Who approves.
    pub approver: RoleName,
    /// What reasons are good.
    pub reasons: ExtensionReasons,
    /// Whether it must be approved before the old date has passed.
    pub before_expiry: Expiry,
    /// Whether the complainant must be told.
    pub notify: Notice,
    /// Whether the complainant is asked.
    pub agreement: Agreement,
    /// Where the case goes when the extension is used up, if anywhere.
    pub then: Option<StageId>,
}

/// What reasons an extension may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionReasons {
    /// One of these codes (stage 1: exceptional circumstances, R64).
    Codes(Vec<CodedName>),
    /// Any clear reason, in words (stage 2, R76).
    FreeText,
}

coded! {
    /// Until when an extension can be approved.
    pub enum Expiry {
        /// Before the old date has passed.
        MustBeBefore = "must_be_before", "before the date has passed";
        /// Also after; the case stays late (invariant 10).
        MayBeAfter = "may_be_after", "also after the date has passed, and the case stays late";
    }
}

coded! {
    /// Whether the complainant is told of an extension.
    pub enum Notice {
        /// With reason and new date, before the old date (R76).
        MustTell = "must_tell", "the complainant is told why and the new date";
        /// At the handler's discretion.
        MayTell = "may_tell", "the complainant may be told";
    }
}

coded! {
    /// Whether the complainant's agreement to an extension is sought (SPSO asks and may impose).
    pub enum Agreement {
        /// It is not.
        NotAsked = "not_asked", "agreement is not asked for";
        /// It is asked for, and may be overridden.
        Asked = "asked", "agreement is asked for, and the extension may be made without it";
        /// It is needed.
        Required = "required", "agreement is needed";
    }
}

/// When a response must be signed off, and by whom (P34, R78).
#[derive(Debug, Clone, PartialEq)]
pub struct SignOffRule {
    /// The role that signs.
    pub role: RoleName,
    /// When it is required.
    pub when: Predicate,
    /// Who may sign in their absence.
    pub delegates: Vec<RoleName>,
    /// How long signing may take, within the decision clock.
    pub clock: Option<ClockName>,
    /// How many working days before the decision date it goes to a delegate if nobody has acted; never where none is given.
    pub delegate_before: Option<u32>,
    /// Whether whoever approves may change words themselves.
    pub edits: ApproverEdits,
}

coded! {
    /// What becomes of words that whoever approves wants otherwise (P34).
    pub enum ApproverEdits {
        /// The letter goes back to its author, who changes it.
        GoBack = "go_back", "the letter goes back to its author";
        /// They may change words themselves; the author is told, and outcome and promises stay.
        ByApprover = "by_approver", "whoever approves it may change words";
    }
}
