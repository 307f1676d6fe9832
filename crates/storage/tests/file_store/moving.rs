//! Sealed bytes as a backup and a move need them: every name, the bytes as they lie, and putting them back under the same name.

use storage::files::{Copied, new_id};
use storage::{FileKey, StorageError};

use crate::shelf::{Shelf, bytes, run};

/// A folder, another one, and two buckets where there are any.
fn shelves() -> Vec<Shelf> {
    let shelves = [
        Some(Shelf::folder()),
        Some(Shelf::folder()),
        Shelf::bucket(),
        Shelf::bucket(),
    ];
    shelves.into_iter().flatten().collect()
}

#[test]
fn what_is_copied_sealed_opens_elsewhere_under_the_same_name_and_key() {
    run(async {
        let stores = shelves();
        for (from, to) in stores.iter().zip(stores.iter().skip(1)) {
            let (key, id, plain) = (FileKey::new().unwrap(), new_id().unwrap(), bytes(10_000_000));
            let written = from.kept(&id, &key, &plain).await;
            assert!(from.store.names().await.unwrap().contains(&id));
            let mut sealed = from.store.sealed(&id).await.unwrap().unwrap();
            let mut copy = to.store.put_sealed(&id).await.unwrap();
            while let Some(span) = sealed.next().await.unwrap() {
                copy.write(span).await.unwrap();
            }
            assert_eq!(copy.finish().await.unwrap(), written.stored_sha256);
            assert!(to.opened(&id, &key, written.size).await.unwrap() == plain);

            let mut again = to.store.put_sealed(&id).await.unwrap();
            again.write(b"something else".to_vec()).await.unwrap();
            assert!(matches!(again.finish().await, Err(StorageError::Taken(_))));
        }
    });
}

#[test]
fn a_move_can_be_done_again_and_never_writes_over_what_is_there() {
    run(async {
        let stores = shelves();
        for (from, to) in stores.iter().zip(stores.iter().skip(1)) {
            let (key, id, plain) = (FileKey::new().unwrap(), new_id().unwrap(), bytes(300_000));
            let written = from.kept(&id, &key, &plain).await;
            let copy = || from.store.copy(&id, &to.store);
            assert_eq!(copy().await.unwrap(), Copied::Now);
            assert_eq!(copy().await.unwrap(), Copied::Before);
            assert!(to.opened(&id, &key, written.size).await.unwrap() == plain);
            let mut changed = to.stored(&id).await;
            changed[70_000] ^= 1;
            to.replaced(&id, &changed).await;
            let differs = copy().await.unwrap_err();
            assert!(matches!(differs, StorageError::Corrupt(_)), "{differs}");
            assert!(to.stored(&id).await == changed, "somebody has to look at it");
            from.store.remove(&id).await.unwrap();
            assert_eq!(copy().await.unwrap(), Copied::Gone);
        }
    });
}
