//! A review as its events tell it (model 3.2: open, pack frozen, held, minuted).

use jiff::Timestamp;

use super::event::{ActionAgreed, Correction, Frozen, Held, ReviewEvent};
use super::ledger::Ledger;
use super::period::Month;
use crate::case::Reference;
use crate::coded::coded;
use crate::follow_on::FollowOnId;
use crate::people::{Actor, StaffId};

coded! {
    /// Where a review stands.
    pub enum Progress {
        /// Its figures still move.
        Open = "open", "Open";
        /// Its figures are kept.
        Frozen = "frozen", "Figures frozen";
        /// It was held and finished.
        Finished = "finished", "Finished";
    }
}

/// An event as it stands in the stream of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// Its number, counted from 1.
    pub sequence: u32,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub event: ReviewEvent,
}

/// A note as it stands in the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The case, or the minutes.
    pub about: Option<Reference>,
    /// The words.
    pub words: String,
    /// Who wrote it.
    pub by: Option<StaffId>,
    /// When.
    pub at: Timestamp,
}

/// The review of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The month.
    pub month: Month,
    /// The number of its last event.
    pub sequence: u32,
    /// What decides which ordinary cases are read.
    pub seed: String,
    /// When it began.
    pub opened_at: Timestamp,
    /// What was noted, in order.
    pub notes: Vec<Note>,
    /// What was recommended, in order.
    pub recommended: Vec<FollowOnId>,
    /// What was agreed.
    pub agreed: Vec<ActionAgreed>,
    /// The pack as it was frozen, and when.
    pub frozen: Option<(Frozen, Timestamp)>,
    /// What was corrected afterwards, in order.
    pub corrections: Vec<(Correction, Timestamp)>,
    /// The meeting.
    pub held: Option<Held>,
    /// When it was finished, and with which words.
    pub finished: Option<(Timestamp, String)>,
}

/// Why a stream does not tell a review.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It does not begin with its opening.
    #[error("the history of the review of {0} does not begin with its opening")]
    NoBeginning(Month),
    /// An event that cannot happen where it stands.
    #[error("the event {event} cannot happen to a review that is {progress}")]
    Impossible {
        /// The event's stored name.
        event: &'static str,
        /// Where it stands.
        progress: &'static str,
    },
}

/// The stream of a month's review.
pub fn stream(month: Month) -> String {
    format!("{STREAM}{month}")
}

/// The month whose review a stream tells; `None` for other streams.
pub fn month_of_stream(stream: &str) -> Option<Month> {
    stream.strip_prefix(STREAM)?.parse().ok()
}

const STREAM: &str = "review-";

impl Review {
    /// Replays a stream.
    ///
    /// # Errors
    /// When it does not begin with its opening, or holds an event that cannot happen.
    pub fn replay(month: Month, history: &[Happened]) -> Result<Review, Unfit> {
        let (first, rest) = history.split_first().ok_or(Unfit::NoBeginning(month))?;
        let ReviewEvent::Opened(opened) = &first.event else {
            return Err(Unfit::NoBeginning(month));
        };
        let begun = Review {
            month: opened.month,
            sequence: 1,
            seed: opened.seed.clone(),
            opened_at: first.at,
            notes: Vec::new(),
            recommended: Vec::new(),
            agreed: Vec::new(),
            frozen: None,
            corrections: Vec::new(),
            held: None,
            finished: None,
        };
        rest.iter().try_fold(begun, |review, happened| review.after(happened))
    }

    /// The review after one more event.
    ///
    /// # Errors
    /// When it cannot happen now.
    pub fn after(mut self, happened: &Happened) -> Result<Review, Unfit> {
        let impossible = Unfit::Impossible {
            event: happened.event.kind(),
            progress: self.progress().words(),
        };
        self.sequence = happened.sequence;
        let finished = self.finished.is_some();
        match &happened.event {
            ReviewEvent::Noted(noted) if !finished => self.notes.push(Note {
                about: noted.about.clone(),
                words: noted.words.clone(),
                by: happened.actor.staff(),
                at: happened.at,
            }),
            ReviewEvent::Recommended(made) if !finished => self.recommended.push(made.action.clone()),
            ReviewEvent::ActionAgreed(agreed) if !finished => self.agreed.push(agreed.clone()),
            ReviewEvent::Frozen(frozen) if self.frozen.is_none() => self.frozen = Some((frozen.clone(), happened.at)),
            ReviewEvent::Restated(correction) if self.frozen.is_some() => {
                self.corrections.push((correction.clone(), happened.at));
            }
            ReviewEvent::Held(held) if self.frozen.is_some() && !finished => self.held = Some(held.clone()),
            ReviewEvent::Finished(words) if self.held.is_some() && !finished => {
                self.finished = Some((happened.at, words.words.clone()));
            }
            _ => return Err(impossible),
        }
        Ok(self)
    }

    /// Where it stands.
    pub fn progress(&self) -> Progress {
        match (&self.frozen, &self.finished) {
            (_, Some(_)) => Progress::Finished,
            (Some(_), None) => Progress::Frozen,
            (None, None) => Progress::Open,
        }
    }

    /// The figures as they were stated last: as frozen, or as corrected since.
    pub fn stated(&self) -> Option<&Ledger> {
        let corrected = self.corrections.last().map(|(correction, _)| &correction.figures);
        corrected.or(self.frozen.as_ref().map(|(frozen, _)| &frozen.pack.figures))
    }
}
