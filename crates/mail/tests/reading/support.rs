//! Reads messages of tests, and what came with them.

use std::io::Read;

use mail::{Reading, Settings, read};
use rules::mail::Message;

/// A message with line ends as on the wire.
pub(crate) fn wire(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

/// What a message says to somebody who knows nothing of the mailbox.
pub(crate) fn understood(message: &[u8]) -> Reading {
    read(message, &Settings::default()).expect("bytes in memory can be read")
}

/// What a message in text says.
pub(crate) fn message(text: &str) -> Message {
    understood(&wire(text)).message
}

/// The words of a message with one part of a type, whose body is these bytes.
pub(crate) fn body(content_type: &str, encoding: &str, bytes: &[u8]) -> String {
    let mut message = wire(&format!(
        "From: pat@uni.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: {content_type}\nContent-Transfer-Encoding: {encoding}\n\n"
    ));
    message.extend_from_slice(bytes);
    understood(&message).message.words.whole
}

/// What came with a message: its place and its bytes.
pub(crate) fn carried(message: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let reading = understood(message);
    let mut attachments = reading.carried(message);
    let mut all = Vec::new();
    while let Some(mut attachment) = attachments.next().expect("bytes in memory can be read") {
        let mut bytes = Vec::new();
        attachment.read_to_end(&mut bytes).expect("bytes in memory can be read");
        all.push((attachment.part, bytes));
    }
    all
}

/// Name, type and bytes of what came with a message in text.
pub(crate) fn files(text: &str) -> Vec<(Option<String>, String, Vec<u8>)> {
    let bytes = wire(text);
    let said = understood(&bytes).message.carried;
    let given = carried(&bytes);
    assert_eq!(said.len(), given.len(), "both passes tell the same files");
    let both = said.into_iter().zip(given);
    both.map(|(said, (part, bytes))| {
        assert_eq!(said.part, part);
        assert_eq!(said.size, bytes.len() as u64, "both passes tell the same size");
        (said.name, said.said_type, bytes)
    })
    .collect()
}

/// A message with a multipart of some kind around parts.
pub(crate) fn multipart(kind: &str, parts: &[&str]) -> String {
    let mut text = format!(
        "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=\"b=1\"\n\nNo MIME here.\n"
    );
    for part in parts {
        text.push_str("--b=1\n");
        text.push_str(part);
        text.push('\n');
    }
    text.push_str("--b=1--\nAn epilogue.\n");
    text
}

pub(crate) const PLAIN: &str = "Content-Type: text/plain\n\nplain words";
pub(crate) const HTML: &str = "Content-Type: text/html\n\n<p>words of <b>HTML</b></p>";
pub(crate) const EMPTY: &str = "Content-Type: text/plain\n\n  ";
pub(crate) const PICTURE: &str = "Content-Type: image/png; name=p.png\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\niVBORw==";
pub(crate) const FILE: &str =
    "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"a b.pdf\"\n\n%PDF";
