//! Scenes as the data file writes them: who says what, and what is done, at moments counted back from the end of the year.

use serde::Deserialize;

/// One case that stands on a desk at the end of the year, or has just left it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Scene {
    /// The text that they write.
    pub(super) text: String,
    /// What they are; the first who may say it where it is not given.
    #[serde(default)]
    pub(super) who: Option<String>,
    /// Nobody of this name is meant. Left out by somebody who does not say.
    #[serde(default)]
    pub(super) name: String,
    /// How they can be reached.
    #[serde(default)]
    pub(super) by: Reached,
    /// A code of the channel.
    #[serde(default = "web")]
    pub(super) channel: String,
    /// They tick that it is about a member of staff.
    #[serde(default)]
    pub(super) about_staff: bool,
    /// For whom they complain, where it is somebody else.
    #[serde(default)]
    pub(super) acting_for: String,
    /// A chance of its own, so that the rest of the year is told as without it.
    #[serde(default)]
    pub(super) seed: Option<u64>,
    /// The job that they quote.
    #[serde(default)]
    pub(super) job: String,
    /// From when on their mailbox takes nothing more.
    #[serde(default)]
    pub(super) mailbox_full: Option<String>,
    /// What happens, in the order of time.
    pub(super) steps: Vec<Moment>,
}

fn web() -> String {
    "web".to_owned()
}

/// How somebody can be reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reached {
    /// An address, and no phone.
    #[default]
    Email,
    /// A phone, and no address.
    Phone,
    /// Either.
    Both,
    /// The tracking page only.
    Nothing,
}

/// Something that happens at a moment.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Moment {
    /// "-4 10:12": that time of the fourth working day before the last; "9 min" before the end at any hour; "50 min at work" before the
    /// end, or before the end of the last working day where nobody is at work.
    pub(super) at: String,
    /// What.
    #[serde(flatten)]
    pub(super) does: Does,
}

/// What happens. Staff are named by username; `on_duty` is whoever answers at that hour.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Does {
    Arrives,
    Logged {
        by: String,
        #[serde(default)]
        then: Next,
        #[serde(default)]
        vip: Option<String>,
        #[serde(default)]
        because: String,
    },
    Triaged {
        owner: String,
        /// For the reasons that the text gives.
        #[serde(default)]
        stage_2: bool,
        #[serde(default)]
        vip: Option<String>,
        /// Whom of us a restricted complaint is about.
        #[serde(default)]
        whom: Option<String>,
    },
    Passed {
        to: String,
        words: String,
    },
    Urgency {
        by: String,
        code: String,
        why: String,
    },
    Update {
        by: String,
        words: String,
        #[serde(default)]
        next_in_days: Option<i64>,
    },
    Note {
        by: String,
        words: String,
    },
    Message {
        words: String,
    },
    Decided {
        by: String,
        /// Which finding of the text, counted from 0.
        #[serde(default)]
        finding: usize,
        #[serde(default)]
        spoken: bool,
        #[serde(default)]
        late: String,
    },
    MoreTime {
        by: String,
        days: u32,
        #[serde(default)]
        code: Option<String>,
        words: String,
    },
    Granted {
        by: String,
    },
    /// In the words of the text, unless others are given.
    AsksStage2 {
        #[serde(default)]
        words: Option<String>,
    },
    Accepted {
        investigator: String,
        #[serde(default)]
        words: String,
    },
    Refused {
        words: String,
    },
    Points {
        by: String,
    },
    /// The points of the text are sent, and nobody has answered yet.
    PointsSent {
        by: String,
    },
    Plans {
        by: String,
        what: String,
        from: String,
        in_days: i64,
    },
    Keeps {
        by: String,
        title: String,
        source: String,
        words: String,
        #[serde(default)]
        seen_by: String,
    },
    Interviews {
        by: String,
        with: String,
        words: String,
    },
    Draft {
        by: String,
        #[serde(default)]
        late: String,
    },
    ForSignOff {
        by: String,
        #[serde(default)]
        late: String,
    },
    SentBack {
        by: String,
        words: String,
    },
    /// Other words in the reasons of the letter that waits.
    Changed {
        by: String,
        instead_of: String,
        says: String,
        why: String,
    },
    Signed {
        by: String,
        #[serde(default)]
        words: String,
    },
    Linked {
        by: String,
        /// The name of whoever made the other complaint.
        with: String,
        why: String,
    },
    /// A question to them, with an answer hoped for within so many working days.
    Asks {
        by: String,
        words: String,
        hoped_in_days: u32,
    },
    ConsentAsked {
        by: String,
        #[serde(default)]
        words: String,
    },
    /// Another regime also applies, by its code.
    Regime {
        by: String,
        code: String,
        #[serde(default)]
        began: Began,
        words: String,
    },
    /// All that it asks for is done.
    RegimeDone {
        by: String,
        code: String,
        words: String,
    },
    Stopped {
        words: String,
    },
    Reopened {
        words: String,
    },
}

/// What a clerk does with what they have written down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Next {
    /// It waits for triage.
    #[default]
    Waits,
    /// They keep it.
    Kept,
    /// It needs an investigation, `because` of something.
    Investigation,
    /// It is settled in the same conversation.
    Settled,
}

/// When the clock of another regime began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Began {
    /// With the complaint.
    #[default]
    Receipt,
    /// On the day on which it is said.
    Today,
}
