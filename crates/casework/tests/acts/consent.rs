//! On behalf of somebody, on a real store: the letter that asks names them, the register does not, and the decision waits for them (A29).

use casework::PublicDoor;
use casework::handling::{Seen, consent, decide, judge, send_again};
use casework::jobs::post;
use rules::case::Reference;
use rules::case::event::{ConsentAsked, ConsentGiven, ConsentWay};
use rules::case::vocabulary::Means;
use rules::handling::decide::Telling;
use rules::intake::RawFeedback;
use rules::letters::LetterKind;
use testkit::office::OpenOffice;
use testkit::people::{amara, ruth};
use testkit::{day, words};

use crate::support::{open, refusal};

async fn for_jonah(office: &OpenOffice) -> Reference {
    let raw = RawFeedback {
        acting_for: "Jonah Adeyemi".to_owned(),
        ..words::form()
    };
    let reference = PublicDoor::of(office.office.clone())
        .complain(&raw, "k")
        .await
        .unwrap()
        .reference;
    let ruth = office.door(&ruth());
    judge::triage(ruth.hand(&reference, Seen::Whatever, ""), &words::judged_for(&amara()))
        .await
        .unwrap();
    office.letters_arrive().await;
    reference
}

fn agreed() -> ConsentGiven {
    ConsentGiven {
        way: ConsentWay::Paper,
        on: day("2026-06-09"),
        words: "Signed form, in the grey cabinet".to_owned(),
    }
}

#[tokio::test]
async fn the_letter_that_asks_says_for_whom_and_by_when_we_decide() {
    let office = open().await;
    let reference = for_jonah(&office).await;
    let asked = ConsentAsked {
        by: Means::Email,
        words: Some("I could not reach you".to_owned()),
    };
    let amara = office.door(&amara());
    consent::ask(amara.hand(&reference, Seen::Whatever, ""), &asked)
        .await
        .unwrap();
    let letters = casework::jobs::post::claim(&office.office, 5).await.unwrap();
    let letter = &letters[0].letter;
    assert_eq!(letter.kind, LetterKind::ConsentAsked);
    assert_eq!(letter.facts.acting_for, "Jonah Adeyemi");
    assert_eq!(letter.facts.body, "I could not reach you");
    assert_eq!(letter.facts.decision_date, "Friday 12 June 2026");
}

#[tokio::test]
async fn a_decision_goes_out_once_they_agree_and_the_register_names_nobody() {
    let office = open().await;
    let reference = for_jonah(&office).await;
    let door = office.door(&amara());
    let decision = words::decision_on(&office.case(&reference).await);
    let decided = decide::decide(
        door.hand(&reference, Seen::Whatever, ""),
        &decision,
        &Telling::InWriting,
    )
    .await;
    assert!(refusal(decided).contains("(Jonah Adeyemi) has not agreed"));
    consent::give(door.hand(&reference, Seen::Whatever, ""), &agreed())
        .await
        .unwrap();
    decide::decide(
        door.hand(&reference, Seen::Whatever, ""),
        &decision,
        &Telling::InWriting,
    )
    .await
    .unwrap();
    office.letters_arrive().await;
    let case = office.case(&reference).await;
    assert!(!case.is_open());
    let job = case.job.unwrap().number;
    let file = casework::desk::jobs::get(&office.office, &job, &amara()).await.unwrap();
    let told: Vec<&str> = file.updates.iter().map(|update| update.text.as_str()).collect();
    assert!(told.contains(&"The person agreed that we speak about them"), "{told:?}");
    assert!(
        told.iter()
            .all(|text| !text.contains("cabinet") && !text.contains("Jonah"))
    );
}

#[tokio::test]
async fn a_letter_that_waits_does_not_go_once_the_consent_is_withdrawn() {
    let office = open().await;
    let reference = for_jonah(&office).await;
    let door = office.door(&amara());
    let hand = || door.hand(&reference, Seen::Whatever, "");
    consent::give(hand(), &agreed()).await.unwrap();
    let decision = words::decision_on(&office.case(&reference).await);
    decide::decide(hand(), &decision, &Telling::InWriting).await.unwrap();
    let letters = post::claim(&office.office, 5).await.unwrap();
    let letter = letters
        .iter()
        .find(|letter| letter.letter.kind == LetterKind::Stage1Decision)
        .unwrap();
    assert!(!post::may_not_be_told(&office.office, letter).await.unwrap());
    consent::withdraw(hand(), "Jonah rang and does not want it any more")
        .await
        .unwrap();
    assert!(post::may_not_be_told(&office.office, letter).await.unwrap());
    post::failed(&office.office, letter, post::NO_LONGER_AGREES, post::Afterwards::GiveUp)
        .await
        .unwrap();
    let case = office.case(&reference).await;
    assert!(
        case.undelivered(LetterKind::Stage1Decision).is_some(),
        "the case says so"
    );
    let again = || send_again::send_again(hand(), &[LetterKind::Stage1Decision]);
    assert!(refusal(again().await).contains("has not agreed"));
    consent::give(hand(), &agreed()).await.unwrap();
    again().await.unwrap();
    office.letters_arrive().await;
    assert!(!office.case(&reference).await.is_open());
}
