//! A real SMTP server for tests: letters that it accepts become files in a folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

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

/// How long a server may take to say which port it got, in steps of `STEP`.
const PATIENCE: u32 = 200;
const STEP: Duration = Duration::from_millis(50);

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
    let home = workspace.target().join("services/smtp");
    fs::create_dir_all(&home).map_err(Failure::during("services/smtp"))?;
    // Several tests may ask at once; the lock is let go when the file closes.
    let lock = File::create(home.join("lock"))?;
    lock.lock()?;
    let wanted: String = PACKAGE.iter().map(|(_, text)| *text).collect();
    let stamp = home.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(home);
    }
    for (name, text) in PACKAGE {
        fs::write(home.join(name), text)?;
    }
    shell::read(&mut shell::command(
        &home,
        "npm ci --ignore-scripts --no-audit --no-fund",
    ))
    .map_err(Failure::during("the test mail server could not be installed"))?;
    fs::write(stamp, wanted)?;
    Ok(home)
}

/// Runs the server in the foreground until standard input closes.
///
/// # Errors
/// When it cannot be installed or started, or fails.
pub fn serve(workspace: &Workspace, places: &Places) -> Outcome<()> {
    let status = server(&prepare(workspace)?, places)?
        .status()
        .map_err(Failure::during("node"))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("the mail server ended with {status}")))
    }
}

/// Starts the server in the background, waits until it listens, and says where.
///
/// # Errors
/// When one runs already, or it cannot be installed or started.
pub fn start(workspace: &Workspace, places: &Places) -> Outcome<()> {
    let home = prepare(workspace)?;
    if let Some(pid) = running(&home) {
        return Err(Failure::new(format!("a mail server runs already, as process {pid}")));
    }
    let said = File::create(home.join("smtp.log"))?;
    let mut child = server(&home, places)?
        .arg("--stay")
        .stdin(Stdio::null())
        .stdout(said.try_clone()?)
        .stderr(said)
        .spawn()
        .map_err(Failure::during("node"))?;
    fs::write(home.join("pid"), child.id().to_string())?;
    for _ in 0..PATIENCE {
        if let Ok(port) = fs::read_to_string(&places.port_file) {
            println!(
                "smtp on 127.0.0.1:{}, process {}, letters in {}",
                port.trim(),
                child.id(),
                places.letters.display()
            );
            return Ok(());
        }
        if let Some(status) = child.try_wait()? {
            let log = fs::read_to_string(home.join("smtp.log")).unwrap_or_default();
            return Err(Failure::new(format!(
                "the mail server ended with {status}: {}",
                log.trim()
            )));
        }
        pause();
    }
    child.kill()?;
    Err(Failure::new("the mail server did not say which port it got"))
}

/// Ends the server that `start` left running.
///
/// # Errors
/// When none that we started is running.
pub fn stop(workspace: &Workspace) -> Outcome<()> {
    let home = workspace.target().join("services/smtp");
    let Some(pid) = running(&home) else {
        return Err(Failure::new("no mail server of ours is running"));
    };
    shell::read(Command::new("kill").arg(pid.to_string()))?;
    fs::remove_file(home.join("pid"))?;
    Ok(())
}

fn server(home: &Path, places: &Places) -> Outcome<Command> {
    if places.port_file.exists() {
        // A port left over from an earlier run would be taken for this one's.
        fs::remove_file(&places.port_file)?;
    }
    let mut node = Command::new("node");
    node.arg(home.join("server.mjs"))
        .arg("--dir")
        .arg(&places.letters)
        .arg("--port-file")
        .arg(&places.port_file)
        .args(["--port", &places.port.to_string()]);
    Ok(node)
}

/// The process that `start` noted, if it lives and is still our server and not somebody else under the same number.
fn running(home: &Path) -> Option<u32> {
    let pid: u32 = fs::read_to_string(home.join("pid")).ok()?.trim().parse().ok()?;
    let line = fs::read_to_string(format!("/proc/{pid}/cmdline")).ok()?;
    line.contains(&*home.join("server.mjs").to_string_lossy())
        .then_some(pid)
}

#[allow(
    clippy::disallowed_methods,
    reason = "a process of another program gives no other sign than the file it writes"
)]
fn pause() {
    thread::sleep(STEP);
}
