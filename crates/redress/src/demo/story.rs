//! A story: who says what, and what is done with it, step by step; instants are fixed before anything happens.

use jiff::Timestamp;
use rules::case::vocabulary::Channel;
use rules::intake::RawFeedback;

use super::texts::{Again, Finding, Promise};

/// One case from its first word to its end.
#[derive(Debug, Clone)]
pub(super) struct Story {
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
    /// In the order of time.
    pub(super) steps: Vec<Step>,
}

/// Something that happens.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// When.
    pub(super) at: Timestamp,
    /// What.
    pub(super) what: What,
}

/// What can happen. Staff are named by username.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// It arrives on the form.
    Arrives,
    /// A clerk writes it down, and keeps it if it is plain.
    Logged {
        by: &'static str,
        keeps: bool,
        vip: Option<String>,
    },
    /// The coordinator judges it.
    Triaged {
        owner: &'static str,
        risk: Option<(String, String)>,
        vip: Option<String>,
    },
    /// Staff write to the person.
    Update {
        by: &'static str,
        words: String,
        next_in_days: Option<i64>,
    },
    /// Staff write for staff.
    Note { by: &'static str, words: String },
    /// The person writes.
    Message { words: String },
    /// The front line decides.
    Decided {
        by: &'static str,
        finding: Box<Finding>,
        spoken: bool,
        late: String,
    },
    /// More time at this stage, by this many working days.
    MoreTime {
        by: &'static str,
        days: u32,
        code: Option<String>,
        words: String,
    },
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
    /// A draft is saved, or sent.
    Draft {
        by: &'static str,
        again: Box<Again>,
        send: bool,
    },
    /// Senior management sends it back.
    SentBack { by: &'static str, words: String },
    /// Senior management signs.
    Signed { by: &'static str, words: String },
    /// The person stops it.
    Stopped { words: String },
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
            What::Update { .. } => "an update",
            What::Note { .. } => "a note",
            What::Message { .. } => "a message",
            What::Decided { .. } => "a decision",
            What::MoreTime { .. } => "an extension",
            What::AsksStage2 { .. } => "asking for stage 2",
            What::Accepted { .. } => "accepting stage 2",
            What::Refused { .. } => "refusing stage 2",
            What::Rerouted { .. } => "moving to stage 2",
            What::Points { .. } => "agreeing points",
            What::Draft { .. } => "a draft",
            What::SentBack { .. } => "sending back",
            What::Signed { .. } => "signing off",
            What::Stopped { .. } => "stopping",
            What::NotAComplaint { .. } => "closing",
        }
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
