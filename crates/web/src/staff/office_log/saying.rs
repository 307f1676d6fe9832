//! Every event of the office in plain words: the log and the page of a person say the same.

use std::collections::BTreeSet;

use casework::Office;
use casework::desk::office_log::LogLine;
use rules::confidential::sealing::letter_key::grouped;
use rules::office::OfficeEvent;
use rules::office::delegation::Delegation;
use rules::office::event::{Changed, LetterKeyGiven, PersonChanged, Published, WordingChanged};
use rules::office::ways::{Open, Way, Ways};
use rules::people::{Actor, Role};

use crate::page::words::{count, date_long};

/// An event in words.
pub(crate) struct Said {
    /// Who did it.
    pub(crate) who: String,
    /// What happened.
    pub(crate) what: String,
    /// More of it, a line each.
    pub(crate) detail: Vec<String>,
}

/// What a line says.
pub(crate) fn said(office: &Office, line: &LogLine) -> Said {
    let (what, detail) = happened(office, line);
    Said {
        who: match line.actor {
            Actor::Staff(id) => office.name_of(id),
            Actor::System => "The system".to_owned(),
            Actor::Complainant => "A complainant".to_owned(),
            Actor::Holder => "A line manager".to_owned(),
        },
        what,
        detail,
    }
}

/// "From Monday 6 July 2026 to Friday 17 July 2026"
pub(crate) fn days(delegation: &Delegation) -> String {
    format!("From {} to {}", date_long(delegation.from), date_long(delegation.until))
}

fn happened(office: &Office, line: &LogLine) -> (String, Vec<String>) {
    match &line.event {
        OfficeEvent::PersonAdded(added) => (
            format!("Added {}, {}", added.name, added.job_title),
            vec![
                format!("Username: {}", added.username),
                format!("Email address: {}", added.email),
                format!("Roles: {}", roles(office, &added.roles)),
            ],
        ),
        OfficeEvent::PersonChanged(changed) => (
            format!("Changed {}", office.name_of(changed.who)),
            changes(office, changed),
        ),
        OfficeEvent::PersonLeft(left) => (
            format!("{} left", office.name_of(left.who)),
            left.passed_on
                .iter()
                .map(|passed| {
                    let cases = count(u64::from(passed.cases), "open case", "open cases");
                    format!("{cases} passed to {}", office.name_of(passed.to))
                })
                .collect(),
        ),
        OfficeEvent::PersonReturned(whom) => (format!("{} came back", office.name_of(whom.who)), Vec::new()),
        OfficeEvent::PasswordChanged(whom) if line.actor == Actor::Staff(whom.who) => {
            ("Changed their own password".to_owned(), Vec::new())
        }
        OfficeEvent::PasswordChanged(whom) => (
            format!("Gave {} a first password", office.name_of(whom.who)),
            Vec::new(),
        ),
        OfficeEvent::DelegateNamed(delegation) => stands_in(office, delegation, "stands in"),
        OfficeEvent::DelegateChanged(changed) => {
            let (words, is) = stands_in(office, &changed.to, "stands in");
            let was = format!("Was {}: {}", office.name_of(changed.from.delegate), days(&changed.from));
            (words, is.into_iter().chain([was]).collect())
        }
        OfficeEvent::DelegateTakenBack(delegation) => stands_in(office, delegation, "no longer stands in"),
        OfficeEvent::VipListSet(set) => (
            "Changed the list of VIPs".to_owned(),
            vec![format!(
                "{}; {} added or changed, {} gone or changed",
                count(set.entries.len() as u64, "line", "lines"),
                set.added,
                set.removed
            )],
        ),
        OfficeEvent::WordingChanged(changed) => wording(changed),
        OfficeEvent::BrandSet(brand) => (
            "Changed the brand".to_owned(),
            vec![
                format!("{}, {}", brand.organisation, brand.unit),
                format!("Accent {}, links {}", brand.accent, brand.link),
                match &brand.logo {
                    Some(logo) => format!("Picture: {}, SHA-256 {}", logo.kind, logo.sha256),
                    None => "The mark that comes with the product".to_owned(),
                },
            ],
        ),
        OfficeEvent::WaysSet(set) => ("Changed the ways to complain".to_owned(), ways(&set.ways)),
        OfficeEvent::LetterKeyGiven(given) => key_given(given),
        OfficeEvent::LetterKeyTakenAway(taken) => (
            format!("Took away the key of {}", taken.email),
            vec![format!("Fingerprint: {}", grouped(&taken.fingerprint))],
        ),
        OfficeEvent::ProcedurePublished(version) => published("procedure", "Valid from", version),
        OfficeEvent::CalendarPublished(version) => published("calendar", "Covers days from", version),
    }
}

