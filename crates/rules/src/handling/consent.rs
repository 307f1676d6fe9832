//! Complaints on behalf of somebody: until that person agrees, nothing about them goes to whoever complains; the clock keeps running (A29, R32).

use super::contact::acknowledged_by;
use crate::case::Case;
use crate::case::change::{Change, Fields, LetterOwed, Refused, Setting, permit};
use crate::case::event::{ConsentAsked, ConsentGiven, Event, Reason};
use crate::case::state::State;
use crate::intake::feedback::{clean_text, optional_text};
use crate::letters::LetterKind;
use crate::people::{Act, Person};

/// Whether whoever complains may be told what we found.
///
/// # Errors
/// In words that say what to do instead, while the person they act for has not agreed.
pub fn may_be_told(case: &Case) -> Result<(), Refused> {
    let Some(person) = case.consent_lacks() else {
        return Ok(());
    };
    Err(Refused::Rule(format!(
        "The person for whom they complain ({person}) has not agreed that we speak about them. Ask for their consent and record it, then go on \
         here. The date stays as it is."
    )))
}

/// Whether there is a consent to speak of, and somebody may deal with it.
///
/// # Errors
/// When the person may not write, or whoever complains acts for nobody else.
pub fn can_record(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::Write)?;
    match case.complainant.acting_for {
        Some(_) => Ok(()),
        None => Err(Refused::NotNow(
            "They complain for themselves: nobody else has to agree.".to_owned(),
        )),
    }
}

/// Asks whoever complains to bring the consent: by a letter, or in a conversation that is kept.
///
/// # Errors
/// As for [`can_record`]; when the case is closed or the consent is there.
pub fn ask(case: &Case, asked: &ConsentAsked, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_record(case, by)?;
    if matches!(case.state, State::Closed(..)) {
        return Err(Refused::NotNow(
            "This case is closed. Nothing is told any more.".to_owned(),
        ));
    }
    if case.consent.given.is_some() {
        return Err(Refused::NotNow("Their consent is on record.".to_owned()));
    }
    let words = asked.words.as_deref().and_then(optional_text);
    let event = Event::ConsentAsked(ConsentAsked {
        by: asked.by,
        words: words.clone(),
    });
    if asked.by.is_spoken() {
        let told = acknowledged_by(case, asked.by, by, setting);
        return Ok(Change::of(told.into_iter().chain([event]).collect()));
    }
    let letter = LetterOwed::written(LetterKind::ConsentAsked, words.unwrap_or_default(), Some(by.id));
    Ok(Change::of(vec![event]).owing(letter))
}

/// Records that the person agreed.
///
/// # Errors
/// As for [`can_record`]; when it is on record already, the day lies in the future, or nothing says what they said or where the paper lies.
pub fn give(case: &Case, given: &ConsentGiven, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_record(case, by)?;
    if case.consent.given.is_some() {
        return Err(Refused::NotNow("Their consent is on record.".to_owned()));
    }
    let mut wrong = Fields::default();
    if given.on > setting.today() {
        wrong.ask(
            "given_on",
            "Choose the day on which they agreed: today, or one that has passed",
        );
    }
    let words = clean_text(&given.words);
    if words.is_empty() {
        wrong.ask("words", "Write what they said, or where the signed paper is kept");
    }
    wrong.finish()?;
    Ok(Change::of(vec![Event::ConsentGiven(ConsentGiven {
        words,
        ..given.clone()
    })]))
}

/// Records that the person no longer agrees: from now on nothing more is told about them.
///
/// # Errors
/// As for [`can_record`]; when there is no consent to withdraw, or no reason is given.
pub fn withdraw(case: &Case, reason: &str, by: &Person) -> Result<Change, Refused> {
    can_record(case, by)?;
    if case.consent.given.is_none() {
        return Err(Refused::NotNow(
            "There is no consent on record that could be withdrawn.".to_owned(),
        ));
    }
    let reason = clean_text(reason);
    if reason.is_empty() {
        return Err(Refused::field("reason", "Write how they told us, and what they said"));
    }
    Ok(Change::of(vec![Event::ConsentWithdrawn(Reason { reason })]))
}
