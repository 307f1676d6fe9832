//! A full disk behind each door: the message stays where it is (in the mailbox, with Postfix), and comes in once when there is room.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use channels::email::inbound::lmtp::{Envelope, HandFault, Listen, hand_over};
use rules::mail::Fate;

use super::mailbox::submit;
use super::place::{Place, Servers, until};
use crate::installation::{BINARY, free_address};
use crate::machine::{Disk, Machine};

const BY_PIPE: &str = "feedback@pipe.office.example";

#[test]
fn a_full_disk_keeps_no_message_and_loses_none() {
    let mailbox = format!("full-{}@office.example", std::process::id());
    let Some(place) = Place::make("by-mail-full", (&[&mailbox], &[BY_PIPE])) else {
        return;
    };
    let door = free_address();
    place.listen_on(door.port());
    let pipe = Pipe::lay(&place.servers, door.port());
    let machine = Machine::under(&place.installation.folder);
    let server = place.start_node(&place.installation.node(), Some(&machine));
    machine.make_disk(Disk::Full);

    put(&place.servers, &mailbox, "by-imap");
    submit(
        place.servers.world,
        ("ada@office.example", &[BY_PIPE]),
        &message("by-pipe"),
    );
    let handed = hand_over(
        &Listen::Port(door),
        &envelope(BY_PIPE),
        &mut message("by-lmtp").as_bytes(),
    );
    let Err(HandFault::Later(words)) = handed else {
        panic!("{handed:?}");
    };
    assert!(words.contains("452"), "there is no room: {words}");
    until("the mailbox says that nothing can be kept", || {
        server.said().contains("stay on the server").then_some(())
    });
    until("Postfix keeps what ended with 75", || {
        let queue = pipe.postqueue("-p");
        (queue.contains(BY_PIPE) && queue.contains("temporary failure")).then_some(())
    });
    assert_eq!(place.ledger(), [], "nothing of them is here");

    machine.make_disk(Disk::Good);
    pipe.postqueue("-f");
    let mut ended = place.ended(2);
    hand_over(
        &Listen::Port(door),
        &envelope(BY_PIPE),
        &mut message("by-lmtp").as_bytes(),
    )
    .unwrap();
    ended.extend(place.ended(3).drain(2..));
    assert!(ended.iter().all(|(fate, _)| *fate == Fate::NewCase), "{ended:?}");
    until("Postfix has nothing left of it", || {
        (!pipe.postqueue("-p").contains(BY_PIPE)).then_some(())
    });
    assert_eq!(place.ledger().len(), 3, "each once");
    pipe.take_away();
    assert!(server.stop().success());
    place.remove();
}

fn message(name: &str) -> String {
    format!(
        "From: {name}@world.example\nTo: {BY_PIPE}\nSubject: {name}\nMessage-ID: <{name}@world.example>\n\nIt broke.\n"
    )
}

fn envelope(recipient: &str) -> Envelope {
    Envelope {
        sender: Some("ada@world.example".to_owned()),
        recipients: vec![recipient.to_owned()],
    }
}

/// Puts a message into a mailbox of Dovecot.
pub(super) fn put(servers: &Servers, mailbox: &str, name: &str) {
    let dovecot = Listen::Port(([127, 0, 0, 1], servers.lmtp).into());
    hand_over(&dovecot, &envelope(mailbox), &mut message(name).as_bytes()).unwrap();
}

/// The pipe command as Postfix runs it: a program and a configuration that any user can read.
struct Pipe<'s> {
    servers: &'s Servers,
    home: &'s Path,
}

impl Pipe<'_> {
    fn lay(servers: &Servers, port: u16) -> Pipe<'_> {
        let home = servers.delivered_by.parent().unwrap();
        let (program, configuration) = (home.join("redress"), home.join("deliver.toml"));
        if fs::hard_link(BINARY, &program).is_err() {
            fs::copy(BINARY, &program).unwrap();
        }
        fs::write(&configuration, format!("[mail]\nlisten = \"127.0.0.1:{port}\"\n")).unwrap();
        let script = format!(
            "#!/bin/sh\nexec {} mail deliver --config {} --sender \"$1\" --recipient \"$2\"\n",
            program.display(),
            configuration.display()
        );
        // Put there whole: Postfix may be trying already.
        let part = home.join("deliver.part");
        fs::write(&part, script).unwrap();
        fs::set_permissions(&part, fs::Permissions::from_mode(0o755)).unwrap();
        fs::rename(part, &servers.delivered_by).unwrap();
        Pipe { servers, home }
    }

    fn postqueue(&self, what: &str) -> String {
        let mut command = Command::new("/usr/sbin/postqueue");
        let ran = command
            .arg("-c")
            .arg(self.home.join("config"))
            .arg(what)
            .output()
            .unwrap();
        assert!(ran.status.success(), "{ran:?}");
        String::from_utf8_lossy(&ran.stdout).into_owned()
    }

    fn take_away(self) {
        fs::remove_file(&self.servers.delivered_by).unwrap();
        fs::remove_file(self.home.join("redress")).unwrap();
    }
}
