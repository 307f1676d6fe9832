//! Sealed in chunks that cannot be cut, moved or exchanged; kept under a name that nothing else gets.

use storage::files::{self, sealed_length};
use storage::{FileKey, StorageError};

use crate::shelf::{Shelf, bytes, on_every_store};

const CHUNK: usize = 64 * 1024;
/// Format, nonce and tag of each chunk.
const SEAL: usize = 29;
/// More than goes into a bucket in one piece.
const IN_PARTS: usize = 9 * 1024 * 1024;

#[test]
fn a_file_of_any_length_comes_back_as_it_was() {
    on_every_store(|shelf| async move {
        let key = FileKey::new().unwrap();
        for length in [
            0,
            1,
            CHUNK - 1,
            CHUNK,
            CHUNK + 1,
            2 * CHUNK,
            200_000,
            9 * CHUNK,
            IN_PARTS,
        ] {
            let (id, plain) = (files::new_id().unwrap(), bytes(length));
            let written = shelf.kept(&id, &key, &plain).await;
            assert_eq!(written.size, length as u64);
            assert!(
                shelf.opened(&id, &key, written.size).await.unwrap() == plain,
                "{length}"
            );
            let stored = shelf.stored(&id).await;
            assert_eq!(stored.len() as u64, sealed_length(written.size), "{length}");
            let lies = shelf.store.stored_sha256(&id).await.unwrap();
            assert_eq!(lies, Some(written.stored_sha256));
        }
        let empty = shelf.kept("e", &key, b"").await;
        assert_eq!(
            empty.sha256,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(shelf.store.stored_sha256("nothing").await.unwrap(), None);
        assert_eq!(shelf.store.names().await.unwrap().len(), 9, "\"e\" is no name of ours");
    });
}

#[test]
fn nothing_can_be_changed_cut_moved_or_added() {
    on_every_store(|shelf| async move {
        let key = FileKey::new().unwrap();
        let plain = bytes(3 * CHUNK + 100);
        let size = shelf.kept("a", &key, &plain).await.size;
        let good = shelf.stored("a").await;
        let sealed = CHUNK + SEAL;
        let mut broken: Vec<(Vec<u8>, u64)> = Vec::new();
        for at in [0, 1, 13, 5_000, sealed - 1, sealed, 3 * sealed + 50, good.len() - 1] {
            let mut changed = good.clone();
            changed[at] ^= 1;
            broken.push((changed, size));
        }
        // Cut at the edge of a chunk, with and without a claim that fits.
        broken.push((good[..2 * sealed].to_vec(), size));
        broken.push((good[..2 * sealed].to_vec(), 2 * CHUNK as u64));
        broken.push((good[..3 * sealed].to_vec(), 3 * CHUNK as u64));
        broken.push((good[..good.len() - 1].to_vec(), size));
        broken.push(([good.clone(), vec![0; 10]].concat(), size));
        broken.push((
            [&good[sealed..2 * sealed], &good[..sealed], &good[2 * sealed..]].concat(),
            size,
        ));
        broken.push(([&good[..sealed], &good[..sealed], &good[2 * sealed..]].concat(), size));
        broken.push((good[sealed..].to_vec(), size - CHUNK as u64));
        for (stored, claimed) in broken {
            shelf.replaced("a", &stored).await;
            let answer = shelf.opened("a", &key, claimed).await;
            assert!(
                matches!(answer, Err(StorageError::Corrupt(_))),
                "{:?}",
                answer.map(|plain| plain.len())
            );
        }
        shelf.replaced("a", &good).await;
        assert!(
            shelf.opened("a", &key, size).await.unwrap() == plain,
            "put back, it opens"
        );
    });
}

#[test]
fn a_file_opens_under_its_own_name_and_key_only() {
    on_every_store(|shelf| async move {
        let (key, other) = (FileKey::new().unwrap(), FileKey::new().unwrap());
        let size = shelf.kept("a", &key, &bytes(70_000)).await.size;
        shelf.kept("b", &key, &bytes(70_000)).await;
        shelf.replaced("c", &shelf.stored("b").await).await;
        for (id, key) in [("a", &other), ("c", &key), ("missing", &key)] {
            let answer = shelf.opened(id, key, size).await;
            assert!(matches!(answer, Err(StorageError::Corrupt(_))), "{id}");
        }
    });
}

#[test]
fn nothing_is_written_over() {
    on_every_store(|shelf| async move {
        let key = FileKey::new().unwrap();
        for (id, length) in [("small", 100), ("large", IN_PARTS)] {
            let first = shelf.kept(id, &key, &bytes(length)).await;
            for again in [100, IN_PARTS] {
                let refused = shelf.keep(id, &key, &bytes(again)).await.unwrap_err();
                assert!(matches!(refused, StorageError::Taken(_)), "{id}: {refused}");
            }
            let lies = shelf.store.stored_sha256(id).await.unwrap();
            assert_eq!(lies, Some(first.stored_sha256), "{id} is as it was");
        }
        if let Some(bucket) = &shelf.bucket {
            assert_eq!(bucket.uploads(), 0, "what was refused is thrown away");
        }
    });
}

#[test]
fn of_two_who_write_the_same_name_at_once_one_gets_it() {
    on_every_store(|shelf| async move {
        let key = FileKey::new().unwrap();
        // On a disk both cannot begin: the unfinished file has one name as well.
        let plain = bytes(90_000);
        let (one, two) = tokio::join!(shelf.keep("a", &key, &plain), shelf.keep("a", &key, &plain));
        let kept: Vec<_> = [one, two].into_iter().filter_map(Result::ok).collect();
        assert_eq!(kept.len(), 1);
        assert_eq!(
            shelf.store.stored_sha256("a").await.unwrap(),
            Some(kept[0].stored_sha256.clone())
        );
    });
}

#[test]
fn what_is_not_finished_leaves_nothing_behind() {
    on_every_store(|shelf| async move {
        let mut writer = shelf.store.write("a", &FileKey::new().unwrap()).unwrap();
        writer.write(&bytes(100_000)).unwrap();
        let here: Vec<_> = std::fs::read_dir(&shelf.path).unwrap().collect();
        match &shelf.bucket {
            // What passes through has no name: it goes with the process, however that ends.
            Some(_) => assert!(here.is_empty()),
            None => assert_eq!(shelf.lying().await, ["a.part"]),
        }
        drop(writer);
        assert_eq!(shelf.lying().await, [""; 0]);
    });
}

#[test]
fn what_is_removed_is_gone_and_can_be_removed_again() {
    on_every_store(|shelf| async move {
        let key = FileKey::new().unwrap();
        shelf.kept("a", &key, b"x").await;
        shelf.kept("b", &key, b"x").await;
        for _ in 0..2 {
            shelf.store.remove("a").await.unwrap();
            assert_eq!(shelf.lying().await, ["b"]);
        }
    });
}

#[test]
fn a_store_that_can_be_written_is_told_so_and_nothing_is_left() {
    on_every_store(|shelf: Shelf| async move {
        let probe = shelf.store.probe().await.unwrap();
        assert!(probe.refuses_to_overwrite);
        assert_eq!(shelf.lying().await, [""; 0]);
    });
}
