//! What a message says: bytes in, facts out. No network, no disk, no clock.

pub mod automatic;
mod fields;
pub mod line_ends;
pub mod reply;
pub mod report;
