//! What a mail server's codes say about an address, in words (RFC 3463; RFC 5321, section 4.2.3; RFC 7505).

/// What a reply such as `550 5.1.1 No such person here` means for the address; nothing where it does not speak about it.
pub(super) fn reply_meaning(reply: &str) -> Option<&'static str> {
    let mut words = reply.split_whitespace();
    let code = words.next()?;
    let detail = words.next().and_then(subject_and_detail);
    match (detail, code) {
        (Some((1, 1)), _) => Some("there is no such mailbox"),
        (Some((1, 2)), _) => Some("there is no such mail domain"),
        (Some((1, 3)), _) => Some("it is not a valid address"),
        (Some((1, 6)), _) => Some("the mailbox has moved, and no new address is known"),
        (Some((1, 10)), _) => Some("that address takes no mail"),
        (Some((2, 1)), _) => Some("the mailbox is switched off"),
        (Some((2, 2)), _) => Some("the mailbox is full"),
        (Some((2, 3) | (3, 4)), _) => Some("the letter is too large for it"),
        (Some((7, _)), _) => Some("its rules do not let our letter in"),
        // Servers without the longer codes: the short ones are vaguer.
        (None, "450") => Some("the mailbox is not available"),
        (None, "452" | "552") => Some("the mailbox is full"),
        (None, "550" | "551") => Some("there is no such mailbox, or it takes no mail from us"),
        (None, "553") => Some("it is not a valid address"),
        _ => None,
    }
}

/// The second and third number of `5.1.1`.
fn subject_and_detail(word: &str) -> Option<(u16, u16)> {
    let mut numbers = word.split('.').map(|number| number.parse::<u16>().ok());
    match (numbers.next()??, numbers.next()??, numbers.next()??, numbers.next()) {
        (2 | 4 | 5, subject, detail, None) => Some((subject, detail)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::reply_meaning;

    #[test]
    fn codes_become_words() {
        for (reply, meaning) in [
            (
                "550 5.1.1 <zoe@example.org>: Recipient address rejected",
                "there is no such mailbox",
            ),
            ("556 5.1.10 The domain takes no mail", "that address takes no mail"),
            ("452 4.2.2 Mailbox full", "the mailbox is full"),
            ("552 Quota exceeded", "the mailbox is full"),
            ("554 5.7.1 Refused", "its rules do not let our letter in"),
            (
                "550 User unknown",
                "there is no such mailbox, or it takes no mail from us",
            ),
            ("553 5.1.3 Bad address syntax", "it is not a valid address"),
        ] {
            assert_eq!(reply_meaning(reply), Some(meaning), "{reply}");
        }
    }

    #[test]
    fn what_is_not_about_the_address_is_left_to_the_server_to_say() {
        for reply in [
            "",
            "554 Transaction failed",
            "451 4.3.0 Try again later",
            "421 4.4.2 1.2.3.4 timed out",
            "554 10.1.1.1",
        ] {
            assert_eq!(reply_meaning(reply), None, "{reply}");
        }
    }
}
