//! The heads in a form that brings files: its boundary, and the names of each part.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

use super::Broken;

/// The longest boundary, in characters (RFC 2046 5.1.1).
const LONGEST_BOUNDARY: usize = 70;

/// The head of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The name of its field.
    pub(crate) name: String,
    /// The name of the file, where the part is one; empty where no file was chosen.
    pub(crate) file: Option<String>,
}

/// The boundary of a form that brings files, empty where it cannot be used; nothing where the request is no such form.
pub(crate) fn boundary(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let (kind, parameters) = value.split_once(';').unwrap_or((value, ""));
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    // Without a usable one it is still such a form, of which nothing can be read.
    let found = parameter(parameters.as_bytes(), "boundary").unwrap_or_default();
    Some(if found.len() <= LONGEST_BOUNDARY {
        found
    } else {
        String::new()
    })
}

/// The head of a part, from the end of the line of its delimiter on.
pub(super) fn read_head(head: &[u8]) -> Result<Part, Broken> {
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.trim_ascii_end());
    // Behind a delimiter only spaces may stand.
    if lines.next().is_none_or(|padding| !padding.trim_ascii().is_empty()) {
        return Err(Broken::Misshapen);
    }
    let disposition = lines.find_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        line[..colon]
            .eq_ignore_ascii_case(b"content-disposition")
            .then(|| &line[colon + 1..])
    });
    let disposition = disposition.ok_or(Broken::Misshapen)?;
    Ok(Part {
        name: parameter(disposition, "name").unwrap_or_default(),
        file: parameter(disposition, "filename"),
    })
}

/// A parameter of a header: `; name="value"`. Browsers write quotes and line ends in a value as %22, %0D and %0A.
fn parameter(header: &[u8], wanted: &str) -> Option<String> {
    let mut rest = header;
    loop {
        let start = rest.iter().position(|byte| *byte == b'=')?;
        let name = rest[..start].rsplit(|byte| *byte == b';').next()?.trim_ascii();
        let (value, behind) = value_of(&rest[start + 1..]);
        if name.eq_ignore_ascii_case(wanted.as_bytes()) {
            let value = String::from_utf8_lossy(&value).into_owned();
            return Some(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"));
        }
        rest = behind;
    }
}

/// A value and what stands behind it. A backslash only guards a quote: elsewhere it is part of a path.
fn value_of(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let bytes = bytes.trim_ascii_start();
    let Some(quoted) = bytes.strip_prefix(b"\"") else {
        let end = bytes.iter().position(|byte| *byte == b';').unwrap_or(bytes.len());
        return (bytes[..end].trim_ascii().to_vec(), &bytes[end..]);
    };
    let mut value = Vec::new();
    let mut at = 0;
    while let Some(byte) = quoted.get(at) {
        match (byte, quoted.get(at + 1)) {
            (b'"', _) => return (value, &quoted[at + 1..]),
            (b'\\', Some(b'"')) => {
                value.push(b'"');
                at += 2;
            }
            _ => {
                value.push(*byte);
                at += 1;
            }
        }
    }
    (value, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_browsers_write_them() {
        let read = |text: &str| parameter(text.as_bytes(), "filename");
        assert_eq!(
            read("form-data; name=\"f\"; filename=\"a;b=c.txt\""),
            Some("a;b=c.txt".into())
        );
        assert_eq!(
            read("form-data; filename=\"say %22hi%22.txt\"; name=f"),
            Some("say \"hi\".txt".into())
        );
        assert_eq!(
            read("form-data; filename=\"C:\\shots\\a.png\""),
            Some("C:\\shots\\a.png".into())
        );
        assert_eq!(read("form-data; filename=\"a\\\"b.png\""), Some("a\"b.png".into()));
        assert_eq!(read("form-data; name=x; FILENAME=plain.txt"), Some("plain.txt".into()));
        assert_eq!(read("form-data; filename=\"\""), Some(String::new()));
        assert_eq!(read("form-data; name=\"filename\""), None);
        assert_eq!(
            read("form-data; filename=\"\u{e9}.png"),
            Some("\u{e9}.png".into()),
            "a quote that never ends"
        );
    }

    #[test]
    fn only_a_form_that_brings_files_has_a_boundary() {
        let of = |text: &str| {
            let headers = [(CONTENT_TYPE, text.parse().unwrap())].into_iter().collect();
            boundary(&headers)
        };
        assert_eq!(of("multipart/form-data; boundary=abc"), Some("abc".into()));
        assert_eq!(
            of("Multipart/Form-Data; charset=utf-8; boundary=\"a b\""),
            Some("a b".into())
        );
        assert_eq!(of("multipart/form-data"), Some(String::new()));
        let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
        assert_eq!(of(&long), Some(String::new()));
        assert_eq!(of("application/x-www-form-urlencoded"), None);
        assert_eq!(boundary(&HeaderMap::new()), None);
    }
}
