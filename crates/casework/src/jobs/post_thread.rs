//! What a letter of the post room says about the conversation of which it is a part: its own id and those before it (RFC 5322, 3.6.4).

use rules::case::Reference;
use rules::case::vocabulary::Means;
use rules::letters::LetterKind;
use storage::outbox;

use super::post::ToSend;
use crate::mail::token;
use crate::{ActError, Office};

/// The names of a letter, without a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Its own, for its id: the same on every try.
    pub own: String,
    /// Those of the letters to the complainant that came before it, the oldest first. The same on every try, since nothing is asked of what became of them.
    pub earlier: Vec<String>,
    /// What stands in the address to which its reader answers; none where an answer is no message of the complainant.
    pub answer: Option<String>,
    /// What stands in its return path and is its number for mail servers (RFC 3461, ENVID): it names no case.
    pub envelope: String,
    /// The mark by which it is known as ours when it comes back.
    pub mark: String,
}

/// The names of a letter. One to a line manager names no case, and is no part of the conversation with whoever complained.
///
/// # Errors
/// When the store cannot be read.
pub async fn names(office: &Office, letter: &ToSend) -> Result<Names, ActError> {
    let envelope = token::of_envelope(office, letter.id);
    let mark = token::loop_mark(office);
    if letter.letter.kind.is_for_holder() {
        return Ok(Names {
            own: format!("letter-{envelope}"),
            earlier: Vec::new(),
            answer: None,
            envelope,
            mark,
        });
    }
    let own = token::of_letter(office, &letter.reference, letter.id);
    Ok(Names {
        earlier: earlier(office, &letter.reference, letter.id).await?,
        answer: Some(own.clone()),
        own,
        envelope,
        mark,
    })
}

async fn earlier(office: &Office, reference: &Reference, than: i64) -> Result<Vec<String>, ActError> {
    let case = reference.to_string();
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { outbox::earlier(tx, &case, than, Means::Email.code()).await }))
        .await?;
    let to_them = |kind: &str| LetterKind::from_code(kind).is_some_and(|kind| !kind.is_for_holder());
    Ok(rows
        .into_iter()
        .filter(|(_, kind)| to_them(kind))
        .map(|(number, _)| token::of_letter(office, reference, number))
        .collect())
}
