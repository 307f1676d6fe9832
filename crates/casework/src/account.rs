//! Signing in with a password: sessions, throttled guessing, one's own password.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rules::case::change::{FieldError, Refused};
use rules::office::people::change_own_password;
use rules::people::{Actor, Person, StaffId};
use storage::sessions::{self, SessionRow};
use storage::stream_keys::OFFICE;
use storage::{Keys, StorageError, events, staff, throttle};

use crate::office_record::{Beside, History, OfficeAct};
use crate::password::{NOBODY, hash, matches};
use crate::{ActError, Office};

/// How often a sign-in may fail before it shuts, and for how long.
const TRIES: i64 = 8;
const WINDOW_SECONDS: i64 = 15 * 60;
/// A session ends after this long without use, and after this long in any case.
const IDLE: SignedDuration = SignedDuration::from_hours(2);
const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// A session as the browser holds it: the token goes into a cookie and is kept here only as a keyed hash.
#[derive(Debug, Clone)]
pub struct Session {
    /// 64 hexadecimal digits.
    pub token: String,
    /// Sent with every form.
    pub csrf: String,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub person: Person,
    /// Sent with every form.
    pub csrf: String,
}

/// Signs somebody in. An unknown name takes as long as a wrong password and answers the same.
///
/// # Errors
/// [`ActError::NotFound`] for any mismatch; [`ActError::Throttled`] after eight tries on one name or from one place.
pub async fn sign_in(office: &Office, login: &str, password: &str, from: &str) -> Result<Session, ActError> {
    let now = office.now();
    let keys = [
        format!("sign-in:name:{}", login.trim().to_lowercase()),
        format!("sign-in:from:{from}"),
    ];
    let (counted, name) = (keys.clone(), login.trim().to_owned());
    let (tries, row) = office
        .store
        .write(move |tx| {
            Box::pin(async move {
                let mut tries = 0;
                for key in &counted {
                    tries = tries.max(throttle::hit(tx, key, now, WINDOW_SECONDS).await?);
                }
                Ok::<_, ActError>((tries, staff::by_login(tx, &name).await?))
            })
        })
        .await?;
    if tries > TRIES {
        return Err(ActError::Throttled {
            tries: TRIES,
            minutes: WINDOW_SECONDS / 60,
        });
    }
    let known = row.filter(|row| row.active);
    let stored = known
        .as_ref()
        .map_or_else(|| NOBODY.to_owned(), |row| row.password_hash.clone());
    let right = matches(password.to_owned(), stored).await?;
    let Some(row) = known.filter(|_| right) else {
        return Err(ActError::NotFound);
    };
    begin_session(office, row.id, now, keys.to_vec()).await
}

async fn begin_session(
    office: &Office,
    staff_id: i64,
    now: Timestamp,
    tries: Vec<String>,
) -> Result<Session, ActError> {
    let token = Keys::random::<32>()?;
    let csrf = Keys::random::<16>()?;
    let row = SessionRow {
        staff_id,
        created_at: now,
        seen_at: now,
        idle_until: now + IDLE,
        expires_at: now + LONGEST,
        csrf: csrf.to_vec(),
    };
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                for key in &tries {
                    throttle::clear(tx, key).await?;
                }
                sessions::create(tx, &token, &row).await
            })
        })
        .await?;
    Ok(Session {
        token: hex(&token),
        csrf: hex(&csrf),
    })
}

/// Who holds this session, if it is alive. Its idle time starts again at most once a minute, so that reading pages writes little.
///
/// # Errors
/// When the store cannot be read.
pub async fn signed_in(office: &Office, token: &str) -> Result<Option<SignedIn>, ActError> {
    let Some((signed_in, seen_at)) = holder(office, token).await? else {
        return Ok(None);
    };
    let now = office.now();
    if let Some(token) = unhex(token).filter(|_| now.duration_since(seen_at) > SignedDuration::from_secs(60)) {
        let touched: Result<(), StorageError> = office
            .store
            .write(move |tx| Box::pin(async move { sessions::touch(tx, &token, now, now + IDLE).await }))
            .await;
        match touched.map_err(ActError::from) {
            // Who only reads is served; the session ends earlier at worst.
            Err(fault) if fault.passing().is_some() => {
                tracing::warn!(%fault, "it could not be noted that somebody is at work")
            }
            touched => touched?,
        }
    }
    Ok(Some(signed_in))
}

