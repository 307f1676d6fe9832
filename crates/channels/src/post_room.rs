//! The post room at work: takes letters from the outbox, puts them into words, sends or shows them, and reports what became of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use casework::jobs::post::{self, Afterwards, Sent, ToSend};
use casework::jobs::post_limits::{self, AutomaticLimits, Place};
use casework::sealing::enclose::{self, Enclosure};
use casework::{ActError, Office};
use documents::letter::Wording;
use futures_util::future::join_all;
use rules::case::Reference;
use rules::case::vocabulary::Means;
use rules::confidential::sealing::carried::NoKey;
use rules::letters::Composed;
use tokio::sync::watch::Receiver;
use tracing::{error, info, warn};

use crate::back_off::{Next, next_attempt};
use crate::email::{OutgoingMail, Prepared, SendError, Transport, inside};
use crate::pace::Pace;

mod envelope;

pub use envelope::{Sender, Tagged};

/// A post room: wording, transport and sender.
pub struct PostRoom {
    /// The office whose letters it sends.
    pub office: Arc<Office>,
    /// The wording of letters.
    pub wording: Arc<Wording>,
    /// How letters leave.
    pub transport: Transport,
    /// Who they come from.
    pub sender: Sender,
    /// How many automatic letters go to one address and about one case.
    pub limits: AutomaticLimits,
    /// How many letters go to one domain in a minute.
    pub pace: Pace,
    /// Where chance comes from, from 0 to 1: it spreads the next tries of letters that failed together.
    pub chance: fn() -> f64,
}

/// How often the outbox is looked at when nothing announces a letter: retries come due by themselves.
const LOOK: Duration = Duration::from_secs(1);
/// How many letters are taken at once: those of a busy half second.
const HANDFUL: u32 = 32;
/// How long is waited before what became of a letter is written down once more, each time.
const NOTED_AGAIN_AFTER_SECONDS: [u64; 7] = [1, 1, 2, 4, 8, 16, 32];
/// What staff read of a letter whose words are not those on record.
const NOT_AS_FIXED: &str = "What would have gone out is not, to the letter, what was decided or approved, so nothing was sent. \
                            Tell whoever runs this service. Until it is put right, tell them the decision another way.";

impl PostRoom {
    /// Works until the office closes. A letter is on its way within a second of the act that owes it.
    pub async fn run(self, mut closing: Receiver<bool>) {
        loop {
            match self.round().await {
                Ok(0) => {
                    tokio::select! {
                        () = post::wait(&self.office) => {}
                        () = tokio::time::sleep(LOOK) => {}
                        _ = closing.changed() => return,
                    }
                }
                Ok(_) => {}
                Err(fault) => {
                    error!(%fault, "the outbox could not be worked; trying again");
                    tokio::time::sleep(LOOK).await;
                }
            }
            if *closing.borrow() {
                return;
            }
        }
    }

    /// One handful of letters; answers how many there were. Those of one case go one after another, in the order in which they are owed;
    /// cases do not wait for each other. A letter with which something breaks is reported, comes again after its lease, and keeps none of the
    /// others waiting.
    ///
    /// # Errors
    /// When the outbox cannot be read.
    pub async fn round(&self) -> Result<usize, ActError> {
        let letters = post::claim(&self.office, HANDFUL).await?;
        let mut by_case: BTreeMap<&Reference, Vec<&ToSend>> = BTreeMap::new();
        for letter in &letters {
            by_case.entry(&letter.reference).or_default().push(letter);
        }
        join_all(by_case.into_values().map(|letters| self.in_turn(letters))).await;
        Ok(letters.len())
    }

    async fn in_turn(&self, letters: Vec<&ToSend>) {
        for letter in letters {
            if let Err(fault) = self.deal_with(letter).await {
                error!(case = %letter.reference, letter = letter.letter.kind.code(), %fault, "a letter could not be dealt with");
            }
        }
    }

    async fn deal_with(&self, letter: &ToSend) -> Result<(), ActError> {
        if !self.is_ours(letter).await? {
            return Ok(());
        }
        if post::already_delivered(&self.office, letter).await? {
            return post::settle(&self.office, letter.id).await;
        }
        if post::may_not_be_told(&self.office, letter).await? {
            return post::failed(&self.office, letter, post::NO_LONGER_AGREES, Afterwards::GiveUp).await;
        }
        let (letter, enclosure) = enclose::carried(&self.office, letter).await?;
        let letter = &letter;
        let words = match letter.words(&*self.wording) {
            Ok(words) => words,
            Err(fault) => {
                let reason = format!("The wording of this letter has a fault: {fault}");
                return self.report_failure(letter, &reason).await;
            }
        };
        if !post::is_as_fixed(&self.office, letter, &words).await? {
            error!(case = %letter.reference, letter = letter.letter.kind.code(), "the words of a letter are not those on record; nothing was sent");
            return post::failed(&self.office, letter, NOT_AS_FIXED, Afterwards::GiveUp).await;
        }
        match letter.letter.by {
            Means::Email => {
                if let Err(until) = self
                    .pace
                    .turn(letter.letter.to.as_deref().unwrap_or_default(), self.office.now())
                {
                    return post::postpone(&self.office, letter, until).await;
                }
                match enclosure {
                    None => self.send(letter, words).await,
                    Some(enclosure) => self.send_enclosed(letter, words, &enclosure).await,
                }
            }
            _ => {
                let proof = "Shown on the tracking page".to_owned();
                post::delivered(&self.office, letter, Sent::of(letter, words, proof)).await
            }
        }
    }

