//! Examples of every record, all on one stopped clock.

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use storage::cases::CaseRow;
use storage::deadlines::DeadlineRow;
use storage::events::NewEvent;
use storage::jobs::{JobRow, JobUpdate};
use storage::outbox::NewOutbox;
use storage::sessions::SessionRow;
use storage::staff::StaffRow;

/// Monday 12 October 2026, 9:05am in London.
pub(crate) fn now() -> Timestamp {
    "2026-10-12T08:05:00Z".parse().unwrap()
}

pub(crate) fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

pub(crate) fn event(stream: &str, sequence: u32, words: &str) -> NewEvent {
    NewEvent {
        stream: stream.to_owned(),
        sequence,
        kind: "case.noted".to_owned(),
        version: 1,
        at: later(i64::from(sequence)),
        actor: "staff:1".to_owned(),
        payload: format!("{{\"words\":\"{words}\"}}").into_bytes(),
    }
}

pub(crate) fn case(number: i64) -> CaseRow {
    CaseRow {
        reference: format!("FC-{number}"),
        number,
        kind: "complaint".to_owned(),
        state: "open".to_owned(),
        stage: 1,
        lane: "open".to_owned(),
        owner_id: Some(1),
        received_at: later(number),
        received_on: date(2026, 10, 12),
        due_on: Some(date(2026, 10, 15)),
        due_at: Some(later(10_000 + number)),
        due_clock: Some("stage-1".to_owned()),
        update_due_at: Some(later(1_440 + number)),
        closed_at: None,
        urgency: 1,
        vip: false,
        service: Some("A3".to_owned()),
        problem: None,
        channel: "web".to_owned(),
        alerts: 0,
        extended: false,
        last_contact_at: Some(later(number)),
        procedure_version: "it-services 1".to_owned(),
        last_sequence: 1,
        asked_of: None,
        waits_for_answer: false,
        letters_lost: 0,
        card: format!("{{\"summary\":\"Wi-Fi {number}\"}}").into_bytes(),
    }
}

pub(crate) fn deadline(reference: &str, clock: &str, minutes: i64) -> DeadlineRow {
    DeadlineRow {
        reference: reference.to_owned(),
        clock: clock.to_owned(),
        due_at: later(minutes),
        due_on: Some(date(2026, 10, 15)),
        kind: "decision".to_owned(),
        met: false,
    }
}

pub(crate) fn job(number: u32, reference: &str, parent: Option<&str>) -> JobRow {
    JobRow {
        number: format!("F{number:07}"),
        reference: reference.to_owned(),
        profile: "General-Customer Feedback".to_owned(),
        parent: parent.map(str::to_owned),
        status: "open".to_owned(),
        opened_at: now(),
        updated_at: later(5),
    }
}

pub(crate) fn job_update(number: &str, sequence: i64, text: &str) -> JobUpdate {
    JobUpdate {
        number: number.to_owned(),
        sequence,
        at: later(sequence),
        text: text.to_owned(),
    }
}

pub(crate) fn letter(reference: &str, words: &str) -> NewOutbox {
    NewOutbox {
        reference: reference.to_owned(),
        kind: "acknowledgement".to_owned(),
        channel: "email".to_owned(),
        not_before: now(),
        created_at: now(),
        payload: words.as_bytes().to_vec(),
    }
}

pub(crate) fn person(username: &str) -> StaffRow {
    StaffRow {
        id: 0,
        username: username.to_owned(),
        email: format!("{username}@calderbrook.example"),
        name: format!("{username} Okafor"),
        job_title: "Complaints coordinator".to_owned(),
        roles: vec!["coordinator".to_owned(), "reviewer".to_owned()],
        password_hash: "$argon2id$v=19$example".to_owned(),
        active: true,
        created_at: now(),
    }
}

pub(crate) fn session(staff_id: i64) -> SessionRow {
    SessionRow {
        staff_id,
        created_at: now(),
        seen_at: now(),
        idle_until: later(30),
        expires_at: later(600),
        csrf: b"form secret".to_vec(),
    }
}
