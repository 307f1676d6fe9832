//! What the tests of outgoing mail share: a letter, a mail server on this machine, and a folder that is removed again.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use channels::email::{LetterBoxSettings, OutgoingMail, SmtpSettings, Tls, Transport};

/// A folder that is removed at the end of the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// An empty folder for one test.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("letters-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("the folder can be removed");
    }
}

/// A transport into this folder.
pub(crate) fn transport(folder: &Folder) -> Transport {
    Transport::letter_box(LetterBoxSettings {
        folder: folder.path().to_owned(),
    })
    .expect("the folder is there")
}

/// How to reach a mail server on a port of this machine, which asks nobody to sign in.
pub(crate) fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        username: None,
        roots: None,
        sign_in: None,
        connections_per_domain: None,
        dkim: None,
        timeout: Duration::from_secs(20),
    }
}

/// A letter with everything that is hard to send: accents, quotes, long lines, lines of one dot.
pub(crate) fn mail() -> OutgoingMail {
    OutgoingMail {
        to: "zoe@example.org".to_owned(),
        to_name: "Zo\u{eb} \"Z\" O\u{2019}Brien, BSc".to_owned(),
        from: "feedback@calderbrook.example".to_owned(),
        from_name: "Calderbrook University IT Services".to_owned(),
        reply_to: "feedback@calderbrook.example".to_owned(),
        subject: "We have your complaint (FC-10482) \u{2013} caf\u{e9}".to_owned(),
        text: format!(
            "Hello Zo\u{eb}.\n\n.\n..\nFrom here on = fine\n\n{}\n",
            "word ".repeat(300)
        ),
        html: format!(
            "<!doctype html>\n<p>Hello Zo\u{eb}.</p>\n<p>{}</p>\n",
            "word ".repeat(300)
        ),
        message_id: "<fc-10482.3.mzxw6ytbojtg633c@calderbrook.example>".to_owned(),
        in_reply_to: None,
        references: Vec::new(),
        return_path: String::new(),
        envelope_id: String::new(),
        mark: String::new(),
        auto_submitted: false,
        sent_at: "2026-10-12T08:05:00Z".parse().expect("an instant"),
    }
}
