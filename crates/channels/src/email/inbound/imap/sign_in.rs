//! From an address to a folder that is open: connecting, encrypting, signing in, choosing the folder.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imap_proto::{Response, ResponseCode, Status};
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::fault::ImapFault;
use super::line::{Line, Stream, done, words};
use super::name::{folder, quoted};
use super::settings::MailboxSettings;
use crate::email::oauth::{Mechanism, sasl};
use crate::email::{SignIn, Tls};

/// A folder that is open.
pub(super) struct Open {
    pub(super) line: Line,
    /// What the server can do, in capitals.
    pub(super) can: Vec<String>,
    /// Which numbering of the folder holds.
    pub(super) validity: u32,
}

impl Open {
    pub(super) fn can(&self, what: &str) -> bool {
        self.can.iter().any(|can| can == what)
    }
}

/// How a folder is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// So that messages in it can be marked.
    Work,
    /// To look only.
    Look,
}

/// Connects, signs in and opens the folder.
pub(super) async fn open(settings: &MailboxSettings, mode: Mode) -> Result<Open, ImapFault> {
    let mut line = connect(settings).await?;
    let can = line.capabilities().await?;
    sign_in(&mut line, settings, &can).await?;
    // A server may be able to do more for whom it knows.
    let can = line.capabilities().await?;
    let validity = select(&mut line, &settings.folder, mode).await?;
    Ok(Open { line, can, validity })
}

async fn connect(settings: &MailboxSettings) -> Result<Line, ImapFault> {
    let host = &settings.host;
    let patience = settings.patience.answer;
    let reached = timeout(patience, TcpStream::connect((&**host, settings.port))).await;
    let tcp = reached
        .map_err(|_| ImapFault::Unreached(format!("{host} does not answer")))?
        .and_then(|tcp| tcp.set_nodelay(true).map(|()| tcp))
        .map_err(|error| ImapFault::Unreached(format!("{host} cannot be reached: {error}")))?;
    match settings.tls {
        Tls::Implicit => greeted(encrypted(Box::new(tcp), settings).await?, settings).await,
        Tls::None => greeted(Box::new(tcp), settings).await,
        Tls::StartTls => {
            let mut line = greeted(Box::new(tcp), settings).await?;
            if !line.capabilities().await?.iter().any(|can| can == "STARTTLS") {
                let why = format!("{host} offers no encryption (STARTTLS), so nobody signs in there");
                return Err(ImapFault::Untrusted(why));
            }
            line.tell("STARTTLS").await?;
            Ok(Line::new(encrypted(line.into_stream(), settings).await?, patience))
        }
    }
}

/// The first thing that a server says.
async fn greeted(stream: Box<dyn Stream>, settings: &MailboxSettings) -> Result<Line, ImapFault> {
    let mut line = Line::new(stream, settings.patience.answer);
    let said = line.next().await?;
    match said.parsed() {
        Some(Response::Data { status: Status::Ok, .. }) => Ok(line),
        Some(Response::Data { outcome, .. }) => Err(ImapFault::gone(format!("the server says: {}", words(&outcome)))),
        _ => Err(ImapFault::gone("it is no IMAP server that answers")),
    }
}

async fn encrypted(stream: Box<dyn Stream>, settings: &MailboxSettings) -> Result<Box<dyn Stream>, ImapFault> {
    let host = &settings.host;
    let name = ServerName::try_from(host.clone())
        .map_err(|_| ImapFault::Settings(format!("{host} is not the name of a server")))?;
    let connector = TlsConnector::from(Arc::clone(&settings.trust));
    let secured = timeout(settings.patience.answer, connector.connect(name, stream)).await;
    let secured = secured
        .map_err(|_| ImapFault::gone(format!("{host} does not answer")))?
        .map_err(|error| ImapFault::Untrusted(format!("the connection to {host} cannot be encrypted: {error}")))?;
    Ok(Box::new(secured))
}

async fn sign_in(line: &mut Line, settings: &MailboxSettings, can: &[String]) -> Result<(), ImapFault> {
    let user = &settings.username;
    let has = |what: &str| can.iter().any(|can| can == what);
    match &settings.sign_in {
        SignIn::Password(password) if has("AUTH=PLAIN") => {
            let said = format!("\0{user}\0{password}");
            authenticate(line, "PLAIN", said.as_bytes()).await
        }
        SignIn::Password(_) if has("LOGINDISABLED") => Err(ImapFault::SignIn(
            "the server takes no password on this connection".to_owned(),
        )),
        SignIn::Password(password) if password.contains(|c: char| c.is_control() || !c.is_ascii()) => Err(
            ImapFault::SignIn("the server takes only passwords of plain letters and digits".to_owned()),
        ),
        SignIn::Password(password) => {
            let login = format!("LOGIN {} {}", quoted(user), quoted(password));
            line.tell(&login).await.map_err(refused_in)
        }
        SignIn::Token(source) => {
            let how = match has("AUTH=OAUTHBEARER") {
                true => Mechanism::OauthBearer,
                false => Mechanism::Xoauth2,
            };
            for last in [false, true] {
                let token = source
                    .token()
                    .await
                    .map_err(|error| ImapFault::SignIn(error.to_string()))?;
                let said = sasl(how, user, &token);
                match authenticate(line, how.name(), said.as_bytes()).await {
                    // It may have run out before its time: a new one is asked for, once.
                    Err(ImapFault::SignIn(_)) if !last => source.forget(&token),
                    signed_in => return signed_in,
                }
            }
            Ok(())
        }
    }
}

/// One exchange of SASL (RFC 3501, 6.2.2). Whatever the server asks after the first answer is why it does not let us in; an empty line goes on to its refusal.
async fn authenticate(line: &mut Line, how: &str, said: &[u8]) -> Result<(), ImapFault> {
    let id = line.begin(&format!("AUTHENTICATE {how}")).await?;
    let mut answer = Some(STANDARD.encode(said));
    loop {
        let next = line.next().await?;
        let parsed = next.parsed();
        if let Some(done) = parsed.as_ref().and_then(|said| done(&id, said)) {
            return done.map_err(refused_in);
        }
        let goes_on = matches!(parsed, Some(Response::Continue(_)));
        if goes_on {
            line.add(&answer.take().unwrap_or_default()).await?;
        }
    }
}

fn refused_in(fault: ImapFault) -> ImapFault {
    match fault {
        ImapFault::Refused(words) => ImapFault::SignIn(words),
        other => other,
    }
}

async fn select(line: &mut Line, name: &str, mode: Mode) -> Result<u32, ImapFault> {
    let verb = match mode {
        Mode::Work => "SELECT",
        Mode::Look => "EXAMINE",
    };
    let mut validity = None;
    let command = format!("{verb} {}", folder(name));
    let selected = line.ask(&command, |said| {
        if let Response::Data { outcome, .. } = said
            && let Some(ResponseCode::UidValidity(said)) = outcome.code
        {
            validity = Some(said);
        }
    });
    selected.await.map_err(|fault| match fault {
        ImapFault::Refused(words) => ImapFault::NoFolder(format!("the folder \"{name}\" cannot be opened: {words}")),
        other => other,
    })?;
    validity.ok_or_else(|| ImapFault::Settings("the server gives messages no lasting numbers (UIDVALIDITY)".to_owned()))
}
