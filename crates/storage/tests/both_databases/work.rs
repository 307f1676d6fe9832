//! What hangs on a case: deadlines, jobs and letters.

use storage::StorageError;
use storage::deadlines::{self, DeadlineRow};
use storage::jobs::{self, JobFilter};
use storage::outbox::{self, OutboxState};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{deadline, job, job_update, later, letter, now};

fn a_try(id: i64, attempts: i64) -> outbox::Try {
    outbox::Try { id, attempts }
}

#[test]
fn deadlines_are_replaced_and_found_by_time() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let found = write(&store, |tx| {
            Box::pin(async move {
                let met = DeadlineRow {
                    met: true,
                    ..deadline("FC-1", "acknowledge", 10)
                };
                deadlines::replace(tx, "FC-1", &[deadline("FC-1", "stage-1", 90), met]).await?;
                deadlines::replace(
                    tx,
                    "FC-2",
                    &[deadline("FC-2", "stage-1", 20), deadline("FC-2", "update", 20)],
                )
                .await?;
                deadlines::replace(
                    tx,
                    "FC-2",
                    &[DeadlineRow {
                        due_on: None,
                        ..deadline("FC-2", "stage-1", 30)
                    }],
                )
                .await?;
                let due = deadlines::cases_due_before(tx, later(90), "", 10).await?;
                let more = deadlines::cases_due_before(tx, later(91), "", 10).await?;
                let page = deadlines::cases_due_before(tx, later(91), "", 1).await?;
                let next = deadlines::cases_due_before(tx, later(91), "FC-1", 1).await?;
                assert_eq!((page, next), (vec!["FC-1".to_owned()], vec!["FC-2".to_owned()]));
                Ok((due, more, deadlines::of_case(tx, "FC-1").await?))
            })
        })
        .await;
        let (due, more, of_case) = found;
        assert_eq!(due, ["FC-2"], "the end is not included, and what was met never shows");
        assert_eq!(more, ["FC-1", "FC-2"]);
        assert_eq!(
            of_case.iter().map(|row| &*row.clock).collect::<Vec<_>>(),
            ["acknowledge", "stage-1"]
        );
    });
}

#[test]
fn jobs_have_parents_children_and_updates() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                jobs::put(tx, &job(100_001, "FC-1", None)).await?;
                jobs::put(tx, &job(100_002, "FC-2", Some("F0100001"))).await?;
                jobs::put(tx, &job(100_003, "FC-2", Some("F0100001"))).await?;
                jobs::put(
                    tx,
                    &storage::jobs::JobRow {
                        status: "closed".to_owned(),
                        ..job(100_003, "FC-2", Some("F0100001"))
                    },
                )
                .await?;
                jobs::put_update(tx, &job_update("F0100002", 2, "second")).await?;
                jobs::put_update(tx, &job_update("F0100002", 1, "first")).await?;
                jobs::put_update(tx, &job_update("F0100002", 1, "first, again")).await
            })
        })
        .await;
        let orphan: Result<(), StorageError> = store
            .write(|tx| Box::pin(async move { jobs::put_update(tx, &job_update("F9", 1, "lost")).await }))
            .await;
        assert!(orphan.is_err());
        read(&store, |tx| {
            Box::pin(async move {
                assert_eq!(jobs::get(tx, "F0100001").await?, Some(job(100_001, "FC-1", None)));
                assert_eq!(jobs::get(tx, "F9").await?, None);
                let numbers =
                    |rows: Vec<storage::jobs::JobRow>| rows.into_iter().map(|row| row.number).collect::<Vec<_>>();
                assert_eq!(
                    numbers(jobs::children_of(tx, "F0100001").await?),
                    ["F0100002", "F0100003"]
                );
                assert_eq!(numbers(jobs::for_case(tx, "FC-1").await?), ["F0100001"]);
                let all = JobFilter::default();
                assert_eq!(numbers(jobs::list(tx, &all, None, 2).await?), ["F0100003", "F0100002"]);
                assert_eq!(numbers(jobs::list(tx, &all, Some("F0100002"), 2).await?), ["F0100001"]);
                let open = JobFilter {
                    status: Some("open".to_owned()),
                    profile: Some("General-Customer Feedback".to_owned()),
                    reference: Some("FC-2".to_owned()),
                    ..JobFilter::default()
                };
                assert_eq!(numbers(jobs::list(tx, &open, None, 9).await?), ["F0100002"]);
                let updates = jobs::updates(tx, "F0100002").await?;
                let expected = [
                    job_update("F0100002", 1, "first, again"),
                    job_update("F0100002", 2, "second"),
                ];
                assert_eq!(updates, expected);
                assert!(jobs::updates(tx, "F9").await?.is_empty());
                Ok(())
            })
        })
        .await;
    });
}

