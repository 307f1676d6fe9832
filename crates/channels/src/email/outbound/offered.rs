//! What a mail server offers, in its own words (RFC 5321, 4.1.1.1).

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::Ehlo;
use lettre::transport::smtp::extension::ClientId;

/// What a server offers, a line each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Offered(Vec<String>);

impl Offered {
    /// Asks the server once more, because lettre keeps only what it uses itself.
    pub(super) async fn ask(smtp: &mut AsyncSmtpConnection, us: &ClientId) -> Result<Offered, Error> {
        let offered = smtp.command(Ehlo::new(us.clone())).await?;
        Ok(Offered(offered.message().skip(1).map(str::to_owned).collect()))
    }

    /// True where it reports when it is asked to (RFC 3461).
    pub(super) fn reports(&self) -> bool {
        self.parameters("DSN").is_some()
    }

    /// True where one can sign in like this (RFC 4954, 3).
    pub(super) fn signs_in_by(&self, how: &str) -> bool {
        let mut known = self.parameters("AUTH").into_iter().flatten();
        known.any(|one| one.eq_ignore_ascii_case(how))
    }

    /// How one can sign in, in its words.
    pub(super) fn ways_to_sign_in(&self) -> Vec<String> {
        let known = self.parameters("AUTH").into_iter().flatten();
        known.map(str::to_ascii_uppercase).collect()
    }

    /// The largest message that it takes, in bytes, where it says one (RFC 1870).
    pub(super) fn largest(&self) -> Option<u64> {
        let size = self.parameters("SIZE")?.next()?.parse().ok();
        size.filter(|size| *size > 0)
    }

    /// What stands behind a word; old servers write `AUTH=LOGIN`.
    fn parameters(&self, word: &str) -> Option<impl Iterator<Item = &str>> {
        self.0.iter().find_map(|line| {
            let mut words = line.split([' ', '=']);
            let first = words.next()?;
            first.eq_ignore_ascii_case(word).then_some(words)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(lines: &[&str]) -> Offered {
        Offered(lines.iter().map(|line| (*line).to_owned()).collect())
    }

    #[test]
    fn what_a_server_offers_is_read_from_its_lines() {
        let server = offered(&["PIPELINING", "SIZE 35882577", "auth LOGIN xoauth2", "DSN"]);
        assert!(server.reports() && server.signs_in_by("XOAUTH2") && !server.signs_in_by("PLAIN"));
        assert_eq!(server.ways_to_sign_in(), ["LOGIN", "XOAUTH2"]);
        assert_eq!(server.largest(), Some(35_882_577));
        let other = offered(&["DSNX", "SIZE 0", "AUTH=LOGIN"]);
        assert!(!other.reports() && other.signs_in_by("LOGIN"));
        assert_eq!(other.largest(), None, "none is what 0 means");
        assert_eq!(offered(&[]).ways_to_sign_in(), Vec::<String>::new());
    }
}
