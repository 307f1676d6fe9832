//! What clamd says about a file: clean, infected, or not scanned and why. What was not scanned is never called clean.

mod trial;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use casework::files::{FileBytes, Later, Scanner};
use rules::files::{Scanned, Unscanned};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

pub use trial::Trial;

/// How much is sent at a time.
const PIECE: usize = 64 * 1024;
/// The longest answer that is read: a name, and a word.
const LONGEST_ANSWER: u64 = 4096;

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clamd {
    /// On a port: a name or an address, a colon and a number.
    Port(String),
    /// On a socket in a folder.
    Socket(PathBuf),
}

impl FromStr for Clamd {
    type Err = String;

    fn from_str(text: &str) -> Result<Clamd, String> {
        let port = || {
            text.rsplit_once(':')
                .filter(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
        };
        match text.strip_prefix("unix:") {
            Some(path) if !path.is_empty() => Ok(Clamd::Socket(PathBuf::from(path))),
            None if port().is_some() => Ok(Clamd::Port(text.to_owned())),
            _ => Err(format!(
                "\"{text}\" is neither a server and a port, like 127.0.0.1:3310, nor a socket, like unix:/run/clamav/clamd.ctl"
            )),
        }
    }
}

impl fmt::Display for Clamd {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Clamd::Port(address) => formatter.write_str(address),
            Clamd::Socket(path) => write!(formatter, "unix:{}", path.display()),
        }
    }
}

/// How long it may take to answer a call.
pub const CALL: Duration = Duration::from_secs(5);

/// Asks clamd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Where it listens.
    pub clamd: Clamd,
    /// How long each step may take: connecting, taking a piece, and answering at the end.
    pub patience: Duration,
}

impl Asking {
    /// Shows it a file, a piece at a time (`INSTREAM`). Everything that goes wrong is "not scanned", with the reason.
    pub async fn scan(&self, file: &mut (impl AsyncRead + Unpin)) -> Scanned {
        match self.shown(file).await {
            Ok(scanned) => scanned,
            Err(why) => Scanned::not(match why {
                NoAnswer::Silent => Unscanned::TooSlow,
                NoAnswer::Away(_) => Unscanned::Away,
                NoAnswer::File(_) | NoAnswer::Broken(_) | NoAnswer::Nothing => Unscanned::NoAnswer,
            }),
        }
    }

    /// What it answers to a command of one word: `PING`, `VERSION`.
    ///
    /// # Errors
    /// Why there is no answer, in words for the log.
    pub async fn ask(&self, command: &str) -> Result<String, NoAnswer> {
        let mut clamd = self.connected().await?;
        self.in_time(clamd.write_all(format!("z{command}\0").as_bytes()))
            .await?;
        self.heard(&mut clamd).await
    }

    async fn shown(&self, file: &mut (impl AsyncRead + Unpin)) -> Result<Scanned, NoAnswer> {
        let mut clamd = self.connected().await?;
        let sent = self.send(&mut clamd, file).await;
        if let Err(fault @ NoAnswer::File(_)) = sent {
            return Err(fault);
        }
        // Where it took no more, it may have said why.
        let said = self.heard(&mut clamd).await;
        match (sent, said.map(|said| judged(&said))) {
            // It cannot call clean what it did not take.
            (Err(cut), Ok(Scanned::Clean) | Err(_)) => Err(cut),
            (_, said) => said,
        }
    }

    async fn connected(&self) -> Result<Box<dyn Line>, NoAnswer> {
        let line: Result<Box<dyn Line>, NoAnswer> = match &self.clamd {
            Clamd::Port(address) => self
                .in_time(TcpStream::connect(address))
                .await
                .map(|line| Box::new(line) as Box<dyn Line>),
            Clamd::Socket(path) => self
                .in_time(UnixStream::connect(path))
                .await
                .map(|line| Box::new(line) as Box<dyn Line>),
        };
        // Who does not even take a call is away, however long that took.
        line.map_err(|fault| match fault {
            NoAnswer::Silent => NoAnswer::Away("it takes no call".to_owned()),
            NoAnswer::Broken(why) => NoAnswer::Away(why),
            other => other,
        })
    }

    async fn heard(&self, clamd: &mut (impl AsyncRead + Unpin)) -> Result<String, NoAnswer> {
        let mut said = Vec::new();
        self.in_time(clamd.take(LONGEST_ANSWER).read_to_end(&mut said)).await?;
        let said = String::from_utf8_lossy(&said);
        match said.trim_end_matches(['\0', '\n', '\r']) {
            "" => Err(NoAnswer::Nothing),
            said => Ok(said.to_owned()),
        }
    }

