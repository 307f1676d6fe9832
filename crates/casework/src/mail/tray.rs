//! Messages that are set aside, where people look: each is read by whoever may sort mail and sees the case that it seems to belong to.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rules::case::change::permit;
use rules::case::{Reference, Refused};
use rules::confidential::sight::{reach, reach_of_words};
use rules::mail::Fate;
use rules::people::permission::may;
use rules::people::{Act, Actor, Person};
use storage::mail::{self, MailRow};
use storage::{StorageError, files};

use super::about::{About, Told, Understood};
use crate::clearance::allowed;
use crate::record::load;
use crate::{ActError, Office};

/// How long a message waits for somebody to say where it belongs. Then it is a case of its own: nobody who complains waits longer than this to hear
/// that we have it, at whatever hour (R18, R83).
pub const WAITS_FOR: SignedDuration = SignedDuration::from_hours(4);

/// How long a message that was set aside is kept. Whoever misses one notices within the month that the review covers.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many are seen to in one transaction.
const HANDFUL: u32 = 100;

/// A message that is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Its number in the ledger.
    pub id: i64,
    /// By which way it came.
    pub mailbox: String,
    /// When.
    pub arrived_at: Timestamp,
    /// Since when it is set aside.
    pub since: Timestamp,
    /// Why it is.
    pub fate: Fate,
    /// What was understood of it; of a case of which they read no words it has none, and of one that was emptied nothing is left.
    pub understood: Option<Understood>,
    /// The case that it seems to belong to, or whose letter it reports about.
    pub case: Option<Reference>,
    /// Whether something can still be done with it.
    pub is_whole: bool,
}

/// Messages that are set aside so, the newest first, of those before a number. What seems to belong to a case is there for whoever sees that case
/// (invariant 12).
///
/// # Errors
/// When the person may not sort mail, or the store cannot be read.
pub async fn list(
    office: &Office,
    fate: Fate,
    (before, limit): (i64, u32),
    by: &Person,
) -> Result<Vec<Aside>, ActError> {
    permit(by, Act::SortMail)?;
    let (reach, of_words) = (reach(by), reach_of_words(by));
    let rows = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let mut seen = Vec::new();
                for row in mail::of_fate(tx, fate, &reach, (before, limit)).await? {
                    seen.push((mail::is_within(tx, row.id, &of_words).await?, row));
                }
                Ok::<_, StorageError>(seen)
            })
        })
        .await?;
    rows.into_iter().map(|(reads, row)| aside(row, reads)).collect()
}

/// How many messages wait for somebody to say where they belong, of those that are there for this person; none for whoever may not sort mail.
///
/// # Errors
/// When the store cannot be read.
pub async fn waiting(office: &Office, by: &Person) -> Result<i64, ActError> {
    if !may(by, Act::SortMail) {
        return Ok(0);
    }
    let reach = reach(by);
    let counted = office
        .store
        .read(move |tx| Box::pin(async move { mail::waiting(tx, &reach).await }));
    Ok(counted.await?)
}

/// One message that is set aside.
///
/// # Errors
/// [`ActError::NotFound`] when there is none for them; when the person may not sort mail, or the store cannot be read.
pub async fn one(office: &Office, id: i64, by: &Person) -> Result<Aside, ActError> {
    permit(by, Act::SortMail)?;
    let row = row_for(office, id, by).await?;
    let of_words = reach_of_words(by);
    let reads = office
        .store
        .read(move |tx| Box::pin(async move { mail::is_within(tx, id, &of_words).await }));
    aside(row, reads.await?)
}

/// It belongs to this case: it is added there, with who said so.
///
/// # Errors
/// When the person may not sort mail or does not see the case, or the message is not set aside any more.
pub async fn put_with(office: &Arc<Office>, id: i64, case: &Reference, by: &Person) -> Result<(), ActError> {
    let loaded = load(office, case).await?;
    allowed(office, &loaded.case, Actor::Staff(by.id))?;
    let told = Told {
        fate: Fate::Added,
        case: Some(case.clone()),
        why: format!("{} put it with this case", by.name),
    };
    tell(office, id, told, by).await
}

