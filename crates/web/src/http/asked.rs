//! The question in an address (`?show=late`): read like a form, never refused.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::posted::Posted;

/// What an address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked(Posted);

impl Asked {
    /// What the part of an address behind the question mark asks for.
    pub fn of(query: &str) -> Asked {
        Asked(Posted::parse(query.as_bytes()))
    }

    /// Whether it asks for nothing at all.
    pub fn is_empty(&self) -> bool {
        self.0.fields().is_empty()
    }

    /// The first value of a name; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name)
    }

    /// The number of a page of a list, counted from 1; the first where none is asked for.
    pub fn page(&self, name: &str) -> u32 {
        self.get(name).parse().unwrap_or(1).max(1)
    }

    /// All of it, as a form would send it.
    pub fn fields(&self) -> &Posted {
        &self.0
    }

    /// A value without space around it, or nothing.
    pub fn some(&self, name: &str) -> Option<&str> {
        self.0.some(name)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Infallible> {
        Ok(Asked::of(parts.uri.query().unwrap_or("")))
    }
}

/// An address with a question; pairs without a value are left out.
pub fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .for_each(|(name, value)| {
            query.append_pair(name, value);
        });
    match query.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_what_has_a_value_and_escape_it() {
        assert_eq!(
            address("/staff/cases", &[("stage", "2"), ("kind", ""), ("q", "a&b c")]),
            "/staff/cases?stage=2&q=a%26b+c"
        );
        assert_eq!(address("/staff/cases", &[("stage", "")]), "/staff/cases");
    }
}
