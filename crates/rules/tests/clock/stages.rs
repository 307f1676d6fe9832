//! The paragraph "Stage logic" of 4.4: chains, extensions, updates, pauses, a day proclaimed later.

use super::desk::{at, bank, day, due_at, due_day, working_days};
use jiff::Timestamp;
use rules::clock::{
    ClockError, ClockRule, Due, NonWorkingDay, NonWorkingKind, Pause, Unit, Warn, brought_forward, due, extend, later,
    next_update_due, paused, recomputed, warnings,
};

const RECEIVED: &str = "2026-06-09 09:15";

#[test]
fn stage_1_then_stage_2() {
    assert_eq!(due_day(&working_days(3), &bank(), RECEIVED), "2026-06-12");
    assert_eq!(
        due_day(&working_days(20), &bank(), "2026-06-16 18:20"),
        "2026-07-14",
        "asked for after the decision (A18)"
    );
    assert_eq!(
        due_day(&working_days(20), &bank(), RECEIVED),
        "2026-07-07",
        "moved without a decision (A12)"
    );
}

#[test]
fn an_extension_adds_working_days() {
    let calendar = bank();
    let extended = extend(
        &due_at(&working_days(20), &calendar, RECEIVED),
        &working_days(20),
        &calendar,
        10,
    )
    .unwrap();
    assert_eq!(extended.due_on, day("2026-07-21"));
    assert_eq!(
        extended.due_at,
        at("2026-07-21 23:59", &calendar) + jiff::SignedDuration::from_secs(59)
    );
    assert!(
        extended
            .explanation
            .to_text()
            .contains("extended by 10 working days from Tue 7 Jul 2026")
    );
}

#[test]
fn updates_come_again_and_again() {
    let calendar = bank();
    let rule = working_days(5);
    let mut last_told_at = at(RECEIVED, &calendar);
    for expected in ["2026-06-16", "2026-06-23", "2026-06-30", "2026-07-07"] {
        let next = next_update_due(&rule, &calendar, last_told_at).unwrap();
        assert_eq!(next.due_on, day(expected));
        last_told_at = next.due_at;
    }
}

fn pause(from: &str, until: &str) -> Pause {
    let calendar = bank();
    Pause {
        from_at: at(from, &calendar),
        until_at: Some(at(until, &calendar)),
    }
}

fn paused_day(rule: &ClockRule, pauses: &[Pause]) -> String {
    let calendar = bank();
    let due = due_at(rule, &calendar, RECEIVED);
    paused(&due, rule, &calendar, at(RECEIVED, &calendar), pauses)
        .unwrap()
        .due_on
        .to_string()
}

#[test]
fn a_pause_moves_the_day_by_what_was_lost() {
    let rule = working_days(20);
    assert_eq!(
        paused_day(&rule, &[pause("2026-06-15 10:00", "2026-06-18 10:00")]),
        "2026-07-10",
        "three whole days"
    );
    assert_eq!(
        paused_day(&rule, &[pause("2026-06-15 10:00", "2026-06-15 17:00")]),
        "2026-07-07",
        "within one day"
    );
    assert_eq!(
        paused_day(&rule, &[pause("2026-06-12 18:00", "2026-06-14 10:00")]),
        "2026-07-07",
        "over a weekend"
    );
    let overlapping = [
        pause("2026-06-15 10:00", "2026-06-17 10:00"),
        pause("2026-06-16 09:00", "2026-06-18 10:00"),
    ];
    assert_eq!(
        paused_day(&rule, &overlapping),
        "2026-07-10",
        "overlapping pauses count once"
    );
    assert_eq!(
        paused_day(&rule, &[pause("2026-07-08 10:00", "2026-07-10 10:00")]),
        "2026-07-07",
        "it was late before"
    );
    assert_eq!(
        paused_day(&rule, &[pause("2026-06-01 10:00", "2026-06-11 10:00")]),
        "2026-07-09",
        "cut at the start"
    );
}

#[test]
fn days_and_minutes_are_lost_too() {
    let days = ClockRule::new("days", Unit::CalendarDays, 30);
    assert_eq!(
        paused_day(&days, &[pause("2026-06-12 10:00", "2026-06-15 10:00")]),
        "2026-07-12"
    );
    let calendar = bank();
    let minutes = ClockRule::new("minutes", Unit::Minutes, 15);
    let due = due_at(&minutes, &calendar, RECEIVED);
    let lost = paused(
        &due,
        &minutes,
        &calendar,
        at(RECEIVED, &calendar),
        &[pause("2026-06-09 09:20", "2026-06-09 09:50")],
    );
    assert_eq!(lost.unwrap().due_at, at("2026-06-09 10:00", &calendar));
}

