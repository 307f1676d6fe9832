//! Adding, changing, passwords: what is written, what is sealed, what ends.

use casework::account::{change_password, sign_in, signed_in};
use casework::people::{self, NewPerson, add, change, set_password};
use casework::{ActError, evidence};
use rules::office::OfficeEvent;
use rules::people::{Role, StaffId};
use storage::events;
use testkit::office::OpenOffice;
use testkit::people::{amara, iris, ruth, tom};
use testkit::story::TUESDAY;

use crate::written::{field, hand, log, since, with_roles};

const PASSWORD: &str = "three green apples";

pub(crate) fn kit() -> NewPerson {
    NewPerson {
        username: "kit".to_owned(),
        email: "kit.vale@calderbrook.example".to_owned(),
        name: "Kit Vale".to_owned(),
        job_title: "IT Helpline Analyst".to_owned(),
        roles: vec![Role::FrontlineHandler],
        password: PASSWORD.to_owned(),
    }
}

#[tokio::test]
async fn somebody_new_can_sign_in_and_the_log_says_who_added_them() {
    let open = OpenOffice::at(TUESDAY).await;
    let known = log(&open.office).await.len();
    let id = add(hand(&open.office, &tom(), "k"), &kit()).await.unwrap();
    assert_eq!(
        since(&open.office, known).await,
        [("staff:10".to_owned(), "person.added")]
    );
    let OfficeEvent::PersonAdded(added) = &log(&open.office).await[known].event else {
        panic!("not added");
    };
    assert_eq!((added.who, added.name.as_str()), (id, "Kit Vale"));
    let session = sign_in(&open.office, "kit", PASSWORD, "127.0.0.1").await.unwrap();
    let found = signed_in(&open.office, &session.token).await.unwrap().unwrap();
    assert_eq!(found.person.id, id);
}

#[tokio::test]
async fn nothing_that_names_a_person_lies_open_in_the_log() {
    let open = OpenOffice::at(TUESDAY).await;
    add(hand(&open.office, &tom(), "k"), &kit()).await.unwrap();
    let sealed = open
        .office
        .store()
        .read(|tx| Box::pin(async move { events::raw_scan(tx, 1, 100).await }))
        .await
        .unwrap();
    let last = sealed.last().unwrap();
    assert_eq!((last.stream.as_str(), last.kind.as_str()), ("office", "person.added"));
    for word in ["Kit", "kit.vale", "Helpline", "green"] {
        let found = last.sealed.windows(word.len()).any(|bytes| bytes == word.as_bytes());
        assert!(!found, "{word} lies open");
    }
    for line in log(&open.office).await {
        let payload = String::from_utf8(line.event.encode()).unwrap();
        assert!(!payload.contains("green") && !payload.contains("argon2"), "{payload}");
    }
}

#[tokio::test]
async fn a_form_sent_twice_adds_one_person_with_one_event() {
    let open = OpenOffice::at(TUESDAY).await;
    let known = log(&open.office).await.len();
    let first = add(hand(&open.office, &tom(), "k"), &kit()).await.unwrap();
    let second = add(hand(&open.office, &tom(), "k"), &kit()).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(log(&open.office).await.len(), known + 1);
    // Another form with the same words is somebody who tries again.
    let (name, words) = field(add(hand(&open.office, &tom(), "other"), &kit()).await);
    assert_eq!(
        (name, words.as_str()),
        ("username", "Somebody already has this username. Choose another")
    );
}

#[tokio::test]
async fn a_refused_act_leaves_no_row_no_event_and_no_gap_in_the_numbers() {
    let open = OpenOffice::at(TUESDAY).await;
    let known = log(&open.office).await.len();
    let short = NewPerson {
        password: "short".to_owned(),
        ..kit()
    };
    assert_eq!(field(add(hand(&open.office, &tom(), "k"), &short).await).0, "password");
    assert!(add(hand(&open.office, &ruth(), "k"), &kit()).await.is_err());
    assert_eq!(log(&open.office).await.len(), known);
    // The key of a form that was refused is free for the same form put right.
    let id = add(hand(&open.office, &tom(), "k"), &kit()).await.unwrap();
    assert_eq!(id, StaffId(13));
}

