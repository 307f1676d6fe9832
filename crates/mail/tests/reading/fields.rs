//! Who, to whom, when, in answer to what; and headers that are broken.

use crate::support::{message, understood, wire};

#[test]
fn the_fields_are_read() {
    let message = message(
        "From: Pat <Pat@Uni.Example>\nTo: help@uni.example, \"A, B\" <ab@uni.example>\nCc: c@uni.example\nReply-To: other@uni.example\n\
         Subject: Printer\nDate: Thu, 1 Oct 2026 10:00:00 +0100\nMessage-ID: <1@uni.example>\nIn-Reply-To: <0@uni.example>\n\
         References: <a@uni.example> <b@uni.example> <0@uni.example>\n\nIt broke.\n",
    );
    let from = message.from.expect("a sender");
    assert_eq!(
        (from.name.as_deref(), from.address.as_str()),
        (Some("Pat"), "Pat@uni.example")
    );
    assert_eq!(message.reply_to.expect("another address").address, "other@uni.example");
    let to: Vec<&str> = message.to.iter().map(|to| to.address.as_str()).collect();
    assert_eq!(to, ["help@uni.example", "ab@uni.example", "c@uni.example"]);
    assert_eq!(message.subject, "Printer");
    assert_eq!(message.written_at.expect("a date").to_string(), "2026-10-01T09:00:00Z");
    assert_eq!(message.message_id.as_deref(), Some("1@uni.example"));
    assert_eq!(message.answers, ["0@uni.example", "b@uni.example", "a@uni.example"]);
    assert_eq!(message.words.whole, "It broke.");
    assert!(message.oddities.is_empty(), "{:?}", message.oddities);
}

#[test]
fn headers_that_are_broken_are_read_as_far_as_they_go() {
    // The message, its subject, its words.
    let cases = [
        ("Subject: x\nFrom: a@b.example\n\nwords", "x", "words"),
        // No empty line before the body.
        (
            "From: a@b.example\nSubject: x\nwords without end",
            "x",
            "words without end",
        ),
        (
            "From: a@b.example\nSubject: x\n--- not a field\nmore",
            "x",
            "--- not a field\nmore",
        ),
        // The first line of a mailbox file.
        (
            "From pat Thu Oct  1 10:00:00 2026\nFrom: a@b.example\nSubject: x\n\nwords",
            "x",
            "words",
        ),
        (
            ">From pat Thu Oct  1 10:00:00 2026\nFrom: a@b.example\nSubject: x\n\nwords",
            "x",
            "words",
        ),
        // Lines above the header, and a mark of UTF-8.
        ("\n\nFrom: a@b.example\nSubject: x\n\nwords", "x", "words"),
        ("\u{feff}From: a@b.example\nSubject: x\n\nwords", "x", "words"),
        // Twice the same field: the first counts.
        ("From: a@b.example\nSubject: x\nSubject: y\n\nwords", "x", "words"),
        // No body.
        ("From: a@b.example\nSubject: x\n", "x", ""),
        ("From: a@b.example\nSubject: x", "x", ""),
        ("From: a@b.example\nSubject: x\n\n", "x", ""),
        // Folded, and folded to nothing.
        ("From: a@b.example\nSubject: one\n two\n\nwords", "one two", "words"),
        ("From: a@b.example\nSubject:\n x\n\nwords", "x", "words"),
        ("From: a@b.example\nSubject : x\n\nwords", "x", "words"),
        ("from: a@b.example\nSUBJECT: x\n\nwords", "x", "words"),
    ];
    for (text, subject, words) in cases {
        let message = message(text);
        assert_eq!(
            (message.subject.as_str(), message.words.whole.as_str()),
            (subject, words),
            "{text}"
        );
        assert_eq!(
            message.from.map(|from| from.address).as_deref(),
            Some("a@b.example"),
            "{text}"
        );
    }
}

#[test]
fn a_text_without_a_header_is_all_words() {
    let cases = [
        "Only words.",
        "Note: this is no header\nand goes on",
        "Dear all: the printer is broken\n\nKind regards",
        "\nbegins with an empty line",
        " begins with a space",
        ">From is a word too\nand more",
        "key: value\nother: value\n\nthird",
        "http://uni.example/page\nis down",
    ];
    for text in cases {
        let message = message(text);
        assert_eq!(
            message.words.whole.trim(),
            text.trim().trim_start_matches(">From is a word too\n"),
            "{text}"
        );
        assert!(message.from.is_none() && message.subject.is_empty(), "{text}");
        assert_eq!(message.unreadable, None, "{text}");
    }
}

#[test]
fn lines_may_end_in_any_way() {
    let text = "From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\ntwo\n--b--\n";
    for line_end in ["\n", "\r\n", "\r"] {
        let message = understood(text.replace('\n', line_end).as_bytes()).message;
        assert_eq!(
            (message.subject.as_str(), message.words.whole.as_str()),
            ("x", "one\ntwo"),
            "{line_end:?}"
        );
    }
}

#[test]
fn a_sender_that_is_no_mailbox_is_none() {
    for said in ["", "nobody", "@", "a@", "@b", "<>", "a b@c.example, ", "MAILER-DAEMON"] {
        let message = message(&format!("From: {said}\nSubject: x\n\nwords"));
        assert_eq!(message.from, None, "{said}");
        assert_eq!(message.oddities, ["It does not say who wrote it."], "{said}");
    }
}

#[test]
fn a_date_that_is_none_is_none() {
    for said in ["", "yesterday", "Thu, 99 Oct 2026 10:00:00 +0000"] {
        assert_eq!(
            message(&format!("From: a@b.example\nDate: {said}\n\nx")).written_at,
            None,
            "{said}"
        );
    }
}

#[test]
fn long_headers_are_read_in_part() {
    let many: String = (0..40_000)
        .map(|at| format!("X-Field-{at}: some value that nobody needs\n"))
        .collect();
    let long = "x".repeat(1_000_000);
    let cases = [
        format!("From: a@b.example\nSubject: x\n{many}\nwords"),
        format!("From: a@b.example\nX-Long: {long}\nSubject: x\n\nwords"),
        format!(
            "From: a@b.example\nSubject: x\nTo: {}\n\nwords",
            "a@b.example, ".repeat(80_000)
        ),
    ];
    for text in cases {
        let message = message(&text);
        assert_eq!((message.subject.as_str(), message.words.whole.as_str()), ("x", "words"));
        assert!(message.to.len() <= 1000);
        assert_eq!(
            message.oddities,
            ["Its header is too long to be read whole; the rest stands in the original."]
        );
    }
}

#[test]
fn what_holds_nothing_is_not_readable() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "there are no words in it"),
        (b"\r\n\r\n", "there are no words in it"),
        (b"\0\0\0", "there are no words in it"),
        (
            b"From: a@b.example\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nxx",
            "it is encrypted",
        ),
    ];
    for (bytes, expected) in cases {
        assert_eq!(understood(bytes).message.unreadable.as_deref(), Some(*expected));
    }
    let with_words = understood(&wire("From: a@b.example\n\nwords")).message;
    assert_eq!(with_words.unreadable, None);
}

#[test]
fn the_size_is_that_of_the_whole() {
    for text in ["", "words", "From: a@b.example\n\nwords\n"] {
        let bytes = wire(text);
        assert_eq!(understood(&bytes).size, bytes.len() as u64);
    }
}
