//! Dates and clocks: what is due follows from the events, and the passing of time is recorded once (R24, P17, P18, A9, A42).

use rules::case::event::UpdateSent;
use rules::case::vocabulary::{Channel, Ending, Means, StageReason};
use rules::case::{Alert, Event, State};
use rules::deadlines::{Duty, would_be_due};
use rules::handling::contact::{message, update};
use rules::handling::escalate::{Reroute, reroute};
use testkit::people::{amara, dana};
use testkit::words::{by_web, form};
use testkit::{Story, at, day};

fn kinds(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(Event::kind).collect()
}

fn news(next_on: Option<&str>) -> UpdateSent {
    UpdateSent {
        words: "Nothing new today. The network team is testing.".to_owned(),
        by: Means::Phone,
        next_on: next_on.map(day),
    }
}

fn told(story: Story<'static>, next_on: Option<&str>) -> Story<'static> {
    story.act(&amara(), |case, setting| {
        update(case, &news(next_on), &amara(), setting)
    })
}

#[test]
fn stage_logic_of_the_worked_example() {
    // Received Tue 9 Jun 2026 09:15, S1 due Fri 12 Jun; decided Fri 12; asked Tue 16 Jun 18:20 -> S2 due Tue 14 Jul (4.4).
    let story = Story::received().at_stage_1();
    assert_eq!(story.decision_on(), day("2026-06-12"));
    let escalated = story
        .clone()
        .on("2026-06-12 15:00")
        .decided()
        .letters_arrive()
        .on("2026-06-16 18:20")
        .asks_for_stage_2()
        .accepted();
    assert_eq!(escalated.decision_on(), day("2026-07-14"));
    // If re-routed without decision -> Tue 7 Jul; updates every 5 wd from 9 Jun: 16, 23, 30 Jun, 7 Jul.
    let mut story = Story::received().at_stage_2();
    assert_eq!(story.decision_on(), day("2026-07-07"));
    for (on, next) in [
        ("2026-06-09", "2026-06-16"),
        ("2026-06-16", "2026-06-23"),
        ("2026-06-23", "2026-06-30"),
        ("2026-06-30", "2026-07-07"),
    ] {
        story = story.on(&format!("{on} 16:00"));
        if on != "2026-06-09" {
            story = story.act(&dana(), |case, setting| update(case, &news(None), &dana(), setting));
        }
        assert_eq!(story.update_on(), day(next));
    }
}

#[test]
fn an_open_complaint_always_has_an_update_due() {
    let open = [
        Story::received(),
        Story::received().letters_arrive(),
        Story::received().at_stage_1(),
        Story::received().at_stage_1().decided(),
        Story::received().at_stage_2(),
        Story::received().at_stage_2().drafted(),
        Story::received().at_stage_2().drafted().signed_off(),
        Story::received()
            .at_stage_1()
            .decided()
            .letters_arrive()
            .asks_for_stage_2(),
        Story::received()
            .at_stage_1()
            .decided()
            .letters_arrive()
            .asks_for_stage_2()
            .accepted(),
    ];
    for story in open {
        let date = story.date(Duty::Update);
        assert!(
            date.is_some_and(|date| date.met_at.is_none() && date.due_at > story.now),
            "{}",
            story.case.state.name()
        );
    }
}

#[test]
fn a_closed_case_owes_nothing() {
    let closed = Story::received().at_stage_1().decided().letters_arrive();
    assert!(matches!(closed.case.state, State::Closed(..)));
    assert_eq!(closed.date(Duty::Update), None);
    assert!(closed.dates().iter().all(|date| date.met_at.is_some()));
    let mut later = closed.on("2026-12-01 10:00");
    assert_eq!(later.look_at_clocks(), []);
}

#[test]
fn news_moves_the_next_news() {
    let story = Story::received().at_stage_1();
    assert_eq!(story.update_on(), day("2026-06-10"));
    let story = told(story.on("2026-06-10 16:00"), None);
    assert_eq!(story.update_on(), day("2026-06-11"));
    let story = told(story.on("2026-06-12 16:00"), None);
    assert_eq!(
        story.update_on(),
        day("2026-06-15"),
        "the weekend is none of the working days"
    );
}

#[test]
fn a_promise_of_news_is_kept_as_made_and_warned_of() {
    let story = Story::received().at_stage_2().on("2026-06-10 09:00");
    let story = story.act(&dana(), |case, setting| {
        update(case, &news(Some("2026-06-12")), &dana(), setting)
    });
    let date = story.date(Duty::Update).unwrap();
    assert_eq!(
        (date.due_on, date.due_at),
        (day("2026-06-12"), at("2026-06-12 23:59:59"))
    );
    assert!(
        date.warn_at.iter().all(|at| *at < date.due_at) && !date.warn_at.is_empty(),
        "{:?}",
        date.warn_at
    );
    assert!(
        date.explanation.conclusion.contains("12 Jun"),
        "{}",
        date.explanation.conclusion
    );
    let far = story.act(&dana(), |case, setting| {
        update(case, &news(Some("2026-08-12")), &dana(), setting)
    });
    assert_eq!(
        far.update_on(),
        day("2026-06-17"),
        "a far promise does not lengthen the rhythm"
    );
}

#[test]
fn words_from_the_complainant_are_not_news_for_them() {
    let story = Story::received().at_stage_1().on("2026-06-10 08:00");
    let story = story.complainant(|case, _| message(case, "Any news?", Channel::Web));
    assert_eq!(story.update_on(), day("2026-06-10"));
}

#[test]
fn a_move_to_stage_2_begins_the_rhythm_of_stage_2() {
    // The last news was long ago; the rhythm of stage 2 counts from entering it, not from then.
    let story = Story::received().at_stage_1().on("2026-06-25 10:00");
    let step = Reroute {
        reason: StageReason::Complex,
        note: "Three teams".to_owned(),
        investigator: dana(),
    };
    let story = story.act(&amara(), |case, setting| reroute(case, &step, &amara(), setting));
    assert_eq!(story.update_on(), day("2026-07-02"));
}

#[test]
fn a_clock_warns_once_and_breaches_once() {
    let mut story = Story::received().at_stage_1();
    story = told(story.on("2026-06-11 07:00"), None).on("2026-06-11 08:00");
    assert_eq!(
        kinds(&story.look_at_clocks()),
        ["clock.warned"],
        "one working day before"
    );
    assert_eq!(story.look_at_clocks(), []);
    story = told(story.on("2026-06-12 12:00"), None).on("2026-06-12 17:30");
    assert_eq!(
        story.look_at_clocks(),
        [],
        "the second warning point of the same date says nothing new"
    );
    story = story.on("2026-06-13 00:00");
    let events = story.look_at_clocks();
    assert_eq!(kinds(&events), ["clock.breached"]);
    let Event::ClockBreached(passed) = &events[0] else {
        panic!()
    };
    assert_eq!(
        (passed.clock.as_str(), passed.due_at),
        ("stage_1", at("2026-06-12 23:59:59"))
    );
    assert_eq!(story.look_at_clocks(), []);
    assert!(
        story
            .case
            .alerts
            .iter()
            .any(|alert| matches!(alert, Alert::Breached { .. }))
    );
}

#[test]
fn nothing_is_late_in_the_last_second() {
    let mut story = told(Story::received().at_stage_1().on("2026-06-12 10:00"), None);
    story.look_at_clocks();
    story.now = "2026-06-12T22:59:59.999Z".parse().unwrap();
    assert_eq!(story.look_at_clocks(), []);
    assert!(!story.date(Duty::Decision).unwrap().is_late(story.now));
    story.now = "2026-06-12T23:00:00Z".parse().unwrap();
    assert_eq!(kinds(&story.look_at_clocks()), ["clock.breached"]);
}

#[test]
fn an_update_is_missed_once_and_news_settles_it() {
    let mut story = Story::received().at_stage_1().on("2026-06-11 00:00");
    let events = story.look_at_clocks();
    assert_eq!(kinds(&events), ["clock.warned", "update.missed"]);
    assert_eq!(story.look_at_clocks(), []);
    assert!(
        story
            .case
            .alerts
            .iter()
            .any(|alert| matches!(alert, Alert::UpdateMissed { .. }))
    );
    let story = told(story, None);
    assert!(
        !story
            .case
            .alerts
            .iter()
            .any(|alert| matches!(alert, Alert::UpdateMissed { .. }))
    );
}

#[test]
fn any_letter_that_arrives_settles_a_missed_update() {
    let mut story = Story::received().at_stage_1().on("2026-06-11 00:00");
    story.look_at_clocks();
    let step = Reroute {
        reason: StageReason::Complex,
        note: "Three teams".to_owned(),
        investigator: dana(),
    };
    let story = story
        .act(&amara(), |case, setting| reroute(case, &step, &amara(), setting))
        .letters_arrive();
    assert!(
        !story
            .case
            .alerts
            .iter()
            .any(|alert| matches!(alert, Alert::UpdateMissed { .. })),
        "{:?}",
        story.case.alerts
    );
}

#[test]
fn an_acknowledgement_that_does_not_go_out_is_a_breach() {
    let mut story = Story::received().on("2026-06-09 09:23");
    assert_eq!(kinds(&story.look_at_clocks()), ["clock.warned"]);
    story = story.on("2026-06-09 09:31");
    assert_eq!(kinds(&story.look_at_clocks()), ["clock.breached"]);
    let story = story.letters_arrive();
    assert!(story.date(Duty::Acknowledge).unwrap().is_late(story.now));
}

#[test]
fn an_answer_to_a_request_that_is_late_is_a_breach_of_its_own() {
    let story = Story::received()
        .at_stage_1()
        .decided()
        .letters_arrive()
        .on("2026-06-16 18:20")
        .asks_for_stage_2();
    let mut story = told(story, None).on("2026-06-18 00:00");
    let events = story.look_at_clocks();
    assert!(
        events
            .iter()
            .any(|event| matches!(event, Event::ClockBreached(passed) if passed.clock == "escalation")),
        "{events:?}"
    );
}

#[test]
fn a_date_explains_itself() {
    let date = Story::received().at_stage_1().date(Duty::Decision).unwrap();
    let lines = date.explanation.to_lines();
    assert!(
        lines.iter().any(|line| line == "procedure: it-services, version 1"),
        "{lines:#?}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("Fri 12 Jun") && line.contains("day 3")),
        "{lines:#?}"
    );
}

#[test]
fn a_date_can_be_foretold() {
    let story = Story::received();
    let due = would_be_due(2, at("2026-06-16 18:20"), &story.setting())
        .unwrap()
        .unwrap();
    assert_eq!(due.due_on, day("2026-07-14"));
    assert_eq!(would_be_due(3, story.now, &story.setting()).unwrap(), None);
}

#[test]
fn dates_beyond_the_calendar_are_left_out_and_the_others_stand() {
    let story = Story::begin(&form(), &by_web(), "2030-12-24 10:00");
    assert!(rules::deadlines::deadlines(&story.case, &story.setting()).is_err());
    let dates = rules::deadlines::countable(&story.case, &story.setting());
    assert!(
        dates.iter().any(|date| date.duty == Duty::Acknowledge),
        "the acknowledgement is counted in minutes"
    );
    assert!(!dates.iter().any(|date| date.duty == Duty::Decision));
}

#[test]
fn dates_do_not_depend_on_when_they_are_looked_at() {
    let story = Story::received().at_stage_1();
    let before = story.dates();
    assert_eq!(before, story.on("2026-11-11 11:11").dates());
}

#[test]
fn a_case_of_thanks_has_no_decision_and_no_rhythm() {
    let story = Story::begin(&testkit::words::thanks(), &by_web(), "2026-06-09 09:15");
    assert!(story.dates().iter().all(|date| date.duty == Duty::Acknowledge));
}

#[test]
fn withdrawing_ends_every_clock() {
    let story = Story::received()
        .at_stage_1()
        .complainant(|case, _| rules::handling::close::withdraw(case, "", None));
    assert!(matches!(story.case.state, State::Closed(Ending::Withdrawn, None)));
    let mut story = story.on("2026-07-01 10:00");
    assert_eq!(story.look_at_clocks(), []);
}
