//! Trying clamd out: how old its signatures are, whether it knows the harmless test file, and whether it says so when it stops looking.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rules::files::Scanned;

use super::{Asking, NoAnswer};

/// The test file that every scanner knows, in two halves: whoever looks into this program finds no test file in it.
const TEST_FILE: (&str, &str) = (
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR",
    "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
);

/// More packages within packages than clamd opens (`MaxRecursion`, 17 where nobody said otherwise, 100 at most).
const NESTED: usize = 101;

/// What a trial told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Its version: "ClamAV 1.4.6".
    pub version: String,
    /// When its signatures were made; nothing where it does not say, because nobody fetches them.
    pub signatures_at: Option<Timestamp>,
    /// Whether it knows the test file.
    pub knows_test_file: bool,
    /// Whether it says so when it stops looking (`AlertExceedsMax`); otherwise it calls clean what it did not look at.
    pub says_when_it_stops: bool,
}

impl Asking {
    /// Tries it out. Nothing of an office is shown to it.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn try_out(&self) -> Result<Trial, NoAnswer> {
        let said = self.ask("VERSION").await?;
        let (version, signatures_at) = dated(&said);
        let test_file = [TEST_FILE.0, TEST_FILE.1].concat();
        let found = self.shown(&mut test_file.as_bytes()).await?;
        let nested = (0..NESTED).fold(b"words".to_vec(), |inner, _| package(&inner));
        let stopped = self.shown(&mut nested.as_slice()).await?;
        Ok(Trial {
            version,
            signatures_at,
            knows_test_file: found.carries().is_some(),
            says_when_it_stops: stopped != Scanned::Clean,
        })
    }
}

/// `ClamAV 1.4.6/27461/Thu Nov 20 09:50:12 2026`: version, number and date of the signatures; the latter only where they came from its makers.
fn dated(said: &str) -> (String, Option<Timestamp>) {
    let mut parts = said.splitn(3, '/');
    let version = parts.next().unwrap_or_default().to_owned();
    let date = parts.nth(1).and_then(|date| {
        let date = DateTime::strptime("%a %b %e %H:%M:%S %Y", date.trim()).ok()?;
        TimeZone::UTC.to_timestamp(date).ok()
    });
    (version, date)
}

/// A package (ZIP) with one entry that is not compressed (APPNOTE 4.3.6).
fn package(inside: &[u8]) -> Vec<u8> {
    let length = u32::try_from(inside.len()).unwrap_or(u32::MAX).to_le_bytes();
    // What both headers say: no flags, stored, no date, no checksum, the length twice, a name of one letter and nothing else.
    let about = [
        &[10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        &length[..],
        &length,
        &[1, 0, 0, 0],
    ]
    .concat();
    let local = [b"PK\x03\x04", &about[..], b"a"].concat();
    let listed = [b"PK\x01\x02", &[10, 0][..], &about, &[0; 14], b"a"].concat();
    let listed_length = u32::try_from(listed.len()).unwrap_or(u32::MAX).to_le_bytes();
    let begins = u32::try_from(local.len() + inside.len())
        .unwrap_or(u32::MAX)
        .to_le_bytes();
    let end = [
        b"PK\x05\x06",
        &[0, 0, 0, 0, 1, 0, 1, 0][..],
        &listed_length,
        &begins,
        &[0, 0],
    ]
    .concat();
    [local, inside.to_vec(), listed, end].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_age_of_signatures_is_read_where_it_is_said() {
        let (version, at) = dated("ClamAV 1.4.6/27461/Fri Nov  6 09:50:12 2026");
        assert_eq!(version, "ClamAV 1.4.6");
        assert_eq!(at, Some("2026-11-06T09:50:12Z".parse().expect("an instant")));
        assert_eq!(dated("ClamAV 1.4.6"), ("ClamAV 1.4.6".to_owned(), None));
        assert_eq!(dated("ClamAV 1.4.6/27461/lately").1, None);
    }
}
