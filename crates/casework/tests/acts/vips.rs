//! The list of VIPs at work: whoever is on it begins at stage 2, on whatever channel, and nobody else does (R55, R88, A11).

use std::time::Duration;

use casework::handling::{confidential, correct, decide, escalate, judge};
use casework::jobs::schedule;
use casework::jobs::steady::Begun;
use casework::people::OfficeHand;
use casework::vips::{list, set};
use casework::{ActError, evidence};
use rules::case::vocabulary::{Channel, VipSource};
use rules::case::{ContactData, Refused};
use rules::confidential::StaffNamed;
use rules::confidential::lane::Restriction;
use rules::deadlines::Duty;
use rules::handling::correct::Correction;
use rules::handling::decide::Telling;
use rules::intake::RawFeedback;
use rules::letters::LetterKind;
use rules::people::{Actor, Person};
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, helen, marcus, ruth, tom};
use testkit::{day, words};

use crate::support::{fields, open, refusal};

fn hand<'a>(office: &'a OpenOffice, by: &'a Person, once: &'a str) -> OfficeHand<'a> {
    OfficeHand {
        office: &office.office,
        by,
        once,
    }
}

#[tokio::test]
async fn somebody_on_the_list_is_marked_at_the_receipt_and_never_told() {
    let office = open().await;
    let ruth = ruth();
    let mark = list(&office.office, &ruth).await.unwrap().mark;
    let saved = set(hand(&office, &ruth, "1"), "priya@example.ac.uk, Council member", &mark).await;
    assert!(saved.unwrap());
    let reference = office.receive("k").await;
    let (flag, _) = office.case(&reference).await.vip.unwrap();
    assert_eq!((flag.source, &*flag.detail), (VipSource::List, "Council member"));
    let due = office.date(&reference, Duty::Decision).await;
    assert_eq!((due.stage, due.due_on), (2, day("2026-07-07")));
    for letter in office.letters(&reference).await {
        let said = format!("{:?}", letter.facts);
        assert!(!said.contains("Council") && !said.contains("VIP"), "{said}");
    }
    let other = RawFeedback {
        email: "somebody@example.ac.uk".to_owned(),
        ..words::form()
    };
    let other = office.public().complain(&other, "other").await.unwrap().reference;
    assert_eq!(office.case(&other).await.vip, None);
    assert!(evidence::verify(&office.office).await.unwrap().is_whole());
}

#[tokio::test]
async fn somebody_who_came_onto_the_list_on_another_node_is_marked_at_the_receipt() {
    let office = open().await;
    office.receive("before").await;
    let other = office.opened_again(testkit::house::calendar_files()).await;
    list_them(&other, "priya@example.ac.uk, Council member").await;
    let reference = office.receive("after").await;
    let (flag, _) = office.case(&reference).await.vip.expect("the list that is kept counts");
    assert_eq!(flag.source, VipSource::List);
}

#[tokio::test]
async fn the_list_is_kept_by_those_who_may_and_two_of_them_do_not_undo_each_other() {
    let office = open().await;
    for by in [amara(), tom()] {
        assert!(refusal(list(&office.office, &by).await).starts_with("You cannot mark a VIP."));
        let saved = set(hand(&office, &by, ""), "a, b", "").await;
        assert!(refusal(saved).starts_with("You cannot mark a VIP."));
    }
    let (ruth, helen) = (ruth(), helen());
    let seen = list(&office.office, &ruth).await.unwrap();
    assert_eq!(seen.text, "");
    assert_eq!(
        fields(set(hand(&office, &ruth, ""), "nonsense", &seen.mark).await),
        ["list"]
    );
    set(hand(&office, &helen, "h"), "gov01, Chair of governors", &seen.mark)
        .await
        .unwrap();
    let late = set(hand(&office, &ruth, "r"), "vc, Vice-Chancellor", &seen.mark).await;
    assert!(matches!(&late, Err(ActError::Refused(Refused::NotNow(_)))), "{late:?}");
    let now = list(&office.office, &ruth).await.unwrap();
    assert_eq!(now.text, "gov01, Chair of governors");
    let same = set(hand(&office, &ruth, "same"), " gov01 ,Chair of governors", &now.mark).await;
    assert!(!same.unwrap(), "nothing changed");
}

async fn list_them(office: &OpenOffice, text: &str) {
    let ruth = ruth();
    let mark = list(&office.office, &ruth).await.unwrap().mark;
    assert!(set(hand(office, &ruth, text), text, &mark).await.unwrap());
}

