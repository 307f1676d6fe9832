//! Letters going out by e-mail: one message, one transport, one answer that says whether to try again.

mod compose;
mod connecting;
mod dkim;
pub(crate) mod domains;
mod encrypted;
mod error;
mod handing_over;
pub mod letter_box;
pub mod message_id;
mod offered;
mod reply_code;
mod settings;
mod smtp;
mod smtp_fault;

use jiff::Timestamp;

pub use dkim::DkimSettings;
pub use encrypted::inside;
pub use error::{SendError, SendErrorKind, SettingsError, Step};
pub use letter_box::LetterBox;
pub use settings::{LetterBoxSettings, SmtpSettings, Tls};
pub use smtp::{Look, SmtpSender};

/// One letter, addressed. Whatever stands in its fields, none of them can add a header: line ends and other controls become spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// The address of the complainant.
    pub to: String,
    /// Their name beside it; may be empty.
    pub to_name: String,
    /// Our address.
    pub from: String,
    /// Our name beside it; may be empty.
    pub from_name: String,
    /// The address for replies; empty, or the same as `from`, where there is no other.
    pub reply_to: String,
    /// The subject.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The letter as a whole HTML document.
    pub html: String,
    /// Our own id, signed: see [`casework::mail::token`]; the same for every attempt, so that a letter that arrives twice can be told as one.
    pub message_id: String,
    /// The id of the message that this answers.
    pub in_reply_to: Option<String>,
    /// The ids of the conversation so far, oldest first. What is no message id is left out.
    pub references: Vec<String>,
    /// The address to which reports about it come back (RFC 5321, MAIL); empty where that is `from`. Never the null address: a letter that did not
    /// arrive must be known (A8), and our machine answers no report, so that nothing can go round.
    pub return_path: String,
    /// Its number for mail servers, which they quote in reports (RFC 3461, ENVID); empty for none.
    pub envelope_id: String,
    /// The mark by which it is known as ours when it comes back ([`rules::mail::LOOP_MARK`]); empty for none.
    pub mark: String,
    /// True where no person wrote it: it is marked so that no machine answers it (RFC 3834, section 5).
    pub auto_submitted: bool,
    /// Its Date header, in whole seconds.
    pub sent_at: Timestamp,
}

/// What the server said when it took the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The id of the message that was taken.
    pub message_id: String,
    /// The server's own words, often with its queue number.
    pub server_reply: String,
}

/// How letters leave the house.
#[derive(Debug)]
pub enum Transport {
    /// Through a mail server.
    Smtp(Box<SmtpSender>),
    /// Into a folder, for demonstrations: nothing leaves the machine.
    LetterBox(LetterBox),
}

impl Transport {
    /// Gets ready to send through a mail server. Reads the trusted certificates of this machine; connects to nothing yet.
    ///
    /// # Errors
    ///
    /// Settings with which no letter could ever be sent.
    pub fn smtp(settings: &SmtpSettings) -> Result<Self, SettingsError> {
        Ok(Self::Smtp(Box::new(SmtpSender::open(settings.clone())?)))
    }

    /// Gets ready to keep letters in a folder, and makes the folder.
    ///
    /// # Errors
    ///
    /// A folder that cannot be made.
    pub fn letter_box(settings: LetterBoxSettings) -> Result<Self, SettingsError> {
        Ok(Self::LetterBox(LetterBox::open(settings)?))
    }

    /// Hands one letter over.
    ///
    /// # Errors
    ///
    /// As for [`Transport::prepare`] and [`Prepared::hand_over`].
    pub async fn send(&self, mail: &OutgoingMail) -> Result<Accepted, SendError> {
        self.prepare(mail).await?.hand_over().await
    }

    /// Connects to the mail server and signs in, to see that it goes; sends nothing. Nothing where there is no server but a folder.
    ///
    /// # Errors
    ///
    /// Why no letter could be handed over now.
    pub async fn look(&self) -> Result<Option<Look>, SendError> {
        match self {
            Self::Smtp(sender) => sender.look().await.map(Some),
            Self::LetterBox(_) => Ok(None),
        }
    }

    /// Everything but handing over: the letter as a message, and a connection to the server, for which others may have to be waited for. Whoever
    /// must not send any more asks after this, not before.
    ///
    /// # Errors
    ///
    /// Temporary where a later attempt may succeed, permanent where this letter will never be taken.
    pub async fn prepare(&self, mail: &OutgoingMail) -> Result<Prepared<'_>, SendError> {
        self.addressed(compose::compose(mail)?, mail).await
    }

    /// The same for a letter whose whole inside ([`inside`]) is an encrypted message. What stands around it says nothing of what is in it.
    ///
    /// # Errors
    ///
    /// As for [`Transport::prepare`].
    pub async fn prepare_encrypted(&self, mail: &OutgoingMail, message: &str) -> Result<Prepared<'_>, SendError> {
        self.addressed(encrypted::outside(mail, message)?, mail).await
    }

    async fn addressed(&self, message: lettre::Message, mail: &OutgoingMail) -> Result<Prepared<'_>, SendError> {
        let to = match self {
            Self::Smtp(sender) => To::Server(Box::new(sender.line(&mail.to).await?)),
            Self::LetterBox(letter_box) => To::LetterBox(letter_box),
        };
        Ok(Prepared {
            message,
            message_id: mail.message_id.clone(),
            envelope_id: mail.envelope_id.clone(),
            to,
        })
    }
}

/// A letter that goes out when it is handed over, and not at all when this is dropped.
pub struct Prepared<'t> {
    message: lettre::Message,
    message_id: String,
    envelope_id: String,
    to: To<'t>,
}

/// Whom it is handed to.
enum To<'t> {
    Server(Box<smtp::Line<'t>>),
    LetterBox(&'t LetterBox),
}

impl Prepared<'_> {
    /// Hands it over.
    ///
    /// # Errors
    ///
    /// Temporary where a later attempt may succeed, permanent where this letter will never be taken. After a conversation that broke off
    /// at its very end the server may have the letter all the same: that counts as temporary, because twice is better than never.
    pub async fn hand_over(self) -> Result<Accepted, SendError> {
        let server_reply = match self.to {
            To::Server(line) => line.send(&self.message, &self.envelope_id).await?,
            To::LetterBox(letter_box) => letter_box.put(&self.message_id, self.message.formatted()).await?,
        };
        Ok(Accepted {
            message_id: self.message_id,
            server_reply,
        })
    }
}
