//! E-mail and its cases: by what a message is known to belong to a letter of ours, and what is reported of letters (R18, R84).

pub mod report;
pub mod token;
