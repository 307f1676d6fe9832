//! A small year of the demonstration: whole, believable, the same every time.

use std::sync::Arc;

use casework::{Office, OfficeParts, StoppedClock};
use rules::case::{Case, State};
use storage::{Keys, Store};

use super::{LetterBoxHook, Summary, institution, load_cases};
use crate::shipped;

struct Year {
    office: Arc<Office>,
    summary: Summary,
}

async fn year(name: &str, cases: usize) -> Year {
    let until = "2026-11-24T10:30:00Z".parse().unwrap();
    let clock = StoppedClock::at(until);
    let parts = OfficeParts {
        store: Store::in_memory(Keys::for_tests()).unwrap(),
        clock: Arc::new(clock.clone()),
        institution: institution("http://127.0.0.1:8080".to_owned()),
        procedure: shipped::PROCEDURE.owned(),
        calendars: shipped::CALENDARS.iter().map(|calendar| calendar.owned()).collect(),
    };
    let office = Office::open(parts).await.unwrap();
    let folder = std::env::temp_dir().join(format!("redress-demo-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let summary = load_cases(&office, &clock, until, &LetterBoxHook::into(folder.clone()), cases)
        .await
        .unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    Year { office, summary }
}

async fn cases(office: &Office) -> Vec<Case> {
    let mut cases = Vec::new();
    for number in 10_001.. {
        let reference = rules::case::Reference::new("FC", number).unwrap();
        match casework::desk::case_file::for_operator(office, &reference).await {
            Ok(file) => cases.push(file.case),
            Err(_) => return cases,
        }
    }
    cases
}

#[tokio::test]
async fn a_small_year_is_whole_and_shows_every_kind_of_life() {
    let year = year("whole", 120).await;
    let all = cases(&year.office).await;
    assert_eq!(all.len(), year.summary.cases);
    let report = casework::evidence::verify(&year.office).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
    assert!(
        all.iter()
            .all(|case| !matches!(case.state, State::Decided(..)) || !case.alerts.is_empty()),
        "a letter was never delivered"
    );
    let closed = all.iter().filter(|case| !case.is_open()).count();
    assert!(
        closed * 10 > all.len() * 6,
        "most cases of a year are closed: {closed} of {}",
        all.len()
    );
    assert!(all.iter().any(|case| case.stage() == 2), "some are investigated");
    assert!(
        all.iter().filter(|case| case.is_open()).count() > 5,
        "some are open at the end"
    );
    let priya = all
        .iter()
        .find(|case| case.received.complainant.name.as_deref() == Some("Priya Nair"));
    assert!(matches!(priya.map(|case| &case.state), Some(State::Open(work)) if work.stage() == 1));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_year() {
    let (first, second) = (year("one", 40).await, year("two", 40).await);
    let told = |cases: Vec<Case>| -> Vec<(String, &'static str, u32)> {
        cases
            .into_iter()
            .map(|case| (case.received.title.clone(), case.state.name(), case.sequence))
            .collect()
    };
    assert_eq!(told(cases(&first.office).await), told(cases(&second.office).await));
}
