//! The decision date of a complaint that nobody has judged yet: the clock runs from the receipt on (A2, R63, R75).

use rules::case::event::{RiskAssessed, VipFlagged};
use rules::case::vocabulary::{Ending, FeedbackKind, StageReason, VipSource};
use rules::case::{Alert, Event};
use rules::deadlines::{Duty, decision_due};
use rules::handling::close::{close, withdraw};
use rules::handling::escalate::{Reroute, reroute};
use rules::handling::triage::{reclassify, triage};
use rules::intake::Arrival;
use rules::letters::LetterKind;
use rules::people::Actor;
use testkit::people::{dana, marcus, ruth};
use testkit::words::{by_phone, by_web, form, judged_for, thanks};
use testkit::{Story, at, day, reopen};

fn investigated(mut story: Story<'static>) -> Story<'static> {
    let risk = RiskAssessed {
        complex: false,
        high_risk: false,
        needs_investigation: true,
        reason: Some("Three teams were involved".to_owned()),
    };
    story.append(Event::RiskAssessed(risk), Actor::System);
    story
}

fn of_a_vip() -> Story<'static> {
    let flag = VipFlagged {
        source: VipSource::Directory,
        detail: "governors".to_owned(),
    };
    let clerk = testkit::people::amara();
    let arrival = Arrival {
        vip: Some(flag),
        ..by_phone(&clerk)
    };
    Story::begin(&form(), &arrival, testkit::story::TUESDAY)
}

#[test]
fn it_has_the_date_of_the_stage_at_which_it_begins_as_far_as_is_known() {
    for (story, stage, due_on) in [
        (Story::received(), 1, "2026-06-12"),
        (investigated(Story::received()), 2, "2026-07-07"),
        (of_a_vip(), 2, "2026-07-07"),
    ] {
        let due = decision_due(&story.case, &story.setting()).unwrap();
        assert_eq!((due.stage, due.due_on, due.met_at), (stage, day(due_on), None));
        assert_eq!(story.date(Duty::Decision), Some(due), "every list shows the same date");
    }
}

#[test]
fn triage_at_that_stage_moves_nothing() {
    let story = Story::received();
    let before = story.date(Duty::Decision);
    assert_eq!(story.at_stage_1().date(Duty::Decision), before);
}

#[test]
fn it_is_warned_of_and_passes_like_any_other() {
    let mut story = Story::received().letters_arrive().on("2026-06-13 00:00");
    let passed = story.look_at_clocks();
    assert!(
        passed
            .iter()
            .any(|event| matches!(event, Event::ClockBreached(passed) if passed.clock == "stage_1")),
        "{passed:?}"
    );
    assert!(story.date(Duty::Decision).unwrap().is_late(story.now));
    assert_eq!(story.look_at_clocks(), [], "it is said once");
    let breached = |alert: &Alert| matches!(alert, Alert::Breached { clock, .. } if clock == "stage_1");
    assert!(story.case.alerts.iter().any(breached));
}

#[test]
fn what_goes_through_no_stages_or_is_over_has_none() {
    let praise = Story::begin(&thanks(), &by_web(), testkit::story::TUESDAY);
    let stopped = Story::received().complainant(|case, _| withdraw(case, "", None));
    let fault = Story::received().act(&marcus(), |case, setting| {
        close(case, Ending::NotAComplaint, "A fault report", &marcus(), setting)
    });
    for story in [praise, stopped, fault] {
        assert_eq!(story.date(Duty::Decision), None);
        assert_eq!(decision_due(&story.case, &story.setting()), None);
    }
}

#[test]
fn what_is_called_a_complaint_later_counts_from_its_receipt() {
    let story = Story::begin(&thanks(), &by_web(), testkit::story::TUESDAY).on("2026-06-11 10:00");
    let story = story.act(&ruth(), |case, _| {
        reclassify(case, FeedbackKind::Complaint, "They are not happy at all", &ruth())
    });
    assert_eq!(story.decision_on(), day("2026-06-12"), "A24");
}

#[test]
fn the_acknowledgement_promises_it() {
    let story = investigated(Story::received());
    assert_eq!(story.owed(), [LetterKind::Acknowledgement]);
    let due = decision_due(&story.case, &story.setting()).unwrap();
    assert_eq!((due.stage, due.due_on), (2, day("2026-07-07")));
}

#[test]
fn a_case_that_was_at_no_stage_and_is_taken_up_again_counts_from_then() {
    let story = Story::received()
        .act(&marcus(), |case, setting| {
            close(case, Ending::NotAComplaint, "A fault report", &marcus(), setting)
        })
        .on("2026-06-24 10:00")
        .act(&ruth(), |case, setting| {
            reopen(case, "They sent the log", &ruth(), setting)
        });
    assert_eq!(story.decision_on(), day("2026-06-29"), "A40");
    let story = story.on("2026-06-25 10:00");
    assert_eq!(story.decision_on(), day("2026-06-29"), "nobody gains a day by waiting");
    let judged = story.act(&ruth(), |case, setting| {
        triage(case, &judged_for(&marcus()), &ruth(), setting)
    });
    assert_eq!(judged.decision_on(), day("2026-06-29"));
    let account = judged.date(Duty::Decision).unwrap().explanation.to_text();
    assert!(account.starts_with("reopened Wed 24 Jun 2026 10:00; "), "{account}");
}

#[test]
fn the_account_says_what_its_clock_began_with() {
    let escalated = Story::received()
        .at_stage_1()
        .decided()
        .letters_arrive()
        .on("2026-06-16 18:20")
        .asks_for_stage_2()
        .accepted();
    let step = Reroute {
        reason: StageReason::Complex,
        note: "Three teams".to_owned(),
        investigator: dana(),
    };
    let rerouted = Story::received()
        .at_stage_1()
        .on("2026-06-11 10:00")
        .act(&marcus(), |case, setting| reroute(case, &step, &marcus(), setting));
    for (story, started, rule) in [
        (
            escalated,
            "next stage asked for Tue 16 Jun 2026 18:20; ",
            "20 working days after the next stage is asked for; ",
        ),
        (
            rerouted,
            "received Tue 9 Jun 2026 09:15; ",
            "20 working days after the complaint is received; ",
        ),
        (
            Story::received(),
            "received Tue 9 Jun 2026 09:15; ",
            "3 working days after the complaint is received; ",
        ),
    ] {
        let explanation = story.date(Duty::Decision).unwrap().explanation;
        let account = explanation.to_text();
        assert!(account.starts_with(started), "{account}");
        assert!(explanation.rule.starts_with(rule), "{}", explanation.rule);
    }
}

#[test]
fn the_account_of_the_next_news_says_when_they_last_heard_from_us() {
    let account = |story: &Story<'_>| story.date(Duty::Update).unwrap().explanation.to_text();
    let story = Story::received();
    assert!(
        account(&story).starts_with("received Tue 9 Jun 2026 09:15; "),
        "{}",
        account(&story)
    );
    let story = story.on("2026-06-09 11:00").at_stage_1();
    assert_eq!(story.case.contact.at, at("2026-06-09 11:00"));
    let said = account(&story);
    assert!(said.starts_with("they heard from us Tue 9 Jun 2026 11:00; "), "{said}");
}
