//! Somebody leaves: account, sessions and cases in one transaction; and comes back.

use casework::account::{sign_in, signed_in};
use casework::desk::Shown;
use casework::people::file::AtStage;
use casework::people::leave::{self, leave};
use casework::people::{self, come_back};
use casework::{ActError, evidence, rebuild};
use rules::case::{Reference, Refused};
use rules::office::OfficeEvent;
use rules::office::event::PassedOn;
use rules::people::{Person, StaffId};
use storage::sessions;
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, jo, owen, tom};
use testkit::story::TUESDAY;

use crate::written::{field, hand, log, since};

const PASSWORD: &str = "three green apples";

async fn owner(open: &OpenOffice, reference: &Reference) -> Option<StaffId> {
    open.case(reference).await.owner
}

/// How many sessions somebody had; they are gone afterwards.
async fn sessions_of(open: &OpenOffice, who: &Person) -> u64 {
    let id = who.id.0;
    let ended = open
        .office
        .store()
        .write(move |tx| Box::pin(async move { sessions::end_all_for(tx, id).await }));
    ended.await.unwrap()
}

#[tokio::test]
async fn nobody_leaves_open_cases_behind_and_a_refusal_changes_nothing() {
    let open = OpenOffice::at(TUESDAY).await;
    let session = open.sign_in(&amara()).await;
    open.at_stage_1("one").await;
    open.at_stage_1("two").await;
    let known = log(&open.office).await.len();
    let (name, words) = field(leave(hand(&open.office, &tom(), "k"), amara().id, None).await);
    assert_eq!(name, "to");
    assert!(words.starts_with("Amara Osei still has 2 open cases."), "{words}");
    // Dana investigates: she cannot take cases of stage 1.
    let (_, words) = field(leave(hand(&open.office, &tom(), "k"), amara().id, Some(dana().id)).await);
    assert!(words.starts_with("Dana Kowalczyk cannot work on"), "{words}");
    let (_, words) = field(leave(hand(&open.office, &tom(), "k"), amara().id, Some(StaffId(99))).await);
    assert_eq!(words, "Choose somebody who works here");
    assert_eq!(log(&open.office).await.len(), known);
    assert!(open.office.person(amara().id).is_some());
    assert!(signed_in(&open.office, &session.token).await.unwrap().is_some());
}

#[tokio::test]
async fn who_leaves_is_signed_out_and_all_their_cases_go_to_one_person() {
    let open = OpenOffice::at(TUESDAY).await;
    let session = open.sign_in(&amara()).await;
    let (one, two) = (open.at_stage_1("one").await, open.at_stage_1("two").await);
    let closed = open.answered("three").await;
    let known = log(&open.office).await.len();
    leave(hand(&open.office, &tom(), "k"), amara().id, Some(jo().id))
        .await
        .unwrap();

    assert_eq!(
        since(&open.office, known).await,
        [("staff:10".to_owned(), "person.left")]
    );
    let OfficeEvent::PersonLeft(left) = &log(&open.office).await[known].event else {
        panic!("did not leave");
    };
    assert_eq!(left.passed_on, Some(PassedOn { to: jo().id, cases: 2 }));
    for reference in [&one, &two] {
        assert_eq!(owner(&open, reference).await, Some(jo().id));
    }
    assert_eq!(owner(&open, &closed).await, Some(amara().id), "what is over stays hers");
    let mine = open.door(&jo()).list(&Shown::Mine(jo().id), None).await.unwrap();
    assert_eq!(mine.lines.len(), 2);

    assert!(signed_in(&open.office, &session.token).await.unwrap().is_none());
    assert_eq!(
        sessions_of(&open, &amara()).await,
        0,
        "none is left that could live again"
    );
    assert!(open.office.person(amara().id).is_none());
    assert_eq!(open.office.name_of(amara().id), "Amara Osei");
    assert_eq!(open.office.name_in_list(amara().id), "Amara Osei (former)");
    assert_eq!(open.office.name_in_list(jo().id), "Jo Whitfield");

    // A second press of the same button lands in the same place.
    leave(hand(&open.office, &tom(), "k"), amara().id, Some(jo().id))
        .await
        .unwrap();
    assert_eq!(log(&open.office).await.len(), known + 1);
    let again = leave(hand(&open.office, &tom(), "other"), amara().id, None).await;
    assert!(matches!(again, Err(ActError::Refused(Refused::NotNow(_)))), "{again:?}");
}

