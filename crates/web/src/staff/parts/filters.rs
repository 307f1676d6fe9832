//! Links that narrow a list, with counts.

use hypertext::prelude::*;

use super::tag::Tone;

/// One link that narrows a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What it shows, such as "Due today".
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many lines it would leave.
    pub count: Option<u32>,
    /// Whether there are more than were counted.
    pub has_more: bool,
    /// `Bad` and `Warn` colour the count.
    pub tone: Tone,
    /// Whether the list is narrowed this way now.
    pub current: bool,
}

impl Filter {
    /// A filter that is not in force.
    pub fn new(label: &str, href: &str) -> Self {
        Self {
            label: label.to_owned(),
            href: href.to_owned(),
            count: None,
            has_more: false,
            tone: Tone::Grey,
            current: false,
        }
    }

    /// The same filter with its count.
    #[must_use]
    pub fn counting(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// The same filter with its count, where no more than so many were counted: "1000+" is said of what has more.
    #[must_use]
    pub fn counting_up_to(self, count: u32, most: u32) -> Self {
        Self {
            has_more: count > most,
            ..self.counting(count.min(most))
        }
    }

    /// The same filter in another tone.
    #[must_use]
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The same filter, in force.
    #[must_use]
    pub fn in_force(mut self) -> Self {
        self.current = true;
        self
    }
}

/// A named group of filters, such as "Stage".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterGroup {
    /// The name, read before the links.
    pub name: String,
    /// The links.
    pub filters: Vec<Filter>,
}

impl FilterGroup {
    /// A group called `name`.
    pub fn new(name: &str, filters: Vec<Filter>) -> Self {
        Self {
            name: name.to_owned(),
            filters,
        }
    }
}

/// Draws one row of filters, called `name` for people who cannot see that it is one.
pub fn filter_row(name: &str, filters: &[Filter]) -> impl Renderable {
    maud! {
        @if !filters.is_empty() {
            ul.fc-summary aria-label=(name) {
                @for filter in filters {
                    li.[filter.tone.pressing_class()] {
                        a href=(filter.href) aria-current=[filter.current.then_some("true")] {
                            (filter.label)
                            @if let Some(count) = filter.count { " " b { (count) @if filter.has_more { "+" } } }
                        }
                    }
                }
            }
        }
    }
}

/// Draws groups of filters, each with its name in front.
pub fn filter_groups(groups: &[FilterGroup]) -> impl Renderable {
    maud! {
        div.fc-filters {
            @for group in groups {
                div.fc-filters__group {
                    span.fc-filters__name aria-hidden="true" { (group.name) }
                    (filter_row(&group.name, &group.filters))
                }
            }
        }
    }
}
