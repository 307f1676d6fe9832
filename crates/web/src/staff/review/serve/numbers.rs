//! Numbers as a reader sees them: with their share, with a way to the cases behind them, or hidden (model 3.7).

use rules::review::suppress::{at_least, shown, shown_parts, shown_rate, shown_spread};
use rules::review::{Cell, Rate, Reader, Shown, Spread};

use super::super::month::Number;
use crate::staff::paths;

/// Instead of a number that the reader may not see.
pub(super) const FEWER: &str = "fewer than 5";
/// Instead of one that would tell it.
const HIDDEN: &str = "hidden";

/// How numbers are shown on a page.
#[derive(Debug, Clone, Copy)]
pub(in crate::staff) struct Ink<'a> {
    /// Who reads.
    pub(in crate::staff) reader: Reader,
    /// "2026-09": the month whose page lists the cases behind a number; none where no page does.
    pub(in crate::staff) month: Option<&'a str>,
}

impl Ink<'_> {
    /// One number by itself.
    pub(super) fn number(&self, n: u32) -> String {
        written(shown(n, self.reader), n)
    }

    /// The parts of a whole, each hidden if it is small or would tell a small one.
    pub(super) fn parts(&self, parts: &[u32]) -> Vec<Option<u32>> {
        let shown = shown_parts(parts, self.reader).into_iter();
        shown
            .map(|shown| match shown {
                Shown::Number(n) => Some(n),
                Shown::Hidden => None,
            })
            .collect()
    }

    /// A part of a group in a table, with its way to the cases.
    pub(super) fn part(&self, cell: &Cell, shown: Option<u32>, n: u32) -> Number {
        match shown {
            None => Number::plain(if n < rules::review::suppress::SMALLEST {
                FEWER
            } else {
                HIDDEN
            }),
            Some(0) => Number::plain("0"),
            Some(n) => Number {
                shown: n.to_string(),
                href: self.behind(cell),
            },
        }
    }

    /// "92% (33 of 36)", "none of 0" as words, or what may be said of it.
    pub(super) fn rate(&self, rate: Rate, none: &str) -> String {
        let Some(percent) = rate.percent() else {
            return none.to_owned();
        };
        match shown_rate(rate, self.reader) {
            (Shown::Number(part), Shown::Number(whole)) => format!("{percent}% ({part} of {whole})"),
            (Shown::Hidden, Shown::Number(whole)) => match at_least(rate, self.reader) {
                Some(floor) => format!("at least {floor}% (of {whole})"),
                None => format!("hidden ({whole} in all)"),
            },
            (_, Shown::Hidden) => FEWER.to_owned(),
        }
    }

    /// "92%", and "33 of 36" beneath.
    pub(super) fn rate_in_two(&self, rate: Rate, none: &str) -> (String, String) {
        match (rate.percent(), shown_rate(rate, self.reader)) {
            (None, _) => ("–".to_owned(), none.to_owned()),
            (Some(percent), (Shown::Number(part), Shown::Number(whole))) => {
                (format!("{percent}%"), format!("{part} of {whole}"))
            }
            (Some(_), (Shown::Hidden, Shown::Number(whole))) => match at_least(rate, self.reader) {
                Some(floor) => (format!("At least {floor}%"), format!("of {whole}")),
                None => ("Hidden".to_owned(), format!("{whole} in all")),
            },
            (Some(_), (_, Shown::Hidden)) => ("Hidden".to_owned(), FEWER.to_owned()),
        }
    }

    /// A percentage for a chart; none where it is hidden or there is nothing.
    pub(super) fn percent(&self, rate: Rate) -> Option<u32> {
        match shown_rate(rate, self.reader) {
            (Shown::Number(_), Shown::Number(_)) => rate.percent(),
            _ => None,
        }
    }

    /// A spread as it may be shown.
    pub(super) fn spread<'s>(&self, spread: &'s Spread) -> Option<&'s Spread> {
        shown_spread(spread, self.reader)
    }

    /// To the cases behind a cell, for whoever may see cases. What comes from the register has its own page.
    pub(super) fn behind(&self, cell: &Cell) -> Option<String> {
        let from_cases = cell.figure != rules::review::Figure::Action;
        let month = self.month.filter(|_| self.reader == Reader::Entitled && from_cases)?;
        Some(format!("{}?behind={}#behind", paths::review(month), code_of(cell)))
    }
}

fn written(shown: Shown, n: u32) -> String {
    match shown {
        Shown::Number(n) => n.to_string(),
        Shown::Hidden if n < rules::review::suppress::SMALLEST => FEWER.to_owned(),
        Shown::Hidden => HIDDEN.to_owned(),
    }
}

/// A cell as an address names it: `k4.decisions.late`.
pub(super) fn code_of(cell: &Cell) -> String {
    format!("{}.{}.{}", cell.figure.code(), cell.group, cell.item)
}

/// The cell that an address names.
pub(super) fn cell_of(code: &str) -> Option<Cell> {
    let mut parts = code.splitn(3, '.');
    let figure = rules::review::Figure::from_code(parts.next()?)?;
    let (group, item) = (parts.next()?, parts.next()?);
    Some(Cell::new(figure, group.to_owned(), item.to_owned()))
}

/// Tenths as people write them: "2.5", "3".
pub(super) fn tenths(tenths: u32) -> String {
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use rules::review::Figure;

    use super::*;

    #[test]
    fn a_cell_comes_back_from_its_address() {
        for cell in [
            Cell::new(Figure::Stage1, "decisions", "late"),
            Cell::new(Figure::Category, "service:A3", "B11"),
        ] {
            assert_eq!(cell_of(&code_of(&cell)), Some(cell));
        }
        for wrong in ["", "k4", "k4.decisions", "k99.a.b"] {
            assert_eq!(cell_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_a_reader_may_not_see_is_said_in_words_and_leads_nowhere() {
        let ink = |reader| Ink {
            reader,
            month: Some("2026-09"),
        };
        let (senior, reviewer) = (ink(Reader::NotEntitled), ink(Reader::Entitled));
        assert_eq!(senior.number(3), "fewer than 5");
        assert_eq!(senior.rate(Rate::of(33, 36), ""), "at least 88% (of 36)");
        assert_eq!(senior.rate(Rate::of(2, 36), ""), "hidden (36 in all)");
        assert_eq!(reviewer.rate(Rate::of(33, 36), ""), "92% (33 of 36)");
        let cell = Cell::new(Figure::Stage1, "decisions", "late");
        assert_eq!(senior.behind(&cell), None);
        assert_eq!(
            reviewer.behind(&cell).as_deref(),
            Some("/staff/review/2026-09?behind=k4.decisions.late#behind")
        );
        assert_eq!(
            (tenths(25), tenths(30), tenths(3)),
            ("2.5".to_owned(), "3".to_owned(), "0.3".to_owned())
        );
    }
}
