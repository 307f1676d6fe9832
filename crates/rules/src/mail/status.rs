//! What a status code says about an address, in words (RFC 3463; RFC 7505).

/// What a status such as `5.1.1` means for the address; nothing where it does not speak about it.
///
/// ```
/// use rules::mail::meaning;
/// assert_eq!(meaning("5.1.1"), Some("there is no such mailbox"));
/// assert_eq!(meaning("5.3.0"), None);
/// ```
#[must_use]
pub fn meaning(status: &str) -> Option<&'static str> {
    match subject_and_detail(status)? {
        (1, 1) => Some("there is no such mailbox"),
        (1, 2) => Some("there is no such mail domain"),
        (1, 3) => Some("it is not a valid address"),
        (1, 6) => Some("the mailbox has moved, and no new address is known"),
        (1, 10) => Some("that address takes no mail"),
        (2, 1) => Some("the mailbox is switched off"),
        (2, 2) => Some("the mailbox is full"),
        (2, 3) | (3, 4) => Some("the letter is too large for it"),
        (4, 1 | 3 | 4) => Some("its mail server cannot be found or reached"),
        (4, 7) => Some("its mail server could not be reached in time"),
        (7, _) => Some("its rules do not let our letter in"),
        _ => None,
    }
}

/// The second and third number of `5.1.1`; nothing for what is no status.
fn subject_and_detail(status: &str) -> Option<(u16, u16)> {
    let mut numbers = status.split('.').map(|number| number.parse::<u16>().ok());
    match (numbers.next()??, numbers.next()??, numbers.next()??, numbers.next()) {
        (2 | 4 | 5, subject, detail, None) => Some((subject, detail)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::meaning;

    #[test]
    fn what_is_no_status_means_nothing() {
        for status in ["", "5", "5.1", "5.1.1.1", "10.1.1", "a.b.c", "451", "4.3.0"] {
            assert_eq!(meaning(status), None, "{status}");
        }
        assert_eq!(meaning("4.2.2"), Some("the mailbox is full"));
        assert_eq!(meaning("5.4.4"), Some("its mail server cannot be found or reached"));
    }
}
