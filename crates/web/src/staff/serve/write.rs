//! Writing on a case: a message to the person, or a note that only staff see (R24, R62, R74).

use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::{Seen, write};
use rules::case::event::UpdateSent;
use rules::case::vocabulary::Means;
use rules::handling::contact;

use super::notice::Notice;
use super::sent::{Sent, date};
use super::{came_back, case, letter};
use crate::staff::case::ComposerMode;
use crate::staff::desk::{Done, Fault};

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
    if let Some((came, file, form)) = sent.interrupted(&fault).await {
        return case::came_back(sent.seat(), &file, (mode, form), Some(came)).await;
    }
    match came_back(&sent.form, &fault, field) {
        Some(form) => case::came_back(sent.seat(), &sent.file, (mode, form), None).await,
        None => sent.fault(fault).await,
    }
}
