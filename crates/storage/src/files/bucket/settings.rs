//! Which bucket, and with which keys; what cannot be used is said with the name of the setting.

use std::path::PathBuf;
use std::time::Duration;

use crate::certificates;

/// Which bucket, and with which keys.
#[derive(Clone)]
pub struct BucketSettings {
    /// The bucket's name.
    pub bucket: String,
    /// The region: "eu-west-2". Servers of one's own mostly take any; "us-east-1" is usual.
    pub region: String,
    /// The address of a server that is not Amazon's: `https://s3.example.org`. Plain http on the loopback only.
    pub endpoint: Option<String>,
    /// What stands before every name, so that a bucket can hold other things too; may be empty.
    pub prefix: String,
    /// Who asks.
    pub access_key: String,
    /// What proves it.
    pub secret_key: String,
    /// What belongs to keys that last for a time only.
    pub session_token: Option<String>,
    /// A PEM file with authorities that are trusted beside those of the machine.
    pub roots: Option<PathBuf>,
    /// How long a request is tried again before somebody is told.
    pub patience: Duration,
}

impl BucketSettings {
    /// How long somebody who sends a file waits for a bucket that does not answer.
    pub const USUAL_PATIENCE: Duration = Duration::from_secs(20);

    /// What cannot be used: the setting and why, for the person who wrote it.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        if !is_bucket_name(&self.bucket) {
            faults.push((
                "bucket",
                format!(
                    "\"{}\" is not the name of a bucket: 3 to 63 small letters, digits, dots and hyphens, like complaints-files",
                    self.bucket
                ),
            ));
        }
        if self.region.trim().is_empty() {
            faults.push((
                "region",
                "it is empty. Write the bucket's region, like eu-west-2".to_owned(),
            ));
        }
        if let Some(Err(why)) = self.endpoint.as_deref().map(is_endpoint) {
            faults.push(("endpoint", why));
        }
        if let Some(file) = &self.roots
            && let Err(why) = certificates::read(file)
        {
            faults.push((
                "roots",
                format!("the certificates in {} cannot be used: {why}", file.display()),
            ));
        }
        if !is_prefix(&self.prefix) {
            faults.push((
                "prefix",
                format!(
                    "\"{}\" cannot stand before names: write letters, digits, hyphens, dots and single slashes, like redress/files",
                    self.prefix
                ),
            ));
        }
        for (name, value) in [("access_key", &self.access_key), ("secret_key", &self.secret_key)] {
            if value.is_empty() || value.contains(char::is_whitespace) {
                faults.push((name, "it is empty or holds a space or a second line".to_owned()));
            }
        }
        faults
    }

    /// "complaints at s3.example.org", for sentences.
    pub(super) fn called(&self) -> String {
        let at = match &self.endpoint {
            Some(endpoint) => host(endpoint).unwrap_or(endpoint.as_str()),
            None => self.region.as_str(),
        };
        format!("{} at {at}", self.bucket)
    }

    pub(super) fn is_plain_http(&self) -> bool {
        self.endpoint
            .as_deref()
            .is_some_and(|endpoint| endpoint.starts_with("http://"))
    }
}

/// As Amazon has it for new buckets.
fn is_bucket_name(name: &str) -> bool {
    let usual = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let ends = [name.bytes().next(), name.bytes().last()];
    (3..=63).contains(&name.len())
        && name.bytes().all(|byte| usual(byte) || matches!(byte, b'-' | b'.'))
        && ends.into_iter().flatten().all(usual)
}

fn is_prefix(prefix: &str) -> bool {
    let inside = prefix.trim_matches('/');
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    inside.is_empty()
        || inside
            .split('/')
            .all(|part| !matches!(part, "" | "." | "..") && part.bytes().all(usual))
}

fn is_endpoint(endpoint: &str) -> Result<(), String> {
    let Some(host) = host(endpoint) else {
        return Err(format!(
            "\"{endpoint}\" is not an address, like https://s3.example.org. Leave it out for Amazon"
        ));
    };
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    let is_loopback = matches!(name, "localhost" | "[::1]")
        || name
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback());
    match endpoint.starts_with("https://") || is_loopback {
        true => Ok(()),
        false => Err(format!(
            "\"{endpoint}\" is not encrypted: write https://, or use a server on this machine (http://127.0.0.1:9000)"
        )),
    }
}

/// Host and port of an address that has nothing behind them.
fn host(endpoint: &str) -> Option<&str> {
    let rest = endpoint
        .strip_prefix("https://")
        .or_else(|| endpoint.strip_prefix("http://"))?
        .trim_end_matches('/');
    let is_plain =
        !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '@'));
    is_plain.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> BucketSettings {
        BucketSettings {
            bucket: "complaints-files".to_owned(),
            region: "eu-west-2".to_owned(),
            endpoint: None,
            prefix: "redress/files/".to_owned(),
            access_key: "AKIA".to_owned(),
            secret_key: "secret".to_owned(),
            session_token: None,
            roots: None,
            patience: BucketSettings::USUAL_PATIENCE,
        }
    }

    #[test]
    fn what_can_be_used_passes() {
        assert_eq!(settings().faults(), []);
        for endpoint in [
            "https://s3.example.org",
            "https://s3.example.org:9000/",
            "http://127.0.0.1:9000",
            "http://localhost:9000",
            "http://[::1]:9000",
        ] {
            let mut settings = settings();
            settings.endpoint = Some(endpoint.to_owned());
            assert_eq!(settings.faults(), [], "{endpoint}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_said_with_its_setting() {
        type Spoil = fn(&mut BucketSettings);
        let spoils: [(&str, Spoil); 13] = [
            ("bucket", |it| it.bucket = "Complaints".to_owned()),
            ("bucket", |it| it.bucket = "ab".to_owned()),
            ("bucket", |it| it.bucket = "-files".to_owned()),
            ("region", |it| it.region = " ".to_owned()),
            ("endpoint", |it| it.endpoint = Some("s3.example.org".to_owned())),
            ("endpoint", |it| it.endpoint = Some("http://s3.example.org".to_owned())),
            ("endpoint", |it| {
                it.endpoint = Some("http://127.0.0.1.example.org".to_owned())
            }),
            ("endpoint", |it| {
                it.endpoint = Some("https://s3.example.org/bucket".to_owned())
            }),
            ("endpoint", |it| {
                it.endpoint = Some("http://localhost@example.org".to_owned())
            }),
            ("roots", |it| it.roots = Some("there-is-none.pem".into())),
            ("prefix", |it| it.prefix = "a//b".to_owned()),
            ("prefix", |it| it.prefix = "../b".to_owned()),
            ("secret_key", |it| it.secret_key = "two\nlines".to_owned()),
        ];
        for (setting, spoil) in spoils {
            let mut settings = settings();
            spoil(&mut settings);
            let faults = settings.faults();
            assert_eq!(
                faults.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
                [setting],
                "{faults:?}"
            );
        }
    }
}
