//! An investigation on a real store: what each may see of it, what the register is told, and that everything can be made again from the events.

use casework::handling::{Seen, confidential, investigate};
use casework::intake::track::Complainant;
use casework::rebuild::rebuild;
use casework::{ActError, PublicDoor};
use rules::case::event::{EvidenceAdded, EvidenceSight, InterviewHeld};
use rules::case::investigation::Agreed;
use rules::case::{Event, Reference};
use rules::confidential::StaffNamed;
use rules::confidential::lane::Restriction;
use rules::investigation::points::Saying;
use rules::letters::LetterKind;
use rules::people::Person;
use testkit::day;
use testkit::investigated::{conversation, finding, item, line};
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, owen, ruth, samir};

use crate::support::{open, refusal};

/// Their page, by the link of the receipt.
async fn complainant(office: &OpenOffice, reference: &Reference) -> (PublicDoor, Complainant) {
    let door = PublicDoor::of(office.office.clone());
    let token = office.case(reference).await.received.link_token;
    let who = door.follow(&reference.to_string(), &token).await.unwrap();
    (door, who)
}

/// Dana adds an item of evidence with a file.
async fn with_file(office: &OpenOffice, reference: &Reference, item: &EvidenceAdded, key: &str) -> String {
    let door = office.door(&dana());
    let mut arrival = door.tray(key).unwrap().begin("restarts-of-june.txt").await.unwrap();
    arrival.write(b"2026-06-05 14:02 restart").await;
    let id = arrival.finish().await.unwrap().id;
    investigate::add_evidence(door.hand(reference, Seen::Whatever, key), item)
        .await
        .unwrap();
    id
}

/// Dana writes down an interview with a file.
async fn with_signed_notes(office: &OpenOffice, reference: &Reference, held: &InterviewHeld, key: &str) -> String {
    let door = office.door(&dana());
    let mut arrival = door.tray(key).unwrap().begin("signed-by-nadia.txt").await.unwrap();
    arrival.write(b"I saw the restarts.").await;
    let id = arrival.finish().await.unwrap().id;
    investigate::interview(door.hand(reference, Seen::Whatever, key), held)
        .await
        .unwrap();
    id
}

async fn opens(office: &OpenOffice, reference: &Reference, who: &Person, id: &str) -> bool {
    let door = office.door(who);
    let file = door.case(reference).await.unwrap();
    match door.open_file(&file, id).await {
        Ok(_) => true,
        Err(ActError::NotFound) => false,
        Err(fault) => panic!("{fault}"),
    }
}

#[tokio::test]
async fn the_points_go_out_and_the_complainant_answers_on_their_page_once() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    investigate::send_points(
        office.hand(&dana(), &reference),
        day("2026-06-16"),
        Some("Is that all?"),
    )
    .await
    .unwrap();
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(letter.kind, LetterKind::PointsToAgree);
    assert_eq!(letter.facts.points.len(), 1);
    assert_eq!(
        (letter.facts.answer_by.as_str(), letter.facts.body.as_str()),
        ("Tuesday 16 June 2026", "Is that all?")
    );
    assert_eq!(letter.facts.signed_by, "Dana Kowalczyk");
    let (door, who) = complainant(&office, &reference).await;
    let correct = Saying::Correct("It was six times".to_owned());
    door.answer_points(&who, (&correct, 1), "once").await.unwrap();
    door.answer_points(&who, (&correct, 1), "once").await.unwrap();
    let kinds = office.kinds(&reference).await;
    assert_eq!(kinds.iter().filter(|kind| **kind == "points.corrected").count(), 1);
    let again = door.answer_points(&who, (&Saying::Agree, 1), "twice").await;
    assert!(refusal(again).contains("not waiting for an answer"));
    let case = office.case(&reference).await;
    assert!(matches!(case.investigation.agreement.standing(), Agreed::ToTakeIn(_)));
    assert_eq!(office.found("six times").await, [reference.to_string()]);
    let row = office.row(&reference).await;
    let card: casework::derive::Card = serde_json::from_slice(&row.card).unwrap();
    assert_eq!(card.next_step, "Take in what they said about the points");
}

