//! Distinguished names (RFC 4514), so that one that is written in another way is known as the same.

/// A name in a form in which every way of writing it is the same: no spaces around its parts, small letters, no escapes, the values of a part with
/// several in one order. Attributes of directories of people are compared without regard to case (RFC 4519).
pub(super) fn plain(name: &str) -> String {
    let parts = split(name, ',').into_iter().map(|part| {
        let mut values: Vec<String> = split(&part, '+').iter().map(|value| pair(value)).collect();
        values.sort();
        values.join("\u{1e}")
    });
    parts.collect::<Vec<_>>().join("\u{1f}")
}

/// The parts between separators that are not escaped; escapes stay.
fn split(name: &str, by: char) -> Vec<String> {
    let (mut parts, mut part, mut escaped) = (Vec::new(), String::new(), false);
    for letter in name.chars() {
        if letter == by && !escaped {
            parts.push(std::mem::take(&mut part));
            continue;
        }
        escaped = letter == '\\' && !escaped;
        part.push(letter);
    }
    parts.push(part);
    parts
}

/// One attribute with its value.
fn pair(written: &str) -> String {
    let (attribute, value) = written.split_once('=').unwrap_or(("", written));
    let value = unescaped(value.trim_start());
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    format!("{}={value}", attribute.trim().to_lowercase())
}

/// Without escapes: `\,` is a comma and `\c3\a9` is é.
fn unescaped(value: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(value.len()), value.as_bytes());
    let digit = |byte: u8| char::from(byte).to_digit(16);
    while let [first, after @ ..] = rest {
        rest = match (first, after) {
            (b'\\', [high, low, after @ ..]) if digit(*high).is_some() && digit(*low).is_some() => {
                let value = digit(*high).unwrap_or_default() * 16 + digit(*low).unwrap_or_default();
                bytes.push(u8::try_from(value).unwrap_or_default());
                after
            }
            (b'\\', [next, after @ ..]) => {
                bytes.push(*next);
                after
            }
            _ => {
                bytes.push(*first);
                after
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn one_name_written_in_two_ways_is_one_name() {
        for (one, other) in [
            ("uid=ada,ou=People,dc=office", "UID = Ada , OU=people,DC=office"),
            (r"cn=Green\, Ada,dc=office", r"cn=Green\2C Ada,dc=office"),
            (r"cn=Zo\c3\ab,dc=office", "cn=Zoë,dc=office"),
            ("cn=A+uid=1,dc=office", "uid=1+cn=a,dc=office"),
            ("cn=Ada  Green,dc=office", "cn=ada green,dc=office"),
        ] {
            assert_eq!(plain(one), plain(other));
        }
        for (one, other) in [
            ("uid=ada,dc=office", "uid=ada,ou=x,dc=office"),
            (r"cn=Green\, Ada,dc=office", "cn=Green,Ada,dc=office"),
            (r"cn=a\\,dc=office", r"cn=a\,dc=office"),
            ("", "uid=ada"),
        ] {
            assert_ne!(plain(one), plain(other));
        }
    }
}
