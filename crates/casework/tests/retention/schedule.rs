//! What goes next, and when it goes: never unannounced, never held, never by a clock that is not believed.

use casework::handling::{escalate, keep};
use casework::retention::{about_case, overview};
use jiff::civil::date;
use rules::case::vocabulary::Channel;
use rules::retention::KeptBy;
use testkit::office::OpenOffice;
use testkit::people::{amara, leila, tom};
use testkit::story::TUESDAY;

use crate::support::{Worker, gone, is_there, works_on};

/// A case of stage 1 that was closed on Tuesday 9 June 2026, and a worker of the year in which it goes.
async fn closed() -> (OpenOffice, rules::case::Reference) {
    let office = OpenOffice::at(TUESDAY).await;
    let reference = office.answered("k").await;
    assert!(!office.case(&reference).await.is_open());
    works_on(&office, "2029-05-20 10:00").await;
    (office, reference)
}

/// The same a year after its day, with no word of it before.
async fn long_over() -> (OpenOffice, rules::case::Reference, Worker) {
    let (office, reference) = closed().await;
    works_on(&office, "2030-10-01 10:00").await;
    let worker = Worker::begin(&office).await;
    (office, reference, worker)
}

#[tokio::test]
async fn it_is_announced_for_two_weeks_and_goes_on_its_day() {
    let (office, reference) = closed().await;
    let mut worker = Worker::begin(&office).await;
    let done = worker.look_daily(&office, (date(2029, 5, 21), date(2029, 6, 8))).await;
    assert_eq!(done.erased, 0);
    assert!(is_there(&office, &reference).await);
    let about = about_case(&office.office, &office.case(&reference).await)
        .await
        .unwrap();
    assert_eq!(about.announced_on, Some(date(2029, 5, 26)));
    assert_eq!(about.keeping.unwrap().goes_on, date(2029, 6, 9));
    // The review of June 2026 was never finished, and keeps it for a while.
    let done = worker.look_daily(&office, (date(2029, 6, 9), date(2029, 6, 10))).await;
    assert_eq!((done.erased, done.kept), (0, 1));
    works_on(&office, "2030-06-30 10:00").await;
    let done = worker.look_daily(&office, (date(2030, 7, 1), date(2030, 7, 1))).await;
    assert_eq!(done.erased, 1);
    assert!(!is_there(&office, &reference).await);
    assert_eq!(worker.look(&office).await.erased, 0, "once is enough");
}

#[tokio::test]
async fn what_was_not_announced_for_long_enough_does_not_go_however_late_it_is() {
    let (office, reference, mut worker) = long_over().await;
    let done = worker
        .look_daily(&office, (date(2030, 10, 2), date(2030, 10, 15)))
        .await;
    assert_eq!(done.erased, 0);
    assert!(is_there(&office, &reference).await);
    let done = worker
        .look_daily(&office, (date(2030, 10, 16), date(2030, 10, 16)))
        .await;
    assert_eq!(done.erased, 1);
}

#[tokio::test]
async fn days_on_which_nobody_looked_do_not_count() {
    let (office, reference, mut worker) = long_over().await;
    worker.look_daily(&office, (date(2030, 10, 2), date(2030, 10, 3))).await;
    // Three weeks later it had stood there for three days only.
    let done = worker
        .look_daily(&office, (date(2030, 10, 24), date(2030, 10, 24)))
        .await;
    assert_eq!(done.erased, 0);
    assert!(is_there(&office, &reference).await);
}

