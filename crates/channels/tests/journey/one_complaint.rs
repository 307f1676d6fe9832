//! One complaint from the public form to a signed-off decision, and every letter of it as the mail server received it.

use casework::evidence::verify;
use casework::handling::{approve, decide, escalate, judge};
use casework::rebuild::rebuild;
use rules::case::event::LetterDelivered;
use rules::case::vocabulary::{Ending, Means};
use rules::case::{Event, State};
use rules::deadlines::Duty;
use rules::handling::decide::Telling;
use rules::handling::draft::AskSignOff;
use rules::people::Person;
use testkit::people::{amara, dana, ruth, samir};
use testkit::{at, day, words};

use crate::mail_server::Received;
use crate::post::Post;

const PRIYA: &str = "priya@example.ac.uk";

#[track_caller]
fn says(letter: &Received, words: &[&str]) {
    for word in words {
        assert!(letter.text.contains(word), "no {word:?} in the text:\n{}", letter.text);
    }
    assert_eq!(
        (&*letter.from, &*letter.to),
        ("it-feedback@calderbrook.example", [PRIYA.to_owned()].as_slice())
    );
    let html: String = letter.html.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(html.contains("FC-10001"), "the HTML says the same:\n{html}");
}

#[tokio::test]
async fn one_complaint_from_the_public_form_to_a_signed_off_decision() {
    let (post, server) = Post::open("whole").await;
    let office = &post.office;
    let (amara, dana, ruth, samir): (Person, Person, Person, Person) = (amara(), dana(), ruth(), samir());

    // Tuesday 9 June: Priya sends the form and is acknowledged with every date.
    let reference = post.complain(PRIYA).await;
    office.on("2026-06-09 09:16");
    let [acknowledgement] = post.goes_out(&server).await.try_into().unwrap();
    assert_eq!(acknowledgement.subject, "We have your complaint (FC-10001)");
    says(
        &acknowledgement,
        &[
            "Hello Priya.",
            "FC-10001",
            "stage 1",
            "Friday 12 June 2026",
            "Wednesday 10 June 2026",
        ],
    );
    assert_eq!(acknowledgement.auto_submitted.as_deref(), Some("auto-generated"));
    let told = office.case(&reference).await.acknowledged.unwrap();
    assert_eq!((told.by, told.at), (Means::Email, at("2026-06-09 09:16")));
    let answer = format!("250 OK: message queued (<{}>)", acknowledgement.message_id);
    assert_eq!(told.proof, answer, "the server's own words and the id of the message");

    // The link and the code of the letter let her back in.
    let link = acknowledgement
        .text
        .split_whitespace()
        .find(|word| word.contains("/track/FC-10001/k/"))
        .unwrap();
    let token = link.rsplit('/').next().unwrap().trim_end_matches([')', '>', '.']);
    let who = office.public().follow("FC-10001", token).await.unwrap();
    let (_, code) = acknowledgement.text.split_once("Your receipt code is ").unwrap();
    let code = code.split('.').next().unwrap();
    office.public().enter("FC-10001", code, "192.0.2.1").await.unwrap();

    // Thursday 11 June: Amara decides at stage 1.
    judge::triage(office.hand(&ruth, &reference), &words::judged_for(&amara))
        .await
        .unwrap();
    office.on("2026-06-11 15:00");
    let decision = words::decision_on(&office.case(&reference).await);
    decide::decide(office.hand(&amara, &reference), &decision, &Telling::InWriting)
        .await
        .unwrap();
    let [first_decision] = post.goes_out(&server).await.try_into().unwrap();
    assert_eq!(first_decision.subject, "Our decision on your complaint (FC-10001)");
    says(
        &first_decision,
        &[
            "We agree with your complaint.",
            "Two access points restarted four times that afternoon.",
            "We are sorry",
            "Thursday 9 July 2026",
            "Amara Osei",
        ],
    );
    assert_eq!(first_decision.auto_submitted, None, "a person wrote it");
    assert_eq!(
        office.date(&reference, Duty::Decision).await.met_at,
        Some(at("2026-06-11 15:00"))
    );

    // Friday 12 June: she asks for stage 2, and Ruth gives it to Dana.
    office.on("2026-06-12 10:00");
    office
        .public()
        .ask_stage_2(&who, "You did not look at the second afternoon.", "ask")
        .await
        .unwrap();
    escalate::accept(office.hand(&ruth, &reference), &dana, None)
        .await
        .unwrap();
    let [started] = post.goes_out(&server).await.try_into().unwrap();
    assert_eq!(started.subject, "A manager is now looking at your complaint (FC-10001)");
    says(
        &started,
        &[
            "Dana Kowalczyk, Service Delivery Manager",
            "stage 2",
            "Friday 10 July 2026",
            "Friday 19 June 2026",
        ],
    );

    // Wednesday 24 June: Dana writes, Samir signs off; nothing goes out in between.
    office.on("2026-06-24 11:00");
    let mut decision = words::decision_on(&office.case(&reference).await);
    decision.what_we_did = "We replaced the access points of the whole floor.".to_owned();
    decision.actions = vec![words::action("Check the other floors", day("2026-07-31"))];
    decide::submit_draft(office.hand(&dana, &reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    assert_eq!(post.goes_out(&server).await, [], "nothing goes out unsigned (R78)");
    office.on("2026-06-24 16:00");
    approve::approve(
        office.hand(&samir, &reference),
        &testkit::words::waiting(&office.case(&reference).await),
        None,
    )
    .await
    .unwrap();
    let [last_decision] = post.goes_out(&server).await.try_into().unwrap();
    assert_eq!(last_decision.subject, "Our decision on your complaint (FC-10001)");
    says(
        &last_decision,
        &[
            "We replaced the access points of the whole floor.",
            "Check the other floors (Network team, by Friday 31 July 2026)",
            "student complaints procedure",
            "Dana Kowalczyk",
            "Service Delivery Manager",
        ],
    );
    assert!(!last_decision.text.contains("Samir"), "who approves does not sign");

    // The record holds both decisions as they went out, with the answer of the server.
    let history = office.history(&reference).await;
    let told: Vec<&LetterDelivered> = history
        .iter()
        .filter_map(|recorded| match &recorded.event {
            Event::DecisionCommunicated(told) => Some(told),
            _ => None,
        })
        .collect();
    assert_eq!(told.len(), 2);
    for (told, letter) in told.into_iter().zip([&first_decision, &last_decision]) {
        assert_eq!(told.subject, letter.subject);
        assert_eq!(told.text.trim(), letter.text.trim(), "word for word");
        assert_eq!(
            told.communicated.proof,
            format!("250 OK: message queued (<{}>)", letter.message_id)
        );
    }
    let case = office.case(&reference).await;
    assert!(matches!(case.state, State::Closed(Ending::Decided, Some(_))));
    assert_eq!(
        case.stages.iter().map(|stage| stage.entry.stage).collect::<Vec<_>>(),
        [1, 2]
    );
    let met: Vec<_> = office
        .file(&reference)
        .await
        .deadlines
        .iter()
        .map(|date| (date.duty, date.is_late(office.office.now())))
        .collect();
    assert_eq!(
        met,
        [
            (Duty::Acknowledge, false),
            (Duty::Decision, false),
            (Duty::Decision, false)
        ]
    );
    assert_eq!(case.actions.len(), 1, "the promise outlives the case (R10)");

    assert_eq!(server.received().len(), 4, "and nothing besides");
    let report = verify(&office.office).await.unwrap();
    assert_eq!(report.faults, [""; 0]);
    assert_eq!(rebuild(&office.office).await.unwrap().differences, []);
}
