//! From the name of a mail server to a connection on which it takes letters: reaching it, encrypting, hearing what it offers, signing in.

use std::future::Future;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;

use super::handing_over::Connection;
use super::offered::Offered;
use super::smtp_fault::{Step, fault, out_of_reach, too_slow};
use super::{SendError, SettingsError, SmtpSettings, Tls};
use crate::email::SignIn;
use crate::email::oauth::{Mechanism, TokenSource, sasl};

/// How one server is called.
pub(super) struct Caller<'s> {
    /// Where it is.
    pub(super) settings: &'s SmtpSettings,
    /// How the line to it is encrypted, where it is.
    pub(super) tls: Option<&'s TlsParameters>,
}

/// What a connection to this server is encrypted with, and whom we trust.
pub(super) fn encryption(settings: &SmtpSettings) -> Result<Option<TlsParameters>, SettingsError> {
    if settings.tls == Tls::None {
        return Ok(None);
    }
    let unprepared = |error: Error| {
        SettingsError(format!(
            "An encrypted connection to {} cannot be prepared: {error}",
            settings.host
        ))
    };
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(roots) = &settings.roots {
        builder = builder.add_root_certificate(Certificate::from_pem(roots.as_bytes()).map_err(unprepared)?);
    }
    builder.build().map(Some).map_err(unprepared)
}

impl Caller<'_> {
    /// A connection on which letters can be handed over. A token that the server refuses may have run out before its time, or been taken back: a new one
    /// is asked for once, and shown on a new connection, since servers hang up on whoever they do not know.
    pub(super) async fn connect(&self) -> Result<Connection, SendError> {
        match (self.once().await, &self.settings.sign_in) {
            (Err(refused), Some(SignIn::Token(_))) if refused.step == Some(Step::SigningIn) => self.once().await,
            (tried, _) => tried,
        }
    }

    async fn once(&self) -> Result<Connection, SendError> {
        let us = ClientId::default();
        let mut smtp = self.greeted(&us).await?;
        if self.settings.tls == Tls::StartTls {
            self.secure(&mut smtp, &us).await?;
        }
        let offered = self.in_time(Step::Connecting, Offered::ask(&mut smtp, &us)).await?;
        let token = self.sign_in(&mut smtp, &offered).await?;
        Ok(Connection { smtp, offered, token })
    }

    async fn greeted(&self, us: &ClientId) -> Result<AsyncSmtpConnection, SendError> {
        let settings = self.settings;
        match self.tls {
            Some(tls) if settings.tls == Tls::Implicit => {
                let limit = Some(settings.timeout);
                let connecting = AsyncSmtpConnection::connect_tokio1(self.server(), limit, us, Some(tls.clone()), None);
                self.in_time(Step::Connecting, connecting).await
            }
            _ => {
                let stream = Box::new(self.reach().await?);
                let greeted = AsyncSmtpConnection::connect_with_transport(stream, us);
                self.in_time(Step::Connecting, greeted).await
            }
        }
    }

    /// A connection that sends at once what is written. A letter and the line that ends it are written one after the other: without this,
    /// the line waits until the server has confirmed the letter, which many put off for 40 milliseconds.
    async fn reach(&self) -> Result<TcpStream, SendError> {
        let limit = self.settings.timeout;
        let reached = tokio::time::timeout(limit, TcpStream::connect(self.server()))
            .await
            .map_err(|_| too_slow(Step::Connecting, self.settings))?;
        let at_once = reached.and_then(|stream| stream.set_nodelay(true).map(|()| stream));
        at_once.map_err(|error| out_of_reach(self.settings, &error))
    }

    fn server(&self) -> (&str, u16) {
        (&self.settings.host, self.settings.port)
    }

    async fn secure(&self, smtp: &mut AsyncSmtpConnection, us: &ClientId) -> Result<(), SendError> {
        match self.tls {
            Some(tls) if smtp.can_starttls() => self.in_time(Step::Securing, smtp.starttls(tls.clone(), us)).await,
            _ => {
                let host = &self.settings.host;
                let words = format!("{host} offers no encryption (STARTTLS), so nothing was sent to it.");
                Err(SendError::temporary(words).during(Step::Securing))
            }
        }
    }

    /// Signs in, if that is wanted; answers the token that was shown.
    async fn sign_in(&self, smtp: &mut AsyncSmtpConnection, offered: &Offered) -> Result<Option<String>, SendError> {
        let settings = self.settings;
        match (&settings.username, &settings.sign_in) {
            (Some(user), Some(SignIn::Password(password))) => {
                let credentials = Credentials::new(user.clone(), password.clone());
                let signing_in = smtp.auth(DEFAULT_MECHANISMS, &credentials);
                self.in_time(Step::SigningIn, signing_in).await.map(|_| None)
            }
            (Some(user), Some(SignIn::Token(source))) => self.show_token(smtp, offered, (user, source)).await.map(Some),
            _ => Ok(None),
        }
    }

    async fn show_token(
        &self,
        smtp: &mut AsyncSmtpConnection,
        offered: &Offered,
        (user, source): (&str, &TokenSource),
    ) -> Result<String, SendError> {
        let takes = |how: &Mechanism| offered.signs_in_by(how.name());
        let Some(how) = [Mechanism::OauthBearer, Mechanism::Xoauth2].into_iter().find(takes) else {
            let SmtpSettings { host, port, .. } = self.settings;
            let words = format!("{host}:{port} takes no tokens (OAUTHBEARER, XOAUTH2) to sign in with.");
            return Err(SendError::temporary(words).during(Step::Token));
        };
        let token = source.token().await.map_err(|none| {
            let SmtpSettings { host, port, .. } = self.settings;
            SendError::temporary(format!("We cannot sign in at {host}:{port}: {none}.")).during(Step::Token)
        })?;
        let said = sasl(how, user, &token);
        let shown = self.in_time(Step::SigningIn, authenticate(smtp, how, &said)).await;
        if let Err(refused) = &shown
            && refused.step == Some(Step::SigningIn)
        {
            source.forget(&token);
        }
        shown.map(|()| token)
    }

    async fn in_time<T>(&self, step: Step, work: impl Future<Output = Result<T, Error>>) -> Result<T, SendError> {
        match tokio::time::timeout(self.settings.timeout, work).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(fault(step, self.settings, &error)),
            Err(_) => Err(too_slow(step, self.settings)),
        }
    }
}

/// One exchange of SASL (RFC 4954, 4). A server that refuses may first say why, as a question: an empty line goes on to its refusal (RFC 7628, 3.2.3).
/// Not lettre's own, which knows only the older form and takes that question for a fault of ours.
async fn authenticate(smtp: &mut AsyncSmtpConnection, how: Mechanism, said: &str) -> Result<(), Error> {
    let (name, said) = (how.name(), STANDARD.encode(said));
    let mut answer = smtp.command(format!("AUTH {name} {said}\r\n")).await?;
    while answer.has_code(334) {
        answer = smtp.command("\r\n").await?;
    }
    Ok(())
}
