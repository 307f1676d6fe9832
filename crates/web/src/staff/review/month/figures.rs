//! Every figure of the pack, folded, with its answer in the fold and its definition and tables inside (K1 to K20).

use hypertext::prelude::*;

use super::MonthPage;
use crate::staff::parts::panel::panel;

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// "k4": what a link to it names.
    pub id: String,
    /// "Stage 1 on time".
    pub name: String,
    /// "92% (33 of 36)".
    pub answer: String,
    /// What is counted, over which cases, from which source.
    pub definition: String,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// A table of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it breaks down.
    pub caption: String,
    /// The heading of the names.
    pub rows_head: String,
    /// The headings of the numbers.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Rows,
}

/// The rows of a table: a name and its numbers.
pub type Rows = Vec<(String, Vec<Number>)>;

/// A number as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// "33 (92%)", "fewer than 5", "none".
    pub shown: String,
    /// To the cases behind it.
    pub href: Option<String>,
}

impl Number {
    /// Words without a way to the cases.
    pub fn plain(shown: &str) -> Self {
        Self {
            shown: shown.to_owned(),
            href: None,
        }
    }
}

pub(super) fn pack(page: &MonthPage) -> impl Renderable {
    let folds = Folds {
        figures: &page.figures,
        unfolded: page.whole,
    };
    panel("figures", "Every figure", folds)
}

/// Figures, each folded or all of them open.
pub struct Folds<'a> {
    /// The figures.
    pub figures: &'a [Figure],
    /// Whether they are open.
    pub unfolded: bool,
}

impl Renderable for Folds<'_> {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! { @for figure in self.figures { (self.fold(figure)) } }.render_to(out);
    }
}

impl Folds<'_> {
    fn fold<'a>(&'a self, figure: &'a Figure) -> impl Renderable + 'a {
        maud! {
        details #(figure.id) .fc-figure open[self.unfolded] {
            summary {
                h3.govuk-heading-s { (figure.name) }
                span.fc-figure__answer.fc-num { (figure.answer) }
            }
            div.fc-figure__body {
                p { (figure.definition) }
                div.fc-figure__tables { @for table in &figure.tables { (table) } }
            }
        }
        }
    }
}

/// A table with more numbers in a row than fit on a narrow screen scrolls by itself.
const WIDE: usize = 3;

impl Renderable for Table {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            @if self.heads.len() > WIDE {
                div.fc-table tabindex="0" role="group" aria-label=(self.caption) { (numbers(self)) }
            } @else {
                (numbers(self))
            }
        }
        .render_to(out);
    }
}

fn numbers(of: &Table) -> impl Renderable {
    maud! {
        table.govuk-table {
            caption.govuk-table__caption { (of.caption) }
            thead.govuk-table__head {
                tr.govuk-table__row {
                    th.govuk-table__header scope="col" { (of.rows_head) }
                    @for head in &of.heads { th.govuk-table__header.govuk-table__header--numeric scope="col" { (head) } }
                }
            }
            tbody.govuk-table__body {
                @for (name, numbers) in &of.rows {
                    tr.govuk-table__row {
                        th.govuk-table__header."govuk-!-font-weight-regular" scope="row" { (name) }
                        @for number in numbers { td.govuk-table__cell.govuk-table__cell--numeric.fc-num { (number_of(number, name)) } }
                    }
                }
            }
        }
    }
}

fn number_of<'a>(number: &'a Number, name: &'a str) -> impl Renderable + 'a {
    maud! {
        @match &number.href {
            Some(href) => {
                a.govuk-link.govuk-link--no-visited-state href=(href) {
                    (number.shown) span.govuk-visually-hidden { ": cases behind " (name) }
                }
            }
            None => { (number.shown) }
        }
    }
}