#[tokio::test]
async fn the_log_is_whole_afterwards_and_the_derived_tables_are_as_the_events_say() {
    let open = OpenOffice::at(TUESDAY).await;
    open.at_stage_1("one").await;
    open.asked_for_stage_2("two").await;
    leave(hand(&open.office, &tom(), "k"), amara().id, Some(jo().id))
        .await
        .unwrap();
    let later = open.at_stage_2("three").await;
    leave(hand(&open.office, &tom(), "l"), dana().id, Some(owen().id))
        .await
        .unwrap();
    assert_eq!(owner(&open, &later).await, Some(owen().id));

    let report = evidence::verify(&open.office).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
    let rebuilt = rebuild::rebuild(&open.office).await.unwrap();
    assert_eq!(rebuilt.cases, 3, "events of the office are no cases");
    assert!(rebuilt.differences.is_empty(), "{:?}", rebuilt.differences);
    let entries = log(&open.office).await.last().unwrap().position;
    assert!(report.entries >= entries, "{} entries", report.entries);
}

#[tokio::test]
async fn a_case_given_to_them_while_the_page_was_open_is_not_left_behind() {
    let open = OpenOffice::at(TUESDAY).await;
    let looked = leave::look(hand(&open.office, &tom(), ""), amara().id).await.unwrap();
    assert_eq!((looked.cases.len(), looked.successors.len()), (0, 0));
    open.at_stage_1("one").await;
    let (_, words) = field(leave(hand(&open.office, &tom(), "k"), amara().id, None).await);
    assert!(words.starts_with("Amara Osei still has 1 open case."), "{words}");
}

#[tokio::test]
async fn the_page_says_what_they_have_open_and_who_could_take_it() {
    let open = OpenOffice::at(TUESDAY).await;
    open.at_stage_1("one").await;
    open.at_stage_1("two").await;
    let looked = leave::look(hand(&open.office, &tom(), ""), amara().id).await.unwrap();
    assert_eq!(looked.cases, [AtStage { stage: 1, cases: 2 }]);
    assert!(looked.in_the_way.is_none());
    let barred = |name: &str| {
        let one = looked.successors.iter().find(|one| one.person.name == name);
        one.unwrap().barred.is_some()
    };
    assert!(!barred("Jo Whitfield") && barred("Dana Kowalczyk"));
    assert!(looked.successors.iter().all(|one| one.person.id != amara().id));
    let looked = leave::look(hand(&open.office, &tom(), ""), tom().id).await.unwrap();
    let words = looked.in_the_way.unwrap().to_string();
    assert!(words.starts_with("Tom Ferreira is the only administrator."), "{words}");
    assert!(leave::look(hand(&open.office, &amara(), ""), jo().id).await.is_err());
}

#[tokio::test]
async fn somebody_comes_back_with_their_roles_and_a_new_password() {
    let open = OpenOffice::at(TUESDAY).await;
    people::set_password(hand(&open.office, &tom(), "p"), dana().id, "the one before")
        .await
        .unwrap();
    leave(hand(&open.office, &tom(), "k"), dana().id, None).await.unwrap();
    assert!(matches!(
        sign_in(&open.office, "dana", "the one before", "127.0.0.1").await,
        Err(ActError::NotFound)
    ));
    let everybody = people::list(&open.office, &tom()).await.unwrap();
    let last = everybody.last().unwrap();
    assert_eq!((last.account.id(), last.left_at), (dana().id, Some(open.office.now())));

    let known = log(&open.office).await.len();
    come_back(hand(&open.office, &tom(), "b"), dana().id, PASSWORD)
        .await
        .unwrap();
    let expected = ["person.returned", "password.changed"].map(|kind| ("staff:10".to_owned(), kind));
    assert_eq!(since(&open.office, known).await, expected);
    assert_eq!(open.office.person(dana().id), Some(dana()));
    assert_eq!(open.office.name_in_list(dana().id), "Dana Kowalczyk");
    assert!(sign_in(&open.office, "dana", PASSWORD, "127.0.0.1").await.is_ok());
    assert!(matches!(
        sign_in(&open.office, "dana", "the one before", "127.0.0.1").await,
        Err(ActError::NotFound)
    ));
    let file = people::read(&open.office, dana().id, &tom()).await.unwrap();
    let kinds: Vec<&str> = file.history.iter().map(|line| line.event.kind()).collect();
    assert_eq!(
        kinds,
        ["password.changed", "person.returned", "person.left", "password.changed"]
    );
}

#[tokio::test]
async fn who_was_let_go_while_they_had_a_page_open_changes_nothing_more() {
    let open = OpenOffice::at(TUESDAY).await;
    let to = crate::written::with_roles(&owen(), &[rules::people::Role::Administrator]);
    people::change(hand(&open.office, &tom(), "k"), owen().id, &to)
        .await
        .unwrap();
    let owen = open.office.person(owen().id).unwrap();
    leave(hand(&open.office, &tom(), "l"), owen.id, None).await.unwrap();
    let known = log(&open.office).await.len();
    let refused = leave(hand(&open.office, &owen, "m"), jo().id, None).await.unwrap_err();
    assert_eq!(refused.to_string(), "You no longer work here, so nothing was saved.");
    assert_eq!(log(&open.office).await.len(), known);
}
