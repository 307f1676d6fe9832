//! How long a case is kept: its class, the day on which it goes, what keeps it beyond that, and what stands on record once it is gone (P40).

mod class;
mod erased;
mod hold;
mod keeping;
mod kept_by;
mod request;

pub use class::class_of;
pub use erased::{ERASURES, Erased, ErasureEvent, Why};
pub use hold::{can_hold, can_lift, hold, lift};
pub use keeping::{Keeping, NotYet, keeping};
pub use kept_by::{Beside, KeptBy, kept_by};
pub use request::{can_decide, erase_as_asked, refuse_to_erase};
