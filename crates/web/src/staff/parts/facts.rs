//! Lists of a name and its value.

use hypertext::prelude::*;

use super::link::Link;

/// One line of a summary list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The name, such as "Reply by".
    pub key: String,
    /// The value, such as "Email". A line break starts a new line.
    pub value: String,
    /// Where the value leads, if anywhere.
    pub href: Option<String>,
    /// Words after a linked value, such as "(parent)".
    pub after: Option<String>,
}

impl Fact {
    /// `key` is `value`.
    pub fn new(key: &str, value: &str) -> Self {
        Self {
            key: key.to_owned(),
            value: value.to_owned(),
            href: None,
            after: None,
        }
    }

    /// `key` is a link.
    pub fn linked(key: &str, link: Link) -> Self {
        Self {
            key: key.to_owned(),
            value: link.label,
            href: Some(link.href),
            after: None,
        }
    }

    /// The same line with `after` behind its value.
    #[must_use]
    pub fn with_after(mut self, after: &str) -> Self {
        self.after = Some(after.to_owned());
        self
    }
}

/// Draws `facts` as a summary list.
pub fn facts(facts: &[Fact]) -> impl Renderable {
    maud! {
        dl.govuk-summary-list {
            @for fact in facts {
                div.govuk-summary-list__row {
                    dt.govuk-summary-list__key { (fact.key) }
                    dd.govuk-summary-list__value { (value(fact)) }
                }
            }
        }
    }
}

/// Words that may break before the `@` of an address, so that no line ends in the middle of its last word.
pub(crate) fn breakable(words: &str) -> impl Renderable {
    let (before, after) = words.split_once('@').unwrap_or((words, ""));
    maud! { (before) @if !after.is_empty() { wbr; "@" (after) } }
}

fn value(fact: &Fact) -> impl Renderable {
    maud! {
        @if let Some(href) = &fact.href {
            a.govuk-link href=(href) { (fact.value) }
        } @else {
            @for (n, line) in fact.value.lines().enumerate() {
                @if n > 0 { br; }
                (breakable(line))
            }
        }
        @if let Some(after) = &fact.after { " " (after) }
    }
}
