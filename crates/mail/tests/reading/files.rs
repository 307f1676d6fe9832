//! What came with a message: names, types and bytes, the same in both passes.

use crate::support::{FILE, HTML, PICTURE, PLAIN, carried, files, message, multipart, understood, wire};

/// The header of a part, its body, and the name, type and bytes that are understood.
type Case = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static [u8],
);

#[test]
fn files_have_their_names_and_their_bytes() {
    let cases: &[Case] = &[
        (
            "Content-Type: image/png; name=p.png",
            "xx",
            Some("p.png"),
            "image/png",
            b"xx",
        ),
        (
            "Content-Type: image/png; name=\"p q.png\"",
            "xx",
            Some("p q.png"),
            "image/png",
            b"xx",
        ),
        ("Content-Type: IMAGE/PNG", "xx", None, "image/png", b"xx"),
        (
            "Content-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=b.png",
            "xx",
            Some("b.png"),
            "image/png",
            b"xx",
        ),
        (
            "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''na%C3%AFve.pdf",
            "x",
            Some("naïve.pdf"),
            "application/pdf",
            b"x",
        ),
        (
            "Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=utf-8''na%C3%AF; filename*1=ve.pdf",
            "x",
            Some("naïve.pdf"),
            "application/pdf",
            b"x",
        ),
        (
            "Content-Type: application/pdf\nContent-Disposition: attachment;\n filename=\"=?utf-8?Q?na=C3=AFve.pdf?=\"",
            "x",
            Some("naïve.pdf"),
            "application/pdf",
            b"x",
        ),
        (
            "Content-Type: application/pdf; name=\"=?iso-8859-1?Q?na=EFve.pdf?=\"",
            "x",
            Some("naïve.pdf"),
            "application/pdf",
            b"x",
        ),
        (
            "Content-Type: text/plain; name=notes.txt",
            "notes",
            Some("notes.txt"),
            "text/plain",
            b"notes",
        ),
        (
            "Content-Type: text/plain\nContent-Disposition: attachment",
            "notes",
            None,
            "text/plain",
            b"notes",
        ),
        (
            "Content-Type: text/html\nContent-Disposition: attachment; filename=p.html",
            "<p>",
            Some("p.html"),
            "text/html",
            b"<p>",
        ),
        ("Content-Type: text/csv", "a,b", None, "text/csv", b"a,b"),
        (
            "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64",
            "AAEC",
            None,
            "application/octet-stream",
            b"\0\x01\x02",
        ),
        (
            "Content-Type: application/octet-stream\nContent-Transfer-Encoding: quoted-printable",
            "a=00b",
            None,
            "application/octet-stream",
            b"a\0b",
        ),
        (
            "Content-Type: application/octet-stream\nContent-Transfer-Encoding: x-uuencode",
            "begin 644 x\n#0V%T\n`\nend",
            None,
            "application/octet-stream",
            b"Cat",
        ),
        (
            "Content-Type: application/zip; name=bomb.zip",
            "PK",
            Some("bomb.zip"),
            "application/zip",
            b"PK",
        ),
        (
            "Content-Type: message/rfc822",
            "Subject: What it was\n\nwords",
            Some("What it was.eml"),
            "message/rfc822",
            b"Subject: What it was\r\n\r\nwords",
        ),
        (
            "Content-Type: message/rfc822",
            "Subject: a/b: c\n\nwords",
            Some("a-b- c.eml"),
            "message/rfc822",
            b"Subject: a/b: c\r\n\r\nwords",
        ),
        (
            "Content-Type: message/rfc822",
            "From: q@b.example\n\nwords",
            Some("message.eml"),
            "message/rfc822",
            b"From: q@b.example\r\n\r\nwords",
        ),
        (
            "Content-Type: message/rfc822; name=own.eml",
            "Subject: x\n\nwords",
            Some("own.eml"),
            "message/rfc822",
            b"Subject: x\r\n\r\nwords",
        ),
        (
            "Content-Type: application/pdf; name=\"../../etc/passwd\"",
            "x",
            Some("../../etc/passwd"),
            "application/pdf",
            b"x",
        ),
        (
            "Content-Type: application/pdf; name=\"a\u{202e}fdp.exe\"",
            "x",
            Some("afdp.exe"),
            "application/pdf",
            b"x",
        ),
        (
            "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"\"",
            "",
            None,
            "application/pdf",
            b"",
        ),
        ("Content-Type: audio/mpeg", "x", None, "audio/mpeg", b"x"),
    ];
    for (header, body, name, said_type, bytes) in cases {
        let text = multipart("mixed", &[PLAIN, &format!("{header}\n\n{body}")]);
        let found = files(&text);
        let found: Vec<(Option<&str>, &str, &[u8])> = found
            .iter()
            .map(|(name, said_type, bytes)| (name.as_deref(), said_type.as_str(), bytes.as_slice()))
            .collect();
        assert_eq!(found, [(*name, *said_type, *bytes)], "{header}");
        assert_eq!(message(&text).words.whole, "plain words", "{header}");
    }
}

