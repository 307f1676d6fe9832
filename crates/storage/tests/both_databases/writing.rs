//! The one writer: many acts in one commit, each alone in what it keeps.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use storage::{Engine, Keys, StorageError, Store, Tx, counters, events, outbox, stream_keys};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{event, later, letter};

/// What an act of these tests is refused with.
#[derive(Debug)]
enum Refused {
    ByRule,
    Storage,
}

impl From<StorageError> for Refused {
    fn from(_: StorageError) -> Refused {
        Refused::Storage
    }
}

async fn next(tx: &mut Tx<'_>) -> Result<i64, StorageError> {
    counters::next(tx, "test", 1).await
}

async fn taken(store: &Store) -> i64 {
    write(store, |tx| Box::pin(next(tx))).await - 1
}

/// Holds the writer inside an act until the returned sender is used, so that everything sent meanwhile shares a batch.
pub(crate) fn hold(store: &Store) -> mpsc::Sender<()> {
    let (release, held) = mpsc::channel::<()>();
    let (entered, inside) = mpsc::channel::<()>();
    let store = store.clone();
    tokio::spawn(async move {
        store
            .write::<(), StorageError, _>(move |_| {
                entered.send(()).unwrap();
                held.recv().unwrap();
                Box::pin(async { Ok(()) })
            })
            .await
    });
    inside.recv().unwrap();
    release
}

#[test]
fn of_acts_that_arrive_together_a_refused_one_leaves_nothing_and_the_others_stay() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let release = hold(&store);
        let mut acts = Vec::new();
        for number in 0..64 {
            let store = store.clone();
            acts.push(tokio::spawn(async move {
                store
                    .write(move |tx| {
                        Box::pin(async move {
                            let mut noted = event(&format!("FC-{number}"), 1, "together");
                            noted.actor = format!("staff:{number}");
                            events::append(tx, &[noted]).await?;
                            if number == 17 { Err(Refused::ByRule) } else { Ok(number) }
                        })
                    })
                    .await
            }));
        }
        release.send(()).unwrap();
        let mut refused = Vec::new();
        for (number, act) in acts.into_iter().enumerate() {
            match act.await.unwrap() {
                Ok(answer) => assert_eq!(answer, number),
                Err(error) => refused.push((number, error)),
            }
        }
        assert!(matches!(refused[..], [(17, Refused::ByRule)]), "{refused:?}");
        let all = read(&store, |tx| {
            Box::pin(async move { events::load_after(tx, 0, 100).await })
        })
        .await;
        assert_eq!(all.len(), 63);
        assert!(
            all.iter().all(|event| event.stream != "FC-17"),
            "the refused act left nothing"
        );
        let positions: Vec<u64> = all.iter().map(|event| event.position).collect();
        assert_eq!(positions, (1..=63).collect::<Vec<_>>(), "and no gap");
        assert!(storage::audit::verify(&store).await.unwrap().is_whole());
    });
}

#[test]
fn an_act_sees_what_one_before_it_in_the_same_batch_kept() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let release = hold(&store);
        let mut acts = Vec::new();
        for _ in 0..50 {
            let store = store.clone();
            acts.push(tokio::spawn(async move { store.write(|tx| Box::pin(next(tx))).await }));
        }
        release.send(()).unwrap();
        let mut numbers = Vec::new();
        for act in acts {
            let number: Result<i64, StorageError> = act.await.unwrap();
            numbers.push(number.unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=50).collect::<Vec<_>>());
    });
}

#[test]
fn a_case_forgotten_earlier_in_the_same_batch_takes_no_more() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-1", 1, "words")]).await })
        })
        .await;
        let release = hold(&store);
        let (destroyed, appended, ()) = tokio::join!(
            biased;
            store.write(|tx| Box::pin(async move { stream_keys::destroy(tx, "FC-1", later(9)).await })),
            store.write(|tx| Box::pin(async move { events::append(tx, &[event("FC-1", 2, "more")]).await })),
            async { release.send(()).unwrap() },
        );
        assert!(destroyed.unwrap());
        assert!(matches!(appended, Err(StorageError::MissingKey { .. })), "{appended:?}");
    });
}

#[test]
fn a_full_queue_says_busy_and_saves_nothing_of_what_it_refused() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let release = hold(&store);
        let busy = Arc::new(AtomicUsize::new(0));
        let mut acts = Vec::new();
        for _ in 0..1_100 {
            let (store, busy) = (store.clone(), busy.clone());
            acts.push(tokio::spawn(async move {
                match store.write(|tx| Box::pin(next(tx))).await {
                    Err(StorageError::Busy) => drop(busy.fetch_add(1, Ordering::SeqCst)),
                    answer => drop(answer.unwrap()),
                }
            }));
        }
        while busy.load(Ordering::SeqCst) < 1_100 - 1_024 {
            tokio::task::yield_now().await;
        }
        release.send(()).unwrap();
        for act in acts {
            act.await.unwrap();
        }
        assert_eq!(busy.load(Ordering::SeqCst), 76);
        assert_eq!(taken(&store).await, 1_024);
    });
}

