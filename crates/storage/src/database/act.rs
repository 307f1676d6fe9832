//! Running an act on the thread that holds the connection: once, to its end, without waiting and without harm.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::Tx;
use crate::StorageError;

/// The future of a closure given to [`Store::write`](super::Store::write) or [`Store::read`](super::Store::read).
pub type Act<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// Runs the act. It is polled once: on an engine inside the process every statement answers at once, so an act that
/// is not done by then waits for something else, with the database held, and is refused.
pub(super) fn run<T, E, F>(tx: &mut Tx<'_>, act: F) -> Result<T, E>
where
    F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E>,
    E: From<StorageError>,
{
    let ran = catch_unwind(AssertUnwindSafe(|| {
        let mut future = act(tx);
        future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    }));
    match ran {
        Ok(Poll::Ready(result)) => result,
        Ok(Poll::Pending) => Err(E::from(StorageError::Awaited)),
        Err(panic) => Err(E::from(StorageError::Panicked(words_of(&*panic)))),
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no reason was given")
        .to_owned()
}
