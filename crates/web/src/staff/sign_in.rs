//! Sign in: the one staff page outside the frame.

pub mod handler;

use hypertext::prelude::*;

use super::parts::answers::Answers;
use super::parts::form::FormState;
use super::parts::notice::{caution, done};
use super::paths;
use crate::page::form::{Button, InputKind, error_summary, not_kept};
use crate::page::icon::crest;
use crate::page::staff_shell::{Shortcuts, Theme, document};

/// The sign-in page. Fields: `who`, `password`, `next`, and those of a form that is carried along. There is no session yet, so its form
/// carries no token: the layer that refuses requests from other sites guards it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Name of the service.
    pub service: String,
    /// The colours of the office, as the address of a style sheet; none for those that come with the product.
    pub sheet: Option<String>,
    /// Where to go afterwards; a path of this site.
    pub next: String,
    /// After too many tries: "You have tried 5 times. Wait 15 minutes, or call 01632 960 417". Nothing can be sent then.
    pub throttled: Option<String>,
    /// What happened before, such as "You have signed out."
    pub notice: Option<String>,
    /// Whom to call without an account or a password.
    pub help: String,
    /// A form that could not be taken because nobody was signed in, as hidden fields; empty where there is none.
    pub carried: Answers,
    /// The names of files that came with that form and cannot be carried.
    pub without: Vec<String>,
    /// What was typed. One message for any mismatch; it never says which part was wrong.
    pub form: FormState,
}

impl SignIn {
    /// Draws the whole document.
    pub fn draw(&self) -> Rendered<String> {
        document(
            "Sign in",
            &self.service,
            (Theme::Light, Shortcuts::On, self.sheet.as_deref()),
            self.inside(),
        )
        .render()
    }

    fn inside(&self) -> impl Renderable {
        maud! {
            header.fc-top {
                div.fc-top__in { a.fc-top__brand href="/" { (crest()) span { (self.service) } } }
            }
            main #main-content .fc-main.fc-door {
                (error_summary(&self.form.errors))
                @if let Some(notice) = &self.notice { (done(Some(notice))) }
                h1.govuk-heading-l { "Sign in" }
                @if let Some(words) = &self.throttled { (caution(words)) }
                @if self.carries() { (caution(&self.kept())) }
                // Who has to wait and left the page would lose what it carries.
                @if self.throttled.is_none() || self.carries() { (self.fields()) }
                p.govuk-body-s.fc-muted { (self.help) }
                p.govuk-body-s { a.govuk-link href="/" { "Make a complaint or give feedback" } }
            }
        }
    }

    fn carries(&self) -> bool {
        !self.carried.pairs().is_empty()
    }

    fn kept(&self) -> String {
        let kept = match (&self.throttled, self.form.errors.is_empty()) {
            (Some(_), _) => {
                "What you wrote is kept on this page. Leave it open, and sign in here when the time is over."
            }
            (None, true) => {
                "You were signed out while you wrote. What you wrote is kept on this page. Sign in, and you see it again before \
                 anything is sent."
            }
            (None, false) => {
                "What you wrote is kept on this page. Sign in, and you see it again before anything is sent."
            }
        };
        match self.without.is_empty() {
            true => kept.to_owned(),
            false => format!("{kept} {}", not_kept(&self.without, "on the next page")),
        }
    }

    fn fields(&self) -> impl Renderable {
        maud! {
            form method="post" action=(paths::SIGN_IN) novalidate {
                (crate::page::form::hidden("next", &self.next))
                (self.form.text("who", "Username or email address").kind(InputKind::Name).autocomplete("username"))
                (self.form.text("password", "Password").kind(InputKind::Password).autocomplete("current-password"))
                (self.carried.hidden(&[]))
                (Button::new("Sign in"))
            }
        }
    }

    /// An untouched page.
    pub fn sample() -> Self {
        Self {
            service: "Feedback and complaints".to_owned(),
            sheet: None,
            next: "/staff".to_owned(),
            throttled: None,
            notice: None,
            carried: Answers::default(),
            without: Vec::new(),
            help: "No account, or a lost password? Call the Helpline on 01632 960 417.".to_owned(),
            form: FormState::default(),
        }
    }

    /// After a wrong password.
    pub fn sample_wrong() -> Self {
        let form = FormState::default().answered(&[("who", "a.osei")]).wrong(
            "who",
            "That username and password do not match. Check both and try again",
        );
        Self { form, ..Self::sample() }
    }

    /// After five wrong passwords.
    pub fn sample_throttled() -> Self {
        let words = "You have tried 5 times. Wait 15 minutes, or call 01632 960 417.";
        Self {
            throttled: Some(words.to_owned()),
            ..Self::sample()
        }
    }

    /// After signing out.
    pub fn sample_signed_out() -> Self {
        Self {
            notice: Some("You have signed out.".to_owned()),
            ..Self::sample()
        }
    }

    /// Signed out while writing a note.
    pub fn sample_kept() -> Self {
        Self {
            carried: Answers::of(&[
                ("to", "/staff/c/FC-10482/note"),
                ("kept.once", "n-1"),
                ("kept.note", "Rang Dr Nair twice, \"no\" answer."),
            ]),
            ..Self::sample()
        }
    }

    /// The same, with files.
    pub fn sample_kept_files() -> Self {
        Self {
            without: vec!["switch.jpg".to_owned(), "log.txt".to_owned()],
            ..Self::sample_kept()
        }
    }

    /// The same, and a wrong password.
    pub fn sample_kept_wrong() -> Self {
        Self {
            carried: Self::sample_kept().carried,
            ..Self::sample_wrong()
        }
    }

    /// The same, and too many.
    pub fn sample_kept_throttled() -> Self {
        Self {
            carried: Self::sample_kept().carried,
            ..Self::sample_throttled()
        }
    }
}
