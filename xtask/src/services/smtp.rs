//! A real SMTP server for tests: letters that it accepts become files in a folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::child::{self, Program};
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// The package, as it is laid out under the target folder: name and text of each file.
const PACKAGE: &[(&str, &str)] = &[
    ("package.json", include_str!("../../services/smtp/package.json")),
    (
        "package-lock.json",
        include_str!("../../services/smtp/package-lock.json"),
    ),
    (".npmrc", include_str!("../../services/smtp/.npmrc")),
    ("server.mjs", include_str!("../../services/smtp/server.mjs")),
];

const CALLED: &str = "mail server";

/// Where the server writes.
#[derive(Debug)]
pub struct Places {
    /// The folder for letters: NNNN.json (envelope) and NNNN.eml (letter) for each.
    pub letters: PathBuf,
    /// The file that will hold the port number, once the server listens.
    pub port_file: PathBuf,
    /// The port to listen on; 0 for one that the system gives.
    pub port: u16,
}

/// Installs the server's package under the target folder, unless it is there already; returns that folder.
///
/// # Errors
/// When npm cannot install it.
pub fn prepare(workspace: &Workspace) -> Outcome<PathBuf> {
    let home = home(workspace);
    child::install(&home, PACKAGE, |home| {
        let words = "npm ci --ignore-scripts --no-audit --no-fund";
        shell::read(&mut shell::command(home, words))
            .map_err(Failure::during("the test mail server could not be installed"))?;
        Ok(())
    })?;
    Ok(home)
}

/// Runs the server in the foreground until standard input closes.
///
/// # Errors
/// When it cannot be installed or started, or fails.
pub fn serve(workspace: &Workspace, places: &Places) -> Outcome<()> {
    program(workspace, places)?.serve()
}

/// Starts the server in the background, waits until it listens, and says where.
///
/// # Errors
/// When one runs already, or it cannot be installed or started.
pub fn start(workspace: &Workspace, places: &Places) -> Outcome<()> {
    let (port, process) = program(workspace, places)?.start()?;
    println!(
        "smtp on 127.0.0.1:{port}, process {process}, letters in {}",
        places.letters.display()
    );
    Ok(())
}

/// Ends the server that `start` left running.
///
/// # Errors
/// When none that we started is running.
pub fn stop(workspace: &Workspace) -> Outcome<()> {
    let home = home(workspace);
    child::stop(CALLED, &home, &script(&home))
}

fn program(workspace: &Workspace, places: &Places) -> Outcome<Program> {
    let home = prepare(workspace)?;
    let mut node = Command::new("node");
    node.arg(script(&home))
        .arg("--dir")
        .arg(&places.letters)
        .arg("--port-file")
        .arg(&places.port_file)
        .args(["--port", &places.port.to_string()]);
    Ok(Program {
        called: CALLED,
        script: script(&home),
        home,
        command: node,
        port_file: places.port_file.clone(),
    })
}

fn home(workspace: &Workspace) -> PathBuf {
    workspace.target().join("services/smtp")
}

fn script(home: &Path) -> PathBuf {
    home.join("server.mjs")
}
