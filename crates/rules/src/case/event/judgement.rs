//! What staff judged of a case: kind, category, urgency, risk, stage, owner.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::case::vocabulary::{FeedbackKind, StageReason, Urgency, VipSource};
use crate::people::StaffId;

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
