//! Sign-off: the letters that wait, and one letter to approve or send back (R78, R28).

use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::{CaseFile, Shown as Listed};
use casework::handling::Seen;
use casework::handling::approve::{approve, send_back};
use rules::case::event::Event;
use rules::case::state::Draft;
use rules::case::{Refused, State};
use rules::confidential::Sight;
use rules::handling::hand_on::{AtWork, delegates};
use rules::handling::sign_off::{Read, can_edit, conflict, may_sign};
use rules::handling::versions::{last_seen, versions};
use rules::people::{Act, Person, Role};

use super::brief::{brief, clock};
use super::investigation::findings_behind;
use super::sent::Sent;
use super::{OnCase, came_back, fresh, letter, letters};
use crate::page::words::count;
use crate::staff::desk::rows::row;
use crate::staff::desk::{Done, Fault, Seat, StaffForm};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use crate::staff::sign_off::{Lock, SignOffLetter, SignOffLine, SignOffList, Since};

/// What is said after words of a letter were changed.
const EDITED: &str = "Saved as a new version, and its author is told. Read the letter again, then sign it off.";

/// The letters that wait, the soonest date first.
pub async fn list(seat: Seat, query: axum::extract::Query<super::Query>) -> Response {
    match lines(&seat).await {
        Ok(lines) => {
            let summary = match lines.len() {
                0 => String::new(),
                waiting => format!(
                    "{} waiting, the soonest date first.{}",
                    count(waiting as u64, "letter is", "letters are"),
                    first_due(&lines)
                ),
            };
            let notice = match query.done.as_str() {
                "approved" => Some("Signed off. The letter is on its way.".to_owned()),
                "returned" => Some("Sent back to its author.".to_owned()),
                _ => None,
            };
            seat.page(&SignOffList { summary, notice, lines }).await
        }
        Err(fault) => fault.into_response(&seat, &crate::http::Posted::default()).await,
    }
}

/// How soon the first of them is due.
fn first_due(lines: &[SignOffLine]) -> String {
    lines
        .first()
        .map_or_else(String::new, |line| format!(" The first: {}.", line.clock.line))
}

async fn lines(seat: &Seat) -> Result<Vec<SignOffLine>, Fault> {
    let page = seat.door.list(&Listed::SignOff, None).await?;
    let mut lines = Vec::new();
    for line in page.lines.into_iter().filter(|line| line.sight == Sight::Whole) {
        let reference = line.reference.parse().map_err(|_| casework::ActError::NotFound)?;
        let file = seat.door.case_for_a_line(&reference).await?;
        let row = row(seat, &line, crate::staff::desk::rows::Owners::Named);
        let locked = conflict(&file.case, seat.door.person()).is_some();
        let mut tags = row.tags;
        if locked {
            tags.push(Tag::new("Not for you", Tone::Grey));
        }
        tags.extend(handed_on(seat, &file));
        lines.push(SignOffLine {
            href: paths::sign_off(&line.reference),
            title: row.title,
            reference: row.reference,
            tags,
            by: writer(seat, &file).map_or_else(|| FORMER.to_owned(), |person| person.name),
            version: version_words(seat, &file),
            clock: clock(&seat.wall(), &file),
        });
    }
    Ok(lines)
}

/// That it was handed on, and to whom.
fn handed_on(seat: &Seat, file: &CaseFile) -> Option<Tag> {
    let on = file.case.draft()?.handed_on.as_ref()?;
    Some(match on.to {
        Some(to) if to == seat.door.person().id => Tag::new("Handed to you", Tone::Warn),
        Some(to) => Tag::new(&format!("Handed to {}", seat.door.office().name_of(to)), Tone::Grey),
        None => Tag::new("Nobody has acted", Tone::Bad),
    })
}

