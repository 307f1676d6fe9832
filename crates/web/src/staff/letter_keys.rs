//! Settings: keys of line managers, so that letters to them can hold the complaint itself, encrypted (R34).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::facts::{Fact, facts};
use super::parts::form::FormState;
use super::parts::link::{Link, back_link};
use super::parts::notice::done;
use super::parts::one_file::OneFile;
use super::parts::panel::{Empty, page_head, panel};
use super::paths;
use crate::page::form::{Button, ButtonStyle, MULTIPART, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The keys, or one that is looked at before it is used. Fields: `step`, `email`, `certificate`, a file `key_file`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterKeys {
    /// What was just done.
    pub notice: Option<String>,
    /// What the page is for now.
    pub now: Now,
    /// What is typed.
    pub form: FormState,
}

/// What the page is for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// The keys that there are, and a form for another.
    All(Vec<KeyShown>),
    /// A key, to be compared with its owner before it is used.
    Compare(KeyShown),
}

/// A key, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyShown {
    /// The mailbox.
    pub email: String,
    /// Fingerprint, user ids, how long it holds.
    pub facts: Vec<Fact>,
    /// Why nothing can be encrypted to it now; empty while it is good.
    pub trouble: Option<String>,
    /// The certificate, to be sent back.
    pub certificate: String,
}

impl StaffPage for LetterKeys {
    fn title(&self) -> String {
        match self.now {
            Now::All(_) => "Keys of line managers".to_owned(),
            Now::Compare(_) => "Compare a key".to_owned(),
        }
    }

    fn nav(&self) -> Nav {
        Nav::Directory
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let summary = "To a mailbox with a key here, a complaint about a member of staff goes inside the letter, encrypted (OpenPGP). To any other goes a link.";
        maud! {
            (done(self.notice.as_deref()))
            (error_summary(&self.form.errors))
            @match &self.now {
                Now::All(keys) => {
                    (back_link(&Link::new("Directory", paths::DIRECTORY)))
                    (page_head("Keys of line managers", summary))
                    div.fc-narrow {
                        (panel("keys", "Keys", self.list(shell, keys)))
                        (panel("add", "Add a key, or replace one", self.add(shell)))
                    }
                }
                Now::Compare(key) => {
                    (back_link(&Link::new("Keys of line managers", paths::LETTER_KEYS)))
                    (page_head("Compare it with its owner", "Nothing is kept yet."))
                    div.fc-narrow { (panel("compare", &key.email, self.compare(shell, key))) }
                }
            }
        }
        .render_to(out);
    }
}

impl LetterKeys {
    fn list<'a>(&'a self, shell: &'a StaffShell, keys: &'a [KeyShown]) -> impl Renderable + 'a {
        maud! {
            @if keys.is_empty() {
                (Empty::new("No key is known. Every letter to a line manager holds a link, and the complaint opens with a code."))
            }
            @for key in keys {
                h3.govuk-heading-s { (key.email) }
                @if let Some(trouble) = &key.trouble { p.govuk-body { strong { "Letters to them hold a link: " } (trouble) } }
                (facts(&key.facts))
                form."govuk-!-margin-top-4"."govuk-!-margin-bottom-6" method="post" action=(paths::LETTER_KEYS) {
                    (shell.fields(&self.form))
                    (hidden("step", "remove"))
                    (hidden("email", &key.email))
                    (Button::new(format!("Take away the key of {}", key.email)).style(ButtonStyle::Secondary))
                }
            }
        }
    }

    fn add<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::LETTER_KEYS) enctype=(MULTIPART) novalidate {
                (shell.fields(&self.form))
                (hidden("step", "look"))
                (self.form.text("email", "Email address of the line manager"))
                (OneFile {
                    name: "key_file",
                    label: "File with their public key",
                    hint: "Text or binary, one key. Never a secret key.",
                    accept: ".asc,.gpg,.pgp,.key,.txt",
                    error: self.form.errors.on("key_file"),
                })
                (self.form.area("certificate", "Or the key as text").rows(6)
                    .hint("It begins with -----BEGIN PGP PUBLIC KEY BLOCK-----"))
                (Button::new("Look at the key"))
            }
        }
    }

    fn compare<'a>(&'a self, shell: &'a StaffShell, key: &'a KeyShown) -> impl Renderable + 'a {
        maud! {
            (facts(&key.facts))
            p.govuk-body."govuk-!-margin-top-4" {
                "Whoever has this key reads the complaints that go to " strong { (key.email) } ". Call its owner, or meet them, and compare the \
                 fingerprint. Do not do it by email: whoever sent a false key would answer."
            }
            form method="post" action=(paths::LETTER_KEYS) novalidate {
                (shell.fields(&self.form))
                (hidden("step", "use"))
                (hidden("email", &key.email))
                (hidden("certificate", &key.certificate))
                div.fc-compose__foot {
                    (Button::new("I compared it: use this key"))
                    a.govuk-link href=(paths::LETTER_KEYS) { "Cancel" }
                }
            }
        }
    }

    /// Two keys, of which one is over.
    pub fn sample() -> Self {
        let over = KeyShown {
            email: "nadia.rahman@calderbrook.example".to_owned(),
            facts: vec![
                Fact::new("Fingerprint", "00AC 7D1E 98B2 44F0 1C55 A9E3 7B60 D2F8 3E19 C4A7"),
                Fact::new("User ids", "Nadia Rahman <nadia.rahman@calderbrook.example>"),
            ],
            trouble: Some("the key that is known for this address has expired".to_owned()),
            ..KeyShown::sample()
        };
        Self {
            notice: Some("The key is used from now on.".to_owned()),
            now: Now::All(vec![KeyShown::sample(), over]),
            form: FormState::fresh("lk-1"),
        }
    }

    /// None yet.
    pub fn sample_none() -> Self {
        Self {
            notice: None,
            now: Now::All(Vec::new()),
            form: FormState::fresh("lk-2"),
        }
    }

    /// A secret key was sent.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("lk-3")
            .answered(&[("email", "grace.obi@calderbrook.example")])
            .wrong(
                "certificate",
                "This is a secret key, and nobody but its owner may have it",
            );
        Self {
            form,
            ..Self::sample_none()
        }
    }

    /// Before it is used.
    pub fn sample_compare() -> Self {
        Self {
            notice: None,
            now: Now::Compare(KeyShown::sample()),
            form: FormState::fresh("lk-4"),
        }
    }
}

impl KeyShown {
    fn sample() -> Self {
        Self {
            email: "grace.obi@calderbrook.example".to_owned(),
            facts: vec![
                Fact::new("Fingerprint", "9A2E 11C0 5B7D 0F42 6E1D 3C88 A1B2 C3D4 E5F6 0718"),
                Fact::new("User ids", "Grace Obi <grace.obi@calderbrook.example>"),
                Fact::new("Good until", "Friday 31 December 2027"),
            ],
            trouble: None,
            certificate: "-----BEGIN PGP PUBLIC KEY BLOCK-----".to_owned(),
        }
    }
}
