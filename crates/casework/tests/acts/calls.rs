//! A clerk writes down what somebody tells them: since when the clock counts, what is settled at once, and whose job it joins (A2, R44, R48).

use casework::intake::log::{LogCall, Next, log};
use rules::case::event::LetterDelivered;
use rules::case::vocabulary::{Channel, Means, Satisfaction};
use rules::case::{Event, State};
use rules::deadlines::Duty;
use rules::handling::on_the_spot::{OnTheSpot, decision};
use rules::handling::triage::Taken;
use rules::intake::RawFeedback;
use rules::people::Actor;
use testkit::office::OpenOffice;
use testkit::people::{amara, iris, jo, ruth, tom};
use testkit::{at, day, words};

use crate::support::{fields, of_cases, open, refusal};

fn call(next: Next) -> LogCall {
    LogCall {
        raw: words::form(),
        channel: Channel::Phone,
        received_at: None,
        vip: None,
        next,
        key: "call".to_owned(),
    }
}

fn settled() -> rules::case::Decision {
    decision(OnTheSpot {
        did: "I reset her account while she was on the phone and apologised.".to_owned(),
        resolution_kinds: vec!["apology".to_owned(), "other".to_owned()],
        satisfaction: Satisfaction::Yes,
        learnt: None,
    })
}

async fn nothing_is_kept(office: &OpenOffice) {
    assert_eq!(of_cases(office).await, 0);
}

#[tokio::test]
async fn a_call_that_came_yesterday_counts_from_yesterday() {
    let office = open().await;
    let voicemail = LogCall {
        received_at: Some(at("2026-06-08 16:50")),
        ..call(Next::Take(words::taken()))
    };
    let reference = log(&office.office, voicemail, &amara()).await.unwrap().reference;
    let case = office.case(&reference).await;
    assert_eq!(case.received.received_at, at("2026-06-08 16:50"));
    assert_eq!(
        (case.received.received_on, case.logged_at),
        (day("2026-06-08"), at("2026-06-09 09:15"))
    );
    assert_eq!(case.received.logged_by, Some(amara().id));
    assert_eq!(case.owner, Some(amara().id), "the receiving person owns it first (R51)");
    assert_eq!(
        office.date(&reference, Duty::Decision).await.due_on,
        day("2026-06-11"),
        "not the 12th"
    );
    assert_eq!(office.row(&reference).await.due_on, Some(day("2026-06-11")));
    let told = case.acknowledged.unwrap();
    assert_eq!((told.by, told.at), (Means::Phone, at("2026-06-09 09:15")));
    assert!(
        !office
            .date(&reference, Duty::Acknowledge)
            .await
            .is_late(office.office.now())
    );
    let first = office.history(&reference).await.remove(0);
    assert_eq!(first.actor, Actor::Staff(amara().id));
}

#[tokio::test]
async fn what_is_resolved_on_the_call_is_logged_told_and_closed_in_one_save() {
    let office = open().await;
    let resolved = call(Next::Resolved(words::taken(), Box::new(settled())));
    let reference = log(&office.office, resolved, &amara()).await.unwrap().reference;
    assert_eq!(
        office.kinds(&reference).await,
        [
            "case.received",
            "ack.sent",
            "job.created",
            "category.set",
            "urgency.set",
            "stage.entered",
            "case.assigned",
            "decision.recorded",
            "decision.communicated",
            "case.closed",
        ]
    );
    let case = office.case(&reference).await;
    assert!(matches!(case.state, State::Closed(..)));
    let stage = case.stages.last().unwrap();
    let told = stage.communicated.clone().unwrap();
    assert_eq!((told.by, &*told.proof), (Means::Phone, "Told by Amara Osei (phone)"));
    assert_eq!(stage.decision.as_ref().unwrap().satisfaction, Satisfaction::Yes);
    assert!(office.date(&reference, Duty::Decision).await.met_at.is_some());

    let job = office.job("F1000001").await;
    assert_eq!(job.job.unwrap().status, "closed");
    let updates: Vec<String> = job.updates.into_iter().map(|update| update.text).collect();
    assert!(
        updates.contains(&"Decision at stage 1: resolved".to_owned()),
        "{updates:?}"
    );
    assert!(updates.contains(&"Decision given by phone".to_owned()), "{updates:?}");
    let kinds: Vec<String> = office
        .outbox(&reference)
        .await
        .into_iter()
        .map(|row| row.kind)
        .collect();
    assert_eq!(
        kinds,
        ["acknowledgement"],
        "the decision was spoken; the reference goes out in writing"
    );
}

#[tokio::test]
async fn a_letter_that_is_resolved_at_once_is_answered_in_writing() {
    let office = open().await;
    let resolved = LogCall {
        channel: Channel::Email,
        ..call(Next::Resolved(words::taken(), Box::new(settled())))
    };
    let reference = log(&office.office, resolved, &amara()).await.unwrap().reference;
    assert!(
        matches!(office.case(&reference).await.state, State::Decided(..)),
        "until it reached them (A7)"
    );
    let kinds: Vec<String> = office
        .outbox(&reference)
        .await
        .into_iter()
        .map(|row| row.kind)
        .collect();
    assert_eq!(kinds, ["acknowledgement", "stage_1_decision"]);
    office.letters_arrive().await;
    assert!(matches!(office.case(&reference).await.state, State::Closed(..)));
    let told: Vec<LetterDelivered> = office
        .history(&reference)
        .await
        .into_iter()
        .filter_map(|said| match said.event {
            Event::DecisionCommunicated(told) => Some(told),
            _ => None,
        })
        .collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].owed_by.is_some());
}

