//! A message on its way in: its raw bytes are durable, sealed, before anybody looks at them; then it stands in the ledger, once (lessons 7 and 8).

use std::sync::Arc;

use jiff::Timestamp;
use rules::files::{Brought, FileName, Kind, Scanned, Unscanned};
use rules::mail::Fingerprint;
use serde::{Deserialize, Serialize};
use storage::files::{self, SealedWriter, Waiting, Written, on_disk};
use storage::mail::{self, Added, NewMail, boxes, days};
use storage::{FileKey, StorageError, Tx};

use crate::files::Form;
use crate::{ActError, Office};

/// How many bytes are handed to the disk at a time. No more than twice this is held of a message.
const PIECE: usize = 64 * 1024;

/// How its raw bytes are called as a file.
const ORIGINAL: &str = "Original message.eml";

/// A message that is about to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// By which way: the name of a mailbox, or of the listener.
    pub mailbox: String,
    /// Where it lies there.
    pub place: Place,
    /// The sender of its envelope; none where that is empty or unknown (RFC 5321, 4.5.5).
    pub sender: Option<String>,
    /// The recipients of its envelope, as far as they are known.
    pub recipients: Vec<String>,
}

/// Where a message lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a mailbox.
    Uid {
        /// UIDVALIDITY.
        validity: u32,
        /// UID.
        uid: u32,
    },
    /// Nowhere: it was handed to us, and whoever handed it asks whether we have it.
    Handed,
}

/// What the envelope said, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The sender; none where it was empty or unknown.
    pub sender: Option<String>,
    /// The recipients.
    pub recipients: Vec<String>,
    /// Where only the beginning is here: the message is larger than so many bytes.
    #[serde(default)]
    pub larger_than: Option<u64>,
}

/// What became of keeping a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is new and has this number in the ledger.
    New(i64),
    /// It was kept before, under this number.
    Known(i64),
}

/// A message on its way in. One that is given up leaves nothing that can be opened.
pub struct Incoming {
    office: Arc<Office>,
    arrival: Arrival,
    id: String,
    key: FileKey,
    form: Form,
    fingerprint: Fingerprint,
    piece: Vec<u8>,
    writer: Option<SealedWriter>,
    larger_than: Option<u64>,
}

/// Begins to take a message in.
///
/// # Errors
/// When the database or the store of files cannot be written: then whoever has the message keeps it, and tries again.
pub async fn begin(office: &Arc<Office>, arrival: Arrival) -> Result<Incoming, ActError> {
    let (id, key) = (files::new_id()?, FileKey::new()?);
    let form = Form::mail(&id);
    let (row, waits_for, now) = (id.clone(), form.clone(), office.now());
    let began = office
        .store
        .write(move |tx| Box::pin(async move { files::arrive(tx, &row, waits_for.as_str(), now).await }));
    began.await?;
    let (store, its_id, its_key) = (office.store.files().clone(), id.clone(), key.clone());
    let writer = on_disk(move || store.write(&its_id, &its_key)).await?;
    Ok(Incoming {
        office: office.clone(),
        arrival,
        id,
        key,
        form,
        fingerprint: Fingerprint::new(),
        piece: Vec::new(),
        writer: Some(writer),
        larger_than: None,
    })
}

