//! `[files]`: how much is taken of files that people send, where they lie, and who looks into them for viruses.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use casework::Office;
use channels::scan::Clamd;
use rules::files::Limits;
use rules::files::limits::MEGABYTE;
use serde::Deserialize;
use storage::files::{BucketSettings, FileStore};

use super::mail::words;
use super::named;

/// The section; each limit as in [`Limits`], in megabytes of 1,048,576 bytes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Files {
    /// Where files lie.
    pub store: Kind,
    /// The bucket, for the one kind; it may be described before it is used.
    pub s3: Option<S3>,
    /// The largest file.
    pub largest_mb: u32,
    /// How many files one form may bring.
    pub most: u32,
    /// How much they may be together.
    pub together_mb: u32,
    /// How much may wait for forms that are not sent yet.
    pub waiting_mb: u32,
    /// Where clamd listens, which looks into every file.
    #[serde(deserialize_with = "words")]
    pub clamd: Option<Clamd>,
    /// How long whoever sends a file waits for its answer, in seconds; then the file is taken as not scanned, and scanned later.
    pub scan_seconds: u32,
}

/// Where files lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// In the folder that `[storage] files` names.
    #[default]
    Folder,
    /// In a bucket that speaks S3; they pass through the folder on their way in.
    S3,
}

/// `[files.s3]`: which bucket. The keys stand in files or in the environment, never here.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct S3 {
    /// Its name.
    pub bucket: String,
    /// Its region.
    #[serde(default = "usual_region")]
    pub region: String,
    /// The server's address, where it is not Amazon's.
    pub endpoint: Option<String>,
    /// A PEM file with authorities that are trusted beside those of the machine.
    pub roots: Option<PathBuf>,
    /// What stands before every name.
    #[serde(default)]
    pub prefix: String,
    /// The file that holds who asks.
    pub access_key_file: Option<PathBuf>,
    /// The file that holds what proves it.
    pub secret_key_file: Option<PathBuf>,
}

/// What servers of one's own expect that know no regions.
fn usual_region() -> String {
    "us-east-1".to_owned()
}

impl Default for Files {
    fn default() -> Files {
        let limits = Limits::default();
        let megabytes = |bytes: u64| u32::try_from(bytes / MEGABYTE).unwrap_or(u32::MAX);
        Files {
            store: Kind::Folder,
            s3: None,
            largest_mb: megabytes(limits.largest_bytes),
            most: limits.most,
            together_mb: megabytes(limits.together_bytes),
            waiting_mb: megabytes(limits.waiting_bytes),
            clamd: None,
            scan_seconds: 10,
        }
    }
}

impl Files {
    /// What can be read but not used: key and reason. The keys are looked at when they are needed.
    pub(super) fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        if self.scan_seconds == 0 {
            faults.push(("files.scan_seconds".to_owned(), "it is at least 1".to_owned()));
        }
        match &self.s3 {
            Some(s3) => {
                let settings = s3.settings(Credentials::unknown()).faults();
                faults.extend(settings.into_iter().map(|(key, why)| (format!("files.s3.{key}"), why)));
                if s3.access_key_file.is_some() != s3.secret_key_file.is_some() {
                    let why = "name both access_key_file and secret_key_file, or neither".to_owned();
                    faults.push(("files.s3".to_owned(), why));
                }
            }
            None if self.store == Kind::S3 => {
                let why = "it is missing, and store = \"s3\" needs it: write the section [files.s3] with its bucket"
                    .to_owned();
                faults.push(("files.s3".to_owned(), why));
            }
            None => {}
        }
        faults
    }

    /// Paths that are relative to the configuration file.
    pub(super) fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let clamd = self.clamd.as_mut().and_then(|clamd| match clamd {
            Clamd::Socket(path) => Some(path),
            Clamd::Port(_) => None,
        });
        let s3 = self.s3.iter_mut();
        let s3 = s3.flat_map(|s3| {
            [&mut s3.access_key_file, &mut s3.secret_key_file, &mut s3.roots]
                .into_iter()
                .flatten()
        });
        clamd.into_iter().chain(s3)
    }

    /// The store of files of a kind; `folder` is where they lie, or what they pass through.
    ///
    /// # Errors
    /// When the bucket is not described, or its keys cannot be had.
    pub(crate) fn open(&self, kind: Kind, folder: &Path) -> Result<FileStore, Box<dyn Error>> {
        let s3 = match (kind, &self.s3) {
            (Kind::Folder, _) => return Ok(FileStore::folder(folder)),
            (Kind::S3, Some(s3)) => s3,
            (Kind::S3, None) => return Err("describe the bucket in [files.s3] of the configuration first".into()),
        };
        Ok(FileStore::bucket(s3.settings(s3.credentials()?), folder)?)
    }

    /// Shows every file that an office takes to clamd, where the configuration names one.
    pub(crate) fn show_to_clamd(&self, office: &Office) {
        if let Some(clamd) = &self.clamd {
            let patience = Duration::from_secs(u64::from(self.scan_seconds));
            office.ask_scanner(Arc::new(clamd.clone()), patience);
        }
    }

    /// The limits that the rules ask for.
    pub(crate) fn limits(&self) -> Limits {
        let bytes = |megabytes: u32| u64::from(megabytes) * MEGABYTE;
        Limits {
            largest_bytes: bytes(self.largest_mb),
            most: self.most,
            together_bytes: bytes(self.together_mb),
            waiting_bytes: bytes(self.waiting_mb),
        }
    }
}

/// Who asks a bucket, and what proves it.
struct Credentials {
    access_key: String,
    secret_key: String,
    session_token: Option<String>,
}

impl Credentials {
    /// For a look at everything else.
    fn unknown() -> Credentials {
        Credentials {
            access_key: "unknown".to_owned(),
            secret_key: "unknown".to_owned(),
            session_token: None,
        }
    }

    /// Those of the environment, under the names that every program for S3 knows.
    fn of_environment() -> Result<Credentials, Box<dyn Error>> {
        let value = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        match (value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY")) {
            (Some(access_key), Some(secret_key)) => Ok(Credentials {
                access_key,
                secret_key,
                session_token: value("AWS_SESSION_TOKEN"),
            }),
            _ => Err("the keys of the bucket are missing: name access_key_file and secret_key_file in [files.s3], or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment of the service".into()),
        }
    }
}

impl S3 {
    fn settings(&self, credentials: Credentials) -> BucketSettings {
        BucketSettings {
            bucket: self.bucket.clone(),
            region: self.region.clone(),
            endpoint: self.endpoint.clone(),
            prefix: self.prefix.clone(),
            access_key: credentials.access_key,
            secret_key: credentials.secret_key,
            session_token: credentials.session_token,
            roots: self.roots.clone(),
            patience: BucketSettings::USUAL_PATIENCE,
        }
    }

    fn credentials(&self) -> Result<Credentials, Box<dyn Error>> {
        match (&self.access_key_file, &self.secret_key_file) {
            (Some(access_key), Some(secret_key)) => Ok(Credentials {
                access_key: key(access_key)?,
                secret_key: key(secret_key)?,
                session_token: None,
            }),
            _ => Credentials::of_environment(),
        }
    }
}

/// A key of a bucket.
fn key(path: &Path) -> Result<String, Box<dyn Error>> {
    let key = named::secret(path)?;
    match key.is_empty() || key.contains(char::is_whitespace) {
        true => Err(format!("{} must hold the key and nothing else", path.display()).into()),
        false => Ok(key),
    }
}
