//! Too many automatic letters are held, and go out when there is a place; a domain gets so many in a minute.

use casework::jobs::post_limits::AutomaticLimits;
use casework::jobs::post_lists::OutboxState;
use channels::pace::Pace;
use channels::post_room::PostRoom;
use jiff::SignedDuration;
use rules::case::Alert;
use rules::intake::RawFeedback;
use testkit::office::OpenOffice;
use testkit::story::TUESDAY;
use testkit::words;

use super::{complain, room};
use crate::server::{Manners, Server};

fn strict(office: &OpenOffice, port: u16) -> PostRoom {
    PostRoom {
        limits: AutomaticLimits {
            per_address: 2,
            per_case: 10,
            hours: 24,
        },
        ..room(office, port)
    }
}

#[tokio::test]
async fn a_letter_too_many_is_held_with_words_on_its_case_and_goes_out_by_itself() {
    let server = Server::start(Manners::Polite).await;
    let office = OpenOffice::at(TUESDAY).await;
    let room = strict(&office, server.port);
    let mut cases = Vec::new();
    for number in 0..3 {
        let form = RawFeedback {
            email: "loop@other.example".to_owned(),
            ..words::form()
        };
        let taken = office.public().complain(&form, &format!("k{number}")).await.unwrap();
        cases.push(taken.reference);
        room.round().await.unwrap();
    }
    complain(&office, 9).await;
    assert_eq!(room.round().await.unwrap(), 1);
    assert_eq!(server.seen().letters.len(), 3, "two to the one address, one to another");

    let held = &cases[2];
    let alerts = office.case(held).await.alerts;
    let [Alert::Undelivered { reason, given_up, .. }] = &alerts[..] else {
        panic!("{alerts:?}");
    };
    assert!(
        reason.starts_with("2 automatic letters went to this address within 24 hours"),
        "{reason}"
    );
    assert!(!given_up);
    let row = office.outbox(held).await.remove(0);
    assert_eq!((row.state, row.attempts), (OutboxState::Waiting, 0));
    assert_eq!(row.not_before, office.office.now() + SignedDuration::from_hours(24));

    office.stop_at(row.not_before - SignedDuration::from_secs(1));
    assert_eq!(room.round().await.unwrap(), 0, "not before its time");
    office.stop_at(row.not_before);
    assert_eq!(room.round().await.unwrap(), 1);
    assert_eq!(server.seen().letters.len(), 4, "never lost");
    assert!(office.case(held).await.alerts.is_empty());
}

#[tokio::test]
async fn letters_that_the_server_did_not_take_count_for_nothing() {
    let server = Server::start(Manners::LetterAnswer("451 4.3.0 Later")).await;
    let office = OpenOffice::at(TUESDAY).await;
    let room = strict(&office, server.port);
    let reference = complain(&office, 1).await;
    for _ in 0..5 {
        assert_eq!(room.round().await.unwrap(), 1);
        let row = office.outbox(&reference).await.remove(0);
        assert_eq!(row.state, OutboxState::Failed, "it was tried");
        office.stop_at(row.not_before);
    }
}

#[tokio::test]
async fn a_domain_gets_so_many_letters_in_a_minute_and_waiting_is_no_failure() {
    let server = Server::start(Manners::Polite).await;
    let office = OpenOffice::at(TUESDAY).await;
    let room = PostRoom {
        pace: Pace::of(Some(2)),
        ..room(&office, server.port)
    };
    let mut cases = Vec::new();
    for number in 0..3 {
        cases.push(complain(&office, number).await);
    }
    assert_eq!(room.round().await.unwrap(), 3);
    assert_eq!(server.seen().letters.len(), 2);
    assert_eq!(room.round().await.unwrap(), 0);
    for reference in &cases {
        assert!(office.case(reference).await.alerts.is_empty());
    }
    office.stop_at(office.office.now() + SignedDuration::from_mins(1));
    assert_eq!(room.round().await.unwrap(), 1);
    assert_eq!(server.seen().letters.len(), 3);
    for reference in &cases {
        assert_eq!(office.outbox(reference).await[0].attempts, 1);
    }
}
