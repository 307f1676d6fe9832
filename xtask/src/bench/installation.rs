//! A new installation under the finished binary, with a mail server of ours: what an operator has after `redress init` and a few lines.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Bench;
use super::server::{Server, free_address};
use crate::shell::{self, Failure, Outcome};

/// The address to which people write.
pub(super) const FEEDBACK: &str = "it-feedback@calderbrook.example";

/// The section of a door through which mail comes in, at an address of the loopback.
pub(super) fn door(address: &str) -> toml::Table {
    let mut mail = toml::Table::new();
    mail.insert("addresses".to_owned(), vec![FEEDBACK].into());
    mail.insert("listen".to_owned(), address.into());
    toml::Table::from_iter([("mail".to_owned(), mail.into())])
}

/// Makes a new installation that sends to the mail server on a port of the loopback, and starts it.
pub(super) fn serve(bench: &Bench, mail_port: u16, patience: Duration) -> Outcome<Server> {
    serve_with(bench, mail_port, patience, toml::Table::new())
}

/// The same with sections of its configuration beside those.
pub(super) fn serve_with(bench: &Bench, mail_port: u16, patience: Duration, sections: toml::Table) -> Outcome<Server> {
    let address = free_address()?;
    let configuration = installation(bench, &address.to_string(), mail_port)?;
    let mut whole = read(&configuration)?;
    whole.extend(sections);
    write(&configuration, &whole)?;
    let mut command = Command::new(&bench.binary);
    command.arg("serve").arg("--config").arg(&configuration);
    Server::launch(command, address, bench.scratch.join("serve.log"), patience)
}

/// The folder of the installation.
fn folder(bench: &Bench) -> PathBuf {
    bench.scratch.join("installation")
}

/// Its configuration.
pub(super) fn configuration(bench: &Bench) -> PathBuf {
    folder(bench).join("redress.toml")
}

/// A new installation that sends to our mail server; answers its configuration.
fn installation(bench: &Bench, address: &str, mail_port: u16) -> Outcome<PathBuf> {
    let folder = folder(bench);
    let password = bench.scratch.join("password");
    fs::write(&password, "calder brook stone\n")?;
    let asked = [
        ("--organisation", "Calderbrook University"),
        ("--unit", "IT Services"),
        ("--phone", "01632 960 417"),
        ("--email", FEEDBACK),
        ("--public-url", &format!("http://{address}")),
        ("--admin-username", "rosa"),
        ("--admin-name", "Rosa Lindqvist"),
        ("--admin-email", "rosa@calderbrook.example"),
    ];
    let mut init = Command::new(&bench.binary);
    init.arg("init")
        .arg(&folder)
        .arg("--admin-password-file")
        .arg(&password);
    for (name, value) in &asked {
        init.args([name, value]);
    }
    shell::read(&mut init)?;
    let configuration = configuration(bench);
    configure(&configuration, address, mail_port)?;
    Ok(configuration)
}

fn configure(configuration: &Path, address: &str, mail_port: u16) -> Outcome<()> {
    let mut whole = read(configuration)?;
    let mut set = |section: &str, name: &str, value: toml::Value| {
        if let Some(toml::Value::Table(section)) = whole.get_mut(section) {
            section.insert(name.to_owned(), value);
        }
    };
    set("server", "listen", address.into());
    set("server", "behind_proxy", false.into());
    set("email", "mode", "smtp".into());
    set("email", "host", "127.0.0.1".into());
    set("email", "port", i64::from(mail_port).into());
    set("email", "security", "none".into());
    write(configuration, &whole)
}

fn read(configuration: &Path) -> Outcome<toml::Table> {
    let text = fs::read_to_string(configuration)?;
    toml::from_str(&text).map_err(Failure::during("redress.toml"))
}

fn write(configuration: &Path, whole: &toml::Table) -> Outcome<()> {
    let text = toml::to_string(whole).map_err(Failure::during("redress.toml"))?;
    Ok(fs::write(configuration, text)?)
}
