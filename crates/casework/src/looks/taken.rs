//! What an entry says of a list that was saved as a file: how it was narrowed, in codes, and which cases it held, by their numbers.

use rules::case::Reference;
use serde::{Deserialize, Serialize};

/// A list that was saved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListTaken {
    /// What stood in the address: codes and days, no words.
    pub narrowed: String,
    /// The numbers of its cases as runs: "10001-10010,10014".
    pub cases: String,
}

impl ListTaken {
    /// Of these cases.
    pub fn of(narrowed: &str, cases: impl IntoIterator<Item = Reference>) -> ListTaken {
        let mut numbers: Vec<u64> = cases.into_iter().map(|case| number(&case)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let runs = numbers.chunk_by(|one, next| one + 1 == *next);
        let said = runs.filter_map(|run| match (run.first(), run.last()) {
            (Some(first), Some(last)) if first == last => Some(first.to_string()),
            (Some(first), Some(last)) => Some(format!("{first}-{last}")),
            _ => None,
        });
        ListTaken {
            narrowed: narrowed.to_owned(),
            cases: said.collect::<Vec<_>>().join(","),
        }
    }

    /// Whether a case stood in it.
    pub fn held(&self, case: &Reference) -> bool {
        let number = number(case);
        self.cases.split(',').any(|run| {
            let (first, last) = run.split_once('-').unwrap_or((run, run));
            match (first.parse::<u64>(), last.parse::<u64>()) {
                (Ok(first), Ok(last)) => (first..=last).contains(&number),
                _ => false,
            }
        })
    }
}

fn number(case: &Reference) -> u64 {
    u64::try_from(case.number()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_which_cases_it_held() {
        let cases = ["FC-10003", "FC-10001", "FC-10002", "FC-10007"].map(|case| case.parse().unwrap());
        let taken = ListTaken::of("stage=2", cases);
        assert_eq!(taken.cases, "10001-10003,10007");
        for (case, is_in) in [
            ("FC-10002", true),
            ("FC-10007", true),
            ("FC-10004", false),
            ("FC-1", false),
        ] {
            assert_eq!(taken.held(&case.parse().unwrap()), is_in, "{case}");
        }
        assert!(!ListTaken::of("", []).held(&"FC-10001".parse().unwrap()));
    }
}
