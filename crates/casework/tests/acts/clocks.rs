//! The watch: warnings, breaches and missed updates go on record once, however often it looks (P18, R24, A6, A9).

use casework::handling::{decide, write};
use casework::jobs::watch;
use rules::case::event::UpdateSent;
use rules::case::vocabulary::Means;
use rules::case::{Alert, Event, Reference};
use rules::people::Actor;
use testkit::office::OpenOffice;
use testkit::people::{amara, dana};
use testkit::{at, words};

use crate::support::open;

/// What the clocks said of a case, each with its clock and the local time at which it was said.
async fn said(office: &OpenOffice, reference: &Reference) -> Vec<String> {
    let history = office.history(reference).await;
    let zone = office.office.active().calendar.time_zone().clone();
    let of_clock = history.iter().filter_map(|recorded| match &recorded.event {
        Event::ClockWarned(passed) | Event::ClockBreached(passed) | Event::UpdateMissed(passed) => {
            assert_eq!(recorded.actor, Actor::System);
            let local = zone.to_datetime(recorded.at);
            Some(format!("{} {} {local}", recorded.event.kind(), passed.clock))
        }
        _ => None,
    });
    of_clock.collect()
}

/// Looks three times; answers how much was new the first time, and nothing may be new after that.
async fn look(office: &OpenOffice, local: &str) -> usize {
    office.on(local);
    let found = watch::look(&office.office).await.unwrap();
    for _ in 0..2 {
        assert_eq!(watch::look(&office.office).await.unwrap(), 0, "said twice at {local}");
    }
    found
}

#[tokio::test]
async fn a_stage_1_case_that_nobody_touches_is_warned_of_and_recorded_once() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    assert_eq!(look(&office, "2026-06-10 16:59").await, 0);
    assert_eq!(look(&office, "2026-06-10 17:01").await, 1, "an update is due today");
    assert_eq!(
        look(&office, "2026-06-10 23:59:59").await,
        0,
        "the whole day is in time (A6)"
    );
    assert_eq!(
        look(&office, "2026-06-11 00:00:30").await,
        2,
        "the update was missed, the decision comes near"
    );
    assert_eq!(look(&office, "2026-06-12 23:59:59").await, 1, "the last afternoon");
    assert_eq!(look(&office, "2026-06-13 00:00:30").await, 1);
    assert_eq!(
        look(&office, "2026-06-20 12:00").await,
        0,
        "a week later nothing is new"
    );
    assert_eq!(
        said(&office, &reference).await,
        [
            "clock.warned stage_1_update 2026-06-10T17:01:00",
            "clock.warned stage_1 2026-06-11T00:00:30",
            "update.missed stage_1_update 2026-06-11T00:00:30",
            "clock.warned stage_1 2026-06-12T23:59:59",
            "clock.breached stage_1 2026-06-13T00:00:30",
        ]
    );
    let case = office.case(&reference).await;
    assert!(
        matches!(
            case.alerts.as_slice(),
            [Alert::UpdateMissed { .. }, Alert::Breached { .. }]
        ),
        "{:?}",
        case.alerts
    );
    let row = office.row(&reference).await;
    assert_eq!(row.alerts, 2);
    let updates: Vec<String> = office
        .job("F1000001")
        .await
        .updates
        .into_iter()
        .map(|update| update.text)
        .collect();
    for text in ["A date was passed", "An update was not sent in time"] {
        assert_eq!(
            updates.iter().filter(|update| *update == text).count(),
            1,
            "{updates:?}"
        );
    }
}

#[tokio::test]
async fn an_update_settles_the_alert_and_a_new_date_may_be_missed_again() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    look(&office, "2026-06-17 00:01").await;
    assert_eq!(office.row(&reference).await.alerts, 1);
    let update = UpdateSent {
        words: "We are reading the logs.".to_owned(),
        by: Means::Email,
        next_on: None,
    };
    write::update(office.hand(&dana(), &reference), &update).await.unwrap();
    assert_eq!(office.row(&reference).await.alerts, 0);
    office.letters_arrive().await;
    look(&office, "2026-06-25 00:01").await;
    let missed = said(&office, &reference)
        .await
        .into_iter()
        .filter(|said| said.starts_with("update.missed"))
        .count();
    assert_eq!(missed, 2, "once for each date");
}

#[tokio::test]
async fn an_acknowledgement_that_does_not_go_out_in_its_minutes_is_an_alert() {
    let office = open().await;
    let reference = office.public().complain(&words::form(), "k").await.unwrap().reference;
    assert_eq!(
        look(&office, "2026-06-09 09:23").await,
        1,
        "half of its 15 minutes is over (A8)"
    );
    assert_eq!(look(&office, "2026-06-09 09:30:02").await, 1);
    assert_eq!(
        said(&office, &reference).await,
        [
            "clock.warned acknowledge 2026-06-09T09:23:00",
            "clock.breached acknowledge 2026-06-09T09:30:02"
        ]
    );
}

#[tokio::test]
async fn what_is_over_is_not_watched() {
    let office = open().await;
    let stopped = office.at_stage_1("k1").await;
    decide::withdraw(office.hand(&amara(), &stopped), "They called")
        .await
        .unwrap();
    let answered = office.answered("k2").await;
    assert_eq!(look(&office, "2026-08-03 09:00").await, 0);
    for reference in [&stopped, &answered] {
        assert_eq!(said(&office, reference).await, [""; 0]);
        assert_eq!(office.row(reference).await.due_on, None);
    }
}

#[tokio::test]
async fn one_look_reaches_every_case_however_many_dates_lie_open() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    // The index says that six hundred other cases were due long ago: none of them can be read.
    let lost = office
        .tamper(
            "INSERT INTO deadlines (reference, clock, kind, due_at, due_on, met)
             WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 600)
             SELECT 'FC-' || n, 'stage_1', 'decision', 0, '1970-01-01', FALSE FROM numbers",
        )
        .await;
    assert_eq!(lost, 600);
    office.on("2026-06-13 00:01");
    assert_eq!(
        watch::look(&office.office).await.unwrap(),
        2,
        "the decision and the update that were missed"
    );
    assert_eq!(
        office.case(&reference).await.breached,
        [("stage_1".to_owned(), at("2026-06-12 23:59:59"))]
    );
}
