//! A server as a process of ours: started as a user that it accepts, waited for, and ended by its number.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::debian;
use crate::shell::{self, Failure, Outcome};

/// How long a server may take to come up or to go down, in steps of `STEP`.
const PATIENCE: u32 = 1_200;
const STEP: Duration = Duration::from_millis(50);

/// The user under whom servers run that refuse to run as root.
const USER: &str = "postgres";

/// Whether a server ends with the tool that started it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// With the tool, however that ends: it is sent this signal.
    WithUs(&'static str),
    /// When it is told to.
    WhenTold,
}

/// A command that runs as somebody else than root, and under its own process number: PostgreSQL refuses root.
pub(super) fn as_user(program: &Path, ends: Ends) -> Command {
    let mut command = Command::new("setpriv");
    if let Ends::WithUs(signal) = ends {
        command.args(["--pdeathsig", signal]);
    }
    if debian::is_root() {
        command.arg(format!("--reuid={USER}"));
        command.arg(format!("--regid={USER}"));
        command.arg("--clear-groups");
    }
    command.arg("--").arg(program).current_dir("/");
    command
}

/// A new folder that this user owns. It lies under `wanted` where that can be reached by them, else in the system's own folder for what is
/// thrown away: the folders above a checkout are often root's alone.
pub(super) fn folder_of_user(wanted: &Path, name: &str) -> Outcome<PathBuf> {
    fs::create_dir_all(wanted).map_err(Failure::during("the folder of a server"))?;
    let unique = format!("{name}-{}", std::process::id());
    let mut folder = wanted.join(&unique);
    remake(&folder)?;
    let mut reach = as_user(Path::new("test"), Ends::WhenTold);
    if shell::read(reach.arg("-w").arg(&folder)).is_err() {
        fs::remove_dir_all(&folder)?;
        folder = std::env::temp_dir().join(format!("redress-{unique}"));
        remake(&folder)?;
    }
    Ok(folder)
}

/// Copies a file so that this user owns it and nobody else reads it: servers take no key that others can read.
pub(super) fn give_user(file: &Path, to: &Path) -> Outcome<()> {
    let mut copy = Command::new("install");
    copy.args(["-m", "600"]);
    if debian::is_root() {
        copy.arg(format!("--owner={USER}"));
    }
    shell::read(copy.arg(file).arg(to)).map(drop)
}

/// Ends a child of ours and buries it.
pub(super) fn end_child(child: &mut Child, signal: &str) -> Outcome<()> {
    let pid = child.id();
    end(pid, signal, || matches!(child.try_wait(), Ok(Some(_))))
}

fn remake(folder: &Path) -> Outcome<()> {
    if folder.exists() {
        // Left by a process that had the same number.
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir(folder).map_err(Failure::during("the folder of a server"))?;
    if debian::is_root() {
        shell::read(Command::new("chown").arg(format!("{USER}:")).arg(folder))?;
    }
    Ok(())
}

/// Starts a server whose words go into a file.
pub(super) fn spawn(mut command: Command, log: &Path) -> Outcome<Child> {
    let said = File::create(log)?;
    command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said);
    let name = command.get_program().to_string_lossy().into_owned();
    command.spawn().map_err(Failure::during(name))
}

/// Waits until a server answers.
///
/// # Errors
/// When it ends first, or takes too long; with the last of what it said.
pub(super) fn until(child: &mut Child, log: &Path, mut answers: impl FnMut() -> bool) -> Outcome<()> {
    for _ in 0..PATIENCE {
        if answers() {
            return Ok(());
        }
        if let Some(status) = child.try_wait()? {
            return Err(Failure::new(format!("it ended with {status}: {}", end_of(log))));
        }
        pause();
    }
    Err(Failure::new(format!("it does not answer: {}", end_of(log))))
}

/// Tells a process to end, and waits until it has; a child of ours is buried by its `Child`, another vanishes.
pub(super) fn end(pid: u32, signal: &str, mut ended: impl FnMut() -> bool) -> Outcome<()> {
    if ended() {
        return Ok(());
    }
    shell::read(Command::new("kill").arg(format!("-{signal}")).arg(pid.to_string()))?;
    for _ in 0..PATIENCE {
        if ended() {
            return Ok(());
        }
        pause();
    }
    Err(Failure::new(format!("process {pid} does not end")))
}

/// Writes down which server was left running, and where its folder is.
pub(super) fn note(file: &Path, pid: u32, home: &Path) -> Outcome<()> {
    Ok(fs::write(file, format!("{pid}\n{}\n", home.display()))?)
}

/// Refuses to start a second one of a server that was left running.
pub(super) fn refuse_noted(note: &Path, called: &str) -> Outcome<()> {
    match noted(note) {
        Some((pid, _)) => Err(Failure::new(format!("a {called} runs already, as process {pid}"))),
        None => Ok(()),
    }
}

/// Ends the server that was left running, and throws its folder away.
pub(super) fn end_noted(note: &Path, signal: &str, called: &str) -> Outcome<()> {
    let Some((pid, home)) = noted(note) else {
        return Err(Failure::new(format!("no {called} of ours is running")));
    };
    end(pid, signal, || !lives(pid, home.as_os_str()))?;
    fs::remove_dir_all(home)?;
    Ok(fs::remove_file(note)?)
}

/// The process and the folder of a server that was left running, if it is still ours that runs.
fn noted(note: &Path) -> Option<(u32, PathBuf)> {
    let text = fs::read_to_string(note).ok()?;
    let (pid, home) = text.trim().split_once('\n')?;
    let (pid, home) = (pid.parse().ok()?, PathBuf::from(home));
    lives(pid, home.as_os_str()).then_some((pid, home))
}

/// Whether a process lives whose command line holds these words: a number alone may be somebody else's by now.
pub(super) fn lives(pid: u32, words: &OsStr) -> bool {
    fs::read_to_string(format!("/proc/{pid}/cmdline")).is_ok_and(|line| line.contains(&*words.to_string_lossy()))
}

/// A port of the loopback that nobody uses at this moment.
pub(super) fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn end_of(log: &Path) -> String {
    let said = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = said.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}

#[allow(
    clippy::disallowed_methods,
    reason = "a process of another program gives no other sign than its answer"
)]
pub(super) fn pause() {
    thread::sleep(STEP);
}
