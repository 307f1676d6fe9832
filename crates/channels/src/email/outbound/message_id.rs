//! Which text can be the id of a message (RFC 5322, 3.6.4).

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

#[cfg(test)]
mod tests {
    use super::*;

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
