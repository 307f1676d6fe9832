//! The list of VIPs: kept by those who may mark one, and asked whenever a complaint is received (R55, R88).

use rules::case::Refused;
use rules::case::change::permit;
use rules::case::event::VipFlagged;
use rules::case::facts::Complainant;
use rules::office::publish::hash_of;
use rules::office::vips::{self, VipEntry};
use rules::people::{Act, Person};
use storage::{Tx, settings};

use crate::office_record::Beside;
use crate::people::OfficeHand;
use crate::{ActError, Office};

/// Where the list lies among the settings, sealed like all of them.
pub(crate) const LIST: &str = "vip_list";

/// The list, as it is typed, and a mark by which a change says what it was made to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// A line each.
    pub text: String,
    /// Differs for every other list.
    pub mark: String,
}

/// The list.
///
/// # Errors
/// When the person may not mark VIPs, or the store cannot be read.
pub async fn list(office: &Office, by: &Person) -> Result<Written, ActError> {
    permit(by, Act::FlagVip)?;
    let text = vips::written(&entries(office).await?);
    Ok(Written {
        mark: hash_of(&text),
        text,
    })
}

async fn entries(office: &Office) -> Result<Vec<VipEntry>, ActError> {
    office.store.read(|tx| Box::pin(async move { kept(tx).await })).await
}

/// Puts a list in place of the one that `mark` names; the same list is no event. Answers whether anything changed.
///
/// # Errors
/// When the person may not; when somebody else changed it meanwhile; when a line cannot be used: see [`rules::office::vips::read`].
pub async fn set(hand: OfficeHand<'_>, text: &str, mark: &str) -> Result<bool, ActError> {
    permit(hand.by, Act::FlagVip)?;
    let (before, after) = (entries(hand.office).await?, vips::read(text)?);
    if hash_of(&vips::written(&before)) != mark {
        let message = "Somebody changed this list while you wrote. Copy what you typed, look at the list as it is now, and change it again.";
        return Err(Refused::NotNow(message.to_owned()).into());
    }
    let by = hand.by.clone();
    let events = hand
        .act(None, Beside::Nothing)
        .record(move |book, _| Ok(vips::set(&before, after, book.actor(&by)?)?))
        .await?;
    Ok(!events.is_empty())
}

/// The mark that somebody on the list gets at the receipt.
pub(crate) async fn listed(tx: &mut Tx<'_>, complainant: &Complainant) -> Result<Option<VipFlagged>, ActError> {
    Ok(vips::listed(&kept(tx).await?, complainant))
}

async fn kept(tx: &mut Tx<'_>) -> Result<Vec<VipEntry>, ActError> {
    match settings::get(tx, LIST).await? {
        Some(json) => Ok(serde_json::from_str(&json)?),
        None => Ok(Vec::new()),
    }
}