#[tokio::test]
async fn a_change_holds_at_once_and_says_what_was_and_what_is() {
    let open = OpenOffice::at(TUESDAY).await;
    let known = log(&open.office).await.len();
    let to = with_roles(&amara(), &[Role::FrontlineHandler, Role::FrontlineManager]);
    change(hand(&open.office, &tom(), "k"), amara().id, &to).await.unwrap();
    assert!(open.office.person(amara().id).unwrap().is(Role::FrontlineManager));
    change(hand(&open.office, &tom(), "again"), amara().id, &to)
        .await
        .unwrap();
    assert_eq!(
        since(&open.office, known).await,
        [("staff:10".to_owned(), "person.changed")],
        "what is the same already is no event"
    );
    let OfficeEvent::PersonChanged(changed) = &log(&open.office).await[known].event else {
        panic!("not changed");
    };
    assert_eq!(
        (&changed.name, &changed.email, &changed.job_title),
        (&None, &None, &None)
    );
    assert_eq!(changed.roles.as_ref().unwrap().from.len(), 1);
    assert!(matches!(
        change(hand(&open.office, &tom(), "k2"), StaffId(99), &to).await,
        Err(ActError::NotFound)
    ));
}

#[tokio::test]
async fn two_administrators_cannot_take_the_role_from_each_other() {
    let open = OpenOffice::at(TUESDAY).await;
    let administrators = with_roles(&ruth(), &[Role::Administrator]);
    change(hand(&open.office, &tom(), "k"), ruth().id, &administrators)
        .await
        .unwrap();
    let ruth = open.office.person(ruth().id).unwrap();
    let (no_longer_tom, no_longer_ruth) = (
        with_roles(&tom(), &[Role::Auditor]),
        with_roles(&ruth, &[Role::ComplaintsCoordinator]),
    );
    let (by_ruth, by_tom) = (ruth.clone(), tom());
    let (first, second) = tokio::join!(
        change(hand(&open.office, &by_ruth, "a"), tom().id, &no_longer_tom),
        change(hand(&open.office, &by_tom, "b"), ruth.id, &no_longer_ruth),
    );
    assert_ne!(
        first.is_ok(),
        second.is_ok(),
        "exactly one of them: {first:?} {second:?}"
    );
    let left = open.office.holders(&[Role::Administrator]);
    assert_eq!(left.len(), 1, "{left:?}");
}

#[tokio::test]
async fn a_new_password_from_an_administrator_ends_every_session() {
    let open = OpenOffice::at(TUESDAY).await;
    let session = open.sign_in(&iris()).await;
    let known = log(&open.office).await.len();
    set_password(hand(&open.office, &tom(), "k"), iris().id, PASSWORD)
        .await
        .unwrap();
    assert!(signed_in(&open.office, &session.token).await.unwrap().is_none());
    assert!(sign_in(&open.office, "iris", PASSWORD, "127.0.0.1").await.is_ok());
    assert_eq!(
        since(&open.office, known).await,
        [("staff:10".to_owned(), "password.changed")]
    );
}

#[tokio::test]
async fn changing_ones_own_password_is_an_event_too_and_a_wrong_guess_is_none() {
    let open = OpenOffice::at(TUESDAY).await;
    set_password(hand(&open.office, &tom(), "k"), iris().id, PASSWORD)
        .await
        .unwrap();
    let known = log(&open.office).await.len();
    let (name, _) = field(change_password(&open.office, &iris(), "three red apples", "four green apples").await);
    assert_eq!(name, "present_password");
    let (name, _) = field(change_password(&open.office, &iris(), PASSWORD, "short").await);
    assert_eq!(name, "new_password");
    assert_eq!(log(&open.office).await.len(), known);
    let session = change_password(&open.office, &iris(), PASSWORD, "four green apples")
        .await
        .unwrap();
    assert!(signed_in(&open.office, &session.token).await.unwrap().is_some());
    assert!(matches!(
        sign_in(&open.office, "iris", PASSWORD, "127.0.0.1").await,
        Err(ActError::NotFound)
    ));
    assert_eq!(
        since(&open.office, known).await,
        [("staff:9".to_owned(), "password.changed")]
    );
}

#[tokio::test]
async fn the_list_and_the_file_are_for_administrators() {
    let open = OpenOffice::at(TUESDAY).await;
    let everybody = people::list(&open.office, &tom()).await.unwrap();
    assert_eq!(everybody.len(), 12);
    for by in [ruth(), iris()] {
        assert!(people::list(&open.office, &by).await.is_err());
        assert!(people::read(&open.office, amara().id, &by).await.is_err());
    }
    assert!(matches!(
        people::read(&open.office, StaffId(99), &tom()).await,
        Err(ActError::NotFound)
    ));
    assert!(evidence::verify(&open.office).await.unwrap().is_whole());
}
