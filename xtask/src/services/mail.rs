//! Mail servers as institutions have them, that are thrown away: Postfix on the loopback, each address a Maildir that Dovecot serves, some refused or put off.

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use super::mail_parts::{Part, Ports};
use super::mailboxes::Addresses;
use super::process::{self, Ends};
use crate::debian;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

const KEEPER: &str = "/usr/sbin/postfix";
/// What runs the parts of it, and ends them when it is ended.
const SERVER: &str = "/usr/lib/postfix/sbin/master";
/// What to do where it cannot be had.
const ADVICE: &str = "Postfix is not on this machine: install Debian's `postfix`";
/// It gives each of its parts a user of its own, which only root can.
const NOT_ROOT: &str = "Postfix is started by root alone";

/// How tests are told where it takes letters.
pub const ADDRESS: &str = "REDRESS_TEST_MAIL";
/// How tests are told where the mailboxes are: a folder with a Maildir for each address.
pub const MAILBOXES: &str = "REDRESS_TEST_MAILBOXES";
/// How tests are told where Postfix hands over, by LMTP, what is for `lmtp.office.example`: nobody listens there but them.
pub const HANDED_OVER: &str = "REDRESS_TEST_MAIL_HANDED_OVER";
/// The same for `whole.office.example`, for tests of the whole product.
pub const HANDED_TO_THE_WHOLE: &str = "REDRESS_TEST_MAIL_WHOLE";
/// How tests are told which program Postfix runs with each letter for `pipe.office.example`, once it is there.
pub const DELIVERED_BY: &str = "REDRESS_TEST_MAIL_DELIVERED_BY";

/// A running server; it ends, and the mail that it holds goes, with this value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    home: PathBuf,
    parts: Vec<Part>,
    ports: Ports,
    /// The port on which it takes letters.
    pub port: u16,
}

impl Server {
    /// Starts a server with the addresses of this file, or with a few.
    ///
    /// # Errors
    /// When Postfix cannot be had or we are not root, a line of the file makes no sense, or the server does not come up.
    pub fn start(workspace: &Workspace, mailboxes: Option<&Path>, port: u16) -> Outcome<Server> {
        launch(workspace, mailboxes, port, Ends::WithUs("TERM"))
    }

    /// What tests are told: name and value.
    ///
    /// # Errors
    /// When openssl cannot sign a token.
    pub fn told(&self) -> Outcome<Vec<(&'static str, String)>> {
        let mut told = vec![
            (ADDRESS, format!("127.0.0.1:{}", self.port)),
            (MAILBOXES, self.home.join("mail").display().to_string()),
            (HANDED_OVER, format!("127.0.0.1:{}", self.ports.product)),
            (HANDED_TO_THE_WHOLE, format!("127.0.0.1:{}", self.ports.whole)),
            (DELIVERED_BY, self.home.join("deliver").display().to_string()),
        ];
        for part in &self.parts {
            told.extend(part.told(&self.home, &self.ports)?);
        }
        Ok(told)
    }

