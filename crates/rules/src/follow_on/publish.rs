//! You said, we did: a change that was made is told to everybody, in words that name nobody (R39).

use super::act::not_now;
use super::event::{FollowOnEvent, Published, Words};
use super::state::{FollowOn, Status};
use crate::case::change::{Fields, Refused, permit};
use crate::people::{Act, Person};

/// The longest that either half may be, in characters: two or three sentences.
pub const LONGEST: usize = 400;

/// Publishes a change, or publishes it in other words.
///
/// # Errors
/// When the person may not, it is not done yet, or the words are missing, too long, or quote a case.
pub fn publish(action: &FollowOn, wording: Published, by: &Person) -> Result<FollowOnEvent, Refused> {
    permit(by, Act::PublishChanges)?;
    if !matches!(action.status, Status::Done | Status::Verified) {
        return Err(not_now("publish it", action));
    }
    let (you_said, we_did) = (wording.you_said.trim().to_owned(), wording.we_did.trim().to_owned());
    let mut fields = Fields::default();
    let halves = [
        ("you_said", &you_said, "Write what people said, without naming anybody"),
        ("we_did", &we_did, "Write what changed"),
    ];
    for (field, words, missing) in halves {
        if words.is_empty() {
            fields.ask(field, missing);
        } else if words.chars().count() > LONGEST {
            fields.ask(
                field,
                format!("Shorten this to {LONGEST} characters: two or three sentences"),
            );
        } else if names_a_case(words) {
            fields.ask(field, "Leave out the reference of the case: everybody can read this");
        }
    }
    fields.finish()?;
    Ok(FollowOnEvent::Published(Published {
        you_said,
        we_did,
        service: wording.service.filter(|service| !service.is_empty()),
    }))
}

/// Takes a published change back.
///
/// # Errors
/// When the person may not, it is not published, or no reason is given.
pub fn unpublish(action: &FollowOn, reason: &str, by: &Person) -> Result<FollowOnEvent, Refused> {
    permit(by, Act::PublishChanges)?;
    if action.published.is_none() {
        return Err(Refused::NotNow("This change is not published.".to_owned()));
    }
    if reason.trim().is_empty() {
        return Err(Refused::field("remark", "Say why it is taken back"));
    }
    Ok(FollowOnEvent::Unpublished(Words {
        words: reason.trim().to_owned(),
    }))
}

/// Whether words hold something that looks like a reference; rooms and buildings have smaller numbers.
fn names_a_case(words: &str) -> bool {
    words
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(|word| word.contains('-'))
        .filter_map(|word| word.parse::<crate::case::Reference>().ok())
        .any(|reference| reference.number() >= 10_000)
}
