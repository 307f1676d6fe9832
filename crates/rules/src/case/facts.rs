//! The pieces that a case is made of: complainant, points, decisions, extensions, actions.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::vocabulary::{ComplainantKind, LearningAnswer, Outcome, ReplyBy, Satisfaction};
use crate::people::StaffId;

/// Who complained and how to reach them; every field may be empty (R7, R12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complainant {
    /// What they are to the institution (R86).
    pub kind: ComplainantKind,
    /// The name they gave.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their phone number.
    pub phone: Option<String>,
    /// Their user name in the directory.
    pub username: Option<String>,
    /// How they want to hear from us.
    pub reply_by: ReplyBy,
    /// On whose behalf they write, if not their own (A29).
    pub acting_for: Option<String>,
    /// What would help them: large print, an interpreter, only by text.
    pub needs: Option<String>,
}

/// Who somebody is and how we reach them: the part of a complainant's data that can be corrected (R19).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactData {
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their phone number.
    pub phone: Option<String>,
    /// How they want to hear from us.
    pub reply_by: ReplyBy,
}

impl ContactData {
    /// The address that letters go to; none where they are shown on the tracking page.
    pub fn writes_to(&self) -> Option<&str> {
        letters_go_to(self.email.as_deref(), self.reply_by)
    }
}

/// Somebody who asked for a call has letters too: a decision in writing is theirs to keep.
fn letters_go_to(email: Option<&str>, reply_by: ReplyBy) -> Option<&str> {
    email.filter(|_| reply_by != ReplyBy::TrackingPage)
}

impl Complainant {
    /// How we reach them.
    pub fn contact_data(&self) -> ContactData {
        ContactData {
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            reply_by: self.reply_by,
        }
    }

    /// The same person with other contact data.
    #[must_use]
    pub fn reached_by(self, contact: &ContactData) -> Complainant {
        let ContactData {
            name,
            email,
            phone,
            reply_by,
        } = contact.clone();
        Complainant {
            name,
            email,
            phone,
            reply_by,
            ..self
        }
    }

    /// The address that letters go to; none where they are shown on the tracking page.
    pub fn writes_to(&self) -> Option<&str> {
        letters_go_to(self.email.as_deref(), self.reply_by)
    }

    /// True where nothing tells who they are (A28).
    pub fn is_anonymous(&self) -> bool {
        self.name.is_none() && self.email.is_none() && self.phone.is_none() && self.username.is_none()
    }

    /// The first word of the name: how a letter greets them; empty for someone who gave none.
    pub fn greeting(&self) -> &str {
        greeting_of(self.name.as_deref().unwrap_or(""))
    }

    /// The name, or "Anonymous".
    pub fn display_name(&self) -> &str {
        self.name
            .as_deref()
            .or(self.username.as_deref())
            .or(self.email.as_deref())
            .unwrap_or("Anonymous")
    }
}

/// How a letter greets somebody of this name: by its first word, and whole where it begins with a title.
pub fn greeting_of(name: &str) -> &str {
    let name = name.trim();
    let titled = [
        "Dr",
        "Dr.",
        "Prof",
        "Prof.",
        "Professor",
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Mx",
    ];
    match name.split_whitespace().next() {
        Some(first) if titled.contains(&first) => name,
        Some(first) => first,
        None => "",
    }
}

/// One point of complaint (A25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Counted from 1.
    pub number: u32,
    /// What is complained about.
    pub text: String,
    /// Why it gets no answer of its own, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<Aside>,
}

impl Point {
    /// A point that is to be answered.
    pub fn new(number: u32, text: &str) -> Point {
        Point {
            number,
            text: text.to_owned(),
            aside: None,
        }
    }
}

/// Why a point gets no answer of its own. It stays on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// The point together with which it is answered; nothing where it is not pursued.
    pub with: Option<u32>,
    /// Why.
    pub because: String,
}

/// The answer to one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointDecision {
    /// The point's number.
    pub number: u32,
    /// Its own outcome.
    pub outcome: Outcome,
    /// What was found, in words for the complainant.
    pub finding: String,
}

/// Something offered to put it right (model 3.6), with who promised it for when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// The code from the procedure's list: `apology`, `refund`.
    pub kind: String,
    /// More words, if any.
    pub text: Option<String>,
}

/// A follow-on action: a promise with an owner and a date that outlives the case (R10, P39).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What will be done.
    pub text: String,
    /// The team or person accountable for it (R40).
    pub owner: String,
    /// The day by which it is promised.
    pub due_on: Date,
}

/// A decision as it was made, whole: what a letter is built from and what closing checks (R29, R57, R59, R65).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The outcome of the case: derived from the points where there are any (A25, P38).
    pub outcome: Outcome,
    /// The outcome and finding of each point.
    pub points: Vec<PointDecision>,
    /// What was found, and why that leads to the outcome (R29).
    pub reasons: String,
    /// What was done to put it right.
    pub what_we_did: String,
    /// Apology, explanation, other action: codes from the procedure (R57).
    pub resolution_kinds: Vec<String>,
    /// What was offered.
    pub remedies: Vec<Remedy>,
    /// What will be done, by whom and when.
    pub actions: Vec<Action>,
    /// Whether the complainant is satisfied (R59).
    pub satisfaction: Satisfaction,
    /// Why it happened: a code from the procedure's list (R4).
    pub root_cause: Option<String>,
    /// What was learnt (R6).
    pub learning: Option<Learning>,
    /// Why the decision is late, where it is (R64).
    pub late_reason: Option<String>,
}

impl Decision {
    /// The case outcome that follows from the points: all upheld is upheld, some is partly, none is not (A25).
    ///
    /// Returns `None` when there are no points.
    pub fn outcome_of_points(points: &[PointDecision]) -> Option<Outcome> {
        let first = points.first()?.outcome;
        if points.iter().all(|point| point.outcome == first) {
            return Some(first);
        }
        let any_upheld = points
            .iter()
            .any(|point| matches!(point.outcome, Outcome::Upheld | Outcome::PartlyUpheld));
        Some(if any_upheld {
            Outcome::PartlyUpheld
        } else {
            Outcome::NotUpheld
        })
    }
}

/// The answer to "did we learn something?" (R6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learning {
    /// Yes or no.
    pub answer: LearningAnswer,
    /// What, if yes.
    pub text: Option<String>,
}

/// An extension that was approved (P15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The stage whose decision date moved.
    pub stage: u8,
    /// By how many working days.
    pub days: u32,
    /// The date before.
    pub old_due_on: Date,
    /// The date now.
    pub new_due_on: Date,
    /// The code from the procedure's list, where it has one.
    pub reason_code: Option<String>,
    /// The reason in words: the complainant reads them (R76).
    pub reason: String,
    /// Who approved it.
    pub approved_by: StaffId,
    /// When; an approval after the old date leaves the case breached (invariant 10).
    pub approved_at: Timestamp,
}

/// Proof that words reached a person (R18, R19, A7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Communicated {
    /// By what means.
    pub by: super::vocabulary::Means,
    /// When it was accepted, spoken or shown.
    pub at: Timestamp,
    /// The evidence: the server's answer and message id, or who said it to whom.
    pub proof: String,
}
