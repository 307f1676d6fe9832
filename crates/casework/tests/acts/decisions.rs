//! Decisions at stage 1: the clock stops when they are told, by letter or in conversation (R49, R57, R63, R87, A7, A36).

use casework::desk::{Shown, Standing, Wanted};
use casework::handling::{decide, write};
use casework::jobs::watch;
use rules::case::event::UpdateSent;
use rules::case::vocabulary::{Means, Outcome};
use rules::case::{Decision, Event, State};
use rules::deadlines::Duty;
use rules::handling::decide::{Spoken, Telling};
use rules::letters::LetterKind;
use testkit::people::{amara, dana, iris, marcus, ruth};
use testkit::{at, day, words};

use crate::support::{fields, open, refusal};

#[tokio::test]
async fn a_letter_that_is_sent_stops_the_clock_and_closes_the_case() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    office.on("2026-06-11 15:00");
    let decision = words::decision_on(&office.case(&reference).await);
    let case = decide::decide(office.hand(&amara(), &reference), &decision, &Telling::InWriting)
        .await
        .unwrap();
    assert!(matches!(case.state, State::Decided(..)), "decided, and not yet told");
    let due = office.date(&reference, Duty::Decision).await;
    assert_eq!(
        (due.due_on, due.met_at),
        (day("2026-06-12"), None),
        "the clock runs until they have it"
    );
    assert_eq!(office.row(&reference).await.due_on, Some(day("2026-06-12")));

    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(
        (letter.kind, letter.to.as_deref()),
        (LetterKind::Stage1Decision, Some("priya@example.ac.uk"))
    );
    let facts = letter.facts;
    assert_eq!(facts.outcome_sentence, "We agree with your complaint.");
    assert!(facts.apology_owed);
    assert_eq!(facts.body, "Two access points restarted four times that afternoon.");
    assert_eq!(
        (&*facts.signed_by, &*facts.signed_job),
        ("Amara Osei", "IT Helpline Analyst")
    );
    assert_eq!(
        facts.escalate_by, "Thursday 9 July 2026",
        "20 working days to ask for stage 2 (R87, A19)"
    );
    assert_eq!(facts.points.len(), 1);

    office.on("2026-06-11 15:02");
    office.letters_arrive().await;
    assert_eq!(
        office.date(&reference, Duty::Decision).await.met_at,
        Some(at("2026-06-11 15:02"))
    );
    let row = office.row(&reference).await;
    assert_eq!(
        (&*row.state, row.closed_at, row.due_on),
        ("closed", Some(at("2026-06-11 15:02")), None)
    );
    let history = office.history(&reference).await;
    let [.., told, closed] = history.as_slice() else {
        panic!()
    };
    let Event::DecisionCommunicated(told) = &told.event else {
        panic!("{:?}", told.event)
    };
    assert_eq!(
        (&*told.communicated.proof, told.letter),
        ("250 2.0.0 accepted", LetterKind::Stage1Decision)
    );
    assert_eq!(closed.event.kind(), "case.closed");
    assert_eq!(
        office
            .listed(Shown::Cases(Wanted::standing(Standing::Closed)), &ruth())
            .await,
        [reference.to_string()]
    );
}

#[tokio::test]
async fn a_decision_told_on_the_phone_needs_no_letter() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    office.on("2026-06-11 15:00");
    let decision = words::decision_on(&office.case(&reference).await);
    let spoken = |local| {
        Telling::Spoken(Spoken {
            by: Means::Phone,
            at: at(local),
        })
    };
    let amara = amara();
    let hand = office.hand(&amara, &reference);
    for wrong in ["2026-06-11 15:01", "2026-06-08 09:00"] {
        assert_eq!(
            fields(decide::decide(hand, &decision, &spoken(wrong)).await),
            ["told_at"],
            "{wrong}"
        );
    }
    let letter = Telling::Spoken(Spoken {
        by: Means::Email,
        at: at("2026-06-11 14:40"),
    });
    assert_eq!(fields(decide::decide(hand, &decision, &letter).await), ["told_by"]);
    decide::decide(hand, &decision, &spoken("2026-06-11 14:40"))
        .await
        .unwrap();
    assert_eq!(
        office.date(&reference, Duty::Decision).await.met_at,
        Some(at("2026-06-11 14:40")),
        "when it was said"
    );
    assert!(matches!(office.case(&reference).await.state, State::Closed(..)));
    let kinds: Vec<String> = office
        .outbox(&reference)
        .await
        .into_iter()
        .map(|row| row.kind)
        .collect();
    assert_eq!(kinds, ["acknowledgement"]);
}

#[tokio::test]
async fn a_decision_that_lacks_something_is_not_recorded() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let decision = Decision {
        reasons: String::new(),
        what_we_did: " ".to_owned(),
        resolution_kinds: Vec::new(),
        learning: None,
        ..words::decision_on(&office.case(&reference).await)
    };
    let before = office.kinds(&reference).await;
    let answer = decide::decide(office.hand(&amara(), &reference), &decision, &Telling::InWriting).await;
    assert_eq!(fields(answer), ["found", "did", "resolution", "learning"]);
    let whole = words::decision_on(&office.case(&reference).await);
    for by in [dana(), iris()] {
        let answer = decide::decide(office.hand(&by, &reference), &whole, &Telling::InWriting).await;
        assert!(
            refusal(answer).starts_with("You cannot record a stage 1 decision"),
            "{}",
            by.name
        );
    }
    assert_eq!(office.kinds(&reference).await, before);
    assert_eq!(
        office.outbox(&reference).await.len(),
        1,
        "no letter but the acknowledgement"
    );
}

