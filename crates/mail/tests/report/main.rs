//! What mail systems report about letters: by the standards, in words, and what people write about such reports.

mod people;
mod reasons;
mod standard;
mod words;

use mail_parser::MessageParser;
use rules::mail::{Reason, Report};

/// What a message with these lines reports.
fn report(message: &str) -> Option<Report> {
    let message = message.replace('\n', "\r\n");
    mail::report::of(&MessageParser::default().parse(message.as_bytes()).expect("a message"))
}

/// What the first reader of a report is said to have: address, status, reason.
fn first(report: &Report) -> (&str, &str, Reason) {
    let one = &report.recipients[0];
    (
        one.address.as_deref().unwrap_or_default(),
        one.status.as_deref().unwrap_or_default(),
        one.reason,
    )
}

/// Every reader of a report and the reason.
fn readers(report: &Report) -> Vec<(&str, Reason)> {
    report
        .recipients
        .iter()
        .map(|one| (one.address.as_deref().unwrap_or_default(), one.reason))
        .collect()
}

/// The letter that every report below is about.
const LETTER: &str = "\
Return-Path: <complaints@example.ac.uk>
Received: from app.example.ac.uk by mail.example.ac.uk; Mon, 2 Mar 2026 10:04:13 +0000
From: Complaints <complaints@example.ac.uk>
To: Ann Other <ann@example.org>
Subject: Your complaint FC-10482
Message-ID: <letter.1.token@redress.example.ac.uk>
Date: Mon, 2 Mar 2026 10:04:13 +0000

Dear Ann Other, we have your complaint.
";

/// A report of RFC 6522 with these fields.
fn delivery_status(fields: &str) -> String {
    format!(
        "Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mail.example.net>
To: complaints@example.ac.uk
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"

--b
Content-Type: text/plain

This is the mail system at mail.example.net. Your message is attached below.

--b
Content-Type: message/delivery-status

{fields}

--b
Content-Type: message/rfc822

{LETTER}
--b--
"
    )
}

/// A report in words alone, as a mail system sends it.
fn in_words(from: &str, subject: &str, words: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: {from}\nTo: complaints@example.ac.uk\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{words}\n"
    )
}
