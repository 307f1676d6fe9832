//! A review: notes on the cases of the list, recommendations, the meeting.

use casework::review::Desk;
use casework::review::file::{Look, review};
use rules::follow_on::act::Charge;
use rules::review::Month;
use rules::review::hold::{Meeting, Recommendation};

use super::Reviews;
use super::file::{Entry, Recommend};
use crate::demo::DemoError;
use crate::demo::people::{HELEN, NADIA, SUNITA, WENDY};

impl Reviews<'_> {
    fn desk(&self, month: Month) -> Result<Desk<'_>, DemoError> {
        Ok(Desk {
            office: self.office,
            by: self.staff.get(SUNITA)?,
            month,
            once: "",
        })
    }

    /// Notes on the cases that are to be talked about.
    pub(super) async fn prepare(&self, month: Month) -> Result<(), DemoError> {
        let Some(entry) = self.entry(month) else {
            return Ok(());
        };
        let file = review(self.office, (month, Look::Every), self.staff.get(SUNITA)?).await?;
        for note in &entry.note {
            let picks = &file.pack.discuss;
            let pick = picks
                .iter()
                .find(|pick| pick.reasons.first().is_some_and(|why| why.code() == note.on));
            if let Some(pick) = pick {
                self.desk(month)?
                    .note(Some(pick.reference.clone()), &note.words)
                    .await?;
            }
        }
        Ok(())
    }

    /// The meeting: minutes, what was done since the last one, recommendations, and the end.
    pub(super) async fn hold(&mut self, month: Month) -> Result<(), DemoError> {
        self.verify().await?;
        self.restate(month.earlier(1)).await?;
        let today = self.days.day(self.office.now());
        let desk = self.desk(month)?;
        let nothing = Entry::default();
        let entry = self.entry(month).unwrap_or(&nothing);
        if !entry.minutes.is_empty() {
            desk.note(None, &entry.minutes).await?;
        }
        for recommended in &entry.recommend {
            desk.recommend(self.recommendation(recommended)?).await?;
        }
        let present = [SUNITA, HELEN, NADIA, WENDY].map(|username| self.staff.get(username).map(|person| person.id));
        let meeting = Meeting {
            on: Some(today),
            present: present.into_iter().collect::<Result<_, _>>()?,
            others: "Students' Union: vice-president for education".to_owned(),
            words: entry.next.clone(),
        };
        desk.finish(meeting).await?;
        self.held += 1;
        Ok(())
    }

    fn recommendation(&self, recommended: &Recommend) -> Result<Recommendation, DemoError> {
        let today = self.days.day(self.office.now());
        let due_on = match recommended.days {
            0 => None,
            days => Some(self.days.working_day(today, days)?),
        };
        Ok(Recommendation {
            text: recommended.text.clone(),
            cases: Vec::new(),
            service: recommended.service.clone(),
            charge: Charge {
                owner: recommended.owner.clone(),
                due_on,
            },
        })
    }

    /// Figures that are others by now are stated again, where the review of a month says so.
    async fn restate(&self, month: Month) -> Result<(), DemoError> {
        let Some(reason) = self.entry(month).and_then(|entry| entry.restated.as_ref()) else {
            return Ok(());
        };
        let file = review(self.office, (month, Look::Every), self.staff.get(SUNITA)?).await?;
        if !file.changed.is_empty() {
            self.desk(month)?.restate(reason).await?;
        }
        Ok(())
    }
}