    /// Whether the letter is still in our hands. Where our time for it is over it goes back, if nobody has taken it.
    async fn is_ours(&self, letter: &ToSend) -> Result<bool, ActError> {
        let held = post::is_held(&self.office, letter).await?;
        if !held {
            post::put_back(&self.office, letter).await?;
        }
        Ok(held)
    }

    async fn send(&self, letter: &ToSend, words: Composed) -> Result<(), ActError> {
        let Some(mail) = self.mail(letter, &words).await? else {
            return self.report_failure(letter, "The case has no email address").await;
        };
        let counted = match post_limits::place(&self.office, letter, self.limits).await? {
            Place::Taken(counted) => counted,
            Place::None(why, until) => {
                warn!(case = %letter.reference, letter = letter.letter.kind.code(), "too many automatic letters: this one is held");
                return post_limits::hold(&self.office, letter, &why, until).await;
            }
        };
        let prepared = self.transport.prepare(&mail).await;
        if !self.hand_over(letter, (&mail, words), prepared).await? {
            post_limits::give_back(&self.office, counted).await?;
        }
        Ok(())
    }

    /// A letter to a line manager with the complaint in it, encrypted. Where that cannot be done after all, it goes with a link.
    async fn send_enclosed(&self, letter: &ToSend, words: Composed, enclosure: &Enclosure) -> Result<(), ActError> {
        let Some(mail) = self.mail(letter, &words).await? else {
            return self.report_failure(letter, "The case has no email address").await;
        };
        let message = match inside(&mail, &enclosure.words, &enclosure.files) {
            Ok(inside) => enclosure.encrypt(inside).await,
            Err(failure) => return self.hand_over(letter, (&mail, words), Err(failure)).await.map(drop),
        };
        match message {
            Ok(message) => {
                let prepared = self.transport.prepare_encrypted(&mail, &message).await;
                self.hand_over(letter, (&mail, words), prepared).await.map(drop)
            }
            Err(fault) => {
                warn!(case = %letter.reference, %fault, "a letter could not be encrypted; it goes with a link");
                let letter = enclose::with_link(letter, NoKey::Unusable);
                match letter.words(&*self.wording) {
                    Ok(words) => self.send(&letter, words).await,
                    Err(fault) => {
                        let reason = format!("The wording of this letter has a fault: {fault}");
                        self.report_failure(&letter, &reason).await
                    }
                }
            }
        }
    }

    /// Hands a letter over and writes down what became of it; true where the mail server has it, or may have it.
    async fn hand_over(
        &self,
        letter: &ToSend,
        (mail, words): (&OutgoingMail, Composed),
        prepared: Result<Prepared<'_>, SendError>,
    ) -> Result<bool, ActError> {
        let sent = match prepared {
            // The turn at the mail server may have taken longer than the letter was ours.
            Ok(_) if !self.is_ours(letter).await? => return Ok(false),
            Ok(prepared) => prepared.hand_over().await,
            Err(failure) => Err(failure),
        };
        match sent {
            Ok(accepted) => {
                info!(case = %letter.reference, letter = letter.letter.kind.code(), "letter accepted by the mail server");
                let proof = format!("{} ({})", accepted.server_reply, accepted.message_id);
                self.note(letter, Sent::of(letter, words, proof)).await?;
                Ok(true)
            }
            Err(failure) if failure.is_permanent() => {
                warn!(case = %letter.reference, reason = %failure, "letter refused for good");
                let reason = failure.told_of(&mail.to);
                post::failed(&self.office, letter, &reason, Afterwards::GiveUp).await?;
                Ok(false)
            }
            Err(failure) if failure.may_have_gone => {
                warn!(case = %letter.reference, reason = %failure, "no answer to a letter that was handed over; trying again later");
                let afterwards = self.after_failure(letter);
                post::unclear(&self.office, letter, &failure.told_of(&mail.to), afterwards).await?;
                Ok(true)
            }
            Err(failure) => {
                warn!(case = %letter.reference, reason = %failure, "letter not accepted; trying again later");
                self.report_failure(letter, &failure.told_of(&mail.to)).await?;
                Ok(false)
            }
        }
    }

    /// What the mail server has taken would go out a second time if nobody knew of it, so its record is tried again while the database is away
    /// or the disk is full: for a minute, which is half of the lease.
    async fn note(&self, letter: &ToSend, sent: Sent) -> Result<(), ActError> {
        patiently(|| post::recorded(&self.office, letter, sent.clone())).await?;
        patiently(|| post::settle(&self.office, letter.id)).await
    }

    async fn report_failure(&self, letter: &ToSend, reason: &str) -> Result<(), ActError> {
        post::failed(&self.office, letter, reason, self.after_failure(letter)).await
    }

    fn after_failure(&self, letter: &ToSend) -> Afterwards {
        match next_attempt(
            letter.attempts.max(1),
            self.office.now(),
            letter.owed_at,
            (self.chance)(),
        ) {
            Next::RetryAt(at) => Afterwards::RetryAt(at),
            Next::GiveUp => Afterwards::GiveUp,
        }
    }
}

/// Runs an act again for as long as what keeps it from being saved may pass.
async fn patiently<F: Future<Output = Result<(), ActError>>>(act: impl Fn() -> F) -> Result<(), ActError> {
    for seconds in NOTED_AGAIN_AFTER_SECONDS {
        match act().await {
            Err(fault) if fault.may_pass() => {
                warn!(%fault, "a letter has gone out and that could not be noted yet; trying again");
                tokio::time::sleep(Duration::from_secs(seconds)).await;
            }
            done => return done,
        }
    }
    act().await
}
