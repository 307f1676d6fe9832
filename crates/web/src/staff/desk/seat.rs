//! A seat in the office: made only for somebody who is signed in (invariant 6); everyone else is sent to the sign-in page.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use casework::account::SignedIn;
use casework::jobs::post_lists;
use casework::mail::tray;
use casework::people::OfficeHand;
use casework::{ActError, StaffDoor, account};
use rules::people::permission;
use rules::people::{Act, Role};
use tracing::warn;

use super::answer::Fault;
use super::moment::Wall;
use super::preferences::Preferences;
use super::way_in::{to_sign_in, wanted};
use crate::http::Site;
use crate::http::cookie::Cookie;
use crate::page::staff_shell::{Nav, NavCounts, Places, StaffPage, StaffShell};
use crate::public::answer::failed;

/// What each place of the navigation asks for; none where everybody who is signed in may go.
const PLACES: [(Nav, Option<Act>); 29] = [
    (Nav::MyWork, None),
    (Nav::Triage, Some(Act::SeeCases)),
    (Nav::AllCases, Some(Act::SeeCases)),
    (Nav::Search, Some(Act::SeeCases)),
    (Nav::Jobs, Some(Act::SeeJobs)),
    (Nav::Sealed, Some(Act::SeeSealed)),
    (Nav::Mail, Some(Act::SortMail)),
    (Nav::SignOff, Some(Act::SeeCases)),
    (Nav::Log, Some(Act::LogFeedback)),
    (Nav::Undelivered, Some(Act::Write)),
    (Nav::Review, Some(Act::SeeReviews)),
    (Nav::Reports, Some(Act::SeeReviews)),
    (Nav::Actions, Some(Act::SeeActions)),
    (Nav::People, Some(Act::ManagePeople)),
    (Nav::Calendars, Some(Act::SeeProcedure)),
    (Nav::Categories, Some(Act::SeeProcedure)),
    (Nav::Wording, Some(Act::SeeProcedure)),
    (Nav::Brand, Some(Act::EditBrand)),
    (Nav::Ways, Some(Act::EditWays)),
    (Nav::Vips, Some(Act::FlagVip)),
    (Nav::Directory, Some(Act::KeepDirectory)),
    (Nav::MailStanding, Some(Act::SeeMail)),
    (Nav::Who, Some(Act::LookUpPeople)),
    (Nav::Keeping, Some(Act::SeeKeeping)),
    (Nav::AccessLog, Some(Act::SeeAccessLog)),
    (Nav::Subject, Some(Act::ExportSubject)),
    (Nav::OfficeLog, Some(Act::SeeOfficeLog)),
    (Nav::Procedure, Some(Act::SeeProcedure)),
    (Nav::Letters, Some(Act::SeeLetterBox)),
];

/// Somebody at work: their door, and the frame for their pages.
pub struct Seat {
    /// The staff door of this person.
    pub door: StaffDoor,
    /// The site, for what pages say about the institution.
    pub site: Site,
    /// What every form sends back.
    pub csrf: String,
    /// How they like their pages.
    pub preferences: Preferences,
}

impl FromRequestParts<Site> for Seat {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Seat, Response> {
        match Seat::of_browser(site, &parts.headers).await {
            Ok(Some(seat)) => Ok(seat),
            Ok(None) => Err(to_sign_in(wanted(&parts.method, &parts.uri))),
            Err(fault) => Err(failed(site, &fault, None)),
        }
    }
}

