//! A letter that is an encrypted message: what is inside, with the headers that nobody on the way may read, and what stands around it (RFC 3156, section
//! 4; RFC 9788).

use casework::sealing::enclose::EnclosedFile;
use lettre::Message;
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType};
use lettre::message::{Attachment, Body, MultiPart, SinglePart};

use super::compose::{boundary, envelope, unwritten, words};
use super::{OutgoingMail, SendError};

/// The subject that everybody on the way reads (RFC 9788, section 3.2.1).
const SUBJECT: &str = "[...]";
/// What is said outside as well: it has to be, for the letter to arrive.
const OUTSIDE: [&str; 5] = ["From", "To", "Subject", "Date", "Message-ID"];

/// The letter with the complaint and its files, as the bytes to encrypt. Its headers are those that the reader is shown.
///
/// # Errors
///
/// As for [`super::Transport::prepare`].
pub fn inside(mail: &OutgoingMail, complaint: &str, files: &[EnclosedFile]) -> Result<Vec<u8>, SendError> {
    let kind = format!(
        "multipart/mixed; hp=\"cipher\"; protected-headers=\"v1\"; boundary=\"{}-in\"",
        boundary(&mail.message_id)
    );
    let complaint = SinglePart::builder()
        .header(ContentType::TEXT_PLAIN)
        .header(ContentDisposition::inline_with_name("complaint.txt"))
        .body(complaint.to_owned());
    let mut parts = MultiPart::builder()
        .header(content_type(&kind)?)
        .multipart(words(mail))
        .singlepart(complaint);
    for file in files {
        // Whatever is in them, they arrive byte for byte.
        let body = Body::new_with_encoding(file.bytes.clone(), ContentTransferEncoding::Base64)
            .map_err(|_| SendError::permanent("A file cannot be written into a message."))?;
        parts = parts.singlepart(Attachment::new(file.name.clone()).body(body, content_type(file.media_type)?));
    }
    let letter = envelope(mail)?.multipart(parts).map_err(|error| unwritten(&error))?;
    let mut bytes = said_outside(mail)?;
    bytes.extend_from_slice(&letter.formatted());
    Ok(bytes)
}

/// The message as it goes: nothing but addresses, the date and ciphertext.
pub(super) fn outside(mail: &OutgoingMail, message: &str) -> Result<Message, SendError> {
    let version = SinglePart::builder()
        .header(content_type("application/pgp-encrypted")?)
        .body("Version: 1\r\n".to_owned());
    let message = SinglePart::builder()
        .header(content_type("application/octet-stream; name=\"encrypted.asc\"")?)
        .header(ContentDisposition::inline_with_name("encrypted.asc"))
        .body(message.replace("\r\n", "\n").replace('\n', "\r\n"));
    let parts = MultiPart::encrypted("application/pgp-encrypted".to_owned())
        .boundary(boundary(&mail.message_id))
        .singlepart(version)
        .singlepart(message);
    envelope(&neutral(mail))?
        .multipart(parts)
        .map_err(|error| unwritten(&error))
}

fn neutral(mail: &OutgoingMail) -> OutgoingMail {
    OutgoingMail {
        subject: SUBJECT.to_owned(),
        ..mail.clone()
    }
}

/// A line about each header that is said outside as well, so that an answer repeats no other.
fn said_outside(mail: &OutgoingMail) -> Result<Vec<u8>, SendError> {
    let empty = envelope(&neutral(mail))?
        .body(String::new())
        .map_err(|error| unwritten(&error))?;
    let text = String::from_utf8_lossy(&empty.formatted()).replace("\r\n ", " ");
    let said = |line: &&str| OUTSIDE.iter().any(|name| line.starts_with(&format!("{name}: ")));
    let lines: Vec<String> = text
        .lines()
        .filter(said)
        .map(|line| format!("HP-Outer: {line}\r\n"))
        .collect();
    Ok(lines.concat().into_bytes())
}

fn content_type(text: &str) -> Result<ContentType, SendError> {
    ContentType::parse(text).map_err(|_| SendError::permanent(format!("\"{text}\" is no kind of content.")))
}
