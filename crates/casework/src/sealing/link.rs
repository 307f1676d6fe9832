//! The line manager at the link of their letter: reports by a press, and reads with a code that goes to their mailbox (R35).
//!
//! The link alone shows nothing of the case: forwarded, or seen by somebody else, it can say "I have it" and no more. What is read needs a code
//! that was sent to the mailbox on record, works once and for fifteen minutes, and opens one reading of an hour.

use jiff::{SignedDuration, Timestamp};
use rules::case::change::{Change, Refused, Setting};
use rules::case::event::{Event, SealOpened, Way};
use rules::case::{Case, Reference};
use rules::clock::full_date;
use rules::confidential::Sight;
use rules::confidential::sealing::report::{self, Finished};
use rules::deadlines;
use rules::people::Actor;
use storage::handover::{self, Shown, Tried};
use storage::outbox::{self, NewOutbox};
use storage::{Keys, StorageError, throttle};

use super::record::{self, SealedRecord};
use crate::files::Download;
use crate::record::{By, Seen, change, load};
use crate::{ActError, Office, letter};

/// For how long a code works.
const CODE: SignedDuration = SignedDuration::from_mins(15);
/// For how long a code opens the record.
const READING: SignedDuration = SignedDuration::from_mins(60);
/// How many codes may be sent for one link.
const CODES: i64 = 6;
const CODES_SECONDS: i64 = 60 * 60;

/// Somebody who followed the link of a handover: they may report, and have a code sent. Made only by [`follow`].
#[derive(Clone)]
pub struct AtTheLink {
    reference: Reference,
    token: String,
}

impl AtTheLink {
    /// The case.
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    fn shown(&self) -> (String, String) {
        (self.reference.to_string(), self.token.clone())
    }
}

/// What the page of a link shows: nothing of what the case is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The first word of the mailbox's owner's name, by which the page greets.
    pub name: String,
    /// The mailbox, with its middle left out.
    pub mailbox: String,
    /// When they said that they have it.
    pub taken_at: Option<Timestamp>,
    /// When they said that they have finished.
    pub finished_at: Option<Timestamp>,
    /// True while it is theirs to work on.
    pub is_open: bool,
    /// The stage.
    pub stage: u8,
    /// "Thursday 15 October 2026": the day by whose end the decision is due.
    pub decision_date: Option<String>,
    /// The first day that they could have told somebody on.
    pub since: Timestamp,
}

/// Lets somebody in who followed a link. Its 128 random bits cannot be guessed, so tries are not counted.
///
/// # Errors
/// [`ActError::NotFound`] for a link that is none, or one whose case somebody else has now.
pub async fn follow(office: &Office, reference: &str, token: &str) -> Result<AtTheLink, ActError> {
    let reference: Reference = reference.parse().map_err(|_| ActError::NotFound)?;
    let at = AtTheLink {
        reference,
        token: token.to_owned(),
    };
    let (name, token) = at.shown();
    let found = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let link = Shown {
                    reference: &name,
                    token: &token,
                };
                handover::find(tx, link).await
            })
        })
        .await?;
    match found {
        Some(_) => Ok(at),
        None => Err(ActError::NotFound),
    }
}

/// Where the case stands for them.
///
/// # Errors
/// When it cannot be read.
pub async fn standing(office: &Office, at: &AtTheLink) -> Result<Standing, ActError> {
    let case = load(office, &at.reference).await?.case;
    let in_force = office.procedure_of(&case)?;
    let held = case.held().ok_or(ActError::NotFound)?;
    let due = deadlines::decision_due(&case, &in_force.setting(office.now()));
    Ok(Standing {
        name: rules::case::facts::greeting_of(&held.holder.name).to_owned(),
        mailbox: masked(&held.holder.email),
        taken_at: held.taken_at,
        finished_at: held.finished_at,
        is_open: matches!(case.state, rules::case::State::Open(_)),
        stage: case.stage(),
        decision_date: due.map(|due| full_date(due.due_on)),
        since: held.since,
    })
}

/// "g…i@example.ac.uk": whoever owns it knows it, and whoever does not learns little.
fn masked(mailbox: &str) -> String {
    let (local, domain) = mailbox.rsplit_once('@').unwrap_or((mailbox, ""));
    let mut letters = local.chars();
    match (letters.next(), letters.next_back()) {
        (Some(first), Some(last)) => format!("{first}\u{2026}{last}@{domain}"),
        _ => format!("\u{2026}@{domain}"),
    }
}

fn holder(once: &str) -> By<'_> {
    By {
        actor: Actor::Holder,
        seen: Seen::Whatever,
        least: Sight::Whole,
        once: Some(once),
    }
}

/// "I have it."
///
/// # Errors
/// See [`report::taken`].
pub async fn have(office: &Office, at: &AtTheLink, once: &str) -> Result<(), ActError> {
    say(office, at, once, |case, _| report::taken(case)).await
}

/// "I wrote to them."
///
/// # Errors
/// See [`report::told`].
pub async fn told(office: &Office, at: &AtTheLink, once: &str) -> Result<(), ActError> {
    say(office, at, once, |case, _| report::told(case)).await
}

