//! When the directory is read again, and when its copy is old.

use jiff::{SignedDuration, Timestamp};
use rules::directory::when::{Course, Pace};

const PACE: Pace = Pace {
    every: SignedDuration::from_hours(6),
    old_after: SignedDuration::from_hours(48),
};

fn nine() -> Timestamp {
    "2026-10-12T09:00:00Z".parse().expect("an instant")
}

fn later(minutes: i64) -> Timestamp {
    nine() + SignedDuration::from_mins(minutes)
}

#[test]
fn it_is_read_at_once_then_every_so_often_and_when_somebody_asks() {
    assert!(Course::default().is_due(PACE, nine()));
    let read = Course {
        read_at: Some(nine()),
        tried_at: Some(nine()),
        ..Course::default()
    };
    assert_eq!(
        [0, 359, 360].map(|minutes| read.is_due(PACE, later(minutes))),
        [false, false, true]
    );
    let asked = Course {
        asked_at: Some(later(1)),
        ..read
    };
    assert!(asked.is_due(PACE, later(1)));
    assert!(read.is_due(PACE, later(-5)), "the clock was set back");
}

#[test]
fn after_a_failure_the_wait_doubles_up_to_the_usual_time() {
    let wait = |failures| {
        let failed = Course {
            tried_at: Some(nine()),
            failures,
            ..Course::default()
        };
        (0..).find(|minutes| failed.is_due(PACE, later(*minutes)))
    };
    let waits: Vec<_> = [1, 2, 3, 4, 9, 10, 1_000].into_iter().filter_map(wait).collect();
    assert_eq!(waits, [1, 2, 4, 8, 256, 360, 360]);
}

#[test]
fn a_copy_is_old_from_its_age_on_and_none_at_all_once_it_failed() {
    let read = Course {
        read_at: Some(nine()),
        ..Course::default()
    };
    assert_eq!(
        [2_879, 2_880].map(|minutes| read.is_old(PACE, later(minutes))),
        [false, true]
    );
    assert_eq!(read.age(later(-3)), Some(SignedDuration::ZERO));
    let never = |failures| {
        Course {
            failures,
            ..Course::default()
        }
        .is_old(PACE, nine())
    };
    assert_eq!([never(0), never(1)], [false, true]);
}
