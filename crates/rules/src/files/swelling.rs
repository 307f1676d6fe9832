//! Packages (ZIP) that swell when they are unpacked: a scanner looks at the beginning of such an entry and may call the whole clean.

use super::window::{Window, places};

/// The two headers of an entry (APPNOTE 4.3.7, 4.3.12): how each begins, and at what place it says by which method the entry is packed; what else is read
/// follows that.
const LOCAL: (&[u8], usize) = (b"PK\x03\x04", 8);
const CENTRAL: (&[u8], usize) = (b"PK\x01\x02", 10);
/// How far behind the method the sizes stand, packed and unpacked, and the length of the name.
const PACKED: usize = 10;
const WHOLE: usize = 14;
const NAME_LENGTH: usize = 18;

/// The methods that programs use (APPNOTE 4.4.5), and the longest name: chance makes headers of compressed bytes, but hardly ever such.
const METHODS: &[u16] = &[0, 8, 9, 12, 14, 93, 95, 98];
const LONGEST_NAME: u16 = 1024;

/// What a package begins with.
const BEGINNING: &[u8] = b"PK";

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
    /// Its first bytes: nothing is looked for in what is no package.
    head: Vec<u8>,
    swells: bool,
}

impl Swelling {
    /// The next piece.
    pub fn take(&mut self, piece: &[u8]) {
        let missing = BEGINNING.len() - self.head.len();
        self.head.extend(piece.iter().take(missing));
        if !BEGINNING.starts_with(&self.head) {
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
        self.swells && self.head == BEGINNING
    }

    fn see(&mut self, bytes: &[u8]) {
        for place in places(bytes, b'P') {
            let here = &bytes[place..];
            let header = [LOCAL, CENTRAL]
                .into_iter()
                .find(|(begins, _)| here.starts_with(begins));
            let sizes = header.and_then(|(_, method)| sizes(here.get(method..)?));
            self.swells |= sizes.is_some_and(|(packed, whole)| {
                whole > LARGEST_ENTRY || (whole > TOO_SMALL && whole / MOST_TIMES > packed)
            });
        }
    }
}

/// How large an entry is, packed and unpacked, by its header from the method on.
fn sizes(header: &[u8]) -> Option<(u32, u32)> {
    let name_length = short(header, NAME_LENGTH)?;
    let is_header = METHODS.contains(&short(header, 0)?) && (1..=LONGEST_NAME).contains(&name_length);
    is_header.then_some((long(header, PACKED)?, long(header, WHOLE)?))
}

fn short(header: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(header.get(at..at + 2)?.try_into().ok()?))
}

fn long(header: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(header.get(at..at + 4)?.try_into().ok()?))
}
