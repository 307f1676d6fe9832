//! A person sends the public form: what is kept, what follows, and that one press makes one case (R7, R18, R20, R85).

use casework::ActError;
use casework::desk::{Shown, Wanted};
use rules::case::vocabulary::{FeedbackKind, Means};
use rules::case::{Event, State};
use rules::deadlines::Duty;
use rules::handling::triage::Triage;
use rules::intake::RawFeedback;
use rules::letters::LetterKind;
use rules::people::Actor;
use storage::outbox::OutboxState;
use testkit::people::{amara, iris, ruth};
use testkit::{at, day, words};

use crate::support::{fields, of_cases, open};

#[tokio::test]
async fn a_complaint_is_kept_with_all_that_follows_from_it() {
    let office = open().await;
    let receipt = office.public().complain(&words::form(), "k").await.unwrap();
    let reference = &receipt.reference;
    assert_eq!(reference.to_string(), "FC-10001");
    assert_eq!((receipt.receipt_code.len(), receipt.link_token.len()), (16, 32));

    let history = office.history(reference).await;
    let told: Vec<_> = history
        .iter()
        .map(|said| (said.event.kind(), said.actor, said.at))
        .collect();
    let now = at("2026-06-09 09:15");
    assert_eq!(
        told,
        [
            ("case.received", Actor::Complainant, now),
            ("job.created", Actor::System, now)
        ]
    );
    let case = office.case(reference).await;
    assert_eq!((&case.state, case.acknowledged), (&State::Received, None));
    assert_eq!(case.received.words, words::form().words);
    assert_eq!(case.received.procedure_version, "1", "the version under which it began");

    let job = office.job("F1000001").await;
    let row = job.job.unwrap();
    assert_eq!(
        (&*row.reference, &*row.profile, row.parent, &*row.status),
        ("FC-10001", "General-Customer Feedback", None, "open")
    );
    let updates: Vec<&str> = job.updates.iter().map(|update| &*update.text).collect();
    assert_eq!(updates.len(), 2, "{updates:?}");
    assert!(updates[0].starts_with("Received by online form: The Wi-Fi in the Main Library"));
    assert_eq!(updates[1], "Job raised, profile \"General-Customer Feedback\"");
}

#[tokio::test]
async fn the_acknowledgement_waits_in_the_outbox_with_the_dates_that_it_promises() {
    let office = open().await;
    let receipt = office.public().complain(&words::form(), "k").await.unwrap();
    let outbox = office.outbox(&receipt.reference).await;
    assert_eq!(outbox.len(), 1);
    assert_eq!((&*outbox[0].kind, &*outbox[0].channel), ("acknowledgement", "email"));
    assert_eq!(
        (outbox[0].state, outbox[0].created_at),
        (OutboxState::Waiting, at("2026-06-09 09:15"))
    );

    let letter = office.letters(&receipt.reference).await.remove(0);
    assert_eq!((letter.kind, letter.by), (LetterKind::Acknowledgement, Means::Email));
    assert_eq!(
        (letter.to.as_deref(), &*letter.to_name),
        (Some("priya@example.ac.uk"), "Priya Natarajan")
    );
    let facts = letter.facts;
    assert_eq!(
        (&*facts.reference, &*facts.greeting, &*facts.stage),
        ("FC-10001", "Priya", "stage 1")
    );
    assert_eq!(facts.decision_date, "Friday 12 June 2026");
    assert_eq!(facts.next_update_date, "Wednesday 10 June 2026");
    assert_eq!(facts.receipt_code.replace(' ', ""), receipt.receipt_code);
    assert!(
        facts
            .tracking_link
            .ends_with(&format!("/track/FC-10001/k/{}", receipt.link_token))
    );

    office.on("2026-06-09 09:16");
    office.letters_arrive().await;
    let told = office.case(&receipt.reference).await.acknowledged.unwrap();
    assert_eq!((told.by, told.at), (Means::Email, at("2026-06-09 09:16")));
    assert_eq!(office.outbox(&receipt.reference).await[0].state, OutboxState::Sent);
}

