//! Reading the triage form. The rule judges what it says; here only what is no answer at all is told.

use rules::case::event::RiskAssessed;
use rules::case::vocabulary::{FeedbackKind, Urgency};
use rules::case::{Refused, State};
use rules::confidential::StaffNamed;
use rules::confidential::lane::named_and_triaged;
use rules::handling::triage::{Triage, triage};
use rules::people::{Person, StaffId};

use crate::page::form::Errors;
use crate::staff::desk::fields::{Field, arranged, together};
use crate::staff::desk::{Fault, StaffForm};
use crate::staff::serve::confidential::whom_it_is_about;
use crate::staff::serve::sent::Sent;

/// What was chosen, ready for the rule.
pub(super) struct Chosen {
    pub(super) judgement: Triage,
    /// Whom it is about; asked for where the case is restricted.
    pub(super) named: StaffNamed,
    pub(super) route: Route,
}

/// Who takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    /// Whoever triages, at stage 1.
    Take,
    /// Somebody else, at stage 1.
    Give,
    /// An investigator, at stage 2.
    Stage2,
}

/// The fields of the page in order, with the names that the rules use.
const PAGE: [Field; 10] = [
    ("service", &[]),
    ("problem", &[]),
    ("job", &[]),
    ("about", &[]),
    ("urgency", &[]),
    ("needs_reason", &["risk_reason"]),
    ("vip_source", &["vip_reason"]),
    ("action", &[]),
    ("give_to", &[]),
    ("investigator", &[]),
];

/// Reads the form of a case.
///
/// # Errors
/// Everything that is missing at once: what the form itself lacks and what the rule says to the rest.
pub(super) fn read(sent: &Sent) -> Result<Chosen, Errors> {
    let form = &sent.form;
    if sent.file.case.kind != FeedbackKind::Complaint {
        return Ok(Chosen {
            judgement: passed_on(form),
            named: whom_it_is_about(form),
            route: Route::Take,
        });
    }
    let mut wrong = Errors::none();
    let urgency = Urgency::from_code(form.get("urgency"));
    if urgency.is_none() {
        wrong.add("urgency", "Choose how urgent it is");
    }
    let route = route(form.get("action"));
    let owner = match route {
        Some(Route::Take) => Some(form.seat.door.person().clone()),
        Some(Route::Give) => chosen(form, "give_to", "Choose who takes it", &mut wrong),
        Some(Route::Stage2) => chosen(form, "investigator", "Choose who investigates", &mut wrong),
        None => {
            wrong.add("action", "Choose who takes it");
            None
        }
    };
    let judgement = Triage {
        service: form.get("service").to_owned(),
        problem: form.get("problem").to_owned(),
        urgency: urgency.unwrap_or(Urgency::Normal),
        risk: risk(sent, route),
        vip: form.posted.has("vip").then(|| form.get("vip_source").trim().to_owned()),
        existing_job: form.posted.some("job").map(str::to_owned),
        owner: owner.unwrap_or_else(|| form.seat.door.person().clone()),
    };
    match (route, wrong.is_empty()) {
        (Some(route), true) => Ok(Chosen {
            judgement,
            named: whom_it_is_about(form),
            route,
        }),
        _ => Err(arranged(&together(wrong, &missing(sent, &judgement)), &PAGE)),
    }
}

fn passed_on(form: &StaffForm) -> Triage {
    Triage {
        service: form.get("service").to_owned(),
        problem: String::new(),
        urgency: Urgency::Normal,
        risk: RiskAssessed {
            complex: false,
            high_risk: false,
            needs_investigation: false,
            reason: None,
        },
        vip: None,
        existing_job: form.posted.some("job").map(str::to_owned),
        owner: form.seat.door.person().clone(),
    }
}

fn route(word: &str) -> Option<Route> {
    match word {
        "take" => Some(Route::Take),
        "give" => Some(Route::Give),
        "stage-2" => Some(Route::Stage2),
        _ => None,
    }
}

fn chosen(form: &StaffForm, field: &str, message: &str, wrong: &mut Errors) -> Option<Person> {
    let id = form.get(field).trim().parse().ok().map(StaffId);
    let person = id.and_then(|id| form.seat.door.office().person(id));
    if person.is_none() {
        wrong.add(field, message);
    }
    person
}

/// Choosing stage 2 without another reason for it says that the complaint needs an investigation; the rule then asks why.
fn risk(sent: &Sent, route: Option<Route>) -> RiskAssessed {
    let ticked = sent.form.posted.all("needs");
    let is = |needed: &str| ticked.contains(&needed);
    let vip = sent.file.case.vip.is_some() || sent.form.posted.has("vip");
    let said_by_route = route == Some(Route::Stage2) && ticked.is_empty() && !vip;
    RiskAssessed {
        complex: is("complex"),
        high_risk: is("high-risk"),
        needs_investigation: is("investigation") || said_by_route,
        reason: sent.form.posted.some("needs_reason").map(str::to_owned),
    }
}

/// What the rule says of fields, asked without acting.
fn missing(sent: &Sent, judgement: &Triage) -> Errors {
    let (case, by, setting) = (&sent.file.case, sent.form.seat.door.person(), sent.setting());
    let asked = if case.is_restricted() {
        named_and_triaged(case, (&whom_it_is_about(&sent.form), judgement), by, &setting)
    } else {
        triage(case, judgement, by, &setting)
    };
    match asked {
        Err(refused @ Refused::Fields { .. }) => Fault::from(refused).beside_fields("service").unwrap_or_default(),
        _ => Errors::none(),
    }
}

/// A refusal beside the fields of the page; nothing for one that no field can show.
pub(super) fn refused(sent: &Sent, chosen: &Chosen, fault: &Fault) -> Option<Errors> {
    if sent.file.case.state != State::Received {
        return None;
    }
    let field = match chosen.route {
        Route::Take => "action",
        Route::Give => "give_to",
        Route::Stage2 => "investigator",
    };
    let errors = fault.beside_fields(field)?;
    let (_, begins) = begins(sent, &chosen.judgement);
    match begins.filter(|_| errors.on(field).is_some() && chosen.route != Route::Stage2) {
        Some(why) => Some(Errors::none().with(
            "action",
            format!("{why} Choose to start at stage 2, and who investigates"),
        )),
        None => Some(arranged(&errors, &PAGE)),
    }
}

/// Where the rules say that it begins, and why if it is not where cases begin: chosen or not, they decide (P24).
fn begins(sent: &Sent, judgement: &Triage) -> (u8, Option<String>) {
    let setting = sent.setting();
    let (stage, reason) = rules::handling::entry::entry_stage(&judgement.grounds(&sent.file.case), &setting);
    let first = rules::handling::triage::first_stage(setting.procedure).number;
    let why = format!("This starts at stage {}: {}.", stage.number, reason.words());
    (stage.number, (stage.number != first).then_some(why))
}
