//! Words: lines that flow, calendar entries, the new ones of a reply, and what nobody sees.

use crate::support::{body, files, message, wire};

#[test]
fn lines_that_flow_are_joined() {
    let cases = [
        ("format=flowed", "one \ntwo\nthree", "one two\nthree"),
        ("format=flowed", "one \n two", "one two"),
        ("format=Flowed", "one \ntwo", "one two"),
        ("format=flowed; delsp=yes", "one \ntwo", "onetwo"),
        ("format=flowed; DelSp=yes", "日本 \n語", "日本語"),
        ("format=fixed", "one \ntwo", "one \ntwo"),
        ("format=flowed", "> quoted \n> more\nmine", "> quoted more\nmine"),
        (
            "format=flowed",
            "> quoted \n>> deeper\nmine",
            "> quoted \n>> deeper\nmine",
        ),
        ("format=flowed", "mine \n> quoted", "mine \n> quoted"),
        ("format=flowed", "words\n-- \nPat", "words\n-- \nPat"),
        ("format=flowed", "words \n-- \nPat", "words \n-- \nPat"),
        ("format=flowed", " stuffed", "stuffed"),
        ("format=flowed", " > no quotation", "> no quotation"),
        ("format=flowed", "one\n\ntwo", "one\n\ntwo"),
    ];
    for (parameters, text, expected) in cases {
        assert_eq!(
            body(&format!("text/plain; charset=utf-8; {parameters}"), "8bit", &wire(text)),
            expected,
            "{parameters}: {text}"
        );
    }
}

#[test]
fn an_invitation_is_told_in_a_line_and_stays_a_file() {
    let entry = |lines: &str| {
        format!(
            "From: a@b.example\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nCome.\n--b\n\
             Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n{lines}\nEND:VCALENDAR\n--b--"
        )
    };
    let cases = [
        (
            "METHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:About the printer\\, again\nDTSTART:20261015T140000Z\nLOCATION:Room 2\nORGANIZER;CN=Pat:mailto:pat@b.example\nEND:VEVENT",
            "Invitation: About the printer, again, Thursday 15 October 2026, 14:00 UTC, Room 2, from pat@b.example",
        ),
        (
            "METHOD:CANCEL\nBEGIN:VEVENT\nSUMMARY:Talk\nDTSTART;TZID=Europe/London:20261015T140000\nEND:VEVENT",
            "Cancelled appointment: Talk, Thursday 15 October 2026, 14:00 (Europe/London)",
        ),
        (
            "METHOD:REPLY\nBEGIN:VEVENT\nSUMMARY:Ta\n lk\nEND:VEVENT",
            "Answer to an invitation: Talk",
        ),
        (
            "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261015\nEND:VEVENT",
            "Appointment: Thursday 15 October 2026",
        ),
        ("BEGIN:VEVENT\nDTSTART:nonsense\nEND:VEVENT", "Appointment"),
        (
            "BEGIN:VTIMEZONE\nDTSTART:19700101T000000\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY:Talk\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT",
            "Appointment: Talk",
        ),
    ];
    for (lines, expected) in cases {
        let text = entry(lines);
        assert_eq!(message(&text).words.whole, format!("Come.\n\n{expected}"), "{lines}");
        let found = files(&text);
        assert_eq!(
            (found.len(), found[0].0.as_deref(), found[0].1.as_str()),
            (1, Some("invitation.ics"), "text/calendar")
        );
    }
    assert_eq!(message(&entry("VERSION:2.0")).words.whole, "Come.");
}

#[test]
fn words_lose_what_nobody_sees() {
    let text = "a\u{0}b\u{7}c\u{202e}d\u{200b}e\u{feff}f\u{a0}g\tend";
    assert_eq!(
        body("text/plain; charset=utf-8", "8bit", text.as_bytes()),
        "abcdef g\tend"
    );
}

#[test]
fn empty_lines_around_words_go() {
    assert_eq!(
        body("text/plain", "7bit", b"\r\n\r\n  indented\r\n\r\nmore\r\n\r\n\r\n"),
        "  indented\n\nmore"
    );
}

#[test]
fn the_new_words_of_a_reply_are_part_of_the_whole() {
    let message = message(
        "From: a@b.example\nSubject: Re: x\n\nStill broken.\n\nOn Thu, 1 Oct 2026 at 10:00, Help <help@uni.example> wrote:\n> Try again.\n",
    );
    assert!(message.words.whole.ends_with("> Try again."));
    assert!(message.words.new.starts_with("Still broken."), "{}", message.words.new);
}

#[test]
fn a_text_that_is_too_long_is_cut_and_told() {
    let message = message(&format!("From: a@b.example\n\n{}", "0123456789abcde\n".repeat(100_000)));
    assert!(message.words.whole.len() <= 1024 * 1024);
    assert_eq!(
        message.oddities,
        ["Its text is too long to be shown whole; the rest stands in the original."]
    );
}
