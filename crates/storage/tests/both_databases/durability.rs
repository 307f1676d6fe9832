//! What was answered as saved is there after the process was killed.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use storage::search::{self, Weight};
use storage::{Keys, StorageError, Store, audit, events};

use crate::harness::{on_a_file, on_every_engine, read, write};
use crate::samples::event;
use crate::search::EVERYTHING;

/// Tells the test that is run again as a child where to write.
const CHILD: &str = "REDRESS_TEST_WRITE_UNTIL_KILLED";

/// Acts that the child must have been told are saved before it is killed.
const SAVED: usize = 150;

#[test]
fn what_was_answered_survives_a_kill() {
    on_a_file(|place| async move {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "durability::write_until_killed", "--nocapture", "--ignored"])
            .env(CHILD, place.file())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let saved: Vec<u32> = lines
            .filter_map(|line| line.strip_prefix("saved ")?.parse().ok())
            .take(SAVED)
            .collect();
        child.kill().unwrap();
        child.wait().unwrap();
        let last = *saved.iter().max().unwrap();

        let store = place.open().await;
        let kept = read(&store, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        assert!(kept.len() >= last as usize, "{} of {last} were kept", kept.len());
        for (event, number) in kept.iter().zip(1..) {
            assert_eq!(event.sequence, number);
            assert!(String::from_utf8_lossy(&event.payload).contains(&format!("number {number}\"")));
        }
        let report = audit::verify(&store).await.unwrap();
        assert!(report.is_whole(), "{:?}", report.faults);
        let next = kept.len() as u32 + 1;
        write(&store, move |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-1", next, "on")]).await })
        })
        .await;
    });
}

/// The child of the test above: writes one event after the other and says so after each, until it is killed.
#[test]
#[ignore = "run by what_was_answered_survives_a_kill"]
fn write_until_killed() {
    let Some(path) = std::env::var_os(CHILD).map(PathBuf::from) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Store::open(&path, Keys::for_tests()).unwrap();
        for number in 1..100_000 {
            write(&store, move |tx| {
                Box::pin(async move { events::append(tx, &[event("FC-1", number, &format!("number {number}"))]).await })
            })
            .await;
            println!("saved {number}");
        }
    });
}

#[test]
fn the_files_of_a_running_store_open_again_as_they_are() {
    on_a_file(|place| async move {
        let store = place.open().await;
        for number in 1..=20 {
            write(&store, move |tx| {
                Box::pin(async move { events::append(tx, &[event("FC-1", number, "kept")]).await })
            })
            .await;
        }
        // As a power cut leaves them: nothing was closed, the write-ahead log is full.
        let copy = place.folder.join("copy.db");
        std::fs::copy(place.file(), &copy).unwrap();
        std::fs::copy(place.folder.join("redress.db-wal"), place.folder.join("copy.db-wal")).unwrap();
        let again = Store::open(&copy, Keys::for_tests()).unwrap();
        let kept = read(&again, |tx| Box::pin(async move { events::load(tx, "FC-1").await })).await;
        assert_eq!(kept.len(), 20);
        assert!(audit::verify(&again).await.unwrap().is_whole());
    });
}

#[test]
fn a_store_dropped_without_closing_opens_again() {
    on_every_engine(|place| async move {
        for round in 1..=5 {
            let store = place.open().await;
            write(&store, move |tx| {
                Box::pin(async move { events::append(tx, &[event("FC-1", round, "round")]).await })
            })
            .await;
            drop(store);
        }
        let store = place.open().await;
        assert_eq!(
            read(&store, |tx| Box::pin(
                async move { events::sequence_of(tx, "FC-1").await }
            ))
            .await,
            5
        );
    });
}

#[test]
fn the_wrong_keys_open_nothing() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-1", 1, "mine")]).await })
        })
        .await;
        store.close().await.unwrap();
        let others = Keys::create(&place.folder.join("keys")).unwrap();
        let store = place.open_with(others).await.unwrap();
        let opened: Result<_, StorageError> = store
            .read(|tx| Box::pin(async move { events::load(tx, "FC-1").await }))
            .await;
        assert!(matches!(opened, Err(StorageError::OtherMaster { .. })), "{opened:?}");
    });
}

#[test]
fn a_file_that_is_no_database_is_refused_in_words() {
    on_a_file(|place| async move {
        std::fs::write(
            place.file(),
            "minutes of the last review meeting, at some length".repeat(100),
        )
        .unwrap();
        let Err(error) = Store::open(&place.file(), Keys::for_tests()) else {
            panic!("it opened")
        };
        assert!(matches!(error, StorageError::Corrupt(_)), "{error}");
    });
}

#[test]
fn a_database_that_cannot_be_made_is_refused_in_words() {
    on_a_file(|place| async move {
        let path = place.folder.join("no such folder").join("redress.db");
        let Err(error) = Store::open(&path, Keys::for_tests()) else {
            panic!("it opened")
        };
        assert!(error.to_string().contains("no such folder"), "{error}");
    });
}

#[cfg(unix)]
#[test]
fn a_new_database_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt as _;
    on_a_file(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-1", 1, "mine")]).await })
        })
        .await;
        for entry in std::fs::read_dir(&place.folder).unwrap() {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", entry.path().display());
        }
    });
}

/// A store that is filled without waiting for the disk is like any other once it was closed: whole, found by its words, and with nothing
/// in its search index of what was replaced while it was filled.
#[test]
fn a_store_that_was_filled_is_like_any_other_after_it_was_closed() {
    on_a_file(|place| async move {
        let store = Store::open_to_fill(&place.file(), Keys::for_tests()).unwrap();
        for words in ["printer", "wireless"] {
            write(&store, move |tx| {
                Box::pin(async move { search::index(tx, "FC-1", &[(Weight::Words, words)]).await })
            })
            .await;
        }
        store.close().await.unwrap();
        let store = place.open().await;
        for (words, found) in [("printer", 0), ("wireless", 1)] {
            let hits = read(&store, move |tx| {
                Box::pin(async move { search::find(tx, words, 10, &EVERYTHING).await })
            })
            .await;
            assert_eq!(hits.len(), found, "{words}");
        }
        let secure = place
            .raw()
            .await
            .texts("SELECT v FROM search_index_config WHERE k = 'secure-delete'")
            .await;
        assert_eq!(secure, ["1"], "what is taken out from here on is overwritten");
    });
}
