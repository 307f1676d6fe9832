//! The real servers that `cargo xtask services mail` starts, as the environment names them; where there are none, a test says so and does nothing.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use channels::email::Tls;
use channels::email::inbound::imap::{After, MailboxSettings, Patience, SignIn};
use channels::email::inbound::lmtp::{Envelope, Listen, hand_over};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

/// The servers.
pub(crate) struct Servers {
    pub(crate) imap: u16,
    pub(crate) imaps: u16,
    pub(crate) password: String,
    pub(crate) token: String,
    pub(crate) old_token: String,
    pub(crate) mailboxes: PathBuf,
    lmtp: u16,
    roots: PathBuf,
}

fn named(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

pub(crate) fn port(name: &str) -> Option<u16> {
    named(name)?.rsplit_once(':')?.1.parse().ok()
}

impl Servers {
    pub(crate) fn new() -> Option<Servers> {
        let found = || {
            Some(Servers {
                imap: port("REDRESS_TEST_IMAP")?,
                imaps: port("REDRESS_TEST_IMAPS")?,
                password: named("REDRESS_TEST_MAIL_PASSWORD")?,
                token: named("REDRESS_TEST_MAIL_TOKEN")?,
                old_token: named("REDRESS_TEST_MAIL_OLD_TOKEN")?,
                mailboxes: named("REDRESS_TEST_MAILBOXES")?.into(),
                lmtp: port("REDRESS_TEST_LMTP")?,
                roots: named("REDRESS_TEST_MAIL_ROOTS")?.into(),
            })
        };
        let servers = found();
        if servers.is_none() {
            eprintln!("left out: no mail servers, which `cargo xtask services start mail` starts");
        }
        servers
    }

    /// An address that no other test uses.
    pub(crate) fn fresh(&self, name: &str) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        format!("{name}-{}-{number}@office.example", std::process::id())
    }

    /// Puts a message into a mailbox.
    pub(crate) async fn put(&self, address: &str, message: impl Into<Vec<u8>>) {
        let to = Listen::Port(SocketAddr::from(([127, 0, 0, 1], self.lmtp)));
        let envelope = Envelope {
            sender: None,
            recipients: vec![address.to_owned()],
        };
        let message = message.into();
        let put = tokio::task::spawn_blocking(move || hand_over(&to, &envelope, &mut &*message));
        put.await.expect("it ends").expect("Dovecot takes it");
    }

    /// Whom these servers are certified by.
    pub(crate) fn trust(&self) -> Arc<ClientConfig> {
        let read = CertificateDer::pem_file_iter(&self.roots).expect("a file");
        trust(read.collect::<Result<Vec<_>, _>>().expect("certificates"))
    }

    /// The same as PEM.
    pub(crate) fn authorities(&self) -> String {
        std::fs::read_to_string(&self.roots).expect("a file")
    }

    /// The mailbox over STARTTLS with its password.
    pub(crate) fn settings(&self, address: &str) -> MailboxSettings {
        MailboxSettings {
            port: self.imap,
            tls: Tls::StartTls,
            trust: self.trust(),
            username: address.to_owned(),
            sign_in: SignIn::Password(self.password.clone()),
            ..on_this_machine(0)
        }
    }
}

/// A client that trusts these authorities and no others.
pub(crate) fn trust(authorities: Vec<CertificateDer<'static>>) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(authorities);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Arc::new(
        client
            .expect("a provider")
            .with_root_certificates(roots)
            .with_no_client_auth(),
    )
}

/// A mailbox of a server on this machine, in the clear, with waits that nobody has to wait for.
pub(crate) fn on_this_machine(port: u16) -> MailboxSettings {
    use std::time::Duration;
    MailboxSettings {
        name: "helpline".to_owned(),
        host: "localhost".to_owned(),
        port,
        tls: Tls::None,
        trust: trust(Vec::new()),
        username: "helpline".to_owned(),
        sign_in: SignIn::Password("secret".to_owned()),
        folder: "INBOX".to_owned(),
        after: After::Leave,
        size_limit: 60_000_000,
        patience: Patience {
            answer: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            poll: Duration::from_millis(20),
            first_wait: Duration::from_millis(5),
            longest: Duration::from_millis(50),
            odd: [5, 10, 300].map(Duration::from_millis),
            turn: Duration::from_millis(10),
        },
    }
}
