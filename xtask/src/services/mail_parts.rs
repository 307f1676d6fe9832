//! What runs beside Postfix: Dovecot for mailboxes and signing in, OpenDKIM for signatures, clamd for what carries something. Each is left out where it cannot be had.

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::Command;

use super::authority::Authority;
use super::process;
use crate::debian;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// A server beside Postfix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Dovecot,
    OpenDkim,
    Clamd,
}

impl Part {
    pub(super) const ALL: [Part; 3] = [Part::Dovecot, Part::OpenDkim, Part::Clamd];

    /// The programs that must be there, and the packages of Debian that bring them.
    fn wants(self) -> (&'static [&'static str], &'static str) {
        match self {
            Part::Dovecot => (
                &["/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "/usr/lib/dovecot/lmtp"],
                "dovecot-imapd dovecot-lmtpd",
            ),
            Part::OpenDkim => (
                &["/usr/sbin/opendkim", "/usr/sbin/opendkim-genkey"],
                "opendkim opendkim-tools",
            ),
            Part::Clamd => (&["/usr/sbin/clamd"], "clamav-daemon"),
        }
    }

    /// Installs it if it is missing and we may; says so and answers false where it cannot be had.
    pub(super) fn is_there(self) -> bool {
        let (programs, packages) = self.wants();
        let here = || programs.iter().all(|program| Path::new(program).is_file());
        if !here()
            && let Err(failure) = debian::install(packages, &format!("install Debian's `{packages}`"))
        {
            println!("{self:?} is left out: {failure}");
        }
        here()
    }

    /// How it is run in the foreground, with its configuration under this folder.
    pub(super) fn line(self, home: &Path) -> String {
        let config = home.join("config");
        let config = config.display();
        match self {
            Part::Dovecot => format!("/usr/sbin/dovecot -F -c {config}/dovecot.conf"),
            Part::OpenDkim => format!("/usr/sbin/opendkim -f -x {config}/opendkim.conf"),
            Part::Clamd => format!("/usr/sbin/clamd -c {config}/clamd.conf"),
        }
    }

    /// What is put into the configuration of Postfix where it runs: to the first file and to the second.
    pub(super) fn for_postfix(self) -> (&'static str, &'static str) {
        match self {
            Part::Dovecot => (
                include_str!("../../services/mail/main.dovecot.cf"),
                include_str!("../../services/mail/master.dovecot.cf"),
            ),
            Part::OpenDkim => (include_str!("../../services/mail/main.opendkim.cf"), ""),
            Part::Clamd => ("", ""),
        }
    }

    /// Its own files: name under the folder, and text with the words in capitals.
    pub(super) fn files(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Part::Dovecot => vec![
                ("config/dovecot.conf", include_str!("../../services/mail/dovecot.conf")),
                (
                    "config/dovecot-tokens",
                    include_str!("../../services/mail/dovecot-tokens"),
                ),
                ("tokens/default/HS256/default", TOKEN_KEY_BASE64),
            ],
            Part::OpenDkim => vec![
                (
                    "config/opendkim.conf",
                    include_str!("../../services/mail/opendkim.conf"),
                ),
                // Nothing is signed because of where it comes from: only what somebody submits who signed in.
                ("dkim/inside", "192.0.2.1\n"),
            ],
            Part::Clamd => vec![
                ("config/clamd.conf", include_str!("../../services/mail/clamd.conf")),
                (
                    "signatures/redress.ndb",
                    include_str!("../../services/mail/redress.ndb"),
                ),
                (
                    "signatures/test-file.hdb",
                    include_str!("../../services/mail/test-file.hdb"),
                ),
            ],
        }
    }

    /// What it needs that is made anew each time.
    pub(super) fn make(self, workspace: &Workspace, home: &Path, domain: &str) -> Outcome<()> {
        match self {
            Part::Dovecot => certify(workspace, home),
            Part::OpenDkim => sign(home, domain),
            Part::Clamd => Ok(()),
        }
    }

    /// The port by which one sees that it is up.
    fn door(self, ports: &Ports) -> u16 {
        match self {
            Part::Dovecot => ports.imaps,
            Part::OpenDkim => ports.milter,
            Part::Clamd => ports.scan,
        }
    }

    /// True once it answers.
    pub(super) fn answers(self, ports: &Ports) -> bool {
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.door(ports))).is_ok()
    }

    /// What tests are told of it.
    pub(super) fn told(self, home: &Path, ports: &Ports) -> Outcome<Vec<(&'static str, String)>> {
        let at = |port: u16| format!("localhost:{port}");
        Ok(match self {
            Part::Dovecot => vec![
                ("REDRESS_TEST_IMAP", at(ports.imap)),
                ("REDRESS_TEST_IMAPS", at(ports.imaps)),
                ("REDRESS_TEST_SUBMISSION", at(ports.submission)),
                ("REDRESS_TEST_LMTP", at(ports.lmtp)),
                ("REDRESS_TEST_MAIL_ROOTS", home.join("roots.pem").display().to_string()),
                ("REDRESS_TEST_MAIL_PASSWORD", "throwaway-mail".to_owned()),
                ("REDRESS_TEST_MAIL_TOKEN", token(FAR_AWAY)?),
                ("REDRESS_TEST_MAIL_OLD_TOKEN", token(LONG_AGO)?),
            ],
            Part::OpenDkim => vec![("REDRESS_TEST_DKIM", at(ports.milter))],
            Part::Clamd => vec![("REDRESS_TEST_CLAMD", at(ports.scan))],
        })
    }
}

