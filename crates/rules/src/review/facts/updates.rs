//! Updates that fell due: made in time, late or never (K11, R24, A9).
//!
//! While a complaint waits for its decision, one day stands by which it must be written to. That day is discharged by news from
//! us: in time, or late. Until then it may move, with the stage or the urgency; once it has passed it stays what it is, and if the
//! decision, the end or another stage comes first, nobody was written to: missed. Being told of the decision itself discharges a
//! day that has passed late, and takes one that has not away; so does the end. The acknowledgement is no update: it only moves the
//! first day; a question, and the request for consent, are words of ours like any other, and a reminder of them is none. Several words on
//! one day are one update.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Happened, Moment, Promptness, Step};
use crate::case::event::Event;
use crate::case::{Case, Setting};
use crate::deadlines::{Deadline, update_due};
use crate::letters::LetterKind;

/// Gathers updates while a history goes by.
#[derive(Debug, Default)]
pub(super) struct Updates {
    /// How many days have been discharged or missed.
    pub(super) owed: u32,
    /// How many of them by news.
    pub(super) made: u32,
    standing: Option<Deadline>,
    settled: Vec<Moment>,
}

impl Updates {
    pub(super) fn see(&mut self, step: &Step<'_>, setting: &Setting<'_>) {
        if !may_move(&step.recorded.event) {
            return;
        }
        let next = update_due(step.after, setting);
        let Some(standing) = self.standing.take() else {
            self.standing = next;
            return;
        };
        let same_day = next.as_ref().is_some_and(|next| next.due_on == standing.due_on);
        match heard(&step.recorded.event, step.after) {
            // Still the same day: one update a day is counted.
            Some(_) if same_day => {}
            Some(News::Update(at)) => self.settle(&standing, made(&standing, at)),
            Some(News::Other(at)) if standing.has_passed(at) => self.settle(&standing, Promptness::Late),
            None if standing.has_passed(step.recorded.at) && !same_day => self.settle(&standing, Promptness::Missed),
            Some(News::Other(_)) | None => {}
        }
        self.standing = next;
    }

    /// Everything that is settled, and the day that stands.
    pub(super) fn finish(mut self) -> Vec<Moment> {
        if let Some(standing) = self.standing.take() {
            let waiting = moment(standing.due_on, standing.stage, Promptness::Waiting);
            self.settled.push(waiting);
        }
        self.settled
    }

    fn settle(&mut self, standing: &Deadline, promptness: Promptness) {
        self.owed += 1;
        self.made += u32::from(promptness != Promptness::Missed);
        self.settled.push(moment(standing.due_on, standing.stage, promptness));
    }
}

/// What reached the complainant.
enum News {
    /// An update, or a letter with news.
    Update(Timestamp),
    /// The acknowledgement, or the decision itself.
    Other(Timestamp),
}

fn heard(event: &Event, after: &Case) -> Option<News> {
    match event {
        Event::UpdateSent(_) | Event::ConsentAsked(_) | Event::InfoRequested(_) => Some(News::Update(after.contact.at)),
        // The acknowledgement goes out a second time by e-mail where the page had given it already.
        Event::LetterDelivered(delivered) => Some(match delivered.letter {
            LetterKind::Acknowledgement | LetterKind::FeedbackReceived => News::Other(delivered.communicated.at),
            LetterKind::QuestionReminder => return None,
            _ => News::Update(delivered.communicated.at),
        }),
        Event::Acknowledged(told) => Some(News::Other(told.at)),
        Event::DecisionCommunicated(told) => Some(News::Other(told.communicated.at)),
        _ => None,
    }
}

fn made(standing: &Deadline, at: Timestamp) -> Promptness {
    if standing.has_passed(at) {
        Promptness::Late
    } else {
        Promptness::InTime
    }
}

/// Whether an event can move the day at all; the rest of a history is passed over.
fn may_move(event: &Event) -> bool {
    matches!(
        event,
        Event::Received(_)
            | Event::Acknowledged(_)
            | Event::LetterDelivered(_)
            | Event::UpdateSent(_)
            | Event::ConsentAsked(_)
            | Event::InfoRequested(_)
            | Event::DecisionCommunicated(_)
            | Event::EscalationRequested(_)
            | Event::EscalationRefused(_)
            | Event::StageEntered(_)
            | Event::UrgencySet(_)
            | Event::Reclassified(_)
            | Event::Reopened(_)
            | Event::Closed(_)
    )
}

fn moment(on: Date, stage: u8, promptness: Promptness) -> Moment {
    Moment {
        what: Happened::UpdateOwed,
        on,
        stage,
        code: None,
        days: 0,
        due_on: Some(on),
        promptness: Some(promptness),
    }
}
