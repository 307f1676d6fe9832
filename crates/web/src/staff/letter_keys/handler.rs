//! Serving the keys of line managers, for those who look after the directory.

use axum::http::StatusCode;
use axum::response::Response;
use casework::letter_keys;
use jiff::Timestamp;
use rules::case::Refused;
use rules::clock::full_date;
use rules::confidential::sealing::carried::NoKey;
use rules::confidential::sealing::letter_key::{LetterKey, grouped};

use super::{KeyShown, LetterKeys, Now};
use crate::http::{Asked, Posted};
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::FormState;
use crate::staff::paths;

/// The keys.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let notice = match asked.get("done") {
        "used" => Some("The key is used from now on."),
        "removed" => Some("The key is taken away. Letters to them hold a link again."),
        _ => None,
    };
    match all(&seat).await {
        Ok(now) => {
            let page = LetterKeys {
                notice: notice.map(str::to_owned),
                now,
                form: form::fresh(),
            };
            seat.page(&page).await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// A key to be looked at, used, or taken away, as the form says.
pub async fn post(form: StaffForm) -> Response {
    let done = match form.get("step") {
        "use" => used(&form).await,
        "remove" => removed(&form).await,
        _ => match looked_at(&form) {
            Ok(page) => return form.seat.page(&page).await,
            Err(fault) => Err(fault),
        },
    };
    match done {
        Ok(done) => Done::see(&format!("{}?done={done}", paths::LETTER_KEYS)),
        Err(fault) => again(&form, fault).await,
    }
}

fn looked_at(form: &StaffForm) -> Result<LetterKeys, Fault> {
    let once = form.once();
    let key = letter_keys::look(form.seat.hand(&once), form.get("email"), &bytes(form)?)?;
    let now = form.seat.door.office().now();
    Ok(LetterKeys {
        notice: None,
        now: Now::Compare(shown(&key, now)),
        form: form::fresh(),
    })
}

async fn used(form: &StaffForm) -> Result<&'static str, Fault> {
    let once = form.once();
    letter_keys::give(form.seat.hand(&once), form.get("email"), &bytes(form)?).await?;
    Ok("used")
}

async fn removed(form: &StaffForm) -> Result<&'static str, Fault> {
    let once = form.once();
    letter_keys::take_away(form.seat.hand(&once), form.get("email")).await?;
    Ok("removed")
}

/// The file, or what was pasted.
fn bytes(form: &StaffForm) -> Result<Vec<u8>, Fault> {
    let words = "The file is larger than 256 KB, and a public key is a few KB. Choose another";
    match form.files.in_field("key_file") {
        Some(held) => Ok(held.bytes.clone().ok_or_else(|| Refused::field("certificate", words))?),
        None if form.get("certificate").trim().is_empty() => Err(Refused::field(
            "certificate",
            "Choose the file with their key, or put the key here as text",
        )
        .into()),
        None => Ok(form.get("certificate").as_bytes().to_vec()),
    }
}

/// The form with what was typed and what to do about it. A key is not shown again, since it may be a secret one.
async fn again(form: &StaffForm, fault: Fault) -> Response {
    let seat = &form.seat;
    let (Some(errors), Ok(now)) = (fault.beside_fields("email"), all(seat).await) else {
        return fault.into_response(seat, &form.posted).await;
    };
    let page = LetterKeys {
        notice: None,
        now,
        form: FormState {
            errors,
            ..form::fresh().answered(&[("email", form.get("email"))])
        },
    };
    seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

async fn all(seat: &Seat) -> Result<Now, Fault> {
    let office = seat.door.office();
    let keys = letter_keys::list(office, seat.door.person()).await?;
    let now = office.now();
    Ok(Now::All(keys.iter().map(|key| shown(key, now)).collect()))
}

fn shown(key: &LetterKey, now: Timestamp) -> KeyShown {
    let certificate = &key.certificate;
    let day = |at: Timestamp| full_date(jiff::tz::TimeZone::UTC.to_datetime(at).date());
    let trouble = certificate.opens_now(now).err().map(NoKey::from);
    let until = match (trouble, certificate.good_until(now)) {
        (Some(_), _) => None,
        (None, Some(at)) => Some(day(at)),
        (None, None) => Some("It does not end".to_owned()),
    };
    let mut facts = vec![
        Fact::new("Fingerprint", &grouped(&certificate.fingerprint)),
        Fact::new("User ids", &certificate.users.join(", ")),
    ];
    facts.extend(until.map(|until| Fact::new("Good until", &until)));
    facts.push(Fact::new("Given", &day(key.given_at)));
    KeyShown {
        email: key.email.clone(),
        facts,
        trouble: trouble.map(|why| why.words().to_owned()),
        certificate: certificate.armored.clone(),
    }
}