/// Where the servers listen, each on a port of the loopback that was free.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ports {
    pub(super) submission: u16,
    pub(super) imap: u16,
    pub(super) imaps: u16,
    pub(super) lmtp: u16,
    pub(super) sign_in: u16,
    pub(super) milter: u16,
    pub(super) scan: u16,
    /// Where Postfix hands over what is for the doors of the product, and what is for the whole of it: nobody listens there yet.
    pub(super) product: u16,
    pub(super) whole: u16,
}

impl Ports {
    pub(super) fn free() -> Outcome<Ports> {
        Ok(Ports {
            submission: process::free_port()?,
            imap: process::free_port()?,
            imaps: process::free_port()?,
            lmtp: process::free_port()?,
            sign_in: process::free_port()?,
            milter: process::free_port()?,
            scan: process::free_port()?,
            product: process::free_port()?,
            whole: process::free_port()?,
        })
    }

    /// The text with the words in capitals replaced.
    pub(super) fn fill(&self, text: &str) -> String {
        [
            ("SUBMISSION", self.submission),
            ("IMAP_PLAIN", self.imap),
            ("IMAP_TLS", self.imaps),
            ("SIGN_IN", self.sign_in),
            ("MILTER", self.milter),
            ("SCAN", self.scan),
            ("LMTP", self.lmtp),
        ]
        .into_iter()
        .fold(text.to_owned(), |text, (word, port)| {
            text.replace(word, &port.to_string())
        })
    }
}

/// The key by which Dovecot believes a token, and the same in base64. It opens mailboxes that are thrown away.
const TOKEN_KEY: &str = "a-key-for-tokens-of-tests-only-1";
const TOKEN_KEY_BASE64: &str = "YS1rZXktZm9yLXRva2Vucy1vZi10ZXN0cy1vbmx5LTE=";
/// Whose mailbox a token of the tests opens.
const TOKEN_OF: &str = "grace.obi@office.example";
/// The first of January 2100, and of 2001, in seconds.
const FAR_AWAY: u64 = 4_102_444_800;
const LONG_AGO: u64 = 978_307_200;

/// A token that holds until then (RFC 7519), signed by openssl.
fn token(expires: u64) -> Outcome<String> {
    let script = r#"b64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
said=$(printf '{"alg":"HS256","typ":"JWT"}' | b64).$(printf '%s' "$1" | b64)
printf '%s.%s' "$said" "$(printf '%s' "$said" | openssl dgst -sha256 -hmac "$2" -binary | b64)""#;
    let claims = format!(r#"{{"email":"{TOKEN_OF}","sub":"{TOKEN_OF}","iat":{LONG_AGO},"exp":{expires}}}"#);
    shell::read(Command::new("sh").args(["-c", script, "sh", &claims, TOKEN_KEY]))
}

/// A certificate for localhost, by an authority that goes when it has signed.
fn certify(workspace: &Workspace, home: &Path) -> Outcome<()> {
    let authority = Authority::make(workspace, "mail")?;
    let certificate = authority.certify("localhost")?;
    for (from, name) in [
        (authority.roots(), "roots.pem"),
        (certificate.certificate, "server.pem"),
        (certificate.key, "server.key"),
    ] {
        fs::copy(&from, home.join(name)).map_err(Failure::during(name))?;
    }
    Ok(())
}

/// A key to sign letters with, published in the file that stands for the world's.
fn sign(home: &Path, domain: &str) -> Outcome<()> {
    let folder = home.join("dkim");
    let mut generate = Command::new("/usr/sbin/opendkim-genkey");
    generate
        .args(["-b", "2048", "-s", "test", "-d", domain, "-D"])
        .arg(&folder);
    shell::read(&mut generate).map_err(Failure::during("opendkim-genkey"))?;
    let record = fs::read_to_string(folder.join("test.txt"))?;
    // A record of the domain name system: what stands in quotes, joined, is its value.
    let value: String = record.split('"').skip(1).step_by(2).collect();
    Ok(fs::write(
        folder.join("published"),
        format!("test._domainkey.{domain} {value}\n"),
    )?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_in_capitals_is_left_and_none_is_taken_for_a_part_of_another() {
        let ports = Ports {
            submission: 1,
            imap: 2,
            imaps: 3,
            lmtp: 4,
            sign_in: 5,
            milter: 6,
            scan: 7,
            product: 8,
            whole: 9,
        };
        assert_eq!(
            ports.fill("SUBMISSION IMAP_PLAIN IMAP_TLS LMTP SIGN_IN MILTER SCAN"),
            "1 2 3 4 5 6 7"
        );
    }
}
