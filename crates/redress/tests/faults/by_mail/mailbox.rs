//! Somebody with a mailbox: writes to the world through Postfix, and reads what Dovecot has for them.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;

use rules::mail::Message;

use super::place::{Servers, until};

/// Somebody with a mailbox.
pub(crate) struct Mailbox {
    address: String,
    world: u16,
    folder: PathBuf,
    /// What they have read.
    read: BTreeSet<String>,
}

/// A letter that arrived.
pub(crate) struct Letter {
    /// As it came.
    pub(crate) raw: String,
    /// What it says.
    pub(crate) says: Message,
}

impl Letter {
    /// The first field of this name, unfolded.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let head = self.raw.split("\n\n").next()?.replace("\n ", " ").replace("\n\t", " ");
        head.lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_owned())
    }
}

impl Mailbox {
    /// The mailbox of this address; what lies in it from before has been read.
    pub(crate) fn of(servers: &Servers, address: &str) -> Mailbox {
        let mut mailbox = Mailbox {
            address: address.to_owned(),
            world: servers.world,
            folder: servers.mailboxes.join(address),
            read: BTreeSet::new(),
        };
        while mailbox.next().is_some() {}
        mailbox
    }

    /// Sends a message, its head without From and To.
    pub(crate) fn writes(&self, to: &[&str], message: &str) {
        let text = format!("From: Ada Obi <{}>\nTo: {}\n{message}", self.address, to.join(", "));
        submit(self.world, (&self.address, to), &text);
    }

    /// The next letter that comes.
    pub(crate) fn letter(&mut self, what: &str) -> Letter {
        until(&format!("{what} for {}", self.address), || self.next())
    }

    fn next(&mut self) -> Option<Letter> {
        let files = ["new", "cur"].into_iter();
        let files = files
            .filter_map(|part| fs::read_dir(self.folder.join(part)).ok())
            .flatten();
        let mut names: Vec<(String, PathBuf)> = files
            .map(|file| file.unwrap().path())
            // Its flags come after the colon.
            .map(|path| (path.file_name().unwrap().to_string_lossy().split(':').next().unwrap().to_owned(), path))
            .filter(|(name, _)| !self.read.contains(name))
            .collect();
        names.sort();
        let (name, path) = names.into_iter().next()?;
        // Dovecot moves a letter from one folder to the other: then it is there the next time.
        let bytes = fs::read(path).ok()?;
        self.read.insert(name);
        let says = mail::read(&*bytes, &mail::Settings::default()).unwrap().message;
        Some(Letter {
            raw: String::from_utf8_lossy(&bytes).replace("\r\n", "\n"),
            says,
        })
    }
}

/// Gives Postfix a message from the world, and hears that it took it.
pub(crate) fn submit(port: u16, (sender, recipients): (&str, &[&str]), message: &str) {
    let mut write = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let mut read = BufReader::new(write.try_clone().unwrap());
    let mut said = vec!["EHLO world.example".to_owned(), format!("MAIL FROM:<{sender}>")];
    said.extend(recipients.iter().map(|recipient| format!("RCPT TO:<{recipient}>")));
    let message = message.replace('\n', "\r\n").replace("\r\n.", "\r\n..");
    said.extend(["DATA".to_owned(), format!("{message}\r\n."), "QUIT".to_owned()]);
    let mut said = said.into_iter();
    loop {
        let mut line = String::new();
        if read.read_line(&mut line).unwrap() == 0 {
            return;
        }
        assert!(line.starts_with(['2', '3']), "{line}");
        if line.as_bytes().get(3) == Some(&b' ')
            && let Some(next) = said.next()
        {
            write.write_all(format!("{next}\r\n").as_bytes()).unwrap();
        }
    }
}
