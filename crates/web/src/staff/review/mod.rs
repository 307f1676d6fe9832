//! The monthly review: the list of months, one month with its figures and cases, what it recommends, and its end (R42, R80 to R82).

pub mod finish;
pub mod list;
pub mod month;
pub mod recommend;
pub mod serve;

pub use finish::Finish;
pub use list::ReviewList;
pub use month::MonthPage;
pub use recommend::Recommend;
