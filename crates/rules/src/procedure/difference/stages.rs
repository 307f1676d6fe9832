//! Stages: who works on them, how they are decided and closed, how they are extended and signed off.

use super::statement::{Part, Statements, listed};
use crate::clock::Unit;
use crate::procedure::{
    CodedName, ExtensionReasons, ExtensionRule, Procedure, Requirement, RoleName, SignOffRule, Stage, StageId,
};

pub(super) fn say(procedure: &Procedure, said: &mut Statements) {
    for stage in &procedure.stages {
        one(procedure, stage, said);
    }
}

fn one(procedure: &Procedure, stage: &Stage, said: &mut Statements) {
    let Stage {
        id,
        number,
        name,
        plain_name,
        plain_text,
        promise_when,
        entry,
        handlers,
        decision_clock,
        update_clock,
        response,
        outcomes,
        close_requires,
        extension,
        next,
        sign_off,
    } = stage;
    let mut say = |key: &str, about: &str, says: String| {
        said.keyed(
            Part::Stages,
            &format!("{id}.{key}"),
            format!("Stage {number}: {about}"),
            says,
        );
    };
    say("number", "place in the order", number.to_string());
    say("name", "name", name.clone());
    say("plain_name", "on the public page", plain_name.clone());
    say("plain_text", "what the public page says", plain_text.clone());
    if let Some(when) = promise_when {
        say("promise_when", "when its promise holds", when.clone());
    }
    say("entry", "how it begins", entry.words().to_owned());
    say("handlers", "who works on it", people(handlers));
    say("decision_clock", "clock of the decision", decision_clock.to_string());
    say("update_clock", "clock of the updates", update_clock.to_string());
    say("response", "how the decision is given", response.words().to_owned());
    say("outcomes", "outcomes", listed(outcomes));
    let needs = close_requires.iter().copied().map(Requirement::words);
    say("close_requires", "needed before it is closed", listed(needs));
    say(
        "next",
        "what may follow",
        listed(next.iter().map(|stage| called(procedure, stage))),
    );
    if let Some(rule) = extension {
        say("extension", "more time", more_time(procedure, rule));
    }
    for (place, rule) in (1..).zip(sign_off) {
        say(&format!("sign_off.{place}"), "sign-off", signed(rule));
    }
}

fn more_time(procedure: &Procedure, rule: &ExtensionRule) -> String {
    let ExtensionRule {
        max_count,
        max_each_days,
        max_total_days,
        approver,
        reasons,
        before_expiry,
        notify,
        agreement,
        then,
    } = rule;
    let often = match max_count {
        None => "as often as the total allows".to_owned(),
        Some(1) => "once".to_owned(),
        Some(times) => format!("up to {times} times"),
    };
    let reasons = match reasons {
        ExtensionReasons::FreeText => "any clear reason".to_owned(),
        ExtensionReasons::Codes(codes) => format!("reasons: {}", names(codes)),
    };
    let then = then
        .as_ref()
        .map_or_else(String::new, |stage| format!("; then {}", called(procedure, stage)));
    format!(
        "{often}, at most {max_each_days} days each and {max_total_days} in all; approved by {}; {reasons}; {before_expiry}; {notify}; \
         {agreement}{then}",
        approver.words()
    )
}

fn signed(rule: &SignOffRule) -> String {
    let SignOffRule {
        role,
        when,
        delegates,
        clock,
        delegate_before,
        edits,
    } = rule;
    let within = clock
        .as_ref()
        .map_or_else(String::new, |clock| format!("; within the clock {clock}"));
    let instead = match delegates.as_slice() {
        [] => String::new(),
        delegates => format!("; or {}", people(delegates)),
    };
    let before = match delegate_before {
        None => String::new(),
        Some(days) => format!(
            "; a delegate is asked {} before the date",
            Unit::WorkingDays.with_amount(*days)
        ),
    };
    format!(
        "by {}{instead} when {when}{within}{before}; {}",
        role.words(),
        edits.words()
    )
}

/// Roles by their plain names: what this procedure calls them is a statement of its own.
pub(super) fn people(roles: &[RoleName]) -> String {
    listed(roles.iter().map(|role| role.words()))
}

/// "stage 2", or its id where there is no such stage.
pub(super) fn called(procedure: &Procedure, stage: &StageId) -> String {
    procedure
        .stage(stage)
        .map_or_else(|| stage.to_string(), |stage| format!("stage {}", stage.number))
}

/// The names of a list with their codes.
pub(super) fn names(list: &[CodedName]) -> String {
    listed(list.iter().map(|item| item.name.as_str()))
}
