//! Duties beside the cases: reviews, retention, and how figures count (P40 to P42).

use super::{CodedName, Predicate, RoleName};
use crate::case::vocabulary::FeedbackKind;
use crate::coded::coded;

/// A review that must be held (P42, R42, R45, R80).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewDuty {
    /// Its code and name.
    pub name: CodedName,
    /// How often.
    pub every: ReviewEvery,
    /// The first month of the year, from 1, for yearly reviews (A35).
    pub year_starts_in_month: u8,
    /// How many working days after the period it is due.
    pub due_working_days: u32,
    /// Who holds it.
    pub held_by: Vec<RoleName>,
    /// Who reads its report.
    pub read_by: Vec<RoleName>,
    /// What it covers.
    pub covers: Vec<ReviewCover>,
}

coded! {
    /// How often a review is held.
    pub enum ReviewEvery {
        /// Each calendar month (A34).
        Month = "month", "every month";
        /// Each quarter.
        Quarter = "quarter", "every quarter";
        /// Each year.
        Year = "year", "every year";
    }
}

coded! {
    /// What a review covers.
    pub enum ReviewCover {
        /// All complaints recorded.
        Complaints = "complaints", "complaints";
        /// Decisions.
        Decisions = "decisions", "decisions";
        /// Follow-on actions.
        Actions = "actions", "follow-on actions";
        /// Compliments, suggestions and comments.
        OtherFeedback = "other_feedback", "other feedback";
        /// Extensions and late decisions.
        Extensions = "extensions", "extensions and late decisions";
        /// Escalations refused (A20).
        Refusals = "refusals", "refused requests for the next stage";
        /// The complaints process itself (R45).
        Process = "process", "the complaints process";
        /// What training is needed (R47).
        TrainingNeeds = "training_needs", "training needs";
        /// Quality of the services (R46).
        ServiceQuality = "service_quality", "the quality of services";
    }
}

/// How long a class of records is kept (P40, model 3.8).
#[derive(Debug, Clone, PartialEq)]
pub struct RetentionRule {
    /// Its code and name.
    pub class: CodedName,
    /// Which kind of feedback; `None` means all.
    pub kind: Option<FeedbackKind>,
    /// Only if this holds.
    pub when: Option<Predicate>,
    /// For how many years.
    pub keep_years: u32,
    /// From when.
    pub from: RetentionFrom,
    /// What remains.
    pub then: Anonymise,
}

coded! {
    /// From when retention counts.
    pub enum RetentionFrom {
        /// From closing.
        Closed = "closed", "after it is closed";
        /// From receipt.
        Received = "received", "after it is received";
    }
}

coded! {
    /// What happens at the end of retention.
    pub enum Anonymise {
        /// Figures without names remain.
        KeepFigures = "keep_figures", "only figures without names are kept";
        /// Nothing remains.
        DestroyAll = "destroy_all", "nothing is kept";
    }
}

/// How erasing goes about it, whatever the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErasureRule {
    /// For how many days a case stands among those that go next before it goes: time for somebody to hold it.
    pub notice_days: u32,
    /// For how many years an entry of the access log is kept that is about no case. One about a case is kept as long as the case.
    pub access_log_years: u32,
}

impl Default for ErasureRule {
    /// Two weeks: somebody is away for one. Six years: for as long a claim can be brought.
    fn default() -> Self {
        Self {
            notice_days: 14,
            access_log_years: 6,
        }
    }
}

/// How figures count (P41).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportingRule {
    /// Whether a decision within an approved extension is on time.
    pub extended: ExtensionReporting,
    /// How many complaints about the same thing raise a notice; `None` where none is raised (R5).
    pub cluster: Option<ClusterRule>,
}

/// When several complaints about the same service and problem are a potential problem (R5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClusterRule {
    /// So many complaints.
    pub complaints: u32,
    /// On so many consecutive days.
    pub days: u32,
}

coded! {
    /// How a decision within an approved extension is counted (K4).
    pub enum ExtensionReporting {
        /// In a column of its own.
        Separately = "separately", "shown separately";
        /// As on time.
        OnTime = "on_time", "counted as on time";
        /// As late.
        Late = "late", "counted as late";
    }
}
