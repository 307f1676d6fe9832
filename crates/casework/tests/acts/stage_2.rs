//! Stage 2: asked for and granted or refused, investigated by somebody else, drafted, signed off (R28, R67, R68, R71, R77, R78, A18, A20).

use casework::desk::{Shown, Standing, Wanted};
use casework::handling::{approve, decide, escalate, judge};
use casework::intake::track;
use rules::case::vocabulary::Channel;
use rules::case::{Decision, Event, Reference, Remedy, State};
use rules::deadlines::Duty;
use rules::handling::draft::AskSignOff;
use rules::letters::LetterKind;
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, helen, iris, owen, robin, ruth, samir};
use testkit::{at, day, words};

use crate::support::{fields, open, refusal};

/// A draft of Dana's that waits for senior management.
async fn drafted(office: &OpenOffice, key: &str) -> Reference {
    let reference = office.at_stage_2(key).await;
    let decision = words::decision_on(&office.case(&reference).await);
    decide::submit_draft(office.hand(&dana(), &reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    reference
}

#[tokio::test]
async fn the_complainant_asks_and_the_coordinator_assents() {
    let office = open().await;
    let reference = office.answered("k").await;
    let link = office.case(&reference).await.received.link_token;
    let who = track::enter_with_link(&office.office, &reference.to_string(), &link)
        .await
        .unwrap();
    office.on("2026-06-22 23:30");
    track::ask_stage_2(&office.office, &who, "You did not look at the second afternoon.", "s2")
        .await
        .unwrap();
    let row = office.row(&reference).await;
    assert_eq!(
        (&*row.state, row.due_on, row.closed_at),
        ("escalation_pending", Some(day("2026-06-23")), None)
    );
    assert_eq!(
        office
            .listed(Shown::Cases(Wanted::standing(Standing::Escalation)), &ruth())
            .await,
        [reference.to_string()]
    );
    assert_eq!(office.counts(&ruth()).await.escalations, 1);

    office.on("2026-06-23 09:00");
    let accept = |by, to| escalate::accept(office.hand(by, &reference), to, None);
    let (amara, dana, iris, robin, ruth) = (amara(), dana(), iris(), robin(), ruth());
    for by in [&amara, &iris] {
        assert!(
            refusal(accept(by, &dana).await).contains("decide on a request for stage 2"),
            "{}",
            by.name
        );
    }
    assert!(refusal(accept(&ruth, &amara).await).contains("Amara Osei cannot work on Stage 2"));
    accept(&ruth, &dana).await.unwrap();
    let decision = office.date(&reference, Duty::Decision).await;
    assert_eq!(
        (decision.stage, decision.due_on),
        (2, day("2026-07-20")),
        "20 new working days from the day of asking (A18)"
    );
    let case = office.case(&reference).await;
    assert_eq!((case.stage(), case.owner), (2, Some(dana.id)));
    assert_eq!(case.stages[1].entry.clock_from, at("2026-06-22 23:30"));
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(letter.kind, LetterKind::Stage2Started);
    let points: Vec<&str> = letter.facts.points.iter().map(|point| &*point.text).collect();
    assert_eq!(points, [&*letter.facts.about], "the points that will be answered");
    assert!(refusal(accept(&robin, &dana).await).contains("Nobody has asked for stage 2"));
}

#[tokio::test]
async fn a_refusal_needs_a_reason_is_told_and_does_not_shut_the_door() {
    let office = open().await;
    let reference = office.asked_for_stage_2("k").await;
    assert_eq!(
        fields(escalate::refuse(office.hand(&ruth(), &reference), " ").await),
        ["reason"]
    );
    escalate::refuse(office.hand(&ruth(), &reference), "Nothing in the request is new to us.")
        .await
        .unwrap();
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(letter.kind, LetterKind::EscalationRefused);
    assert_eq!(letter.facts.body, "Nothing in the request is new to us.");
    assert!(
        letter.facts.signpost.contains("student complaints procedure"),
        "where a student turns (A37)"
    );
    let case = office.case(&reference).await;
    assert!(matches!(case.state, State::Closed(..)));
    assert_eq!(
        case.escalation_refused.as_deref(),
        Some("Nothing in the request is new to us.")
    );
    office.letters_arrive().await;
    let new = Some("There is a new log".to_owned());
    escalate::request(office.hand(&amara(), &reference), Channel::Phone, new)
        .await
        .unwrap();
    assert_eq!(office.row(&reference).await.state, "escalation_pending");
}

#[tokio::test]
async fn nobody_refuses_a_second_look_at_their_own_decision() {
    let office = open().await;
    let reference = office.receive("k").await;
    judge::triage(office.hand(&ruth(), &reference), &words::judged_for(&robin()))
        .await
        .unwrap();
    let decision = words::decision_on(&office.case(&reference).await);
    let telling = rules::handling::decide::Telling::InWriting;
    decide::decide(office.hand(&robin(), &reference), &decision, &telling)
        .await
        .unwrap();
    office.letters_arrive().await;
    let words = Some("Again".to_owned());
    escalate::request(office.hand(&amara(), &reference), Channel::Phone, words)
        .await
        .unwrap();

    let robin = robin();
    let refused = escalate::refuse(office.hand(&robin, &reference), "I was right").await;
    assert!(refusal(refused).starts_with("Robin Castle decided this complaint, so Robin cannot refuse"));
    let own = escalate::accept(office.hand(&robin, &reference), &robin, None).await;
    assert!(refusal(own).contains("decided this complaint at an earlier stage, so Robin cannot investigate it"));
    escalate::accept(office.hand(&robin, &reference), &dana(), None)
        .await
        .unwrap();
    let pass = judge::assign(office.hand(&ruth(), &reference), &robin, None).await;
    assert!(
        refusal(pass).contains("Robin cannot investigate it"),
        "not through the back door either (R28)"
    );
    let case = office.case(&reference).await;
    let drafted = decide::save_draft(office.hand(&robin, &reference), &words::decision_on(&case)).await;
    assert!(refusal(drafted).contains("Robin cannot investigate it"));
    let decision = self::words::decision_on(&case);
    decide::submit_draft(office.hand(&dana(), &reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    let read = words::waiting(&office.case(&reference).await);
    let signed = approve::approve(office.hand(&robin, &reference), &read, None).await;
    assert!(refusal(signed).contains("made the stage 1 decision on this complaint"));
    assert_eq!(
        office.row(&reference).await.state,
        "sign_off",
        "nothing of all that happened"
    );
}

#[tokio::test]
async fn a_request_by_phone_is_written_down_by_somebody_who_may_write() {
    let office = open().await;
    let reference = office.answered("k").await;
    let by_auditor = escalate::request(office.hand(&iris(), &reference), Channel::Phone, None).await;
    assert!(refusal(by_auditor).starts_with("You cannot"));
    assert_eq!(office.row(&reference).await.state, "closed");
    let early = office.at_stage_1("k2").await;
    let asked = escalate::request(office.hand(&amara(), &early), Channel::Phone, None).await;
    assert!(refusal(asked).contains("once you have our decision"), "R67");
}

#[tokio::test]
async fn drafts_are_numbered_and_only_the_owner_writes_them() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let decision = words::decision_on(&office.case(&reference).await);
    let dana = dana();
    let hand = office.hand(&dana, &reference);
    decide::save_unfinished(
        hand,
        &Decision {
            reasons: String::new(),
            ..decision.clone()
        },
        &[1],
    )
    .await
    .unwrap();
    let case = decide::save_draft(hand, &decision).await.unwrap();
    assert_eq!(
        case.draft().map(|draft| (draft.version, draft.author)),
        Some((2, Some(dana.id)))
    );
    assert_eq!(office.outbox(&reference).await.len(), 2, "a draft is no letter");
    assert_eq!(
        office.found("access points restarted").await,
        [""; 0],
        "a draft is not searched"
    );
    let by_other = decide::save_draft(office.hand(&owen(), &reference), &decision).await;
    assert!(refusal(by_other).contains("Somebody else is investigating this complaint"));
    let by_clerk = decide::save_draft(office.hand(&amara(), &reference), &decision).await;
    assert!(refusal(by_clerk).starts_with("You cannot investigate"));
    let frontline = decide::decide(
        office.hand(&ruth(), &reference),
        &decision,
        &rules::handling::decide::Telling::InWriting,
    )
    .await;
    assert!(refusal(frontline).contains("needs a written decision"), "R77");
}

#[tokio::test]
async fn what_must_be_signed_off_does_not_go_out_before() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let decision = Decision {
        remedies: vec![Remedy {
            kind: "refund".to_owned(),
            text: Some("12 pounds for the taxi".to_owned()),
        }],
        ..words::decision_on(&office.case(&reference).await)
    };
    decide::submit_draft(office.hand(&dana(), &reference), &decision, AskSignOff::AsRulesSay)
        .await
        .unwrap();
    let Event::SignOffRequested(asked) = office.last_event(&reference).await else {
        panic!("{:?}", office.kinds(&reference).await)
    };
    assert_eq!((asked.version, &*asked.because), (1, "money is offered"));
    assert_eq!(office.listed(Shown::SignOff, &samir()).await, [reference.to_string()]);
    assert_eq!(office.counts(&samir()).await.awaiting_sign_off, 1);
    assert_eq!(
        office.outbox(&reference).await.len(),
        2,
        "nothing goes out unsigned (R78)"
    );
    assert_eq!(
        office.row(&reference).await.due_on,
        Some(day("2026-07-07")),
        "and the clock runs on"
    );
    let read = words::waiting(&office.case(&reference).await);
    for by in [dana(), helen(), ruth()] {
        let answer = approve::approve(office.hand(&by, &reference), &read, None).await;
        assert!(
            refusal(answer).starts_with("You cannot approve or return a letter"),
            "{}",
            by.name
        );
    }
    office.on("2026-06-25 10:00");
    approve::approve(
        office.hand(&samir(), &reference),
        &read,
        Some("Clear and fair".to_owned()),
    )
    .await
    .unwrap();
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(letter.kind, LetterKind::Stage2Decision);
    assert_eq!(
        letter.facts.signed_by, "Dana Kowalczyk",
        "the author signs; the approver does not write"
    );
    assert!(
        letter.facts.signpost.contains("Independent Adjudicator"),
        "where else a student can turn (A37)"
    );
    office.letters_arrive().await;
    let case = office.case(&reference).await;
    assert!(matches!(case.state, State::Closed(..)));
    assert_eq!(
        case.stages[0].decided_by.map(|(who, _)| who),
        Some(dana().id),
        "the author decided (R28)"
    );
    assert_eq!(
        office.date(&reference, Duty::Decision).await.met_at,
        Some(at("2026-06-25 10:00"))
    );
}

#[tokio::test]
async fn a_letter_comes_back_with_a_reason_and_the_new_version_is_the_one_that_is_signed() {
    let office = open().await;
    let reference = drafted(&office, "k").await;
    let samir = samir();
    let hand = office.hand(&samir, &reference);
    let read = words::waiting(&office.case(&reference).await);
    assert_eq!(fields(approve::send_back(hand, 1, "").await), ["comments"]);
    approve::send_back(hand, 1, "Say when the access points were replaced")
        .await
        .unwrap();
    let case = office.case(&reference).await;
    let State::Open(work) = &case.state else {
        panic!("{:?}", case.state)
    };
    assert_eq!(
        work.returned.as_deref(),
        Some("Say when the access points were replaced")
    );
    let line = office
        .door(&dana())
        .list(&Shown::Mine(dana().id), None)
        .await
        .unwrap()
        .lines
        .remove(0);
    assert_eq!(line.card.next_step, "Change the letter: it came back from sign-off");
    let decision = Decision {
        what_we_did: "We replaced both access points on 12 June.".to_owned(),
        ..words::decision_on(&case)
    };
    decide::submit_draft(office.hand(&dana(), &reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    let old = approve::approve(hand, &read, None).await;
    assert!(refusal(old).contains("version 2 is waiting now"));
    assert_eq!(office.outbox(&reference).await.len(), 2);
    let now = words::waiting(&office.case(&reference).await);
    approve::approve(hand, &now, None).await.unwrap();
    let facts = office.letters(&reference).await.pop().unwrap().facts;
    assert_eq!(facts.what_we_did, "We replaced both access points on 12 June.");
}

#[tokio::test]
async fn the_investigator_does_not_sign_off_their_own_letter() {
    let office = open().await;
    let reference = office.receive("k").await;
    let mut judgement = words::judged_for(&robin());
    judgement.risk.complex = true;
    judgement.risk.reason = Some("Three teams".to_owned());
    judge::triage(office.hand(&ruth(), &reference), &judgement)
        .await
        .unwrap();
    let decision = words::decision_on(&office.case(&reference).await);
    decide::submit_draft(office.hand(&robin(), &reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    let read = words::waiting(&office.case(&reference).await);
    let own = approve::approve(office.hand(&robin(), &reference), &read, None).await;
    assert!(refusal(own).starts_with("Robin Castle wrote this letter, so Robin cannot sign it off"));
    assert!(
        refusal(approve::send_back(office.hand(&robin(), &reference), 1, "No").await).contains("wrote this letter")
    );
    approve::approve(office.hand(&samir(), &reference), &read, None)
        .await
        .unwrap();
}
