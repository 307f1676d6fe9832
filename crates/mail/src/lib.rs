//! What a message says: bytes in, facts out. No network, no disk, no clock.

mod address;
mod authentic;
mod html;
mod reading;
mod settings;
mod stream;
mod words;

pub use address::addresses;
pub use reading::{Attachment, Attachments, Reading, read};
pub use settings::{Settings, SpamFlags};
