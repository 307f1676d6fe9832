//! What a message holds that a report is made of: its head, its texts, its fields for machines and the letter that it quotes.

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::original;
use crate::fields::Fields;

/// How much of a text is read: reports are short, and a letter that is quoted below may be large.
const READ: usize = 64 * 1024;
/// How many parts are looked at.
const PARTS: usize = 64;
/// How many messages inside of one another are looked at.
const DEPTH: usize = 3;

/// What was gathered.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The head of the message itself.
    pub(super) head: Fields,
    /// Its sender, in lower case.
    pub(super) sender: String,
    /// The name before the sender, in lower case.
    pub(super) sender_name: String,
    /// Its subject, decoded, in lower case.
    pub(super) subject: String,
    /// To whom it is addressed, in lower case: whoever sent the letter.
    pub(super) to: Vec<String>,
    /// True when its subject begins like that of an absence note.
    pub(super) absence: bool,
    /// `multipart/report`, in lower case.
    pub(super) content_type: String,
    /// What it says in words, without the letter that it quotes.
    pub(super) text: String,
    /// Its first text, with all that it quotes.
    pub(super) whole: String,
    /// The text of its delivery reports (RFC 3464).
    pub(super) delivery: Vec<String>,
    /// The text of its report that a letter was shown (RFC 8098).
    pub(super) disposition: Option<String>,
    /// The text of its report that a letter is unwanted (RFC 5965).
    pub(super) feedback: Option<String>,
    /// The number of the quoted letter.
    pub(super) letter: Option<String>,
    /// The head of the quoted letter.
    pub(super) letter_head: Fields,
    /// True when it quotes a letter, in whatever way.
    pub(super) quotes: bool,
}

impl Gathered {
    pub(super) fn from(message: &Message<'_>) -> Self {
        let first = message.from().and_then(|from| from.first());
        let mut gathered = Self {
            head: Fields::of_head(message),
            sender: crate::automatic::sender(message),
            sender_name: first
                .and_then(|one| one.name.as_deref())
                .unwrap_or_default()
                .to_lowercase(),
            subject: message.subject().unwrap_or_default().trim().to_lowercase(),
            to: addressees(message),
            absence: crate::automatic::begins_like_a_note(message),
            content_type: type_of(message.root_part()),
            ..Self::default()
        };
        gathered.take_parts(message, 0);
        if gathered.text.trim().is_empty() && gathered.delivery.is_empty() && !gathered.quotes {
            gathered.take_bare_body(message);
        }
        gathered
    }

    fn take_parts(&mut self, message: &Message<'_>, depth: usize) {
        let report_was_known = !self.delivery.is_empty();
        let mut html = None;
        for part in message.parts.iter().take(PARTS) {
            match &part.body {
                PartType::Multipart(_) => {}
                PartType::Message(inner) => self.take_letter(inner, depth),
                PartType::Html(text) => html = html.or_else(|| part.is_text_html().then(|| beginning(text).to_owned())),
                _ => self.take_text(part),
            }
        }
        if self.text.trim().is_empty()
            && !report_was_known
            && let Some(html) = html
        {
            self.take_words(&mail_parser::decoders::html::html_to_text(&html));
        }
    }

    fn take_text(&mut self, part: &MessagePart<'_>) {
        let kind = type_of(part);
        let bytes = part.contents();
        let text = String::from_utf8_lossy(bytes.get(..READ).unwrap_or(bytes));
        match kind.as_str() {
            "message/delivery-status" | "message/global-delivery-status" => self.delivery.push(text.into_owned()),
            "message/disposition-notification" | "message/global-disposition-notification" => {
                self.disposition = Some(text.into_owned());
            }
            "message/feedback-report" => self.feedback = Some(text.into_owned()),
            "text/rfc822-headers"
            | "message/rfc822"
            | "message/global"
            | "message/global-headers"
            | "message/rfc822-headers"
            | "message/partial" => self.take_quoted(&text),
            // A multipart that could not be taken apart holds its parts as text.
            other if other.starts_with("text/") || other.starts_with("multipart/") => self.take_words(&text),
            _ => {}
        }
    }

    /// Words of the report, until the letter that they quote.
    fn take_words(&mut self, text: &str) {
        let (said, quoted) = original::split(beginning(text));
        if self.whole.is_empty() {
            beginning(text).clone_into(&mut self.whole);
        }
        if self.text.len() < READ {
            self.text.push_str(said);
        }
        self.text.push('\n');
        if !quoted.is_empty() {
            self.take_quoted(quoted);
        }
    }

    fn take_quoted(&mut self, text: &str) {
        self.quotes = true;
        if self.letter.is_none() {
            self.letter = original::number(text);
        }
        self.take_head(original::head(text));
    }

    /// A message inside: the letter, or a report that another server passes on.
    fn take_letter(&mut self, inner: &Message<'_>, depth: usize) {
        let reports = inner
            .parts
            .iter()
            .any(|part| type_of(part) == "message/delivery-status");
        if reports && depth < DEPTH && self.delivery.is_empty() && super::evidence::is_of_a_machine(self) {
            self.take_parts(inner, depth + 1);
            return;
        }
        self.quotes = true;
        let head = Fields::of_head(inner);
        self.letter = self.letter.take().or_else(|| original::number_in(&head));
        self.take_head(head);
    }

    fn take_head(&mut self, head: Fields) {
        if self.letter_head == Fields::default() {
            self.letter_head = head;
        }
    }

    /// The addresses in a field of the quoted letter, in lower case.
    pub(super) fn of_letter(&self, name: &str) -> Vec<String> {
        let values = self.letter_head.all(name).take(4);
        let found = values.flat_map(super::addresses::in_text);
        found.take(20).map(|one| one.address.to_lowercase()).collect()
    }

    /// Where the parts cannot be told apart, everything below the head.
    fn take_bare_body(&mut self, message: &Message<'_>) {
        let root = message.root_part();
        let from = root.raw_body_offset() as usize;
        let bytes = message.raw_message.get(from..).unwrap_or_default();
        let text = String::from_utf8_lossy(bytes.get(..READ).unwrap_or(bytes)).into_owned();
        self.take_words(&text);
    }
}

fn beginning(text: &str) -> &str {
    let mut end = READ.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

fn addressees(message: &Message<'_>) -> Vec<String> {
    let to = message.to().into_iter().flat_map(mail_parser::Address::iter);
    to.filter_map(|one| one.address.as_deref())
        .take(20)
        .map(str::to_lowercase)
        .collect()
}

/// `type/subtype` in lower case; `text/plain` where a part says none (RFC 2045, 5.2).
fn type_of(part: &MessagePart<'_>) -> String {
    part.content_type().map_or_else(
        || "text/plain".to_owned(),
        |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_lowercase(),
    )
}
