//! Acting an investigation: points, the plan, evidence, interviews, findings.

use casework::handling::investigate;
use rules::case::Reference;
use rules::case::event::{EvidenceAdded, EvidenceSight, FindingRecorded, InterviewHeld, PlanLineAdded};
use rules::case::investigation::Agreed;
use rules::case::vocabulary::{Means, Outcome};
use rules::investigation::points::{Heard, Saying, usual_answer_by};

use super::Stage;
use crate::demo::DemoError;
use crate::demo::story::{Looks, What};
use crate::demo::texts::Again;

impl Stage<'_> {
    /// The points are written down, and agreed on the phone.
    pub(super) async fn agreed(&self, reference: &Reference, by: &str, points: &[String]) -> Result<(), DemoError> {
        Box::pin(self.points(reference, by, points)).await?;
        Box::pin(self.prepared(reference, by)).await
    }

    /// The points are written down and sent; the answer is awaited.
    pub(super) async fn sent_points(
        &self,
        reference: &Reference,
        by: &str,
        points: &[String],
    ) -> Result<(), DemoError> {
        Box::pin(self.points(reference, by, points)).await?;
        let file = self.file(reference).await?;
        let answer_by = usual_answer_by(&file.case, &file.in_force.setting(file.now));
        Box::pin(investigate::declare(self.hand(reference, by)?, None)).await?;
        Box::pin(investigate::send_points(self.hand(reference, by)?, answer_by, None)).await?;
        Ok(())
    }

    async fn points(&self, reference: &Reference, by: &str, points: &[String]) -> Result<(), DemoError> {
        for point in points {
            Box::pin(casework::handling::write::point(self.hand(reference, by)?, point)).await?;
        }
        Ok(())
    }

    /// What the procedure asks for before a letter goes.
    pub(super) async fn prepared(&self, reference: &Reference, by: &str) -> Result<(), DemoError> {
        let here = self.file(reference).await?.case.investigation;
        if here.declaration_of(self.staff.get(by)?.id).is_none() {
            Box::pin(investigate::declare(self.hand(reference, by)?, None)).await?;
        }
        if !matches!(here.agreement.standing(), Agreed::Settled(_)) {
            let said = Heard {
                saying: Saying::Agree,
                by: Means::Phone,
                on: self.days.day(self.office.now()),
                words: None,
            };
            Box::pin(investigate::hear_points(self.hand(reference, by)?, &said)).await?;
        }
        Ok(())
    }

    pub(super) async fn looks(&self, reference: &Reference, what: &What) -> Result<(), DemoError> {
        let What::Looks { by, looks } = what else {
            return Ok(());
        };
        let hand = self.hand(reference, by)?;
        let today = self.days.day(self.office.now());
        match looks {
            Looks::Plans { what, from, in_days } => {
                let line = PlanLineAdded {
                    what: what.clone(),
                    from_whom: from.clone(),
                    by_on: self.days.working_day(today, *in_days)?,
                };
                Box::pin(investigate::plan(hand, &line)).await?;
            }
            Looks::Keeps {
                title,
                source,
                words,
                seen_by,
            } => {
                let item = EvidenceAdded {
                    title: title.clone(),
                    source: source.clone(),
                    from_on: Some(today),
                    seen_by: EvidenceSight::from_code(seen_by).unwrap_or(EvidenceSight::Investigation),
                    words: words.clone(),
                    points: Vec::new(),
                };
                Box::pin(investigate::add_evidence(hand, &item)).await?;
            }
            Looks::Interviews { with, words } => {
                let held = InterviewHeld {
                    with: with.clone(),
                    held_at: self.office.now(),
                    by: Means::InPerson,
                    notes: words.clone(),
                    seen_by: EvidenceSight::Investigation,
                };
                Box::pin(investigate::interview(hand, &held)).await?;
            }
        }
        Ok(())
    }

    /// What the text found, on each point that has its finding; it rests on all that was collected.
    pub(super) async fn found(&self, reference: &Reference, by: &str, again: &Again) -> Result<(), DemoError> {
        let file = self.file(reference).await?;
        let decision = self.deciding().investigated(&file, again);
        let here = &file.case.investigation;
        let found: Vec<FindingRecorded> = decision
            .points
            .into_iter()
            .map(|answer| FindingRecorded {
                point: answer.number,
                finding: answer.finding,
                outcome: Some(answer.outcome).filter(|outcome| *outcome != Outcome::Resolved),
                evidence: here.evidence_that_counts().map(|kept| kept.number).collect(),
                interviews: here.interviews.iter().map(|held| held.number).collect(),
            })
            .collect();
        Box::pin(investigate::save_findings(self.hand(reference, by)?, &found)).await?;
        Ok(())
    }
}
