//! A clerk writes down what somebody tells them, and may settle it in the same save (R14, R48, R61).

use std::sync::Arc;

use jiff::Timestamp;
use rules::case::change::{Change, Refused, Setting, permit};
use rules::case::event::{Event, RiskAssessed, VipFlagged};
use rules::case::vocabulary::{Channel, FeedbackKind, VipSource};
use rules::case::{Case, Decision};
use rules::handling::decide::{Spoken, Telling, decide};
use rules::handling::triage::{Taken, take};
use rules::intake::{RawFeedback, read};
use rules::people::{Act, Actor, Person};

use super::receive::{AtOnce, Incoming, Receipt, keep_with_files};
use crate::drafts::log_key;
use crate::files::{Form, waiting};
use crate::{ActError, Office};

/// What the clerk writes down.
#[derive(Debug, Clone)]
pub struct LogCall {
    /// The form.
    pub raw: RawFeedback,
    /// How they reached us.
    pub channel: Channel,
    /// When, if earlier than now.
    pub received_at: Option<Timestamp>,
    /// How the clerk knows that they are a VIP, if they are (R88).
    pub vip: Option<String>,
    /// What happens next.
    pub next: Next,
    /// Sent with the form; the same key never makes two cases.
    pub key: String,
}

/// What happens with a logged complaint.
#[derive(Debug, Clone)]
pub enum Next {
    /// It waits for triage.
    Triage,
    /// It needs an investigation: triage chooses who, and sees why.
    Investigation(String),
    /// The clerk keeps it at stage 1.
    Take(Taken),
    /// It is resolved in this conversation (R48).
    Resolved(Taken, Box<Decision>),
}

/// Logs feedback for somebody, with the files that wait for the form.
///
/// # Errors
/// When the person may not log, a field cannot be used, or it could not be saved.
pub async fn log(office: &Arc<Office>, call: LogCall, by: &Person) -> Result<Receipt, ActError> {
    permit(by, Act::LogFeedback)?;
    let feedback = read(&call.raw)?;
    let at_once = at_once(call.next, feedback.kind, call.channel, by.clone());
    let vip = call.vip.map(|detail| VipFlagged {
        source: VipSource::Manager,
        detail,
    });
    let form = Form::staff(by.id, &call.key);
    let incoming = Incoming {
        files: waiting(office, form.as_ref()).await?,
        feedback,
        channel: call.channel,
        received_at: call.received_at,
        clerk: Some(by.clone()),
        vip,
        set_apart_from: None,
        told: Vec::new(),
        beside: None,
        key: (!call.key.is_empty()).then(|| log_key(by, &call.key)),
    };
    keep_with_files(office, incoming, at_once, form).await
}

fn at_once(next: Next, kind: FeedbackKind, channel: Channel, by: Person) -> Option<AtOnce> {
    if kind != FeedbackKind::Complaint {
        return None;
    }
    match next {
        Next::Triage => None,
        Next::Investigation(reason) => Some(Box::new(move |_, _| needs_investigation(&reason))),
        Next::Take(taken) => Some(Box::new(move |case, setting| take(case, &taken, &by, setting))),
        Next::Resolved(taken, decision) => Some(Box::new(move |case, setting| {
            resolve(case, &taken, &decision, channel, (&by, setting))
        })),
    }
}

fn needs_investigation(reason: &str) -> Result<Change, Refused> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refused::field(
            "risk_reason",
            "Say in a few words why it needs an investigation",
        ));
    }
    let risk = RiskAssessed {
        complex: false,
        high_risk: false,
        needs_investigation: true,
        reason: Some(reason.to_owned()),
    };
    Ok(Change::of(vec![Event::RiskAssessed(risk)]))
}

fn resolve(
    case: &Case,
    taken: &Taken,
    decision: &Decision,
    channel: Channel,
    (by, setting): (&Person, &Setting<'_>),
) -> Result<Change, Refused> {
    let mut change = take(case, taken, by, setting)?;
    let open = case
        .preview(&change.events, Actor::Staff(by.id), setting.now)
        .map_err(|error| Refused::Rule(error.to_string()))?;
    let means = channel.answered_by();
    let telling = if means.is_spoken() {
        Telling::Spoken(Spoken {
            by: means,
            at: setting.now,
        })
    } else {
        Telling::InWriting
    };
    let decided = decide(&open, decision.clone(), &telling, by, setting)?;
    change.events.extend(decided.events);
    change.letters.extend(decided.letters);
    Ok(change)
}
