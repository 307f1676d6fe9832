//! Acts that were made ready before: they share a transaction, and each is alone in what it keeps all the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use storage::events::ReadyEvent;
use storage::idempotency::{self, Claim};
use storage::stream_keys::{self, NewKey};
use storage::{StorageError, Store, audit, counters, events, outbox, settings};

use crate::harness::{on_a_file, on_every_engine, read, write};
use crate::samples::{event, later, letter, now};
use crate::writing::hold;

/// How often an act was run.
type Runs = Arc<AtomicUsize>;

/// An act that begins a stream; the one with number 17 is refused after it wrote.
async fn begin(store: Store, number: usize, runs: Runs) -> Result<usize, StorageError> {
    let stream = format!("FC-{number}");
    let key = NewKey::make(store.keys(), &stream, now())?;
    let first = ReadyEvent::of(&event(&stream, 1, "ready"), &key)?;
    let ready = Arc::new((key, first));
    store
        .write_ready(move |tx| {
            let (ready, runs) = (ready.clone(), runs.clone());
            Box::pin(async move {
                runs.fetch_add(1, Ordering::Relaxed);
                stream_keys::begin(tx, &ready.0).await?;
                events::append_ready(tx, std::slice::from_ref(&ready.1)).await?;
                if number == 17 {
                    Err(StorageError::Busy)
                } else {
                    Ok(number)
                }
            })
        })
        .await
}

/// Runs so many of them beside each other and beside one that is no such act; answers how often they were run.
async fn together(store: &Store, numbers: std::ops::Range<usize>) -> usize {
    let runs = Runs::default();
    let release = hold(store);
    let acts: Vec<_> = numbers
        .map(|number| (number, tokio::spawn(begin(store.clone(), number, runs.clone()))))
        .collect();
    let other = store.clone();
    let beside = tokio::spawn(async move {
        let act = other.write(|tx| Box::pin(async move { events::append(tx, &[event("office", 1, "beside")]).await }));
        act.await.map(drop)
    });
    release.send(()).unwrap();
    beside.await.unwrap().unwrap();
    for (number, act) in acts {
        match act.await.unwrap() {
            Ok(answer) => assert_eq!(answer, number),
            Err(error) => assert!(number == 17 && matches!(error, StorageError::Busy), "{number}: {error}"),
        }
    }
    runs.load(Ordering::Relaxed)
}

async fn assert_kept(store: &Store, streams: usize) {
    let all = read(store, |tx| {
        Box::pin(async move { events::load_after(tx, 0, 1_000).await })
    })
    .await;
    assert_eq!(all.len(), streams + 1);
    assert!(
        all.iter().all(|event| event.stream != "FC-17"),
        "the refused act left nothing"
    );
    let positions: Vec<u64> = all.iter().map(|event| event.position).collect();
    assert_eq!(positions, (1..=streams as u64 + 1).collect::<Vec<_>>(), "and no gap");
    assert!(audit::verify(store).await.unwrap().is_whole());
}

#[test]
fn of_acts_that_are_ready_a_refused_one_leaves_nothing_and_the_others_stay() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        together(&store, 0..40).await;
        assert_kept(&store, 39).await;
    });
}

#[test]
fn acts_that_are_ready_are_run_once_where_none_is_refused() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        assert_eq!(together(&store, 100..140).await, 40);
        assert_kept(&store, 40).await;
    });
}

#[test]
fn an_act_that_is_refused_before_it_writes_makes_nobody_run_again() {
    on_a_file(|place| async move {
        let store = place.open().await;
        let runs = Runs::default();
        let counted = runs.clone();
        let refused = store.write_ready(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            Box::pin(async { Err::<(), _>(StorageError::Busy) })
        });
        assert!(refused.await.is_err());
        assert_eq!(runs.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn a_stream_begins_once() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        begin(store.clone(), 1, Runs::default()).await.unwrap();
        let again = begin(store.clone(), 1, Runs::default()).await;
        assert!(
            matches!(again, Err(StorageError::Conflict { sequence: 1, .. })),
            "{again:?}"
        );
        write(&store, |tx| {
            Box::pin(async move {
                events::append(tx, &[event("FC-1", 2, "goes on")]).await?;
                let told = events::load(tx, "FC-1").await?;
                let payloads: Vec<_> = told.iter().map(|event| event.payload.clone()).collect();
                assert_eq!(
                    payloads,
                    [event("FC-1", 1, "ready").payload, event("FC-1", 2, "goes on").payload]
                );
                Ok(())
            })
        })
        .await;
        assert!(audit::verify(&store).await.unwrap().is_whole());
    });
}

