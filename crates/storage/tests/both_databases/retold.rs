//! A case is told anew under a new key: what was taken out opens for nobody, everything else as before, and the log verifies (R31).

use storage::drafts::{self, DraftPlace, Kept};
use storage::files::Waiting;
use storage::retold::{self, Beside};
use storage::{FileKey, StorageError, Store, Tx, audit, events, files, outbox};

use crate::harness::{bytes_of, on_a_file, on_every_engine, read, write};
use crate::samples::{case, event, later, letter, now};

const KEPT: &str = "00000000000000000000000000000001";
const GONE: &str = "00000000000000000000000000000002";

fn draft() -> DraftPlace {
    DraftPlace {
        staff_id: 1,
        stream: "FC-1".to_owned(),
        form: "note".to_owned(),
    }
}

async fn filled(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            for number in 1..=2 {
                let reference = format!("FC-{number}");
                events::append(tx, &[event(&reference, 1, "secret"), event(&reference, 2, "words")]).await?;
                storage::cases::put(tx, &case(number)).await?;
                outbox::add(tx, &letter(&reference, "secret")).await?;
                let id = outbox::add(tx, &letter(&reference, "stays")).await?;
                outbox::failed(tx, outbox::Try { id, attempts: 0 }, "no such mailbox", later(5)).await?;
            }
            let kept = Kept {
                at: now(),
                until: later(1000),
            };
            drafts::put(tx, &draft(), "once", kept, b"secret draft").await?;
            for id in [KEPT, GONE] {
                let file = Waiting {
                    id: id.to_owned(),
                    facts: b"facts".to_vec(),
                    size: 3,
                };
                files::arrive(tx, id, "form", now()).await?;
                files::park(tx, &file, "form", &FileKey::new()?, now()).await?;
                files::attach(tx, id, "FC-1", now()).await?;
            }
            audit::sign_checkpoint(tx, later(1)).await
        })
    })
    .await;
}

/// Without the first letter, the second file, and with other words in the draft.
async fn without_the_secret(tx: &mut Tx<'_>) -> Result<(), StorageError> {
    let mut beside: Beside = retold::beside(tx, "FC-1").await?;
    beside.letters.retain(|letter| letter.payload != b"secret");
    beside.drafts[0].1.fields = b"draft".to_vec();
    beside.without_file(GONE);
    retold::renew(tx, "FC-1", &beside, later(9)).await?;
    let told = events::NewEvent {
        kind: "case.redacted".to_owned(),
        ..event("FC-1", 3, "told anew")
    };
    events::append(tx, &[told]).await?;
    storage::cases::put(tx, &case(1)).await
}

fn texts(events: &[events::StoredEvent]) -> Vec<String> {
    let texts = events
        .iter()
        .map(|event| String::from_utf8_lossy(&event.payload).into_owned());
    texts.collect()
}

#[test]
fn what_was_taken_out_opens_for_nobody_and_the_rest_as_before() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        // In memory: the key that is about to go.
        read(&store, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        write(&store, |tx| Box::pin(async move { without_the_secret(tx).await })).await;
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-1", 4, "goes on")]).await })
        })
        .await;
        for store in [store, place.open().await] {
            let (own, all, letters, unsent, keys, row) = read(&store, |tx| {
                Box::pin(async move {
                    let keys = [
                        files::key(tx, KEPT, "FC-1").await.is_ok(),
                        files::key(tx, GONE, "FC-1").await.is_ok(),
                    ];
                    Ok((
                        events::load(tx, "FC-1").await?,
                        events::load_after(tx, 0, 100).await?,
                        outbox::for_case(tx, "FC-1").await?,
                        drafts::of(tx, 1, "FC-1", later(2)).await?,
                        keys,
                        storage::cases::get(tx, "FC-1").await?.unwrap(),
                    ))
                })
            })
            .await;
            assert_eq!(texts(&own), [r#"{"words":"told anew"}"#, r#"{"words":"goes on"}"#]);
            let streams: Vec<(&str, u32)> = all
                .iter()
                .map(|event| (event.stream.as_str(), event.sequence))
                .collect();
            assert_eq!(streams, [("FC-2", 1), ("FC-2", 2), ("FC-1", 3), ("FC-1", 4)]);
            let letters: Vec<(&[u8], Option<&str>)> = letters
                .iter()
                .map(|letter| (letter.payload.as_slice(), letter.last_error.as_deref()))
                .collect();
            assert_eq!(letters, [(b"stays".as_slice(), Some("no such mailbox"))]);
            assert_eq!(unsent[0].fields, b"draft");
            assert_eq!(keys, [true, false]);
            assert_eq!(row.card, case(1).card);
            let report = audit::verify(&store).await.unwrap();
            assert_eq!((report.erased, report.faults), (2, Vec::new()));
        }
    });
}

#[test]
fn a_fault_before_the_end_leaves_the_key_and_everything_under_it() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let broken: Result<(), StorageError> = store
            .write(|tx| {
                Box::pin(async move {
                    without_the_secret(tx).await?;
                    Err(StorageError::Corrupt("the power went".to_owned()))
                })
            })
            .await;
        assert!(broken.is_err());
        for store in [store, place.open().await] {
            let (own, beside) = read(&store, |tx| {
                Box::pin(async move { Ok((events::load(tx, "FC-1").await?, retold::beside(tx, "FC-1").await?)) })
            })
            .await;
            assert_eq!(texts(&own), [r#"{"words":"secret"}"#, r#"{"words":"words"}"#]);
            assert_eq!(beside.letters.len(), 2);
            assert_eq!(beside.drafts[0].1.fields, b"secret draft");
            assert_eq!(audit::verify(&store).await.unwrap().erased, 0);
        }
    });
}

#[test]
fn a_case_without_a_key_is_told_anew_in_no_way() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        write(&store, |tx| {
            Box::pin(async move { storage::stream_keys::destroy(tx, "FC-1", later(2)).await })
        })
        .await;
        let gone: Result<(), StorageError> = store
            .write(|tx| Box::pin(async move { without_the_secret(tx).await }))
            .await;
        assert!(matches!(gone, Err(StorageError::MissingKey { .. })), "{gone:?}");
    });
}

#[test]
fn the_key_that_opened_it_lies_in_no_file() {
    on_a_file(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let sql = "SELECT wrapped FROM stream_keys WHERE stream = 'FC-1'";
        let old = bytes_of(&place.raw().await.texts(sql).await[0]);
        let lies = || {
            let files = std::fs::read_dir(&place.folder).unwrap();
            files
                .map(|file| std::fs::read(file.unwrap().path()).unwrap())
                .any(|bytes| bytes.windows(old.len()).any(|part| part == old))
        };
        assert!(lies());
        write(&store, |tx| Box::pin(async move { without_the_secret(tx).await })).await;
        assert!(!lies());
    });
}
