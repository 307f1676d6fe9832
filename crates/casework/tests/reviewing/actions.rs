//! A promise outlives its case and is followed until everybody can read what was changed (R10, R39).

use casework::ActError;
use casework::review::changes::Late;
use casework::review::follow::Step;
use casework::review::register::{self, Part};
use rules::follow_on::act::Charge;
use rules::follow_on::{FollowOnId, Status, Wording};
use rules::people::Person;
use rules::review::Shown;
use testkit::day;
use testkit::office::OpenOffice;
use testkit::people::{amara, grace, helen, marcus, ruth};

use crate::support::{a_month, differences, refusal};

fn promised() -> FollowOnId {
    "FC-10001-1".parse().unwrap()
}

async fn step(office: &OpenOffice, by: &Person, step: Step) -> Result<(), ActError> {
    let id = promised();
    office.door(by).follow_up(&id, "").take(step).await
}

fn wording() -> Wording {
    Wording {
        you_said: "Jobs were closed before anybody asked.".to_owned(),
        we_did: "We ask you before we close a job.".to_owned(),
        service: None,
    }
}

fn later(owner: &str) -> Charge {
    Charge {
        owner: owner.to_owned(),
        due_on: Some(day("2026-08-03")),
    }
}

#[tokio::test]
async fn what_a_decision_promised_stands_in_the_register_from_the_same_save() {
    let office = a_month().await;
    let register = office.door(&ruth()).register(Part::ToDo, 1).await.unwrap();
    assert_eq!(register.actions.len(), 1);
    let action = &register.actions[0];
    assert_eq!((action.id.clone(), action.status), (promised(), Status::Accepted));
    assert_eq!(action.text.as_deref(), Some("Ask before closing a job"));
    assert_eq!(action.card.owner.as_deref(), Some("Helpline"));
    assert_eq!(action.card.service.as_deref(), Some("A3"));
    assert!(action.is_overdue(register.today));
    let counts = register::counts(&office.office, &ruth()).await.unwrap();
    assert_eq!((counts.open, counts.overdue), (1, 1));
    let hidden = register::counts(&office.office, &amara()).await.unwrap();
    assert_eq!(hidden.open, 0, "whoever may not see the register is told no number");
}

#[tokio::test]
async fn it_outlives_the_words_of_its_case() {
    let office = a_month().await;
    let now = office.office.now();
    let destroyed = office
        .office
        .store()
        .write(move |tx| Box::pin(async move { storage::stream_keys::destroy(tx, "FC-10001", now).await }));
    assert!(destroyed.await.unwrap());
    let file = office.door(&ruth()).follow_on(&promised()).await.unwrap();
    assert_eq!(file.action.text, "Ask before closing a job");
    step(&office, &marcus(), Step::Done("The Helpline asks now".to_owned()))
        .await
        .unwrap();
}

#[tokio::test]
async fn from_the_promise_to_you_said_we_did() {
    let office = a_month().await;
    step(&office, &marcus(), Step::Start(String::new())).await.unwrap();
    let early = refusal(step(&office, &helen(), Step::Publish(wording())).await);
    assert_eq!(early, "You cannot publish it now: this action is in progress.");
    let done = Step::Done("The Helpline asks now".to_owned());
    step(&office, &marcus(), done).await.unwrap();
    let verified = Step::Verify("Listened to ten calls".to_owned());
    step(&office, &helen(), verified).await.unwrap();
    assert_eq!(office.public().latest_changes(3).await.unwrap(), []);
    step(&office, &helen(), Step::Publish(wording())).await.unwrap();
    let changes = office.public().changes().await.unwrap();
    assert_eq!(changes.changes.len(), 1);
    let change = &changes.changes[0];
    assert_eq!(change.we_did, "We ask you before we close a job.");
    assert_eq!(
        change.service.as_deref(),
        Some("A3"),
        "the service of the case where none was chosen"
    );
    assert_eq!(change.on, day("2026-07-06"));
    let read = office.door(&grace()).follow_on(&promised()).await.unwrap();
    assert_eq!(
        read.registered.text.as_deref(),
        Some("We ask you before we close a job."),
        "what is published may be read by everybody"
    );
    let taken_back = Step::Unpublish("It is not so yet".to_owned());
    step(&office, &helen(), taken_back).await.unwrap();
    assert_eq!(office.public().changes().await.unwrap().changes, []);
    assert_eq!(differences(&office).await, [""; 0]);
    let history = office.door(&helen()).follow_on(&promised()).await.unwrap().history;
    assert_eq!(history.len(), 6);
}

#[tokio::test]
async fn public_numbers_below_five_are_hidden() {
    let office = a_month().await;
    let months = office.public().changes().await.unwrap().months;
    assert_eq!(months.len(), 1, "June; there was nothing before, and July is not over");
    assert_eq!(months[0].received, Shown::Hidden, "there were four");
    assert_eq!(
        (months[0].decided, months[0].late),
        (Shown::Hidden, Late::Few),
        "three, one of them late"
    );
}

#[tokio::test]
async fn a_refusal_changes_nothing_and_a_second_press_does_not_either() {
    let office = a_month().await;
    let id = promised();
    let change = || Step::Change(later("Helpline"), "Late".to_owned());
    let refused = refusal(step(&office, &amara(), change()).await);
    assert!(
        refused.starts_with("You cannot accept, change or drop a follow-on action"),
        "{refused}"
    );
    let door = office.door(&helen());
    for _ in 0..2 {
        door.follow_up(&id, "same").take(change()).await.unwrap();
    }
    let file = door.follow_on(&id).await.unwrap();
    assert_eq!((file.action.moved, file.history.len()), (1, 2));
    let nowhere = "FC-10001-9".parse().unwrap();
    let missing = door.follow_up(&nowhere, "").take(Step::Start(String::new())).await;
    assert!(matches!(missing, Err(ActError::NotFound)));
    let refused = refusal(office.door(&amara()).register(Part::ToDo, 1).await);
    assert!(refused.starts_with("You cannot see follow-on actions"), "{refused}");
}
