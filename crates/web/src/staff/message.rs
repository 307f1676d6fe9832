//! Short pages: something to read, something to confirm, and what went wrong.

mod sample;

use hypertext::{Buffer, prelude::*};

use super::parts::form::FormState;
use super::parts::link::Link;
use super::paths;
use crate::page::form::{Button, ButtonStyle};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Heading.
    pub heading: String,
    /// Words; a blank line starts a paragraph.
    pub words: String,
    /// Where to go from here.
    pub links: Vec<Link>,
}

/// Something to confirm before it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// Heading, as a question.
    pub heading: String,
    /// What happens then.
    pub words: String,
    /// Where the form goes.
    pub action: String,
    /// What the button does: "Remove Kit Vale".
    pub button: String,
    /// Whether it removes something for good.
    pub weight: ConfirmWeight,
    /// Where the way back leads.
    pub cancel: String,
    /// Answers to carry, and the key against double presses.
    pub form: FormState,
}

/// What confirming means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmWeight {
    /// An ordinary act.
    Ordinary,
    /// Removes something for good.
    Removes,
}

/// Why a page cannot be shown or an act not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// 403: the person may not do this; why, and who can.
    Forbidden {
        /// "You cannot sign this letter off."
        what: String,
        /// "You investigated this complaint."
        why: String,
        /// "Helen Marsh or Peter Lund can."
        who_can: String,
        /// What was typed.
        kept: Vec<(String, String)>,
    },
    /// 404: not there, or not for the person; nobody can tell which (R36).
    NotFound {
        /// What was typed.
        kept: Vec<(String, String)>,
    },
    /// 409: somebody acted a moment before. What was typed is kept.
    Conflict {
        /// "Tom Birch took FC-10488 at 9:39am, while you were reading it."
        what_they_did: String,
        /// What was typed: name of the field and words.
        kept: Vec<(String, String)>,
        /// Where it stands now.
        now: Link,
        /// What can be done instead: the next that waits.
        next: Option<Link>,
    },
    /// 422: the request cannot be read as what the page sends.
    Unreadable,
    /// 413: the words of the form are more than a form holds. What was typed is kept.
    TooLarge {
        /// What was typed.
        kept: Vec<(String, String)>,
        /// The page to start again from.
        again: Link,
    },
    /// 403 of a form: the page was open too long or in another session. What was typed is kept.
    Expired {
        /// What was typed.
        kept: Vec<(String, String)>,
        /// The page to start again from.
        again: Link,
    },
    /// 503: more comes in at this moment than can be saved; nothing was saved. What was typed is kept.
    Busy {
        /// What was typed.
        kept: Vec<(String, String)>,
    },
    /// 503: the database is away, its disk is full, or somebody else holds it. What was typed is kept.
    NotNow {
        /// What was typed.
        kept: Vec<(String, String)>,
    },
    /// 500: something broke; nothing was saved.
    Broken {
        /// What was typed.
        kept: Vec<(String, String)>,
        /// Number of the log entry, to tell whoever looks after the service.
        incident: String,
    },
}

impl StaffPage for Message {
    fn title(&self) -> String {
        self.heading.clone()
    }

    fn nav(&self) -> Nav {
        Nav::Nowhere
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        page(&self.heading, &self.words, &self.links, maud! {}).render_to(out);
    }
}

impl StaffPage for Confirm {
    fn title(&self) -> String {
        self.heading.clone()
    }

    fn nav(&self) -> Nav {
        Nav::Nowhere
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let style = match self.weight {
            ConfirmWeight::Ordinary => ButtonStyle::Primary,
            ConfirmWeight::Removes => ButtonStyle::Warning,
        };
        let form = maud! {
            form method="post" action=(self.action) {
                (shell.fields(&self.form))
                (self.form.answers.hidden(&["csrf", "once"]))
                div.fc-compose__foot {
                    (Button::new(self.button.as_str()).style(style))
                    a.govuk-link href=(self.cancel) { "Cancel" }
                }
            }
        };
        page(&self.heading, &self.words, &[], form).render_to(out);
    }
}

impl StaffPage for Trouble {
    fn title(&self) -> String {
        self.heading()
    }

    fn nav(&self) -> Nav {
        Nav::Nowhere
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        page(&self.heading(), &self.words(), &self.links(), kept(self.kept())).render_to(out);
    }
}

impl Trouble {
    /// The HTTP status to send it under.
    pub fn status(&self) -> u16 {
        match self {
            Self::Forbidden { .. } | Self::Expired { .. } => 403,
            Self::NotFound { .. } => 404,
            Self::Conflict { .. } => 409,
            Self::TooLarge { .. } => 413,
            Self::Unreadable => 422,
            Self::Broken { .. } => 500,
            Self::Busy { .. } | Self::NotNow { .. } => 503,
        }
    }

