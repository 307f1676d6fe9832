//! What waits for somebody reaches them: questions to a role, and what the complainant wrote (R24, R40, R64, R68, R76, R78).

use casework::desk::Shown;
use casework::handling::{decide, extend, write};
use casework::intake::track;
use rules::case::Reference;
use rules::case::vocabulary::Channel;
use rules::handling::draft::AskSignOff;
use rules::handling::extend::MoreTime;
use rules::people::Person;
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, everybody, helen, marcus, ruth, samir};
use testkit::{day, words};

use crate::support::open;

/// Who has the case among what is asked of them, and what it says there.
async fn asked(office: &OpenOffice, reference: &Reference) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for who in everybody() {
        let Ok(page) = office.door(&who).list(&Shown::AskedOfMe, None).await else {
            continue;
        };
        assert_eq!(office.counts(&who).await.asked, page.lines.len() as i64, "{}", who.name);
        let here = page.lines.iter().filter(|line| line.reference == reference.to_string());
        found.extend(here.map(|line| (who.name.clone(), line.card.asked.clone().unwrap_or_default())));
    }
    found
}

fn by(who: &[Person], question: &str) -> Vec<(String, String)> {
    who.iter().map(|who| (who.name.clone(), question.to_owned())).collect()
}

fn robin() -> Person {
    testkit::people::robin()
}

async fn reply(office: &OpenOffice, reference: &Reference, key: &str) {
    let link = office.case(reference).await.received.link_token;
    let who = track::enter_with_link(&office.office, &reference.to_string(), &link)
        .await
        .unwrap();
    track::reply(&office.office, &who, "It happened again on Tuesday.", key)
        .await
        .unwrap();
}

async fn message_waits(office: &OpenOffice, reference: &Reference) -> bool {
    let page = office
        .door(&amara())
        .list(&Shown::Mine(amara().id), None)
        .await
        .unwrap();
    let line = page.lines.iter().find(|line| line.reference == reference.to_string());
    line.unwrap().card.message_waits
}

#[tokio::test]
async fn a_request_for_stage_2_reaches_whoever_decides_on_it() {
    let office = open().await;
    let reference = office.asked_for_stage_2("k").await;
    let question = "Decide on the request for stage 2";
    assert_eq!(asked(&office, &reference).await, by(&[ruth(), robin()], question));
}

#[tokio::test]
async fn a_request_for_more_time_reaches_whom_the_procedure_names_at_that_stage() {
    let office = open().await;
    let more = |date: &str| MoreTime {
        new_due_on: day(date),
        reason_code: Some("waiting_for_supplier".to_owned()),
        reason: "The supplier must answer first.".to_owned(),
    };
    let question = "Decide on the request for more time";
    let first = office.at_stage_1("k").await;
    extend::extend(office.hand(&amara(), &first), &more("2026-06-15"))
        .await
        .unwrap();
    assert_eq!(asked(&office, &first).await, by(&[marcus(), robin()], question));
    extend::deny(office.hand(&marcus(), &first), "It is with us, not with them")
        .await
        .unwrap();
    assert_eq!(asked(&office, &first).await, []);

    let second = office.at_stage_2("l").await;
    extend::extend(office.hand(&dana(), &second), &more("2026-07-10"))
        .await
        .unwrap();
    assert_eq!(asked(&office, &second).await, by(&[helen(), robin()], question));
}

#[tokio::test]
async fn a_letter_reaches_whoever_signs() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let decision = words::decision_on(&office.case(&reference).await);
    office.prepared(&reference, &dana()).await;
    decide::submit_draft(office.hand(&dana(), &reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    assert_eq!(
        asked(&office, &reference).await,
        by(&[samir(), robin()], "Sign off the letter")
    );
}

#[tokio::test]
async fn what_the_complainant_wrote_waits_until_somebody_answers_or_says_why_not() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    assert!(!message_waits(&office, &reference).await);
    reply(&office, &reference, "1").await;
    assert!(message_waits(&office, &reference).await);
    write::note(office.hand(&amara(), &reference), "Thanked her on the phone")
        .await
        .unwrap();
    assert!(!message_waits(&office, &reference).await);

    reply(&office, &reference, "2").await;
    let news = rules::case::event::UpdateSent {
        words: "We look at Tuesday too.".to_owned(),
        by: rules::case::vocabulary::Means::Email,
        next_on: None,
    };
    write::update(office.hand(&amara(), &reference), &news).await.unwrap();
    assert!(!message_waits(&office, &reference).await);
}

#[tokio::test]
async fn what_its_owner_wrote_down_for_the_complainant_is_known_to_them() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let told = "She called: it happened again";
    write::heard(office.hand(&amara(), &reference), told, Channel::Phone)
        .await
        .unwrap();
    assert!(!message_waits(&office, &reference).await);
    write::heard(office.hand(&marcus(), &reference), told, Channel::Phone)
        .await
        .unwrap();
    assert!(message_waits(&office, &reference).await, "somebody else took the call");
}

#[tokio::test]
async fn what_comes_after_the_end_reaches_the_coordinator_and_opens_nothing() {
    let office = open().await;
    let reference = office.answered("k").await;
    office.on("2026-06-20 21:00");
    reply(&office, &reference, "late").await;
    assert!(!office.case(&reference).await.is_open());
    let question = "Read what they wrote after it was closed";
    assert_eq!(asked(&office, &reference).await, by(&[ruth(), robin()], question));
    write::note(office.hand(&ruth(), &reference), "Thanks only")
        .await
        .unwrap();
    assert_eq!(asked(&office, &reference).await, []);
}
