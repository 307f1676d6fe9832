//! How a complaint about a member of staff is taken out of what the office shares, and what its holder reports (R33 to R35, A14 to A17).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::case::facts::Communicated;
use crate::case::vocabulary::Outcome;
use crate::coded::coded;
use crate::confidential::sealing::carried::Carried;
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
    /// How the letter carries the complaint; left out where it went before letters could hold more than a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
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
    /// How the letter carries the complaint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
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

coded! {
    /// Why somebody has to read a sealed case that is not theirs.
    pub enum Ground {
        /// Nobody deals with it: to hand it on, somebody has to know what it is about.
        HolderGone = "holder_gone", "the manager who has it has left, is away, or does not answer";
        /// It cannot wait.
        Danger = "danger", "somebody may be in danger";
        /// It was ordered.
        Law = "law", "a court, the police or a regulator asks for it";
        /// A request for access (UK GDPR, article 15).
        OwnData = "own_data", "somebody asks for their own data";
        /// The handling itself is complained about.
        Handling = "handling", "there is a complaint about how it was dealt with";
    }
}

/// Somebody asks to open the sealed record by breaking the glass. Their words are in the record, where they harm nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningAsked {
    /// Who asks.
    pub by: StaffId,
    /// Why.
    pub ground: Ground,
}

/// A second person agreed: whoever asked reads the record for an hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningAgreed {
    /// The number of the event that asked.
    pub asked: u32,
    /// The second person.
    pub by: StaffId,
}

/// It was refused, or whoever asked took it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningEnded {
    /// The number of the event that asked.
    pub asked: u32,
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
