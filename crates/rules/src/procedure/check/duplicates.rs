//! Nothing is there twice.

use crate::data_file::Reading;
use crate::procedure::Procedure;

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    for list in people_and_stages(procedure)
        .into_iter()
        .chain(lists(procedure))
        .chain(duties(procedure))
    {
        for key in repeated(list.keys) {
            let reason = format!("there are two {} \"{key}\"; each must be there once", list.what);
            reading.fault_at(&format!("{}.{key}", list.path), reason);
        }
    }
    let numbers = procedure.stages.iter().map(|stage| stage.number.to_string()).collect();
    for number in repeated(numbers) {
        reading.fault_at("stage", format!("there are two stages with the number {number}"));
    }
    acknowledged_twice(procedure, reading);
}

/// Keys that must differ, and what to call them.
struct Keys {
    path: String,
    what: &'static str,
    keys: Vec<String>,
}

fn keys<T>(path: &str, what: &'static str, items: &[T], key: impl Fn(&T) -> &str) -> Keys {
    Keys {
        path: path.to_owned(),
        what,
        keys: items.iter().map(|item| key(item).to_owned()).collect(),
    }
}

fn people_and_stages(procedure: &Procedure) -> Vec<Keys> {
    vec![
        keys("stage", "stages called", &procedure.stages, |stage| stage.id.as_str()),
        keys("role", "entries for the role", &procedure.roles, |held| {
            held.role.code()
        }),
        keys("jump", "jumps for the reason", &procedure.jumps, |jump| {
            &jump.reason.code
        }),
        keys(
            "escalation",
            "ways to ask for another stage from",
            &procedure.escalations,
            |gate| gate.from.as_str(),
        ),
    ]
}

fn lists(procedure: &Procedure) -> Vec<Keys> {
    let mut lists = vec![
        keys("outcome", "outcomes called", &procedure.outcomes, |outcome| {
            &outcome.code
        }),
        keys(
            "closing_reason",
            "closing reasons called",
            &procedure.closing_reasons,
            |reason| &reason.code,
        ),
        keys("kind", "entries for", &procedure.kinds, |named| named.kind.code()),
        keys("urgency", "entries for", &procedure.urgencies, |level| {
            level.level.code()
        }),
        keys("axis", "axes called", &procedure.categories, |axis| &axis.code),
    ];
    for axis in &procedure.categories {
        let path = format!("axis.{}.category", axis.code);
        lists.push(keys(&path, "categories called", &axis.categories, |category| {
            &category.code
        }));
    }
    lists
}

fn duties(procedure: &Procedure) -> Vec<Keys> {
    vec![
        keys("letter", "letters of the kind", &procedure.letters, |letter| {
            letter.kind.code()
        }),
        keys("review", "reviews called", &procedure.reviews, |review| {
            &review.name.code
        }),
        keys("retention", "retention rules called", &procedure.retention, |rule| {
            &rule.class.code
        }),
        keys("regime", "regimes called", &procedure.regimes, |regime| {
            &regime.name.code
        }),
    ]
}

fn acknowledged_twice(procedure: &Procedure, reading: &Reading) {
    let channels = procedure.acknowledgements.iter().flat_map(|target| &target.channels);
    for channel in repeated(channels.map(|channel| channel.code().to_owned()).collect()) {
        reading.fault_at(
            "acknowledge",
            format!("two targets acknowledge the channel \"{channel}\"; one must"),
        );
    }
}

fn repeated(mut keys: Vec<String>) -> Vec<String> {
    keys.sort_unstable();
    let mut repeated: Vec<String> = keys
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0].clone())
        .collect();
    repeated.dedup();
    repeated
}
