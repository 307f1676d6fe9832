//! A PostgreSQL server that is thrown away: a cluster of its own on the loopback, for tests and for benches.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use super::authority::Certificate;
use super::process::{self, Ends};
use crate::debian;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// The oldest release that the product runs on.
const AT_LEAST: u32 = 15;
/// Where Debian keeps the programs of each release.
const RELEASES: &str = "/usr/lib/postgresql";

/// Connections are closed and the server ends.
const ENDS: Ends = Ends::WithUs("INT");

const ADVICE: &str = "PostgreSQL 15 or newer is not on this machine: install Debian's `postgresql`, or put its programs (initdb, postgres) on \
                      the PATH. For the tests, REDRESS_TEST_POSTGRES may name a server on which they may make schemas";

/// How tests are told which program makes a schema.
pub const PSQL: &str = "REDRESS_PSQL";

/// Whether a commit waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flushing {
    /// As in service: what is measured has to pay for the disk.
    On,
    /// Nothing of the cluster is worth keeping: for tests.
    Off,
}

/// A running server; it ends, and its cluster goes, with this value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    home: PathBuf,
    /// The port on the loopback.
    pub port: u16,
}

impl Server {
    /// Makes a cluster and starts a server on it, on this port or, for 0, on one that the system gives.
    ///
    /// # Errors
    /// When PostgreSQL cannot be had, or the server does not come up.
    pub fn start(workspace: &Workspace, flushing: Flushing, port: u16) -> Outcome<Server> {
        launch(workspace, flushing, port, (ENDS, Lines::All))
    }

    /// The same, and whoever comes over a line that is not encrypted is refused.
    ///
    /// # Errors
    /// As for [`Server::start`].
    pub fn start_encrypted(workspace: &Workspace, certificate: &Certificate) -> Outcome<Server> {
        launch(workspace, Flushing::Off, 0, (ENDS, Lines::Encrypted(certificate)))
    }

    /// The address of its first database, whose owner may do everything.
    pub fn address(&self) -> String {
        address(self.port)
    }

    /// The address of a new database with this name, in place of the one that had it.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn database(&self, name: &str) -> Outcome<String> {
        for words in ["DROP DATABASE IF EXISTS", "CREATE DATABASE"] {
            let mut tool = Command::new(self.psql()?);
            tool.args(["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]);
            shell::read(tool.arg(self.address()).arg(format!("--command={words} {name}")))?;
        }
        Ok(address_of(self.port, name))
    }

    /// The program by which a test makes a schema of its own.
    ///
    /// # Errors
    /// When PostgreSQL is not on this machine any more.
    pub fn psql(&self) -> Outcome<PathBuf> {
        Ok(programs()?.join("psql"))
    }

    /// Leaves it running, for [`stop`].
    fn leave(self) -> (u32, PathBuf) {
        let left = (self.child.id(), self.home.clone());
        std::mem::forget(self);
        left
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // At once: nothing of the cluster is kept.
        if let Err(failure) = process::end_child(&mut self.child, "QUIT") {
            eprintln!("PostgreSQL: {failure}");
        }
        if let Err(error) = fs::remove_dir_all(&self.home) {
            eprintln!("{}: {error}", self.home.display());
        }
    }
}

/// Starts a server in the background and says where.
///
/// # Errors
/// When one runs already, or as for [`Server::start`].
pub fn start(workspace: &Workspace, flushing: Flushing, port: u16) -> Outcome<()> {
    let note = note(workspace);
    process::refuse_noted(&note, "PostgreSQL server")?;
    let server = launch(workspace, flushing, port, (Ends::WhenTold, Lines::All))?;
    let address = server.address();
    let (pid, home) = server.leave();
    process::note(&note, pid, &home)?;
    println!("{address}, process {pid}, cluster in {}", home.display());
    Ok(())
}

/// Ends the server that [`start`] left running, and throws its cluster away.
///
/// # Errors
/// When none that we started is running.
pub fn stop(workspace: &Workspace) -> Outcome<()> {
    process::end_noted(&note(workspace), "INT", "PostgreSQL server")
}

/// The folder of the programs of the newest release on this machine, installed first if there is none and we may.
pub(super) fn programs() -> Outcome<PathBuf> {
    if let Some(found) = found() {
        return Ok(found);
    }
    debian::install("postgresql", ADVICE)?;
    found().ok_or_else(|| Failure::new(ADVICE))
}

fn found() -> Option<PathBuf> {
    let releases = fs::read_dir(RELEASES).into_iter().flatten().filter_map(Result::ok);
    let numbered = releases.filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path())));
    let newest = numbered
        .filter(|(number, folder)| *number >= AT_LEAST && folder.join("bin/initdb").is_file())
        .max();
    let on_path = || {
        let path = std::env::var_os("PATH")?;
        let folder = std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file())?;
        let said = shell::read(Command::new(folder.join("postgres")).arg("--version")).ok()?;
        (release(&said)? >= AT_LEAST).then_some(folder)
    };
    newest.map(|(_, folder)| folder.join("bin")).or_else(on_path)
}

