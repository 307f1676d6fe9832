//! What the worker does: letters out, clocks watched, files looked into, checkpoints signed. Every job may run twice without harm (invariant 9).

pub mod checkpoint;
mod directory;
pub mod going;
pub mod hand_on;
pub mod post;
pub mod post_limits;
pub mod post_lists;
pub mod post_thread;
pub(crate) mod recount;
pub mod scan;
pub mod schedule;
pub mod steady;
pub mod watch;
