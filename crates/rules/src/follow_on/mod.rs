//! Follow-on actions: changes that were promised in a decision or recommended by a review, each with an owner and a date, which outlive
//! the case and are carried forward until they are done (R10, R39, R42, R82).

pub mod act;
pub mod carried;
pub mod event;
pub mod facts;
pub mod id;
pub mod publish;
pub mod state;

pub use event::FollowOnEvent;
pub use facts::{FollowOnFacts, add_to_ledger};
pub use id::FollowOnId;
pub use state::{FollowOn, Happened, Origin, Status, Unfit, Wording};
