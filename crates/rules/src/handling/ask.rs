//! Asking the complainant what we have to know, reminding them, and what follows where no answer comes. No date waits for it (A22, A41).

use jiff::Timestamp;
use jiff::civil::Date;

use super::consent::may_be_told;
use super::contact::acknowledged_by;
use crate::case::Case;
use crate::case::change::{Change, Fields, LetterOwed, Refused, Setting, not_now, permit};
use crate::case::event::{AnsweredBy, Event, InfoReceived, InfoReminded, InfoRequested};
use crate::case::state::State;
use crate::clock::full_date;
use crate::deadlines::decision_due;
use crate::intake::feedback::{clean_text, optional_text};
use crate::letters::LetterKind;
use crate::people::{Act, Person};

/// Whether the complainant can be asked something now.
///
/// # Errors
/// When the person may not write, nothing of ours is to be found out any more, a question waits already, or somebody has not agreed yet that
/// anything is told (A29).
pub fn can_ask(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::Write)?;
    if !matches!(
        case.state,
        State::Received | State::Open(_) | State::EscalationPending(..)
    ) {
        return Err(not_now("ask them", &case.state));
    }
    if case.waits_for_answer() {
        return Err(Refused::NotNow(
            "A question waits for their answer. Record the answer, or that it is not needed any more, before you ask another.".to_owned(),
        ));
    }
    may_be_told(case)
}

/// Asks: by a letter, or in a conversation that is kept. The date of the decision stays as it is (A22).
///
/// # Errors
/// As for [`can_ask`]; when the question has no words, or the day by which an answer is hoped for has passed or lies behind the decision date.
pub fn ask(case: &Case, asked: &InfoRequested, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_ask(case, by)?;
    let mut wrong = Fields::default();
    let question = clean_text(&asked.question);
    if question.is_empty() {
        wrong.ask("question", "Write what you ask them");
    }
    if let Err(message) = check_day(case, asked.hoped_by, setting) {
        wrong.ask("hoped_by", message);
    }
    wrong.finish()?;
    let event = Event::InfoRequested(InfoRequested {
        question: question.clone(),
        ..asked.clone()
    });
    if asked.by.is_spoken() {
        let told = acknowledged_by(case, asked.by, by, setting);
        return Ok(Change::of(told.into_iter().chain([event]).collect()));
    }
    let letter = LetterOwed::written(LetterKind::Question, question, Some(by.id));
    Ok(Change::of(vec![event]).owing(letter))
}

fn check_day(case: &Case, hoped_by: Date, setting: &Setting<'_>) -> Result<(), String> {
    if hoped_by < setting.today() {
        return Err("Choose today or a day to come".to_owned());
    }
    let due = decision_due(case, setting).filter(|due| !due.has_passed(setting.now));
    match due {
        Some(due) if hoped_by > due.due_on => Err(format!(
            "Choose {} or an earlier day: the decision is due then, and that date does not wait for the answer",
            full_date(due.due_on)
        )),
        _ => Ok(()),
    }
}

/// Records that they answered in another way than by a message, or that the answer is not needed any more.
///
/// # Errors
/// When the person may not write, no question waits, or nothing says what they answered or why it is not needed.
pub fn answered(case: &Case, answer: &InfoReceived, by: &Person) -> Result<Change, Refused> {
    permit(by, Act::Write)?;
    if !case.waits_for_answer() {
        return Err(Refused::NotNow("No question waits for an answer.".to_owned()));
    }
    let words = answer.words.as_deref().and_then(optional_text);
    let missing = match answer.by {
        AnsweredBy::Message => return Err(Refused::field("answered_by", "Choose how it came to its end")),
        AnsweredBy::Told => "Write what they answered",
        AnsweredBy::NotNeeded => "Say why the answer is not needed any more",
    };
    if words.is_none() {
        return Err(Refused::field("answer", missing));
    }
    Ok(Change::of(vec![Event::InfoReceived(InfoReceived {
        by: answer.by,
        words,
    })]))
}

