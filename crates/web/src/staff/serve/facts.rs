//! Everything that is known of a case, as lists of a name and its value: what the details tab shows.

use casework::desk::CaseFile;
use rules::case::vocabulary::{Channel, Outcome};
use rules::clock::full_date;

use super::brief::category_name;
use super::saying::{through, whom};
use crate::staff::case::{FactSection, PointView};
use crate::staff::desk::Seat;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use rules::sentence::capital;

/// The points of complaint with the outcome that each was given (P38).
pub(crate) fn points(file: &CaseFile) -> Vec<PointView> {
    let decision = file.case.stages.iter().rev().find_map(|stage| stage.decision.as_ref());
    let outcome =
        |number: u32| decision.and_then(|decision| decision.points.iter().find(|answer| answer.number == number));
    let view = |point: &rules::case::Point| PointView {
        words: point.text.clone(),
        outcome: outcome(point.number).map(|answer| Tag::new(&capital(answer.outcome.words()), tone(answer.outcome))),
    };
    file.case.points.iter().map(view).collect()
}

fn tone(outcome: Outcome) -> Tone {
    if outcome == Outcome::NotUpheld {
        Tone::Grey
    } else {
        Tone::Brand
    }
}

/// The captured fields, group by group.
pub(crate) fn sections(seat: &Seat, file: &CaseFile) -> Vec<FactSection> {
    let mut sections = vec![
        FactSection::new("Receipt", receipt(seat, file)),
        FactSection::new("Person", person(file)),
        FactSection::new("Assessment", assessment(seat, file)),
    ];
    if !file.case.files.is_empty() {
        sections.push(FactSection::new("Files", super::file::facts(seat, file)));
    }
    if !file.case.stages.is_empty() {
        sections.push(FactSection::new("Stages", stages(seat, file)));
    }
    if !file.case.actions.is_empty() {
        sections.push(FactSection::new("Follow-on actions", actions(file)));
    }
    sections
}

fn receipt(seat: &Seat, file: &CaseFile) -> Vec<Fact> {
    let (case, received, wall) = (&file.case, &file.case.received, seat.wall());
    let by = received.logged_by.map_or_else(
        || match received.channel {
            Channel::Email => "from the e-mail".to_owned(),
            _ => "by the form".to_owned(),
        },
        |by| format!("by {}", seat.door.office().name_of(by)),
    );
    let acknowledged = match &case.acknowledged {
        Some(told) => format!("{}, {}\n{}", wall.full(told.at), through(told.by.words()), told.proof),
        None => "Not yet".to_owned(),
    };
    let procedure = format!(
        "{}, version {}",
        file.in_force.procedure.title, received.procedure_version
    );
    let mut facts = vec![
        Fact::new("Reference", &case.reference.to_string()),
        Fact::new("Kind", &capital(case.kind.words())),
        Fact::new("Channel", &capital(received.channel.words())),
        Fact::new("Received", &wall.full(received.received_at)),
        Fact::new("Logged", &format!("{}, {by}", wall.full(case.logged_at))),
        Fact::new("Acknowledged", &acknowledged),
        Fact::new(
            "Job that they named",
            received.existing_job.as_deref().unwrap_or("None"),
        ),
        Fact::linked("Procedure", Link::new(&procedure, paths::PROCEDURE)),
    ];
    if let Some(from) = received.set_apart_from.as_ref().filter(|from| !file.hides(&from.case)) {
        let first = from.case.to_string();
        facts.insert(
            1,
            Fact::linked("Set apart from", Link::new(&first, &paths::case(&first))),
        );
    }
    facts
}

