//! What keeps a case although its period is over.

use jiff::civil::Date;

use super::Keeping;
use crate::case::{Case, Setting};
use crate::clock::full_date;
use crate::follow_on::FollowOnId;
use crate::review::period::Month;
use crate::sentence::listed;

/// What stands beside a case and is asked before it goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Follow-on actions that it promised and that are not done or dropped.
    pub open_actions: Vec<FollowOnId>,
    /// The month of its closing, where its review is not finished.
    pub unfinished_review: Option<Month>,
    /// How many of its letters have not left the post room.
    pub letters: usize,
}

/// One thing that keeps a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeptBy {
    /// A legal hold.
    Hold {
        /// Why it was set.
        reason: String,
        /// Since when.
        since: Date,
    },
    /// Follow-on actions that are still to be done: whoever does them may have to read why.
    Actions(Vec<FollowOnId>),
    /// The review of the month in which it was closed.
    Review(Month),
    /// Letters that have not left.
    Letters(usize),
}

impl KeptBy {
    /// In words.
    pub fn words(&self) -> String {
        match self {
            KeptBy::Hold { reason, since } => format!("Held since {}: {reason}", full_date(*since)),
            KeptBy::Actions(ids) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                format!("What it promised is not done yet: {}", listed(&ids))
            }
            KeptBy::Review(month) => {
                format!("The review of {} is not finished", month.words())
            }
            KeptBy::Letters(1) => "One of its letters has not gone out yet".to_owned(),
            KeptBy::Letters(many) => format!("{many} of its letters have not gone out yet"),
        }
    }
}

/// For how many months a review that nobody finishes keeps its cases beyond their day: a review that was never held keeps nothing for ever.
const REVIEW_KEEPS_MONTHS: i32 = 12;

/// Everything that keeps a case whose period is over on a day; nothing where it can go.
pub fn kept_by(case: &Case, keeping: &Keeping, beside: &Beside, setting: &Setting<'_>) -> Vec<KeptBy> {
    let hold = case.hold.as_ref().map(|hold| KeptBy::Hold {
        reason: hold.reason.clone(),
        since: setting.local_date(hold.at),
    });
    let actions = Some(&beside.open_actions).filter(|open| !open.is_empty());
    let last = Month::of(keeping.goes_on).later(REVIEW_KEEPS_MONTHS);
    let review = beside.unfinished_review.filter(|_| Month::of(setting.today()) <= last);
    let letters = Some(beside.letters).filter(|many| *many > 0);
    hold.into_iter()
        .chain(actions.cloned().map(KeptBy::Actions))
        .chain(review.map(KeptBy::Review))
        .chain(letters.map(KeptBy::Letters))
        .collect()
}
