//! Files that nobody could look into when they came are looked into later, again and again with longer pauses, until somebody says what they carry.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use rules::case::{Event, FileScanned, Reference};
use rules::files::{Scanned, Unscanned};
use rules::handling::attach::scanned;
use rules::people::Actor;
use storage::files::{self, SealedReader, scans};
use storage::{StorageError, sealed};
use tokio::sync::watch::Receiver;
use tracing::{error, info, warn};

use crate::files::{Scanner, Showing};
use crate::record::{change_by_itself, load};
use crate::sealing::added;
use crate::{ActError, Office};

/// How often is looked for files.
const LOOK: Duration = Duration::from_secs(20);

/// How long the scanner may take over one of them, when nobody waits for the answer: it stops by itself after two minutes (`MaxScanTime`).
const PATIENCE: Duration = Duration::from_secs(150);

/// The first pause after a look that found nothing out, and the longest: by then signatures or limits may be others.
const FIRST_REST: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_REST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Looks into files until the office closes. Several nodes may: what is said of a file twice is recorded once.
pub async fn run(office: Arc<Office>, mut closing: Receiver<bool>) {
    let Some(scanner) = office.scanner() else { return };
    let mut is_away = false;
    let mut ticks = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = closing.changed() => return,
        }
        let there = tokio::select! {
            there = scanner.is_there() => there,
            _ = closing.changed() => return,
        };
        match (there, is_away) {
            (false, false) => {
                warn!("files: the scanner does not answer; files are taken as not scanned and looked at when it does")
            }
            (true, true) => info!("files: the scanner answers again"),
            _ => {}
        }
        is_away = !there;
        if !there {
            continue;
        }
        tokio::select! {
            looked = round(&office) => match looked {
                Ok(0) => {}
                Ok(said) => info!(said, "files: looked into what was not scanned when it came"),
                Err(fault) => error!(%fault, "files could not be looked into; the next round tries again"),
            },
            _ = closing.changed() => return,
        }
    }
}

/// Looks into every file that is due, one after another, and tells of how many something was said. A file with which something breaks rests and
/// keeps none of the others waiting; when the scanner goes away, the rest waits for it.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn round(office: &Arc<Office>) -> Result<usize, ActError> {
    let Some(scanner) = office.scanner() else { return Ok(0) };
    let mut said = 0;
    if !scanner.is_there().await {
        return Ok(said);
    }
    office.scanning.is_back();
    while let Some(file) = next(office).await? {
        match look_into(office, &*scanner, &file).await {
            Ok(Scanned::NotScanned { cause: Unscanned::Away }) => {
                // The file is not to blame.
                put_off(office, &file.id, file.tries, FIRST_REST).await?;
                return Ok(said);
            }
            Ok(scanned) => said += usize::from(scanned.is_known()),
            Err(fault) => error!(file = file.id, %fault, "a file could not be looked into; it is tried again later"),
        }
    }
    Ok(said)
}

/// Looks again into every file of a case, whatever was said of it before: what was called infected may be called clean by newer signatures. Answers
/// the names with what is said now.
///
/// # Errors
/// When no scanner is set up, there is no such case to be read, or something cannot be read or written.
pub async fn again(office: &Arc<Office>, reference: &Reference) -> Result<Vec<(String, Scanned)>, ActError> {
    let scanner = office.scanner().ok_or_else(|| {
        let words = "No scanner is set up: name one as clamd in [files] of the configuration.";
        rules::case::Refused::NotNow(words.to_owned())
    })?;
    let case = load(office, reference).await?.case;
    let mut told = Vec::with_capacity(case.files.len());
    for attached in case.files.iter().filter(|attached| attached.is_there()) {
        let file = scans::Unscanned {
            id: attached.file.id.clone(),
            stream: reference.to_string(),
            size: attached.file.size,
            tries: 0,
        };
        let scanned = look_into(office, &*scanner, &file).await?;
        told.push((attached.file.name.to_string(), scanned));
    }
    Ok(told)
}

/// The next file that is due. It rests from now on, so that whatever becomes of this look another one comes.
async fn next(office: &Office) -> Result<Option<scans::Unscanned>, ActError> {
    let now = office.now();
    let due = office
        .store
        .read(move |tx| Box::pin(async move { scans::due(tx, now, 1).await }))
        .await?;
    let Some(file) = due.into_iter().next() else {
        return Ok(None);
    };
    put_off(office, &file.id, file.tries + 1, rest(file.tries)).await?;
    Ok(Some(file))
}

/// The pause after so many looks that found nothing out.
fn rest(tries: u32) -> SignedDuration {
    let doubled = FIRST_REST.checked_mul(1 << tries.min(20)).unwrap_or(LONGEST_REST);
    doubled.min(LONGEST_REST)
}

async fn put_off(office: &Office, id: &str, tries: u32, rest: SignedDuration) -> Result<(), ActError> {
    let (id, until) = (id.to_owned(), office.now() + rest);
    let put = office
        .store
        .write(move |tx| Box::pin(async move { scans::put_off(tx, &id, tries, until).await }));
    Ok(put.await?)
}

/// Shows a file to the scanner, and puts what it says on record.
async fn look_into(office: &Arc<Office>, scanner: &dyn Scanner, file: &scans::Unscanned) -> Result<Scanned, ActError> {
    let mut reader = open(office, file).await?;
    let mut showing = Showing::later(scanner, PATIENCE);
    while let Some(chunk) = reader.next_chunk().await? {
        showing.give(&chunk).await;
    }
    let said = showing.finish().await;
    if let Some(carries) = said.carries() {
        warn!(
            case = file.stream,
            file = file.id,
            carries,
            "a file carries a virus; nobody is handed it"
        );
    }
    record(office, file, &said).await?;
    if said.is_known() {
        let (id, now) = (file.id.clone(), office.now());
        let done = office
            .store
            .write(move |tx| Box::pin(async move { scans::said(tx, &id, now).await }));
        done.await?;
    }
    Ok(said)
}

/// The sealed case whose record a stream is.
fn sealed_case(stream: &str) -> Option<Reference> {
    sealed::case_of(stream)?.parse().ok()
}

async fn open(office: &Office, file: &scans::Unscanned) -> Result<SealedReader, ActError> {
    let (id, stream) = (file.id.clone(), file.stream.clone());
    let key = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                match sealed_case(&stream) {
                    Some(reference) => sealed::file_key(tx, &id, &reference.to_string()).await,
                    None => files::key(tx, &id, &stream).await,
                }
            })
        })
        .await?;
    Ok(office.store.files().read(&file.id, &key, file.size).await?)
}

/// Of a sealed case nothing stands in its stub: what is said of a file of it goes into its record.
async fn record(office: &Office, file: &scans::Unscanned, said: &Scanned) -> Result<(), ActError> {
    let Some(reference) = sealed_case(&file.stream) else {
        let reference: Reference = file.stream.parse().map_err(|_| ActError::NotFound)?;
        change_by_itself(office, &reference, |case, _| Ok(scanned(case, &file.id, said))).await?;
        return Ok(());
    };
    if !said.is_known() {
        return Ok(());
    }
    let event = Event::FileScanned(FileScanned {
        id: file.id.clone(),
        scanned: said.clone(),
    });
    let beside = added::into_record(office, &reference, event, Actor::System);
    let written: Result<(), StorageError> = office
        .store
        .write(move |tx| {
            let beside = beside.clone();
            Box::pin(async move { beside(tx).await })
        })
        .await;
    Ok(written?)
}
