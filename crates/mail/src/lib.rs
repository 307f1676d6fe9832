//! What a message says: bytes in, facts out. No network, no disk, no clock.

mod address;
mod authentic;
pub mod automatic;
mod fields;
mod html;
mod reading;
pub mod reply;
pub mod report;
mod settings;
mod stream;
mod words;

pub use address::addresses;
pub use reading::{Attachment, Attachments, Reading, read};
pub use settings::{Settings, SpamFlags};
