//! SQLite inside the process: statements on a connection, the one writer thread, the readers beside it.

pub(super) mod connection;
mod log;
pub(super) mod readers;
pub(super) mod writer;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Polls once: on an engine inside the process every statement answers at once, so what is not done by then waits for something else, with the
/// database held.
fn at_once<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}
