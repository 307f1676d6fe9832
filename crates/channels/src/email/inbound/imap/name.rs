//! Words inside a command: quoted, and names of folders in the letters that the protocol has for them (RFC 3501, 5.1.3).

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

/// Base64 with a comma for the slash, without padding.
const LETTERS: GeneralPurpose = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);

/// A word as a quoted string. Controls, which cannot stand in one, were refused with the settings.
pub(super) fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The name of a folder as a quoted string: letters beyond ASCII as UTF-16 in base64 between `&` and `-`.
pub(super) fn folder(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    let mut beyond: Vec<u8> = Vec::new();
    let close = |written: &mut String, beyond: &mut Vec<u8>| {
        if !beyond.is_empty() {
            written.push('&');
            written.push_str(&LETTERS.encode(&*beyond));
            written.push('-');
            beyond.clear();
        }
    };
    for character in name.chars() {
        match character {
            ' '..='~' => {
                close(&mut written, &mut beyond);
                written.push(character);
                if character == '&' {
                    written.push('-');
                }
            }
            other => {
                let mut units = [0; 2];
                beyond.extend(
                    other
                        .encode_utf16(&mut units)
                        .iter()
                        .flat_map(|unit| unit.to_be_bytes()),
                );
            }
        }
    }
    close(&mut written, &mut beyond);
    quoted(&written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_are_written_as_the_protocol_has_them() {
        // RFC 3501, section 5.1.3 has this one.
        assert_eq!(folder("~peter/mail/台北/日本語"), "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\"");
        assert_eq!(folder("Q&A"), "\"Q&-A\"");
        assert_eq!(folder("a\"b\\c"), "\"a\\\"b\\\\c\"");
        assert_eq!(folder("Erledigte Fälle"), "\"Erledigte F&AOQ-lle\"");
        assert_eq!(folder("😀"), "\"&2D3eAA-\"");
    }
}
