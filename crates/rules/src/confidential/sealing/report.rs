//! What the holder of a sealed case reports, by two links, and when they are reminded (R35, A17): no names, no words.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::case::change::{Change, Fields, LetterOwed, Refused, Setting, permit};
use crate::case::event::{
    Closed, DecisionRecorded, Event, HolderReminded, LetterDelivered, SealAddedTo, SealFinished, SealTaken, UpdateSent,
};
use crate::case::facts::{Communicated, Decision};
use crate::case::state::State;
use crate::case::vocabulary::{Ending, Means, Outcome, Satisfaction};
use crate::case::{Case, Held};
use crate::clock::local_moment;
use crate::confidential::named::apart;
use crate::handling::decide::decision_kind;
use crate::letters::LetterKind;
use crate::people::{Act, Person};

/// For how many working days a holder may keep silent before they are reminded, each time: a stage 1 decision is due on the third (R63).
const SILENT_WORKING_DAYS: u32 = 1;
/// How often they are reminded that they have not said that they have it; whoever sees the stub chases them after that.
const MOST_REMINDERS_DAYS: u32 = 5;

/// "I have it." A second press changes nothing.
///
/// # Errors
/// When the case has no holder any more who could say so.
pub fn taken(case: &Case) -> Result<Change, Refused> {
    let held = holder(case)?;
    if held.taken_at.is_some() {
        return Ok(Change::default());
    }
    Ok(Change::of(vec![Event::SealTaken(SealTaken::default())]))
}

/// "I wrote to them today": the rhythm of updates begins anew (R24).
///
/// # Errors
/// When the case has no holder, or is not worked on.
pub fn told(case: &Case) -> Result<Change, Refused> {
    let held = holder(case)?;
    working(case)?;
    let mut events = Vec::new();
    events.extend(held.taken_at.is_none().then(|| Event::SealTaken(SealTaken::default())));
    events.push(Event::UpdateSent(UpdateSent {
        by: Means::Email,
        words: String::new(),
        next_on: None,
    }));
    Ok(Change::of(events))
}

/// What a holder says who has finished.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Finished {
    /// The day on which they told the complainant.
    pub on: Option<Date>,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

/// "I have finished": the clock of the stage stops on the day on which the complainant was told, and the case closes (R63, R75, A7).
///
/// # Errors
/// When it has no holder or is not worked on, the day is missing, to come or before they had it, or the outcome is missing.
pub fn finished(case: &Case, finished: &Finished, setting: &Setting<'_>) -> Result<Change, Refused> {
    let held = holder(case)?;
    working(case)?;
    let mut wrong = Fields::default();
    let on = match finished.on {
        None => {
            wrong.ask("on", "Enter the day on which you told them");
            None
        }
        Some(on) if on > setting.today() => {
            wrong.ask("on", "That day is still to come. Enter the day on which you told them");
            None
        }
        Some(on) if on < setting.local_date(held.since) => {
            wrong.ask("on", "That was before you had it. Enter the day on which you told them");
            None
        }
        Some(on) => Some(on),
    };
    if finished.outcome.is_none() {
        wrong.ask("outcome", "Choose how it ended");
    }
    wrong.finish()?;
    let (Some(on), Some(outcome)) = (on, finished.outcome) else {
        return Ok(Change::default());
    };
    Ok(Change::of(ended(case, held, (on, outcome), setting)))
}

fn ended(case: &Case, held: &Held, (on, outcome): (Date, Outcome), setting: &Setting<'_>) -> Vec<Event> {
    let stage = case.stage();
    let mut events = Vec::new();
    events.extend(held.taken_at.is_none().then(|| Event::SealTaken(SealTaken::default())));
    events.push(Event::SealFinished(SealFinished { on, outcome }));
    events.push(Event::DecisionRecorded(DecisionRecorded {
        stage,
        decision: decision(outcome),
        outcome,
        letter_sha256: None,
    }));
    events.push(Event::DecisionCommunicated(LetterDelivered {
        letter: setting
            .procedure
            .stage_number(stage)
            .map_or(LetterKind::Stage1Decision, decision_kind),
        communicated: Communicated {
            by: Means::Email,
            at: moment_of(on, held.since, setting),
            proof: String::new(),
        },
        subject: String::new(),
        text: String::new(),
        owed_by: None,
        sha256: None,
    }));
    // What it lacks is with its holder; the law goes on where another regime is open (A38).
    if !case.has_open_regime() {
        events.push(Event::Closed(Closed {
            ending: Ending::Decided,
            reason: None,
        }));
    }
    events
}