#[tokio::test]
async fn its_dates_run_from_the_receipt_and_lists_and_search_know_it() {
    let office = open().await;
    let receipt = office.public().complain(&words::form(), "k").await.unwrap();
    let reference = &receipt.reference;
    let acknowledge = office.date(reference, Duty::Acknowledge).await;
    assert_eq!((acknowledge.due_at, acknowledge.met_at), (at("2026-06-09 09:30"), None));
    assert_eq!(office.date(reference, Duty::Update).await.due_on, day("2026-06-10"));
    let promised = office.date(reference, Duty::Decision).await;
    assert_eq!(
        (promised.stage, promised.due_on, promised.met_at),
        (1, day("2026-06-12"), None),
        "the clock runs before triage (A2)"
    );

    let everything = Shown::Cases(Wanted::default());
    for list in [Shown::Triage, everything] {
        let page = office.door(&ruth()).list(&list, None).await.unwrap();
        let [line] = page.lines.as_slice() else {
            panic!("{:?}", page.lines)
        };
        let due = line.due.unwrap();
        assert_eq!(
            (&*line.reference, line.card.due_stage, due.on, due.left, due.total),
            ("FC-10001", 1, day("2026-06-12"), 3, 3)
        );
    }
    assert_eq!(office.counts(&ruth()).await.triage, 1);
    for asked in [
        "Natarajan",
        "library wi-fi",
        "FC-10001",
        "F1000001",
        "priya@example.ac.uk",
        "department",
    ] {
        assert_eq!(office.found(asked).await, ["FC-10001"], "{asked}");
    }
    for asked in ["Marchetti", "FC-10002", "priya@example.org", "parking"] {
        assert_eq!(office.found(asked).await, [""; 0], "{asked}");
    }
}

