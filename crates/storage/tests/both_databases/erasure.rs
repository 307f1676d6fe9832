//! Forgetting a case: its key is destroyed, its words are gone, the log still verifies.

use storage::outbox;
use storage::{StorageError, Store, audit, cases, events, jobs, stream_keys};

use crate::harness::{bytes_of, on_a_file, on_every_engine, read, write};
use crate::samples::{case, event, job, job_update, later, letter};

async fn filled(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            for number in 1..=2 {
                let reference = format!("FC-{number}");
                events::append(tx, &[event(&reference, 1, "words")]).await?;
                cases::put(tx, &case(number)).await?;
                jobs::put(tx, &job(number as u32, &reference, None)).await?;
                jobs::put_update(tx, &job_update(&format!("F{number:07}"), 1, "words")).await?;
                let id = outbox::add(tx, &letter(&reference, "words")).await?;
                outbox::failed(tx, outbox::Try { id, attempts: 0 }, "no such mailbox", later(5)).await?;
            }
            audit::sign_checkpoint(tx, later(1)).await
        })
    })
    .await;
}

async fn destroy(store: &Store) -> bool {
    write(store, |tx| {
        Box::pin(async move { stream_keys::destroy(tx, "FC-1", later(9)).await })
    })
    .await
}

#[test]
fn what_was_sealed_is_gone_and_the_rest_stays() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        assert!(destroy(&store).await);
        assert!(!destroy(&store).await, "there is none left to destroy");
        // The same while it runs, with its keys in memory, and beside it, where it is opened anew.
        for store in [store, place.open().await] {
            let gone: Result<_, StorageError> = store
                .read(|tx| Box::pin(async move { events::load(tx, "FC-1").await }))
                .await;
            assert!(matches!(gone, Err(StorageError::MissingKey { .. })), "{gone:?}");
            let (all, row, updates, letters) = read(&store, |tx| {
                Box::pin(async move {
                    let all = events::load_after(tx, 0, 10).await?;
                    let row = cases::get(tx, "FC-1").await?.unwrap();
                    Ok((
                        all,
                        row,
                        jobs::updates(tx, "F0000001").await?,
                        outbox::recent(tx, 10).await?,
                    ))
                })
            })
            .await;
            assert_eq!(all.len(), 1);
            assert_eq!(all[0].stream, "FC-2");
            assert_eq!((row.card.len(), &*row.kind), (0, "complaint"));
            assert_eq!((updates.len(), &*updates[0].text), (1, ""));
            let lengths: Vec<usize> = letters.iter().map(|letter| letter.payload.len()).collect();
            assert_eq!(lengths, [5, 0], "the other case still has its letter");
            let report = audit::verify(&store).await.unwrap();
            assert_eq!((report.erased, report.faults), (1, Vec::new()));
        }
    });
}

#[test]
fn while_it_runs_a_destroyed_key_opens_nothing() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        read(&store, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        destroy(&store).await;
        let gone: Result<_, StorageError> = store
            .read(|tx| Box::pin(async move { events::load(tx, "FC-1").await }))
            .await;
        assert!(matches!(gone, Err(StorageError::MissingKey { .. })), "{gone:?}");
    });
}

#[test]
fn a_forgotten_case_takes_no_new_entries_not_even_in_the_same_act() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let refused: Result<(), StorageError> = store
            .write(|tx| {
                Box::pin(async move {
                    stream_keys::destroy(tx, "FC-1", later(9)).await?;
                    events::append(tx, &[event("FC-1", 2, "more")]).await?;
                    Ok(())
                })
            })
            .await;
        assert!(matches!(refused, Err(StorageError::MissingKey { .. })), "{refused:?}");
        let kept = read(&store, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        assert_eq!(kept.len(), 1, "the act was undone, so the key is still there");
        destroy(&store).await;
        let refused = store
            .write(|tx| Box::pin(async move { events::append(tx, &[event("FC-1", 2, "more")]).await }))
            .await;
        assert!(matches!(refused, Err(StorageError::MissingKey { .. })), "{refused:?}");
    });
}

#[test]
fn a_destroyed_key_lies_in_no_file() {
    on_a_file(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                for number in 1..=40 {
                    events::append(tx, &[event(&format!("FC-{number}"), 1, "words")]).await?;
                }
                Ok(())
            })
        })
        .await;
        let wrapped = place.raw().await.texts("SELECT wrapped FROM stream_keys").await;
        let wrapped: Vec<Vec<u8>> = wrapped.iter().map(|text| bytes_of(text)).collect();
        assert_eq!(wrapped.len(), 40);
        let found = || {
            let entries = std::fs::read_dir(&place.folder).unwrap();
            let files: Vec<Vec<u8>> = entries
                .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
                .collect();
            let lies = |key: &&Vec<u8>| {
                files
                    .iter()
                    .any(|bytes| bytes.windows(key.len()).any(|part| part == &***key))
            };
            wrapped.iter().filter(lies).count()
        };
        assert_eq!(found(), 40);
        for number in 1..=40 {
            let stream = format!("FC-{number}");
            write(&store, move |tx| {
                Box::pin(async move { stream_keys::destroy(tx, &stream, later(9)).await })
            })
            .await;
        }
        assert_eq!(found(), 0);
    });
}
