//! Serving and taking the complaint form.

use axum::extract::{Request, State};
use axum::response::Response;
use casework::ActError;
use rules::case::Refused;
use rules::intake::{RawFeedback, read};

use super::{AboutStaff, ComplainPage, complain};
use crate::http::sent_form::{self, SentForm, Whose};
use crate::http::{Posted, Site, once};
use crate::page::form::Errors;
use crate::public::answer::{errors, failed, page, see_with_case, sent_without_files, sent_wrong};
use crate::public::kept::{COMPLAINT, kept_with_files};
use crate::public::paths;
use crate::public::too_large::not_taken;

/// The empty form.
pub(crate) async fn show(State(site): State<Site>) -> Response {
    page(complain(
        &site.institution(),
        &ComplainPage {
            key: once::key(),
            file_limits: site.public().file_limits().words(),
            ..ComplainPage::default()
        },
    ))
}

/// A filled form: kept and acknowledged, or shown again with what to do.
pub(crate) async fn send(State(site): State<Site>, request: Request) -> Response {
    let whose = Whose {
        key: "key",
        tray: |posted: &Posted| site.public().tray(posted.get("key")),
    };
    let sent = match sent_form::read(request, &site, whose).await {
        Ok(sent) => sent,
        Err(unread) => return not_taken(&site, unread),
    };
    let shown = typed(&site, &sent);
    if !sent.files.are_fine() {
        let also = read(&raw(&shown)).err().map(|refused| named(&refused));
        let errors = also.unwrap_or_default().and(&sent.files.errors());
        let again = complain(&site.institution(), &ComplainPage { errors, ..shown });
        return sent_without_files(&sent.files, again);
    }
    let files = sent.files.waiting.clone();
    match site.public().complain_with(&raw(&shown), &shown.key, files).await {
        Ok(receipt) => see_with_case(
            paths::COMPLAIN_SENT,
            &receipt.reference.to_string(),
            &receipt.link_token,
            &site,
        ),
        Err(ActError::Refused(refused)) => sent_wrong(complain(
            &site.institution(),
            &ComplainPage {
                errors: named(&refused),
                ..shown
            },
        )),
        Err(fault) => {
            let kept = kept_with_files(paths::COMPLAIN, "Send complaint", &sent, COMPLAINT);
            failed(&site, &fault, Some(kept))
        }
    }
}

fn named(refused: &Refused) -> Errors {
    errors(refused, "what")
}

fn typed(site: &Site, sent: &SentForm) -> ComplainPage {
    let posted = &sent.posted;
    ComplainPage {
        key: once::key_or_new(posted.get("key")),
        what: posted.get("what").to_owned(),
        want: posted.get("want").to_owned(),
        about_staff: if posted.get("named") == "yes" {
            AboutStaff::Yes
        } else {
            AboutStaff::No
        },
        who: posted.get("who").to_owned(),
        name: posted.get("name").to_owned(),
        email: posted.get("email").to_owned(),
        phone: posted.get("phone").to_owned(),
        reply: posted.get("reply").to_owned(),
        acting_for: posted.get("acting_for").to_owned(),
        job: posted.get("job").to_owned(),
        needs: posted.get("needs").to_owned(),
        file_limits: site.public().file_limits().words(),
        received: sent.files.received(),
        errors: Errors::none(),
    }
}

fn raw(page: &ComplainPage) -> RawFeedback {
    RawFeedback {
        kind: "complaint".to_owned(),
        words: page.what.clone(),
        wanted: page.want.clone(),
        about_staff: if page.about_staff == AboutStaff::Yes {
            "yes".to_owned()
        } else {
            String::new()
        },
        complainant_kind: page.who.clone(),
        name: page.name.clone(),
        email: page.email.clone(),
        phone: page.phone.clone(),
        username: String::new(),
        reply_by: if page.reply == "site" {
            "tracking_page".to_owned()
        } else {
            page.reply.clone()
        },
        acting_for: page.acting_for.clone(),
        needs: page.needs.clone(),
        existing_job: page.job.clone(),
    }
}
