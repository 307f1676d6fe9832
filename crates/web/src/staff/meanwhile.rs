//! What somebody else did while a form was open: shown above the words that were typed, to be read before they are sent. Never merged.

use hypertext::{Buffer, prelude::*};

use crate::page::icon::Icon;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;

/// Something that came in while somebody was writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interruption {
    /// "Jo replied to Priya at 9:41am while you were writing. Read it before you send."
    pub says: String,
    /// The words.
    pub words: String,
}

impl Renderable for Interruption {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            div.fc-alert.fc-alert--warn role="status" {
                p { (Icon::Alert) span { (self.says) } }
                @if !self.words.is_empty() { div.fc-note { (paragraphs(&self.words)) } }
            }
        }
        .render_to(out);
    }
}

/// A page of a form that was sent when the case had changed: the same form with every word, and what happened above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meanwhile<P> {
    /// What happened.
    pub came: Interruption,
    /// The page of the form, now of somebody who has the case before them as it is.
    pub page: P,
}

impl<P: StaffPage> StaffPage for Meanwhile<P> {
    fn title(&self) -> String {
        self.page.title()
    }

    fn nav(&self) -> Nav {
        self.page.nav()
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        self.came.render_to(out);
        self.page.body(shell, out);
    }
}

impl Interruption {
    /// Somebody answered.
    pub fn sample() -> Self {
        Self {
            says: "While you were writing: Update to Priya by email, by Jo Whitfield (Today, 9:41am). Read it before you go on: your words \
                   are still here, and nothing was sent."
                .to_owned(),
            words: "Hello Priya. Both access points were replaced this morning.".to_owned(),
        }
    }
}
