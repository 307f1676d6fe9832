//! One file on its way in: sealed, hashed and looked at piece by piece, never held whole, and put into the tray once it is durable.

use rules::files::{Brought, FileName, FileRefused, Limits, Look, Scanned};
use storage::files::{self, SealedWriter, Waiting, Written, on_disk};
use storage::{FileKey, StorageError, Tx};

use super::scanner::Showing;
use super::tray::{NotTaken, Tray};
use crate::ActError;

/// How many bytes are handed to the disk at a time. No more than twice this is held of a file.
const PIECE: usize = 64 * 1024;

/// A file on its way in. One that is given up leaves nothing that can be opened.
pub struct Arrival {
    tray: Tray,
    name: FileName,
    id: String,
    key: FileKey,
    size: u64,
    piece: Vec<u8>,
    /// The disk and the look; gone once the file is too large, or the disk failed.
    desk: Option<Desk>,
    /// The scanner, which sees what passes; gone with the desk.
    showing: Option<Showing>,
    fault: Option<ActError>,
}

/// What a piece passes through, on a thread that may wait for the disk.
struct Desk {
    writer: SealedWriter,
    look: Look,
}

impl Arrival {
    /// Makes room for a file, or says that there is none.
    pub(super) async fn begin(tray: &Tray, name: &FileName) -> Result<Result<Arrival, FileRefused>, ActError> {
        let office = &tray.office;
        let (id, key) = (files::new_id()?, FileKey::new()?);
        let (row, form, limits, now) = (id.clone(), tray.form.clone(), office.file_limits(), office.now());
        let taken = name.clone();
        let refused = office
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let refused = no_room(tx, taken, limits).await?;
                    if refused.is_none() {
                        files::arrive(tx, &row, form.as_str(), now).await?;
                    }
                    Ok::<_, ActError>(refused)
                })
            })
            .await?;
        if let Some(refused) = refused {
            return Ok(Err(refused));
        }
        let (store, its_id, its_key) = (office.store.files().clone(), id.clone(), key.clone());
        let writer = on_disk(move || store.write(&its_id, &its_key)).await;
        let mut arrival = Arrival {
            tray: tray.clone(),
            name: name.clone(),
            id,
            key,
            size: 0,
            piece: Vec::new(),
            desk: None,
            showing: None,
            fault: None,
        };
        match writer {
            Ok(writer) => {
                let look = Look::at(name.clone());
                arrival.desk = Some(Desk { writer, look });
                arrival.showing = Some(Showing::on_arrival(office));
            }
            Err(fault) => arrival.fault = Some(fault.into()),
        }
        Ok(Ok(arrival))
    }

    /// The next bytes. Bytes beyond the limit are counted and dropped, so that the sentence can say how large the file is.
    pub async fn write(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        if self.is_too_large() {
            (self.desk, self.showing) = (None, None);
            self.piece = Vec::new();
        }
        for part in bytes.chunks(PIECE) {
            if self.desk.is_none() {
                return;
            }
            self.piece.extend_from_slice(part);
            if self.piece.len() >= PIECE {
                self.pass_on().await;
            }
        }
    }

    /// The file is whole: it goes into the tray.
    ///
    /// # Errors
    /// Why it may not be taken, or could not be kept.
    pub async fn finish(mut self) -> Result<Brought, NotTaken> {
        let name = self.name.clone();
        if self.size > 0 && !self.is_too_large() {
            self.pass_on().await;
        }
        let kept = match self.fault.take() {
            Some(fault) => Err(fault),
            None => self.settle().await,
        };
        match kept {
            Ok(Ok(brought)) => Ok(brought),
            Ok(Err(refused)) => {
                self.give_up().await;
                Err(NotTaken::Refused(refused))
            }
            Err(fault) => {
                self.give_up().await;
                Err(NotTaken::broken(name, fault))
            }
        }
    }

    /// The file ended in the middle.
    pub async fn cut_short(mut self) -> FileRefused {
        self.desk = None;
        self.give_up().await;
        FileRefused::NotWhole {
            name: self.name.clone(),
        }
    }

    fn is_too_large(&self) -> bool {
        self.size > self.tray.office.file_limits().largest_bytes
    }

    async fn pass_on(&mut self) {
        let Some(mut desk) = self.desk.take() else { return };
        let piece = std::mem::take(&mut self.piece);
        if let Some(showing) = &mut self.showing {
            showing.give(&piece).await;
        }
        let passed = on_disk(move || {
            desk.look.take(&piece);
            desk.writer.write(&piece)?;
            Ok((desk, piece))
        });
        match passed.await {
            Ok((desk, mut piece)) => {
                piece.clear();
                self.piece = piece;
                self.desk = Some(desk);
            }
            Err(fault) => self.fault = Some(fault.into()),
        }
    }

    /// Judges the whole file, makes it durable, and only then tells the database that it waits.
    async fn settle(&mut self) -> Result<Result<Brought, FileRefused>, ActError> {
        let (name, limits) = (self.name.clone(), self.tray.office.file_limits());
        if self.size == 0 {
            return Ok(Err(FileRefused::Empty { name }));
        }
        let Some(Desk { writer, look }) = self.desk.take() else {
            let size = self.size;
            return Ok(Err(FileRefused::TooLarge { name, size, limits }));
        };
        let kind = match look.verdict() {
            Ok(kind) => kind,
            Err(what) => return Ok(Err(FileRefused::Unsafe { name, what })),
        };
        // Both at once: what waits for the disk does not wait for the scanner too.
        let (written, scanned) = tokio::join!(writer.finish(), said(self.showing.take()));
        let Written {
            size,
            sha256,
            stored_sha256,
        } = written?;
        let brought = Brought {
            id: self.id.clone(),
            name,
            size,
            kind,
            sha256,
            stored_sha256,
            scanned,
        };
        self.park(brought, limits).await
    }

    async fn park(&self, brought: Brought, limits: Limits) -> Result<Result<Brought, FileRefused>, ActError> {
        let office = &self.tray.office;
        let (form, key, now) = (self.tray.form.clone(), self.key.clone(), office.now());
        let parked = office
            .store
            .write(move |tx| Box::pin(async move { park(tx, brought, (form.as_str(), &key), limits, now).await }))
            .await?;
        match parked {
            // The same file again, from a second press or a second choice: the first one stays.
            Ok(waiting) if waiting.id != self.id => {
                self.give_up().await;
                Ok(Ok(waiting))
            }
            other => Ok(other),
        }
    }

    async fn give_up(&self) {
        let tray = &self.tray;
        if let Err(fault) = tray.leave_out(&[&self.id]).await {
            // Nobody can open it, and the sweep of tomorrow tries again.
            tracing::warn!(id = %self.id, %fault, "a file that was given up could not be removed at once");
        }
    }
}

