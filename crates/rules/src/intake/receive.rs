//! Receipt: what follows the moment that feedback reaches us, on any channel at any hour (R18, R20, R83).

use jiff::Timestamp;

use super::feedback::NewFeedback;
use crate::case::change::{Change, FieldError, LetterOwed, Refused, Setting};
use crate::case::event::{Event, JobRaised, Reason, Received, SetApartFrom, VipFlagged};
use crate::case::facts::Communicated;
use crate::case::vocabulary::{Channel, FeedbackKind, Means, ReplyBy};
use crate::clock::full_date;
use crate::confidential::{StaffNamed, Suggested};
use crate::letters::LetterKind;
use crate::people::Person;

/// What was handed out for this case: chance and counters come in as arguments.
#[derive(Debug, Clone)]
pub struct Issued {
    /// 16 digits.
    pub receipt_code: String,
    /// The secret of the links that we send.
    pub link_token: String,
    /// The number of the job to raise.
    pub job_number: String,
}

/// How it came and who wrote it down.
#[derive(Debug, Clone)]
pub struct Arrival<'a> {
    /// The channel.
    pub channel: Channel,
    /// When it reached us, if earlier than now.
    pub received_at: Option<Timestamp>,
    /// The clerk, if someone logged it for them.
    pub logged_by: Option<&'a Person>,
    /// Where VIP status is known from, if the directory or the list says so (R88).
    pub vip: Option<VipFlagged>,
    /// The case from which it is set apart, if it is (A26).
    pub set_apart_from: Option<SetApartFrom>,
    /// What the finder of names suggests, where somebody of staff seems to be complained about; and from whom it is kept until a person decides.
    pub suggested: Option<(Suggested, StaffNamed)>,
}

/// How the acknowledgement is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acknowledgement {
    /// Given with the receipt itself: on the confirmation page or by the clerk who logs it (A8).
    AtOnce(Communicated),
    /// Owed by e-mail, within the minutes that the procedure sets.
    ByEmail,
    /// Owed by whoever reads it next: a letter on paper without an address has no page and no call that could tell.
    ByStaff,
    /// Nobody is there to be told (A28).
    ToNobody,
}

/// What follows from a receipt: the event, the acknowledgement (given or owed), the job (R18, R20, R43, R44).
///
/// # Errors
/// When the receipt is said to lie in the future, or so far back that no procedure covers it.
pub fn receive(
    new: NewFeedback,
    arrival: &Arrival<'_>,
    issued: Issued,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    let received_at = received_at(arrival, setting)?;
    let acknowledgement = acknowledgement(&new, arrival, setting.now);
    let letter = letter(&new);
    let email = new.complainant.writes_to().is_some();
    let job = JobRaised {
        number: issued.job_number,
        profile: setting.procedure.job_profile.clone(),
        parent: new.existing_job.clone(),
    };
    let held = held(&new, arrival);
    let mut events = vec![Event::Received(Received {
        kind: new.kind,
        channel: arrival.channel,
        received_at,
        received_on: setting.local_date(received_at),
        logged_by: arrival.logged_by.map(|clerk| clerk.id),
        procedure: setting.procedure.id.clone(),
        procedure_version: setting.procedure.version.clone(),
        title: new.title,
        words: new.words,
        wanted: new.wanted,
        about_staff: new.about_staff,
        complainant: new.complainant,
        existing_job: new.existing_job,
        receipt_code: issued.receipt_code,
        link_token: issued.link_token,
        set_apart_from: arrival.set_apart_from.clone(),
        suggested: arrival.suggested.as_ref().map(|(suggested, _)| suggested.clone()),
    })];
    events.extend(held);
    if let Acknowledgement::AtOnce(communicated) = acknowledgement {
        events.push(Event::Acknowledged(communicated));
    }
    events.push(Event::JobRaised(job));
    events.extend(arrival.vip.clone().map(Event::VipFlagged));
    let change = Change::of(events);
    Ok(if email {
        change.owing(LetterOwed::automatic(letter))
    } else {
        change
    })
}

/// What a person who decides reads of a complaint that was held.
pub const HELD: &str = "Held when it arrived: its words seem to complain about somebody of staff, and nobody had said so. A person decides.";

/// Nobody said that it is about a member of staff, and it seems to be: restricted before anybody is told, until a person decides (R33, A13).
fn held(new: &NewFeedback, arrival: &Arrival<'_>) -> Vec<Event> {
    let Some((_, kept_from)) = arrival.suggested.as_ref().filter(|_| !new.about_staff) else {
        return Vec::new();
    };
    let restricted = Event::LaneRestricted(Reason {
        reason: HELD.to_owned(),
    });
    let named = (!kept_from.is_empty()).then(|| Event::StaffNamed(kept_from.clone()));
    std::iter::once(restricted).chain(named).collect()
}

/// The receipt may lie before the logging (a phone message found later) but not after it.
fn received_at(arrival: &Arrival<'_>, setting: &Setting<'_>) -> Result<Timestamp, Refused> {
    let Some(at) = arrival.received_at else {
        return Ok(setting.now);
    };
    if at > setting.now {
        return Err(Refused::field(
            "received",
            "The time of receipt is in the future. Enter when it reached us",
        ));
    }
    if setting.local_date(at) < setting.procedure.valid_from {
        let message = format!(
            "The procedure in force begins on {}. A complaint from before that date cannot be counted under it: log it as received on that day and say so in a note",
            full_date(setting.procedure.valid_from)
        );
        return Err(Refused::Fields {
            fields: vec![FieldError::new("received", message)],
        });
    }
    Ok(at)
}

fn letter(new: &NewFeedback) -> LetterKind {
    if new.kind == FeedbackKind::Complaint {
        LetterKind::Acknowledgement
    } else {
        LetterKind::FeedbackReceived
    }
}

/// On the platform that they chose (R19): the page itself for the form, the clerk's words for a call, e-mail where that is how they reach us.
pub fn acknowledgement(new: &NewFeedback, arrival: &Arrival<'_>, now: Timestamp) -> Acknowledgement {
    let by_email = new.complainant.email.is_some() && new.complainant.reply_by == ReplyBy::Email;
    if let Some(first) = arrival.set_apart_from.as_ref().filter(|_| !by_email) {
        // The page of the first case shows it, with the way to it: whoever reads that page has been told.
        return Acknowledgement::AtOnce(Communicated {
            by: Means::TrackingPage,
            at: now,
            proof: format!("Shown on the page of {}, with the way to it", first.case),
        });
    }
    match (arrival.channel.answered_by(), arrival.logged_by) {
        (means, Some(clerk)) if means.is_spoken() => {
            let proof = format!("Given in the same conversation by {}", clerk.name);
            Acknowledgement::AtOnce(Communicated {
                by: means,
                at: now,
                proof,
            })
        }
        _ if by_email => Acknowledgement::ByEmail,
        (means, _) if means != Means::TrackingPage => {
            if new.complainant.is_anonymous() {
                Acknowledgement::ToNobody
            } else {
                Acknowledgement::ByStaff
            }
        }
        _ => {
            let proof = "Shown on the confirmation page with the reference and the receipt code".to_owned();
            Acknowledgement::AtOnce(Communicated {
                by: Means::TrackingPage,
                at: now,
                proof,
            })
        }
    }
}
