//! What every handler holds: the two doors, and how the site is reached.

use std::sync::Arc;

use axum::extract::FromRef;
use casework::{Office, PublicDoor};
use documents::letter::Wording;

use super::brand::dressed;
use crate::page::public_shell::Institution;

/// How browsers reach the site: decides whether cookies demand encryption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Over https, perhaps ended at a proxy.
    Encrypted,
    /// Over http on this machine only.
    Loopback,
}

/// Whose word is taken for the address of a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proxy {
    /// Nobody's: the address of the connection counts.
    None,
    /// The proxy in front writes `X-Forwarded-For`; its last entry counts.
    Trusted,
}

/// A letter in the demonstration's letter box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterShown {
    /// Its name in the box.
    pub id: String,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// When it was written, in words.
    pub when: String,
    /// Its text; empty in lists.
    pub text: String,
}

/// The letter box of the demonstration: letters that were not sent but kept as files.
pub trait LetterBox: Send + Sync {
    /// The letters, the latest first.
    ///
    /// # Errors
    /// What the disk says.
    fn list(&self) -> std::io::Result<Vec<LetterShown>>;
    /// One letter with its text; `None` if there is none of that name.
    ///
    /// # Errors
    /// What the disk says.
    fn read(&self, id: &str) -> std::io::Result<Option<LetterShown>>;
}

/// What a site is made from.
pub struct SiteParts {
    /// The office behind both doors.
    pub office: Arc<Office>,
    /// What pages say about the institution.
    pub institution: Institution,
    /// How browsers reach the site.
    pub transport: Transport,
    /// Whose word is taken for the address of a caller.
    pub proxy: Proxy,
    /// The letter box, where letters are kept instead of sent.
    pub letter_box: Option<Arc<dyn LetterBox>>,
    /// The wording of letters, to show them before they go.
    pub wording: Arc<Wording>,
}

/// What every handler holds.
#[derive(Clone)]
pub struct Site {
    public: PublicDoor,
    inner: Arc<SiteParts>,
}

impl Site {
    /// A site from its parts.
    pub fn new(parts: SiteParts) -> Site {
        Site {
            public: PublicDoor::of(parts.office.clone()),
            inner: Arc::new(parts),
        }
    }

    /// What pages say about the institution, with what the office set in the place of the first values.
    pub fn institution(&self) -> Institution {
        dressed(&self.inner.institution, &self.office().house())
    }

    /// What pages said about it before the office set anything.
    pub(crate) fn first_institution(&self) -> &Institution {
        &self.inner.institution
    }

    /// How browsers reach the site.
    pub fn transport(&self) -> Transport {
        self.inner.transport
    }

    /// Whose word is taken for the address of a caller.
    pub fn proxy(&self) -> Proxy {
        self.inner.proxy
    }

    /// The letter box, where there is one.
    pub fn letter_box(&self) -> Option<&Arc<dyn LetterBox>> {
        self.inner.letter_box.as_ref()
    }

    /// The wording of letters.
    pub fn wording(&self) -> &Wording {
        &self.inner.wording
    }

    /// The public door.
    pub fn public(&self) -> &PublicDoor {
        &self.public
    }

    /// The office, for signing in: the staff door is made only for somebody who is.
    pub(crate) fn office(&self) -> &Arc<Office> {
        &self.inner.office
    }
}

impl FromRef<Site> for PublicDoor {
    fn from_ref(site: &Site) -> PublicDoor {
        site.public.clone()
    }
}