impl Seat {
    /// The seat of whoever is signed in with this browser, if anybody is.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) async fn of_browser(site: &Site, headers: &HeaderMap) -> Result<Option<Seat>, ActError> {
        let token = Cookie::Staff.read(headers).unwrap_or_default();
        Seat::of_session(site, &token, headers).await
    }

    /// The seat that a session gives.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) async fn of_session(site: &Site, token: &str, headers: &HeaderMap) -> Result<Option<Seat>, ActError> {
        let signed_in = account::signed_in(site.office(), token).await?;
        Ok(signed_in.map(|signed_in| Seat::taken(site, signed_in, headers)))
    }

    /// The seat of a browser whose page looks by itself: nobody is at work for that, so the session is no longer for it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) async fn glancing(site: &Site, headers: &HeaderMap) -> Result<Option<Seat>, ActError> {
        let token = Cookie::Staff.read(headers).unwrap_or_default();
        let signed_in = account::still_signed_in(site.office(), &token).await?;
        Ok(signed_in.map(|signed_in| Seat::taken(site, signed_in, headers)))
    }

    fn taken(site: &Site, signed_in: SignedIn, headers: &HeaderMap) -> Seat {
        Seat {
            door: StaffDoor::of(site.office().clone(), signed_in.person),
            site: site.clone(),
            csrf: signed_in.csrf,
            preferences: Preferences::read(headers),
        }
    }

    /// Whether this person may do an act: decides which links a page shows, never whether the act happens.
    pub fn may(&self, act: Act) -> bool {
        permission::may(self.door.person(), act)
    }

    /// Refuses a person whose roles do not allow what a page is for.
    ///
    /// # Errors
    /// The refusal, in words that say who can.
    pub fn require(&self, act: Act) -> Result<(), Fault> {
        Ok(rules::case::change::permit(self.door.person(), act)?)
    }

    /// A hand on the office; `once` makes a second press harmless.
    pub(crate) fn hand<'a>(&'a self, once: &'a str) -> OfficeHand<'a> {
        OfficeHand {
            office: self.door.office(),
            by: self.door.person(),
            once,
        }
    }

    /// The clock on the wall, in the institution's zone.
    pub fn wall(&self) -> Wall {
        Wall::of(self.door.office())
    }

    /// A page in its frame.
    pub async fn page(&self, page: &(dyn StaffPage + Sync)) -> Response {
        self.page_with(StatusCode::OK, page).await
    }

    /// A page in its frame with a status: 422 for a form that came back, 403, 404, 409 for what cannot be done. It is said also when the numbers
    /// beside the places cannot be read: then the frame is without them.
    pub async fn page_with(&self, status: StatusCode, page: &(dyn StaffPage + Sync)) -> Response {
        let shell = self.shell().await.unwrap_or_else(|fault| {
            warn!(%fault, "a page was drawn without the numbers beside the places");
            self.frame(Places::of([]), NavCounts::default())
        });
        (status, Html(shell.draw(page).into_inner())).into_response()
    }

    /// The frame, with the numbers of this moment.
    pub async fn shell(&self) -> Result<StaffShell, ActError> {
        let counts = self.numbers().await?;
        Ok(self.frame(self.places(), counts))
    }

    fn frame(&self, places: Places, counts: NavCounts) -> StaffShell {
        let wall = self.wall();
        let institution = self.site.institution();
        StaffShell {
            service: institution.service,
            sheet: institution.sheet,
            who_name: self.door.person().name.clone(),
            who_role: self.door.person().job_title.clone(),
            csrf: self.csrf.clone(),
            places,
            counts,
            now_short: wall.time(),
            now_line: format!(
                "{}. Working days skip weekends, bank holidays and university closure days.",
                wall.now_words()
            ),
            theme: self.preferences.theme,
            shortcuts: self.preferences.shortcuts,
        }
    }

    /// The numbers beside the places.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) async fn numbers(&self) -> Result<NavCounts, ActError> {
        let counts = self.door.counts().await?;
        let actions = self.door.action_counts().await?;
        let (office, person) = (self.door.office(), self.door.person());
        let undelivered = post_lists::how_many_lost(office, person).await?;
        let mail = tray::waiting(office, person).await?;
        let small = |count: i64| u32::try_from(count).unwrap_or(0);
        Ok(NavCounts {
            my_work: small(counts.mine + counts.asked),
            late: small(counts.mine_late),
            triage: small(counts.triage),
            all_open: small(counts.open),
            sign_off: small(counts.awaiting_sign_off),
            jobs: small(counts.open),
            actions: small(actions.open),
            actions_late: small(actions.overdue),
            undelivered: small(undelivered),
            mail: small(mail),
        })
    }

    /// Where the person may go: the pages that would not refuse them.
    pub(crate) fn places(&self) -> Places {
        let open = PLACES
            .iter()
            .filter(|(_, act)| act.is_none_or(|act| self.may(act)))
            .map(|(place, _)| *place);
        Places::of(open.filter(|place| *place != Nav::Letters || self.site.letter_box().is_some()))
    }

    /// The people who may be given a case at a stage, by name.
    pub fn holders(&self, roles: &[Role]) -> Vec<rules::people::Person> {
        self.door.office().holders(roles)
    }
}