/// The details, the letters, and the audit trail for those who may read it.
fn others(seat: &Seat, file: &CaseFile) -> Vec<Link> {
    let page = |page: &str| paths::case_act(&file.case.reference.to_string(), page);
    let mut others = vec![
        Link::new("Details", &page("details")),
        Link::new("All versions", &page("letters")),
    ];
    if seat.may(Act::SeeAudit) {
        others.push(Link::new("Audit", &page("audit")));
    }
    others
}

/// Who wrote a letter whose author has left.
const FORMER: &str = "a former member of staff";

fn writer(seat: &Seat, file: &CaseFile) -> Option<Person> {
    let author = file.case.draft().and_then(|draft| draft.author);
    author.and_then(|id| seat.door.office().person_ever(id))
}

/// First name, and full name with job, of whoever wrote the letter.
pub(super) fn author(seat: &Seat, file: &CaseFile) -> (String, String) {
    match writer(seat, file) {
        Some(person) => (
            person.first_name().to_owned(),
            format!("investigated by {}, {}", person.name, person.job_title),
        ),
        None => ("the author".to_owned(), format!("written by {FORMER}")),
    }
}

fn version_words(seat: &Seat, file: &CaseFile) -> String {
    let version = file.case.draft().map_or(0, |draft| draft.version);
    let asked = file
        .history
        .iter()
        .rev()
        .find(|recorded| matches!(recorded.event, Event::SignOffRequested(_)));
    let since = asked.map_or_else(String::new, |recorded| {
        format!(", waiting since {}", seat.wall().when_inside(recorded.at))
    });
    format!("Version {version}{since}")
}

/// One letter.
pub async fn show(OnCase { seat, file }: OnCase, query: axum::extract::Query<super::Query>) -> Response {
    match page(&seat, &file, fresh(&file)) {
        Ok(page) => {
            let notice = (query.done == "edited").then(|| EDITED.to_owned());
            seat.page(&SignOffLetter { notice, ..page }).await
        }
        Err(fault) => fault.into_response(&seat, &crate::http::Posted::default()).await,
    }
}

/// Approved, or sent back.
pub async fn send(Sent { form, file }: Sent) -> Response {
    let seat = &form.seat;
    let fault = match act(&form, &file).await {
        Ok(response) => return response,
        Err(fault) => fault,
    };
    let again = came_back(&form, &fault, "decision").and_then(|state| page(seat, &file, state).ok());
    match again {
        Some(page) => seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        None => fault.into_response(seat, &form.posted).await,
    }
}

async fn act(form: &StaffForm, file: &CaseFile) -> Result<Response, Fault> {
    let read = read(form);
    let once = form.once();
    // The version in the form is what was read; other events on the case do not change the letter.
    let hand = form.seat.door.hand(&file.case.reference, Seen::Whatever, &once);
    match form.get("decision") {
        "approve" if form.get("read") != "yes" => {
            Err(Refused::field("read", "Confirm that you have read it and were not involved").into())
        }
        "approve" => {
            approve(hand, &read, form.posted.some("comments").map(str::to_owned)).await?;
            Ok(Done::see(&format!("{}?done=approved", paths::SIGN_OFF)))
        }
        "return" => {
            send_back(hand, read.version, form.get("comments")).await?;
            Ok(Done::see(&format!("{}?done=returned", paths::SIGN_OFF)))
        }
        "edit" => Ok(Done::see(&paths::sign_off_edit(&file.case.reference.to_string()))),
        _ => Err(Refused::field("decision", "Choose what should happen to this letter").into()),
    }
}

/// What the form says that somebody had before them.
pub(super) fn read(form: &StaffForm) -> Read {
    Read {
        version: form.get("version").parse().unwrap_or(0),
        sha256: form.get("sha256").to_owned(),
    }
}

/// The letter that waits, or why there is none.
pub(super) fn waiting(file: &CaseFile) -> Result<&Draft, Fault> {
    match &file.case.state {
        State::SignOff(_, draft) => Ok(draft),
        _ => Err(Refused::NotNow(
            "This case has no letter that waits for sign-off. Somebody may have acted a moment ago.".to_owned(),
        )
        .into()),
    }
}

