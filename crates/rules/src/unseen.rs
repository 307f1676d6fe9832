//! Characters that nobody sees and nobody typed: what reverses, hides or breaks words is taken out of everything that people write, here and
//! nowhere else.
//!
//! The public's words lose them at intake ([`crate::intake::feedback::clean_text`]). What staff write comes in by many acts, so that it loses them
//! where every act passes: the write paths ask for the plain form of each event before it is kept, fixed in a letter or shown.

use serde_json::Value;

use crate::case::change::Refused;

/// Whether a character has no place in words: control characters but line end and tab, marks that turn the direction of text, and what has
/// no width. Joiners stay: scripts and emoji need them.
pub fn is_unseen(character: char) -> bool {
    let control = character.is_control() && !matches!(character, '\n' | '\t');
    let direction = matches!(
        character,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}'
    );
    let hidden = matches!(
        character,
        '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FEFF}'
    );
    control || direction || hidden
}

/// Words without them; the line ends of every machine become one.
pub fn without_unseen(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    words.chars().filter(|character| !is_unseen(*character)).collect()
}

/// Takes them out of every word in a value that is to be stored. Answers whether anything changed.
///
/// # Errors
/// When words held nothing else: whoever wrote them believes that they said something, or a rule that asks for words was passed by none.
pub(crate) fn take_out(value: &mut Value) -> Result<Change, Refused> {
    match value {
        Value::String(words) => {
            let plain = without_unseen(words);
            if plain == *words {
                return Ok(Change::Nothing);
            }
            if plain.trim().is_empty() {
                return Err(Refused::Rule(
                    "One of the boxes holds only characters that cannot be seen. Write words in it, or leave it empty."
                        .to_owned(),
                ));
            }
            *words = plain;
            Ok(Change::Something)
        }
        Value::Array(values) => all(values.iter_mut()),
        Value::Object(fields) => all(fields.values_mut()),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(Change::Nothing),
    }
}

/// Whether words lost something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// They are as they were.
    Nothing,
    /// They are plain now.
    Something,
}

fn all<'v>(values: impl Iterator<Item = &'v mut Value>) -> Result<Change, Refused> {
    let mut change = Change::Nothing;
    for value in values {
        if take_out(value)? == Change::Something {
            change = Change::Something;
        }
    }
    Ok(change)
}
