//! The directory as the office uses it: who belongs to the institution, and who answers for somebody whom a complaint is about (R34, A15).
//!
//! It is a copy, read from outside at intervals ([`keep`]). Nothing that a complainant does waits for the server: while that is down the last good
//! copy is used, its age is shown, and where nobody can be found by it a person chooses. For others in this crate and above:
//!
//! * [`copy()`]: everybody, as they were read last; for what looks for names in words.
//! * [`line_manager_for`]: who deals with a complaint about somebody, with the whole way in words.

mod copy;
pub mod keep;
mod look_up;
mod source;
mod standing;

use std::collections::BTreeMap;

use rules::directory::{Asked, Found, Unavailable, line_manager};

pub(crate) use self::copy::Keeper;
pub use self::copy::{Copy, copy};
pub(crate) use self::keep::VIPS;
pub use self::look_up::{Line, LookedUp, MOST, look_up};
pub use self::source::{DirectoryParts, Reading, Source, Unread};
pub use self::standing::{Standing, for_settings, read_now, standing};
use crate::{ActError, Office};

/// The line manager who deals with a complaint about these people, up the tree past whoever is named, conflicted or away, to the nominated person
/// outside (A15). `about` and `unavailable` are keys of the directory ([`rules::directory::DirectoryPerson::key`]): of somebody who is known by an
/// address, ask [`rules::directory::Directory::known_as`] of the [`copy()`] first, and where two have it let a person choose.
///
/// An office without a directory answers [`rules::directory::Chosen::Nobody`], or the nominated person where there is one. What relies on the answer
/// keeps it, since the directory may say something else tomorrow.
///
/// # Errors
/// When the copy cannot be read.
pub async fn line_manager_for(
    office: &Office,
    about: &[String],
    unavailable: &BTreeMap<String, Unavailable>,
) -> Result<Found, ActError> {
    let copy = copy(office).await?;
    let nominated = office.directory.parts().and_then(|parts| parts.nominated.as_ref());
    let asked = Asked {
        about,
        unavailable,
        nominated,
    };
    Ok(line_manager(&copy.directory, &asked))
}
