//! The letter that a report quotes: where it begins in a text, and its head.

use crate::fields::{Fields, field, in_brackets};

/// Names of fields that stand in the head of a letter and hardly elsewhere.
const OF_A_HEAD: [&str; 10] = [
    "received",
    "return-path",
    "message-id",
    "dkim-signature",
    "delivered-to",
    "references",
    "in-reply-to",
    "x-mailer",
    "user-agent",
    "list-id",
];

/// Names that stand in a head, and also before the parts of a message and in what a report says about the letter.
const ALSO_ELSEWHERE: [&str; 9] = [
    "from",
    "to",
    "subject",
    "date",
    "cc",
    "reply-to",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
];

/// What a text says itself, and the letter that it quotes below.
pub(super) fn split(text: &str) -> (&str, &str) {
    let at = start(text).unwrap_or(text.len());
    text.split_at(at)
}

/// The offset at which the head of the quoted letter begins, or the line that announces it.
fn start(text: &str) -> Option<usize> {
    let mut block: Option<(usize, u8)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if announces(line) {
            return Some(at);
        }
        let marked = line.trim_start_matches(['>', '|']);
        // Fields that are set in are what a report says about the letter; its head is quoted as it was.
        let unquoted = if marked.len() < line.len() {
            marked.trim_start_matches(' ')
        } else {
            line
        };
        block = match (field(unquoted), block) {
            (Some((name, _)), known) => {
                let (began, weight) = known.unwrap_or((at, 0));
                Some((began, weight.saturating_add(weight_of(name))))
            }
            (None, Some(known)) if line.starts_with([' ', '\t', '>']) && !line.trim().is_empty() => Some(known),
            _ => None,
        };
        if let Some((began, weight)) = block
            && weight >= 5
        {
            return Some(began);
        }
        at += line.len();
    }
    None
}

fn weight_of(name: &str) -> u8 {
    let name = name.to_lowercase();
    if OF_A_HEAD.contains(&name.as_str()) {
        3
    } else if ALSO_ELSEWHERE.contains(&name.as_str()) {
        1
    } else {
        u8::from(name.starts_with("x-"))
    }
}

/// What lines say that announce the quoted letter; lower case.
const ANNOUNCING: [&str; 27] = [
    "original message",
    "original mail",
    "copy of the message",
    "copy of your message",
    "copy of the original",
    "message headers follow",
    "message header follows",
    "headers of the message",
    "header of the message",
    "returned message",
    "unsent message",
    "undelivered message",
    "message follows",
    "message text follows",
    "body of the message",
    "start of the original",
    "your message reads",
    "message you sent",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "mensaje original",
    "mensagem original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "исходное сообщение",
    "原始邮件",
];

/// True for a line that stands between the report and the letter: it speaks of the letter and is set apart by dashes, or ends in
/// a colon or a full stop and says that the letter follows.
fn announces(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 120 || line.len() < 8 {
        return false;
    }
    let framed = ["---", "===", "***", "___"]
        .iter()
        .any(|mark| line.starts_with(mark) || line.ends_with(mark));
    let lower = line.to_lowercase();
    let speaks = ANNOUNCING.iter().any(|words| lower.contains(words));
    let follows = ["follow", "below this line", "reads (in part)"]
        .iter()
        .any(|words| lower.contains(words));
    speaks && (framed || follows && line.ends_with(['.', ':']))
}

/// The number of a quoted letter.
pub(super) fn number(quoted: &str) -> Option<String> {
    number_in(&head(quoted)).or_else(|| mentioned(quoted))
}

/// The head of a quoted letter, with or without marks of quotation before its lines.
pub(super) fn head(quoted: &str) -> Fields {
    let unquoted: String = quoted
        .lines()
        .map(|line| line.strip_prefix("> ").unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect();
    Fields::of_text(&unquoted)
}

/// The number that a head says.
pub(super) fn number_in(head: &Fields) -> Option<String> {
    [
        "message-id",
        "original-message-id",
        "x-original-message-id",
        "messageid",
    ]
    .iter()
    .find_map(|name| head.get(name))
    .and_then(proper)
}

/// A number that stands behind the word, where no head could be read: in one line with it, or alone in the next.
pub(super) fn mentioned(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let at = lower.find("message-id").or_else(|| lower.find("message id"))?;
    let rest = text.get(at + "message-id".len()..)?;
    let near: String = rest.chars().take(300).collect();
    let value = near.split_once('<')?.1;
    proper(value.split('>').next()?)
}

/// A number as we know it: something at something, without brackets.
pub(super) fn proper(value: &str) -> Option<String> {
    let number = in_brackets(value);
    let fits = number.contains('@') && !number.contains(char::is_whitespace) && number.len() <= 998;
    fits.then(|| number.to_owned())
}