#[tokio::test]
async fn a_late_decision_says_why_and_stays_late_for_ever() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    office.on("2026-06-15 09:00");
    watch::look(&office.office).await.unwrap();
    let whole = words::decision_on(&office.case(&reference).await);
    let amara = amara();
    let hand = office.hand(&amara, &reference);
    assert_eq!(
        fields(decide::decide(hand, &whole, &Telling::InWriting).await),
        ["late_reason"]
    );
    let explained = Decision {
        late_reason: Some("The supplier answered on Monday.".to_owned()),
        ..whole
    };
    decide::decide(hand, &explained, &Telling::InWriting).await.unwrap();
    office.letters_arrive().await;
    assert!(
        office
            .date(&reference, Duty::Decision)
            .await
            .is_late(office.office.now())
    );
    assert_eq!(office.case(&reference).await.breached.len(), 1);
}

#[tokio::test]
async fn an_update_is_sent_with_the_next_date_and_moves_the_rhythm() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    office.on("2026-06-12 10:00");
    let update = UpdateSent {
        words: "We have the logs and are reading them.".to_owned(),
        by: Means::Email,
        next_on: Some(day("2026-06-16")),
    };
    write::update(office.hand(&dana(), &reference), &update).await.unwrap();
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(
        (letter.kind, &*letter.facts.body),
        (LetterKind::Update, "We have the logs and are reading them.")
    );
    assert_eq!(letter.facts.next_update_date, "Tuesday 16 June 2026");
    assert_eq!(letter.facts.signed_by, "Dana Kowalczyk");
    assert_eq!(
        office.date(&reference, Duty::Update).await.due_on,
        day("2026-06-16"),
        "as promised"
    );
    assert_eq!(
        office.found("reading logs").await,
        [reference.to_string()],
        "its words are found"
    );

    let past = UpdateSent {
        next_on: Some(day("2026-06-11")),
        ..update.clone()
    };
    assert_eq!(
        fields(write::update(office.hand(&dana(), &reference), &past).await),
        ["next_on"]
    );
    let empty = UpdateSent {
        words: " ".to_owned(),
        ..update
    };
    assert_eq!(
        fields(write::update(office.hand(&dana(), &reference), &empty).await),
        ["message"]
    );
}

#[tokio::test]
async fn a_note_stays_among_staff() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let waiting = office.outbox(&reference).await.len();
    write::note(office.hand(&marcus(), &reference), "Call the Zephyr supplier")
        .await
        .unwrap();
    assert_eq!(office.outbox(&reference).await.len(), waiting, "no letter");
    let updates = office.job("F1000001").await.updates;
    assert!(
        updates.iter().all(|update| !update.text.contains("Zephyr")),
        "not in the shared register: {updates:?}"
    );
    assert_eq!(office.found("zephyr").await, [reference.to_string()], "staff find it");
    assert_eq!(
        fields(write::note(office.hand(&marcus(), &reference), " \n").await),
        ["note"]
    );
}

#[tokio::test]
async fn a_decision_answers_each_point() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    write::point(office.hand(&dana(), &reference), "Nobody called back")
        .await
        .unwrap();
    assert_eq!(
        fields(write::point(office.hand(&dana(), &reference), "").await),
        ["point"]
    );
    let mut decision = words::decision_on(&office.case(&reference).await);
    assert_eq!(decision.points.len(), 2);
    decision.points[1].outcome = Outcome::NotUpheld;
    let dana = dana();
    office.prepared(&reference, &dana).await;
    let hand = office.hand(&dana, &reference);
    let ask = rules::handling::draft::AskSignOff::AsRulesSay;
    assert_eq!(
        fields(decide::submit_draft(hand, &decision, ask).await),
        ["outcome"],
        "some upheld is partly upheld (A25)"
    );
    let unanswered = Decision {
        points: decision.points[..1].to_vec(),
        ..decision.clone()
    };
    assert_eq!(
        fields(decide::submit_draft(hand, &unanswered, ask).await),
        ["finding-2"]
    );
    decision.outcome = Outcome::PartlyUpheld;
    decide::submit_draft(hand, &decision, ask).await.unwrap();
    let facts = office.letters(&reference).await.pop().unwrap().facts;
    let answers = facts
        .points
        .iter()
        .map(|point| (&*point.outcome, &*point.outcome_sentence));
    assert_eq!(
        answers.collect::<Vec<_>>(),
        [
            ("upheld", "We agree with this point."),
            ("not upheld", "We do not agree with this point.")
        ]
    );
    assert_eq!(facts.outcome_sentence, "We agree with part of your complaint.");
}

#[tokio::test]
async fn what_they_say_by_phone_is_written_down_as_theirs_by_somebody_who_may() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let channel = rules::case::vocabulary::Channel::Phone;
    write::heard(office.hand(&amara(), &reference), "It dropped again today", channel)
        .await
        .unwrap();
    assert_eq!(office.found("dropped again today").await, [reference.to_string()]);
    assert!(
        refusal(write::heard(office.hand(&iris(), &reference), "Not my place", channel).await)
            .starts_with("You cannot")
    );
    let said = office
        .history(&reference)
        .await
        .into_iter()
        .filter(|said| said.event.kind() == "message.received")
        .count();
    assert_eq!(said, 1);
}
