//! What a mail server's codes say about an address, in words (RFC 3463; RFC 5321, section 4.2.3; RFC 7505).

use rules::mail::meaning;

/// What a reply such as `550 5.1.1 No such person here` means for the address; nothing where it does not speak about it.
pub(super) fn reply_meaning(reply: &str) -> Option<&'static str> {
    let mut words = reply.split_whitespace();
    let code = words.next()?;
    let detail = words.next().filter(|word| is_status(word));
    match (detail, code) {
        (Some(status), _) => meaning(status),
        // Servers without the longer codes: the short ones are vaguer.
        (None, "450") => Some("the mailbox is not available"),
        (None, "452" | "552") => Some("the mailbox is full"),
        (None, "550" | "551") => Some("there is no such mailbox, or it takes no mail from us"),
        (None, "553") => Some("it is not a valid address"),
        _ => None,
    }
}

/// Three numbers between dots, the first as RFC 3463 has it.
fn is_status(word: &str) -> bool {
    let numbers: Vec<&str> = word.split('.').collect();
    let known = matches!(numbers.first(), Some(&("2" | "4" | "5")));
    known && numbers.len() == 3 && numbers.iter().all(|number| number.parse::<u16>().is_ok())
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
