//! Holding a review: open, note, recommend, agree, freeze, finish, restate; one rule per act (R42, R80, R82, A34).

use jiff::civil::Date;

use super::event::{ActionAgreed, Correction, Finished, Frozen, Held, Noted, Opened, Recommended, ReviewEvent};
use super::ledger::Ledger;
use super::pack::Pack;
use super::period::Month;
use super::state::{Progress, Review};
use crate::case::Reference;
use crate::case::change::{Fields, Refused, permit};
use crate::clock::full_date;
use crate::follow_on::act::{Charge, accept};
use crate::follow_on::event::Proposed;
use crate::follow_on::state::Status;
use crate::follow_on::{FollowOn, FollowOnEvent, FollowOnId};
use crate::people::{Act, Person, StaffId};

/// What follows from an act of a review: its own events, and those of follow-on actions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewChange {
    /// In the order in which they happened.
    pub events: Vec<ReviewEvent>,
    /// Events of actions, each in its own stream.
    pub actions: Vec<(FollowOnId, FollowOnEvent)>,
}

impl ReviewChange {
    fn of(events: Vec<ReviewEvent>) -> ReviewChange {
        ReviewChange {
            events,
            actions: Vec::new(),
        }
    }
}

/// The month is over: its review begins, with or without complaints.
///
/// # Errors
/// When the month is not over yet.
pub fn open(month: Month, seed: &str, today: Date) -> Result<ReviewChange, Refused> {
    let last = month.period().last;
    if today <= last {
        return Err(Refused::NotNow(format!(
            "{} is not over yet. Its review begins on {}.",
            month.words(),
            full_date(last.tomorrow().unwrap_or(last))
        )));
    }
    Ok(ReviewChange::of(vec![ReviewEvent::Opened(Opened {
        month,
        seed: seed.to_owned(),
    })]))
}

/// Notes something on a case, or for the minutes.
///
/// # Errors
/// When the person may not hold the review, it is finished, or the words are missing.
pub fn note(review: &Review, about: Option<Reference>, words: &str, by: &Person) -> Result<ReviewChange, Refused> {
    can_hold(review, by)?;
    if words.trim().is_empty() {
        return Err(Refused::field("minutes", "Write your note"));
    }
    Ok(ReviewChange::of(vec![ReviewEvent::Noted(Noted {
        about,
        words: words.trim().to_owned(),
        sealed: None,
    })]))
}

/// What is recommended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recommendation {
    /// What should change, in words that senior management reads.
    pub text: String,
    /// The cases behind it.
    pub cases: Vec<Reference>,
    /// The service that it is about.
    pub service: Option<String>,
    /// Owner and date, where it is agreed in the same breath; left empty it waits for senior management.
    pub charge: Charge,
}

/// Recommends a change: it goes into the register, agreed already where owner and date are given.
///
/// # Errors
/// When the person may not hold the review, it is finished, or words are missing; when only one of owner and date is given, or the date lies
/// in the past.
pub fn recommend(
    review: &Review,
    recommendation: &Recommendation,
    by: &Person,
    today: Date,
) -> Result<ReviewChange, Refused> {
    can_hold(review, by)?;
    let text = recommendation.text.trim().to_owned();
    if text.is_empty() {
        return Err(Refused::field("text", "Write what should change"));
    }
    let number = u32::try_from(review.recommended.len())
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    let id = FollowOnId::Review(review.month, number);
    let proposed = FollowOnEvent::Proposed(Proposed {
        month: review.month,
        text: text.clone(),
        cases: recommendation.cases.clone(),
        service: recommendation.service.clone(),
    });
    let mut change = ReviewChange {
        events: vec![ReviewEvent::Recommended(Recommended {
            action: id.clone(),
            text,
        })],
        actions: vec![(id.clone(), proposed.clone())],
    };
    let charge = &recommendation.charge;
    if !charge.owner.trim().is_empty() || charge.due_on.is_some() {
        let action = blank(&id, proposed)?;
        agreed(&mut change, accept(&action, charge, by, today)?, id);
    }
    Ok(change)
}

/// Agrees a recommendation of this or an earlier review, with owner and date.
///
/// # Errors
/// When the person may not, the review is finished, the action is no proposal any more, or owner or date does not fit.
pub fn agree(
    review: &Review,
    action: &FollowOn,
    charge: &Charge,
    by: &Person,
    today: Date,
) -> Result<ReviewChange, Refused> {
    can_hold(review, by)?;
    let mut change = ReviewChange::default();
    agreed(&mut change, accept(action, charge, by, today)?, action.id.clone());
    Ok(change)
}

fn agreed(change: &mut ReviewChange, accepted: FollowOnEvent, id: FollowOnId) {
    if let FollowOnEvent::Accepted(accepted) = &accepted {
        change.events.push(ReviewEvent::ActionAgreed(ActionAgreed {
            action: id.clone(),
            owner: accepted.owner.clone(),
            due_on: accepted.due_on,
        }));
    }
    change.actions.push((id, accepted));
}

