//! How feedback arrives: what was said, and the job that stands for it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::Reference;
use crate::case::facts::Complainant;
use crate::case::vocabulary::{Channel, FeedbackKind};
use crate::confidential::Suggested;
use crate::people::StaffId;

/// How feedback arrived and what it said, word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Complaint, compliment, suggestion or comment (R1).
    pub kind: FeedbackKind,
    /// How it reached us.
    pub channel: Channel,
    /// When it reached us; may be earlier than when it was logged.
    pub received_at: Timestamp,
    /// The local date of that instant: day 0 of every clock (A3).
    pub received_on: Date,
    /// Who wrote it down for them, if anyone (R14).
    pub logged_by: Option<StaffId>,
    /// The procedure under which it is handled to its end (P22).
    pub procedure: String,
    /// That procedure's version.
    pub procedure_version: String,
    /// A line to know it by.
    pub title: String,
    /// Their words.
    pub words: String,
    /// What would put it right.
    pub wanted: Option<String>,
    /// They said that it is about a member of staff (A13).
    pub about_staff: bool,
    /// Who they are.
    pub complainant: Complainant,
    /// A job number that they or the clerk quoted (R44).
    pub existing_job: Option<String>,
    /// The 16 digits with which they can come back.
    pub receipt_code: String,
    /// The secret in the links that we send them.
    pub link_token: String,
    /// The case from which it was set apart, and the number of the message there; nothing for what came by itself (A26).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_apart_from: Option<SetApartFrom>,
    /// What the finder of names suggested, where it thought that somebody of staff is complained about (A13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested: Option<Suggested>,
}

/// Where a case comes from that was set apart from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetApartFrom {
    /// The other case.
    pub case: Reference,
    /// The number of the event in which they wrote it.
    pub message: u32,
}

/// The job that stands for the case in the job register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRaised {
    /// The job's number.
    pub number: String,
    /// The problem profile: "General-Customer Feedback" (R43).
    pub profile: String,
    /// The job of which it is a child (R44).
    pub parent: Option<String>,
}

/// The job of which the case's job became a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLinked {
    /// The existing job.
    pub parent: String,
}
