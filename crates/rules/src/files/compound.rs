//! Compound files (OLE): Office before 2007, messages of Outlook, installers. Their directory tells, without opening a stream.

use super::kind::Kind;
use super::refused::Unsafe;
use super::window::{Window, places};

const BEGINS: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The stream that every project of macros has (MS-OVBA 2.3.4.1); names in a directory are UTF-16.
const PROJECT: &str = "_VBA_PROJECT";
/// The stream of a document that is locked with a password (MS-OFFCRYPTO 2.3.4.4).
const LOCKED: &str = "EncryptedPackage";
/// The record by which a presentation refers to its macros, which lie compressed within another stream (MS-PPT 2.4.10).
const PRESENTATION_MACROS: &[u8] = &[0x0F, 0, 0xFF, 3, 0x14, 0, 0, 0, 2, 0, 0, 4, 0x0C, 0, 0, 0];
/// The class of an installer's root, without its first byte, which says package, patch or transform.
const INSTALLER: &[u8] = &[0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
const INSTALLER_KINDS: &[u8] = &[0x82, 0x84, 0x86];

/// What was seen of a compound file so far.
#[derive(Debug, Default)]
pub(super) struct Compound {
    window: Window,
    has_macro: bool,
    is_locked: bool,
    is_installer: bool,
}

impl Compound {
    /// Whether a file that begins so is a compound file.
    pub(super) fn begins(head: &[u8]) -> bool {
        head.starts_with(BEGINS)
    }

    /// The next piece.
    pub(super) fn take(&mut self, piece: &[u8]) {
        let mut window = std::mem::take(&mut self.window);
        window.take(piece, |_, bytes| self.see(bytes));
        self.window = window;
    }

    /// What it is, once it is whole.
    pub(super) fn verdict(mut self) -> Result<Kind, Unsafe> {
        let mut window = std::mem::take(&mut self.window);
        window.end(|_, bytes| self.see(bytes));
        if self.is_installer {
            return Err(Unsafe::Program);
        }
        if self.has_macro {
            return Err(Unsafe::Macro);
        }
        Ok(if self.is_locked {
            Kind::LockedOffice
        } else {
            Kind::OldOffice
        })
    }

    fn see(&mut self, bytes: &[u8]) {
        self.has_macro |= places(bytes, b'_').any(|place| is_wide(&bytes[place..], PROJECT));
        self.has_macro |= places(bytes, 0x0F).any(|place| bytes[place..].starts_with(PRESENTATION_MACROS));
        self.is_locked |= places(bytes, b'E').any(|place| is_wide(&bytes[place..], LOCKED));
        self.is_installer |= places(bytes, 0x10).any(|place| {
            let kind = place.checked_sub(1).map(|before| bytes[before]);
            kind.is_some_and(|kind| INSTALLER_KINDS.contains(&kind)) && bytes[place..].starts_with(INSTALLER)
        });
    }
}

/// Whether the bytes begin with a name in UTF-16, in capitals or not: directories do not tell them apart.
fn is_wide(bytes: &[u8], name: &str) -> bool {
    let wanted = name.bytes();
    bytes.len() >= 2 * name.len()
        && wanted
            .zip(bytes.chunks_exact(2))
            .all(|(letter, pair)| pair[0].eq_ignore_ascii_case(&letter) && pair[1] == 0)
}
