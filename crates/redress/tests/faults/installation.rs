//! A new installation for one test, as `redress init` makes it, and what its commands say.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use storage::{Keys, Store};

use crate::mail_server::MailServer;

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_redress");

/// An installation with its configuration, keys and database in one folder.
pub(crate) struct Installation {
    pub(crate) folder: PathBuf,
    pub(crate) address: SocketAddr,
}

impl Installation {
    /// Makes one whose letters go to this mail server.
    pub(crate) fn make(name: &str, mail: &MailServer) -> Installation {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        for left in [&folder, &folder.with_extension("machine")] {
            if left.exists() {
                fs::remove_dir_all(left).unwrap();
            }
        }
        let installation = Installation {
            folder,
            address: free_address(),
        };
        installation.init();
        installation.configure(mail.address.port());
        installation
    }

    fn init(&self) {
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
        let made = init.output().unwrap();
        assert!(made.status.success(), "{made:?}");
        fs::remove_file(password).unwrap();
    }

    fn configure(&self, mail_port: u16) {
        let mut whole: toml::Table = toml::from_str(&fs::read_to_string(self.configuration()).unwrap()).unwrap();
        let settings: [(&str, &str, toml::Value); 6] = [
            ("server", "listen", self.address.to_string().into()),
            ("server", "behind_proxy", false.into()),
            ("email", "mode", "smtp".into()),
            ("email", "host", "127.0.0.1".into()),
            ("email", "port", i64::from(mail_port).into()),
            ("email", "security", "none".into()),
        ];
        for (section, name, value) in settings {
            whole[section].as_table_mut().unwrap().insert(name.to_owned(), value);
        }
        fs::write(self.configuration(), toml::to_string(&whole).unwrap()).unwrap();
    }

    pub(crate) fn configuration(&self) -> PathBuf {
        self.folder.join("redress.toml")
    }

    /// Runs a command of the product on this installation.
    pub(crate) fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(BINARY);
        command.args(words).arg("--config").arg(self.configuration());
        command.output().unwrap()
    }

    pub(crate) fn keys(&self) -> Keys {
        Keys::load(&self.folder.join("keys")).unwrap()
    }

    /// The store, beside whatever else has it open.
    pub(crate) fn store(&self) -> Store {
        Store::open(&self.folder.join("redress.db"), self.keys()).unwrap()
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

/// An address of the loopback that nobody uses at this moment.
pub(crate) fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap()
}
