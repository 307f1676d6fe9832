//! The keys of line managers, given for their mailboxes and taken away (R34).

use super::OfficeChange;
use super::event::{LetterKeyGiven, LetterKeyTakenAway, OfficeEvent};
use crate::case::change::Refused;
use crate::confidential::sealing::letter_key::LetterKey;

/// How many are kept: a university has fewer managers.
pub const MOST: usize = 1_000;

/// Gives a key for a mailbox, in place of the one that it had; the same certificate again is no event.
///
/// # Errors
/// When there are too many.
pub fn give(kept: &[LetterKey], given: &LetterKey) -> Result<OfficeChange, Refused> {
    let before = kept.iter().find(|key| key.email == given.email);
    if before.is_some_and(|key| key.certificate == given.certificate) {
        return Ok(OfficeChange::default());
    }
    if before.is_none() && kept.len() >= MOST {
        let words = format!("There are {MOST} keys already. Take those away that nobody needs");
        return Err(Refused::field("certificate", words));
    }
    let certificate = &given.certificate;
    Ok(OfficeChange::of(vec![OfficeEvent::LetterKeyGiven(LetterKeyGiven {
        email: given.email.clone(),
        fingerprint: certificate.fingerprint.clone(),
        users: certificate.users.clone(),
        good_until: certificate.good_until(given.given_at),
        in_place_of: before.map(|key| key.certificate.fingerprint.clone()),
    })]))
}

/// Takes the key of a mailbox away.
///
/// # Errors
/// When it has none.
pub fn take_away(kept: &[LetterKey], email: &str) -> Result<OfficeChange, Refused> {
    let email = email.trim().to_lowercase();
    let Some(key) = kept.iter().find(|key| key.email == email) else {
        return Err(Refused::NotNow(format!("No key is known for {email}.")));
    };
    Ok(OfficeChange::of(vec![OfficeEvent::LetterKeyTakenAway(
        LetterKeyTakenAway {
            fingerprint: key.certificate.fingerprint.clone(),
            email,
        },
    )]))
}
