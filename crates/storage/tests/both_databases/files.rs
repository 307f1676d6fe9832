//! The rows of files: what waits for a form, what belongs to a case, and the keys of both. Their bytes are tested in `file_store`.

use std::fs;

use storage::files::{self, FileStore, State, Waiting, scans};
use storage::{FileKey, StorageError, Store, stream_keys};

use crate::harness::{Place, on_a_file, on_every_engine, read, write};
use crate::samples::later;

fn store_of(place: &Place) -> FileStore {
    FileStore::folder(&place.folder.join("files"))
}

async fn kept(store: &FileStore, id: &str, key: &FileKey, plain: &[u8]) {
    let mut writer = store.write(id, key).unwrap();
    writer.write(plain).unwrap();
    writer.finish().await.unwrap();
}

async fn parked(store: &Store, id: &'static str, form: &'static str) -> FileKey {
    let key = FileKey::new().unwrap();
    let theirs = key.clone();
    write(store, move |tx| {
        Box::pin(async move {
            files::arrive(tx, id, form, later(0)).await?;
            files::park(tx, &waiting(id), form, &theirs, later(0)).await
        })
    })
    .await;
    key
}

fn waiting(id: &str) -> Waiting {
    Waiting {
        id: id.to_owned(),
        facts: format!("facts of {id}").into_bytes(),
        size: 1_000,
    }
}

async fn waits(store: &Store, form: &'static str) -> Vec<Waiting> {
    read(store, move |tx| Box::pin(async move { files::waiting(tx, form).await })).await
}

async fn attached(store: &Store, id: &'static str, stream: &'static str) -> Result<(), StorageError> {
    store
        .write(move |tx| Box::pin(async move { files::attach(tx, id, stream, later(1)).await }))
        .await
}

#[test]
fn a_file_waits_for_its_own_form_and_then_belongs_to_one_case() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let key = parked(&store, "a", "form 1").await;
        parked(&store, "b", "form 1").await;
        parked(&store, "c", "form 2").await;
        assert_eq!(waits(&store, "form 1").await, [waiting("a"), waiting("b")]);
        assert_eq!(waits(&store, "form 3").await, []);
        let bytes = read(&store, |tx| Box::pin(async move { files::waiting_bytes(tx).await })).await;
        assert_eq!(bytes, 3_000);

        attached(&store, "a", "FC-1").await.unwrap();
        assert!(matches!(
            attached(&store, "a", "FC-2").await,
            Err(StorageError::FileGone { .. })
        ));
        assert!(matches!(
            attached(&store, "zz", "FC-2").await,
            Err(StorageError::FileGone { .. })
        ));
        assert_eq!(waits(&store, "form 1").await, [waiting("b")]);
        let files = store_of(&place);
        kept(&files, "a", &key, b"plain").await;
        let again = read(&store, |tx| Box::pin(async move { files::key(tx, "a", "FC-1").await })).await;
        let mut reader = files.read("a", &again, 5).await.unwrap();
        let plain = reader.next_chunk().await.unwrap();
        assert_eq!(plain.unwrap(), b"plain", "the same key, sealed anew");
        let elsewhere: Result<FileKey, StorageError> = store
            .read(|tx| Box::pin(async move { files::key(tx, "a", "FC-2").await }))
            .await;
        assert!(matches!(elsewhere, Err(StorageError::FileGone { .. })));
    });
}

#[test]
fn an_act_that_fails_attaches_nothing() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        parked(&store, "a", "form").await;
        let broken: Result<(), StorageError> = store
            .write(|tx| {
                Box::pin(async move {
                    files::attach(tx, "a", "FC-1", later(1)).await?;
                    files::attach(tx, "not there", "FC-1", later(1)).await
                })
            })
            .await;
        assert!(broken.is_err());
        assert_eq!(waits(&store, "form").await, [waiting("a")]);
    });
}

#[test]
fn what_is_given_up_or_waited_too_long_goes_and_nothing_else() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        for (id, form) in [("a", "form"), ("b", "form"), ("c", "other")] {
            parked(&store, id, form).await;
        }
        attached(&store, "a", "FC-1").await.unwrap();
        let (theirs, nobodys) = write(&store, |tx| {
            Box::pin(async move {
                files::arrive(tx, "late", "form", later(60)).await?;
                Ok((
                    files::drop_waiting(tx, "b", "form").await?,
                    files::drop_waiting(tx, "c", "form").await?,
                ))
            })
        })
        .await;
        assert!(theirs && !nobodys, "nobody can give up what waits for another form");
        let leaving = |before| {
            let store = store.clone();
            async move {
                write(&store, move |tx| {
                    Box::pin(async move { files::leaving(tx, before).await })
                })
                .await
            }
        };
        assert_eq!(leaving(later(0)).await, ["b"]);
        assert_eq!(leaving(later(30)).await, ["b", "c"]);
        assert_eq!(leaving(later(90)).await, ["b", "c", "late"]);
        let gone: Vec<String> = ["b", "c", "a"].map(str::to_owned).to_vec();
        write(&store, move |tx| {
            Box::pin(async move { files::forget(tx, &gone).await })
        })
        .await;
        let states = read(&store, |tx| Box::pin(async move { files::states(tx).await })).await;
        assert_eq!(
            states,
            [
                ("a".to_owned(), State::Attached("FC-1".to_owned())),
                ("late".to_owned(), State::Leaving)
            ]
        );
    });
}

