//! A server that falls silent after the final dot: the letter goes out again as the same message, and the record says that it may be the second.

use rules::case::Event;
use rules::case::event::DeliveryFailed;
use testkit::office::OpenOffice;
use testkit::story::TUESDAY;

use super::{complain, room};
use crate::server::{Manners, Server};

#[tokio::test]
async fn after_the_final_dot_the_second_try_is_the_same_message_and_that_is_on_record() {
    let server = Server::start(Manners::HangsUpAfterFirstLetter).await;
    let office = OpenOffice::at(TUESDAY).await;
    let reference = complain(&office, 1).await;
    let room = room(&office, server.port);
    assert_eq!(room.round().await.unwrap(), 1);
    let failed = failures(&office, &reference).await;
    let [
        DeliveryFailed {
            reason,
            may_have_gone,
            given_up,
            ..
        },
    ] = &failed[..]
    else {
        panic!("{failed:?}");
    };
    assert!(*may_have_gone && !given_up);
    assert!(reason.contains("it may have arrived"), "{reason}");

    let row = office.outbox(&reference).await.remove(0);
    office.stop_at(row.not_before);
    assert_eq!(room.round().await.unwrap(), 1);
    let letters = server.seen().letters;
    assert_eq!(letters.len(), 2);
    assert_eq!(
        letters[0], letters[1],
        "the same to the byte, so that whoever has both sees one"
    );
    let told = office.case(&reference).await.acknowledged.expect("it arrived");
    assert!(told.proof.contains("may arrive twice"), "{}", told.proof);
}

#[tokio::test]
async fn a_server_that_goes_before_it_has_the_letter_leaves_no_doubt() {
    let server = Server::start(Manners::HangsUpAtData).await;
    let office = OpenOffice::at(TUESDAY).await;
    let reference = complain(&office, 1).await;
    assert_eq!(room(&office, server.port).round().await.unwrap(), 1);
    let failed = failures(&office, &reference).await;
    assert_eq!(failed.len(), 1);
    assert!(
        !failed[0].may_have_gone && !failed[0].reason.contains("may have arrived"),
        "{failed:?}"
    );
}

async fn failures(office: &OpenOffice, reference: &rules::case::Reference) -> Vec<DeliveryFailed> {
    let history = office.history(reference).await;
    let failed = |event| match event {
        Event::AcknowledgementFailed(failed) => Some(failed),
        _ => None,
    };
    history
        .into_iter()
        .filter_map(|recorded| failed(recorded.event))
        .collect()
}
