//! Who deals with a complaint about somebody, and who was passed over on the way, in words.

use serde::{Deserialize, Serialize};

use crate::sentence::listed;

/// The answer, and how it came about. A case that relies on it keeps it whole: the directory may say something else tomorrow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Who is asked.
    pub who: Chosen,
    /// The names of those whom it is about, as the directory has them.
    pub about: Vec<String>,
    /// Who would have come before and why they did not, in the order in which they were come to.
    pub past: Vec<Passed>,
}

/// Who is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// Somebody of the directory.
    Person {
        /// Their key.
        key: String,
        /// Their name.
        name: String,
        /// Where they are written to.
        email: String,
    },
    /// The person outside.
    Nominated(Nominated),
    /// Nobody can be found by rule: a person has to choose.
    Nobody,
}

/// Somebody who was passed over; or a gap in the directory where somebody should stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Their name; of a gap, the name or key of whoever it was found at.
    pub name: String,
    /// Why.
    pub why: Why,
}

/// Why somebody was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The complaint is about them.
    Named,
    /// They have a conflict of interest.
    Conflicted,
    /// They are away.
    Absent,
    /// Their account is closed.
    Closed,
    /// Nobody can write to them.
    NoMailbox,
    /// By the directory they are above somebody named and below them at once.
    Circle,
    /// They are above some of those named, and not above all.
    NotOfAll,
    /// A gap: the directory names a manager of this person and does not hold them.
    Dangling,
    /// A gap: the directory does not hold this person, whom the complaint is about.
    Unknown,
}

/// The person outside the department who is asked at the top of the line (A15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nominated {
    /// Their name.
    pub name: String,
    /// Where they are written to.
    pub email: String,
}

impl Found {
    /// How it came about, a sentence each, the answer last.
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.past.iter().map(Passed::words).collect();
        words.push(self.answer());
        words
    }

    fn answer(&self) -> String {
        let about = match self.about.as_slice() {
            [] => "nobody whom the directory holds".to_owned(),
            names => listed(names),
        };
        match &self.who {
            Chosen::Person { name, .. } => format!("{name} is asked. They are above {about}."),
            Chosen::Nominated(Nominated { name, .. }) => {
                format!(
                    "Nobody above {about} can be asked by the directory, so it is {name}, the nominated person outside."
                )
            }
            Chosen::Nobody => format!("Nobody above {about} can be asked, nor the nominated person: choose somebody."),
        }
    }
}

impl Passed {
    /// In a sentence.
    pub fn words(&self) -> String {
        let Passed { name, why } = self;
        let because = match why {
            Why::Named => "the complaint is about them",
            Why::Conflicted => "they have a conflict of interest",
            Why::Absent => "they are away",
            Why::Closed => "their account is closed",
            Why::NoMailbox => "the directory has no email address for them",
            Why::Circle => {
                "the directory goes round in a circle here, and they also report to somebody whom it is about"
            }
            Why::NotOfAll => "they are not above everybody whom it is about",
            Why::Dangling => return format!("The directory names a line manager of {name} whom it does not hold."),
            Why::Unknown => return format!("The directory does not hold {name}, whom the complaint is about."),
        };
        format!("{name} was passed over: {because}.")
    }
}
