//! A bucket that speaks S3, in which sealed files lie as objects under their opaque names.

mod create_only;
mod put;
mod settings;
mod uploads;
mod words;

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{HttpClient, HttpConnector};
use object_store::path::Path as Key;
use object_store::{
    BackoffConfig, Certificate, ClientOptions, Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt, RetryConfig,
};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tracing::{info, warn};

use self::create_only::CreateOnly;
pub use self::settings::BucketSettings;
use super::reader::SealedBytes;
use super::store::Lying;
use crate::{StorageError, certificates};

/// Parts that are held in memory at once, over all files that are on their way.
const PARTS_AT_ONCE: usize = 4;

/// After a bucket failed to answer, nobody is kept waiting for it for so long: the next ones ask once, and the first answer ends it.
const AWAY: Duration = Duration::from_secs(30);

/// How long one request may take, and one to a bucket that has just failed to answer.
const REQUEST: Duration = Duration::from_secs(60);
const REQUEST_WHILE_AWAY: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);

/// A bucket. Cloning it is cheap; all clones are the same.
#[derive(Clone)]
pub(super) struct Bucket {
    inner: Arc<Inner>,
}

struct Inner {
    /// "complaints at s3.example.org".
    called: String,
    prefix: String,
    /// Asks again for as long as the settings allow.
    patient: AmazonS3,
    /// Asks once.
    brisk: AmazonS3,
    /// For the one request that the crate does not know: listing uploads.
    http: HttpClient,
    away_until: Mutex<Option<Instant>>,
    parts: Semaphore,
}

impl Bucket {
    pub(super) fn open(settings: BucketSettings) -> Result<Bucket, StorageError> {
        let called = settings.called();
        if let Some((key, why)) = settings.faults().into_iter().next() {
            return Err(StorageError::Bucket {
                bucket: called,
                why: format!("{key}: {why}"),
            });
        }
        let unusable = |error: Error| StorageError::Bucket {
            bucket: called.clone(),
            why: error.to_string(),
        };
        let trusted = trusted(&settings).map_err(unusable)?;
        let options = |timeout| {
            let options = ClientOptions::new()
                .with_connect_timeout(CONNECT)
                .with_timeout(timeout)
                .with_allow_http(settings.is_plain_http());
            trusted
                .iter()
                .cloned()
                .fold(options, ClientOptions::with_root_certificate)
        };
        let patient = RetryConfig {
            backoff: BackoffConfig {
                init_backoff: Duration::from_millis(300),
                max_backoff: Duration::from_secs(5),
                base: 3.0,
            },
            max_retries: usize::MAX,
            retry_timeout: settings.patience,
        };
        let brisk = RetryConfig {
            max_retries: 0,
            ..RetryConfig::default()
        };
        let build = |retry, timeout| {
            builder(&settings)
                .with_retry(retry)
                .with_client_options(options(timeout))
                .build()
        };
        let patient = build(patient, REQUEST).map_err(unusable)?;
        let brisk = build(brisk, REQUEST_WHILE_AWAY).map_err(unusable)?;
        let http = CreateOnly.connect(&options(REQUEST_WHILE_AWAY)).map_err(unusable)?;
        Ok(Bucket {
            inner: Arc::new(Inner {
                called,
                prefix: settings.prefix.trim_matches('/').to_owned(),
                patient,
                brisk,
                http,
                away_until: Mutex::new(None),
                parts: Semaphore::new(PARTS_AT_ONCE),
            }),
        })
    }

    pub(super) fn place(&self) -> String {
        format!("the bucket {}", self.inner.called)
    }

    /// Removes a file. One that is not there is gone already.
    pub(super) async fn remove(&self, name: &str) -> Result<(), StorageError> {
        match self.s3().delete(&self.key(name)).await {
            Err(Error::NotFound { .. }) => Ok(()),
            answer => self.heard(answer),
        }
    }

