//! Staff accounts: adding people, signing in with a password, sessions, throttled guessing.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use rules::case::change::{FieldError, Refused, permit};
use rules::people::{Act, Person, Role, StaffId};
use storage::sessions::{self, SessionRow};
use storage::staff::{self, StaffRow};
use storage::{Keys, StorageError, throttle};

use crate::{ActError, Office};

/// Somebody new.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    /// What they sign in with.
    pub username: String,
    /// Their e-mail address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Job title, as letters state it.
    pub job_title: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// A first password.
    pub password: String,
}

/// The shortest password (NIST SP 800-63B-4 asks for 15 where it is the only factor, and at least 8; we take 12 and check no composition).
const SHORTEST_PASSWORD: usize = 12;
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

/// Adds a member of staff; only an administrator may.
///
/// # Errors
/// One message per field that cannot be used; a username or address that is taken.
pub async fn add(office: &Office, new: &NewPerson, by: &Person) -> Result<StaffId, ActError> {
    permit(by, Act::ManagePeople)?;
    create(office, new, None).await
}

/// Adds the first administrator; works only while there is nobody.
///
/// # Errors
/// As for [`add`]; when there are people already.
pub async fn add_first(office: &Office, new: &NewPerson) -> Result<StaffId, ActError> {
    let words = "There are people already. Sign in as an administrator and add others there.";
    create(office, new, Some(Refused::Rule(words.to_owned()))).await
}

/// Adds somebody, unless somebody is there already and that is a reason to refuse.
async fn create(office: &Office, new: &NewPerson, if_anybody: Option<Refused>) -> Result<StaffId, ActError> {
    check(new)?;
    let row = StaffRow {
        id: 0,
        username: new.username.trim().to_owned(),
        email: new.email.trim().to_owned(),
        name: new.name.trim().to_owned(),
        job_title: new.job_title.trim().to_owned(),
        roles: new.roles.iter().map(|role| role.code().to_owned()).collect(),
        password_hash: hash(new.password.clone()).await?,
        active: true,
        created_at: office.now(),
    };
    let added = office.store.write(move |tx| {
        Box::pin(async move {
            match if_anybody {
                Some(refused) if !staff::list(tx).await?.is_empty() => Err(refused.into()),
                _ => Ok::<_, ActError>(staff::add(tx, &row).await?),
            }
        })
    });
    let id = match added.await {
        Err(ActError::Storage(StorageError::Taken(_))) => {
            return Err(Refused::field(
                "username",
                "Somebody already has this username or email address. Choose another",
            )
            .into());
        }
        other => other?,
    };
    office.reload_people().await?;
    Ok(StaffId(id))
}

/// Whether somebody new can be added as they are described, but for a name that is taken.
///
/// # Errors
/// One message per field that cannot be used.
pub fn check(new: &NewPerson) -> Result<(), Refused> {
    let mut fields = Vec::new();
    let username_fits = !new.username.trim().is_empty() && !new.username.contains(char::is_whitespace);
    if !username_fits {
        fields.push(FieldError::new("username", "Enter a username without spaces"));
    }
    if !rules::intake::feedback::looks_like_email(new.email.trim()) {
        fields.push(FieldError::new(
            "email",
            "Enter an email address, like name@example.com",
        ));
    }
    if new.name.trim().is_empty() {
        fields.push(FieldError::new("name", "Enter their full name"));
    }
    if new.job_title.trim().is_empty() {
        fields.push(FieldError::new(
            "job_title",
            "Enter their job title, as a letter states it",
        ));
    }
    if new.roles.is_empty() {
        fields.push(FieldError::new("roles", "Choose at least one role"));
    }
    if let Err(error) = check_password(&new.password) {
        fields.push(error);
    }
    if fields.is_empty() {
        Ok(())
    } else {
        Err(Refused::Fields { fields })
    }
}

/// Whether a password is long enough.
///
/// # Errors
/// What to choose instead.
pub fn check_password(password: &str) -> Result<(), FieldError> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(FieldError::new(
            "password",
            "Enter a password of at least 12 characters. Three or four words are easy to remember",
        ));
    }
    Ok(())
}

/// Hashing takes a tenth of a second on purpose, so it leaves the threads that answer requests.
async fn hash(password: String) -> Result<String, ActError> {
    let hashed = tokio::task::spawn_blocking(move || {
        let salt = Keys::random::<16>().map_err(|error| error.to_string())?;
        let hashed = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|error| error.to_string())?;
        Ok::<String, String>(hashed.to_string())
    });
    hashed
        .await
        .map_err(|error| ActError::Password(error.to_string()))?
        .map_err(ActError::Password)
}

async fn matches(password: String, hash: String) -> Result<bool, ActError> {
    let checked = tokio::task::spawn_blocking(move || {
        let parsed = PasswordHash::new(&hash).map_err(|error| error.to_string())?;
        Ok::<bool, String>(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    });
    checked
        .await
        .map_err(|error| ActError::Password(error.to_string()))?
        .map_err(ActError::Password)
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

/// A hash of nothing anyone knows: checking it takes as long as checking a real one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$CQ2r7TgNMvTcDhV4bX2Oo7G2SD1WrFvkMgMKVNsB7Q4";

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
    let Some(token) = unhex(token) else { return Ok(None) };
    let now = office.now();
    let wanted = token.clone();
    let found = office
        .store
        .read(move |tx| Box::pin(async move { sessions::find(tx, &wanted, now).await }))
        .await?;
    let Some(session) = found else { return Ok(None) };
    let Some(person) = office.person(StaffId(session.staff_id)) else {
        return Ok(None);
    };
    if now.duration_since(session.seen_at) > SignedDuration::from_secs(60) {
        office
            .store
            .write(move |tx| Box::pin(async move { sessions::touch(tx, &token, now, now + IDLE).await }))
            .await?;
    }
    Ok(Some(SignedIn {
        person,
        csrf: hex(&session.csrf),
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
pub async fn change_password(office: &Office, who: &Person, present: &str, new: &str) -> Result<Session, ActError> {
    check_password(new).map_err(|error| Refused::Fields {
        fields: vec![FieldError {
            field: "new_password",
            ..error
        }],
    })?;
    let id = who.id.0;
    let row = office
        .store
        .read(move |tx| Box::pin(async move { staff::get(tx, id).await }))
        .await?
        .ok_or(ActError::NotFound)?;
    if !matches(present.to_owned(), row.password_hash.clone()).await? {
        return Err(Refused::field("present_password", "That is not your present password").into());
    }
    let changed = StaffRow {
        password_hash: hash(new.to_owned()).await?,
        ..row
    };
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                staff::update(tx, &changed).await?;
                sessions::end_all_for(tx, id).await.map(|_| ())
            })
        })
        .await?;
    begin_session(office, id, office.now(), Vec::new()).await
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

/// Everyone with an account, by name, for the administrator.
///
/// # Errors
/// When the person may not manage people, or the store cannot be read.
pub async fn list(office: &Office, by: &Person) -> Result<Vec<(Person, String, String)>, ActError> {
    permit(by, Act::ManagePeople)?;
    let rows = office.store.read(|tx| Box::pin(staff::list(tx))).await?;
    let mut people: Vec<(Person, String, String)> = rows
        .into_iter()
        .filter_map(|row| {
            office
                .person(StaffId(row.id))
                .map(|person| (person, row.username, row.email))
        })
        .collect();
    people.sort_by(|a, b| a.0.name.cmp(&b.0.name));
    Ok(people)
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
