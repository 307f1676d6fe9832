//! The procedure as data: stages, clocks, jumps, gates, letters and duties, read from a file and checked as a whole.

mod catalogue;
mod check;
pub mod difference;
pub mod duty;
pub mod fact;
pub mod letter;
pub mod list;
pub mod model;
pub mod name;
pub mod predicate;
mod predicate_text;
pub mod published;
mod read;
pub mod rewrite;
pub mod routing;
pub mod simulate;
pub mod stage;

pub use crate::clock::ClockName;
pub use crate::data_file::Invalid;
pub use crate::letters::LetterKind;
pub use catalogue::Catalogue;
pub use duty::{
    Anonymise, ClusterRule, ErasureRule, ExtensionReporting, ReportingRule, RetentionFrom, RetentionRule, ReviewCover,
    ReviewDuty, ReviewEvery,
};
pub use fact::{Answer, FactName, Facts};
pub use letter::{LetterRule, MustSay};
pub use list::{
    Category, CategoryAxis, CategoryStanding, ClosingReason, CodedName, ConfidentialCheck, CoreOutcome, InFigures,
    Outcome, PointRule, UrgencyLevel,
};
pub use model::{Clock, ClockOwner, Procedure, PublicWords, Source, StageEntryWay, Starts};
pub use name::{RoleName, StageId};
pub use predicate::Predicate;
pub use routing::{
    AcknowledgementHow, AcknowledgementTarget, AdmissibilityRule, ComplainantReason, ConfidentialRule, EscalationGate,
    JobTreatment, Jump, JumpClock, LateRequests, NamedKind, NoAnswerRule, Override, PauseEffect, PauseRule, Refusal,
    Regime, ReopenRule, RoleHolding, SeemsSo, Separation, Signpost, Staged, WithdrawRule,
};
pub use stage::{
    Agreement, Expiry, ExtensionReasons, ExtensionRule, Notice, Requirement, Response, SignOffRule, Stage, StageEntry,
};
