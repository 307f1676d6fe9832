//! Deciding at a stage whose handlers need nobody's approval: the frontline (R49, R57, R59, R63, R65).

use jiff::Timestamp;

use super::consent::may_be_told;
use super::draft::check_decision;
use super::tell;
use crate::case::change::{Change, LetterOwed, Refused, Setting, not_now, permit};
use crate::case::event::{ActionCreated, Assigned, DecisionRecorded, Event, LetterDelivered};
use crate::case::facts::Decision;
use crate::case::state::Work;
use crate::case::vocabulary::Means;
use crate::case::{Case, State};
use crate::confidential::named::apart;
use crate::letters::LetterKind;
use crate::people::{Act, Person, StaffId};
use crate::procedure::{Response, Stage};

/// A decision told in conversation: to whom it was told, and when (A36).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// On the phone, face to face, in the chat.
    pub by: Means,
    /// When it was said.
    pub at: Timestamp,
}

/// How the complainant hears of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Telling {
    /// By a letter: e-mail, or the tracking page.
    InWriting,
    /// In conversation, already done.
    Spoken(Spoken),
}

/// Records a decision and owes its letter, or records that it was told (A7: the clock stops when they are told).
///
/// # Errors
/// When the person may not decide, the stage wants a written and perhaps approved response, or something is missing.
pub fn decide(
    case: &Case,
    decision: Decision,
    telling: &Telling,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    permit(by, Act::DecideFrontline)?;
    apart(case, by)?;
    let (work, stage) = open_work(case, setting)?;
    can_decide(case, setting)?;
    if !stage.handlers.iter().any(|role| by.is(*role)) {
        return Err(Refused::NotAllowed {
            act: Act::DecideFrontline,
        });
    }
    match telling {
        Telling::InWriting => {
            check_decision(case, &decision, stage, setting)?;
            Ok(decided(case, work, decision, by).owing(decision_letter(stage, Some(by.id))))
        }
        Telling::Spoken(spoken) => {
            let told = told(work.entry.clock_from, spoken, stage, by, setting)?;
            // It counts when it was told, not when somebody found the time to write that down (A7).
            check_decision(
                case,
                &decision,
                stage,
                &Setting {
                    now: spoken.at,
                    ..*setting
                },
            )?;
            let mut change = decided(case, work, decision, by);
            change.events.push(told);
            Ok(change)
        }
    }
}

/// Whether a decision can be recorded at this point without a draft and a sign-off.
///
/// # Errors
/// Why not, in words that say what to do.
pub fn can_decide(case: &Case, setting: &Setting<'_>) -> Result<(), Refused> {
    let (_, stage) = open_work(case, setting)?;
    if stage.response == Response::Written {
        let message = format!(
            "{} needs a written decision. Write a draft and send it for sign-off.",
            stage.name
        );
        return Err(Refused::Rule(message));
    }
    may_be_told(case)
}

/// The work that is open, with its stage.
///
/// # Errors
/// When the case is not open at a stage of its procedure.
pub(crate) fn open_work<'a>(case: &'a Case, setting: &Setting<'a>) -> Result<(&'a Work, &'a Stage), Refused> {
    let State::Open(work) = &case.state else {
        return Err(not_now("record a decision", &case.state));
    };
    Ok((work, stage_of(work, setting)?))
}

pub(crate) fn stage_of<'a>(work: &Work, setting: &Setting<'a>) -> Result<&'a Stage, Refused> {
    let stage = setting.procedure.stage_number(work.stage());
    stage.ok_or_else(|| {
        Refused::Rule("The procedure of this case has no such stage. Tell the administrator.".to_owned())
    })
}

/// The events of a decision: the decision itself and each promised action (R10, P39).
pub(crate) fn decided(case: &Case, work: &Work, decision: Decision, by: &Person) -> Change {
    let mut events = Vec::new();
    if case.owner.is_none() {
        events.push(Event::Assigned(Assigned {
            to: by.id,
            reason: None,
        }));
    }
    let first = case.actions.len();
    let actions = decision.actions.iter().enumerate().map(|(index, action)| {
        let number = u32::try_from(first + index + 1).unwrap_or(u32::MAX);
        Event::ActionCreated(ActionCreated {
            number,
            action: action.clone(),
        })
    });
    let actions: Vec<Event> = actions.collect();
    events.push(Event::DecisionRecorded(DecisionRecorded {
        stage: work.stage(),
        outcome: decision.outcome,
        decision,
        letter_sha256: None,
    }));
    events.extend(actions);
    Change::of(events)
}

/// The letter that carries a decision of this stage.
pub(crate) fn decision_letter(stage: &Stage, signed_by: Option<StaffId>) -> LetterOwed {
    LetterOwed::written(decision_kind(stage), "", signed_by)
}

/// Which letter that is.
pub(crate) fn decision_kind(stage: &Stage) -> LetterKind {
    if stage.response == Response::Written {
        LetterKind::Stage2Decision
    } else {
        LetterKind::Stage1Decision
    }
}

/// The event of telling a decision in the conversation in which it was made.
fn told(
    not_before: Timestamp,
    spoken: &Spoken,
    stage: &Stage,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Event, Refused> {
    if !spoken.by.is_spoken() {
        return Err(Refused::field(
            "told_by",
            "Choose how you told them: phone, in person, chat or social media",
        ));
    }
    tell::check_time(spoken.at, (not_before, tell::REACHED_US), setting)?;
    Ok(Event::DecisionCommunicated(LetterDelivered {
        letter: decision_kind(stage),
        communicated: tell::communicated(spoken.by, spoken.at, by),
        subject: String::new(),
        text: String::new(),
        owed_by: None,
        sha256: None,
    }))
}
