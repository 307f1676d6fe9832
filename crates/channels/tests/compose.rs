//! Messages as another program reads them: headers, both parts, threads, and nothing that a stranger could add.

mod support;

use channels::email::{OutgoingMail, SendErrorKind, letter_box};
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders};
use support::{Folder, mail, transport};

/// The bytes of a message, by way of the letter box.
async fn written(name: &str, mail: &OutgoingMail) -> String {
    let folder = Folder::new(name);
    transport(&folder).send(mail).await.expect("the letter is kept");
    let kept = letter_box::list(folder.path()).expect("the folder can be listed");
    std::fs::read_to_string(folder.path().join(format!("{}.eml", kept[0].id))).expect("the letter can be read")
}

fn header<'m>(message: &'m Message<'_>, name: &'static str) -> Option<&'m str> {
    message.header_raw(name).map(str::trim)
}

#[tokio::test]
async fn a_letter_has_both_parts_and_its_own_id_and_date() {
    let raw = written("parts", &mail()).await;
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert_eq!(
        message.message_id(),
        Some("fc-10482.3.mzxw6ytbojtg633c@calderbrook.example")
    );
    assert_eq!(header(&message, "Date"), Some("Mon, 12 Oct 2026 08:05:00 +0000"));
    assert_eq!(
        message.subject(),
        Some("We have your complaint (FC-10482) \u{2013} caf\u{e9}")
    );
    assert_eq!(
        message.content_type().map(|kind| kind.subtype()),
        Some(Some("alternative"))
    );
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n"), mail().text);
    assert_eq!(message.body_html(0).unwrap().replace("\r\n", "\n"), mail().html);
    assert_eq!(message.parts.len(), 3);
    let to = message.to().unwrap().first().unwrap();
    assert_eq!(
        (to.name(), to.address()),
        (Some("Zo\u{eb} \"Z\" O\u{2019}Brien, BSc"), Some("zoe@example.org"))
    );
    assert!(raw.is_ascii() && raw.lines().all(|line| line.len() <= 998));
    assert!(header(&message, "Reply-To").is_none() && header(&message, "Bcc").is_none());
}

#[tokio::test]
async fn only_automatic_letters_are_marked_so() {
    for (automatic, answers, mark) in [
        (false, Some("<q@example.org>"), None),
        (true, None, Some("auto-generated")),
        (true, Some("<q@example.org>"), Some("auto-replied")),
    ] {
        let mail = OutgoingMail {
            auto_submitted: automatic,
            in_reply_to: answers.map(str::to_owned),
            ..mail()
        };
        let raw = written("marks", &mail).await;
        let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
        assert_eq!(header(&message, "Auto-Submitted"), mark);
        assert_eq!(
            header(&message, "X-Auto-Response-Suppress"),
            mark.map(|_| "OOF, AutoReply")
        );
    }
}

#[tokio::test]
async fn every_letter_carries_our_mark_and_no_field_can_forge_one() {
    for (mark, written_mark) in [
        ("mzxw6ytbojtg633c", Some("mzxw6ytbojtg633c")),
        ("", None),
        ("x\r\nBcc: thief@example.org", None),
    ] {
        let mail = OutgoingMail {
            mark: mark.to_owned(),
            return_path: "bounces+77.mzxw6ytbojtg633c@calderbrook.example".to_owned(),
            ..mail()
        };
        let raw = written("mark", &mail).await;
        let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
        assert_eq!(header(&message, "X-Redress-Loop"), written_mark);
        assert!(!raw.contains("bounces"), "the return path stands on the envelope alone");
        assert_eq!(header(&message, "Auto-Submitted"), None, "a person wrote it");
    }
}

#[tokio::test]
async fn a_thread_names_the_first_message_and_the_latest() {
    let references = (0..60)
        .map(|number| format!("<{number:0>80}@example.org>"))
        .chain(["not an id".to_owned()])
        .collect();
    let mail = OutgoingMail {
        in_reply_to: Some("<last@example.org>".to_owned()),
        references,
        ..mail()
    };
    let raw = written("thread", &mail).await;
    assert!(raw.lines().all(|line| line.len() <= 998));
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert_eq!(message.in_reply_to().as_text(), Some("last@example.org"));
    let HeaderValue::TextList(ids) = message.references() else {
        panic!("no list: {raw}")
    };
    assert_eq!(ids.len(), 21, "the first, and the twenty latest");
    assert!(
        ids[0].ends_with("00@example.org") && ids[1].ends_with("41@example.org"),
        "{ids:?}"
    );
    assert_eq!(ids[20], "last@example.org");
}

#[tokio::test]
async fn no_field_can_add_a_header() {
    let evil = "x\r\nBcc: thief@example.org\r\n\r\nBody\0\u{b}\u{2028}";
    let mail = OutgoingMail {
        to_name: evil.to_owned(),
        from_name: evil.to_owned(),
        subject: evil.to_owned(),
        in_reply_to: Some("<a@b>\r\nBcc: thief@example.org".to_owned()),
        references: vec!["<c@d>\r\nBcc: thief@example.org".to_owned(), evil.to_owned()],
        ..mail()
    };
    let raw = written("evil", &mail).await;
    let (head, _) = raw.split_once("\r\n\r\n").unwrap();
    for line in head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
        let name = line.split(':').next().unwrap();
        let ours = [
            "Message-ID",
            "Date",
            "From",
            "To",
            "Subject",
            "MIME-Version",
            "Content-Type",
        ];
        assert!(ours.contains(&name), "a header {name} got in:\n{head}");
    }
    assert!(!head.replace("\r\n", "").contains(['\r', '\n', '\0']));
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert!(message.bcc().is_none());
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n"), mail.text);
}

#[tokio::test]
async fn no_subject_and_no_name_reads_otherwise_than_it_is() {
    let mail = OutgoingMail {
        to_name: "Priya\u{202E} Nair\u{200B}".to_owned(),
        subject: "\u{2066}Our\u{200B} decision \u{202E}(FC-10482)\u{FEFF}".to_owned(),
        ..mail()
    };
    let raw = written("marks", &mail).await;
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert_eq!(message.subject(), Some("Our decision (FC-10482)"));
    let to = message.to().and_then(|to| to.first()).and_then(|one| one.name());
    assert_eq!(to, Some("Priya Nair"));
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_for_good() {
    let folder = Folder::new("address");
    for to in [
        "",
        "zoe",
        "zoe@",
        "zoe@example.org\r\nBcc: x@example.org",
        "a@example.org, b@example.org",
        "<a@example.org>",
    ] {
        let error = transport(&folder)
            .send(&OutgoingMail {
                to: to.to_owned(),
                ..mail()
            })
            .await
            .unwrap_err();
        assert_eq!(error.kind, SendErrorKind::Permanent, "{to}");
        assert!(
            error
                .to_string()
                .contains("is not an e-mail address that a letter can go to"),
            "{error}"
        );
    }
    let error = transport(&folder)
        .send(&OutgoingMail {
            message_id: "x".to_owned(),
            ..mail()
        })
        .await
        .unwrap_err();
    assert!(
        error.is_permanent() && error.words.contains("cannot be the id"),
        "{error}"
    );
    assert_eq!(letter_box::list(folder.path()).unwrap(), vec![]);
}

#[tokio::test]
async fn replies_can_go_elsewhere_and_the_bytes_never_change() {
    let mail = OutgoingMail {
        reply_to: "replies@calderbrook.example".to_owned(),
        ..mail()
    };
    let first = written("same", &mail).await;
    assert!(first.contains("Reply-To: replies@calderbrook.example\r\n"));
    assert_eq!(first, written("same-again", &mail).await);
}
