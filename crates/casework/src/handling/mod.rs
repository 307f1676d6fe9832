//! What staff do with a case: each act asks its rule and records the answer.

use rules::case::change::{Change, Refused, Setting, permit};
use rules::case::{Case, Reference};
use rules::confidential::Sight;
use rules::files::Brought;
use rules::handling::attach::attach;
use rules::handling::group::Both;
use rules::letters::Posted;
use rules::people::{Act, Actor, Person};

use crate::files::{Form, clear, waiting};
use crate::record::{By, change, change_both, change_with_letters};
use crate::{ActError, Office};

pub use crate::record::Seen;

pub mod approve;
pub mod ask;
pub mod confidential;
pub mod consent;
pub mod correct;
pub mod decide;
pub mod escalate;
pub mod extend;
pub mod group;
pub mod investigate;
pub mod judge;
pub mod keep;
pub mod redact;
pub mod regime;
pub mod send_again;
pub mod tell;
pub mod write;

/// A member of staff at work on a case that they have read.
#[derive(Clone, Copy)]
pub struct Hand<'a> {
    /// The office.
    pub office: &'a Office,
    /// Who acts.
    pub by: &'a Person,
    /// The case.
    pub reference: &'a Reference,
    /// What they had read.
    pub seen: Seen,
    /// The key of the form that they sent; the same key acts once.
    pub once: Option<&'a str>,
}

impl Hand<'_> {
    /// Asks a rule and records its answer. Somebody who may not see cases is told so before the case is looked for: whether it is there
    /// makes no difference to them (invariant 12).
    pub(crate) async fn act<R>(&self, rule: R) -> Result<Case, ActError>
    where
        R: Fn(&Case, &Setting<'_>) -> Result<Change, Refused>,
    {
        permit(self.by, Act::SeeCases)?;
        // On the heap: what an act holds while it waits would fill the stack of whoever calls several.
        Box::pin(change(self.office, self.reference, self.as_by(), rule)).await
    }

    /// Asks a rule that wants to know what the post room holds of the case, and records its answer.
    pub(crate) async fn act_with_letters<R>(&self, rule: R) -> Result<Case, ActError>
    where
        R: Fn(&Case, &[Posted]) -> Result<Change, Refused>,
    {
        permit(self.by, Act::SeeCases)?;
        change_with_letters(self.office, self.reference, self.as_by(), rule).await
    }

    /// Asks a rule about this case and another, and records its answer on both or on neither.
    pub(crate) async fn act_on_both<R>(&self, other: &Reference, rule: R) -> Result<Case, ActError>
    where
        R: Fn(&Case, &Case) -> Result<Both, Refused>,
    {
        permit(self.by, Act::SeeCases)?;
        change_both(self.office, (self.reference, other), self.as_by(), rule).await
    }

    /// Asks a rule about a case of which the outline is enough, and records its answer: whoever chases a stub sees no more of it.
    pub(crate) async fn act_on_stub<R>(&self, rule: R) -> Result<Case, ActError>
    where
        R: Fn(&Case, &Setting<'_>) -> Result<Change, Refused>,
    {
        permit(self.by, Act::SeeCases)?;
        let by = By {
            least: Sight::Outline,
            ..self.as_by()
        };
        Box::pin(change(self.office, self.reference, by, rule)).await
    }

    fn as_by(&self) -> By<'_> {
        By {
            actor: Actor::Staff(self.by.id),
            seen: self.seen,
            least: Sight::Whole,
            once: self.once,
        }
    }

    /// The same for words that files may have come with: those that wait for the form go with them.
    pub(crate) async fn act_with_files<R>(&self, rule: R) -> Result<Case, ActError>
    where
        R: Fn(&Case, &[Brought], &Setting<'_>) -> Result<Change, Refused>,
    {
        let form = Form::staff(self.by.id, self.once.unwrap_or_default());
        let files = waiting(self.office, form.as_ref()).await?;
        let case = self
            .act(|case, setting| attach(rule(case, &files, setting)?, &files, case.sequence))
            .await?;
        clear(self.office, form, &files).await;
        Ok(case)
    }
}
