//! Somebody who has a restricted case leaves, and the administrator who lets them go learns nothing of it (R40, invariant 12).

use casework::handling::judge::assign;
use casework::people::leave::{self, leave};
use casework::people::{self, Details, OfficeHand, change};
use rules::people::{Person, Role};
use testkit::office::OpenOffice;
use testkit::people::{jo, marcus, ruth, tom};

use crate::support::{about_jo, hand, open};

fn administrator<'a>(office: &'a OpenOffice, tom: &'a Person) -> OfficeHand<'a> {
    OfficeHand {
        office: &office.office,
        by: tom,
        once: "",
    }
}

#[tokio::test]
async fn the_case_is_not_counted_stays_and_is_passed_on_by_those_who_read_it() {
    let office = open().await;
    let reference = about_jo(&office, "k", &marcus()).await;
    let tom = tom();
    let file = people::read(&office.office, marcus().id, &tom).await.unwrap();
    assert_eq!(file.cases, []);
    let leaving = leave::look(administrator(&office, &tom), marcus().id).await.unwrap();
    assert_eq!((leaving.cases.len(), leaving.successors.len()), (0, 0));
    leave(administrator(&office, &tom), marcus().id, None).await.unwrap();

    assert_eq!(office.case(&reference).await.owner, Some(marcus().id));
    let ruth = ruth();
    assert_eq!(
        office.door(&ruth).case(&reference).await.unwrap().case.owner,
        Some(marcus().id)
    );
    let passed = assign(hand(&office, &ruth, &reference), &ruth, None).await;
    assert_eq!(passed.unwrap().owner, Some(ruth.id));
}

#[tokio::test]
async fn only_the_cases_that_everybody_knows_of_need_somebody_who_takes_them() {
    let office = open().await;
    let restricted = about_jo(&office, "k", &marcus()).await;
    let known = office.at_stage_1("l").await;
    let ruth = ruth();
    let to_marcus = assign(hand(&office, &ruth, &known), &marcus(), None).await;
    to_marcus.unwrap();
    let tom = tom();
    let alone = leave(administrator(&office, &tom), marcus().id, None).await;
    let words = alone.unwrap_err().to_string();
    assert!(words.contains("still has 1 open case."), "{words}");
    leave(administrator(&office, &tom), marcus().id, Some(jo().id))
        .await
        .unwrap();
    assert_eq!(office.case(&known).await.owner, Some(jo().id));
    assert_eq!(
        office.case(&restricted).await.owner,
        Some(marcus().id),
        "Jo, whom it is about, would have had it"
    );
}

#[tokio::test]
async fn a_role_that_only_a_restricted_case_needs_can_be_taken_away_and_no_refusal_tells_of_it() {
    let office = open().await;
    let reference = about_jo(&office, "k", &marcus()).await;
    let tom = tom();
    let less = Details {
        name: marcus().name,
        email: "marcus@calderbrook.example".to_owned(),
        job_title: marcus().job_title,
        roles: vec![Role::FrontlineHandler],
    };
    change(administrator(&office, &tom), marcus().id, &less).await.unwrap();
    let marcus = office.office.person(marcus().id).unwrap();
    assert!(office.door(&marcus).case(&reference).await.is_err());
    assert!(office.door(&ruth()).case(&reference).await.is_ok());
}
