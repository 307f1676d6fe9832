//! The job register: every case has a job there, stand-alone or child, with the updates copied to it (R20, R21, R43, R44).

use rules::case::Reference;
use rules::case::change::permit;
use rules::confidential::Reach;
use rules::confidential::looks::Way;
use rules::confidential::sight::reach;
use rules::people::{Act, Person};
use storage::jobs::{self, JobFilter};
pub use storage::jobs::{JobRow, JobUpdate};
use storage::{StorageError, Tx, cases};

use super::lists::PAGE;
use crate::looks::{self, Look};
use crate::{ActError, Office};

/// A job with its updates and its children.
#[derive(Debug, Clone)]
pub struct JobFile {
    /// The job, if the register holds it; a number of the outside desk has children only.
    pub job: Option<JobRow>,
    /// What happened, the oldest first.
    pub updates: Vec<JobUpdate>,
    /// Jobs that are children of this one.
    pub children: Vec<JobRow>,
}

/// A page of the register, the newest first, and where the next one begins.
///
/// # Errors
/// When the person may not see the register, or the store cannot be read.
pub async fn list(
    office: &Office,
    status: Option<String>,
    after: Option<String>,
    by: &Person,
) -> Result<(Vec<JobRow>, Option<String>), ActError> {
    permit(by, Act::SeeJobs)?;
    let filter = JobFilter {
        status,
        reach: Some(reach(by)),
        ..JobFilter::default()
    };
    let mut rows = office
        .store
        .read(move |tx| Box::pin(async move { jobs::list(tx, &filter, after.as_deref(), PAGE + 1).await }))
        .await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.number.clone());
    Ok((rows, next))
}

/// One job.
///
/// # Errors
/// [`ActError::NotFound`] when the register knows neither the job nor a child of it that this person may know of (invariant 12).
pub async fn get(office: &Office, number: &str, by: &Person) -> Result<JobFile, ActError> {
    permit(by, Act::SeeJobs)?;
    let (number, reach) = (number.to_owned(), reach(by));
    let file = office
        .store
        .read(move |tx| Box::pin(async move { within_reach(tx, &number, &reach).await }))
        .await?;
    if file.job.is_none() && file.children.is_empty() {
        return Err(ActError::NotFound);
    }
    Ok(file)
}

/// One job for somebody who opens its page: that they did is on record.
///
/// # Errors
/// As for [`get`].
pub async fn open(office: &Office, number: &str, by: &Person) -> Result<JobFile, ActError> {
    let file = get(office, number, by).await?;
    if let Some(job) = &file.job {
        let case: Reference = job
            .reference
            .parse()
            .map_err(|_| StorageError::Corrupt(format!("{} is no reference", job.reference)))?;
        let look = Look {
            who: by.id,
            way: Way::Job,
            case: Some(&case),
            about: None,
        };
        looks::put(office, look).await?;
    }
    Ok(file)
}

async fn within_reach(tx: &mut Tx<'_>, number: &str, reach: &Reach) -> Result<JobFile, ActError> {
    let mut file = JobFile {
        job: None,
        updates: Vec::new(),
        children: Vec::new(),
    };
    if let Some(job) = jobs::get(tx, number).await?
        && cases::is_within(tx, &job.reference, reach).await?
    {
        file.updates = jobs::updates(tx, number).await?;
        file.job = Some(job);
    }
    for child in jobs::children_of(tx, number).await? {
        if cases::is_within(tx, &child.reference, reach).await? {
            file.children.push(child);
        }
    }
    Ok(file)
}
