//! The post room of the story: letters are put into words and delivered at once; those of the last days also lie in the letter box.

use std::collections::BTreeMap;
use std::path::PathBuf;

use casework::jobs::post::{self, Afterwards, Sent, ToSend};
use casework::{Office, StoppedClock};
use channels::email::{LetterBoxSettings, OutgoingMail, Transport};
use documents::letter::Wording;
use jiff::{SignedDuration, Timestamp};
use rules::case::vocabulary::Means;
use rules::letters::{Composed, LetterKind};

use super::DemoError;
use super::story::Story;

/// Letters older than this are on record only.
const KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);
/// The domain whose server refuses: some addresses are mistyped in life too.
const MISTYPED: &str = "calderbrok.example";

/// The post room of the story.
pub(super) struct Mail {
    wording: Wording,
    letter_box: Transport,
    kept_from: Timestamp,
    /// Mailboxes that take nothing more, and from when.
    full: BTreeMap<String, Timestamp>,
}

/// The mailboxes of a plan that take nothing more from some instant on.
pub(super) fn full_mailboxes(stories: &[Story]) -> BTreeMap<String, Timestamp> {
    stories
        .iter()
        .filter_map(|story| Some((story.raw.email.clone(), story.mailbox_full_at?)))
        .collect()
}

impl Mail {
    /// With the built-in wording.
    pub(super) fn new(folder: PathBuf, until: Timestamp, full: BTreeMap<String, Timestamp>) -> Result<Mail, DemoError> {
        let wording = Wording::built_in().map_err(|fault| DemoError::Letter(fault.to_string()))?;
        let letter_box = Transport::letter_box(LetterBoxSettings { folder })
            .map_err(|fault| DemoError::Letter(fault.to_string()))?;
        Ok(Mail {
            wording,
            letter_box,
            kept_from: until - KEPT,
            full,
        })
    }

    /// Takes over the words that the office gave a letter.
    pub(super) fn adopt(&self, letter: LetterKind, office: &Office) -> Result<(), DemoError> {
        let wordings = office.wordings();
        let adopted = self.wording.write(letter, wordings.in_use(letter));
        adopted.map_err(|fault| DemoError::Letter(fault.to_string()))
    }

    /// Sends what waits, half a minute after it was owed; answers how many letters there were.
    pub(super) async fn round(&self, office: &Office, clock: &StoppedClock) -> Result<usize, DemoError> {
        let letters = post::claim(office, 16).await?;
        if !letters.is_empty() {
            clock.set(office.now() + SignedDuration::from_secs(2));
        }
        for letter in &letters {
            self.send(office, letter).await?;
        }
        Ok(letters.len())
    }

    async fn send(&self, office: &Office, letter: &ToSend) -> Result<(), DemoError> {
        let words = letter.words(&self.wording).map_err(DemoError::Letter)?;
        let to = letter.letter.to.clone().unwrap_or_default();
        if letter.letter.by == Means::Email
            && let Some(reason) = self.refusal(&to, office.now())
        {
            return Ok(post::failed(office, letter, &reason, Afterwards::GiveUp).await?);
        }
        let proof = if letter.letter.by == Means::Email {
            let id = format!(
                "<{}-{}-{}@calderbrook.example>",
                letter.reference, letter.letter.sequence, letter.id
            );
            if office.now() >= self.kept_from {
                self.keep(letter, &words, &to, &id).await?;
            }
            format!("250 2.0.0 Ok ({id})")
        } else {
            "Shown on the tracking page".to_owned()
        };
        Ok(post::delivered(office, letter, Sent::of(letter, words, proof)).await?)
    }

    /// Why a mail server would not take a letter to this address.
    fn refusal(&self, to: &str, now: Timestamp) -> Option<String> {
        if to.ends_with(MISTYPED) {
            return Some(format!("The mail server refused {to}: no such domain"));
        }
        let full = self.full.get(to).is_some_and(|from| *from <= now);
        full.then(|| format!("The mail server refused {to}: the mailbox is full"))
    }

    async fn keep(&self, letter: &ToSend, words: &Composed, to: &str, id: &str) -> Result<(), DemoError> {
        let mail = OutgoingMail {
            to: to.to_owned(),
            to_name: letter.letter.to_name.clone(),
            from: "it-feedback@calderbrook.example".to_owned(),
            from_name: "Calderbrook University IT Services".to_owned(),
            reply_to: "it-feedback@calderbrook.example".to_owned(),
            subject: words.subject.clone(),
            text: words.text.clone(),
            html: words.html.clone(),
            message_id: id.to_owned(),
            in_reply_to: None,
            references: Vec::new(),
            return_path: String::new(),
            envelope_id: String::new(),
            mark: String::new(),
            auto_submitted: true,
            sent_at: letter.owed_at,
        };
        self.letter_box
            .send(&mail)
            .await
            .map_err(|fault| DemoError::Letter(fault.to_string()))?;
        Ok(())
    }
}
