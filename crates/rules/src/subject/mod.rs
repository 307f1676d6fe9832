//! A copy of what is kept about one person, for that person: which cases are theirs, what is told, what is left out for others' sake, and the
//! record that it was made (UK GDPR article 15; R31, R32).

mod apart;
mod copy;
mod judged;
mod leaving_out;
mod record;
mod sought;
mod told;
mod what;

pub use apart::apart_copy;
pub use copy::{CaseCopy, Copy, Entry, FileLine, Line, SCHEMA, Text, VERSION, case_copy};
pub use leaving_out::{LEFT_OUT, LeavingOut, Others, Suggestion, Why, suggestions};
pub use record::{CopyMade, SUBJECT_ACCESS, SubjectEvent, due_on, sha256};
pub use sought::{Because, Sought, because};
pub use told::{Told, told};
pub use what::what;
