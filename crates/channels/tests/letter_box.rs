//! The letter box of demonstrations: letters are kept, listed and read back.

mod support;

use std::fs;

use channels::email::{LetterBoxSettings, OutgoingMail, Transport, letter_box};
use support::{Folder, mail, transport};

fn numbered(sequence: u32, sent_at: &str) -> OutgoingMail {
    OutgoingMail {
        message_id: format!("<fc-10482.{sequence}.mzxw6ytbojtg633c@calderbrook.example>"),
        subject: format!("Letter {sequence}"),
        sent_at: sent_at.parse().expect("an instant"),
        ..mail()
    }
}

#[tokio::test]
async fn letters_are_listed_with_the_latest_first_and_read_as_they_were_written() {
    let folder = Folder::new("list");
    let transport = transport(&folder);
    for letter in [
        numbered(2, "2026-10-13T08:00:00Z"),
        numbered(1, "2026-10-12T08:00:00Z"),
        numbered(3, "2026-10-14T13:05:00Z"),
    ] {
        let accepted = transport.send(&letter).await.unwrap();
        assert_eq!(accepted.message_id, letter.message_id);
        assert!(
            accepted.server_reply.starts_with("kept as fc-10482."),
            "{}",
            accepted.server_reply
        );
    }
    let listed = letter_box::list(folder.path()).unwrap();
    assert_eq!(
        listed.iter().map(|letter| letter.subject.as_str()).collect::<Vec<_>>(),
        ["Letter 3", "Letter 2", "Letter 1"]
    );

    let read = letter_box::read(folder.path(), &listed[0].id)
        .unwrap()
        .expect("the letter is there");
    assert_eq!(read, listed[0]);
    assert_eq!(read.id, "fc-10482.3.mzxw6ytbojtg633c_calderbrook.example");
    assert_eq!(read.when, "Wednesday 14 October 2026, 1:05pm UTC");
    assert_eq!((read.to.as_str(), read.to_name), ("zoe@example.org", mail().to_name));
    assert_eq!(
        (read.from.as_str(), read.message_id),
        (
            "feedback@calderbrook.example",
            numbered(3, "2026-10-14T13:05:00Z").message_id
        )
    );
    assert_eq!((read.text, read.html), (mail().text, mail().html));
}

#[tokio::test]
async fn a_second_attempt_replaces_the_first() {
    let folder = Folder::new("twice");
    let transport = transport(&folder);
    transport.send(&mail()).await.unwrap();
    transport.send(&mail()).await.unwrap();
    assert_eq!(letter_box::list(folder.path()).unwrap().len(), 1);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no half-written file is left"
    );
}

#[tokio::test]
async fn an_id_cannot_lead_out_of_the_folder() {
    let folder = Folder::new("out");
    let inner = folder.path().join("inner");
    let transport = Transport::letter_box(LetterBoxSettings { folder: inner.clone() }).unwrap();
    transport
        .send(&OutgoingMail {
            message_id: "</../../x@y>".to_owned(),
            ..mail()
        })
        .await
        .unwrap();
    assert_eq!(letter_box::list(&inner).unwrap()[0].id, "_.._.._x_y");
    fs::write(folder.path().join("secret.eml"), "From: a@b\r\n\r\nsecret").unwrap();
    for id in ["../secret", "..", "", ".hidden", "a/b", "a\\b", "nothing", "a\0b"] {
        assert_eq!(letter_box::read(&inner, id).unwrap(), None, "{id}");
    }
}

#[tokio::test]
async fn other_files_are_left_alone() {
    let folder = Folder::new("others");
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    fs::write(folder.path().join("half.part"), "From: a").unwrap();
    assert_eq!(letter_box::list(folder.path()).unwrap(), vec![]);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_a_fault_that_may_pass() {
    let folder = Folder::new("gone");
    let inner = folder.path().join("inner");
    let transport = Transport::letter_box(LetterBoxSettings { folder: inner.clone() }).unwrap();
    fs::remove_dir(&inner).unwrap();
    let error = transport.send(&mail()).await.unwrap_err();
    assert!(
        !error.is_permanent() && error.words.contains("could not keep the letter"),
        "{error}"
    );
    assert!(letter_box::list(&inner).is_err());
}
