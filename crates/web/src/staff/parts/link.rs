//! A link with its words.

use hypertext::prelude::*;

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it goes.
    pub href: String,
}

impl Link {
    /// A link that says `label` and goes to `href`.
    pub fn new(label: &str, href: &str) -> Self {
        Self {
            label: label.to_owned(),
            href: href.to_owned(),
        }
    }
}

impl Renderable for Link {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! { a.govuk-link href=(self.href) { (self.label) } }.render_to(out);
    }
}

/// The link at the top of a page that leads one step up.
pub fn back_link(link: &Link) -> impl Renderable {
    maud! {
        a.govuk-back-link."govuk-!-margin-top-0".fc-noprint href=(link.href) { (link.label) }
    }
}

/// "Next page", for lists that are read on from the last line shown.
pub fn next_page(href: Option<&str>) -> impl Renderable {
    maud! {
        @if let Some(href) = href {
            nav.fc-more aria-label="Pages" { a.govuk-link href=(href) rel="next" { "Next page" } }
        }
    }
}
