//! Packages (ZIP): the names of what is in them tell Office documents, their macros and Java programs. Nothing is ever unpacked.

use super::kind::Kind;
use super::name::FileName;
use super::refused::Unsafe;
use super::window::{Window, places};

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// Where the length of the name and the name itself stand in the two headers (APPNOTE 4.3.7, 4.3.12).
const LOCAL_NAME: (usize, usize) = (26, 30);
const CENTRAL_NAME: (usize, usize) = (28, 46);
/// The record at the end, without its comment, and where it says at what place the list of entries begins (APPNOTE 4.3.16).
const END_LENGTH: usize = 22;
const END_LIST: usize = 16;
/// How much of the end is kept to find that record; nobody writes longer comments into documents.
const TAIL: usize = 1024;
/// An OpenDocument file says so in its first entry, which is not compressed.
const OPEN_DOCUMENT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.";

/// What an entry in the list of a package tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    Office,
    Word,
    Excel,
    PowerPoint,
    Program,
}

/// Names (in small letters) and what they tell: whole names, and beginnings that end in a slash.
const TELLING: &[(&str, Tells)] = &[
    ("[content_types].xml", Tells::Office),
    ("word/", Tells::Word),
    ("xl/", Tells::Excel),
    ("ppt/", Tells::PowerPoint),
    ("meta-inf/manifest.mf", Tells::Program),
    ("appxmanifest.xml", Tells::Program),
];

/// What was seen of a package so far.
#[derive(Debug, Default)]
pub(super) struct Package {
    window: Window,
    tail: Vec<u8>,
    /// The last place in a list of entries at which each telling name stood. A package may lie within a package: the outer list comes last.
    listed: [Option<u64>; TELLING.len()],
    has_vba: bool,
    has_basic: bool,
}

impl Package {
    /// Whether a file that begins so is a package.
    pub(super) fn begins(head: &[u8]) -> bool {
        head.starts_with(LOCAL) || head.starts_with(END)
    }

    /// The next piece.
    pub(super) fn take(&mut self, piece: &[u8]) {
        let mut window = std::mem::take(&mut self.window);
        window.take(piece, |at, bytes| self.see(at, bytes));
        self.window = window;
        self.tail.extend_from_slice(piece);
        let beyond = self.tail.len().saturating_sub(TAIL);
        self.tail.drain(..beyond);
    }

    /// What it is, once it is whole.
    pub(super) fn verdict(mut self, head: &[u8], name: &FileName) -> Result<Kind, Unsafe> {
        let mut window = std::mem::take(&mut self.window);
        window.end(|at, bytes| self.see(at, bytes));
        if self.tells(Tells::Program) {
            return Err(Unsafe::Program);
        }
        if head.get(30..).is_some_and(|rest| rest.starts_with(OPEN_DOCUMENT)) {
            return if self.has_basic {
                Err(Unsafe::Macro)
            } else {
                Ok(Kind::OpenDocument)
            };
        }
        let claimed = Kind::of_extension(&name.extension());
        let is_called_office = matches!(
            claimed,
            Some(Kind::Word | Kind::Excel | Kind::PowerPoint | Kind::Office | Kind::OldOffice)
        );
        let is_office = self.tells(Tells::Office);
        if self.has_vba && (is_office || is_called_office) {
            return Err(Unsafe::Macro);
        }
        Ok(match is_office {
            false => Kind::Zip,
            true if self.tells(Tells::Word) => Kind::Word,
            true if self.tells(Tells::Excel) => Kind::Excel,
            true if self.tells(Tells::PowerPoint) => Kind::PowerPoint,
            true => Kind::Office,
        })
    }

    fn see(&mut self, at: u64, bytes: &[u8]) {
        for place in places(bytes, b'P') {
            let here = &bytes[place..];
            if here.starts_with(LOCAL) {
                self.carries(&entry(here, LOCAL_NAME));
            } else if here.starts_with(CENTRAL) {
                let name = entry(here, CENTRAL_NAME);
                self.carries(&name);
                self.lists(&name, at + place as u64);
            }
        }
    }

    /// Macros count wherever they lie, also within a document within the document.
    fn carries(&mut self, name: &str) {
        self.has_vba |=
            name.ends_with("vbaproject.bin") || name.ends_with("vbadata.xml") || name.starts_with("xl/macrosheets/");
        self.has_basic |= name.starts_with("basic/") || name.starts_with("scripts/");
    }

    fn lists(&mut self, name: &str, at: u64) {
        for ((telling, _), listed) in TELLING.iter().zip(&mut self.listed) {
            if name == *telling || (telling.ends_with('/') && name.starts_with(telling)) {
                *listed = Some(at);
            }
        }
    }

    /// Whether the list of the package itself, not of one within it, holds such a name.
    fn tells(&self, what: Tells) -> bool {
        let list_begins = self.list_begins().unwrap_or(0);
        let mut found = TELLING
            .iter()
            .zip(&self.listed)
            .filter(|((_, tells), _)| *tells == what);
        found.any(|(_, listed)| listed.is_some_and(|at| at >= list_begins))
    }

    /// Where the package says that its list begins; nothing where it says it another way, and then every name counts.
    fn list_begins(&self) -> Option<u64> {
        let number = |at: usize, length: usize| -> Option<u64> {
            let bytes = self.tail.get(at..at + length)?;
            Some(
                bytes
                    .iter()
                    .rev()
                    .fold(0, |number, byte| number << 8 | u64::from(*byte)),
            )
        };
        let ends = |at: &usize| {
            self.tail[*at..].starts_with(END)
                && number(at + END_LENGTH - 2, 2)
                    .is_some_and(|comment| at + END_LENGTH + comment as usize == self.tail.len())
        };
        let end = places(&self.tail, b'P').filter(ends).last()?;
        number(end + END_LIST, 4).filter(|list| *list != u64::from(u32::MAX))
    }
}

/// The name in the header of an entry, in small letters; as much of it as is there.
fn entry(header: &[u8], (length_at, name_at): (usize, usize)) -> String {
    let length = match header.get(length_at..length_at + 2) {
        Some(bytes) => usize::from(bytes[0]) | usize::from(bytes[1]) << 8,
        None => 0,
    };
    let end = header.len().min(name_at + length);
    let name = header.get(name_at..end).unwrap_or_default();
    String::from_utf8_lossy(name).replace('\\', "/").to_lowercase()
}
