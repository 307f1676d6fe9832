//! Serving the form that recommends a change.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::review::ReviewFile;
use rules::follow_on::act::Charge;
use rules::review::hold::Recommendation;

use super::super::recommend::Recommend;
use super::handler::{came_back, held, month_of};
use super::names::Names;
use crate::http::Posted;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;

/// The form of a recommendation.
pub async fn recommend(Path(code): Path<String>, seat: Seat) -> Response {
    match held(&seat, &code).await {
        Ok(file) => seat.page(&recommend_page(&file, form::fresh())).await,
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

fn recommend_page(file: &ReviewFile, form: FormState) -> Recommend {
    let names = Names(&file.in_force);
    let case = |pick: &rules::review::Pick| {
        let reference = pick.reference.to_string();
        let title = file.titles.get(&pick.reference).map_or("", String::as_str);
        let why: Vec<&str> = pick.reasons.iter().map(|why| why.words()).collect();
        Pick::with_hint(&reference, &format!("{reference} {title}"), &why.join("; "))
    };
    Recommend {
        code: file.month.to_string(),
        month: file.month.words(),
        services: service_picks(&names),
        cases: file.pack.discuss.iter().map(case).collect(),
        form,
    }
}

/// The services as answers.
pub(in crate::staff) fn service_picks(names: &Names<'_>) -> Vec<Pick> {
    let services = names.0.catalogue.offered("service");
    services
        .map(|service| Pick::new(&service.code, &service.name))
        .collect()
}

/// Recommends a change.
pub async fn recommended(Path(code): Path<String>, form: StaffForm) -> Response {
    let once = form.once();
    let posted = &form.posted;
    let recommendation = Recommendation {
        text: posted.get("text").to_owned(),
        cases: posted
            .all("cases")
            .into_iter()
            .filter_map(|case| case.parse().ok())
            .collect(),
        service: posted.some("service").map(str::to_owned),
        charge: charge(posted),
    };
    let done = match month_of(&code) {
        Ok(month) => {
            let desk = form.seat.door.review_desk(month, &once);
            desk.recommend(recommendation).await.map_err(Fault::from)
        }
        Err(fault) => Err(fault),
    };
    let Err(fault) = done else {
        return Done::see(&format!("{}?done=recommended", paths::review(&code)));
    };
    let Some(errors) = fault.beside_fields("text") else {
        return fault.into_response(&form.seat, &form.posted).await;
    };
    match held(&form.seat, &code).await {
        Ok(file) => {
            let page = recommend_page(&file, came_back(&form, errors));
            form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// Owner and date as a form sends them. What is no day counts as none, and the rule asks for one.
pub(in crate::staff) fn charge(posted: &Posted) -> Charge {
    Charge {
        owner: posted.get("owner").to_owned(),
        due_on: posted.some("due_on").and_then(|day| day.parse().ok()),
    }
}
