//! Triage: stage 1, stage 2, and VIPs, who begin at stage 2 and never come back from it (R53-R56, R60, A11, A12).

use casework::desk::{Shown, Wanted};
use casework::handling::{Seen, escalate, judge};
use casework::intake::log::{LogCall, Next, log};
use rules::case::State;
use rules::case::event::{CategorySet, UrgencySet};
use rules::case::vocabulary::{Channel, FeedbackKind, StageReason, Urgency};
use rules::deadlines::Duty;
use rules::handling::escalate::Reroute;
use rules::handling::triage::Triage;
use rules::letters::LetterKind;
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, iris, jo, marcus, owen, ruth};
use testkit::{day, words};

use crate::support::{fields, open, refusal};

const KNOWN_AS: &str = "Chair of the governors";

fn vip_judged() -> Triage {
    Triage {
        vip: Some(KNOWN_AS.to_owned()),
        ..words::judged_for(&dana())
    }
}

async fn kinds_of_letters(office: &OpenOffice, reference: &rules::case::Reference) -> Vec<LetterKind> {
    let letters = office.letters(reference).await;
    letters.into_iter().map(|letter| letter.kind).collect()
}

#[tokio::test]
async fn a_straightforward_complaint_goes_to_the_front_line() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let row = office.row(&reference).await;
    assert_eq!((&*row.state, row.stage, row.owner_id), ("open", 1, Some(amara().id.0)));
    assert_eq!(
        (row.service.as_deref(), row.problem.as_deref()),
        (Some("A3"), Some("B11"))
    );
    assert_eq!(
        (row.due_on, row.due_clock.as_deref()),
        (Some(day("2026-06-12")), Some("stage_1"))
    );
    assert_eq!(
        office.listed(Shown::Mine(amara().id), &amara()).await,
        [reference.to_string()]
    );
    assert_eq!(office.listed(Shown::Triage, &ruth()).await, [""; 0]);
    let counts = office.counts(&amara()).await;
    assert_eq!(
        (counts.mine, counts.mine_late, counts.triage, counts.open),
        (1, 0, 0, 1)
    );
    office.on("2026-06-13 00:00");
    assert_eq!(
        office.counts(&amara()).await.mine_late,
        1,
        "late from the first second of the next day (A6)"
    );
    assert_eq!(
        kinds_of_letters(&office, &reference).await,
        [LetterKind::Acknowledgement]
    );
}

#[tokio::test]
async fn what_needs_an_investigation_begins_at_stage_2_and_they_are_told_who_looks_and_until_when() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let row = office.row(&reference).await;
    assert_eq!(
        (row.stage, row.owner_id, row.due_on),
        (2, Some(dana().id.0), Some(day("2026-07-07")))
    );
    let letters = office.letters(&reference).await;
    assert_eq!(letters[1].kind, LetterKind::Stage2Started);
    let facts = &letters[1].facts;
    assert_eq!(
        (&*facts.stage, &*facts.decision_date),
        ("stage 2", "Tuesday 7 July 2026")
    );
    assert_eq!(facts.handled_by, "Dana Kowalczyk, Service Delivery Manager");
    assert_eq!(
        facts.next_update_date, "Tuesday 16 June 2026",
        "5 working days from now (A9)"
    );
    assert_eq!(
        office
            .listed(
                Shown::Cases(Wanted {
                    stage: Some(2),
                    kind: None,
                    ..Wanted::default()
                }),
                &ruth()
            )
            .await
            .len(),
        1
    );
    assert_eq!(
        office
            .listed(
                Shown::Cases(Wanted {
                    stage: Some(1),
                    kind: None,
                    ..Wanted::default()
                }),
                &ruth()
            )
            .await
            .len(),
        0
    );
}

