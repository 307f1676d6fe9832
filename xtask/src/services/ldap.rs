//! A directory server that is thrown away: OpenLDAP on the loopback, over a plain line and over TLS, with some odd people and many ordinary ones.

use std::fmt::Write as _;
use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use super::authority::Authority;
use super::process::{self, Ends};
use crate::debian;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

const SERVER: &str = "/usr/sbin/slapd";
const LOADER: &str = "/usr/sbin/slapadd";
const CHANGER: &str = "/usr/bin/ldapadd";
/// What to do where it cannot be had.
const ADVICE: &str = "OpenLDAP is not on this machine: install Debian's `slapd` and `ldap-utils`";

/// How tests are told where it is: over a plain line, over TLS, and whom to trust there.
pub const ADDRESS: &str = "REDRESS_TEST_LDAP";
/// The address over TLS.
pub const ADDRESS_TLS: &str = "REDRESS_TEST_LDAPS";
/// The file with the authority that certified it.
pub const ROOTS: &str = "REDRESS_TEST_LDAP_ROOTS";

/// Who is in it beside the odd people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries {
    /// How many ordinary people.
    pub people: u32,
    /// A file in LDIF with entries of somebody's own, under `dc=office,dc=example`.
    pub more: Option<PathBuf>,
}

impl Entries {
    /// As the tests of the directory want it.
    #[must_use]
    pub fn usual() -> Entries {
        Entries {
            people: 5_000,
            more: None,
        }
    }
}

/// A running server; it ends, and what it holds goes, with this value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    home: PathBuf,
    /// The port of the plain line, which takes StartTLS.
    pub port: u16,
    /// The port that speaks TLS from the first byte.
    pub tls_port: u16,
}

impl Server {
    /// Makes a directory with these people and starts a server on it.
    ///
    /// # Errors
    /// When OpenLDAP or openssl cannot be had, or the server does not come up.
    pub fn start(workspace: &Workspace, entries: &Entries) -> Outcome<Server> {
        launch(workspace, entries, Ends::WithUs("TERM"))
    }

