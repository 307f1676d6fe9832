//! A story: who says what, and what is done with it, step by step; instants are fixed before anything happens.

use jiff::Timestamp;
use rules::case::vocabulary::{Channel, Means};
use rules::intake::RawFeedback;

use super::texts::{Again, Finding, Promise};

/// One case from its first word to its end.
#[derive(Debug, Clone)]
pub(super) struct Story {
    /// The id of the text that it tells.
    pub(super) text: String,
    /// What the form held.
    pub(super) raw: RawFeedback,
    /// How it came.
    pub(super) channel: Channel,
    /// Axis A.
    pub(super) service: String,
    /// Axis B.
    pub(super) problem: String,
    /// A code of urgency.
    pub(super) urgency: String,
    /// From when on their mailbox takes nothing more.
    pub(super) mailbox_full_at: Option<Timestamp>,
    /// In the order of time.
    pub(super) steps: Vec<Step>,
}

impl Story {
    /// Whether it is still going on at an instant, as far as the plan knows.
    pub(super) fn is_open_at(&self, at: Timestamp) -> bool {
        self.steps
            .last()
            .is_none_or(|last| last.at > at || !last.what.ends_it())
    }
}

/// Something that happens.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// When.
    pub(super) at: Timestamp,
    /// What.
    pub(super) what: What,
}

/// What a clerk does with what they have written down.
#[derive(Debug, Clone)]
pub(super) enum Then {
    /// It waits for triage.
    Waits,
    /// They keep it.
    Kept,
    /// It needs an investigation, and why: triage chooses who.
    Investigation(String),
    /// It is settled in the same conversation.
    Settled(Box<Finding>),
}

/// What becomes of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    /// It is kept and worked on.
    Kept,
    /// It goes to senior management.
    ForSignOff,
}

/// What an investigator does besides writing.
#[derive(Debug, Clone)]
pub(super) enum Looks {
    /// Plans to find something out, within so many working days.
    Plans { what: String, from: String, in_days: i64 },
    /// Keeps an item of evidence; `seen_by` is the code of who may see it.
    Keeps {
        title: String,
        source: String,
        words: String,
        seen_by: String,
    },
    /// Talks with somebody.
    Interviews { with: String, words: String },
}

