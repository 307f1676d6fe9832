//! The one binary: commands, configuration and wiring; it holds no rule of its own.
fn main() {}