#[tokio::test]
async fn evidence_for_the_investigation_is_seen_and_found_by_nobody_else() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let id = with_file(&office, &reference, &item(), "e1").await;
    investigate::interview(office.hand(&dana(), &reference), &conversation())
        .await
        .unwrap();
    investigate::plan(office.hand(&dana(), &reference), &line())
        .await
        .unwrap();
    for (who, sees) in [(dana(), true), (ruth(), true), (amara(), false), (samir(), false)] {
        assert_eq!(opens(&office, &reference, &who, &id).await, sees, "{}", who.name);
        let file = office.door(&who).case(&reference).await.unwrap();
        let told = format!("{:?} {:?}", file.case, file.history);
        for secret in [
            "Restart log",
            "Four restarts",
            "restarts-of-june",
            "Nadia Rahman",
            "told nobody",
            "When the access points",
        ] {
            assert_eq!(told.contains(secret), sees, "{secret} as {} has it", who.name);
        }
    }
    for words in ["restarts", "Nadia", "Restart log"] {
        assert_eq!(office.found(words).await, [""; 0], "{words}");
    }
    let job = office.job("F1000001").await;
    assert!(!format!("{job:?}").contains("estart"), "{job:?}");
    let (door, who) = complainant(&office, &reference).await;
    let theirs = door.case(&who).await.unwrap();
    let opened = door.open_file(&theirs, &id).await;
    assert!(matches!(opened, Err(ActError::NotFound)));
}

#[tokio::test]
async fn evidence_for_everybody_on_the_case_is_theirs_too_until_it_is_set_aside() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let open_item = EvidenceAdded {
        seen_by: EvidenceSight::Quotable,
        ..item()
    };
    let id = with_file(&office, &reference, &open_item, "e1").await;
    assert!(opens(&office, &reference, &amara(), &id).await);
    let (door, who) = complainant(&office, &reference).await;
    let theirs = door.case(&who).await.unwrap();
    assert!(matches!(door.open_file(&theirs, &id).await, Err(ActError::NotFound)));
    investigate::set_evidence_aside(office.hand(&dana(), &reference), 1, "The wrong building")
        .await
        .unwrap();
    assert!(!opens(&office, &reference, &amara(), &id).await);
    assert!(opens(&office, &reference, &dana(), &id).await);
}

