//! A complaint as the person who made it sees it: where it has got to, by when, what was said, what they can do.

mod handler;
mod points;
mod shown;

pub(super) use handler::{file, follow, message_instead, reply, show};
pub(super) use points::answer;

mod decided;
mod explained;
mod sample;
mod sealed;
mod standing;
mod template;
mod updates;

pub use crate::page::explained::{ExplainStep, ExplainedDate};
pub use points::{PointsForm, PointsShown, PointsStanding};
pub use template::track;

use crate::page::{
    clock::Clock,
    form::{Errors, FileReceived},
    timeline::{TimelineFile, Words},
};

/// One complaint, open or decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackPage {
    /// "FC-10482".
    pub reference: String,
    /// What it is about, in a few words: "Wi-Fi dropping in the Main Library".
    pub title: String,
    /// Where it has got to. Once there is a decision only its clock is shown, until stage 2 was asked for.
    pub status: Status,
    /// The decision, once there is one; it then comes first.
    pub decision: Option<Decision>,
    /// That a letter of ours did not reach them, as a sentence, and where to put that right (A8).
    pub undelivered: Option<Undelivered>,
    /// What we asked them and have no answer to (A41).
    pub question: Option<Question>,
    /// Complaints of their own that came out of what they wrote (A26).
    pub set_apart: Vec<Action>,
    /// That the person for whom they complain has not agreed, so that only the status is shown (A29).
    pub held: Option<String>,
    /// What we look into, once it was written to them.
    pub points: Option<PointsShown>,
    /// How the date in the status was worked out.
    pub explained: Option<ExplainedDate>,
    /// What happened, newest first.
    pub updates: Vec<Update>,
    /// By when they hear from us next, said where there are no updates yet: "Tuesday 13 October 2026" (R24).
    pub next_update_by: Option<String>,
    /// The reply form, unless nothing more can be added.
    pub reply: Option<Reply>,
    /// What they can do besides.
    pub actions: Vec<Action>,
}

/// Where a complaint has got to, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// "We are working on it".
    pub heading: String,
    /// "Amara at the IT Helpline is dealing with your complaint."
    pub sentence: String,
    /// By the end of which day they get our decision: "Thursday 15 October 2026".
    pub decision_by: Option<String>,
    /// The clock; people who complain only see it on track, extended or done.
    pub clock: Option<Clock>,
}

/// A question of ours that waits for their answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The words, a blank line between paragraphs.
    pub words: String,
    /// By when we hope for the answer, in a sentence.
    pub hoped_by: String,
    /// What the answer does to the date: nothing (A22).
    pub meanwhile: String,
}

/// A letter that did not reach them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// "We could not deliver our letter to x. Check the address, and we send it again."
    pub words: String,
    /// Where they say how to reach them.
    pub path: String,
}

/// A decision that was communicated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// "We agree with your complaint".
    pub heading: String,
    /// "Stage 1 decision, Thursday 15 October 2026".
    pub about: String,
    /// The letter as it went out; what was said, where the decision was spoken.
    pub letter: Words,
    /// Who decided, one line each: name, job. Empty where the letter ends with it.
    pub signed: Vec<String>,
    /// What changes because of it. Empty where the letter says it.
    pub changes: Vec<String>,
    /// What they can do if they are not happy with it.
    pub next: AfterDecision,
}

/// What a person can do who is not happy with a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterDecision {
    /// Ask for stage 2 on this website (R52).
    AskForStage2 {
        /// Where.
        path: String,
        /// Until when they are asked to: "Thursday 12 November 2026". None where the procedure sets no limit (A19).
        last_day: Option<String>,
    },
    /// The day has passed: they can still ask, and we say who looks at it (A19).
    AskLate {
        /// Where.
        path: String,
        /// The day that has passed.
        last_day: String,
    },
    /// They have asked for stage 2.
    Asked {
        /// When.
        on: String,
    },
    /// This procedure is at its end: who else can help (A37).
    Elsewhere(Vec<Signpost>),
}

/// Somebody else who can help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signpost {
    /// "Office of the Independent Adjudicator".
    pub name: String,
    /// For whom and for what.
    pub about: String,
    /// Where to find them.
    pub url: Option<String>,
}

/// Something that happened and that they may know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// From whom it came.
    pub from: From,
    /// "Update from Amara".
    pub title: String,
    /// "Tuesday 13 October 2026, 4:20pm".
    pub when: String,
    /// The same for machines, "2026-10-13T16:20+01:00".
    pub when_machine: String,
    /// The words, a blank line between paragraphs; none for a fact that the title tells.
    pub words: Option<String>,
    /// Files that came with it.
    pub files: Vec<TimelineFile>,
}

/// From whom an update came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// From us.
    Us,
    /// From them.
    You,
    /// Their complaint itself: the words are folded away.
    YourComplaint,
    /// A letter from us, whole: folded away as well.
    OurLetter,
}

/// The reply form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// Makes a second press harmless.
    pub key: String,
    /// Field `words`, as typed.
    pub words: String,
    /// Who reads it: "Amara", or nobody by name yet.
    pub to: Option<String>,
    /// How much is taken of files, in a sentence.
    pub file_limits: String,
    /// Field `files`: those that we have already, because the form was sent once before.
    pub received: Vec<FileReceived>,
    /// What is wrong with it.
    pub errors: Errors,
}

/// A thing that can be done: the words of the link and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// "Stop this complaint".
    pub words: String,
    /// Where it goes.
    pub path: String,
}
