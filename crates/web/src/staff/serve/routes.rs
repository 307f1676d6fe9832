//! The routes of the pages about one case.

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};

use super::{
    CasePath, assign, case, closing, confidential, consent, contact, decide, details, draft, edit_letter, escalation,
    extend, file, glass, group, handover, investigation, keeping, letters, looked, new_issue, question, redact, regime,
    sign_off, stage_2, write,
};
use crate::http::Site;
use crate::staff::access_log::handler::of_case;
use crate::staff::desk::Done;
use crate::staff::paths;
use crate::staff::unsent::handler as unsent;

/// Every route about one case, and the letters that wait for sign-off.
pub(crate) fn cases() -> Router<Site> {
    Router::new().merge(tabs()).merge(acts()).merge(decisions())
}

fn tabs() -> Router<Site> {
    Router::new()
        .route(&paths::case(REFERENCE), get(case::timeline))
        .route(&act("details"), get(details::show))
        .route(&act("letters"), get(letters::show))
        .route(&act("jobs"), get(case::jobs))
        .route(&act("audit"), get(case::audit))
        .route(&act("seen"), get(of_case))
        .route(&paths::file(REFERENCE, "{id}"), get(file::show))
        .route(&act("mail/{number}"), get(looked::show))
        .route(&act("mail/{number}/page"), get(looked::document))
        .route(
            &paths::draft(REFERENCE, "{form}"),
            post(unsent::keep).get(unsent::to_case),
        )
        .route(
            &paths::draft_discard(REFERENCE, "{form}"),
            post(unsent::discard).get(unsent::to_case),
        )
        .route(&act("message"), post(write::message).get(to_case))
        .route(&act("note"), post(write::note).get(to_case))
        .route(&act("category"), post(details::category).get(to_details))
        .route(&act("urgency"), post(details::urgency).get(to_details))
        .route(&act("point"), post(details::point).get(to_details))
        .route(&act("vip"), post(details::vip).get(to_details))
}

fn acts() -> Router<Site> {
    Router::new()
        .route(&act("assign"), get(assign::show).post(assign::post))
        .route(&act("contact"), get(contact::show).post(contact::post))
        .route(&act("stage-2"), get(stage_2::show).post(stage_2::post))
        .route(&act("escalation"), get(escalation::show).post(escalation::post))
        .route(&act("ask-stage-2"), get(escalation::show_ask).post(escalation::ask))
        .route(&act("confidential"), get(confidential::show).post(confidential::post))
        .route(&act("handover"), get(handover::show).post(handover::post))
        .route(&act("opening"), get(glass::show).post(glass::post))
        .route(&act("opening/read"), get(glass::read))
        .route(&act("opening/files/{id}"), get(glass::file))
        .route(&act("consent"), get(consent::show).post(consent::post))
        .route(&act("question"), get(question::show).post(question::post))
        .route(&act("regimes"), get(regime::show).post(regime::post))
        .route(&act("issue"), get(new_issue::show).post(new_issue::post))
        .route(&act("group"), get(group::show).post(group::post))
        .route(&act("keeping"), get(keeping::show).post(keeping::post))
        .route(&act("redact"), get(redact::show).post(redact::post))
        .route(&act("extend"), get(extend::show).post(extend::post))
        .route(&act("close"), get(closing::show_close).post(closing::send_close))
        .route(&act("withdraw"), get(closing::show_withdraw).post(closing::withdraw))
        .route(&act("reopen"), get(closing::show_reopen).post(closing::reopen))
}

fn decisions() -> Router<Site> {
    Router::new()
        .route(&act("decide"), get(decide::show).post(decide::send))
        .route(&act("investigation"), get(investigation::list))
        .route(
            &paths::investigation_task(REFERENCE, "letter"),
            get(draft::show).post(draft::send),
        )
        .route(
            &paths::investigation_task(REFERENCE, "{task}"),
            get(investigation::show).post(investigation::send),
        )
        .route(paths::SIGN_OFF, get(sign_off::list))
        .route(&paths::sign_off(REFERENCE), get(sign_off::show).post(sign_off::send))
        .route(
            &paths::sign_off_edit(REFERENCE),
            get(edit_letter::show).post(edit_letter::send),
        )
}

/// The place of a reference in an address.
const REFERENCE: &str = "{reference}";

fn act(name: &str) -> String {
    paths::case_act(REFERENCE, name)
}

/// A form that came back stands at the address it was sent to: reading that address again leads to the page of the form.
async fn to_case(Path(path): Path<CasePath>) -> Response {
    Done::see(&paths::case(&path.reference))
}

async fn to_details(Path(path): Path<CasePath>) -> Response {
    Done::see(&paths::case_act(&path.reference, "details"))
}
