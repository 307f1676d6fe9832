//! A letter that was refused for good goes out once more: only one that failed, only the latest of its kind (R18).

use crate::case::Case;
use crate::case::change::{Change, LetterOwed, Refused, permit};
use crate::case::event::{Event, LetterOwedAgain};
use crate::case::facts::ContactData;
use crate::case::vocabulary::Means;
use crate::letters::{LetterKind, Posted, Standing};
use crate::people::{Act, Person};
use crate::sentence::capital;

/// Sends letters again to where the complainant is reached now.
///
/// # Errors
/// When the person may not write, no letter is chosen, or one of them has arrived or is still on its way.
pub fn send_again(case: &Case, post: &[Posted], letters: &[LetterKind], by: &Person) -> Result<Change, Refused> {
    permit(by, Act::Write)?;
    if letters.is_empty() {
        return Err(Refused::field("again", "Choose what to send again"));
    }
    once_more(case, post, letters, &case.complainant.contact_data())
}

/// What failed for good and still tells the complainant something: beside a decision nothing else does.
pub fn worth_sending(case: &Case) -> Vec<LetterKind> {
    let given_up: Vec<LetterKind> = case.given_up().collect();
    let decision: Vec<LetterKind> = given_up.iter().copied().filter(|letter| letter.decides()).collect();
    if decision.is_empty() { given_up } else { decision }
}

/// The change that owes the latest of each of these letters again.
pub(super) fn once_more(
    case: &Case,
    post: &[Posted],
    letters: &[LetterKind],
    contact: &ContactData,
) -> Result<Change, Refused> {
    let mut change = Change::default();
    for (at, letter) in letters.iter().enumerate() {
        if letters[..at].contains(letter) {
            continue;
        }
        change = owed_again(change, failed(case, post, *letter)?, contact);
    }
    Ok(change)
}

/// The same change with this letter owed again.
pub(super) fn owed_again(mut change: Change, posted: &Posted, contact: &ContactData) -> Change {
    let to = contact.writes_to().map(str::to_owned);
    change.events.push(Event::LetterOwedAgain(LetterOwedAgain {
        letter: posted.letter,
        by: Means::of_letter(to.as_deref()),
        to,
    }));
    change.owing(LetterOwed::again(posted))
}

/// The latest letter of a kind, if it is one that nobody tries any more and that nobody told in another way since.
fn failed<'p>(case: &Case, post: &'p [Posted], letter: LetterKind) -> Result<&'p Posted, Refused> {
    let latest = post
        .iter()
        .filter(|posted| posted.letter == letter)
        .max_by_key(|posted| posted.number);
    let refused = |words: String| Err(Refused::field("again", words));
    match latest {
        Some(posted) if posted.standing == Standing::OnItsWay => refused(format!(
            "{} is on its way. If the address is wrong, correct it: the letter then goes to the new one",
            capital(letter.words())
        )),
        Some(posted) if posted.standing == Standing::GivenUp && case.undelivered(letter).is_some() => Ok(posted),
        _ => refused(format!(
            "There is nothing to send again: {} reached them, or was never sent",
            letter.words()
        )),
    }
}
