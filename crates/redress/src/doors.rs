//! The doors through which mail comes in, and the room in which it is read, as the configuration describes them: opened together, closed together.

use std::error::Error;
use std::sync::Arc;

use ::mail::Settings;
use ::mail::automatic::Own;
use casework::Office;
use channels::email::inbound::House;
use channels::email::inbound::imap::Mailbox;
use channels::email::inbound::lmtp::Lmtp;
use channels::mail_room::MailRoom;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::info;

use crate::config::Mail;

/// The doors, each a task of its own.
#[derive(Default)]
pub(crate) struct Doors(JoinSet<()>);

impl Doors {
    /// Opens them. They close when the product does.
    ///
    /// # Errors
    /// When a port is taken, or a file that a mailbox needs cannot be used.
    pub(crate) async fn open(
        mail: &Mail,
        office: &Arc<Office>,
        closing: &watch::Receiver<bool>,
    ) -> Result<Doors, Box<dyn Error>> {
        let mut doors = JoinSet::new();
        let house = House(office.clone());
        let mut mailboxes = Vec::new();
        for mailbox in &mail.mailbox {
            mailboxes.push(mailbox.settings(mail.size_limit())?);
        }
        if let Some(settings) = mail.door() {
            let listen = settings.listen.clone();
            doors.spawn(Lmtp::open(house.clone(), settings).await?.run(closing.clone()));
            info!(%listen, "mail servers may hand messages over");
        }
        for settings in mailboxes {
            let (mailbox, _) = Mailbox::new(house.clone(), settings);
            doors.spawn(mailbox.run(closing.clone()));
        }
        let room = MailRoom {
            office: office.clone(),
            settings: read_as(mail, office),
        };
        doors.spawn(room.run(closing.clone()));
        Ok(Doors(doors))
    }

    /// Waits until all are closed: what was on its way in is kept, or stays with its sender.
    ///
    /// # Errors
    /// When one of them broke.
    pub(crate) async fn closed(mut self) -> Result<(), tokio::task::JoinError> {
        while let Some(closed) = self.0.join_next().await {
            closed?;
        }
        Ok(())
    }
}

/// What is known of our mail before a message is read.
fn read_as(mail: &Mail, office: &Office) -> Settings {
    Settings {
        authserv_id: mail.authserv_id.clone(),
        own: Own {
            addresses: mail.addresses.clone(),
            mark: casework::mail::token::loop_mark(office),
            ..Own::default()
        },
        ..Settings::default()
    }
}
