//! How the copy of the directory stands: its age, why the latest reading failed, and what in it wants mending.

use casework::directory::{Standing, standing};
use casework::{ActError, Office};

use super::finding::Finding;

/// Looks at the copy. The server is not asked: `redress directory read` does that.
pub(super) async fn look(office: &Office) -> Result<Vec<Finding>, ActError> {
    Ok(standing(office)
        .await?
        .map(|standing| judged(&standing))
        .unwrap_or_default())
}

fn judged(standing: &Standing) -> Vec<Finding> {
    let todo = "`redress directory read` reads it now and says what is wrong; docs/operating/directory.md says what to do about it.";
    let failed = standing.failed.as_ref();
    let failed = failed
        .map(|(times, why)| format!(" The last {times} readings failed: {why}"))
        .unwrap_or_default();
    let copy = match standing.age {
        None if failed.is_empty() => Finding::warning("directory", "It was not read yet.", todo),
        None => Finding::fault("directory", format!("There is no copy of it.{failed}"), todo),
        Some(age) => {
            let says = format!("{} people, read {} hours ago.{failed}", standing.people, age.as_hours());
            match (standing.is_old, failed.is_empty()) {
                (true, _) => Finding::fault("directory", says, todo),
                (false, false) => Finding::warning("directory", says, todo),
                (false, true) => Finding::well("directory", says),
            }
        }
    };
    let odd = standing.findings.iter().filter(|finding| finding.wants_mending());
    let odd: Vec<String> = odd
        .map(|finding| format!("{}: {}", finding.kind, finding.count))
        .collect();
    let odd = (!odd.is_empty()).then(|| {
        Finding::warning(
            "directory",
            format!("What it says wants mending: {}.", odd.join("; ")),
            "`redress directory check` names the first of each. A complaint about these people goes to the next above, or to the nominated person.",
        )
    });
    std::iter::once(copy).chain(odd).collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;
    use jiff::SignedDuration;
    use rules::directory::{Finding as Odd, Kind};

    fn states(age: Option<i64>, failed: Option<u32>, odd: Option<Kind>) -> Vec<State> {
        let standing = Standing {
            place: "people.csv".to_owned(),
            came_from: None,
            read_at: None,
            changed_at: None,
            age: age.map(SignedDuration::from_hours),
            is_old: age.map_or(failed.is_some(), |hours| hours >= 48),
            people: 5,
            findings: odd
                .and_then(|kind| Odd::of(kind, vec!["Ada".to_owned()]))
                .into_iter()
                .collect(),
            tried_at: None,
            failed: failed.map(|times| (times, "It is down.".to_owned())),
            is_asked: false,
        };
        judged(&standing).into_iter().map(|finding| finding.state).collect()
    }

    #[test]
    fn an_old_copy_is_a_fault_and_a_failure_or_a_gap_a_warning() {
        assert_eq!(states(Some(3), None, None), [State::Well]);
        assert_eq!(states(Some(3), None, Some(Kind::Top)), [State::Well]);
        assert_eq!(
            states(Some(3), None, Some(Kind::Dangling)),
            [State::Well, State::Warning]
        );
        assert_eq!(states(Some(3), Some(2), None), [State::Warning]);
        assert_eq!(states(Some(90), Some(20), None), [State::Fault]);
        assert_eq!(states(None, Some(1), None), [State::Fault]);
        assert_eq!(states(None, None, None), [State::Warning]);
    }
}
