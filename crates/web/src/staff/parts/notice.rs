//! Sentences that must be read: what was just done, what is wrong, what only staff may see.

use hypertext::prelude::*;

use super::link::Link;
use crate::page::icon::Icon;

/// Something on a case that somebody must look at: a failed delivery, a missed update, a passed date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// What happened and what to do.
    pub words: String,
    /// Where to do it.
    pub link: Option<Link>,
}

impl Alert {
    /// Says `words`.
    pub fn new(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            link: None,
        }
    }

    /// Says `words` and offers `link`.
    pub fn with_link(words: &str, link: Link) -> Self {
        Self {
            words: words.to_owned(),
            link: Some(link),
        }
    }
}

/// What was just done, at the top of the next page: "Sent to Priya."
pub fn done(words: Option<&str>) -> impl Renderable {
    maud! {
        @if let Some(words) = words {
            div.fc-alert.fc-alert--ok role="status" { p { (Icon::Tick) span { (words) } } }
        }
    }
}

/// Alerts, worst first.
pub fn alerts(alerts: &[Alert]) -> impl Renderable {
    maud! {
        @if !alerts.is_empty() {
            div.fc-alert.fc-alert--bad {
                @for alert in alerts {
                    p { (Icon::Alert) span { (alert.words) @if let Some(link) = &alert.link { " " (link) } } }
                }
            }
        }
    }
}

/// A caution that stops nothing, such as "This is 1 day late".
pub fn caution(words: &str) -> impl Renderable {
    maud! { div.fc-alert.fc-alert--warn { p { (Icon::Alert) span { (words) } } } }
}

/// Something that only staff may see, such as that a complaint names one of us.
pub fn staff_only(words: &str) -> impl Renderable {
    maud! {
        div.fc-alert.fc-alert--staff {
            p { (Icon::Lock) span { strong { "Staff only. " } (words) } }
        }
    }
}
