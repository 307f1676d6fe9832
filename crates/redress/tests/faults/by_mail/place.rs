//! An installation that gets its mail from the real servers and sends by them, and what its ledger says.

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::Date;
use rules::mail::Fate;
use storage::mail::{MailRow, days};
use storage::{StorageError, Store, mail};
use tokio::runtime::{Builder, Runtime};
use toml::Value;

use crate::installation::{Installation, Node, set};
use crate::machine::Machine;
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::{now, pause};

/// Longer than a letter takes through three servers.
const PATIENCE: Duration = Duration::from_secs(60);
const STEP: Duration = Duration::from_millis(20);

/// Waits until there is something, and tells what.
pub(crate) fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(
            now().duration_since(begun) < PATIENCE,
            "{what}: not within {PATIENCE:?}"
        );
        pause(STEP);
    }
}

/// The real servers, as the environment names them.
#[derive(Debug, Clone)]
pub(crate) struct Servers {
    /// Where Postfix takes mail from the world.
    pub(crate) world: u16,
    /// Where Dovecot takes mail for any mailbox.
    pub(crate) lmtp: u16,
    /// Where the product listens, so that Postfix finds it.
    pub(crate) whole: u16,
    /// A Maildir for each address.
    pub(crate) mailboxes: PathBuf,
    /// The program that Postfix runs for each letter, once it is there.
    pub(crate) delivered_by: PathBuf,
    submission: u16,
    imaps: u16,
    password: String,
    roots: PathBuf,
}

impl Servers {
    /// Nothing where there are none, which is said.
    pub(crate) fn new() -> Option<Servers> {
        let named = |name: &str| std::env::var(name).ok();
        let port = |name: &str| named(name)?.rsplit_once(':')?.1.parse().ok();
        let found = || {
            Some(Servers {
                world: port("REDRESS_TEST_MAIL")?,
                lmtp: port("REDRESS_TEST_LMTP")?,
                whole: port("REDRESS_TEST_MAIL_WHOLE")?,
                mailboxes: named("REDRESS_TEST_MAILBOXES")?.into(),
                delivered_by: named("REDRESS_TEST_MAIL_DELIVERED_BY")?.into(),
                submission: port("REDRESS_TEST_SUBMISSION")?,
                imaps: port("REDRESS_TEST_IMAPS")?,
                password: named("REDRESS_TEST_MAIL_PASSWORD")?,
                roots: named("REDRESS_TEST_MAIL_ROOTS")?.into(),
            })
        };
        let servers = found();
        if servers.is_none() {
            println!("left out: no mail servers, which `cargo xtask services start mail` starts");
        }
        servers
    }
}

/// An installation with such servers around it.
pub(crate) struct Place {
    pub(crate) servers: Servers,
    pub(crate) installation: Installation,
    store: Store,
    /// The connections of the store live in it.
    runtime: Runtime,
}

impl Place {
    /// Makes one that reads these mailboxes and is written to at these addresses too; letters come from the first mailbox.
    pub(crate) fn make(name: &str, (mailboxes, more): (&[&str], &[&str])) -> Option<Place> {
        Place::make_on(name, (mailboxes, more), None)
    }

    /// The same with its database on a server.
    pub(crate) fn make_on(name: &str, (mailboxes, more): (&[&str], &[&str]), database: Option<&str>) -> Option<Place> {
        let servers = Servers::new()?;
        let installation = Installation::make_on(name, &MailServer::start(), database);
        installation.change(|whole| connect(whole, &servers, (mailboxes, more)));
        for left in mailboxes.iter().map(|address| servers.mailboxes.join(address)) {
            if left.exists() {
                // Of a run before, where the servers stay.
                std::fs::remove_dir_all(left).unwrap();
            }
        }
        let secret = installation.folder.join("keys/mail-password");
        std::fs::write(&secret, &servers.password).unwrap();
        let closed = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(secret, closed).unwrap();
        let mut runtime = Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
        let store = runtime.block_on(installation.store());
        Some(Place {
            servers,
            installation,
            store,
            runtime,
        })
    }

