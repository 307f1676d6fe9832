//! What can happen in the office itself: one type per event, in the past tense, with its stored name and version (model 3.3).

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::brand::Brand;
use super::delegation::Delegation;
use super::vips::VipEntry;
use super::ways::Ways;
use crate::letters::LetterKind;
use crate::people::{Role, StaffId};
use crate::stored::stored_events;

stored_events! {
    /// One thing that happened in the office. Who did it stands beside it, as for a case; passwords are in none of them.
    pub enum OfficeEvent;

    /// Somebody began to work here and can sign in.
    PersonAdded(PersonAdded) = "person.added", 1;
    /// Name, address, job title or roles of somebody changed.
    PersonChanged(PersonChanged) = "person.changed", 1;
    /// Somebody left and can no longer sign in.
    PersonLeft(PersonLeft) = "person.left", 1;
    /// Somebody who had left works here again, with the roles that they had.
    PersonReturned(Whom) = "person.returned", 1;
    /// Somebody's password was changed: by themselves, or by an administrator when they had forgotten it.
    PasswordChanged(Whom) = "password.changed", 1;
    /// A version of the procedure came into force for new cases (R45).
    ProcedurePublished(Published) = "procedure.published", 1;
    /// A version of a calendar came into force.
    CalendarPublished(Published) = "calendar.published", 1;
    /// The list of VIPs was changed (R88).
    VipListSet(VipListSet) = "vip_list.set", 1;
    /// A letter got other words (R16).
    WordingChanged(WordingChanged) = "wording.changed", 1;
    /// Somebody stands in for somebody who is away (P34).
    DelegateNamed(Delegation) = "delegate.named", 1;
    /// Somebody else stands in, or on other days.
    DelegateChanged(Changed<Delegation>) = "delegate.changed", 1;
    /// They do not any more.
    DelegateTakenBack(Delegation) = "delegate.taken_back", 1;
    /// The institution got another name or other colours on its pages and letters.
    BrandSet(Brand) = "brand.set", 1;
    /// The ways to complain changed: addresses, hours, which are offered (R11).
    WaysSet(WaysSet) = "ways.set", 1;
    /// A line manager's key was given, so that letters to them can hold the complaint (R34).
    LetterKeyGiven(LetterKeyGiven) = "letter_key.given", 1;
    /// It is not used any more.
    LetterKeyTakenAway(LetterKeyTakenAway) = "letter_key.taken_away", 1;
}

/// Somebody new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAdded {
    /// Who: the number by which events call them for ever.
    pub who: StaffId,
    /// What they sign in with.
    pub username: String,
    /// Their e-mail address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Job title, as letters state it.
    pub job_title: String,
    /// What they may do.
    pub roles: BTreeSet<Role>,
}

/// What changed about somebody; what stayed as it was is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChanged {
    /// Who.
    pub who: StaffId,
    /// Full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Changed<String>>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Changed<String>>,
    /// Job title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_title: Option<Changed<String>>,
    /// Roles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Changed<BTreeSet<Role>>>,
}

/// From one value to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed<T> {
    /// What it was.
    pub from: T,
    /// What it is now.
    pub to: T,
}

/// Somebody who left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLeft {
    /// Who.
    pub who: StaffId,
    /// Where their open cases went in the same act, if they had any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_on: Option<PassedOn>,
}

/// Open cases that went to somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOn {
    /// Who is accountable for them now.
    pub to: StaffId,
    /// How many.
    pub cases: u32,
}

/// The person whom it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whom {
    /// Who.
    pub who: StaffId,
}

/// The list of VIPs as it is from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VipListSet {
    /// Everybody on it.
    pub entries: Vec<VipEntry>,
    /// How many lines are new or changed.
    pub added: u32,
    /// How many lines are gone or changed.
    pub removed: u32,
}

/// The words of a letter from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordingChanged {
    /// Which letter.
    pub letter: LetterKind,
    /// The number of this version among those of the letter, from 1.
    pub number: u32,
    /// The words; left out where it goes back to what was installed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The earlier version that it repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<u32>,
}

/// The ways to complain from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaysSet {
    /// All of them.
    pub ways: Box<Ways>,
}

/// A key for letters to a mailbox. The certificate itself lies beside the log; its fingerprint tells which it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterKeyGiven {
    /// The mailbox.
    pub email: String,
    /// The fingerprint, as hexadecimal digits.
    pub fingerprint: String,
    /// Its user ids.
    pub users: Vec<String>,
    /// Until when something can be encrypted to it, where it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_until: Option<Timestamp>,
    /// The fingerprint of the key that it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<String>,
}

/// A mailbox whose key is not used any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterKeyTakenAway {
    /// The mailbox.
    pub email: String,
    /// The fingerprint of the key that it had.
    pub fingerprint: String,
}

/// A version of a procedure or of a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its id in its file.
    pub id: String,
    /// Its version.
    pub version: String,
    /// From when: for a procedure the day from which new cases begin under it, for a calendar the first day that it covers.
    pub valid_from: Date,
    /// SHA-256 of the whole file, as 64 hexadecimal digits: shows which text it was.
    pub sha256: String,
}
