//! Files: sealed in chunks that cannot be cut, moved or exchanged, and opened only under the key of what they belong to.

use std::fs;
use std::path::PathBuf;

use storage::files::{self, Folder, State, Waiting, Written, sealed_length};
use storage::{FileKey, StorageError, Store, stream_keys};

use crate::harness::{Place, on_a_file, on_every_engine, read, write};
use crate::samples::later;

const CHUNK: usize = 64 * 1024;
/// Format, nonce and tag of each chunk.
const SEAL: usize = 29;

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n * 31 % 251) as u8).collect()
}

fn folder_of(place: &Place) -> Folder {
    Folder::at(&place.folder.join("files"))
}

fn kept(folder: &Folder, id: &str, key: &FileKey, plain: &[u8]) -> Written {
    let mut writer = folder.write(id, key).unwrap();
    plain.chunks(10_000).for_each(|piece| writer.write(piece).unwrap());
    writer.finish().unwrap()
}

fn opened(folder: &Folder, id: &str, key: &FileKey, size: u64) -> Result<Vec<u8>, StorageError> {
    let mut reader = folder.read(id, key, size)?;
    let mut plain = Vec::new();
    while let Some(chunk) = reader.next_chunk()? {
        plain.extend(chunk);
    }
    Ok(plain)
}

fn path(place: &Place, id: &str) -> PathBuf {
    place.folder.join("files").join(id)
}

#[test]
fn a_file_of_any_length_comes_back_as_it_was() {
    on_every_engine(|place| async move {
        let (folder, key) = (folder_of(&place), FileKey::new().unwrap());
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 200_000] {
            let (id, plain) = (files::new_id().unwrap(), bytes(length));
            let written = kept(&folder, &id, &key, &plain);
            assert_eq!(written.size, length as u64);
            assert_eq!(opened(&folder, &id, &key, written.size).unwrap(), plain, "{length}");
            let stored = fs::read(path(&place, &id)).unwrap();
            assert_eq!(stored.len() as u64, sealed_length(written.size), "{length}");
            assert_eq!(folder.stored_sha256(&id).unwrap(), Some(written.stored_sha256));
        }
        let empty = kept(&folder, "e", &key, b"");
        assert_eq!(
            empty.sha256,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(folder.stored_sha256("nothing").unwrap(), None);
    });
}

#[test]
fn nothing_can_be_changed_cut_moved_or_added() {
    on_every_engine(|place| async move {
        let (folder, key) = (folder_of(&place), FileKey::new().unwrap());
        let plain = bytes(3 * CHUNK + 100);
        let size = kept(&folder, "a", &key, &plain).size;
        let good = fs::read(path(&place, "a")).unwrap();
        let sealed = CHUNK + SEAL;
        let broken = |stored: &[u8], claimed: u64| {
            fs::write(path(&place, "a"), stored).unwrap();
            let answer = opened(&folder, "a", &key, claimed);
            assert!(
                matches!(answer, Err(StorageError::Corrupt(_))),
                "{:?}",
                answer.map(|b| b.len())
            );
        };
        for at in [0, 1, 13, 5_000, sealed - 1, sealed, 3 * sealed + 50, good.len() - 1] {
            let mut changed = good.clone();
            changed[at] ^= 1;
            broken(&changed, size);
        }
        // Cut at the edge of a chunk, with and without a claim that fits.
        broken(&good[..2 * sealed], size);
        broken(&good[..2 * sealed], 2 * CHUNK as u64);
        broken(&good[..3 * sealed], 3 * CHUNK as u64);
        broken(&good[..good.len() - 1], size);
        broken(&[good.clone(), vec![0; 10]].concat(), size);
        let swapped = [&good[sealed..2 * sealed], &good[..sealed], &good[2 * sealed..]].concat();
        broken(&swapped, size);
        let doubled = [&good[..sealed], &good[..sealed], &good[2 * sealed..]].concat();
        broken(&doubled, size);
        broken(&[&good[sealed..], &[][..]].concat(), size - CHUNK as u64);
        fs::write(path(&place, "a"), &good).unwrap();
        assert_eq!(opened(&folder, "a", &key, size).unwrap(), plain, "put back, it opens");
    });
}

#[test]
fn a_file_opens_under_its_own_name_and_key_only() {
    on_every_engine(|place| async move {
        let (folder, key, other) = (folder_of(&place), FileKey::new().unwrap(), FileKey::new().unwrap());
        let size = kept(&folder, "a", &key, &bytes(70_000)).size;
        kept(&folder, "b", &key, &bytes(70_000));
        fs::rename(path(&place, "b"), path(&place, "c")).unwrap();
        for (id, key) in [("a", &other), ("c", &key), ("missing", &key)] {
            assert!(
                matches!(opened(&folder, id, key, size), Err(StorageError::Corrupt(_))),
                "{id}"
            );
        }
    });
}

#[test]
fn what_is_not_finished_leaves_nothing_behind() {
    on_every_engine(|place| async move {
        let folder = folder_of(&place);
        let mut writer = folder.write("a", &FileKey::new().unwrap()).unwrap();
        writer.write(&bytes(100_000)).unwrap();
        assert_eq!(folder.names().unwrap(), ["a.part"]);
        drop(writer);
        assert_eq!(folder.names().unwrap(), Vec::<String>::new());
    });
}

#[test]
fn only_the_owner_can_read_the_folder() {
    use std::os::unix::fs::PermissionsExt as _;
    on_every_engine(|place| async move {
        let folder = folder_of(&place);
        kept(&folder, "a", &FileKey::new().unwrap(), b"x");
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            (mode(folder.path().to_owned()), mode(path(&place, "a"))),
            (0o700, 0o600)
        );
    });
}

#[test]
fn a_folder_that_takes_nothing_says_so() {
    on_every_engine(|place| async move {
        fs::write(place.folder.join("files"), "a file where the folder should be").unwrap();
        let refused = folder_of(&place).write("a", &FileKey::new().unwrap()).err().unwrap();
        assert!(matches!(refused, StorageError::Files { .. }), "{refused}");
        assert!(refused.to_string().contains("files cannot be used"), "{refused}");
    });
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
        let folder = folder_of(&place);
        kept(&folder, "a", &key, b"plain");
        let again = read(&store, |tx| Box::pin(async move { files::key(tx, "a", "FC-1").await })).await;
        assert_eq!(
            opened(&folder, "a", &again, 5).unwrap(),
            b"plain",
            "the same key, sealed anew"
        );
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
        kept(&folder_of(&place), "a", &key, &marker.repeat(5_000));
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
