//! What may happen: pure types and functions that know no clock, no disk and no network.

pub mod letters;
