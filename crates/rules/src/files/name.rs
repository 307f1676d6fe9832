//! The name that a file came under, without what no person typed: paths, control characters, hidden and reversing marks.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use crate::intake::feedback::clean_text;

/// The longest name that is kept, in characters and in bytes: every file system takes it.
const LONGEST_CHARACTERS: usize = 100;
const LONGEST_BYTES: usize = 200;
/// Longer endings are part of the name.
const LONGEST_EXTENSION: usize = 12;

/// A name that can be shown, searched for and saved under on any machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileName(String);

impl FileName {
    /// The name in what a browser sent: the last part of a path, cleaned, never empty, never too long.
    pub fn of(sent: &str) -> FileName {
        let last = sent.rsplit(['/', '\\']).next().unwrap_or("");
        let seen: String = clean_text(last).chars().filter(|c| !is_unseen(*c)).map(plain).collect();
        let joined = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        // Windows drops dots and spaces at the end: "setup.exe." would be a program again.
        let trimmed = joined.trim_matches(['.', ' ']);
        let name = shortened(trimmed);
        FileName(if name.is_empty() { "file".to_owned() } else { name })
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ending in small letters without its dot; empty where there is none.
    pub fn extension(&self) -> String {
        let ending = self.0.rsplit_once('.').map_or("", |(_, ending)| ending);
        let usable = ending.chars().count() <= LONGEST_EXTENSION;
        if usable { ending.to_lowercase() } else { String::new() }
    }

    /// What the name says the file is, where the contents say something else.
    pub fn claims_other_than(&self, kind: Kind) -> Option<Kind> {
        let extension = self.extension();
        if kind.is_named(&extension) {
            return None;
        }
        Kind::of_extension(&extension).filter(|claimed| *claimed != kind)
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What [`clean_text`] leaves in a running text but a name must not hold: soft hyphens, line separators, tag characters.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}' | '\u{2028}' | '\u{2029}' | '\u{3164}' | '\u{E0000}'..='\u{E007F}'
        )
}

/// What some systems do not take in a name.
fn plain(c: char) -> char {
    match c {
        '<' | '>' | ':' | '|' | '?' | '*' => '_',
        '"' => '\'',
        other => other,
    }
}

/// The name cut in its middle, so that its ending stays.
fn shortened(name: &str) -> String {
    let fits = |text: &str| text.chars().count() <= LONGEST_CHARACTERS && text.len() <= LONGEST_BYTES;
    if fits(name) {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= LONGEST_EXTENSION => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut short = String::new();
    for c in stem.chars() {
        let next = short.len() + c.len_utf8() + ending.len();
        if short.chars().count() + ending.chars().count() >= LONGEST_CHARACTERS || next > LONGEST_BYTES {
            break;
        }
        short.push(c);
    }
    format!("{}{ending}", short.trim_end_matches(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_a_path_without_what_nobody_typed() {
        let cleaned = [
            ("screenshot.png", "screenshot.png"),
            ("../../etc/passwd", "passwd"),
            (r"C:\Users\priya\Desktop\a b.txt", "a b.txt"),
            ("a\0b\r\n.txt", "ab.txt"),
            ("invoice\u{202E}gpj.exe", "invoicegpj.exe"),
            ("hid\u{200B}den\u{AD}\u{FEFF}.png", "hidden.png"),
            ("setup.exe. . .", "setup.exe"),
            ("...", "file"),
            ("", "file"),
            ("/", "file"),
            (".htaccess", "htaccess"),
            ("a:b|c?d*e<f>.txt", "a_b_c_d_e_f_.txt"),
            ("say \"hello\".txt", "say 'hello'.txt"),
            ("  two   spaces .txt ", "two spaces .txt"),
            ("écran 📷.png", "écran 📷.png"),
        ];
        for (sent, kept) in cleaned {
            assert_eq!(FileName::of(sent).as_str(), kept, "{sent:?}");
        }
    }

    #[test]
    fn a_very_long_name_keeps_its_ending() {
        let long = FileName::of(&format!("{}.pdf", "a".repeat(5_000)));
        assert_eq!(long.as_str().len(), 100);
        assert!(long.as_str().ends_with("a.pdf"));
        let wide = FileName::of(&format!("{}.jpg", "木".repeat(300)));
        assert!(
            wide.as_str().len() <= 200 && wide.as_str().ends_with("木.jpg"),
            "{wide}"
        );
        let dotted = FileName::of(&format!("a.{}", "b".repeat(300)));
        assert_eq!((dotted.as_str().len(), dotted.extension().as_str()), (100, ""));
    }

    #[test]
    fn a_cleaned_name_cleans_to_itself() {
        for sent in ["../../etc/passwd", "a\u{202E}b.png", "x.exe...", &"y.".repeat(400)] {
            let once = FileName::of(sent);
            assert_eq!(FileName::of(once.as_str()), once);
        }
    }

    #[test]
    fn a_name_that_says_something_else_is_noticed() {
        let claims = |name: &str, kind| FileName::of(name).claims_other_than(kind);
        assert_eq!(claims("photo.JPG", Kind::Jpeg), None);
        assert_eq!(claims("photo.pdf", Kind::Jpeg), Some(Kind::Pdf));
        assert_eq!(claims("photo.dat", Kind::Jpeg), None, "an ending that tells nothing");
        assert_eq!(claims("report.docx", Kind::LockedOffice), None);
        assert_eq!(claims("report.docx", Kind::Unknown), Some(Kind::Word));
    }
}
