//! The procedure page from the procedure itself: what it promises in the words that the public reads, and whether it can be kept.

use casework::office::{Edition, InForce};
use casework::procedures::{self, Standing};
use casework::{ActError, Office};
use rules::case::Setting;
use rules::deadlines::would_be_due;
use rules::people::{Act, Actor, Role};
use rules::procedure::Predicate;
use rules::procedure::published::publish;

use super::{Procedure, ProcedureVersion};
use crate::http::asked::address;
use crate::page::words::date_long;
use crate::public::paths;
use crate::staff::desk::Seat;
use crate::staff::parts::checks::Check;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::link::Link;
use crate::staff::paths as staff_paths;
use rules::sentence::capital;

/// The page.
pub(super) fn shown(seat: &Seat) -> Result<Procedure, ActError> {
    let office = seat.door.office();
    let in_force = office.active();
    let procedure = &in_force.procedure;
    Ok(Procedure {
        notice: None,
        publish: seat
            .may(Act::PublishProcedure)
            .then(|| Link::new("Publish a new version", staff_paths::PROCEDURE_NEW)),
        name: procedure.title.clone(),
        in_force: format!(
            "Version {}, in force since {}.",
            procedure.version,
            date_long(procedure.valid_from)
        ),
        facts: facts(&in_force),
        published: Link::new("Read the published text", paths::PROCEDURE),
        checks: checks(office, &in_force),
        versions: versions(seat)?,
    })
}

fn facts(in_force: &InForce) -> Vec<Fact> {
    let procedure = &in_force.procedure;
    let mut facts: Vec<Fact> = publish(procedure)
        .promises
        .iter()
        .map(|promise| Fact::new(&promise.head, &promise.text))
        .collect();
    for stage in &procedure.stages {
        let people: Vec<&str> = stage.handlers.iter().map(|role| procedure.role_words(*role)).collect();
        facts.push(Fact::new(
            &format!("Works on stage {}", stage.number),
            &capital(&people.join(", ")),
        ));
    }
    facts.extend(jumps(in_force));
    for (_, rule) in procedure.sign_off() {
        let reasons = reasons(&rule.when);
        let when = if reasons.is_empty() {
            "By the rule in the procedure file".to_owned()
        } else {
            format!("If {}", reasons.join(", or "))
        };
        facts.push(Fact::new(
            &format!("Signed off by {}", procedure.role_words(rule.role)),
            &when,
        ));
    }
    let calendar = &in_force.calendar;
    let until = date_long(*calendar.covered_days().end());
    facts.push(Fact::new(
        "Calendar",
        &format!(
            "{}, version {}\nKnown until {until}",
            calendar.name(),
            calendar.version()
        ),
    ));
    facts.push(Fact::new("Job profile", &procedure.job_profile));
    facts
}

/// What sends a complaint past a stage, the reasons for one stage together.
fn jumps(in_force: &InForce) -> Vec<Fact> {
    let procedure = &in_force.procedure;
    let reasons = |number: u8| {
        let jumps = procedure.jumps.iter();
        let to = jumps.filter(|jump| procedure.stage(&jump.to).is_some_and(|stage| stage.number == number));
        to.map(|jump| jump.reason.name.as_str()).collect::<Vec<_>>().join("\n")
    };
    procedure
        .stages
        .iter()
        .map(|stage| (stage.number, reasons(stage.number)))
        .filter(|(_, reasons)| !reasons.is_empty())
        .map(|(number, reasons)| Fact::new(&format!("Straight to stage {number}"), &reasons))
        .collect()
}

/// The yes-or-no facts that a condition asks for; what it compares with a value says nothing without that value.
fn reasons(when: &Predicate) -> Vec<&'static str> {
    match when {
        Predicate::Is(fact) => vec![fact.words()],
        Predicate::Any(parts) => parts.iter().flat_map(reasons).collect(),
        Predicate::Always | Predicate::Equals(..) | Predicate::Not(_) | Predicate::All(_) => Vec::new(),
    }
}

