//! Whoever looks into files for viruses, and showing it a file while its bytes pass by. No complaint waits for it: what it does not say in time is "not scanned".

use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use rules::files::{Scanned, Swelling, Unscanned};
use tokio::io::{AsyncRead, AsyncWriteExt as _, DuplexStream, duplex};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use crate::Office;

/// How much of a file may be under way to the scanner, in bytes.
const UNDER_WAY: usize = 128 * 1024;

/// After it could not be asked, nobody who sends a file waits for it for so long: files are looked at later then.
const REST: Duration = Duration::from_secs(30);

/// An answer that comes later.
pub type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The bytes of a file as a scanner reads them.
pub type FileBytes = Box<dyn AsyncRead + Send + Unpin>;

/// Whoever looks into files for viruses. It keeps nothing of them.
pub trait Scanner: Send + Sync {
    /// Whether it can be asked now.
    fn is_there(&self) -> Later<bool>;

    /// Looks at a file to its end. Each step of it may take so long.
    fn look(&self, file: FileBytes, patience: Duration) -> Later<Scanned>;
}

/// Who is asked, and since when it rests.
#[derive(Default)]
pub(crate) struct Scanning {
    asked: OnceLock<Asked>,
    rests_until: Mutex<Option<Instant>>,
}

/// Who is asked, and how long somebody who sends a file waits for the answer.
struct Asked {
    scanner: Arc<dyn Scanner>,
    patience: Duration,
}

impl Scanning {
    fn rest(&self, until: Option<Instant>) {
        *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }

    fn is_resting(&self) -> bool {
        let until = *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    /// It was reached: it is asked at once from now on.
    pub(crate) fn is_back(&self) {
        self.rest(None);
    }
}

impl Office {
    /// From now on files are shown to this scanner; whoever sends one waits for its answer for so long at most. Only the first one counts.
    pub fn ask_scanner(&self, scanner: Arc<dyn Scanner>, patience: Duration) {
        self.scanning.asked.get_or_init(|| Asked { scanner, patience });
    }

    /// Who is asked, if anybody is.
    pub(crate) fn scanner(&self) -> Option<Arc<dyn Scanner>> {
        self.scanning.asked.get().map(|asked| asked.scanner.clone())
    }
}

/// A file that is shown to the scanner while its bytes pass by.
pub struct Showing {
    asked: Result<Shown, Scanned>,
    /// Whose scanner rests where it does not answer.
    office: Option<Arc<Office>>,
}

/// A file that the scanner looks at.
struct Shown {
    /// Nothing once it takes no more.
    pipe: Option<DuplexStream>,
    looking: JoinHandle<Scanned>,
    left: Duration,
    /// What is packed in it may be more than the scanner unpacks, although it says nothing of that.
    swelling: Swelling,
}

impl Showing {
    /// For a file that arrives.
    pub fn on_arrival(office: &Arc<Office>) -> Showing {
        let asked = match office.scanning.asked.get() {
            None => Err(Scanned::not(Unscanned::NotSetUp)),
            Some(_) if office.scanning.is_resting() => Err(Scanned::not(Unscanned::Waits)),
            Some(asked) => Ok(Shown::to(&*asked.scanner, asked.patience)),
        };
        Showing {
            asked,
            office: Some(office.clone()),
        }
    }

    /// For a file that nobody waits for.
    pub(crate) fn later(scanner: &dyn Scanner, patience: Duration) -> Showing {
        Showing {
            asked: Ok(Shown::to(scanner, patience)),
            office: None,
        }
    }

    /// The next bytes.
    pub async fn give(&mut self, bytes: &[u8]) {
        let Ok(shown) = &mut self.asked else { return };
        if !shown.give(bytes).await {
            self.end(Scanned::not(Unscanned::TooSlow));
        }
    }

    /// The file is whole: what is said of it.
    pub async fn finish(mut self) -> Scanned {
        if let Ok(shown) = &mut self.asked {
            let scanned = shown.finish().await;
            self.end(scanned);
        }
        match &self.asked {
            Err(scanned) => scanned.clone(),
            Ok(_) => Scanned::not(Unscanned::Waits),
        }
    }

    fn end(&mut self, scanned: Scanned) {
        let does_not_answer = matches!(
            scanned,
            Scanned::NotScanned {
                cause: Unscanned::Away | Unscanned::TooSlow
            }
        );
        if let Some(office) = self.office.as_ref().filter(|_| does_not_answer) {
            office.scanning.rest(Some(Instant::now() + REST));
        }
        self.asked = Err(scanned);
    }
}

impl Shown {
    fn to(scanner: &dyn Scanner, patience: Duration) -> Shown {
        let (pipe, read) = duplex(UNDER_WAY);
        let looking = tokio::spawn(scanner.look(Box::new(read), patience));
        Shown {
            pipe: Some(pipe),
            looking,
            left: patience,
            swelling: Swelling::default(),
        }
    }

    /// False once there is no time left.
    async fn give(&mut self, bytes: &[u8]) -> bool {
        self.swelling.take(bytes);
        let Some(pipe) = &mut self.pipe else { return true };
        let began = Instant::now();
        match timeout(self.left, pipe.write_all(bytes)).await {
            Ok(Ok(())) => self.left = self.left.saturating_sub(began.elapsed()),
            // It takes no more, and says why at the end.
            Ok(Err(_)) => self.pipe = None,
            Err(_) => return false,
        }
        true
    }

    async fn finish(&mut self) -> Scanned {
        // Its end is what the scanner reads as the end of the file.
        self.pipe = None;
        match timeout(self.left, &mut self.looking).await {
            Ok(Ok(Scanned::Clean)) if std::mem::take(&mut self.swelling).swells() => {
                Scanned::not(Unscanned::TooMuchInside)
            }
            Ok(Ok(scanned)) => scanned,
            Ok(Err(_)) => Scanned::not(Unscanned::NoAnswer),
            Err(_) => Scanned::not(Unscanned::TooSlow),
        }
    }
}

/// What is given up is not looked at to its end: half a file is no file.
impl Drop for Shown {
    fn drop(&mut self) {
        self.looking.abort();
    }
}