/// It is a complaint of its own.
///
/// # Errors
/// When the person may not sort mail, or the message is not set aside any more.
pub async fn make_case(office: &Arc<Office>, id: i64, by: &Person) -> Result<(), ActError> {
    let told = Told {
        fate: Fate::NewCase,
        case: None,
        why: format!("{} said that it is a complaint of its own", by.name),
    };
    tell(office, id, told, by).await
}

/// It is nothing to answer: it stays aside as spam.
///
/// # Errors
/// When the person may not sort mail, or the message is not set aside any more.
pub async fn call_spam(office: &Arc<Office>, id: i64, by: &Person) -> Result<(), ActError> {
    let told = Told {
        fate: Fate::Spam,
        case: None,
        why: format!("{} called it spam", by.name),
    };
    tell(office, id, told, by).await
}

/// Makes cases of messages that waited too long, and empties those that were set aside long ago. Tells how many there were of each.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn look_after(office: &Office) -> Result<(usize, usize), ActError> {
    let now = office.now();
    let (waited, long) = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let waited = mail::waited_since(tx, now - WAITS_FOR, HANDFUL).await?;
                let long = mail::set_aside_before(tx, now - KEPT_FOR, HANDFUL).await?;
                Ok::<_, StorageError>((waited, long))
            })
        })
        .await?;
    let mut made = 0;
    for row in waited {
        let told = Told {
            fate: Fate::NewCase,
            case: None,
            why: "Nobody said within four hours where it belongs".to_owned(),
        };
        made += usize::from(take_up(office, row, told).await?);
    }
    Ok((made, empty(office, long).await?))
}

/// Empties messages; where there are none the store is not asked to write.
async fn empty(office: &Office, long: Vec<i64>) -> Result<usize, ActError> {
    let many = long.len();
    if many == 0 {
        return Ok(0);
    }
    let emptied: Result<(), StorageError> = office
        .store
        .write(move |tx| {
            Box::pin(async move {
                for id in long {
                    files::drop_mail(tx, id).await?;
                    mail::let_go(tx, id).await?;
                }
                Ok(())
            })
        })
        .await;
    Ok(emptied.map(|()| many)?)
}

async fn tell(office: &Office, id: i64, told: Told, by: &Person) -> Result<(), ActError> {
    permit(by, Act::SortMail)?;
    let row = row_for(office, id, by).await?;
    match take_up(office, row, told).await? {
        true => Ok(()),
        false => Err(Refused::NotNow(
            "Somebody has dealt with this message already. Look at the list again.".to_owned(),
        )
        .into()),
    }
}

async fn take_up(office: &Office, row: MailRow, told: Told) -> Result<bool, ActError> {
    let Some(fate) = row.fate.filter(|fate| fate.is_parked()) else {
        return Ok(false);
    };
    let mut about = About::of(&row.about)?;
    about.told = Some(told);
    let (about, now) = (serde_json::to_vec(&about)?, office.now());
    let taken = office
        .store
        .write(move |tx| Box::pin(async move { mail::take_up(tx, (row.id, fate), &about, now).await }));
    Ok(taken.await?)
}

/// The row of a message that is there for somebody.
async fn row_for(office: &Office, id: i64, by: &Person) -> Result<MailRow, ActError> {
    let reach = reach(by);
    let row = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let row = mail::get(tx, id).await?;
                let Some(row) = row.filter(|row| row.fate.is_some_and(Fate::is_parked)) else {
                    return Ok(None);
                };
                Ok::<_, StorageError>(mail::is_within(tx, id, &reach).await?.then_some(row))
            })
        })
        .await?;
    row.ok_or(ActError::NotFound)
}

/// A message as somebody sees it. One about a case of which they read no words is there without words: that of an outline, or of a sealed case.
fn aside(row: MailRow, reads: bool) -> Result<Aside, ActError> {
    let case: Option<Reference> = row.reference.as_deref().and_then(|reference| reference.parse().ok());
    let mut understood = About::of(&row.about)?.understood;
    if let (Some(said), false) = (&mut understood, reads) {
        (said.words, said.subject) = (String::new(), String::new());
        (said.name, said.email) = (None, None);
        said.report = None;
    }
    Ok(Aside {
        id: row.id,
        mailbox: row.mailbox,
        arrived_at: row.arrived_at,
        since: row.settled_at.unwrap_or(row.arrived_at),
        fate: row.fate.unwrap_or(Fate::Waits),
        understood,
        case,
        is_whole: row.file.is_some(),
    })
}
