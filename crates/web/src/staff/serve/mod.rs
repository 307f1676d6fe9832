//! Serving the pages of one case and the acts on it: each file reads a form, calls one act and answers.

pub mod assign;
pub mod brief;
pub mod case;
pub mod closing;
pub mod confidential;
pub mod consent;
pub mod contact;
pub mod decide;
pub mod decision;
pub mod details;
pub mod draft;
pub mod edit_letter;
pub mod escalation;
pub mod extend;
mod facts;
pub mod file;
pub mod glass;
pub mod group;
pub mod handover;
pub mod investigation;
pub mod keeping;
pub mod letter;
pub mod letters;
pub mod looked;
pub mod new_issue;
pub(crate) mod notice;
mod outline;
pub mod question;
pub mod rail;
pub mod redact;
pub mod regime;
mod routes;
pub mod saying;
pub(crate) mod sent;
pub mod sign_off;
pub mod stage_2;
pub mod timeline;
pub(crate) mod undelivered;
pub mod write;

pub(crate) use routes::cases;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use casework::desk::CaseFile;
use casework::looks::OnRecord;
use rules::case::Reference;
use rules::confidential::looks::Way;
use rules::handling::triage::owner_conflict;
use rules::people::Person;
use rules::procedure::Stage;

use super::desk::{Fault, Seat, StaffForm};
use super::on_record::Entries;
use super::parts::form::{FormState, Pick};
use super::parts::people_select::Candidate;
use crate::http::{Asked, Posted, Site, once};

/// The case of a request, for the person who sent it: loaded once, or the page that says there is none.
pub struct OnCase {
    /// Who.
    pub seat: Seat,
    /// Which.
    pub file: CaseFile,
}

impl FromRequestParts<Site> for OnCase {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<OnCase, Response> {
        let seat = Seat::from_request_parts(parts, site).await?;
        let Path(reference) = Path::<CasePath>::from_request_parts(parts, site)
            .await
            .map_err(IntoResponse::into_response)?;
        let way = match Asked::of(parts.uri.query().unwrap_or("")).get("by") {
            "search" => Way::Search,
            _ => Way::Page,
        };
        match looked_at(&seat, &reference.reference, way).await {
            Ok((file, entry)) => {
                if let Some(entries) = parts.extensions.get::<Entries>() {
                    entries.add(entry);
                } else if let Err(fault) = entry.kept().await {
                    return Err(Fault::from(fault).into_response(&seat, &Posted::default()).await);
                }
                Ok(OnCase { seat, file })
            }
            Err(fault) => Err(outline::instead(&seat, &reference.reference, fault).await),
        }
    }
}

/// The part of an address that names a case.
#[derive(Debug, serde::Deserialize)]
pub struct CasePath {
    /// The reference as typed.
    pub reference: String,
}

/// What may stand behind the question mark of a page.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Query {
    /// What was just done: a code for which the page has words.
    pub done: String,
    /// Which form of the composer is open.
    pub write: String,
    /// Which entries of the timeline are shown.
    pub show: String,
    /// The draft whose words stand in the form.
    pub draft: String,
    /// The case whose findings a decision takes over.
    pub from: String,
}

/// A case by what stands in the address.
pub(crate) async fn open(seat: &Seat, reference: &str) -> Result<CaseFile, Fault> {
    let reference: Reference = reference.parse().map_err(|_| casework::ActError::NotFound)?;
    Ok(seat.door.case(&reference).await?)
}

/// A case by what stands in the address, with its entry in the access log on its way.
async fn looked_at(seat: &Seat, reference: &str, way: Way) -> Result<(CaseFile, OnRecord), Fault> {
    let reference: Reference = reference.parse().map_err(|_| casework::ActError::NotFound)?;
    Ok(seat.door.case_by(&reference, way).await?)
}

/// An untouched form about a case: its key, and what of the case has been read.
pub(crate) fn fresh(file: &CaseFile) -> FormState {
    FormState::fresh(&once::key()).answered(&[("seen", &file.case.sequence.to_string())])
}

/// A form that came back, with what to do beside its fields.
pub(crate) fn came_back(form: &StaffForm, fault: &Fault, first_field: &str) -> Option<FormState> {
    let errors = fault.beside_fields(first_field)?.and(&form.files.errors());
    Some(FormState { errors, ..form.state() })
}

/// The people who may work at a stage, those with a conflict greyed with the reason (R28). Of a restricted case only those who may have it: a
/// greyed name would tell who is complained about.
pub(crate) fn candidates(seat: &Seat, file: &CaseFile, stage: &Stage) -> Vec<Candidate> {
    let people = seat.holders(&stage.handlers);
    let offered = |person: &&Person| !file.case.is_restricted() || owner_conflict(&file.case, person, stage).is_none();
    people
        .iter()
        .filter(offered)
        .map(|person| {
            let (value, label) = (
                person.id.0.to_string(),
                format!("{}, {}", person.name, person.job_title),
            );
            match owner_conflict(&file.case, person, stage) {
                Some(reason) => Candidate::barred(
                    &value,
                    &label,
                    reason.split(". ").next().unwrap_or(&reason).trim_end_matches('.'),
                ),
                None => Candidate::free(&value, &label),
            }
        })
        .collect()
}

/// The member of staff whom a form names.
pub(crate) fn named(seat: &Seat, value: &str, field: &'static str, message: &str) -> Result<Person, Fault> {
    let id = value.trim().parse().ok().map(rules::people::StaffId);
    let person = id.and_then(|id| seat.door.office().person(id));
    person.ok_or_else(|| rules::case::Refused::field(field, message).into())
}

/// A list of the procedure as answers to a question.
pub(crate) fn picks<'a>(list: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Pick> {
    list.into_iter().map(|(code, name)| Pick::new(code, name)).collect()
}

/// An axis of categories as answers: what can be chosen now, and what the case carries already.
pub(crate) fn axis(file: &CaseFile, axis: &str) -> Vec<Pick> {
    let carried = file.case.category.as_ref().map(|category| match axis {
        "service" => category.service.as_str(),
        _ => category.problem.as_str(),
    });
    let mut offered = picks(
        file.catalogue
            .offered(axis)
            .map(|category| (category.code.as_str(), category.name.as_str())),
    );
    if let Some(code) = carried.filter(|code| !code.is_empty() && offered.iter().all(|pick| pick.value != **code)) {
        let name = file.catalogue.name_or_code(axis, code);
        offered.push(Pick::new(code, &format!("{name} (no longer offered)")));
    }
    offered
}
