//! Taking words or a file out of a case for good, and the tombstone that stays (R31).

mod passage;
mod take_out;
mod taking;
mod words;

pub use passage::Passage;
pub use take_out::{Asked, Found, Retold, What, can_take_out, history_from, places, take_out};
pub use taking::{Taking, marker, spelled};
pub use words::{Each, each as each_word, is_word};
