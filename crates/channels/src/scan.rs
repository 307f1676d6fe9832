//! What clamd says about a file: clean, infected, or not scanned and why. What was not scanned is never called clean.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

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

/// What it says about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// It knows nothing bad of it.
    Clean,
    /// It carries this.
    Infected(String),
    /// It was not looked at as a whole.
    NotScanned(String),
}

/// Asks clamd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanner {
    /// Where it listens.
    pub clamd: Clamd,
    /// How long each step may take: connecting, taking a piece, and answering at the end.
    pub patience: Duration,
}

impl Scanner {
    /// Shows it a file, a piece at a time (`INSTREAM`). Everything that goes wrong is "not scanned", with the reason.
    pub async fn scan(&self, file: &mut (impl AsyncRead + Unpin)) -> Scanned {
        let scanned = match &self.clamd {
            Clamd::Port(address) => match self.in_time(TcpStream::connect(address)).await {
                Ok(mut stream) => self.show(&mut stream, file).await,
                Err(why) => Err(why),
            },
            Clamd::Socket(path) => match self.in_time(UnixStream::connect(path)).await {
                Ok(mut stream) => self.show(&mut stream, file).await,
                Err(why) => Err(why),
            },
        };
        scanned.unwrap_or_else(Scanned::NotScanned)
    }

    async fn show(
        &self,
        clamd: &mut (impl AsyncRead + AsyncWrite + Unpin),
        file: &mut (impl AsyncRead + Unpin),
    ) -> Result<Scanned, String> {
        let sent = self.send(clamd, file).await;
        if let Err(Cut::File(why)) = sent {
            return Err(why);
        }
        // Where it took no more, it may have said why.
        let mut said = String::new();
        let heard = self.in_time(clamd.take(LONGEST_ANSWER).read_to_string(&mut said)).await;
        match (sent, heard) {
            (_, Ok(_)) if !said.is_empty() => Ok(judged(&said)),
            (Err(Cut::Clamd(why) | Cut::File(why)), _) | (Ok(()), Err(why)) => Err(why),
            (Ok(()), Ok(_)) => Err("clamd closed the connection without an answer".to_owned()),
        }
    }

    async fn send(
        &self,
        clamd: &mut (impl AsyncWrite + Unpin),
        file: &mut (impl AsyncRead + Unpin),
    ) -> Result<(), Cut> {
        let mut piece = vec![0; PIECE + 4];
        self.in_time(clamd.write_all(b"zINSTREAM\0"))
            .await
            .map_err(Cut::Clamd)?;
        loop {
            let read = file.read(&mut piece[4..]).await;
            let many = read.map_err(|error| Cut::File(format!("the file could not be read: {error}")))?;
            let length = u32::try_from(many).unwrap_or_default();
            piece[..4].copy_from_slice(&length.to_be_bytes());
            self.in_time(clamd.write_all(&piece[..4 + many]))
                .await
                .map_err(Cut::Clamd)?;
            if many == 0 {
                return self.in_time(clamd.flush()).await.map_err(Cut::Clamd);
            }
        }
    }

    async fn in_time<T>(&self, step: impl Future<Output = std::io::Result<T>>) -> Result<T, String> {
        match timeout(self.patience, step).await {
            Ok(done) => done.map_err(|error| format!("clamd at {} cannot be asked: {error}", self.clamd)),
            Err(_) => Err(format!("clamd at {} does not answer", self.clamd)),
        }
    }
}

/// Where it broke off.
enum Cut {
    File(String),
    Clamd(String),
}

/// Its answer: `stream: OK`, `stream: Name FOUND`, `INSTREAM size limit exceeded. ERROR`. Any other is no answer.
fn judged(said: &str) -> Scanned {
    let said = said.trim_end_matches(['\0', '\n', '\r']);
    match said.strip_prefix("stream: ") {
        Some("OK") => Scanned::Clean,
        Some(found) => match found.strip_suffix(" FOUND") {
            Some(name) => Scanned::Infected(name.to_owned()),
            None => Scanned::NotScanned(format!("clamd says: {found}")),
        },
        None => Scanned::NotScanned(format!("clamd says: {said}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_answer_means_clean() {
        assert_eq!(judged("stream: OK\0"), Scanned::Clean);
        assert_eq!(
            judged("stream: Eicar-Test-Signature FOUND\0"),
            Scanned::Infected("Eicar-Test-Signature".to_owned())
        );
        for said in [
            "",
            "OK",
            "stream: OK FINE",
            "stream: ",
            "INSTREAM size limit exceeded. ERROR\0",
            "stream: Can't allocate memory ERROR",
            "UNKNOWN COMMAND",
        ] {
            assert!(matches!(judged(said), Scanned::NotScanned(_)), "{said}");
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
