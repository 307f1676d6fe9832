//! Files that come with words: what they are by their contents, which are refused, and to whose eyes they come.

mod attach;
mod kinds;
mod made;
mod refusals;
mod scanned;
