//! A server of the product as a process that can be killed.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::http;
use crate::installation::{BINARY, Node};
use crate::machine::Machine;
use crate::{now, pause, wait_until};

/// Beyond this a start or an end hangs.
const PATIENCE: Duration = Duration::from_secs(60);
const STEP: Duration = Duration::from_millis(2);

/// A process; it is killed with this value.
pub(crate) struct Running {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Running {
    /// Starts a node on a machine that can go wrong.
    pub(crate) fn start_on(machine: &Machine, node: &Node) -> Running {
        Running::start_with(node, |command| machine.put_under(command))
    }

    /// Starts a node with more about its process; what it says is added to its log.
    pub(crate) fn start_with(node: &Node, more: impl FnOnce(&mut Command)) -> Running {
        let mut command = Command::new(BINARY);
        command.arg("serve").arg("--config").arg(&node.configuration);
        more(&mut command);
        let said = File::options().create(true).append(true).open(&node.log).unwrap();
        command
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said);
        Running {
            child: command.spawn().unwrap(),
            address: node.address,
            log: node.log.clone(),
        }
    }

    /// Waits for its first answer and tells how long that took.
    pub(crate) fn until_it_answers(&mut self) -> Duration {
        let begun = now();
        self.wait_until(begun, |this| {
            http::get(this.address, "/health").is_ok_and(|answer| answer.status == 200)
        });
        now().duration_since(begun)
    }

    fn wait_until(&mut self, begun: Instant, mut is_so: impl FnMut(&mut Running) -> bool) {
        while !is_so(self) {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("the server ended with {status}: {}", self.said());
            }
            assert!(now().duration_since(begun) < PATIENCE, "it hangs: {}", self.said());
            pause(STEP);
        }
    }

    /// Ends it between two instructions, whatever it does (SIGKILL).
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        assert_eq!(status.signal(), Some(9), "it ended by itself before: {}", self.said());
    }

    /// Stops it between two instructions, as a machine does that is out of memory or is moved to another host (SIGSTOP).
    pub(crate) fn pause(&self) {
        self.signal("-STOP");
        wait_until("it stands still", || self.state() == 'T');
    }

    /// Lets it go on as if no time had passed (SIGCONT).
    pub(crate) fn go_on(&self) {
        self.signal("-CONT");
        wait_until("it goes on", || self.state() != 'T');
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Its state, as proc_pid_stat(5) writes it.
    fn state(&self) -> char {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        stat.rsplit_once(") ")
            .and_then(|(_, rest)| rest.chars().next())
            .unwrap()
    }

    /// Ends it as an operator does (SIGTERM).
    pub(crate) fn stop(mut self) -> ExitStatus {
        self.signal("-TERM");
        let begun = now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                now().duration_since(begun) < PATIENCE,
                "it does not end: {}",
                self.said()
            );
            pause(STEP);
        }
    }

    /// Waits until it ends by itself; how it ended, and all that it said.
    pub(crate) fn until_it_ends(mut self) -> (ExitStatus, String) {
        let begun = now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, self.said());
            }
            assert!(now().duration_since(begun) < PATIENCE, "it goes on: {}", self.said());
            pause(STEP);
        }
    }

    /// Everything that the processes of this node said so far.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already, or a test failed and nothing of it is worth keeping.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
