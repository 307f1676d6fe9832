//! Reading what a person typed: only the words are required (R7, R12).

use super::contact::{RawContact, understand};
use crate::case::change::{FieldError, Refused};
use crate::case::facts::Complainant;
use crate::case::vocabulary::{ComplainantKind, FeedbackKind};
use crate::unseen::without_unseen;

/// The longest complaint that is taken, in characters: about eighty pages; a form that is larger is an attack or an attachment.
pub const WORDS_LIMIT: usize = 200_000;
/// The longest single-line answer, in characters.
pub const LINE_LIMIT: usize = 300;

/// A form as it was posted: every field may be missing or wrong.
#[derive(Debug, Clone, Default)]
pub struct RawFeedback {
    /// Code of a [`FeedbackKind`]; empty means complaint.
    pub kind: String,
    /// What went wrong.
    pub words: String,
    /// What would put it right.
    pub wanted: String,
    /// It is about a member of staff: "yes".
    pub about_staff: String,
    /// Code of a [`ComplainantKind`].
    pub complainant_kind: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Phone number.
    pub phone: String,
    /// Username in the directory.
    pub username: String,
    /// Code of a [`ReplyBy`].
    pub reply_by: String,
    /// On whose behalf.
    pub acting_for: String,
    /// Contact needs.
    pub needs: String,
    /// A job number.
    pub existing_job: String,
}

/// What was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFeedback {
    /// What it is.
    pub kind: FeedbackKind,
    /// Their words.
    pub words: String,
    /// A line to know it by: the first sentence, shortened.
    pub title: String,
    /// What would put it right.
    pub wanted: Option<String>,
    /// They say that it is about a member of staff.
    pub about_staff: bool,
    /// Who they are.
    pub complainant: Complainant,
    /// A job number.
    pub existing_job: Option<String>,
}

/// Reads a form.
///
/// # Errors
/// [`Refused::Fields`] with one message per field, each saying what to do (DESIGN words): the only required field is the words.
pub fn read(raw: &RawFeedback) -> Result<NewFeedback, Refused> {
    let mut errors = Vec::new();
    let kind = FeedbackKind::from_code(raw.kind.trim()).unwrap_or(FeedbackKind::Complaint);
    let words = clean_text(&raw.words);
    if words.is_empty() {
        errors.push(FieldError::new("what", empty_words(kind)));
    } else if words.chars().count() > WORDS_LIMIT {
        errors.push(FieldError::new(
            "what",
            "Shorten this to 200,000 characters, or send the rest as a reply afterwards",
        ));
    }
    let (contact, wrong) = understand(&RawContact {
        name: raw.name.clone(),
        email: raw.email.clone(),
        phone: raw.phone.clone(),
        reply_by: raw.reply_by.clone(),
    });
    errors.extend(wrong);
    errors.extend(too_long(raw));
    if !errors.is_empty() {
        return Err(Refused::Fields { fields: errors });
    }
    Ok(NewFeedback {
        kind,
        title: title_of(&words),
        words,
        wanted: optional_text(&raw.wanted),
        about_staff: raw.about_staff == "yes",
        complainant: Complainant {
            kind: ComplainantKind::from_code(raw.complainant_kind.trim()).unwrap_or(ComplainantKind::NotSaid),
            name: contact.name,
            email: contact.email,
            phone: contact.phone,
            username: optional(&raw.username),
            reply_by: contact.reply_by,
            acting_for: optional(&raw.acting_for),
            needs: optional_text(&raw.needs),
        },
        existing_job: optional(&raw.existing_job),
    })
}

/// No field is endless: what is kept is sealed, searched and shown whole.
fn too_long(raw: &RawFeedback) -> impl Iterator<Item = FieldError> {
    let lines = [
        ("name", &raw.name),
        ("email", &raw.email),
        ("phone", &raw.phone),
        ("username", &raw.username),
        ("acting_for", &raw.acting_for),
        ("job", &raw.existing_job),
    ];
    let texts = [("wanted", &raw.wanted), ("needs", &raw.needs)];
    let longer = |value: &str, limit: usize| value.chars().nth(limit).is_some();
    let lines = lines.into_iter().filter(move |(_, value)| longer(value, LINE_LIMIT));
    let texts = texts.into_iter().filter(move |(_, value)| longer(value, WORDS_LIMIT));
    let lines = lines.map(|(field, _)| FieldError::new(field, "Shorten this to 300 characters"));
    lines.chain(texts.map(|(field, _)| FieldError::new(field, "Shorten this to 200,000 characters")))
}

fn empty_words(kind: FeedbackKind) -> &'static str {
    match kind {
        FeedbackKind::Complaint => "Tell us what went wrong",
        FeedbackKind::Compliment => "Tell us what went well",
        FeedbackKind::Suggestion => "Tell us your idea",
        FeedbackKind::Comment => "Tell us what you want us to know",
    }
}

/// Words as people typed them, without what nobody types ([`crate::unseen`]) and without space around them.
pub fn clean_text(text: &str) -> String {
    without_unseen(text).trim().to_owned()
}

/// The text as [`clean_text`] leaves it, or nothing where it leaves none.
pub(crate) fn optional_text(text: &str) -> Option<String> {
    let text = clean_text(text);
    (!text.is_empty()).then_some(text)
}

/// The same where something has to be said.
///
/// # Errors
/// What to do, beside the field.
pub(crate) fn said(text: &str, field: &'static str, otherwise: &str) -> Result<String, Refused> {
    optional_text(text).ok_or_else(|| Refused::field(field, otherwise))
}

/// A single line, or nothing.
pub fn optional(text: &str) -> Option<String> {
    optional_text(text).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first sentence, at most 70 characters, cut at a word.
pub fn title_of(words: &str) -> String {
    const LONGEST: usize = 70;
    let line = words
        .split(['\n', '\r'])
        .find(|line| !line.trim().is_empty())
        .unwrap_or("")
        .trim();
    let sentence = first_sentence(line);
    if sentence.chars().count() <= LONGEST {
        return sentence.to_owned();
    }
    let mut title = String::new();
    for word in sentence.split_whitespace() {
        if title.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        title.push_str(word);
        title.push(' ');
    }
    if title.is_empty() {
        title = sentence.chars().take(LONGEST).collect();
    }
    format!("{}…", title.trim_end())
}

/// A stop ends a sentence when a space follows and three words came before: "Dr. Smith" and "3.5" end none.
fn first_sentence(line: &str) -> &str {
    let stops = line.match_indices(['.', '!', '?']).map(|(at, _)| at);
    let end = stops.map(|at| at + 1).find(|end| {
        let (before, after) = line.split_at(*end);
        after.starts_with(char::is_whitespace) && before.split_whitespace().count() >= 3
    });
    let sentence = line[..end.unwrap_or(line.len())].trim_end_matches(['.', '!', '?', ' ']);
    if sentence.is_empty() { line } else { sentence }
}