/// A procedure that is in force passed every check of its file; what remains depends on people, on today, and on taste.
fn checks(office: &Office, in_force: &InForce) -> Vec<Check> {
    let mut checks = vec![Check::passed(
        "Every stage can be reached and left, and every clock has a start and an end",
    )];
    checks.extend(holders(office, in_force));
    checks.push(calendar_reaches(&in_force.setting(office.now())));
    checks.extend(
        in_force
            .procedure
            .warnings
            .iter()
            .map(|warning| Check::look(&capital(&warning.reason))),
    );
    checks
}

/// Roles that the procedure gives something to decide, and nobody holds.
fn holders(office: &Office, in_force: &InForce) -> Vec<Check> {
    let procedure = &in_force.procedure;
    let mut needed: Vec<(Role, &str)> = Vec::new();
    needed.extend(
        procedure
            .stages
            .iter()
            .filter_map(|stage| stage.extension.as_ref())
            .map(|rule| (rule.approver, "approves more time")),
    );
    needed.extend(procedure.sign_off().map(|(_, rule)| (rule.role, "signs letters off")));
    needed.extend(
        procedure
            .escalations
            .iter()
            .filter_map(|gate| gate.assent_by)
            .map(|role| (role, "decides on requests for the next stage")),
    );
    needed.extend(procedure.reopen.iter().map(|rule| (rule.approver, "reopens cases")));
    let empty = needed.iter().filter(|(role, _)| office.holders(&[*role]).is_empty());
    let mut missing: Vec<Check> = empty
        .map(|(role, does)| {
            Check::missing(&format!(
                "Nobody holds the role “{}”, which {does}",
                capital(procedure.role_words(*role))
            ))
        })
        .collect();
    for stage in procedure
        .stages
        .iter()
        .filter(|stage| office.holders(&stage.handlers).is_empty())
    {
        missing.push(Check::missing(&format!("Nobody may work on stage {}", stage.number)));
    }
    if missing.is_empty() {
        vec![Check::passed("Somebody holds every role that decides something")]
    } else {
        missing
    }
}

fn calendar_reaches(setting: &Setting<'_>) -> Check {
    let late = setting
        .procedure
        .stages
        .iter()
        .find(|stage| would_be_due(stage.number, setting.now, setting).is_err());
    match late {
        None => Check::passed("The calendar covers the dates of complaints that arrive today"),
        Some(stage) => {
            let end = date_long(*setting.calendar.covered_days().end());
            let words = format!(
                "The calendar ends on {end}: a complaint that arrives today has no date at stage {}. Add the next year",
                stage.number
            );
            Check::missing(&words)
        }
    }
}

fn versions(seat: &Seat) -> Result<Vec<ProcedureVersion>, ActError> {
    let office = seat.door.office();
    let wall = seat.wall();
    let shown = |(edition, standing): &(Edition, Standing)| {
        let procedure = &edition.in_force.procedure;
        let from = date_long(edition.since.holds_from());
        let source = &procedure.source;
        ProcedureVersion {
            name: procedure.version.clone(),
            when: match standing {
                Standing::InForce => format!("In force since {from}"),
                Standing::ToCome => format!("It comes into force on {from}"),
                Standing::Replaced => format!("From {from}, for cases that began under it"),
            },
            published: format!("{} by {}", wall.full(edition.at), who(office, edition.by)),
            source: format!("{}, read on {}", source.name, date_long(source.read_on)),
            file: Link::new(
                "Save",
                &address(staff_paths::PROCEDURE_FILE, &[("version", &procedure.version)]),
            ),
        }
    };
    let versions = procedures::versions(office, seat.door.person())?;
    Ok(versions.iter().map(shown).collect())
}

fn who(office: &Office, by: Actor) -> String {
    match by {
        Actor::Staff(id) => office.name_of(id),
        _ => "the system, from its file".to_owned(),
    }
}
