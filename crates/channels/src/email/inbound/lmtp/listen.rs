//! Where the door is: a port of the loopback or a socket in a folder, and how many may stand in it.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tracing::{debug, warn};

use super::super::Intake;
use super::address::Addresses;
use super::conversation::Conversation;
use crate::email::SettingsError;

/// How many mail servers may talk to us at once. Postfix opens 20 lines to one destination.
const CONNECTIONS: usize = 64;
/// How long a server may be silent: RFC 5321, 4.5.3.2.7 asks for five minutes at least.
const IDLE: Duration = Duration::from_secs(300);
/// How long we wait after the system refused us a line, which may be for want of file handles.
const AFTER_A_FAULT: Duration = Duration::from_millis(100);

/// Where the door is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listen {
    /// On a port.
    Port(SocketAddr),
    /// On a socket in a folder.
    Socket(PathBuf),
}

impl FromStr for Listen {
    type Err = String;

    fn from_str(text: &str) -> Result<Listen, String> {
        match text.strip_prefix("unix:") {
            Some("") => Err("\"unix:\" lacks the path of the socket".to_owned()),
            Some(path) => Ok(Listen::Socket(PathBuf::from(path))),
            None => text.parse().map(Listen::Port).map_err(|_| {
                format!("\"{text}\" is neither an address and a port, like 127.0.0.1:2424, nor a socket, like unix:lmtp.sock")
            }),
        }
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Listen::Port(address) => write!(formatter, "{address}"),
            Listen::Socket(path) => write!(formatter, "unix:{}", path.display()),
        }
    }
}

/// Who can reach the door. Whoever can may hand in what they please: nobody proves who they are in LMTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// This machine only.
    ThisMachine,
    /// Others too, on a network that is trusted as a whole.
    Others,
}

/// A door.
#[derive(Debug, Clone)]
pub struct LmtpSettings {
    /// Where it is.
    pub listen: Listen,
    /// Who can reach it.
    pub reach: Reach,
    /// By what name the product greets.
    pub name: String,
    /// What the door is called in the record of what came in.
    pub mailbox: String,
    /// Which addresses are ours.
    pub addresses: Addresses,
    /// The largest message that is taken, in bytes.
    pub size_limit: u64,
    /// How long the other side may be silent.
    pub idle: Duration,
    /// How many may talk to us at once.
    pub connections: usize,
}

impl LmtpSettings {
    /// A door on this machine, as usual.
    #[must_use]
    pub fn usual(listen: Listen, addresses: Addresses, size_limit: u64) -> LmtpSettings {
        LmtpSettings {
            listen,
            reach: Reach::ThisMachine,
            name: "redress".to_owned(),
            mailbox: "lmtp".to_owned(),
            addresses,
            size_limit,
            idle: IDLE,
            connections: CONNECTIONS,
        }
    }
}

/// A door that is open.
pub struct Lmtp<I> {
    intake: I,
    settings: Arc<LmtpSettings>,
    listener: Listener,
}

enum Listener {
    Port(TcpListener),
    Socket(UnixListener, PathBuf),
}

impl<I: Intake> Lmtp<I> {
    /// Opens the door.
    ///
    /// # Errors
    /// When it may not be there, or the place is taken.
    pub async fn open(intake: I, settings: LmtpSettings) -> Result<Lmtp<I>, SettingsError> {
        let cannot = |error: io::Error| SettingsError(format!("Cannot listen on {}: {error}", settings.listen));
        let listener = match &settings.listen {
            Listen::Port(address) => {
                if !address.ip().is_loopback() && settings.reach == Reach::ThisMachine {
                    return Err(SettingsError(format!(
                        "{address} can be reached by others, and whoever reaches this door may hand in what they please. Listen on 127.0.0.1 or on a socket, or say that others may"
                    )));
                }
                Listener::Port(TcpListener::bind(address).await.map_err(cannot)?)
            }
            Listen::Socket(path) => {
                remove_left_over(path).map_err(cannot)?;
                let listener = UnixListener::bind(path).map_err(cannot)?;
                open_to_group(path).map_err(cannot)?;
                Listener::Socket(listener, path.clone())
            }
        };
        Ok(Lmtp {
            intake,
            settings: Arc::new(settings),
            listener,
        })
    }

    /// The port that it got, if it is on one.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn port(&self) -> io::Result<Option<u16>> {
        match &self.listener {
            Listener::Port(listener) => listener.local_addr().map(|address| Some(address.port())),
            Listener::Socket(..) => Ok(None),
        }
    }

    /// Takes messages until the product ends, and waits for those that are being made durable.
    pub async fn run(self, mut closing: watch::Receiver<bool>) {
        let turns = Arc::new(Semaphore::new(self.settings.connections));
        let mut talking = JoinSet::new();
        loop {
            let came = tokio::select! {
                came = self.listener.accept() => came,
                _ = closing.wait_for(|closing| *closing) => break,
            };
            while talking.try_join_next().is_some() {}
            let mut stream = match came {
                Ok(stream) => stream,
                Err(error) => {
                    warn!("the door of mail servers: {error}");
                    tokio::time::sleep(AFTER_A_FAULT).await;
                    continue;
                }
            };
            let (intake, settings) = (self.intake.clone(), self.settings.clone());
            let (turn, mut closing) = (turns.clone().try_acquire_owned(), closing.clone());
            talking.spawn(async move {
                let talked = match turn {
                    Ok(_turn) => {
                        Conversation::new(&intake, &settings)
                            .run(&mut stream, &mut closing)
                            .await
                    }
                    Err(_) => stream.write_all(b"421 4.3.2 Too many talk to us; come again\r\n").await,
                };
                // The sender knows whether its message was taken by the answer that it got, or did not get.
                if let Err(error) = talked {
                    debug!("a mail server went away: {error}");
                }
            });
        }
        while talking.join_next().await.is_some() {}
        if let Listener::Socket(_, path) = &self.listener
            && let Err(error) = std::fs::remove_file(path)
        {
            warn!("{}: {error}", path.display());
        }
    }
}

trait Both: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Both for T {}

impl Listener {
    async fn accept(&self) -> io::Result<Box<dyn Both>> {
        match self {
            Listener::Port(listener) => {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok(Box::new(stream))
            }
            Listener::Socket(listener, _) => Ok(Box::new(listener.accept().await?.0)),
        }
    }
}

/// A socket that nobody listens on any more was left by a process that was killed.
fn remove_left_over(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::FileTypeExt as _;
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(there) if !there.file_type().is_socket() => Err(io::Error::other("something else than a socket lies there")),
        Ok(_) => match std::os::unix::net::UnixStream::connect(path) {
            Ok(_) => Err(io::Error::new(
                io::ErrorKind::AddrInUse,
                "another process listens there",
            )),
            Err(_) => std::fs::remove_file(path),
        },
    }
}

/// The mail server runs as somebody else; they share a group.
fn open_to_group(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o660))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_is_a_port_or_a_socket() {
        assert_eq!(
            "127.0.0.1:2424".parse(),
            Ok(Listen::Port(SocketAddr::from(([127, 0, 0, 1], 2424))))
        );
        assert_eq!("unix:run/lmtp".parse(), Ok(Listen::Socket(PathBuf::from("run/lmtp"))));
        for wrong in ["", "2424", "localhost:2424", "unix:"] {
            assert!(wrong.parse::<Listen>().is_err(), "{wrong}");
        }
    }
}