/// A decision of which only the outcome is told.
fn decision(outcome: Outcome) -> Decision {
    Decision {
        outcome,
        points: Vec::new(),
        reasons: String::new(),
        what_we_did: String::new(),
        resolution_kinds: Vec::new(),
        remedies: Vec::new(),
        actions: Vec::new(),
        satisfaction: Satisfaction::NotKnown,
        root_cause: None,
        learning: None,
        late_reason: None,
    }
}

/// An instant on a local day, neither to come nor before they had it.
fn moment_of(on: Date, since: Timestamp, setting: &Setting<'_>) -> Timestamp {
    let noon = local_moment(on.at(12, 0, 0, 0), setting.calendar.time_zone());
    match noon {
        Some(noon) if on < setting.today() => noon.clamp(since, setting.now),
        _ => setting.now,
    }
}

/// The complainant added words: what they are is in the sealed record, and its holder is told that they are there.
///
/// # Errors
/// When the case has no holder.
pub fn added_to(case: &Case) -> Result<Change, Refused> {
    holder(case)?;
    let change = Change::of(vec![Event::SealAddedTo(SealAddedTo::default())]);
    Ok(change.owing(LetterOwed::automatic(LetterKind::HandoverNews)))
}

/// When its holder is reminded next that they have not said that they have it.
pub fn next_reminder(case: &Case, setting: &Setting<'_>) -> Option<Timestamp> {
    let held = case.held().filter(|held| held.taken_at.is_none() && case.is_open())?;
    let given_up = days_after(held.since, MOST_REMINDERS_DAYS, setting)?;
    let next = days_after(held.reminded_at.unwrap_or(held.since), SILENT_WORKING_DAYS, setting)?;
    if next > given_up {
        return None;
    }
    setting.morning_of(next)
}

/// The reminder that is due, if one is; `dates` are the warnings and breaches of this look, of which they are told as well.
pub fn remind(case: &Case, dates: &[Event], setting: &Setting<'_>) -> Option<(Event, LetterOwed)> {
    case.held().filter(|_| case.is_sealed() && case.is_open())?;
    let silent = next_reminder(case, setting).is_some_and(|at| at <= setting.now);
    let comes = dates.iter().any(|event| {
        matches!(
            event,
            Event::ClockWarned(_) | Event::ClockBreached(_) | Event::UpdateMissed(_)
        )
    });
    (silent || comes).then(|| {
        (
            Event::HolderReminded(HolderReminded::default()),
            LetterOwed::automatic(LetterKind::HandoverReminder),
        )
    })
}

/// Somebody who sees the stub chases whoever has it (R35): a reminder goes now, once a day.
///
/// # Errors
/// When they may not, it is about them, nobody has it or works on it, or a reminder went today.
pub fn chase(case: &Case, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    permit(by, Act::Seal)?;
    apart(case, by)?;
    let held = holder(case)?;
    if !case.is_open() {
        return Err(Refused::NotNow("This case is closed.".to_owned()));
    }
    let today = setting.today();
    if held.reminded_at.is_some_and(|at| setting.local_date(at) == today) {
        return Err(Refused::NotNow(
            "They were reminded today. If they do not answer, hand the case on to somebody else.".to_owned(),
        ));
    }
    let change = Change::of(vec![Event::HolderReminded(HolderReminded::default())]);
    Ok(change.owing(LetterOwed::automatic(LetterKind::HandoverReminder)))
}

fn days_after(at: Timestamp, days: u32, setting: &Setting<'_>) -> Option<Date> {
    setting.calendar.add_working_days(setting.local_date(at), days).ok()
}

fn holder(case: &Case) -> Result<&Held, Refused> {
    case.held()
        .filter(|_| case.is_sealed())
        .ok_or_else(|| Refused::NotNow("This complaint is with nobody outside our system.".to_owned()))
}

fn working(case: &Case) -> Result<(), Refused> {
    match case.state {
        State::Open(_) => Ok(()),
        State::EscalationPending(..) => Err(Refused::NotNow(
            "Whoever complained has asked for somebody else to look again. There is nothing more for you to do."
                .to_owned(),
        )),
        _ => Err(Refused::NotNow(
            "You have told us already that it is finished.".to_owned(),
        )),
    }
}
