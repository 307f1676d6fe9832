//! Servers that tests need and that are not part of the product: on the loopback only, started and ended here.

pub mod authority;
pub mod ldap;
pub mod mail;
pub mod patroni;
pub mod pgbouncer;
pub mod postgres;
pub(crate) mod rt;
pub mod s3;
pub mod smtp;

mod child;
mod mail_parts;
mod mailboxes;
mod process;

pub use child::Held;

use std::io;
use std::path::{Path, PathBuf};

use self::postgres::Flushing;
use crate::shell::{Failure, Outcome};
use crate::workspace::Workspace;

const USAGE: &str = "\
cargo xtask services SERVER [...]                             in the foreground, until standard input closes
cargo xtask services start smtp|s3|postgres|ldap|mail [...]   in the background
cargo xtask services stop smtp|s3|postgres|ldap|mail          ends the one in the background
SERVER is one of
smtp       --dir DIR for letters, --port-file FILE
s3         a server that speaks S3, all in memory, whose buckets fail when they are asked to; --port-file FILE
postgres   a cluster that goes with the server; --durable waits for the disk at each commit, --port-file FILE
pgbouncer  the same behind pgbouncer in transaction mode, with the same options
ldap       a directory server (OpenLDAP) with 5,000 people and some odd ones; --people N for another number, --entries FILE for more of one's own
mail       mail servers (Postfix, Dovecot, OpenDKIM, clamd; as root) with a mailbox for each address; --mailboxes FILE for others: who is taken, refused or put off
patroni    two PostgreSQL nodes that fail over, and etcd
--port PORT asks for a port; without it the system gives one";

/// Starts or stops what the arguments name.
///
/// # Errors
/// When the arguments make no sense, or the server cannot be started or stopped.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["smtp", rest @ ..] => smtp::serve(workspace, &Asked::of(rest)?.places(workspace)),
        ["start", "smtp", rest @ ..] => smtp::start(workspace, &Asked::of(rest)?.places(workspace)),
        ["stop", "smtp"] => smtp::stop(workspace),
        ["s3", rest @ ..] => s3::serve(workspace, &Asked::of(rest)?.port_place(workspace)),
        ["start", "s3", rest @ ..] => s3::start(workspace, &Asked::of(rest)?.port_place(workspace)),
        ["stop", "s3"] => s3::stop(workspace),
        ["postgres", rest @ ..] => {
            let asked = Asked::of(rest)?;
            let server = postgres::Server::start(workspace, asked.flushing, asked.port)?;
            asked.hold(server.port, &server.address())
        }
        ["start", "postgres", rest @ ..] => {
            let asked = Asked::of(rest)?;
            postgres::start(workspace, asked.flushing, asked.port)
        }
        ["stop", "postgres"] => postgres::stop(workspace),
        ["pgbouncer", rest @ ..] => {
            let asked = Asked::of(rest)?;
            let bouncer = pgbouncer::Bouncer::start(workspace, asked.flushing, asked.port)?;
            asked.hold(bouncer.port, &bouncer.address())
        }
        ["ldap", rest @ ..] => {
            let asked = Asked::of(rest)?;
            let server = ldap::Server::start(workspace, &asked.entries)?;
            asked.hold(server.port, &lines(&server.told()))
        }
        ["start", "ldap", rest @ ..] => ldap::start(workspace, &Asked::of(rest)?.entries),
        ["stop", "ldap"] => ldap::stop(workspace),
        ["mail", rest @ ..] => {
            let asked = Asked::of(rest)?;
            let server = mail::Server::start(workspace, asked.mailboxes.as_deref(), asked.port)?;
            asked.hold(server.port, &lines(&server.told()?))
        }
        ["start", "mail", rest @ ..] => {
            let asked = Asked::of(rest)?;
            mail::start(workspace, asked.mailboxes.as_deref(), asked.port)
        }
        ["stop", "mail"] => mail::stop(workspace),
        ["patroni"] => {
            let cluster = patroni::Cluster::start(workspace)?;
            print!("{}", cluster.nodes());
            Asked::of(&[])?.hold(0, &cluster.address())
        }
        _ => Err(Failure::new(format!("say which server.\n{USAGE}"))),
    }
}

/// What tests are told, a line each.
fn lines(told: &[(&str, String)]) -> String {
    let lines: Vec<String> = told.iter().map(|(name, value)| format!("{name}={value}")).collect();
    lines.join("\n")
}

/// What was asked of a server.
struct Asked {
    letters: Option<PathBuf>,
    port_file: Option<PathBuf>,
    port: u16,
    flushing: Flushing,
    entries: ldap::Entries,
    mailboxes: Option<PathBuf>,
}

impl Asked {
    /// Reads the options; paths are seen from the folder that the command was given in.
    fn of(mut words: &[&str]) -> Outcome<Asked> {
        let mut asked = Asked {
            letters: None,
            port_file: None,
            port: 0,
            flushing: Flushing::Off,
            entries: ldap::Entries::usual(),
            mailboxes: None,
        };
        let path = |value: &str| std::path::absolute(value).map_err(Failure::during(value));
        loop {
            words = match words {
                [] => return Ok(asked),
                ["--durable", rest @ ..] => {
                    asked.flushing = Flushing::On;
                    rest
                }
                ["--dir", value, rest @ ..] => {
                    asked.letters = Some(path(value)?);
                    rest
                }
                ["--port-file", value, rest @ ..] => {
                    asked.port_file = Some(path(value)?);
                    rest
                }
                ["--people", value, rest @ ..] => {
                    asked.entries.people = value.parse().map_err(Failure::during(*value))?;
                    rest
                }
                ["--entries", value, rest @ ..] => {
                    asked.entries.more = Some(path(value)?);
                    rest
                }
                ["--mailboxes", value, rest @ ..] => {
                    asked.mailboxes = Some(path(value)?);
                    rest
                }
                ["--port", value, rest @ ..] => {
                    asked.port = value.parse().map_err(Failure::during(*value))?;
                    rest
                }
                [other, ..] => {
                    return Err(Failure::new(format!(
                        "\"{other}\" is not known here, or lacks its value.\n{USAGE}"
                    )));
                }
            };
        }
    }

    /// Where the mail server writes.
    fn places(self, workspace: &Workspace) -> smtp::Places {
        let in_target = |name: &str| workspace.target().join("services").join(name);
        smtp::Places {
            letters: self.letters.unwrap_or_else(|| in_target("letters")),
            port_file: self.port_file.unwrap_or_else(|| in_target("smtp.port")),
            port: self.port,
        }
    }

    /// Where the S3 server says which port it got.
    fn port_place(self, workspace: &Workspace) -> s3::Places {
        let usual = || workspace.target().join("services/s3.port");
        s3::Places {
            port_file: self.port_file.unwrap_or_else(usual),
            port: self.port,
        }
    }

    /// Says where a server listens, and keeps it until standard input closes.
    fn hold(&self, port: u16, address: &str) -> Outcome<()> {
        if let Some(file) = &self.port_file {
            write_whole(file, &port.to_string())?;
        }
        println!("{address}");
        io::copy(&mut io::stdin().lock(), &mut io::sink())?;
        Ok(())
    }
}

/// Writes a file that is there with all its contents or not at all, for whoever waits for it.
fn write_whole(file: &Path, text: &str) -> Outcome<()> {
    let part = file.with_extension("part");
    std::fs::write(&part, text)?;
    Ok(std::fs::rename(part, file)?)
}