/// What can happen. Staff are named by username.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// It arrives on the form.
    Arrives,
    /// A clerk writes it down.
    Logged {
        by: &'static str,
        then: Then,
        vip: Option<String>,
    },
    /// The coordinator judges it.
    Triaged {
        owner: &'static str,
        risk: Option<(String, String)>,
        vip: Option<String>,
        /// Whom of us a restricted complaint is about: a username, or words for somebody whom nobody can name.
        whom: Option<String>,
    },
    /// The coordinator passes it to somebody else at the same stage.
    Passed { to: &'static str, words: String },
    /// Another urgency, and why.
    Urgency {
        by: &'static str,
        code: String,
        why: String,
    },
    /// Staff write to the person, or ring them.
    Update {
        by: &'static str,
        words: String,
        means: Means,
        next_in_days: Option<i64>,
    },
    /// Staff write for staff.
    Note { by: &'static str, words: String },
    /// The person writes.
    Message { words: String },
    /// The front line decides: in writing, or in a conversation.
    Decided {
        by: &'static str,
        finding: Box<Finding>,
        spoken: Option<Means>,
        late: String,
    },
    /// More time at this stage, by this many working days: asked for, or granted at once by somebody who may.
    MoreTime {
        by: &'static str,
        days: u32,
        code: Option<String>,
        words: String,
    },
    /// More time is granted to whoever asked.
    Granted { by: &'static str },
    /// The person asks for stage 2.
    AsksStage2 { words: String },
    /// Somebody with authority accepts.
    Accepted { investigator: &'static str, words: String },
    /// Or refuses.
    Refused { words: String },
    /// Staff move it to stage 2.
    Rerouted {
        by: &'static str,
        investigator: &'static str,
        why: String,
        because: String,
    },
    /// Points of complaint are agreed.
    Points { by: &'static str, points: Vec<String> },
    /// They are sent to the person, who has not answered yet.
    PointsSent { by: &'static str, points: Vec<String> },
    /// Somebody investigates.
    Looks { by: &'static str, looks: Looks },
    /// A draft is saved, or sent.
    Draft {
        by: &'static str,
        again: Box<Again>,
        then: Letter,
        late: String,
    },
    /// Senior management sends it back.
    SentBack { by: &'static str, words: String },
    /// Senior management changes words of it.
    Changed {
        by: &'static str,
        instead_of: String,
        says: String,
        why: String,
    },
    /// Senior management signs.
    Signed { by: &'static str, words: String },
    /// It is linked with the case of somebody of this name.
    Linked {
        by: &'static str,
        with: String,
        why: String,
    },
    /// They are asked something; an answer is hoped for within so many working days.
    Asks {
        by: &'static str,
        words: String,
        hoped_in_days: u32,
    },
    /// The consent of the person for whom they complain is asked for.
    ConsentAsked { by: &'static str, words: String },
    /// And recorded.
    ConsentGiven { by: &'static str },
    /// Another regime also applies, from the receipt or from another day on.
    Regime {
        by: &'static str,
        code: String,
        began_on: Option<jiff::civil::Date>,
        words: String,
    },
    /// All that it asks for is done.
    RegimeDone {
        by: &'static str,
        code: String,
        words: String,
    },
    /// The person stops it.
    Stopped { words: String },
    /// It is taken up again.
    Reopened { words: String },
    /// It is none.
    NotAComplaint {
        by: &'static str,
        reason: String,
        ending: Option<String>,
    },
}

impl What {
    /// What a fault report calls it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            What::Arrives => "receiving",
            What::Logged { .. } => "logging",
            What::Triaged { .. } => "triage",
            What::Passed { .. } => "passing it on",
            What::Urgency { .. } => "another urgency",
            What::Update { .. } => "an update",
            What::Note { .. } => "a note",
            What::Message { .. } => "a message",
            What::Decided { .. } => "a decision",
            What::MoreTime { .. } => "an extension",
            What::Granted { .. } => "granting an extension",
            What::AsksStage2 { .. } => "asking for stage 2",
            What::Accepted { .. } => "accepting stage 2",
            What::Refused { .. } => "refusing stage 2",
            What::Rerouted { .. } => "moving to stage 2",
            What::Points { .. } => "agreeing points",
            What::PointsSent { .. } => "sending points",
            What::Looks { .. } => "investigating",
            What::Draft { .. } => "a draft",
            What::SentBack { .. } => "sending back",
            What::Changed { .. } => "changing words",
            What::Signed { .. } => "signing off",
            What::Linked { .. } => "linking",
            What::Asks { .. } => "a question",
            What::ConsentAsked { .. } => "asking for consent",
            What::ConsentGiven { .. } => "recording consent",
            What::Regime { .. } => "tagging with a regime",
            What::RegimeDone { .. } => "what a regime asks for",
            What::Stopped { .. } => "stopping",
            What::Reopened { .. } => "reopening",
            What::NotAComplaint { .. } => "closing",
        }
    }

    /// Whether nothing is left to do when this was the last thing. Thanks and messages change nothing.
    fn ends_it(&self) -> bool {
        matches!(
            self,
            What::Decided { .. }
                | What::Message { .. }
                | What::Signed { .. }
                | What::Refused { .. }
                | What::Stopped { .. }
                | What::NotAComplaint { .. }
                | What::Triaged { .. }
                | What::Logged {
                    then: Then::Settled(_),
                    ..
                }
        )
    }
}

/// What was promised, with its day.
pub(super) fn promised(
    promise: &Promise,
    days: &super::days::Days,
    from: jiff::civil::Date,
) -> Option<rules::case::Action> {
    let due_on = days.working_day(from, i64::from(promise.days)).ok()?;
    Some(rules::case::Action {
        text: promise.text.clone(),
        owner: promise.owner.clone(),
        due_on,
    })
}
