//! An office that opens with another calendar: open dates are counted again before anybody reads them (A42).

use casework::evidence;
use casework::rebuild::rebuild;
use rules::case::Reference;
use rules::case::event::Event;
use rules::deadlines::Duty;
use rules::letters::LetterKind;
use testkit::office::OpenOffice;
use testkit::{day, house};

use crate::support::open;

/// The shipped closure days under a version of their own, perhaps with one more.
fn closures(read_on: &str, more: Option<&str>) -> Vec<(String, String)> {
    let mut files = house::calendar_files();
    for (name, text) in &mut files {
        if name == "closures-example.toml" {
            let dated = text
                .lines()
                .find(|line| line.starts_with("source_date"))
                .unwrap()
                .to_owned();
            *text = text.replacen(&dated, &format!("source_date = {read_on}"), 1);
            if let Some(date) = more {
                *text = text.replacen("[closures]\n", &format!("[closures]\n{date} = \"Extra day\"\n"), 1);
            }
        }
    }
    files
}

fn closed_on(date: &str) -> Vec<(String, String)> {
    closures("2026-12-24", Some(date))
}

async fn recounts(office: &OpenOffice, reference: &Reference) -> usize {
    let history = office.history(reference).await;
    let recounts = history
        .iter()
        .filter(|recorded| matches!(recorded.event, Event::ClockRecomputed(_)));
    recounts.count()
}

#[tokio::test]
async fn open_dates_move_with_an_event_and_a_letter_and_nothing_else_does() {
    let office = open().await;
    let (investigated, waiting) = (office.at_stage_2("k").await, office.receive("l").await);
    let answered = office.answered("m").await;
    let office = office.opened_again(closed_on("2026-06-11")).await;
    for (reference, due_on) in [(&investigated, "2026-07-08"), (&waiting, "2026-06-15")] {
        assert_eq!(office.date(reference, Duty::Decision).await.due_on, day(due_on));
        let row = office.row(reference).await;
        assert_eq!((row.due_on, recounts(&office, reference).await), (Some(day(due_on)), 1));
        let letter = office.letters(reference).await.pop().unwrap();
        assert_eq!(letter.kind, LetterKind::DateMoved);
        assert!(!letter.facts.old_decision_date.is_empty() && letter.facts.signed_by == "IT Services");
    }
    assert_eq!(recounts(&office, &answered).await, 0);
    assert!(evidence::verify(&office.office).await.unwrap().is_whole());
    let rebuilt = rebuild(&office.office).await.unwrap();
    assert!(rebuilt.differences.is_empty(), "{:?}", rebuilt.differences);
}

#[tokio::test]
async fn the_same_calendar_counts_nothing_again_and_an_earlier_date_never_comes() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let office = office.opened_again(closed_on("2026-06-11")).await;
    let office = office.opened_again(closed_on("2026-06-11")).await;
    assert_eq!(recounts(&office, &reference).await, 1, "once");
    let office = office.opened_again(closures("2026-12-25", None)).await;
    assert_eq!(office.date(&reference, Duty::Decision).await.due_on, day("2026-07-08"));
    assert_eq!(office.row(&reference).await.due_on, Some(day("2026-07-08")));
    let letters = office.letters(&reference).await;
    let moved = letters.iter().filter(|letter| letter.kind == LetterKind::DateMoved);
    assert_eq!(moved.count(), 1, "nobody is told of a date that stays");
}

#[tokio::test]
async fn dates_that_are_in_no_event_are_counted_anew_as_well() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let update = office.row(&reference).await.update_due_at;
    let office = office.opened_again(closed_on("2026-06-11")).await;
    let moved = office.row(&reference).await.update_due_at;
    assert!(moved > update, "{moved:?}");
    assert_eq!(Some(office.date(&reference, Duty::Update).await.due_at), moved);
}
