//! What is told and asked in a story, and which complaints are held together.

use casework::handling::{ask, group, write};
use rules::case::Reference;
use rules::case::event::{InfoRequested, Sameness, UpdateSent};
use rules::case::vocabulary::Means;
use rules::handling::group::Linking;

use super::super::DemoError;
use super::super::story::What;
use super::Stage;

impl Stage<'_> {
    pub(super) async fn linked(
        &self,
        reference: &Reference,
        (by, with, why): (&str, &str, &str),
    ) -> Result<(), DemoError> {
        let Some(other) = self.named.get(with) else {
            return Ok(());
        };
        let linking = Linking {
            same: Sameness::SameMatter,
            reason: why.to_owned(),
        };
        group::link(self.hand(reference, by)?, other, &linking).await?;
        Ok(())
    }

    pub(super) async fn asks(
        &self,
        reference: &Reference,
        by: &str,
        (words, hoped_in_days): (&str, u32),
    ) -> Result<(), DemoError> {
        let today = self.days.day(self.office.now());
        let asked = InfoRequested {
            question: words.to_owned(),
            by: Means::Email,
            hoped_by: self.days.working_day(today, i64::from(hoped_in_days))?,
        };
        ask::ask(self.hand(reference, by)?, &asked).await?;
        Ok(())
    }

    pub(super) async fn update(&self, reference: &Reference, what: &What) -> Result<(), DemoError> {
        let What::Update {
            by,
            words,
            means,
            next_in_days,
        } = what
        else {
            return Ok(());
        };
        let today = self.days.day(self.office.now());
        let next_on = next_in_days
            .map(|days| self.days.working_day(today, days))
            .transpose()?;
        let update = UpdateSent {
            words: words.clone(),
            by: *means,
            next_on,
        };
        write::update(self.hand(reference, by)?, &update).await?;
        Ok(())
    }
}
