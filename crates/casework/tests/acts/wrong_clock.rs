//! A machine whose clock is set to another year and back: nothing is lost, and nothing false is put on record.

use std::time::Duration;

use casework::account;
use casework::jobs::schedule::look;
use casework::jobs::steady::{Begun, Standing, standing};
use jiff::SignedDuration;
use testkit::at;
use testkit::people::amara;

use crate::support::open;

const HALF_A_MINUTE: Duration = Duration::from_secs(30);
const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);

#[tokio::test]
async fn a_clock_that_jumps_a_year_ahead_and_back_records_no_breach_and_ends_no_session() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let session = office.sign_in(&amara()).await;
    let (begun, now) = (Begun::now(&office.office), office.office.now());
    let before = office.kinds(&reference).await;

    office.stop_at(now + YEAR);
    look(&office.office, begun, HALF_A_MINUTE).await;
    assert_eq!(office.kinds(&reference).await, before, "a year ahead");
    office.stop_at(now - YEAR);
    look(&office.office, begun, HALF_A_MINUTE).await;
    assert_eq!(office.kinds(&reference).await, before, "a year back");

    office.stop_at(now + SignedDuration::from_mins(1));
    look(&office.office, begun, Duration::from_secs(60)).await;
    assert_eq!(office.kinds(&reference).await, before, "nothing was due");
    let still = account::signed_in(&office.office, &session.token).await.unwrap();
    assert_eq!(still.map(|signed_in| signed_in.person.id), Some(amara().id));
    assert!(office.case(&reference).await.is_open());
}

#[tokio::test]
async fn a_year_that_really_passed_is_believed() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let begun = Begun::now(&office.office);
    office.stop_at(office.office.now() + YEAR);
    look(&office.office, begun, Duration::from_secs(24 * 365 * 3600)).await;
    assert!(office.kinds(&reference).await.contains(&"clock.breached"));
}

#[tokio::test]
async fn a_night_of_sleep_is_believed_and_three_days_are_not() {
    let office = open().await;
    let (begun, now) = (Begun::now(&office.office), office.office.now());
    for (hours, jumped) in [
        (0, false),
        (12, false),
        (-12, false),
        (48, false),
        (49, true),
        (-72, true),
    ] {
        let jump = begun.jump(now + SignedDuration::from_hours(hours), Duration::ZERO);
        assert_eq!(jump.is_some(), jumped, "{hours}");
    }
}

#[tokio::test]
async fn the_doctor_is_told_of_a_clock_that_does_not_fit_the_record() {
    let office = open().await;
    office.at_stage_1("k").await;
    let (latest_at, now) = (office.office.now(), office.office.now());
    assert_eq!(standing(&office.office).await.unwrap(), Standing::Likely);
    office.stop_at(now - SignedDuration::from_hours(1));
    assert_eq!(
        standing(&office.office).await.unwrap(),
        Standing::BehindTheRecord { latest_at }
    );
    office.stop_at(now + YEAR);
    let ahead = standing(&office.office).await.unwrap();
    assert_eq!(ahead, Standing::LongAfterTheRecord { latest_at });
    let words = ahead.words().expect("somebody should look");
    assert!(words.contains("2026-06-09"), "{words}");
    office.stop_at(at("2026-06-30 12:00"));
    assert_eq!(standing(&office.office).await.unwrap().words(), None);
}
