//! Our own message ids: `<FC-10482-3-9f2c66d1a07b4e58@calderbrook.example>`, by which replies and bounces find their case.

/// Makes the id of a letter. `sequence` is the number of the event that owes it, `random` comes from chance once per letter and is kept
/// with it: whoever knows the id has seen the letter. Characters that an id cannot hold become hyphens (RFC 5322, section 3.6.4).
#[must_use]
pub fn new(reference: &str, sequence: u32, random: u64, domain: &str) -> String {
    format!("<{}-{sequence}-{random:016x}@{}>", safe(reference), safe(domain))
}

/// True for `<left@right>` in visible ASCII, with no further brackets and short enough for one header line (RFC 5322, section 2.1.1).
#[must_use]
pub fn is_sound(id: &str) -> bool {
    let inner = id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|inner| {
        inner.len() <= 900
            && inner
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'<' && byte != b'>')
            && inner
                .split_once('@')
                .is_some_and(|(left, right)| !left.is_empty() && !right.is_empty())
    })
}

fn safe(part: &str) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_');
    let safe: String = part
        .chars()
        .map(|character| if allowed(character) { character } else { '-' })
        .collect();
    safe.trim_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_the_case_and_the_event() {
        assert_eq!(
            new("FC-10482", 3, 0x9f2c, "calderbrook.example"),
            "<FC-10482-3-0000000000009f2c@calderbrook.example>"
        );
        assert!(is_sound(&new("FC 1\r\nX: y>", 3, 7, "a b.example")));
    }

    #[test]
    fn what_is_no_id_is_told() {
        for bad in [
            "",
            "<>",
            "a@b",
            "<a>",
            "<a b@c>",
            "<a@b>\r\nBcc: x@y",
            "<a@b><c@d>",
            "<@b>",
            "<a@>",
            "<\u{e9}@b>",
        ] {
            assert!(!is_sound(bad), "{bad}");
        }
        assert!(is_sound("<CAF=x+y_z.1@mail.example.org>"));
    }
}
