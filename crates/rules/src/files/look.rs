//! Looking at a file while it passes by, piece after piece: what it is, and whether it may be taken.

use super::compound::Compound;
use super::kind::Kind;
use super::name::FileName;
use super::package::Package;
use super::plain::{is_text, unsafe_text};
use super::refused::Unsafe;
use super::signature::{is_program, kind, unsafe_ending};

/// How much of the beginning tells what a file is, in bytes.
const HEAD: usize = 4096;

/// A look at one file. It keeps a few kilobytes, however large the file is.
#[derive(Debug)]
pub struct Look {
    name: FileName,
    head: Vec<u8>,
    inside: Inside,
}

/// What must be read to the end.
#[derive(Debug)]
enum Inside {
    /// Too little has come to know.
    NotKnown,
    /// A package.
    Package(Box<Package>),
    /// A compound file.
    Compound(Box<Compound>),
    /// Nothing: its beginning tells all.
    Nothing,
}

impl Look {
    /// A look at a file of this name.
    pub fn at(name: FileName) -> Look {
        Look {
            name,
            head: Vec::with_capacity(HEAD),
            inside: Inside::NotKnown,
        }
    }

    /// The next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        let room = HEAD - self.head.len();
        let (first, rest) = bytes.split_at(room.min(bytes.len()));
        self.head.extend_from_slice(first);
        if matches!(self.inside, Inside::NotKnown) {
            if self.head.len() < HEAD {
                return;
            }
            self.begin();
            self.pass(rest);
        } else {
            self.pass(bytes);
        }
    }

    /// What the file is.
    ///
    /// # Errors
    /// What makes it unfit to be passed on.
    pub fn verdict(mut self) -> Result<Kind, Unsafe> {
        if let Some(what) = unsafe_ending(&self.name.extension()) {
            return Err(what);
        }
        if matches!(self.inside, Inside::NotKnown) {
            self.begin();
        }
        match self.inside {
            Inside::Package(package) => package.verdict(&self.head, &self.name),
            Inside::Compound(compound) => compound.verdict(),
            Inside::Nothing | Inside::NotKnown => simple(&self.head),
        }
    }

    fn begin(&mut self) {
        self.inside = if Package::begins(&self.head) {
            Inside::Package(Box::default())
        } else if Compound::begins(&self.head) {
            Inside::Compound(Box::default())
        } else {
            Inside::Nothing
        };
        let head = std::mem::take(&mut self.head);
        self.pass(&head);
        self.head = head;
    }

    fn pass(&mut self, bytes: &[u8]) {
        match &mut self.inside {
            Inside::Package(package) => package.take(bytes),
            Inside::Compound(compound) => compound.take(bytes),
            Inside::Nothing | Inside::NotKnown => {}
        }
    }
}

fn simple(head: &[u8]) -> Result<Kind, Unsafe> {
    let text = is_text(head);
    // "MZ are my initials" is no program: programs hold bytes that no text has.
    if !text && is_program(head) {
        return Err(Unsafe::Program);
    }
    let known = kind(head);
    match (known, text) {
        // A text may begin like a picture ("BMW") but not like a document that is text itself.
        (Some(kind @ (Kind::Pdf | Kind::Rtf)), _) | (Some(kind), false) => Ok(kind),
        (_, true) => unsafe_text(head).map_or(Ok(Kind::Text), Err),
        (None, false) => Ok(Kind::Unknown),
    }
}
