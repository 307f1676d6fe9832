//! Stage 2: a list of tasks, each with a page of its own, and the letter that is made from what was found.

mod findings;
mod letter;
mod list;
mod question;
mod sample;
mod sample_collected;
mod sample_tasks;
mod task;

pub use findings::{FindingField, FindingsPage};
pub use letter::LetterPage;
pub use list::{Returned, TaskLine, TaskList};
pub use question::{Answer, Question, TaskForm};
pub use task::{Record, TaskPage};
