//! How the letter to a line manager carries the complaint: inside, encrypted to their key, or behind a link and a code (R34).

use serde::{Deserialize, Serialize};

use super::letter_key::{NotGood, grouped};

/// How it went, or would go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Carried {
    /// The letter holds the complaint, encrypted.
    Key {
        /// To which key: the fingerprint of its certificate.
        fingerprint: String,
        /// How many files were too large for it and open with a code.
        #[serde(default)]
        left_out: u32,
    },
    /// The letter holds a link; the complaint opens with a code.
    Link {
        /// Why not encrypted.
        why: NoKey,
    },
}

/// Why a letter holds a link only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoKey {
    /// No key is known for that mailbox.
    Unknown,
    /// Its owner took it back.
    Revoked,
    /// It is over, or has not begun.
    Expired,
    /// Nothing could be encrypted to it.
    Unusable,
}

impl From<NotGood> for NoKey {
    fn from(why: NotGood) -> NoKey {
        match why {
            NotGood::Revoked => NoKey::Revoked,
            NotGood::Expired(_) | NotGood::NotYet(_) => NoKey::Expired,
            NotGood::OnlySigns => NoKey::Unusable,
        }
    }
}

impl Carried {
    /// How it went, as the value of a fact: "an encrypted letter with the complaint in it". Without the key: by that everybody could tell who has a
    /// sealed case, who reads which keys there are.
    pub fn words(&self) -> String {
        match self {
            Carried::Key { left_out, .. } => format!("an encrypted letter with the complaint in it{}", left(*left_out)),
            Carried::Link { why } => format!(
                "a letter with a link, and the complaint opens with a code: {}",
                why.words()
            ),
        }
    }

    /// How it would go, for whoever is about to send it, with the key.
    pub fn words_with_key(&self) -> String {
        match self {
            Carried::Key { fingerprint, left_out } => format!(
                "an encrypted letter with the complaint in it, to the key {}{}",
                grouped(fingerprint),
                left(*left_out)
            ),
            Carried::Link { .. } => self.words(),
        }
    }
}

fn left(files: u32) -> String {
    match files {
        0 => String::new(),
        1 => "; 1 file is too large for it and opens with a code".to_owned(),
        some => format!("; {some} files are too large for it and open with a code"),
    }
}

impl NoKey {
    /// The reason, within a sentence.
    pub fn words(self) -> &'static str {
        match self {
            NoKey::Unknown => "no key is known for this address",
            NoKey::Revoked => "its owner has revoked the key that is known for this address",
            NoKey::Expired => "the key that is known for this address has expired",
            NoKey::Unusable => "nothing can be encrypted to the key that is known for this address",
        }
    }
}

/// How many bytes of files go into one letter. Written as a message they become about twice as much, and many mail servers take no more than 10 MB.
pub const MOST_BYTES_OF_FILES: u64 = 5 * 1024 * 1024;

/// Which files go into a letter, by their sizes in bytes: each that still fits, in their order.
pub fn fitting(sizes: impl IntoIterator<Item = u64>) -> Vec<bool> {
    let mut room = MOST_BYTES_OF_FILES;
    let fits = |size: u64| {
        let fits = size <= room;
        if fits {
            room -= size;
        }
        fits
    };
    sizes.into_iter().map(fits).collect()
}
