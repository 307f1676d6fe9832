//! Who may import whom: our own crates by the table of ARCHITECTURE.md, outside packages by `deny.toml`.

pub mod bans;
pub mod imports;
pub mod licences;
pub mod policy;
