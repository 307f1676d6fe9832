//! How the office answers: who is signed in, the frame around every page, forms that came back, and faults that lose no word.

pub mod answer;
pub mod fields;
pub mod form;
pub mod moment;
pub mod preferences;
pub mod promise;
pub mod rows;
pub mod seat;

pub use answer::{Done, Fault};
pub use form::StaffForm;
pub use moment::Wall;
pub use preferences::Preferences;
pub use promise::Promise;
pub use seat::Seat;