#[test]
fn the_files_of_an_erased_case_open_no_more_and_leave() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        for (id, stream) in [("a", "FC-1"), ("b", "FC-2")] {
            parked(&store, id, "form").await;
            attached(&store, id, stream).await.unwrap();
        }
        write(&store, |tx| {
            Box::pin(async move { stream_keys::destroy(tx, "FC-1", later(9)).await })
        })
        .await;
        for store in [store.clone(), place.open().await] {
            let key: Result<FileKey, StorageError> = store
                .read(|tx| Box::pin(async move { files::key(tx, "a", "FC-1").await }))
                .await;
            assert!(matches!(key, Err(StorageError::MissingKey { .. })));
        }
        parked(&store, "c", "form").await;
        assert!(matches!(
            attached(&store, "c", "FC-1").await,
            Err(StorageError::MissingKey { .. })
        ));
        let leaving = write(&store, |tx| Box::pin(async move { files::leaving(tx, later(0)).await })).await;
        assert_eq!(leaving, ["a"]);
        let kept = read(&store, |tx| Box::pin(async move { files::key(tx, "b", "FC-2").await })).await;
        drop(kept);
    });
}

#[test]
fn neither_name_nor_contents_lie_readable_anywhere() {
    on_a_file(|place| async move {
        let store = place.open().await;
        let marker = b"Quillfeather-invoice.pdf";
        let key = FileKey::new().unwrap();
        kept(&store_of(&place), "a", &key, &marker.repeat(5_000)).await;
        write(&store, move |tx| {
            Box::pin(async move {
                let file = Waiting {
                    facts: marker.to_vec(),
                    ..waiting("a")
                };
                files::arrive(tx, "a", "a form of Quillfeather", later(0)).await?;
                files::park(tx, &file, "a form of Quillfeather", &key, later(0)).await
            })
        })
        .await;
        store.close().await.unwrap();
        let mut looked_at = 0;
        for folder in [place.folder.clone(), place.folder.join("files")] {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.path().is_file() {
                    let bytes = fs::read(entry.path()).unwrap();
                    let found = bytes.windows(12).any(|window| window == &marker[..12]);
                    assert!(!found, "{}", entry.path().display());
                    looked_at += 1;
                }
            }
        }
        assert!(looked_at >= 2);
    });
}

#[test]
fn what_nobody_said_anything_of_is_due_until_somebody_does() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        for id in ["a", "b", "waits"] {
            parked(&store, id, "form").await;
        }
        attached(&store, "a", "FC-1").await.unwrap();
        attached(&store, "b", "FC-2").await.unwrap();
        let due = |now| {
            let store = store.clone();
            async move {
                let due = read(&store, move |tx| Box::pin(async move { scans::due(tx, now, 10).await })).await;
                due.into_iter().map(|file| (file.id, file.tries)).collect::<Vec<_>>()
            }
        };
        assert_eq!(due(later(1)).await, [("a".to_owned(), 0), ("b".to_owned(), 0)]);
        write(&store, |tx| {
            Box::pin(async move { scans::put_off(tx, "a", 3, later(60)).await })
        })
        .await;
        assert_eq!(due(later(59)).await, [("b".to_owned(), 0)]);
        assert_eq!(due(later(60)).await, [("b".to_owned(), 0), ("a".to_owned(), 3)]);
        write(&store, |tx| {
            Box::pin(async move { scans::said(tx, "b", later(61)).await })
        })
        .await;
        assert_eq!(due(later(90)).await, [("a".to_owned(), 3)]);
        let again = attached(&store, "waits", "FC-2").await;
        assert!(again.is_ok() && due(later(90)).await.len() == 2);
    });
}

#[test]
fn files_to_be_looked_into_are_found_without_walking_through_those_that_were() {
    on_a_file(|place| async move {
        place.open().await.close().await.unwrap();
        let raw = place.raw().await;
        let statements = storage::statements(place.engine);
        let due = statements
            .iter()
            .find(|(file, name, _)| (*file, *name) == ("scans", "DUE"));
        let steps = raw.plan(due.unwrap().2).await;
        assert!(steps.iter().any(|step| step.contains("files_unscanned")), "{steps:?}");
    });
}
