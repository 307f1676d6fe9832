//! Sign-off: the letters that wait, and one letter to approve or send back (R78, R28).

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::{CaseFile, Shown as Listed};
use casework::handling::Seen;
use casework::handling::approve::{approve, send_back};
use rules::case::event::Event;
use rules::case::{Refused, State};
use rules::confidential::Sight;
use rules::handling::sign_off::conflict;
use rules::people::{Act, Person, Role};

use super::brief::{brief, clock};
use super::{CasePath, OnCase, came_back, fresh, letter};
use crate::page::words::count;
use crate::staff::desk::rows::row;
use crate::staff::desk::{Done, Fault, Seat, StaffForm};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use crate::staff::sign_off::{Lock, SignOffLetter, SignOffLine, SignOffList};

/// The letters that wait, the soonest date first.
pub async fn list(seat: Seat, query: axum::extract::Query<super::Query>) -> Response {
    match lines(&seat).await {
        Ok(lines) => {
            let summary = match lines.len() {
                0 => String::new(),
                waiting => format!("{} waiting.", count(waiting as u64, "letter is", "letters are")),
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

/// The details, and the audit trail for those who may read it.
fn others(seat: &Seat, file: &CaseFile) -> Vec<Link> {
    let page = |page: &str| paths::case_act(&file.case.reference.to_string(), page);
    let mut others = vec![Link::new("Details", &page("details"))];
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
fn author(seat: &Seat, file: &CaseFile) -> (String, String) {
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
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    match page(&seat, &file, fresh(&file)) {
        Ok(page) => seat.page(&page).await,
        Err(fault) => fault.into_response(&seat, &crate::http::Posted::default()).await,
    }
}

/// Approved, or sent back.
pub async fn send(Path(path): Path<CasePath>, form: StaffForm) -> Response {
    let seat = &form.seat;
    let file = match super::open(seat, &path.reference).await {
        Ok(file) => file,
        Err(fault) => return fault.into_response(seat, &form.posted).await,
    };
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
    let version = form.get("version").parse().unwrap_or(0);
    let once = form.once();
    // The version in the form is what was read; other events on the case do not change the letter.
    let hand = form.seat.door.hand(&file.case.reference, Seen::Whatever, &once);
    match form.get("decision") {
        "approve" if form.get("read") != "yes" => {
            Err(Refused::field("read", "Confirm that you have read it and were not involved").into())
        }
        "approve" => {
            approve(hand, version, form.posted.some("comments").map(str::to_owned)).await?;
            Ok(Done::see(&format!("{}?done=approved", paths::SIGN_OFF)))
        }
        "return" => {
            send_back(hand, version, form.get("comments")).await?;
            Ok(Done::see(&format!("{}?done=returned", paths::SIGN_OFF)))
        }
        _ => Err(Refused::field("decision", "Choose what should happen to this letter").into()),
    }
}

fn page(seat: &Seat, file: &CaseFile, form: FormState) -> Result<SignOffLetter, Fault> {
    let State::SignOff(_, draft) = &file.case.state else {
        return Err(Refused::NotNow(
            "This case has no letter that waits for sign-off. Somebody may have acted a moment ago.".to_owned(),
        )
        .into());
    };
    let shown = letter::of_decision(seat, file, &draft.decision, draft.author);
    let (first_name, by) = author(seat, file);
    let read: u32 = form.answers.get("version").parse().unwrap_or(draft.version);
    let changed = (read != draft.version).then(|| {
        format!(
            "This letter changed while you were reading. This is version {}.",
            draft.version
        )
    });
    Ok(SignOffLetter {
        case: brief(seat, file),
        others: others(seat, file),
        by,
        author: first_name,
        version: draft.version,
        letter: shown.letter,
        checks: shown.checks,
        changed,
        lock: lock(seat, file),
        form,
    })
}

/// Why this person may not decide about this letter, and who may.
fn lock(seat: &Seat, file: &CaseFile) -> Option<Lock> {
    let person = seat.door.person();
    let reason = if seat.may(Act::SignOff) {
        conflict(&file.case, person)?
    } else {
        "Only senior management can sign a letter off.".to_owned()
    };
    let holders = seat.holders(&[Role::SignOffAuthority]);
    let free = holders.iter().filter(|holder| conflict(&file.case, holder).is_none());
    Some(Lock {
        reason,
        delegates: free
            .map(|holder| format!("{}, {}", holder.name, holder.job_title))
            .collect(),
    })
}
