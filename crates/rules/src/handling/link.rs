//! The link of a case, sent once more to the address that we have for it (R7, R85).

use crate::case::Case;
use crate::case::change::{Change, LetterOwed};
use crate::case::event::{Event, LinkRequested};
use crate::case::vocabulary::Channel;
use crate::letters::LetterKind;

/// The link goes out again if the address is the one at which the complainant is reached now; else nothing follows, and nobody is told which it was.
pub fn send_again(case: &Case, email: &str) -> Change {
    let ours = case.complainant.email.as_deref().map(str::trim);
    if !ours.is_some_and(|ours| ours.eq_ignore_ascii_case(email.trim())) {
        return Change::default();
    }
    let asked = Event::LinkRequested(LinkRequested { channel: Channel::Web });
    Change::of(vec![asked]).owing(LetterOwed::automatic(LetterKind::LinkAgain))
}
