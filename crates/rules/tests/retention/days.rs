//! The day on which a case goes: by the calendar of the procedure's own time zone, and never before the case is over.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use rules::case::Setting;
use rules::case::event::RegimeDone;
use rules::handling::{close, regime};
use rules::procedure::{Anonymise, CodedName, Procedure, RetentionFrom, RetentionRule};
use rules::retention::{Beside, KeptBy, NotYet, keeping, kept_by};
use testkit::people::{leila, ruth};
use testkit::{Story, at, day};

fn closed() -> Story<'static> {
    Story::received().act(&ruth(), |case, _| close::withdraw(case, "They called", Some(&ruth())))
}

fn with_rule(from: RetentionFrom, keep_years: u32) -> Procedure {
    let mut procedure = Story::received().setting().procedure.clone();
    procedure.retention = vec![RetentionRule {
        class: CodedName {
            code: "all".to_owned(),
            name: "All of it".to_owned(),
        },
        kind: None,
        when: None,
        keep_years,
        from,
        then: Anonymise::KeepFigures,
    }];
    procedure
}

fn goes_on(closed_at: Timestamp, years: u32) -> Date {
    let mut story = closed();
    story.case.closed_at = Some(closed_at);
    let procedure = with_rule(RetentionFrom::Closed, years);
    let setting = Setting {
        procedure: &procedure,
        ..story.setting()
    };
    keeping(&story.case, &setting).unwrap().goes_on
}

#[test]
fn it_goes_on_the_same_day_of_the_year() {
    assert_eq!(goes_on(at("2026-06-12 10:00"), 3), date(2029, 6, 12));
    assert_eq!(goes_on(at("2026-12-31 23:30"), 1), date(2027, 12, 31));
}

#[test]
fn what_ended_on_29_february_is_kept_through_28_february() {
    assert_eq!(goes_on(at("2028-02-29 10:00"), 1), date(2029, 3, 1));
    assert_eq!(goes_on(at("2028-02-29 10:00"), 3), date(2031, 3, 1));
    assert_eq!(goes_on(at("2028-02-29 10:00"), 4), date(2032, 2, 29));
}

#[test]
fn the_day_is_that_of_the_procedures_time_zone() {
    // Half past eleven at night in UTC is half past midnight of the next day in London in June.
    let at: Timestamp = "2026-06-12T23:30:00Z".parse().unwrap();
    assert_eq!(goes_on(at, 1), date(2027, 6, 13));
    let at: Timestamp = "2026-12-12T23:30:00Z".parse().unwrap();
    assert_eq!(goes_on(at, 1), date(2027, 12, 12));
}

#[test]
fn years_that_no_calendar_has_are_never_over() {
    let mut story = closed();
    story.case.closed_at = Some(at("2026-06-12 10:00"));
    for years in [7_974, 9_999, 20_000, u32::MAX] {
        let procedure = with_rule(RetentionFrom::Closed, years);
        let setting = Setting {
            procedure: &procedure,
            ..story.setting()
        };
        assert_eq!(keeping(&story.case, &setting), Err(NotYet::Never), "{years}");
    }
}

#[test]
fn one_that_counts_from_the_receipt_never_goes_before_it_is_closed() {
    let mut story = closed();
    story.case.received.received_on = day("2020-01-15");
    let procedure = with_rule(RetentionFrom::Received, 2);
    let setting = Setting {
        procedure: &procedure,
        ..story.setting()
    };
    let kept = keeping(&story.case, &setting).unwrap();
    assert_eq!((kept.counts_from, kept.goes_on), (day("2020-01-15"), day("2026-06-09")));
}

#[test]
fn the_day_is_explained_with_its_class_and_from_when_it_counts() {
    let story = closed();
    let kept = keeping(&story.case, &story.setting()).unwrap();
    assert_eq!(
        kept.explained(),
        "Settled at stage 1: kept for 3 years after it is closed, which counts from Tuesday 9 June 2026. So it goes on Saturday 9 June 2029; \
         only figures without names are kept."
    );
}

