//! A posted form, whatever it holds: read without losing a word, refused only where it cannot be a form.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, HttpBody};

use super::Sender;

/// The most fields that a form may have; ours have about thirty, and some per point of complaint.
pub(crate) const MOST_FIELDS: usize = 400;
/// The largest words of a form that are taken, in bytes: a complaint of 200,000 characters, each of up to nine bytes when encoded, and its
/// fields.
pub(crate) const LARGEST_FORM: usize = 2 * 1024 * 1024;
/// How much of a form that is too large is kept to be shown again, in bytes: four times what is taken.
pub(crate) const LARGEST_SHOWN: usize = 8 * 1024 * 1024;
/// How much of one without files is read at all, in bytes. What cannot be shown again is passed over, so that the answer is read by a browser
/// that first sends all it has; a sender of more than this wants something else.
const MOST_READ: usize = 64 * 1024 * 1024;

/// The fields of a posted form, in order. Unknown encodings become the replacement character, never an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted(Vec<(String, String)>);

impl Posted {
    /// Reads a form body.
    pub fn parse(body: &[u8]) -> Posted {
        let fields = form_urlencoded::parse(body).take(MOST_FIELDS);
        Posted(
            fields
                .map(|(name, value)| (name.into_owned(), value.replace("\r\n", "\n")))
                .collect(),
        )
    }

    /// The first value of a field; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// A field's value without space around it, or nothing.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|value| !value.is_empty())
    }

    /// Every value of a field: ticked boxes.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Whether a box is ticked or a field filled.
    pub fn has(&self, name: &str) -> bool {
        self.some(name).is_some()
    }

    /// Fields from pairs of name and value.
    pub fn from_pairs(pairs: &[(String, String)]) -> Posted {
        Posted(pairs.to_vec())
    }

    /// Adds a field behind the others.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.replace("\r\n", "\n")));
    }

    /// Gives a field one value, whatever it had.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Gives an empty field a value.
    pub fn or_else(&mut self, name: &str, value: &str) {
        if !self.has(name) {
            self.0.retain(|(known, _)| known != name);
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    /// All fields, for a page that keeps them.
    pub fn fields(&self) -> &[(String, String)] {
        &self.0
    }
}

/// Why a form is not taken at all.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It broke off, and its sender with it.
    CutShort,
    /// Its words are larger than any form.
    TooLarge(TooLarge),
}

/// A form whose words are larger than any form.
#[derive(Debug)]
pub(crate) struct TooLarge {
    /// Where it was sent.
    pub(crate) to: String,
    /// Whether a page of ours sent it: only then are its words shown.
    pub(crate) from: Sender,
    /// Its fields, the last of them cut where it went beyond what can be shown.
    pub(crate) posted: Posted,
}

impl Posted {
    /// Reads the body of a form without files; what it holds, and whether that is more than is taken.
    ///
    /// # Errors
    /// [`Unread::CutShort`]: half a form is none.
    pub(crate) async fn read(mut body: Body) -> Result<(Posted, Size), Unread> {
        let (mut held, mut came) = (Vec::new(), 0);
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            let Ok(bytes) = frame.map_err(|_| Unread::CutShort)?.into_data() else {
                continue;
            };
            came += bytes.len();
            let room = LARGEST_SHOWN - held.len();
            held.extend_from_slice(&bytes[..bytes.len().min(room)]);
            if came > MOST_READ {
                break;
            }
        }
        Ok((Posted::parse(&held), Size::of(came)))
    }
}

/// Whether the words of a form are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// They are.
    Taken,
    /// They are too large.
    TooLarge,
}

impl Size {
    /// Of so many bytes.
    pub(crate) fn of(bytes: usize) -> Size {
        if bytes > LARGEST_FORM {
            Size::TooLarge
        } else {
            Size::Taken
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_without_losing_a_word() {
        let posted = Posted::parse(b"what=The+Wi-Fi%0D%0Adropped%21&role=a&role=b&name=%FF%FEx&empty=+");
        assert_eq!(posted.get("what"), "The Wi-Fi\ndropped!");
        assert_eq!(posted.all("role"), ["a", "b"]);
        assert!(posted.get("name").contains('\u{FFFD}'));
        assert!(!posted.has("empty") && !posted.has("absent"));
    }

    #[test]
    fn a_thousand_fields_are_cut_to_what_a_form_can_have() {
        let body = (0..1_000).map(|n| format!("f{n}=x")).collect::<Vec<_>>().join("&");
        assert_eq!(Posted::parse(body.as_bytes()).fields().len(), MOST_FIELDS);
    }
}
