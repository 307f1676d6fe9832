//! Files belong to the words that they came with, and are seen by whoever sees these.

use crate::case::change::{Change, Refused};
use crate::case::event::EvidenceSight;
use crate::case::file::FileAttached;
use crate::case::{Case, Event, FileScanned};
use crate::files::{Brought, Scanned, SeenBy};
use crate::sentence::listed;

/// The change with its files, each right behind the words that it came with. `last` is the number of the case's last event, 0 where
/// the change begins it.
///
/// # Errors
/// When there are files but no words in the change that they could belong to.
pub fn attach(mut change: Change, files: &[Brought], last: u32) -> Result<Change, Refused> {
    if files.is_empty() {
        return Ok(change);
    }
    let words = change.events.iter().position(|event| reader(event).is_some());
    let Some((at, seen_by)) = words.and_then(|at| Some((at, reader(&change.events[at])?))) else {
        return Err(Refused::Rule(
            "A file belongs to words: write a message or a note with it.".to_owned(),
        ));
    };
    let came_with = last
        .saturating_add(u32::try_from(at).unwrap_or(u32::MAX))
        .saturating_add(1);
    let attached = files
        .iter()
        .map(|file| Event::FileAttached(FileAttached::of(file, seen_by, came_with)));
    change.events.splice(at + 1..at + 1, attached);
    if matches!(change.events[at], Event::UpdateSent(_)) {
        for letter in &mut change.letters {
            letter.body = format!("{}\n\n{}", letter.body.trim_end(), where_they_are(files));
        }
    }
    Ok(change)
}

/// What is said of a file of a case after it came; nothing where that says nothing new, or the file is not there.
pub fn scanned(case: &Case, id: &str, said: &Scanned) -> Change {
    let attached = case.files.iter().find(|attached| attached.file.id == id);
    match attached.is_some_and(|attached| attached.file.scanned.is_outdone_by(said)) {
        true => Change::of(vec![Event::FileScanned(FileScanned {
            id: id.to_owned(),
            scanned: said.clone(),
        })]),
        false => Change::default(),
    }
}

/// Who reads the words of an event that files can come with.
fn reader(event: &Event) -> Option<SeenBy> {
    match event {
        Event::Received(_) | Event::MessageReceived(_) | Event::UpdateSent(_) | Event::EscalationRequested(_) => {
            Some(SeenBy::Complainant)
        }
        Event::NoteAdded(_) => Some(SeenBy::Staff),
        Event::EvidenceAdded(item) => Some(collected(item.seen_by)),
        Event::InterviewHeld(held) => Some(collected(held.seen_by)),
        _ => None,
    }
}

/// What was collected never goes to the complainant as a file: what may be quoted is written into a letter.
fn collected(seen_by: EvidenceSight) -> SeenBy {
    match seen_by {
        EvidenceSight::Investigation => SeenBy::Investigation,
        EvidenceSight::Case | EvidenceSight::Quotable => SeenBy::Staff,
    }
}

/// A letter carries no files: it says where they can be opened.
fn where_they_are(files: &[Brought]) -> String {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    match names.as_slice() {
        [name] => format!("A file came with this message: {name}. You can open it by the link in this letter."),
        [] => String::new(),
        names => format!(
            "{} files came with this message: {}. You can open them by the link in this letter.",
            names.len(),
            listed(names)
        ),
    }
}
