//! A mail server as institutions have one, that is thrown away: Postfix on the loopback, each address a Maildir, some of them refused or put off.

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use super::mailboxes::Addresses;
use super::process::{self, Ends};
use crate::debian;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

const KEEPER: &str = "/usr/sbin/postfix";
/// What runs the parts of it, and ends them when it is ended.
const SERVER: &str = "/usr/lib/postfix/sbin/master";
/// Runs a server and passes its end on. The server itself is not told when we end: it changes its user, and the system forgets the wish then.
const KEEP: &str = r#"trap 'kill -TERM "$server"' TERM; "$@" & server=$!; wait "$server"; wait "$server""#;
/// What to do where it cannot be had.
const ADVICE: &str = "Postfix is not on this machine: install Debian's `postfix`";
/// It gives each of its parts a user of its own, which only root can.
const NOT_ROOT: &str = "Postfix is started by root alone";

/// How tests are told where it takes letters.
pub const ADDRESS: &str = "REDRESS_TEST_MAIL";
/// How tests are told where the mailboxes are: a folder with a Maildir for each address.
pub const MAILBOXES: &str = "REDRESS_TEST_MAILBOXES";

/// A running server; it ends, and the mail that it holds goes, with this value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    home: PathBuf,
    /// The port on which it takes letters.
    pub port: u16,
}

impl Server {
    /// Starts a server with the addresses of this file, or with a few.
    ///
    /// # Errors
    /// When Postfix cannot be had or we are not root, a line of the file makes no sense, or the server does not come up.
    pub fn start(mailboxes: Option<&Path>, port: u16) -> Outcome<Server> {
        launch(mailboxes, port, Ends::WithUs("TERM"))
    }

    /// What tests are told: name and value.
    pub fn told(&self) -> [(&'static str, String); 2] {
        [
            (ADDRESS, format!("127.0.0.1:{}", self.port)),
            (MAILBOXES, self.home.join("mail").display().to_string()),
        ]
    }

    /// What Postfix wrote into its own log.
    fn said(&self) -> String {
        fs::read_to_string(self.home.join("mail.log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(failure) = process::end_child(&mut self.child, "TERM") {
            eprintln!("postfix: {failure}");
        }
        if let Err(error) = fs::remove_dir_all(&self.home) {
            eprintln!("{}: {error}", self.home.display());
        }
    }
}

/// Installs what is missing, where that is ours to do.
///
/// # Errors
/// When Postfix cannot be had, or we are not root.
pub fn prepare() -> Outcome<()> {
    if !debian::is_root() {
        return Err(Failure::new(NOT_ROOT));
    }
    if [KEEPER, SERVER].iter().all(|program| Path::new(program).is_file()) {
        return Ok(());
    }
    debian::install("postfix", ADVICE)
}

/// Starts a server in the background and says where.
///
/// # Errors
/// When one runs already, or as for [`Server::start`].
pub fn start(workspace: &Workspace, mailboxes: Option<&Path>, port: u16) -> Outcome<()> {
    let note = note(workspace);
    process::refuse_noted(&note, "mail server")?;
    fs::create_dir_all(workspace.target().join("services"))?;
    let server = launch(mailboxes, port, Ends::WhenTold)?;
    process::note(&note, server.child.id(), &server.home)?;
    println!("{}", super::lines(&server.told()));
    std::mem::forget(server);
    Ok(())
}

/// Ends the server that [`start`] left running.
///
/// # Errors
/// When none that we started is running.
pub fn stop(workspace: &Workspace) -> Outcome<()> {
    process::end_noted(&note(workspace), "TERM", "mail server")
}

fn launch(mailboxes: Option<&Path>, port: u16, ends: Ends) -> Outcome<Server> {
    let addresses = match mailboxes {
        None => Addresses::usual()?,
        Some(file) => Addresses::read(&fs::read_to_string(file).map_err(Failure::during(file.display().to_string()))?)?,
    };
    prepare()?;
    let port = if port == 0 { process::free_port()? } else { port };
    let home = home(&addresses, port)?;
    // Makes the folders of the queue, each for whoever works there.
    let config = home.join("config");
    shell::read(Command::new(KEEPER).arg("-c").arg(&config).arg("check"))?;
    let mut serve = Command::new("setpriv");
    if let Ends::WithUs(signal) = ends {
        serve.args(["--pdeathsig", signal]);
    }
    serve
        .args(["--", "sh", "-c", KEEP, "sh", SERVER, "-c"])
        .arg(config)
        .arg("-s");
    let log = home.join("log");
    let mut child = process::spawn(serve, &log)?;
    let up = process::until(&mut child, &log, || {
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
    });
    // From here on it ends with this value, also when it did not come up.
    let server = Server { child, home, port };
    up.map_err(|failure| Failure::new(format!("postfix: {failure}{}", server.said())))?;
    Ok(server)
}

/// A folder that the users of Postfix can walk into: the folders above a checkout are often root's alone.
fn home(addresses: &Addresses, port: u16) -> Outcome<PathBuf> {
    let home = std::env::temp_dir().join(format!("redress-mail-{}", std::process::id()));
    if home.exists() {
        // Left by a process that had the same number.
        fs::remove_dir_all(&home)?;
    }
    for folder in ["config", "queue", "data", "mail", "seen"] {
        fs::create_dir_all(home.join(folder))?;
    }
    give(&home.join("data"), "postfix")?;
    for folder in ["mail", "seen"] {
        give(&home.join(folder), OWNER)?;
    }
    let owner = shell::read(Command::new("id").args(["-u", OWNER]))?;
    let fill = |text: &str| {
        text.replace("HOME", &home.display().to_string())
            .replace("PORT", &port.to_string())
            .replace("DOMAINS", &addresses.domains())
            .replace("OWNER", owner.trim())
    };
    let files = [
        ("main.cf", fill(include_str!("../../services/mail/main.cf"))),
        ("master.cf", fill(include_str!("../../services/mail/master.cf"))),
        ("put-off.sh", include_str!("../../services/mail/put-off.sh").to_owned()),
        ("mailboxes", addresses.mailboxes()),
        ("answers", addresses.answers()),
    ];
    for (name, text) in files {
        fs::write(home.join("config").join(name), text)?;
    }
    Ok(home)
}

/// Whose the mail is, and what notes who came before.
const OWNER: &str = "nobody";

fn give(folder: &Path, user: &str) -> Outcome<()> {
    shell::read(Command::new("chown").arg(user).arg(folder)).map(drop)
}

fn note(workspace: &Workspace) -> PathBuf {
    workspace.target().join("services/mail.pid")
}
