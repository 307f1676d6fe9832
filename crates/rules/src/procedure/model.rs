//! The procedure: one value that the engine, the letters and the public page all read (R13).

use jiff::civil::Date;

use super::duty::{ErasureRule, ReportingRule, RetentionRule, ReviewDuty};
use super::letter::LetterRule;
use super::list::{CategoryAxis, ClosingReason, CodedName, Outcome, PointRule, UrgencyLevel};
use super::routing::{
    AcknowledgementTarget, AdmissibilityRule, ConfidentialRule, EscalationGate, Jump, NamedKind, NoAnswerRule,
    PauseRule, Regime, ReopenRule, RoleHolding, Separation, Signpost, WithdrawRule,
};
use super::{Facts, LetterKind, Predicate, RoleName, SignOffRule, Stage, StageId};
use crate::clock::{CalendarRef, ClockName, ClockRule, StartEvent, StopEvent};
use crate::coded::coded;
use crate::data_file::Invalid;

/// A procedure in one version. A case keeps the version under which it was received (P22).
#[derive(Debug, Clone, PartialEq)]
pub struct Procedure {
    /// Its id, the same in every version.
    pub id: String,
    /// Its version.
    pub version: String,
    /// What the public page calls it.
    pub title: String,
    /// The unit that complaints are about: "IT Services".
    pub unit: String,
    /// The first day on which a case received falls under this version.
    pub valid_from: Date,
    /// The time zone in which its days begin and end.
    pub time_zone: String,
    /// The layers of its calendar, in order (A1, P11).
    pub calendar: Vec<String>,
    /// Who is answerable for it.
    pub owner: RoleName,
    /// Where its rules come from.
    pub source: Source,
    /// What the public page says in the department's own words (R16).
    pub public: PublicWords,
    /// Who passes complaints to us, if anybody does (`routed_to_us`).
    pub routed_by: Option<String>,
    /// Who holds which role, in the procedure's own words (A33).
    pub roles: Vec<RoleHolding>,
    /// The stages, by number.
    pub stages: Vec<Stage>,
    /// The clocks (P1).
    pub clocks: Vec<Clock>,
    /// Rules that move a case to a stage directly (P24), the weightiest first.
    pub jumps: Vec<Jump>,
    /// The gates between stages (P25).
    pub escalations: Vec<EscalationGate>,
    /// What each letter must say (P35).
    pub letters: Vec<LetterRule>,
    /// How soon each channel is acknowledged, and how (A8).
    pub acknowledgements: Vec<AcknowledgementTarget>,
    /// What can be given: complaints, compliments and so on (R1), and whether clocks run for it (P27).
    pub kinds: Vec<NamedKind>,
    /// The axes of categories: service, and what went wrong (model 3.5).
    pub categories: Vec<CategoryAxis>,
    /// The outcomes, mapped to the common core (P37).
    pub outcomes: Vec<Outcome>,
    /// How the outcome of a case follows from its points (P38).
    pub points: PointRule,
    /// Ways to end without a decision (P32).
    pub closing_reasons: Vec<ClosingReason>,
    /// Apology, explanation, other action (R57).
    pub resolution_kinds: Vec<CodedName>,
    /// What can be offered (model 3.6).
    pub remedies: Vec<CodedName>,
    /// Why it happened (R4).
    pub root_causes: Vec<CodedName>,
    /// What was learnt (R6).
    pub learning_kinds: Vec<CodedName>,
    /// Urgency and its criteria (A39).
    pub urgencies: Vec<UrgencyLevel>,
    /// The problem profile of jobs: "General-Customer Feedback" (R43, A31).
    pub job_profile: String,
    /// How cases about named staff are handled (R33 to R36, P29).
    pub confidential: Option<ConfidentialRule>,
    /// Who may not do what to a case that they are part of (P26, R28).
    pub separation: Vec<Separation>,
    /// Pauses; empty means that no clock is ever paused (A22, P14).
    pub pauses: Vec<PauseRule>,
    /// Whether and how a complaint can be turned away (P28).
    pub admissibility: Option<AdmissibilityRule>,
    /// Regimes that may run beside this procedure (A38, P31).
    pub regimes: Vec<Regime>,
    /// Where to go after the last stage (A37, P30).
    pub signposts: Vec<Signpost>,
    /// How a complaint is withdrawn.
    pub withdraw: WithdrawRule,
    /// How a closed case is reopened (A40).
    pub reopen: Option<ReopenRule>,
    /// What follows where a question is not answered (A41); nothing where the part is left out.
    pub no_answer: Option<NoAnswerRule>,
    /// Monthly, quarterly and yearly duties (P42).
    pub reviews: Vec<ReviewDuty>,
    /// How long what is kept (P40).
    pub retention: Vec<RetentionRule>,
    /// How erasing goes about it.
    pub erasure: ErasureRule,
    /// How figures count extensions and pauses (P41).
    pub reporting: ReportingRule,
    /// What is unusual but allowed, such as a missing VIP rule.
    pub warnings: Vec<Invalid>,
}

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub name: String,
    /// The day on which it was read.
    pub read_on: Date,
    /// How sure its figures are, in words; empty if they were all checked.
    pub caveat: Option<String>,
}

