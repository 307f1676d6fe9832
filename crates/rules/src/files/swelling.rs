//! Packages (ZIP) that swell when they are unpacked: a scanner looks at the beginning of such an entry and may call the whole clean.

use super::window::{Window, places};

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
/// Where the two headers say how large an entry is, packed and unpacked (APPNOTE 4.3.7, 4.3.12).
const LOCAL_SIZES: (usize, usize) = (18, 22);
const CENTRAL_SIZES: (usize, usize) = (20, 24);

/// The largest entry that a scanner looks at to its end, in bytes: what clamd takes where nobody said otherwise (`MaxFileSize`).
pub const LARGEST_ENTRY: u32 = 100 * 1024 * 1024;

/// An entry so many times as large as it is packed holds nearly nothing but repetition, and may hold another package that does the same.
const MOST_TIMES: u32 = 100;
/// Smaller ones are looked at whatever they hold, in bytes.
const TOO_SMALL: u32 = 512 * 1024;

/// Watches a file that passes by for entries that swell.
#[derive(Debug, Default)]
pub struct Swelling {
    window: Window,
    /// What the first bytes say: nothing else is looked for in other files.
    is_package: Option<bool>,
    swells: bool,
}

impl Swelling {
    /// The next piece.
    pub fn take(&mut self, piece: &[u8]) {
        if piece.is_empty() || !*self.is_package.get_or_insert(piece.starts_with(b"PK")) {
            return;
        }
        let mut window = std::mem::take(&mut self.window);
        window.take(piece, |_, bytes| self.see(bytes));
        self.window = window;
    }

    /// Whether it unpacks to more than a scanner looks at, once all of it has passed.
    #[must_use]
    pub fn swells(mut self) -> bool {
        let mut window = std::mem::take(&mut self.window);
        window.end(|_, bytes| self.see(bytes));
        self.swells
    }

    fn see(&mut self, bytes: &[u8]) {
        for place in places(bytes, b'P') {
            let here = &bytes[place..];
            let sizes = match here {
                _ if here.starts_with(LOCAL) => LOCAL_SIZES,
                _ if here.starts_with(CENTRAL) => CENTRAL_SIZES,
                _ => continue,
            };
            if let (Some(packed), Some(whole)) = (number(here, sizes.0), number(here, sizes.1)) {
                self.swells |= whole > LARGEST_ENTRY || (whole > TOO_SMALL && whole / MOST_TIMES > packed);
            }
        }
    }
}

fn number(header: &[u8], at: usize) -> Option<u32> {
    let bytes = header.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}
