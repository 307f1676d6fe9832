//! The door itself: what every request passes before a page sees it, and what every answer carries.

pub mod asked;
pub mod assets;
pub mod brand;
pub mod caller;
pub mod carried;
pub mod cookie;
pub(crate) mod download;
pub mod headers;
pub(crate) mod later;
pub(crate) mod multipart;
pub mod once;
pub(crate) mod patience;
pub mod posted;
pub mod sender;
pub(crate) mod sent_form;
pub mod site;

pub use asked::Asked;
pub use caller::Caller;
pub use carried::Carried;
pub(crate) use later::{in_minutes, later};
pub use posted::Posted;
pub use sender::Sender;
pub use site::{LetterBox, LetterShown, Site, SiteParts, Transport};
