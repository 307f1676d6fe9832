//! Summer time, instants and local days: every line of 4.5.

use super::desk::{at, bank, day, due_at, due_day, working_days};
use jiff::civil::time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rules::clock::{ClockRule, LocalTimeError, ReceiptTiming, Unit, due, end_of_local_day, happened, received_locally};

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn the_clocks_change_on_the_published_days() {
    let zone = TimeZone::get("Europe/London").unwrap();
    for (forward, back) in [
        ("2024-03-31", "2024-10-27"),
        ("2025-03-30", "2025-10-26"),
        ("2026-03-29", "2026-10-25"),
        ("2027-03-28", "2027-10-31"),
        ("2028-03-26", "2028-10-29"),
    ] {
        let length = |text: &str| {
            let start = end_of_local_day(day(text).yesterday().unwrap(), &zone).unwrap();
            end_of_local_day(day(text), &zone)
                .unwrap()
                .duration_since(start)
                .as_hours()
        };
        assert_eq!(length(forward), 23, "{forward}");
        assert_eq!(length(back), 25, "{back}");
    }
}

#[test]
fn the_local_day_decides_and_not_the_day_in_utc() {
    for (received_at, local, wrong) in [
        ("2026-07-30T23:30:00Z", "2026-08-05", "2026-08-04"),
        ("2026-08-02T23:15:00Z", "2026-08-06", "2026-08-05"),
    ] {
        let due_on = due(&working_days(3), &bank(), instant(received_at)).unwrap().due_on;
        assert_eq!(due_on, day(local), "{received_at}");
        assert_ne!(due_on, day(wrong));
    }
}

#[test]
fn a_day_is_not_twenty_four_hours() {
    let calendar = bank();
    let day_later = |moment: &str| {
        let later = at(moment, &calendar)
            .checked_add(SignedDuration::from_hours(24))
            .unwrap();
        calendar.time_zone().to_datetime(later).to_string()
    };
    assert_eq!(day_later("2026-03-28 23:59"), "2026-03-30T00:59:00");
    assert_eq!(day_later("2026-10-24 23:59"), "2026-10-25T22:59:00");
    let one_day = ClockRule::new("day", Unit::CalendarDays, 1);
    assert_eq!(due_day(&one_day, &calendar, "2026-03-28 23:59"), "2026-03-29");
    assert_eq!(due_day(&one_day, &calendar, "2026-10-24 23:59"), "2026-10-25");
}

#[test]
fn an_hour_that_happens_twice_is_two_instants() {
    let zone = TimeZone::get("Europe/London").unwrap();
    let receipt = received_locally(day("2026-10-25"), time(1, 30, 0, 0), &zone).unwrap();
    assert_eq!(receipt.received_at, instant("2026-10-25T00:30:00Z"));
    assert!(
        receipt
            .note
            .unwrap()
            .contains("1:30am happened twice on Sunday 25 October 2026")
    );
    assert!(
        instant("2026-10-25T00:30:00Z") < instant("2026-10-25T01:30:00Z"),
        "order follows the instant"
    );
}

#[test]
fn an_hour_that_does_not_exist_is_refused() {
    let zone = TimeZone::get("Europe/London").unwrap();
    let (on, at_time) = (day("2026-03-29"), time(1, 30, 0, 0));
    let refused = received_locally(on, at_time, &zone).unwrap_err();
    assert_eq!(refused, LocalTimeError::DoesNotExist { day: on, time: at_time });
    assert!(
        refused
            .to_string()
            .starts_with("1:30am on Sunday 29 March 2026 did not happen"),
        "{refused}"
    );
    assert_eq!(happened(on.to_datetime(at_time), &zone), Err(refused));
    for shown in ["2026-03-29T00:59:59", "2026-03-29T02:00:00", "2026-10-25T01:30:00"] {
        let shown = shown.parse().unwrap();
        assert_eq!(happened(shown, &zone), Ok(shown), "once or twice");
    }
    let ordinary = received_locally(day("2026-03-30"), at_time, &zone).unwrap();
    assert_eq!(
        (ordinary.received_at, ordinary.note),
        (instant("2026-03-30T00:30:00Z"), None)
    );
}

#[test]
fn the_last_second_of_the_day_is_local() {
    assert_eq!(
        due_at(&working_days(3), &bank(), "2026-06-09 09:15").due_at,
        instant("2026-06-12T22:59:59Z"),
        "summer"
    );
    assert_eq!(
        due_at(&working_days(3), &bank(), "2026-12-01 09:15").due_at,
        instant("2026-12-04T23:59:59Z"),
        "winter"
    );
    let zone = TimeZone::get("Europe/London").unwrap();
    assert_eq!(
        end_of_local_day(day("2026-03-29"), &zone).unwrap(),
        instant("2026-03-29T22:59:59Z")
    );
    assert_eq!(
        end_of_local_day(day("2026-10-25"), &zone).unwrap(),
        instant("2026-10-25T23:59:59Z")
    );
}

#[test]
fn the_last_second_is_in_time_and_the_next_is_not() {
    let due = due_at(&working_days(3), &bank(), "2026-06-09 09:15");
    assert!(!due.is_late(instant("2026-06-12T22:59:59.999Z")));
    assert!(due.is_late(instant("2026-06-12T23:00:00Z")));
}

#[test]
fn midnight_that_does_not_exist_still_ends_the_day() {
    // In Santiago the clocks go forward at midnight: the day before ends when the skipped hour begins.
    let zone = TimeZone::get("America/Santiago").unwrap();
    let end = end_of_local_day(day("2026-09-05"), &zone).unwrap();
    assert_eq!(zone.to_datetime(end).to_string(), "2026-09-05T23:59:59");
    let next = end.checked_add(SignedDuration::from_secs(1)).unwrap();
    assert_eq!(zone.to_datetime(next).to_string(), "2026-09-06T01:00:00");
}

#[test]
fn receipts_found_later_and_receipts_to_come() {
    let zone = TimeZone::get("Europe/London").unwrap();
    let now = instant("2026-06-12T09:00:00Z");
    let judge = |text: &str| ReceiptTiming::judge(instant(text), now, &zone, 60);
    assert_eq!(judge("2026-06-12T08:00:00Z"), ReceiptTiming::Today);
    assert_eq!(
        judge("2026-06-12T09:00:59Z"),
        ReceiptTiming::Today,
        "clocks differ a little"
    );
    assert_eq!(judge("2026-06-12T09:01:01Z"), ReceiptTiming::InTheFuture);
    assert_eq!(
        judge("2026-06-11T22:59:00Z"),
        ReceiptTiming::BackDated,
        "yesterday in London"
    );
    assert_eq!(
        judge("2026-06-11T23:01:00Z"),
        ReceiptTiming::Today,
        "today in London, yesterday in UTC"
    );
}