#[tokio::test]
async fn a_hold_keeps_it_and_when_it_is_lifted_it_is_announced_anew() {
    let (office, reference, mut worker) = long_over().await;
    worker
        .look_daily(&office, (date(2030, 10, 2), date(2030, 10, 14)))
        .await;
    keep::hold(office.hand(&leila(), &reference), "A claim was announced.")
        .await
        .unwrap();
    let done = worker
        .look_daily(&office, (date(2030, 10, 15), date(2030, 10, 25)))
        .await;
    assert_eq!(done.erased, 0);
    let all = overview(&office.office, Some(&leila())).await.unwrap();
    assert_eq!(all.held.len(), 1);
    assert_eq!(
        (all.held[0].reason.as_str(), all.held[0].goes_on),
        ("A claim was announced.", Some(date(2029, 6, 9)))
    );
    assert_eq!((all.by_day[0].going, all.by_day[0].held), (0, 1));
    let about = about_case(&office.office, &office.case(&reference).await)
        .await
        .unwrap();
    assert!(matches!(about.kept_by[..], [KeptBy::Hold { .. }]));
    keep::lift(office.hand(&leila(), &reference), "It was settled.")
        .await
        .unwrap();
    let done = worker
        .look_daily(&office, (date(2030, 10, 26), date(2030, 11, 8)))
        .await;
    assert_eq!(done.erased, 0);
    let done = worker.look_daily(&office, (date(2030, 11, 9), date(2030, 11, 9))).await;
    assert_eq!(done.erased, 1);
    assert!(gone(&office, &reference).await.is_some());
}

#[tokio::test]
async fn a_case_that_is_taken_up_again_goes_nowhere() {
    let (office, reference, mut worker) = long_over().await;
    worker
        .look_daily(&office, (date(2030, 10, 2), date(2030, 10, 14)))
        .await;
    let words = Some("It is not settled after all.".to_owned());
    escalate::request(office.hand(&amara(), &reference), Channel::Phone, words)
        .await
        .unwrap();
    let done = worker
        .look_daily(&office, (date(2030, 10, 15), date(2030, 10, 31)))
        .await;
    assert_eq!(done.erased, 0);
    assert!(is_there(&office, &reference).await);
}

#[tokio::test]
async fn a_worker_that_begins_by_a_wrong_clock_erases_nothing_however_long_it_runs() {
    let office = OpenOffice::at(TUESDAY).await;
    let reference = office.answered("k").await;
    // Nothing was written for years: the clock is ahead, or the service was shut. Nobody knows, so nothing goes.
    office.on("2030-10-01 10:00");
    let mut worker = Worker::begin(&office).await;
    works_on(&office, "2030-10-01 11:00").await;
    let done = worker
        .look_daily(&office, (date(2030, 10, 2), date(2030, 10, 31)))
        .await;
    assert_eq!((done.erased, done.kept), (0, 0));
    assert!(is_there(&office, &reference).await);
    works_on(&office, "2030-10-31 10:00").await;
    // Somebody saw to it and started the service again.
    let mut worker = Worker::begin(&office).await;
    let done = worker
        .look_daily(&office, (date(2030, 11, 1), date(2030, 11, 15)))
        .await;
    assert_eq!(done.erased, 1);
}

#[tokio::test]
async fn a_clock_that_jumps_or_falls_behind_the_record_erases_nothing() {
    let (office, reference, mut worker) = long_over().await;
    worker
        .look_daily(&office, (date(2030, 10, 2), date(2030, 10, 15)))
        .await;
    works_on(&office, "2030-10-17 10:00").await;
    office.on("2030-10-16 03:00");
    assert_eq!(worker.look(&office).await.erased, 0, "an entry is from tomorrow");
    assert!(is_there(&office, &reference).await);
    office.on("2030-10-17 12:00");
    assert_eq!(worker.look(&office).await.erased, 1);
}

#[tokio::test]
async fn who_sees_no_cases_sees_numbers_and_who_may_not_see_periods_sees_nothing() {
    let (office, reference) = closed().await;
    office.on("2029-05-21 10:00");
    let all = overview(&office.office, Some(&leila())).await.unwrap();
    assert_eq!(all.lines.len(), 1);
    assert_eq!(all.lines[0].reference, reference.to_string());
    assert_eq!(all.schedule.len(), 5);
    let numbers = overview(&office.office, Some(&tom())).await.unwrap();
    assert_eq!(
        (numbers.lines.len(), numbers.by_day.len(), numbers.by_day[0].going),
        (0, 1, 1)
    );
    assert!(overview(&office.office, Some(&amara())).await.is_err());
    assert_eq!(overview(&office.office, None).await.unwrap().lines.len(), 1);
}