/// That what they wrote answers the question that waits, if one does.
pub(super) fn answered_by_message(case: &Case) -> Option<Event> {
    case.waits_for_answer().then_some(Event::InfoReceived(InfoReceived {
        by: AnsweredBy::Message,
        words: None,
    }))
}

/// When they are reminded next, and for which time: on the working day that the procedure names, when the office opens, and never sooner after
/// the reminder before than the procedure spaces them. Nobody is reminded whom no letter reaches (A28), or who may not be told (A29).
pub fn next_reminder(case: &Case, setting: &Setting<'_>) -> Option<(u32, Timestamp)> {
    let (question, rule) = (case.question.as_ref()?, setting.procedure.no_answer.as_ref()?);
    if case.complainant.is_anonymous() || may_be_told(case).is_err() {
        return None;
    }
    let sent = question.reminded_at.len();
    let after = *rule.reminders_after_working_days.get(sent)?;
    let before = sent
        .checked_sub(1)
        .map_or(0, |at| rule.reminders_after_working_days[at]);
    let by_the_rule = days_after(question.asked_at, after, setting)?;
    let spaced = match question.reminded_at.last() {
        Some(last) => days_after(*last, after.saturating_sub(before), setting)?,
        None => by_the_rule,
    };
    Some((
        u32::try_from(sent + 1).ok()?,
        setting.morning_of(by_the_rule.max(spaced))?,
    ))
}

/// The reminder that is due, if one is.
pub(super) fn remind(case: &Case, setting: &Setting<'_>) -> Option<(Event, LetterOwed)> {
    let (number, _) = next_reminder(case, setting).filter(|(_, at)| *at <= setting.now)?;
    let question = case.question.as_ref()?.asked.question.clone();
    Some((
        Event::InfoReminded(InfoReminded { number }),
        LetterOwed::written(LetterKind::QuestionReminder, question, None),
    ))
}

/// The first day on which somebody may close the case because no answer came: the working days of the procedure have passed since we asked, and
/// so has the day by which an answer was hoped for. A consent that was asked for and never came counts as well (A29). `None` where that never
/// comes.
pub fn closable_from(case: &Case, setting: &Setting<'_>) -> Option<Date> {
    let rule = setting.procedure.no_answer.as_ref()?;
    let (asked_at, hoped_by) = asked(case)?;
    let last = days_after(asked_at, rule.may_close_after_working_days?, setting)?;
    hoped_by.map_or(last, |hoped_by| last.max(hoped_by)).tomorrow().ok()
}

/// When we last asked something that has no answer, and by when we hoped for one.
fn asked(case: &Case) -> Option<(Timestamp, Option<Date>)> {
    if let Some(question) = &case.question {
        return Some((question.asked_at, Some(question.asked.hoped_by)));
    }
    let consent = case.consent.asked.as_ref().filter(|_| case.consent_lacks().is_some());
    consent.map(|(_, at)| (*at, None))
}

fn days_after(at: Timestamp, days: u32, setting: &Setting<'_>) -> Option<Date> {
    setting.calendar.add_working_days(setting.local_date(at), days).ok()
}

/// Whether a person may close the case because the complainant did not answer. The system never does (A41).
///
/// # Errors
/// In words that say from when on, and that until then the decision is made on what is known.
pub fn may_close_unanswered(case: &Case, setting: &Setting<'_>) -> Result<(), Refused> {
    let refused = |why: String| Err(Refused::field("ending", format!("{why} Decide on what is known")));
    if asked(case).is_none() {
        return refused("No question of ours waits for their answer.".to_owned());
    }
    if let Some((_, at)) = next_reminder(case, setting) {
        let on = full_date(setting.local_date(at));
        return refused(format!("They get a reminder of our question on {on} first."));
    }
    match closable_from(case, setting) {
        None => refused("This procedure does not close a case because nobody answered.".to_owned()),
        Some(from) if setting.today() < from => refused(format!(
            "They have time to answer until the end of {}.",
            full_date(from.yesterday().unwrap_or(from))
        )),
        Some(_) => Ok(()),
    }
}
