//! Files that come with words: what is taken, under which name, and why one is refused (model 3.4).

pub mod brought;
pub mod kind;
pub mod limits;
pub mod look;
pub mod name;
pub mod refused;
pub mod scanned;
pub mod swelling;

mod compound;
mod package;
mod plain;
mod signature;
mod window;

pub use brought::{Brought, SeenBy};
pub use kind::Kind;
pub use limits::{Limits, size_words};
pub use look::Look;
pub use name::FileName;
pub use refused::{FileRefused, Unsafe};
pub use scanned::{Scanned, Unscanned};
pub use swelling::Swelling;