/// The same for a page that looks by itself, without anybody at the keyboard: its idle time runs on.
///
/// # Errors
/// When the store cannot be read.
pub async fn still_signed_in(office: &Office, token: &str) -> Result<Option<SignedIn>, ActError> {
    Ok(holder(office, token).await?.map(|(signed_in, _)| signed_in))
}

/// Who holds a session that is alive, and when they last did something. What another node changed in the office since this one read it is read first:
/// whoever changed something there sees it on the next page, wherever that is asked for.
async fn holder(office: &Office, token: &str) -> Result<Option<(SignedIn, Timestamp)>, ActError> {
    let Some(token) = unhex(token) else { return Ok(None) };
    let now = office.now();
    let found = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let Some(session) = sessions::find(tx, &token, now).await? else {
                    return Ok::<_, StorageError>(None);
                };
                Ok(Some((session, events::sequence_of(tx, OFFICE).await?)))
            })
        })
        .await?;
    let Some((session, latest)) = found else {
        return Ok(None);
    };
    if latest > office.known() {
        office.read_again().await?;
    }
    let person = office.person(StaffId(session.staff_id));
    Ok(person.map(|person| {
        let csrf = hex(&session.csrf);
        (SignedIn { person, csrf }, session.seen_at)
    }))
}

/// Ends a session.
///
/// # Errors
/// When the store cannot be written.
pub async fn sign_out(office: &Office, token: &str) -> Result<(), ActError> {
    let Some(token) = unhex(token) else { return Ok(()) };
    Ok(office
        .store
        .write(move |tx| Box::pin(async move { sessions::end(tx, &token).await }))
        .await?)
}

/// Changes one's own password; every session of the person ends, and a new one begins for the browser that asked.
///
/// # Errors
/// When the present password is wrong or the new one is too short.
pub async fn change_password(
    office: &Arc<Office>,
    who: &Person,
    present: &str,
    new: &str,
) -> Result<Session, ActError> {
    let id = who.id.0;
    let row = office
        .store
        .read(move |tx| Box::pin(async move { staff::get(tx, id).await }))
        .await?
        .ok_or(ActError::NotFound)?;
    change_own_password(who, new).map_err(of_new_password)?;
    if !matches(present.to_owned(), row.password_hash).await? {
        return Err(Refused::field("present_password", "That is not your present password").into());
    }
    let (by, new) = (who.clone(), new.to_owned());
    let act = OfficeAct {
        office,
        actor: Actor::Staff(who.id),
        once: "",
        cases_of: None,
        beside: Beside::PasswordHash(hash(new.clone()).await?),
        history: History::Untold,
    };
    act.record(move |book, _| Ok(change_own_password(book.actor(&by)?, &new)?))
        .await?;
    begin_session(office, id, office.now(), Vec::new()).await
}

/// The page of one's own password has two fields, so the new one is called so.
fn of_new_password(refused: Refused) -> Refused {
    match refused {
        Refused::Fields { fields } => Refused::Fields {
            fields: fields
                .into_iter()
                .map(|error| FieldError {
                    field: "new_password",
                    ..error
                })
                .collect(),
        },
        other => other,
    }
}

/// What somebody signs in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The username.
    pub username: String,
    /// The e-mail address.
    pub email: String,
}

/// One's own username and address.
///
/// # Errors
/// [`ActError::NotFound`] when the account is gone; when the store cannot be read.
pub async fn login_of(office: &Office, who: &Person) -> Result<Login, ActError> {
    let id = who.id.0;
    let row = office
        .store
        .read(move |tx| Box::pin(async move { staff::get(tx, id).await }))
        .await?
        .ok_or(ActError::NotFound)?;
    Ok(Login {
        username: row.username,
        email: row.email,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}