    /// What the servers wrote into their own logs.
    fn said(&self) -> String {
        let read = |log| fs::read_to_string(self.home.join(log)).unwrap_or_default();
        ["mail.log", "dovecot.log", "clamd.log"].map(read).concat()
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
    let server = launch(workspace, mailboxes, port, Ends::WhenTold)?;
    process::note(&note, server.child.id(), &server.home)?;
    println!("{}", super::lines(&server.told()?));
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

fn launch(workspace: &Workspace, mailboxes: Option<&Path>, port: u16, ends: Ends) -> Outcome<Server> {
    let addresses = match mailboxes {
        None => Addresses::usual()?,
        Some(file) => Addresses::read(&fs::read_to_string(file).map_err(Failure::during(file.display().to_string()))?)?,
    };
    prepare()?;
    let parts: Vec<Part> = Part::ALL.into_iter().filter(|part| part.is_there()).collect();
    let port = if port == 0 { process::free_port()? } else { port };
    let laid = Laid {
        addresses: &addresses,
        parts: &parts,
        ports: Ports::free()?,
        port,
    };
    let home = laid.home()?;
    let domain = addresses.domains();
    let domain = domain.split(' ').next().unwrap_or_default();
    for part in &parts {
        part.make(workspace, &home, domain)?;
    }
    // Makes the folders of the queue, each for whoever works there.
    let config = home.join("config");
    shell::read(Command::new(KEEPER).arg("-c").arg(&config).arg("check"))?;
    let mut serve = Command::new("setpriv");
    if let Ends::WithUs(signal) = ends {
        serve.args(["--pdeathsig", signal]);
    }
    serve
        .args(["--", "sh"])
        .arg(config.join("keep.sh"))
        .arg(config.join("lines"));
    let log = home.join("log");
    let mut child = process::spawn(serve, &log)?;
    let ports = laid.ports;
    let up = process::until(&mut child, &log, || {
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() && parts.iter().all(|part| part.answers(&ports))
    });
    // From here on it ends with this value, also when it did not come up.
    let server = Server {
        child,
        home,
        parts,
        ports,
        port,
    };
    up.map_err(|failure| Failure::new(format!("the mail servers: {failure}{}", server.said())))?;
    Ok(server)
}

/// How everything lies in the folder of the servers.
struct Laid<'l> {
    addresses: &'l Addresses,
    parts: &'l [Part],
    ports: Ports,
    port: u16,
}

impl Laid<'_> {
    /// A folder that the users of the servers can walk into: the folders above a checkout are often root's alone.
    fn home(&self) -> Outcome<PathBuf> {
        let home = std::env::temp_dir().join(format!("redress-mail-{}", std::process::id()));
        if home.exists() {
            // Left by a process that had the same number.
            fs::remove_dir_all(&home)?;
        }
        for folder in FOLDERS {
            fs::create_dir_all(home.join(folder))?;
        }
        give(&home.join("data"), "postfix")?;
        for folder in ["mail", "seen"] {
            give(&home.join(folder), OWNER)?;
        }
        let owner = shell::read(Command::new("id").args(["-u", OWNER]))?;
        for (name, text) in self.files(&home) {
            let text = self.filled(&text, &home, owner.trim());
            fs::write(home.join(name), text).map_err(Failure::during(name))?;
        }
        Ok(home)
    }

    fn filled(&self, text: &str, home: &Path, owner: &str) -> String {
        let domains = self.addresses.domains();
        let domain = domains.split(' ').next().unwrap_or_default();
        let text = self.ports.fill(text);
        text.replace("HOME", &home.display().to_string())
            .replace("PORT", &self.port.to_string())
            .replace("DOMAINS", &domains)
            .replace("DOMAIN", domain)
            .replace("OWNER", owner)
    }

    fn files(&self, home: &Path) -> Vec<(&'static str, String)> {
        let (mut main, mut master) = (
            include_str!("../../services/mail/main.cf").to_owned(),
            include_str!("../../services/mail/master.cf").to_owned(),
        );
        let mut lines = vec![format!("{SERVER} -c {} -s", home.join("config").display())];
        let mut files = Vec::new();
        for part in self.parts {
            let (of_main, of_master) = part.for_postfix();
            main.push_str(of_main);
            master.push_str(of_master);
            lines.push(part.line(home));
            files.extend(part.files().into_iter().map(|(name, text)| (name, text.to_owned())));
        }
        let put_off = include_str!("../../services/mail/put-off.sh");
        let transport = format!(
            "lmtp.office.example lmtp:inet:127.0.0.1:{}\nwhole.office.example lmtp:inet:127.0.0.1:{}\npipe.office.example deliver:\n",
            self.ports.product, self.ports.whole
        );
        files.extend([
            ("config/main.cf", main),
            ("config/master.cf", master),
            ("config/put-off.sh", put_off.to_owned()),
            (
                "config/deliver.sh",
                include_str!("../../services/mail/deliver.sh").to_owned(),
            ),
            ("config/keep.sh", include_str!("../../services/mail/keep.sh").to_owned()),
            ("config/lines", lines.join("\n") + "\n"),
            ("config/transport", transport),
            ("config/mailboxes", self.addresses.mailboxes()),
            ("config/answers", self.addresses.answers()),
        ]);
        files
    }
}

const FOLDERS: [&str; 9] = [
    "config",
    "queue",
    "data",
    "mail",
    "seen",
    "dovecot",
    "tokens/default/HS256",
    "dkim",
    "signatures",
];

/// Whose the mail is, and what notes who came before.
const OWNER: &str = "nobody";

fn give(folder: &Path, user: &str) -> Outcome<()> {
    shell::read(Command::new("chown").arg(user).arg(folder)).map(drop)
}

fn note(workspace: &Workspace) -> PathBuf {
    workspace.target().join("services/mail.pid")
}
