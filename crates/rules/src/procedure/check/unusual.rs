//! What is allowed and still worth a word: a missing VIP rule, a clock that nothing uses, no review.

use crate::data_file::{Invalid, Reading};
use crate::procedure::{FactName, Override, Predicate, Procedure};

pub(super) fn find(procedure: &Procedure, reading: &Reading) -> Vec<Invalid> {
    let mut found = Vec::new();
    let mut say = |path: &str, reason: String| found.push(reading.warning_at(path, reason));
    vip(procedure, &mut say);
    for clock in &procedure.clocks {
        let used = super::names::clock_uses(procedure)
            .iter()
            .any(|(_, name)| **name == clock.rule.name);
        if !used {
            say(
                &format!("clock.{}", clock.rule.name),
                format!("nothing uses the clock \"{}\"", clock.rule.name),
            );
        }
    }
    let may_close = procedure
        .no_answer
        .as_ref()
        .and_then(|rule| rule.may_close_after_working_days);
    if super::no_answer::closes_unanswered(procedure) && may_close.is_none() {
        say(
            "closing_reason.no_response",
            "nobody can close a case because no answer came: [no_answer] does not say after how many working days (A41)"
                .to_owned(),
        );
    }
    if procedure.reviews.is_empty() {
        say(
            "review",
            "nobody reviews the complaints (R42): there is no [[review]]".to_owned(),
        );
    }
    if procedure.confidential.is_none() {
        say(
            "confidential",
            "complaints that name a member of staff are treated like any other (R33): there is no [confidential]"
                .to_owned(),
        );
    }
    if procedure.separation.is_empty() {
        say(
            "procedure.separation",
            "people may decide about themselves (R28): separation is empty".to_owned(),
        );
    }
    found
}

fn vip(procedure: &Procedure, say: &mut impl FnMut(&str, String)) {
    let is_vip = |predicate: &Predicate| predicate.facts().contains(&FactName::ComplainantVip);
    let jumps: Vec<_> = procedure.jumps.iter().filter(|jump| is_vip(&jump.when)).collect();
    if jumps.is_empty() {
        say(
            "jump",
            "no jump names complainant.vip, so complaints from VIPs are treated like any other (R55)".to_owned(),
        );
    }
    for jump in jumps {
        if jump.overridden_by != Override::Never {
            let path = format!("jump.{}.override", jump.reason.code);
            say(
                &path,
                "the rule for VIPs can be overridden; this customer's procedure knows no exception (R55)".to_owned(),
            );
        }
    }
}
