//! Bytes to text: by the charset that they say, and by what they are where that is wrong.

use mail_parser::decoders::charsets::map::charset_decoder;

/// What such bytes are taken for when nothing better is known: every byte of it is a character.
const LAST_RESORT: &str = "windows-1252";

/// The text, and what was wrong with the charset, if something was.
pub(crate) fn decoded(bytes: &[u8], said: Option<&str>) -> (String, Option<&'static str>) {
    if let Some(text) = marked(bytes) {
        return (text, None);
    }
    let said = said.unwrap_or_default().trim().trim_matches('"').to_ascii_lowercase();
    let utf8 = std::str::from_utf8(bytes);
    match (said.as_str(), utf8) {
        ("" | "us-ascii" | "ascii" | "ansi_x3.4-1968" | "utf-8" | "utf8" | "unknown-8bit" | "8bit" | "binary", _) => {
            (of_unnamed(bytes), None)
        }
        // Forms of seven bits hold no other bytes: whoever wrote these meant UTF-8.
        (name, Ok(text))
            if !text.is_ascii() && (name.starts_with("iso-2022") || name == "utf-7" || name.starts_with("hz-")) =>
        {
            (text.to_owned(), None)
        }
        (name, Err(_)) if name.starts_with("iso-2022-jp") => (japanese(bytes), None),
        // Latin text that happens to be right as UTF-8 is UTF-8 under a wrong name.
        ("iso-8859-1" | "iso-8859-15" | "latin1" | "windows-1252" | "cp1252", Ok(text)) => (text.to_owned(), None),
        (name, _) => match charset_decoder(name.as_bytes()) {
            Some(decode) => (decode(bytes), None),
            None => (
                of_unnamed(bytes),
                Some("Its charset is not known: letters may be wrong."),
            ),
        },
    }
}

/// Bytes of eight bits under the name of Japan's form of seven: one of its other two.
fn japanese(bytes: &[u8]) -> String {
    let named = |name: &str| charset_decoder(name.as_bytes()).map(|decode| decode(bytes));
    let is_whole = |text: &String| !text.contains(char::REPLACEMENT_CHARACTER);
    let whole = ["euc-jp", "shift_jis"].into_iter().filter_map(named).find(is_whole);
    whole.or_else(|| named("euc-jp")).unwrap_or_default()
}

/// Text that begins with a mark of its form of Unicode.
fn marked(bytes: &[u8]) -> Option<String> {
    let name: &[u8] = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return Some(String::from_utf8_lossy(rest).into_owned()),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => b"utf-16",
        _ => return None,
    };
    charset_decoder(name).map(|decode| decode(bytes))
}

/// Text under no name, or under the name of UTF-8.
fn of_unnamed(bytes: &[u8]) -> String {
    let named = |name: &str| charset_decoder(name.as_bytes()).map(|decode| decode(bytes));
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains("\u{1b}$B") || text.contains("\u{1b}$@") => {
            named("iso-2022-jp").unwrap_or_else(|| text.to_owned())
        }
        Ok(text) => text.to_owned(),
        Err(_) => {
            let lossy = String::from_utf8_lossy(bytes);
            // A little of it broken, as when it was cut: what is right stays.
            let is_mostly_right = lossy
                .chars()
                .any(|one| !one.is_ascii() && one != char::REPLACEMENT_CHARACTER);
            let text = if is_mostly_right { None } else { named(LAST_RESORT) };
            text.unwrap_or_else(|| lossy.into_owned())
        }
    }
}