impl Incoming {
    /// The next bytes.
    ///
    /// # Errors
    /// When the disk does not take them; nothing of the message is kept then.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), ActError> {
        self.fingerprint.take(bytes);
        for part in bytes.chunks(PIECE) {
            self.piece.extend_from_slice(part);
            if self.piece.len() >= PIECE {
                self.pass_on().await?;
            }
        }
        Ok(())
    }

    /// No more of it comes than its beginning: it is larger than so many bytes, which is the most that is taken.
    pub fn cut(&mut self, larger_than: u64) {
        self.larger_than = Some(larger_than);
    }

    /// All of it has come: it is durable when this returns, and stands in the ledger.
    ///
    /// # Errors
    /// When it could not be kept; nothing of it is then.
    pub async fn keep(mut self) -> Result<Kept, ActError> {
        self.pass_on().await?;
        let writer = self.writer.take().ok_or_else(|| broken(&self.id))?;
        let written = writer.finish().await?;
        let kept = self.enter(written).await?;
        if let Kept::Known(_) = kept {
            self.throw_away().await;
        }
        Ok(kept)
    }

    async fn pass_on(&mut self) -> Result<(), ActError> {
        let Some(mut writer) = self.writer.take() else {
            return Err(broken(&self.id).into());
        };
        let piece = std::mem::take(&mut self.piece);
        let passed = on_disk(move || {
            writer.write(&piece)?;
            Ok((writer, piece))
        });
        let (writer, mut piece) = passed.await?;
        piece.clear();
        (self.piece, self.writer) = (piece, Some(writer));
        Ok(())
    }

    async fn enter(&mut self, written: Written) -> Result<Kept, ActError> {
        let Written {
            size,
            sha256,
            stored_sha256,
        } = written;
        let brought = Brought {
            id: self.id.clone(),
            name: FileName::of(ORIGINAL),
            size,
            kind: Kind::Text,
            sha256,
            stored_sha256,
            // Whoever reads it shows it to the scanner on the way.
            scanned: Scanned::not(Unscanned::Waits),
        };
        let known_by = std::mem::take(&mut self.fingerprint).known_by();
        let about = Envelope {
            sender: self.arrival.sender.clone(),
            recipients: self.arrival.recipients.clone(),
            larger_than: self.larger_than,
        };
        let now = self.office.now();
        let entry = Entry {
            file: Waiting {
                id: self.id.clone(),
                facts: serde_json::to_vec(&brought)?,
                size,
            },
            form: self.form.clone(),
            key: self.key.clone(),
            known_by,
            about: serde_json::to_vec(&about)?,
            arrival: self.arrival.clone(),
            now,
            today: self.office.active().setting(now).today(),
        };
        let kept = self
            .office
            .store
            .write(move |tx| Box::pin(async move { entry.write(tx).await }));
        Ok(kept.await?)
    }

    /// It was there already: its second copy goes at once, and with the sweep where that is not possible.
    async fn throw_away(&self) {
        let (id, form) = (self.id.clone(), self.form.clone());
        let dropped = self
            .office
            .store
            .write(move |tx| Box::pin(async move { files::drop_waiting(tx, &id, form.as_str()).await }))
            .await;
        let removed = match dropped {
            Ok(_) => crate::files::sweep::remove(&self.office, vec![self.id.clone()]).await,
            Err(fault) => Err(fault.into()),
        };
        if let Err(fault) = removed {
            tracing::warn!(id = %self.id, %fault, "the second copy of a message is thrown away later");
        }
    }
}

fn broken(id: &str) -> StorageError {
    StorageError::Panicked(format!("keeping the message {id}"))
}

/// What one transaction writes of a message.
struct Entry {
    file: Waiting,
    form: Form,
    key: FileKey,
    known_by: String,
    about: Vec<u8>,
    arrival: Arrival,
    now: Timestamp,
    today: jiff::civil::Date,
}

impl Entry {
    async fn write(&self, tx: &mut Tx<'_>) -> Result<Kept, StorageError> {
        let mailbox = self.arrival.mailbox.as_str();
        let new = NewMail {
            known_by: &self.known_by,
            mailbox,
            at: self.now,
            on: self.today,
            size: self.file.size,
            file: &self.file.id,
            about: &self.about,
        };
        let kept = match mail::add(tx, &new).await? {
            Added::New(id) => {
                files::park_mail(tx, &self.file, (self.form.as_str(), id), &self.key, self.now).await?;
                Kept::New(id)
            }
            Added::Known(id) => Kept::Known(id),
        };
        let (id, met) = match kept {
            Kept::New(id) => (id, days::Met::First),
            Kept::Known(id) => (id, days::Met::Again),
        };
        if let Place::Uid { validity, uid } = self.arrival.place {
            mail::see(tx, mail::Place { mailbox, validity, uid }, id).await?;
        }
        days::count(tx, self.today, mailbox, met).await?;
        boxes::came(tx, mailbox, self.now).await?;
        Ok(kept)
    }
}
