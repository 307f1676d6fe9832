//! Serving the access log: to those who watch over it, and to each person their own part.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::looks::{self, SeenLine};
use jiff::civil::Date;
use rules::case::Reference;
use rules::people::{Act, StaffId};
use rules::sentence::capital;

use super::{AccessLog, CaseSeen, SeenRow, Whose};
use crate::http::asked::address;
use crate::http::{Asked, Posted};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::parts::table_file::{plain, table_file};
use crate::staff::paths;
use crate::staff::serve::CasePath;

/// The columns of the file.
const COLUMNS: [&str; 5] = ["when", "who", "way", "case", "about"];

/// What the address asks for.
struct Sought {
    asked: looks::Asked,
    /// What was typed as a day and is none.
    wrong: Option<&'static str>,
}

impl Sought {
    fn of(seat: &Seat, asked: &Asked) -> Sought {
        let on: Option<Date> = asked.get("on").trim().parse().ok();
        let is_wrong = on.is_none() && asked.some("on").is_some();
        let who = match seat.may(Act::SeeAccessLog) {
            true => asked.get("who").parse().ok().map(StaffId),
            // Everybody else is shown their own, whatever stands in the address.
            false => Some(seat.door.person().id),
        };
        Sought {
            asked: looks::Asked { who, on },
            wrong: is_wrong.then_some("Type a day, for example 2026-10-13"),
        }
    }
}

/// A page of the log.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let sought = Sought::of(&seat, &asked);
    let typed = [("who", asked.get("who")), ("on", asked.get("on"))];
    let form = FormState::default().answered(&typed);
    if let Some(message) = sought.wrong {
        let page = page(&seat, form.wrong("on", message), &[]);
        return seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await;
    }
    let (office, by) = (seat.door.office(), seat.door.person());
    match looks::by_person_and_day(office, sought.asked, asked.some("before"), by).await {
        Ok(found) => {
            let next = |before: &String| address(paths::ACCESS_LOG, &[typed[0], typed[1], ("before", before)]);
            let file = Link::new("Save as a table (CSV)", &address(paths::ACCESS_LOG_FILE, &typed));
            let page = AccessLog {
                next: found.next.as_ref().map(next),
                file: (!found.lines.is_empty()).then_some(file),
                ..page(&seat, form, &found.lines)
            };
            seat.page(&page).await
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// The same as a file; that it was saved is an entry too.
pub async fn save(seat: Seat, asked: Asked) -> Response {
    let sought = Sought::of(&seat, &asked);
    match looks::save(seat.door.office(), sought.asked, seat.door.person()).await {
        Ok(lines) => {
            let rows: Vec<_> = lines.iter().map(|line| cells(&seat, line)).collect();
            table_file("access-log.csv", &COLUMNS, &rows)
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// Who has seen a case.
pub async fn of_case(seat: Seat, Path(path): Path<CasePath>, asked: Asked) -> Response {
    match seen(&seat, &path.reference, asked.some("before")).await {
        Ok(page) => seat.page(&page).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

async fn seen(seat: &Seat, reference: &str, before: Option<&str>) -> Result<CaseSeen, ActError> {
    let reference: Reference = reference.parse().map_err(|_| ActError::NotFound)?;
    let (found, lists) = looks::of_case(seat.door.office(), &reference, before, seat.door.person()).await?;
    let reference = reference.to_string();
    let of_it = |line: &SeenLine| SeenRow {
        case: None,
        ..row(seat, line)
    };
    let next = |before: &String| address(&paths::case_act(&reference, "seen"), &[("before", before)]);
    Ok(CaseSeen {
        rows: found.lines.iter().map(of_it).collect(),
        lists: lists.iter().map(of_it).collect(),
        next: found.next.as_ref().map(next),
        reference,
    })
}

fn page(seat: &Seat, form: FormState, lines: &[SeenLine]) -> AccessLog {
    let whose = match seat.may(Act::SeeAccessLog) {
        true => Whose::Anybodys(people(seat)),
        false => Whose::Own,
    };
    AccessLog {
        whose,
        form,
        rows: lines.iter().map(|line| row(seat, line)).collect(),
        file: None,
        next: None,
    }
}

/// Everybody who works here, by name.
fn people(seat: &Seat) -> Vec<Pick> {
    let people = seat.door.office().people();
    let mut picks: Vec<Pick> = people
        .values()
        .map(|person| Pick::new(&person.id.0.to_string(), &person.name))
        .collect();
    picks.sort_by(|one, other| (&one.label, &one.value).cmp(&(&other.label, &other.value)));
    picks
}

fn row(seat: &Seat, line: &SeenLine) -> SeenRow {
    SeenRow {
        when: seat.wall().second(line.at),
        who: seat.door.office().name_in_list(line.who),
        what: line.way.map_or_else(
            || "Something that a later version knows".to_owned(),
            |way| capital(way.words()),
        ),
        about: line.about.clone().filter(|about| !about.is_empty()),
        case: line.case.as_ref().map(|case| Link::new(case, &paths::case(case))),
    }
}

fn cells(seat: &Seat, line: &SeenLine) -> [String; 5] {
    [
        line.at.to_string(),
        plain(seat.door.office().name_of(line.who)),
        line.way.map_or_else(String::new, |way| way.code().to_owned()),
        line.case.clone().unwrap_or_default(),
        plain(line.about.clone().unwrap_or_default()),
    ]
}
