//! The ledger of a period: every figure as counts in named cells, so that each can be traced to the cases behind it and compared later.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::rate::Rate;
use super::spread::Spread;

/// A code: one of ours, or one of the procedure's.
pub type Code = Cow<'static, str>;

/// One number of one figure: K4, of the decisions, those in time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// Which figure.
    pub figure: Figure,
    /// What is broken down: the decisions of a stage, the channels.
    pub group: Code,
    /// Which part of it. [`ALL`] is what the others are part of.
    pub item: Code,
}

/// The item that holds a whole group: the n beside every percentage.
pub const ALL: &str = "all";

impl Cell {
    /// A cell.
    pub fn new(figure: Figure, group: impl Into<Code>, item: impl Into<Code>) -> Cell {
        Cell {
            figure,
            group: group.into(),
            item: item.into(),
        }
    }
}

/// What one case adds to the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// So many to a cell.
    Count(Cell, u32),
    /// One value to a spread.
    Value(Cell, u32),
}

impl Entry {
    /// The cell to which it adds.
    pub fn cell(&self) -> &Cell {
        match self {
            Entry::Count(cell, _) | Entry::Value(cell, _) => cell,
        }
    }
}

/// What one case adds, while it is gathered.
#[derive(Debug, Default)]
pub struct Book {
    entries: Vec<Entry>,
}

impl Book {
    /// One more in a cell.
    pub fn count(&mut self, figure: Figure, group: impl Into<Code>, item: impl Into<Code>) {
        self.count_many(figure, group, item, 1);
    }

    /// So many more in a cell; nothing is written for none.
    pub fn count_many(&mut self, figure: Figure, group: impl Into<Code>, item: impl Into<Code>, n: u32) {
        if n > 0 {
            self.entries.push(Entry::Count(Cell::new(figure, group, item), n));
        }
    }

    /// One more value in the spread of a group.
    pub fn value(&mut self, figure: Figure, group: impl Into<Code>, value: u32) {
        self.entries.push(Entry::Value(Cell::new(figure, group, ALL), value));
    }

    /// What was gathered.
    pub fn close(self) -> Vec<Entry> {
        self.entries
    }
}

/// All figures of a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Ledger {
    counts: BTreeMap<Cell, u32>,
    spreads: BTreeMap<Cell, Spread>,
}

impl Ledger {
    /// Adds what one case adds.
    pub fn add(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            match entry {
                Entry::Count(cell, n) => *self.counts.entry(cell).or_default() += n,
                Entry::Value(cell, value) => self.spreads.entry(cell).or_default().add(value),
            }
        }
    }

    /// Sets a number that does not come from a case, such as that of actions (K14).
    pub fn set(&mut self, cell: Cell, n: u32) {
        if n > 0 {
            self.counts.insert(cell, n);
        }
    }

    /// The number in a cell; 0 where nothing was counted.
    pub fn get(&self, figure: Figure, group: &str, item: &str) -> u32 {
        let cell = Cell::new(figure, group.to_owned(), item.to_owned());
        self.counts.get(&cell).copied().unwrap_or(0)
    }

    /// A part of its whole.
    pub fn rate(&self, figure: Figure, group: &str, item: &str) -> Rate {
        Rate::of(self.get(figure, group, item), self.get(figure, group, ALL))
    }

    /// The items of a group with their numbers, by code, without [`ALL`].
    pub fn group(&self, figure: Figure, group: &str) -> Vec<(&str, u32)> {
        let mine = self
            .counts
            .iter()
            .filter(|(cell, _)| cell.figure == figure && cell.group == group);
        mine.filter(|(cell, _)| cell.item != ALL)
            .map(|(cell, n)| (cell.item.as_ref(), *n))
            .collect()
    }

    /// The groups of a figure that hold a number, by code.
    pub fn groups(&self, figure: Figure) -> Vec<&str> {
        let mut groups: Vec<&str> = self
            .counts
            .keys()
            .filter(|cell| cell.figure == figure)
            .map(|cell| cell.group.as_ref())
            .collect();
        groups.dedup();
        groups
    }

    /// The spread of a group; empty where nothing was measured.
    pub fn spread(&self, figure: Figure, group: &str) -> Spread {
        let cell = Cell::new(figure, group.to_owned(), ALL);
        self.spreads.get(&cell).cloned().unwrap_or_default()
    }

    /// Every cell with its number.
    pub fn cells(&self) -> impl Iterator<Item = (&Cell, u32)> {
        self.counts.iter().map(|(cell, n)| (cell, *n))
    }

    /// Every spread with its cell.
    pub fn spreads(&self) -> impl Iterator<Item = (&Cell, &Spread)> {
        self.spreads.iter()
    }

    /// Cells whose number is another in a later ledger of the same period: what a restatement shows (A34).
    pub fn restated(&self, later: &Ledger) -> Vec<Restated> {
        let cells: std::collections::BTreeSet<&Cell> = self.counts.keys().chain(later.counts.keys()).collect();
        let number = |ledger: &Ledger, cell: &Cell| ledger.counts.get(cell).copied().unwrap_or(0);
        cells
            .into_iter()
            .filter_map(|cell| {
                let (was, is) = (number(self, cell), number(later, cell));
                (was != is).then(|| Restated {
                    cell: cell.clone(),
                    was,
                    is,
                })
            })
            .collect()
    }
}

/// A number that was another when the figures were frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restated {
    /// Which.
    pub cell: Cell,
    /// As frozen.
    pub was: u32,
    /// As it is now.
    pub is: u32,
}

/// A ledger as it is stored: rows, not maps with keys of three parts.
#[derive(Serialize, Deserialize)]
struct Written {
    counts: Vec<(Cell, u32)>,
    spreads: Vec<(Cell, Spread)>,
}

impl From<Written> for Ledger {
    fn from(written: Written) -> Ledger {
        Ledger {
            counts: written.counts.into_iter().collect(),
            spreads: written.spreads.into_iter().collect(),
        }
    }
}

impl From<Ledger> for Written {
    fn from(ledger: Ledger) -> Written {
        Written {
            counts: ledger.counts.into_iter().collect(),
            spreads: ledger.spreads.into_iter().collect(),
        }
    }
}