#[tokio::test]
async fn triage_that_lacks_something_changes_nothing() {
    let office = open().await;
    let reference = office.receive("k").await;
    let before = office.kinds(&reference).await;
    let mut judgement = Triage {
        service: String::new(),
        problem: "B99".to_owned(),
        ..words::judged_for(&amara())
    };
    judgement.risk.complex = true;
    let ruth = ruth();
    let hand = office.hand(&ruth, &reference);
    assert_eq!(
        fields(judge::triage(hand, &judgement).await),
        ["service", "problem", "risk_reason"]
    );
    let wrong_owner = words::judged_for(&dana());
    assert!(refusal(judge::triage(hand, &wrong_owner).await).contains("Dana Kowalczyk cannot work on"));
    let by_clerk = judge::triage(office.hand(&jo(), &reference), &words::judged_for(&amara())).await;
    assert!(refusal(by_clerk).starts_with("You cannot triage new complaints."));
    assert_eq!(office.kinds(&reference).await, before);
}

#[tokio::test]
async fn a_vip_known_to_the_clerk_begins_at_stage_2_and_is_never_told_so() {
    let office = open().await;
    let call = LogCall {
        raw: words::form(),
        channel: Channel::Phone,
        received_at: None,
        vip: Some(KNOWN_AS.to_owned()),
        next: Next::Triage,
        key: "call".to_owned(),
    };
    let reference = log(&office.office, call, &amara()).await.unwrap().reference;
    let due = office.date(&reference, Duty::Decision).await;
    assert_eq!((due.stage, due.due_on), (2, day("2026-07-07")));
    let ruth = ruth();
    let hand = office.hand(&ruth, &reference);
    assert!(refusal(judge::triage(hand, &words::judged_for(&amara())).await).contains("cannot work on"));
    let case = judge::triage(hand, &words::judged_for(&dana())).await.unwrap();
    assert_eq!((case.stage(), case.stages[0].entry.reason), (2, StageReason::Vip));
    for letter in office.letters(&reference).await {
        let said = format!("{:?}", letter.facts).to_lowercase();
        assert!(!said.contains("vip") && !said.contains("governors"), "{said}");
    }
    let updates = office.job("F1000001").await.updates;
    assert!(
        updates.iter().all(|update| !update.text.contains(KNOWN_AS)),
        "{updates:?}"
    );
}

#[tokio::test]
async fn a_vip_found_in_triage_begins_at_stage_2() {
    let office = open().await;
    let reference = office.receive("k").await;
    judge::triage(office.hand(&marcus(), &reference), &vip_judged())
        .await
        .unwrap();
    let row = office.row(&reference).await;
    assert_eq!((row.stage, row.vip), (2, true));
}

#[tokio::test]
async fn a_vip_found_late_moves_at_once_counts_from_receipt_and_never_goes_back() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    office.on("2026-06-11 10:00");
    let ruth = ruth();
    let hand = office.hand(&ruth, &reference);
    assert_eq!(fields(judge::flag_vip(hand, "  ", &dana()).await), ["vip_reason"]);
    judge::flag_vip(hand, KNOWN_AS, &dana()).await.unwrap();
    let row = office.row(&reference).await;
    assert_eq!((row.stage, row.vip, row.owner_id), (2, true, Some(dana().id.0)));
    assert_eq!(
        row.due_on,
        Some(day("2026-07-07")),
        "20 working days from receipt: no time is gained"
    );
    office.letters_arrive().await;

    assert!(refusal(judge::flag_vip(hand, KNOWN_AS, &dana()).await).contains("already marked"));
    assert!(refusal(judge::triage(hand, &words::judged_for(&amara())).await).contains("cannot triage it now"));
    assert!(refusal(judge::assign(hand, &amara(), None).await).contains("Amara Osei cannot work on Stage 2"));
    let reroute = Reroute {
        reason: StageReason::Complex,
        note: "Again".to_owned(),
        investigator: owen(),
    };
    assert!(refusal(escalate::reroute(hand, &reroute).await).contains("last stage"));
    assert_eq!(office.case(&reference).await.stage(), 2);

    // Also after it ended and was taken up again.
    casework::handling::decide::withdraw(hand, "They called and were content")
        .await
        .unwrap();
    casework::handling::decide::reopen(hand, "They called again")
        .await
        .unwrap();
    assert_eq!(office.case(&reference).await.stage(), 2);
}

