//! A server that is a program of its own: run in the foreground, or started in the background and found again to be ended.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::process;
use crate::shell::{self, Failure, Outcome};

/// A server that is installed and can be started.
pub(super) struct Program {
    /// What it is called in sentences: "mail server".
    pub(super) called: &'static str,
    /// Where it is installed; its log and the number of its process lie there.
    pub(super) home: PathBuf,
    /// The file that is run, by which its process is known.
    pub(super) script: PathBuf,
    /// How it is run.
    pub(super) command: Command,
    /// The file that will hold the port number, once it listens.
    pub(super) port_file: PathBuf,
}

impl Program {
    /// Runs it in the foreground until standard input closes.
    pub(super) fn serve(mut self) -> Outcome<()> {
        self.forget_port()?;
        let status = self.command.status().map_err(Failure::during(self.called))?;
        match status.success() {
            true => Ok(()),
            false => Err(Failure::new(format!("the {} ended with {status}", self.called))),
        }
    }

    /// Starts it in the background and waits until it listens; returns its port and process.
    pub(super) fn start(mut self) -> Outcome<(u16, u32)> {
        if let Some(pid) = running(&self.home, &self.script) {
            return Err(Failure::new(format!(
                "the {} runs already, as process {pid}",
                self.called
            )));
        }
        self.command.arg("--stay").stdin(Stdio::null());
        let (mut child, log) = self.spawn("server.log")?;
        fs::write(self.home.join("pid"), child.id().to_string())?;
        let port = self.port(&mut child, &log)?;
        Ok((port, child.id()))
    }

    /// Starts it for as long as the value lives: it ends with us, however we end.
    pub(super) fn hold(mut self) -> Outcome<Held> {
        self.command.stdin(Stdio::piped());
        let (mut child, log) = self.spawn("held.log")?;
        let port = self.port(&mut child, &log)?;
        Ok(Held { child, port })
    }

    fn spawn(&mut self, log: &str) -> Outcome<(Child, PathBuf)> {
        self.forget_port()?;
        let log = self.home.join(log);
        let said = File::create(&log)?;
        self.command.stdout(said.try_clone()?).stderr(said);
        let child = self.command.spawn().map_err(Failure::during(self.called))?;
        Ok((child, log))
    }

    fn port(&self, child: &mut Child, log: &Path) -> Outcome<u16> {
        process::until(child, log, || self.port_file.exists()).map_err(Failure::during(self.called))?;
        let port = fs::read_to_string(&self.port_file)?;
        port.trim().parse().map_err(Failure::during(self.called))
    }

    /// A port left over from an earlier run would be taken for this one's.
    fn forget_port(&self) -> Outcome<()> {
        if self.port_file.exists() {
            fs::remove_file(&self.port_file)?;
        }
        Ok(())
    }
}

/// A server that ends with this value.
#[derive(Debug)]
pub struct Held {
    child: Child,
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
}

impl Drop for Held {
    fn drop(&mut self) {
        // One that has ended already is what we want.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Ends the server that `start` left running.
pub(super) fn stop(called: &str, home: &Path, script: &Path) -> Outcome<()> {
    let Some(pid) = running(home, script) else {
        return Err(Failure::new(format!("no {called} of ours is running")));
    };
    shell::read(Command::new("kill").arg(pid.to_string()))?;
    fs::remove_file(home.join("pid"))?;
    Ok(())
}

/// The process that `start` noted, if it lives and is still our server and not somebody else under the same number.
fn running(home: &Path, script: &Path) -> Option<u32> {
    let pid: u32 = fs::read_to_string(home.join("pid")).ok()?.trim().parse().ok()?;
    process::lives(pid, script.as_os_str()).then_some(pid)
}

/// Lays a package out in its folder and installs it, unless that was done with the same texts already.
pub(super) fn install(
    home: &Path,
    package: &[(&str, &str)],
    install: impl FnOnce(&Path) -> Outcome<()>,
) -> Outcome<()> {
    fs::create_dir_all(home).map_err(Failure::during(home.display().to_string()))?;
    // Several tests may ask at once; the lock is let go when the file closes.
    let lock = File::create(home.join("lock"))?;
    lock.lock()?;
    let wanted: String = package.iter().map(|(_, text)| *text).collect();
    let stamp = home.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    for (name, text) in package {
        fs::write(home.join(name), text)?;
    }
    install(home)?;
    Ok(fs::write(stamp, wanted)?)
}
