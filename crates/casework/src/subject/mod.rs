//! A copy of what is kept about one person, made for the data protection officer: found, shown before it is made, and put on record (R31, R32).
//! Nothing of it is kept here: it is made from the cases when it is asked for, and goes with the answer.

mod find;
mod make;
mod record;

pub use find::{Matches, Matching, find};
pub use make::{Prepared, files, prepare};
pub use record::{Given, Made, latest, put};
