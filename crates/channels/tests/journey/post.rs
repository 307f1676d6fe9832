//! A post room whose letters go to a real mail server, in an office with a stopped clock.

use std::path::PathBuf;
use std::sync::Arc;

use casework::jobs::post_limits::AutomaticLimits;
use channels::email::Transport;
use channels::pace::Pace;
use channels::post_room::{PostRoom, Sender};
use documents::letter::Wording;
use rules::case::Reference;
use rules::intake::RawFeedback;
use testkit::office::OpenOffice;
use testkit::story::TUESDAY;
use testkit::words;

use crate::mail_server::{MailServer, Received};
use crate::support::settings;

/// An office, its post room, and the folder in which its mail server keeps what it took.
pub(crate) struct Post {
    /// The office, at Tuesday 9 June 2026, 9:15am.
    pub(crate) office: OpenOffice,
    /// Its post room.
    pub(crate) room: PostRoom,
    folder: Folder,
}

/// A folder that is removed at the end of the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("the folder can be removed");
    }
}

impl Post {
    /// Opens an office whose letters go to the server that runs, and a server for it.
    pub(crate) async fn open(name: &str) -> (Post, MailServer) {
        let path = std::env::temp_dir().join(format!("journey-{}-{name}", std::process::id()));
        let folder = Folder(path);
        let letters = folder.0.join("letters");
        std::fs::create_dir_all(&letters).unwrap();
        let server = MailServer::start(&letters);
        let office = OpenOffice::worded(Arc::new(Wording::built_in().unwrap()), TUESDAY).await;
        let room = room(&office, server.port);
        (Post { office, room, folder }, server)
    }

    /// The server comes back on the same port, with the letters that it had.
    pub(crate) fn server_on(&self, port: u16) -> MailServer {
        MailServer::start_on(&self.folder.0.join("letters"), port)
    }

    /// The usual complaint by the public form, with this address.
    pub(crate) async fn complain(&self, email: &str) -> Reference {
        let form = RawFeedback {
            email: email.to_owned(),
            ..words::form()
        };
        self.office.public().complain(&form, email).await.unwrap().reference
    }

    /// Sends what waits; answers the letters that the server took in this round.
    pub(crate) async fn goes_out(&self, server: &MailServer) -> Vec<Received> {
        let before = server.received().len();
        while self.room.round().await.unwrap() > 0 {}
        server.received().split_off(before)
    }
}

/// A post room of this office for a server on a port of this machine.
pub(crate) fn room(office: &OpenOffice, port: u16) -> PostRoom {
    PostRoom {
        office: office.office.clone(),
        wording: Arc::new(Wording::built_in().unwrap()),
        transport: Transport::smtp(&settings(port)).unwrap(),
        sender: Sender::plain("it-feedback@calderbrook.example", "Calderbrook University IT Services"),
        limits: AutomaticLimits::default(),
        pace: Pace::default(),
        chance: || 0.5,
    }
}
