//! A posted form, whatever it holds: read without losing a word, refused only where it cannot be a form.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;

/// The most fields that a form may have; ours have about thirty, and some per point of complaint.
pub(crate) const MOST_FIELDS: usize = 400;
/// The largest words of a form that are read, in bytes: a complaint of 200,000 characters, each of up to nine bytes when encoded, and its
/// fields.
pub(crate) const LARGEST_FORM: usize = 2 * 1024 * 1024;

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

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = StatusCode;

    async fn from_request(request: Request, state: &S) -> Result<Posted, StatusCode> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
        Ok(Posted::parse(&body))
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
