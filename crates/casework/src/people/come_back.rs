//! Somebody who had left works here again.

use rules::office::people;
use rules::people::StaffId;

use super::OfficeHand;
use crate::ActError;
use crate::office_record::Beside;
use crate::password::hash;

/// Opens their account again, with the roles that they had and a new first password.
///
/// # Errors
/// [`ActError::NotFound`] when there is nobody with this number; see [`rules::office::people::come_back`].
pub async fn come_back(hand: OfficeHand<'_>, who: StaffId, password: &str) -> Result<(), ActError> {
    let (new, by) = (password.to_owned(), hand.by.clone());
    hand.act(None, Beside::PasswordHash(hash(new.clone()).await?))
        .record(move |book, _| Ok(people::come_back(book.account(who)?, &new, book.actor(&by)?)?))
        .await
        .map(|_| ())
}
