//! Everything of a copy before anything is left out, with what the rules suggest to leave out; and the person's own files.

use jiff::civil::Date;
use rules::case::change::permit;
use rules::case::{Reference, Refused};
use rules::people::{Act, Person};
use rules::subject::{CaseCopy, Copy, Others, SCHEMA, Suggestion, VERSION, case_copy, suggestions, told};

use crate::desk::case_file;
use crate::files::Download;
use crate::{ActError, Office};

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

/// Reads the cases of a copy. That a restricted one was looked at is on record.
///
/// # Errors
/// When the person may not, no case is chosen, or one is not there for them; when the store cannot be read.
pub async fn prepare(office: &Office, by: &Person, of: &[Reference], asked_on: Date) -> Result<Prepared, ActError> {
    permit(by, Act::ExportSubject)?;
    if of.is_empty() {
        return Err(Refused::field("case", "Choose the cases that are theirs").into());
    }
    let (mut cases, mut own) = (Vec::new(), Vec::new());
    for reference in of {
        let file = case_file::for_staff(office, reference, by).await?;
        cases.push(case_copy(&file.case, &file.history, &file.in_force.setting(file.now)));
        let now = &file.case.complainant;
        let then = &file.case.received.complainant;
        let names = [&now.name, &then.name, &now.email, &then.email, &now.phone, &then.phone, &then.username];
        own.extend(names.into_iter().flatten().cloned());
    }
    let institution = office.institution();
    // What stands in every letter is no other person's.
    own.extend([institution.phone.clone(), institution.unit.clone()]);
    cases.sort_by(|one, other| (one.received_on, &one.reference).cmp(&(other.received_on, &other.reference)));
    within_bounds(&mut cases);
    let people = office.people_known();
    let suggestions = suggestions(
        &cases,
        Others {
            people: &people,
            own: &own,
        },
    );
    let contact = format!("{}, {}", institution.unit, institution.phone);
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
        let wanted: Vec<_> = case.files.iter().filter_map(|file| Some((file.in_copy.clone()?, &file.id))).collect();
        if wanted.is_empty() {
            continue;
        }
        let reference: Reference = case.reference.parse().map_err(|_| ActError::NotFound)?;
        let opened = case_file::for_staff(office, &reference, by).await?;
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
