//! The configuration file: one section per file, every unknown key refused with its line.

mod backup;
mod directory;
mod email;
mod files;
mod institution;
mod mail;
pub(crate) mod named;
mod oauth;
mod server;
mod storage;
mod template;

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub(crate) use backup::Backup;
pub(crate) use directory::Directory;
pub(crate) use email::{Automatic, Dkim, Email, EmailMode, PerDomain, Security};
pub(crate) use files::{Files, Kind};
pub(crate) use institution::Institution;
pub(crate) use mail::{DoorOnly, Mail, Mailbox};
pub(crate) use oauth::Oauth;
pub(crate) use server::{Server, is_public_url};
pub(crate) use storage::{Database, Place, Storage, server_at};
pub(crate) use template::Described;

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
    /// How mail comes in.
    pub mail: Option<Mail>,
    /// How much is taken of files that people send, and where they lie.
    #[serde(default)]
    pub files: Files,
    /// Where backups go.
    pub backup: Option<Backup>,
    /// Where people and their line managers are read.
    pub directory: Option<Directory>,
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
        let mut faults = config.faults();
        if config.storage.holds_a_password() && named::is_open_to_others(path)? {
            let why = "it holds a password, and others can read this file: chmod 600, or name a database_password_file";
            faults.push(("storage.database".to_owned(), why.to_owned()));
        }
        let faults: Vec<String> = faults
            .into_iter()
            .map(|(key, why)| format!("{}: {key}: {why}", path.display()))
            .collect();
        match faults.as_slice() {
            [] => Ok(config),
            faults => Err(faults.join("\n").into()),
        }
    }

    /// Where files lie.
    pub(crate) fn file_store(&self) -> Result<::storage::files::FileStore, Box<dyn std::error::Error>> {
        self.files.open(self.files.store, &self.storage.files)
    }

    /// What can be read but not used: key and reason.
    fn faults(&self) -> Vec<(String, String)> {
        let mut faults = self.files.faults();
        faults.extend(self.directory.iter().flat_map(Directory::faults));
        faults.extend(self.mail.iter().flat_map(Mail::faults));
        let mut check =
            |key: &str, fault: Result<(), String>| faults.extend(fault.err().map(|why| (key.to_owned(), why)));
        check("institution.email", is_address(&self.institution.email));
        check("storage.database", self.storage.fault());
        check("server.public_url", is_public_url(&self.server.public_url));
        faults.extend(self.email.faults());
        faults
    }

    fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let procedure = &mut self.procedure;
        std::iter::once(&mut procedure.file)
            .chain(self.storage.paths())
            .chain(procedure.calendars.iter_mut())
            .chain(procedure.wording.as_mut())
            .chain(self.email.paths())
            .chain(self.backup.iter_mut().flat_map(Backup::paths))
            .chain(self.files.paths())
            .chain(self.directory.iter_mut().flat_map(Directory::paths))
            .chain(self.mail.iter_mut().flat_map(Mail::paths))
    }
}

