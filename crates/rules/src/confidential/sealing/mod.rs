//! The sealed lane: a complaint about a member of staff leaves what the office shares, and a line manager deals with it by e-mail (R33 to R36).
//!
//! Somebody asks for it ([`hand_over`]); the letter to the holder goes; once their mail server has it, what happened so far becomes a [`stub`],
//! and the words, names and files are under a key of their own. From then on the clock, the lists and the figures see the stub, the holder
//! reports by two links ([`report`]), and the next stage goes to somebody else. Who else reads it breaks the [`glass`]. Where the key of a holder is known
//! ([`letter_key`]) the letter holds the complaint itself ([`written`]), encrypted; else a link ([`carried`]).

pub mod carried;
pub mod glass;
pub mod hand_over;
pub mod letter_key;
pub mod report;
pub mod stub;
pub mod written;
