//! The conversation with a mail server: connections are kept and used again, and each step has its time.

use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use super::dkim::Signer;
use super::domains::Domains;
use super::handing_over::{Connection, reports};
use super::smtp_fault::{Step, fault, out_of_reach, reply_words, too_slow};
use super::{SendError, SettingsError, SmtpSettings, Tls};

/// Many servers allow a client ten connections or fewer; four carry more letters than an institution writes.
const MOST_CONNECTIONS: usize = 4;
/// A kept connection that does not answer within this time is taken for dead; a new one costs little.
const LONGEST_GREETING_AGAIN: Duration = Duration::from_secs(5);

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
        let tls = match settings.tls {
            Tls::None => None,
            Tls::StartTls | Tls::Implicit => Some(TlsParameters::new(settings.host.clone()).map_err(|error| {
                SettingsError(format!(
                    "An encrypted connection to {} cannot be prepared: {error}",
                    settings.host
                ))
            })?),
        };
        Ok(Self {
            signer: settings.dkim.as_ref().map(Signer::open).transpose()?,
            domains: Domains::new(settings.connections_per_domain.unwrap_or(MOST_CONNECTIONS)),
            settings,
            tls,
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
        let settings = &self.settings;
        let us = ClientId::default();
        let mut connection = match &self.tls {
            Some(tls) if settings.tls == Tls::Implicit => {
                let limit = Some(settings.timeout);
                let connecting =
                    AsyncSmtpConnection::connect_tokio1(self.server(), limit, &us, Some(tls.clone()), None);
                self.in_time(Step::Connecting, connecting).await?
            }
            _ => {
                let stream = Box::new(self.reach().await?);
                let greeted = AsyncSmtpConnection::connect_with_transport(stream, &us);
                self.in_time(Step::Connecting, greeted).await?
            }
        };
        if let (Tls::StartTls, Some(tls)) = (settings.tls, &self.tls) {
            self.secure(&mut connection, tls, &us).await?;
        }
        let reports = self.in_time(Step::Connecting, reports(&mut connection, &us)).await?;
        if let (Some(username), Some(password)) = (&settings.username, &settings.password) {
            let credentials = Credentials::new(username.clone(), password.clone());
            self.in_time(Step::SigningIn, connection.auth(DEFAULT_MECHANISMS, &credentials))
                .await?;
        }
        Ok(Connection {
            smtp: connection,
            reports,
        })
    }

    /// A connection that sends at once what is written. A letter and the line that ends it are written one after the other: without this,
    /// the line waits until the server has confirmed the letter, which many put off for 40 milliseconds.
    async fn reach(&self) -> Result<TcpStream, SendError> {
        let limit = self.settings.timeout;
        let reached = tokio::time::timeout(limit, TcpStream::connect(self.server()))
            .await
            .map_err(|_| too_slow(Step::Connecting, &self.settings))?;
        let at_once = reached.and_then(|stream| stream.set_nodelay(true).map(|()| stream));
        at_once.map_err(|error| out_of_reach(&self.settings, &error))
    }

    fn server(&self) -> (&str, u16) {
        (&self.settings.host, self.settings.port)
    }

    async fn secure(
        &self,
        connection: &mut AsyncSmtpConnection,
        tls: &TlsParameters,
        us: &ClientId,
    ) -> Result<(), SendError> {
        if !connection.can_starttls() {
            let host = &self.settings.host;
            return Err(SendError::temporary(format!(
                "{host} offers no encryption (STARTTLS), so nothing was sent to it."
            )));
        }
        self.in_time(Step::Securing, connection.starttls(tls.clone(), us)).await
    }

    async fn in_time<T>(
        &self,
        step: Step,
        work: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, SendError> {
        match tokio::time::timeout(self.settings.timeout, work).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(fault(step, &self.settings, &error)),
            Err(_) => Err(too_slow(step, &self.settings)),
        }
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
        // A connection that fails or takes too long is dropped here, which closes it.
        let response = self
            .connection
            .hand_over(&self.sender.settings, envelope, &bytes)
            .await?;
        if !self.connection.smtp.has_broken() {
            self.sender.idle().push(self.connection);
        }
        Ok(reply_words(&response))
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
