//! An authority that is thrown away, and what it certifies: for servers that a test reaches over TLS. Made by openssl.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

const PROGRAM: &str = "/usr/bin/openssl";
/// What to do where it cannot be had.
pub const ADVICE: &str = "openssl is not on this machine: install Debian's `openssl`";

const NEW_KEY: &str = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";

/// An authority; its folder goes with this value.
#[derive(Debug)]
pub struct Authority {
    home: PathBuf,
}

/// A server's certificate and its key, each in a file.
#[derive(Debug)]
pub struct Certificate {
    /// The certificate, PEM.
    pub certificate: PathBuf,
    /// Its key, PEM.
    pub key: PathBuf,
}

/// True if openssl is here, or may be installed by us.
pub fn can_be_had() -> bool {
    Path::new(PROGRAM).is_file() || debian::can_install()
}

impl Authority {
    /// Makes one; `name` tells it from others of this process.
    ///
    /// # Errors
    /// When openssl cannot be had.
    pub fn make(workspace: &Workspace, name: &str) -> Outcome<Authority> {
        if !Path::new(PROGRAM).is_file() {
            debian::install("openssl", ADVICE)?;
        }
        let home = workspace.target().join("services");
        let home = home.join(format!("authority-{name}-{}", std::process::id()));
        if home.exists() {
            // Left by a process that had the same number.
            fs::remove_dir_all(&home)?;
        }
        fs::create_dir_all(&home)?;
        let authority = Authority { home };
        let extensions = "basicConstraints = critical,CA:TRUE\nkeyUsage = critical,keyCertSign\n";
        authority.openssl("authority", &format!("An authority of tests, {name}"), extensions, "")?;
        Ok(authority)
    }

    /// Its own certificate, for whoever trusts it.
    pub fn roots(&self) -> PathBuf {
        self.home.join("authority.pem")
    }

    /// Certifies the server of a name.
    ///
    /// # Errors
    /// When openssl refuses.
    pub fn certify(&self, name: &str) -> Outcome<Certificate> {
        let extensions = format!(
            "basicConstraints = critical,CA:FALSE\nextendedKeyUsage = serverAuth\nsubjectAltName = DNS:{name}\n"
        );
        self.openssl("server", name, &extensions, "-CA authority.pem -CAkey authority.key")?;
        Ok(Certificate {
            certificate: self.home.join("server.pem"),
            key: self.home.join("server.key"),
        })
    }

    fn openssl(&self, file: &str, name: &str, extensions: &str, by: &str) -> Outcome<()> {
        let asked = format!(
            "[req]\ndistinguished_name = name\nx509_extensions = extensions\nprompt = no\n[name]\nCN = {name}\n[extensions]\n{extensions}"
        );
        fs::write(self.home.join(format!("{file}.cnf")), asked)?;
        let words = format!("req -x509 -config {file}.cnf {NEW_KEY} -keyout {file}.key -out {file}.pem {by}");
        let mut openssl = Command::new(PROGRAM);
        openssl.current_dir(&self.home).args(words.split_whitespace());
        shell::read(&mut openssl).map(drop).map_err(Failure::during("openssl"))
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.home) {
            eprintln!("{}: {error}", self.home.display());
        }
    }
}
