//! What an investigator has done before a decision can be sent: no conflict, points agreed; and what else they write down.

use jiff::civil::Date;
use rules::case::event::{EvidenceAdded, EvidenceSight, FindingRecorded, InterviewHeld, PlanLineAdded};
use rules::case::investigation::Agreed;
use rules::case::vocabulary::{Means, Outcome};
use rules::investigation::conflict;
use rules::investigation::points::{Heard, Saying, heard};
use rules::people::Person;

use crate::{Story, at, day};

impl Story<'_> {
    /// The investigator has no conflict, and the complainant agreed with the points on the phone today, unless that is on record already.
    #[must_use]
    pub fn prepared(mut self, by: &Person) -> Self {
        if self.case.investigation.declaration_of(by.id).is_none() {
            self = self.act(by, |case, setting| conflict::declare(case, None, by, setting));
        }
        if !matches!(self.case.investigation.agreement.standing(), Agreed::Settled(_)) {
            let said = agreed(self.setting().today());
            self = self.act(by, |case, setting| heard(case, &said, by, setting));
        }
        self
    }
}

/// They said yes on the phone.
pub fn agreed(on: Date) -> Heard {
    Heard {
        saying: Saying::Agree,
        by: Means::Phone,
        on,
        words: None,
    }
}

/// What is to be found out.
pub fn line() -> PlanLineAdded {
    PlanLineAdded {
        what: "When the access points restarted".to_owned(),
        from_whom: "Network team".to_owned(),
        by_on: day("2026-06-18"),
    }
}

/// An item that only those who investigate see, on the first point.
pub fn item() -> EvidenceAdded {
    EvidenceAdded {
        title: "Restart log".to_owned(),
        source: "Network team".to_owned(),
        from_on: Some(day("2026-06-05")),
        seen_by: EvidenceSight::Investigation,
        words: "Four restarts between 2pm and 4pm".to_owned(),
        points: vec![1],
    }
}

/// A conversation of this morning.
pub fn conversation() -> InterviewHeld {
    InterviewHeld {
        with: "Nadia Rahman, network engineer".to_owned(),
        held_at: at("2026-06-09 09:10"),
        by: Means::Phone,
        notes: "She saw the restarts and told nobody.".to_owned(),
        seen_by: EvidenceSight::Investigation,
    }
}

/// The first point is upheld because of the first item.
pub fn finding() -> FindingRecorded {
    FindingRecorded {
        point: 1,
        finding: "The access points restarted four times.".to_owned(),
        outcome: Some(Outcome::Upheld),
        evidence: vec![1],
        interviews: Vec::new(),
    }
}
