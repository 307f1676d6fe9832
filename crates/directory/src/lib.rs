//! Where the directory comes from: an LDAP server, or a file of comma-separated values. It reads and decides nothing; `casework` keeps what it read.

mod csv_file;
mod ldap;
mod person;

pub use csv_file::CsvFile;
pub use ldap::{Attributes, Encryption, Explain, Flag, LdapServer, LdapSettings, Limits, StartTls};
