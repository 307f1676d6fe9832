//! The counter (public) and the office (staff).

pub mod page;
