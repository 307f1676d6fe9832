//! A case is sealed: its key goes to a record of its own, and what the office shares opens nothing of it any more (R33, A14, A16).

use storage::files::Waiting;
use storage::handover::{self, Shown, Tried};
use storage::outbox::{self, Try};
use storage::sealed::{self, record_of};
use storage::{FileKey, StorageError, Store, audit, cases, drafts, events, files, stream_keys};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{case, event, later, letter, now};

const LINK: Shown<'static> = Shown {
    reference: "FC-1",
    token: "00112233445566778899aabbccddeeff",
};

fn sealing(sequence: u32) -> events::NewEvent {
    events::NewEvent {
        kind: "case.sealed".to_owned(),
        ..event("FC-1", sequence, "stub")
    }
}

async fn filled(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            for number in 1..=2 {
                let reference = format!("FC-{number}");
                let words = [event(&reference, 1, "words"), event(&reference, 2, "more words")];
                events::append(tx, &words).await?;
                cases::put(tx, &case(number)).await?;
                outbox::add(tx, &letter(&reference, "words")).await?;
            }
            let file = Waiting {
                id: "f".repeat(32),
                facts: b"facts".to_vec(),
                size: 3,
            };
            files::arrive(tx, &file.id, "form", now()).await?;
            files::park(tx, &file, "form", &FileKey::new()?, now()).await?;
            files::attach(tx, &file.id, "FC-1", now()).await?;
            audit::sign_checkpoint(tx, later(1)).await
        })
    })
    .await;
}

async fn seal(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            sealed::seal_away(tx, "FC-1", later(9)).await?;
            events::append(tx, &[sealing(3)]).await?;
            cases::put(tx, &case(1)).await
        })
    })
    .await;
}

fn texts(events: &[events::StoredEvent]) -> Vec<String> {
    events
        .iter()
        .map(|event| String::from_utf8_lossy(&event.payload).into_owned())
        .collect()
}

const STUB: &str = r#"{"words":"stub"}"#;

#[test]
fn what_the_office_shares_opens_only_the_stub_and_the_record_opens_the_rest() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        // In memory: the key that is about to go.
        read(&store, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        seal(&store).await;
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event(&record_of("FC-1"), 1, "added")]).await })
        })
        .await;
        for store in [store, place.open().await] {
            let (shared, all, row, letters, record) = read(&store, |tx| {
                Box::pin(async move {
                    Ok((
                        events::load(tx, "FC-1").await?,
                        events::load_after(tx, 0, 100).await?,
                        cases::get(tx, "FC-1").await?.unwrap(),
                        outbox::for_case(tx, "FC-1").await?,
                        sealed::open(tx, "FC-1").await?,
                    ))
                })
            })
            .await;
            assert_eq!(texts(&shared), [STUB]);
            let streams: Vec<&str> = all.iter().map(|event| event.stream.as_str()).collect();
            assert_eq!(streams, ["FC-2", "FC-2", "FC-1"], "the scan passes over what is sealed");
            assert_eq!(row.card, case(1).card, "its row is written under the new key");
            assert!(letters.is_empty(), "letters that hold its words are gone");
            assert_eq!(
                texts(&record.before),
                [r#"{"words":"words"}"#, r#"{"words":"more words"}"#]
            );
            assert_eq!(texts(&record.since), [r#"{"words":"added"}"#]);
            let report = audit::verify(&store).await.unwrap();
            assert_eq!((report.erased, report.faults), (0, Vec::new()));
        }
    });
}

#[test]
fn files_go_with_the_record() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        seal(&store).await;
        let id = "f".repeat(32);
        let (shared, by_record, sealed) = read(&store, |tx| {
            Box::pin(async move {
                Ok((
                    files::key(tx, &id, "FC-1").await.err(),
                    files::key(tx, &id, &record_of("FC-1")).await.err(),
                    sealed::file_key(tx, &id, "FC-1").await,
                ))
            })
        })
        .await;
        assert!(matches!(shared, Some(StorageError::FileGone { .. })), "{shared:?}");
        assert!(matches!(by_record, Some(StorageError::Sealed { .. })), "{by_record:?}");
        assert!(sealed.is_ok(), "{:?}", sealed.err());
    });
}

#[test]
fn nobody_reads_a_record_by_the_name_of_its_stream() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        seal(&store).await;
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event(&record_of("FC-1"), 1, "added")]).await })
        })
        .await;
        let refused: Result<_, StorageError> = store
            .read(|tx| Box::pin(async move { events::load(tx, &record_of("FC-1")).await }))
            .await;
        assert!(matches!(refused, Err(StorageError::Sealed { .. })), "{refused:?}");
    });
}

#[test]
fn a_case_is_sealed_once_and_half_of_it_is_nothing() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let broken: Result<(), StorageError> = store
            .write(|tx| {
                Box::pin(async move {
                    sealed::seal_away(tx, "FC-1", later(9)).await?;
                    Err::<(), StorageError>(StorageError::Busy)
                })
            })
            .await;
        assert!(broken.is_err());
        let still = read(&store, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        assert_eq!(still.len(), 2, "what was undone left everything readable");
        seal(&store).await;
        let twice: Result<(), StorageError> = store
            .write(|tx| Box::pin(async move { sealed::seal_away(tx, "FC-1", later(10)).await }))
            .await;
        assert!(twice.is_err(), "the record would lose its key");
        let record = read(&store, |tx| Box::pin(async move { sealed::open(tx, "FC-1").await })).await;
        assert_eq!(record.before.len(), 2);
    });
}

