//! The complaint form: one page, one required question (R7, R12).

mod handler;

pub(super) use handler::{send, show};

mod template;

pub use template::complain;

use crate::page::form::{Errors, FileReceived};

/// The most that one box takes, in characters. Long enough for anything a person types; more can come by email.
pub const LONGEST_WORDS_CHARACTERS: u32 = 20_000;

/// The form as it was filled in, or empty. Everything is as typed, right or wrong, so that no word is lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ComplainPage {
    /// Makes a second press harmless; made anew for each empty form.
    pub key: String,
    /// Field `what`: what went wrong. The only question that must be answered.
    pub what: String,
    /// Field `want`: what would put it right.
    pub want: String,
    /// Field `named`: whether it is about a particular member of staff (R33, A13).
    pub about_staff: AboutStaff,
    /// Field `who`: what the person is to the university, one of [`WHO`], or empty (R86).
    pub who: String,
    /// Field `name`.
    pub name: String,
    /// Field `email`.
    pub email: String,
    /// Field `phone`.
    pub phone: String,
    /// Field `reply`: one of [`REPLY`], or empty (R19).
    pub reply: String,
    /// Field `acting_for`: for whom the person writes, if not for themselves (A29).
    pub acting_for: String,
    /// Field `job`: the number of a job that this is about (R44).
    pub job: String,
    /// Field `needs`: what we should do differently when we get in touch.
    pub needs: String,
    /// How much is taken of files, in a sentence.
    pub file_limits: String,
    /// Field `files`: those that we have already, because the form was sent once before.
    pub received: Vec<FileReceived>,
    /// What is wrong with it, by field name.
    pub errors: Errors,
}

/// Whether the box "about a member of staff" is ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AboutStaff {
    /// It is not.
    #[default]
    No,
    /// It is: the form sends `named=yes`.
    Yes,
}

/// The answers to "which of these are you", as sent and as read.
pub const WHO: [(&str, &str); 6] = [
    ("student", "Student"),
    ("staff", "Member of staff"),
    ("applicant", "Applicant"),
    ("alumnus", "Former student"),
    ("visitor", "Visitor"),
    ("public", "Member of the public"),
];

/// The answers to "how shall we reply", as sent and as read.
pub const REPLY: [(&str, &str); 3] = [
    ("email", "By email"),
    ("phone", "By phone"),
    ("site", "Only on this website, with my reference and code"),
];

impl ComplainPage {
    /// An empty form.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            key: "4d0f8c1e7a".into(),
            file_limits: rules::files::Limits::default().words(),
            ..Self::default()
        }
    }

    /// Sent without the one answer that is needed, and with half an email address.
    #[must_use]
    pub fn sample_errors() -> Self {
        Self {
            email: "priya.nair@".into(),
            errors: Errors::none()
                .with("what", "Tell us what went wrong")
                .with("email", "Enter an email address, like name@example.com"),
            ..Self::sample()
        }
    }

    /// Everything filled in, and something wrong inside the folded part, which must then be open.
    #[must_use]
    pub fn sample_full() -> Self {
        Self {
            what: "The Wi-Fi on the second floor of the Main Library kept dropping during my timed online test on Friday.\n\nIt disconnected four times & I lost about 15 minutes.".into(),
            want: "A letter I can give my department that confirms there was a fault.".into(),
            about_staff: AboutStaff::Yes,
            who: "student".into(),
            name: "Priya Nair".into(),
            email: "priya.nair@calderbrook.example".into(),
            phone: "01632 960 123".into(),
            reply: "phone".into(),
            acting_for: "Jonah Adeyemi".into(),
            job: "F01234567890123456789".into(),
            needs: "Large print, please.".into(),
            errors: Errors::none().with("job", "Enter a job number like F0123456, or leave it blank"),
            ..Self::sample()
        }
    }

    /// Two files were refused, one came through and is kept.
    #[must_use]
    pub fn sample_files() -> Self {
        Self {
            received: vec![FileReceived {
                id: "00112233445566778899aabbccddeeff".into(),
                name: "a-screenshot-with-a-name-that-is-far-too-long-to-fit-on-one-line-of-a-telephone-2026-10-12.png"
                    .into(),
                about: "PNG picture, 214 KB".into(),
            }],
            errors: Errors::none()
                .with(
                    "files",
                    "\"video.mov\" is 48 MB. Choose a file smaller than 25 MB, or send a link",
                )
                .with(
                    "files",
                    "We could not accept \"report.docm\" because it contains a macro. Save it as a PDF and try again",
                ),
            ..Self::sample_full()
        }
    }

    /// Whether the folded part must be open, because there is something in it.
    pub(super) fn more_is_used(&self) -> bool {
        !self.received.is_empty()
            || self.errors.on("files").is_some()
            || !self.job.is_empty()
            || !self.needs.is_empty()
            || self.errors.on("job").is_some()
            || self.errors.on("needs").is_some()
    }
}
