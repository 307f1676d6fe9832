//! White boxes with a heading.

use hypertext::prelude::*;

use super::link::Link;

/// A box headed `heading` (level 2). `id` must be the only one of its kind on the page.
pub fn panel(id: &str, heading: &str, body: impl Renderable) -> impl Renderable {
    maud! {
        section.fc-panel aria-labelledby=(id) {
            div.fc-panel__head { h2 #(id) .govuk-heading-s { (heading) } }
            div.fc-panel__body { (body) }
        }
    }
}

/// A box whose heading has a link beside it.
pub fn panel_with_link(id: &str, heading: &str, link: &Link, body: impl Renderable) -> impl Renderable {
    maud! {
        section.fc-panel aria-labelledby=(id) {
            div.fc-panel__head {
                h2 #(id) .govuk-heading-s { (heading) }
                a.govuk-link.govuk-body-s."govuk-!-margin-0" href=(link.href) { (link.label) }
            }
            div.fc-panel__body { (body) }
        }
    }
}

/// The heading of a page: title and, beneath it, a line that sums up.
pub fn page_head(title: &str, sub: &str) -> impl Renderable {
    maud! {
        div.moj-page-header-actions {
            div.moj-page-header-actions__title {
                h1.govuk-heading-l { (title) }
                @if !sub.is_empty() { p.fc-head__sub.govuk-body-s { (sub) } }
            }
        }
    }
}

/// What a list says when it has nothing to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Empty {
    /// "Nothing is waiting for you."
    pub words: String,
    /// Where to go instead.
    pub link: Option<Link>,
}

impl Empty {
    /// Says `words`, with nowhere to go.
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

impl Renderable for Empty {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            div.fc-empty {
                p { (self.words) @if let Some(link) = &self.link { " " (link) } }
            }
        }
        .render_to(out);
    }
}
