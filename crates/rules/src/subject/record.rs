//! The record that a copy was made: by whom, when, of which cases, and by which hashes it is known; nothing of what stood in it.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::case::Reference;
use crate::clock::Calendar;
use crate::stored::stored_events;

/// The stream of these records. It is no one's to read but the data protection officer's: which cases are one person's is theirs to know.
pub const SUBJECT_ACCESS: &str = "subject-access";

stored_events! {
    /// One thing that was done for somebody who asked what is kept about them. Who did it and when stands beside it.
    pub enum SubjectEvent;

    /// A copy was made (UK GDPR article 15(3)).
    CopyMade(CopyMade) = "copy.made", 1;
}

/// A copy that was made. Whose it is stands in the cases, and goes with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyMade {
    /// Its number, counted from 1.
    pub number: u32,
    /// The day on which they asked.
    pub asked_on: Date,
    /// The last day on which the answer is in time.
    pub due_on: Date,
    /// The cases in it.
    pub cases: Vec<Reference>,
    /// How many files of theirs are in it.
    pub files: u32,
    /// SHA-256 of the page, in hexadecimal digits.
    pub page_sha256: String,
    /// SHA-256 of the data file.
    pub data_sha256: String,
    /// In how many places something was left out.
    pub left_out: u32,
    /// Why somebody left out more or less than was suggested, where they did; without the words themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<String>,
}

/// By when the person must have their copy: one month after they asked (UK GDPR article 12(3)). A month has no day that it lacks; a day on which
/// nobody works moves to the next working day.
pub fn due_on(asked_on: Date, calendar: &Calendar) -> Date {
    let month = asked_on.checked_add(1.month()).unwrap_or(asked_on);
    // At the latest a month of days: no calendar has so long a pause.
    (0..31)
        .filter_map(|days| month.checked_add(days.days()).ok())
        .find(|day| calendar.is_working_day(*day))
        .unwrap_or(month)
}

/// The hash by which a file of a copy is known: SHA-256 as 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
