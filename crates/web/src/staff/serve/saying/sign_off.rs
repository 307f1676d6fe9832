//! What happens to a letter between its draft and its approval, in words.

use rules::case::event::{Event, SignOffHandedOn};
use rules::people::StaffId;
use rules::sentence::capital;

use super::super::letters::short;
use super::{Saying, quiet, with};
use crate::page::timeline::TimelineKind;
use crate::staff::desk::Seat;

/// What an event of sign-off says; nothing for any other.
pub(super) fn sign_off(seat: &Seat, event: &Event) -> Option<Saying> {
    let said = match event {
        Event::SignOffRequested(request) => with(
            TimelineKind::StaffOnly,
            format!("Draft {} sent for sign-off", request.version),
            capital(&request.because),
        ),
        Event::SignOffApproved(approved) => with(
            TimelineKind::StaffOnly,
            match (&approved.version, &approved.sha256) {
                (Some(version), Some(sha256)) => {
                    format!("Signed off: version {version}, fingerprint {}", short(sha256))
                }
                _ => "Signed off".to_owned(),
            },
            approved.remark.clone().unwrap_or_default(),
        ),
        Event::SignOffEdited(edited) => with(
            TimelineKind::StaffOnly,
            format!(
                "Words of the letter changed before sign-off: version {}",
                edited.version
            ),
            edited.why.clone(),
        ),
        Event::SignOffReturned(reason) => with(TimelineKind::StaffOnly, "Sent back by sign-off", reason.reason.clone()),
        Event::SignOffHandedOn(on) => quiet(handed_on(seat, on)),
        _ => return None,
    };
    Some(said)
}

/// Who is asked to sign off because nobody had acted.
fn handed_on(seat: &Seat, on: &SignOffHandedOn) -> String {
    let name = |id: StaffId| seat.door.office().name_of(id);
    match (on.to, on.instead_of) {
        (Some(to), Some(whom)) => format!(
            "Nobody had acted on the letter: handed to {}, who stands in for {}",
            name(to),
            name(whom)
        ),
        (Some(to), None) => format!("Nobody had acted on the letter: handed to {}", name(to)),
        (None, _) => "Nobody had acted on the letter, and there is no delegate: everybody who could see to it is asked"
            .to_owned(),
    }
}
