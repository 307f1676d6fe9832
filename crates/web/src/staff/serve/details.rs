//! The details tab of a case: everything that is known of it, and what may be corrected (R22, R60, A12, A25).

use axum::extract::Query as Asked;
use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::{judge, write};
use rules::case::Refused;
use rules::case::State;
use rules::case::event::{CategorySet, UrgencySet};
use rules::case::vocabulary::Urgency;
use rules::handling::vip::vip_stage;
use rules::people::Act;

use super::brief::person;
use super::facts::{points, sections};
use super::notice::Notice;
use super::sent::Sent;
use super::{OnCase, Query, axis, candidates, case, fresh, named};
use crate::staff::case::{CaseTab, DetailsEdit, DetailsTab, VipForm};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::form::{FormState, Pick};

/// The tab.
pub async fn show(OnCase { seat, file }: OnCase, Asked(query): Asked<Query>) -> Response {
    let tab = tab(&seat, &file, Forms::fresh(&file));
    seat.page(&case::page(
        &seat,
        &file,
        CaseTab::Details(tab),
        Notice::words(&query.done, &person(&file)),
    ))
    .await
}

/// Another service or problem.
pub async fn category(sent: Sent) -> Response {
    let chosen = CategorySet {
        service: sent.form.get("service").to_owned(),
        problem: sent.form.get("problem").to_owned(),
    };
    let urgency = UrgencySet {
        urgency: sent.file.case.urgency,
        reason: None,
    };
    let once = sent.form.once();
    let acted = judge::categorise(sent.hand(&once), &chosen, &urgency).await;
    answer(
        &sent,
        acted.map(|_| Notice::CategoryChanged).map_err(Fault::from),
        ("service", |forms, form| forms.category = form),
    )
    .await
}

/// Another urgency.
pub async fn urgency(sent: Sent) -> Response {
    let acted = change_urgency(&sent).await;
    answer(&sent, acted, ("urgency", |forms, form| forms.urgency = form)).await
}

async fn change_urgency(sent: &Sent) -> Result<Notice, Fault> {
    let urgency = Urgency::from_code(sent.form.get("urgency"))
        .ok_or_else(|| Refused::field("urgency", "Choose how urgent it is"))?;
    let category = sent.file.case.category.clone();
    let category = category.ok_or_else(|| Refused::NotNow("Triage it first: it has no category yet.".to_owned()))?;
    let reason = sent.form.posted.some("why").map(str::to_owned);
    let once = sent.form.once();
    judge::categorise(sent.hand(&once), &category, &UrgencySet { urgency, reason }).await?;
    Ok(Notice::UrgencyChanged)
}

/// A further point of complaint.
pub async fn point(sent: Sent) -> Response {
    let once = sent.form.once();
    let acted = write::point(sent.hand(&once), sent.form.get("point")).await;
    answer(
        &sent,
        acted.map(|_| Notice::PointAdded).map_err(Fault::from),
        ("point", |forms, form| forms.point = form),
    )
    .await
}

/// A VIP who was recognised late.
pub async fn vip(sent: Sent) -> Response {
    let acted = mark(&sent).await;
    answer(&sent, acted, ("vip_reason", |forms, form| forms.vip = form)).await
}

async fn mark(sent: &Sent) -> Result<Notice, Fault> {
    let investigator = match vip_stage(&sent.file.case, &sent.setting()) {
        Some(_) => named(
            sent.seat(),
            sent.form.get("investigator"),
            "investigator",
            "Choose who investigates",
        )?,
        // The case stays where it is, so nobody new is named.
        None => sent.seat().door.person().clone(),
    };
    let once = sent.form.once();
    judge::flag_vip(sent.hand(&once), sent.form.get("vip_reason"), &investigator).await?;
    Ok(Notice::VipMarked)
}

/// The forms of the tab: each untouched, or one of them as it came back.
struct Forms {
    category: FormState,
    urgency: FormState,
    point: FormState,
    vip: FormState,
}

impl Forms {
    fn fresh(file: &CaseFile) -> Forms {
        let untouched = || fresh(file);
        let chosen = file.case.category.clone().unwrap_or(CategorySet {
            service: String::new(),
            problem: String::new(),
        });
        let with = |form: FormState, pairs: &[(&str, &str)]| {
            let answers = pairs
                .iter()
                .fold(form.answers.clone(), |answers, (name, value)| answers.and(name, value));
            FormState { answers, ..form }
        };
        Forms {
            category: with(
                untouched(),
                &[("service", &chosen.service), ("problem", &chosen.problem)],
            ),
            urgency: with(untouched(), &[("urgency", file.case.urgency.code())]),
            point: untouched(),
            vip: untouched(),
        }
    }
}

/// Which field takes a refusal that names none, and where the form that came back belongs.
type Back = (&'static str, fn(&mut Forms, FormState));

async fn answer(sent: &Sent, acted: Result<Notice, Fault>, (first_field, place): Back) -> Response {
    let fault = match acted {
        Ok(notice) => return sent.done(notice).await,
        Err(fault) => fault,
    };
    let Some(form) = super::came_back(&sent.form, &fault, first_field) else {
        return sent.fault(fault).await;
    };
    let mut forms = Forms::fresh(&sent.file);
    place(&mut forms, form);
    let tab = tab(sent.seat(), &sent.file, forms);
    let page = case::page(sent.seat(), &sent.file, CaseTab::Details(tab), None);
    sent.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

fn tab(seat: &Seat, file: &CaseFile, forms: Forms) -> DetailsTab {
    let undecided = matches!(file.case.state, State::Received | State::Open(_));
    let triaged = file.case.category.is_some();
    let edit = (seat.may(Act::Categorise) && file.case.is_open() && triaged).then(|| DetailsEdit {
        services: axis(file, "service"),
        problems: axis(file, "problem"),
        urgencies: Urgency::ALL
            .iter()
            .map(|urgency| Pick::new(urgency.code(), urgency.words()))
            .collect(),
        category: forms.category,
        urgency: forms.urgency,
    });
    DetailsTab {
        sections: sections(seat, file),
        points: points(file),
        add_point: (seat.may(Act::Write) && undecided).then_some(forms.point),
        edit,
        vip: vip_form(seat, file, forms.vip),
    }
}

fn vip_form(seat: &Seat, file: &CaseFile, form: FormState) -> Option<VipForm> {
    if !seat.may(Act::FlagVip) || file.case.vip.is_some() || !file.case.is_open() {
        return None;
    }
    let stage = vip_stage(&file.case, &file.in_force.setting(file.now));
    let then = match stage {
        Some(stage) => format!(
            "The case goes to stage {} at once. Its date counts from the day we received it.",
            stage.number
        ),
        None => "The case stays at its stage.".to_owned(),
    };
    let investigators = stage.map_or_else(Vec::new, |stage| candidates(seat, file, stage));
    Some(VipForm {
        then,
        investigators,
        form,
    })
}
