//! Record a decision at stage 1: the form, then the letter as it will be sent.

mod form;
mod preview;

pub use form::{Decide, PointField};
pub use preview::DecidePreview;

pub(crate) use form::LEARNING;
