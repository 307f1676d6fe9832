//! How the office answers: who is signed in, the frame around every page, forms that came back, and faults that lose no word.

pub(super) mod answer;
pub(super) mod choices;
pub(super) mod fields;
pub(super) mod form;
pub(super) mod labels;
pub(super) mod moment;
pub(super) mod preferences;
pub(super) mod promise;
pub(super) mod rows;
pub(super) mod seat;
pub(super) mod unsaved;
pub(super) mod way_in;

pub(super) use answer::{Done, Fault};
pub(super) use form::StaffForm;
pub(super) use moment::Wall;
pub(super) use preferences::Preferences;
pub(super) use promise::Promise;
pub(super) use seat::Seat;
pub(super) use unsaved::Unsaved;
