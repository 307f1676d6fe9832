//! Passwords: hashed with argon2id and compared.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::LazyLock;
use std::sync::mpsc::{self, Sender};
use std::thread;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::password_hash::{CustomizedPasswordHasher, Result as Hashed};
use argon2::{Algorithm, Argon2, Block, Params, PasswordHasher, PasswordVerifier, Version};
use storage::Keys;
use tokio::sync::oneshot;

use crate::ActError;

/// A hash of nothing anyone knows: checking it takes as long as checking a real one.
pub(crate) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$CQ2r7TgNMvTcDhV4bX2Oo7G2SD1WrFvkMgMKVNsB7Q4";

/// Hashes a password.
pub(crate) async fn hash(password: String) -> Result<String, ActError> {
    worked_out(move || {
        let salt = Keys::random::<16>().map_err(|error| error.to_string())?;
        let hashed = InOneMemory::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|error| error.to_string())?;
        Ok(hashed.to_string())
    })
    .await
}

/// Whether a password is the one that was hashed.
pub(crate) async fn matches(password: String, hash: String) -> Result<bool, ActError> {
    worked_out(move || {
        let parsed = PasswordHash::new(&hash).map_err(|error| error.to_string())?;
        Ok(InOneMemory::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok())
    })
    .await
}

thread_local! {
    /// The 19 MB in which a password is worked out. Kept: the C library would put the next ones beside what it got back, and not into it.
    static MEMORY: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

/// Argon2 as the library has it, in a memory that is used again.
#[derive(Default)]
struct InOneMemory {
    algorithm: Algorithm,
    version: Version,
    params: Params,
}

impl PasswordHasher<PasswordHash> for InOneMemory {
    fn hash_password_with_salt(&self, password: &[u8], salt: &[u8]) -> Hashed<PasswordHash> {
        let salt = Salt::new(salt)?;
        let length = self.params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let mut out = vec![0; length];
        let argon2 = Argon2::new(self.algorithm, self.version, self.params.clone());
        MEMORY.with_borrow_mut(|memory| {
            let blocks = self.params.block_count();
            memory.resize(memory.len().max(blocks), Block::default());
            let memory = memory.get_mut(..blocks).unwrap_or_default();
            argon2.hash_password_into_with_memory(password, &salt, &mut out, memory)
        })?;
        Ok(PasswordHash {
            algorithm: self.algorithm.ident(),
            version: Some(self.version.into()),
            params: ParamsString::try_from(&self.params)?,
            salt: Some(salt),
            hash: Some(Output::new(&out)?),
        })
    }
}

/// By this the library checks a password: it hashes it as the kept hash says, and compares the two in constant time.
impl CustomizedPasswordHasher<PasswordHash> for InOneMemory {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> Hashed<PasswordHash> {
        let with = InOneMemory {
            algorithm: algorithm.map(Algorithm::try_from).transpose()?.unwrap_or_default(),
            version: version.map(Version::try_from).transpose()?.unwrap_or_default(),
            params,
        };
        with.hash_password_with_salt(password, salt)
    }
}

type Work = Box<dyn FnOnce() + Send>;

/// Where passwords are worked out: one after the other, on one thread. It takes some hundredths of a second and 19 MB on purpose, which every thread
/// that did it once would keep (decision 24).
static WORKER: LazyLock<Option<Sender<Work>>> = LazyLock::new(|| {
    let (sender, waiting) = mpsc::channel::<Work>();
    let work = move || waiting.into_iter().for_each(|work| work());
    let worker = thread::Builder::new().name("passwords".to_owned()).spawn(work);
    match worker {
        Ok(_) => Some(sender),
        Err(error) => {
            tracing::error!(%error, "no thread could be started that works out passwords");
            None
        }
    }
});

/// Runs it on the thread for passwords, away from those that answer requests. The thread outlives what panics on it.
async fn worked_out<T, F>(work: F) -> Result<T, ActError>
where
    F: FnOnce() -> Result<T, String> + Send + 'static,
    T: Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let work: Work = Box::new(move || {
        let done = panic::catch_unwind(AssertUnwindSafe(work));
        // Whoever asked may have gone away.
        drop(reply.send(done.unwrap_or_else(|_| Err("it could not be worked out".to_owned()))));
    });
    let nobody = || ActError::Password("nothing works out passwords".to_owned());
    let worker = WORKER.as_ref().ok_or_else(nobody)?;
    worker.send(work).map_err(|_| nobody())?;
    answer.await.map_err(|_| nobody())?.map_err(ActError::Password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_fails_on_the_thread_fails_for_its_asker_alone() {
        let failed = worked_out::<(), _>(|| panic!("on purpose")).await;
        assert!(matches!(failed, Err(ActError::Password(_))), "{failed:?}");
        let hashed = hash("correct horse".to_owned()).await.unwrap();
        assert!(matches("correct horse".to_owned(), hashed.clone()).await.unwrap());
        assert!(!matches("wrong horse".to_owned(), hashed).await.unwrap());
        let unreadable = matches("correct horse".to_owned(), "no hash".to_owned()).await;
        assert!(matches!(unreadable, Err(ActError::Password(_))));
    }

    #[test]
    fn the_memory_that_is_used_again_changes_no_hash() {
        let salt = [7; 16];
        for password in ["correct horse", "", "correct horse"] {
            let ours = InOneMemory::default().hash_password_with_salt(password.as_bytes(), &salt);
            let plain = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
            assert_eq!(ours.unwrap().to_string(), plain.unwrap().to_string());
        }
        // One that was made with less.
        let less = Argon2::from(Params::new(64, 3, 1, Some(24)).unwrap());
        let kept = less.hash_password_with_salt(b"correct horse", &salt).unwrap();
        let check = |password: &[u8]| InOneMemory::default().verify_password(password, &kept).is_ok();
        assert!(check(b"correct horse") && !check(b"wrong horse"));
    }

    #[tokio::test]
    async fn passwords_are_worked_out_on_one_thread() {
        let mut asked = tokio::task::JoinSet::new();
        for _ in 0..8 {
            asked.spawn(worked_out(|| Ok(thread::current().id())));
        }
        let threads: Vec<_> = asked.join_all().await.into_iter().map(Result::unwrap).collect();
        assert!(threads.iter().all(|one| *one == threads[0]), "{threads:?}");
    }
}
