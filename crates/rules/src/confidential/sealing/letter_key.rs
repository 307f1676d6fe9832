//! The key of a line manager: what a certificate must be so that the complaint itself may go to them, encrypted by it (R34; RFC 9580, section 10.1).
//!
//! Whoever knows the format reads a file into [`KeyFile`] and has checked that what a certificate says of itself is signed by it. What may be taken,
//! and what is good at the moment of sending, is decided here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::case::change::Refused;
use crate::clock::full_date;
use crate::intake::contact::looks_like_email;

/// The longest file that is read: certificates of people whom hundreds signed are smaller.
pub const MOST_BYTES: usize = 256 * 1024;
/// How many user ids are kept of one certificate.
const MOST_USERS: usize = 20;

/// What a file turned out to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFile {
    /// Certificates, in their order; never none.
    Certificates(Vec<Certificate>),
    /// A secret key is among it. Nothing of it was kept.
    Secret,
    /// It is no OpenPGP certificate, or a damaged one.
    Unreadable,
}

/// A certificate: the public part of somebody's key, and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// By which people compare it: hexadecimal digits in capital letters.
    pub fingerprint: String,
    /// The user ids that it vouches for and has not revoked: "Grace Obi <grace.obi@example.ac.uk>".
    pub users: Vec<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// From when it is not to be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Its owner took it back.
    pub is_revoked: bool,
    /// The keys in it by which something can be encrypted to its owner.
    pub opens: Vec<Opens>,
    /// The certificate itself, armored.
    pub armored: String,
}

/// A key of a certificate by which something can be encrypted to its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opens {
    /// Its own fingerprint.
    pub fingerprint: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// From when it is not to be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Its owner took it back.
    pub is_revoked: bool,
}

/// A key that was given for somebody's mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterKey {
    /// The mailbox, in small letters.
    pub email: String,
    /// The certificate.
    pub certificate: Certificate,
    /// When it was given.
    pub given_at: Timestamp,
}

/// Why nothing can be encrypted to a certificate now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotGood {
    /// Its owner took it back.
    Revoked,
    /// It, or every key in it that could be used, is over since then.
    Expired(Timestamp),
    /// It begins only then: the clock of whoever made it is wrong, or ours.
    NotYet(Timestamp),
    /// It signs, and nothing can be encrypted to it.
    OnlySigns,
}

impl Certificate {
    /// The key by which a letter that goes now is encrypted: of those that are good the latest, as OpenPGP programs choose.
    ///
    /// # Errors
    /// Why none is good.
    pub fn opens_now(&self, now: Timestamp) -> Result<&Opens, NotGood> {
        if self.is_revoked {
            return Err(NotGood::Revoked);
        }
        if self.made_at > now {
            return Err(NotGood::NotYet(self.made_at));
        }
        if let Some(at) = self.expires_at.filter(|at| *at <= now) {
            return Err(NotGood::Expired(at));
        }
        let good = |key: &&Opens| !key.is_revoked && key.made_at <= now && key.expires_at.is_none_or(|at| at > now);
        if let Some(key) = self.opens.iter().filter(good).max_by_key(|key| key.made_at) {
            return Ok(key);
        }
        Err(self.why_none(now))
    }

    fn why_none(&self, now: Timestamp) -> NotGood {
        let left = || self.opens.iter().filter(|key| !key.is_revoked);
        let over = left().filter_map(|key| key.expires_at).filter(|at| *at <= now).max();
        match (over, left().map(|key| key.made_at).min()) {
            (Some(at), _) => NotGood::Expired(at),
            (None, Some(at)) => NotGood::NotYet(at),
            (None, None) if self.opens.is_empty() => NotGood::OnlySigns,
            (None, None) => NotGood::Revoked,
        }
    }

    /// Until when letters can be encrypted to it, as far as it says so now; nothing where it does not end.
    pub fn good_until(&self, now: Timestamp) -> Option<Timestamp> {
        let key = self.opens_now(now).ok()?;
        [self.expires_at, key.expires_at].into_iter().flatten().min()
    }

