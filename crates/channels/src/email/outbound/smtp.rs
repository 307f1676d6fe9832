//! The conversation with a mail server: connections are kept and used again, and each step has its time.

use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::sync::Semaphore;

use super::smtp_fault::{Step, fault, reply_words, too_slow};
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
    idle: Mutex<Vec<AsyncSmtpConnection>>,
    turns: Semaphore,
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
            settings,
            tls,
            idle: Mutex::new(Vec::new()),
            turns: Semaphore::new(MOST_CONNECTIONS),
        })
    }

    /// Hands over one message and returns the server's words.
    pub(super) async fn send(&self, message: &Message) -> Result<String, SendError> {
        let _turn = self
            .turns
            .acquire()
            .await
            .map_err(|error| SendError::temporary(error.to_string()))?;
        let mut connection = match self.kept_connection().await {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let bytes = message.formatted();
        // A connection that fails or takes too long is dropped here, which closes it.
        let response = self
            .in_time(Step::HandingOver, connection.send(message.envelope(), &bytes))
            .await?;
        if !connection.has_broken() {
            self.idle().push(connection);
        }
        Ok(reply_words(&response))
    }

    /// A connection from before that the server still answers on.
    async fn kept_connection(&self) -> Option<AsyncSmtpConnection> {
        let limit = LONGEST_GREETING_AGAIN.min(self.settings.timeout);
        loop {
            let mut connection = self.idle().pop()?;
            if let Ok(true) = tokio::time::timeout(limit, connection.test_connected()).await {
                return Some(connection);
            }
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let settings = &self.settings;
        let us = ClientId::default();
        let from_start = self.tls.clone().filter(|_| settings.tls == Tls::Implicit);
        let server = (settings.host.as_str(), settings.port);
        let connecting = AsyncSmtpConnection::connect_tokio1(server, Some(settings.timeout), &us, from_start, None);
        let mut connection = self.in_time(Step::Connecting, connecting).await?;
        if let (Tls::StartTls, Some(tls)) = (settings.tls, &self.tls) {
            self.secure(&mut connection, tls, &us).await?;
        }
        if let (Some(username), Some(password)) = (&settings.username, &settings.password) {
            let credentials = Credentials::new(username.clone(), password.clone());
            self.in_time(Step::SigningIn, connection.auth(DEFAULT_MECHANISMS, &credentials))
                .await?;
        }
        Ok(connection)
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

    fn idle(&self) -> MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        // A panic while the list was locked cannot have left it half changed: it is only pushed to and popped from.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
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
