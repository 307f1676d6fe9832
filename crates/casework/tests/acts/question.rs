//! A question to the complainant on a real store: the letter, the reminders of the worker, the answer on the tracking page, and closing without one
//! (A41).

use casework::handling::{Hand, ask, consent, decide};
use casework::jobs::watch;
use casework::{PublicDoor, evidence};
use rules::case::Reference;
use rules::case::event::{AnsweredBy, ConsentAsked, InfoReceived, InfoRequested};
use rules::case::vocabulary::{Ending, Means};
use rules::deadlines::Duty;
use rules::intake::RawFeedback;
use rules::letters::LetterKind;
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, ruth};
use testkit::{day, words};

use crate::support::{open, refusal};

const QUESTION: &str = "On which floor were you?";

fn question() -> InfoRequested {
    InfoRequested {
        question: QUESTION.to_owned(),
        by: Means::Email,
        hoped_by: day("2026-06-12"),
    }
}

/// Dana asks on Wednesday 10 June 2026 at 10am, and the letter arrives.
async fn asked(office: &OpenOffice) -> Reference {
    let reference = office.at_stage_2("k").await;
    office.on("2026-06-10 10:00");
    ask::ask(office.hand(&dana(), &reference), &question()).await.unwrap();
    office.letters_arrive().await;
    reference
}

async fn close(hand: Hand<'_>) -> Result<rules::case::Case, casework::ActError> {
    decide::close(hand, Ending::NoResponse, "We cannot find it without you.").await
}

/// The worker looks at the clocks; answers the letters that wait then.
async fn looks(office: &OpenOffice, local: &str, reference: &Reference) -> Vec<LetterKind> {
    office.on(local);
    watch::look(&office.office).await.unwrap();
    let letters = office.letters(reference).await;
    office.letters_arrive().await;
    letters.iter().map(|letter| letter.kind).collect()
}

#[tokio::test]
async fn the_letter_says_what_is_asked_and_that_no_date_waits() {
    let office = open().await;
    let reference = asked(&office).await;
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(letter.kind, LetterKind::Question);
    assert_eq!(letter.facts.body, QUESTION);
    assert_eq!(letter.facts.answer_by, "Friday 12 June 2026");
    assert_eq!(letter.facts.decision_date, "Tuesday 7 July 2026");
    assert_eq!(letter.facts.signed_by, dana().name);
    assert_eq!(office.date(&reference, Duty::Decision).await.due_on, day("2026-07-07"));
    let row = office.row(&reference).await;
    let card: serde_json::Value = serde_json::from_slice(&row.card).unwrap();
    assert_eq!(card["waits_for_answer"], true, "the list says so");
    assert_eq!(row.state, "open");
    let job = office.job(&office.case(&reference).await.job.unwrap().number).await;
    let said: Vec<&str> = job.updates.iter().map(|update| update.text.as_str()).collect();
    assert!(
        said.contains(&"Question to the complainant (email): On which floor were you?"),
        "{said:?}"
    );
}

#[tokio::test]
async fn the_worker_reminds_twice_and_never_closes() {
    let office = open().await;
    let reference = asked(&office).await;
    let reminders = |letters: &[LetterKind]| {
        let kind = LetterKind::QuestionReminder;
        letters.iter().filter(|letter| **letter == kind).count()
    };
    assert_eq!(reminders(&looks(&office, "2026-06-15 08:59", &reference).await), 0);
    assert_eq!(reminders(&looks(&office, "2026-06-15 09:01", &reference).await), 1);
    assert_eq!(
        reminders(&looks(&office, "2026-06-15 09:02", &reference).await),
        1,
        "once"
    );
    assert_eq!(reminders(&looks(&office, "2026-06-18 09:01", &reference).await), 2);
    let last = office.letters(&reference).await.pop().unwrap();
    assert_eq!(last.facts.missed_answer_by, "Friday 12 June 2026");
    assert_eq!(last.facts.close_from, "Thursday 25 June 2026");
    assert_eq!(
        last.facts.signed_by, "IT Services",
        "nobody signs what goes out by itself"
    );
    assert_eq!(reminders(&looks(&office, "2026-08-03 09:00", &reference).await), 2);
    assert!(office.case(&reference).await.is_open());
    assert!(evidence::verify(&office.office).await.unwrap().is_whole());
}

