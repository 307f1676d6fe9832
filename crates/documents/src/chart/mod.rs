//! Charts as drawings that a server writes: SVG without style, script or anything loaded, each with the same numbers as a table (DESIGN 5).
//!
//! A chart is drawn with classes and geometry only, so that the strictest content policy takes it and the page's style gives it its colours,
//! on screen, in the dark, in forced colours and on paper. Words in it are text. The same data give the same bytes.

mod bars;
mod columns;
mod line;
mod stack;
mod svg;

pub use bars::{Bar, bar};
pub use columns::{Column, Columns};
pub use line::{Line, Point};
pub use stack::{Look, Part, Stack};

/// A chart and its twin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The `svg` element.
    pub svg: String,
    /// The same numbers.
    pub table: Table,
}

/// The numbers of a chart, as words: the first column names the row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The headings.
    pub heads: Vec<String>,
    /// The rows, each as long as the headings.
    pub rows: Vec<Vec<String>>,
}

/// What a chart is called and says, besides its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// An id that no other chart of the page has: letters, digits and hyphens.
    pub id: String,
    /// What it shows: the caption of its table too.
    pub title: String,
    /// What can be seen in it, in a sentence or two for whoever cannot see it.
    pub description: String,
    /// The heading of the first column: "Month".
    pub rows: String,
    /// The heading of the numbers: "Complaints".
    pub numbers: String,
}

impl About {
    /// The table beside the chart: each row with its number.
    fn table<'a>(&self, rows: impl Iterator<Item = (&'a str, &'a str)>) -> Table {
        Table {
            caption: self.title.clone(),
            heads: vec![self.rows.clone(), self.numbers.clone()],
            rows: rows
                .map(|(name, shown)| vec![name.to_owned(), shown.to_owned()])
                .collect(),
        }
    }
}
