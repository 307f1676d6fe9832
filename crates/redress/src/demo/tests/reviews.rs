//! The reviews of the year: every month was held but the last, and what was promised is on its way or done.

use std::collections::BTreeSet;

use casework::review::register::all;
use casework::review::{changes, months};
use rules::follow_on::{FollowOnId, Status};
use rules::people::Person;
use rules::review::discuss::Why;
use rules::review::state::Progress;
use rules::review::{Month, Reader};

use super::{Year, year};
use crate::demo::people::{HELEN, SIGN_INS, SUNITA};
use crate::demo::reviews::names;
use crate::demo::texts::Texts;

const TUESDAY: &str = "2026-11-24T10:30:00Z";

fn person(year: &Year, username: &str) -> Person {
    let people = year.office.people();
    let name = SIGN_INS
        .iter()
        .find(|sign_in| sign_in.username == username)
        .map(|sign_in| sign_in.name);
    let found = people.values().find(|person| Some(person.name.as_str()) == name);
    found.unwrap().clone()
}

#[tokio::test]
async fn every_month_was_held_but_the_last_which_waits() {
    let year = year(TUESDAY, 120).await;
    let months = months::months(&year.office, 1, &person(&year, HELEN)).await.unwrap();
    let progress = |month: Month| {
        let line = months.lines.iter().find(|line| line.month == month).unwrap();
        line.review.as_ref().map(|review| review.progress)
    };
    let this: Month = "2026-11".parse().unwrap();
    assert_eq!(progress(this), None, "the month that runs has no review yet");
    assert!(
        matches!(progress(this.earlier(1)), Some(Progress::Open)),
        "{:?}",
        progress(this.earlier(1))
    );
    for back in 2..=12 {
        assert_eq!(
            progress(this.earlier(back)),
            Some(Progress::Finished),
            "{back} months ago"
        );
    }
    assert_eq!(year.summary.reviews, months.lines.len() - 2);
}

#[tokio::test]
async fn promises_are_kept_most_of_them_in_time_and_some_are_published() {
    let year = year(TUESDAY, 250).await;
    let sunita = person(&year, SUNITA);
    assert_eq!(Reader::of(&sunita), Reader::Entitled);
    let register = all(&year.office, &sunita).await.unwrap();
    let statuses: BTreeSet<&str> = register.iter().map(|action| action.status.code()).collect();
    let every: BTreeSet<&str> = Status::ALL.iter().map(|status| status.code()).collect();
    assert_eq!(statuses, every, "something of each kind can be seen");
    let promised = register
        .iter()
        .filter(|action| matches!(action.id, FollowOnId::Case(..)));
    let (open, kept): (Vec<_>, Vec<_>) = promised.partition(|action| action.status.is_open());
    assert!(kept.len() > 3 * open.len(), "{} kept, {} open", kept.len(), open.len());
    let today = year.office.active().setting(year.office.now()).today();
    let late = register.iter().filter(|action| action.is_overdue(today)).count();
    assert!((1..=8).contains(&late), "{late} late");
    let published = changes::published(&year.office).await.unwrap();
    assert!(published.changes.len() >= 9, "{} published", published.changes.len());
    assert_eq!(published.months.len(), 12);
}

#[test]
fn every_name_in_the_file_is_known() {
    let names = names();
    let unknown: Vec<&String> = names
        .staff
        .iter()
        .filter(|name| crate::demo::people::username(name).is_none())
        .collect();
    assert!(unknown.is_empty(), "nobody is called {unknown:?}");
    let unknown: Vec<&String> = names
        .reasons
        .iter()
        .filter(|code| Why::from_code(code).is_none())
        .collect();
    assert!(unknown.is_empty(), "no case is on the list for {unknown:?}");
    let texts = Texts::load().unwrap();
    let promised: BTreeSet<String> = texts
        .complaints
        .iter()
        .flat_map(|text| {
            let first = text.finding.iter().filter_map(|finding| finding.action.clone());
            first.chain(text.again.iter().flat_map(|again| again.actions.clone()))
        })
        .map(|promise| promise.text)
        .collect();
    let unknown: Vec<&String> = names.promises.iter().filter(|text| !promised.contains(*text)).collect();
    assert!(unknown.is_empty(), "nobody promises {unknown:#?}");
}