    /// Everything that lies under our prefix, by name.
    pub(super) async fn list(&self) -> Result<Vec<Lying>, StorageError> {
        let prefix = (!self.inner.prefix.is_empty()).then(|| Key::from(self.inner.prefix.as_str()));
        let objects = self.s3().list(prefix.as_ref()).try_collect::<Vec<_>>().await;
        let mut lying: Vec<Lying> = self
            .heard(objects)?
            .into_iter()
            .map(|object| Lying {
                name: self.name_of(object.location.as_ref()).to_owned(),
                length: object.size,
            })
            .collect();
        lying.sort();
        Ok(lying)
    }

    /// The sealed bytes under a name; nothing where there are none.
    pub(super) async fn sealed(&self, name: &str) -> Result<Option<SealedBytes>, StorageError> {
        match self.s3().head(&self.key(name)).await {
            Err(Error::NotFound { .. }) => Ok(None),
            answer => {
                let length = self.heard(answer)?.size;
                Ok(Some(SealedBytes::of_bucket(self.clone(), name, length)))
            }
        }
    }

    /// Some of the bytes under a name.
    pub(super) async fn span(&self, name: &str, range: Range<u64>) -> Result<Vec<u8>, StorageError> {
        let options = GetOptions {
            range: Some(GetRange::Bounded(range)),
            ..GetOptions::default()
        };
        let key = self.key(name);
        let bytes = async { self.s3().get_opts(&key, options).await?.bytes().await };
        let answer = bytes.await;
        Ok(self.heard(answer)?.into())
    }

    /// Whoever is asked now: while the bucket is away nobody waits long for it.
    fn s3(&self) -> &AmazonS3 {
        let away_until = self.inner.away_until.lock().unwrap_or_else(PoisonError::into_inner);
        match *away_until {
            Some(until) if Instant::now() < until => &self.inner.brisk,
            _ => &self.inner.patient,
        }
    }

    /// Takes note of whether the bucket answered, and says so where that is new.
    fn heard<T>(&self, answer: Result<T, Error>) -> Result<T, StorageError> {
        let mut away_until = self.inner.away_until.lock().unwrap_or_else(PoisonError::into_inner);
        let was_away = away_until.is_some();
        let (called, error) = (
            &self.inner.called,
            match answer {
                Ok(told) => {
                    if away_until.take().is_some() {
                        info!("files: the bucket {} can be used again", self.inner.called);
                    }
                    return Ok(told);
                }
                Err(error) => error,
            },
        );
        let why = words::why(&error);
        if words::is_away(&error) {
            *away_until = Some(Instant::now() + AWAY);
            if !was_away {
                warn!(
                    detail = %error,
                    "files: the bucket {called} cannot be used now: {why}. Files that people send are refused in words until it can; what they write is taken"
                );
            }
        }
        Err(StorageError::Bucket {
            bucket: called.clone(),
            why,
        })
    }

    fn key(&self, name: &str) -> Key {
        match self.inner.prefix.as_str() {
            "" => Key::from(name),
            prefix => Key::from(format!("{prefix}/{name}")),
        }
    }

    fn name_of<'a>(&self, key: &'a str) -> &'a str {
        let inside = key.strip_prefix(self.inner.prefix.as_str());
        inside.map_or(key, |name| name.trim_start_matches('/'))
    }
}

/// The authorities that are trusted beside those of the machine.
fn trusted(settings: &BucketSettings) -> Result<Vec<Certificate>, Error> {
    let Some(file) = &settings.roots else {
        return Ok(Vec::new());
    };
    let read = certificates::read(file).map_err(|why| Error::Generic {
        store: "S3",
        source: why.into(),
    })?;
    read.iter()
        .map(|certificate| Certificate::from_der(certificate))
        .collect()
}

fn builder(settings: &BucketSettings) -> AmazonS3Builder {
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&settings.bucket)
        .with_region(&settings.region)
        .with_access_key_id(&settings.access_key)
        .with_secret_access_key(&settings.secret_key)
        .with_http_connector(CreateOnly)
        // One object at a time: deleting many at once is not part of what every server knows.
        .with_disable_bulk_delete(true);
    if let Some(endpoint) = &settings.endpoint {
        builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
    }
    if let Some(token) = &settings.session_token {
        builder = builder.with_token(token);
    }
    builder
}
