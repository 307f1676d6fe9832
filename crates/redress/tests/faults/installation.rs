//! A new installation for one test, as `redress init` makes it, and what its commands say.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use storage::files::FileStore;
use storage::{At, Keys, Server, Steps, StorageError, Store};

use crate::mail_server::MailServer;

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_redress");

/// An installation with its configuration, keys and files in one folder, and its database there or on a server.
pub(crate) struct Installation {
    pub(crate) folder: PathBuf,
    /// The address of the database, where it is on a server.
    server: Option<String>,
    /// Where the first node listens.
    pub(crate) address: SocketAddr,
}

/// A process that serves an installation, beside others or alone.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) address: SocketAddr,
    pub(crate) configuration: PathBuf,
    pub(crate) log: PathBuf,
}

impl Installation {
    /// Makes one whose letters go to this mail server.
    pub(crate) fn make(name: &str, mail: &MailServer) -> Installation {
        Installation::make_on(name, mail, None)
    }

    /// The same with its database on a server.
    pub(crate) fn make_on(name: &str, mail: &MailServer, server: Option<&str>) -> Installation {
        Installation::make_with(name, mail, server, &[])
    }

    /// The same on a server whose certificate is of this authority.
    pub(crate) fn make_under(name: &str, mail: &MailServer, server: &str, roots: &str) -> Installation {
        Installation::make_with(name, mail, Some(server), &["--database-roots", roots])
    }

    fn make_with(name: &str, mail: &MailServer, server: Option<&str>, more: &[&str]) -> Installation {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        for left in [&folder, &folder.with_extension("machine")] {
            if left.exists() {
                fs::remove_dir_all(left).unwrap();
            }
        }
        let installation = Installation {
            folder,
            server: server.map(str::to_owned),
            address: free_address(),
        };
        installation.init(more);
        installation.configure(mail.address.port());
        installation
    }

    /// Writes one line of `[storage]`, or takes it away.
    pub(crate) fn set_storage(&self, name: &str, value: Option<&String>) {
        self.change(|whole| {
            let storage = whole["storage"].as_table_mut().unwrap();
            match value {
                Some(value) => storage.insert(name.to_owned(), value.clone().into()),
                None => storage.remove(name),
            };
        });
    }

    /// Its first node.
    pub(crate) fn node(&self) -> Node {
        Node {
            address: self.address,
            configuration: self.folder.join("redress.toml"),
            log: self.folder.join("serve.log"),
        }
    }

    /// A second node, on the same database, keys and files.
    pub(crate) fn second_node(&self) -> Node {
        let node = Node {
            address: free_address(),
            configuration: self.folder.join("second.toml"),
            log: self.folder.join("second.log"),
        };
        let mut whole = self.settings();
        set(&mut whole, "server", "listen", node.address.to_string().into());
        fs::write(&node.configuration, toml::to_string(&whole).unwrap()).unwrap();
        node
    }

    fn init(&self, more: &[&str]) {
        let password = self.folder.with_extension("password");
        fs::write(&password, "calder brook stone\n").unwrap();
        let asked = [
            ("--organisation", "Calderbrook University"),
            ("--unit", "IT Services"),
            ("--phone", "01632 960 417"),
            ("--email", "it-feedback@calderbrook.example"),
            ("--public-url", &format!("http://{}", self.address)),
            ("--admin-username", "rosa"),
            ("--admin-name", "Rosa Lindqvist"),
            ("--admin-email", "rosa@calderbrook.example"),
        ];
        let mut init = Command::new(BINARY);
        init.arg("init")
            .arg(&self.folder)
            .arg("--admin-password-file")
            .arg(&password);
        for (name, value) in asked {
            init.args([name, value]);
        }
        if let Some(server) = &self.server {
            init.args(["--database", server]);
        }
        let made = init.args(more).output().unwrap();
        assert!(made.status.success(), "{made:?}");
        fs::remove_file(password).unwrap();
    }

    fn configure(&self, mail_port: u16) {
        self.change(|whole| {
            set(whole, "server", "listen", self.address.to_string().into());
            set(whole, "server", "behind_proxy", false.into());
            set(whole, "email", "mode", "smtp".into());
            set(whole, "email", "host", "127.0.0.1".into());
            set(whole, "email", "port", i64::from(mail_port).into());
            set(whole, "email", "security", "none".into());
        });
    }

    /// Changes its configuration.
    pub(crate) fn change(&self, change: impl FnOnce(&mut toml::Table)) {
        let mut whole = self.settings();
        change(&mut whole);
        fs::write(self.node().configuration, toml::to_string(&whole).unwrap()).unwrap();
    }

    fn settings(&self) -> toml::Table {
        toml::from_str(&fs::read_to_string(self.node().configuration).unwrap()).unwrap()
    }

    /// Runs a command of the product on this installation.
    pub(crate) fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(BINARY);
        command.args(words).arg("--config").arg(self.node().configuration);
        command.output().unwrap()
    }

    pub(crate) fn keys(&self) -> Keys {
        Keys::load(&self.folder.join("keys")).unwrap()
    }

    /// The store, beside whatever else has it open.
    pub(crate) async fn store(&self) -> Store {
        self.store_with(&Steps::known()).await.unwrap()
    }

    /// The same as a version that knows these steps opens it.
    pub(crate) async fn store_with(&self, steps: &Steps) -> Result<Store, StorageError> {
        let at = match &self.server {
            None => At::File(self.folder.join("redress.db")),
            Some(address) => At::Server(Box::new(Server::parse(address).unwrap())),
        };
        let files = FileStore::folder(&self.folder.join("files"));
        Store::open_with_steps(&at, files, self.keys(), steps).await
    }

    /// Takes away everything that the test made.
    pub(crate) fn remove(self) {
        fs::remove_dir_all(&self.folder).unwrap();
        let machine = self.folder.with_extension("machine");
        if machine.exists() {
            fs::remove_dir_all(machine).unwrap();
        }
    }
}

/// Writes one line of a section.
pub(crate) fn set(whole: &mut toml::Table, section: &str, name: &str, value: toml::Value) {
    whole[section].as_table_mut().unwrap().insert(name.to_owned(), value);
}

/// An address of the loopback that nobody uses at this moment.
pub(crate) fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap()
}