#[tokio::test]
async fn what_they_write_on_their_page_answers_it_and_nobody_is_reminded() {
    let office = open().await;
    let reference = asked(&office).await;
    let case = office.case(&reference).await;
    let door = PublicDoor::of(office.office.clone());
    let who = door
        .follow(&reference.to_string(), &case.received.link_token)
        .await
        .unwrap();
    door.reply(&who, "On the second", "r").await.unwrap();
    assert!(!office.case(&reference).await.waits_for_answer());
    let kinds = office.kinds(&reference).await;
    assert_eq!(kinds[kinds.len() - 2..], ["message.received", "info.received"]);
    let letters = looks(&office, "2026-06-18 09:01", &reference).await;
    assert!(!letters.contains(&LetterKind::QuestionReminder));
}

#[tokio::test]
async fn a_person_closes_it_in_time_and_the_letter_says_until_when_they_can_come_back() {
    let office = open().await;
    let reference = asked(&office).await;
    let ruth = ruth();
    let early = refusal(close(office.hand(&ruth, &reference)).await);
    assert!(early.contains("Decide on what is known"), "{early}");
    looks(&office, "2026-06-15 09:01", &reference).await;
    looks(&office, "2026-06-18 09:01", &reference).await;
    office.on("2026-06-24 16:00");
    let tenth = refusal(close(office.hand(&ruth, &reference)).await);
    assert!(tenth.contains("until the end of Wednesday 24 June 2026"), "{tenth}");
    office.on("2026-06-25 09:00");
    close(office.hand(&ruth, &reference)).await.unwrap();
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(letter.kind, LetterKind::ClosedWithoutDecision);
    assert_eq!(letter.facts.return_by, "Thursday 23 July 2026", "twenty working days");
    assert!(letter.facts.outcome_sentence.contains("did not hear from you"));
    let referred = office.at_stage_1("other").await;
    decide::close(office.hand(&ruth, &referred), Ending::Referred, "Estates")
        .await
        .unwrap();
    assert_eq!(office.letters(&referred).await.pop().unwrap().facts.return_by, "");
}

#[tokio::test]
async fn an_answer_by_phone_is_written_down() {
    let office = open().await;
    let reference = asked(&office).await;
    let answer = InfoReceived {
        by: AnsweredBy::Told,
        words: Some("The second, she says".to_owned()),
    };
    ask::answered(office.hand(&dana(), &reference), &answer).await.unwrap();
    assert!(!office.case(&reference).await.waits_for_answer());
    let job = office.job(&office.case(&reference).await.job.unwrap().number).await;
    assert!(
        job.updates.iter().all(|update| !update.text.contains("she says")),
        "staff words stay with the case"
    );
}

#[tokio::test]
async fn before_consent_more_time_is_told_without_its_reason_and_nothing_else_is() {
    let office = open().await;
    let raw = RawFeedback {
        acting_for: "Jonah Adeyemi".to_owned(),
        ..words::form()
    };
    let reference = office.public().complain(&raw, "k").await.unwrap().reference;
    casework::handling::judge::triage(office.hand(&ruth(), &reference), &words::judged_for(&amara()))
        .await
        .unwrap();
    let (amara, marcus) = (amara(), testkit::people::marcus());
    for by in [Means::Email, Means::Phone] {
        let update = rules::case::event::UpdateSent {
            words: "The log shows his name".to_owned(),
            by,
            next_on: None,
        };
        let said = casework::handling::write::update(office.hand(&amara, &reference), &update).await;
        assert!(refusal(said).contains("has not agreed"), "{by:?}");
    }
    let more = rules::handling::extend::MoreTime {
        new_due_on: day("2026-06-15"),
        reason_code: Some("major_incident".to_owned()),
        reason: "The log shows that Jonah was signed in elsewhere.".to_owned(),
    };
    casework::handling::extend::extend(office.hand(&marcus, &reference), &more)
        .await
        .unwrap();
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!((letter.kind, letter.facts.body.as_str()), (LetterKind::Extension, ""));
    assert_eq!(letter.facts.decision_date, "Monday 15 June 2026");
    assert_eq!(letter.facts.acting_for, "Jonah Adeyemi");
    // Asking for consent says nothing about them, so it can be spoken.
    let asked = ConsentAsked {
        by: Means::Phone,
        words: None,
    };
    consent::ask(office.hand(&amara, &reference), &asked).await.unwrap();
}