/// What the public page says in the department's own words; everything else on it is generated (R13, R16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicWords {
    /// The first paragraph.
    pub intro: String,
    /// What can be complained about.
    pub about: String,
    /// What to do instead if something only needs mending, if there is something.
    pub not_for: Option<String>,
}

/// A clock as the procedure uses it.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    /// The counting rule.
    pub rule: ClockRule,
    /// What starts it, by the way in which the stage was entered (P16, A18).
    pub starts: Starts,
    /// Whose time it is (P19).
    pub owner: ClockOwner,
    /// It runs only if this holds (P21); `None` means always.
    pub applies_when: Option<Predicate>,
    /// It is dropped if this holds (P13).
    pub waived_when: Option<Predicate>,
    /// It falls due with this clock if that is later (P19).
    pub later_of: Option<ClockName>,
    /// It falls due at once if one of these happens first (P20).
    pub due_at_once_on: Vec<StopEvent>,
}

/// The start of a clock for each way of entering a stage (P16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starts {
    /// The case began in this stage.
    pub direct: StartEvent,
    /// Staff moved it here without a decision, or the VIP flag was learnt late (A12).
    pub rerouted: StartEvent,
    /// The complainant asked, after a communicated decision.
    pub escalated: StartEvent,
    /// The case was reopened here (A40).
    pub reopened: StartEvent,
}

coded! {
    /// How a case came into a stage.
    pub enum StageEntryWay {
        /// It began there.
        Direct = "direct", "directly";
        /// Staff moved it there without a decision.
        Rerouted = "rerouted", "moved by staff";
        /// The complainant asked after a decision.
        Escalated = "escalated", "asked for by the complainant";
        /// It was reopened there.
        Reopened = "reopened", "reopened";
    }
}

coded! {
    /// Whose time a clock measures (P19).
    pub enum ClockOwner {
        /// Ours: being late is a breach.
        Us = "us", "us";
        /// The complainant's: the window may be missed, with discretion.
        Complainant = "complainant", "the complainant";
    }
}

impl Procedure {
    /// The stage with this id.
    #[must_use]
    pub fn stage(&self, id: &StageId) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == *id)
    }

    /// The stage with this number.
    #[must_use]
    pub fn stage_number(&self, number: u8) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.number == number)
    }

    /// The clock with this name.
    #[must_use]
    pub fn clock(&self, name: &ClockName) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.rule.name == *name)
    }

    /// The calendars that clocks name for themselves.
    pub fn own_calendars(&self) -> impl Iterator<Item = &CalendarRef> {
        self.clocks.iter().map(|clock| &clock.rule.calendar)
    }

    /// The regime with this code.
    #[must_use]
    pub fn regime(&self, code: &str) -> Option<&Regime> {
        self.regimes.iter().find(|regime| regime.name.code == code)
    }

    /// What this letter must say.
    #[must_use]
    pub fn letter(&self, kind: LetterKind) -> Option<&LetterRule> {
        self.letters.iter().find(|letter| letter.kind == kind)
    }

    /// The gate out of this stage, if the complainant can ask for another.
    #[must_use]
    pub fn gate_from(&self, stage: &StageId) -> Option<&EscalationGate> {
        self.escalations.iter().find(|gate| gate.from == *stage)
    }

    /// Every sign-off rule with its stage.
    pub fn sign_off(&self) -> impl Iterator<Item = (&StageId, &SignOffRule)> {
        self.stages
            .iter()
            .flat_map(|stage| stage.sign_off.iter().map(move |rule| (&stage.id, rule)))
    }

    /// How this role is called by the procedure, or its plain name.
    #[must_use]
    pub fn role_words(&self, role: RoleName) -> &str {
        self.roles
            .iter()
            .find(|holding| holding.role == role)
            .map_or(role.words(), |holding| &holding.called)
    }
}

impl Clock {
    /// Whether the clock runs for a case with these facts (P13, P21).
    #[must_use]
    pub fn runs_for(&self, facts: &Facts) -> bool {
        let applies = self.applies_when.as_ref().is_none_or(|when| when.holds(facts));
        let waived = self.waived_when.as_ref().is_some_and(|when| when.holds(facts));
        applies && !waived
    }

    /// What starts the clock for a case that came into its stage in this way (P16).
    #[must_use]
    pub const fn start_for(&self, way: StageEntryWay) -> &StartEvent {
        match way {
            StageEntryWay::Direct => &self.starts.direct,
            StageEntryWay::Rerouted => &self.starts.rerouted,
            StageEntryWay::Escalated => &self.starts.escalated,
            StageEntryWay::Reopened => &self.starts.reopened,
        }
    }
}
