//! Backups: a repository of sealed chunks, each under a keyed hash of what it holds, and a list of chunks for each backup.
//!
//! What did not change since an earlier backup is there already and is not written again. A backup is in the repository when its list is, and
//! the list is written last; a chunk is taken away when no list names it, and the lists are read first. So nothing that is kept can be lost,
//! wherever the process ends (docs/decisions/0025-one-archive-for-both-engines.md).

mod apart;
mod chunks;
mod cut;
mod key_rows;
mod list;
mod make;
mod prune;
mod repository;
mod restore;
mod verify;

pub use apart::Part;
pub use chunks::Amount;
pub use list::{Backup, FileKept, TableKept};
pub use make::{Made, Repositories, Source, make};
pub use prune::{Pruned, prune};
pub use repository::Repository;
pub use restore::{Restored, Target, restore};
pub use verify::{Verified, verify};
