//! Several stores over one database, as several nodes have them.

use std::collections::BTreeSet;
use std::time::Duration;

use storage::{StorageError, Store, audit, counters, events, leases, stream_keys};

use crate::harness::{on_a_server, on_every_engine, read, write};
use crate::samples::{event, later, now};

#[test]
fn a_lease_is_one_nodes_until_its_end_and_each_holding_has_a_larger_fence() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let take = |holder: &'static str, at| {
            let store = store.clone();
            async move {
                write(&store, move |tx| {
                    Box::pin(async move { leases::take(tx, "timetable", holder, at, 3600).await })
                })
                .await
            }
        };
        let first = take("one", now()).await.unwrap();
        assert_eq!((first.fence, first.until), (1, later(60)));
        assert_eq!(take("another", later(59)).await, None);
        let renewed = take("one", later(59)).await.unwrap();
        assert_eq!((renewed.fence, renewed.until), (1, later(119)));
        let taken = take("another", later(119)).await.unwrap();
        assert_eq!(taken.fence, 2);
        let held = |lease: leases::Lease| {
            let store = store.clone();
            async move {
                read(&store, move |tx| {
                    Box::pin(async move { leases::is_held(tx, &lease).await })
                })
                .await
            }
        };
        assert!(!held(renewed.clone()).await && held(taken.clone()).await);
        // Whoever lost it gives nothing back that is not theirs.
        write(&store, move |tx| {
            Box::pin(async move { leases::let_go(tx, &renewed, later(120)).await })
        })
        .await;
        assert_eq!(take("a third", later(121)).await, None);
    });
}

#[test]
fn keys_that_were_destroyed_are_found_by_when() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                for stream in ["FC-1", "FC-2", "FC-3"] {
                    events::append(tx, &[event(stream, 1, "words")]).await?;
                }
                stream_keys::destroy(tx, "FC-1", later(10)).await?;
                stream_keys::destroy(tx, "FC-2", later(20)).await
            })
        })
        .await;
        let since = |at| {
            let store = store.clone();
            async move { read(&store, move |tx| Box::pin(stream_keys::destroyed_since(tx, at))).await }
        };
        assert_eq!(since(later(20)).await, ["FC-2"]);
        assert_eq!(since(later(10)).await.len(), 2);
        assert_eq!(since(later(21)).await, [""; 0]);
    });
}

/// Every node writes at the same time: numbers are given out once, the log has one order and one tree.
#[test]
fn nodes_that_write_at_the_same_time_make_one_log() {
    on_a_server(|place| async move {
        let stores = [place.open().await, place.open().await, place.open().await];
        let mut writing = Vec::new();
        for (node, store) in stores.iter().enumerate() {
            for act in 0..40 {
                let store = store.clone();
                writing.push(tokio::spawn(async move {
                    write(&store, move |tx| {
                        Box::pin(async move {
                            let number = counters::next(tx, "case", 1).await?;
                            let words = format!("node {node}, act {act}");
                            events::append(tx, &[event(&format!("FC-{number}"), 1, &words)]).await?;
                            Ok(number)
                        })
                    })
                    .await
                }));
            }
        }
        let mut numbers = BTreeSet::new();
        for act in writing {
            assert!(numbers.insert(act.await.unwrap()), "a number was given out twice");
        }
        assert_eq!((numbers.first(), numbers.last()), (Some(&1), Some(&120)));
        let report = audit::verify(&stores[0]).await.unwrap();
        assert_eq!((report.entries, report.faults), (120, Vec::new()));
    });
}

#[test]
fn two_nodes_that_add_to_the_same_case_do_not_both_succeed() {
    on_a_server(|place| async move {
        let (one, other) = (place.open().await, place.open().await);
        let add = |store: &Store| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(|tx| Box::pin(async move { events::append(tx, &[event("FC-1", 1, "first")]).await }))
                    .await
            })
        };
        let (first, second) = (add(&one), add(&other));
        let ended = [first.await.unwrap(), second.await.unwrap()];
        assert_eq!(ended.iter().filter(|act| act.is_ok()).count(), 1, "{ended:?}");
        let conflict = |act: &Result<_, StorageError>| matches!(act, Err(StorageError::Conflict { .. }));
        assert_eq!(ended.iter().filter(|act| conflict(act)).count(), 1, "{ended:?}");
    });
}

#[test]
fn a_key_that_one_node_destroys_opens_nothing_at_the_other() {
    on_a_server(|place| async move {
        let (one, other) = (place.open().await, place.open().await);
        write(&one, |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-1", 1, "words")]).await })
        })
        .await;
        let look = || other.read(|tx| Box::pin(async move { events::load(tx, "FC-1").await }));
        assert_eq!(look().await.unwrap().len(), 1, "now the other node holds the key");
        write(&one, |tx| {
            Box::pin(async move { stream_keys::destroy(tx, "FC-1", later(1)).await })
        })
        .await;
        // It is told at once; the test ends when it has heard.
        while look().await.is_ok() {
            tokio::task::yield_now().await;
        }
        assert!(matches!(look().await, Err(StorageError::MissingKey { .. })));
    });
}

#[test]
fn what_happens_in_the_office_is_told_to_the_other_node() {
    on_a_server(|place| async move {
        let (one, other) = (place.open().await, place.open().await);
        // The first thing heard is that listening began.
        heard(&other).await;
        write(&one, |tx| {
            Box::pin(async move { events::append(tx, &[event(stream_keys::OFFICE, 1, "words")]).await })
        })
        .await;
        heard(&other).await;
    });
}

async fn heard(store: &Store) {
    let patience = Duration::from_secs(10);
    tokio::time::timeout(patience, store.office_changed().notified())
        .await
        .unwrap();
}
