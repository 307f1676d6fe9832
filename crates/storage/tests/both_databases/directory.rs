//! The directory: a copy that is replaced whole, sealed, and says how reading it goes.

use storage::directory::{self, Read, State, Taken};
use storage::{StorageError, Store};

use crate::harness::{on_a_file, on_every_engine, read, write};
use crate::samples::later;

async fn take(store: &Store, minute: i64, parts: &[&str]) -> Taken {
    let parts: Vec<Vec<u8>> = parts.iter().map(|part| part.as_bytes().to_vec()).collect();
    write(store, move |tx| {
        Box::pin(async move {
            let read = Read {
                at: later(minute),
                source: "ldaps://ldap.office.example",
                people: u32::try_from(parts.len()).unwrap(),
                said: b"odd",
                parts: &parts,
            };
            directory::take(tx, &read).await
        })
    })
    .await
}

async fn state(store: &Store) -> State {
    read(store, |tx| Box::pin(async move { directory::state(tx).await })).await
}

async fn parts(store: &Store, reading: i64) -> Vec<String> {
    let parts = read(store, move |tx| {
        Box::pin(async move { directory::parts(tx, reading).await })
    })
    .await;
    parts.into_iter().map(|part| String::from_utf8(part).unwrap()).collect()
}

#[test]
fn a_new_reading_replaces_the_copy_whole_and_the_same_again_only_says_when() {
    on_every_engine(|house| async move {
        let store = house.open().await;
        assert_eq!(state(&store).await, State::default());
        assert_eq!(take(&store, 1, &["ada", "bea", "tom"]).await, Taken::New);
        assert_eq!(take(&store, 5, &["ada", "bea", "tom"]).await, Taken::Same);
        let copy = state(&store).await.copy.unwrap();
        assert_eq!((copy.reading, copy.people, copy.said), (1, 3, b"odd".to_vec()));
        assert_eq!((copy.read_at, copy.changed_at), (later(5), later(1)));
        assert_eq!(parts(&store, 1).await, ["ada", "bea", "tom"]);
        // The same letters, cut elsewhere, are another reading.
        assert_eq!(take(&store, 6, &["ad", "abea", "tom"]).await, Taken::New);
        assert_eq!(take(&store, 7, &["ada"]).await, Taken::New);
        let copy = state(&store).await.copy.unwrap();
        assert_eq!((copy.reading, copy.changed_at, copy.people), (3, later(7), 1));
        assert_eq!(parts(&store, 3).await, ["ada"]);
        assert_eq!(parts(&store, 1).await, [""; 0], "nothing is left of the first");
    });
}

#[test]
fn a_directory_that_is_down_leaves_the_copy_and_counts_how_often() {
    on_every_engine(|house| async move {
        let store = house.open().await;
        let fail = |minute| {
            write(&store, move |tx| {
                Box::pin(async move { directory::failed(tx, later(minute), "it does not answer").await })
            })
        };
        fail(1).await;
        let first = state(&store).await;
        assert_eq!((first.copy, first.failures, first.tried_at), (None, 1, Some(later(1))));
        take(&store, 2, &["ada"]).await;
        fail(3).await;
        write(&store, |tx| Box::pin(async move { directory::ask(tx, later(4)).await })).await;
        assert_eq!(state(&store).await.asked_at, Some(later(4)));
        fail(5).await;
        let down = state(&store).await;
        assert_eq!((down.failures, down.asked_at, down.tried_at), (2, None, Some(later(5))));
        assert_eq!(down.fault.as_deref(), Some("it does not answer"));
        assert_eq!(
            down.copy.map(|copy| copy.read_at),
            Some(later(2)),
            "the last good copy stays"
        );
        assert_eq!(parts(&store, 1).await, ["ada"]);
        take(&store, 6, &["ada"]).await;
        let up = state(&store).await;
        assert_eq!((up.failures, up.fault), (0, None));
    });
}

#[test]
fn a_part_of_one_reading_is_none_of_another() {
    on_every_engine(|house| async move {
        let store = house.open().await;
        take(&store, 1, &["ada", "bea"]).await;
        let raw = house.raw().await;
        raw.run("UPDATE directory_parts SET part = part + 5").await.unwrap();
        let opened = store
            .read(|tx| Box::pin(async move { directory::parts(tx, 1).await }))
            .await;
        assert!(
            matches!(opened, Err(StorageError::Corrupt(_) | StorageError::Cipher(_))),
            "{opened:?}"
        );
    });
}

#[test]
fn no_file_of_the_database_holds_a_name() {
    on_a_file(|place| async move {
        let store = place.open().await;
        take(&store, 1, &["Quillfeather, the first", "Quillfeather, the second"]).await;
        store.close().await.unwrap();
        for entry in std::fs::read_dir(&place.folder).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(12).any(|window| window == b"Quillfeather"));
        }
    });
}
