//! The event log and its proofs.

use rules::audit::{SignedCheckpoint, TrustedKeys, VerifierKey, verify_consistency, verify_inclusion};
use storage::audit;
use storage::{Store, events};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{event, later};

async fn append(store: &Store, stream: &'static str, sequence: u32) -> events::Appended {
    let appended = write(store, move |tx| {
        Box::pin(async move { events::append(tx, &[event(stream, sequence, &format!("{stream} {sequence}"))]).await })
    })
    .await;
    appended[0]
}

async fn checkpoint(store: &Store) -> Option<String> {
    write(store, |tx| {
        Box::pin(async move { audit::sign_checkpoint(tx, later(60)).await })
    })
    .await
}

#[test]
fn a_stream_is_read_from_its_end_page_by_page() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        for sequence in 1..=5 {
            append(&store, "office", sequence).await;
            append(&store, "FC-1", sequence).await;
        }
        let page = |before: u32| {
            read(&store, move |tx| {
                Box::pin(async move { events::latest(tx, "office", before, 2).await })
            })
        };
        let numbers = |page: Vec<events::StoredEvent>| page.iter().map(|event| event.sequence).collect::<Vec<_>>();
        let first = page(u32::MAX).await;
        assert_eq!(first[0].payload, event("office", 5, "office 5").payload, "opened");
        assert_eq!(numbers(first), [5, 4]);
        assert_eq!(numbers(page(4).await), [3, 2]);
        assert_eq!(numbers(page(2).await), [1]);
        assert_eq!(numbers(page(1).await), [0; 0]);
    });
}

#[test]
fn events_come_back_as_they_were_given() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let given = [
            event("FC-1", 1, "one"),
            event("office", 1, "two"),
            event("FC-1", 2, "three"),
        ];
        let appended = {
            let given = given.clone();
            write(&store, move |tx| {
                Box::pin(async move { events::append(tx, &given).await })
            })
            .await
        };
        let positions: Vec<u64> = appended.iter().map(|appended| appended.position).collect();
        assert_eq!(positions, [1, 2, 3]);
        let kept = read(&store, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        assert_eq!(kept.len(), 2);
        for (kept, given) in kept.iter().zip([&given[0], &given[2]]) {
            assert_eq!(
                (&kept.stream, kept.sequence, &kept.kind),
                (&given.stream, given.sequence, &given.kind)
            );
            assert_eq!(
                (kept.version, kept.at, &kept.actor),
                (given.version, given.at, &given.actor)
            );
            assert_eq!(kept.payload, given.payload);
        }
        let (after, sequence, none, unknown) = read(&store, |tx| {
            Box::pin(async move {
                let after = events::load_after(tx, 1, 1).await?;
                let sequence = events::sequence_of(tx, "FC-1").await?;
                let none = events::sequence_of(tx, "FC-9").await?;
                Ok((after, sequence, none, events::load(tx, "FC-9").await?))
            })
        })
        .await;
        assert_eq!((after.len(), after[0].position, &*after[0].stream), (1, 2, "office"));
        assert_eq!((sequence, none, unknown.len()), (2, 0, 0));
        let trace = read(&store, |tx| Box::pin(async move { events::trace(tx, "FC-1").await })).await;
        assert_eq!(trace.len(), 2);
        assert_eq!(
            (trace[1].position, trace[1].sequence, trace[1].leaf),
            (3, 2, appended[2].leaf)
        );
    });
}

#[test]
fn instants_are_kept_to_the_microsecond_and_the_leaf_agrees() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                let at = "2026-10-12T08:05:00.123456789Z".parse().unwrap();
                events::append(
                    tx,
                    &[events::NewEvent {
                        at,
                        ..event("FC-1", 1, "fine")
                    }],
                )
                .await
            })
        })
        .await;
        let kept = read(&store, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        assert_eq!(kept[0].at.to_string(), "2026-10-12T08:05:00.123456Z");
        assert!(audit::verify(&store).await.unwrap().is_whole());
    });
}

#[test]
fn every_entry_is_proved_to_a_stranger_under_every_checkpoint() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        assert_eq!(checkpoint(&store).await, None, "nothing to sign yet");
        let key: VerifierKey = store.keys().verifier_key().to_string().parse().unwrap();
        let check = |public: &[u8; 32], text: &[u8], signature: &[u8; 64]| {
            let key = aws_lc_rs::signature::UnparsedPublicKey::new(&aws_lc_rs::signature::ED25519, public);
            key.verify(text, signature).is_ok()
        };
        let keys = TrustedKeys::new([key], check);
        let mut leaves = Vec::new();
        let mut before = None;
        for sequence in 1..=20 {
            leaves.push(append(&store, "FC-1", sequence).await.leaf);
            let note = checkpoint(&store).await.unwrap();
            assert_eq!(checkpoint(&store).await, None, "it has not grown");
            let trusted = SignedCheckpoint::parse(&note).unwrap().trust(&keys).unwrap();
            let size = u64::from(sequence);
            assert_eq!(trusted.size(), size);
            for (index, leaf) in leaves.iter().enumerate() {
                let position = index as u64 + 1;
                let proof = read(&store, move |tx| {
                    Box::pin(async move { audit::inclusion_proof(tx, position, size).await })
                })
                .await;
                verify_inclusion(*leaf, index as u64, size, &proof, trusted.root()).unwrap();
            }
            if let Some((old, root)) = before {
                let proof = read(&store, move |tx| {
                    Box::pin(async move { audit::consistency_proof(tx, old, size).await })
                })
                .await;
                verify_consistency(old, root, size, trusted.root(), &proof).unwrap();
            }
            before = Some((size, trusted.root()));
            let latest = read(&store, |tx| Box::pin(async move { audit::latest_checkpoint(tx).await })).await;
            assert_eq!(latest, Some(note));
        }
        let kept = read(&store, |tx| Box::pin(async move { audit::checkpoints(tx).await })).await;
        assert_eq!(kept.len(), 20);
        let report = audit::verify(&store).await.unwrap();
        assert_eq!((report.entries, report.checkpoints, report.signed), (20, 20, 20));
    });
}

#[test]
fn a_proof_that_cannot_be_given_is_refused() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        append(&store, "FC-1", 1).await;
        for (position, size) in [(0, 1), (2, 1), (1, 2), (9, 9)] {
            let proof = store
                .read(move |tx| Box::pin(async move { audit::inclusion_proof(tx, position, size).await }))
                .await;
            assert!(
                matches!(proof, Err(storage::StorageError::Corrupt(_))),
                "{position} in {size}: {proof:?}"
            );
        }
    });
}

#[test]
fn a_long_log_is_checked_in_steps() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                let all: Vec<_> = (1..=2_500).map(|sequence| event("FC-1", sequence, "long")).collect();
                events::append(tx, &all).await
            })
        })
        .await;
        checkpoint(&store).await;
        let report = audit::verify(&store).await.unwrap();
        assert_eq!(
            (report.entries, report.checkpoints, report.faults),
            (2_500, 1, Vec::new())
        );
        drop(store);
        let raw = place.raw().await;
        raw.unguard().await;
        raw.run("DELETE FROM events WHERE position IN (1000, 2001)")
            .await
            .unwrap();
        let report = audit::verify(&place.open().await).await.unwrap();
        let found: Vec<bool> = ["1000", "2001"]
            .iter()
            .map(|position| {
                report
                    .faults
                    .iter()
                    .any(|fault| fault.contains(&format!("position {position} was deleted")))
            })
            .collect();
        assert_eq!(found, [true, true], "{:?}", report.faults);
    });
}
