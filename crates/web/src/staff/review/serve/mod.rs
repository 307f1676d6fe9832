//! Serving the monthly review: each file turns a part of what the office found into words, or reads one form.

pub mod cases;
pub mod charts;
pub mod figures;
pub mod finish;
pub mod handler;
pub mod layout;
pub mod names;
pub mod numbers;
pub mod page;
pub mod recommend;
pub mod record;
