//! How the complainant is reached is corrected, by staff or by themselves; letters on their way follow (R18, R19, A8).

use super::send_again::{once_more, owed_again, worth_sending};
use crate::case::Case;
use crate::case::change::{Change, Refused, permit};
use crate::case::event::{ContactCorrected, Event};
use crate::case::facts::ContactData;
use crate::letters::{LetterKind, Posted, Standing};
use crate::people::{Act, Person};

/// What staff correct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// How the complainant is reached from now on.
    pub contact: ContactData,
    /// How we know, in words for staff.
    pub learnt: Option<String>,
    /// Letters that failed for good and go out again with it.
    pub again: Vec<LetterKind>,
}

/// Staff correct contact data; what failed goes out again where they say so.
///
/// # Errors
/// When the person may not write, nothing is changed, or a letter cannot be sent again.
pub fn correct(case: &Case, post: &[Posted], correction: &Correction, by: &Person) -> Result<Change, Refused> {
    permit(by, Act::Write)?;
    if correction.contact == case.complainant.contact_data() {
        return Err(Refused::field(
            "email",
            "This is what we have already. Change something, or choose a letter to send again",
        ));
    }
    let learnt = correction.learnt.as_deref().and_then(crate::intake::feedback::optional);
    corrected(case, post, &correction.contact, (learnt, &correction.again))
}

/// The complainant corrects their own contact data: whatever did not reach them goes to the new address, or to the same one if they say
/// that it is right.
///
/// # Errors
/// None that depends on what they typed: reading it has told them.
pub fn correct_own(case: &Case, post: &[Posted], contact: &ContactData) -> Result<Change, Refused> {
    let again: Vec<LetterKind> = worth_sending(case)
        .into_iter()
        .filter(|letter| once_more(case, post, &[*letter], contact).is_ok())
        .collect();
    if *contact == case.complainant.contact_data() {
        return once_more(case, post, &again, contact);
    }
    corrected(case, post, contact, (None, &again))
}

/// The correction itself, then every letter that goes out because of it. A letter that is still on its way to the old address would only
/// come back: it goes to the new one at once.
fn corrected(
    case: &Case,
    post: &[Posted],
    contact: &ContactData,
    (learnt, again): (Option<String>, &[LetterKind]),
) -> Result<Change, Refused> {
    let mut change = Change::of(vec![Event::ContactCorrected(ContactCorrected {
        contact: contact.clone(),
        learnt,
    })]);
    let by_email = |posted: &&Posted| posted.standing == Standing::OnItsWay && posted.to.is_some();
    let moved: Vec<&Posted> = post
        .iter()
        .filter(by_email)
        .filter(|posted| posted.to.as_deref() != contact.writes_to())
        .collect();
    for posted in &moved {
        change = owed_again(change, posted, contact);
    }
    let goes_already = |letter: &LetterKind| moved.iter().any(|posted| posted.letter == *letter);
    let rest: Vec<LetterKind> = again.iter().copied().filter(|letter| !goes_already(letter)).collect();
    let sent = once_more(case, post, &rest, contact)?;
    change.events.extend(sent.events);
    change.letters.extend(sent.letters);
    Ok(change)
}
