//! A mail server that is away, busy or refuses: the letter waits, the case says so, and what arrives arrives once (R18, A8).

use casework::jobs::post_lists::OutboxState;
use rules::case::{Alert, Reference};
use rules::letters::LetterKind;
use testkit::office::OpenOffice;

use crate::post::{Post, room};

async fn alert(office: &OpenOffice, reference: &Reference) -> Option<(LetterKind, String, bool)> {
    let mut alerts = office.case(reference).await.alerts;
    assert!(alerts.len() <= 1, "{alerts:?}");
    assert_eq!(
        office.row(reference).await.alerts,
        i64::try_from(alerts.len()).unwrap(),
        "the lists agree"
    );
    match alerts.pop() {
        Some(Alert::Undelivered {
            letter,
            reason,
            given_up,
            ..
        }) => Some((letter, reason, given_up)),
        None => None,
        other => panic!("{other:?}"),
    }
}

async fn failures(office: &OpenOffice, reference: &Reference) -> usize {
    let kinds = office.kinds(reference).await;
    kinds.into_iter().filter(|kind| *kind == "ack.delivery_failed").count()
}

/// Moves the clock to the instant from which the letter is tried again, and a second before it.
async fn next_try(post: &Post, reference: &Reference) -> i64 {
    let before = post.office.office.now();
    let row = post.office.outbox(reference).await.remove(0);
    let minutes = row.not_before.duration_since(before).as_secs();
    post.office.stop_at(row.not_before - std::time::Duration::from_secs(1));
    assert_eq!(post.room.round().await.unwrap(), 0, "not a second before its time");
    post.office.stop_at(row.not_before);
    minutes
}

#[tokio::test]
async fn a_server_that_is_away_is_tried_again_ever_more_seldom_and_the_letter_arrives_once() {
    let (post, server) = Post::open("away").await;
    let port = server.stop();
    let reference = post.complain("priya@example.ac.uk").await;
    let mut waits = Vec::new();
    for attempt in 1..=5 {
        assert_eq!(post.room.round().await.unwrap(), 1, "attempt {attempt}");
        let row = post.office.outbox(&reference).await.remove(0);
        assert_eq!((row.state, row.attempts), (OutboxState::Failed, attempt));
        let (letter, reason, given_up) = alert(&post.office, &reference).await.expect("the case says so");
        assert_eq!((letter, given_up), (LetterKind::Acknowledgement, false));
        assert!(reason.contains("could not reach 127.0.0.1"), "{reason}");
        waits.push(next_try(&post, &reference).await);
    }
    for (wait, minutes) in waits.iter().zip([1, 2, 5, 15, 30]) {
        let range = minutes * 60..=minutes * 72;
        assert!(range.contains(wait), "{minutes} minutes and a fifth at most: {waits:?}");
    }
    assert_eq!(failures(&post.office, &reference).await, 1, "said once on the record");
    assert!(post.office.case(&reference).await.acknowledged.is_none());

    let server = post.server_on(port);
    let arrived = post.goes_out(&server).await;
    assert_eq!(arrived.len(), 1);
    assert_eq!(arrived[0].subject, "We have your complaint (FC-10001)");
    assert_eq!(alert(&post.office, &reference).await, None, "the alert is settled");
    assert!(post.office.case(&reference).await.acknowledged.is_some());
    post.office.on("2026-06-11 09:15");
    assert_eq!(post.goes_out(&server).await, [], "once");
}

/// A complaint every half hour while the mail server is away for a day and a night. Then all letters go out within the longest wait, each once.
#[tokio::test]
async fn a_server_that_is_away_for_a_day_gets_every_letter_once_when_it_is_back() {
    let (post, server) = Post::open("day").await;
    let port = server.stop();
    let begun = post.office.office.now();
    let minute = |minutes: u64| begun + std::time::Duration::from_secs(60 * minutes);
    let mut complaints = Vec::new();
    for minutes in (0..24 * 60).step_by(5) {
        post.office.stop_at(minute(minutes));
        if minutes % 30 == 0 {
            complaints.push(post.complain(&format!("sender-{minutes}@example.ac.uk")).await);
        }
        post.room.round().await.unwrap();
    }
    for reference in &complaints {
        let (_, reason, given_up) = alert(&post.office, reference).await.expect("the case says so");
        assert!(reason.contains("could not reach 127.0.0.1") && !given_up, "{reason}");
        assert_eq!(failures(&post.office, reference).await, 1, "said once on the record");
    }

    let server = post.server_on(port);
    // An hour and a fifth of one is the longest wait between two tries.
    for minutes in (24 * 60..=24 * 60 + 75).step_by(5) {
        post.office.stop_at(minute(minutes));
        while post.room.round().await.unwrap() > 0 {}
    }
    let mut told: Vec<String> = server.received().into_iter().flat_map(|letter| letter.to).collect();
    told.sort();
    let mut expected: Vec<String> = (0..48)
        .map(|half| format!("sender-{}@example.ac.uk", half * 30))
        .collect();
    expected.sort();
    assert_eq!(told, expected, "each of them, and once");
    for reference in &complaints {
        assert_eq!(alert(&post.office, reference).await, None, "the alert is settled");
        assert!(post.office.case(reference).await.acknowledged.is_some());
        assert_eq!(post.office.outbox(reference).await[0].state, OutboxState::Sent);
    }
    post.office.stop_at(minute(72 * 60));
    assert_eq!(post.room.round().await.unwrap(), 0, "nothing is left over");
}

