//! The fields of the header: who, to whom, when, about what, and in answer to what.

use jiff::Timestamp;
use mail_parser::{Header, HeaderName, HeaderValue};
use rules::mail::{Address, Message};

use crate::address;
use crate::stream::one_line;

/// The longest subject that is kept, in characters.
const LONGEST_SUBJECT: usize = 500;
/// The longest number of a message that is kept, in bytes (a line of RFC 5322).
const LONGEST_ID: usize = 998;
/// How many messages that it answers are kept.
const ANSWERS: usize = 100;
/// How many addressees are kept.
const ADDRESSEES: usize = 1000;

/// Puts the fields into the message. Answers everybody who is named as its sender.
pub(super) fn put(skeleton: &mail_parser::Message<'_>, message: &mut Message) -> Vec<Address> {
    let headers: &[Header<'_>] = skeleton.parts.first().map_or(&[], |part| part.headers.as_slice());
    let people = |name: HeaderName<'static>| address::of(first(headers, &name).and_then(HeaderValue::as_address));
    let from: Vec<Address> = headers
        .iter()
        .filter(|header| header.name == HeaderName::From)
        .flat_map(|header| address::of(header.value.as_address()))
        .collect();
    message.from = from
        .first()
        .cloned()
        .or_else(|| people(HeaderName::Sender).into_iter().next());
    message.reply_to = people(HeaderName::ReplyTo).into_iter().next();
    message.to = people(HeaderName::To)
        .into_iter()
        .chain(people(HeaderName::Cc))
        .take(ADDRESSEES)
        .collect();
    let subject = first(headers, &HeaderName::Subject).and_then(HeaderValue::as_text);
    message.subject = one_line(subject.unwrap_or_default(), LONGEST_SUBJECT);
    message.written_at = first(headers, &HeaderName::Date)
        .and_then(HeaderValue::as_datetime)
        .filter(|date| date.is_valid())
        .and_then(|date| Timestamp::from_second(date.to_timestamp()).ok());
    message.message_id = ids(first(headers, &HeaderName::MessageId)).into_iter().next();
    message.answers = ids(first(headers, &HeaderName::InReplyTo));
    message
        .answers
        .extend(ids(first(headers, &HeaderName::References)).into_iter().rev());
    once(&mut message.answers);
    message.answers.truncate(ANSWERS);
    if message.from.is_none() && !headers.is_empty() {
        message.oddities.push("It does not say who wrote it.".to_owned());
    }
    from
}

/// Where a field stands twice the first one counts.
fn first<'h>(headers: &'h [Header<'h>], name: &HeaderName<'_>) -> Option<&'h HeaderValue<'h>> {
    headers
        .iter()
        .find(|header| header.name == *name)
        .map(|header| &header.value)
}

/// The numbers of messages in a field.
fn ids(field: Option<&HeaderValue<'_>>) -> Vec<String> {
    let all: Vec<&str> = match field {
        Some(HeaderValue::Text(one)) => vec![one],
        Some(HeaderValue::TextList(several)) => several.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    let plain = all
        .into_iter()
        .map(|id| rules::unseen::without_unseen(id.trim().trim_matches(['<', '>'])));
    plain.filter(|id| !id.is_empty() && id.len() <= LONGEST_ID).collect()
}

/// Each once, at its first place.
fn once(ids: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
}