    /// What tests are told: name and value.
    pub fn told(&self) -> [(&'static str, String); 3] {
        [
            (ADDRESS, format!("ldap://localhost:{}", self.port)),
            (ADDRESS_TLS, format!("ldaps://localhost:{}", self.tls_port)),
            (ROOTS, self.home.join("roots.pem").display().to_string()),
        ]
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(failure) = process::end_child(&mut self.child, "TERM") {
            eprintln!("slapd: {failure}");
        }
        if let Err(error) = fs::remove_dir_all(&self.home) {
            eprintln!("{}: {error}", self.home.display());
        }
    }
}

/// Installs what is missing, where that is ours to do.
///
/// # Errors
/// When OpenLDAP cannot be had.
pub fn prepare() -> Outcome<()> {
    let missing = [SERVER, LOADER, CHANGER]
        .iter()
        .any(|program| !Path::new(program).is_file());
    if missing {
        debian::install("slapd", ADVICE)?;
        debian::install("ldap-utils", ADVICE)?;
    }
    Ok(())
}

/// Starts a server in the background and says where.
///
/// # Errors
/// When one runs already, or as for [`Server::start`].
pub fn start(workspace: &Workspace, entries: &Entries) -> Outcome<()> {
    let note = note(workspace);
    process::refuse_noted(&note, "directory server")?;
    let server = launch(workspace, entries, Ends::WhenTold)?;
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
    process::end_noted(&note(workspace), "TERM", "directory server")
}

fn launch(workspace: &Workspace, entries: &Entries, ends: Ends) -> Outcome<Server> {
    prepare()?;
    let home = workspace
        .target()
        .join("services")
        .join(format!("ldap-{}", std::process::id()));
    if home.exists() {
        // Left by a process that had the same number.
        fs::remove_dir_all(&home)?;
    }
    fs::create_dir_all(home.join("db"))?;
    certify(workspace, &home)?;
    let config = include_str!("../../services/ldap/slapd.conf").replace("HOME", &home.display().to_string());
    fs::write(home.join("slapd.conf"), config)?;
    fs::write(home.join("people.ldif"), entries.ldif()?)?;
    let mut load = Command::new(LOADER);
    load.arg("-q")
        .arg("-f")
        .arg(home.join("slapd.conf"))
        .arg("-l")
        .arg(home.join("people.ldif"));
    shell::read(&mut load).map_err(Failure::during("slapadd"))?;
    let (port, tls_port) = (process::free_port()?, process::free_port()?);
    let mut serve = Command::new("setpriv");
    if let Ends::WithUs(signal) = ends {
        serve.args(["--pdeathsig", signal]);
    }
    let lines = format!("ldap://127.0.0.1:{port}/ ldaps://127.0.0.1:{tls_port}/");
    // With a level of debugging, be it none, it stays in the foreground.
    serve
        .arg("--")
        .arg(SERVER)
        .args(["-d", "0", "-h", &lines])
        .arg("-f")
        .arg(home.join("slapd.conf"));
    let log = home.join("log");
    let mut child = process::spawn(serve, &log)?;
    let up = process::until(&mut child, &log, || {
        TcpStream::connect((Ipv4Addr::LOCALHOST, tls_port)).is_ok()
    });
    // From here on it ends with this value, also when it did not come up.
    let server = Server {
        child,
        home,
        port,
        tls_port,
    };
    up.map_err(Failure::during("slapd"))?;
    groups(&server)?;
    Ok(server)
}

/// Groups come in over the line: the server then writes into the entry of each member which groups they are in.
fn groups(server: &Server) -> Outcome<()> {
    let file = server.home.join("groups.ldif");
    fs::write(&file, include_str!("../../services/ldap/groups.ldif"))?;
    let mut add = Command::new(CHANGER);
    add.args([
        "-x",
        "-D",
        "cn=admin,dc=office,dc=example",
        "-w",
        "throwaway-admin",
        "-H",
    ]);
    add.arg(format!("ldap://127.0.0.1:{}", server.port)).arg("-f").arg(file);
    shell::read(&mut add).map(drop).map_err(Failure::during("ldapadd"))
}

/// A certificate for localhost, by an authority that goes when it has signed.
fn certify(workspace: &Workspace, home: &Path) -> Outcome<()> {
    let authority = Authority::make(workspace, "ldap")?;
    let certificate = authority.certify("localhost")?;
    fs::copy(authority.roots(), home.join("roots.pem"))?;
    fs::copy(certificate.certificate, home.join("server.pem"))?;
    fs::copy(certificate.key, home.join("server.key"))?;
    Ok(())
}

impl Entries {
    /// Everybody, in LDIF.
    fn ldif(&self) -> Outcome<String> {
        let more = match &self.more {
            None => String::new(),
            Some(file) => fs::read_to_string(file).map_err(Failure::during(file.display().to_string()))?,
        };
        let odd = include_str!("../../services/ldap/people.ldif");
        Ok(format!("{odd}\n{}\n{more}", ordinary(self.people)))
    }
}

/// Ordinary people, ten under each: p0 stands at the top.
fn ordinary(many: u32) -> String {
    let mut ldif = String::new();
    for number in 0..many {
        let _ = write!(
            ldif,
            "dn: uid=p{number},ou=many,dc=office,dc=example\nobjectClass: inetOrgPerson\nuid: p{number}\ncn: Person {number}\n\
             sn: Number{number}\ngivenName: Person\ndisplayName: Person Number{number}\nmail: p{number}@office.example\n\
             departmentNumber: Unit {}\n",
            number / 100
        );
        if number > 0 {
            let _ = writeln!(ldif, "manager: uid=p{},ou=many,dc=office,dc=example", (number - 1) / 10);
        }
        ldif.push('\n');
    }
    ldif
}

fn note(workspace: &Workspace) -> PathBuf {
    workspace.target().join("services/ldap.pid")
}
