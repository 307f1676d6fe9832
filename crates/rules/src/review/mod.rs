//! The review: facts of cases without names or words, the figures of a period, and which cases are looked at (R80, model 3.7).
//!
//! Nothing flows back. [`facts`] turns a case into dates, codes and counts; everything else here reads those and no event.
//! A figure is a count of [`Cell`]s in a [`Ledger`]: whatever is counted can be traced to the cases behind it.

pub mod asked;
pub mod cluster;
pub mod compare;
pub mod discuss;
pub mod event;
pub mod facts;
pub mod figure;
pub mod hold;
pub mod ledger;
pub mod pack;
pub mod period;
pub mod rate;
pub mod spread;
pub mod state;
pub mod suppress;
pub mod tally;

pub use cluster::{Alike, Cluster, clusters};
pub use compare::{By, Comparison, MonthArrivals, MonthDecisions, comparisons, received_by_month};
pub use discuss::{Candidate, Mark, Pick, Why, picks};
pub use event::ReviewEvent;
pub use facts::{CaseFacts, facts};
pub use figure::{Figure, Reckoning, behind, entries, ledger_of};
pub use hold::ReviewChange;
pub use ledger::{Cell, Entry, Ledger};
pub use pack::Pack;
pub use period::{Month, Period};
pub use rate::Rate;
pub use spread::Spread;
pub use state::{Progress, Review};
pub use suppress::{Reader, Shown, shown};
