//! Serving a file of a case to somebody who may see the case, and saying in words what it is and who sees it.

use axum::extract::Path;
use axum::response::Response;
use casework::ActError;
use casework::desk::CaseFile;
use rules::case::{AttachedFile, Reference};
use serde::Deserialize;

use super::brief::person;
use super::outline;
use super::saying::actor;
use crate::http::{Posted, download};
use crate::page::timeline::TimelineFile;
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::link::Link;
use crate::staff::paths;
use rules::sentence::capital;

/// The part of an address that names a file of a case.
#[derive(Debug, Deserialize)]
pub struct FilePath {
    /// The reference as typed.
    pub reference: String,
    /// Its opaque name.
    pub id: String,
}

/// A file of the case, to be saved.
pub async fn show(seat: Seat, Path(path): Path<FilePath>) -> Response {
    let file = match case(&seat, &path.reference).await {
        Ok(file) => file,
        Err(fault) => return outline::instead(&seat, &path.reference, Fault::from(fault)).await,
    };
    match seat.door.open_file(&file, &path.id).await {
        Ok(download) => download::answer(download),
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

async fn case(seat: &Seat, reference: &str) -> Result<CaseFile, ActError> {
    let reference: Reference = reference.parse().map_err(|_| ActError::NotFound)?;
    seat.door.case_for_a_file(&reference).await
}

/// The files that came with the event of this number.
pub(crate) fn came_with(file: &CaseFile, sequence: u32) -> Vec<TimelineFile> {
    let with_it = file.case.files.iter().filter(|kept| kept.file.came_with == sequence);
    with_it
        .map(|kept| {
            let about = format!("{}, {}", kept.file.about(), seen_by(file, kept));
            TimelineFile::of(kept, href(file, kept), about)
        })
        .collect()
}

/// Every file of the case with what was said of viruses in it, for the details tab. What carries one leads nowhere.
pub(crate) fn facts(seat: &Seat, file: &CaseFile) -> Vec<Fact> {
    let line = |kept: &AttachedFile| {
        let from = actor(seat, file, kept.by).unwrap_or_default();
        let scanned = match &kept.file.scanned {
            unsaid if unsaid.is_unsaid() => String::new(),
            said => format!(" {}.", capital(&said.full_label())),
        };
        let about = format!(
            "{}, {from}. {}.{scanned}",
            kept.file.about(),
            capital(&seen_by(file, kept))
        );
        let (when, name) = (seat.wall().full(kept.at), kept.file.name.as_str());
        match kept.file.scanned.carries() {
            Some(_) => Fact::new(&when, &format!("{name} {about}")),
            None => Fact::linked(&when, Link::new(name, &href(file, kept))).with_after(&about),
        }
    };
    // Nobody may take a file for harmless because it is here. Where no scanner is set up, once is enough.
    let is_unsaid = file.case.files.iter().any(|kept| kept.file.scanned.is_unsaid());
    let unscanned = is_unsaid.then(|| {
        Fact::new(
            "Scanned for viruses",
            "Not, unless the line of a file says otherwise: no scanner was set up when they came. Take care with a file that you do not expect.",
        )
    });
    file.case.files.iter().map(line).chain(unscanned).collect()
}

/// Who may open a file, in words.
pub(crate) fn seen_by(file: &CaseFile, kept: &AttachedFile) -> String {
    if kept.is_theirs_too() {
        format!("{} can see this", person(file))
    } else {
        kept.file.seen_by.words().to_owned()
    }
}

fn href(file: &CaseFile, kept: &AttachedFile) -> String {
    paths::file(&file.case.reference.to_string(), &kept.file.id)
}
