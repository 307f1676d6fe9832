//! The closed list of facts that a procedure may ask about, and the facts known of a case.

use std::collections::{BTreeMap, BTreeSet};

use crate::coded::coded;

coded! {
    /// A fact about a case that a predicate may name.
    pub enum FactName {
        /// The complainant is a VIP (R55).
        ComplainantVip = "complainant.vip", "the complainant is a VIP";
        /// What they are to the institution (R86).
        ComplainantKind = "complainant.kind", "the kind of complainant";
        /// They gave no name (A28).
        ComplainantAnonymous = "complainant.anonymous", "the complainant gave no name";
        /// Somebody acts for them (A29).
        ComplainantRepresented = "complainant.represented", "somebody acts for the complainant";
        /// They asked for an investigation straight away (A21).
        AskedForInvestigation = "complainant.asked_for_investigation", "the complainant asked for an investigation";
        /// They accepted a resolution (P13).
        ComplainantAccepted = "complainant.accepted", "the complainant accepted a resolution";
        /// Triage: particularly complex (R53).
        TriageComplex = "triage.complex", "the complaint is particularly complex";
        /// Triage: high risk (R54).
        TriageHighRisk = "triage.high_risk", "the risk is high";
        /// Triage: it needs a detailed investigation (R69).
        TriageNeedsInvestigation = "triage.needs_investigation", "the complaint needs a detailed investigation";
        /// The assessed risk.
        Risk = "risk", "the risk";
        /// The urgency (A39).
        Urgency = "urgency", "the urgency";
        /// Complaint, compliment, suggestion, comment (R1).
        Kind = "kind", "the kind of feedback";
        /// How it reached us (R84).
        Channel = "channel", "the channel";
        /// The number of the stage in which it was decided.
        Stage = "stage", "the stage";
        /// A member of staff complained about is named or identifiable (A13).
        NamedStaff = "named_staff", "a member of staff is named";
        /// The case is sealed (R33).
        Confidential = "confidential", "the case is confidential";
        /// Money is offered or claimed (R78).
        RemedyMoney = "remedy.money", "money is offered";
        /// Somebody asked for a sign-off by hand (R78).
        SignOffRequested = "sign_off.requested", "somebody asked for it to be signed off";
        /// Data protection is at issue (A38).
        RegimeDataProtection = "regime.data_protection", "data protection is at issue";
        /// A request for information is part of it (A38).
        RegimeInformationRequest = "regime.information_request", "a request for information is part of it";
        /// How such a request was answered is to be looked at again (A38).
        RegimeInformationReview = "regime.information_review", "how a request for information was answered is to be looked at again";
        /// The conduct of staff is at issue (A17).
        RegimeStaffConduct = "regime.staff_conduct", "the conduct of staff is at issue";
        /// The conduct of a student is at issue (A38).
        RegimeStudentConduct = "regime.student_conduct", "the conduct of a student is at issue";
        /// Somebody's safety is at issue (A38).
        RegimeSafeguarding = "regime.safeguarding", "somebody's safety is at issue";
        /// It is about a payment service (FCA DISP 1.6).
        ClassPayment = "class.payment", "the complaint is about a payment service";
        /// A request that is complex or one of many (UK GDPR article 12).
        RequestComplex = "request.complex", "the request is complex";
        /// It was reopened (A40).
        Reopened = "reopened", "the case was reopened";
    }
}

impl FactName {
    /// The values that the fact can have; empty for yes-or-no facts.
    #[must_use]
    pub const fn values(self) -> &'static [&'static str] {
        match self {
            Self::ComplainantKind => &[
                "student",
                "staff",
                "applicant",
                "alumnus",
                "visitor",
                "partner",
                "public",
                "not_said",
            ],
            Self::Risk => &["low", "medium", "high"],
            Self::Urgency => &["low", "normal", "high", "immediate"],
            Self::Kind => &["complaint", "compliment", "suggestion", "comment"],
            Self::Channel => &["web", "phone", "chat", "in_person", "email", "social_media", "post"],
            Self::Stage => &["1", "2", "3"],
            _ => &[],
        }
    }
}

/// The answer to a yes-or-no question about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is so.
    Yes,
    /// It is not, or nobody knows.
    No,
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// What is known of a case. What is not known is "no": a rule needs evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    yes: BTreeSet<FactName>,
    values: BTreeMap<FactName, String>,
}

impl Facts {
    /// Nothing known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, with this yes-or-no fact true.
    #[must_use]
    pub fn yes(mut self, fact: FactName) -> Self {
        self.yes.insert(fact);
        self
    }

    /// The same, with this fact true if the answer is yes, so that callers need no `if`.
    #[must_use]
    pub fn when(self, answer: impl Into<Answer>, fact: FactName) -> Self {
        match answer.into() {
            Answer::Yes => self.yes(fact),
            Answer::No => self,
        }
    }

    /// The same, with this fact at one of its values: `risk` at `high`.
    #[must_use]
    pub fn with(mut self, fact: FactName, value: &str) -> Self {
        self.values.insert(fact, value.to_owned());
        self
    }

    /// Whether a yes-or-no fact is true.
    #[must_use]
    pub fn is(&self, fact: FactName) -> bool {
        self.yes.contains(&fact)
    }

    /// The value of a fact, if it is known.
    #[must_use]
    pub fn value(&self, fact: FactName) -> Option<&str> {
        self.values.get(&fact).map(String::as_str)
    }
}
