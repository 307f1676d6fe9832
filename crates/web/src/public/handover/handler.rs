//! Serving the page at the link of a handover, and taking what a line manager says there.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::sealing::link::AtTheLink;
use rules::case::vocabulary::Outcome;
use rules::confidential::sealing::report::Finished;

use super::{HandoverPage, Part, Said, handover};
use crate::http::{Posted, Site, in_minutes, once};
use crate::page::form::Errors;
use crate::page::words::moment;
use crate::public::answer::{self, errors, page, see, sent_wrong, troubled};
use crate::public::paths;
use crate::public::trouble::Trouble;

/// The two halves of the link.
pub(super) type Link = Path<(String, String)>;

/// Everything about it.
pub(crate) async fn show(State(site): State<Site>, link: Link) -> Response {
    part(&site, link, Part::Whole).await
}

/// "I have it", as the letter links to it: shown, and taken with a press only, since mail programs follow links by themselves.
pub(crate) async fn show_have(State(site): State<Site>, link: Link) -> Response {
    part(&site, link, Part::Have).await
}

/// "I have finished", as the letter links to it.
pub(crate) async fn show_finished(State(site): State<Site>, link: Link) -> Response {
    part(&site, link, Part::Finished).await
}

async fn part(site: &Site, Path((reference, token)): Link, part: Part) -> Response {
    let shown = async {
        let at = site.public().follow_handover(&reference, &token).await?;
        shown(site, &at, &token).await
    };
    match shown.await {
        Ok(shown) => drawn(site, HandoverPage { part, ..shown }),
        Err(fault) => failed(site, &fault),
    }
}

/// They have it.
pub(crate) async fn have(State(site): State<Site>, link: Link, posted: Posted) -> Response {
    let taken = async |at: &AtTheLink| site.public().handover_taken(at, posted.get("key")).await;
    say(&site, link, (Part::Have, Said::Have), taken).await
}

/// They wrote to whoever complained.
pub(crate) async fn told(State(site): State<Site>, link: Link, posted: Posted) -> Response {
    let told = async |at: &AtTheLink| site.public().handover_told(at, posted.get("key")).await;
    say(&site, link, (Part::Whole, Said::Told), told).await
}

async fn say(
    site: &Site,
    Path((reference, token)): Link,
    (asked, said): (Part, Said),
    act: impl AsyncFnOnce(&AtTheLink) -> Result<(), ActError>,
) -> Response {
    let at = match site.public().follow_handover(&reference, &token).await {
        Ok(at) => at,
        Err(fault) => return failed(site, &fault),
    };
    let answer = act(&at).await;
    let shown = match shown(site, &at, &token).await {
        Ok(shown) => shown,
        Err(fault) => return failed(site, &fault),
    };
    match answer {
        Ok(()) => drawn(
            site,
            HandoverPage {
                part: Part::Said(said),
                ..shown
            },
        ),
        Err(ActError::Refused(refused)) => wrong(
            site,
            HandoverPage {
                part: asked,
                errors: errors(&refused, "key"),
                ..shown
            },
        ),
        Err(fault) => failed(site, &fault),
    }
}

/// They have finished.
pub(crate) async fn finished(State(site): State<Site>, Path((reference, token)): Link, posted: Posted) -> Response {
    let at = match site.public().follow_handover(&reference, &token).await {
        Ok(at) => at,
        Err(fault) => return failed(&site, &fault),
    };
    let on = posted.get("on").trim().to_owned();
    let report = Finished {
        on: on.parse().ok(),
        outcome: Outcome::from_code(posted.get("outcome")),
    };
    let answer = site.public().handover_finished(&at, &report, posted.get("key")).await;
    let shown = match shown(&site, &at, &token).await {
        Ok(shown) => shown,
        Err(fault) => return failed(&site, &fault),
    };
    match answer {
        Ok(()) => drawn(
            &site,
            HandoverPage {
                part: Part::Said(Said::Finished),
                ..shown
            },
        ),
        Err(ActError::Refused(refused)) => wrong(
            &site,
            HandoverPage {
                part: Part::Finished,
                on,
                outcome: posted.get("outcome").to_owned(),
                // Where it is over the page says so itself, and has no field that could be mended.
                errors: match shown.is_open {
                    true => errors(&refused, "on"),
                    false => Errors::none(),
                },
                ..shown
            },
        ),
        Err(fault) => failed(&site, &fault),
    }
}

/// Sends a code, and asks for it.
pub(crate) async fn send_code(State(site): State<Site>, Path((reference, token)): Link) -> Response {
    let sent = async {
        let at = site.public().follow_handover(&reference, &token).await?;
        site.public().send_handover_code(&at).await?;
        Ok::<_, ActError>(())
    };
    match sent.await {
        Ok(()) => see(&format!("{}/read", paths::handover(&reference, &token))),
        Err(ActError::Throttled { tries, minutes }) => {
            let words = format!("You have had {tries} codes in an hour. Wait {minutes} minutes, or call us");
            match code_page(&site, (&reference, &token), &words).await {
                Ok(mut response) => {
                    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
                    in_minutes(response, minutes)
                }
                Err(fault) => failed(&site, &fault),
            }
        }
        Err(fault) => failed(&site, &fault),
    }
}

/// The page that asks for the code, with what was wrong with the last one.
pub(super) async fn code_page(
    site: &Site,
    (reference, token): (&str, &str),
    wrong_with_it: &str,
) -> Result<Response, ActError> {
    let at = site.public().follow_handover(reference, token).await?;
    let shown = HandoverPage {
        part: Part::Code,
        ..shown(site, &at, token).await?
    };
    Ok(match wrong_with_it {
        "" => drawn(site, shown),
        words => wrong(
            site,
            HandoverPage {
                errors: Errors::none().with("code", words),
                ..shown
            },
        ),
    })
}

/// What went wrong. A link that opens nothing never did, or somebody else has that complaint now: it says the same of both.
pub(super) fn failed(site: &Site, fault: &ActError) -> Response {
    match fault {
        ActError::NotFound => troubled(site, Trouble::HandoverOver, None),
        other => answer::failed(site, other, None),
    }
}

fn drawn(site: &Site, shown: HandoverPage) -> Response {
    page(handover(&site.institution(), &shown))
}

fn wrong(site: &Site, shown: HandoverPage) -> Response {
    sent_wrong(handover(&site.institution(), &shown))
}

async fn shown(site: &Site, at: &AtTheLink, token: &str) -> Result<HandoverPage, ActError> {
    let standing = site.public().handover_standing(at).await?;
    let zone = site.public().procedure().calendar.time_zone().clone();
    let when = |at: jiff::Timestamp| moment(&at.to_zoned_datetime(zone.clone()));
    let reference = at.reference().to_string();
    Ok(HandoverPage {
        here: paths::handover(&reference, token),
        reference,
        key: once::key(),
        decision_by: standing.decision_date.filter(|_| standing.is_open),
        taken: standing.taken_at.map(when),
        finished: standing.finished_at.map(when),
        is_open: standing.is_open,
        mailbox: standing.mailbox,
        part: Part::Whole,
        on: String::new(),
        outcome: String::new(),
        errors: Errors::none(),
    })
}
