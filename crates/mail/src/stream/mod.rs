//! A message as it comes, part by part, in memory that does not grow with it.
//!
//! The same reader goes over a message twice: first to learn what it says, then to hand out what came with it. Both passes count alike, so that
//! a part has the same number in both.

mod body;
mod encoded_word;
mod head;
mod inner;
mod leaf;
mod levels;
mod lines;
mod parts;
mod skeleton;
mod tnef;
pub(crate) mod transfer;
mod uu;
mod walk;

pub(crate) use leaf::{Kind, Leaf, LineForm, Role, one_line};
pub(crate) use skeleton::Skeleton;
pub(crate) use walk::Walk;

/// What happens next in a message.
#[derive(Debug)]
pub(crate) enum Event {
    /// Parts begin that belong together.
    Enters(Kind),
    /// They end.
    Leaves,
    /// A part begins: its number, and what it is. Inside a text a file may begin.
    Opens(u32, Leaf),
    /// Bytes of the part that began last and has not ended, decoded.
    Bytes(Vec<u8>),
    /// It ends.
    Closes,
    /// The name of a part, learnt after it began.
    Named(u32, String),
    /// The type of a part, learnt after it began.
    Typed(u32, String),
    /// There are words in a form that is not read.
    FormattedOnly,
    /// Something could not be understood.
    Oddity(&'static str),
}