/// The action as it will be once it is proposed: what accepting it at once is asked of.
fn blank(id: &FollowOnId, proposed: FollowOnEvent) -> Result<FollowOn, Refused> {
    let happened = crate::follow_on::Happened {
        sequence: 1,
        at: jiff::Timestamp::UNIX_EPOCH,
        actor: crate::people::Actor::System,
        event: proposed,
    };
    FollowOn::replay(id.clone(), &[happened]).map_err(|error| Refused::Rule(error.to_string()))
}

/// Keeps figures and lists as they are, so that everybody looks at the same numbers.
///
/// # Errors
/// When the person may not hold the review, or they are frozen already.
pub fn freeze(review: &Review, pack: &Pack, by: &Person) -> Result<ReviewChange, Refused> {
    can_hold(review, by)?;
    if review.frozen.is_some() {
        return Err(Refused::NotNow(
            "The figures of this review are frozen already.".to_owned(),
        ));
    }
    Ok(ReviewChange::of(vec![frozen(pack)]))
}

fn frozen(pack: &Pack) -> ReviewEvent {
    ReviewEvent::Frozen(Frozen {
        pack: pack.clone(),
        sha256: pack.sha256(),
    })
}

/// The meeting, as somebody wrote it down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meeting {
    /// The day.
    pub on: Option<Date>,
    /// Members of staff who were there.
    pub present: Vec<StaffId>,
    /// Who else was there.
    pub others: String,
    /// What is taken into the next.
    pub words: String,
}

/// Finishes the review: its figures are frozen if they were not, the meeting is on record, and nothing more is noted.
///
/// # Errors
/// When the person may not hold the review, it is finished, the day is missing, in the future or within the month, or nobody was there.
pub fn finish(
    review: &Review,
    meeting: &Meeting,
    pack: &Pack,
    by: &Person,
    today: Date,
) -> Result<ReviewChange, Refused> {
    can_hold(review, by)?;
    let last = review.month.period().last;
    let mut fields = Fields::default();
    let on = meeting.on.filter(|on| *on > last && *on <= today);
    if on.is_none() {
        fields.ask(
            "held_on",
            "Enter the day of the meeting: after the month, and not in the future",
        );
    }
    if meeting.present.is_empty() && meeting.others.trim().is_empty() {
        fields.ask("present", "Tick who was there");
    }
    fields.finish()?;
    let mut events = Vec::new();
    if review.frozen.is_none() {
        events.push(frozen(pack));
    }
    events.push(ReviewEvent::Held(Held {
        on: on.unwrap_or(today),
        present: meeting.present.clone(),
        others: meeting.others.trim().to_owned(),
    }));
    events.push(ReviewEvent::Finished(Finished {
        words: meeting.words.trim().to_owned(),
    }));
    Ok(ReviewChange::of(events))
}

/// Records that frozen figures are others now: nothing that was frozen is changed, the correction stands beside it (A34).
///
/// # Errors
/// When the person may not hold reviews, nothing is frozen, no number differs, or no reason is given.
pub fn restate(review: &Review, now: &Ledger, reason: &str, by: &Person) -> Result<ReviewChange, Refused> {
    permit(by, Act::HoldReviews)?;
    let Some(stated) = review.stated() else {
        return Err(Refused::NotNow(
            "The figures of this review are not frozen: they still follow the cases.".to_owned(),
        ));
    };
    let changes = stated.restated(now);
    if changes.is_empty() {
        return Err(Refused::NotNow(
            "No number has changed since the figures were stated.".to_owned(),
        ));
    }
    if reason.trim().is_empty() {
        return Err(Refused::field("reason", "Say why the numbers changed"));
    }
    Ok(ReviewChange::of(vec![ReviewEvent::Restated(Correction {
        figures: now.clone(),
        changes,
        reason: reason.trim().to_owned(),
    })]))
}

/// Whether a person can work on the review now: the page asks this before it shows its forms.
///
/// # Errors
/// When they may not hold reviews, or it is finished.
pub fn can_hold(review: &Review, by: &Person) -> Result<(), Refused> {
    permit(by, Act::HoldReviews)?;
    if review.progress() == Progress::Finished {
        return Err(Refused::NotNow(format!(
            "The review of {} is finished. Take it up in the next one.",
            review.month.words()
        )));
    }
    Ok(())
}

/// The actions that a review carries forward: everything that is still to be done, the overdue first, then by date; proposals last.
pub fn carried_forward(all: &[FollowOn], today: Date) -> Vec<&FollowOn> {
    let mut open: Vec<&FollowOn> = all.iter().filter(|action| action.status.is_open()).collect();
    open.sort_by_key(|action| {
        (
            action.status == Status::Proposed,
            !action.is_overdue(today),
            action.due_on,
            action.id.clone(),
        )
    });
    open
}
