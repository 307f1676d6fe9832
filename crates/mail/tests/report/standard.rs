//! Reports by the standards: RFC 3464, RFC 6522, RFC 6533, RFC 8098, RFC 5965; and JSON.

use rules::mail::{Reason, ReportKind};

use super::{LETTER, delivery_status, first, readers, report};

const FAILED: &str = "\
Reporting-MTA: dns; mail.example.net
Original-Envelope-Id: letter.1

Original-Recipient: rfc822;ann@example.org
Final-Recipient: rfc822;ann.other@inner.example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 <ann.other@inner.example.org>: Recipient address rejected: User unknown";

#[test]
fn a_failure_names_reader_status_reason_letter_and_envelope() {
    let report = report(&delivery_status(FAILED)).unwrap();
    assert_eq!(report.kind, ReportKind::Failed);
    assert_eq!(first(&report), ("ann@example.org", "5.1.1", Reason::UserUnknown));
    assert_eq!(report.letter.as_deref(), Some("letter.1.token@redress.example.ac.uk"));
    assert_eq!(report.envelope.as_deref(), Some("letter.1"));
    let said = report.recipients[0].diagnostic.as_deref().unwrap();
    assert!(
        said.starts_with("550 5.1.1") && said.ends_with("User unknown"),
        "{said}"
    );
}

#[test]
fn a_report_by_the_standard_is_one_whoever_sends_it() {
    let from_a_person = delivery_status(FAILED)
        .replace(
            "Mail Delivery System <MAILER-DAEMON@mail.example.net>",
            "Bob <bob@example.net>",
        )
        .replace("Return-Path: <>\n", "");
    assert!(report(&from_a_person).is_some());
}

#[test]
fn every_action_has_its_kind() {
    for (action, kind) in [
        ("failed", ReportKind::Failed),
        ("Failed", ReportKind::Failed),
        ("failed (bounced by remote)", ReportKind::Failed),
        ("delayed", ReportKind::Delayed),
        ("delivered", ReportKind::Delivered),
        ("relayed", ReportKind::Delivered),
        ("expanded", ReportKind::Delivered),
        ("expired", ReportKind::Failed),
    ] {
        let fields = FAILED.replace("Action: failed", &format!("Action: {action}"));
        assert_eq!(report(&delivery_status(&fields)).unwrap().kind, kind, "{action}");
    }
}

#[test]
fn only_the_readers_whom_it_did_not_reach_are_named() {
    let fields = "Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; ann@example.org\nAction: delivered\nStatus: 2.0.0\n\n\
                  Final-Recipient: rfc822; bob@example.org\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full";
    let report = report(&delivery_status(fields)).unwrap();
    assert_eq!(report.recipients.len(), 1);
    assert_eq!(first(&report), ("bob@example.org", "5.2.2", Reason::MailboxFull));
}

#[test]
fn groups_without_an_empty_line_between_are_told_apart() {
    let fields = "Reporting-MTA: dns; a.example\nFinal-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.1.1\n\
                  Final-Recipient: rfc822; bob@example.org\nAction: failed\nStatus: 5.2.2";
    let report = report(&delivery_status(fields)).unwrap();
    assert_eq!(
        readers(&report),
        [
            ("ann@example.org", Reason::UserUnknown),
            ("bob@example.org", Reason::MailboxFull)
        ]
    );
}

#[test]
fn the_more_telling_of_status_and_diagnostic_counts() {
    for (status, diagnostic, expected) in [
        ("5.0.0", "smtp; 550 5.1.1 User unknown", "5.1.1"),
        ("5.0.0 (permanent failure)", "smtp; 550 5.7.1 Denied", "5.7.1"),
        ("5.2.2", "smtp; 552 No", "5.2.2"),
        (
            "5.1.0",
            "smtp; 550-5.7.26 Unauthenticated email is not accepted",
            "5.7.26",
        ),
        ("5.0.0", "smtp; 550 No such user", "5.0.0"),
        (
            "5.1.10",
            "smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found",
            "5.1.10",
        ),
        ("4.4.7", "smtp; 421 4.4.2 Connection timed out", "4.4.2"),
        ("5.0.0", "smtp; 550 host 192.0.2.5 said no", "5.0.0"),
    ] {
        let fields = format!(
            "Final-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: {status}\nDiagnostic-Code: {diagnostic}"
        );
        let report = report(&delivery_status(&fields)).unwrap();
        assert_eq!(
            report.recipients[0].status.as_deref(),
            Some(expected),
            "{status} / {diagnostic}"
        );
    }
}