fn person(file: &CaseFile) -> Vec<Fact> {
    let (person, first) = (&file.case.complainant, &file.case.received.complainant);
    let or = |value: &Option<String>, none: &str| value.clone().unwrap_or_else(|| none.to_owned());
    // What they gave at first stays beside what was corrected.
    let now_and_first = |now: &Option<String>, first: &Option<String>| match now == first {
        true => or(now, "Not given"),
        false => format!("{}\nAt first: {}", or(now, "None"), or(first, "not given")),
    };
    let vip = match &file.case.vip {
        Some((flag, _)) => format!("Yes, known from {}: {}", flag.source.words(), flag.detail),
        None => "No".to_owned(),
    };
    vec![
        Fact::new("Name", &now_and_first(&person.name, &first.name)),
        Fact::new("Kind", &capital(person.kind.words())),
        Fact::new("Email", &now_and_first(&person.email, &first.email)),
        Fact::new("Phone", &now_and_first(&person.phone, &first.phone)),
        Fact::new("Username", &or(&person.username, "Not given")),
        Fact::new("Reply by", &capital(person.reply_by.words())),
        Fact::new(
            "Acting for",
            &super::consent::acting_for(file).unwrap_or_else(|| "Themselves".to_owned()),
        ),
        Fact::new("Contact needs", &or(&person.needs, "None told")),
        Fact::new("VIP", &vip),
    ]
}

fn assessment(seat: &Seat, file: &CaseFile) -> Vec<Fact> {
    let case = &file.case;
    let named = |axis: &str, code: Option<&String>| {
        code.map_or_else(|| "Not set yet".to_owned(), |code| category_name(file, axis, code))
    };
    let yes_no = |yes: bool| if yes { "Yes" } else { "No" };
    let category = case.category.as_ref();
    let mut facts = vec![
        Fact::new("Service", &named("service", category.map(|category| &category.service))),
        Fact::new(
            "What went wrong",
            &named("problem", category.map(|category| &category.problem)),
        ),
        Fact::new("Urgency", case.urgency.words()),
    ];
    if let Some(risk) = &case.risk {
        facts.push(Fact::new("Particularly complex", yes_no(risk.complex)));
        facts.push(Fact::new("High risk", yes_no(risk.high_risk)));
        facts.push(Fact::new("Needs an investigation", yes_no(risk.needs_investigation)));
    }
    facts.push(Fact::new(
        "Restricted: about a member of staff",
        yes_no(case.is_restricted()),
    ));
    if case.is_restricted() {
        facts.push(Fact::new("Whom it is about", &whom(seat, &case.named)));
    }
    if let Some(code) = &case.root_cause {
        let cause = file
            .in_force
            .procedure
            .root_causes
            .iter()
            .find(|cause| cause.code == *code);
        facts.push(Fact::new("Cause", cause.map_or(code, |cause| &cause.name)));
    }
    if let Some(learning) = &case.learning {
        facts.push(Fact::new(
            "What we learnt",
            learning.text.as_deref().unwrap_or("Nothing new"),
        ));
    }
    facts
}

fn stages(seat: &Seat, file: &CaseFile) -> Vec<Fact> {
    let wall = seat.wall();
    let line = |stage: &rules::case::StageRecord| {
        let mut words = format!("Began {}", wall.full(stage.entered_at));
        if let (Some((by, at)), Some(decision)) = (&stage.decided_by, &stage.decision) {
            words += &format!(
                "\n{} by {}, {}",
                capital(decision.outcome.words()),
                seat.door.office().name_of(*by),
                wall.full(*at)
            );
        }
        if let Some(told) = &stage.communicated {
            words += &format!(
                "\nGiven {}, {}\n{}",
                through(told.by.words()),
                wall.full(told.at),
                told.proof
            );
        }
        Fact::new(&format!("Stage {}", stage.entry.stage), &words)
    };
    let mut facts: Vec<Fact> = file.case.stages.iter().map(line).collect();
    facts.extend(file.case.extensions.iter().map(|extension| {
        let words = format!(
            "From {} to {}\n{}",
            full_date(extension.old_due_on),
            full_date(extension.new_due_on),
            extension.reason
        );
        Fact::new(&format!("More time at stage {}", extension.stage), &words)
    }));
    facts
}

fn actions(file: &CaseFile) -> Vec<Fact> {
    let line = |action: &rules::case::Action| {
        Fact::new(
            &format!("By {}", full_date(action.due_on)),
            &format!("{}\n{}", action.text, action.owner),
        )
    };
    file.case.actions.iter().map(line).collect()
}
