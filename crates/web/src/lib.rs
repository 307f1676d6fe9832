//! The counter (public) and the office (staff).

pub mod assets;
pub mod page;
