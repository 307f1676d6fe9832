//! The record of a sealed complaint, read by its holder with a code: shown for an hour, to this browser.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use casework::ActError;
use casework::sealing::link::Opened;
use casework::sealing::record::SealedRecord;

use super::handler::{Link, code_page, failed};
use super::{ReadingPage, reading_page};
use crate::http::cookie::Cookie;
use crate::http::{Posted, Site, download, once};
use crate::page::record::{Manner, RecordText};
use crate::page::words::moment;
use crate::public::answer::{page, see};
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
            Err(fault) => failed(&site, &fault),
        },
        Err(fault) => failed(&site, &fault),
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
        Err(fault) => return failed(&site, &fault),
    };
    match code_page(&site, (&reference, &token), wrong_with_it).await {
        Ok(asked) => asked,
        Err(fault) => failed(&site, &fault),
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
        Err(fault) => failed(&site, &fault),
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
        Err(fault) => failed(&site, &fault),
    }
}

fn shown(site: &Site, record: &SealedRecord, token: &str) -> ReadingPage {
    let reference = record.case.reference.to_string();
    let here = paths::handover(&reference, token);
    let zone = site.public().procedure().calendar.time_zone().clone();
    let manner = Manner {
        when: &|at| moment(&at.to_zoned_datetime(zone.clone())),
        name: &|id| site.public().writer(id).map(|(name, _)| name),
    };
    ReadingPage {
        key: once::key(),
        record: RecordText::of(record, &manner, &|id| format!("{here}/files/{id}")),
        reference,
        here: here.clone(),
    }
}
