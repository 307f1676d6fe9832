//! Sealed bytes as a backup and a move need them: every name, the bytes as they lie, and putting them back under the same name.

use storage::{FileKey, StorageError};
use storage::files::new_id;

use crate::shelf::{Shelf, bytes, run};

#[test]
fn what_is_copied_sealed_opens_elsewhere_under_the_same_name_and_key() {
    run(async {
        let stores = [Some(Shelf::folder()), Some(Shelf::folder()), Shelf::bucket(), Shelf::bucket()];
        let stores: Vec<Shelf> = stores.into_iter().flatten().collect();
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
