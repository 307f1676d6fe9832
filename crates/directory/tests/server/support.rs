//! How the server is asked, and what stands between us and it when the line is to fail.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use casework::directory::{Reading, Source as _};
use directory::{Attributes, Encryption, LdapServer, LdapSettings, Limits, StartTls};
use rules::directory::{Directory, DirectoryPerson};
use testkit::directory::certificates;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Where the server is that `cargo xtask test` starts; none where there is none, which is said.
pub(crate) struct TestServer {
    pub(crate) plain: String,
    pub(crate) tls: String,
    roots: PathBuf,
}

impl TestServer {
    pub(crate) fn new() -> Option<TestServer> {
        let named = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let found = (
            named("REDRESS_TEST_LDAP"),
            named("REDRESS_TEST_LDAPS"),
            named("REDRESS_TEST_LDAP_ROOTS"),
        );
        let (Some(plain), Some(tls), Some(roots)) = found else {
            eprintln!(
                "left out: REDRESS_TEST_LDAP names no directory server. `cargo xtask test` starts one; `cargo xtask services start ldap` says how"
            );
            return None;
        };
        Some(TestServer {
            plain,
            tls,
            roots: PathBuf::from(roots),
        })
    }

    /// The few odd people, over TLS.
    pub(crate) fn few(&self) -> LdapSettings {
        self.at(&[&self.tls], "ou=few,dc=office,dc=example")
    }

    /// The many ordinary ones, over TLS.
    pub(crate) fn many(&self) -> LdapSettings {
        self.at(&[&self.tls], "ou=many,dc=office,dc=example")
    }

    pub(crate) fn at(&self, urls: &[&str], base: &str) -> LdapSettings {
        LdapSettings {
            urls: urls.iter().map(|url| (*url).to_owned()).collect(),
            encryption: self.encryption(StartTls::Demanded, true),
            account: Some((
                "cn=reader,dc=office,dc=example".to_owned(),
                "throwaway-reader".to_owned(),
            )),
            base: base.to_owned(),
            filter: "(objectClass=inetOrgPerson)".to_owned(),
            attributes: Attributes::of_open_ldap(),
            limits: Limits {
                page: 300,
                answer: Duration::from_secs(10),
                whole: Duration::from_secs(60),
                people: 10_000,
            },
        }
    }

    /// Trusts the authority of the server, or only those of this machine.
    pub(crate) fn encryption(&self, start_tls: StartTls, trusts: bool) -> Encryption {
        let client = certificates::client(trusts.then_some(&*self.roots)).expect("certificates");
        Encryption {
            client: Arc::new(client),
            start_tls,
            explain: certificates::refusal,
        }
    }

    /// The number of the port of an address of the server.
    pub(crate) fn port(url: &str) -> u16 {
        url.rsplit(':')
            .next()
            .and_then(|port| port.parse().ok())
            .expect("a port")
    }
}

pub(crate) async fn read(settings: LdapSettings) -> Result<Reading, String> {
    LdapServer::asked(settings).read().await.map_err(|unread| unread.0)
}

/// Everybody, and a look-up by username.
pub(crate) struct Found(pub(crate) Directory);

impl Found {
    pub(crate) fn by(&self, username: &str) -> &DirectoryPerson {
        self.0
            .known_as(username)
            .first()
            .copied()
            .unwrap_or_else(|| panic!("{username} is there"))
    }

    pub(crate) fn names_of_managers(&self, username: &str) -> Vec<&str> {
        let managers = self.by(username).managers.iter();
        let mut names: Vec<&str> = managers
            .map(|key| self.0.person(key).map_or("-", |person| &*person.name))
            .collect();
        names.sort_unstable();
        names
    }
}

/// What a line does after so many bytes from the server.
#[derive(Debug, Clone, Copy)]
pub(crate) enum After {
    /// It is cut.
    Cut(usize),
    /// Nothing comes any more, and it stays open.
    Silent(usize),
    /// What comes is something else than LDAP.
    Noise,
}

/// A line to the server at `port` that fails; answers its own port. The first connection fails so, and every other.
pub(crate) async fn failing(port: u16, after: After) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let own = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(pass(client, port, after));
        }
    });
    own
}

async fn pass(client: TcpStream, port: u16, after: After) {
    let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await else {
        return;
    };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
    if matches!(after, After::Noise) {
        drop(to_client.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await);
        return;
    }
    let (most, is_cut) = match after {
        After::Cut(most) => (most, true),
        After::Silent(most) => (most, false),
        After::Noise => (0, true),
    };
    let (mut passed, mut bytes) = (0, vec![0; 4096]);
    while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
        let count = count.min(most - passed);
        if to_client.write_all(&bytes[..count]).await.is_err() {
            return;
        }
        passed += count;
        if passed == most {
            break;
        }
    }
    if !is_cut {
        std::future::pending::<()>().await;
    }
}
