//! The ledger of a period: every figure as counts in named cells, so that each can be traced to the cases behind it and compared later.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
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
    /// One to a cell, and one to the whole of its group ([`ALL`]).
    Part(Cell),
    /// One value to a spread.
    Value(Cell, u32),
}

impl Entry {
    /// Whether it adds to this cell.
    pub fn adds_to(&self, cell: &Cell) -> bool {
        match self {
            Entry::Count(mine, _) | Entry::Value(mine, _) => mine == cell,
            Entry::Part(mine) => {
                mine == cell || (cell.item == ALL && cell.figure == mine.figure && cell.group == mine.group)
            }
        }
    }
}

/// An entry on its day: it counts in every period that holds the day, as long as it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub on: Date,
    /// While it holds.
    pub holds: Holds,
    /// What it adds.
    pub entry: Entry,
}

/// While an entry holds, by the last day that is over: what waits for its date counts as late from then on, and nothing else need happen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holds {
    /// Once this day is over; from the beginning where there is none.
    pub once: Option<Date>,
    /// Until this day is over; for ever where there is none.
    pub until: Option<Date>,
}

impl Holds {
    /// Whatever the day.
    pub const ALWAYS: Holds = Holds {
        once: None,
        until: None,
    };

    /// Once a day is over.
    pub fn once(day: Date) -> Holds {
        Holds {
            once: Some(day),
            until: None,
        }
    }

    /// Until a day is over.
    pub fn until(day: Date) -> Holds {
        Holds {
            once: None,
            until: Some(day),
        }
    }

    /// Whether it holds when `settled_on` is the last day that is over.
    pub fn on(&self, settled_on: Date) -> bool {
        self.once.is_none_or(|day| day <= settled_on) && self.until.is_none_or(|day| day > settled_on)
    }
}

/// What one case adds, while it is gathered.
#[derive(Debug, Default)]
pub struct Book {
    dated: Vec<Dated>,
}

impl Book {
    /// The page of a day.
    pub fn on(&mut self, day: Date) -> Page<'_> {
        self.while_it(day, Holds::ALWAYS)
    }

    /// The page of a day for what does not hold always.
    pub fn while_it(&mut self, on: Date, holds: Holds) -> Page<'_> {
        Page { book: self, on, holds }
    }

    /// What was gathered.
    pub fn close(self) -> Vec<Dated> {
        self.dated
    }
}

/// Where the entries of a day are written.
#[derive(Debug)]
pub struct Page<'b> {
    book: &'b mut Book,
    on: Date,
    holds: Holds,
}

impl Page<'_> {
    /// One more in a cell.
    pub fn count(&mut self, figure: Figure, group: impl Into<Code>, item: impl Into<Code>) {
        self.count_many(figure, group, item, 1);
    }

    /// So many more in a cell; nothing is written for none.
    pub fn count_many(&mut self, figure: Figure, group: impl Into<Code>, item: impl Into<Code>, n: u32) {
        if n > 0 {
            self.write(Entry::Count(Cell::new(figure, group, item), n));
        }
    }

    /// One more in a cell and in the whole of its group.
    pub fn part(&mut self, figure: Figure, group: impl Into<Code>, item: impl Into<Code>) {
        self.write(Entry::Part(Cell::new(figure, group, item)));
    }

    /// One more value in the spread of a group.
    pub fn value(&mut self, figure: Figure, group: impl Into<Code>, value: u32) {
        self.write(Entry::Value(Cell::new(figure, group, ALL), value));
    }

    fn write(&mut self, entry: Entry) {
        let (on, holds) = (self.on, self.holds);
        self.book.dated.push(Dated { on, holds, entry });
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
            self.add_times(entry, 1);
        }
    }

    /// Adds what so many cases add alike.
    pub fn add_times(&mut self, entry: Entry, times: u32) {
        match entry {
            Entry::Count(cell, n) => *self.counts.entry(cell).or_default() += n * times,
            Entry::Part(cell) => {
                let whole = Cell::new(cell.figure, cell.group.clone(), ALL);
                *self.counts.entry(whole).or_default() += times;
                *self.counts.entry(cell).or_default() += times;
            }
            Entry::Value(cell, value) => self.spreads.entry(cell).or_default().add_times(value, times),
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