#[test]
fn a_letter_is_claimed_once_tried_again_and_sent() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                assert_eq!(outbox::oldest_waiting(tx).await?, None);
                let first = outbox::add(tx, &letter("FC-1", "hello")).await?;
                let second = outbox::add(
                    tx,
                    &outbox::NewOutbox {
                        not_before: later(60),
                        ..letter("FC-2", "later")
                    },
                )
                .await?;
                assert_eq!((first, second), (1, 2));
                assert_eq!(outbox::oldest_waiting(tx).await?, Some(now()));

                let claimed = outbox::claim(tx, now(), 30, 10).await?;
                assert_eq!(claimed.len(), 1);
                assert_eq!(
                    (claimed[0].id, claimed[0].state, claimed[0].attempts),
                    (1, OutboxState::Sending, 1)
                );
                assert_eq!(
                    (&*claimed[0].payload, claimed[0].lease_until),
                    (&b"hello"[..], Some(now() + jiff::SignedDuration::from_secs(30)))
                );
                assert!(outbox::claim(tx, now(), 30, 10).await?.is_empty(), "it is held");
                assert_eq!(outbox::broken_off(tx, now()).await?, [0; 0], "it is held");
                assert_eq!(outbox::broken_off(tx, later(1)).await?, [1]);
                assert_eq!(outbox::claim(tx, later(1), 30, 10).await?.len(), 1, "its lease ran out");

                // Whoever slept through the first try changes nothing about the second.
                outbox::failed(tx, a_try(1, 1), "too late", later(2)).await?;
                outbox::give_up(tx, a_try(1, 1), "too late").await?;
                assert_eq!(outbox::get(tx, 1).await?.unwrap().state, OutboxState::Sending);
                outbox::failed(tx, a_try(1, 2), "the server said no", later(10)).await?;
                assert_eq!(
                    outbox::broken_off(tx, later(600)).await?,
                    [0; 0],
                    "it is known what became of it"
                );
                assert!(outbox::claim(tx, later(9), 30, 10).await?.is_empty(), "not before");
                let again = outbox::claim(tx, later(10), 30, 10).await?;
                assert_eq!(
                    (again[0].attempts, again[0].last_error.as_deref()),
                    (3, Some("the server said no"))
                );
                outbox::put_back(tx, a_try(1, 2)).await?;
                assert_eq!(
                    outbox::get(tx, 1).await?.unwrap().state,
                    OutboxState::Sending,
                    "not theirs any more"
                );
                outbox::put_back(tx, a_try(1, 3)).await?;
                assert_eq!(
                    outbox::broken_off(tx, later(600)).await?,
                    [0; 0],
                    "given back, it was not sent"
                );
                assert_eq!(outbox::claim(tx, later(10), 30, 10).await?[0].attempts, 4);
                outbox::sent(tx, 1, later(11)).await?;
                outbox::failed(tx, a_try(1, 4), "too late to fail", later(12)).await?;
                let sent = outbox::get(tx, 1).await?.unwrap();
                assert_eq!((sent.state, sent.sent_at), (OutboxState::Sent, Some(later(11))));

                assert_eq!(outbox::claim(tx, later(60), 30, 10).await?[0].id, 2);
                outbox::give_up(tx, a_try(2, 1), "no such mailbox").await?;
                assert!(outbox::claim(tx, later(600), 30, 10).await?.is_empty());
                assert_eq!(outbox::oldest_waiting(tx).await?, None);
                assert_eq!(outbox::for_case(tx, "FC-2").await?[0].state, OutboxState::GivenUp);
                let recent: Vec<i64> = outbox::recent(tx, 10).await?.iter().map(|row| row.id).collect();
                assert_eq!(recent, [2, 1]);
                assert_eq!(outbox::get(tx, 3).await?, None);
                outbox::failed(tx, a_try(3, 1), "nothing", later(1)).await
            })
        })
        .await;
    });
}

/// A clock that was ahead is set right: what was owed under it goes out at once, and what is tried again waits for its time.
#[test]
fn a_letter_that_nothing_held_back_is_due_although_it_was_owed_under_a_clock_that_was_ahead() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                let owed_ahead = outbox::NewOutbox {
                    not_before: later(60),
                    created_at: later(60),
                    ..letter("FC-1", "hello")
                };
                outbox::add(tx, &owed_ahead).await?;
                assert_eq!(outbox::claim(tx, now(), 30, 10).await?.len(), 1);
                outbox::failed(tx, a_try(1, 1), "the server said no", later(61)).await?;
                assert!(outbox::claim(tx, now(), 30, 10).await?.is_empty());
                Ok(())
            })
        })
        .await;
    });
}

#[test]
fn a_letter_whose_place_was_taken_is_never_sent_or_tried_again() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                for reference in ["FC-1", "FC-2", "FC-3"] {
                    outbox::add(tx, &letter(reference, "hello")).await?;
                }
                // The first is in a worker's hands when it is taken back; the second has left, the third was refused for good.
                assert_eq!(outbox::claim(tx, now(), 30, 10).await?.len(), 3);
                outbox::sent(tx, 2, later(1)).await?;
                outbox::give_up(tx, a_try(3, 1), "no such mailbox").await?;
                for id in [1, 2, 3] {
                    outbox::replace(tx, id).await?;
                }
                outbox::failed(tx, a_try(1, 1), "the server said no", later(2)).await?;
                outbox::give_up(tx, a_try(1, 1), "the server said no").await?;
                let mut states = Vec::new();
                for id in [1, 2, 3] {
                    states.push(outbox::get(tx, id).await?.unwrap().state);
                }
                assert_eq!(states, [OutboxState::Replaced, OutboxState::Sent, OutboxState::GivenUp]);
                assert!(outbox::claim(tx, later(600), 30, 10).await?.is_empty());
                assert_eq!(outbox::oldest_waiting(tx).await?, None);
                Ok(())
            })
        })
        .await;
    });
}
