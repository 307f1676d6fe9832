//! Serving a complaint to the person who made it.

use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::ActError;
use casework::desk::CaseFile;
use casework::intake::track::{Complainant, TheirOther};
use rules::case::Refused;
use rules::case::vocabulary::Channel;
use rules::handling::contact;

use super::shown::shown;
use super::{Action, Reply, TrackPage, track};
use crate::http::sent_form::{self, SentFiles, SentForm, Whose};
use crate::http::{Carried, Posted, Sender, Site, download, once};
use crate::page::form::Errors;
use crate::public::answer::{complainant, errors, failed, own_case, page, see, see_with_case, sent_without_files};
use crate::public::kept::kept_act_with_files;
use crate::public::message::{MessagePage, Onward, message};
use crate::public::paths;
use crate::public::too_large::not_taken;
use crate::public::track_start::locked_out;

/// Their complaint; without the right cookie, the page that asks for the code.
pub(crate) async fn show(State(site): State<Site>, Path(reference): Path<String>, headers: HeaderMap) -> Response {
    match open(&site, &headers, &reference).await {
        Ok(file) => whole(&site, &file).await,
        // A bookmark after a day: ask for the code instead of saying that there is nothing.
        Err(ActError::NotFound) => see(paths::TRACK),
        Err(fault) => failed(&site, &fault, None),
    }
}

/// Their complaint with those that came out of it.
async fn whole(site: &Site, file: &CaseFile) -> Response {
    let others = match site.public().set_apart(file).await {
        Ok(others) => others,
        Err(fault) => return failed(site, &fault, None),
    };
    let link = |other: TheirOther| Action {
        words: format!("{}: {}", other.reference, other.title),
        path: paths::link(&other.reference.to_string(), &other.link_token),
    };
    let shown = TrackPage {
        set_apart: others.into_iter().map(link).collect(),
        ..shown(site, file, fresh_reply(site, file))
    };
    page(track(&site.institution(), &shown))
}

/// The link of a letter: sets the cookie and goes to the complaint, so that the secret leaves the address line.
pub(crate) async fn follow(State(site): State<Site>, Path((reference, token)): Path<(String, String)>) -> Response {
    match site.public().follow(&reference, &token).await {
        Ok(who) => {
            let reference = who.reference().to_string();
            see_with_case(&paths::complaint(&reference), &reference, &token, &site)
        }
        Err(fault) => failed(&site, &fault, None),
    }
}

/// A file of their complaint. Whatever they may not open looks like a page that is not there (invariant 12).
pub(crate) async fn file(
    State(site): State<Site>,
    Path((reference, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let opened = async {
        let case = open(&site, &headers, &reference).await?;
        site.public().open_file(&case, &id).await
    };
    match opened.await {
        Ok(download) => download::answer(download),
        Err(fault) => failed(&site, &fault, None),
    }
}

/// A reply, perhaps with files.
pub(crate) async fn reply(
    State(site): State<Site>,
    Path(reference): Path<String>,
    headers: HeaderMap,
    sender: Sender,
    request: Request,
) -> Response {
    let to = paths::reply(&reference);
    let who = complainant(&site, &headers, &reference).await;
    let whose = Whose {
        key: "key",
        // Somebody who may not see the case leaves nothing here.
        tray: |posted: &Posted| site.public().reply_tray(who.as_ref().ok()?, posted.get("key")),
    };
    let sent = match sent_form::read(request, &site, whose).await {
        Ok(sent) => sent,
        Err(unread) => return not_taken(&site, unread),
    };
    let carried = || Carried::of(&to, &sent.posted).without(&sent.files.left_behind);
    let who = match who {
        Ok(who) => who,
        Err(fault) => return locked_out(&site, sender, &fault, carried()),
    };
    match say(&site, &who, &sent).await {
        Ok(file) => page(message(&site.institution(), &done(&site, &file))),
        Err(ActError::Refused(refused)) => match open(&site, &headers, &reference).await {
            Ok(file) => again(&site, &file, &sent, &errors(&refused, "words")),
            Err(fault) => failed(&site, &fault, kept_act_with_files(&to, &sent)),
        },
        Err(fault) => failed(&site, &fault, kept_act_with_files(&to, &sent)),
    }
}

async fn say(site: &Site, who: &Complainant, sent: &SentForm) -> Result<CaseFile, ActError> {
    let words = sent.posted.get("words");
    if !sent.files.are_fine() {
        // The rule of a message is asked all the same, so that everything is said at once.
        let file = site.public().case(who).await?;
        let wrong = contact::message(&file.case, words, Channel::Web).err();
        return Err(wrong.unwrap_or(Refused::Fields { fields: Vec::new() }).into());
    }
    site.public().reply(who, words, sent.posted.get("key")).await?;
    site.public().case(who).await
}

fn again(site: &Site, file: &CaseFile, sent: &SentForm, wrong: &Errors) -> Response {
    let reply = Reply {
        key: once::key_or_new(sent.posted.get("key")),
        words: sent.posted.get("words").to_owned(),
        received: sent.files.received(),
        errors: in_words(wrong).and(&sent.files.errors()),
        ..fresh_reply(site, file)
    };
    let shown = track(&site.institution(), &shown(site, file, reply));
    sent_without_files(&sent.files, shown)
}

/// Their complaint with what they wrote in the box for a message, and why it could not be taken.
pub(crate) fn message_instead(site: &Site, file: &CaseFile, posted: &Posted, refused: &Refused) -> Response {
    let again = Reply {
        words: posted.get("words").to_owned(),
        errors: in_words(&errors(refused, "words")),
        ..fresh_reply(site, file)
    };
    sent_without_files(
        &SentFiles::default(),
        track(&site.institution(), &shown(site, file, again)),
    )
}

/// The rule of a message serves other forms too and calls its words a reply.
fn in_words(wrong: &Errors) -> Errors {
    let mut named = Errors::none();
    for error in wrong.iter() {
        let field = if error.field == "reply" { "words" } else { &error.field };
        named.add(field, error.message.clone());
    }
    named
}

async fn open(site: &Site, headers: &HeaderMap, reference: &str) -> Result<CaseFile, ActError> {
    own_case(site, headers, reference).await.map(|(_, file)| file)
}

pub(super) fn fresh_reply(site: &Site, file: &CaseFile) -> Reply {
    Reply {
        key: once::key(),
        to: match file.case.is_sealed() {
            true => Some("the manager who has it".to_owned()),
            false => site.public().handler_name(file),
        },
        // What is added to a sealed complaint is words: files go to the manager who has it.
        file_limits: match file.case.is_sealed() {
            true => String::new(),
            false => site.public().file_limits().words(),
        },
        ..Reply::default()
    }
}

fn done(site: &Site, file: &CaseFile) -> MessagePage {
    let reader = site.public().handler_name(file).unwrap_or_else(|| {
        match file.case.is_sealed() {
            true => "The manager who deals with it",
            false => "The team",
        }
        .to_owned()
    });
    let next = file.update_date().map(|update| {
        format!(
            " You will hear from us by {}.",
            crate::page::words::date_long(update.due_on)
        )
    });
    MessagePage {
        heading: "We have your message".to_owned(),
        reference: Some(file.case.reference.to_string()),
        words: vec![format!("{reader} has it.{}", next.unwrap_or_default())],
        onward: Onward::Complaint,
    }
}