async fn said(showing: Option<Showing>) -> Scanned {
    match showing {
        Some(showing) => showing.finish().await,
        None => Scanned::default(),
    }
}

/// Asked before the bytes come: a file for which there is no room costs nothing. How many may come is asked afterwards, since the tray may
/// hold the same file already.
async fn no_room(tx: &mut Tx<'_>, name: FileName, limits: Limits) -> Result<Option<FileRefused>, StorageError> {
    let full = files::waiting_bytes(tx).await? >= limits.waiting_bytes;
    Ok(full.then_some(FileRefused::NoRoom { name }))
}

/// Asked again once the bytes are durable, in the transaction that lets the file wait: two uploads at once pass no limit together.
async fn park(
    tx: &mut Tx<'_>,
    brought: Brought,
    (form, key): (&str, &FileKey),
    limits: Limits,
    now: jiff::Timestamp,
) -> Result<Result<Brought, FileRefused>, ActError> {
    let rows = files::waiting(tx, form).await?;
    for row in &rows {
        let there: Brought = serde_json::from_slice(&row.facts)?;
        if there.name == brought.name && there.sha256 == brought.sha256 {
            return Ok(Ok(there));
        }
    }
    let name = brought.name.clone();
    if rows.len() >= limits.most as usize {
        return Ok(Err(FileRefused::TooMany { name, limits }));
    }
    if rows.iter().map(|row| row.size).sum::<u64>() + brought.size > limits.together_bytes {
        return Ok(Err(FileRefused::TooMuchTogether { name, limits }));
    }
    let waiting = Waiting {
        id: brought.id.clone(),
        facts: serde_json::to_vec(&brought)?,
        size: brought.size,
    };
    files::park(tx, &waiting, form, key, now).await?;
    Ok(Ok(brought))
}