#[test]
fn a_field_goes_on_over_lines() {
    let fields = "Final-Recipient: rfc822;\n ann@example.org\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp;\n 552 5.2.2\n Mailbox full";
    let report = report(&delivery_status(fields)).unwrap();
    assert_eq!(first(&report), ("ann@example.org", "5.2.2", Reason::MailboxFull));
}

#[test]
fn international_reports_are_read() {
    let message = delivery_status(FAILED)
        .replace("message/delivery-status", "message/global-delivery-status")
        .replace(
            "Original-Recipient: rfc822;ann@example.org",
            "Original-Recipient: utf-8;änn@bücher.example",
        );
    assert_eq!(
        report(&message).unwrap().recipients[0].address.as_deref(),
        Some("änn@bücher.example")
    );
}

#[test]
fn the_head_alone_of_the_letter_is_enough() {
    let head = LETTER.split("\n\n").next().unwrap();
    let message = delivery_status(FAILED).replace(
        &format!("Content-Type: message/rfc822\n\n{LETTER}"),
        &format!("Content-Type: text/rfc822-headers\n\n{head}\n"),
    );
    assert!(message.contains("text/rfc822-headers"));
    assert_eq!(
        report(&message).unwrap().letter.as_deref(),
        Some("letter.1.token@redress.example.ac.uk")
    );
}

#[test]
fn without_the_letter_the_report_says_which_it_answers() {
    let message = delivery_status(FAILED)
        .replace(&format!("--b\nContent-Type: message/rfc822\n\n{LETTER}"), "")
        .replace(
            "Auto-Submitted:",
            "In-Reply-To: <letter.1.token@redress.example.ac.uk>\nAuto-Submitted:",
        );
    assert_eq!(
        report(&message).unwrap().letter.as_deref(),
        Some("letter.1.token@redress.example.ac.uk")
    );
}

#[test]
fn fields_that_a_mail_system_prints_among_its_words_are_read() {
    let words = "Your message was not delivered.\n\nReporting-MTA: dns; a.example\n\nAction: failed\nFinal-Recipient: rfc822; ann@example.org\n\
                 Diagnostic-Code: smtp; 550 5.2.2 Mailbox full\nStatus: 5.2.2";
    let message = super::in_words(
        "MAILER-DAEMON@a.example",
        "Delivery Status Notification (Failure)",
        words,
    );
    assert_eq!(
        first(&report(&message).unwrap()),
        ("ann@example.org", "5.2.2", Reason::MailboxFull)
    );
}

fn shown(disposition: &str) -> String {
    format!(
        "From: Ann Other <ann@example.org>\nTo: complaints@example.ac.uk\nSubject: Read: Your complaint\n\
         Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nYour message was read.\n\n\
         --b\nContent-Type: message/disposition-notification\n\n\
         Reporting-UA: ua.example; Mail\nFinal-Recipient: rfc822;ann@example.org\n\
         Original-Message-ID: <letter.1.token@redress.example.ac.uk>\nDisposition: {disposition}\n\n--b--\n"
    )
}

