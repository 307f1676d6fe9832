//! What a letter is called, and where what comes back goes: the names lead to the letter, and to no case for whoever reads the envelope.

use casework::handling::{judge, write};
use casework::mail::token::{self, Thread};
use channels::post_room::{PostRoom, Sender, Tagged};
use mail_parser::{HeaderValue, Message, MessageParser};
use rules::case::event::UpdateSent;
use rules::case::vocabulary::Means;
use rules::letters::LetterKind;
use testkit::office::OpenOffice;
use testkit::people::{amara, ruth};
use testkit::story::TUESDAY;
use testkit::words;

use super::{complain, room};
use crate::server::{Manners, Server};

fn tagged(office: &OpenOffice, port: u16) -> PostRoom {
    PostRoom {
        sender: Sender {
            answers_to: "complaints@calderbrook.example".to_owned(),
            reports_to: "bounces@calderbrook.example".to_owned(),
            tagged: Tagged::Yes,
            ..Sender::plain("feedback@calderbrook.example", "IT Services")
        },
        ..room(office, port)
    }
}

fn parsed(letter: &str) -> Message<'_> {
    MessageParser::default()
        .parse(letter.as_bytes())
        .expect("it is a message")
}

#[tokio::test]
async fn a_letter_is_named_after_its_case_and_number_wherever_it_can_come_back() {
    let server = Server::start(Manners::Reports).await;
    let office = OpenOffice::at(TUESDAY).await;
    let reference = complain(&office, 1).await;
    let letter = office.outbox(&reference).await[0].id;
    assert_eq!(tagged(&office, server.port).round().await.unwrap(), 1);

    let seen = server.seen();
    let thread = Some(Thread {
        reference: reference.clone(),
        letter,
    });
    let message = parsed(&seen.letters[0]);
    let ours = &office.office;
    assert_eq!(token::read_message_id(ours, message.message_id().unwrap()), thread);
    let answer = message.reply_to().unwrap().first().unwrap().address().unwrap();
    assert!(answer.starts_with("complaints+fc-10001."), "{answer}");
    assert_eq!(token::read_address(ours, answer), thread);
    let from = message.from().unwrap().first().unwrap().address();
    assert_eq!(from, Some("feedback@calderbrook.example"));
    let mark = message.header_raw("X-Redress-Loop").unwrap();
    assert!(token::is_loop_mark(ours, mark) && !token::is_loop_mark(ours, "aaaaaaaaaaaaaaaa"));

    let asked = seen.commands.iter().find(|line| line.starts_with("MAIL")).unwrap();
    let (sender, envelope) = asked.split_once(" RET=HDRS ENVID=").unwrap();
    assert!(sender.starts_with("MAIL FROM:<bounces+"), "{asked}");
    assert!(
        !asked.to_lowercase().contains("fc-"),
        "the envelope names no case: {asked}"
    );
    assert_eq!(token::read_envelope(ours, sender), Some(letter));
    assert_eq!(token::read_envelope(ours, envelope), Some(letter));
}

#[tokio::test]
async fn without_a_mail_server_that_takes_them_no_address_is_made_up() {
    let server = Server::start(Manners::Polite).await;
    let office = OpenOffice::at(TUESDAY).await;
    complain(&office, 1).await;
    assert_eq!(room(&office, server.port).round().await.unwrap(), 1);
    let seen = server.seen();
    assert!(
        seen.commands
            .contains(&"MAIL FROM:<feedback@calderbrook.example>".to_owned())
    );
    assert!(parsed(&seen.letters[0]).reply_to().is_none());
}

#[tokio::test]
async fn later_letters_of_a_case_name_the_earlier_ones() {
    let server = Server::start(Manners::Polite).await;
    let office = OpenOffice::at(TUESDAY).await;
    let reference = complain(&office, 1).await;
    let other = complain(&office, 2).await;
    let room = tagged(&office, server.port);
    assert_eq!(room.round().await.unwrap(), 2);
    for reference in [&reference, &other] {
        let judged = words::judged_for(&amara());
        judge::triage(office.hand(&ruth(), reference), &judged).await.unwrap();
        let update = UpdateSent {
            words: "We have asked the supplier.".to_owned(),
            by: Means::Email,
            next_on: None,
        };
        write::update(office.hand(&amara(), reference), &update).await.unwrap();
    }
    assert_eq!(room.round().await.unwrap(), 2);
    let seen = server.seen();
    let first = |to: &str| {
        let found = seen.letters[..2].iter().find(|letter| letter.contains(to)).unwrap();
        parsed(found).message_id().unwrap().to_owned()
    };
    for letter in &seen.letters[2..] {
        let message = parsed(letter);
        let to = message.to().unwrap().first().unwrap().address().unwrap();
        let HeaderValue::TextList(named) = message.references() else {
            panic!("it names nothing: {letter}");
        };
        assert_eq!(named.len(), 2, "the thread of its case, and the letter before");
        assert_eq!(named[1], first(to));
        assert_eq!(message.header_raw("Auto-Submitted"), None, "somebody wrote it");
    }
    let kinds: Vec<String> = office
        .outbox(&reference)
        .await
        .into_iter()
        .map(|row| row.kind)
        .collect();
    assert_eq!(kinds, [LetterKind::Acknowledgement.code(), LetterKind::Update.code()]);
}
