//! The data file of the reviews.

use serde::Deserialize;

use crate::demo::DemoError;
use crate::demo::texts::read;

const FILE: &str = "reviews.toml";
/// The data file.
pub(in crate::demo) const REVIEWS: &str = include_str!("../../../demo/reviews.toml");

/// Everything in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewsFile {
    pub(super) review: Vec<Entry>,
    pub(super) report: Report,
    pub(super) published: Vec<Published>,
}

/// What is said of promises that were kept.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Report {
    pub(super) done: Vec<String>,
    pub(super) verified: Vec<String>,
}

/// One review.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// 1 is the last month that is over.
    pub(super) months_ago: i32,
    pub(super) minutes: String,
    /// What is taken into the next.
    pub(super) next: String,
    /// Why its figures are stated again a month later.
    pub(super) restated: Option<String>,
    #[serde(default)]
    pub(super) note: Vec<NoteOn>,
    #[serde(default)]
    pub(super) recommend: Vec<Recommend>,
}

/// A note on the first case that is on the list for a reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteOn {
    /// The code of the reason.
    pub(super) on: String,
    pub(super) words: String,
}

/// A recommendation and what became of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recommend {
    pub(super) text: String,
    pub(super) service: Option<String>,
    /// Without an owner it waits for senior management.
    #[serde(default)]
    pub(super) owner: String,
    #[serde(default)]
    pub(super) days: i64,
    #[serde(default)]
    pub(super) step: Vec<Later>,
}

/// What happened to it later.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Later {
    /// So many working days after the meeting.
    pub(super) after: i64,
    pub(super) by: String,
    #[serde(flatten)]
    pub(super) does: Does,
}

/// What somebody did.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case")]
pub(super) enum Does {
    Start { words: String },
    Done { words: String },
    Verify { words: String },
    SendBack { words: String },
    Change { owner: String, days: i64, words: String },
    Drop { words: String },
    Publish { you_said: String, we_did: String },
}

/// The words for everybody of a promise.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Published {
    /// The promise, word for word.
    pub(super) action: String,
    pub(super) service: String,
    pub(super) you_said: String,
    pub(super) we_did: String,
}

impl ReviewsFile {
    pub(super) fn load() -> Result<ReviewsFile, DemoError> {
        read(FILE, REVIEWS)
    }
}

/// What the file names, for the test that everything of it is known.
#[cfg(test)]
#[derive(Debug)]
pub(in crate::demo) struct Names {
    /// Usernames.
    pub(in crate::demo) staff: Vec<String>,
    /// Reasons for being on the list.
    pub(in crate::demo) reasons: Vec<String>,
    /// Promises.
    pub(in crate::demo) promises: Vec<String>,
}

/// Everything that the file names.
#[cfg(test)]
pub(in crate::demo) fn names() -> Names {
    let file = ReviewsFile::load().unwrap();
    let steps = file
        .review
        .iter()
        .flat_map(|entry| &entry.recommend)
        .flat_map(|one| &one.step);
    let notes = file.review.iter().flat_map(|entry| &entry.note);
    Names {
        staff: steps.map(|step| step.by.clone()).collect(),
        reasons: notes.map(|note| note.on.clone()).collect(),
        promises: file.published.iter().map(|one| one.action.clone()).collect(),
    }
}
