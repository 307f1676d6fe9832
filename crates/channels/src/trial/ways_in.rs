//! Whether mail can come in: each mailbox is opened and nothing in it is changed, and the door for mail servers is knocked at.

use rules::mail::Check;
use tokio::net::{TcpStream, UnixStream};

use super::tokens;
use crate::email::inbound::imap::{self, ImapFault, MailboxSettings};
use crate::email::inbound::lmtp::Listen;
use crate::email::{SignIn, Tls};

/// What is found of a mailbox.
pub(super) async fn mailbox(name: &str, settings: &Result<MailboxSettings, String>) -> Vec<Check> {
    let about = format!("Mailbox {name}");
    let settings = match settings {
        Ok(settings) => settings,
        Err(why) => {
            let todo = "Correct it under [[mail.mailbox]]; the program must be started again afterwards.";
            return vec![Check::fault(
                &about,
                format!("Its settings cannot be used: {why}."),
                todo,
            )];
        }
    };
    let mut found = Vec::new();
    if let SignIn::Token(source) = &settings.sign_in {
        found.push(tokens(&format!("Tokens for mailbox {name}"), source).await);
    }
    found.push(match imap::look(settings).await {
        Ok(look) => Check::well(&about, well(settings, &look)),
        Err(fault) => Check::fault(&about, said(settings, &fault), todo(settings, &fault)),
    });
    found
}

fn well(settings: &MailboxSettings, look: &imap::Look) -> String {
    let line = match settings.tls {
        Tls::None => "in the clear, on this machine",
        Tls::StartTls | Tls::Implicit => "encrypted",
    };
    let tells = match look.tells {
        true => "The server tells when a message comes (IDLE)",
        false => "The server does not tell when a message comes, so it is asked every minute",
    };
    let messages = match look.messages {
        1 => "1 message".to_owned(),
        many => format!("{many} messages"),
    };
    format!(
        "{}:{} answers {line}, {} is signed in, and {} holds {messages}. {tells}.",
        settings.host, settings.port, settings.username, settings.folder
    )
}

fn said(settings: &MailboxSettings, fault: &ImapFault) -> String {
    let MailboxSettings {
        host, port, username, ..
    } = settings;
    match fault {
        ImapFault::Unreached(_) => format!("Nobody answers at {host}, port {port}: {fault}."),
        ImapFault::SignIn(_) => format!("{host} does not let {username} in: {fault}."),
        _ => format!("{host}, port {port}: {fault}."),
    }
}

fn todo(settings: &MailboxSettings, fault: &ImapFault) -> String {
    match fault {
        ImapFault::Unreached(_) => "Compare host and port under [[mail.mailbox]]; usual are 993 with TLS and 143 with STARTTLS. A firewall may stand between.".to_owned(),
        ImapFault::Untrusted(words) => encryption(words, "[[mail.mailbox]]"),
        ImapFault::SignIn(_) => match settings.sign_in {
            SignIn::Password(_) => "Compare username and password_file. Microsoft 365 and Google take no passwords: use [mail.mailbox.oauth].",
            SignIn::Token(_) => "Let the application into this mailbox (at Microsoft: Add-MailboxPermission), and compare username and scope.",
        }
        .to_owned(),
        ImapFault::NoFolder(_) => format!("Make the folder {} on the server, or name another under folder.", settings.folder),
        _ => "Is it an IMAP server that answers there? security says how it is spoken to: \"tls\" on 993, \"start_tls\" on 143.".to_owned(),
    }
}

/// What to do where a connection cannot be encrypted; `section` is that of the configuration.
pub(super) fn encryption(words: &str, section: &str) -> String {
    let lower = words.to_lowercase();
    if lower.contains("starttls") {
        return format!(
            "Choose another port under {section}: one on which the server offers STARTTLS, or security = \"tls\" and its port for that."
        );
    }
    if lower.contains("not valid for name") {
        return format!("Write the name into host under {section} that stands on the certificate.");
    }
    if lower.contains("unknownissuer") || lower.contains("unknown issuer") {
        return format!(
            "Nobody on this machine vouches for the certificate: name the file of your own authority under roots in {section}, or have the server send its whole chain."
        );
    }
    if lower.contains("expired") {
        return "The certificate of the server has run out, or the clock of this machine is wrong.".to_owned();
    }
    format!(
        "security under {section} says how the server is spoken to: \"tls\" from the first byte (993, 465), \"start_tls\" on 143 and 587."
    )
}

/// Whether somebody listens at the door.
pub(super) async fn door(listen: &Listen) -> Check {
    const ABOUT: &str = "Door for mail servers";
    let knocked = match listen {
        Listen::Port(address) => TcpStream::connect(address).await.map(drop),
        Listen::Socket(path) => UnixStream::connect(path).await.map(drop),
    };
    match knocked {
        Ok(()) => Check::well(
            ABOUT,
            format!("Mail servers may hand messages over at {listen} (LMTP)."),
        ),
        Err(error) => Check::fault(
            ABOUT,
            format!("Nobody listens at {listen}: {error}."),
            "Start `redress serve`: it opens this door. Until it does, mail servers keep what they have.",
        ),
    }
}

/// Nothing comes in at all.
pub(super) fn none() -> Check {
    Check::hint(
        "Incoming mail",
        "No mail comes in: the configuration names no mailbox and no door.",
        "Describe one under [mail], if people are to complain by e-mail.",
    )
}
