//! How a date came about, in words (P43).

use super::desk::{at, bank, deemed, due_at, with_closures, working_days};
use rules::clock::{ClockRule, DueTime, Roll, StepKind, Unit, full_date, short_date};

#[test]
fn saturday_night() {
    let due = due_at(&working_days(3), &bank(), "2026-06-13 23:30");
    assert_eq!(
        due.explanation.to_text(),
        "received Sat 13 Jun 2026 23:30; Sun 14 Jun is not counted (Sunday); Mon 15 Jun is day 1; Tue 16 Jun is day 2; \
         Wed 17 Jun is day 3; due by the end of Wed 17 Jun 2026"
    );
}

#[test]
fn deemed_receipt() {
    let due = due_at(&deemed(3), &bank(), "2026-06-13 23:30");
    assert_eq!(
        due.explanation.to_text(),
        "received Sat 13 Jun 2026 23:30; Mon 15 Jun 2026: counts as started on this day, because Sat 13 Jun 2026 is not a \
         working day (Saturday); Tue 16 Jun is day 1; Wed 17 Jun is day 2; Thu 18 Jun is day 3; due by the end of Thu 18 Jun 2026"
    );
}

#[test]
fn holidays_and_closures_are_named() {
    let text = due_at(&working_days(3), &with_closures(), "2026-12-23 16:00")
        .explanation
        .to_text();
    for part in [
        "Thu 24 Dec is not counted (University closed for Christmas)",
        "Fri 25 Dec is not counted (Christmas Day)",
        "Mon 28 Dec is not counted (Boxing Day (substitute day))",
        "Fri 1 Jan is not counted (New Year’s Day)",
        "Mon 4 Jan is day 1",
        "due by the end of Wed 6 Jan 2027",
    ] {
        assert!(text.contains(part), "{part} in: {text}");
    }
}

#[test]
fn twenty_days_tell_every_day() {
    let due = due_at(&working_days(20), &bank(), "2026-06-09 09:15");
    let counted: Vec<u32> = due.explanation.steps.iter().filter_map(|step| step.counted).collect();
    assert_eq!(counted, (1..=20).collect::<Vec<u32>>());
    let skipped = due
        .explanation
        .steps
        .iter()
        .filter(|step| step.what == StepKind::Skipped)
        .count();
    assert_eq!(skipped, 8, "four weekends");
}

#[test]
fn an_account_names_its_authority() {
    let due = due_at(&working_days(3), &with_closures(), "2026-06-09 09:15");
    let lines = due.explanation.under("it-services", "1").to_lines();
    assert_eq!(
        lines.first().unwrap(),
        "3 working days after the complaint is received; the day of the start is not counted; a start on a non-working day: \
         counting goes on from the next working day; it is late after the end of that day"
    );
    assert_eq!(
        lines[lines.len() - 2],
        "calendar: england-and-wales 2026-11-24 + closures-example 2026-11-24"
    );
    assert_eq!(lines.last().unwrap(), "procedure: it-services, version 1");
}

#[test]
fn months_tell_what_bent_them() {
    let rule = ClockRule {
        roll: Roll::Forward,
        ..ClockRule::new("answer", Unit::Months, 1)
    };
    assert_eq!(
        due_at(&rule, &bank(), "2027-01-31 12:00").explanation.to_text(),
        "received Sun 31 Jan 2027 12:00; Sun 28 Feb 2027: 1 month after Sun 31 Jan 2027; Sun 28 Feb 2027: the last day of the \
         month, because it has no such date; Mon 1 Mar 2027: moved from Sun 28 Feb 2027, which is not a working day (Sunday); \
         due by the end of Mon 1 Mar 2027"
    );
}

#[test]
fn the_cut_off_is_told() {
    let cutoff = Some(jiff::civil::time(17, 0, 0, 0));
    let rule = ClockRule {
        cutoff,
        due_time: DueTime::CloseOfBusiness(jiff::civil::time(17, 0, 0, 0)),
        ..working_days(1)
    };
    assert_eq!(
        due_at(&rule, &bank(), "2026-06-09 18:00").explanation.to_text(),
        "received Tue 9 Jun 2026 18:00; Wed 10 Jun 2026: counts as the next day, because it was 5pm or later; \
         Thu 11 Jun is day 1; due by 5pm on Thu 11 Jun 2026"
    );
}

#[test]
fn minutes_tell_the_time() {
    let due = due_at(&ClockRule::new("ack", Unit::Minutes, 15), &bank(), "2026-06-13 23:50");
    assert_eq!(due.due_at, at("2026-06-14 00:05", &bank()));
    assert_eq!(
        due.explanation.to_text(),
        "received Sat 13 Jun 2026 23:50; Sun 14 Jun 2026: 15 minutes later; due by 00:05 on Sun 14 Jun 2026"
    );
}

#[test]
fn dates_as_people_read_them() {
    let day = super::desk::day("2026-10-15");
    assert_eq!(full_date(day), "Thursday 15 October 2026");
    assert_eq!(short_date(day), "Thu 15 Oct 2026");
    for (hour, minute, words) in [
        (14, 5, "2:05pm"),
        (9, 0, "9am"),
        (14, 0, "2pm"),
        (23, 59, "11:59pm"),
        (0, 0, "midnight"),
        (12, 0, "midday"),
        (12, 30, "12:30pm"),
        (0, 15, "12:15am"),
    ] {
        assert_eq!(rules::clock::clock_time(jiff::civil::time(hour, minute, 0, 0)), words);
    }
}
