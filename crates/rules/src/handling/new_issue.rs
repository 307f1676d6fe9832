//! Something else that the complainant wrote about while their case is open: it becomes a case of its own, with its own clock (A26).

use jiff::Timestamp;

use crate::case::change::{Change, Refused, permit};
use crate::case::event::{Event, IssueSetApart, MessageReceived, SetApartFrom};
use crate::case::vocabulary::FeedbackKind;
use crate::case::{Case, Recorded, Reference};
use crate::intake::NewFeedback;
use crate::intake::feedback::title_of;
use crate::people::{Act, Person};

/// What the complainant told us at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// The number of its event.
    pub sequence: u32,
    /// When it reached us: the clock of what is made of it counts from here (A2).
    pub at: Timestamp,
    /// The words, and how they came.
    pub said: &'a MessageReceived,
}

impl<'a> Message<'a> {
    /// The message with this number; nothing for any other event.
    pub fn find(history: &'a [Recorded], sequence: u32) -> Option<Message<'a>> {
        let found = history.iter().find(|recorded| recorded.sequence == sequence)?;
        match &found.event {
            Event::MessageReceived(said) => Some(Message {
                sequence,
                at: found.at,
                said,
            }),
            _ => None,
        }
    }

    /// Where the case comes from that is made of it.
    pub fn of(&self, case: &Case) -> SetApartFrom {
        SetApartFrom {
            case: case.reference.clone(),
            message: self.sequence,
        }
    }
}

/// Whether a message can be made a case of its own. It can at any time: also what is decided, or closed, may be followed by something else.
///
/// # Errors
/// When the person may not log feedback, or it was made one already.
pub fn can_set_apart(case: &Case, message: &Message<'_>, by: &Person) -> Result<(), Refused> {
    permit(by, Act::LogFeedback)?;
    match case.set_apart.iter().find(|issue| issue.message == message.sequence) {
        Some(issue) => Err(Refused::NotNow(format!("This message became {} already.", issue.to))),
        None => Ok(()),
    }
}

/// The message as a complaint that arrived: from the same person, in their words. One that comes from a restricted case is restricted.
pub fn as_feedback(case: &Case, message: &Message<'_>) -> NewFeedback {
    let words = message.said.words.clone();
    NewFeedback {
        kind: FeedbackKind::Complaint,
        title: title_of(&words),
        words,
        wanted: None,
        about_staff: case.is_restricted(),
        complainant: case.complainant.clone(),
        existing_job: None,
    }
}

/// What follows at once for the new case: those whom the first is about have no part in it either, until somebody says otherwise (R28).
pub fn at_once(first: &Case) -> Change {
    let named = (first.is_restricted() && !first.named.is_empty()).then(|| Event::StaffNamed(first.named.clone()));
    Change::of(named.into_iter().collect())
}

/// What follows for the first case: the message stays, and points to what it became.
///
/// # Errors
/// As for [`can_set_apart`].
pub fn set_apart(case: &Case, message: &Message<'_>, to: Reference, by: &Person) -> Result<Change, Refused> {
    can_set_apart(case, message, by)?;
    Ok(Change::of(vec![Event::IssueSetApart(IssueSetApart {
        message: message.sequence,
        to,
    })]))
}