fn stands_in(office: &Office, delegation: &Delegation, how: &str) -> (String, Vec<String>) {
    let (delegate, who) = (office.name_of(delegation.delegate), office.name_of(delegation.who));
    (format!("{delegate} {how} for {who}"), vec![days(delegation)])
}

fn wording(changed: &WordingChanged) -> (String, Vec<String>) {
    let detail = match (&changed.text, changed.repeats) {
        (_, Some(number)) => format!("Back to version {number}"),
        (Some(text), None) => count(text.lines().count() as u64, "line", "lines"),
        (None, None) => "Back to the wording that was installed".to_owned(),
    };
    (
        format!(
            "Changed the wording of {} ({}), version {}",
            changed.letter.words(),
            changed.letter.code(),
            changed.number
        ),
        vec![detail],
    )
}

/// Whoever gave it says that they compared it with its owner.
fn key_given(given: &LetterKeyGiven) -> (String, Vec<String>) {
    let mut detail = vec![
        format!("Fingerprint: {}", grouped(&given.fingerprint)),
        format!("User ids: {}", given.users.join(", ")),
    ];
    detail.extend(given.good_until.map(|at| {
        let until = jiff::tz::TimeZone::UTC.to_datetime(at).date();
        format!("Good until {}", date_long(until))
    }));
    let before = given.in_place_of.as_deref();
    detail.extend(before.map(|before| format!("In place of: {}", grouped(before))));
    (format!("Gave a key for letters to {}", given.email), detail)
}

/// The ways to complain, a line each.
pub(crate) fn ways(ways: &Ways) -> Vec<String> {
    let way = |name: &str, way: &Way| match way.open {
        Open::Off => format!("{name}: not offered"),
        Open::On if way.hours.is_empty() => format!("{name}: {}", way.address.replace('\n', ", ")),
        Open::On => format!("{name}: {} ({})", way.address, way.hours),
    };
    vec![
        format!("Phone: {} ({})", ways.phone, ways.phone_hours),
        way("Email", &ways.email),
        way("Chat", &ways.chat),
        way("In person", &ways.in_person),
        way("Social media", &ways.social_media),
        way("Letters", &ways.post),
    ]
}

fn published(what: &str, from: &str, version: &Published) -> (String, Vec<String>) {
    // Some versions begin with the id already.
    let number = version.version.strip_prefix(&version.id).unwrap_or(&version.version);
    (
        format!("Published the {what} {}, version {}", version.id, number.trim()),
        vec![
            format!("{from} {}", date_long(version.valid_from)),
            format!("SHA-256 {}", version.sha256),
        ],
    )
}

fn changes(office: &Office, changed: &PersonChanged) -> Vec<String> {
    let words = |name: &str, changed: &Option<Changed<String>>| {
        let line = |changed: &Changed<String>| format!("{name}: was “{}”, is “{}”", changed.from, changed.to);
        changed.as_ref().map(line)
    };
    let mut lines: Vec<String> = [
        words("Name", &changed.name),
        words("Email address", &changed.email),
        words("Job title", &changed.job_title),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some(Changed { from, to }) = &changed.roles {
        let given: BTreeSet<Role> = to.difference(from).copied().collect();
        let taken: BTreeSet<Role> = from.difference(to).copied().collect();
        let parts = [("given", given), ("taken away", taken)];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(_, some)| !some.is_empty())
            .map(|(verb, some)| format!("{verb} {}", roles(office, some)))
            .collect();
        lines.push(format!("Roles: {}", parts.join("; ")));
    }
    lines
}

/// Roles as the procedure in force calls them.
fn roles(office: &Office, roles: &BTreeSet<Role>) -> String {
    let in_force = office.active();
    let names: Vec<&str> = roles.iter().map(|role| in_force.procedure.role_words(*role)).collect();
    names.join(", ")
}
