//! Words between us and the complainant, and notes among staff; a note has no way to the mailer (R24, lesson 13).

use super::ask::answered_by_message;
use super::consent::may_be_told;
use crate::case::Case;
use crate::case::change::{Change, LetterOwed, Refused, Setting, permit};
use crate::case::event::{Event, MessageReceived, NoteAdded, PointAdded, UpdateSent};
use crate::case::facts::Communicated;
use crate::case::state::State;
use crate::case::vocabulary::{Channel, Means};
use crate::clock::full_date;
use crate::letters::LetterKind;
use crate::people::{Act, Person};

/// Writes to the complainant, or records what was said to them.
///
/// # Errors
/// When the person may not write, the case is closed, the words are missing, or somebody has not agreed yet that anything is told (A29).
pub fn update(case: &Case, update: &UpdateSent, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    permit(by, Act::Write)?;
    if matches!(case.state, State::Closed(..)) {
        return Err(Refused::NotNow(
            "This case is closed. Reopen it before you write.".to_owned(),
        ));
    }
    let UpdateSent { by: means, next_on, .. } = *update;
    let words = update.words.trim();
    if words.is_empty() {
        return Err(Refused::field("message", "Write your message"));
    }
    may_be_told(case)?;
    if let Some(next) = next_on.filter(|next| *next < setting.today()) {
        return Err(Refused::field(
            "next_on",
            format!(
                "Choose a day for the next update that is not in the past ({} is)",
                full_date(next)
            ),
        ));
    }
    let sent = Event::UpdateSent(UpdateSent {
        words: words.to_owned(),
        by: means,
        next_on,
    });
    if means.is_spoken() {
        let told = acknowledged_by(case, means, by, setting);
        return Ok(Change::of(told.into_iter().chain([sent]).collect()));
    }
    Ok(Change::of(vec![sent]).owing(LetterOwed::written(LetterKind::Update, words, Some(by.id))))
}

/// Whoever speaks to them has acknowledged the complaint, whatever became of the letter (R18).
pub(super) fn acknowledged_by(case: &Case, means: Means, by: &Person, setting: &Setting<'_>) -> Option<Event> {
    case.acknowledged.is_none().then(|| {
        Event::Acknowledged(Communicated {
            by: means,
            at: setting.now,
            proof: format!("Told by {} ({})", by.name, means.words()),
        })
    })
}

/// Writes a note that only staff see.
///
/// # Errors
/// When the person may not write or the words are missing.
pub fn note(words: &str, by: &Person) -> Result<Change, Refused> {
    permit(by, Act::Write)?;
    let words = words.trim();
    if words.is_empty() {
        return Err(Refused::field("note", "Write your note"));
    }
    Ok(Change::of(vec![Event::NoteAdded(NoteAdded {
        words: words.to_owned(),
    })]))
}

/// The complainant wrote; a closed stage is not opened by it (lesson 18). A question that waits is answered by it (A41).
///
/// # Errors
/// When the words are missing.
pub fn message(case: &Case, words: &str, channel: Channel) -> Result<Change, Refused> {
    let words = crate::intake::feedback::clean_text(words);
    if words.is_empty() {
        return Err(Refused::field("reply", "Write your message"));
    }
    let message = Event::MessageReceived(MessageReceived { channel, words });
    Ok(Change::of(
        [message].into_iter().chain(answered_by_message(case)).collect(),
    ))
}

/// Staff write down what the complainant told them by phone, mail or in person.
///
/// # Errors
/// When the person may not write or the words are missing.
pub fn heard(case: &Case, words: &str, channel: Channel, by: &Person) -> Result<Change, Refused> {
    permit(by, Act::Write)?;
    message(case, words, channel)
}

/// What stands on record of a message that asks for nothing.
pub const CONTENT: &str = "What they wrote after our decision asks for nothing more.";

/// Somebody has read what they wrote after the decision, and it asks for nothing: thanks, or that it is settled. Nothing is opened by it, and what was
/// measured stays (lesson 18).
///
/// # Errors
/// When the person may not write, or there is no decision yet.
pub fn content(case: &Case, by: &Person) -> Result<Change, Refused> {
    match case.state {
        State::Answered(..) | State::Closed(..) => note(CONTENT, by),
        _ => Err(Refused::NotNow(
            "They do not have our decision yet. Write back, or add a note.".to_owned(),
        )),
    }
}

/// Adds a point of complaint before the decision (A25, A26).
///
/// # Errors
/// When the person may not write, the case is already decided, or the point has no words.
pub fn point(case: &Case, text: &str, by: &Person) -> Result<Change, Refused> {
    permit(by, Act::Write)?;
    if !matches!(case.state, State::Received | State::Open(_)) {
        return Err(Refused::NotNow(
            "This complaint is already decided. A new issue now is a new complaint: log it as one.".to_owned(),
        ));
    }
    let text = text.trim();
    if text.is_empty() {
        return Err(Refused::field("point", "Write the point of complaint"));
    }
    Ok(Change::of(vec![Event::PointAdded(PointAdded {
        text: text.to_owned(),
    })]))
}
