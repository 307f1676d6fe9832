//! What a follow-on action is called: the case that promised it or the review that recommended it, and a number.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::case::Reference;
use crate::review::period::Month;

/// `FC-10482-1`: the first action promised in that case. `2026-09-2`: the second recommendation of that review.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum FollowOnId {
    /// Promised in a case.
    Case(Reference, u32),
    /// Recommended by a review.
    Review(Month, u32),
}

/// A text that names no follow-on action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no follow-on action")]
pub struct NotAFollowOn(String);

impl FollowOnId {
    /// The name of its stream in the log.
    pub fn stream(&self) -> String {
        format!("{STREAM}{self}")
    }

    /// The action whose stream this is; `None` for other streams.
    pub fn of_stream(stream: &str) -> Option<FollowOnId> {
        stream.strip_prefix(STREAM)?.parse().ok()
    }
}

const STREAM: &str = "action-";

impl fmt::Display for FollowOnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FollowOnId::Case(reference, number) => write!(f, "{reference}-{number}"),
            FollowOnId::Review(month, number) => write!(f, "{month}-{number}"),
        }
    }
}

impl FromStr for FollowOnId {
    type Err = NotAFollowOn;

    fn from_str(text: &str) -> Result<FollowOnId, NotAFollowOn> {
        let wrong = || NotAFollowOn(text.to_owned());
        let (of, number) = text.rsplit_once('-').ok_or_else(wrong)?;
        let number: u32 = number.parse().map_err(|_| wrong())?;
        if let Ok(month) = of.parse() {
            return Ok(FollowOnId::Review(month, number));
        }
        let reference: Reference = of.parse().map_err(|_| wrong())?;
        Ok(FollowOnId::Case(reference, number))
    }
}

impl TryFrom<String> for FollowOnId {
    type Error = NotAFollowOn;

    fn try_from(text: String) -> Result<FollowOnId, NotAFollowOn> {
        text.parse()
    }
}

impl From<FollowOnId> for String {
    fn from(id: FollowOnId) -> String {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_come_back_from_their_text() {
        for text in ["FC-10482-1", "2026-09-12"] {
            let id: FollowOnId = text.parse().unwrap();
            assert_eq!(id.to_string(), text);
            assert_eq!(FollowOnId::of_stream(&id.stream()), Some(id));
        }
        for text in ["", "FC-10482", "2026-09", "FC-10482-x", "-1", "2026-13-1"] {
            assert!(text.parse::<FollowOnId>().is_err(), "{text}");
        }
        assert_eq!(FollowOnId::of_stream("FC-10482"), None);
    }
}
