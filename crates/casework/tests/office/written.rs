//! What the log of the office holds, and hands that act.

use std::sync::Arc;

use casework::desk::office_log::{LogLine, page};
use casework::people::{Details, OfficeHand};
use casework::{ActError, Office};
use rules::case::Refused;
use rules::people::{Person, Role};
use testkit::people::tom;

/// The whole log of an office, the oldest first.
pub(crate) async fn log(office: &Office) -> Vec<LogLine> {
    let (mut lines, mut before) = (Vec::new(), None);
    loop {
        let page = page(office, before, &tom()).await.unwrap();
        lines.extend(page.lines);
        before = page.next;
        if before.is_none() {
            lines.reverse();
            return lines;
        }
    }
}

/// Who did what, by kind, since the first `known` events.
pub(crate) async fn since(office: &Office, known: usize) -> Vec<(String, &'static str)> {
    let lines = log(office).await;
    let told = |line: &LogLine| (line.actor.to_string(), line.event.kind());
    lines[known..].iter().map(told).collect()
}

/// Somebody's hand; `once` is the key of the form.
pub(crate) fn hand<'a>(office: &'a Arc<Office>, by: &'a Person, once: &'a str) -> OfficeHand<'a> {
    OfficeHand { office, by, once }
}

/// What a form says about somebody of the test kit, with these roles.
pub(crate) fn with_roles(person: &Person, roles: &[Role]) -> Details {
    Details {
        email: format!("{}@calderbrook.example", person.first_name().to_lowercase()),
        name: person.name.clone(),
        job_title: person.job_title.clone(),
        roles: roles.to_vec(),
    }
}

/// The first field of a refusal, with what to do about it.
#[track_caller]
pub(crate) fn field<T>(answer: Result<T, ActError>) -> (&'static str, String) {
    match answer {
        Err(ActError::Refused(Refused::Fields { fields })) => (fields[0].field, fields[0].message.clone()),
        Err(other) => panic!("not refused by field: {other}"),
        Ok(_) => panic!("not refused"),
    }
}
