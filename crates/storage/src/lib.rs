//! Where it is kept: the event log, the derived tables, the keys, the outbox and the search index.

pub mod access;
pub mod audit;
pub mod backup;
pub mod cases;
pub mod certificates;
pub mod condition;
pub mod counters;
pub mod deadlines;
pub mod directory;
pub mod doctor;
pub mod drafts;
pub mod erasure;
pub mod events;
pub mod facts;
pub mod files;
pub mod follow_on;
pub mod handover;
pub mod idempotency;
pub mod jobs;
pub mod keeping;
pub mod key_fit;
pub mod leases;
pub mod looks;
pub mod mail;
pub mod moving;
pub mod nodes;
pub mod openpgp;
pub mod outbox;
pub mod published;
pub mod retold;
pub mod reviews;
pub mod sealed;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod staff;
pub mod stream_keys;
pub mod throttle;

mod database;
mod error;
mod keys;

pub use database::{Act, At, Column, Engine, Field, Kind, Param, Row, Server, Store, Table, Tally, Tx};
#[doc(hidden)]
pub use database::{Step, Steps};
pub use error::StorageError;
pub use keys::{BackupKey, FileKey, Keys, StreamKey, THREAD_TOKEN, signature_holds};

/// Every fixed SQL statement of the store as an engine runs it, by file and name, so that a test can prepare each.
#[doc(hidden)]
pub fn statements(engine: Engine) -> Vec<(&'static str, &'static str, &'static str)> {
    let files: [(&str, &'static [(&str, &str)]); 41] = [
        ("access", access::STATEMENTS),
        ("calendars", published::calendars::STATEMENTS),
        ("cases", cases::STATEMENTS),
        ("cases_groups", cases::groups::STATEMENTS),
        ("cases_reach", cases::reach::STATEMENTS),
        ("condition", condition::STATEMENTS),
        ("counters", counters::STATEMENTS),
        ("deadlines", deadlines::STATEMENTS),
        ("directory", directory::STATEMENTS),
        ("doctor", doctor::STATEMENTS),
        ("drafts", drafts::STATEMENTS),
        ("erasure", erasure::STATEMENTS),
        ("events", events::STATEMENTS),
        ("facts", facts::STATEMENTS),
        ("facts_kept", facts::kept::STATEMENTS),
        ("facts_marks", facts::marks::STATEMENTS),
        ("files", files::STATEMENTS),
        ("scans", files::scans::STATEMENTS),
        ("follow_on", follow_on::STATEMENTS),
        ("handover", handover::STATEMENTS),
        ("idempotency", idempotency::STATEMENTS),
        ("jobs", jobs::STATEMENTS),
        ("keeping", keeping::STATEMENTS),
        ("key_fit", key_fit::STATEMENTS),
        ("leases", leases::STATEMENTS),
        ("looks", looks::STATEMENTS),
        ("mail", mail::STATEMENTS),
        ("mail_boxes", mail::boxes::STATEMENTS),
        ("mail_days", mail::days::STATEMENTS),
        ("nodes", nodes::STATEMENTS),
        ("outbox", outbox::STATEMENTS),
        ("procedures", published::procedures::STATEMENTS),
        ("retold", retold::STATEMENTS),
        ("reviews", reviews::STATEMENTS),
        ("sealed", sealed::STATEMENTS),
        ("search", search::STATEMENTS),
        ("sessions", sessions::STATEMENTS),
        ("settings", settings::STATEMENTS),
        ("staff", staff::STATEMENTS),
        ("stream_keys", stream_keys::STATEMENTS),
        ("throttle", throttle::STATEMENTS),
    ];
    let audit = audit::statements().map(|(name, sql)| ("audit", *name, *sql));
    let rest = files
        .into_iter()
        .flat_map(|(file, all)| all.iter().map(move |(name, sql)| (file, *name, *sql)));
    let own = engine.statements().map(|(name, sql)| ("dialect", name, sql));
    rest.chain(audit).chain(own).collect()
}
