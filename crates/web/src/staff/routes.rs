//! The routes of the office.

use axum::Router;
use axum::routing::{get, post};

use super::people::{leave, password, person};
use super::{
    access_log, actions, all_cases, away, brand, calendars, categories, directory, jobs, keeping, letter_keys, letters,
    log, mail, me, my_work, now, office_log, paths, people, procedure, reports, review, sealed, search, sign_in,
    subject, triage, undelivered, unsent, vips, ways, who, wording,
};
use crate::http::Site;
use crate::staff::desk::Done;

/// Every staff route.
pub fn routes() -> Router<Site> {
    Router::new()
        .merge(super::serve::cases())
        .merge(lists())
        .merge(reviews())
        .merge(office())
}

/// The door, the lists, and what comes before a case is worked on.
fn lists() -> Router<Site> {
    Router::new()
        .route(
            paths::SIGN_IN,
            get(sign_in::handler::show).post(sign_in::handler::enter),
        )
        .route(
            paths::SIGN_OUT,
            post(sign_in::handler::leave).get(|| async { Done::see(paths::MY_WORK) }),
        )
        .route(paths::MY_WORK, get(my_work::handler::show))
        .route(paths::CASES, get(all_cases::handler::show))
        .route(
            paths::CASES_PASS_ON,
            get(all_cases::pass_on::handler::show).post(all_cases::pass_on::handler::send),
        )
        .route(paths::CASES_FILE, get(all_cases::file::save))
        .route(
            paths::VIEWS,
            get(all_cases::views::handler::show).post(all_cases::views::handler::save),
        )
        .route(
            paths::VIEWS_START,
            post(all_cases::views::handler::start).get(all_cases::views::handler::to_views),
        )
        .route(
            &paths::view("{id}"),
            post(all_cases::views::handler::rename).get(all_cases::views::handler::to_views),
        )
        .route(
            &paths::view_delete("{id}"),
            post(all_cases::views::handler::delete).get(all_cases::views::handler::to_views),
        )
        .route(paths::SEARCH, get(search::handler::show))
        .route(paths::TRIAGE, get(triage::handler::list))
        .route(
            &paths::triage("{reference}"),
            get(triage::handler::show).post(triage::handler::save),
        )
        .route(
            &paths::triage_kind("{reference}"),
            post(triage::handler::reclassify).get(triage::handler::to_triage),
        )
        .route(paths::LOG, get(log::handler::show).post(log::handler::save))
        .route(
            paths::LOG_DRAFT,
            post(unsent::handler::keep_log).get(unsent::handler::to_log),
        )
        .route(
            paths::LOG_DRAFT_DISCARD,
            post(unsent::handler::discard_log).get(unsent::handler::to_log),
        )
        .route(paths::NOW, get(now::show))
        .route(paths::LOGGED, get(log::handler::done))
        .route(paths::JOBS, get(jobs::handler::register))
        .route(paths::SEALED, get(sealed::handler::show))
        .route(&format!("{}/{{number}}", paths::JOBS), get(jobs::handler::one))
}

/// The monthly review and the register of follow-on actions.
fn reviews() -> Router<Site> {
    use review::serve::{finish, handler, recommend};
    let act = |act: &str| paths::review_act("{month}", act);
    Router::new()
        .route(paths::REVIEW, get(handler::list))
        .route(&paths::review("{month}"), get(handler::show))
        .route(&act("note"), post(handler::note).get(handler::to_month))
        .route(
            &act("recommend"),
            get(recommend::recommend).post(recommend::recommended),
        )
        .route(&act("freeze"), post(handler::freeze).get(handler::to_month))
        .route(&act("finish"), get(finish::finish).post(finish::finished))
        .route(&act("restate"), post(handler::restate).get(handler::to_month))
        .route(paths::REPORTS, get(reports::handler::show))
        .route(paths::REPORTS_FILE, get(reports::handler::save))
        .route(paths::ACTIONS, get(actions::serve::register::register))
        .route(
            &paths::action("{id}"),
            get(actions::serve::one::one).post(actions::serve::one::take),
        )
        .route(
            &paths::publish_action("{id}"),
            get(actions::serve::publish::publish).post(actions::serve::publish::published),
        )
        .route(
            &paths::unpublish_action("{id}"),
            post(actions::serve::publish::unpublished).get(actions::serve::publish::to_publish),
        )
}

