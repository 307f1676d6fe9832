//! A form about a case, and what is answered to it: the page with a word of what was done, the form again, or why not.

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use casework::ActError;
use casework::desk::CaseFile;
use casework::handling::{Hand, Seen};
use rules::case::{Event, Refused, Setting};
use rules::people::Actor;

use super::notice::Notice;
use super::saying::{actor, saying};
use super::{CasePath, came_back, open};
use crate::http::{Posted, Site};
use crate::page::staff_shell::StaffPage;
use crate::staff::desk::answer::kept;
use crate::staff::desk::{Done, Fault, Seat, StaffForm};
use crate::staff::meanwhile::{Interruption, Meanwhile};
use crate::staff::message::{Message, Trouble};
use crate::staff::parts::answers::Answers;
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::paths;

/// A form about a case, with the case as it is now.
pub struct Sent {
    /// Who sent what.
    pub form: StaffForm,
    /// The case.
    pub file: CaseFile,
}

impl FromRequest<Site> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Sent, Response> {
        let (mut parts, body) = request.into_parts();
        let Path(path) = Path::<CasePath>::from_request_parts(&mut parts, site)
            .await
            .map_err(IntoResponse::into_response)?;
        let form = StaffForm::from_request(Request::from_parts(parts, body), site).await?;
        match open(&form.seat, &path.reference).await {
            Ok(file) => Ok(Sent { form, file }),
            Err(fault) => Err(fault.into_response(&form.seat, &form.posted).await),
        }
    }
}

/// How a form is shown again: its page, and the field that takes a refusal which names none.
pub(crate) struct Again<P> {
    /// The field.
    pub(crate) first_field: &'static str,
    /// The page.
    pub(crate) page: fn(&Seat, &CaseFile, FormState) -> P,
}

impl Sent {
    /// Who sent it.
    pub(crate) fn seat(&self) -> &Seat {
        &self.form.seat
    }

    /// What rules are asked with.
    pub(crate) fn setting(&self) -> Setting<'_> {
        self.file.in_force.setting(self.file.now)
    }

    /// A hand on the case, for somebody who had read what the form says they had.
    pub(crate) fn hand<'a>(&'a self, once: &'a str) -> Hand<'a> {
        self.form
            .seat
            .door
            .hand(&self.file.case.reference, self.form.seen(), once)
    }

    /// What comes after an act: the case with a word of what was done, the form with what to do, or why it was not done.
    pub(crate) async fn answer<P: StaffPage + Sync>(&self, acted: Result<Notice, Fault>, again: Again<P>) -> Response {
        let fault = match acted {
            Ok(notice) => return self.done(notice).await,
            Err(fault) => fault,
        };
        if let Some((came, file, form)) = self.interrupted(&fault).await {
            let page = (again.page)(self.seat(), &file, form);
            return self
                .seat()
                .page_with(StatusCode::CONFLICT, &Meanwhile { came, page })
                .await;
        }
        match came_back(&self.form, &fault, again.first_field) {
            Some(form) => {
                let page = (again.page)(self.seat(), &self.file, form);
                self.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
            }
            None => self.fault(fault).await,
        }
    }

    /// If somebody else was quicker: what they did, the case as it is, and the form with every word, now of somebody who has read up to here.
    pub(crate) async fn interrupted(&self, fault: &Fault) -> Option<(Interruption, CaseFile, FormState)> {
        interrupted(&self.form, &self.file, fault).await
    }

    /// To the case with a word of what was done; whoever cannot see it any more goes to their own work, with a word of that.
    pub(crate) async fn done(&self, notice: Notice) -> Response {
        let reference = &self.file.case.reference;
        let may_be_gone = self.file.case.is_restricted() || notice == Notice::Restricted;
        // Where it cannot be read, the page of the case says so.
        if may_be_gone && matches!(self.seat().door.sight_of(reference).await, Ok(None)) {
            return Done::see(&format!("{}?done=out-of-sight", paths::MY_WORK));
        }
        Done::see(&notice.path(&reference.to_string()))
    }

    /// The page that says why not, with everything that was typed; where somebody was quicker, with what they did.
    pub(crate) async fn fault(&self, fault: Fault) -> Response {
        let reference = self.file.case.reference.to_string();
        if let (Fault::Act(ActError::Stale { .. }), Ok(file)) = (&fault, open(self.seat(), &reference).await) {
            let newer = newer(self.seat(), &file, self.form.seen());
            let what_they_did = newer.map_or_else(
                || "Somebody acted on this case while you were writing.".to_owned(),
                |newer| newer.line,
            );
            let now = Link::new("See the case as it is now", &paths::case(&reference));
            let trouble = Trouble::Conflict {
                what_they_did,
                kept: kept(&self.form.seat, &self.form.posted),
                now,
                next: None,
            };
            return self.seat().page_with(StatusCode::CONFLICT, &trouble).await;
        }
        fault.into_response(self.seat(), &self.form.posted).await
    }
}

