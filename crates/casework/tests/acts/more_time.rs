//! More time: asked for, granted, refused; and what the complainant is told (A10, R64, R76).

use casework::handling::{escalate, extend, write};
use rules::case::event::UpdateSent;
use rules::case::vocabulary::{Means, StageReason};
use rules::deadlines::Duty;
use rules::handling::escalate::Reroute;
use rules::handling::extend::MoreTime;
use rules::letters::LetterKind;
use testkit::people::{amara, dana, helen, iris, marcus};
use testkit::{at, day};

use crate::support::{fields, open, refusal};

fn until(date: &str) -> MoreTime {
    MoreTime {
        new_due_on: day(date),
        reason_code: Some("waiting_for_supplier".to_owned()),
        reason: "The supplier of the access points must answer first.".to_owned(),
    }
}

#[tokio::test]
async fn no_letter_promises_a_date_that_has_passed() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let update = UpdateSent {
        words: "The logs came only this morning.".to_owned(),
        by: Means::Email,
        next_on: None,
    };
    let mut told = Vec::new();
    for now in ["2026-06-12 23:59", "2026-06-13 00:00"] {
        office.on(now);
        write::update(office.hand(&amara(), &reference), &update).await.unwrap();
        let facts = office.letters(&reference).await.pop().unwrap().facts;
        told.push((facts.decision_date, facts.missed_decision_date));
    }
    let friday = || "Friday 12 June 2026".to_owned();
    assert_eq!(told, [(friday(), String::new()), (String::new(), friday())]);
}

#[tokio::test]
async fn a_clerk_asks_and_the_manager_grants() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    office.on("2026-06-11 10:00");
    let case = extend::extend(office.hand(&amara(), &reference), &until("2026-06-15"))
        .await
        .unwrap();
    assert_eq!(case.extension_request.map(|request| request.days), Some(1));
    let row = office.row(&reference).await;
    assert_eq!(
        (row.due_on, row.extended),
        (Some(day("2026-06-12")), false),
        "asked is not granted"
    );
    assert_eq!(office.outbox(&reference).await.len(), 1);

    assert!(refusal(extend::grant(office.hand(&amara(), &reference)).await).contains("Only a frontline manager"));
    extend::grant(office.hand(&marcus(), &reference)).await.unwrap();
    let row = office.row(&reference).await;
    assert_eq!((row.due_on, row.extended), (Some(day("2026-06-15")), true));
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(letter.kind, LetterKind::Extension);
    let facts = letter.facts;
    assert_eq!(
        (&*facts.old_decision_date, &*facts.decision_date),
        ("Friday 12 June 2026", "Monday 15 June 2026")
    );
    assert_eq!(facts.body, "The supplier of the access points must answer first.");
    assert_eq!(facts.signed_by, "Marcus Bell");
    let extension = office.case(&reference).await.extensions.remove(0);
    assert_eq!(
        (extension.approved_by, extension.approved_at),
        (marcus().id, at("2026-06-11 10:00"))
    );
    let again = extend::extend(office.hand(&marcus(), &reference), &until("2026-06-16")).await;
    assert!(
        refusal(again).starts_with("This has already been extended."),
        "once at stage 1"
    );
}

#[tokio::test]
async fn the_manager_refuses_with_a_reason_and_the_date_stays() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let nothing_asked = extend::deny(office.hand(&marcus(), &reference), "No").await;
    assert_eq!(refusal(nothing_asked), "Nobody has asked for more time on this case.");
    extend::extend(office.hand(&amara(), &reference), &until("2026-06-16"))
        .await
        .unwrap();
    assert_eq!(
        fields(extend::deny(office.hand(&marcus(), &reference), " ").await),
        ["reason"]
    );
    extend::deny(office.hand(&marcus(), &reference), "We can answer without them")
        .await
        .unwrap();
    let case = office.case(&reference).await;
    assert_eq!((case.extension_request, case.extensions.len()), (None, 0));
    assert_eq!(office.date(&reference, Duty::Decision).await.due_on, day("2026-06-12"));
    assert_eq!(office.outbox(&reference).await.len(), 1, "nobody was promised anything");
}

#[tokio::test]
async fn what_the_procedure_does_not_allow_is_refused_by_field() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let marcus = marcus();
    let hand = office.hand(&marcus, &reference);
    for date in ["2026-06-17", "2026-06-13", "2026-06-12"] {
        assert_eq!(fields(extend::extend(hand, &until(date)).await), ["new_date"], "{date}");
    }
    let unlisted = MoreTime {
        reason_code: Some("busy".to_owned()),
        ..until("2026-06-15")
    };
    assert_eq!(fields(extend::extend(hand, &unlisted).await), ["reason_code"]);
    let by_auditor = extend::extend(office.hand(&iris(), &reference), &until("2026-06-15")).await;
    assert!(refusal(by_auditor).starts_with("You cannot ask for more time"));
    office.on("2026-06-13 00:00");
    let too_late = extend::extend(hand, &until("2026-06-15")).await;
    assert!(refusal(too_late).contains("so it is late and cannot be extended"));
    assert_eq!(office.row(&reference).await.due_on, Some(day("2026-06-12")));
}

#[tokio::test]
async fn stage_2_is_extended_by_the_senior_manager_in_their_own_words() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    office.on("2026-07-01 10:00");
    let more = MoreTime {
        reason_code: None,
        ..until("2026-07-21")
    };
    extend::extend(office.hand(&dana(), &reference), &more).await.unwrap();
    assert_eq!(
        office.row(&reference).await.due_on,
        Some(day("2026-07-07")),
        "Dana may only ask"
    );
    extend::grant(office.hand(&helen(), &reference)).await.unwrap();
    assert_eq!(office.row(&reference).await.due_on, Some(day("2026-07-21")));
    office.on("2026-07-20 10:00");
    let further = MoreTime {
        reason_code: None,
        ..until("2026-08-04")
    };
    extend::extend(office.hand(&helen(), &reference), &further)
        .await
        .unwrap();
    assert_eq!(office.row(&reference).await.due_on, Some(day("2026-08-04")));
    let beyond = MoreTime {
        reason_code: None,
        ..until("2026-08-05")
    };
    assert_eq!(
        fields(extend::extend(office.hand(&helen(), &reference), &beyond).await),
        ["new_date"],
        "20 days in all"
    );
}

#[tokio::test]
async fn a_request_does_not_outlive_its_stage() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    extend::extend(office.hand(&amara(), &reference), &until("2026-06-15"))
        .await
        .unwrap();
    let reroute = Reroute {
        reason: StageReason::Complex,
        note: "Two suppliers".to_owned(),
        investigator: dana(),
    };
    escalate::reroute(office.hand(&amara(), &reference), &reroute)
        .await
        .unwrap();
    assert_eq!(
        refusal(extend::grant(office.hand(&helen(), &reference)).await),
        "Nobody has asked for more time on this case."
    );
}
