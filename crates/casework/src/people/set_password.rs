//! A new first password for somebody who forgot theirs.

use rules::office::people;
use rules::people::StaffId;

use super::OfficeHand;
use crate::ActError;
use crate::office_record::Beside;
use crate::password::hash;

/// Sets it, and ends every session of the person.
///
/// # Errors
/// [`ActError::NotFound`] when there is nobody with this number; see [`rules::office::people::set_password`].
pub async fn set_password(hand: OfficeHand<'_>, who: StaffId, password: &str) -> Result<(), ActError> {
    let (new, by) = (password.to_owned(), hand.by.clone());
    hand.act(None, Beside::PasswordHash(hash(new.clone()).await?))
        .record(move |book, _| Ok(people::set_password(book.account(who)?, &new, book.actor(&by)?)?))
        .await
        .map(|_| ())
}
