//! What holds of the disk alone: who can read it, what is left of a process that was killed, and a folder that takes nothing.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use storage::files::FileStore;
use storage::{FileKey, StorageError};

use crate::shelf::{Shelf, bytes, on_every_store, run};

#[test]
fn only_the_owner_can_read_the_folder() {
    use std::os::unix::fs::PermissionsExt as _;
    on_every_store(|shelf| async move {
        shelf.kept("a", &FileKey::new().unwrap(), b"x").await;
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(shelf.path.clone()), 0o700);
        if shelf.bucket.is_none() {
            assert_eq!(mode(shelf.path.join("a")), 0o600);
        }
    });
}

#[test]
fn a_folder_that_takes_nothing_says_so() {
    on_every_store(|shelf| async move {
        fs::write(&shelf.path, "a file where the folder should be").unwrap();
        let refused = shelf.store.write("a", &FileKey::new().unwrap()).err().unwrap();
        assert!(matches!(refused, StorageError::Files { .. }), "{refused}");
        assert!(refused.to_string().contains("cannot be used"), "{refused}");
        let probed = shelf.store.probe().await.unwrap_err();
        assert!(matches!(probed, StorageError::Files { .. }), "{probed}");
        fs::remove_file(&shelf.path).unwrap();
    });
}

#[test]
fn a_file_that_is_whole_has_one_name() {
    use std::os::unix::fs::MetadataExt as _;
    run(async {
        let shelf = Shelf::folder();
        shelf.kept("a", &FileKey::new().unwrap(), &bytes(500)).await;
        assert_eq!(shelf.lying().await, ["a"]);
        assert_eq!(fs::metadata(shelf.path.join("a")).unwrap().nlink(), 1);
    });
}

#[test]
fn what_a_killed_process_left_goes_once_it_is_old_and_nothing_else() {
    run(async {
        let shelf = Shelf::folder();
        let key = FileKey::new().unwrap();
        shelf.kept("whole", &key, b"x").await;
        for name in ["old", "young"] {
            let mut writer = shelf.store.write(name, &key).unwrap();
            writer.write(&bytes(100_000)).unwrap();
            std::mem::forget(writer);
        }
        let old = File::options().write(true).open(shelf.path.join("old.part")).unwrap();
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_000_000);
        old.set_modified(long_ago).unwrap();
        let before = Timestamp::from_second(1_780_000_001).unwrap();
        assert_eq!(shelf.store.clear_unfinished(before).await.unwrap(), 1);
        assert_eq!(shelf.lying().await, ["whole", "young.part"]);
    });
}

#[test]
fn a_folder_that_is_not_there_yet_holds_nothing() {
    run(async {
        let store = FileStore::folder(&std::env::temp_dir().join("redress-no-such-folder"));
        assert_eq!(store.list().await.unwrap(), []);
        assert_eq!(store.clear_unfinished(Timestamp::MAX).await.unwrap(), 0);
        store.remove("a").await.unwrap();
    });
}
