//! A letter as a message: headers, plain text and HTML side by side (RFC 5322, RFC 2046 section 5.1.4).

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart, SinglePart};
use lettre::{Address, Message};
use rules::mail::LOOP_MARK;
use rules::unseen::is_unseen;

use super::{OutgoingMail, SendError, message_id};

/// How much of a long conversation is named: its first message and the latest ones, so that the header stays short.
const LATEST_REFERENCES: usize = 20;
/// RFC 5322, section 2.1.1: no line above 998 octets. A subject of this length stays far below, however it is encoded.
const LONGEST_SUBJECT_CHARACTERS: usize = 200;

/// Writes the message. Fails, for good, where an address or our own id cannot be used.
pub(super) fn compose(mail: &OutgoingMail) -> Result<Message, SendError> {
    envelope(mail)?
        .multipart(words(mail))
        .map_err(|error| unwritten(&error))
}

/// The letter in both forms, to choose from.
pub(super) fn words(mail: &OutgoingMail) -> MultiPart {
    MultiPart::alternative()
        .boundary(boundary(&mail.message_id))
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()))
}

/// Why a letter is no message.
pub(super) fn unwritten(error: &lettre::error::Error) -> SendError {
    SendError::permanent(format!("The letter cannot be written as a message: {error}."))
}

/// Its headers.
pub(super) fn envelope(mail: &OutgoingMail) -> Result<MessageBuilder, SendError> {
    if !message_id::is_sound(&mail.message_id) {
        return Err(SendError::permanent(format!(
            "\"{}\" cannot be the id of a message.",
            one_line(&mail.message_id)
        )));
    }
    let mut builder = Message::builder()
        .message_id(Some(mail.message_id.clone()))
        .date(system_time(mail.sent_at))
        .from(mailbox(&mail.from, &mail.from_name)?)
        .to(mailbox(&mail.to, &mail.to_name)?)
        .subject(
            one_line(&mail.subject)
                .chars()
                .take(LONGEST_SUBJECT_CHARACTERS)
                .collect::<String>(),
        );
    if !mail.return_path.is_empty() && mail.return_path != mail.from {
        let (sender, reader) = (plain(&mail.return_path)?, plain(&mail.to)?);
        let envelope = Envelope::new(Some(sender), vec![reader]).map_err(|error| unwritten(&error))?;
        builder = builder.envelope(envelope);
    }
    if !mail.reply_to.is_empty() && mail.reply_to != mail.from {
        builder = builder.reply_to(mailbox(&mail.reply_to, "")?);
    }
    Ok(with_marks(with_thread(builder, mail), mail))
}

fn with_thread(mut builder: MessageBuilder, mail: &OutgoingMail) -> MessageBuilder {
    let answered = mail.in_reply_to.iter().filter(|id| message_id::is_sound(id));
    for id in answered.clone() {
        builder = builder.in_reply_to(id.clone());
    }
    let mut known: Vec<&String> = Vec::new();
    for id in mail
        .references
        .iter()
        .filter(|id| message_id::is_sound(id))
        .chain(answered)
    {
        if !known.contains(&id) {
            known.push(id);
        }
    }
    if known.len() > LATEST_REFERENCES + 1 {
        known.drain(1..known.len() - LATEST_REFERENCES);
    }
    if known.is_empty() {
        return builder;
    }
    builder.references(known.into_iter().map(String::as_str).collect::<Vec<_>>().join(" "))
}

/// RFC 3834 says who must not answer. Exchange looks at its own header instead; of its values we leave out those that would silence bounces.
/// What a person wrote carries only the mark by which we know it as ours.
fn with_marks(mut builder: MessageBuilder, mail: &OutgoingMail) -> MessageBuilder {
    let is_token = |mark: &str| !mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_token(&mail.mark) {
        let name = HeaderName::new_from_ascii_str(LOOP_MARK);
        builder = builder.raw_header(HeaderValue::new(name, mail.mark.clone()));
    }
    if !mail.auto_submitted {
        return builder;
    }
    let mark = if mail.in_reply_to.is_some() {
        "auto-replied"
    } else {
        "auto-generated"
    };
    builder
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            mark.to_owned(),
        ))
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("X-Auto-Response-Suppress"),
            "OOF, AutoReply".to_owned(),
        ))
}

fn plain(address: &str) -> Result<Address, SendError> {
    address.trim().parse().map_err(|_| {
        SendError::permanent(format!(
            "\"{}\" is not an e-mail address that a letter can go to.",
            one_line(address)
        ))
    })
}

fn mailbox(address: &str, name: &str) -> Result<Mailbox, SendError> {
    let parsed = plain(address)?;
    let name = one_line(name);
    Ok(Mailbox::new(if name.is_empty() { None } else { Some(name) }, parsed))
}

/// Without line ends and other controls no field can begin a new header, and without the marks that nobody sees none reads otherwise than it is.
fn one_line(words: &str) -> String {
    let spaced: String = words
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .filter(|character| !is_unseen(*character))
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same for every attempt. "=_" cannot occur in a quoted-printable part, and the id holds chance that no writer knows.
pub(super) fn boundary(id: &str) -> String {
    let plain: String = id
        .chars()
        .filter(|character| character.is_ascii_alphanumeric())
        .collect();
    let tail = plain.len().saturating_sub(60);
    format!("=_{}", &plain[tail..])
}

fn system_time(at: Timestamp) -> SystemTime {
    let seconds = u64::try_from(at.as_second()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}
