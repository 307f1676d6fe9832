//! What a rule answers: the change that follows, or why not, in words that say what to do.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::event::Event;
use super::state::State;
use crate::clock::{Calendar, OwnCalendars, local_moment};
use crate::letters::{Composed, LetterKind, Posted};
use crate::people::{Act, Person, StaffId, permission};
use crate::procedure::{CategoryAxis, Procedure};
use crate::unseen::without_unseen;

/// What every rule is given besides the case: nothing is read from the world.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The procedure version under which the case was received (P22).
    pub procedure: &'a Procedure,
    /// The procedure's calendar, with its closure days.
    pub calendar: &'a Calendar,
    /// The calendars of clocks that count by another one: those of other regimes (A38).
    pub own_calendars: &'a OwnCalendars,
    /// The present instant.
    pub now: Timestamp,
    /// The categories that can be chosen: those of the version in force now, whichever version the case is under (decision 11).
    pub categories: &'a [CategoryAxis],
}

/// When reminders go out where the calendar names no opening hours.
const MORNING: Time = Time::constant(9, 0, 0, 0);

impl Setting<'_> {
    /// The local date of the present instant.
    pub fn today(&self) -> Date {
        self.local_date(self.now)
    }

    /// When reminders of that day go out: when the office opens, and not in the night.
    pub fn morning_of(&self, day: Date) -> Option<Timestamp> {
        let opens = self.calendar.hours().map_or(MORNING, |(opens, _)| opens);
        local_moment(day.to_datetime(opens), self.calendar.time_zone())
    }

    /// The local date of an instant, in the procedure's time zone.
    pub fn local_date(&self, at: Timestamp) -> Date {
        self.calendar.time_zone().to_datetime(at).date()
    }
}

/// What follows from an act: events to append and letters to send. Nothing else can be written (invariant 2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// In the order in which they happened.
    pub events: Vec<Event>,
    /// Letters that the act owes.
    pub letters: Vec<LetterOwed>,
}

impl Change {
    /// A change of these events and no letter.
    pub fn of(events: Vec<Event>) -> Change {
        Change {
            events,
            letters: Vec::new(),
        }
    }

    /// The same with a letter owed.
    #[must_use]
    pub fn owing(mut self, letter: LetterOwed) -> Change {
        self.letters.push(letter);
        self
    }

    /// The same change without a character that nobody sees in its words ([`crate::unseen`]). Words that were fixed before stay as they were
    /// approved.
    ///
    /// # Errors
    /// When some of its words held nothing else.
    pub fn plain(self) -> Result<Change, Refused> {
        let plain = |event| match event {
            // It tells again what was made plain when it was written, or was sent as it is.
            Event::Redacted(_) => Ok(event),
            other => other.plain(),
        };
        let events: Result<Vec<Event>, Refused> = self.events.into_iter().map(plain).collect();
        let mut letters = self.letters;
        for letter in &mut letters {
            letter.body = without_unseen(&letter.body);
        }
        Ok(Change {
            events: events?,
            letters,
        })
    }
}

/// A letter that must go out. Its facts are gathered from the case after the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterOwed {
    /// Which letter.
    pub kind: LetterKind,
    /// The words that somebody wrote for it.
    pub body: String,
    /// Who signs it; nobody for automatic letters.
    pub signed_by: Option<StaffId>,
    /// The number of a letter in the post room whose facts it takes over and whose place it takes, where it goes out once more.
    pub same_as: Option<i64>,
    /// Its words, where they are fixed before it goes.
    pub words: Option<Composed>,
}

impl LetterOwed {
    /// A letter that nobody needs to write words for.
    pub fn automatic(kind: LetterKind) -> LetterOwed {
        LetterOwed {
            kind,
            body: String::new(),
            signed_by: None,
            same_as: None,
            words: None,
        }
    }

    /// A letter with the words that somebody wrote for it and signs.
    pub fn written(kind: LetterKind, body: impl Into<String>, signed_by: Option<StaffId>) -> LetterOwed {
        LetterOwed {
            kind,
            body: body.into(),
            signed_by,
            same_as: None,
            words: None,
        }
    }

    /// A letter of the post room once more.
    pub fn again(posted: &Posted) -> LetterOwed {
        LetterOwed {
            same_as: Some(posted.number),
            ..LetterOwed::automatic(posted.letter)
        }
    }
}

/// A field of a form and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: &'static str,
    /// What to do, not what is wrong with the person.
    pub message: String,
}

impl FieldError {
    /// An error beside one field.
    pub fn new(field: &'static str, message: impl Into<String>) -> FieldError {
        FieldError {
            field,
            message: message.into(),
        }
    }
}

/// Why an act was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Their roles do not allow it.
    #[error("You cannot {}. Ask {}.", act.words(), permission::who_may(*act))]
    NotAllowed {
        /// The act.
        act: Act,
    },
    /// The case is not at a point where this can be done.
    #[error("{0}")]
    NotNow(String),
    /// A rule of the procedure forbids it: who, why, and what to do instead.
    #[error("{0}")]
    Rule(String),
    /// The person is too close to it (R28).
    #[error("{0}")]
    Conflict(String),
    /// Something is missing or does not fit.
    #[error("{}", fields.iter().map(|field| field.message.as_str()).collect::<Vec<_>>().join(". "))]
    Fields {
        /// One entry per field, in the order of the form.
        fields: Vec<FieldError>,
    },
}

impl Refused {
    /// One field that needs attention.
    pub fn field(field: &'static str, message: impl Into<String>) -> Refused {
        FieldError::new(field, message).into()
    }
}

impl From<FieldError> for Refused {
    fn from(field: FieldError) -> Refused {
        Refused::Fields { fields: vec![field] }
    }
}

/// Collects field errors in the order of the form.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<FieldError>);

impl Fields {
    /// Asks for what is missing beside one field.
    pub(crate) fn ask(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push(FieldError::new(field, message));
    }

    /// Refuses if anything was collected.
    pub(crate) fn finish(self) -> Result<(), Refused> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Refused::Fields { fields: self.0 })
        }
    }
}

/// Refuses a person whose roles do not allow the act.
///
/// # Errors
/// [`Refused::NotAllowed`] names the act and who can do it.
pub fn permit(by: &Person, act: Act) -> Result<(), Refused> {
    if permission::may(by, act) {
        Ok(())
    } else {
        Err(Refused::NotAllowed { act })
    }
}

/// Words for a case that is not where an act needs it.
pub(crate) fn not_now(doing: &str, state: &State) -> Refused {
    let where_it_is = match state {
        State::Received => "is still in triage. Triage it first",
        State::Open(_) => "is being worked on",
        State::SignOff(..) => "is waiting for sign-off. Senior management must approve or return the letter first",
        State::Decided(..) => "has been decided. It closes by itself once the decision has reached the complainant",
        State::Answered(..) => "has been answered",
        State::EscalationPending(..) => "is waiting for a decision on the request for stage 2. Decide that first",
        State::Closed(..) => "is closed. Reopen it first",
    };
    Refused::NotNow(format!("You cannot {doing} now: this case {where_it_is}."))
}
