//! One letter on a connection that is ready, command by command: what the server is asked to report (RFC 3461), and how far it came when it broke off.

use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter, RcptParameter};
use lettre::transport::smtp::response::Response;

use super::offered::Offered;
use super::smtp_fault::{Step, fault, too_slow};
use super::{SendError, SmtpSettings};

/// A server that refuses is told that we leave, and not waited for any longer.
const LONGEST_GOODBYE: Duration = Duration::from_secs(5);

/// A connection that is ready for letters.
pub(super) struct Connection {
    /// The conversation.
    pub(super) smtp: AsyncSmtpConnection,
    /// What its server offers beside what lettre looks for.
    pub(super) offered: Offered,
    /// The token that we showed, where we signed in with one.
    pub(super) token: Option<String>,
}

impl Connection {
    /// Hands over one message. After a failure the connection is of no more use.
    pub(super) async fn hand_over(
        &mut self,
        settings: &SmtpSettings,
        (envelope, envelope_id): (&Envelope, &str),
        message: &[u8],
    ) -> Result<Response, SendError> {
        let whole = AtomicBool::new(false);
        let work = self.converse(settings, (envelope, envelope_id), (message, &whole));
        let unclear = |failure: SendError| match whole.load(Ordering::Relaxed) {
            true => failure.unclear(),
            false => failure,
        };
        match tokio::time::timeout(settings.timeout, work).await {
            Ok(handed) => handed.map_err(unclear),
            Err(_) => Err(unclear(too_slow(Step::HandingOver, settings))),
        }
    }

    /// `whole` is true from when the letter may be with the server until it says that it has it or has it not.
    async fn converse(
        &mut self,
        settings: &SmtpSettings,
        (envelope, envelope_id): (&Envelope, &str),
        (message, whole): (&[u8], &AtomicBool),
    ) -> Result<Response, SendError> {
        let parameters = self.of_letter(settings, (envelope, envelope_id), message)?;
        self.say(settings, Mail::new(envelope.from().cloned(), parameters))
            .await?;
        for reader in envelope.to() {
            self.say(settings, Rcpt::new(reader.clone(), self.of_reader())).await?;
        }
        self.say(settings, Data).await?;
        whole.store(true, Ordering::Relaxed);
        match self.smtp.message(message).await {
            Ok(answer) => Ok(answer),
            Err(error) => {
                if error.status().is_some() {
                    whole.store(false, Ordering::Relaxed);
                    self.leave().await;
                }
                Err(fault(Step::HandingOver, settings, &error))
            }
        }
    }

    async fn say(&mut self, settings: &SmtpSettings, command: impl Display) -> Result<Response, SendError> {
        match self.smtp.command(command).await {
            Ok(answer) => Ok(answer),
            Err(error) => {
                if error.status().is_some() {
                    self.leave().await;
                }
                Err(fault(Step::HandingOver, settings, &error))
            }
        }
    }

    /// Says goodbye to a server that answers. What it says to that changes nothing.
    pub(super) async fn leave(&mut self) {
        let _ = tokio::time::timeout(LONGEST_GOODBYE, self.smtp.abort()).await;
    }

    fn of_letter(
        &self,
        settings: &SmtpSettings,
        (envelope, envelope_id): (&Envelope, &str),
        message: &[u8],
    ) -> Result<Vec<MailParameter>, SendError> {
        let offers = |extension| self.smtp.server_info().supports_feature(extension);
        let lacks = |what: &str| {
            let SmtpSettings { host, port, .. } = settings;
            Err(SendError::permanent(format!(
                "{host}:{port} cannot take this letter: {what}."
            )))
        };
        let mut parameters = Vec::new();
        let mut addresses = envelope.from().into_iter().chain(envelope.to());
        if !addresses.all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
            if !offers(Extension::SmtpUtfEight) {
                return lacks("it does not take addresses with letters beyond a to z (SMTPUTF8)");
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !message.is_ascii() {
            if !offers(Extension::EightBitMime) {
                return lacks("it takes only plain text of seven bits (8BITMIME)");
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        if self.offered.reports() {
            // Of a letter that comes back the headers are enough: its words need not travel twice.
            parameters.push(other_of_letter("RET", "HDRS"));
            if !envelope_id.is_empty() {
                parameters.push(other_of_letter("ENVID", envelope_id));
            }
        }
        Ok(parameters)
    }

    fn of_reader(&self) -> Vec<RcptParameter> {
        let asked = RcptParameter::Other {
            keyword: "NOTIFY".to_owned(),
            value: Some("FAILURE,DELAY".to_owned()),
        };
        if self.offered.reports() {
            vec![asked]
        } else {
            Vec::new()
        }
    }
}

fn other_of_letter(keyword: &str, value: &str) -> MailParameter {
    MailParameter::Other {
        keyword: keyword.to_owned(),
        value: Some(value.to_owned()),
    }
}
