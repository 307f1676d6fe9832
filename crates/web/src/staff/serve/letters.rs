//! Serving the letters of a case: versions of the decision compared with each other, and what went out.

use axum::extract::Query as Asked;
use axum::response::Response;
use casework::desk::CaseFile;
use rules::case::event::{Event, LetterDelivered};
use rules::case::{Recorded, State};
use rules::handling::versions::{Version, versions};
use rules::letters::fixed::Proven;
use rules::people::StaffId;
use rules::sentence::capital;

use super::brief::person;
use super::case::page;
use super::saying::through;
use super::{OnCase, letter};
use crate::staff::case::{CaseTab, Compared, LettersTab, SentLetter, VersionLine};
use crate::staff::desk::Seat;
use crate::staff::parts::changes::Changes;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// Which two versions somebody wants to see: nothing for the newest beside the one before it.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Two {
    of: String,
    with: String,
}

/// The tab.
pub async fn show(OnCase { seat, file }: OnCase, Asked(two): Asked<Two>) -> Response {
    let tab = tab(&seat, &file, &two);
    seat.page(&page(&seat, &file, CaseTab::Letters(tab), None).await).await
}

fn tab(seat: &Seat, file: &CaseFile, two: &Two) -> LettersTab {
    let versions = versions(&file.history);
    LettersTab {
        versions: versions.iter().rev().map(|version| line(seat, file, version)).collect(),
        compared: compared(seat, file, &versions, two),
        sent: file
            .history
            .iter()
            .rev()
            .filter_map(|recorded| sent(seat, file, recorded))
            .collect(),
    }
}

/// Where a version is opened beside another.
pub(crate) fn href(file: &CaseFile, of: u32, with: u32) -> String {
    let page = paths::case_act(&file.case.reference.to_string(), "letters");
    format!("{page}?of={of}&with={with}#changes")
}

fn line(seat: &Seat, file: &CaseFile, version: &Version<'_>) -> VersionLine {
    let name = |id: Option<StaffId>| id.map_or_else(|| "the system".to_owned(), |id| seat.door.office().name_of(id));
    let (by, when) = (name(version.by), seat.wall().when_inside(version.at));
    VersionLine {
        number: version.number,
        saved: match version.why {
            Some(_) => format!("Changed by {by} before sign-off, {when}"),
            None => format!("Saved by {by}, {when}"),
        },
        tags: tags(file, version),
        why: version.why.map(str::to_owned),
        href: href(file, version.number, version.number.saturating_sub(1).max(1)),
    }
}

fn tags(file: &CaseFile, version: &Version<'_>) -> Vec<Tag> {
    let waits = matches!(&file.case.state, State::SignOff(_, draft) if draft.version == version.number);
    let approved = version.letter.is_some_and(|letter| file.case.approved(&letter.sha256));
    match (waits, approved, version.letter) {
        (true, ..) => vec![Tag::new("Waits for sign-off", Tone::Warn)],
        (_, true, _) => vec![Tag::new("Approved", Tone::Good)],
        (.., Some(_)) => vec![Tag::new("Sent for sign-off", Tone::Grey)],
        _ => Vec::new(),
    }
}

fn compared(seat: &Seat, file: &CaseFile, versions: &[Version<'_>], two: &Two) -> Option<Compared> {
    let numbered = |text: &str| {
        let number: u32 = text.parse().ok()?;
        versions.iter().find(|version| version.number == number)
    };
    let newer = numbered(&two.of).or_else(|| versions.last())?;
    let before = versions.iter().rev().find(|version| version.number < newer.number);
    let older = numbered(&two.with).or(before).unwrap_or(newer);
    let heading = match newer.number == older.number {
        true => format!("Version {}", newer.number),
        false => format!("Version {}, compared with version {}", newer.number, older.number),
    };
    let picks = versions.iter().rev();
    let picks = picks.map(|version| Pick::new(&version.number.to_string(), &format!("Version {}", version.number)));
    Some(Compared {
        changes: changes(seat, file, older, newer),
        picks: picks.collect(),
        form: FormState::default().answered(&[("of", &newer.number.to_string()), ("with", &older.number.to_string())]),
        heading,
    })
}

/// A version with its changes since another.
pub(crate) fn changes(seat: &Seat, file: &CaseFile, older: &Version<'_>, newer: &Version<'_>) -> Changes {
    let name = format!(
        "Version {} with the changes since version {}",
        newer.number, older.number
    );
    Changes::between(&name, &text(seat, file, older), &text(seat, file, newer))
}

/// The letter of a version: as it was sent for sign-off, else as it would be made from the draft today.
fn text(seat: &Seat, file: &CaseFile, version: &Version<'_>) -> String {
    match version.letter {
        Some(letter) => letter.words.text.clone(),
        None => letter::text_of(seat, file, version.decision, version.author),
    }
}

/// A letter that went out with its words; what was only told is on the timeline.
fn sent(seat: &Seat, file: &CaseFile, recorded: &Recorded) -> Option<SentLetter> {
    let delivered = match &recorded.event {
        Event::DecisionCommunicated(delivered) | Event::LetterDelivered(delivered) if !delivered.is_told() => delivered,
        _ => return None,
    };
    let proven = file.proven.get(&recorded.sequence);
    let version = proven.and_then(|proven| proven.version);
    let version = version.map_or_else(String::new, |number| format!(", version {number}"));
    Some(SentLetter {
        title: format!("{}{version}", capital(delivered.letter.words())),
        how: how(seat, file, delivered),
        proof: proven.map(proof),
        subject: delivered.subject.clone(),
        text: delivered.text.clone(),
    })
}

fn how(seat: &Seat, file: &CaseFile, delivered: &LetterDelivered) -> String {
    let told = &delivered.communicated;
    let way = capital(&through(told.by.words()));
    format!("{way} to {}, {}", person(file), seat.wall().when_inside(told.at))
}

fn proof(proven: &Proven) -> (String, Tag) {
    let says = match (proven.holds, proven.version) {
        (true, Some(_)) => Tag::new("Exactly what was approved", Tone::Good),
        (true, None) => Tag::new("Exactly what was decided", Tone::Good),
        (false, _) => Tag::new("Not what is on record: tell whoever runs this service", Tone::Bad),
    };
    (short(&proven.sha256), says)
}

/// The beginning of a hash, in groups that can be read out.
pub(crate) fn short(sha256: &str) -> String {
    let digits: Vec<char> = sha256.chars().take(16).collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}
