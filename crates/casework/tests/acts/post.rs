//! The outbox as the worker sees it: taken once, kept until it is known what became of it, never sent twice knowingly, never lost (R18, A8).

use casework::desk::Shown;
use casework::handling::write;
use casework::jobs::post::{self, Afterwards, Sent, ToSend};
use casework::jobs::post_lists::{self, OutboxState};
use rules::case::event::UpdateSent;
use rules::case::vocabulary::Means;
use rules::case::{Alert, Event, Reference};
use rules::letters::LetterKind;
use testkit::office::OpenOffice;
use testkit::people::{amara, ruth, tom};
use testkit::{at, words};

use crate::support::open;

/// Far longer than anything takes here: a test that waits in vain fails and does not hang.
const LONG: std::time::Duration = std::time::Duration::from_secs(20);
const ACCEPTED: &str = "250 2.0.0 queued as 7F (<fc-10001-2-1@calderbrook.example>)";

async fn waiting(office: &OpenOffice) -> Vec<ToSend> {
    post::claim(&office.office, 20).await.unwrap()
}

async fn arrives(office: &OpenOffice, letter: &ToSend) {
    let sent = Sent {
        subject: format!("Subject of {}", letter.letter.kind.code()),
        text: format!("Dear Priya,\n{}", letter.letter.facts.body),
        sha256: None,
        proof: ACCEPTED.to_owned(),
    };
    post::delivered(&office.office, letter, sent).await.unwrap();
}

async fn says(office: &OpenOffice, reference: &Reference, words: &str) {
    let update = UpdateSent {
        words: words.to_owned(),
        by: Means::Email,
        next_on: None,
    };
    write::update(office.hand(&amara(), reference), &update).await.unwrap();
}

async fn received(office: &OpenOffice) -> Reference {
    office.public().complain(&words::form(), "k").await.unwrap().reference
}

#[tokio::test]
async fn a_letter_is_taken_by_one_worker_and_comes_again_when_that_one_dies() {
    let office = open().await;
    let reference = received(&office).await;
    let (one, two) = (office.office.clone(), office.office.clone());
    let (one, two) = tokio::join!(post::claim(&one, 20), post::claim(&two, 20));
    let taken = [one.unwrap(), two.unwrap()].concat();
    assert_eq!(taken.len(), 1, "one of two workers has it");
    assert_eq!((taken[0].attempts, taken[0].owed_at), (1, at("2026-06-09 09:15")));
    office.on("2026-06-09 09:16:59");
    assert_eq!(waiting(&office).await.len(), 0, "held for two minutes");
    office.on("2026-06-09 09:17:01");
    let again = waiting(&office).await;
    assert_eq!((again.len(), again[0].attempts), (1, 2));
    assert!(
        !post::already_delivered(&office.office, &again[0]).await.unwrap(),
        "nobody knows that it was sent"
    );
    arrives(&office, &again[0]).await;
    assert_eq!(waiting(&office).await.len(), 0);
    office.on("2026-06-10 09:00");
    assert_eq!(waiting(&office).await.len(), 0, "what was sent does not come again");
    assert_eq!(
        office.outbox(&reference).await[0].sent_at,
        Some(at("2026-06-09 09:17:01"))
    );
}

#[tokio::test]
async fn the_delivery_is_on_the_record_with_its_words_and_the_answer_of_the_server() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    says(&office, &reference, "We have asked the supplier.").await;
    let owed_by = office.case(&reference).await.sequence;
    office.on("2026-06-09 09:16");
    arrives(&office, &waiting(&office).await[0]).await;
    let Event::LetterDelivered(delivered) = office.last_event(&reference).await else {
        panic!("{:?}", office.kinds(&reference).await)
    };
    assert_eq!(
        (delivered.letter, delivered.owed_by),
        (LetterKind::Update, Some(owed_by))
    );
    assert_eq!(
        (&*delivered.communicated.proof, delivered.communicated.at),
        (ACCEPTED, at("2026-06-09 09:16"))
    );
    assert_eq!(delivered.text, "Dear Priya,\nWe have asked the supplier.");
}

#[tokio::test]
async fn after_a_crash_between_delivery_and_settling_it_is_known_as_delivered() {
    for kind in ["acknowledgement", "stage_1_decision"] {
        let office = open().await;
        let reference = received(&office).await;
        if kind == "stage_1_decision" {
            office.letters_arrive().await;
            let other = office.answered("other").await;
            assert_ne!(other, reference);
        } else {
            arrives(&office, &waiting(&office).await[0]).await;
        }
        // The power went before the outbox heard of it.
        let sql = "UPDATE outbox SET state = 'sending', sent_at = NULL, lease_until = 0 WHERE id = (SELECT MAX(id) FROM outbox)";
        assert_eq!(office.tamper(sql).await, 1);
        office.on("2026-06-09 09:30");
        let again = waiting(&office).await.remove(0);
        assert_eq!((again.letter.kind.code(), again.attempts), (kind, 2));
        let before = office.kinds(&again.reference).await;
        assert!(post::already_delivered(&office.office, &again).await.unwrap(), "{kind}");
        post::settle(&office.office, again.id).await.unwrap();
        assert_eq!(
            office.kinds(&again.reference).await,
            before,
            "not delivered twice on the record"
        );
        assert_eq!(
            office.outbox(&again.reference).await.pop().unwrap().state,
            OutboxState::Sent
        );
    }
}

