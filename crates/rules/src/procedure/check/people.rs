//! Who decides can be somebody: each role that is named is held by people, and may decide.

use crate::data_file::Reading;
use crate::procedure::{Override, Procedure, RoleName};

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    for (path, role) in deciding(procedure) {
        if !role.may_decide() {
            reading.fault_at(
                &path,
                format!(
                    "the role \"{}\" only reads or carries out; it cannot decide this",
                    role.code()
                ),
            );
        }
        held(procedure, reading, &path, role);
    }
    for (path, role) in taking_part(procedure) {
        held(procedure, reading, &path, role);
    }
    for stage in &procedure.stages {
        if stage.handlers.is_empty() {
            reading.fault_at(
                &format!("stage.{}.handlers", stage.id),
                "the stage has no handlers, so nobody may deal with its cases (R40)",
            );
        }
    }
    for held in &procedure.roles {
        if held.called.is_empty() {
            reading.fault_at(
                &format!("role.{}.called", held.role.code()),
                "the role needs the name by which people know it",
            );
        }
    }
}

fn held(procedure: &Procedure, reading: &Reading, path: &str, role: RoleName) {
    if !procedure.roles.iter().any(|held| held.role == role) {
        let reason = format!(
            "nobody may hold the role \"{0}\": add a [[role]] with role = \"{0}\"",
            role.code()
        );
        reading.fault_at(path, reason);
    }
}

/// Every place that lets a role decide.
fn deciding(procedure: &Procedure) -> Vec<(String, RoleName)> {
    let mut places = Vec::new();
    for stage in &procedure.stages {
        let path = format!("stage.{}", stage.id);
        places.extend(stage.handlers.iter().map(|role| (format!("{path}.handlers"), *role)));
        places.extend(
            stage
                .extension
                .iter()
                .map(|extension| (format!("{path}.extension.approver"), extension.approver)),
        );
        for rule in &stage.sign_off {
            let signers = std::iter::once(&rule.role).chain(&rule.delegates);
            places.extend(signers.map(|role| (format!("{path}.sign_off.{}.role", rule.role.code()), *role)));
        }
    }
    for gate in &procedure.escalations {
        places.extend(
            gate.assent_by
                .map(|role| (format!("escalation.{}.assent_by", gate.from), role)),
        );
    }
    for jump in &procedure.jumps {
        if let Override::By(role) = jump.overridden_by {
            places.push((format!("jump.{}.override", jump.reason.code), role));
        }
    }
    for pause in &procedure.pauses {
        places.push((format!("pause.{}.approver", pause.reason.code), pause.approver));
    }
    places.extend(
        procedure
            .admissibility
            .iter()
            .map(|rule| ("admissibility.decided_by".to_owned(), rule.decided_by)),
    );
    places.extend(
        procedure
            .confidential
            .iter()
            .map(|rule| ("confidential.handler".to_owned(), rule.handler)),
    );
    places.extend(
        procedure
            .reopen
            .iter()
            .map(|rule| ("reopen.approver".to_owned(), rule.approver)),
    );
    places.push(("procedure.owner".to_owned(), procedure.owner));
    for regime in &procedure.regimes {
        places.push((format!("regime.{}.handler", regime.name.code), regime.handler));
    }
    places
}

/// Every place where a role takes part without deciding a case.
fn taking_part(procedure: &Procedure) -> Vec<(String, RoleName)> {
    let mut places = vec![("withdraw.followed_up_by".to_owned(), procedure.withdraw.followed_up_by)];
    for review in &procedure.reviews {
        let path = format!("review.{}", review.name.code);
        places.extend(review.held_by.iter().map(|role| (format!("{path}.held_by"), *role)));
        places.extend(review.read_by.iter().map(|role| (format!("{path}.read_by"), *role)));
    }
    places
}