#[tokio::test]
async fn a_fault_in_the_middle_leaves_nothing_of_it() {
    let office = open().await;
    office
        .tamper("CREATE TRIGGER no_post BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'the outbox is broken'); END")
        .await;
    let broken = office.public().complain(&words::form(), "k").await.unwrap_err();
    assert!(matches!(broken, ActError::Storage(_)), "{broken}");
    assert_eq!(of_cases(&office).await, 0, "no event without its letter");
    assert_eq!(office.found("Natarajan").await, [""; 0]);
    assert_eq!(office.listed(Shown::Triage, &ruth()).await, [""; 0]);
    let jobs = casework::desk::jobs::list(&office.office, None, None, &ruth())
        .await
        .unwrap();
    assert_eq!(jobs.0, [], "no job without its case");

    office.tamper("DROP TRIGGER no_post").await;
    let receipt = office.public().complain(&words::form(), "k").await.unwrap();
    assert_eq!(receipt.reference.to_string(), "FC-10001", "the number was given back");
    assert_eq!(office.outbox(&receipt.reference).await.len(), 1);
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_case() {
    let office = open().await;
    let first = office.public().complain(&words::form(), "k").await.unwrap();
    office.on("2026-06-09 09:20");
    let again = office.public().complain(&words::form(), "k").await.unwrap();
    assert_eq!(again, first, "the second press is told what the first one did");
    let (left, right) = (office.public(), office.public());
    let form = words::form();
    let (left, right) = tokio::join!(left.complain(&form, "both"), right.complain(&form, "both"));
    let (left, right) = (left.unwrap(), right.unwrap());
    assert_eq!(left, right, "also when both are pressed at the same moment");
    let other = office.public().complain(&words::form(), "another").await.unwrap();
    assert_eq!(
        office.listed(Shown::Triage, &ruth()).await,
        ["FC-10001", "FC-10002", "FC-10003"]
    );
    assert_ne!(other.receipt_code, first.receipt_code);
    assert_eq!(office.outbox(&first.reference).await.len(), 1, "one acknowledgement");
}

#[tokio::test]
async fn forms_that_lost_their_key_are_never_taken_for_one_another() {
    let office = open().await;
    let priya = office.public().complain(&words::form(), "").await.unwrap();
    let form = RawFeedback {
        name: "Luca Marchetti".to_owned(),
        email: "luca@example.ac.uk".to_owned(),
        ..words::form()
    };
    let luca = office.public().complain(&form, "").await.unwrap();
    assert_ne!(
        priya.reference, luca.reference,
        "Luca must not be handed Priya's receipt"
    );
    assert_eq!(
        office.case(&luca.reference).await.received.complainant.name.as_deref(),
        Some("Luca Marchetti")
    );
}

#[tokio::test]
async fn a_form_that_cannot_be_used_is_refused_by_field_and_nothing_is_kept() {
    let office = open().await;
    let public = office.public();
    let form = RawFeedback {
        words: " \n ".to_owned(),
        email: "priya at home".to_owned(),
        phone: "no".to_owned(),
        name: "x".repeat(301),
        ..words::form()
    };
    assert_eq!(
        fields(public.complain(&form, "k").await),
        ["what", "email", "phone", "name"]
    );
    let no_address = RawFeedback {
        email: String::new(),
        ..words::form()
    };
    assert_eq!(
        fields(public.complain(&no_address, "k").await),
        ["email"],
        "they want to be answered by email"
    );
    assert_eq!(office.listed(Shown::Triage, &ruth()).await, [""; 0]);
    let mended = public.complain(&words::form(), "k").await.unwrap();
    assert_eq!(
        mended.reference.to_string(),
        "FC-10001",
        "the same form, mended, is the first"
    );
}

#[tokio::test]
async fn thanks_and_ideas_are_answered_and_passed_on_without_stages() {
    for (kind, expected) in [
        ("compliment", FeedbackKind::Compliment),
        ("suggestion", FeedbackKind::Suggestion),
        ("comment", FeedbackKind::Comment),
    ] {
        let office = open().await;
        let form = RawFeedback {
            kind: kind.to_owned(),
            ..words::thanks()
        };
        let reference = office.public().complain(&form, "k").await.unwrap().reference;
        let letter = office.letters(&reference).await.remove(0);
        assert_eq!(
            (letter.kind, &*letter.facts.feedback),
            (LetterKind::FeedbackReceived, kind)
        );
        assert_eq!(letter.facts.decision_date, "", "nothing is decided about it");
        office.letters_arrive().await;
        assert_eq!(office.case(&reference).await.kind, expected);
        assert!(office.file(&reference).await.decision_date().is_none());

        let read = Triage {
            problem: String::new(),
            ..words::judged_for(&amara())
        };
        let case = casework::handling::judge::triage(office.hand(&ruth(), &reference), &read)
            .await
            .unwrap();
        assert!(!case.is_open(), "read and passed on to {:?}", case.owner);
        let Event::Closed(closed) = office.last_event(&reference).await else {
            panic!("{:?}", office.kinds(&reference).await)
        };
        assert_eq!(closed.ending.code(), "noted");
        assert_eq!(office.job("F1000001").await.job.unwrap().status, "closed");
    }
}

#[tokio::test]
async fn thanks_whose_letter_failed_once_show_no_alert_after_it_arrived() {
    use casework::jobs::post::{self, Afterwards};
    let office = open().await;
    let reference = office.public().complain(&words::thanks(), "k").await.unwrap().reference;
    let letter = post::claim(&office.office, 9).await.unwrap().remove(0);
    let retry = Afterwards::RetryAt(at("2026-06-09 09:16"));
    post::failed(&office.office, &letter, "451 try later", retry)
        .await
        .unwrap();
    assert_eq!(office.row(&reference).await.alerts, 1);
    office.on("2026-06-09 09:16");
    office.letters_arrive().await;
    assert_eq!(office.case(&reference).await.alerts, []);
    assert_eq!(office.row(&reference).await.alerts, 0);
}

#[tokio::test]
async fn somebody_who_says_nothing_about_themselves_is_heard_all_the_same() {
    let office = open().await;
    let receipt = office.public().complain(&words::anonymous_form(), "k").await.unwrap();
    let case = office.case(&receipt.reference).await;
    assert!(case.received.complainant.is_anonymous());
    let shown = case.acknowledged.clone().unwrap();
    assert_eq!(
        shown.by,
        Means::TrackingPage,
        "the confirmation page is the acknowledgement"
    );
    assert_eq!(office.outbox(&receipt.reference).await, [], "nobody to write to");

    let case = office
        .door(&iris())
        .list(&Shown::Triage, None)
        .await
        .unwrap()
        .lines
        .remove(0);
    assert_eq!(case.card.from, "Anonymous");
    office
        .public()
        .enter("fc 10001", &receipt.receipt_code, "192.0.2.1")
        .await
        .expect("the code lets them back in without an account");
}
