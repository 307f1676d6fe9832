//! Whatever comes: nothing panics, new words are lines of what was written, and saying it again changes nothing.

use mail::automatic::Own;
use mail::reply::new_words;
use mail_parser::MessageParser;
use proptest::prelude::*;

/// Lines that mean something to the readers of replies and reports.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("Thank you for your letter.".to_owned()),
        Just("> You wrote this.".to_owned()),
        Just(">> And this before.".to_owned()),
        Just("-- ".to_owned()),
        Just("-----".to_owned()),
        Just("________________________________".to_owned()),
        Just("-----Original Message-----".to_owned()),
        Just("On Mon, 2 Mar 2026 at 10:04, Help Desk <help@example.ac.uk> wrote:".to_owned()),
        Just("On Mon, 2 Mar 2026 at 10:04, Help Desk".to_owned()),
        Just("<help@example.ac.uk> wrote:".to_owned()),
        Just("From: Help Desk <help@example.ac.uk>".to_owned()),
        Just("Sent: 2 March 2026 10:04".to_owned()),
        Just("To: Ann".to_owned()),
        Just("Subject: Your complaint".to_owned()),
        Just("Sent from my iPhone".to_owned()),
        Just("<ann@example.org>: 550 5.1.1 User unknown".to_owned()),
        Just("Final-Recipient: rfc822; ann@example.org".to_owned()),
        Just("Action: failed".to_owned()),
        Just("Status: 5.1.1".to_owned()),
        Just("Content-Type: message/delivery-status".to_owned()),
        "[ -~äß写\u{200b}\u{a0}]{0,60}",
        ".{0,40}",
    ]
}

proptest! {
    #[test]
    fn new_words_are_lines_of_the_text_in_their_order(lines in prop::collection::vec(line(), 0..40)) {
        let text = lines.join("\n");
        let words = new_words(&text);
        let mut rest = text.lines();
        for line in words.lines() {
            prop_assert!(rest.any(|known| known == line), "{line:?} is no line of {text:?}");
        }
    }

    #[test]
    fn new_words_of_new_words_are_the_same(lines in prop::collection::vec(line(), 0..40)) {
        let once = new_words(&lines.join("\n"));
        prop_assert_eq!(new_words(&once), once);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Some(message) = MessageParser::default().parse(&bytes) {
            let _ = mail::report::of(&message);
            let _ = mail::automatic::of(&message, &Own::default());
        }
        let _ = new_words(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_lines_make_a_reader_of_reports_panic(lines in prop::collection::vec(line(), 0..40), subject in ".{0,30}") {
        let message = format!(
            "Return-Path: <>\nFrom: MAILER-DAEMON@example.net\nSubject: {subject}\nContent-Type: multipart/report; boundary=b\n\n--b\n\n{}\n--b--\n",
            lines.join("\n")
        );
        if let Some(message) = MessageParser::default().parse(message.as_bytes())
            && let Some(report) = mail::report::of(&message)
        {
            prop_assert!(!report.recipients.is_empty());
            for one in &report.recipients {
                prop_assert!(one.status.as_deref().is_none_or(|status| status.split('.').count() == 3));
            }
        }
    }
}

#[test]
fn a_hostile_report_comes_to_an_end() {
    let addresses: String = (0..3000)
        .map(|at| format!("<a{at}@example.org>: 550 5.1.1 nobody\n"))
        .collect();
    let same = "<ann@example.org> <bob@example.org> <cat@example.org> no\n".repeat(4000);
    for words in [
        addresses,
        same,
        "5.1.1".repeat(100_000),
        "@".repeat(500_000),
        "a@b ".repeat(100_000),
        "x-a: b\n".repeat(60_000),
        "{".repeat(200_000),
        "---".repeat(100_000),
    ] {
        let message = format!(
            "Return-Path: <>\nFrom: MAILER-DAEMON@example.net\nSubject: failure notice\n\ncould not be delivered\n\n{words}"
        );
        let parsed = MessageParser::default().parse(message.as_bytes()).unwrap();
        if let Some(report) = mail::report::of(&parsed) {
            assert!((1..=100).contains(&report.recipients.len()));
        }
    }
}