/// "This letter changed while you were reading. This is version 3."; nothing where it is what was read.
pub(super) fn changed(draft: &Draft, form: &FormState) -> Option<String> {
    let now = Read::of(draft);
    let (version, hash) = (form.answers.get("version"), form.answers.get("sha256"));
    let other = !version.is_empty() && (version != now.version.to_string() || hash != now.sha256);
    other.then(|| {
        format!(
            "This letter changed while you had it open. This is version {}; what changed is marked.",
            draft.version
        )
    })
}

fn page(seat: &Seat, file: &CaseFile, form: FormState) -> Result<SignOffLetter, Fault> {
    let draft = waiting(file)?;
    let shown = letter::that_waits(seat, file, draft);
    let (first_name, by) = author(seat, file);
    let lock = lock(seat, file);
    Ok(SignOffLetter {
        case: brief(seat, file),
        others: others(seat, file),
        by,
        author: first_name,
        version: draft.version,
        sha256: Read::of(draft).sha256,
        letter: shown.letter,
        changes: since(seat, file, draft),
        findings: findings_behind(seat, file, draft),
        may_edit: lock.is_none() && can_edit(&file.case, &file.in_force.setting(file.now)).is_ok(),
        checks: shown.checks,
        changed: changed(draft, &form),
        notice: None,
        lock,
        form,
    })
}

/// What changed since the version that the reader last had before them; nothing where this is the first.
fn since(seat: &Seat, file: &CaseFile, draft: &Draft) -> Option<Since> {
    let versions = versions(&file.history);
    let seen = last_seen(&file.history, seat.door.person().id)?;
    let newer = versions.iter().find(|version| version.number == draft.version)?;
    let older = versions
        .iter()
        .find(|version| version.number == seen && seen < draft.version);
    // Who changed it themselves last sees their own changes since the version before.
    let before = versions.iter().rev().find(|version| version.number < draft.version);
    let older = older.or(before)?;
    let first = versions.first()?;
    let mut others = vec![Link::new(
        "All versions",
        &paths::case_act(&file.case.reference.to_string(), "letters"),
    )];
    if first.number < older.number {
        let href = letters::href(file, newer.number, first.number);
        others.insert(
            0,
            Link::new(&format!("Changes since the first, version {}", first.number), &href),
        );
    }
    Some(Since {
        heading: format!("Changes since version {}", older.number),
        changes: letters::changes(seat, file, older, newer),
        others,
    })
}

/// Why this person may not decide about this letter, and who may.
pub(super) fn lock(seat: &Seat, file: &CaseFile) -> Option<Lock> {
    let person = seat.door.person();
    let signs = may_sign(&file.case, person);
    let reason = if signs {
        conflict(&file.case, person)?
    } else {
        "Only senior management can sign a letter off.".to_owned()
    };
    let office = seat.door.office();
    let named = |person: &Person| format!("{}, {}", person.name, person.job_title);
    let holders = seat.holders(&[Role::SignOffAuthority]);
    let free = holders.iter().filter(|holder| conflict(&file.case, holder).is_none());
    let mut can: Vec<String> = free.map(named).collect();
    let people: Vec<Person> = office.people().values().cloned().collect();
    let delegations = office.delegations();
    let at_work = AtWork {
        people: &people,
        delegations: &delegations,
    };
    let setting = file.in_force.setting(file.now);
    can.extend(
        delegates(&file.case, at_work, &setting)
            .filter(|(delegate, _)| !delegate.is(Role::SignOffAuthority))
            .map(|(delegate, whom)| {
                format!(
                    "{}, who stands in for {} when the date is near",
                    named(delegate),
                    office.name_of(whom)
                )
            }),
    );
    let away = Link::new("Name somebody who stands in for you", &format!("{}#away", paths::ME));
    Some(Lock {
        reason,
        delegates: can,
        name_one: signs.then_some(away),
    })
}
