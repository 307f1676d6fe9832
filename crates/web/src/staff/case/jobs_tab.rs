//! The fourth tab of a case: its job in the job system and the updates that were copied to it (R20, R21).

use hypertext::{Buffer, prelude::*};

use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::panel::{Empty, panel};
use crate::staff::parts::table::{Column, Holds, Table};

/// The jobs tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobsTab {
    /// The job of this case.
    pub job: Option<JobView>,
    /// Why there is none: not raised yet, or a confidential case (R3).
    pub none: String,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobView {
    /// Number, profile, stand-alone or child of which job, status, job system.
    pub facts: Vec<Fact>,
    /// Updates, newest first.
    pub updates: Vec<JobUpdate>,
}

/// An update of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobUpdate {
    /// "Yesterday, 4:20pm"
    pub when: String,
    /// Who wrote it.
    pub who: String,
    /// What the job says.
    pub words: String,
    /// "Copied at 4:21pm", "Waiting to be copied", "Could not be copied: trying again at 5pm".
    pub copied: String,
}

impl Renderable for JobsTab {
    fn render_to(&self, out: &mut Buffer) {
        match &self.job {
            Some(job) => job.render_to(out),
            None => Empty::new(&self.none).render_to(out),
        }
    }
}

impl Renderable for JobView {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            (panel("job", "Job of this case", facts(&self.facts)))
            (panel("updates", "Updates copied to the job", updates(&self.updates)))
        }
        .render_to(out);
    }
}

/// The columns of the updates.
const COLUMNS: [Column; 4] = [
    Column::new("When", Holds::Moment),
    Column::new("Who", Holds::Short),
    Column::new("What", Holds::Words),
    Column::new("Copied", Holds::Short),
];

/// Draws the updates of a job as a table.
pub(crate) fn updates(updates: &[JobUpdate]) -> impl Renderable {
    let row = |update: &JobUpdate| {
        let JobUpdate {
            when,
            who,
            words,
            copied,
        } = update.clone();
        vec![when, who, words, copied]
    };
    let table = Table {
        name: "Updates",
        columns: &COLUMNS,
        rows: updates.iter().map(row).collect(),
    };
    maud! { @if updates.is_empty() { p.govuk-body { "None yet." } } @else { (table) } }
}
