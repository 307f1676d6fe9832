//! What is told of a sealed case of the person themself: what its stub tells, and who has the rest (A14, A16).

use super::copy::{CaseCopy, Line};
use crate::case::{Case, Setting, State};
use crate::clock::full_date;
use crate::deadlines::decision_due;
use crate::retention::keeping;

/// A sealed case as its complainant is told of it: reference, dates and stage. Whoever makes the copy has no more of it, and nothing here says
/// what it is about. `contact` is where the request goes for the rest.
pub fn apart_copy(case: &Case, setting: &Setting<'_>, contact: &str) -> CaseCopy {
    let said = |name: &str, value: String| Line {
        name: name.to_owned(),
        value,
    };
    let mut stands = vec![said("stage", stage(case))];
    stands.extend(case.held().map(|held| {
        let since = full_date(setting.local_date(held.since));
        said("a manager has had it since", since)
    }));
    stands.extend(decision_due(case, setting).map(|due| said("decision due by", full_date(due.due_on))));
    CaseCopy {
        stands,
        kept: match keeping(case, setting) {
            Ok(keeping) => format!("It is erased on {}.", full_date(keeping.goes_on)),
            Err(_) => "Its period begins when it is over.".to_owned(),
        },
        held_back: Some(format!(
            "A manager alone deals with this complaint. What you wrote, how we reach you about it, and what was found are under a key that whoever \
             made this copy does not have. You have a right to a copy of that as well, in the same time: ask for it from {contact}, who pass your \
             request on to that manager."
        )),
        ..CaseCopy::bare(case)
    }
}

fn stage(case: &Case) -> String {
    match (&case.state, case.stage()) {
        (State::Closed(..), _) => "over".to_owned(),
        (_, 0) => "arrived".to_owned(),
        (_, stage) => stage.to_string(),
    }
}
