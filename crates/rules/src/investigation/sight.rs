//! Who may see evidence and notes of interviews: asked of the one rule about sight, as if the case were restricted (invariant 12).

use crate::case::event::{Event, EvidenceSight};
use crate::case::vocabulary::Lane;
use crate::case::{AttachedFile, Case};
use crate::confidential::{Guard, Sight, sight};
use crate::files::{Scanned, SeenBy};
use crate::people::Person;

/// Whether somebody is one of those who investigate: who would see the case if it were restricted.
pub fn investigates(case: &Case, person: &Person) -> bool {
    let guard = Guard {
        lane: Lane::Restricted,
        ..Guard::of(case)
    };
    sight(&guard, person) == Some(Sight::Whole)
}

/// Whether the item of evidence or the interview that an event told of is for those who investigate now; an item that was set aside is.
/// `None` where the event told of neither.
fn is_kept(case: &Case, sequence: u32) -> Option<bool> {
    let here = &case.investigation;
    let item = here.evidence.iter().find(|item| item.sequence == sequence);
    let item = item.map(|item| item.aside.is_some() || item.item.seen_by == EvidenceSight::Investigation);
    let held = here.interviews.iter().find(|held| held.sequence == sequence);
    item.or(held.map(|held| held.held.seen_by == EvidenceSight::Investigation))
}

/// The number of the event whose words a file came with.
fn came_with(case: &Case, id: &str) -> Option<u32> {
    let attached = case.files.iter().find(|attached| attached.file.id == id);
    attached.map(|attached| attached.file.came_with)
}

/// Whether somebody who may see the case may open a file of it.
pub fn may_open(case: &Case, file: &AttachedFile, person: &Person) -> bool {
    let kept = is_kept(case, file.file.came_with);
    !kept.unwrap_or(file.file.seen_by == SeenBy::Investigation) || investigates(case, person)
}

/// The event as it is shown to somebody of staff who does not investigate: nothing of what is for those who do. `case` is the case as it
/// is now.
pub fn withheld(case: &Case, sequence: u32, event: Event) -> Event {
    match event {
        Event::EvidenceAdded(mut item) if is_kept(case, sequence) == Some(true) => {
            item.title = WITHHELD.to_owned();
            item.source.clear();
            item.from_on = None;
            item.words.clear();
            Event::EvidenceAdded(item)
        }
        Event::FileAttached(mut file) if is_kept(case, file.came_with) == Some(true) => {
            file.name = crate::files::FileName::of(WITHHELD);
            file.scanned = Scanned::default();
            Event::FileAttached(file)
        }
        Event::FileScanned(mut said) if came_with(case, &said.id).is_some_and(|of| is_kept(case, of) == Some(true)) => {
            said.scanned = Scanned::default();
            Event::FileScanned(said)
        }
        Event::EvidenceSetAside(mut aside) => {
            aside.because = WITHHELD.to_owned();
            Event::EvidenceSetAside(aside)
        }
        Event::InterviewHeld(mut held) if held.seen_by == EvidenceSight::Investigation => {
            held.with = WITHHELD.to_owned();
            held.notes.clear();
            Event::InterviewHeld(held)
        }
        Event::NotesConfirmed(mut confirmed) => {
            confirmed.correction = confirmed.correction.map(|_| WITHHELD.to_owned());
            Event::NotesConfirmed(confirmed)
        }
        Event::ConflictDeclared(mut declared) => {
            declared.conflict = declared.conflict.map(|_| WITHHELD.to_owned());
            Event::ConflictDeclared(declared)
        }
        Event::ConflictOverridden(mut over) => {
            over.reason = WITHHELD.to_owned();
            Event::ConflictOverridden(over)
        }
        Event::FindingRecorded(mut finding) => {
            finding.finding.clear();
            finding.outcome = None;
            Event::FindingRecorded(finding)
        }
        Event::PlanLineAdded(mut line) => {
            line.what = WITHHELD.to_owned();
            line.from_whom.clear();
            Event::PlanLineAdded(line)
        }
        Event::PlanLineSettled(mut line) => {
            line.dropped = line.dropped.map(|_| WITHHELD.to_owned());
            Event::PlanLineSettled(line)
        }
        other => other,
    }
}

/// Stands where words were that only those who investigate may read.
pub const WITHHELD: &str = "For those who investigate";
