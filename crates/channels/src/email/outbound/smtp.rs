//! The conversation with a mail server: connections are kept and used again, and each step has its time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::client::TlsParameters;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use super::connecting::{Caller, encryption};
use super::dkim::Signer;
use super::domains::Domains;
use super::handing_over::Connection;
use super::smtp_fault::{Step, reply_words};
use super::{SendError, SettingsError, SmtpSettings};
use crate::email::SignIn;

/// Many servers allow a client ten connections or fewer; four carry more letters than an institution writes.
const MOST_CONNECTIONS: usize = 4;
/// A kept connection that does not answer within this time is taken for dead; a new one costs little.
const LONGEST_GREETING_AGAIN: Duration = Duration::from_secs(5);

/// What somebody finds who looks at a mail server and hands nothing over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// How one can sign in there (RFC 4954): `PLAIN`, `XOAUTH2`.
    pub signs_in_by: Vec<String>,
    /// True where it reports what became of a letter when it is asked to (RFC 3461).
    pub reports: bool,
    /// The largest message that it takes, in bytes, where it says one (RFC 1870).
    pub largest: Option<u64>,
}

/// Hands letters to one mail server.
///
/// Own connections, not lettre's pool: that one puts a connection back even if a time limit cut its conversation short, and the next
/// letter would then read the answer to the last one.
pub struct SmtpSender {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
    idle: Mutex<Vec<Connection>>,
    turns: Semaphore,
    domains: Domains,
    signer: Option<Signer>,
}

impl SmtpSender {
    /// Checks the settings and reads the trusted certificates of this machine.
    pub(super) fn open(settings: SmtpSettings) -> Result<Self, SettingsError> {
        settings.check()?;
        Ok(Self {
            signer: settings.dkim.as_ref().map(Signer::open).transpose()?,
            domains: Domains::new(settings.connections_per_domain.unwrap_or(MOST_CONNECTIONS)),
            tls: encryption(&settings)?,
            settings,
            idle: Mutex::new(Vec::new()),
            turns: Semaphore::new(MOST_CONNECTIONS),
        })
    }

    /// A connection that is ready for one message to this address, once it is our turn: first among the letters to its domain, so that a domain that
    /// may have few at once keeps no other waiting.
    pub(super) async fn line(&self, to: &str) -> Result<Line<'_>, SendError> {
        let of_domain = self.domains.turn(to).await?;
        let turn = self
            .turns
            .acquire()
            .await
            .map_err(|error| SendError::temporary(error.to_string()))?;
        let connection = match self.kept_connection().await {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        Ok(Line {
            sender: self,
            connection,
            _turns: (of_domain, turn),
        })
    }

    /// A connection from before that the server still answers on.
    async fn kept_connection(&self) -> Option<Connection> {
        let limit = LONGEST_GREETING_AGAIN.min(self.settings.timeout);
        loop {
            let mut connection = self.idle().pop()?;
            if let Ok(true) = tokio::time::timeout(limit, connection.smtp.test_connected()).await {
                return Some(connection);
            }
        }
    }

    async fn connect(&self) -> Result<Connection, SendError> {
        let (settings, tls) = (&self.settings, self.tls.as_ref());
        Caller { settings, tls }.connect().await
    }

    /// Connects, signs in, and says what the server offers; sends nothing.
    pub(super) async fn look(&self) -> Result<Look, SendError> {
        let mut connection = self.connect().await?;
        let look = Look {
            signs_in_by: connection.offered.ways_to_sign_in(),
            reports: connection.offered.reports(),
            largest: connection.offered.largest(),
        };
        connection.leave().await;
        Ok(look)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        // A panic while the list was locked cannot have left it half changed: it is only pushed to and popped from.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on which nobody else speaks.
pub(super) struct Line<'s> {
    sender: &'s SmtpSender,
    connection: Connection,
    _turns: (OwnedSemaphorePermit, SemaphorePermit<'s>),
}

impl Line<'_> {
    /// Hands over one message and returns the server's words.
    pub(super) async fn send(mut self, message: &Message, envelope_id: &str) -> Result<String, SendError> {
        let bytes = match &self.sender.signer {
            Some(signer) => signer.signed(message.formatted())?,
            None => message.formatted(),
        };
        let envelope = (message.envelope(), envelope_id);
        let settings = &self.sender.settings;
        // A connection that fails or takes too long is dropped, which closes it.
        let response = match self.connection.hand_over(settings, envelope, &bytes).await {
            Err(refused) if self.token_ran_out(&refused) => {
                self.connection = self.sender.connect().await?;
                self.connection.hand_over(settings, envelope, &bytes).await?
            }
            handed => handed?,
        };
        if !self.connection.smtp.has_broken() {
            self.sender.idle().push(self.connection);
        }
        Ok(reply_words(&response))
    }

    /// Whether the server wants to know anew who we are, before it has anything of the letter: then the token is of no more use. Asked once for each
    /// letter, so that a server which never believes us is not called without end.
    fn token_ran_out(&self, refused: &SendError) -> bool {
        let Some(SignIn::Token(source)) = &self.sender.settings.sign_in else {
            return false;
        };
        let ran_out = refused.step == Some(Step::SigningIn) && !refused.may_have_gone;
        if let Some(token) = self.connection.token.as_ref().filter(|_| ran_out) {
            source.forget(token);
        }
        ran_out
    }
}

impl std::fmt::Debug for SmtpSender {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SmtpSender")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