    fn heading(&self) -> String {
        match self {
            Self::Forbidden { what, .. } => what.trim_end_matches('.').to_owned(),
            Self::NotFound { .. } => "We could not find that".to_owned(),
            Self::Conflict { .. } => "Somebody was quicker".to_owned(),
            Self::TooLarge { .. } => "That is more than a form can hold".to_owned(),
            Self::Unreadable => "We could not read that".to_owned(),
            Self::Expired { .. } => "You were away for a while".to_owned(),
            Self::Broken { kept, .. } if kept.is_empty() => "Something went wrong".to_owned(),
            Self::Broken { .. } => "We could not save that".to_owned(),
            Self::Busy { .. } => "We could not save that yet".to_owned(),
            Self::NotNow { kept } if kept.is_empty() => "That cannot be done just now".to_owned(),
            Self::NotNow { .. } => "We cannot save that just now".to_owned(),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Forbidden { why, who_can, .. } => format!("{why}\n\n{who_can}"),
            Self::NotFound { .. } => "The reference may be wrong, or the case is not one that you work on. \
                               Check it, or search for a word of it."
                .to_owned(),
            Self::Conflict { what_they_did, .. } => {
                format!("{what_they_did} Nothing of yours was saved. Look at the case as it is now, then decide.")
            }
            Self::Unreadable => {
                "The page you sent this from may be out of date. Go back, reload it and try again.".to_owned()
            }
            Self::TooLarge { .. } => {
                "Nothing was saved. An answer can have up to 200,000 characters, which is about eighty pages. \
                               Your words are still here: copy what is needed, and add the rest as a file."
                    .to_owned()
            }
            Self::Expired { kept, .. } if kept.is_empty() => "Nothing was done. Start again.".to_owned(),
            Self::Expired { .. } => "Your words are still here. Copy them, then start again.".to_owned(),
            Self::Busy { kept } if kept.is_empty() => {
                "A great many people are writing to us at this moment. Nothing was saved: \
                               go back, wait a few seconds and do it again."
                    .to_owned()
            }
            Self::Busy { .. } => "A great many people are writing to us at this moment. Nothing was saved. \
                               Your words are still here: go back, wait a few seconds and send them again."
                .to_owned(),
            Self::NotNow { kept } => {
                let then = match kept.is_empty() {
                    true => "Try again in a few minutes.",
                    false => {
                        "Your words are still here: leave this page open, go back in a few minutes and send them again. \
                               However often you send them, they are recorded once."
                    }
                };
                format!(
                    "Something that this service needs is not working at the moment. {then}\n\n\
                     If it goes on, tell whoever looks after the service: its log says what is missing."
                )
            }
            Self::Broken { kept, incident } if kept.is_empty() => format!(
                "Sorry, this is our mistake, not yours. What you asked for was not done: try again in a minute. \
                 If it happens again, tell whoever looks after this service that it was {incident}."
            ),
            Self::Broken { incident, .. } => format!(
                "Sorry. Nothing was saved. Your words are still here: copy them and try again in a minute. \
                 If it happens again, tell whoever looks after this service that it was {incident}."
            ),
        }
    }

    fn links(&self) -> Vec<Link> {
        match self {
            Self::Conflict { now, next, .. } => next.iter().chain([now]).cloned().collect(),
            Self::Expired { again, .. } | Self::TooLarge { again, .. } => vec![again.clone()],
            Self::Forbidden { .. }
            | Self::NotFound { .. }
            | Self::Unreadable
            | Self::Busy { .. }
            | Self::NotNow { .. }
            | Self::Broken { .. } => vec![Link::new("My work", paths::MY_WORK)],
        }
    }

    fn kept(&self) -> &[(String, String)] {
        match self {
            Self::Forbidden { kept, .. }
            | Self::NotFound { kept }
            | Self::Conflict { kept, .. }
            | Self::Expired { kept, .. }
            | Self::TooLarge { kept, .. }
            | Self::Busy { kept }
            | Self::NotNow { kept }
            | Self::Broken { kept, .. } => kept,
            Self::Unreadable => &[],
        }
    }
}

fn page<'a>(heading: &'a str, words: &'a str, links: &'a [Link], more: impl Renderable + 'a) -> impl Renderable + 'a {
    maud! {
        h1.govuk-heading-l { (heading) }
        div.fc-prose { (paragraphs(words)) }
        (more)
        @if !links.is_empty() {
            p.govuk-body."govuk-!-margin-top-5" {
                @for (n, link) in links.iter().enumerate() { @if n > 0 { " · " } (link) }
            }
        }
    }
}

fn kept(kept: &[(String, String)]) -> impl Renderable {
    maud! {
        @if !kept.is_empty() {
            section.fc-panel.fc-kept aria-labelledby="kept" {
                div.fc-panel__head { h2 #kept .govuk-heading-s { "What you wrote" } }
                div.fc-panel__body {
                    @for (n, (name, words)) in kept.iter().enumerate() {
                        div.govuk-form-group {
                            label.govuk-label.govuk-label--s for={ "kept-" (n) } { (name) }
                            textarea.govuk-textarea id={ "kept-" (n) } rows="4" readonly { (words) }
                        }
                    }
                }
            }
        }
    }
}
