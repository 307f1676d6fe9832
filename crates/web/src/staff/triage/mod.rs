//! Triage: complaints that nobody has looked at yet, and the page on which somebody does.

pub mod handler;
mod list;
mod one;
mod one_sample;
mod read;
mod shown;
pub(in crate::staff) mod suggestion;

pub use list::{TriageLine, TriageList};
pub use one::{OnePress, RelatedCase, TriageCase, TriageKind};

pub(crate) use one_sample::{sample_investigators, sample_problems, sample_services, sample_staff, sample_urgencies};
