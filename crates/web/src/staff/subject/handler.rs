//! Serving subject access: find, choose, look, and the copy as a file.

use std::collections::BTreeSet;

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use casework::subject::{self, Given, Made, Matches, Prepared};
use jiff::civil::Date;
use rules::case::{Reference, Refused};
use rules::clock::full_date;
use rules::people::Act;
use rules::sentence::capital;
use rules::subject::{Because, CaseCopy, LeavingOut, Sought, Suggestion, sha256};

use super::archive::archive;
use super::document::document;
use super::{Now, Shown, SubjectAccess};
use crate::http::Posted;
use crate::staff::desk::{Fault, Seat, StaffForm, form};
use crate::staff::parts::form::{FormState, Pick};

/// How many copies the page lists.
const LISTED: u32 = 50;

/// The first form.
pub async fn show(seat: Seat) -> Response {
    let page = match page(&seat, Now::Ask, form::fresh()).await {
        Ok(page) => page,
        Err(fault) => return fault.into_response(&seat, &Posted::default()).await,
    };
    seat.page(&page).await
}

/// Finds, shows or makes, as the form says.
pub async fn post(form: StaffForm) -> Response {
    let answered = match form.get("step") {
        "preview" => preview(&form).await,
        "again" => shown_again(&form).await,
        "make" => return make(&form).await,
        _ => find(&form).await,
    };
    match answered {
        Ok(page) => form.seat.page(&page).await,
        Err(fault) => again(&form, fault).await,
    }
}

async fn page(seat: &Seat, now: Now, form: FormState) -> Result<SubjectAccess, Fault> {
    let given = subject::latest(seat.door.office(), seat.door.person(), LISTED).await?;
    Ok(SubjectAccess {
        now,
        given: given.iter().map(|given| line(seat, given)).collect(),
        form,
    })
}

fn line(seat: &Seat, given: &Given) -> [String; 4] {
    let made = &given.made;
    let by = crate::staff::keeping::handler::by(seat, given.by);
    let cases: Vec<String> = made.cases.iter().map(ToString::to_string).collect();
    let whose = given
        .whose
        .clone()
        .unwrap_or_else(|| "Somebody of whom nothing is here to be read".to_owned());
    let files = match made.files {
        0 => String::new(),
        1 => "; one file".to_owned(),
        files => format!("; {files} files"),
    };
    let left_out = match made.left_out {
        0 => "nothing left out".to_owned(),
        1 => "one place left out".to_owned(),
        many => format!("{many} places left out"),
    };
    let changed = made.changed.as_ref().map(|why| format!(". {why}")).unwrap_or_default();
    [
        format!("{}, by {by}", seat.wall().full(given.at)),
        format!("{whose}: {}", cases.join(", ")),
        format!("{}, by {}", full_date(made.asked_on), full_date(made.due_on)),
        format!(
            "page {}, data {}; {left_out}{files}{changed}",
            &made.page_sha256[..16.min(made.page_sha256.len())],
            &made.data_sha256[..16.min(made.data_sha256.len())],
        ),
    ]
}

fn asked_on(form: &StaffForm) -> Result<Date, Refused> {
    let day: Option<Date> = form.get("asked_on").trim().parse().ok();
    let day = day.filter(|day| *day <= form.seat.wall().today());
    day.ok_or_else(|| Refused::field("asked_on", "Enter the day on which they asked"))
}

fn sought(form: &StaffForm) -> Result<Sought, Refused> {
    let typed = form
        .get("references")
        .split(|sign: char| sign.is_whitespace() || sign == ',')
        .filter(|one| !one.is_empty());
    let references: Result<Vec<Reference>, _> = typed.map(str::parse).collect();
    let references = references.map_err(|_| {
        Refused::field(
            "references",
            "Write each reference as FC-10482, with a space between them",
        )
    })?;
    let sought = Sought {
        name: form.get("name").trim().to_owned(),
        email: form.get("email").trim().to_owned(),
        phone: form.get("phone").trim().to_owned(),
        username: form.get("username").trim().to_owned(),
        references,
    };
    match sought == Sought::default() {
        true => Err(Refused::field("name", "Enter something that they gave you")),
        false => Ok(sought),
    }
}

