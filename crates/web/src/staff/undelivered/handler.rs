//! Serving the letters that did not arrive, for those who write to complainants, and sending them again one by one.

use axum::http::StatusCode;
use axum::response::Response;
use casework::handling::{Seen, send_again};
use casework::jobs::post_lists::{self, LostLetter};
use rules::case::{Reference, Refused};
use rules::letters::LetterKind;
use rules::sentence::capital;

use super::{Again, Undelivered, UndeliveredLetter};
use crate::http::Asked;
use crate::http::Posted;
use crate::http::asked::address;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::FormState;
use crate::staff::paths;
use crate::staff::serve::came_back;

/// What is said after one was sent again.
pub(super) const SENT_AGAIN: &str = "Sent again. The case says when it arrives or fails.";

/// The list.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let notice = (asked.get("done") == "again").then(|| SENT_AGAIN.to_owned());
    let below = asked.get("below").parse().ok();
    match page(&seat, notice, below, form::fresh()).await {
        Ok(page) => seat.page(&page).await,
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// Sends one again.
pub async fn post(form: StaffForm) -> Response {
    let fault = match again(&form).await {
        Ok(()) => return Done::see(&format!("{}?done=again", paths::UNDELIVERED)),
        Err(fault) => fault,
    };
    // It arrived, was told, or was sent again meanwhile: the list as it is now says so.
    match came_back(&form, &fault, "reference") {
        Some(state) => match page(&form.seat, None, None, state).await {
            Ok(page) => form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
            Err(fault) => fault.into_response(&form.seat, &form.posted).await,
        },
        None => fault.into_response(&form.seat, &form.posted).await,
    }
}

async fn again(form: &StaffForm) -> Result<(), Fault> {
    let missing = || Refused::field("again", "Choose a letter of this list");
    let reference: Reference = form.get("reference").parse().map_err(|_| missing())?;
    let letter = LetterKind::from_code(form.get("letter")).ok_or_else(missing)?;
    let once = form.once();
    let hand = form.seat.door.hand(&reference, Seen::Whatever, &once);
    send_again::send_again(hand, &[letter]).await?;
    Ok(())
}

async fn page(seat: &Seat, notice: Option<String>, below: Option<i64>, form: FormState) -> Result<Undelivered, Fault> {
    let lost = post_lists::lost(seat.door.office(), below, seat.door.person()).await?;
    Ok(Undelivered {
        notice,
        letters: lost.letters.iter().map(|letter| shown(seat, letter)).collect(),
        next: lost
            .next
            .map(|below| address(paths::UNDELIVERED, &[("below", &below.to_string())])),
        form,
    })
}

fn shown(seat: &Seat, letter: &LostLetter) -> UndeliveredLetter {
    let (to_do, again) = match (&letter.why, letter.kind.is_for_holder()) {
        (None, _) => (
            "Open the case: it is restricted, and its page says why and how to reach them.".to_owned(),
            Again::OnItsCase,
        ),
        (_, true) => (
            "Open the case, and check the address of the line manager.".to_owned(),
            Again::OnItsCase,
        ),
        (Some(_), false) => {
            let reach = match &letter.phone {
                Some(phone) => format!("Ring them on {phone}"),
                None => "Tell them another way".to_owned(),
            };
            (
                format!("{reach}, or correct the address and send it again."),
                Again::Button,
            )
        }
    };
    UndeliveredLetter {
        reference: letter.reference.to_string(),
        code: letter.kind.code().to_owned(),
        what: capital(letter.kind.words()),
        when: seat.wall().when(letter.owed_at),
        why: letter
            .why
            .as_deref()
            .map(|why| format!("{}.", why.trim().trim_end_matches('.'))),
        to_do,
        again,
    }
}
