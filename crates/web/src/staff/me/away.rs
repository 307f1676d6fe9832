//! Who stands in for the person who is signed in while they are away (P34).

use axum::http::StatusCode;
use axum::response::Response;
use casework::people::delegates;
use hypertext::prelude::*;
use jiff::civil::Date;
use rules::case::Refused;
use rules::handling::sign_off::may_stand_in;
use rules::office::delegation::Delegation;
use rules::people::{Act, StaffId, permission};

use super::Me;
use super::handler::shown;
use crate::http::Posted;
use crate::page::form::{Button, ButtonStyle, hidden};
use crate::page::staff_shell::StaffShell;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::office_log::saying::days;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;

/// Who stands in. Fields of the form: `delegate`, `from`, `until`; of each line, to take it back, the same three, hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// Those who stand in or will.
    pub lines: Vec<AwayLine>,
    /// Who can.
    pub picks: Vec<Pick>,
    /// What was typed.
    pub form: FormState,
}

/// Somebody who stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwayLine {
    /// "Helen Marsh"
    pub name: String,
    /// "From Monday 6 July 2026 to Friday 17 July 2026"
    pub days: String,
    /// What the button sends to take it back.
    pub form: FormState,
}

impl Away {
    /// Draws the panel's body.
    pub(super) fn draw<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            p.govuk-body-s {
                "A letter that waits for your sign-off goes to this person if nobody has acted on it shortly before its date. Never to somebody who investigated or decided the complaint, or whom it is about."
            }
            @for line in &self.lines {
                form method="post" action=(paths::BACK) {
                    (shell.fields(&line.form))
                    @for field in ["delegate", "from", "until"] {
                        (hidden(field, line.form.answers.get(field)))
                    }
                    p.govuk-body { strong { (line.name) } br; (line.days) }
                    (Button::new(format!("Take back: {}", line.name)).style(ButtonStyle::Secondary))
                }
            }
            form method="post" action=(paths::AWAY) novalidate {
                (shell.fields(&self.form))
                (self.form.select("delegate", "Who stands in", &self.picks).hint("Everybody who may see the office log can see this."))
                div.fc-pair {
                    (self.form.date("from", "First day"))
                    (self.form.date("until", "Last day"))
                }
                (Button::new("Name them").style(ButtonStyle::Secondary))
            }
        }
    }

    /// One who stands in.
    pub(super) fn sample() -> Self {
        let answers = [("delegate", "7"), ("from", "2026-07-06"), ("until", "2026-07-17")];
        Self {
            lines: vec![AwayLine {
                name: "Helen Marsh".to_owned(),
                days: "From Monday 6 July 2026 to Friday 17 July 2026".to_owned(),
                form: FormState::fresh("aw-1").answered(&answers),
            }],
            picks: vec![
                Pick::new("7", "Helen Marsh, Head of Customer Services"),
                Pick::new("12", "Robin Castle, IT Manager"),
            ],
            form: FormState::fresh("aw-2"),
        }
    }
}

/// Names somebody.
pub async fn name(form: StaffForm) -> Response {
    let acted = match read(&form) {
        Ok(delegation) => delegates::name(form.seat.hand(&form.once()), &delegation)
            .await
            .map_err(Fault::from),
        Err(refused) => Err(refused.into()),
    };
    match acted {
        Ok(_) => Done::see(&format!("{}?done=away#away", paths::ME)),
        Err(fault) => again(&form, fault).await,
    }
}

/// Takes one back.
pub async fn take_back(form: StaffForm) -> Response {
    let acted = match read(&form) {
        Ok(delegation) => delegates::take_back(form.seat.hand(&form.once()), &delegation)
            .await
            .map_err(Fault::from),
        Err(refused) => Err(refused.into()),
    };
    match acted {
        Ok(_) => Done::see(&format!("{}?done=back#away", paths::ME)),
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

async fn again(form: &StaffForm, fault: Fault) -> Response {
    let seat = &form.seat;
    let Some(errors) = fault.beside_fields("delegate") else {
        return fault.into_response(seat, &form.posted).await;
    };
    let typed = FormState { errors, ..form.state() };
    match shown(seat, form::fresh()).await {
        Ok(page) => {
            let away = page.away.map(|away| Away { form: typed, ..away });
            seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &Me { away, ..page })
                .await
        }
        Err(fault) => Fault::from(fault).into_response(seat, &Posted::default()).await,
    }
}

fn read(form: &StaffForm) -> Result<Delegation, Refused> {
    let mut fields = Vec::new();
    let mut date = |field: &'static str, message: &str| -> Date {
        form.get(field).trim().parse().unwrap_or_else(|_| {
            fields.push(rules::case::change::FieldError::new(field, message));
            Date::MIN
        })
    };
    let from = date("from", "Choose the first day");
    let until = date("until", "Choose the last day");
    let delegate = form.get("delegate").trim().parse().ok().map(StaffId);
    if delegate.is_none() {
        fields.insert(
            0,
            rules::case::change::FieldError::new("delegate", "Choose who stands in"),
        );
    }
    match delegate {
        Some(delegate) if fields.is_empty() => Ok(Delegation {
            who: form.seat.door.person().id,
            delegate,
            from,
            until,
        }),
        _ => Err(Refused::Fields { fields }),
    }
}

/// The panel of somebody who signs letters off; nothing for anybody else, for whom nobody can stand in.
pub(super) fn of(seat: &Seat) -> Option<Away> {
    let (office, person) = (seat.door.office(), seat.door.person());
    if !permission::may(person, Act::SignOff) {
        return None;
    }
    let lines = delegates::of(office, person.id);
    let line = |delegation: &Delegation| AwayLine {
        name: office.name_in_list(delegation.delegate),
        days: days(delegation),
        form: form::fresh().answered(&[
            ("delegate", &delegation.delegate.0.to_string()),
            ("from", &delegation.from.to_string()),
            ("until", &delegation.until.to_string()),
        ]),
    };
    let in_force = office.active();
    let mut able: Vec<_> = office
        .people()
        .values()
        .filter(|other| other.id != person.id && may_stand_in(&in_force.procedure, other))
        .cloned()
        .collect();
    able.sort_by(|a, b| a.name.cmp(&b.name));
    let pick = |other: &rules::people::Person| {
        Pick::new(&other.id.0.to_string(), &format!("{}, {}", other.name, other.job_title))
    };
    Some(Away {
        lines: lines.iter().map(line).collect(),
        picks: able.iter().map(pick).collect(),
        form: form::fresh(),
    })
}