async fn find(form: &StaffForm) -> Result<SubjectAccess, Fault> {
    let seat = &form.seat;
    seat.require(Act::ExportSubject)?;
    asked_on(form)?;
    let found = subject::find(seat.door.office(), seat.door.person(), &sought(form)?).await?;
    page(seat, cases(&found), form.state()).await
}

fn cases(found: &Matches) -> Now {
    let picks = found.cases.iter().map(|one| {
        let because: Vec<&str> = one.because.iter().map(|because: &Because| because.words()).collect();
        Pick::with_hint(
            &one.reference.to_string(),
            &format!("{}, {}, {}", one.reference, one.from, full_date(one.received_on)),
            &format!("{}: {}", one.title, because.join(", ")),
        )
    });
    let apart = found.elsewhere.iter().map(|(reference, received_on)| {
        Pick::with_hint(
            &reference.to_string(),
            &format!("{reference}, {}, with a line manager", full_date(*received_on)),
            "Its dates and its stage alone are told, and where the rest is asked for. Choose it only if they showed you its letter or its receipt code.",
        )
    });
    let elsewhere = found.elsewhere.iter().map(|(reference, _)| {
        format!(
            "Nobody here can read {reference}. Have its line manager answer for what they hold, or ask to open it because somebody asks for their own \
             data."
        )
    });
    let unknown = found
        .unknown
        .iter()
        .map(|reference| format!("There is no {reference}."));
    Now::Cases {
        cases: picks.chain(apart).collect(),
        notes: elsewhere.chain(unknown).collect(),
    }
}

fn chosen(form: &StaffForm) -> Vec<Reference> {
    let chosen = form
        .posted
        .all("case")
        .into_iter()
        .filter_map(|reference| reference.parse().ok());
    let chosen: BTreeSet<Reference> = chosen.collect();
    chosen.into_iter().collect()
}

async fn prepared(form: &StaffForm) -> Result<Prepared, Fault> {
    let seat = &form.seat;
    Ok(subject::prepare(seat.door.office(), seat.door.person(), &chosen(form), asked_on(form)?).await?)
}

async fn preview(form: &StaffForm) -> Result<SubjectAccess, Fault> {
    let prepared = prepared(form).await?;
    let ticked = prepared.suggestions.iter().map(|one| ("leave", one.id.as_str()));
    let kept = super::ASKED.iter().map(|name| (*name, form.get(name)));
    let answers: Vec<(&str, &str)> = kept.chain(ticked).collect();
    let state = FormState::fresh(&form.once()).answered(&answers);
    page(&form.seat, before(&prepared), state).await
}

/// The same with what is ticked and typed now.
async fn shown_again(form: &StaffForm) -> Result<SubjectAccess, Fault> {
    let prepared = prepared(form).await?;
    page(&form.seat, before_with(&prepared, &leaving_out(form)), form.state()).await
}

fn before(prepared: &Prepared) -> Now {
    before_with(prepared, &LeavingOut::all(&prepared.suggestions))
}

fn before_with(prepared: &Prepared, leaving_out: &LeavingOut) -> Now {
    let picks = prepared.suggestions.iter().map(|one: &Suggestion| {
        let what = match one.times {
            1 => one.what.clone(),
            many => format!("{}, in {many} places", one.what),
        };
        Pick::with_hint(&one.id, &what, &format!("{}: {}", capital(one.why.words()), one.around))
    });
    let (copy, _) = leaving_out.from_copy(prepared.copy.clone());
    Now::Preview {
        cases: copy.cases.iter().map(|case| case.reference.clone()).collect(),
        suggestions: picks.collect(),
        shown: copy.cases.iter().flat_map(shown).collect(),
    }
}