#[test]
fn a_sequence_number_is_taken_once() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-1", 1, "first")]).await })
        })
        .await;
        let second = store
            .write(|tx| {
                Box::pin(async move {
                    next(tx).await?;
                    events::append(tx, &[event("FC-1", 1, "second")]).await
                })
            })
            .await;
        match second {
            Err(StorageError::Conflict { stream, sequence }) => assert_eq!((&*stream, sequence), ("FC-1", 1)),
            other => panic!("{other:?}"),
        }
        assert_eq!(taken(&store).await, 0, "the rest of the act was undone too");
        let kept = read(&store, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        assert_eq!(kept.len(), 1);
        assert!(String::from_utf8_lossy(&kept[0].payload).contains("first"));
    });
}

#[test]
fn an_act_that_panics_or_waits_is_undone_and_the_writer_lives_on() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let panicked: Result<(), StorageError> = store
            .write(|tx| {
                Box::pin(async move {
                    next(tx).await?;
                    panic!("a mistake in an act")
                })
            })
            .await;
        let Err(StorageError::Panicked(words)) = panicked else {
            panic!("{panicked:?}")
        };
        assert_eq!(words, "a mistake in an act");
        // Behind a wire every statement is waited for; an act that waits for something else loses its turn after ten seconds.
        if place.engine == Engine::Sqlite {
            let waited: Result<(), StorageError> = store
                .write(|tx| {
                    Box::pin(async move {
                        next(tx).await?;
                        tokio::task::yield_now().await;
                        Ok(())
                    })
                })
                .await;
            assert!(matches!(waited, Err(StorageError::Awaited)), "{waited:?}");
        }
        let looked: Result<(), StorageError> = store.read(|_| Box::pin(async { panic!("a mistake in a look") })).await;
        assert!(matches!(looked, Err(StorageError::Panicked(_))), "{looked:?}");
        assert_eq!(taken(&store).await, 0, "both were undone");
        for _ in 0..8 {
            read(&store, |tx| {
                Box::pin(async move { events::sequence_of(tx, "FC-1").await })
            })
            .await;
        }
    });
}

#[test]
fn a_look_cannot_write_and_sees_one_moment() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let wrote: Result<i64, StorageError> = store.read(|tx| Box::pin(next(tx))).await;
        assert!(
            matches!(wrote, Err(StorageError::Engine(_) | StorageError::DiskRefuses)),
            "{wrote:?}"
        );
        let (began, begun) = mpsc::channel();
        let (proceed, proceeding) = mpsc::channel::<()>();
        let looking = {
            let store = store.clone();
            tokio::spawn(async move {
                read(&store, move |tx| {
                    Box::pin(async move {
                        let before = events::sequence_of(tx, "FC-1").await?;
                        began.send(()).unwrap();
                        proceeding.recv().unwrap();
                        Ok((before, events::sequence_of(tx, "FC-1").await?))
                    })
                })
                .await
            })
        };
        begun.recv().unwrap();
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-1", 1, "meanwhile")]).await })
        })
        .await;
        proceed.send(()).unwrap();
        assert_eq!(looking.await.unwrap(), (0, 0));
    });
}

#[test]
fn the_worker_is_told_of_the_outbox_after_the_commit_and_not_of_what_was_undone() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let told = |store: &Store| {
            let store = store.clone();
            async move {
                let soon = std::time::Duration::from_millis(1);
                tokio::time::timeout(soon, store.outbox_changed().notified())
                    .await
                    .is_ok()
            }
        };
        let undone: Result<(), Refused> = store
            .write(|tx| {
                Box::pin(async move {
                    outbox::add(tx, &letter("FC-1", "never")).await?;
                    Err(Refused::ByRule)
                })
            })
            .await;
        assert!(undone.is_err());
        assert!(!told(&store).await);
        write(&store, |tx| {
            Box::pin(async move { outbox::add(tx, &letter("FC-1", "sent")).await })
        })
        .await;
        assert!(told(&store).await);
    });
}

#[test]
fn after_closing_nothing_is_taken_and_the_log_is_in_the_database() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        taken(&store).await;
        store.close().await.unwrap();
        let late: Result<i64, StorageError> = store.write(|tx| Box::pin(next(tx))).await;
        assert!(matches!(late, Err(StorageError::Closed)), "{late:?}");
        let late: Result<u32, StorageError> = store
            .read(|tx| Box::pin(async move { events::sequence_of(tx, "x").await }))
            .await;
        assert!(matches!(late, Err(StorageError::Closed)), "{late:?}");
        store.close().await.unwrap();
        let log = place.folder.join("redress.db-wal");
        assert!(!log.exists() || std::fs::metadata(log).unwrap().len() == 0);
    });
}

#[test]
fn a_store_in_memory_leaves_nothing_behind() {
    on_every_engine(|_| async {
        let store = Store::in_memory(Keys::for_tests()).unwrap();
        assert_eq!(taken(&store).await, 0);
        store.close().await.unwrap();
    });
}
