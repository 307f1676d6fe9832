//! A stopped clock, example cases and people for tests.
//!
//! Everything here is the shipped procedure in the hands of the people of an invented university. A pure [`Story`] plays
//! rules alone; with the feature `office` the same acts are played on a real store.
//! With the feature `store` alone there is a bucket for files.

#[cfg(feature = "store")]
pub mod bucket;
#[cfg(feature = "office")]
pub mod directory;
#[cfg(feature = "office")]
pub mod every_act;
#[cfg(feature = "office")]
pub mod flood;
pub mod follow_on;
pub mod golden;
pub mod gpg;
pub mod house;
pub mod investigated;
#[cfg(feature = "office")]
pub mod investigating;
pub mod moment;
#[cfg(feature = "office")]
pub mod office;
#[cfg(feature = "office")]
pub mod on_record;
pub mod people;
#[cfg(feature = "office")]
pub mod plain_words;
#[cfg(feature = "office")]
pub mod scanner;
pub mod story;
pub mod words;

#[cfg(feature = "office")]
pub use casework::StoppedClock;
pub use house::{House, house};
pub use moment::{at, day};
pub use story::{Story, reopen};
