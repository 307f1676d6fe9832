//! What became of follow-on actions: owners report, the reviewer looks for herself, changes are published.

use casework::ActError;
use casework::review::Registered;
use casework::review::follow::{FollowUp, Step};
use casework::review::register::all;
use jiff::ToSpan;
use rules::follow_on::act::Charge;
use rules::follow_on::{FollowOnId, Status, Wording};

use super::Reviews;
use super::file::{Does, Later};
use crate::demo::DemoError;
use crate::demo::chance::Chance;
use crate::demo::people::{DANA, ISAAC, SUNITA};

impl Reviews<'_> {
    async fn take(&self, id: &FollowOnId, by: &str, step: Step) -> Result<(), DemoError> {
        let follow_up = FollowUp {
            office: self.office,
            by: self.staff.get(by)?,
            id,
            once: "",
        };
        Ok(follow_up.take(step).await?)
    }

    /// Owners report what they promised in decisions: most of it in time, some of it late.
    pub(super) async fn report(&self) -> Result<(), DemoError> {
        let today = self.days.day(self.office.now());
        let register = all(self.office, self.staff.get(SUNITA)?).await?;
        let promised = register.iter().filter(|action| is_promise(action));
        for action in promised.filter(|action| action.status == Status::Accepted) {
            let mut chance = chance_of(&action.id);
            let slips = *chance.weighted(&[(-6, 30), (-3, 30), (0, 24), (9, 10), (45, 6)]);
            if action.facts.due_on.is_some_and(|due_on| today >= due_on + slips.days()) {
                let by = *chance.pick(&[DANA, ISAAC]);
                let words = chance.pick(&self.file.report.done).clone();
                match self.take(&action.id, by, Step::Done(words)).await {
                    // Promised in a restricted case, of which these two know nothing: it stays open.
                    Err(DemoError::Act(ActError::NotFound)) => {}
                    other => other?,
                }
            }
        }
        Ok(())
    }

    /// The reviewer looks for herself, and publishes what everybody should know, once.
    pub(super) async fn verify(&self) -> Result<(), DemoError> {
        let register = all(self.office, self.staff.get(SUNITA)?).await?;
        let wordings = register.iter().filter_map(|action| action.card.wording.as_ref());
        let mut known: Vec<String> = wordings.map(|wording| wording.we_did.clone()).collect();
        let promised = register.iter().filter(|action| is_promise(action));
        for action in promised.filter(|action| action.status == Status::Done) {
            let words = chance_of(&action.id).pick(&self.file.report.verified).clone();
            self.take(&action.id, SUNITA, Step::Verify(words)).await?;
            let text = action.text.as_deref();
            let wording = self.file.published.iter().find(|one| Some(one.action.as_str()) == text);
            if let Some(wording) = wording.filter(|wording| !known.contains(&wording.we_did)) {
                known.push(wording.we_did.clone());
                let wording = Wording {
                    you_said: wording.you_said.clone(),
                    we_did: wording.we_did.clone(),
                    service: Some(wording.service.clone()),
                };
                self.take(&action.id, SUNITA, Step::Publish(wording)).await?;
            }
        }
        Ok(())
    }

    /// A step on the way of a recommendation.
    pub(super) async fn later(&self, id: &FollowOnId, later: &Later) -> Result<(), DemoError> {
        let step = match later.does.clone() {
            Does::Start { words } => Step::Start(words),
            Does::Done { words } => Step::Done(words),
            Does::Verify { words } => Step::Verify(words),
            Does::SendBack { words } => Step::SendBack(words),
            Does::Drop { words } => Step::Drop(words),
            Does::Change { owner, days, words } => {
                let today = self.days.day(self.office.now());
                let due_on = Some(self.days.working_day(today, days)?);
                Step::Change(Charge { owner, due_on }, words)
            }
            Does::Publish { you_said, we_did } => Step::Publish(Wording {
                you_said,
                we_did,
                service: None,
            }),
        };
        self.take(id, &later.by, step).await
    }
}

fn is_promise(action: &Registered) -> bool {
    matches!(action.id, FollowOnId::Case(..))
}

/// Chance that is the same for an action whenever it is asked.
fn chance_of(id: &FollowOnId) -> Chance {
    let number = id.to_string().bytes().fold(7_u64, |number, byte| {
        number.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    Chance::seeded(number)
}