#[tokio::test]
async fn files_of_an_interview_are_for_those_who_may_read_its_notes() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let kept = with_signed_notes(&office, &reference, &conversation(), "i1").await;
    let open_notes = InterviewHeld {
        seen_by: EvidenceSight::Case,
        notes: String::new(),
        ..conversation()
    };
    let open_one = with_signed_notes(&office, &reference, &open_notes, "i2").await;
    for (who, sees) in [(dana(), true), (ruth(), true), (amara(), false), (samir(), false)] {
        assert_eq!(opens(&office, &reference, &who, &kept).await, sees, "{}", who.name);
        assert!(opens(&office, &reference, &who, &open_one).await, "{}", who.name);
    }
    let file = office.door(&amara()).case(&reference).await.unwrap();
    let names: Vec<_> = file.case.files.iter().map(|kept| kept.file.name.as_str()).collect();
    assert_eq!(names, ["For those who investigate", "signed-by-nadia.txt"]);
    assert_eq!(
        office.found("Nadia").await,
        [reference.to_string()],
        "by the file that everybody on the case sees"
    );
    let (door, who) = complainant(&office, &reference).await;
    let theirs = door.case(&who).await.unwrap();
    for id in [kept, open_one] {
        assert!(matches!(door.open_file(&theirs, &id).await, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn a_conflict_is_asked_of_a_coordinator_and_goes_when_somebody_else_has_the_case() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    investigate::declare(office.hand(&dana(), &reference), Some("My brother runs it"))
        .await
        .unwrap();
    let row = office.row(&reference).await;
    assert_eq!(row.asked_of.as_deref(), Some("complaints_coordinator"));
    let card: casework::derive::Card = serde_json::from_slice(&row.card).unwrap();
    assert_eq!(card.asked.as_deref(), Some("Decide on a conflict of interest"));
    assert!(!String::from_utf8_lossy(&row.card).contains("brother"));
    let shown = format!("{:?}", office.door(&amara()).case(&reference).await.unwrap().history);
    assert!(
        !shown.contains("brother"),
        "what connects people is for those who decide on it"
    );
    let refused = investigate::override_conflict(office.hand(&amara(), &reference), "No matter").await;
    assert!(refusal(refused).starts_with("You cannot decide on a conflict of interest."));
    casework::handling::judge::assign(office.hand(&ruth(), &reference), &owen(), Some("A conflict".to_owned()))
        .await
        .unwrap();
    assert_eq!(office.row(&reference).await.asked_of, None);
    assert!(matches!(office.last_event(&reference).await, Event::Assigned(_)));
}

#[tokio::test]
async fn a_restricted_investigation_tells_its_register_and_its_search_nothing() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let restriction = Restriction {
        reason: "About the desk".to_owned(),
        named: StaffNamed {
            people: vec![amara().id],
            others: None,
        },
        to: None,
    };
    confidential::restrict(office.hand(&ruth(), &reference), &restriction)
        .await
        .unwrap();
    let before = office.job("F1000001").await.updates.len();
    let open_item = EvidenceAdded {
        seen_by: EvidenceSight::Case,
        ..item()
    };
    let id = with_file(&office, &reference, &open_item, "e1").await;
    investigate::send_points(office.hand(&dana(), &reference), day("2026-06-16"), None)
        .await
        .unwrap();
    let (door, who) = complainant(&office, &reference).await;
    door.answer_points(&who, (&Saying::Correct("The man at the desk".to_owned()), 1), "a")
        .await
        .unwrap();
    assert_eq!(
        office.job("F1000001").await.updates.len(),
        before,
        "a stub holds no words"
    );
    let amara = office.door(&amara());
    assert!(matches!(amara.case(&reference).await, Err(ActError::NotFound)));
    let dana = office.door(&dana());
    let file = dana.case(&reference).await.unwrap();
    assert!(dana.open_file(&file, &id).await.is_ok());
}

#[tokio::test]
async fn everything_can_be_made_again_from_the_events() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    with_file(&office, &reference, &item(), "e1").await;
    investigate::plan(office.hand(&dana(), &reference), &line())
        .await
        .unwrap();
    investigate::save_findings(office.hand(&dana(), &reference), &[finding()])
        .await
        .unwrap();
    office.prepared(&reference, &dana()).await;
    let rebuilt = rebuild(&office.office).await.unwrap();
    assert_eq!(rebuilt.differences, Vec::<_>::new());
}

#[tokio::test]
async fn the_watch_reminds_of_the_plan_and_my_work_knows_its_next_day() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    investigate::plan(office.hand(&dana(), &reference), &line())
        .await
        .unwrap();
    let row = office.row(&reference).await;
    let card: casework::derive::Card = serde_json::from_slice(&row.card).unwrap();
    assert!(
        card.next_step.ends_with("next in the plan by Thu 18 Jun 2026"),
        "{}",
        card.next_step
    );
    office.on("2026-06-18 07:00");
    casework::jobs::watch::look(&office.office).await.unwrap();
    let reminded = |event: &Event| matches!(event, Event::ClockWarned(passed) if passed.clock == "plan 1");
    let history = office.history(&reference).await;
    assert_eq!(history.iter().filter(|recorded| reminded(&recorded.event)).count(), 1);
    casework::jobs::watch::look(&office.office).await.unwrap();
    assert_eq!(office.history(&reference).await.len(), history.len());
}
