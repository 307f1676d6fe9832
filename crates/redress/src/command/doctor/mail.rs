//! Whether mail can come in: each mailbox is opened, and the door for mail servers is knocked at. Nothing is read and nothing is changed.

use channels::email::inbound::imap;
use channels::email::inbound::lmtp::Listen;
use tokio::net::{TcpStream, UnixStream};

use super::finding::Finding;
use crate::config::{Config, Mail};

/// Looks at every way in that the configuration names.
pub(super) async fn look(config: &Config) -> Vec<Finding> {
    let Some(mail) = &config.mail else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if let Some(listen) = &mail.listen {
        found.push(door(listen, knock(listen).await));
    }
    for mailbox in &mail.mailbox {
        found.push(match opened(mail, mailbox).await {
            Ok(look) => well(&mailbox.name, &look),
            Err(why) => Finding::fault(
                "mail",
                format!("The mailbox {} cannot be read: {why}.", mailbox.name),
                "Nothing is lost: messages stay there and are read when it can be opened. docs/operating/mail.md says what to do.",
            ),
        });
    }
    found
}

async fn opened(mail: &Mail, mailbox: &crate::config::Mailbox) -> Result<imap::Look, String> {
    let settings = mailbox.settings(mail.size_limit()).map_err(|error| error.to_string())?;
    imap::look(&settings).await.map_err(|fault| fault.to_string())
}

fn well(name: &str, look: &imap::Look) -> Finding {
    let tells = match look.tells {
        true => "the server tells when one comes",
        false => "the server is asked every minute, since it does not tell when one comes",
    };
    Finding::well(
        "mail",
        format!("The mailbox {name} holds {} messages; {tells}.", look.messages),
    )
}

async fn knock(listen: &Listen) -> std::io::Result<()> {
    match listen {
        Listen::Port(address) => TcpStream::connect(address).await.map(drop),
        Listen::Socket(path) => UnixStream::connect(path).await.map(drop),
    }
}

fn door(listen: &Listen, knocked: std::io::Result<()>) -> Finding {
    match knocked {
        Ok(()) => Finding::well("mail", format!("Mail servers may hand messages over at {listen}.")),
        Err(error) => Finding::warning(
            "mail",
            format!("Nobody listens at {listen}: {error}."),
            "Does the product run? Until it does, mail servers keep what they have.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[tokio::test]
    async fn a_door_at_which_nobody_listens_is_a_warning() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let listen = Listen::Port(listener.local_addr().expect("its number"));
        assert_eq!(door(&listen, knock(&listen).await).state, State::Well);
        drop(listener);
        assert_eq!(door(&listen, knock(&listen).await).state, State::Warning);
    }
}
