//! Which class of the schedule a case falls into.

use crate::case::Case;
use crate::handling::draft::is_money;
use crate::handling::grounds::{Grounds, case_facts};
use crate::procedure::{FactName, Facts, Procedure, RetentionRule};

/// The class of a case in the schedule of its procedure: of those that fit, the one that keeps it longest, and of these the first in the file.
/// `None` where no class fits: such a case is kept until somebody decides otherwise.
pub fn class_of<'p>(case: &Case, procedure: &'p Procedure) -> Option<&'p RetentionRule> {
    let facts = whole_life(case, procedure);
    let fits = |rule: &&RetentionRule| {
        rule.kind.is_none_or(|kind| kind == case.kind) && rule.when.as_ref().is_none_or(|when| when.holds(&facts))
    };
    let fitting = procedure.retention.iter().filter(fits);
    // `max_by_key` answers the last of equals; the first is wanted.
    fitting.rev().max_by_key(|rule| rule.keep_years)
}

/// What the whole life of a case says, not its last stay: the highest stage that it ever reached, and whether money was ever offered. A case that
/// was taken up again and ended more lightly is kept as long as what was done before asks for.
fn whole_life(case: &Case, procedure: &Procedure) -> Facts {
    let stages = case.stages.iter();
    let highest = stages.clone().map(|stage| stage.entry.stage).max().unwrap_or(1);
    let mut remedies = stages
        .filter_map(|stage| stage.decision.as_ref())
        .flat_map(|decision| &decision.remedies);
    let facts = Grounds::of(case)
        .facts()
        .when(remedies.any(is_money), FactName::RemedyMoney)
        .with(FactName::Stage, &highest.to_string());
    case_facts(case, facts, procedure)
}
