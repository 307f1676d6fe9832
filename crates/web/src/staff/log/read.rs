//! Reading the form while somebody talks: fields to feedback, a local time to an instant, and what happens next.

use casework::intake::log::{LogCall, Next};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rules::case::Setting;
use rules::case::change::FieldError;
use rules::case::vocabulary::{Channel, Satisfaction, Urgency};
use rules::clock::{LocalReceipt, received_locally, typed_time};
use rules::handling::on_the_spot::{OnTheSpot, decision};
use rules::handling::triage::Taken;
use rules::intake::RawFeedback;
use rules::intake::one_box::{email_or_phone, name_or_username};

use crate::http::Posted;
use crate::page::form::Errors;
use crate::staff::desk::Fault;
use crate::staff::desk::fields::{Field, arranged, together};

/// The fields of the page in order, with the names that the rules use.
const PAGE: [Field; 21] = [
    ("via", &[]),
    ("words", &["what"]),
    ("about_staff", &[]),
    ("who", &["name"]),
    ("reply", &["email", "phone"]),
    ("service", &[]),
    ("problem", &[]),
    ("job", &[]),
    ("kind", &[]),
    ("to_put_right", &["wanted"]),
    ("received_on", &["received"]),
    ("received_at", &[]),
    ("acting_for", &[]),
    ("needs", &[]),
    ("vip_source", &["vip_reason"]),
    ("outcome", &["late_reason", "points", "root_cause", "actions"]),
    ("did", &["found"]),
    ("resolution", &[]),
    ("satisfied", &[]),
    ("learned", &["learning", "learning_text"]),
    ("why", &["risk_reason"]),
];

/// A form that can be sent to the office.
pub(super) struct Call {
    pub(super) call: LogCall,
    /// What the clerk should know about the time of receipt.
    pub(super) receipt: Option<LocalReceipt>,
}

/// Reads the form.
///
/// # Errors
/// Everything that is wrong at once: what the form lacks, and what the rules of intake say to the rest.
pub(super) fn read(posted: &Posted, key: String, setting: &Setting<'_>) -> Result<Call, Errors> {
    let mut wrong = Vec::new();
    let channel = Channel::from_code(posted.get("via")).filter(|channel| *channel != Channel::Web);
    if channel.is_none() {
        wrong.push(FieldError::new("via", "Choose how they contacted us"));
    }
    let receipt = receipt(posted, setting)
        .map_err(|error| wrong.push(error))
        .unwrap_or_default();
    let raw = raw(posted);
    let mut errors = Errors::none();
    wrong
        .into_iter()
        .for_each(|error| errors.add(error.field, error.message));
    if let Err(refused) = rules::intake::read(&raw) {
        errors = together(errors, &Fault::from(refused).beside_fields("words").unwrap_or_default());
    }
    let Some(channel) = channel.filter(|_| errors.is_empty()) else {
        return Err(arranged(&errors, &PAGE));
    };
    let received_at = receipt.as_ref().map(|receipt| receipt.received_at);
    let vip = posted.some("vip_source").map(str::to_owned);
    Ok(Call {
        call: LogCall {
            raw,
            channel,
            received_at,
            vip,
            next: next(posted),
            key,
        },
        receipt,
    })
}

fn raw(posted: &Posted) -> RawFeedback {
    let known = name_or_username(posted.get("who"));
    let reach = email_or_phone(posted.get("reply"));
    RawFeedback {
        kind: posted.get("feedback").to_owned(),
        words: posted.get("words").to_owned(),
        wanted: posted.get("to_put_right").to_owned(),
        about_staff: posted.get("about_staff").to_owned(),
        complainant_kind: posted.get("kind").to_owned(),
        name: known.name,
        username: known.username,
        email: reach.email,
        phone: reach.phone,
        acting_for: posted.get("acting_for").to_owned(),
        needs: posted.get("needs").to_owned(),
        existing_job: posted.get("job").to_owned(),
        ..RawFeedback::default()
    }
}

/// What happens next; without an answer it waits for triage, where nothing is lost.
fn next(posted: &Posted) -> Next {
    let taken = || Taken {
        service: posted.get("service").to_owned(),
        problem: posted.get("problem").to_owned(),
        urgency: Urgency::Normal,
    };
    match posted.get("outcome") {
        "now" => Next::Resolved(taken(), Box::new(decision(settled(posted)))),
        "mine" => Next::Take(taken()),
        "stage-2" => Next::Investigation(posted.get("why").to_owned()),
        _ => Next::Triage,
    }
}

fn settled(posted: &Posted) -> OnTheSpot {
    OnTheSpot {
        did: posted.get("did").trim().to_owned(),
        resolution_kinds: posted.all("resolution").into_iter().map(str::to_owned).collect(),
        satisfaction: Satisfaction::from_code(posted.get("satisfied")).unwrap_or(Satisfaction::NotKnown),
        learnt: posted.some("learned").map(str::to_owned),
    }
}

/// When it reached us, if that was earlier: a day, and a time if it is known.
fn receipt(posted: &Posted, setting: &Setting<'_>) -> Result<Option<LocalReceipt>, FieldError> {
    let (day, time) = (posted.some("received_on"), posted.some("received_at"));
    if day.is_none() && time.is_none() {
        return Ok(None);
    }
    let day: Date = match day {
        Some(day) => day
            .parse()
            .map_err(|_| FieldError::new("received_on", "Enter the day as year, month and day, like 2026-10-15"))?,
        None => setting.today(),
    };
    let time: Time = match time {
        Some(time) => {
            typed_time(time).ok_or_else(|| FieldError::new("received_at", "Enter the time like 4:30pm or 16:30"))?
        }
        None if day == setting.today() => return Ok(None),
        // Only the day counts for the date; the middle of it exists on every clock.
        None => Time::constant(12, 0, 0, 0),
    };
    let receipt = received_locally(day, time, setting.calendar.time_zone());
    receipt
        .map(Some)
        .map_err(|error| FieldError::new("received_at", error.to_string().trim_end_matches('.')))
}

/// When it reached us as far as the form says so, for the dates on the page.
pub(super) fn received_at(posted: &Posted, setting: &Setting<'_>) -> Timestamp {
    let typed = receipt(posted, setting)
        .ok()
        .flatten()
        .map(|receipt| receipt.received_at);
    typed.filter(|at| *at <= setting.now).unwrap_or(setting.now)
}

/// A refusal beside the fields of the page; nothing for one that no field can show.
pub(super) fn refused(fault: &Fault) -> Option<Errors> {
    fault.beside_fields("outcome").map(|errors| arranged(&errors, &PAGE))
}