/// People, procedure, letters, and the person who is signed in.
fn office() -> Router<Site> {
    Router::new()
        .merge(staff())
        .route(paths::CALENDARS, get(calendars::handler::show))
        .route(
            paths::CALENDAR_CHANGE,
            get(calendars::handler::preview).post(calendars::handler::publish),
        )
        .route(paths::VIPS, get(vips::handler::show).post(vips::handler::save))
        .route(
            paths::DIRECTORY,
            get(directory::handler::show).post(directory::handler::read),
        )
        .route(
            paths::LETTER_KEYS,
            get(letter_keys::handler::show).post(letter_keys::handler::post),
        )
        .route(paths::MAIL, get(mail::handler::show).post(mail::handler::sort))
        .route(
            paths::MAIL_STANDING,
            get(mail::standing_handler::show).post(mail::standing_handler::ask),
        )
        .route(paths::WHO, get(who::handler::show))
        .route(paths::KEEPING, get(keeping::handler::show))
        .route(paths::ACCESS_LOG, get(access_log::handler::show))
        .route(paths::ACCESS_LOG_FILE, get(access_log::handler::save))
        .route(paths::SUBJECT, get(subject::handler::show).post(subject::handler::post))
        .route(paths::OFFICE_LOG, get(office_log::handler::show))
        .merge(published())
        .route(
            paths::UNDELIVERED,
            get(undelivered::handler::show).post(undelivered::handler::post),
        )
        .route(paths::LETTERS, get(letters::handler::list))
        .route(&paths::letter("{id}"), get(letters::handler::one))
        .route(paths::ME, get(me::handler::show).post(me::handler::change_password))
        .route(
            paths::PREFERENCES,
            post(me::handler::prefer).get(|| async { Done::see(paths::ME) }),
        )
        .route(
            paths::AWAY,
            post(away::handler::name).get(|| async { Done::see(paths::ME) }),
        )
        .route(
            paths::BACK,
            post(away::handler::take_back).get(|| async { Done::see(paths::ME) }),
        )
}

/// The procedure, its categories and the wording of letters.
fn published() -> Router<Site> {
    Router::new()
        .route(paths::PROCEDURE, get(procedure::handler::show))
        .route(paths::PROCEDURE_FILE, get(procedure::handler::file))
        .route(
            paths::PROCEDURE_NEW,
            get(procedure::publish::show).post(procedure::publish::look),
        )
        .route(
            paths::PROCEDURE_PUBLISH,
            post(procedure::publish::publish).get(|| async { Done::see(paths::PROCEDURE_NEW) }),
        )
        .route(
            paths::CATEGORIES,
            get(categories::handler::show).post(categories::handler::look),
        )
        .route(paths::BRAND, get(brand::handler::show).post(brand::handler::save))
        .route(paths::BRAND_PREVIEW, get(brand::handler::preview))
        .route(paths::WAYS, get(ways::handler::show).post(ways::handler::save))
        .route(paths::WORDING, get(wording::handler::list))
        .route(
            &paths::wording("{code}"),
            get(wording::handler::show).post(wording::handler::save),
        )
        .route(
            &paths::wording_act("{code}", "mail"),
            get(wording::handler::mail).post(wording::handler::mail_of_form),
        )
        .route(
            &paths::wording_act("{code}", "again"),
            post(wording::handler::again).get(wording::handler::to_letter),
        )
        .route(
            "/staff/settings/wording/{code}/versions/{number}",
            get(wording::handler::version),
        )
}

/// Who works here.
fn staff() -> Router<Site> {
    Router::new()
        .route(paths::PEOPLE, get(people::handler::show).post(people::handler::add))
        .route(
            &paths::person("{id}"),
            get(person::handler::show).post(person::handler::change),
        )
        .route(
            &paths::person_act("{id}", "password"),
            get(password::handler::show).post(password::handler::set),
        )
        .route(
            &paths::person_act("{id}", "return"),
            get(password::handler::show_return).post(password::handler::come_back),
        )
        .route(
            &paths::person_act("{id}", "leave"),
            get(leave::handler::show).post(leave::handler::post),
        )
        .route(
            &paths::person_act("{id}", "away"),
            post(away::handler::name_for).get(away::handler::to_person),
        )
        .route(
            &paths::person_act("{id}", "back"),
            post(away::handler::take_back_for).get(away::handler::to_person),
        )
}
