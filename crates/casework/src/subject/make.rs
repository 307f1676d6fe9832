//! Everything of a copy before anything is left out, with what the rules suggest to leave out; and the person's own files.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rules::case::change::permit;
use rules::case::{Case, Event, Reference, Refused};
use rules::confidential::Sight;
use rules::confidential::names::{Known, People};
use rules::people::{Act, Person};
use rules::subject::{CaseCopy, Copy, Others, SCHEMA, Suggestion, VERSION, apart_copy, case_copy, suggestions, told};

use crate::clearance::look;
use crate::desk::CaseFile;
use crate::desk::case_file;
use crate::files::Download;
use crate::{ActError, Office, looks};

/// How many bytes of files a copy holds at most: it is made in memory. What is more is given apart.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A copy before anything is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// All of it.
    pub copy: Copy,
    /// What the rules would leave out.
    pub suggestions: Vec<Suggestion>,
}

/// Reads the cases of a copy. That a restricted one was looked at is on record. Of one that is sealed, the copy has what the stub tells.
///
/// # Errors
/// When the person may not, no case is chosen, or one is not there for them; when the store cannot be read.
pub async fn prepare(office: &Office, by: &Person, of: &[Reference], asked_on: Date) -> Result<Prepared, ActError> {
    permit(by, Act::ExportSubject)?;
    if of.is_empty() {
        return Err(Refused::field("case", "Choose the cases that are theirs").into());
    }
    let institution = office.institution();
    let contact = format!("{}, {}", institution.unit, institution.phone);
    let (mut cases, mut whole) = (Vec::new(), Vec::new());
    for reference in of {
        match case_file::for_staff(office, reference, by).await {
            Err(ActError::NotFound) => cases.push(apart(office, (reference, by), &contact).await?),
            file => {
                let file = file?;
                cases.push(case_copy(&file.case, &file.history, &file.in_force.setting(file.now)));
                whole.push(file);
            }
        }
    }
    // What stands in every letter is no other person's.
    let mut own: Vec<String> = whole.iter().flat_map(|file| own(&file.case)).collect();
    own.extend([institution.phone.clone(), institution.unit.clone()]);
    cases.sort_by(|one, other| (one.received_on, &one.reference).cmp(&(other.received_on, &other.reference)));
    within_bounds(&mut cases);
    let people = office.people_known();
    let suggestions = suggestions(
        &cases,
        Others {
            people: &people,
            own: &own,
            complained: &People::of(complained(office, &whole, by).await?),
        },
    );
    let copy = Copy {
        schema: SCHEMA,
        version: VERSION,
        controller: institution.organisation.clone(),
        asked_on,
        made_on: office.active().setting(office.now()).today(),
        told: told(&institution.organisation, &contact),
        cases,
    };
    Ok(Prepared { copy, suggestions })
}

/// What is the person's own by one of their cases: names, addresses, numbers.
fn own(case: &Case) -> Vec<String> {
    let (now, then) = (&case.complainant, &case.received.complainant);
    let own = [
        &now.name,
        &then.name,
        &now.email,
        &then.email,
        &now.phone,
        &then.phone,
        &then.username,
    ];
    own.into_iter().flatten().cloned().collect()
}

/// A case of which no words are here.
async fn apart(office: &Office, (of, by): (&Reference, &Person), contact: &str) -> Result<CaseCopy, ActError> {
    let case = look(office, of, by, Sight::Outline).await?.case;
    if !case.is_sealed() {
        return Err(ActError::NotFound);
    }
    looks::put_outline(office, of, by).await?;
    Ok(apart_copy(
        &case,
        &office.procedure_of(&case)?.setting(office.now()),
        contact,
    ))
}

/// Who complained about the same matter: those of linked cases that whoever makes the copy sees.
async fn complained(office: &Office, whole: &[CaseFile], by: &Person) -> Result<Vec<Known>, ActError> {
    let links = whole
        .iter()
        .flat_map(|file| &file.history)
        .filter_map(|recorded| match &recorded.event {
            Event::CaseLinked(link) => Some(link.with.clone()),
            _ => None,
        });
    let linked: BTreeSet<Reference> = links.collect();
    let mut known = Vec::new();
    for reference in linked
        .iter()
        .filter(|one| whole.iter().all(|file| file.case.reference != **one))
    {
        let other = match case_file::for_a_line(office, reference, by).await {
            Err(ActError::NotFound) => continue,
            other => other?.case,
        };
        known.push(Known {
            key: reference.to_string(),
            name: other.complainant.name.clone().unwrap_or_default(),
            username: other.complainant.username.clone(),
            email: other.complainant.email.clone(),
        });
    }
    Ok(known)
}

/// Files beyond what a copy holds are named in it and not in it.
fn within_bounds(cases: &mut [CaseCopy]) {
    let mut left = MOST_BYTES;
    for file in cases.iter_mut().flat_map(|case| &mut case.files) {
        if file.in_copy.is_some() {
            match left.checked_sub(file.size) {
                Some(rest) => left = rest,
                None => file.in_copy = None,
            }
        }
    }
}

/// The person's own files of a copy: where each lies in it, and its bytes.
///
/// # Errors
/// When one cannot be opened by whoever makes the copy, or its bytes are not those that came.
pub async fn files(office: &Office, by: &Person, copy: &Copy) -> Result<Vec<(String, Vec<u8>)>, ActError> {
    let mut files = Vec::new();
    for case in &copy.cases {
        let wanted: Vec<_> = case
            .files
            .iter()
            .filter_map(|file| Some((file.in_copy.clone()?, &file.id)))
            .collect();
        if wanted.is_empty() {
            continue;
        }
        let reference: Reference = case.reference.parse().map_err(|_| ActError::NotFound)?;
        let opened = case_file::for_a_file(office, &reference, by).await?;
        for (place, id) in wanted {
            let mut download: Download = crate::files::open(office, &opened, id, |_| true).await?;
            let mut bytes = Vec::new();
            while let Some(chunk) = download.next_chunk().await? {
                bytes.extend_from_slice(&chunk);
            }
            files.push((place, bytes));
        }
    }
    Ok(files)
}
