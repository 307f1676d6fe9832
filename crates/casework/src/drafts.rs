//! Drafts: what somebody began to write and has not sent, theirs alone, until it is sent or its time is over.

use jiff::{SignedDuration, Timestamp};
use rules::case::change::permit;
use rules::case::{Reference, Refused};
use rules::confidential::Sight;
use rules::handling::unsent::DraftOf;
use rules::people::Person;
use serde::{Deserialize, Serialize};
use storage::drafts::{self, DraftPlace, Kept};
use storage::stream_keys::OFFICE;
use storage::{StorageError, Tx, idempotency};

use crate::desk::case_file::sight_of;
use crate::record::act_key;
use crate::{ActError, Office};

/// How many days a draft waits for whoever wrote it.
pub const DAYS: i64 = 14;
/// The largest draft, in bytes: the longest words that a form takes, and its other fields.
const LARGEST: usize = 1024 * 1024;

/// Somebody at work on one of the forms.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The office.
    pub office: &'a Office,
    /// Whose drafts.
    pub by: &'a Person,
    /// The case; none for the form that begins one.
    pub case: Option<&'a Reference>,
}

/// What was written so far. Without `Debug`: nothing may log it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The key of the form: whoever goes on with the draft sends the same form, so it is done once.
    pub once: String,
    /// The answers by the names of their fields.
    pub answers: Vec<(String, String)>,
}

/// A draft as it is found again.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Of which form.
    pub of: DraftOf,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// What was written.
    pub written: Written,
}

impl Desk<'_> {
    /// Keeps what was written of a form, in place of what the same form held before. Answers when it was saved.
    ///
    /// # Errors
    /// [`Refused::NotNow`] when an earlier draft of another form waits, or the form was sent already: nothing is put in its place.
    /// [`ActError::NotFound`] when the case is not there for them.
    pub async fn keep(&self, of: DraftOf, written: Written) -> Result<Timestamp, ActError> {
        self.allowed(of).await?;
        let fields = serde_json::to_vec(&written)?;
        if fields.len() > LARGEST {
            return Err(Refused::Rule(
                "This is too long to be kept as a draft. Send it, or keep it in a file.".to_owned(),
            )
            .into());
        }
        let (place, key) = (self.place(of), self.key(&written.once));
        let kept = self.kept();
        self.office
            .store
            .write(move |tx| {
                Box::pin(async move {
                    if idempotency::seen(tx, &key).await? {
                        return Err(Refused::NotNow("This was sent already, so no draft is kept.".to_owned()).into());
                    }
                    refuse_another(tx, &place, of, (&written, kept.at)).await?;
                    drafts::put(tx, &place, &key, kept, &fields).await?;
                    Ok::<_, ActError>(kept.at)
                })
            })
            .await
    }

    /// Their drafts here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn waiting(&self) -> Result<Vec<Draft>, ActError> {
        let (who, stream, now) = (self.by.id.0, self.stream(), self.office.now());
        let rows = self
            .office
            .store
            .read(move |tx| Box::pin(async move { drafts::of(tx, who, &stream, now).await }))
            .await?;
        rows.iter().filter_map(|row| read(row).transpose()).collect()
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn discard(&self, of: DraftOf) -> Result<(), ActError> {
        let place = self.place(of);
        let removed = self
            .office
            .store
            .write(move |tx| Box::pin(async move { drafts::remove(tx, &place).await }));
        Ok(removed.await?)
    }

    async fn allowed(&self, of: DraftOf) -> Result<(), ActError> {
        permit(self.by, of.act())?;
        match (of, self.case) {
            (DraftOf::Log, None) => Ok(()),
            (DraftOf::Log, Some(_)) | (_, None) => Err(ActError::NotFound),
            (_, Some(case)) => match sight_of(self.office, case, self.by).await? {
                Some(Sight::Whole) => Ok(()),
                _ => Err(ActError::NotFound),
            },
        }
    }

    fn stream(&self) -> String {
        self.case.map_or_else(|| OFFICE.to_owned(), ToString::to_string)
    }

    fn place(&self, of: DraftOf) -> DraftPlace {
        DraftPlace {
            staff_id: self.by.id.0,
            stream: self.stream(),
            form: of.code().to_owned(),
        }
    }

    /// The key of the act that sending the form is: with it, the act throws the draft away in its own transaction.
    fn key(&self, once: &str) -> String {
        match self.case {
            Some(case) => act_key(case, self.by.id, once),
            None => log_key(self.by, once),
        }
    }

    fn kept(&self) -> Kept {
        let at = self.office.now();
        Kept {
            at,
            until: at + SignedDuration::from_hours(24 * DAYS),
        }
    }
}

/// The key under which a complaint is logged once.
pub(crate) fn log_key(by: &Person, once: &str) -> String {
    format!("staff:{}:{once}", by.id.0)
}

/// Throws away the drafts whose time is over, and tells how many there were.
///
/// # Errors
/// When the store cannot be written.
pub async fn sweep(office: &Office) -> Result<u64, ActError> {
    let now = office.now();
    let swept = office
        .store
        .write(move |tx| Box::pin(async move { drafts::sweep(tx, now).await }));
    Ok(swept.await?)
}

/// An earlier draft of another form is not written over by a page that never showed it.
async fn refuse_another(
    tx: &mut Tx<'_>,
    place: &DraftPlace,
    of: DraftOf,
    (written, now): (&Written, Timestamp),
) -> Result<(), ActError> {
    for row in drafts::of(tx, place.staff_id, &place.stream, now).await? {
        let other = read(&row)?.is_some_and(|draft| draft.of == of && draft.written.once != written.once);
        if other {
            let words = "An earlier draft of yours is kept here. Open the page again, go on with it or discard it; then save this one.";
            return Err(Refused::NotNow(words.to_owned()).into());
        }
    }
    Ok(())
}

/// A draft of a form that this release has; none of another.
fn read(row: &drafts::DraftRow) -> Result<Option<Draft>, ActError> {
    let Some(of) = DraftOf::from_code(&row.form) else {
        return Ok(None);
    };
    let written = serde_json::from_slice(&row.fields);
    Ok(Some(Draft {
        of,
        saved_at: row.saved_at,
        written: written.map_err(|error| StorageError::Corrupt(format!("a draft: {error}")))?,
    }))
}
