//! Request Tracker 5 as Debian packs it, thrown away after use: a peer that is measured beside the product. Its database is SQLite, its web server
//! Starlet with three workers, its mail goes nowhere.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use super::process::{self, Ends};
use crate::debian;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

const PACKAGES: &str = "request-tracker5 rt5-standalone rt5-db-sqlite dbconfig-no-thanks msmtp-mta";
const PROGRAM: &str = "/usr/share/request-tracker5/libexec/rt-server";
/// What hands a message to it, as a mail server would.
pub(crate) const MAIL_GATE: &str = "/usr/bin/rt-mailgate-5";
const ADVICE: &str = "Request Tracker 5 is not on this machine: install Debian's packages";
/// As many as fit on the two processors beside what asks.
const WORKERS: &str = "3";
const FIXTURE: &str = include_str!("../../services/rt/fixture.pl");
/// Who may do everything, as it comes.
pub(crate) const ROOT: (&str, &str) = ("root", "password");
/// The queue of the fixture.
pub(crate) const QUEUE: &str = "Helpdesk";

/// A running Request Tracker; it ends, and its files go, with this value.
pub(crate) struct Rt {
    child: Child,
    home: PathBuf,
    pub(crate) address: SocketAddr,
}

impl Rt {
    /// Installs it if it is missing, makes a new database, and starts it.
    ///
    /// # Errors
    /// When it cannot be had, or does not come up.
    pub(crate) fn start(workspace: &Workspace) -> Outcome<Rt> {
        if !Path::new(PROGRAM).is_file() {
            debian::install(PACKAGES, &format!("{ADVICE} {PACKAGES}"))?;
        }
        let home = process::folder_of_user(&workspace.target().join("services"), "rt")?;
        let mut folders = process::as_user(Path::new("mkdir"), Ends::WithUs("TERM"));
        shell::read(folders.args(["mason", "sessions", "RT_SiteConfig.d"].map(|name| home.join(name))))?;
        let port = process::free_port()?;
        let site = home.join("RT_SiteConfig.pm");
        fs::write(&site, settings(&home, port))?;
        let fixture = home.join("fixture.pl");
        fs::write(&fixture, FIXTURE)?;
        let set_up = |words: &[&str], file: Option<&Path>| {
            let mut command = in_home(Path::new("/usr/sbin/rt-setup-database-5"), &home, &site);
            command
                .args(["--action"])
                .args(words)
                .args(["--skip-create", "--dba", "none"]);
            command.args(file.into_iter().flat_map(|file| [Path::new("--datafile"), file]));
            shell::read(&mut command).map_err(Failure::during("Request Tracker's database"))
        };
        set_up(&["init"], None)?;
        let log = home.join("log");
        let mut serve = in_home(Path::new("/usr/bin/plackup"), &home, &site);
        serve.args(["-s", "Starlet", "--host", "127.0.0.1", "--max-workers", WORKERS]);
        serve.args(["--port", &port.to_string(), PROGRAM]);
        set_up(&["insert"], Some(&fixture))?;
        let mut child = process::spawn(serve, &log)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let up = process::until(&mut child, &log, || TcpStream::connect(address).is_ok());
        // From here on it ends with this value, also when it did not come up.
        let rt = Rt { child, home, address };
        up.map_err(Failure::during("Request Tracker"))?;
        Ok(rt)
    }

    /// A command that hands over the message on its standard input.
    pub(crate) fn mail_gate(&self) -> Command {
        let mut command = Command::new(MAIL_GATE);
        command.args(["--queue", QUEUE, "--action", "correspond", "--url"]);
        command.arg(format!("http://{}/", self.address));
        command
    }
}

impl Drop for Rt {
    fn drop(&mut self) {
        let child = &mut self.child;
        if let Err(failure) = process::end(child.id(), "TERM", || matches!(child.try_wait(), Ok(Some(_)))) {
            eprintln!("Request Tracker: {failure}");
        }
        if let Err(error) = fs::remove_dir_all(&self.home) {
            eprintln!("{}: {error}", self.home.display());
        }
    }
}

fn in_home(program: &Path, home: &Path, site: &Path) -> Command {
    let mut command = process::as_user(program, Ends::WithUs("TERM"));
    command.env("HOME", home).env("RT_SITE_CONFIG", site);
    command.env("RT_SITE_CONFIG_DIR", home.join("RT_SiteConfig.d"));
    command
}

fn settings(home: &Path, port: u16) -> String {
    let home = home.display();
    format!(
        "Set($rtname, 'rt.test');\nSet($Organization, 'rt.test');\n\
         Set($DatabaseType, 'SQLite');\nSet($DatabaseName, '{home}/rtdb');\n\
         Set($WebDomain, '127.0.0.1');\nSet($WebPort, {port});\nSet($WebPath, '');\nSet($WebBaseURL, 'http://127.0.0.1:{port}');\n\
         Set($LogToSTDERR, 'error');\nSet($LogToSyslog, undef);\nSet($MailCommand, 'testfile');\nSet($RestrictReferrer, 0);\n\
         Set($MasonDataDir, '{home}/mason');\nSet($MasonSessionDir, '{home}/sessions');\n1;\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_it_lies_outside_its_folder() {
        let settings = settings(Path::new("/somewhere"), 4242);
        for file in ["rtdb", "mason", "sessions"] {
            assert!(settings.contains(&format!("'/somewhere/{file}'")), "{settings}");
        }
        assert!(settings.contains("http://127.0.0.1:4242"));
    }
}
