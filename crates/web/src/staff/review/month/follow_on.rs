//! The follow-on actions in the review of a month: what is to be done soon, later, and what was done since (R10).

use hypertext::prelude::*;

use super::MonthPage;
use crate::staff::actions::line::{ActionLine, action_table};
use crate::staff::paths;

/// The actions that are carried forward: as they were when the review was held, or are now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowOn {
    /// Late, to be accepted, recommended by this review, or due within two weeks.
    pub soon: Vec<ActionLine>,
    /// "14 more, due after Wednesday 9 December".
    pub later_words: String,
    /// The rest of what is to be done.
    pub later: Vec<ActionLine>,
    /// "17 done or dropped since 1 October".
    pub ended_words: String,
    /// Actions that were done or dropped since the month began.
    pub ended: Vec<ActionLine>,
    /// How many more there are than are shown.
    pub unlisted: usize,
}

pub(super) fn follow_on(page: &MonthPage) -> impl Renderable {
    let actions = &page.actions;
    maud! {
        section.fc-panel aria-labelledby="actions" {
            div.fc-panel__head {
                h2 #actions .govuk-heading-s { "Follow-on actions" }
                @if page.hold.is_some() {
                    a.govuk-link.fc-noprint href=(paths::review_act(&page.code, "recommend")) { "Recommend a change" }
                }
            }
            div.fc-panel__body {
                @if actions.soon.is_empty() && actions.later.is_empty() { p { "None is carried forward." } }
                @if !actions.soon.is_empty() { (action_table(&actions.soon, "Carried forward")) }
                (folded(&actions.later, &actions.later_words, page))
                (folded(&actions.ended, &actions.ended_words, page))
                @if actions.unlisted > 0 {
                    p.govuk-body-s {
                        "Of each list the first are shown. " (actions.unlisted) " more stand in "
                        a.govuk-link href=(paths::ACTIONS) { "the register of follow-on actions" } "."
                    }
                }
            }
        }
    }
}

fn folded<'a>(lines: &'a [ActionLine], words: &'a str, page: &'a MonthPage) -> impl Renderable + 'a {
    maud! {
        @if !lines.is_empty() {
            details.govuk-details.fc-later open[page.whole] {
                summary.govuk-details__summary { span.govuk-details__summary-text { (words) } }
                (action_table(lines, words))
            }
        }
    }
}
