//! A server under measurement: started on a free port of the loopback, watched, and ended as an operator would.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::http::{self, Answer, Request};
use crate::shell::{self, Failure, Outcome};

/// A first start may fill a whole demonstration; beyond this it is broken.
const PATIENCE: Duration = Duration::from_secs(60);
/// Years of many cases take minutes.
const LONG_PATIENCE: Duration = Duration::from_secs(3600);
/// How often a server that is starting is asked: the figure can be this much too high.
const STEP: Duration = Duration::from_millis(1);

/// A running server.
pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
    /// From starting the process to the first good answer of its health page.
    pub(super) first_answer: Duration,
    said: PathBuf,
}

impl Server {
    /// Starts `redress demo` with its files in `folder` and waits for the first answer.
    pub(super) fn start(binary: &Path, folder: &Path) -> Outcome<Server> {
        Server::demo(binary, folder, None)
    }

    /// The same with so many cases, made as an option says, which may take a while.
    pub(super) fn demo(binary: &Path, folder: &Path, cases: Option<(&str, usize)>) -> Outcome<Server> {
        let address = free_address()?;
        let mut command = Command::new(binary);
        command
            .args(["demo", "--port", &address.port().to_string(), "--dir"])
            .arg(folder);
        if let Some((option, cases)) = cases {
            command.args([option, &cases.to_string()]);
        }
        let patience = if cases.is_some() { LONG_PATIENCE } else { PATIENCE };
        Server::launch(command, address, folder.with_extension("log"), patience)
    }

    /// Starts a command that serves at an address, keeps what it says, and waits for the first answer.
    pub(super) fn launch(
        mut command: Command,
        address: SocketAddr,
        said: PathBuf,
        patience: Duration,
    ) -> Outcome<Server> {
        let log = File::create(&said)?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let begun = now();
        let child = command.spawn().map_err(Failure::during("starting the server"))?;
        let mut server = Server {
            child,
            address,
            first_answer: Duration::ZERO,
            said,
        };
        let health = Request {
            path: "/health",
            ..Request::default()
        };
        while !http::send(address, &health).is_ok_and(|answer| answer.status == 200) {
            if let Some(status) = server.child.try_wait()? {
                return Err(Failure::new(format!(
                    "the server ended with {status}: {}",
                    server.said()
                )));
            }
            if now().duration_since(begun) > patience {
                return Err(Failure::new(format!(
                    "no answer within {} s: {}",
                    patience.as_secs(),
                    server.said()
                )));
            }
            pause(STEP);
        }
        server.first_answer = now().duration_since(begun);
        Ok(server)
    }

    /// The number of its process.
    pub(super) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Sends one request.
    pub(super) fn ask(&self, request: &Request<'_>) -> Outcome<Answer> {
        http::send(self.address, request).map_err(Failure::during(request.path))
    }

    /// What the server printed so far.
    pub(super) fn said(&self) -> String {
        std::fs::read_to_string(&self.said).unwrap_or_default()
    }

    /// Signs in as the first person whom the demonstration named; returns the session's cookie.
    pub(super) fn sign_in(&self) -> Outcome<String> {
        self.sign_in_as("")
    }

    /// Signs in as the first of those whom the demonstration says to have a role, and answers the cookie.
    pub(super) fn sign_in_as(&self, role: &str) -> Outcome<String> {
        let said = self.said();
        let unclear = || Failure::new(format!("the demonstration named nobody to sign in as: {said}"));
        let (who, password) = first_sign_in(&said, role).ok_or_else(unclear)?;
        let page = self.ask(&Request {
            path: "/staff/sign-in",
            ..Request::default()
        })?;
        let token = between(&page.text(), "name=\"csrf\" value=\"", "\"").unwrap_or_default();
        let password = password.replace(' ', "+");
        let form = format!("csrf={token}&next=%2Fstaff&who={who}&password={password}");
        let cookie = page.cookie().unwrap_or_default();
        let answer = self.ask(&Request {
            path: "/staff/sign-in",
            cookie: &cookie,
            form: Some(&form),
            ..Request::default()
        })?;
        match (answer.status, answer.cookie()) {
            (300..400, Some(cookie)) => Ok(cookie),
            (status, _) => Err(Failure::new(format!(
                "{who} could not sign in: the answer was {status}"
            ))),
        }
    }

    /// A line of the process's own account of its memory, in KiB: `VmRSS` (now) or `VmHWM` (the most so far).
    pub(super) fn memory_kib(&self, name: &str) -> Outcome<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let figure = line.and_then(|rest| rest.trim().strip_suffix("kB")?.trim().parse().ok());
        figure.ok_or_else(|| Failure::new(format!("/proc says nothing of {name}")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked to end, as an operator would; if it does not, it is made to, so that no bench leaves a server behind.
        let asked = shell::read(Command::new("kill").args(["-TERM", &self.child.id().to_string()]));
        let begun = now();
        while asked.is_ok() && now().duration_since(begun) < Duration::from_secs(10) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            pause(Duration::from_millis(5));
        }
        eprintln!("the server did not end when asked to");
        if self.child.kill().is_ok() && self.child.wait().is_err() {
            eprintln!("process {} could not be ended", self.child.id());
        }
    }
}

/// The first name of the list, and the password that the heading of the list gives.
fn first_sign_in(said: &str, role: &str) -> Option<(String, String)> {
    let password = between(said, "the same for all: ", ")")?;
    let list = said.split_once("the same for all: ")?.1;
    let line = list.lines().skip(1).find(|line| line.contains(role))?;
    let name = line.split_whitespace().next()?;
    Some((name.to_owned(), password))
}

fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0.to_owned())
}

/// An address of the loopback that nobody uses at this moment.
pub(super) fn free_address() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

#[allow(clippy::disallowed_methods, reason = "a bench measures elapsed time")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

#[allow(
    clippy::disallowed_methods,
    reason = "a process of another program gives no other sign than its answer, and a bench keeps its own pace"
)]
pub(crate) fn pause(time: Duration) {
    thread::sleep(time);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sign_in_is_read_from_what_the_demonstration_says() {
        let said = "Sign in as (the password is the same for all: tea-and-cake)\n  a.osei       Amara Osei, Helpline\n";
        assert_eq!(
            first_sign_in(said, ""),
            Some(("a.osei".to_owned(), "tea-and-cake".to_owned()))
        );
        assert_eq!(first_sign_in("nothing of the kind", ""), None);
    }
}
