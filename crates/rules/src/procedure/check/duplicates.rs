//! Nothing is there twice.

use crate::data_file::Reading;
use crate::procedure::Procedure;
use crate::procedure::list::CodedName;

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    let twice = |path: &str, what: &str, keys: Vec<String>| {
        for key in repeated(&keys) {
            reading.fault_at(
                &format!("{path}.{key}"),
                format!("there are two {what} \"{key}\"; each must be there once"),
            );
        }
    };
    twice(
        "stage",
        "stages called",
        procedure.stages.iter().map(|stage| stage.id.to_string()).collect(),
    );
    for number in repeated(
        &procedure
            .stages
            .iter()
            .map(|stage| stage.number.to_string())
            .collect::<Vec<_>>(),
    ) {
        reading.fault_at("stage", format!("there are two stages with the number {number}"));
    }
    twice(
        "letter",
        "letters of the kind",
        procedure
            .letters
            .iter()
            .map(|letter| letter.kind.code().to_owned())
            .collect(),
    );
    twice(
        "outcome",
        "outcomes called",
        procedure.outcomes.iter().map(|outcome| outcome.code.clone()).collect(),
    );
    twice(
        "jump",
        "jumps for the reason",
        procedure.jumps.iter().map(|jump| jump.reason.code.clone()).collect(),
    );
    twice(
        "role",
        "entries for the role",
        procedure.roles.iter().map(|held| held.role.code().to_owned()).collect(),
    );
    twice(
        "kind",
        "entries for",
        procedure.kinds.iter().map(|kind| kind.kind.code().to_owned()).collect(),
    );
    twice(
        "urgency",
        "entries for",
        procedure
            .urgencies
            .iter()
            .map(|level| level.level.code().to_owned())
            .collect(),
    );
    twice(
        "axis",
        "axes called",
        procedure.categories.iter().map(|axis| axis.code.clone()).collect(),
    );
    for axis in &procedure.categories {
        let codes = axis.categories.iter().map(|category| category.code.clone()).collect();
        twice(&format!("axis.{}.category", axis.code), "categories called", codes);
    }
    twice(
        "closing_reason",
        "closing reasons called",
        procedure
            .closing_reasons
            .iter()
            .map(|reason| reason.code.clone())
            .collect(),
    );
    twice(
        "review",
        "reviews called",
        coded(procedure.reviews.iter().map(|review| &review.name)),
    );
    twice(
        "retention",
        "retention rules called",
        coded(procedure.retention.iter().map(|rule| &rule.class)),
    );
    twice(
        "regime",
        "regimes called",
        coded(procedure.regimes.iter().map(|regime| &regime.name)),
    );
    twice(
        "escalation",
        "ways to ask for another stage from",
        procedure.escalations.iter().map(|gate| gate.from.to_string()).collect(),
    );
    acknowledged_twice(procedure, reading);
}

fn acknowledged_twice(procedure: &Procedure, reading: &Reading) {
    let channels: Vec<String> = procedure
        .acknowledgements
        .iter()
        .flat_map(|target| target.channels.iter().map(|channel| channel.code().to_owned()))
        .collect();
    for channel in repeated(&channels) {
        reading.fault_at(
            "acknowledge",
            format!("two targets acknowledge the channel \"{channel}\"; one must"),
        );
    }
}

fn coded<'a>(names: impl Iterator<Item = &'a CodedName>) -> Vec<String> {
    names.map(|name| name.code.clone()).collect()
}

fn repeated(keys: &[String]) -> Vec<String> {
    let mut sorted = keys.to_vec();
    sorted.sort_unstable();
    let mut repeated: Vec<String> = sorted
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0].clone())
        .collect();
    repeated.dedup();
    repeated
}