#[test]
fn an_answer_that_is_known_before_is_kept_with_its_claim() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let keep = |key: &'static str, answer: &'static str| {
            store.write_ready(move |tx| {
                Box::pin(async move {
                    events::append(tx, &[event(key, 1, answer)]).await?;
                    idempotency::keep(tx, key, answer, now()).await
                })
            })
        };
        // The first two share a commit, or the second finds the first in the database: it is refused either way, and undoes nobody else.
        let (first, second, other) =
            futures_util::join!(keep("form", "first"), keep("form", "second"), keep("other", "third"));
        assert!(first.is_ok() && other.is_ok(), "{first:?} {other:?}");
        let again = keep("form", "fourth").await;
        for refused in [second, again] {
            assert!(
                matches!(refused, Err(StorageError::Conflict { .. } | StorageError::Repeated)),
                "{refused:?}"
            );
        }
        write(&store, |tx| {
            Box::pin(async move {
                let fresh = idempotency::keep(tx, "third form", "fifth", now()).await;
                assert!(fresh.is_ok(), "{fresh:?}");
                assert_eq!(idempotency::answered(tx, "form").await?.as_deref(), Some("first"));
                assert_eq!(idempotency::answered(tx, "none").await?, None);
                let seen = Claim::Seen(Some("first".to_owned()));
                assert_eq!(idempotency::claim(tx, "form", later(2)).await?, seen);
                assert_eq!(events::load(tx, "form").await?.len(), 1);
                Ok(())
            })
        })
        .await;
        assert!(audit::verify(&store).await.unwrap().is_whole());
    });
}

#[test]
fn numbers_that_nobody_used_go_back_unless_others_were_given_since() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                assert_eq!(counters::take(tx, "case", 10_001, 8).await?, 10_001);
                assert_eq!(counters::take(tx, "case", 10_001, 2).await?, 10_009);
                counters::give_back(tx, "case", 10_004, 10_009).await?;
                assert_eq!(
                    counters::upcoming(tx, "case", 1).await?,
                    10_011,
                    "others were given since"
                );
                counters::give_back(tx, "case", 10_010, 10_011).await?;
                assert_eq!(counters::next(tx, "case", 1).await?, 10_010);
                Ok(())
            })
        })
        .await;
    });
}

#[test]
fn a_letter_keeps_the_number_that_was_taken_for_it() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                let first = outbox::number(tx, 3).await?;
                outbox::put(tx, first + 1, &letter("FC-1", "words")).await?;
                assert_eq!(outbox::add(tx, &letter("FC-1", "words")).await?, first + 3);
                let kept = outbox::for_case(tx, "FC-1").await?;
                let numbers: Vec<i64> = kept.iter().map(|letter| letter.id).collect();
                assert_eq!(numbers, [first + 1, first + 3]);
                Ok(())
            })
        })
        .await;
    });
}

#[test]
fn a_setting_that_is_written_again_has_another_mark() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                let before = settings::mark(tx, "list").await?;
                settings::put(tx, "list", "[]", now()).await?;
                let first = settings::mark(tx, "list").await?;
                assert_ne!(before, first);
                assert_eq!(first, settings::mark(tx, "list").await?);
                settings::put(tx, "list", "[]", now()).await?;
                assert_ne!(
                    first,
                    settings::mark(tx, "list").await?,
                    "the same words, written again"
                );
                Ok(())
            })
        })
        .await;
    });
}
