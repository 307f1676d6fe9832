//! The counter (public) and the office (staff).

pub mod assets;
pub mod http;
pub mod page;
pub mod public;
pub mod routes;
mod serving;
pub mod staff;

pub use http::{LetterBox, LetterShown, Site, SiteParts, Transport};
pub use routes::router;
pub use serving::serve;
