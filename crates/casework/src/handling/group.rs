//! Linking cases about the same matter, and taking that back (A27).

use rules::case::change::permit;
use rules::case::{Case, Reference, Refused};
use rules::handling::group::{self, Linking};
use rules::people::Act;

use super::Hand;
use crate::ActError;
use crate::clearance::allowed;
use crate::record::load;

/// Links the case with another. Where the other follows a leading case, the link is with that one: a group has one.
///
/// # Errors
/// See [`rules::handling::group::link`]. A case that is not there for whoever acts reads as none (invariant 12).
pub async fn link(hand: Hand<'_>, other: &Reference, linking: &Linking) -> Result<Case, ActError> {
    permit(hand.by, Act::SeeCases)?;
    seen(hand, hand.reference).await?;
    group::can_link(hand.by)?;
    let with = leading(hand, other).await?;
    hand.act_on_both(&with, |here, there| group::link(here, there, linking, hand.by))
        .await
}

/// Takes the link with another case back, on both.
///
/// # Errors
/// See [`rules::handling::group::unlink`].
pub async fn unlink(hand: Hand<'_>, other: &Reference, reason: &str) -> Result<Case, ActError> {
    hand.act_on_both(other, |here, there| group::unlink(here, there, reason, hand.by))
        .await
}

/// The case to link with: the other, or the one that leads its group. A case that follows the very one that is linked stays itself: the rule
/// says that they belong together.
async fn leading(hand: Hand<'_>, other: &Reference) -> Result<Reference, ActError> {
    let seen = seen(hand, other).await.map_err(|fault| match fault {
        ActError::NotFound => {
            Refused::field("other", "Enter the reference of a case that you can see, like FC-10482").into()
        }
        fault => fault,
    })?;
    let leading = seen.leading().filter(|leading| *leading != hand.reference);
    let leading = leading.unwrap_or(other).clone();
    match self::seen(hand, &leading).await {
        Ok(_) => Ok(leading),
        // Only a restricted case can follow one that they do not see.
        Err(ActError::NotFound) => {
            Err(Refused::field("other", "Ask a complaints coordinator to link these two").into())
        }
        Err(fault) => Err(fault),
    }
}

async fn seen(hand: Hand<'_>, reference: &Reference) -> Result<Case, ActError> {
    let loaded = load(hand.office, reference).await?;
    allowed(hand.office, &loaded.case, rules::people::Actor::Staff(hand.by.id))?;
    Ok(loaded.case)
}
