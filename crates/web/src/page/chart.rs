//! A chart on a page: what it says in words, the drawing, and the same numbers as a table; or a table whose rows are drawn (DESIGN `fc-fig`).

use documents::chart::{Bar, Drawing, Stack, Table, bar};
use hypertext::{Buffer, Raw, prelude::*};

/// A chart with its headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What can be seen in it, in a sentence: "September had the most complaints in a year".
    pub headline: String,
    /// What it shows: "Complaints received each month".
    pub sub: String,
    /// The chart.
    pub picture: Picture,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// A drawing with its table folded beneath.
    Drawn(Drawing),
    /// A stacked bar with its key.
    Stacked(Stack),
    /// A table with a bar in each row.
    Bars(Bars),
}

/// A table with a bar in each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars {
    /// The caption, for people who do not see the headline beside it.
    pub caption: String,
    /// The heading of the rows: "Service".
    pub rows_head: String,
    /// The heading of the numbers, and of those before: "Sept", "Aug".
    pub heads: (String, String),
    /// The rows.
    pub rows: Vec<BarRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarRow {
    /// Its name.
    pub label: String,
    /// The bar.
    pub bar: Bar,
    /// The number as written, and the one before.
    pub shown: (String, String),
}

impl Renderable for Chart {
    fn render_to(&self, out: &mut Buffer) {
        figure(self, maud! { h2.govuk-heading-s { (self.headline) } }).render_to(out);
    }
}

/// A chart in a part of a page that has a heading of its own.
pub fn under_heading(chart: &Chart) -> impl Renderable {
    figure(chart, maud! { h3.govuk-heading-s { (chart.headline) } })
}

fn figure(chart: &Chart, heading: impl Renderable) -> impl Renderable {
    maud! {
        figure.fc-fig {
            figcaption { (heading) p { (chart.sub) } }
            @match &chart.picture {
                Picture::Drawn(drawing) => { (drawn(&drawing.svg)) (folded(&drawing.table)) }
                Picture::Stacked(stack) => { (stacked(stack)) }
                Picture::Bars(bars) => { (bars) }
            }
        }
    }
}

/// Charts beside each other.
pub fn charts(charts: &[Chart]) -> impl Renderable {
    maud! { @if !charts.is_empty() { div.fc-figs { @for chart in charts { (chart) } } } }
}

fn drawn(svg: &str) -> Raw<&str> {
    // XSS SAFETY: the chart escapes every word that it is given, and its golden files show that nothing else gets in.
    Raw::dangerously_create(svg)
}

fn stacked(stack: &Stack) -> impl Renderable {
    let drawing = stack.draw();
    let swatches: Vec<String> = stack.parts.iter().map(|part| stack.swatch(part)).collect();
    maud! {
        (drawn(&drawing.svg))
        ul.fc-key {
            @for (part, swatch) in stack.parts.iter().zip(&swatches) {
                li { (drawn(swatch)) span { (part.name) } strong.fc-num { (part.shown) } }
            }
        }
        (folded(&drawing.table))
    }
}

fn folded(table: &Table) -> impl Renderable {
    maud! {
        details.govuk-details {
            summary.govuk-details__summary {
                span.govuk-details__summary-text {
                    "Show as a table" span.govuk-visually-hidden { ": " (table.caption) }
                }
            }
            table.govuk-table {
                caption.govuk-visually-hidden { (table.caption) }
                thead {
                    tr.govuk-table__row {
                        @for (at, head) in table.heads.iter().enumerate() {
                            th.govuk-table__header.govuk-table__header--numeric[at > 0] scope="col" { (head) }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr.govuk-table__row {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 {
                                    th.govuk-table__header."govuk-!-font-weight-regular" scope="row" { (cell) }
                                } @else {
                                    td.govuk-table__cell.govuk-table__cell--numeric { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl Renderable for Bars {
    fn render_to(&self, out: &mut Buffer) {
        let drawings: Vec<String> = self.rows.iter().map(|row| bar(row.bar)).collect();
        maud! {
            table.govuk-table.fc-bars {
                caption.govuk-visually-hidden { (self.caption) }
                thead {
                    tr {
                        th.fc-bars__cat scope="col" { (self.rows_head) }
                        td {}
                        th.govuk-table__header--numeric scope="col" { (self.heads.0) }
                        th.govuk-table__header--numeric scope="col" { (self.heads.1) }
                    }
                }
                tbody {
                    @for (row, drawing) in self.rows.iter().zip(&drawings) {
                        tr {
                            th."govuk-!-font-weight-regular" scope="row" { (row.label) }
                            td aria-hidden="true" { (drawn(drawing)) }
                            td.govuk-table__cell--numeric.fc-num { strong { (row.shown.0) } }
                            td.govuk-table__cell--numeric.fc-num.fc-muted { (row.shown.1) }
                        }
                    }
                }
            }
        }
        .render_to(out);
    }
}
