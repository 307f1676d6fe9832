//! What can start a complaint beyond the first stage: who makes it, and what triage found (R53-R55).

use crate::case::Case;
use crate::case::event::RiskAssessed;
use crate::case::vocabulary::StageReason;
use crate::procedure::{FactName, Facts, Procedure};

/// The grounds that the procedure's jump rules ask about. By default there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grounds {
    /// The complainant is a VIP (R55).
    pub vip: bool,
    /// The triage questions (R53, R54, R56).
    pub risk: RiskAssessed,
}

impl Grounds {
    /// What a case is known to have.
    pub fn of(case: &Case) -> Grounds {
        Grounds {
            vip: case.vip.is_some(),
            risk: case.risk.clone().unwrap_or_default(),
        }
    }

    /// The complainant is a VIP and nothing else is known.
    pub fn of_vip() -> Grounds {
        Grounds {
            vip: true,
            ..Grounds::default()
        }
    }

    /// The same, and it needs a detailed investigation.
    #[must_use]
    pub fn investigated(mut self) -> Grounds {
        self.risk.needs_investigation = true;
        self
    }

    /// As the procedure's rules ask for them.
    pub fn facts(&self) -> Facts {
        let risk = &self.risk;
        Facts::new()
            .when(self.vip, FactName::ComplainantVip)
            .when(risk.complex, FactName::TriageComplex)
            .when(risk.high_risk, FactName::TriageHighRisk)
            .when(risk.needs_investigation, FactName::TriageNeedsInvestigation)
            .with(FactName::Risk, if risk.high_risk { "high" } else { "low" })
    }

    /// The reason for an investigation where the rule that asks for it names none.
    pub(super) fn reason(&self) -> StageReason {
        if self.vip {
            StageReason::Vip
        } else if self.risk.high_risk {
            StageReason::HighRisk
        } else if self.risk.complex {
            StageReason::Complex
        } else {
            StageReason::NeedsInvestigation
        }
    }
}

/// The same facts with what the case itself tells (P24: a rule may ask about any of them).
pub(crate) fn case_facts(case: &Case, facts: Facts, procedure: &Procedure) -> Facts {
    let complainant = &case.complainant;
    regime_facts(case, procedure, facts)
        .when(complainant.is_anonymous(), FactName::ComplainantAnonymous)
        .when(complainant.acting_for.is_some(), FactName::ComplainantRepresented)
        .when(case.is_restricted(), FactName::NamedStaff)
        .when(case.is_restricted(), FactName::Confidential)
        .when(!case.reopened_at.is_empty(), FactName::Reopened)
        .with(FactName::ComplainantKind, complainant.kind.code())
        .with(FactName::Kind, case.kind.code())
        .with(FactName::Channel, case.received.channel.code())
        .with(FactName::Urgency, case.urgency.code())
}

/// The same facts with what other regimes say that the case is tagged with: whatever its procedure asks before one applies (A38).
pub fn regime_facts(case: &Case, procedure: &Procedure, facts: Facts) -> Facts {
    let regimes = case.regimes.iter().filter_map(|tag| procedure.regime(tag.code()));
    regimes
        .flat_map(|regime| regime.when.asserted())
        .fold(facts, |facts, fact| facts.yes(fact))
}