#[tokio::test]
async fn feedback_about_a_job_becomes_its_child() {
    let office = open().await;
    let about = LogCall {
        raw: RawFeedback {
            existing_job: "F0998877".to_owned(),
            ..words::form()
        },
        ..call(Next::Triage)
    };
    let reference = log(&office.office, about, &amara()).await.unwrap().reference;
    let job = office.case(&reference).await.job.unwrap();
    assert_eq!((&*job.number, job.parent.as_deref()), ("F1000001", Some("F0998877")));
    assert_eq!(job.profile, "General-Customer Feedback");
    let parent = office.job("F0998877").await;
    assert!(parent.job.is_none(), "the outside desk has it");
    let children: Vec<&str> = parent.children.iter().map(|child| &*child.number).collect();
    assert_eq!(children, ["F1000001"]);
    assert_eq!(office.found("F0998877").await, [reference.to_string()]);
}

#[tokio::test]
async fn a_job_that_triage_finds_is_linked_and_searched_too() {
    let office = open().await;
    let reference = office.receive("k").await;
    let judgement = rules::handling::triage::Triage {
        existing_job: Some("F0998877".to_owned()),
        ..words::judged_for(&amara())
    };
    casework::handling::judge::triage(office.hand(&ruth(), &reference), &judgement)
        .await
        .unwrap();
    assert_eq!(office.job("F0998877").await.children.len(), 1);
    assert_eq!(office.found("F0998877").await, [reference.to_string()]);
}

#[tokio::test]
async fn a_clerk_passes_on_what_needs_an_investigation_with_the_reason() {
    let office = open().await;
    let reason = "Three teams were involved".to_owned();
    let reference = log(&office.office, call(Next::Investigation(reason.clone())), &amara())
        .await
        .unwrap()
        .reference;
    let case = office.case(&reference).await;
    assert_eq!((case.state, case.owner), (State::Received, None));
    let risk = case.risk.unwrap();
    assert_eq!((risk.needs_investigation, risk.reason), (true, Some(reason)));
    let due = office.date(&reference, Duty::Decision).await;
    assert_eq!((due.stage, due.due_on), (2, day("2026-07-07")), "before triage as well");
    let letter = office.letters(&reference).await.remove(0);
    assert_eq!(
        (&*letter.facts.stage, &*letter.facts.decision_date),
        ("stage 2", "Tuesday 7 July 2026")
    );
    let empty = LogCall {
        key: "other".to_owned(),
        ..call(Next::Investigation(" ".to_owned()))
    };
    assert_eq!(fields(log(&office.office, empty, &amara()).await), ["risk_reason"]);
}

#[tokio::test]
async fn a_call_that_cannot_be_written_down_so_leaves_nothing() {
    let office = open().await;
    let tomorrow = LogCall {
        received_at: Some(at("2026-06-10 09:00")),
        ..call(Next::Triage)
    };
    assert_eq!(fields(log(&office.office, tomorrow, &amara()).await), ["received"]);
    let no_category = Taken {
        service: "A99".to_owned(),
        problem: String::new(),
        ..words::taken()
    };
    let uncategorised = call(Next::Take(no_category.clone()));
    assert_eq!(
        fields(log(&office.office, uncategorised, &amara()).await),
        ["service", "problem"]
    );
    let vip = LogCall {
        vip: Some("Member of Council".to_owned()),
        ..call(Next::Resolved(words::taken(), Box::new(settled())))
    };
    assert!(refusal(log(&office.office, vip, &amara()).await).contains("must be investigated from the start"));
    for by in [iris(), tom()] {
        assert!(refusal(log(&office.office, call(Next::Triage), &by).await).contains("log a complaint for someone"));
    }
    nothing_is_kept(&office).await;
    let reference = log(&office.office, call(Next::Triage), &amara())
        .await
        .unwrap()
        .reference;
    assert_eq!(reference.to_string(), "FC-10001");
}

#[tokio::test]
async fn one_press_is_one_call_and_two_clerks_may_have_the_same_key() {
    let office = open().await;
    let first = log(&office.office, call(Next::Triage), &amara()).await.unwrap();
    let again = log(&office.office, call(Next::Triage), &amara()).await.unwrap();
    let other = log(&office.office, call(Next::Triage), &jo()).await.unwrap();
    assert_eq!(again, first);
    assert_ne!(other.reference, first.reference);
}

#[tokio::test]
async fn nobody_is_there_to_acknowledge_an_unsigned_letter_to() {
    let office = open().await;
    let unsigned = LogCall {
        raw: words::anonymous_form(),
        channel: Channel::Post,
        ..call(Next::Take(words::taken()))
    };
    let reference = log(&office.office, unsigned, &amara()).await.unwrap().reference;
    let file = office.file(&reference).await;
    assert!(file.case.acknowledged.is_none());
    assert!(
        file.deadlines.iter().all(|date| date.duty != Duty::Acknowledge),
        "no acknowledgement clock (A28)"
    );
    assert!(
        file.deadlines.iter().any(|date| date.duty == Duty::Decision),
        "it is decided all the same"
    );
}
