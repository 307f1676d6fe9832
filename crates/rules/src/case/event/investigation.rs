//! What an investigator does with a case before the letter: points agreed, conflicts declared, a plan, evidence, interviews, findings (R72, P26).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::facts::Point;
use crate::case::vocabulary::{Means, Outcome};
use crate::coded::coded;
use crate::people::StaffId;

coded! {
    /// Who may read an item of evidence or the notes of an interview. The complainant reads neither: what may be quoted to them is written
    /// into a letter by a person.
    pub enum EvidenceSight {
        /// The investigator, coordinators and reviewers, and senior management while a letter waits for it.
        Investigation = "investigation", "only those who investigate";
        /// Everybody of staff who may see the case.
        Case = "case", "everybody on the case";
        /// The same; its words may go into a letter.
        Quotable = "quotable", "everybody on the case, and it may be quoted to the person";
    }
}

/// The points as we understood them went to the complainant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsSent {
    /// How often they were sent, counted from 1: an answer is to what was read.
    pub round: u32,
    /// The points as they were sent.
    pub points: Vec<Point>,
    /// The last day on which we wait for an answer.
    pub answer_by: Date,
    /// What was written besides.
    pub words: Option<String>,
}

/// The complainant agreed with the points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsAgreed {
    /// How they said so.
    pub by: Means,
    /// On which day.
    pub on: Date,
    /// What they said besides, or where it is kept.
    pub words: Option<String>,
}

/// The complainant said that we misunderstood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsCorrected {
    /// How they said so.
    pub by: Means,
    /// On which day.
    pub on: Date,
    /// What is wrong, in their words.
    pub words: String,
}

/// A point has other words from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointReworded {
    /// Which point.
    pub number: u32,
    /// What is complained about.
    pub text: String,
}

/// A point is not answered by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointSetAside {
    /// Which point.
    pub number: u32,
    /// The point together with which it is answered; nothing where it is not pursued.
    pub with: Option<u32>,
    /// Why.
    pub because: String,
}

/// Somebody said whether they are free of conflicts with the people and the service (P26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictDeclared {
    /// What the conflict is; nothing where there is none.
    pub conflict: Option<String>,
}

/// Somebody may investigate although they declared a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictOverridden {
    /// Whose conflict.
    pub of: StaffId,
    /// Why it does not stand in the way.
    pub reason: String,
}

/// Something is to be found out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanLineAdded {
    /// What.
    pub what: String,
    /// From whom or from what.
    pub from_whom: String,
    /// By which day.
    pub by_on: Date,
}

/// A line of the plan is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanLineSettled {
    /// Which, counted from 1.
    pub number: u32,
    /// Why it is not needed any more; nothing where it is done.
    pub dropped: Option<String>,
}

/// An item of evidence. Files that came with it follow in events of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceAdded {
    /// What it is.
    pub title: String,
    /// Who or what it comes from.
    pub source: String,
    /// The day that it is from, where it has one.
    pub from_on: Option<Date>,
    /// Who may see it.
    pub seen_by: EvidenceSight,
    /// What it says; may be empty where there is a file.
    pub words: String,
    /// The points that it belongs to; all of them where it is empty.
    pub points: Vec<u32>,
}

/// An item of evidence was a mistake: it stays, and only those who investigate see it from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceSetAside {
    /// Which, counted from 1.
    pub number: u32,
    /// Why.
    pub because: String,
}

/// What somebody told us in a conversation. Files that came with it follow in events of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterviewHeld {
    /// With whom.
    pub with: String,
    /// When it began.
    pub held_at: Timestamp,
    /// How.
    pub by: Means,
    /// What was said; may be empty where there is a file.
    pub notes: String,
    /// Who may read the notes, and open the files.
    pub seen_by: EvidenceSight,
}

/// Whoever was interviewed confirmed the notes, or said what is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotesConfirmed {
    /// Which interview, counted from 1.
    pub number: u32,
    /// What they said is wrong; nothing where they agree.
    pub correction: Option<String>,
}

/// What was found on one point; a later one takes its place (R72).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRecorded {
    /// Which point.
    pub point: u32,
    /// What was found, in words for the complainant.
    pub finding: String,
    /// The outcome of the point, once it is chosen.
    pub outcome: Option<Outcome>,
    /// The items of evidence on which it rests.
    pub evidence: Vec<u32>,
    /// The interviews on which it rests.
    pub interviews: Vec<u32>,
}
