//! Another regime applies beside the procedure, with clocks of its own (A38).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::ClockName;

/// The case was tagged with a regime of the procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegimeTagged {
    /// The regime's code in the procedure.
    pub regime: String,
    /// Its clocks that run for this case; none where it sets no date.
    pub clocks: Vec<ClockName>,
    /// The local day on which they began.
    pub began_on: Date,
    /// What makes it so, if somebody wrote it down. For staff.
    pub why: Option<String>,
}

/// The tag was a mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegimeTakenAway {
    /// The regime's code.
    pub regime: String,
    /// Why. For staff.
    pub reason: String,
}

/// What the regime asks for was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegimeDone {
    /// The regime's code.
    pub regime: String,
    /// The clock that it stops; none for a regime that sets no date.
    pub clock: Option<ClockName>,
    /// The local day on which it was done.
    pub on: Date,
    /// What was done, in a sentence. For staff.
    pub words: String,
}

/// The case ends here while the regime goes on in other hands: its date is not ours to keep any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegimeElsewhere {
    /// The regime's code.
    pub regime: String,
    /// Where it is handled now, in a sentence. For staff.
    pub handled_now: String,
}