#[tokio::test]
async fn a_server_that_goes_away_between_two_letters_and_comes_back_loses_none() {
    let (post, server) = Post::open("between").await;
    post.complain("one@example.ac.uk").await;
    assert_eq!(post.goes_out(&server).await.len(), 1);
    let port = server.stop();
    let reference = post.complain("two@example.ac.uk").await;
    assert_eq!(
        post.room.round().await.unwrap(),
        1,
        "by the connection that is gone, and a new one that nobody answers"
    );
    assert!(alert(&post.office, &reference).await.is_some());
    let server = post.server_on(port);
    next_try(&post, &reference).await;
    let arrived = post.goes_out(&server).await;
    assert_eq!(
        arrived.iter().map(|letter| &*letter.to[0]).collect::<Vec<_>>(),
        ["two@example.ac.uk"]
    );
}

#[tokio::test]
async fn an_address_that_the_server_refuses_is_given_up_at_once_and_holds_up_nobody() {
    let (post, server) = Post::open("refused").await;
    let refused = post.complain("refused@example.ac.uk").await;
    let fine = post.complain("priya@example.ac.uk").await;
    let arrived = post.goes_out(&server).await;
    assert_eq!(
        arrived.iter().map(|letter| &*letter.to[0]).collect::<Vec<_>>(),
        ["priya@example.ac.uk"]
    );
    assert_eq!(alert(&post.office, &fine).await, None);
    let (_, reason, given_up) = alert(&post.office, &refused).await.unwrap();
    assert!(given_up, "nobody tries again");
    assert!(
        reason.contains("refused the letter: 550") && reason.contains("No such mailbox"),
        "{reason}"
    );
    assert_eq!(post.office.outbox(&refused).await[0].state, OutboxState::GivenUp);
    post.office.on("2026-06-10 09:15");
    assert_eq!(post.goes_out(&server).await, []);
    assert_eq!(failures(&post.office, &refused).await, 1);
}

#[tokio::test]
async fn a_mailbox_that_stays_busy_is_given_up_after_two_days_and_the_case_says_that_nobody_tries() {
    let (post, server) = Post::open("busy").await;
    let reference = post.complain("busy@example.ac.uk").await;
    let mut attempts = 0;
    loop {
        assert_eq!(post.room.round().await.unwrap(), 1);
        attempts += 1;
        let (_, reason, given_up) = alert(&post.office, &reference).await.unwrap();
        assert!(reason.contains("451") && reason.contains("Mailbox busy"), "{reason}");
        if given_up {
            break;
        }
        next_try(&post, &reference).await;
    }
    let waited = post.office.office.now().duration_since(testkit::at("2026-06-09 09:15"));
    assert_eq!(waited.as_hours(), 48);
    assert!((40..=54).contains(&attempts), "{attempts} attempts");
    assert_eq!(failures(&post.office, &reference).await, 2, "the first and the last");
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn after_a_crash_between_delivery_and_settling_nothing_is_sent_again() {
    let (post, server) = Post::open("settle").await;
    let reference = post.complain("priya@example.ac.uk").await;
    assert_eq!(post.goes_out(&server).await.len(), 1);
    post.office
        .tamper("UPDATE outbox SET state = 'sending', sent_at = NULL, lease_until = 0")
        .await;
    post.office.on("2026-06-09 09:30");
    assert_eq!(post.room.round().await.unwrap(), 1);
    assert_eq!(server.received().len(), 1);
    assert_eq!(post.office.outbox(&reference).await[0].state, OutboxState::Sent);
}

#[tokio::test]
async fn after_a_crash_before_the_record_the_same_message_goes_out_again_and_others_are_not_held_up() {
    let (post, server) = Post::open("record").await;
    let first = post.complain("priya@example.ac.uk").await;
    let second = post.complain("luca@example.ac.uk").await;
    post.office
        .tamper(
            "CREATE TRIGGER no_record BEFORE INSERT ON events WHEN NEW.kind = 'ack.sent' AND NEW.stream = 'FC-10001'
             BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
        )
        .await;
    assert_eq!(post.room.round().await.unwrap(), 2);
    assert!(
        post.office.case(&first).await.acknowledged.is_none(),
        "sent, and nobody knows"
    );
    assert!(post.office.case(&second).await.acknowledged.is_some());
    post.office.tamper("DROP TRIGGER no_record").await;
    post.office.on("2026-06-09 09:30");
    let again = post.goes_out(&server).await;
    assert_eq!(again.len(), 1);
    let all = server.received();
    assert_eq!(all.len(), 3);
    // Letters of different cases go out at once, in any order.
    let before: Vec<_> = all[..2].iter().map(|message| &message.bytes).collect();
    assert!(
        before.contains(&&again[0].bytes),
        "the same message to the byte, so that readers see one"
    );
    assert!(post.office.case(&first).await.acknowledged.is_some());
}

#[tokio::test]
async fn the_post_room_works_until_the_office_closes() {
    let (post, server) = Post::open("open").await;
    post.complain("priya@example.ac.uk").await;
    let (close, closing) = tokio::sync::watch::channel(false);
    let working = tokio::spawn(room(&post.office, server.port).run(closing));
    close.send_replace(true);
    working.await.unwrap();
    assert_eq!(
        server.received().len(),
        1,
        "the letter that waited went out before it closed"
    );
}
