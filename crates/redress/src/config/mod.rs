//! The configuration file: one section per file, every unknown key refused with its line.

mod email;
mod institution;
mod server;

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub(crate) use email::{Email, EmailMode, Security};
pub(crate) use institution::Institution;
pub(crate) use server::Server;

/// An installation, as `redress.toml` describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// What pages and letters say about the institution.
    pub institution: Institution,
    /// Where and how the site is served.
    pub server: Server,
    /// Where data and keys lie.
    pub storage: Storage,
    /// Which procedure is enforced and published.
    pub procedure: ProcedureFiles,
    /// How letters leave.
    pub email: Email,
}

/// Where data and keys lie; paths are relative to the configuration file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Storage {
    /// The database file.
    pub database: PathBuf,
    /// The folder of the keys. Back it up apart from the database.
    pub keys: PathBuf,
}

/// The files that say how complaints are handled.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProcedureFiles {
    /// The procedure.
    pub file: PathBuf,
    /// The calendars that it counts with.
    pub calendars: Vec<PathBuf>,
    /// A folder with the department's own wording of letters; what is not there is as shipped.
    pub wording: Option<PathBuf>,
}

impl Config {
    /// Reads a configuration file and makes its paths absolute.
    ///
    /// # Errors
    /// When it cannot be read or holds something unknown, with file, line and reason.
    pub(crate) fn load(path: &Path) -> Result<Config, Box<dyn std::error::Error>> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            format!(
                "{} cannot be read: {error}. Make an installation with `redress init`, or name its file with --config",
                path.display()
            )
        })?;
        let mut config: Config = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        for relative in config.paths() {
            *relative = folder.join(&*relative);
        }
        Ok(config)
    }

    fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let procedure = &mut self.procedure;
        let files = [&mut self.storage.database, &mut self.storage.keys, &mut procedure.file];
        files
            .into_iter()
            .chain(procedure.calendars.iter_mut())
            .chain(procedure.wording.as_mut())
            .chain(self.email.folder.as_mut())
    }
}
