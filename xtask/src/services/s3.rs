//! A server that speaks S3 for tests: moto in an environment of its own, and in front of it what makes a bucket fail on demand.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::authority::Certificate;
use super::child::{self, Held, Program};
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// The package, as it is laid out under the target folder: name and text of each file.
const PACKAGE: &[(&str, &str)] = &[
    ("requirements.txt", include_str!("../../services/s3/requirements.txt")),
    ("server.py", include_str!("../../services/s3/server.py")),
];

const CALLED: &str = "S3 server";

/// How tests are told where it is.
pub const ADDRESS: &str = "REDRESS_TEST_S3";

/// Where the server says which port it got.
#[derive(Debug)]
pub struct Places {
    /// The file that will hold the port number, once the server listens.
    pub port_file: PathBuf,
    /// The port to listen on; 0 for one that the system gives.
    pub port: u16,
}

/// Installs the server under the target folder, unless it is there already; returns that folder.
///
/// # Errors
/// When Python is missing, or pip cannot install it.
pub fn prepare(workspace: &Workspace) -> Outcome<PathBuf> {
    let home = home(workspace);
    child::install(&home, PACKAGE, |home| {
        for words in [
            "python3 -m venv venv",
            "venv/bin/pip install --quiet --disable-pip-version-check --only-binary=:all: --requirement requirements.txt",
        ] {
            shell::read(&mut shell::command(home, words))
                .map_err(Failure::during("the test S3 server could not be installed"))?;
        }
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
        "s3 on 127.0.0.1:{port}, process {process}; for tests: {ADDRESS}={}",
        address(port)
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

/// Starts a server that ends with the value.
///
/// # Errors
/// When it cannot be installed or started.
pub fn hold(workspace: &Workspace) -> Outcome<Held> {
    let port_file = home(workspace).join(format!("held-{}.port", std::process::id()));
    let held = program(workspace, &Places { port_file, port: 0 })?.hold()?;
    Ok(held)
}

/// The same over TLS, under a certificate.
///
/// # Errors
/// As for [`hold`].
pub fn hold_encrypted(workspace: &Workspace, certificate: &Certificate) -> Outcome<Held> {
    let port_file = home(workspace).join(format!("held-{}-encrypted.port", std::process::id()));
    let mut program = program(workspace, &Places { port_file, port: 0 })?;
    let Certificate { certificate, key } = certificate;
    program
        .command
        .arg("--certificate")
        .arg(certificate)
        .arg("--key")
        .arg(key);
    program.hold()
}

/// The address of a server at this port.
pub fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn program(workspace: &Workspace, places: &Places) -> Outcome<Program> {
    let home = prepare(workspace)?;
    let mut python = Command::new(home.join("venv/bin/python"));
    python
        .arg(script(&home))
        .arg("--port-file")
        .arg(&places.port_file)
        .args(["--port", &places.port.to_string()]);
    Ok(Program {
        called: CALLED,
        script: script(&home),
        home,
        command: python,
        port_file: places.port_file.clone(),
    })
}

fn home(workspace: &Workspace) -> PathBuf {
    workspace.target().join("services/s3")
}

fn script(home: &Path) -> PathBuf {
    home.join("server.py")
}