/// See [`Sent::interrupted`].
pub(crate) async fn interrupted(
    form: &StaffForm,
    file: &CaseFile,
    fault: &Fault,
) -> Option<(Interruption, CaseFile, FormState)> {
    let Fault::Act(ActError::Stale { .. }) = fault else {
        return None;
    };
    let file = open(&form.seat, &file.case.reference.to_string()).await.ok()?;
    let came = interruption(&form.seat, &file, form.seen());
    let form = read_up_to(form.state(), &file);
    Some((came, file, form))
}

/// What happened after somebody had read the case, and that nothing of theirs was sent.
pub(crate) fn interruption(seat: &Seat, file: &CaseFile, seen: Seen) -> Interruption {
    let after = "Read it before you go on: your words are still here, and nothing was sent.";
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
pub(crate) fn read_up_to(form: FormState, file: &CaseFile) -> FormState {
    let seen = file.case.sequence.to_string();
    FormState {
        answers: Answers::of(&[("seen", &seen)]).with_all_but("seen", &form.answers),
        ..form
    }
}

/// What somebody else did since a case was read.
pub(crate) struct Newer {
    /// "Update to Priya by email, by Jo Whitfield (Today, 9:41am)."
    pub(crate) line: String,
    /// The words of it, or the line again.
    pub(crate) words: String,
}

/// The latest that somebody else did after `seen`; what the system does by itself does not count.
pub(crate) fn newer(seat: &Seat, file: &CaseFile, seen: Seen) -> Option<Newer> {
    let Seen::UpTo(seen) = seen else { return None };
    let me = Actor::Staff(seat.door.person().id);
    let later = file.history.iter().rev().filter(|recorded| recorded.sequence > seen);
    let recorded = later
        .into_iter()
        .filter(|recorded| !stands_beside_words(&recorded.event))
        .find(|recorded| recorded.actor != me && recorded.actor != Actor::System)?;
    let said = saying(seat, file, recorded);
    let by = actor(seat, file, recorded.actor).map_or_else(String::new, |by| format!(", {by}"));
    let line = format!("{}{by} ({}).", said.title, seat.wall().when(recorded.at));
    Some(Newer {
        words: said.words.map_or_else(|| line.clone(), |words| words.text().to_owned()),
        line,
    })
}

/// That somebody looked is nothing to read, and what an e-mail told beside its words comes after them: the words are what is shown.
fn stands_beside_words(event: &Event) -> bool {
    matches!(
        event,
        Event::RecordViewed(_) | Event::FileAttached(_) | Event::MailKept(_)
    )
}

/// The page of an act that cannot be done now: the rule's own words instead of a form.
pub(crate) async fn not_now(seat: &Seat, file: &CaseFile, heading: &str, refused: Refused) -> Response {
    if matches!(refused, Refused::NotAllowed { .. }) {
        return Fault::from(refused).into_response(seat, &Posted::default()).await;
    }
    let reference = file.case.reference.to_string();
    let back = Link::new(&format!("Back to {reference}"), &paths::case(&reference));
    let page = Message {
        heading: heading.to_owned(),
        words: refused.to_string(),
        links: vec![back],
    };
    seat.page_with(StatusCode::CONFLICT, &page).await
}

/// Asks a rule without acting: what it says about words that are not written yet does not count.
pub(crate) fn in_the_way<T>(dry_run: Result<T, Refused>) -> Option<Refused> {
    dry_run
        .err()
        .filter(|refused| !matches!(refused, Refused::Fields { .. }))
}

/// A date of the browser's date field; nothing where it is empty.
///
/// # Errors
/// Beside the field, when it is no date.
pub(crate) fn date(form: &StaffForm, field: &'static str) -> Result<Option<jiff::civil::Date>, Refused> {
    match form.get(field).trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| Refused::field(field, "Enter a date as year, month and day, like 2026-10-15")),
    }
}