/// A case of the copy as the preview shows it.
fn shown(case: &CaseCopy) -> Vec<Shown> {
    let stands = case
        .stands
        .iter()
        .map(|line| format!("{}: {}", capital(&line.name), line.value));
    let apart: Vec<String> = stands.chain(case.held_back.clone()).collect();
    let apart = (!apart.is_empty()).then(|| Shown {
        what: case.reference.clone(),
        words: apart.join("\n\n"),
    });
    let entries = case.entries.iter().map(|entry| {
        let words: Vec<&str> = entry.texts.iter().map(|text| text.text.as_str()).collect();
        Shown {
            what: format!("{}, no. {}: {}", case.reference, entry.number, entry.what),
            words: words.join("\n\n"),
        }
    });
    apart.into_iter().chain(entries).collect()
}

fn leaving_out(form: &StaffForm) -> LeavingOut {
    let also = form.get("also").lines().map(str::trim).filter(|line| !line.is_empty());
    LeavingOut {
        ids: form.posted.all("leave").into_iter().map(str::to_owned).collect(),
        also: also.map(str::to_owned).collect(),
    }
}

/// Makes the copy. It is on record before it is given, and nothing of it is kept.
async fn make(form: &StaffForm) -> Response {
    match made(form).await {
        Ok((name, bytes)) => {
            let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
            let Ok(disposition) = disposition else {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            };
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static("application/zip")),
                (CONTENT_DISPOSITION, disposition),
                (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (headers, bytes).into_response()
        }
        Err(fault) => again(form, fault).await,
    }
}

async fn made(form: &StaffForm) -> Result<(String, Vec<u8>), Fault> {
    let seat = &form.seat;
    let (office, by) = (seat.door.office(), seat.door.person());
    let prepared = prepared(form).await?;
    let leaving_out = leaving_out(form);
    let why = form.get("changed_why").trim();
    let changed = leaving_out.differs(&prepared.suggestions);
    if changed && why.is_empty() {
        return Err(Refused::field("changed_why", "Say why more or less is left out than was suggested").into());
    }
    let (copy, left_out) = leaving_out.from_copy(prepared.copy);
    let page = document(&copy, &seat.wall()).into_bytes();
    let data = copy.data().map_err(casework::ActError::from)?;
    let files = subject::files(office, by, &copy).await?;
    let record = Made {
        asked_on: copy.asked_on,
        cases: chosen(form),
        files: u32::try_from(files.len()).unwrap_or(u32::MAX),
        page_sha256: sha256(&page),
        data_sha256: sha256(&data),
        left_out,
        changed: changed.then(|| why.to_owned()),
        once: form.once(),
    };
    subject::put(office, by, &record).await?;
    let mut all = vec![("copy.html".to_owned(), page), ("copy.json".to_owned(), data)];
    all.extend(files);
    Ok((format!("copy-{}.zip", copy.made_on), archive(&all)))
}

/// The step that came back, with what to do and nothing lost.
async fn again(form: &StaffForm, fault: Fault) -> Response {
    let seat = &form.seat;
    let first_field = match form.get("step") {
        "make" | "again" => "also",
        "preview" => "case",
        _ => "name",
    };
    let Some(errors) = fault.beside_fields(first_field) else {
        return fault.into_response(seat, &form.posted).await;
    };
    let now = match (form.get("step"), asked_on(form)) {
        (_, Err(_)) => Now::Ask,
        ("make" | "again", Ok(_)) => match prepared(form).await {
            Ok(prepared) => before_with(&prepared, &leaving_out(form)),
            Err(_) => Now::Ask,
        },
        ("preview", Ok(_)) => match sought(form) {
            Ok(sought) => match subject::find(seat.door.office(), seat.door.person(), &sought).await {
                Ok(found) => cases(&found),
                Err(_) => Now::Ask,
            },
            Err(_) => Now::Ask,
        },
        _ => Now::Ask,
    };
    let state = FormState { errors, ..form.state() };
    match page(seat, now, state).await {
        Ok(page) => seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        Err(fault) => fault.into_response(seat, &form.posted).await,
    }
}