#[test]
fn a_picture_in_the_text_is_known_for_one() {
    let cases = [
        ("related", "Content-Type: image/png\nContent-ID: <p>", true),
        ("related", "Content-Type: image/png", true),
        (
            "mixed",
            "Content-Type: image/png\nContent-Disposition: inline; filename=p.png",
            true,
        ),
        ("mixed", "Content-Type: image/png\nContent-ID: <p>", true),
        (
            "mixed",
            "Content-Type: image/png\nContent-ID: <p>\nContent-Disposition: attachment; filename=p.png",
            false,
        ),
        ("mixed", "Content-Type: image/png; name=p.png", false),
        ("related", "Content-Type: application/pdf\nContent-ID: <p>", false),
    ];
    for (kind, header, inline) in cases {
        let found = message(&multipart(kind, &[HTML, &format!("{header}\n\nxx")])).carried;
        assert_eq!(
            found.iter().map(|carried| carried.inline).collect::<Vec<_>>(),
            [inline],
            "{kind} {header}"
        );
    }
}

#[test]
fn a_message_that_is_only_a_picture_carries_it() {
    let text = "From: a@b.example\nSubject:\nContent-Type: image/jpeg; name=IMG_1.jpg\nContent-Transfer-Encoding: base64\n\n/9j/4A==\n";
    assert_eq!(
        files(text),
        [(
            Some("IMG_1.jpg".to_owned()),
            "image/jpeg".to_owned(),
            vec![0xFF, 0xD8, 0xFF, 0xE0]
        )]
    );
    assert_eq!(message(text).words.whole, "");
}

#[test]
fn a_message_of_binary_keeps_its_last_line_end() {
    let text = "From: a@b.example\nContent-Type: application/octet-stream\n\none\ntwo\n";
    assert_eq!(carried(&wire(text)), [(1, b"one\r\ntwo\r\n".to_vec())]);
}

#[test]
fn the_parts_of_a_message_inside_are_its_own() {
    let inner = multipart("mixed", &[PLAIN, FILE]).replace("b=1", "inner");
    let text = multipart("mixed", &[PLAIN, &format!("Content-Type: message/rfc822\n\n{inner}")]);
    let found = files(&text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0.as_deref(), Some("x.eml"));
    assert!(String::from_utf8_lossy(&found[0].2).contains("%PDF"));
}

#[test]
fn a_digest_holds_messages() {
    let found = files(&multipart(
        "digest",
        &["\nSubject: one\n\nwords", "\nSubject: two\n\nwords"],
    ));
    let names: Vec<_> = found.iter().filter_map(|(name, ..)| name.as_deref()).collect();
    assert_eq!(names, ["one.eml", "two.eml"]);
}

#[test]
fn what_a_report_is_made_of_is_no_file() {
    let text = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: help@uni.example\nSubject: Undelivered Mail Returned to Sender\n\
                Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nIt did not arrive.\n--b\n\
                Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\n\
                Status: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <7@uni.example>\nSubject: Our letter\n\nDear A\n--b--\n";
    let message = message(text);
    let report = message.report.expect("a report");
    assert_eq!(report.recipients[0].status.as_deref(), Some("5.1.1"));
    assert_eq!(report.letter.as_deref(), Some("7@uni.example"));
    assert!(message.carried.is_empty());
    assert_eq!(message.words.whole, "It did not arrive.");
}

#[test]
fn files_in_a_text_are_taken_out() {
    let uu = "begin 644 cat.txt\n#0V%T\n`\nend\n";
    let cases = [
        (
            format!("before\n{uu}after"),
            "before\nafter",
            vec![("cat.txt", b"Cat".to_vec())],
        ),
        (uu.to_owned(), "", vec![("cat.txt", b"Cat".to_vec())]),
        (
            format!("{uu}{uu}"),
            "",
            vec![("cat.txt", b"Cat".to_vec()), ("cat.txt", b"Cat".to_vec())],
        ),
        (
            "begin 644 cat.txt\n#0V%T\n".to_owned(),
            "",
            vec![("cat.txt", b"Cat".to_vec())],
        ),
        (
            "begin 644 things that\nnobody encoded\nend".to_owned(),
            "begin 644 things that\nnobody encoded\nend",
            vec![],
        ),
        ("begin with the end\nend".to_owned(), "begin with the end\nend", vec![]),
        (
            "begin 644 a\nbegin 644 b\n#0V%T\n`\nend\nx".to_owned(),
            "begin 644 a\nx",
            vec![("b", b"Cat".to_vec())],
        ),
        ("begin 644 cat.txt".to_owned(), "begin 644 cat.txt", vec![]),
        (
            "begin 644 c\n#0V%T\nno code here, as all can see\nmore".to_owned(),
            "no code here, as all can see\nmore",
            vec![("c", b"Cat".to_vec())],
        ),
    ];
    for (body, words, expected) in cases {
        let text = format!("From: a@b.example\n\n{body}");
        assert_eq!(message(&text).words.whole, words, "{body}");
        let found = files(&text);
        let found: Vec<(&str, Vec<u8>)> = found
            .iter()
            .map(|(name, _, bytes)| (name.as_deref().unwrap_or_default(), bytes.clone()))
            .collect();
        assert_eq!(found, expected, "{body}");
    }
}

#[test]
fn an_attachment_that_is_left_unread_is_passed_over() {
    let text = wire(&multipart("mixed", &[PICTURE, FILE, PICTURE]));
    let reading = understood(&text);
    let mut attachments = reading.carried(text.as_slice());
    let mut parts = Vec::new();
    while let Some(attachment) = attachments.next().expect("bytes in memory can be read") {
        parts.push(attachment.part);
    }
    assert_eq!(
        parts,
        reading
            .message
            .carried
            .iter()
            .map(|carried| carried.part)
            .collect::<Vec<_>>()
    );
    assert_eq!(parts.len(), 3);
}