/// The number in "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)".
fn release(said: &str) -> Option<u32> {
    said.split_once("(PostgreSQL) ")?
        .1
        .split(['.', ' ', '\n'])
        .next()?
        .parse()
        .ok()
}

/// Over which lines a server lets somebody in.
enum Lines<'c> {
    /// Over any.
    All,
    /// Over encrypted ones only, for which it shows a certificate.
    Encrypted(&'c Certificate),
}

impl Lines<'_> {
    /// What the server is told, once its cluster is made.
    fn settings(&self, data: &Path) -> Outcome<Vec<&'static str>> {
        let Lines::Encrypted(Certificate { certificate, key }) = self else {
            return Ok(Vec::new());
        };
        process::give_user(certificate, &data.join("server.crt"))?;
        process::give_user(key, &data.join("server.key"))?;
        fs::write(data.join("pg_hba.conf"), "hostssl all all 127.0.0.1/32 trust\n")?;
        Ok(vec!["ssl=on"])
    }
}

fn launch(workspace: &Workspace, flushing: Flushing, port: u16, (ends, lines): (Ends, Lines<'_>)) -> Outcome<Server> {
    let programs = programs()?;
    let home = process::folder_of_user(&workspace.target().join("services"), "postgres")?;
    let data = home.join("data");
    let mut make = process::as_user(&programs.join("initdb"), ENDS);
    make.arg("--pgdata").arg(&data);
    make.args([
        "--username=redress",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]);
    shell::read(&mut make)?;
    let port = if port == 0 { process::free_port()? } else { port };
    let mut serve = process::as_user(&programs.join("postgres"), ends);
    serve.arg("-D").arg(&data).args(["-p", &port.to_string()]);
    for setting in settings(flushing).into_iter().chain(lines.settings(&data)?) {
        serve.args(["-c", setting]);
    }
    let log = home.join("log");
    let mut child = process::spawn(serve, &log)?;
    let up = process::until(&mut child, &log, || answers(&programs, port));
    // From here on it ends with this value, also when it did not come up.
    let server = Server { child, home, port };
    up.map_err(Failure::during("PostgreSQL"))?;
    Ok(server)
}

fn settings(flushing: Flushing) -> Vec<&'static str> {
    let mut settings = vec![
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=200",
        "log_min_messages=warning",
    ];
    if flushing == Flushing::Off {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
    }
    settings
}

/// Whether a server takes connections on a port of the loopback.
pub(super) fn answers(programs: &Path, port: u16) -> bool {
    let mut ask = Command::new(programs.join("pg_isready"));
    ask.args(["--quiet", "--host=127.0.0.1", "--username=redress", "--dbname=postgres"]);
    shell::read(ask.arg(format!("--port={port}"))).is_ok()
}

pub(super) fn address(port: u16) -> String {
    address_of(port, "postgres")
}

fn address_of(port: u16, database: &str) -> String {
    format!("postgres://redress@127.0.0.1:{port}/{database}")
}

fn note(workspace: &Workspace) -> PathBuf {
    workspace.target().join("services/postgres.pid")
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn the_release_is_read_from_what_the_server_says() {
        assert_eq!(
            release("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(release("postgres (PostgreSQL) 18\n"), Some(18));
        assert_eq!(release("something else"), None);
    }
}
