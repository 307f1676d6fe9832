//! pgbouncer in transaction mode before a PostgreSQL server: each transaction may meet another connection of the server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;

use super::postgres::{self, Flushing};
use super::process::{self, Ends};
use crate::debian;
use crate::shell::{Failure, Outcome};
use crate::workspace::Workspace;

const PROGRAM: &str = "/usr/sbin/pgbouncer";
/// What to do where it cannot be had.
pub const ADVICE: &str = "pgbouncer is not on this machine: install Debian's `pgbouncer`";

/// A running pgbouncer and the server behind it; both end with this value.
#[derive(Debug)]
pub struct Bouncer {
    child: Child,
    home: PathBuf,
    /// The port on the loopback.
    pub port: u16,
    // Ends after the bouncer.
    _server: postgres::Server,
}

/// True if pgbouncer is here, or may be installed by us.
pub fn can_be_had() -> bool {
    Path::new(PROGRAM).is_file() || debian::can_install()
}

impl Bouncer {
    /// Starts a server and pgbouncer before it, on this port or, for 0, on one that the system gives.
    ///
    /// # Errors
    /// When either cannot be had or does not come up.
    pub fn start(workspace: &Workspace, flushing: Flushing, port: u16) -> Outcome<Bouncer> {
        if !Path::new(PROGRAM).is_file() {
            debian::install("pgbouncer", ADVICE)?;
        }
        let server = postgres::Server::start(workspace, flushing, 0)?;
        let home = process::folder_of_user(&workspace.target().join("services"), "pgbouncer")?;
        let port = if port == 0 { process::free_port()? } else { port };
        let settings = home.join("pgbouncer.ini");
        fs::write(&settings, configuration(port, server.port))?;
        let mut command = process::as_user(Path::new(PROGRAM), Ends::WithUs("TERM"));
        command.arg(&settings);
        let log = home.join("log");
        let mut child = process::spawn(command, &log)?;
        let programs = postgres::programs()?;
        let up = process::until(&mut child, &log, || postgres::answers(&programs, port));
        let bouncer = Bouncer {
            child,
            home,
            port,
            _server: server,
        };
        up.map_err(Failure::during("pgbouncer"))?;
        Ok(bouncer)
    }

    /// The address of the first database, by way of pgbouncer.
    pub fn address(&self) -> String {
        postgres::address(self.port)
    }

    /// The program by which a test makes a database of its own.
    ///
    /// # Errors
    /// When PostgreSQL is not on this machine any more.
    pub fn psql(&self) -> Outcome<PathBuf> {
        Ok(postgres::programs()?.join("psql"))
    }
}

impl Drop for Bouncer {
    fn drop(&mut self) {
        // TERM ends it at once in this release; INT waits for clients.
        if let Err(failure) = process::end_child(&mut self.child, "TERM") {
            eprintln!("pgbouncer: {failure}");
        }
        if let Err(error) = fs::remove_dir_all(&self.home) {
            eprintln!("{}: {error}", self.home.display());
        }
    }
}

fn configuration(port: u16, server: u16) -> String {
    format!(
        "[databases]\n\
         * = host=127.0.0.1 port={server} user=redress\n\
         [pgbouncer]\n\
         listen_addr = 127.0.0.1\n\
         listen_port = {port}\n\
         unix_socket_dir =\n\
         auth_type = any\n\
         admin_users = redress\n\
         pool_mode = transaction\n\
         default_pool_size = 20\n\
         max_client_conn = 200\n\
         ignore_startup_parameters = extra_float_digits, options\n"
    )
}
