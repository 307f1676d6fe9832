//! A calendar that changes under open dates: later ones are told, earlier ones never happen (A42).

use rules::case::event::Event;
use rules::deadlines::Duty;
use rules::handling::extend::{MoreTime, extend};
use rules::handling::recount::recount;
use rules::letters::LetterKind;
use rules::people::Actor;
use testkit::people::helen;
use testkit::story::TUESDAY;
use testkit::words::{by_web, form};
use testkit::{House, Story, day, house};

/// The usual house, with Monday 22 June 2026 off.
fn with_a_day_off() -> &'static House {
    let files = testkit::house::calendar_files();
    let calendars = files.iter().map(|(name, text)| {
        let text = text.replace("[bank_holidays]\n", "[bank_holidays]\n2026-06-22 = \"Proclaimed\"\n");
        rules::clock::Calendar::parse(&text, name).unwrap()
    });
    let shelf = rules::clock::CalendarShelf::new(calendars);
    Box::leak(Box::new(House {
        procedure: house().procedure.clone(),
        calendar: shelf.layered(&house().procedure.calendar).unwrap(),
        own_calendars: rules::clock::OwnCalendars::of(house().procedure.own_calendars(), &shelf),
    }))
}

/// The office works by another calendar from now on.
fn under(mut story: Story<'static>, house: &'static House) -> Story<'static> {
    let promised = story.date(Duty::Decision).map(|date| date.due_on);
    story.house = house;
    if let Some(promised) = promised {
        story
            .try_as(Actor::System, |case, setting| Ok(recount(case, promised, setting)))
            .unwrap();
    }
    story
}

fn account(story: &Story<'_>) -> String {
    story.date(Duty::Decision).unwrap().explanation.to_text()
}

#[test]
fn an_extra_holiday_moves_an_open_date_and_the_person_is_told() {
    let story = Story::received().at_stage_2();
    assert_eq!(story.decision_on(), day("2026-07-07"));
    let story = under(story, with_a_day_off());
    assert_eq!(story.decision_on(), day("2026-07-08"));
    assert_eq!(story.owed(), [LetterKind::DateMoved]);
    assert!(
        account(&story).contains("moved from Tue 7 Jul 2026, because the calendar changed"),
        "{}",
        account(&story)
    );
}

#[test]
fn a_holiday_that_is_taken_back_moves_nothing_earlier() {
    let story = under(Story::received().at_stage_2(), with_a_day_off()).letters_arrive();
    let story = under(story, house());
    assert_eq!(story.decision_on(), day("2026-07-08"));
    assert_eq!(story.owed(), [], "nothing moved, so nothing is told");
    assert!(
        account(&story).contains("it would be due on Tuesday 7 July 2026; the promise that was made stays"),
        "{}",
        account(&story)
    );
}

#[test]
fn a_date_that_would_come_earlier_stays_and_that_is_on_record() {
    let story = Story::begin_in(with_a_day_off(), &form(), &by_web(), TUESDAY).at_stage_2();
    assert_eq!(story.decision_on(), day("2026-07-08"));
    let story = under(story, house());
    assert_eq!((story.decision_on(), story.owed()), (day("2026-07-08"), Vec::new()));
    let Event::ClockRecomputed(again) = &story.history.last().unwrap().event else {
        panic!("{:?}", story.kinds())
    };
    assert_eq!((again.old_on, again.new_on), (day("2026-07-08"), day("2026-07-08")));
}

#[test]
fn more_time_is_added_to_what_was_promised_then() {
    let more = MoreTime {
        new_due_on: day("2026-07-10"),
        reason_code: Some("waiting_for_supplier".to_owned()),
        reason: "The supplier must answer first.".to_owned(),
    };
    let story = under(Story::received().at_stage_2(), with_a_day_off());
    let story = under(story, house());
    let story = story.act(&helen(), |case, setting| extend(case, &more, &helen(), setting));
    assert_eq!(story.decision_on(), day("2026-07-10"), "2 days after Wednesday 8 July");
    let story = under(story, with_a_day_off());
    assert_eq!(
        story.decision_on(),
        day("2026-07-10"),
        "the day off was counted already"
    );
}

#[test]
fn a_complaint_that_waits_for_triage_has_a_date_that_can_move_too() {
    let friday_off = {
        let files = testkit::house::calendar_files();
        let calendars = files.iter().map(|(name, text)| {
            let text = text.replace("[bank_holidays]\n", "[bank_holidays]\n2026-06-12 = \"Proclaimed\"\n");
            rules::clock::Calendar::parse(&text, name).unwrap()
        });
        let shelf = rules::clock::CalendarShelf::new(calendars);
        &*Box::leak(Box::new(House {
            procedure: house().procedure.clone(),
            calendar: shelf.layered(&house().procedure.calendar).unwrap(),
            own_calendars: rules::clock::OwnCalendars::of(house().procedure.own_calendars(), &shelf),
        }))
    };
    let story = under(Story::received().letters_arrive(), friday_off);
    assert_eq!(
        (story.decision_on(), story.owed()),
        (day("2026-06-15"), vec![LetterKind::DateMoved])
    );
    let story = under(story, house()).at_stage_1();
    assert_eq!(story.decision_on(), day("2026-06-15"), "the promise outlives triage");
}

#[test]
fn nothing_happens_to_what_has_no_open_date() {
    let before = Story::received().at_stage_1().decided().letters_arrive();
    let kinds = before.kinds();
    let dates = before.dates();
    let after = under(before, with_a_day_off());
    assert_eq!(after.kinds(), kinds);
    assert_eq!(after.dates().len(), dates.len());
    let sent = under(Story::received().at_stage_2().drafted(), with_a_day_off()).signed_off();
    let sent = under(sent.letters_arrive(), house());
    assert_eq!(
        sent.decision_on(),
        day("2026-07-08"),
        "a date that was met stays as it was told"
    );
}

#[test]
fn the_figures_go_by_the_date_that_moved_and_by_the_promise_that_stayed() {
    let dates = |story: &Story<'_>| {
        let facts = rules::review::facts(&story.case, &story.history, &story.setting());
        let stay = facts.stays.last().unwrap();
        (stay.due_on.unwrap(), stay.last_day.unwrap())
    };
    let story = under(Story::received().at_stage_2(), with_a_day_off()).letters_arrive();
    assert_eq!(dates(&story), (day("2026-07-08"), day("2026-07-08")));
    let story = under(story, house());
    assert_eq!(dates(&story), (day("2026-07-08"), day("2026-07-08")));
}
