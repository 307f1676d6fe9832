//! The published procedure (R13): the same words on the home page and on a page to print.

mod handler;

pub(crate) use handler::published;
pub(super) use handler::show;

mod sample;
mod template;

pub use template::{procedure, promises, section_links, sections};

/// The procedure in force, in words for everybody (R11, R15, R17).
///
/// It is made from the data that the clocks run on, so no template names a stage, a limit or a number of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedProcedure {
    /// "How we handle complaints".
    pub title: String,
    /// The version that people can quote: "3".
    pub version: String,
    /// From when it holds: "Thursday 1 October 2026".
    pub valid_from: String,
    /// What comes before the first section, a paragraph each.
    pub intro: Vec<String>,
    /// What is promised and by when, in the order in which it happens.
    pub promises: Vec<Promise>,
    /// The sections in reading order. Their ids are unique on the page.
    pub sections: Vec<Section>,
}

/// One promise: "Within 3 working days", "We give you a decision ...".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// By when.
    pub when: String,
    /// What happens.
    pub what: String,
}

/// One section of the procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What a link to it names: "stage-1".
    pub id: String,
    /// Its heading: "Stage 1: we try to put it right quickly".
    pub heading: String,
    /// Its limit, for a stage: "Decision within 3 working days". A section with a limit is set apart.
    pub time: Option<String>,
    /// Its words.
    pub paragraphs: Vec<Block>,
}

/// A paragraph or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// One paragraph.
    Paragraph(String),
    /// A list, one line each.
    List(Vec<String>),
}

/// The calendar that working days are counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCalendar {
    /// "England and Wales, with Calderbrook's closed days".
    pub name: String,
    /// Which days count: "Monday to Friday, except the days below".
    pub working_week: String,
    /// Where the dates come from: an address, or words.
    pub sources: Vec<String>,
    /// When they were read: "Thursday 1 October 2026".
    pub read_on: String,
    /// The days that do not count from now on.
    pub closed_days: Vec<ClosedDay>,
    /// Until when the calendar is known: "Friday 31 December 2027".
    pub known_until: String,
}

/// A day that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedDay {
    /// "Friday 25 December 2026".
    pub date: String,
    /// "Christmas Day".
    pub what: String,
}

/// The procedure on a page of its own, made to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedurePage {
    /// The procedure in force.
    pub procedure: PublishedProcedure,
    /// The calendar its days are counted in.
    pub calendar: PublishedCalendar,
}