#[tokio::test]
async fn two_updates_that_begin_alike_are_two_letters() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    says(&office, &reference, "We have asked the supplier.").await;
    let first = waiting(&office).await.remove(0);
    let later = Afterwards::RetryAt(at("2026-06-09 09:20"));
    post::failed(&office.office, &first, "451 try later", later)
        .await
        .unwrap();
    office.on("2026-06-09 09:18");
    says(&office, &reference, "We have an answer from the supplier.").await;
    arrives(&office, &waiting(&office).await[0]).await;
    office.on("2026-06-09 09:20");
    let first = waiting(&office).await.remove(0);
    assert_eq!(first.letter.facts.body, "We have asked the supplier.");
    let known = post::already_delivered(&office.office, &first).await.unwrap();
    assert!(!known, "the second letter is not the first, though both begin with We");
}

#[tokio::test]
async fn a_failure_shows_on_the_case_and_on_the_desk_until_the_letter_arrives() {
    let office = open().await;
    let reference = received(&office).await;
    let mut letter = waiting(&office).await.remove(0);
    for (attempt, retry) in [
        (1, "2026-06-09 09:16"),
        (2, "2026-06-09 09:18"),
        (3, "2026-06-09 09:23"),
    ] {
        assert_eq!(letter.attempts, attempt);
        let afterwards = Afterwards::RetryAt(at(retry));
        post::failed(&office.office, &letter, "451 4.2.2 Mailbox full", afterwards)
            .await
            .unwrap();
        assert_eq!(waiting(&office).await.len(), 0, "not before {retry}");
        office.on(retry);
        letter = waiting(&office).await.remove(0);
    }
    let failures = office
        .kinds(&reference)
        .await
        .into_iter()
        .filter(|kind| *kind == "ack.delivery_failed")
        .count();
    assert_eq!(
        failures, 1,
        "the first failure is told, the next ones are only tried again"
    );
    let alerts = office.case(&reference).await.alerts;
    let expected = Alert::Undelivered {
        letter: LetterKind::Acknowledgement,
        reason: "451 4.2.2 Mailbox full".to_owned(),
        given_up: false,
        again_at: None,
    };
    assert_eq!(alerts, [expected]);
    assert_eq!(office.row(&reference).await.alerts, 1);
    let line = office
        .door(&ruth())
        .list(&Shown::Triage, None)
        .await
        .unwrap()
        .lines
        .remove(0);
    assert!(line.card.undelivered);
    let told = office.job("F1000001").await.updates.pop().unwrap().text;
    assert_eq!(told, "A letter did not arrive: 451 4.2.2 Mailbox full");

    arrives(&office, &letter).await;
    assert_eq!(office.case(&reference).await.alerts, []);
    assert_eq!(office.row(&reference).await.alerts, 0);
}

#[tokio::test]
async fn what_is_given_up_is_an_alert_that_stays_and_is_not_tried_again() {
    let office = open().await;
    let reference = received(&office).await;
    let letter = waiting(&office).await.remove(0);
    let reason = "550 5.1.1 No such mailbox";
    post::failed(&office.office, &letter, reason, Afterwards::GiveUp)
        .await
        .unwrap();
    office.on("2026-06-12 09:00");
    assert_eq!(waiting(&office).await.len(), 0);
    let alerts = office.case(&reference).await.alerts;
    assert!(
        matches!(alerts.as_slice(), [Alert::Undelivered { given_up: true, .. }]),
        "{alerts:?}"
    );
    let line = post_lists::recent(&office.office, 5, &tom()).await.unwrap().remove(0);
    assert_eq!(
        (line.state, line.attempts, line.last_error.as_deref()),
        (OutboxState::GivenUp, 1, Some(reason))
    );
    assert!(office.case(&reference).await.acknowledged.is_none());
}

#[tokio::test]
async fn a_letter_without_an_address_waits_on_the_tracking_page() {
    let office = open().await;
    let mut form = words::form();
    form.reply_by = "tracking_page".to_owned();
    let reference = office.public().complain(&form, "k").await.unwrap().reference;
    assert_eq!(
        office.outbox(&reference).await,
        [],
        "the confirmation page was the acknowledgement"
    );
    let judged = words::judged_for(&amara());
    casework::handling::judge::triage(office.hand(&ruth(), &reference), &judged)
        .await
        .unwrap();
    says(&office, &reference, "We have asked the supplier.").await;
    let letter = waiting(&office).await.remove(0);
    assert_eq!((letter.letter.by, letter.letter.to), (Means::TrackingPage, None));
}

#[tokio::test]
async fn a_letter_that_cannot_be_read_any_more_does_not_hold_up_the_others() {
    let office = open().await;
    let gone = received(&office).await;
    let stream = gone.to_string();
    let now = office.office.now();
    let destroyed = office
        .office
        .store()
        .write(move |tx| Box::pin(async move { storage::stream_keys::destroy(tx, &stream, now).await }));
    assert!(
        destroyed
            .await
            .unwrap_or_else(|error: storage::StorageError| panic!("{error}"))
    );
    let other = office
        .public()
        .complain(&words::form(), "other")
        .await
        .unwrap()
        .reference;
    let taken = waiting(&office).await;
    assert_eq!(
        taken.iter().map(|letter| &letter.reference).collect::<Vec<_>>(),
        [&other]
    );
    assert_eq!(office.outbox(&gone).await[0].state, OutboxState::GivenUp);
}

#[tokio::test]
async fn the_worker_is_woken_by_the_act_that_owes_a_letter() {
    let office = open().await;
    let waiting = tokio::spawn({
        let office = office.office.clone();
        async move { post::wait(&office).await }
    });
    received(&office).await;
    let woken = tokio::time::timeout(LONG, waiting).await;
    woken.expect("woken by the act, and by no clock").unwrap();
}