    /// Whether one of its user ids carries this address.
    pub fn is_for(&self, email: &str) -> bool {
        self.users
            .iter()
            .any(|user| address(user).eq_ignore_ascii_case(email.trim()))
    }

    /// The addresses in its user ids, each once.
    pub fn addresses(&self) -> Vec<&str> {
        let mut known: Vec<&str> = Vec::new();
        for address in self.users.iter().map(|user| address(user)) {
            if looks_like_email(address) && !known.iter().any(|one| one.eq_ignore_ascii_case(address)) {
                known.push(address);
            }
        }
        known
    }
}

/// The address in a user id: what stands in angle brackets at its end, or all of it.
fn address(user: &str) -> &str {
    let inside = user.trim().strip_suffix('>').and_then(|rest| rest.rsplit_once('<'));
    inside.map_or(user, |(_, address)| address).trim()
}

/// "8F3A 11C0 …": a fingerprint in groups of four, as people read it to each other.
pub fn grouped(fingerprint: &str) -> String {
    let digits: Vec<char> = fingerprint.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// Takes the certificate of a file for a mailbox, if it can be used for it now.
///
/// # Errors
/// At field `email` when that is no address or the certificate is not for it; at field `certificate` for everything else: what the file is instead, or why
/// nothing can be encrypted to it.
pub fn take(file: KeyFile, email: &str, now: Timestamp) -> Result<LetterKey, Refused> {
    let email = email.trim().to_lowercase();
    if !looks_like_email(&email) {
        let words = "Enter the email address whose key it is, like name@example.ac.uk";
        return Err(Refused::field("email", words));
    }
    let certificate = the_one(file)?;
    if let Err(why) = certificate.opens_now(now) {
        return Err(Refused::field("certificate", refusal(why)));
    }
    if !certificate.is_for(&email) {
        let message = match certificate.addresses().as_slice() {
            [] => "This key names no email address, so nobody can see from it whose it is. Ask them for one that names theirs".to_owned(),
            theirs => format!("This key is for {}, and not for {email}. Check the address, or ask them for the right key", theirs.join(", ")),
        };
        return Err(Refused::field("email", message));
    }
    Ok(LetterKey {
        email,
        certificate,
        given_at: now,
    })
}

fn the_one(file: KeyFile) -> Result<Certificate, Refused> {
    let wrong = |words: &str| Err(Refused::field("certificate", words));
    match file {
        KeyFile::Secret => wrong(
            "This is a secret key, and nobody but its owner may have it. Nothing of it was kept. Delete the file, tell them that it was sent, and ask \
             them for a new key: only its public part",
        ),
        KeyFile::Unreadable => wrong(
            "This is no OpenPGP public key, or it is damaged. It begins with \u{201c}-----BEGIN PGP PUBLIC KEY BLOCK-----\u{201d}",
        ),
        KeyFile::Certificates(mut all) => match (all.pop(), all.len()) {
            (Some(mut one), 0) => {
                one.users.truncate(MOST_USERS);
                Ok(one)
            }
            (_, more) => wrong(&format!(
                "This holds {} keys. Give one at a time, so that each can be compared with its owner",
                more + 1
            )),
        },
    }
}

fn refusal(why: NotGood) -> String {
    match why {
        NotGood::Revoked => "Its owner has revoked this key. Ask them for the one that they use now".to_owned(),
        NotGood::Expired(at) => format!("This key ended on {}. Ask them for it as it is now", day(at)),
        NotGood::NotYet(at) => format!("This key begins only on {}. Give it again then", day(at)),
        NotGood::OnlySigns => {
            "This key can sign, and nothing can be encrypted to it. Ask them for one with a subkey for encryption"
                .to_owned()
        }
    }
}

/// The day of an instant, as a key has it: in universal time.
fn day(at: Timestamp) -> String {
    full_date(jiff::tz::TimeZone::UTC.to_datetime(at).date())
}
