//! The outbox as the post room sees it: what to send, and what became of it (R18, R19, A8).

use jiff::Timestamp;
use rules::case::event::{DeliveryFailed, LetterDelivered};
use rules::case::facts::Communicated;
use rules::case::vocabulary::Means;
use rules::case::{Event, Reference};
use rules::confidential::sealing::carried::Carried;
use rules::handling::consent::may_be_told;
use rules::handling::post;
use rules::letters::fixed::on_record;
use rules::letters::{Compose, Composed, LetterKind};
use storage::StorageError;
use storage::outbox::{self, OutboxRow, Try};

use crate::letter::Waiting;
use crate::record::{By, change, load};
use crate::sealing::accept;
use crate::{ActError, Office};

/// A letter to send now.
#[derive(Debug, Clone)]
pub struct ToSend {
    /// Its number in the outbox.
    pub id: i64,
    /// The case.
    pub reference: Reference,
    /// Address and facts.
    pub letter: Waiting,
    /// How often it was tried before.
    pub attempts: u32,
    /// True where nobody wrote down what became of the try before: it may have gone out then.
    pub broken_off: bool,
    /// When it was owed.
    pub owed_at: Timestamp,
    /// How it carries the complaint, where it is the letter that hands one over.
    pub carried: Option<(Carried, Option<u32>)>,
}

impl ToSend {
    fn ours(&self) -> Try {
        Try {
            id: self.id,
            attempts: i64::from(self.attempts),
        }
    }

    /// Only what goes by e-mail can arrive twice: a page shows a letter once.
    fn may_arrive_twice(&self) -> bool {
        self.broken_off && self.letter.by == Means::Email
    }

    /// The words that were fixed before; else those that the wording makes of the facts now.
    ///
    /// # Errors
    /// What is wrong with the wording, in words for whoever keeps it.
    pub fn words(&self, wording: &dyn Compose) -> Result<Composed, String> {
        match &self.letter.words {
            Some(words) => Ok(words.clone()),
            None => wording.compose(self.letter.kind, &self.letter.facts),
        }
    }
}

/// A letter that was sent or shown, with its bytes.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The subject line.
    pub subject: String,
    /// The text as it went out.
    pub text: String,
    /// The hash of its words, where they were fixed before.
    pub sha256: Option<String>,
    /// The evidence: the server's answer and the message id, or the page on which it stands.
    pub proof: String,
}

impl Sent {
    /// A letter that went out in these words.
    pub fn of(letter: &ToSend, words: Composed, proof: String) -> Sent {
        Sent {
            sha256: letter.letter.words.is_some().then(|| words.sha256()),
            subject: words.subject,
            text: words.text,
            proof,
        }
    }
}

/// What is to be done after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Afterwards {
    /// Try again then.
    RetryAt(Timestamp),
    /// Nobody tries again.
    GiveUp,
}

/// The same of one whose conversation broke off.
const BROKE_OFF_LATE: &str = "The letter had been handed over whole, and no answer came: it may have arrived. \
    The next try is the same message under the same number, so that whoever has both can see that they are one.";

/// What is on record of a letter that may have gone out before, without anybody's knowing: the mail server had taken it, and the node was killed
/// before it could write that down.
const MAY_ARRIVE_TWICE: &str =
    "An earlier try was broken off before it was noted what became of it, so this letter may arrive twice.";

/// The same of one that failed since.
const MAY_HAVE_GONE: &str =
    "An earlier try was broken off before it was noted what became of it: it may have arrived then.";

/// How long one try may take before another worker may take the letter, in seconds.
const LEASE_SECONDS: i64 = 120;

/// Takes letters that are due. A letter whose worker died comes again after the lease: sending may happen twice, never not at all. A
/// letter that cannot be read any more, because the key of its case was destroyed, is given up so that the others go out.
///
/// # Errors
/// When the store cannot be written.
pub async fn claim(office: &Office, limit: u32) -> Result<Vec<ToSend>, ActError> {
    let now = office.now();
    let (broken_off, rows) = office
        .store
        .write(move |tx| {
            Box::pin(async move {
                let broken_off = outbox::broken_off(tx, now).await?;
                let rows = outbox::claim(tx, now, LEASE_SECONDS, limit).await?;
                Ok::<_, StorageError>((broken_off, rows))
            })
        })
        .await?;
    let mut letters = Vec::with_capacity(rows.len());
    for row in rows {
        let ours = Try {
            id: row.id,
            attempts: row.attempts,
        };
        match to_send(row, &broken_off) {
            Ok(letter) => letters.push(letter),
            Err(fault) => give_up_unread(office, ours, &fault).await?,
        }
    }
    Ok(letters)
}

async fn give_up_unread(office: &Office, ours: Try, fault: &ActError) -> Result<(), ActError> {
    tracing::error!(letter = ours.id, %fault, "a letter in the outbox cannot be read; nobody tries it again");
    let reason = fault.to_string();
    let kept = office
        .store
        .write(move |tx| Box::pin(async move { outbox::give_up(tx, ours, &reason).await }));
    Ok(kept.await?)
}

