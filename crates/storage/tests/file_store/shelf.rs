//! A store of files of its own for each test and each kind, gone when the test is done.

use std::future::Future;
use std::path::PathBuf;

use storage::files::{FileStore, Written};
use storage::{FileKey, Keys, StorageError};
use testkit::bucket::TestBucket;

/// A store of files.
pub(crate) struct Shelf {
    pub(crate) store: FileStore,
    /// Where the files lie, or what they pass through.
    pub(crate) path: PathBuf,
    /// For one of the kinds.
    pub(crate) bucket: Option<TestBucket>,
}

impl Shelf {
    pub(crate) fn folder() -> Shelf {
        let path = new_path();
        Shelf {
            store: FileStore::folder(&path),
            path,
            bucket: None,
        }
    }

    /// None where there is no server.
    pub(crate) fn bucket() -> Option<Shelf> {
        let (bucket, path) = (TestBucket::new()?, new_path());
        Some(Shelf {
            store: bucket.store(&path),
            path,
            bucket: Some(bucket),
        })
    }

    pub(crate) async fn kept(&self, id: &str, key: &FileKey, plain: &[u8]) -> Written {
        self.keep(id, key, plain).await.unwrap()
    }

    pub(crate) async fn keep(&self, id: &str, key: &FileKey, plain: &[u8]) -> Result<Written, StorageError> {
        let mut writer = self.store.write(id, key)?;
        for piece in plain.chunks(10_000) {
            writer.write(piece)?;
        }
        writer.finish().await
    }

    pub(crate) async fn opened(&self, id: &str, key: &FileKey, size: u64) -> Result<Vec<u8>, StorageError> {
        let mut reader = self.store.read(id, key, size).await?;
        let mut plain = Vec::new();
        while let Some(chunk) = reader.next_chunk().await? {
            plain.extend(chunk);
        }
        Ok(plain)
    }

    /// What lies under a name.
    pub(crate) async fn stored(&self, name: &str) -> Vec<u8> {
        let mut sealed = self.store.sealed(name).await.unwrap().unwrap();
        let mut stored = Vec::new();
        while let Some(span) = sealed.next().await.unwrap() {
            stored.extend(span);
        }
        stored
    }

    /// Puts something else under a name, as somebody does who gets at the store without the product.
    pub(crate) async fn replaced(&self, name: &str, bytes: &[u8]) {
        self.store.remove(name).await.unwrap();
        let mut copy = self.store.put_sealed(name).await.unwrap();
        copy.write(bytes.to_vec()).await.unwrap();
        copy.finish().await.unwrap();
    }

    pub(crate) async fn lying(&self) -> Vec<String> {
        let lying = self.store.list().await.unwrap();
        lying.into_iter().map(|one| one.name).collect()
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}");
        }
    }
}

/// Runs a test on every kind of store.
pub(crate) fn on_every_store<F, Ran>(test: F)
where
    F: Fn(Shelf) -> Ran,
    Ran: Future<Output = ()>,
{
    for shelf in [Some(Shelf::folder()), Shelf::bucket()].into_iter().flatten() {
        run(test(shelf));
    }
}

/// Runs a test that needs a bucket.
pub(crate) fn on_a_bucket<F, Ran>(test: F)
where
    F: Fn(Shelf, TestBucket) -> Ran,
    Ran: Future<Output = ()>,
{
    if let Some(mut shelf) = Shelf::bucket()
        && let Some(bucket) = shelf.bucket.take()
    {
        run(test(shelf, bucket));
    }
}

pub(crate) fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}

/// Bytes of a length, never the same as of another beginning.
pub(crate) fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n * 31 % 251) as u8).collect()
}

fn new_path() -> PathBuf {
    let name = u128::from_le_bytes(Keys::random().unwrap());
    std::env::temp_dir().join(format!("redress-files-{name:032x}"))
}
