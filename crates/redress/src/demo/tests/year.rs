//! The year as a whole: no fault in the record, most cases over, the same for the same seed.

use std::collections::BTreeMap;

use casework::files::check::{Depth, check};
use jiff::ToSpan;
use rules::case::State;
use rules::case::vocabulary::{FeedbackKind, Outcome};

use super::year;

const TUESDAY: &str = "2026-11-24T10:30:00Z";

#[tokio::test]
async fn a_year_is_whole_and_what_is_old_is_over() {
    let year = year(TUESDAY, 120).await;
    assert_eq!(year.files.len(), year.summary.cases);
    let report = casework::evidence::verify(&year.office).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
    let two_months_ago = year.office.now() - (24 * 60).hours();
    let forgotten: Vec<String> = year
        .files
        .iter()
        .map(|file| &file.case)
        .filter(|case| case.is_open() && case.received.received_at < two_months_ago)
        .map(|case| format!("{} {} {}", case.reference, case.state.name(), case.received.title))
        .collect();
    assert!(forgotten.is_empty(), "open for two months and more: {forgotten:#?}");
    let letters_lost = year
        .files
        .iter()
        .filter(|file| matches!(file.case.state, State::Decided(..)) && file.case.alerts.is_empty())
        .count();
    assert_eq!(letters_lost, 0, "a letter was never delivered and nobody knows");
}

#[tokio::test]
async fn the_months_the_outcomes_and_the_services_are_spread_as_in_life() {
    let year = year(TUESDAY, 300).await;
    let mut by_month: BTreeMap<i8, u32> = BTreeMap::new();
    let mut by_service: BTreeMap<String, u32> = BTreeMap::new();
    let mut by_outcome: BTreeMap<&str, u32> = BTreeMap::new();
    for file in &year.files {
        let case = &file.case;
        *by_month.entry(case.received.received_on.month()).or_default() += 1;
        if case.kind == FeedbackKind::Complaint {
            let service = case.category.as_ref().map(|category| category.service.clone());
            *by_service.entry(service.unwrap_or_default()).or_default() += 1;
        }
        let decisions = case.stages.iter().filter_map(|stage| stage.decision.as_ref());
        for decision in decisions {
            *by_outcome.entry(decision.outcome.code()).or_default() += 1;
        }
    }
    let month = |number: i8| by_month.get(&number).copied().unwrap_or(0);
    assert!(month(10) > month(7) * 3 / 2, "term is busier than summer: {by_month:?}");
    assert!(
        (1..=12).all(|number| month(number) > 5),
        "no month is empty: {by_month:?}"
    );
    let decided: u32 = by_outcome.values().sum();
    let share = |outcome: Outcome| by_outcome.get(outcome.code()).copied().unwrap_or(0) * 100 / decided;
    assert!((45..=80).contains(&share(Outcome::Upheld)), "{by_outcome:?}");
    assert!(share(Outcome::PartlyUpheld) >= 5, "{by_outcome:?}");
    assert!(share(Outcome::NotUpheld) >= 5, "{by_outcome:?}");
    assert!(share(Outcome::Resolved) >= 2, "{by_outcome:?}");
    let most = by_service.values().max().copied().unwrap_or(0);
    assert!(by_service.len() >= 14, "{by_service:?}");
    assert!(
        most * 10 < by_service.values().sum::<u32>() * 4,
        "one service stands out: {by_service:?}"
    );
}

#[tokio::test]
async fn the_same_seed_gives_the_same_year() {
    let (first, second) = (year(TUESDAY, 40).await, year(TUESDAY, 40).await);
    let told = |year: &super::Year| -> Vec<(String, &'static str, u32)> {
        let cases = year.files.iter().map(|file| &file.case);
        cases
            .map(|case| (case.received.title.clone(), case.state.name(), case.sequence))
            .collect()
    };
    assert_eq!(told(&first), told(&second));
}

#[tokio::test]
async fn some_bring_files_and_staff_keep_some_for_themselves() {
    let year = year(TUESDAY, 40).await;
    let priya = year
        .files
        .iter()
        .find(|file| file.case.received.complainant.name.as_deref() == Some("Priya Nair"));
    let files = &priya.unwrap().case.files;
    let names: Vec<(&str, bool)> = files
        .iter()
        .map(|kept| (kept.file.name.as_str(), kept.is_theirs_too()))
        .collect();
    assert_eq!(
        names,
        [
            ("test-disconnected.png", true),
            ("wifi-log.txt", true),
            ("access-points.log", false),
            ("letter-for-your-department.pdf", true)
        ]
    );
    let found = check(&year.office, Depth::Bytes).await.unwrap();
    assert_eq!((found.waiting, found.faults.len()), (0, 0));
    assert!(found.whole >= files.len(), "{}", found.whole);
}
