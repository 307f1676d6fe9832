//! Writing on a case: a message to the person, or a note that only staff see (R24, R62, R74).

use axum::response::Response;
use casework::ActError;
use casework::desk::CaseFile;
use casework::handling::{Seen, write};
use rules::case::event::UpdateSent;
use rules::case::vocabulary::Means;
use rules::handling::contact;

use super::brief::person;
use super::notice::Notice;
use super::sent::{Sent, date, newer};
use super::{came_back, case, letter, open};
use crate::staff::case::{ComposerMode, Interruption};
use crate::staff::desk::{Done, Fault, Seat};
use crate::staff::parts::answers::Answers;
use crate::staff::parts::form::FormState;

/// A message to the person, or what was said to them.
pub async fn message(sent: Sent) -> Response {
    let acted = send(&sent).await;
    answer(&sent, acted, (ComposerMode::Write, "message")).await
}

/// A note for staff.
pub async fn note(sent: Sent) -> Response {
    let once = sent.form.once();
    // A note adds to the record whatever happened meanwhile.
    let hand = casework::handling::Hand {
        seen: Seen::Whatever,
        ..sent.hand(&once)
    };
    let words = sent.form.get("note");
    let acted = match sent.form.files.are_fine() {
        true => write::note(hand, words)
            .await
            .map(|_| Notice::NoteSaved)
            .map_err(Fault::from),
        false => Err(sent.form.held_up(contact::note(words, sent.seat().door.person()))),
    };
    answer(&sent, acted, (ComposerMode::Note, "note")).await
}

async fn send(sent: &Sent) -> Result<Notice, Fault> {
    let update = UpdateSent {
        words: sent.form.get("message").to_owned(),
        by: means(&sent.file, sent.form.get("how")),
        next_on: date(&sent.form, "next_on")?,
    };
    if !sent.form.files.are_fine() {
        let rest = contact::update(&sent.file.case, &update, sent.seat().door.person(), &sent.setting());
        return Err(sent.form.held_up(rest));
    }
    let once = sent.form.once();
    write::update(sent.hand(&once), &update).await?;
    Ok(if update.by.is_spoken() {
        Notice::Told
    } else {
        Notice::Written
    })
}

/// Spoken where the form says so; else in writing, the way that this person is written to.
fn means(file: &CaseFile, how: &str) -> Means {
    match Means::from_code(how).filter(|means| means.is_spoken()) {
        Some(spoken) => spoken,
        None if letter::goes_by_email(file).is_some() => Means::Email,
        None => Means::TrackingPage,
    }
}

async fn answer(sent: &Sent, acted: Result<Notice, Fault>, (mode, field): (ComposerMode, &str)) -> Response {
    let fault = match acted {
        Ok(notice) => return Done::see(&notice.path(&sent.file.case.reference.to_string())),
        Err(fault) => fault,
    };
    if matches!(fault, Fault::Act(ActError::Stale { .. })) {
        return interrupted(sent, fault, mode).await;
    }
    match came_back(&sent.form, &fault, field) {
        Some(form) => case::came_back(sent.seat(), &sent.file, (mode, form), None).await,
        None => sent.fault(fault).await,
    }
}

/// Somebody else was quicker: what they said stands above the draft, which is kept and can be sent as it is.
async fn interrupted(sent: &Sent, fault: Fault, mode: ComposerMode) -> Response {
    let seat = sent.seat();
    let Ok(file) = open(seat, &sent.file.case.reference.to_string()).await else {
        return sent.fault(fault).await;
    };
    let form = read_up_to(sent.form.state(), &file);
    case::came_back(
        seat,
        &file,
        (mode, form),
        Some(interruption(seat, &file, sent.form.seen())),
    )
    .await
}

fn interruption(seat: &Seat, file: &CaseFile, seen: Seen) -> Interruption {
    let after = format!(
        "Read it before you write to {}: your words are still here, and nothing was sent.",
        person(file)
    );
    match newer(seat, file, seen) {
        Some(newer) => Interruption {
            says: format!("While you were writing: {} {after}", newer.line),
            words: newer.words,
        },
        None => Interruption {
            says: format!("Somebody acted on this case while you were writing. {after}"),
            words: String::new(),
        },
    }
}

/// The same form, now of somebody who has read the case as it is.
fn read_up_to(form: FormState, file: &CaseFile) -> FormState {
    let seen = file.case.sequence.to_string();
    FormState {
        answers: Answers::of(&[("seen", &seen)]).with_all_but("seen", &form.answers),
        ..form
    }
}