/// "I have finished."
///
/// # Errors
/// See [`report::finished`].
pub async fn finished(office: &Office, at: &AtTheLink, finished: &Finished, once: &str) -> Result<(), ActError> {
    say(office, at, once, |case, setting| {
        report::finished(case, finished, setting)
    })
    .await
}

async fn say<R>(office: &Office, at: &AtTheLink, once: &str, rule: R) -> Result<(), ActError>
where
    R: Fn(&Case, &Setting<'_>) -> Result<Change, Refused>,
{
    change(office, &at.reference, holder(once), rule).await.map(|_| ())
}

/// Sends a code to the mailbox on record, in place of the one before.
///
/// # Errors
/// [`ActError::Throttled`] after six in an hour; when it could not be saved.
pub async fn send_code(office: &Office, at: &AtTheLink) -> Result<(), ActError> {
    let case = load(office, &at.reference).await?.case;
    let in_force = office.procedure_of(&case)?;
    let now = office.now();
    let code = six_digits()?;
    let letter = letter::holder::with_code(office, &case, &spaced(&code), &in_force.setting(now));
    let message = NewOutbox {
        reference: at.reference.to_string(),
        kind: letter.kind.code().to_owned(),
        channel: letter.by.code().to_owned(),
        not_before: now,
        created_at: now,
        payload: serde_json::to_vec(&letter)?,
    };
    let (name, token) = at.shown();
    let tries = office
        .store
        .write(move |tx| {
            let (name, token, code, message) = (name.clone(), token.clone(), code.clone(), message.clone());
            Box::pin(async move {
                let link = Shown {
                    reference: &name,
                    token: &token,
                };
                let tries = throttle::hit(tx, &format!("handover:{name}"), now, CODES_SECONDS).await?;
                if tries <= CODES {
                    handover::put_code(tx, link, &code, now + CODE).await?;
                    outbox::add(tx, &message).await?;
                }
                Ok::<i64, StorageError>(tries)
            })
        })
        .await?;
    if tries > CODES {
        return Err(ActError::Throttled {
            tries: CODES,
            minutes: CODES_SECONDS / 60,
        });
    }
    Ok(())
}

/// Six digits: with five tries and fifteen minutes nobody guesses them.
fn six_digits() -> Result<String, StorageError> {
    let number = u64::from_le_bytes(Keys::random()?) % 1_000_000;
    Ok(format!("{number:06}"))
}

fn spaced(code: &str) -> String {
    let (first, last) = code.split_at(3);
    format!("{first} {last}")
}

/// What became of a code that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// It fits: whoever holds this reads for an hour.
    Reading(String),
    /// It is another.
    Wrong,
    /// There is none any more: another has to be sent.
    Over,
}

/// Opens the record with a code; that it was read is on record before anything is shown.
///
/// # Errors
/// When it could not be saved.
pub async fn open(office: &Office, at: &AtTheLink, code: &str) -> Result<Opened, ActError> {
    let reading = format!("{:032x}", u128::from_le_bytes(Keys::random()?));
    let (now, until) = (office.now(), office.now() + READING);
    let (name, token) = at.shown();
    let (typed, begun) = (code.to_owned(), reading.clone());
    let tried = office
        .store
        .write(move |tx| {
            let (name, token, typed, begun) = (name.clone(), token.clone(), typed.clone(), begun.clone());
            Box::pin(async move {
                let link = Shown {
                    reference: &name,
                    token: &token,
                };
                handover::try_code(tx, link, (&typed, now), (&begun, until)).await
            })
        })
        .await?;
    match tried {
        Tried::Wrong => Ok(Opened::Wrong),
        Tried::Over => Ok(Opened::Over),
        Tried::Fits => {
            let event = Event::SealOpened(SealOpened { by: Way::Holder });
            say(office, at, "", |_, _| Ok(Change::of(vec![event.clone()]))).await?;
            Ok(Opened::Reading(reading))
        }
    }
}

/// The record, for whoever reads it now.
///
/// # Errors
/// [`ActError::NotFound`] once the reading is over.
pub async fn read(office: &Office, at: &AtTheLink, reading: &str) -> Result<SealedRecord, ActError> {
    let (name, token) = at.shown();
    let (shown, now) = (reading.to_owned(), office.now());
    let reads = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let link = Shown {
                    reference: &name,
                    token: &token,
                };
                handover::is_reading(tx, link, &shown, now).await
            })
        })
        .await?;
    match reads {
        true => record::open(office, &at.reference).await,
        false => Err(ActError::NotFound),
    }
}

/// A file of the record, for whoever reads it now.
///
/// # Errors
/// [`ActError::NotFound`] once the reading is over, or when the record has no such file.
pub async fn file(office: &Office, at: &AtTheLink, reading: &str, id: &str) -> Result<Download, ActError> {
    let record = read(office, at, reading).await?;
    record::file(office, (&at.reference, &record), id).await
}

/// Ends the reading.
///
/// # Errors
/// When it could not be saved.
pub async fn end(office: &Office, at: &AtTheLink) -> Result<(), ActError> {
    let (name, token) = at.shown();
    let ended: Result<(), StorageError> = office
        .store
        .write(move |tx| {
            let (name, token) = (name.clone(), token.clone());
            Box::pin(async move {
                let link = Shown {
                    reference: &name,
                    token: &token,
                };
                handover::end_reading(tx, link).await
            })
        })
        .await;
    Ok(ended?)
}
