//! A trial of mail at work: looks at every way in and out, sends messages to ourselves, and waits until they came back.

mod dns;
mod round_trip;
mod ways_in;
mod ways_out;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use casework::Office;
use casework::mail::trial;
use rules::mail::{Check, Trial};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::watch::Receiver;
use tracing::warn;

use crate::email::inbound::imap::MailboxSettings;
use crate::email::inbound::lmtp::Listen;
use crate::email::oauth::TokenSource;
use crate::email::{SmtpSettings, Transport};

/// How often the office is asked whether somebody wants a trial. Who presses the button reads of its beginning on the next look.
const LOOK: Duration = Duration::from_secs(2);

/// What is tried: all that the configuration says of mail, as far as it can be used.
pub struct Parts {
    /// The mailboxes that are read: what each is called, and its settings or why there are none.
    pub mailboxes: Vec<(String, Result<MailboxSettings, String>)>,
    /// The door for mail servers, if there is one.
    pub door: Option<Listen>,
    /// How letters leave.
    pub sending: Sending,
    /// To whom messages are sent: each address of ours once, with what it is for.
    pub addresses: Vec<Own>,
    /// By whom, and where reports go.
    pub sender: Sender,
    /// Under which name the DNS holds the key by which our letters are signed here: selector and domain.
    pub signed_as: Option<(String, String)>,
    /// How long messages may take to come back.
    pub wait: Duration,
}

/// How letters leave.
pub enum Sending {
    /// Through a mail server.
    Server(Box<Server>),
    /// Into a folder: nothing leaves.
    Folder(PathBuf),
    /// Not at all: the settings cannot be used.
    Nowhere(String),
}

/// A mail server that takes letters.
pub struct Server {
    /// Its settings.
    pub settings: SmtpSettings,
    /// The way to it.
    pub transport: Transport,
}

/// An address of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The address.
    pub address: String,
    /// What it is for: "people write to it".
    pub for_what: String,
    /// Whether what comes for it is taken in here, by the configuration.
    pub expected: Expected,
}

/// Whether a message to an address should come in here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// It is one of the addresses to which people write.
    Here,
    /// It is not: what is sent to it goes to somebody else.
    Elsewhere,
}

/// By whom messages of a trial are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The address.
    pub address: String,
    /// The name beside it.
    pub name: String,
    /// Where reports about letters go.
    pub reports_to: String,
}

/// Looks at everything, and says what it finds as it finds it. Without an office, because it cannot be opened, no message is sent: nobody would know it
/// when it comes back.
pub async fn run(parts: &Parts, office: Option<&Arc<Office>>, say: &UnboundedSender<Check>) {
    let tell = |check: Check| {
        if say.send(check).is_err() {
            warn!("nobody hears what a trial of mail finds");
        }
    };
    for (name, settings) in &parts.mailboxes {
        ways_in::mailbox(name, settings).await.into_iter().for_each(tell);
    }
    if let Some(listen) = &parts.door {
        tell(ways_in::door(listen).await);
    }
    if parts.mailboxes.is_empty() && parts.door.is_none() {
        tell(ways_in::none());
    }
    let (found, takes_letters) = ways_out::look(&parts.sending).await;
    found.into_iter().for_each(tell);
    if let Sending::Server(server) = &parts.sending {
        dns::look(parts, server).await.into_iter().for_each(tell);
        if let (true, Some(office)) = (takes_letters, office) {
            round_trip::run((parts, &server.transport), office, &tell).await;
        }
    }
}

/// Runs the trials that people ask for, until the office closes.
pub async fn attend(parts: Parts, office: Arc<Office>, mut closing: Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = closing.wait_for(|closing| *closing) => return,
        }
        match trial::take_up(&office).await {
            Ok(None) => {}
            Ok(Some(asked)) => tokio::select! {
                () = on_record(&parts, &office, asked) => {}
                _ = closing.wait_for(|closing| *closing) => return,
            },
            Err(fault) => {
                warn!(%fault, "it could not be read whether somebody asks for a trial of mail; the next look tries again")
            }
        }
    }
}

/// Runs one and notes each finding, so that a page shows how far it has come.
async fn on_record(parts: &Parts, office: &Arc<Office>, mut trial: Trial) {
    let (say, mut said) = unbounded_channel();
    let running = async {
        run(parts, Some(office), &say).await;
        drop(say);
    };
    let noting = async {
        while let Some(check) = said.recv().await {
            trial.checks.push(check);
            noted(office, &trial).await;
        }
        trial.ended_at = Some(office.now());
        noted(office, &trial).await;
    };
    tokio::join!(running, noting);
}

async fn noted(office: &Office, trial: &Trial) {
    if let Err(fault) = trial::note(office, trial).await {
        warn!(%fault, "what a trial of mail found could not be noted");
    }
}

/// Whether tokens are given.
async fn tokens(about: &str, source: &TokenSource) -> Check {
    match source.token().await {
        Ok(_) => Check::well(about, "The token endpoint gives tokens."),
        Err(none) => Check::fault(
            about,
            format!("There is {none}."),
            match none.may_pass {
                true => {
                    "Look whether the address in endpoint is right and can be reached from this machine; if it is, try again later."
                }
                false => {
                    "Compare client_id, client_secret_file, scope and refresh_token_file with what stands at Microsoft or Google: a secret may have run out."
                }
            },
        ),
    }
}