#[test]
fn a_record_is_erased_with_its_key() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        seal(&store).await;
        write(&store, |tx| {
            Box::pin(async move { stream_keys::destroy(tx, &record_of("FC-1"), later(20)).await })
        })
        .await;
        let gone: Result<usize, StorageError> = store
            .read(|tx| Box::pin(async move { sealed::open(tx, "FC-1").await.map(|record| record.before.len()) }))
            .await;
        assert!(matches!(gone, Err(StorageError::MissingKey { .. })), "{gone:?}");
        let stub = read(&store, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        assert_eq!(stub.len(), 1, "the stub is not the record");
        let report = audit::verify(&store).await.unwrap();
        assert!(report.faults.is_empty(), "{:?}", report.faults);
    });
}

#[test]
fn another_node_that_still_has_the_old_key_reads_the_stub() {
    on_every_engine(|place| async move {
        let (one, other) = (place.open().await, place.open().await);
        filled(&one).await;
        read(&other, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        seal(&one).await;
        let seen = read(&other, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        assert_eq!(texts(&seen), [STUB]);
        // It writes under the new key as well.
        write(&other, |tx| {
            Box::pin(async move {
                events::load(tx, "FC-1").await?;
                events::append(tx, &[event("FC-1", 4, "after")]).await
            })
        })
        .await;
        let all = read(&one, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        assert_eq!(texts(&all), [STUB, r#"{"words":"after"}"#]);
        let found = read(&one, |tx| {
            Box::pin(async move { stream_keys::taken_away_since(tx, later(9)).await })
        })
        .await;
        assert_eq!(found, ["FC-1"], "whoever was away hears of it");
    });
}

#[test]
fn drafts_on_a_case_go_when_it_is_sealed() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let draft = drafts::DraftPlace {
            staff_id: 1,
            stream: "FC-1".to_owned(),
            form: "message".to_owned(),
        };
        write(&store, |tx| {
            Box::pin(async move {
                let kept = drafts::Kept {
                    at: now(),
                    until: later(1_000),
                };
                drafts::put(tx, &draft, "key", kept, b"words").await
            })
        })
        .await;
        seal(&store).await;
        let left = read(&store, |tx| {
            Box::pin(async move { drafts::of(tx, 1, "FC-1", now()).await })
        })
        .await;
        assert!(left.is_empty());
    });
}

#[test]
fn a_code_opens_once_in_its_time_and_five_wrong_ones_use_it_up() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move { handover::put(tx, LINK, 7, now()).await })
        })
        .await;
        let try_code = async |code: &'static str, minutes: i64| {
            write(&store, move |tx| {
                Box::pin(async move {
                    handover::try_code(tx, LINK, (code, later(minutes)), ("reading", later(minutes + 60))).await
                })
            })
            .await
        };
        let send = async || {
            write(&store, |tx| {
                Box::pin(async move { handover::put_code(tx, LINK, "493061", later(15)).await })
            })
            .await;
        };
        assert_eq!(try_code("493061", 1).await, Tried::Over, "none was sent");
        send().await;
        assert_eq!(try_code("493060", 1).await, Tried::Wrong);
        assert_eq!(try_code("493 061", 2).await, Tried::Fits);
        assert_eq!(try_code("493061", 2).await, Tried::Over, "a second time");
        let reads = async |reading: &'static str, minutes: i64| {
            read(&store, move |tx| {
                Box::pin(async move { handover::is_reading(tx, LINK, reading, later(minutes)).await })
            })
            .await
        };
        assert!(reads("reading", 61).await);
        assert!(!reads("reading", 62).await, "its time is over");
        assert!(!reads("another", 3).await);
        send().await;
        for _ in 0..handover::CODE_TRIES {
            assert_eq!(try_code("000000", 3).await, Tried::Wrong);
        }
        assert_eq!(try_code("493061", 3).await, Tried::Over);
        send().await;
        assert_eq!(try_code("493061", 15).await, Tried::Over, "fifteen minutes are over");
        write(&store, |tx| {
            Box::pin(async move { handover::end_reading(tx, LINK).await })
        })
        .await;
        assert!(!reads("reading", 3).await);
    });
}

#[test]
fn a_link_leads_to_its_own_case_until_it_is_dropped() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move { handover::put(tx, LINK, 7, now()).await })
        })
        .await;
        let leads = async |link: Shown<'static>| {
            read(&store, move |tx| {
                Box::pin(async move { handover::find(tx, link).await })
            })
            .await
        };
        assert_eq!(leads(LINK).await, Some(7));
        let elsewhere = Shown {
            reference: "FC-2",
            ..LINK
        };
        assert_eq!(leads(elsewhere).await, None);
        let other = Shown { token: "ff", ..LINK };
        assert_eq!(leads(other).await, None);
        write(&store, |tx| {
            Box::pin(async move { handover::drop_all(tx, "FC-1").await })
        })
        .await;
        assert_eq!(leads(LINK).await, None);
    });
}

#[test]
fn a_letter_that_is_in_hand_while_its_case_is_sealed_is_settled_without_fault() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        seal(&store).await;
        write(&store, |tx| {
            Box::pin(async move {
                outbox::sent(tx, 1, later(10)).await?;
                outbox::failed(tx, Try { id: 1, attempts: 0 }, "late", later(11)).await
            })
        })
        .await;
    });
}