#[tokio::test]
async fn an_open_case_of_somebody_who_comes_onto_the_list_moves_at_once_and_counts_from_its_receipt() {
    let office = open().await;
    let theirs = office.at_stage_1("k").await;
    let waits = office.receive("triage").await;
    let closed = office.answered("closed").await;
    office.on("2026-06-10 14:00");
    list_them(&office, "@example.ac.uk, Council").await;
    let case = office.case(&theirs).await;
    assert_eq!(
        (case.vip.as_ref().unwrap().0.source, case.stage()),
        (VipSource::List, 2)
    );
    assert_eq!(
        office.date(&theirs, Duty::Decision).await.due_on,
        day("2026-07-07"),
        "A12: from the receipt"
    );
    assert_eq!(case.owner, Some(amara().id), "nobody is without an owner (R40)");
    let last = office.history(&theirs).await;
    assert!(
        last.iter()
            .rev()
            .take(2)
            .all(|recorded| recorded.actor == Actor::System)
    );
    assert_eq!(
        office.letters(&theirs).await.pop().unwrap().kind,
        LetterKind::Stage2Started
    );
    let asked = office.row(&theirs).await.asked_of;
    assert_eq!(
        asked.as_deref(),
        Some("complaints_coordinator"),
        "who investigates (R71)"
    );
    judge::assign(office.hand(&ruth(), &theirs), &dana(), None)
        .await
        .unwrap();
    assert_eq!(office.row(&theirs).await.asked_of, None);
    let triage = office.case(&waits).await;
    assert!(
        triage.vip.is_some() && triage.stage() == 0,
        "triage begins it at stage 2"
    );
    assert_eq!(office.case(&closed).await.vip, None, "what is over stays as it was");
    assert!(evidence::verify(&office.office).await.unwrap().is_whole());
}

#[tokio::test]
async fn a_decision_on_its_way_goes_out_first() {
    let office = open().await;
    let theirs = office.at_stage_1("k").await;
    let decision = words::decision_on(&office.case(&theirs).await);
    decide::decide(office.hand(&amara(), &theirs), &decision, &Telling::InWriting)
        .await
        .unwrap();
    list_them(&office, "priya@example.ac.uk, Council member").await;
    let case = office.case(&theirs).await;
    assert_eq!((case.vip, case.state.name()), (None, "decided"));
    let round = || schedule::look(&office.office, Begun::now(&office.office), Duration::ZERO);
    round().await;
    assert_eq!(office.case(&theirs).await.vip, None, "it is on its way still");
    office.letters_arrive().await;
    escalate::request(office.hand(&amara(), &theirs), Channel::Phone, None)
        .await
        .unwrap();
    round().await;
    assert!(
        office.case(&theirs).await.vip.is_some(),
        "and the case is looked at again"
    );
}

#[tokio::test]
async fn an_address_that_is_corrected_to_one_on_the_list_is_recognised() {
    let office = open().await;
    list_them(&office, "chair@example.ac.uk, Chair").await;
    let reference = office.at_stage_1("k").await;
    assert_eq!(office.case(&reference).await.vip, None);
    let case = office.case(&reference).await;
    let correction = Correction {
        contact: ContactData {
            email: Some("Chair@Example.ac.uk".to_owned()),
            ..case.complainant.contact_data()
        },
        learnt: None,
        again: Vec::new(),
    };
    let after = correct::correct(office.hand(&amara(), &reference), &correction)
        .await
        .unwrap();
    assert!(after.vip.is_some() && after.stage() == 2);
}

#[tokio::test]
async fn a_restricted_case_is_marked_and_whoever_keeps_the_list_learns_nothing_of_it() {
    let office = open().await;
    let reference = office.receive("k").await;
    let restriction = Restriction {
        reason: "About the desk".to_owned(),
        named: StaffNamed::default(),
        to: None,
    };
    confidential::restrict(office.hand(&ruth(), &reference), &restriction)
        .await
        .unwrap();
    let marcus = marcus();
    let mark = list(&office.office, &marcus).await.unwrap().mark;
    let saved = set(hand(&office, &marcus, "m"), "priya@example.ac.uk, Council", &mark).await;
    assert!(saved.unwrap(), "all that is answered is that the list changed");
    assert!(office.case(&reference).await.vip.is_some());
    assert!(matches!(
        office.door(&marcus).case(&reference).await,
        Err(ActError::NotFound)
    ));
}