#[tokio::test]
async fn a_clerk_moves_a_case_to_stage_2_and_no_time_is_gained() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    office.on("2026-06-11 10:00");
    let reroute = Reroute {
        reason: StageReason::Complex,
        note: "Two suppliers must answer".to_owned(),
        investigator: dana(),
    };
    escalate::reroute(office.hand(&amara(), &reference), &reroute)
        .await
        .unwrap();
    let decision = office.date(&reference, Duty::Decision).await;
    assert_eq!((decision.stage, decision.due_on), (2, day("2026-07-07")));
    let decisions: Vec<u8> = office
        .file(&reference)
        .await
        .deadlines
        .into_iter()
        .filter(|date| date.duty == Duty::Decision)
        .map(|date| date.stage)
        .collect();
    assert_eq!(decisions, [2], "the date of stage 1 is superseded");
    assert_eq!(
        kinds_of_letters(&office, &reference).await.last(),
        Some(&LetterKind::Stage2Started)
    );
}

#[tokio::test]
async fn category_and_urgency_change_and_never_make_a_date_later() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let set = |urgency| {
        (
            CategorySet {
                service: "A1".to_owned(),
                problem: "B5".to_owned(),
            },
            UrgencySet { urgency, reason: None },
        )
    };
    let amara = amara();
    let (category, low) = set(Urgency::Low);
    judge::categorise(office.hand(&amara, &reference), &category, &low)
        .await
        .unwrap();
    let row = office.row(&reference).await;
    assert_eq!((row.service.as_deref(), row.urgency), (Some("A1"), 0));
    assert_eq!(row.due_on, Some(day("2026-06-12")), "not lengthened (R22)");
    let before = office.kinds(&reference).await.len();
    judge::categorise(office.hand(&amara, &reference), &category, &low)
        .await
        .unwrap();
    assert_eq!(
        office.kinds(&reference).await.len(),
        before,
        "the same again is nothing new"
    );
    assert!(refusal(judge::categorise(office.hand(&iris(), &reference), &category, &low).await).contains("You cannot"));
}

#[tokio::test]
async fn a_case_is_passed_on_at_the_same_stage_and_its_clock_runs_on() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    office.on("2026-06-10 11:00");
    judge::assign(
        office.hand(&amara(), &reference),
        &marcus(),
        Some("On leave".to_owned()),
    )
    .await
    .unwrap();
    let row = office.row(&reference).await;
    assert_eq!(
        (row.owner_id, row.stage, row.due_on),
        (Some(marcus().id.0), 1, Some(day("2026-06-12")))
    );
    assert_eq!(office.listed(Shown::Mine(amara().id), &amara()).await, [""; 0]);
    assert_eq!(office.listed(Shown::Mine(marcus().id), &marcus()).await.len(), 1);
}

#[tokio::test]
async fn what_the_person_called_it_is_put_right_before_triage_and_the_receipt_stays() {
    let office = open().await;
    let reference = office.public().complain(&words::thanks(), "k").await.unwrap().reference;
    office.on("2026-06-09 11:00");
    let ruth = ruth();
    let hand = office.hand(&ruth, &reference);
    assert_eq!(
        fields(judge::reclassify(hand, FeedbackKind::Complaint, "").await),
        ["reason"]
    );
    judge::reclassify(hand, FeedbackKind::Complaint, "They are not happy at all")
        .await
        .unwrap();
    let file = office.file(&reference).await;
    assert_eq!(
        (file.case.kind, &file.case.state),
        (FeedbackKind::Complaint, &State::Received)
    );
    assert_eq!(
        office.date(&reference, Duty::Decision).await.due_on,
        day("2026-06-12"),
        "counted from the receipt (A24)"
    );
    judge::triage(
        office.door(&ruth).hand(&reference, Seen::Whatever, "t"),
        &words::judged_for(&amara()),
    )
    .await
    .unwrap();
    let late = judge::reclassify(hand, FeedbackKind::Comment, "Changed my mind").await;
    assert!(refusal(late).contains("cannot change what it is"));
}
