//! The reference of a case: what the complainant is given and everyone quotes (R85).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// `FC-10482`: a short prefix that the institution chooses and a number that is never used twice.
///
/// ```
/// use rules::case::Reference;
/// let reference: Reference = " fc 10482".parse().unwrap();
/// assert_eq!(reference.to_string(), "FC-10482");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference {
    prefix: String,
    number: i64,
}

/// Why a text is no reference.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("A reference looks like FC-10482: letters, a hyphen and a number")]
pub struct NotAReference;

impl Reference {
    /// Makes a reference from its two halves.
    ///
    /// # Errors
    /// When the prefix is not one to four Latin letters or the number is not positive.
    pub fn new(prefix: &str, number: i64) -> Result<Reference, NotAReference> {
        let letters = !prefix.is_empty() && prefix.len() <= 4 && prefix.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !letters || number < 1 {
            return Err(NotAReference);
        }
        Ok(Reference {
            prefix: prefix.to_ascii_uppercase(),
            number,
        })
    }

    /// The number alone, by which cases are ordered.
    pub fn number(&self) -> i64 {
        self.number
    }

    /// The reference as it is read out: "F C, one zero four eight two".
    pub fn spoken(&self) -> String {
        let letters: Vec<String> = self.prefix.chars().map(String::from).collect();
        let digits: Vec<&str> = self
            .number
            .to_string()
            .bytes()
            .map(|digit| DIGITS[usize::from(digit - b'0')])
            .collect();
        format!("{}, {}", letters.join(" "), digits.join(" "))
    }
}

const DIGITS: [&str; 10] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.prefix, self.number)
    }
}

impl FromStr for Reference {
    type Err = NotAReference;

    fn from_str(text: &str) -> Result<Reference, NotAReference> {
        let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let split = text.find(|c: char| c.is_ascii_digit()).ok_or(NotAReference)?;
        let (prefix, number) = text.split_at(split);
        if number.len() > 12 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAReference);
        }
        Reference::new(prefix, number.parse().map_err(|_| NotAReference)?)
    }
}

impl TryFrom<String> for Reference {
    type Error = NotAReference;

    fn try_from(text: String) -> Result<Reference, NotAReference> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_as_people_type_it() {
        for typed in ["FC-10482", "fc-10482", " FC 10482 ", "fc10482"] {
            assert_eq!(typed.parse::<Reference>().unwrap().to_string(), "FC-10482", "{typed}");
        }
    }

    #[test]
    fn refuses_what_is_none() {
        for typed in [
            "",
            "10482",
            "FC-",
            "FC-0",
            "FC-1x",
            "FC-9999999999999999999",
            "FCABC-1",
            "FÇ-1",
        ] {
            assert_eq!(typed.parse::<Reference>(), Err(NotAReference), "{typed}");
        }
    }

    #[test]
    fn can_be_read_out() {
        assert_eq!(
            "FC-10482".parse::<Reference>().unwrap().spoken(),
            "F C, one zero four eight two"
        );
    }
}
