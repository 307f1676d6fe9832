//! Who may not see cases cannot tell one that is there from one that is not: in acts, lists, search, counts, jobs and trails (invariant 12).

use casework::ActError;
use casework::desk::{Shown, jobs};
use casework::handling::{Hand, approve, decide, escalate, extend, judge, write};
use rules::case::event::{CategorySet, UpdateSent, UrgencySet};
use rules::case::vocabulary::{Channel, Ending, FeedbackKind, Means, StageReason, Urgency};
use rules::case::{Case, Refused};
use rules::handling::decide::Telling;
use rules::handling::draft::AskSignOff;
use rules::handling::escalate::Reroute;
use rules::handling::extend::MoreTime;
use rules::people::{Act, Person, Role};
use testkit::people::{amara, dana, grace, iris, person, ruth, tom};
use testkit::{day, words};

use crate::support::open;

/// Everything that a member of staff can do to a case.
const ACTS: &[&str] = &[
    "triage",
    "assign",
    "categorise",
    "flag VIP",
    "reclassify",
    "decide",
    "save draft",
    "save unfinished",
    "submit draft",
    "close",
    "withdraw",
    "reopen",
    "request stage 2",
    "accept",
    "refuse",
    "reroute",
    "extend",
    "grant",
    "deny",
    "update",
    "note",
    "heard",
    "point",
    "approve",
    "send back",
];

async fn act(name: &str, hand: Hand<'_>, case: &Case) -> Result<Case, ActError> {
    let decision = words::decision_on(case);
    let reroute = Reroute {
        reason: StageReason::Complex,
        note: "Two teams".to_owned(),
        investigator: dana(),
    };
    let more = MoreTime {
        new_due_on: day("2026-06-15"),
        reason_code: Some("major_incident".to_owned()),
        reason: "The network team is dealing with an outage.".to_owned(),
    };
    let category = CategorySet {
        service: "A1".to_owned(),
        problem: "B1".to_owned(),
    };
    let urgency = UrgencySet {
        urgency: Urgency::High,
        reason: None,
    };
    let update = UpdateSent {
        words: "News".to_owned(),
        by: Means::Email,
        next_on: None,
    };
    match name {
        "triage" => judge::triage(hand, &words::judged_for(&amara())).await,
        "assign" => judge::assign(hand, &amara(), None).await,
        "categorise" => judge::categorise(hand, &category, &urgency).await,
        "flag VIP" => judge::flag_vip(hand, "Chair of the governors", &dana()).await,
        "reclassify" => judge::reclassify(hand, FeedbackKind::Comment, "No complaint").await,
        "decide" => decide::decide(hand, &decision, &Telling::InWriting).await,
        "save draft" => decide::save_draft(hand, &decision).await,
        "save unfinished" => decide::save_unfinished(hand, &decision, &[1]).await,
        "submit draft" => decide::submit_draft(hand, &decision, AskSignOff::Yes).await,
        "close" => decide::close(hand, Ending::Referred, "Elsewhere").await,
        "withdraw" => decide::withdraw(hand, "They called").await,
        "reopen" => decide::reopen(hand, "A new log").await,
        "request stage 2" => escalate::request(hand, Channel::Phone, None).await,
        "accept" => escalate::accept(hand, &dana(), None).await,
        "refuse" => escalate::refuse(hand, "Nothing new").await,
        "reroute" => escalate::reroute(hand, &reroute).await,
        "extend" => extend::extend(hand, &more).await,
        "grant" => extend::grant(hand).await,
        "deny" => extend::deny(hand, "No").await,
        "update" => write::update(hand, &update).await,
        "note" => write::note(hand, "A note").await,
        "heard" => write::heard(hand, "They called", Channel::Phone).await,
        "point" => write::point(hand, "Nobody called back").await,
        "approve" => approve::approve(hand, 1, None).await,
        "send back" => approve::send_back(hand, 1, "Change it").await,
        other => panic!("no act {other}"),
    }
}

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
        for name in ACTS {
            let there = act(name, office.hand(&by, &reference), &case).await.unwrap_err();
            let not_there = act(name, office.hand(&by, &missing), &case).await.unwrap_err();
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
        for name in ACTS {
            let answer = act(name, office.hand(&by, &missing), &case).await;
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
            for name in ACTS {
                let answer = act(name, office.hand(by, reference), &case).await;
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
