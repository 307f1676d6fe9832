//! How feedback comes in: what a form must hold, and what follows from a receipt.

pub mod contact;
pub mod feedback;
pub mod one_box;
pub mod receive;

pub use contact::{RawContact, read_contact};
pub use feedback::{NewFeedback, RawFeedback, read};
pub use receive::{Acknowledgement, Arrival, Issued, receive};
