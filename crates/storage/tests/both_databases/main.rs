//! Every test here runs on each database engine in turn; PostgreSQL joins by joining `Engine::ALL`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

mod backups;
mod cases;
mod condition;
mod directory;
mod drafts;
mod durability;
mod erasure;
mod facts;
mod files;
mod follow_on;
mod harness;
mod invented;
mod inventory;
mod keeping;
mod key_fit;
mod log;
mod looks;
mod marks;
mod moving;
mod nodes;
mod office;
mod one_case;
mod people;
mod reach;
mod ready;
mod retold;
mod samples;
mod sealed;
mod search;
mod secrecy;
mod spelling;
mod statements;
mod tallies;
mod tampering;
mod versions;
mod whole_file;
mod work;
mod writing;
