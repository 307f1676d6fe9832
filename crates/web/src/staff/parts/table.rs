//! A table of words; on a phone each row becomes a card in which every cell names its column.

use hypertext::prelude::*;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it holds, for people who cannot see it: "Updates".
    pub name: &'static str,
    /// The headings of its columns.
    pub columns: &'static [Column],
    /// Its rows, one text for each column.
    pub rows: Vec<Vec<String>>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: &'static str,
    /// What stands in it.
    pub holds: Holds,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Words that wrap.
    Words,
    /// A day and a time.
    Moment,
    /// A name or a few words that stay on one line where there is room.
    Short,
    /// A number.
    Number,
    /// Letters and digits that a machine wrote.
    Code,
}

impl Column {
    /// A column called `heading`.
    pub const fn new(heading: &'static str, holds: Holds) -> Self {
        Self { heading, holds }
    }
}

impl Renderable for Table {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            div.fc-table tabindex="0" role="region" aria-label={ (self.name) ", table" } {
                table.govuk-table role="table" {
                    thead.govuk-table__head role="rowgroup" {
                        tr.govuk-table__row role="row" {
                            @for column in self.columns {
                                th.govuk-table__header.govuk-table__header--numeric[column.holds == Holds::Number]
                                    scope="col" role="columnheader" { (column.heading) }
                            }
                        }
                    }
                    tbody.govuk-table__body role="rowgroup" {
                        @for row in &self.rows {
                            tr.govuk-table__row role="row" {
                                @for (column, words) in self.columns.iter().zip(row) { (cell(*column, words)) }
                            }
                        }
                    }
                }
            }
        }
        .render_to(out);
    }
}

fn cell(column: Column, words: &str) -> impl Renderable {
    maud! {
        td.govuk-table__cell.(column.holds.class()) role="cell" {
            span.fc-m { (column.heading) ": " }
            @if column.holds == Holds::Code { code { (words) } } @else { (words) }
        }
    }
}

impl Holds {
    fn class(self) -> &'static str {
        match self {
            Self::Words => "fc-words",
            Self::Moment => "fc-moment",
            Self::Short | Self::Code => "fc-nowrap",
            Self::Number => "govuk-table__cell--numeric",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_names_its_column_and_stays_a_cell() {
        const COLUMNS: [Column; 2] = [Column::new("When", Holds::Moment), Column::new("What", Holds::Words)];
        let table = Table {
            name: "Updates",
            columns: &COLUMNS,
            rows: vec![vec!["Yesterday".to_owned(), "<b>".to_owned()]],
        };
        let html = table.render().into_inner();
        assert!(
            html.contains(
                r#"<td class="govuk-table__cell fc-words" role="cell"><span class="fc-m">What: </span>&lt;b&gt;</td>"#
            ),
            "{html}"
        );
    }
}
