//! `[storage]`: where data and keys lie.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};
use storage::files::FileStore;
use storage::{At, Keys, Server, Store};

use super::named;

/// The section; paths are relative to the configuration file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Storage {
    /// The database.
    pub database: Place,
    /// A file with the password of the database server, where it asks for one.
    pub database_password_file: Option<PathBuf>,
    /// A PEM file with certificates that are trusted beside those of the machine, for the database server.
    pub database_roots: Option<PathBuf>,
    /// The folder of the keys. Back it up apart from the database.
    pub keys: PathBuf,
    /// The folder of the files that people send, sealed, or what they pass through on their way to a bucket. Back it up with the database.
    #[serde(default = "files_folder")]
    pub files: PathBuf,
}

fn files_folder() -> PathBuf {
    PathBuf::from("files")
}

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A file of SQLite.
    File(PathBuf),
    /// The address of a PostgreSQL server.
    Server(String),
}

/// The beginnings of an address, as every tool of PostgreSQL writes them.
const ADDRESSES: [&str; 2] = ["postgres://", "postgresql://"];

impl Place {
    /// Reads what stands in the configuration, or was given on the command line.
    pub(crate) fn read(text: &str) -> Place {
        match ADDRESSES.iter().any(|beginning| text.starts_with(beginning)) {
            true => Place::Server(text.to_owned()),
            false => Place::File(PathBuf::from(text)),
        }
    }
}

/// An address may hold a password, which no message shows.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File(path) => path.fmt(f),
            Place::Server(_) => f.write_str("a PostgreSQL server"),
        }
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Place, D::Error> {
        String::deserialize(deserializer).map(|text| Place::read(&text))
    }
}

/// Whether the database is to be there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    /// `redress init` makes it.
    New,
    /// Everything else works on what is there.
    Kept,
}

type Fault = Box<dyn std::error::Error>;

impl Storage {
    /// Every path of the section.
    pub(super) fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let file = match &mut self.database {
            Place::File(path) => Some(path),
            Place::Server(_) => None,
        };
        let always = [&mut self.keys, &mut self.files];
        let perhaps = [file, self.database_password_file.as_mut(), self.database_roots.as_mut()];
        always.into_iter().chain(perhaps.into_iter().flatten())
    }

    /// What can be read but not used.
    pub(super) fn fault(&self) -> Result<(), String> {
        match &self.database {
            Place::File(_) if self.database_password_file.is_some() || self.database_roots.is_some() => {
                Err("database_password_file and database_roots are for a server; a file needs neither".to_owned())
            }
            Place::File(_) => Ok(()),
            Place::Server(address) => Server::parse(address).map(drop).map_err(|error| error.to_string()),
        }
    }

    /// Whether a password stands in the configuration itself.
    pub(super) fn holds_a_password(&self) -> bool {
        match &self.database {
            Place::File(_) => false,
            Place::Server(address) => Server::parse(address).is_ok_and(|server| server.has_password()),
        }
    }

    /// Opens the database with its keys. One that is missing is not made anew, unless it is asked for: references would begin again, and nobody
    /// would see that everything else is gone.
    pub(crate) async fn open(&self, database: Database, files: FileStore) -> Result<Store, Fault> {
        let at = self.at()?;
        let is_there = match &at {
            At::File(path) => path.exists(),
            At::Server(server) => server.holds_a_store().await?,
        };
        match (database, &at, is_there) {
            (Database::Kept, _, false) => return Err(missing(&at.words())),
            (Database::New, At::Server(server), true) => {
                let words = format!(
                    "{} holds an installation already. Name another database, or another schema with options=-csearch_path%3DNAME",
                    server.words()
                );
                return Err(words.into());
            }
            _ => {}
        }
        Ok(Store::open_at(&at, files, Keys::load(&self.keys)?).await?)
    }

    /// Where the database is.
    pub(crate) fn at(&self) -> Result<At, Fault> {
        Ok(match &self.database {
            Place::File(path) => At::File(path.clone()),
            Place::Server(address) => At::Server(Box::new(self.server(address)?)),
        })
    }

    fn server(&self, address: &str) -> Result<Server, Fault> {
        server_at(
            address,
            self.database_password_file.as_deref(),
            self.database_roots.as_deref(),
        )
    }
}

/// A server, with the password and the certificates that lie in files.
pub(crate) fn server_at(address: &str, password: Option<&Path>, roots: Option<&Path>) -> Result<Server, Fault> {
    let mut server = Server::parse(address)?;
    if let Some(file) = password {
        server = server.with_password(&named::secret(file)?);
    }
    if let Some(file) = roots {
        server = server.with_roots(file)?;
    }
    Ok(server)
}

fn missing(what: &str) -> Fault {
    let words = format!(
        "{what} is missing. Put it back from a backup, or correct [storage] in the configuration; `redress init` makes a new installation"
    );
    words.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_file() {
        assert_eq!(Place::read("redress.db"), Place::File("redress.db".into()));
        let address = "postgres://redress@db1,db2/redress";
        assert_eq!(Place::read(address), Place::Server(address.to_owned()));
    }

    #[test]
    fn a_password_in_an_address_is_shown_nowhere() {
        let place = Place::read("postgres://redress:SECRET@db/redress");
        assert!(!format!("{place:?}").contains("SECRET"));
    }
}