fn to_send(row: OutboxRow, broken_off: &[i64]) -> Result<ToSend, ActError> {
    Ok(ToSend {
        broken_off: broken_off.contains(&row.id),
        id: row.id,
        reference: row.reference.parse().map_err(|_| ActError::NotFound)?,
        letter: serde_json::from_slice(&row.payload)?,
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        owed_at: row.created_at,
        carried: None,
    })
}

/// A letter arrived: its proof goes on record and clocks stop; then it leaves the outbox.
///
/// A crash between the two leaves it in the outbox; [`already_delivered`] keeps it from being sent again.
///
/// # Errors
/// When it could not be saved.
pub async fn delivered(office: &Office, letter: &ToSend, sent: Sent) -> Result<(), ActError> {
    recorded(office, letter, sent).await?;
    settle(office, letter.id).await
}

/// The first half of [`delivered`]: the proof goes on record.
///
/// # Errors
/// When it could not be saved.
pub async fn recorded(office: &Office, letter: &ToSend, sent: Sent) -> Result<(), ActError> {
    let now = office.now();
    let communicated = Communicated {
        by: letter.letter.by,
        at: now,
        proof: match letter.may_arrive_twice() || may_have_gone_before(office, letter).await? {
            true => format!("{}. {MAY_ARRIVE_TWICE}", sent.proof),
            false => sent.proof,
        },
    };
    if letter.letter.kind == LetterKind::Handover {
        return accept::seal(office, letter, communicated).await;
    }
    // Letters to a line manager hold the way to the sealed record: what is on record of them is that they went.
    let (subject, text) = match letter.letter.kind.is_for_holder() {
        true => (sent.subject, String::new()),
        false => (sent.subject, sent.text),
    };
    let report = LetterDelivered {
        letter: letter.letter.kind,
        communicated,
        subject,
        text,
        owed_by: Some(letter.letter.sequence),
        sha256: sent.sha256,
    };
    change(office, &letter.reference, By::SYSTEM, |case, _| {
        Ok(post::delivered(case, report.clone()))
    })
    .await?;
    Ok(())
}

/// Takes a letter out of the outbox whose delivery is on record already.
///
/// # Errors
/// When it could not be saved.
pub async fn settle(office: &Office, id: i64) -> Result<(), ActError> {
    let now = office.now();
    Ok(office
        .store
        .write_ready(move |tx| Box::pin(async move { outbox::sent(tx, id, now).await }))
        .await?)
}

/// True if the log already holds the delivery of this letter, by the number of the event that owed it.
///
/// # Errors
/// When the case cannot be read.
pub async fn already_delivered(office: &Office, letter: &ToSend) -> Result<bool, ActError> {
    if letter.attempts <= 1 {
        return Ok(false);
    }
    let loaded = load(office, &letter.reference).await?;
    let (kind, owed_by) = (letter.letter.kind, letter.letter.sequence);
    if kind == LetterKind::Handover {
        // Whoever it was for has it, or it was taken back.
        return Ok(loaded.case.seal.asked.is_none_or(|asked| asked.number != owed_by));
    }
    let history = loaded.history;
    let acknowledges = kind.acknowledges();
    let since = history.iter().filter(|recorded| recorded.sequence > owed_by);
    Ok(since.into_iter().any(|recorded| match &recorded.event {
        Event::Acknowledged(told) => acknowledges && told.by == Means::Email,
        Event::LetterDelivered(delivered) => delivered.letter == kind && delivered.owed_by == Some(owed_by),
        // A decision that was told in another way meanwhile needs no letter any more.
        Event::DecisionCommunicated(delivered) => {
            delivered.letter == kind && delivered.owed_by.is_none_or(|number| number == owed_by)
        }
        _ => false,
    }))
}

/// Why a letter does not go that was owed before the consent was withdrawn.
pub const NO_LONGER_AGREES: &str = "The person for whom they complain no longer agrees that we speak about them, so this did not go out. \
    Record their consent if they agree again, then send it again";

/// Whether a letter tells what may not be told any more: it was owed while the person for whom they complain agreed, and they no longer do (A29).
///
/// # Errors
/// When the case cannot be read.
pub async fn may_not_be_told(office: &Office, letter: &ToSend) -> Result<bool, ActError> {
    if !letter.letter.kind.tells() {
        return Ok(false);
    }
    Ok(may_be_told(&load(office, &letter.reference).await?.case).is_err())
}

/// Whether these words are the ones that are on record for this letter, by their hash: what was approved, or decided, goes out and nothing else.
///
/// # Errors
/// When the case cannot be read.
pub async fn is_as_fixed(office: &Office, letter: &ToSend, words: &Composed) -> Result<bool, ActError> {
    if !letter.letter.kind.decides() {
        return Ok(true);
    }
    let history = load(office, &letter.reference).await?.history;
    let hash = on_record(&history, letter.letter.sequence);
    Ok(hash.is_none_or(|hash| hash == words.sha256()))
}

