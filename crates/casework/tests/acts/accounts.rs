//! Accounts of staff: the first one, signing in, being shut out for a while, sessions that end, changed passwords.

use std::sync::Arc;

use casework::account::{self, Session, change_password, sign_in, sign_out, signed_in};
use casework::people::{self, NewPerson, OfficeHand, add_first};
use casework::{ActError, Office};
use rules::people::{Person, Role, StaffId};
use testkit::office::OpenOffice;
use testkit::people::{amara, tom};

use crate::support::{fields, refusal};

const PASSWORD: &str = "calder brook stone";
const HERE: &str = "192.0.2.1";
const THERE: &str = "198.51.100.7";

fn somebody(username: &str) -> NewPerson {
    NewPerson {
        username: username.to_owned(),
        email: format!("{username}@calderbrook.example"),
        name: "Wendy Hale".to_owned(),
        job_title: "Complaints Coordinator".to_owned(),
        roles: vec![Role::ComplaintsCoordinator],
        password: PASSWORD.to_owned(),
    }
}

async fn add(office: &Arc<Office>, new: &NewPerson, by: &Person) -> Result<StaffId, ActError> {
    people::add(OfficeHand { office, by, once: "" }, new).await
}

/// An office in which Wendy has an account with a password.
async fn with_wendy() -> (OpenOffice, Person) {
    let office = OpenOffice::at("2026-06-09 09:00").await;
    let id = add(&office.office, &somebody("wendy"), &tom()).await.unwrap();
    let wendy = office.office.person(id).unwrap();
    (office, wendy)
}

async fn tries(office: &Office, login: &str, password: &str, from: &str) -> Result<Session, ActError> {
    sign_in(office, login, password, from).await
}

async fn is_in(office: &OpenOffice, session: &Session) -> Option<StaffId> {
    let found = signed_in(&office.office, &session.token).await.unwrap();
    found.map(|found| found.person.id)
}

#[tokio::test]
async fn the_first_administrator_is_added_once() {
    let office = OpenOffice::with(Vec::new(), "2026-06-09 09:00").await;
    let administrator = NewPerson {
        roles: vec![Role::Administrator],
        ..somebody("rosa")
    };
    let id = add_first(&office.office, &administrator).await.unwrap();
    assert_eq!(office.office.person(id).unwrap().name, "Wendy Hale");
    let again = add_first(&office.office, &somebody("other")).await;
    assert!(refusal(again).starts_with("There are people already."));
    let session = sign_in(&office.office, "rosa", PASSWORD, HERE).await.unwrap();
    assert_eq!(is_in(&office, &session).await, Some(id));
}

#[tokio::test]
async fn of_two_who_want_to_be_first_at_once_one_is() {
    let office = OpenOffice::with(Vec::new(), "2026-06-09 09:00").await;
    let administrator = |username: &str| NewPerson {
        roles: vec![Role::Administrator],
        ..somebody(username)
    };
    let (left, right) = (administrator("left"), administrator("right"));
    let (left, right) = tokio::join!(add_first(&office.office, &left), add_first(&office.office, &right));
    assert_ne!(left.is_ok(), right.is_ok(), "{left:?} {right:?}");
    assert_eq!(office.office.people().len(), 1);
}

#[tokio::test]
async fn only_an_administrator_adds_people_and_every_field_is_checked() {
    let (office, wendy) = with_wendy().await;
    for by in [&wendy, &amara()] {
        assert!(refusal(add(&office.office, &somebody("new"), by).await).starts_with("You cannot add people"));
        assert!(refusal(people::list(&office.office, by).await).starts_with("You cannot add people"));
    }
    let empty = NewPerson {
        username: "two words".to_owned(),
        email: "nowhere".to_owned(),
        password: "short".to_owned(),
        ..NewPerson::default()
    };
    let answer = add(&office.office, &empty, &tom()).await;
    assert_eq!(
        fields(answer),
        ["name", "username", "email", "job_title", "roles", "password"]
    );
    assert_eq!(
        fields(add(&office.office, &somebody("wendy"), &tom()).await),
        ["username", "email"],
        "taken"
    );
    let same_address = NewPerson {
        email: "WENDY@calderbrook.example".to_owned(),
        ..somebody("wendy2")
    };
    assert_eq!(
        fields(add(&office.office, &same_address, &tom()).await),
        ["email"],
        "taken"
    );
    let listed = people::list(&office.office, &tom()).await.unwrap();
    assert_eq!(
        listed
            .iter()
            .filter(|listed| listed.account.person.name == "Wendy Hale")
            .count(),
        1
    );
}

#[tokio::test]
async fn the_right_password_opens_and_a_wrong_one_and_an_unknown_name_answer_the_same() {
    let (office, wendy) = with_wendy().await;
    for login in ["wendy", " WENDY ", "wendy@calderbrook.example"] {
        let session = sign_in(&office.office, login, PASSWORD, HERE).await.unwrap();
        assert_eq!(is_in(&office, &session).await, Some(wendy.id), "{login}");
    }
    let wrong = tries(&office.office, "wendy", "calder brook stones", HERE)
        .await
        .unwrap_err();
    let unknown = tries(&office.office, "nobody", PASSWORD, THERE).await.unwrap_err();
    assert!(
        matches!((&wrong, &unknown), (ActError::NotFound, ActError::NotFound)),
        "{wrong} {unknown}"
    );
    assert_eq!(wrong.to_string(), unknown.to_string());
    for token in ["nonsense", "", &"0".repeat(64)] {
        assert!(signed_in(&office.office, token).await.unwrap().is_none(), "{token:?}");
    }
}