    /// Where mail servers and the pipe command hand over.
    pub(crate) fn listen_on(&self, port: u16) {
        self.installation.change(|whole| {
            set(whole, "mail", "listen", format!("127.0.0.1:{port}").into());
        });
    }

    /// Starts it, and waits until it answers.
    pub(crate) fn start(&self) -> Running {
        self.start_node(&self.installation.node(), None)
    }

    /// Starts a node of it, on a machine that can go wrong.
    pub(crate) fn start_node(&self, node: &Node, machine: Option<&Machine>) -> Running {
        let mut running = Running::start_with(node, |command| {
            if let Some(machine) = machine {
                machine.put_under(command);
            }
            // Submission trusts the authorities of the machine.
            command.env("SSL_CERT_FILE", &self.servers.roots);
        });
        running.until_it_answers();
        running
    }

    /// Everything in the ledger, in the order in which it came.
    pub(crate) fn ledger(&self) -> Vec<MailRow> {
        self.run(self.store.read(|tx| {
            Box::pin(async move {
                let mut rows = Vec::new();
                while let Some(row) = mail::get(tx, i64::try_from(rows.len()).unwrap_or(0) + 1).await? {
                    rows.push(row);
                }
                Ok::<_, StorageError>(rows)
            })
        }))
        .unwrap()
    }

    /// Waits until so many messages have come to their end, and tells all of these: how, and at which case.
    pub(crate) fn ended(&self, many: usize) -> Vec<(Fate, String)> {
        until(&format!("{many} messages have ended"), || {
            let rows = self.ledger();
            let ended: Vec<_> = rows
                .into_iter()
                .filter_map(|row| Some((row.fate?, row.reference.unwrap_or_default())))
                .collect();
            (ended.len() >= many).then_some(ended)
        })
    }

    /// How many messages were fetched or handed over once more.
    pub(crate) fn met_again(&self) -> u64 {
        let counted = self.run(
            self.store
                .read(|tx| Box::pin(async move { days::counted(tx, Date::MIN, Date::MAX).await })),
        );
        let counted: Vec<days::Counted> = counted.unwrap_or_else(|fault: StorageError| panic!("{fault}"));
        counted.iter().map(|day| day.again).sum()
    }

    /// Waits for what is asked of the store.
    pub(crate) fn run<F: Future>(&self, asked: F) -> F::Output {
        self.runtime.block_on(asked)
    }

    /// What is on record, beside whatever else has it open.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn remove(self) {
        self.runtime.block_on(self.store.close()).unwrap();
        self.installation.remove();
    }
}

fn connect(whole: &mut toml::Table, servers: &Servers, (mailboxes, more): (&[&str], &[&str])) {
    let from = mailboxes[0];
    set(whole, "institution", "email", from.into());
    for (name, value) in [
        ("host", "localhost".into()),
        ("port", i64::from(servers.submission).into()),
        ("security", "start_tls".into()),
        ("from", from.into()),
        ("username", from.into()),
        ("password_file", "keys/mail-password".into()),
        ("plus", true.into()),
    ] {
        set(whole, "email", name, value);
    }
    let addresses = mailboxes
        .iter()
        .chain(more)
        .map(|address| Value::from(*address))
        .collect();
    let mut mail = toml::Table::new();
    mail.insert("addresses".to_owned(), Value::Array(addresses));
    mail.insert("authserv_id".to_owned(), "mail.office.example".into());
    let boxes = mailboxes.iter().map(|address| Value::Table(mailbox(address, servers)));
    mail.insert("mailbox".to_owned(), Value::Array(boxes.collect()));
    whole.insert("mail".to_owned(), Value::Table(mail));
}

fn mailbox(address: &str, servers: &Servers) -> toml::Table {
    let lines: [(&str, Value); 6] = [
        ("name", address.split('@').next().unwrap_or(address).into()),
        ("host", "localhost".into()),
        ("port", i64::from(servers.imaps).into()),
        ("roots", servers.roots.display().to_string().into()),
        ("username", address.into()),
        ("password_file", "keys/mail-password".into()),
    ];
    lines
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
