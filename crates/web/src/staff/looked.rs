//! An e-mail as it looked: its cleaned page in a frame that can do nothing, and beside it where its links lead.

mod inside;

use hypertext::{Buffer, prelude::*};

pub(crate) use inside::Inside;
pub use inside::Leads;

use super::parts::facts::{Fact, facts};
use super::parts::link::{Link, back_link};
use super::parts::panel::{page_head, panel};
use super::paths;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::{TimelineFile, files};

/// An e-mail as it looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedPage {
    /// The case.
    pub reference: String,
    /// Who sent it, when, about what.
    pub about: Vec<Fact>,
    /// Where the document of the frame is.
    pub document: String,
    /// Where its links lead, in the order of their numbers.
    pub links: Vec<Leads>,
    /// How many links stand in the original only.
    pub more: usize,
    /// What came with it, and its original.
    pub files: Vec<TimelineFile>,
}

impl StaffPage for LookedPage {
    fn title(&self) -> String {
        format!("{}: e-mail as it looked", self.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        let back = Link::new(&format!("Back to {}", self.reference), &paths::case(&self.reference));
        let sub = "Nothing in it can run, load or send anything. Pictures, colours and typefaces are left out.";
        maud! {
            (back_link(&back))
            (page_head("E-mail as it looked", sub))
            div.fc-looked {
                div {
                    iframe.fc-looked__frame src=(self.document) title="The e-mail as it looked" sandbox="" referrerpolicy="no-referrer" {}
                }
                div {
                    (panel("about", "The e-mail", facts(&self.about)))
                    @if !self.links.is_empty() { (panel("links", "Where its links lead", self.leads())) }
                    (panel("files", "What came with it", files(&self.files)))
                }
            }
        }
        .render_to(out);
    }
}

impl LookedPage {
    fn leads(&self) -> impl Renderable {
        maud! {
            p.govuk-body-s { "Links do nothing in the frame. Look at the name of the site before you open one: what stands on a link says nothing about it." }
            ol.govuk-list.govuk-list--number.fc-anywhere {
                @for link in &self.links {
                    li {
                        strong { (link.whom) }
                        @if !link.words.is_empty() && link.words != link.whom { span.fc-muted { " on “" (link.words) "”" } }
                        @if let Some(address) = &link.address {
                            br;
                            a.govuk-link.govuk-body-s href=(address) target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer" {
                                (address) span.govuk-visually-hidden { " (opens in a new tab)" }
                            }
                        }
                    }
                }
            }
            @if self.more > 0 { p.govuk-body-s { (self.more) " more links stand in the original." } }
        }
    }

    /// One with two links and a picture.
    pub fn sample() -> Self {
        let page = r#"<p>See <a href="https://status.calderbrook.example/wifi">the status page</a>, and
            <a href="https://xn--bnk-qla.example/login">your bank</a>, or <a href="mailto:kai@example.org">write to Kai</a>.</p>"#;
        let Inside { links, more, .. } = Inside::of(page);
        Self {
            reference: "FC-10482".to_owned(),
            about: vec![
                Fact::new("From", "Priya Nair (p.nair@student.calderbrook.example)"),
                Fact::new("Came", "Tuesday 13 October 2026, 4:20pm"),
                Fact::new("Subject", "Wi-Fi drops every evening"),
            ],
            document: paths::mail_page("FC-10482", 14),
            links,
            more,
            files: vec![
                TimelineFile::new(
                    "evening.png",
                    paths::file("FC-10482", "a1"),
                    "PNG picture, 214 KB, Priya can see this",
                ),
                TimelineFile::new(
                    "Original message.eml",
                    paths::file("FC-10482", "a2"),
                    "Text file, 306 KB, staff only",
                ),
            ],
        }
    }

    /// One without a link, of which nothing but the original is kept.
    pub fn sample_plain() -> Self {
        let mut page = Self::sample();
        page.links = Vec::new();
        page.files.remove(0);
        page
    }
}