#[tokio::test]
async fn eight_wrong_tries_shut_the_name_for_a_quarter_of_an_hour() {
    let (office, _) = with_wendy().await;
    for number in 0..8 {
        let from = format!("192.0.2.{number}");
        let answer = tries(&office.office, "wendy", "wrong wrong wrong", &from).await;
        assert!(matches!(answer, Err(ActError::NotFound)), "try {number}: {answer:?}");
    }
    let ninth = tries(&office.office, "Wendy", PASSWORD, THERE).await;
    assert!(
        matches!(ninth, Err(ActError::Throttled { tries: 8, minutes: 15 })),
        "{ninth:?}"
    );
    office.on("2026-06-09 09:14:59");
    assert!(tries(&office.office, "wendy", PASSWORD, THERE).await.is_err());
    office.on("2026-06-09 09:15:01");
    sign_in(&office.office, "wendy", PASSWORD, THERE)
        .await
        .expect("a quarter of an hour later");
}

#[tokio::test]
async fn eight_wrong_tries_from_one_place_shut_the_place_and_nobody_else_out() {
    let (office, _) = with_wendy().await;
    for number in 0..8 {
        let answer = tries(&office.office, &format!("name{number}"), "wrong wrong wrong", HERE).await;
        assert!(matches!(answer, Err(ActError::NotFound)), "try {number}: {answer:?}");
    }
    let shut = tries(&office.office, "wendy", PASSWORD, HERE).await;
    assert!(matches!(shut, Err(ActError::Throttled { .. })), "{shut:?}");
    sign_in(&office.office, "wendy", PASSWORD, THERE)
        .await
        .expect("from another place");
}

#[tokio::test]
async fn the_right_password_forgets_the_wrong_ones() {
    let (office, _) = with_wendy().await;
    for _ in 0..3 {
        for _ in 0..7 {
            tries(&office.office, "wendy", "wrong wrong wrong", HERE)
                .await
                .unwrap_err();
        }
        sign_in(&office.office, "wendy", PASSWORD, HERE)
            .await
            .expect("the eighth is right");
    }
}

#[tokio::test]
async fn a_session_ends_after_two_hours_without_use_and_after_twelve_in_any_case() {
    let (office, wendy) = with_wendy().await;
    let idle = sign_in(&office.office, "wendy", PASSWORD, HERE).await.unwrap();
    let used = sign_in(&office.office, "wendy", PASSWORD, HERE).await.unwrap();
    assert_ne!(idle.token, used.token);
    office.on("2026-06-09 10:59");
    assert_eq!(is_in(&office, &used).await, Some(wendy.id));
    office.on("2026-06-09 11:00");
    assert_eq!(is_in(&office, &idle).await, None, "two hours without use");
    for time in ["12:30", "14:20", "16:10", "18:00", "19:50"] {
        office.on(&format!("2026-06-09 {time}"));
        assert_eq!(is_in(&office, &used).await, Some(wendy.id), "used at {time}");
    }
    office.on("2026-06-09 20:59:59");
    assert_eq!(is_in(&office, &used).await, Some(wendy.id));
    office.on("2026-06-09 21:00");
    assert_eq!(is_in(&office, &used).await, None, "twelve hours");
}

#[tokio::test]
async fn signing_out_ends_this_session_only() {
    let (office, wendy) = with_wendy().await;
    let here = sign_in(&office.office, "wendy", PASSWORD, HERE).await.unwrap();
    let there = sign_in(&office.office, "wendy", PASSWORD, THERE).await.unwrap();
    assert_ne!(here.csrf, there.csrf);
    sign_out(&office.office, &here.token).await.unwrap();
    assert_eq!(is_in(&office, &here).await, None);
    assert_eq!(is_in(&office, &there).await, Some(wendy.id));
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let (office, wendy) = with_wendy().await;
    let here = sign_in(&office.office, "wendy", PASSWORD, HERE).await.unwrap();
    let there = sign_in(&office.office, "wendy", PASSWORD, THERE).await.unwrap();
    let new = "river stone calder";
    let wrong = change_password(&office.office, &wendy, "not my password", new).await;
    assert_eq!(fields(wrong), ["present_password"]);
    assert_eq!(
        fields(change_password(&office.office, &wendy, PASSWORD, "short").await),
        ["new_password"]
    );
    assert_eq!(is_in(&office, &there).await, Some(wendy.id), "nothing has ended yet");

    let begun = change_password(&office.office, &wendy, PASSWORD, new).await.unwrap();
    assert_eq!(is_in(&office, &here).await, None);
    assert_eq!(is_in(&office, &there).await, None);
    assert_eq!(is_in(&office, &begun).await, Some(wendy.id));
    assert!(matches!(
        tries(&office.office, "wendy", PASSWORD, HERE).await,
        Err(ActError::NotFound)
    ));
    sign_in(&office.office, "wendy", new, HERE).await.unwrap();
    assert_eq!(
        account::login_of(&office.office, &wendy).await.unwrap().username,
        "wendy"
    );
}
