//! Who looked is on record before they see anything, and in nobody's way (R31).

use casework::handling::{Hand, Seen, write};
use rules::case::{Event, Reference};
use rules::confidential::Sight;
use rules::people::{Actor, StaffId};
use testkit::office::OpenOffice;
use testkit::people::{amara, helen, iris, marcus, ruth};

use crate::support::{about_jo, hand, open};

/// Who looked, and how much they saw, in order.
async fn looks(office: &OpenOffice, reference: &Reference) -> Vec<(StaffId, Sight)> {
    let file = casework::desk::case_file::for_operator(&office.office, reference)
        .await
        .unwrap();
    let look = |recorded: &rules::case::Recorded| match (&recorded.actor, &recorded.event) {
        (Actor::Staff(who), Event::RecordViewed(viewed)) => Some((*who, viewed.saw)),
        _ => None,
    };
    file.history.iter().filter_map(look).collect()
}

#[tokio::test]
async fn each_person_leaves_one_entry_an_hour() {
    let office = open().await;
    let reference = about_jo(&office, "k", &marcus()).await;
    assert_eq!(looks(&office, &reference).await, [], "lists and acts are no looks");
    for who in [ruth(), marcus(), ruth()] {
        office.door(&who).case(&reference).await.unwrap();
    }
    office.door(&iris()).outline(&reference).await.unwrap();
    let first = [
        (ruth().id, Sight::Whole),
        (marcus().id, Sight::Whole),
        (iris().id, Sight::Outline),
    ];
    assert_eq!(looks(&office, &reference).await, first);
    office.on("2026-06-09 10:20");
    office.door(&ruth()).case(&reference).await.unwrap();
    assert_eq!(looks(&office, &reference).await.len(), 4);
    office.door(&ruth()).case_for_a_line(&reference).await.unwrap();
    assert_eq!(looks(&office, &reference).await.len(), 4);
}

#[tokio::test]
async fn who_may_not_see_it_and_who_reads_an_open_case_leaves_none() {
    let office = open().await;
    let reference = about_jo(&office, "k", &marcus()).await;
    assert!(office.door(&amara()).case(&reference).await.is_err());
    assert_eq!(looks(&office, &reference).await, []);
    let open = office.at_stage_1("l").await;
    office.door(&amara()).case(&open).await.unwrap();
    assert_eq!(looks(&office, &open).await, []);
}

#[tokio::test]
async fn a_look_of_somebody_else_does_not_make_a_form_stale() {
    let office = open().await;
    let reference = about_jo(&office, "k", &marcus()).await;
    let marcus = marcus();
    let seen = office.door(&marcus).case(&reference).await.unwrap().case.sequence;
    office.door(&helen()).case(&reference).await.unwrap();
    let form = Hand {
        seen: Seen::UpTo(seen),
        ..hand(&office, &marcus, &reference)
    };
    assert!(write::note(form, "I rang her.").await.is_ok());
}

#[tokio::test]
async fn a_look_moves_no_date_and_closes_nothing() {
    let office = open().await;
    let reference = about_jo(&office, "k", &marcus()).await;
    let before = office.case(&reference).await;
    office.on("2026-06-10 09:00");
    office.door(&ruth()).case(&reference).await.unwrap();
    let after = office.case(&reference).await;
    assert_eq!(after.sequence, before.sequence + 1);
    assert_eq!(
        (after.state, after.contact, after.alerts, after.owner),
        (before.state, before.contact, before.alerts, before.owner)
    );
}