#[test]
fn a_pause_without_an_end_has_no_date() {
    let calendar = bank();
    let due = due_at(&working_days(3), &calendar, RECEIVED);
    let open = Pause {
        from_at: at("2026-06-10 09:00", &calendar),
        until_at: None,
    };
    let result = paused(&due, &working_days(3), &calendar, at(RECEIVED, &calendar), &[open]);
    assert_eq!(result.unwrap_err(), ClockError::StillPaused);
}

#[test]
fn a_day_proclaimed_later_moves_open_dates_and_never_forward() {
    let before = bank();
    let proclaimed = NonWorkingDay {
        name: "Extra bank holiday".to_owned(),
        kind: NonWorkingKind::Extra,
        half_day: false,
    };
    let after = before.with_day(day("2026-06-22"), proclaimed);
    let old = due_at(&working_days(20), &before, RECEIVED);
    let new = due_at(&working_days(20), &after, RECEIVED);
    assert_eq!(new.due_on, day("2026-07-08"));
    let promise = |from: &Due, to: &Due| (from.due_on, to.due_on);
    let moved = recomputed(new.clone(), &working_days(20), &after, promise(&old, &new)).unwrap();
    assert_eq!(moved.due_on, day("2026-07-08"));
    assert!(
        moved
            .explanation
            .to_text()
            .contains("moved from Tue 7 Jul 2026, because the calendar changed")
    );
    assert!(
        moved.explanation.calendar_version.contains("2026-06-22"),
        "{}",
        moved.explanation.calendar_version
    );
    let kept = recomputed(old, &working_days(20), &before, promise(&new, &new)).unwrap();
    assert_eq!(kept.due_on, day("2026-07-08"), "a date is never moved earlier (A42)");
    assert!(kept.explanation.to_text().contains("the promise that was made stays"));
}

#[test]
fn a_chain_of_clocks() {
    let received = "2026-06-13 23:30";
    assert_eq!(
        due_day(&working_days(5), &bank(), received),
        "2026-06-19",
        "acknowledge by"
    );
    assert_eq!(
        due_day(&working_days(10), &bank(), "2026-06-15 09:00"),
        "2026-06-29",
        "acknowledged on Monday"
    );
    assert_eq!(
        due_day(&working_days(10), &bank(), "2026-06-19 23:59"),
        "2026-07-03",
        "acknowledged on the last day"
    );
}

#[test]
fn the_later_of_two_and_the_first_of_two() {
    let calendar = bank();
    let event = due_at(&ClockRule::new("event", Unit::Months, 6), &calendar, "2026-01-10 09:00");
    let answer = due_at(
        &ClockRule::new("answer", Unit::Months, 2),
        &calendar,
        "2026-06-12 09:00",
    );
    assert_eq!(later(&answer, &event).due_on, day("2026-08-12"));
    assert_eq!(later(&event, &answer).due_on, day("2026-08-12"));
    let deadlock_at = at("2026-06-20 10:00", &calendar);
    let forward = brought_forward(&event, &calendar, deadlock_at, "both sides can get no further");
    assert_eq!((forward.due_on, forward.due_at), (day("2026-06-20"), deadlock_at));
    assert_eq!(
        brought_forward(&event, &calendar, at("2026-08-20 10:00", &calendar), "").due_at,
        event.due_at
    );
}

#[test]
fn people_are_warned_before_it_is_late() {
    let calendar = bank();
    let close = Warn::CloseOfBusiness(jiff::civil::time(17, 0, 0, 0));
    let warn = vec![
        close,
        Warn::WorkingDaysBefore(1),
        Warn::Percent(50),
        Warn::WorkingDaysBefore(30),
    ];
    let rule = ClockRule {
        warn,
        ..working_days(3)
    };
    let started_at = at(RECEIVED, &calendar);
    let due = due(&rule, &calendar, started_at).unwrap();
    let half = Timestamp::from_second((started_at.as_second() + due.due_at.as_second()) / 2).unwrap();
    let expected = vec![
        half.min(at("2026-06-11 00:00", &calendar)),
        half.max(at("2026-06-11 00:00", &calendar)),
        at("2026-06-12 17:00", &calendar),
    ];
    assert_eq!(
        warnings(&rule, &calendar, started_at, &due).unwrap(),
        expected,
        "30 days before is before the start"
    );
}
