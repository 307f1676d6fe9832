//! A letter that does not arrive is told in another way: by phone, face to face, or on paper (R18, R19, A7, A8).

use jiff::Timestamp;

use super::consent::may_be_told;
use super::decide::{decision_kind, stage_of};
use super::post;
use crate::case::change::{Change, Fields, Refused, Setting, permit};
use crate::case::event::LetterDelivered;
use crate::case::facts::Communicated;
use crate::case::vocabulary::{FeedbackKind, Means};
use crate::case::{Case, State};
use crate::letters::LetterKind;
use crate::people::{Act, Person};
use crate::procedure::{Response, Stage};

/// What somebody did in place of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What they told: the letter in whose place it counts.
    pub letter: LetterKind,
    /// By what means.
    pub by: Means,
    /// When they were told; for paper, when it was posted or handed over.
    pub at: Timestamp,
    /// What was said or written, in a few words. The complainant can read it.
    pub words: String,
}

/// Records that what a letter says was told in another way. For a decision the clock stops at that instant (A7).
///
/// # Errors
/// When the person may not, when nothing of this kind is on its way to the complainant, or when means, time or words do not fit.
pub fn tell(case: &Case, told: &Told, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    let stage = if told.letter.decides() {
        Some(deciding(case, told.letter, by, setting)?)
    } else {
        permit(by, Act::Write)?;
        outstanding(case, told.letter)?;
        None
    };
    if told.letter.decides() {
        may_be_told(case)?;
    }
    let words = crate::intake::feedback::clean_text(&told.words);
    let mut wrong = Fields::default();
    check_means(told.by, stage, &mut wrong);
    if let Err(Refused::Fields { fields }) = check_time(told.at, since(case, stage), setting) {
        fields
            .into_iter()
            .for_each(|field| wrong.ask(field.field, field.message));
    }
    if words.is_empty() {
        wrong.ask("told_words", "Say in a few words what you told them");
    }
    wrong.finish()?;
    let mut communicated = communicated(told.by, told.at, by);
    if told.letter.acknowledges() {
        // The event of an acknowledgement has room for its proof only.
        communicated.proof = format!("{}: {words}", communicated.proof);
    }
    Ok(post::delivered(
        case,
        LetterDelivered {
            letter: told.letter,
            communicated,
            subject: String::new(),
            text: words,
            owed_by: None,
            sha256: None,
        },
    ))
}

/// The letters that somebody could tell in another way now: the decision that is on its way, and whatever did not arrive.
pub fn outstanding_letters(case: &Case, setting: &Setting<'_>) -> Vec<LetterKind> {
    let decision = LetterKind::ALL
        .into_iter()
        .filter(|letter| letter.decides() && decided_stage(case, *letter, setting).is_ok());
    let others = LetterKind::ALL
        .into_iter()
        .filter(|letter| !letter.decides() && outstanding(case, *letter).is_ok());
    decision.chain(others).collect()
}

/// Whether this person could tell this letter in another way now.
pub fn may_tell(case: &Case, letter: LetterKind, by: &Person, setting: &Setting<'_>) -> bool {
    if letter.decides() {
        deciding(case, letter, by, setting).is_ok()
    } else {
        permit(by, Act::Write).is_ok() && outstanding(case, letter).is_ok()
    }
}

/// The stage whose decision is on its way, for somebody who may tell it.
fn deciding<'a>(case: &Case, letter: LetterKind, by: &Person, setting: &Setting<'a>) -> Result<&'a Stage, Refused> {
    let stage = decided_stage(case, letter, setting);
    let written = stage.as_ref().is_ok_and(|stage| stage.response == Response::Written);
    permit(
        by,
        if written {
            Act::Investigate
        } else {
            Act::DecideFrontline
        },
    )?;
    stage
}

fn decided_stage<'a>(case: &Case, letter: LetterKind, setting: &Setting<'a>) -> Result<&'a Stage, Refused> {
    let none = || Refused::NotNow("No decision is on its way to the complainant.".to_owned());
    let stage = match &case.state {
        State::Decided(work, _) => stage_of(work, setting)?,
        // Its letter was sent, which stopped the clock (A7), and came back.
        _ if case.undelivered(letter).is_some() => {
            let number = setting.procedure.stage_number(case.stage());
            number.ok_or_else(none)?
        }
        _ => return Err(none()),
    };
    if decision_kind(stage) == letter {
        Ok(stage)
    } else {
        Err(none())
    }
}

/// A letter other than a decision is outstanding when it failed, or when it is an acknowledgement that nobody has given yet.
fn outstanding(case: &Case, letter: LetterKind) -> Result<(), Refused> {
    let nobody_told = case.acknowledged.is_none() && case.is_open() && !case.received.complainant.is_anonymous();
    let owed = letter == LetterKind::Acknowledgement && case.kind == FeedbackKind::Complaint && nobody_told;
    if owed || case.undelivered(letter).is_some() {
        return Ok(());
    }
    Err(Refused::NotNow(format!(
        "Nothing is outstanding: {} reached the complainant, or was never owed.",
        letter.words()
    )))
}

/// The instant from which there was something to tell, with its words.
fn since(case: &Case, stage: Option<&Stage>) -> (Timestamp, &'static str) {
    let decided_at = case.stages.last().and_then(|stage| stage.decided_by).map(|(_, at)| at);
    match stage {
        Some(_) => (decided_at.unwrap_or(case.logged_at), "the decision was made"),
        None => (case.received.received_at, REACHED_US),
    }
}

/// The beginning of everything, as a refusal calls it.
pub(crate) const REACHED_US: &str = "the complaint reached us";

/// A stage that is answered in writing stays in writing (R77); everything else may also be said.
fn check_means(by: Means, stage: Option<&Stage>, wrong: &mut Fields) {
    match stage {
        Some(stage) if stage.response == Response::Written => {
            if by != Means::Post {
                let message = format!("{} is answered in writing. Choose on paper", stage.name);
                wrong.ask("told_by", message);
            }
        }
        _ if by.is_spoken() || by == Means::Post => {}
        _ => wrong.ask(
            "told_by",
            "Choose how you told them: phone, in person, chat, social media or on paper",
        ),
    }
}

/// Refuses a time that lies in the future or before there was anything to tell.
///
/// # Errors
/// Beside the field of the time.
pub(crate) fn check_time(
    at: Timestamp,
    (since, what): (Timestamp, &str),
    setting: &Setting<'_>,
) -> Result<(), Refused> {
    if at > setting.now || at < since {
        return Err(Refused::field(
            "told_at",
            format!("Enter when you told them: after {what}, and not in the future"),
        ));
    }
    Ok(())
}

/// The proof that somebody told them.
pub(crate) fn communicated(by: Means, at: Timestamp, who: &Person) -> Communicated {
    let proof = if by == Means::Post {
        format!("Sent on paper by {}", who.name)
    } else {
        format!("Told by {} ({})", who.name, by.words())
    };
    Communicated { by, at, proof }
}
