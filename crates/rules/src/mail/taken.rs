//! What a message becomes on a case: words, what else it told, and files.

use super::fate::Fate;
use super::judge::Judged;
use super::message::Message;
use crate::case::FileAttached;
use crate::case::event::{Event, MailKept};
use crate::case::facts::Complainant;
use crate::case::vocabulary::{ComplainantKind, FeedbackKind, ReplyBy};
use crate::files::{Brought, Scanned, SeenBy};
use crate::intake::NewFeedback;
use crate::intake::feedback::{LINE_LIMIT, WORDS_LIMIT, clean_text, title_of};
use crate::unseen::without_unseen;

/// The longest page that is kept beside the words, in bytes; a longer one is in the original.
const PAGE_LIMIT: usize = 256 * 1024;

/// A message that is about to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its number in the ledger.
    pub ledger: i64,
    /// What it says.
    pub message: Message,
    /// Its raw bytes as a file.
    pub original: Brought,
    /// What came with it.
    pub files: Vec<Brought>,
    /// What came with it and is not among these, each with the reason.
    pub dropped: Vec<String>,
}

/// What was not taken of a message that is larger than so many bytes, and where it is.
///
/// ```
/// assert_eq!(
///     rules::mail::all_but_the_beginning(50_000_000, "helpline"),
///     "all but its beginning, since it is larger than the 50 MB that are taken. That original is in the mailbox \"helpline\" on the mail server; the one here ends where its beginning does"
/// );
/// ```
#[must_use]
pub fn all_but_the_beginning(larger_than: u64, mailbox: &str) -> String {
    let limit = larger_than / 1_000_000;
    format!(
        "all but its beginning, since it is larger than the {limit} MB that are taken. That original is in the mailbox \"{mailbox}\" on the mail server; the one here ends where its beginning does"
    )
}

impl Taken {
    /// What begins a case: who wrote, and their words, the new ones. Where these are a line above what they pass on, all of it is what they say.
    #[must_use]
    pub fn feedback(&self) -> NewFeedback {
        let words = self.words(Part::Forwarded);
        let subject = subject_line(&self.message.subject);
        let from = self.message.from.as_ref();
        let email = from
            .map(|from| from.address.clone())
            .filter(|address| address.chars().count() <= LINE_LIMIT);
        NewFeedback {
            kind: FeedbackKind::Complaint,
            title: match subject.is_empty() {
                true => title_of(&words),
                false => title_of(&subject),
            },
            words,
            wanted: None,
            about_staff: false,
            complainant: Complainant {
                kind: ComplainantKind::NotSaid,
                name: from.and_then(|from| from.name.as_deref()).and_then(name_line),
                reply_by: match email {
                    Some(_) => ReplyBy::Email,
                    None => ReplyBy::TrackingPage,
                },
                email,
                phone: None,
                username: None,
                acting_for: None,
                needs: None,
            },
            existing_job: None,
        }
    }

    /// The words of a message that is added to a case: the new ones.
    #[must_use]
    pub fn added_words(&self) -> String {
        self.words(Part::New)
    }

    /// What stands beside the words in the case: the original for staff, and what the message told. `came_with` is the number of the event that
    /// holds the words.
    #[must_use]
    pub fn beside(&self, judged: &Judged, came_with: u32) -> Vec<Event> {
        let Message {
            message_id,
            from,
            subject,
            authentic,
            words,
            ..
        } = &self.message;
        let shown = match judged.fate {
            Fate::NewCase | Fate::Unreadable => self.words(Part::Forwarded),
            _ => self.words(Part::New),
        };
        let whole = shortened(&clean_text(&without_unseen(&words.whole)));
        let html = words.html.clone().filter(|html| html.len() <= PAGE_LIMIT);
        let text = (html.is_some() || folded(&whole) != folded(&shown))
            .then_some(whole)
            .filter(|text| !text.is_empty());
        let kept = MailKept {
            came_with,
            ledger: self.ledger,
            message_id: message_id.clone(),
            name: from.as_ref().and_then(|from| from.name.clone()),
            email: from.as_ref().map(|from| from.address.clone()),
            subject: subject.clone(),
            authentic: authentic.clone(),
            why: judged.why.clone(),
            html: html.filter(|_| text.is_some()),
            text,
            dropped: self.dropped.clone(),
        };
        let original = FileAttached::of(&self.original, SeenBy::Staff, came_with);
        vec![Event::FileAttached(original), Event::MailKept(kept)]
    }

    /// What was said of it and of what came with it: the worst.
    #[must_use]
    pub fn scanned(&self) -> Scanned {
        let all = self.files.iter().chain([&self.original]);
        all.map(|file| file.scanned.clone()).max().unwrap_or_default()
    }

    fn words(&self, part: Part) -> String {
        if self.message.unreadable.is_some() {
            return self.without_words();
        }
        let said = &self.message.words;
        let new = clean_text(&without_unseen(&said.new));
        let whole = clean_text(&without_unseen(&said.whole));
        let words = match part {
            Part::New if !new.is_empty() => new,
            Part::Forwarded if !new.is_empty() && !is_forwarded(&self.message.subject) => new,
            _ if !whole.is_empty() => whole,
            _ => self.without_words(),
        };
        shortened(&words)
    }

    /// A message of pictures only, or one that cannot be read, says something all the same.
    fn without_words(&self) -> String {
        if let Some(why) = &self.message.unreadable {
            return format!("This e-mail could not be read: {why}. The original is attached for staff.");
        }
        match self.files.as_slice() {
            [] => "This e-mail has no words.".to_owned(),
            [file] => format!("This e-mail has no words. It came with a file: {}.", file.name),
            files => format!("This e-mail has no words. It came with {} files.", files.len()),
        }
    }
}

/// Which part of a message is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What is new in it.
    New,
    /// What is new in it, and all of it where something is passed on.
    Forwarded,
}

/// Whether a subject says that the message passes another on, in the words of the programs that people use.
fn is_forwarded(subject: &str) -> bool {
    let begins = subject.trim_start().to_lowercase();
    [
        "fw:", "fwd:", "wg:", "tr:", "rv:", "i:", "vs:", "enc:", "doorst:", "vb:", "pd:",
    ]
    .iter()
    .any(|mark| begins.starts_with(mark))
}

/// A subject as a title: without the marks of answers before it.
fn subject_line(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some((mark, later)) = rest.split_once(':') {
        let is_mark = [
            "re", "fw", "fwd", "aw", "wg", "sv", "vs", "antw", "tr", "rv", "odp", "ynt",
        ]
        .contains(&mark.trim().to_lowercase().as_str());
        if !is_mark {
            break;
        }
        rest = later.trim_start();
    }
    without_unseen(rest).trim().to_owned()
}

fn name_line(name: &str) -> Option<String> {
    let name: String = without_unseen(name).trim().chars().take(LINE_LIMIT).collect();
    (!name.is_empty()).then_some(name)
}

/// As much as any complaint may have; the rest is in the original.
fn shortened(words: &str) -> String {
    const REST: &str = "\n\n[The rest is in the original message.]";
    match words.char_indices().nth(WORDS_LIMIT - REST.len()) {
        None => words.to_owned(),
        Some((end, _)) => format!("{}{REST}", &words[..end]),
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
