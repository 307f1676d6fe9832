//! Changing somebody's name, address, job title or roles.

use rules::office::{Details, people};
use rules::people::StaffId;

use super::OfficeHand;
use crate::ActError;
use crate::office_record::Beside;

/// Changes what is different; nothing different is no event.
///
/// # Errors
/// [`ActError::NotFound`] when there is nobody with this number; see [`rules::office::people::change`].
pub async fn change(hand: OfficeHand<'_>, who: StaffId, to: &Details) -> Result<(), ActError> {
    let (to, by) = (to.clone(), hand.by.clone());
    hand.act(Some(who), Beside::Nothing)
        .record(move |book, cases| {
            let (account, by) = (book.account(who)?, book.actor(&by)?);
            Ok(people::change(&book.staff, account, &to, cases, by)?)
        })
        .await
        .map(|_| ())
}
