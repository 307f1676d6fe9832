//! One round of the post room: cases do not wait for each other, the letters of one case keep their order, and none goes twice.

mod limits;
mod names;
mod unclear;

use std::sync::Arc;

use casework::jobs::post_limits::AutomaticLimits;
use channels::pace::Pace;
use channels::post_room::{PostRoom, Sender};
use documents::letter::Wording;
use rules::case::Reference;
use rules::intake::RawFeedback;
use testkit::office::OpenOffice;
use testkit::story::TUESDAY;
use testkit::words;

use crate::server::{Manners, Server};
use crate::{open, settings};

fn room(office: &OpenOffice, port: u16) -> PostRoom {
    PostRoom {
        office: office.office.clone(),
        wording: Arc::new(Wording::built_in().expect("the wording is sound")),
        transport: open(&settings(port)),
        sender: Sender::plain("feedback@calderbrook.example", "IT Services"),
        limits: AutomaticLimits::default(),
        pace: Pace::default(),
        chance: || 0.5,
    }
}

async fn complain(office: &OpenOffice, number: usize) -> Reference {
    let form = RawFeedback {
        email: format!("sender-{number}@students.example"),
        ..words::form()
    };
    let key = format!("k{number}");
    let taken = office.public().complain(&form, &key).await.expect("it is taken");
    taken.reference
}

#[tokio::test]
async fn letters_of_several_cases_go_out_beside_each_other_and_each_once() {
    let server = Server::start(Manners::Polite).await;
    let office = OpenOffice::at(TUESDAY).await;
    for number in 0..12 {
        complain(&office, number).await;
    }
    let room = room(&office, server.port);
    assert_eq!(room.round().await.unwrap(), 12);
    assert_eq!(room.round().await.unwrap(), 0);
    let seen = server.seen();
    assert_eq!(seen.letters.len(), 12);
    assert_eq!(seen.connections, 4, "as many at once as a server allows");
    for number in 0..12 {
        let to = format!("RCPT TO:<sender-{number}@students.example>");
        assert_eq!(seen.commands.iter().filter(|line| **line == to).count(), 1, "{to}");
    }
}

#[tokio::test]
async fn a_letter_that_the_server_refuses_keeps_none_of_the_others() {
    let server = Server::start(Manners::RefusesFirstRecipient).await;
    let office = OpenOffice::at(TUESDAY).await;
    for number in 0..5 {
        complain(&office, number).await;
    }
    let room = room(&office, server.port);
    assert_eq!(room.round().await.unwrap(), 5);
    assert_eq!(server.seen().letters.len(), 4);
    assert_eq!(
        room.round().await.unwrap(),
        0,
        "what was refused for good is not tried again"
    );
}