    async fn send(
        &self,
        clamd: &mut (impl AsyncWrite + Unpin),
        file: &mut (impl AsyncRead + Unpin),
    ) -> Result<(), NoAnswer> {
        let mut piece = vec![0; PIECE + 4];
        self.in_time(clamd.write_all(b"zINSTREAM\0")).await?;
        loop {
            let read = file.read(&mut piece[4..]).await;
            let many = read.map_err(|error| NoAnswer::File(error.to_string()))?;
            let length = u32::try_from(many).unwrap_or_default();
            piece[..4].copy_from_slice(&length.to_be_bytes());
            self.in_time(clamd.write_all(&piece[..4 + many])).await?;
            if many == 0 {
                return self.in_time(clamd.flush()).await;
            }
        }
    }

    async fn in_time<T>(&self, step: impl Future<Output = std::io::Result<T>>) -> Result<T, NoAnswer> {
        match timeout(self.patience, step).await {
            Ok(done) => done.map_err(|error| NoAnswer::Broken(error.to_string())),
            Err(_) => Err(NoAnswer::Silent),
        }
    }
}

impl Scanner for Clamd {
    fn is_there(&self) -> Later<bool> {
        let asking = Asking {
            clamd: self.clone(),
            patience: CALL,
        };
        Box::pin(async move {
            match asking.ask("PING").await {
                Ok(said) => said == "PONG",
                Err(why) => {
                    tracing::debug!(clamd = %asking.clamd, %why, "clamd does not answer");
                    false
                }
            }
        })
    }

    fn look(&self, mut file: FileBytes, patience: Duration) -> Later<Scanned> {
        let asking = Asking {
            clamd: self.clone(),
            patience,
        };
        Box::pin(async move { asking.scan(&mut file).await })
    }
}

/// A line to it.
trait Line: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// It cannot be reached.
    #[error("it cannot be asked: {0}")]
    Away(String),
    /// The line broke.
    #[error("the line broke: {0}")]
    Broken(String),
    /// It says nothing in time.
    #[error("it does not answer in time")]
    Silent,
    /// It closed the line without a word.
    #[error("it closed the line without an answer")]
    Nothing,
    /// The file itself could not be read.
    #[error("the file could not be read: {0}")]
    File(String),
}

/// Its answer: `stream: OK`, `stream: Name FOUND`, `INSTREAM size limit exceeded. ERROR`. Any other is no answer. What it reports when it did not look at
/// everything (`AlertExceedsMax`) or could not (`AlertEncrypted`) is no virus.
fn judged(said: &str) -> Scanned {
    match said.strip_prefix("stream: ") {
        Some("OK") => Scanned::Clean,
        Some(found) => match found.strip_suffix(" FOUND") {
            Some(name) if name.starts_with("Heuristics.Limits.Exceeded") => Scanned::not(Unscanned::TooMuchInside),
            Some(name) if name.starts_with("Heuristics.Encrypted") => Scanned::not(Unscanned::Locked),
            Some(name) => Scanned::infected(name),
            None => Scanned::not(Unscanned::NoAnswer),
        },
        None if said.starts_with("INSTREAM size limit exceeded") => Scanned::not(Unscanned::TooLarge),
        None => Scanned::not(Unscanned::NoAnswer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_answer_means_clean() {
        assert_eq!(judged("stream: OK"), Scanned::Clean);
        assert_eq!(
            judged("stream: Eicar-Test-Signature FOUND"),
            Scanned::infected("Eicar-Test-Signature")
        );
        for (said, cause) in [
            ("OK", Unscanned::NoAnswer),
            ("stream: OK FINE", Unscanned::NoAnswer),
            ("stream: ", Unscanned::NoAnswer),
            ("UNKNOWN COMMAND", Unscanned::NoAnswer),
            ("stream: Can't allocate memory ERROR", Unscanned::NoAnswer),
            ("INSTREAM size limit exceeded. ERROR", Unscanned::TooLarge),
            (
                "stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND",
                Unscanned::TooMuchInside,
            ),
            ("stream: Heuristics.Encrypted.Zip FOUND", Unscanned::Locked),
        ] {
            assert_eq!(judged(said), Scanned::not(cause), "{said}");
        }
    }

    #[test]
    fn clamd_is_at_a_port_or_a_socket() {
        assert_eq!("127.0.0.1:3310".parse(), Ok(Clamd::Port("127.0.0.1:3310".to_owned())));
        assert_eq!(
            "unix:/run/clamd".parse(),
            Ok(Clamd::Socket(PathBuf::from("/run/clamd")))
        );
        for wrong in ["", "unix:", "3310", "clamd:", ":3310"] {
            assert!(wrong.parse::<Clamd>().is_err(), "{wrong}");
        }
    }
}
