//! What is inside a part after its transfer encoding: bytes as they are, files that stand in a text, or Microsoft's own form.

use super::Event;
use super::leaf::{Leaf, Role};
use super::tnef::Tnef;
use super::uu::Uu;

/// What looks into the bytes of a part.
#[derive(Debug)]
pub(super) enum Inner {
    /// Nothing: they are what they are.
    AsIs,
    /// Files in a text.
    Text(Uu),
    /// Words and files in Microsoft's form.
    Tnef(Box<Tnef>),
}

/// How many parts there were so far: each has its number by it, in both passes.
pub(super) type Count = u32;

impl Inner {
    /// Begins a part.
    pub(super) fn open(leaf: Leaf, count: &mut Count, out: &mut Vec<Event>) -> Self {
        if leaf.role == Role::Tnef {
            return Self::Tnef(Box::new(Tnef::new(leaf)));
        }
        let looks_into = if leaf.role == Role::Plain {
            Self::Text(Uu::default())
        } else {
            Self::AsIs
        };
        open(leaf, count, out);
        looks_into
    }

    /// Goes on with it.
    pub(super) fn feed(&mut self, bytes: Vec<u8>, count: &mut Count, out: &mut Vec<Event>) {
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::AsIs => out.push(Event::Bytes(bytes)),
            Self::Text(uu) => uu.feed(&bytes, count, out),
            Self::Tnef(tnef) => tnef.feed(&bytes, count, out),
        }
    }

    /// Ends it.
    pub(super) fn close(self, count: &mut Count, out: &mut Vec<Event>) {
        match self {
            Self::AsIs => out.push(Event::Closes),
            Self::Text(uu) => {
                uu.finish(count, out);
                out.push(Event::Closes);
            }
            Self::Tnef(tnef) => tnef.finish(count, out),
        }
    }
}

/// Begins a part with the next number.
pub(super) fn open(leaf: Leaf, count: &mut Count, out: &mut Vec<Event>) {
    *count += 1;
    out.push(Event::Opens(*count, leaf));
}
