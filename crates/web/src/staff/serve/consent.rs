//! Serving the consent of the person for whom somebody complains (A29).

use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::consent as acts;
use rules::case::Refused;
use rules::case::event::{ConsentAsked, ConsentGiven, ConsentWay};
use rules::case::vocabulary::Means;
use rules::clock::full_date;
use rules::handling::consent as rule;
use rules::people::Act;
use rules::sentence::capital;

use super::brief::{brief, person};
use super::notice::Notice;
use super::saying::through;
use super::sent::{Sent, date, in_the_way, not_now};
use super::{OnCase, came_back, fresh, letter};
use crate::staff::consent::{ConsentForms, ConsentPage};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::parts::notice::Alert;
use crate::staff::paths;

/// Where the consent stands and what can be done, or why there is none to speak of.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    match in_the_way(rule::can_record(&file.case, seat.door.person())) {
        Some(refused) => not_now(&seat, &file, "Consent", refused).await,
        None => seat.page(&page(&seat, &file, Forms::fresh(&seat, &file))).await,
    }
}

/// Asks for it, records it or takes it back, as the form says.
pub async fn post(sent: Sent) -> Response {
    let (acted, first_field, place): (_, _, fn(&mut Forms, FormState)) = match sent.form.get("step") {
        "ask" => (ask(&sent).await, "ask_by", |forms, form| forms.asking = form),
        "withdraw" => (withdraw(&sent).await, "reason", |forms, form| forms.withdrawing = form),
        _ => (give(&sent).await, "way", |forms, form| forms.giving = form),
    };
    let fault = match acted {
        Ok(notice) => return sent.done(notice).await,
        Err(fault) => fault,
    };
    let possible = rule::can_record(&sent.file.case, sent.seat().door.person()).is_ok();
    let Some(form) = came_back(&sent.form, &fault, first_field).filter(|_| possible) else {
        return sent.fault(fault).await;
    };
    let mut forms = Forms::fresh(sent.seat(), &sent.file);
    place(&mut forms, form);
    let page = page(sent.seat(), &sent.file, forms);
    sent.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

async fn ask(sent: &Sent) -> Result<Notice, Fault> {
    let by = match sent.form.get("ask_by") {
        "letter" => Means::of_letter(sent.file.case.complainant.contact_data().writes_to()),
        "phone" => Means::Phone,
        "in_person" => Means::InPerson,
        _ => return Err(Refused::field("ask_by", "Choose how you ask for it").into()),
    };
    let asked = ConsentAsked {
        by,
        words: sent.form.posted.some("message").map(str::to_owned),
    };
    let once = sent.form.once();
    acts::ask(sent.hand(&once), &asked).await?;
    Ok(Notice::ConsentAsked)
}

async fn give(sent: &Sent) -> Result<Notice, Fault> {
    let way = ConsentWay::from_code(sent.form.get("way"));
    let way = way.ok_or_else(|| Refused::field("way", "Choose how they said so"))?;
    let on = date(&sent.form, "given_on")?;
    let on = on.ok_or_else(|| Refused::field("given_on", "Choose the day on which they agreed"))?;
    let given = ConsentGiven {
        way,
        on,
        words: sent.form.get("words").to_owned(),
    };
    let once = sent.form.once();
    acts::give(sent.hand(&once), &given).await?;
    Ok(Notice::ConsentGiven)
}

async fn withdraw(sent: &Sent) -> Result<Notice, Fault> {
    let once = sent.form.once();
    acts::withdraw(sent.hand(&once), sent.form.get("reason")).await?;
    Ok(Notice::ConsentWithdrawn)
}

/// The three forms: each untouched, or one of them as it came back.
struct Forms {
    giving: FormState,
    asking: FormState,
    withdrawing: FormState,
}

impl Forms {
    fn fresh(seat: &Seat, file: &CaseFile) -> Forms {
        let with = |name: &str, value: &str| {
            let form = fresh(file);
            FormState {
                answers: form.answers.clone().and(name, value),
                ..form
            }
        };
        Forms {
            giving: with("given_on", &seat.wall().today().to_string()),
            asking: with("ask_by", "letter"),
            withdrawing: fresh(file),
        }
    }
}

fn page(seat: &Seat, file: &CaseFile, forms: Forms) -> ConsentPage {
    let case = &file.case;
    ConsentPage {
        case: brief(seat, file),
        on_record: on_record(seat, file),
        forms: match case.consent.given {
            Some(_) => ConsentForms::Given {
                withdrawing: forms.withdrawing,
            },
            None => ConsentForms::Missing {
                ways: ConsentWay::ALL
                    .iter()
                    .map(|way| Pick::new(way.code(), &capital(way.words())))
                    .collect(),
                giving: forms.giving,
                asking: case.is_open().then(|| (ways_to_ask(file), forms.asking)),
            },
        },
    }
}

fn ways_to_ask(file: &CaseFile) -> Vec<Pick> {
    let who = person(file);
    let letter = match letter::goes_by_email(file) {
        Some(_) => "Send the letter by email",
        None => "Show the letter on the tracking page",
    };
    vec![
        Pick::new("letter", letter),
        Pick::new("phone", &format!("I asked {who} by phone")),
        Pick::new("in_person", &format!("I asked {who} in person")),
    ]
}

fn on_record(seat: &Seat, file: &CaseFile) -> Vec<Fact> {
    let consent = &file.case.consent;
    let standing = match (&consent.given, &consent.withdrawn) {
        (Some(given), _) => format!(
            "Given on {}, {}\n{}",
            full_date(given.on),
            given.way.words(),
            given.words
        ),
        (None, Some((reason, at))) => format!("Withdrawn {}\n{reason}", seat.wall().when_inside(*at)),
        (None, None) => "Not given yet".to_owned(),
    };
    let asked = match &consent.asked {
        Some((asked, at)) => format!("{}, {}", seat.wall().full(*at), through(asked.by.words())),
        None => "Not yet".to_owned(),
    };
    let whose = file.case.complainant.acting_for.as_deref().unwrap_or_default();
    vec![
        Fact::new("Complains for", whose),
        Fact::new("Consent", &standing),
        Fact::new("Asked for", &asked),
    ]
}

/// "Jonah Adeyemi (has not agreed yet)": for whom they complain, and whether that person agreed.
pub(crate) fn acting_for(file: &CaseFile) -> Option<String> {
    let whose = file.case.complainant.acting_for.as_ref()?;
    let consent = &file.case.consent;
    let standing = match (&consent.given, &consent.withdrawn) {
        (Some(_), _) => "who agreed",
        (None, Some(_)) => "who no longer agrees",
        (None, None) => "who has not agreed yet",
    };
    Some(format!("{whose}, {standing}"))
}

/// That nothing may be told yet, above everything else on an open case.
pub(crate) fn alert(seat: &Seat, file: &CaseFile) -> Option<Alert> {
    let case = &file.case;
    let whose = case.consent_lacks().filter(|_| case.is_open())?;
    let who = capital(&person(file));
    let standing = match (&case.consent.withdrawn, &case.consent.asked) {
        (Some(_), _) => format!("{who} complains for somebody else ({whose}), who no longer agrees."),
        (None, Some((_, at))) => format!(
            "{who} complains for somebody else ({whose}), who has not agreed yet. We asked {}.",
            seat.wall().when_inside(*at)
        ),
        (None, None) => format!("{who} complains for somebody else ({whose}), who has not agreed yet."),
    };
    let words = format!("{standing} No news and no decision can be sent; the date stays as it is.");
    Some(match seat.may(Act::Write) {
        true => Alert::with_link(&words, Link::new("Ask for consent, or record it", &path(file))),
        false => Alert::new(&words),
    })
}

/// The page.
pub(crate) fn path(file: &CaseFile) -> String {
    paths::case_act(&file.case.reference.to_string(), "consent")
}