#[test]
fn another_regime_keeps_it_open_and_it_counts_from_when_that_was_done() {
    let tagging = regime::Tagging {
        regime: "data_protection".to_owned(),
        ..regime::Tagging::default()
    };
    let tagged = Story::received().act(&leila(), |case, setting| regime::tag(case, &tagging, &leila(), setting));
    let story = tagged.complainant(|case, _| close::withdraw(case, "It works again", None));
    let Err(NotYet::Regime(names)) = keeping(&story.case, &story.setting()) else {
        panic!("it has a day while a regime is open")
    };
    assert_eq!(names.len(), 1);
    let clocks = story.case.regimes[0]
        .parts()
        .iter()
        .map(|part| part.clock.cloned())
        .collect::<Vec<_>>();
    let mut story = story.on("2026-07-15 09:00");
    for clock in clocks {
        let done = RegimeDone {
            regime: "data_protection".to_owned(),
            clock,
            on: day("2026-07-14"),
            words: "Answered by letter.".to_owned(),
        };
        story = story.act(&leila(), |case, setting| regime::done(case, &done, &leila(), setting));
    }
    let kept = keeping(&story.case, &story.setting()).unwrap();
    assert_eq!((kept.counts_from, kept.goes_on), (day("2026-07-15"), day("2029-07-15")));
}

#[test]
fn a_case_that_is_taken_up_again_has_no_day_until_it_is_closed_again() {
    let again = closed().on("2026-06-20 09:00").act(&ruth(), |case, setting| {
        testkit::story::reopen(case, "A new log", &ruth(), setting)
    });
    assert_eq!(keeping(&again.case, &again.setting()), Err(NotYet::Open));
    let ended = again
        .on("2026-07-01 09:00")
        .act(&ruth(), |case, _| close::withdraw(case, "They called", Some(&ruth())));
    assert_eq!(
        keeping(&ended.case, &ended.setting()).unwrap().goes_on,
        day("2029-07-01")
    );
}

#[test]
fn a_review_that_nobody_finishes_keeps_a_case_for_a_year_and_not_for_ever() {
    let story = closed();
    let kept = keeping(&story.case, &story.setting()).unwrap();
    let beside = Beside {
        unfinished_review: Some("2026-06".parse().unwrap()),
        ..Beside::default()
    };
    let on = |now: &str| {
        kept_by(
            &story.case,
            &kept,
            &beside,
            &Setting {
                now: at(now),
                ..story.setting()
            },
        )
    };
    assert_eq!(on("2029-06-09 09:00"), [KeptBy::Review("2026-06".parse().unwrap())]);
    assert_eq!(on("2030-06-30 23:00").len(), 1);
    assert_eq!(on("2030-07-01 01:00"), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// Whatever the instant and the years: whole years lie between, and not a day more than that but for 29 February.
    #[test]
    fn whole_years_lie_between_the_closing_and_the_day(seconds in 0_i64..4_000_000_000, years in 0_u32..200) {
        let at = Timestamp::from_second(seconds).unwrap();
        let story = closed();
        let closed_on = story.setting().local_date(at);
        let goes_on = goes_on(at, years);
        let whole = |day: Date| day.checked_sub(i64::from(years).years()).unwrap();
        prop_assert!(whole(goes_on) >= closed_on);
        prop_assert!(whole(goes_on.yesterday().unwrap()) < closed_on || closed_on.day() == 29);
        prop_assert!(goes_on.day() == closed_on.day() || (goes_on.day(), goes_on.month()) == (1, 3));
    }

    /// What keeps a case keeps it whatever else does, and without anything it can go.
    #[test]
    fn anything_that_keeps_a_case_is_told_and_nothing_else(held: bool, actions in 0_u32..3, review: bool, letters in 0_usize..3) {
        let mut story = closed();
        if held {
            story = story.act(&leila(), |case, _| rules::retention::hold(case, "A claim", &leila()));
        }
        let reference = story.case.reference.clone();
        let beside = Beside {
            open_actions: (1..=actions).map(|number| rules::follow_on::FollowOnId::Case(reference.clone(), number)).collect(),
            unfinished_review: review.then(|| "2026-06".parse().unwrap()),
            letters,
        };
        let kept = keeping(&story.case, &story.setting()).unwrap();
        let found = kept_by(&story.case, &kept, &beside, &story.setting());
        let wanted = usize::from(held) + usize::from(actions > 0) + usize::from(review) + usize::from(letters > 0);
        prop_assert_eq!(found.len(), wanted);
        prop_assert!(found.iter().all(|one| !one.words().is_empty()));
    }
}