/// Letters come from it, or people write to it.
pub(crate) fn is_address(text: &str) -> Result<(), String> {
    match rules::intake::contact::looks_like_email(text) {
        true => Ok(()),
        false => Err(format!(
            "\"{text}\" is not an email address, like feedback@example.ac.uk"
        )),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::storage::Place;
    use super::*;

    /// A configuration with one line changed.
    pub(crate) fn with(from: &str, to: &str) -> Result<Config, String> {
        with_two((from, to), ("", ""))
    }

    /// The same with another line changed too.
    pub(crate) fn with_two((from, to): (&str, &str), (also, by): (&str, &str)) -> Result<Config, String> {
        let text = Described::sample().to_toml();
        assert!(text.contains(from) && text.contains(also), "{from} {also}");
        let text = match also.is_empty() {
            true => text,
            false => text.replace(also, by),
        };
        let name = format!(
            "redress-config-{}-{}.toml",
            std::process::id(),
            from.len() * 1000 + to.len() + by.len() * 7
        );
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text.replace(from, to)).expect("a file");
        let read = Config::load(&path).map_err(|error| error.to_string());
        std::fs::remove_file(&path).expect("the file goes");
        read
    }

    #[test]
    fn the_configuration_that_init_writes_can_be_used() {
        let config = with("port = 587", "port = 587").expect("a good file");
        let Place::File(database) = &config.storage.database else {
            panic!("a file")
        };
        assert!(database.is_absolute(), "paths are relative to the file");
    }

    /// A configuration with a bucket.
    fn with_bucket(section: &str) -> Result<Config, String> {
        with("[procedure]", &format!("[files.s3]\n{section}\n\n[procedure]"))
    }

    #[test]
    fn a_bucket_can_be_described_before_it_is_used() {
        let config = with_bucket("bucket = \"complaints-files\"").expect("a good file");
        assert_eq!(config.files.store, Kind::Folder);
        assert_eq!(config.files.s3.expect("a bucket").region, "us-east-1");
        let keys = "bucket = \"complaints-files\"\naccess_key_file = \"keys/a\"\nsecret_key_file = \"keys/b\"";
        let config = with_bucket(keys).expect("a good file");
        let named = config.files.s3.and_then(|s3| s3.secret_key_file).expect("a path");
        assert!(named.is_absolute(), "paths are relative to the file");
    }

    #[test]
    fn a_bucket_that_cannot_be_used_is_refused_with_its_key() {
        for (section, says) in [
            ("bucket = \"Not A Bucket\"", "files.s3.bucket"),
            (
                "bucket = \"files\"\nendpoint = \"http://s3.example.org\"",
                "files.s3.endpoint",
            ),
            ("bucket = \"files\"\nprefix = \"a b\"", "files.s3.prefix"),
            ("bucket = \"files\"\nsecret_key_file = \"keys/b\"", "or neither"),
            ("bucket = \"files\"\nsecret_key = \"in the open\"", "unknown field"),
            ("region = \"eu-west-2\"", "missing field `bucket`"),
        ] {
            let refused = with_bucket(section).map(|_| ()).expect_err(says);
            assert!(refused.contains(says) && refused.contains(".toml"), "{refused}");
        }
    }

    #[test]
    fn letters_are_signed_in_for_by_a_password_or_by_tokens() {
        let oauth = "[email.oauth]\nendpoint = \"https://login.example/token\"\nclient_id = \"x\"\nclient_secret_file = \"keys/secret\"\n";
        let signs = |keys: &str, section: &str| {
            let keys = format!("from = \"feedback@example.ac.uk\"\n{keys}");
            with_two(
                ("from = \"feedback@example.ac.uk\"", &keys),
                ("# [mail]\n", &format!("{section}# [mail]\n")),
            )
        };
        let config = signs("username = \"feedback\"", oauth).expect("tokens");
        let named = config.email.oauth.and_then(|oauth| oauth.client_secret_file);
        assert!(named.expect("a path").is_absolute(), "paths are relative to the file");
        let password = "username = \"feedback\"\npassword_file = \"keys/smtp\"\nroots = \"keys/roots.pem\"";
        let config = signs(password, "").expect("a password");
        assert!(config.email.password_file.expect("a path").is_absolute());
        assert!(config.email.roots.expect("a path").is_absolute());
        for (keys, section, says) in [
            (password, oauth, "not both"),
            ("username = \"feedback\"", "", "beside it"),
            ("password_file = \"keys/smtp\"", "", "it is missing"),
            ("", oauth, "it is missing"),
        ] {
            let refused = signs(keys, section).map(|_| ()).expect_err(says);
            assert!(
                refused.contains("email.username") && refused.contains(says),
                "{refused}"
            );
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_at_start_with_its_key_and_what_to_write() {
        let bad = [
            (
                "from = \"feedback@example.ac.uk\"",
                "from = \"not an email\"",
                "email.from",
            ),
            ("public_url = \"https://", "public_url = \"ftp://", "server.public_url"),
            ("folder = \"letters-sent\"", "", "email.folder"),
            ("mode = \"letter_box\"", "mode = \"smtp\"", "email.host"),
            ("reference_prefix", "prefix", "unknown field"),
            ("store = \"folder\"", "store = \"s3\"", "files.s3: it is missing"),
            ("store = \"folder\"", "store = \"tape\"", "unknown variant `tape`"),
            ("store = \"folder\"", "clamd = \"here\"", "127.0.0.1:3310"),
            ("store = \"folder\"", "scan_seconds = 0", "files.scan_seconds"),
            (
                "[procedure]",
                "[directory]\n[procedure]",
                "directory: it needs a csv file",
            ),
            (
                "database = \"redress.db\"",
                "database = \"postgres://redress@db/redress?colour=blue\"",
                "storage.database",
            ),
            (
                "database = \"redress.db\"",
                "database = \"redress.db\"\ndatabase_password_file = \"keys/db\"",
                "a file needs neither",
            ),
        ];
        for (from, to, says) in bad {
            let refused = with(from, to).map(|_| ()).expect_err(says);
            assert!(refused.contains(says) && refused.contains(".toml"), "{refused}");
        }
    }
}
