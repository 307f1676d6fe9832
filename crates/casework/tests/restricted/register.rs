//! The job register holds a stub of a restricted case, also of one that was restricted later (R33, A14, A16), and every row can be made again.

use casework::desk::jobs;
use casework::handling::{confidential, write};
use casework::rebuild::rebuild;
use rules::case::Reference;
use rules::confidential::lane::{Naming, Restriction};
use testkit::office::OpenOffice;
use testkit::people::{amara, helen, jo, marcus, ruth};

use crate::support::{about, about_jo, hand, open};

/// What the register says of the job of a case, to somebody who may see it.
async fn updates(office: &OpenOffice, reference: &Reference) -> Vec<String> {
    let file = office.door(&helen()).case(reference).await.unwrap();
    let number = file.case.job.unwrap().number;
    let job = jobs::get(&office.office, &number, &helen()).await.unwrap();
    job.updates.into_iter().map(|update| update.text).collect()
}

#[tokio::test]
async fn the_job_of_a_restricted_case_is_a_stub() {
    let office = open().await;
    let reference = about_jo(&office, "k", &marcus()).await;
    let file = office.door(&helen()).case(&reference).await.unwrap();
    let number = file.case.job.unwrap().number;
    let job = jobs::get(&office.office, &number, &helen()).await.unwrap();
    let row = job.job.unwrap();
    assert_eq!(row.profile, "Feedback, handled separately");
    assert_eq!(row.parent, None, "the job that they named does not lead here");
    let told: Vec<&str> = job.updates.iter().map(|update| update.text.as_str()).collect();
    assert_eq!(told, ["Received", "Stage 1 began"]);
    let parent = jobs::get(&office.office, "F0980554", &helen()).await;
    assert!(parent.is_err(), "and is nobody's parent in the register");
}

#[tokio::test]
async fn what_was_copied_to_the_job_leaves_it_when_the_case_is_restricted_and_comes_back_when_it_is_opened() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let amara = amara();
    write::heard(
        hand(&office, &amara, &reference),
        "Jo laughed at me",
        rules::case::vocabulary::Channel::Phone,
    )
    .await
    .unwrap();
    let before = updates(&office, &reference).await;
    assert!(
        before.iter().any(|text| text.contains("Jo laughed at me")),
        "{before:?}"
    );
    assert_eq!(office.door(&jo()).find("laughed").await.unwrap().len(), 1);

    let restriction = Restriction {
        reason: "They complain about Jo".to_owned(),
        named: about(&[jo()]),
        to: Some(marcus()),
    };
    confidential::restrict(hand(&office, &amara, &reference), &restriction)
        .await
        .unwrap();
    assert_eq!(updates(&office, &reference).await, ["Received", "Stage 1 began"]);
    assert_eq!(office.door(&jo()).find("laughed").await.unwrap().len(), 0);
    assert_eq!(
        office.door(&amara).find("laughed").await.unwrap().len(),
        0,
        "whoever restricted it is out as well"
    );
    assert_eq!(office.door(&marcus()).find("laughed").await.unwrap().len(), 1);

    let ruth = ruth();
    let nobody = Naming {
        named: about(&[]),
        to: None,
    };
    confidential::name(hand(&office, &ruth, &reference), &nobody)
        .await
        .unwrap();
    confidential::open(
        hand(&office, &ruth, &reference),
        "It was somebody of another department",
    )
    .await
    .unwrap();
    let after = updates(&office, &reference).await;
    assert!(after.iter().any(|text| text.contains("Jo laughed at me")), "{after:?}");
    assert_eq!(office.door(&jo()).find("laughed").await.unwrap().len(), 1);
}

#[tokio::test]
async fn every_row_of_a_restricted_case_can_be_made_again() {
    let office = open().await;
    about_jo(&office, "k", &marcus()).await;
    let later = office.at_stage_1("l").await;
    let ruth = ruth();
    let restriction = Restriction {
        reason: "They complain about Jo".to_owned(),
        named: about(&[jo(), amara()]),
        to: Some(marcus()),
    };
    confidential::restrict(hand(&office, &ruth, &later), &restriction)
        .await
        .unwrap();
    let rebuilt = rebuild(&office.office).await.unwrap();
    assert_eq!(rebuilt.cases, 2);
    assert_eq!(rebuilt.differences, [], "the rows are what the events say");
}
