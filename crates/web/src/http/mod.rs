//! The door itself: what every request passes before a page sees it, and what every answer carries.

pub mod asked;
pub mod assets;
pub mod caller;
pub mod carried;
pub mod cookie;
pub mod headers;
pub mod once;
pub mod posted;
pub mod sender;
pub mod site;

pub use asked::Asked;
pub use caller::Caller;
pub use carried::Carried;
pub use posted::Posted;
pub use sender::Sender;
pub use site::{LetterBox, LetterShown, Site, SiteParts, Transport};
