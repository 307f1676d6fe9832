//! The points of complaint, agreed with the complainant in writing: nobody investigates what was never meant, and nobody waits for ever for an
//! answer (R72, A25, A26, A41).

use jiff::civil::Date;

use super::{can_investigate, investigated};
use crate::case::Case;
use crate::case::change::{Change, Fields, LetterOwed, Refused, Setting};
use crate::case::event::{Event, PointReworded, PointSetAside, PointsAgreed, PointsCorrected, PointsSent, Reason};
use crate::case::investigation::Agreed;
use crate::case::vocabulary::Means;
use crate::clock::full_date;
use crate::deadlines::decision_due;
use crate::handling::consent::may_be_told;
use crate::intake::feedback::{clean_text, optional_text, said};
use crate::letters::LetterKind;
use crate::people::Person;

/// How many working days the complainant is usually given to answer.
const USUAL_WORKING_DAYS: u32 = 5;

/// The day that a form suggests for an answer: five working days, and never later than the day before the decision is due.
pub fn usual_answer_by(case: &Case, setting: &Setting<'_>) -> Date {
    let today = setting.today();
    let usual = setting.calendar.add_working_days(today, USUAL_WORKING_DAYS);
    let usual = usual.unwrap_or_else(|_| today.saturating_add(jiff::Span::new().days(7)));
    latest_answer(case, setting).map_or(usual, |latest| usual.min(latest))
}

/// The last day on which an answer is of use; nothing where the decision is due today or late, so that any day is as good.
fn latest_answer(case: &Case, setting: &Setting<'_>) -> Option<Date> {
    let due = decision_due(case, setting)?.due_on;
    (due > setting.today()).then_some(due)
}

/// Writes the points to the complainant as we understood them, and asks whether that is right.
///
/// # Errors
/// When the person does not investigate the case, the day does not fit, or somebody has not agreed yet that anything is told (A29).
pub fn send(
    case: &Case,
    answer_by: Date,
    words: Option<&str>,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    may_be_told(case)?;
    let mut wrong = Fields::default();
    if answer_by <= setting.today() {
        wrong.ask("answer_by", "Choose a day to come: they need time to answer");
    }
    if let Some(latest) = latest_answer(case, setting).filter(|latest| answer_by > *latest) {
        let message = format!(
            "Choose {} or an earlier day: the decision is due then",
            full_date(latest)
        );
        wrong.ask("answer_by", message);
    }
    wrong.finish()?;
    let words = words.and_then(optional_text);
    let round = case
        .investigation
        .agreement
        .sent
        .as_ref()
        .map_or(1, |sent| sent.what.round + 1);
    let sent = Event::PointsSent(PointsSent {
        round,
        points: case.points_to_answer().cloned().collect(),
        answer_by,
        words: words.clone(),
    });
    let letter = LetterOwed::written(LetterKind::PointsToAgree, words.unwrap_or_default(), Some(by.id));
    Ok(Change::of(vec![sent]).owing(letter))
}

/// What the complainant says to the points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    /// That is what they meant.
    Agree,
    /// It is not, and what is wrong, in their words.
    Correct(String),
}

/// The complainant answers on the tracking page the letter that they read.
///
/// # Errors
/// When nothing is asked of them (any more), they read an earlier letter, or a correction has no words.
pub fn answer(case: &Case, saying: &Saying, round: u32, setting: &Setting<'_>) -> Result<Change, Refused> {
    investigated(case, setting).map_err(|_| too_late())?;
    let Agreed::Waiting(sent) = case.investigation.agreement.standing() else {
        return Err(too_late());
    };
    if sent.round != round {
        return Err(Refused::NotNow(
            "We wrote the points anew while you read them. Read them once more before you answer.".to_owned(),
        ));
    }
    answered(saying, Means::TrackingPage, setting.today(), None)
}

fn too_late() -> Refused {
    Refused::NotNow(
        "We are not waiting for an answer about the points any more. Write to us below: whatever you tell us is read."
            .to_owned(),
    )
}

/// What the complainant said in a conversation or wrote in a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// What they said.
    pub saying: Saying,
    /// How.
    pub by: Means,
    /// On which day.
    pub on: Date,
    /// What they said besides, or where it is kept.
    pub words: Option<String>,
}

