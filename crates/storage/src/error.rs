//! What can go wrong when something is kept or fetched, in words that a person can use.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

/// Why something could not be kept or fetched.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// More acts wait to be saved than the queue holds; the caller may try again in a moment.
    #[error("The system is busy. Nothing was saved; try again in a moment")]
    Busy,
    /// Somebody else added to this case first: the act must look at the case again.
    #[error(
        "Somebody else changed {stream} at the same moment (entry {sequence}). Look at it again and repeat the change"
    )]
    Conflict {
        /// The stream, for instance `FC-10482`.
        stream: String,
        /// The sequence number that was already taken.
        sequence: u32,
    },
    /// Another row already holds a value that must be the only one.
    #[error("There is already one: {0}")]
    Taken(String),
    /// This request was here before and is kept once; the store has what it was answered then.
    #[error("This was sent before, and is kept once")]
    Repeated,
    /// The key of a stream is gone: its contents were erased and cannot be read again.
    #[error("The contents of {stream} were erased: its key no longer exists")]
    MissingKey {
        /// The stream whose key is gone.
        stream: String,
    },
    /// The key of a stream is not in the database although nobody destroyed it: its row was deleted from outside.
    #[error(
        "The key of {stream} was deleted from the database. Put the row back from a backup: without it nothing of {stream} can be read"
    )]
    KeyLost {
        /// The stream whose key is lost.
        stream: String,
    },
    /// What belongs to a sealed record was asked for by somebody who reads no sealed records.
    #[error("{stream} is sealed: whoever has it reads it, and nobody else")]
    Sealed {
        /// The stream.
        stream: String,
    },
    /// The installation has no key for sealed cases.
    #[error(
        "This installation has no key for sealed cases (sealed.key), so nothing can be sealed or read from there. Whoever runs it puts it back from the copy of the keys, or makes one with `redress keys sealed` if there never was one"
    )]
    NoSealedKey,
    /// What is stored cannot be what this product wrote.
    #[error("What is stored is damaged or was changed from outside: {0}")]
    Corrupt(String),
    /// The disk is full. Nothing was saved.
    #[error("The disk is full. Nothing was saved")]
    DiskFull,
    /// The disk refuses to be written. What was being saved was undone, as far as the disk let that be seen.
    #[error(
        "The disk takes no changes: it is full, it can only be read, or it is broken. What is sent again later is kept once"
    )]
    DiskRefuses,
    /// Another program, or a node that stands still, holds the lock on writing. Nothing was saved; the caller may try again.
    #[error("The database is held by another program. Nothing was saved; try again in a moment")]
    Held,
    /// A statement that was prepared does not fit the tables any more, or the server forgot it. Nothing was saved; prepared anew it is right again.
    #[error("The tables changed under what was asked. Nothing was saved; try again in a moment ({0})")]
    Unprepared(String),
    /// A key file is missing, readable by others, or not a key.
    #[error("The key file {} cannot be used: {why}", path.display())]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        why: String,
    },
    /// A wrapped key does not open under the master key of this installation.
    #[error(
        "The key of {stream} does not open: the database was written under another master key than the one in keys/master.key, or its keys were changed from outside. Put the right master.key back, for instance with `redress backup keys open`. Nothing was changed"
    )]
    OtherMaster {
        /// Whose key.
        stream: String,
    },
    /// The wrapped key of a sealed record does not open under the key of sealed cases of this installation.
    #[error(
        "The key of {record} does not open: the case was sealed under another key than the one in keys/sealed.key, or its key was changed from outside. Put the right sealed.key back, for instance with `redress backup keys open`. Nothing was changed, and nothing of it was shown"
    )]
    OtherSealedKey {
        /// Whose key.
        record: String,
    },
    /// The log was signed with another key than the one of this installation.
    #[error(
        "The log is signed as {signed_by}, and the key in keys/audit.key signs as {ours}: it is another key. Put the right audit.key back, for instance with `redress backup keys open`. Nothing is signed until then, and nothing was changed"
    )]
    OtherAuditKey {
        /// The log that the latest checkpoint names.
        signed_by: String,
        /// The log that this installation would sign.
        ours: String,
    },
    /// A checkpoint does not cover what was to be proven by it.
    #[error("It cannot be proven: {0}")]
    NotCovered(String),
    /// The database file cannot be opened or made.
    #[error("The database file {} cannot be opened: {why}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The file of authorities that are trusted cannot be used.
    #[error("The certificates in {} cannot be used: {why}", path.display())]
    Roots {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The folder of files cannot be used.
    #[error("The folder of files {} cannot be used: {why}", path.display())]
    Files {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The bucket of files cannot be used, or does not answer.
    #[error("The bucket {bucket} cannot be used: {why}")]
    Bucket {
        /// Which, and where.
        bucket: String,
        /// What it answers, in words.
        why: String,
    },
    /// A file that was to be opened or attached is not there any more.
    #[error("The file {id} is not there any more, or belongs elsewhere")]
    FileGone {
        /// Its opaque name.
        id: String,
    },
    /// Somebody works on what must stand still.
    #[error("{0}")]
    InUse(String),
    /// Something is kept where something new was to be put; nothing is written over it.
    #[error("{0}")]
    NotEmpty(String),
    /// A repository of backups cannot be used.
    #[error("The repository of backups {} cannot be used: {why}", path.display())]
    Backup {
        /// The repository, or what lies in it.
        path: PathBuf,
        /// What is wrong and what to do.
        why: String,
    },
    /// The database was written by another version of the product, or its migrations were edited.
    #[error("The database cannot be opened by this version: {0}")]
    Migration(String),
    /// A newer version took a step of the schema on which this one does not work. Nothing was saved, and this node writes no more.
    #[error(
        "A newer version brought the database forward, and this version, which knows step {knows}, cannot work on it any more. Nothing was saved. Update this node"
    )]
    Overtaken {
        /// The latest step that this version knows.
        knows: i64,
    },
    /// The address of a database server is none.
    #[error("The address of the database cannot be read: {0}")]
    Address(String),
    /// The database server cannot be reached, or lets nobody write at the moment. Nothing was saved; the caller may try again.
    #[error("The database cannot be reached. Nothing was saved; try again in a moment ({0})")]
    Away(String),
    /// The connection to the database server cannot be encrypted as it has to be: its certificate is not taken, or one of the two does without.
    /// Nothing was saved.
    #[error("No encrypted connection to the database: {0}")]
    Encryption(String),
    /// The connection broke while the server was saving. The same form sent again is kept once.
    #[error("The connection to the database broke while it was saving. Send it again: it is kept once ({0})")]
    Unsure(String),
    /// The store was closed.
    #[error("The store is closed")]
    Closed,
    /// An act broke off; nothing of it was saved.
    #[error("The change broke off part way and nothing of it was saved: {0}")]
    Panicked(String),
    /// An act waited for something other than the store while it held the database.
    #[error("The change waited for something outside the database and was undone")]
    Awaited,
    /// The cipher library refused, which no right use of it does.
    #[error("Sealing or opening failed: {0}")]
    Cipher(&'static str),
    /// The database engine refused.
    #[error("The database refused: {0}")]
    Engine(#[source] Arc<dyn Error + Send + Sync>),
}
