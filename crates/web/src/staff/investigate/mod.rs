//! Stage 2: findings per point, the letter, what changes, and sending it for sign-off or to the person.

mod page;
mod sample;

pub use page::{Investigation, Returned, Task};
