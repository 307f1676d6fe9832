//! Every name leads somewhere: stages, clocks, outcomes.

use crate::clock::{ClockName, StartEvent};
use crate::data_file::Reading;
use crate::procedure::{Procedure, StageEntryWay, StageId};

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    for (path, name) in clock_uses(procedure) {
        if procedure.clock(name).is_none() && !name.as_str().is_empty() {
            let known: Vec<&str> = procedure.clocks.iter().map(|clock| clock.rule.name.as_str()).collect();
            reading.fault_at(
                &path,
                format!("no clock is called \"{name}\"; known are: {}", known.join(", ")),
            );
        }
    }
    for (path, id) in stage_uses(procedure) {
        if procedure.stage(id).is_none() {
            let known: Vec<&str> = procedure.stages.iter().map(|stage| stage.id.as_str()).collect();
            reading.fault_at(
                &path,
                format!("no stage is called \"{id}\"; known are: {}", known.join(", ")),
            );
        }
    }
    for stage in &procedure.stages {
        if stage.outcomes.is_empty() {
            reading.fault_at(&format!("stage.{}.outcomes", stage.id), "the stage has no outcomes");
        }
        for code in &stage.outcomes {
            if !procedure.outcomes.iter().any(|outcome| outcome.code == *code) {
                let known: Vec<&str> = procedure.outcomes.iter().map(|outcome| outcome.code.as_str()).collect();
                let reason = format!("no outcome is called \"{code}\"; known are: {}", known.join(", "));
                reading.fault_at(&format!("stage.{}.outcomes", stage.id), reason);
            }
        }
    }
}

/// Every place that names a clock.
pub(super) fn clock_uses(procedure: &Procedure) -> Vec<(String, &ClockName)> {
    let mut uses: Vec<(String, &ClockName)> = Vec::new();
    for stage in &procedure.stages {
        uses.push((format!("stage.{}.decision_clock", stage.id), &stage.decision_clock));
        uses.push((format!("stage.{}.update_clock", stage.id), &stage.update_clock));
        for rule in &stage.sign_off {
            uses.extend(
                rule.clock
                    .iter()
                    .map(|name| (format!("stage.{}.sign_off.{}", stage.id, rule.role.code()), name)),
            );
        }
    }
    for (place, target) in procedure.acknowledgements.iter().enumerate() {
        uses.push((format!("acknowledge.{}.clock", place + 1), &target.clock));
    }
    for gate in &procedure.escalations {
        uses.extend(
            gate.decide_within
                .iter()
                .map(|name| (format!("escalation.{}.decide_within", gate.from), name)),
        );
    }
    for gate in &procedure.escalations {
        uses.extend(
            gate.window_clock
                .iter()
                .map(|name| (format!("escalation.{}.window_clock", gate.from), name)),
        );
    }
    for pause in &procedure.pauses {
        uses.extend(
            pause
                .clocks
                .iter()
                .map(|name| (format!("pause.{}.clocks", pause.reason.code), name)),
        );
    }
    for regime in &procedure.regimes {
        uses.extend(
            regime
                .clocks
                .iter()
                .map(|name| (format!("regime.{}.clocks", regime.name.code), name)),
        );
    }
    for signpost in &procedure.signposts {
        uses.extend(
            signpost
                .window
                .iter()
                .map(|name| (format!("signpost.{}.window", signpost.body), name)),
        );
    }
    for kind in &procedure.kinds {
        uses.extend(
            kind.clock
                .iter()
                .map(|name| (format!("kind.{}.clock", kind.kind.code()), name)),
        );
    }
    let admissibility = procedure.admissibility.iter().filter_map(|rule| rule.clock.as_ref());
    uses.extend(admissibility.map(|name| ("admissibility.clock".to_owned(), name)));
    uses.extend(clocks_used_by_clocks(procedure));
    uses
}

fn clocks_used_by_clocks(procedure: &Procedure) -> Vec<(String, &ClockName)> {
    let mut uses = Vec::new();
    for clock in &procedure.clocks {
        let path = format!("clock.{}", clock.rule.name);
        uses.extend(clock.later_of.iter().map(|name| (format!("{path}.later_of"), name)));
        for way in StageEntryWay::ALL {
            if let StartEvent::ClockStopped(name) = clock.start_for(*way) {
                uses.push((format!("{path}.start"), name));
            }
        }
    }
    uses
}

fn stage_uses(procedure: &Procedure) -> Vec<(String, &StageId)> {
    let mut uses: Vec<(String, &StageId)> = Vec::new();
    for stage in &procedure.stages {
        uses.extend(stage.next.iter().map(|id| (format!("stage.{}.next", stage.id), id)));
        let then = stage.extension.iter().filter_map(|extension| extension.then.as_ref());
        uses.extend(then.map(|id| (format!("stage.{}.extension.then", stage.id), id)));
    }
    uses.extend(
        procedure
            .jumps
            .iter()
            .map(|jump| (format!("jump.{}.to", jump.reason.code), &jump.to)),
    );
    for gate in &procedure.escalations {
        uses.push((format!("escalation.{}.from", gate.from), &gate.from));
        uses.push((format!("escalation.{}.to", gate.from), &gate.to));
    }
    uses
}
