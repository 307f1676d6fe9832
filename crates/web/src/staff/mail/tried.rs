//! "Try it" among the settings of mail: what the latest trial found, as far as it has come, and the button that asks for another.

use hypertext::prelude::*;
use rules::mail::{Check, Found};

use super::super::parts::form::FormState;
use super::super::parts::tag::{Tag, Tone};
use super::super::paths;
use crate::page::form::{Button, ButtonStyle};
use crate::page::staff_shell::StaffShell;

/// How the latest trial stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// There was none.
    Never,
    /// Somebody asked for one, and it has not come to its end.
    UnderWay {
        /// "today, 9:41am"
        since: String,
        /// What was found so far.
        checks: Vec<Check>,
    },
    /// It came to its end.
    Done {
        /// "today, 9:41am"
        when: String,
        /// Who asked for it.
        by: String,
        /// What was found.
        checks: Vec<Check>,
    },
    /// Whoever ran it is gone.
    BrokeOff {
        /// "today, 9:41am"
        since: String,
    },
}

impl Tried {
    /// The part of the page.
    pub(super) fn shown<'a>(&'a self, shell: &'a StaffShell, form: &'a FormState) -> impl Renderable + 'a {
        maud! {
            p.govuk-body {
                "Redress connects to each mailbox and to the mail server, signs in, sends a message to each of our own addresses and waits "
                "for up to a minute until it came back. No case begins, and nobody else is written to."
            }
            (self.words())
            (list(self.checks()))
            @match self {
                Self::UnderWay { .. } => {
                    p.govuk-body { a.govuk-link href=(paths::MAIL_STANDING) { "Look again how far it has come" } }
                }
                _ => {
                    form."govuk-!-margin-top-4" method="post" action=(paths::MAIL_STANDING) {
                        (shell.fields(form))
                        (Button::new(if *self == Self::Never { "Try it now" } else { "Try it again" }).style(ButtonStyle::Secondary))
                    }
                }
            }
        }
    }

    fn checks(&self) -> &[Check] {
        match self {
            Self::UnderWay { checks, .. } | Self::Done { checks, .. } => checks,
            Self::Never | Self::BrokeOff { .. } => &[],
        }
    }

    fn words(&self) -> impl Renderable {
        let words = match self {
            Self::Never => None,
            Self::UnderWay { since, .. } => Some(format!("It is being tried now. It began {since}.")),
            Self::Done { when, by, checks } => {
                let count = |found| checks.iter().filter(|check| check.found == found).count();
                let found = match (count(Found::Fault), count(Found::Hint)) {
                    (0, 0) => "Mail works.".to_owned(),
                    (0, 1) => "Nothing is broken, and there is 1 thing to know.".to_owned(),
                    (0, many) => format!("Nothing is broken, and there are {many} things to know."),
                    (1, _) => "1 thing does not work.".to_owned(),
                    (many, _) => format!("{many} things do not work."),
                };
                Some(format!("{found} Tried {when}, by {by}."))
            }
            Self::BrokeOff { since } => Some(format!(
                "The last trial began {since} and broke off. The program may have been stopped meanwhile. Try it again."
            )),
        };
        maud! { @if let Some(words) = &words { p.govuk-body role="status" { strong { (words) } } } }
    }

    /// All is well.
    pub fn sample() -> Self {
        Self::Done {
            when: "today, 9:41am".to_owned(),
            by: "Tom Adeyemi".to_owned(),
            checks: vec![
                Check::well(
                    "Mailbox helpline",
                    "imap.calderbrook.example:993 answers encrypted, feedback is signed in, and INBOX holds 12 messages. The server tells when a message comes (IDLE).",
                ),
                Check::well(
                    "Mail server for letters",
                    "smtp.calderbrook.example:587 answers encrypted (STARTTLS), and feedback is signed in. It takes messages of up to 60 MB.",
                ),
                Check::hint(
                    "DMARC",
                    "_dmarc.calderbrook.example says nothing (RFC 7489). Large providers ask for it of whoever sends much.",
                    "Have a TXT record published that begins with v=DMARC1; p=none is a beginning.",
                ),
                Check::well(
                    "Test message to it-feedback@calderbrook.example",
                    "It went out and came in again by helpline within 2 seconds. (People write to it.)",
                ),
            ],
        }
    }

    /// Much is not.
    pub fn sample_faults() -> Self {
        Self::Done {
            when: "yesterday, 6:58am".to_owned(),
            by: "the command redress mail test".to_owned(),
            checks: vec![
                Check::fault(
                    "Mailbox feedback",
                    "imap.calderbrook.example does not let feedback in: cannot sign in: the server refused the password.",
                    "Compare username and password_file. Microsoft 365 and Google take no passwords: use [mail.mailbox.oauth].",
                ),
                Check::fault(
                    "Mail server for letters",
                    "smtp.calderbrook.example offers no encryption (STARTTLS), so nothing was sent to it.",
                    "The server does not offer STARTTLS on port 25: use 587, or security = \"tls\" and port 465.",
                ),
            ],
        }
    }

    /// One that is being run.
    pub fn sample_under_way() -> Self {
        let Self::Done { checks, .. } = Self::sample() else {
            return Self::Never;
        };
        Self::UnderWay {
            since: "today, 9:41am".to_owned(),
            checks: checks.into_iter().take(2).collect(),
        }
    }
}

fn list(checks: &[Check]) -> impl Renderable {
    maud! {
        @if !checks.is_empty() {
            ul.govuk-list {
                @for check in checks {
                    li.fc-anywhere."govuk-!-margin-bottom-4" {
                        p.govuk-body."govuk-!-margin-bottom-1" { (tag(check.found)) " " strong { (check.about) } }
                        p.govuk-body."govuk-!-margin-bottom-1" { (check.says) }
                        @if let Some(todo) = &check.todo { p.govuk-body."govuk-!-margin-bottom-1" { "What to do: " (todo) } }
                    }
                }
            }
        }
    }
}

fn tag(found: Found) -> Tag {
    match found {
        Found::Well => Tag::new("Works", Tone::Good),
        Found::Hint => Tag::new("To know", Tone::Warn),
        Found::Fault => Tag::new("Does not work", Tone::Bad),
    }
}