#[test]
fn a_letter_that_was_shown_is_told() {
    for disposition in [
        "manual-action/MDN-sent-manually; displayed",
        "automatic-action/MDN-sent-automatically; displayed",
        "manual-action/MDN-sent-automatically; processed",
        "automatic-action/MDN-sent-automatically;dispatched",
    ] {
        let report = report(&shown(disposition)).unwrap();
        assert_eq!(report.kind, ReportKind::Shown, "{disposition}");
        assert_eq!(report.letter.as_deref(), Some("letter.1.token@redress.example.ac.uk"));
        assert_eq!(report.recipients[0].address.as_deref(), Some("ann@example.org"));
    }
}

#[test]
fn a_letter_that_was_thrown_away_unread_is_told() {
    for disposition in [
        "manual-action/MDN-sent-manually; deleted",
        "automatic-action/MDN-sent-automatically; failed",
    ] {
        assert_eq!(
            report(&shown(disposition)).unwrap().kind,
            ReportKind::Failed,
            "{disposition}"
        );
    }
}

#[test]
fn a_letter_that_somebody_calls_unwanted_is_told() {
    let message = format!(
        "From: feedback@example.org\nTo: postmaster@example.ac.uk\nSubject: FW: Your complaint\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nThis is a report of abuse.\n\n\
         --b\nContent-Type: message/feedback-report\n\n\
         Feedback-Type: abuse\nUser-Agent: Reports/1.0\nVersion: 1\nOriginal-Rcpt-To: <ann@example.org>\nOriginal-Envelope-Id: letter.1\n\n\
         --b\nContent-Type: message/rfc822\n\n{LETTER}\n--b--\n"
    );
    let told = report(&message).unwrap();
    assert_eq!(
        (told.kind, first(&told)),
        (ReportKind::Complained, ("ann@example.org", "", Reason::Spam))
    );
    assert_eq!(told.envelope.as_deref(), Some("letter.1"));
    assert_eq!(told.letter.as_deref(), Some("letter.1.token@redress.example.ac.uk"));
    let by_proof = message.replace("Feedback-Type: abuse", "Feedback-Type: auth-failure");
    assert_eq!(
        report(&by_proof).unwrap().recipients[0].reason,
        Reason::NotAuthenticated
    );
    let unnamed = message.replace("Original-Rcpt-To: <ann@example.org>\n", "");
    assert_eq!(first(&report(&unnamed).unwrap()).0, "ann@example.org");
}

#[test]
fn notifications_in_json_are_read() {
    let json = "{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"ann@example.org\",\
                \"action\":\"failed\",\"status\":\"5.1.1\",\"diagnosticCode\":\"smtp; 550 5.1.1 user unknown\"}]},\
                \"mail\":{\"headers\":[{\"name\":\"Message-ID\",\"value\":\"<letter.1.token@redress.example.ac.uk>\"}]}}";
    let message = format!(
        "From: Notices <no-reply@notices.example>\nTo: x@example.ac.uk\nSubject: Notification Message\n\n{json}\n\n--\nTo stop these, click here.\n"
    );
    let told = report(&message).unwrap();
    assert_eq!(first(&told), ("ann@example.org", "5.1.1", Reason::UserUnknown));
    assert_eq!(told.letter.as_deref(), Some("letter.1.token@redress.example.ac.uk"));
    let folded = message.replace("\"action\"", "!\n \"action\"");
    assert_eq!(report(&folded), Some(told.clone()));
    let delay = message
        .replace("\"Bounce\"", "\"Delivery\"")
        .replace("\"bounce\":", "\"delivery\":")
        .replace("bouncedRecipients", "recipients");
    assert_eq!(report(&delay).unwrap().kind, ReportKind::Delivered);
    let from_a_person = message.replace("Notices <no-reply@notices.example>", "Bob <bob@example.net>");
    assert_eq!(report(&from_a_person), None);
}

#[test]
fn a_calendar_reply_and_a_plain_multipart_are_no_report() {
    let calendar = "From: Ann <ann@example.org>\nTo: complaints@example.ac.uk\nSubject: Accepted: Meeting about FC-10482\n\
                    Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nAnn has accepted.\n\
                    --b\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n--b--\n";
    assert_eq!(report(calendar), None);
}
