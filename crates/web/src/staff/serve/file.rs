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
        .map(|kept| TimelineFile {
            name: kept.file.name.to_string(),
            href: href(file, kept),
            about: format!("{}, {}", kept.file.about(), seen_by(file, kept)),
        })
        .collect()
}

/// Every file of the case, for the details tab.
pub(crate) fn facts(seat: &Seat, file: &CaseFile) -> Vec<Fact> {
    let line = |kept: &AttachedFile| {
        let from = actor(seat, file, kept.by).unwrap_or_default();
        let about = format!("{}, {from}. {}.", kept.file.about(), capital(&seen_by(file, kept)));
        let link = Link::new(kept.file.name.as_str(), &href(file, kept));
        Fact::linked(&seat.wall().full(kept.at), link).with_after(&about)
    };
    // Nobody may take a file for harmless because it is here.
    let scanned = Fact::new(
        "Scanned for viruses",
        "No. Take care with a file that you do not expect",
    );
    file.case.files.iter().map(line).chain([scanned]).collect()
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
