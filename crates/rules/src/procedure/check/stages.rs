//! Stages: each can be reached, the way leads forward, and what a stage asks for fits its form.

use crate::clock::BreachEffect;
use crate::data_file::Reading;
use crate::procedure::{Procedure, Requirement, Response, Stage, StageEntry, StageId};

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    if procedure.stages.is_empty() {
        reading.fault_at("stage", "there are no stages: add [[stage]]");
        return;
    }
    beginning(procedure, reading);
    forward(procedure, reading);
    reached(procedure, reading);
    round(procedure, reading);
    for stage in &procedure.stages {
        closing(stage, reading);
    }
}

fn beginning(procedure: &Procedure, reading: &Reading) {
    let mut begins = procedure
        .stages
        .iter()
        .filter(|stage| stage.entry == StageEntry::Default);
    match (begins.next(), begins.next()) {
        (None, _) => reading.fault_at("stage", "no stage has entry = \"default\", so no case could begin"),
        (Some(_), None) => {}
        (Some(first), Some(second)) => {
            let reason = format!("cases cannot begin in both \"{}\" and \"{}\"", first.id, second.id);
            reading.fault_at(&format!("stage.{}.entry", second.id), reason);
        }
    }
}

fn forward(procedure: &Procedure, reading: &Reading) {
    for gate in &procedure.escalations {
        if let Some(from) = procedure.stage(&gate.from).filter(|from| !from.next.contains(&gate.to)) {
            let reason = format!("\"{}\" is not among the next stages of \"{}\"", gate.to, from.id);
            reading.fault_at(&format!("escalation.{}.to", gate.from), reason);
        }
    }
    let first = procedure.stages.iter().map(|stage| stage.number).min().unwrap_or(1);
    for jump in &procedure.jumps {
        if procedure.stage(&jump.to).is_some_and(|to| to.number == first) {
            let reason = "a jump leads forward, and this one leads to the first stage, from which another jump would bring the case back";
            reading.fault_at(&format!("jump.{}.to", jump.reason.code), reason);
        }
    }
}

/// The stages that a case can come to: from the beginning, by jumps from anywhere, by gates, and where time runs out.
fn reached(procedure: &Procedure, reading: &Reading) {
    let mut reached: Vec<&StageId> = procedure
        .stages
        .iter()
        .filter(|stage| stage.entry == StageEntry::Default)
        .map(|stage| &stage.id)
        .collect();
    reached.extend(procedure.jumps.iter().map(|jump| &jump.to));
    let mut looked_at = 0;
    while let Some(id) = reached.get(looked_at).copied() {
        looked_at += 1;
        for next in moves(procedure, id) {
            if !reached.contains(&next) {
                reached.push(next);
            }
        }
    }
    for stage in procedure.stages.iter().filter(|stage| !reached.contains(&&stage.id)) {
        let reason = format!(
            "no case can come to the stage \"{}\": nothing jumps to it, no [[escalation]] leads to it, and cases do not begin there",
            stage.id
        );
        reading.fault_at(&format!("stage.{}", stage.id), reason);
    }
}

fn round(procedure: &Procedure, reading: &Reading) {
    let ids: Vec<&StageId> = procedure.stages.iter().map(|stage| &stage.id).collect();
    let next = |id: &StageId| -> Vec<&StageId> {
        procedure.stage(id).map_or_else(Vec::new, |stage| {
            stage.next.iter().chain(moves(procedure, id)).collect()
        })
    };
    if let Some(way) = super::circle(&ids, next) {
        let way: Vec<&str> = way.iter().map(|id| id.as_str()).collect();
        let reason = format!("a case could go round for ever: {}", way.join(" -> "));
        reading.fault_at(&format!("stage.{}.next", way[0]), reason);
        return;
    }
    for stage in &procedure.stages {
        for next in stage.next.iter().filter_map(|id| procedure.stage(id)) {
            if next.number <= stage.number {
                let reason = format!(
                    "the way leads back from stage {} to stage {}",
                    stage.number, next.number
                );
                reading.fault_at(&format!("stage.{}.next", stage.id), reason);
            }
        }
    }
}

/// Where a case moves from this stage without a jump.
fn moves<'a>(procedure: &'a Procedure, from: &StageId) -> Vec<&'a StageId> {
    let Some(stage) = procedure.stage(from) else {
        return Vec::new();
    };
    let mut moves: Vec<&StageId> = procedure
        .escalations
        .iter()
        .filter(|gate| gate.from == *from)
        .map(|gate| &gate.to)
        .collect();
    moves.extend(stage.extension.iter().filter_map(|extension| extension.then.as_ref()));
    let decision = procedure.clock(&stage.decision_clock);
    if decision.is_some_and(|clock| clock.rule.breach.contains(&BreachEffect::MoveToNextStage)) {
        moves.extend(stage.next.first());
    }
    moves
}

fn closing(stage: &Stage, reading: &Reading) {
    let path = format!("stage.{}.close_requires", stage.id);
    let asks = |requirement| stage.close_requires.contains(&requirement);
    if stage.close_requires.is_empty() {
        reading.fault_at(
            &path,
            "closing needs nothing here; at least the outcome must be recorded (R65)",
        );
    }
    if stage.response == Response::Written && !asks(Requirement::WrittenResponseSent) {
        reading.fault_at(
            &path,
            "the response is written, so closing must require \"written_response_sent\" (R77)",
        );
    }
    if !stage.sign_off.is_empty() && !asks(Requirement::SignOffIfRequired) {
        reading.fault_at(
            &path,
            "the stage has sign-off rules, so closing must require \"sign_off_if_required\" (R78)",
        );
    }
}
