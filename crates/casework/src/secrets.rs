//! The way back of a complainant, taken out of everything that staff read: whoever holds it can speak as the complainant (R31).
//!
//! The stored events keep letters word for word, as they went out. What a page of the office is made from goes through here first, so that no
//! staff page, however it is made, has a secret to show.

use rules::case::event::Received;
use rules::case::{Event, Recorded};
use serde_json::Value;

use crate::ActError;

/// What stands where the link was.
pub const THEIR_LINK: &str = "[their link]";
/// What stands where the receipt code was.
pub const THEIR_CODE: &str = "[their code]";

/// The code and the secret of the links of one case.
#[derive(Debug, Clone)]
pub struct Secrets {
    code: Vec<char>,
    token: String,
}

impl Secrets {
    /// Those that were handed out with a receipt.
    pub fn of(received: &Received) -> Secrets {
        Secrets {
            code: received.receipt_code.chars().filter(char::is_ascii_digit).collect(),
            token: received.link_token.clone(),
        }
    }

    /// A text without them: whoever wrote it, and however the digits of the code are set apart.
    pub fn masked(&self, text: &str) -> String {
        self.without_code(&self.without_link(text))
    }

    fn without_link(&self, text: &str) -> String {
        if self.token.is_empty() || !text.contains(&self.token) {
            return text.to_owned();
        }
        let mut kept = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(&self.token) {
            let begins = rest[..at].rfind(ends_address).map_or(0, |before| {
                before + rest[before..].chars().next().map_or(0, char::len_utf8)
            });
            let address = rest[begins..at].contains("://");
            kept.push_str(&rest[..if address { begins } else { at }]);
            kept.push_str(THEIR_LINK);
            rest = &rest[at + self.token.len()..];
        }
        kept + rest
    }

    fn without_code(&self, text: &str) -> String {
        if self.code.is_empty() {
            return text.to_owned();
        }
        let mut kept = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            match self.code_at(rest) {
                Some(length) => {
                    kept.push_str(THEIR_CODE);
                    rest = &rest[length..];
                }
                None => {
                    kept.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        kept
    }

    /// How many bytes the code takes that begins here; nothing where none does.
    fn code_at(&self, text: &str) -> Option<usize> {
        let mut wanted = self.code.iter();
        let mut next = wanted.next()?;
        let mut apart = 0;
        for (at, found) in text.char_indices() {
            if found == *next {
                match wanted.next() {
                    Some(digit) => (next, apart) = (digit, 0),
                    None => return Some(at + found.len_utf8()),
                }
            } else if at == 0 || found.is_alphanumeric() || apart == MOST_APART {
                return None;
            } else {
                apart += 1;
            }
        }
        None
    }

    /// A history as staff may read it: the receipt, letters, messages and notes without code and link.
    pub(crate) fn masked_history(&self, history: &[Recorded]) -> Result<Vec<Recorded>, ActError> {
        let masked = |recorded: &Recorded| {
            Ok(Recorded {
                event: self.masked_event(&recorded.event)?,
                ..recorded.clone()
            })
        };
        history.iter().map(masked).collect()
    }

    /// Every word of an event, whatever kind it is: a new kind cannot be forgotten here.
    fn masked_event(&self, event: &Event) -> Result<Event, ActError> {
        let encoded = event.encode();
        if !self.may_be_in(&encoded) {
            return Ok(event.clone());
        }
        let mut words: Value = serde_json::from_slice(&encoded)?;
        self.mask(&mut words);
        Ok(Event::decode(
            event.kind(),
            event.version(),
            words.to_string().as_bytes(),
        )?)
    }

    /// False only where neither can stand in any word of this JSON. Whatever is written between the digits of a code, they come in their order,
    /// without another digit among them, unless a sign is spelt with digits.
    fn may_be_in(&self, json: &[u8]) -> bool {
        let token = self.token.as_bytes();
        let spelt = b"\\u";
        let digits: Vec<u8> = json.iter().copied().filter(u8::is_ascii_digit).collect();
        let code: Vec<u8> = self.code.iter().map(|digit| *digit as u8).collect();
        let in_digits = !code.is_empty() && digits.windows(code.len()).any(|window| window == code);
        in_digits || holds(json, spelt) || (!token.is_empty() && holds(json, token))
    }

    fn mask(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.masked(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.mask(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.mask(field)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// How many signs may stand between two digits of a code that somebody copied.
const MOST_APART: usize = 3;

/// What cannot be a part of an address: it begins after this.
fn ends_address(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '"' | '\'' | '<' | '>' | '(' | '[' | '\u{201C}' | '\u{2018}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        Secrets {
            code: "4021773301956468".chars().collect(),
            token: "00ff".repeat(8),
        }
    }

    #[test]
    fn a_link_is_taken_out_whole_wherever_it_stands() {
        let link = format!("https://a.example/track/FC-1/k/{}", "00ff".repeat(8));
        for (text, left) in [
            (
                format!("Ask for stage 2:\n{link}\n\nAmara"),
                "Ask for stage 2:\n[their link]\n\nAmara",
            ),
            (
                format!("See ({link}) or <{link}>."),
                "See ([their link]) or <[their link]>.",
            ),
            (format!("“{link}”"), "“[their link]”"),
            (link.clone(), "[their link]"),
            (format!("the secret {}", "00ff".repeat(8)), "the secret [their link]"),
            (format!("{link}{link}"), "[their link][their link]"),
            (
                "https://a.example/track/FC-1".to_owned(),
                "https://a.example/track/FC-1",
            ),
        ] {
            assert_eq!(secrets().masked(&text), left);
        }
    }

    #[test]
    fn an_event_is_left_as_it_is_only_where_no_secret_can_stand_in_it() {
        let note = |words: &str| {
            Event::NoteAdded(rules::case::event::NoteAdded {
                words: words.to_owned(),
            })
        };
        for (words, left) in [
            ("Rang at 4021, case 7733 0195.", "Rang at 4021, case 7733 0195."),
            ("Code 4021 7733\n0195\t6468.", "Code [their code]."),
            ("Code 4021\u{1f}7733\u{1f}0195\u{1f}6468.", "Code [their code]."),
            ("Code \"4021\"7733\\0195-6468.", "Code \"[their code]."),
        ] {
            let masked = secrets().masked_event(&note(words)).expect("it can be read again");
            assert_eq!(masked, note(left), "{words:?}");
        }
        let token = "00ff".repeat(8);
        assert_eq!(
            secrets().masked_event(&note(&token)).expect("it can be read again"),
            note(THEIR_LINK)
        );
    }

    #[test]
    fn a_code_is_taken_out_however_its_digits_are_set_apart() {
        for text in [
            "4021773301956468",
            "4021 7733 0195 6468",
            "4021-7733-0195-6468",
            "4021 7733\n0195 6468",
            "4021\u{2011}7733 - 0195 6468",
        ] {
            assert_eq!(
                secrets().masked(&format!("Code {text}.")),
                "Code [their code].",
                "{text:?}"
            );
        }
        for other in ["4021 7733 0195 6469", "40217733a01956468", "4021", "Call 01632 960 417"] {
            assert_eq!(secrets().masked(other), other);
        }
        assert_eq!(secrets().masked("44021773301956468"), "4[their code]");
    }
}
