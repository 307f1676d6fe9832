//! Words between us and the complainant, and notes among staff; a note has no way to the mailer (R24, lesson 13).

use crate::case::Case;
use crate::case::change::{Change, LetterOwed, Refused, Setting, permit};
use crate::case::event::{Event, MessageReceived, NoteAdded, PointAdded, UpdateSent};
use crate::case::facts::Communicated;
use crate::case::state::State;
use crate::case::vocabulary::Channel;
use crate::clock::full_date;
use crate::letters::LetterKind;
use crate::people::{Act, Person};

/// Writes to the complainant, or records what was said to them.
///
/// # Errors
/// When the person may not write, the case is closed, or the words are missing.
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
        // Whoever spoke to them has acknowledged the complaint, whatever became of the letter (R18).
        let proof = format!("Told by {} ({})", by.name, means.words());
        let told = case.acknowledged.is_none().then_some({
            Event::Acknowledged(Communicated {
                by: means,
                at: setting.now,
                proof,
            })
        });
        return Ok(Change::of(told.into_iter().chain([sent]).collect()));
    }
    Ok(Change::of(vec![sent]).owing(LetterOwed::written(LetterKind::Update, words, Some(by.id))))
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

/// The complainant wrote; a closed stage is not opened by it (lesson 18).
///
/// # Errors
/// When the words are missing.
pub fn message(words: &str, channel: Channel) -> Result<Change, Refused> {
    let words = crate::intake::feedback::clean_text(words);
    if words.is_empty() {
        return Err(Refused::field("reply", "Write your message"));
    }
    Ok(Change::of(vec![Event::MessageReceived(MessageReceived {
        channel,
        words,
    })]))
}

/// Staff write down what the complainant told them by phone, mail or in person.
///
/// # Errors
/// When the person may not write or the words are missing.
pub fn heard(words: &str, channel: Channel, by: &Person) -> Result<Change, Refused> {
    permit(by, Act::Write)?;
    message(words, channel)
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
