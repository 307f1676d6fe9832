//! Letters that do not arrive, as staff and the person who complained meet them.

mod list;
mod office;
mod tracking;

use casework::handling::{Seen, decide};
use casework::jobs::post::{self, Afterwards, ToSend};
use rules::case::Reference;
use rules::handling::decide::Telling;
use testkit::people::amara;
use testkit::words;

use crate::support::OpenSite;

pub(crate) const OLD: &str = "priya@example.ac.uk";
pub(crate) const NEW: &str = "priya.natarajan@example.ac.uk";
const REFUSED: &str = "The mail server refused priya@example.ac.uk: there is no such mailbox";

/// The mail server refuses everything that is due.
pub(crate) async fn refuse(site: &OpenSite, afterwards: Afterwards) {
    for letter in due(site).await {
        let failed = post::failed(&site.office.office, &letter, REFUSED, afterwards);
        failed.await.unwrap();
    }
}

/// The letters that the post room would send now.
pub(crate) async fn due(site: &OpenSite) -> Vec<ToSend> {
    post::claim(&site.office.office, 20).await.unwrap()
}

/// The addresses of the letters that the post room would send now.
pub(crate) async fn addressed(site: &OpenSite) -> Vec<Option<String>> {
    due(site).await.into_iter().map(|letter| letter.letter.to).collect()
}

/// Amara's decision of Thursday morning, whose letter was refused for good.
pub(crate) async fn undelivered_decision(site: &OpenSite) -> Reference {
    let reference = site.office.at_stage_1("k").await;
    site.office.on("2026-06-11 10:00");
    let decision = words::decision_on(&site.office.case(&reference).await);
    let door = site.office.door(&amara());
    let hand = door.hand(&reference, Seen::Whatever, "");
    decide::decide(hand, &decision, &Telling::InWriting).await.unwrap();
    refuse(site, Afterwards::GiveUp).await;
    reference
}
