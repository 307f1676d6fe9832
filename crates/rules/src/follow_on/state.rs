//! A follow-on action as its events tell it, and where it stands (model 3.2: proposed, accepted, in progress, done, verified, dropped).

use jiff::Timestamp;
use jiff::civil::Date;

use super::event::{FollowOnEvent, Published};
use super::id::FollowOnId;
use crate::case::Reference;
use crate::coded::coded;
use crate::people::{Actor, StaffId};
use crate::review::period::Month;

coded! {
    /// Where a follow-on action stands.
    pub enum Status {
        /// Recommended; nobody has said yes yet.
        Proposed = "proposed", "Proposed";
        /// Promised or accepted, with owner and date.
        Accepted = "accepted", "Accepted";
        /// Somebody works on it.
        InProgress = "in_progress", "In progress";
        /// Reported done.
        Done = "done", "Done";
        /// Seen by somebody else to be done.
        Verified = "verified", "Verified";
        /// It will not be done.
        Dropped = "dropped", "Dropped";
    }
}

impl Status {
    /// Whether something is still to be done: such actions are carried forward from review to review (R10).
    pub fn is_open(self) -> bool {
        matches!(self, Status::Proposed | Status::Accepted | Status::InProgress)
    }
}

/// Where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Promised to the complainant of this case.
    Case(Reference),
    /// Recommended by the review of this month, for these cases.
    Review(Month, Vec<Reference>),
}

/// An event as it stands in the stream of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// Its number, counted from 1.
    pub sequence: u32,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub event: FollowOnEvent,
}

/// What everybody may read about a change.
pub type Wording = Published;

/// A follow-on action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowOn {
    /// What it is called.
    pub id: FollowOnId,
    /// The number of its last event.
    pub sequence: u32,
    /// Where it came from.
    pub origin: Origin,
    /// What is to be done.
    pub text: String,
    /// The service that it is about.
    pub service: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// Who is accountable; nobody while it is only proposed.
    pub owner: Option<String>,
    /// The day by which it is to be done.
    pub due_on: Option<Date>,
    /// When it was proposed, if a review did.
    pub proposed_at: Option<Timestamp>,
    /// When it was promised or accepted.
    pub accepted_at: Option<Timestamp>,
    /// When it was reported done, by whom, and in which words.
    pub done: Option<(Timestamp, Option<StaffId>, String)>,
    /// When somebody else saw that it is.
    pub verified_at: Option<Timestamp>,
    /// When and why it was dropped.
    pub dropped: Option<(Timestamp, String)>,
    /// What everybody may read, and since when.
    pub published: Option<(Wording, Timestamp)>,
    /// How often its date moved.
    pub moved: u32,
}

/// Why a stream does not tell an action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It does not begin with a promise or a proposal.
    #[error("the history of the follow-on action {0} begins with neither a promise nor a proposal")]
    NoBeginning(FollowOnId),
    /// An event that cannot happen where it stands.
    #[error("the event {event} cannot happen to a follow-on action that is {status}")]
    Impossible {
        /// The event's stored name.
        event: &'static str,
        /// The status.
        status: &'static str,
    },
}

impl FollowOn {
    /// Replays a stream.
    ///
    /// # Errors
    /// When it begins with something else, or holds an event that cannot happen.
    pub fn replay(id: FollowOnId, history: &[Happened]) -> Result<FollowOn, Unfit> {
        let (first, rest) = history.split_first().ok_or(Unfit::NoBeginning(id.clone()))?;
        rest.iter()
            .try_fold(FollowOn::begin(id, first)?, |action, happened| action.after(happened))
    }

    fn begin(id: FollowOnId, first: &Happened) -> Result<FollowOn, Unfit> {
        let blank = |origin, text: &str, service: &Option<String>| FollowOn {
            id: id.clone(),
            sequence: 1,
            origin,
            text: text.to_owned(),
            service: service.clone(),
            status: Status::Proposed,
            owner: None,
            due_on: None,
            proposed_at: None,
            accepted_at: None,
            done: None,
            verified_at: None,
            dropped: None,
            published: None,
            moved: 0,
        };
        match &first.event {
            FollowOnEvent::Promised(promised) => Ok(FollowOn {
                status: Status::Accepted,
                owner: Some(promised.owner.clone()),
                due_on: Some(promised.due_on),
                accepted_at: Some(first.at),
                ..blank(Origin::Case(promised.case.clone()), &promised.text, &promised.service)
            }),
            FollowOnEvent::Proposed(proposed) => Ok(FollowOn {
                proposed_at: Some(first.at),
                ..blank(
                    Origin::Review(proposed.month, proposed.cases.clone()),
                    &proposed.text,
                    &proposed.service,
                )
            }),
            _ => Err(Unfit::NoBeginning(id)),
        }
    }

    /// The action after one more event.
    ///
    /// # Errors
    /// When it cannot happen now.
    pub fn after(mut self, happened: &Happened) -> Result<FollowOn, Unfit> {
        let impossible = Unfit::Impossible {
            event: happened.event.kind(),
            status: self.status.words(),
        };
        self.sequence = happened.sequence;
        let under_way = matches!(self.status, Status::Accepted | Status::InProgress);
        let reported = matches!(self.status, Status::Done | Status::Verified);
        match &happened.event {
            FollowOnEvent::Accepted(accepted) if self.status == Status::Proposed => {
                self.status = Status::Accepted;
                self.accepted_at = Some(happened.at);
                (self.owner, self.due_on) = (Some(accepted.owner.clone()), Some(accepted.due_on));
            }
            FollowOnEvent::Started(_) if self.status == Status::Accepted => self.status = Status::InProgress,
            FollowOnEvent::Changed(changed) if under_way => {
                self.moved += u32::from(self.due_on != Some(changed.due_on));
                (self.owner, self.due_on) = (Some(changed.owner.clone()), Some(changed.due_on));
            }
            FollowOnEvent::Done(words) if under_way => {
                self.status = Status::Done;
                self.done = Some((happened.at, happened.actor.staff(), words.words.clone()));
            }
            FollowOnEvent::Verified(_) if self.status == Status::Done => {
                self.status = Status::Verified;
                self.verified_at = Some(happened.at);
            }
            FollowOnEvent::SentBack(_) if self.status == Status::Done => {
                self.status = Status::InProgress;
                self.done = None;
            }
            FollowOnEvent::Dropped(words) if self.status.is_open() => {
                self.status = Status::Dropped;
                self.dropped = Some((happened.at, words.words.clone()));
            }
            FollowOnEvent::Published(wording) if reported => self.published = Some((wording.clone(), happened.at)),
            FollowOnEvent::Unpublished(_) if self.published.is_some() => self.published = None,
            _ => return Err(impossible),
        }
        Ok(self)
    }

    /// The cases behind it.
    pub fn cases(&self) -> &[Reference] {
        match &self.origin {
            Origin::Case(reference) => std::slice::from_ref(reference),
            Origin::Review(_, cases) => cases,
        }
    }

    /// Whether its date has passed while there is still something to do.
    pub fn is_overdue(&self, today: Date) -> bool {
        matches!(self.status, Status::Accepted | Status::InProgress) && self.due_on.is_some_and(|due_on| due_on < today)
    }
}
