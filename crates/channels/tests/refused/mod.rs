//! A letter that a mail server refuses, from the refusal to its arrival at the corrected address, over a real conversation.

use std::sync::Arc;

use casework::PublicDoor;
use casework::handling::{Seen, correct};
use casework::jobs::post_limits::AutomaticLimits;
use channels::email::Transport;
use channels::pace::Pace;
use channels::post_room::{PostRoom, Sender};
use documents::letter::Wording;
use rules::case::facts::ContactData;
use rules::case::vocabulary::ReplyBy;
use rules::case::{Alert, Case};
use rules::handling::correct::Correction;
use rules::letters::LetterKind;
use testkit::office::OpenOffice;
use testkit::people::amara;

use crate::server::{Manners, Server};
use crate::settings;

const NEW: &str = "priya.natarajan@example.ac.uk";

fn post_room(office: &OpenOffice, port: u16) -> PostRoom {
    PostRoom {
        office: office.office.clone(),
        wording: Arc::new(Wording::built_in().expect("the built-in wording is sound")),
        transport: Transport::smtp(&settings(port)).expect("the settings are sound"),
        sender: Sender::plain("feedback@calderbrook.example", "Calderbrook University IT Services"),
        limits: AutomaticLimits::default(),
        pace: Pace::default(),
        chance: || 0.5,
    }
}

fn reason(case: &Case) -> &str {
    match case.alerts.as_slice() {
        [
            Alert::Undelivered {
                reason, given_up: true, ..
            },
        ] => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_refused_acknowledgement_says_why_in_words_and_reaches_the_corrected_address() {
    let office = OpenOffice::at(testkit::story::TUESDAY).await;
    let server = Server::start(Manners::RefusesFirstRecipient).await;
    let post_room = post_room(&office, server.port);
    let door = PublicDoor::of(office.office.clone());
    let reference = door.complain(&testkit::words::form(), "k").await.unwrap().reference;
    assert_eq!(post_room.round().await.unwrap(), 1);
    let refused = office.case(&reference).await;
    let said = reason(&refused);
    assert!(
        said.starts_with("The mail server refused priya@example.ac.uk: there is no such mailbox")
            && said.contains("550"),
        "{said}"
    );
    office.on("2026-06-12 09:00");
    assert_eq!(post_room.round().await.unwrap(), 0, "nobody tries it again");

    let correction = Correction {
        contact: ContactData {
            name: Some("Priya Natarajan".to_owned()),
            email: Some(NEW.to_owned()),
            phone: None,
            reply_by: ReplyBy::Email,
        },
        learnt: None,
        again: vec![LetterKind::Acknowledgement],
    };
    let amara = office.door(&amara());
    let hand = amara.hand(&reference, Seen::Whatever, "k1");
    correct::correct(hand, &correction).await.unwrap();
    assert_eq!(post_room.round().await.unwrap(), 1);
    let case = office.case(&reference).await;
    assert_eq!(case.alerts, []);
    assert!(case.acknowledged.is_some());
    let seen = server.seen();
    assert_eq!(seen.letters.len(), 1, "the refused one never left");
    assert_eq!(
        seen.commands.iter().rfind(|line| line.starts_with("RCPT")).unwrap(),
        &format!("RCPT TO:<{NEW}>")
    );
    assert!(seen.letters[0].contains("Hello Priya."), "{}", seen.letters[0]);
}
