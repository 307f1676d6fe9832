//! What pages are made of: shells, form parts, icons, clocks and the words that dates are written in.

pub mod chart;
pub mod clock;
pub mod explained;
pub mod form;
pub mod icon;
pub mod keys;
pub mod letter_text;
pub mod navigation;
pub mod public_shell;
pub mod record;
pub mod staff_shell;
pub mod timeline;
pub mod words;

#[cfg(test)]
pub(crate) mod check;
