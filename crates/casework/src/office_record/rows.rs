//! The row that each event of the office makes: an account, a procedure, a calendar.

use jiff::Timestamp;
use rules::office::OfficeEvent;
use rules::office::event::{PersonAdded, PersonChanged, Published};
use rules::people::StaffId;
use storage::published::{CALENDARS, PROCEDURES, PublishedRow};
use storage::staff::StaffRow;
use storage::{StorageError, Tx, sessions, settings, staff};

use super::Beside;
use crate::ActError;
use crate::house::picture_key;
use crate::letter_keys;
use crate::people::delegates;
use crate::vips::LIST;

/// Writes the row of an event.
pub(super) async fn write(
    tx: &mut Tx<'_>,
    event: &OfficeEvent,
    beside: &Beside,
    at: Timestamp,
) -> Result<(), ActError> {
    match event {
        OfficeEvent::DelegateNamed(_) | OfficeEvent::DelegateChanged(_) | OfficeEvent::DelegateTakenBack(_) => {
            delegates::keep(tx, event, at).await
        }
        OfficeEvent::LetterKeyGiven(_) | OfficeEvent::LetterKeyTakenAway(_) => {
            letter_keys::keep(tx, event, beside, at).await
        }
        // The log itself tells wordings and ways; there is no row.
        OfficeEvent::WordingChanged(_) | OfficeEvent::WaysSet(_) => Ok(()),
        _ => write_with(tx, event, beside, at).await,
    }
}

/// The row of an event that comes with something beside it, or is one.
async fn write_with(tx: &mut Tx<'_>, event: &OfficeEvent, beside: &Beside, at: Timestamp) -> Result<(), ActError> {
    match (event, beside) {
        (OfficeEvent::PersonAdded(added), Beside::PasswordHash(hash)) => {
            let number = staff::add(tx, &new_row(added, hash, at)).await?;
            if number != added.who.0 {
                let words = format!("the event calls somebody {} whose number is {number}", added.who.0);
                return Err(StorageError::Corrupt(words).into());
            }
        }
        (OfficeEvent::PersonChanged(changed), _) => {
            let row = row_of(tx, changed.who).await?;
            staff::update(tx, &changed_row(row, changed)).await?;
        }
        (OfficeEvent::PersonLeft(left), _) => {
            // Their password is not kept: whoever comes back gets a new one.
            let row = StaffRow {
                active: false,
                password_hash: String::new(),
                ..row_of(tx, left.who).await?
            };
            staff::update(tx, &row).await?;
            sessions::end_all_for(tx, left.who.0).await?;
        }
        (OfficeEvent::PersonReturned(whom), _) => {
            let row = StaffRow {
                active: true,
                ..row_of(tx, whom.who).await?
            };
            staff::update(tx, &row).await?;
        }
        (OfficeEvent::PasswordChanged(whom), Beside::PasswordHash(hash)) => {
            let row = StaffRow {
                password_hash: hash.clone(),
                ..row_of(tx, whom.who).await?
            };
            staff::update(tx, &row).await?;
            sessions::end_all_for(tx, whom.who.0).await?;
        }
        (OfficeEvent::ProcedurePublished(published), Beside::Text(text)) => {
            PROCEDURES.put(tx, &published_row(published, text, at)).await?;
        }
        (OfficeEvent::CalendarPublished(published), Beside::Text(text)) => {
            CALENDARS.put(tx, &published_row(published, text, at)).await?;
        }
        (OfficeEvent::VipListSet(set), _) => {
            settings::put(tx, LIST, &serde_json::to_string(&set.entries)?, at).await?;
        }
        (OfficeEvent::BrandSet(brand), Beside::Picture(bytes)) => {
            if let Some(logo) = &brand.logo {
                settings::put(tx, &picture_key(&logo.sha256), &serde_json::to_string(bytes)?, at).await?;
            }
        }
        (OfficeEvent::BrandSet(_), _) => {}
        (event, _) => {
            let words = format!("{} came without what its row needs", event.kind());
            return Err(StorageError::Corrupt(words).into());
        }
    }
    Ok(())
}

async fn row_of(tx: &mut Tx<'_>, who: StaffId) -> Result<StaffRow, ActError> {
    staff::get(tx, who.0).await?.ok_or(ActError::NotFound)
}

fn new_row(added: &PersonAdded, hash: &str, at: Timestamp) -> StaffRow {
    StaffRow {
        id: 0,
        username: added.username.clone(),
        email: added.email.clone(),
        name: added.name.clone(),
        job_title: added.job_title.clone(),
        roles: added.roles.iter().map(|role| role.code().to_owned()).collect(),
        password_hash: hash.to_owned(),
        active: true,
        created_at: at,
    }
}

fn changed_row(row: StaffRow, changed: &PersonChanged) -> StaffRow {
    let to = |now: String, changed: &Option<rules::office::event::Changed<String>>| {
        changed.as_ref().map_or(now, |changed| changed.to.clone())
    };
    StaffRow {
        name: to(row.name, &changed.name),
        email: to(row.email, &changed.email),
        job_title: to(row.job_title, &changed.job_title),
        roles: match &changed.roles {
            Some(roles) => roles.to.iter().map(|role| role.code().to_owned()).collect(),
            None => row.roles,
        },
        ..row
    }
}

fn published_row(published: &Published, text: &str, at: Timestamp) -> PublishedRow {
    PublishedRow {
        id: published.id.clone(),
        version: published.version.clone(),
        valid_from: published.valid_from,
        text: text.to_owned(),
        published_at: at,
        active: true,
    }
}
