//! Files that people send: taken in piece by piece, waiting for the form they were chosen in, opened by whoever may see them.

mod arrival;
pub mod check;
mod download;
mod form;
mod scanner;
mod strays;
pub mod sweep;
mod tray;

pub use arrival::Arrival;
pub use download::Download;
pub use scanner::{FileBytes, Later, Scanner, Showing};
pub use strays::Strays;
pub use tray::{NotTaken, Tray};

pub(crate) use download::{open, take};
pub(crate) use form::{Form, attach, clear, waiting};
pub(crate) use scanner::Scanning;
