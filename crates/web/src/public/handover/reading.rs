//! The record of a sealed complaint, read by its holder with a code: shown for an hour, to this browser.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use casework::ActError;
use casework::sealing::link::Opened;
use casework::sealing::record::SealedRecord;
use rules::case::{Event, Recorded};

use super::handler::{Link, code_page};
use super::{ReadingPage, Spoken, reading_page};
use crate::http::cookie::Cookie;
use crate::http::{Posted, Site, download, once};
use crate::page::timeline::TimelineFile;
use crate::page::words::moment;
use crate::public::answer::{failed, page, see};
use crate::public::paths;

/// The record, or the page that asks for a code.
pub(crate) async fn read(State(site): State<Site>, Path((reference, token)): Link, headers: HeaderMap) -> Response {
    let opened = async {
        let at = site.public().follow_handover(&reference, &token).await?;
        let reading = Cookie::Reading.read(&headers).ok_or(ActError::NotFound)?;
        site.public().read_handover(&at, &reading).await
    };
    match opened.await {
        Ok(record) => page(reading_page(&site.institution(), &shown(&site, &record, &token))),
        Err(ActError::NotFound) => match code_page(&site, (&reference, &token), "").await {
            Ok(asked) => asked,
            Err(fault) => failed(&site, &fault, None),
        },
        Err(fault) => failed(&site, &fault, None),
    }
}

/// A code was typed.
pub(crate) async fn try_code(State(site): State<Site>, Path((reference, token)): Link, posted: Posted) -> Response {
    let tried = async {
        let at = site.public().follow_handover(&reference, &token).await?;
        site.public().open_handover(&at, posted.get("code")).await
    };
    let wrong_with_it = match tried.await {
        Ok(Opened::Reading(reading)) => {
            let mut response = see(&format!("{}/read", paths::handover(&reference, &token)));
            if let Some(cookie) = Cookie::Reading.set(&reading, site.transport()) {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
            return response;
        }
        Ok(Opened::Wrong) => "That is not the code that we sent. Check it, or have another sent",
        Ok(Opened::Over) => "That code does not work any more: each works once, for 15 minutes. Have another sent",
        Err(fault) => return failed(&site, &fault, None),
    };
    match code_page(&site, (&reference, &token), wrong_with_it).await {
        Ok(asked) => asked,
        Err(fault) => failed(&site, &fault, None),
    }
}

/// A file of the record.
pub(crate) async fn file(
    State(site): State<Site>,
    Path((reference, token, id)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    let opened = async {
        let at = site.public().follow_handover(&reference, &token).await?;
        let reading = Cookie::Reading.read(&headers).ok_or(ActError::NotFound)?;
        site.public().handover_file(&at, &reading, &id).await
    };
    match opened.await {
        Ok(file) => download::answer(file),
        Err(fault) => failed(&site, &fault, None),
    }
}

/// They have read it.
pub(crate) async fn close(State(site): State<Site>, Path((reference, token)): Link) -> Response {
    let ended = async {
        let at = site.public().follow_handover(&reference, &token).await?;
        site.public().close_handover(&at).await
    };
    match ended.await {
        Ok(()) => see(&paths::handover(&reference, &token)),
        Err(fault) => failed(&site, &fault, None),
    }
}

fn shown(site: &Site, record: &SealedRecord, token: &str) -> ReadingPage {
    let case = &record.case;
    let reference = case.reference.to_string();
    let here = paths::handover(&reference, token);
    let zone = site.public().procedure().calendar.time_zone().clone();
    let when = |at: jiff::Timestamp| moment(&at.to_zoned_datetime(zone.clone()));
    let file = |attached: &rules::case::AttachedFile| TimelineFile {
        name: attached.file.name.to_string(),
        href: format!("{here}/files/{}", attached.file.id),
        about: attached.file.about(),
    };
    ReadingPage {
        key: once::key(),
        received: when(case.received.received_at),
        channel: case.received.channel.words().to_owned(),
        about: about(site, record),
        words: case.received.words.clone(),
        wanted: case.received.wanted.clone(),
        complainant: complainant(record),
        before: record
            .history
            .iter()
            .filter_map(|recorded| said(recorded, &when))
            .collect(),
        added: record
            .added
            .iter()
            .map(|added| Spoken {
                title: format!("They wrote, {}", when(added.at)),
                words: added.words.clone(),
            })
            .collect(),
        files: case.files.iter().map(file).collect(),
        reference,
        here,
    }
}

fn about(site: &Site, record: &SealedRecord) -> String {
    let named = &record.case.named;
    let people = named.people.iter().filter_map(|id| site.public().writer(*id));
    let mut about: Vec<String> = people.map(|(name, _)| name).collect();
    about.extend(named.others.clone());
    match about.is_empty() {
        true => "Nobody by name".to_owned(),
        false => about.join(", "),
    }
}

fn complainant(record: &SealedRecord) -> Vec<(String, String)> {
    let who = &record.case.complainant;
    let known = [
        ("Name", who.name.clone()),
        ("Email", who.email.clone()),
        ("Phone", who.phone.clone()),
        ("Username", who.username.clone()),
        ("They complain for", who.acting_for.clone()),
        ("What would help them", who.needs.clone()),
    ];
    let mut shown: Vec<(String, String)> = known
        .into_iter()
        .filter_map(|(what, value)| Some((what.to_owned(), value?)))
        .collect();
    shown.push(("They want to hear by".to_owned(), who.reply_by.words().to_owned()));
    shown
}

/// What was said before the sealing, by whomever.
fn said(recorded: &Recorded, when: &impl Fn(jiff::Timestamp) -> String) -> Option<Spoken> {
    let (who, words) = match &recorded.event {
        Event::MessageReceived(message) => ("They wrote", &message.words),
        Event::UpdateSent(update) => ("We wrote to them", &update.words),
        Event::NoteAdded(note) => ("Note of the office", &note.words),
        Event::LaneRestricted(reason) => ("Why it was restricted", &reason.reason),
        Event::EscalationRequested(asked) => ("They asked for stage 2", asked.words.as_ref()?),
        Event::DecisionRecorded(decision) => ("The decision of the stage before", &decision.decision.reasons),
        _ => return None,
    };
    Some(Spoken {
        title: format!("{who}, {}", when(recorded.at)),
        words: words.clone(),
    })
}
