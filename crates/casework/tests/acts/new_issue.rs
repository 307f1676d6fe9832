//! Something else that the complainant wrote about: a complaint of its own, counted from when they wrote it (A26).

use casework::handling::{Seen, confidential, decide, write};
use casework::intake::set_apart::{SettingApart, set_apart};
use casework::{ActError, PublicDoor, evidence};
use rules::case::vocabulary::{Channel, FeedbackKind, Lane};
use rules::case::{Case, Event, Reference};
use rules::confidential::StaffNamed;
use rules::confidential::lane::Restriction;
use rules::deadlines::Duty;
use rules::letters::LetterKind;
use rules::people::Person;
use testkit::day;
use testkit::office::OpenOffice;
use testkit::people::{amara, iris, owen, ruth};

use crate::support::{open, refusal};

const WORDS: &str = "And the printer took my money. It printed nothing.";

/// What they wrote on their page; answers the number of the message.
async fn wrote(office: &OpenOffice, reference: &Reference) -> u32 {
    let case = office.case(reference).await;
    let door = PublicDoor::of(office.office.clone());
    let who = door
        .follow(&reference.to_string(), &case.received.link_token)
        .await
        .unwrap();
    door.reply(&who, WORDS, "r").await.unwrap();
    office.case(reference).await.sequence
}

async fn apart(
    office: &OpenOffice,
    (by, once): (&Person, &str),
    reference: &Reference,
    message: u32,
) -> Result<Reference, ActError> {
    set_apart(SettingApart {
        office: &office.office,
        by,
        reference,
        message,
        seen: Seen::Whatever,
        once,
    })
    .await
}

fn from(case: &Case) -> (String, u32) {
    let from = case.received.set_apart_from.clone().unwrap();
    (from.case.to_string(), from.message)
}

#[tokio::test]
async fn it_is_received_when_it_was_written_acknowledged_and_points_back() {
    let office = open().await;
    let first = office.at_stage_1("k").await;
    office.on("2026-06-11 17:00");
    let message = wrote(&office, &first).await;
    office.on("2026-06-15 10:00");
    let made = apart(&office, (&amara(), "o"), &first, message).await.unwrap();
    let case = office.case(&made).await;
    assert_eq!(from(&case), (first.to_string(), message));
    assert_eq!(
        (case.kind, case.received.channel),
        (FeedbackKind::Complaint, Channel::Web)
    );
    assert_eq!(case.received.words, WORDS);
    assert_eq!(case.received.title, "And the printer took my money");
    assert_eq!(
        case.received.received_on,
        day("2026-06-11"),
        "A2: from the receipt of the message"
    );
    assert_eq!(office.date(&made, Duty::Decision).await.due_on, day("2026-06-16"));
    assert_eq!(case.complainant, office.case(&first).await.complainant);
    let letters: Vec<LetterKind> = office.letters(&made).await.iter().map(|letter| letter.kind).collect();
    assert_eq!(letters, [LetterKind::Acknowledgement], "its own (R18)");
    let before = office.case(&first).await;
    assert_eq!(before.set_apart[0].to, made);
    assert_eq!(before.points.len(), 1, "nothing was added to the first");
    let messages = office.history(&first).await.into_iter();
    let stays = messages.filter(|recorded| matches!(recorded.event, Event::MessageReceived(_)));
    assert_eq!(stays.count(), 1, "the message stays where it came");
    assert!(evidence::verify(&office.office).await.unwrap().is_whole());
}

#[tokio::test]
async fn it_is_done_once_whoever_presses_and_however_often() {
    let office = open().await;
    let first = office.at_stage_1("k").await;
    let message = wrote(&office, &first).await;
    let made = apart(&office, (&amara(), "o"), &first, message).await.unwrap();
    let again = apart(&office, (&amara(), "o"), &first, message).await.unwrap();
    assert_eq!(again, made, "the same press");
    let other = apart(&office, (&ruth(), "p"), &first, message).await;
    assert_eq!(refusal(other), format!("This message became {made} already."));
    let none = apart(&office, (&ruth(), "q"), &first, 1).await;
    assert!(matches!(none, Err(ActError::NotFound)), "the receipt is no message");
    let auditor = apart(&office, (&iris(), "s"), &first, message).await;
    assert!(refusal(auditor).starts_with("You cannot log a complaint"));
}

#[tokio::test]
async fn it_can_be_done_after_the_decision_and_a_point_cannot() {
    let office = open().await;
    let first = office.answered("k").await;
    let message = wrote(&office, &first).await;
    let point = write::point(office.hand(&amara(), &first), "The printer").await;
    assert!(refusal(point).contains("A new issue now is a new complaint"));
    let made = apart(&office, (&amara(), "o"), &first, message).await.unwrap();
    assert!(office.case(&made).await.is_open());
    assert!(!office.case(&first).await.is_open(), "the first stays closed");
}

#[tokio::test]
async fn from_a_restricted_case_comes_a_restricted_one_and_nobody_named_has_part_in_it() {
    let office = open().await;
    let first = office.receive("k").await;
    let restriction = Restriction {
        reason: "About the desk".to_owned(),
        named: StaffNamed {
            people: vec![owen().id],
            others: None,
        },
        to: None,
    };
    confidential::restrict(office.hand(&ruth(), &first), &restriction)
        .await
        .unwrap();
    let message = wrote(&office, &first).await;
    let unseen = apart(&office, (&amara(), "a"), &first, message).await;
    assert!(
        matches!(unseen, Err(ActError::NotFound)),
        "as if it were not there: {unseen:?}"
    );
    let made = apart(&office, (&ruth(), "o"), &first, message).await.unwrap();
    let case = office.case(&made).await;
    assert_eq!(case.lane, Lane::Restricted);
    assert_eq!(case.named.people, [owen().id]);
    assert!(office.door(&owen()).case(&made).await.is_err());
}

#[tokio::test]
async fn the_register_does_not_say_which_case_it_became() {
    let office = open().await;
    let first = office.at_stage_1("k").await;
    let message = wrote(&office, &first).await;
    let made = apart(&office, (&amara(), "o"), &first, message).await.unwrap();
    let job = office.job(&office.case(&first).await.job.unwrap().number).await;
    assert!(
        job.updates
            .iter()
            .all(|update| !update.text.contains(&made.to_string()))
    );
    // Restricted later, it is not there any more for whoever may not see it, and nothing on the first tells of it.
    let restriction = Restriction {
        reason: "About the desk".to_owned(),
        named: StaffNamed::default(),
        to: None,
    };
    confidential::restrict(office.hand(&ruth(), &made), &restriction)
        .await
        .unwrap();
    let seen = office.door(&amara()).case(&first).await.unwrap();
    assert!(seen.hides(&made));
    let decided = decide::close(
        office.hand(&amara(), &made),
        rules::case::vocabulary::Ending::Referred,
        "x",
    )
    .await;
    assert!(matches!(decided, Err(ActError::NotFound)));
}