/// True while the letter is in the hands of this worker: no other letter took its place because the address was corrected, and no other node took
/// it because this one slept. Asked right before it is sent and before a failure is recorded.
///
/// # Errors
/// When the store cannot be read.
pub async fn is_held(office: &Office, letter: &ToSend) -> Result<bool, ActError> {
    let (ours, now) = (letter.ours(), office.now());
    let look = office
        .store
        .read(move |tx| Box::pin(async move { outbox::is_held(tx, ours, now).await }));
    Ok(look.await?)
}

/// Gives a letter back for which our time is over before we sent it, unless another node has it: nobody has to wonder what became of our try.
///
/// # Errors
/// When the store cannot be written.
pub async fn put_back(office: &Office, letter: &ToSend) -> Result<(), ActError> {
    let ours = letter.ours();
    let given = office
        .store
        .write_ready(move |tx| Box::pin(async move { outbox::put_back(tx, ours).await }));
    Ok(given.await?)
}

/// A letter did not arrive: an alert on the case at the first failure, after a try that was broken off, and at the last, and another try in between. What became of a letter
/// that is not in our hands any more says nothing about the one that took its place, or about what another node does with it.
///
/// # Errors
/// When it could not be saved.
pub async fn failed(office: &Office, letter: &ToSend, reason: &str, afterwards: Afterwards) -> Result<(), ActError> {
    // Nobody asks after the try that was broken off once this one is on record: then it must say so.
    let may_have_gone = letter.may_arrive_twice().then_some(MAY_HAVE_GONE);
    fail(office, letter, (reason, may_have_gone), afterwards).await
}

/// The conversation broke off after the letter was handed over whole, so that nobody knows whether the mail server has it (RFC 5321, 4.5.4.2). That is
/// on record at every such try, and the letter goes out again: twice is better than never.
///
/// # Errors
/// When it could not be saved.
pub async fn unclear(office: &Office, letter: &ToSend, reason: &str, afterwards: Afterwards) -> Result<(), ActError> {
    fail(office, letter, (reason, Some(BROKE_OFF_LATE)), afterwards).await
}

/// Puts off a letter that is in our hands and that nobody tried yet.
///
/// # Errors
/// When the store cannot be written.
pub async fn postpone(office: &Office, letter: &ToSend, until: Timestamp) -> Result<(), ActError> {
    let ours = letter.ours();
    let kept = office
        .store
        .write_ready(move |tx| Box::pin(async move { outbox::postpone(tx, ours, until).await }));
    Ok(kept.await?)
}

async fn fail(
    office: &Office,
    letter: &ToSend,
    (reason, may_have_gone): (&str, Option<&str>),
    afterwards: Afterwards,
) -> Result<(), ActError> {
    if !is_held(office, letter).await? {
        return Ok(());
    }
    let given_up = afterwards == Afterwards::GiveUp;
    if letter.attempts <= 1 || given_up || may_have_gone.is_some() {
        let failure = DeliveryFailed {
            letter: letter.letter.kind,
            reason: match may_have_gone {
                Some(words) => format!("{reason} {words}"),
                None => reason.to_owned(),
            },
            attempts: letter.attempts.max(1),
            given_up,
            came_back: None,
            may_have_gone: may_have_gone.is_some(),
        };
        change(office, &letter.reference, By::SYSTEM, |_, _| {
            Ok(post::failed(failure.clone()))
        })
        .await?;
    }
    let (ours, reason) = (letter.ours(), reason.to_owned());
    let kept = office.store.write(move |tx| {
        Box::pin(async move {
            match afterwards {
                Afterwards::RetryAt(at) => outbox::failed(tx, ours, &reason, at).await,
                Afterwards::GiveUp => outbox::give_up(tx, ours, &reason).await,
            }
        })
    });
    Ok(kept.await?)
}

/// Whether an earlier try of this letter may have gone out, by what is on record of it.
async fn may_have_gone_before(office: &Office, letter: &ToSend) -> Result<bool, ActError> {
    if letter.attempts <= 1 || letter.letter.by != Means::Email {
        return Ok(false);
    }
    let history = load(office, &letter.reference).await?.history;
    let since = history
        .iter()
        .filter(|recorded| recorded.sequence > letter.letter.sequence);
    Ok(since.into_iter().any(|recorded| match &recorded.event {
        Event::LetterFailed(failed) | Event::AcknowledgementFailed(failed) => {
            failed.letter == letter.letter.kind && failed.may_have_gone
        }
        _ => false,
    }))
}

/// Waits until a letter is added to the outbox.
pub async fn wait(office: &Office) {
    office.store.outbox_changed().notified().await;
}