/// Records what the complainant said about the points. They need not have been written to before: a call may be quicker.
///
/// # Errors
/// When the person does not investigate the case, the points stand already, the day does not fit, or a correction has no words.
pub fn heard(case: &Case, heard: &Heard, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    if matches!(case.investigation.agreement.standing(), Agreed::Settled(_)) {
        return Err(stands());
    }
    let came_on = setting.local_date(case.received.received_at);
    if heard.on > setting.today() || heard.on < came_on {
        return Err(Refused::field(
            "heard_on",
            "Choose the day on which they said so: after the complaint reached us, and not in the future",
        ));
    }
    answered(&heard.saying, heard.by, heard.on, heard.words.as_deref())
}

fn stands() -> Refused {
    Refused::NotNow("The points are settled. Change one of them, and you can ask again.".to_owned())
}

fn answered(saying: &Saying, by: Means, on: Date, besides: Option<&str>) -> Result<Change, Refused> {
    let event = match saying {
        Saying::Agree => Event::PointsAgreed(PointsAgreed {
            by,
            on,
            words: besides.and_then(optional_text),
        }),
        Saying::Correct(words) => {
            let words = said(words, "points_words", "Write what is wrong or missing")?;
            Event::PointsCorrected(PointsCorrected { by, on, words })
        }
    };
    Ok(Change::of(vec![event]))
}

/// Whether the investigation may go on with the points as they are, without a yes of the complainant.
///
/// # Errors
/// Until when they are waited for.
pub fn can_go_on(case: &Case, setting: &Setting<'_>) -> Result<(), Refused> {
    // Where nobody can be reached, or the decision is due, waiting helps nobody (A28, A41).
    let due = decision_due(case, setting).is_some_and(|due| due.due_on <= setting.today());
    let nobody = case.complainant.is_anonymous() || due;
    match case.investigation.agreement.standing() {
        Agreed::Settled(_) => Err(stands()),
        Agreed::ToTakeIn(_) => Ok(()),
        _ if nobody => Ok(()),
        Agreed::Waiting(sent) if setting.today() <= sent.answer_by => Err(Refused::NotNow(format!(
            "They have until the end of {} to answer. After that you can go on without an answer.",
            full_date(sent.answer_by)
        ))),
        Agreed::Waiting(_) => Ok(()),
        Agreed::NotAsked | Agreed::Changed => Err(Refused::NotNow(
            "Write the points to them first, or record what they said about them.".to_owned(),
        )),
    }
}

/// Goes on with the points as they are: no answer came by the day, or what they corrected changes none of them.
///
/// # Errors
/// When the person does not investigate the case, there is still time to answer, or no reason is given.
pub fn go_on(case: &Case, reason: &str, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    can_go_on(case, setting)?;
    let reason = said(
        reason,
        "go_on",
        "Say why you go on with the points as they are: it stays on record",
    )?;
    Ok(Change::of(vec![Event::PointsGoneOn(Reason { reason })]))
}

/// Gives a point other words.
///
/// # Errors
/// When the person does not investigate the case, there is no such point to answer, or the words are missing or the same.
pub fn reword(case: &Case, number: u32, text: &str, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    let point = case.points_to_answer().find(|point| point.number == number);
    let point = point.ok_or_else(|| Refused::field("which", "Choose which point gets other words"))?;
    let text = clean_text(text);
    if text.is_empty() || text == point.text {
        return Err(Refused::field("point_text", "Write the point in other words"));
    }
    Ok(Change::of(vec![Event::PointReworded(PointReworded { number, text })]))
}

/// Takes a point together with another, or does not pursue it. It stays on record with the reason; one at least is answered.
///
/// # Errors
/// When the person does not investigate the case, there is no such point, it is the last one, or no reason is given.
pub fn set_aside(case: &Case, aside: &PointSetAside, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    let answered = |number: u32| case.points_to_answer().any(|point| point.number == number);
    let mut wrong = Fields::default();
    if !answered(aside.number) {
        wrong.ask("aside_which", "Choose the point that gets no answer of its own");
    } else if case.points_to_answer().count() == 1 {
        wrong.ask(
            "aside_which",
            "This is the only point left: an investigation answers at least one",
        );
    }
    if aside.with.is_some_and(|with| with == aside.number || !answered(with)) {
        wrong.ask("with", "Choose another point together with which it is answered");
    }
    let because = clean_text(&aside.because);
    if because.is_empty() {
        wrong.ask("because", "Say why: the person may ask, and it stays on record");
    }
    wrong.finish()?;
    Ok(Change::of(vec![Event::PointSetAside(PointSetAside {
        because,
        ..aside.clone()
    })]))
}
