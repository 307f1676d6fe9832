//! Who may not see cases cannot tell one that is there from one that is not: in acts, lists, search, counts, jobs and trails (invariant 12).

use casework::ActError;
use casework::desk::{Shown, jobs};
use rules::case::Refused;
use rules::people::{Act, Person, Role};
use testkit::every_act::{EVERY_ACT, do_act};
use testkit::people::{amara, grace, iris, person, ruth, tom};

use crate::support::open;

/// People with an account who may not see cases.
fn outsiders() -> Vec<Person> {
    let owner = person(98, "Bronwen Rees", "Procedure Owner", &[Role::ProcedureOwner]);
    let nothing = person(99, "Nobody Yet", "New Starter", &[]);
    vec![tom(), grace(), owner, nothing]
}

#[tokio::test]
async fn an_act_of_an_outsider_is_answered_the_same_whether_the_case_is_there_or_not() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let missing = "FC-10777".parse().unwrap();
    let case = office.case(&reference).await;
    let before = office.kinds(&reference).await;
    for by in outsiders() {
        for name in EVERY_ACT {
            let there = do_act(name, office.hand(&by, &reference), &case, &amara())
                .await
                .unwrap_err();
            let not_there = do_act(name, office.hand(&by, &missing), &case, &amara())
                .await
                .unwrap_err();
            assert_eq!(there.to_string(), not_there.to_string(), "{} by {}", name, by.name);
            let expected = Refused::NotAllowed { act: Act::SeeCases };
            assert!(
                matches!(&there, ActError::Refused(refused) if *refused == expected),
                "{name}: {there}"
            );
        }
    }
    assert_eq!(office.kinds(&reference).await, before, "and nothing was done");
}

#[tokio::test]
async fn for_those_who_may_see_cases_one_that_is_not_there_is_not_found_whatever_they_want_to_do() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let missing = "FC-10777".parse().unwrap();
    let case = office.case(&reference).await;
    for by in [ruth(), iris()] {
        for name in EVERY_ACT {
            let answer = do_act(name, office.hand(&by, &missing), &case, &amara()).await;
            assert!(matches!(answer, Err(ActError::NotFound)), "{name}: {answer:?}");
        }
        let door = office.door(&by);
        assert!(matches!(door.case(&missing).await, Err(ActError::NotFound)));
        assert!(matches!(door.proof(&missing).await, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn who_reads_everything_does_nothing() {
    let office = open().await;
    let iris = iris();
    let officer = person(
        97,
        "Oliver Grant",
        "Data Protection Officer",
        &[Role::DataProtectionOfficer],
    );
    let cases = [
        office.receive("received").await,
        office.at_stage_1("open").await,
        office.asked_for_stage_2("asked").await,
        office.answered("answered").await,
    ];
    for reference in &cases {
        let case = office.case(reference).await;
        for by in [&iris, &officer] {
            // What another regime asks for is the officer's own work (A38).
            let theirs = |name: &str| by.id == officer.id && name.contains("regime");
            for name in EVERY_ACT.iter().filter(|name| !theirs(name)) {
                let answer = do_act(name, office.hand(by, reference), &case, &amara()).await;
                assert!(
                    matches!(answer, Err(ActError::Refused(_))),
                    "{name} on {reference}: {answer:?}"
                );
            }
            assert!(office.door(by).case(reference).await.is_ok(), "they may read it");
        }
        assert_eq!(
            office.case(reference).await.sequence,
            case.sequence,
            "nothing was done to {reference}"
        );
    }
}

#[tokio::test]
async fn lists_search_counts_jobs_and_trails_tell_an_outsider_nothing() {
    let office = open().await;
    let empty = open().await;
    let reference = office.at_stage_1("k").await;
    let missing = "FC-10777".parse().unwrap();
    for by in outsiders() {
        let (here, nowhere) = (office.door(&by), empty.door(&by));
        assert_eq!(
            here.counts().await.unwrap(),
            nowhere.counts().await.unwrap(),
            "{}",
            by.name
        );
        let seen = [
            here.case(&reference).await.map(|_| ()),
            here.case(&missing).await.map(|_| ()),
            here.find("Natarajan").await.map(|_| ()),
            here.find("").await.map(|_| ()),
            here.list(&Shown::Triage, None).await.map(|_| ()),
            here.list(&Shown::Mine(by.id), None).await.map(|_| ()),
        ];
        for answer in seen {
            let refused = answer.unwrap_err();
            assert_eq!(
                refused.to_string(),
                Refused::NotAllowed { act: Act::SeeCases }.to_string()
            );
        }
        let trails = [
            here.proof(&reference).await.unwrap_err(),
            here.proof(&missing).await.unwrap_err(),
        ];
        assert_eq!(trails[0].to_string(), trails[1].to_string());
        let jobs = [
            jobs::get(&office.office, "F1000001", &by).await.unwrap_err(),
            jobs::get(&office.office, "F7777777", &by).await.unwrap_err(),
            jobs::list(&office.office, None, None, &by).await.unwrap_err(),
        ];
        for refused in &jobs {
            assert_eq!(refused.to_string(), jobs[0].to_string());
        }
    }
    assert_eq!(office.counts(&amara()).await.open, 1, "Amara sees it");
}
