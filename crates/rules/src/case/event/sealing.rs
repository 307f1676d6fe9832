//! How a complaint about a member of staff is taken out of what the office shares, and what its holder reports (R33 to R35, A14 to A17).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::case::facts::Communicated;
use crate::case::vocabulary::Outcome;
use crate::people::StaffId;

/// Who deals with a sealed case, by e-mail: a line manager, who need not have an account (R34, R35).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Full name.
    pub name: String,
    /// The only mailbox to which anything about the case goes.
    pub email: String,
}

/// Somebody asked that the case be handed over to a holder; nothing is taken away before their mail server has the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealAsked {
    /// To whom.
    pub to: Holder,
    /// Why to them and not to somebody below them, in words (A15).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The secret of the two links in their letter.
    pub link: String,
}

/// The mail server of the holder has the letter: from here on the case is a stub. What lies before is sealed under a key of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Who has it now.
    pub holder: Holder,
    /// The secret of their links.
    pub link: String,
    /// What happened until then, without words, names and files: the clock, the figures and the lists go on with it.
    pub history: Vec<Kept>,
    /// The acceptance.
    pub accepted: Communicated,
    /// Those of staff who had seen it before, as far as is on record (A16).
    pub seen_by: Vec<StaffId>,
}

/// An event as it remains in a stub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// When it was recorded.
    pub at: Timestamp,
    /// Who caused it, as the log writes it.
    pub actor: String,
    /// Its stored name; [`Withheld`] stands for what is wholly in the sealed record.
    pub kind: String,
    /// The version of its payload's format.
    pub version: u16,
    /// Its payload without words.
    pub payload: Value,
}

/// Something that only the sealed record tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {}

/// The mail server of the next holder has the letter: the case is theirs now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOn {
    /// Who has it now.
    pub holder: Holder,
    /// The secret of their links.
    pub link: String,
    /// The acceptance.
    pub accepted: Communicated,
}

/// The holder pressed "I have it".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealTaken {}

/// The holder was reminded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolderReminded {}

/// The complainant added words; they are in the sealed record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealAddedTo {}

/// The holder reported that it is dealt with: a day and an outcome, no names (R35).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealFinished {
    /// The local day on which the complainant was told.
    pub on: Date,
    /// How it ended.
    pub outcome: Outcome,
}

/// Somebody read the sealed record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealOpened {
    /// By which way they came in.
    pub by: Way,
}

/// By which way somebody reads a sealed record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// As its holder, with a code that was sent to their mailbox.
    Holder,
    /// By breaking the glass: with a reason, and a second person who agreed.
    BrokenGlass,
}
