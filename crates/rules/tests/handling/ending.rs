//! Endings: closing without a decision, withdrawing, reopening, and what closing asks for (P32, P33, A40, R65, R91).

use rules::case::event::{CategorySet, Event};
use rules::case::vocabulary::{Ending, FeedbackKind, StageReason};
use rules::case::{Refused, State};
use rules::deadlines::Duty;
use rules::handling::close::{self, TakenUp, close, consequences, missing, withdraw};
use rules::handling::extend::{MoreTime, extend};
use rules::handling::triage::{Triage, triage};
use rules::letters::LetterKind;
use testkit::people::{amara, dana, helen, iris, marcus, robin, ruth, samir};
use testkit::words::{anonymous_form, by_web, judged_for, thanks};
use testkit::{House, Story, at, day, house, reopen};

fn closed() -> Story<'static> {
    Story::received()
        .at_stage_1()
        .on("2026-06-10 10:00")
        .decided()
        .letters_arrive()
}

fn reopened(story: Story<'static>) -> Story<'static> {
    story.act(&ruth(), |case, setting| {
        reopen(case, "They sent the log", &ruth(), setting)
    })
}

/// Every ending that somebody can choose at any time instead of a decision; for want of an answer only after a while (see `question`).
const WITHOUT_DECISION: [Ending; 5] = [
    Ending::NotAComplaint,
    Ending::Referred,
    Ending::Duplicate,
    Ending::Refused,
    Ending::LoggedInError,
];

#[test]
fn an_ending_without_a_decision_has_a_reason() {
    let story = Story::received();
    for ending in WITHOUT_DECISION {
        let refused = story.refused(|case, setting| close(case, ending, " ", &ruth(), setting));
        let expected = match ending {
            Ending::LoggedInError => "Say why, so that the monthly review can follow it",
            _ => "Say why, in words for the complainant: we send them",
        };
        assert_eq!(refused.to_string(), expected, "{ending:?}");
        let closed = story.clone().act(&ruth(), |case, setting| {
            close(case, ending, "A fault report", &ruth(), setting)
        });
        assert_eq!(closed.case.state, State::Closed(ending, None));
    }
}

#[test]
fn whoever_gets_no_decision_is_told_so_and_why() {
    for ending in WITHOUT_DECISION {
        for story in [
            Story::received(),
            Story::received().at_stage_1(),
            Story::received().at_stage_2(),
        ] {
            let mut story = story.letters_arrive();
            let done = story.try_act(&ruth(), |case, setting| {
                close(case, ending, " Estates looks after the doors. ", &ruth(), setting)
            });
            assert_eq!(done, Ok(()));
            if ending == Ending::LoggedInError {
                assert_eq!(story.owed(), [], "a mistake of ours concerns nobody");
                continue;
            }
            let [letter] = story.letters.as_slice() else {
                panic!("{ending:?} owes {:?}", story.owed())
            };
            assert_eq!(letter.kind, LetterKind::ClosedWithoutDecision);
            assert_eq!(letter.body, "Estates looks after the doors.");
            assert_eq!(letter.signed_by, Some(ruth().id), "a person signs it");
        }
    }
}

#[test]
fn nobody_is_written_to_who_left_no_name_and_no_address_or_has_our_decision() {
    let mut anonymous = Story::begin(&anonymous_form(), &by_web(), "2026-06-09 09:15");
    let refused = anonymous.refused(|case, setting| close(case, Ending::Referred, "", &ruth(), setting));
    assert_eq!(refused.to_string(), "Say why, so that the monthly review can follow it");
    assert_eq!(
        anonymous.try_act(&ruth(), |case, setting| close(
            case,
            Ending::Referred,
            "Estates",
            &ruth(),
            setting
        )),
        Ok(())
    );
    assert_eq!(anonymous.owed(), []);
    let compliment = Story::begin(&thanks(), &by_web(), "2026-06-09 09:15").letters_arrive();
    let noted = compliment.act(&ruth(), |case, setting| {
        close(case, Ending::Noted, "Passed on", &ruth(), setting)
    });
    assert_eq!(noted.owed(), [], "thanks were answered when they came");
}

#[test]
fn a_complaint_does_not_end_by_being_noted() {
    for ending in [Ending::Decided, Ending::Withdrawn, Ending::Noted] {
        let refused = Story::received().refused(|case, setting| close(case, ending, "It is nothing", &ruth(), setting));
        assert_eq!(
            refused.to_string(),
            "Choose why it ends without a decision",
            "{ending:?}"
        );
    }
    let compliment = Story::begin(&thanks(), &by_web(), "2026-06-09 09:15");
    assert!(
        compliment
            .clone()
            .try_act(&ruth(), |case, setting| close(
                case,
                Ending::Noted,
                "Passed on",
                &ruth(),
                setting
            ))
            .is_ok()
    );
}

#[test]
fn a_letter_on_its_way_or_in_sign_off_is_not_closed_over() {
    for story in [
        Story::received().at_stage_1().decided(),
        Story::received().at_stage_2().drafted(),
        closed(),
    ] {
        let refused = story.refused(|case, setting| close(case, Ending::Referred, "x", &ruth(), setting));
        assert!(matches!(refused, Refused::NotNow(_)), "{refused}");
    }
}

#[test]
fn readers_and_approvers_close_nothing() {
    for by in [iris(), samir()] {
        let refused = Story::received().refused(|case, setting| close(case, Ending::Referred, "x", &by, setting));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{}: {refused}", by.name);
    }
}

#[test]
fn the_complainant_stops_it_for_any_reason_or_none() {
    let story = Story::received()
        .at_stage_1()
        .complainant(|case, _| withdraw(case, "", None));
    assert_eq!(story.case.state, State::Closed(Ending::Withdrawn, None));
    assert_eq!(story.owed(), [LetterKind::Withdrawn]);
    let (withdrawn, closed) = (&story.history[story.history.len() - 2], story.history.last().unwrap());
    assert_eq!(
        (withdrawn.event.kind(), withdrawn.actor),
        ("case.withdrawn", rules::people::Actor::Complainant)
    );
    assert_eq!(
        (closed.event.kind(), closed.actor),
        ("case.closed", rules::people::Actor::System)
    );
}

#[test]
fn staff_who_stop_it_for_somebody_say_how_they_know() {
    let story = Story::received().at_stage_1();
    let refused = story.refused(|case, _| withdraw(case, " ", Some(&amara())));
    assert_eq!(refused.to_string(), "Say how and why the complainant stopped it");
    assert!(
        story
            .clone()
            .try_act(&amara(), |case, _| withdraw(case, "She called", Some(&amara())))
            .is_ok()
    );
    let refused = story.refused(|case, _| withdraw(case, "She called", Some(&iris())));
    assert!(matches!(refused, Refused::NotAllowed { .. }), "{refused}");
}

#[test]
fn what_is_over_or_decided_is_not_stopped() {
    for story in [closed(), Story::received().at_stage_1().decided()] {
        let refused = story.refused(|case, _| withdraw(case, "x", None));
        assert!(matches!(refused, Refused::NotNow(_)), "{refused}");
    }
    assert!(
        Story::received()
            .at_stage_2()
            .drafted()
            .try_act(&dana(), |case, _| withdraw(case, "x", None))
            .is_ok()
    );
}

#[test]
fn what_ended_without_a_decision_owes_none_and_is_not_late_for_ever() {
    for ending in [Ending::NotAComplaint, Ending::Referred] {
        let story = Story::received().at_stage_1();
        let story = story.act(&marcus(), |case, setting| {
            close(case, ending, "A fault report", &marcus(), setting)
        });
        assert_eq!(story.on("2026-09-01 10:00").date(Duty::Decision), None, "{ending:?}");
    }
    let stopped = Story::received()
        .at_stage_2()
        .complainant(|case, _| withdraw(case, "", None));
    assert_eq!(stopped.date(Duty::Decision), None);
    assert!(
        closed().date(Duty::Decision).is_some(),
        "a decision that was given keeps its date"
    );
}

#[test]
fn a_reopened_case_is_at_its_last_stage_with_a_new_clock() {
    let story = reopened(closed().on("2026-06-24 10:00"));
    let State::Open(work) = &story.case.state else {
        panic!("{:?}", story.case.state)
    };
    assert_eq!((work.stage(), work.entry.reason), (1, StageReason::Reopened));
    assert_eq!(
        story.decision_on(),
        day("2026-06-29"),
        "3 working days from reopening (A40)"
    );
    assert_eq!(
        (story.case.owner, story.case.reopened_at.len(), story.case.closed_at),
        (Some(amara().id), 1, None)
    );
    assert_eq!(
        story.kinds().into_iter().rev().take(3).collect::<Vec<_>>(),
        ["case.assigned", "stage.entered", "case.reopened"]
    );
}

#[test]
fn a_reopened_case_owes_its_first_news_from_then_on() {
    let mut story = reopened(closed().on("2026-06-24 10:00"));
    assert_eq!(story.update_on(), day("2026-06-25"));
    assert_eq!(story.look_at_clocks(), [], "nothing was missed while it was closed");
}

#[test]
fn the_decision_before_and_its_date_stay_on_record() {
    let story = reopened(closed().on("2026-06-24 10:00"));
    let dates: Vec<_> = story
        .dates()
        .into_iter()
        .filter(|date| date.duty == Duty::Decision)
        .collect();
    assert_eq!(dates.len(), 2);
    assert_eq!(
        (dates[0].due_on, dates[0].met_at),
        (day("2026-06-12"), Some(at("2026-06-10 10:00")))
    );
    assert_eq!((dates[1].due_on, dates[1].met_at), (day("2026-06-29"), None));
}

#[test]
fn more_time_of_before_is_no_time_of_now() {
    let more = MoreTime {
        new_due_on: day("2026-06-16"),
        reason_code: Some("major_incident".to_owned()),
        reason: "There is an outage.".to_owned(),
    };
    let story = Story::received()
        .at_stage_1()
        .act(&marcus(), |case, setting| extend(case, &more, &marcus(), setting));
    let story = story
        .on("2026-06-15 10:00")
        .decided()
        .letters_arrive()
        .on("2026-06-24 10:00");
    let story = reopened(story);
    assert_eq!(
        story.decision_on(),
        day("2026-06-29"),
        "the extension belonged to the first time"
    );
    assert_eq!(
        story
            .dates()
            .iter()
            .find(|date| date.duty == Duty::Decision)
            .map(|date| date.due_on),
        Some(day("2026-06-16"))
    );
    let again = MoreTime {
        new_due_on: day("2026-07-01"),
        ..more
    };
    let story = story.act(&marcus(), |case, setting| extend(case, &again, &marcus(), setting));
    assert_eq!(
        story.decision_on(),
        day("2026-07-01"),
        "and the new work may be extended once as well"
    );
}

#[test]
fn an_investigation_is_reopened_at_stage_2() {
    let story = Story::received()
        .at_stage_2()
        .drafted()
        .signed_off()
        .letters_arrive()
        .on("2026-06-24 10:00");
    let story = reopened(story);
    assert_eq!((story.case.stage(), story.case.owner), (2, Some(dana().id)));
    assert_eq!(story.decision_on(), day("2026-07-22"));
    assert_eq!(story.case.draft(), None, "a new decision is drafted anew");
}

#[test]
fn what_was_never_at_a_stage_is_triaged_again() {
    let story = Story::received().act(&ruth(), |case, setting| {
        close(case, Ending::NotAComplaint, "A fault report", &ruth(), setting)
    });
    let story = reopened(story);
    assert_eq!(story.case.state, State::Received);
    let story = story.act(&ruth(), |case, setting| {
        triage(case, &judged_for(&amara()), &ruth(), setting)
    });
    assert_eq!(story.case.stage(), 1);
}

#[test]
fn a_case_is_reopened_within_the_window_by_the_coordinator() {
    let last = closed().on("2026-07-08 23:59");
    assert!(
        last.clone()
            .try_act(&ruth(), |case, setting| reopen(case, "New facts", &ruth(), setting))
            .is_ok(),
        "20 working days from 10 June"
    );
    let refused = last
        .on("2026-07-09 00:00")
        .refused(|case, setting| reopen(case, "New facts", &ruth(), setting));
    assert!(
        refused
            .to_string()
            .starts_with("The time to reopen this case has passed"),
        "{refused}"
    );
    for by in [amara(), marcus(), dana(), helen()] {
        let refused = closed().refused(|case, setting| reopen(case, "New facts", &by, setting));
        assert_eq!(
            refused.to_string(),
            "Only a complaints coordinator can reopen a case.",
            "{}",
            by.name
        );
    }
    let refused = closed().refused(|case, setting| reopen(case, " ", &ruth(), setting));
    assert_eq!(refused.to_string(), "Say what is new");
    let refused = Story::received().refused(|case, setting| reopen(case, "x", &ruth(), setting));
    assert_eq!(refused.to_string(), "This case is open.");
}

#[test]
fn a_procedure_without_reopening_says_so() {
    let text = testkit::house::procedure_text();
    let (before, after) = text.split_once("[reopen]").unwrap();
    let (_, after) = after.split_once("# No clock is ever paused").unwrap();
    let text = format!("{before}# {after}").replace("reopened = \"reopened\"", "reopened = \"received\"");
    let house = House::with(&text);
    let story = Story::begin_in(&house, &testkit::words::form(), &by_web(), "2026-06-09 09:15")
        .at_stage_1()
        .decided()
        .letters_arrive();
    let refused = story.refused(|case, setting| reopen(case, "x", &ruth(), setting));
    assert_eq!(
        refused.to_string(),
        "This procedure does not reopen cases. Log a new complaint."
    );
}

#[test]
fn whoever_decided_stage_1_before_does_not_investigate_after_reopening() {
    let boss = robin();
    let story = Story::received().at_stage_1();
    let decision = story.decision();
    let told = rules::handling::decide::Telling::InWriting;
    let story = story
        .act(&boss, |case, setting| {
            rules::handling::decide::decide(case, decision, &told, &boss, setting)
        })
        .letters_arrive();
    let story = reopened(story.on("2026-06-24 10:00"))
        .decided()
        .letters_arrive()
        .asks_for_stage_2();
    let refused = story.refused(|case, setting| rules::handling::escalate::accept(case, &boss, None, &ruth(), setting));
    assert!(matches!(refused, Refused::Conflict(_)), "{refused}");
}

#[test]
fn a_case_that_lacks_something_is_not_closed() {
    let mut story = Story::received().at_stage_1().decided();
    story.case.category = None;
    let stage = house().procedure.stage_number(1).unwrap();
    let State::Decided(work, decision) = story.case.state.clone() else {
        panic!()
    };
    story.case.state = State::Answered(work, decision.clone());
    let lacking = missing(&story.case, &decision, stage);
    assert_eq!(
        lacking,
        [
            "the complaint is categorised",
            "the decision is given to the complainant"
        ]
    );
    assert_eq!(consequences(&story.case, &story.setting()), []);
    story.case.category = Some(CategorySet {
        service: "A3".to_owned(),
        problem: "B11".to_owned(),
    });
    story.case.stages[0].communicated = story.case.acknowledged.clone();
    assert!(matches!(
        consequences(&story.case, &story.setting())[..],
        [Event::Closed(_)]
    ));
}

#[test]
fn thanks_that_are_reopened_can_become_a_complaint() {
    let story = Story::begin(&thanks(), &by_web(), "2026-06-09 09:15").letters_arrive();
    let judgement = Triage {
        problem: String::new(),
        ..judged_for(&amara())
    };
    let story = reopened(story.act(&ruth(), |case, setting| triage(case, &judgement, &ruth(), setting)));
    let story = story.act(&ruth(), |case, _| {
        rules::handling::triage::reclassify(case, FeedbackKind::Complaint, "They are not happy after all", &ruth())
    });
    assert_eq!(story.at_stage_1().case.stage(), 1);
}

/// Received, decided and told on a day of December, when the university is closed from 24 December to 1 January.
fn closed_on(local: &str) -> Story<'static> {
    Story::begin(&testkit::words::form(), &by_web(), local)
        .at_stage_1()
        .decided()
        .letters_arrive()
}

#[test]
fn the_window_of_twenty_working_days_runs_through_the_summer_and_over_christmas() {
    // Told on, the last day on which it can be taken up again: counted by hand from the bank holidays of England and the closure days.
    for (told, last) in [
        ("2026-12-11 10:00", "2027-01-19"),
        ("2026-12-15 10:00", "2027-01-21"),
        ("2026-12-23 16:59", "2027-01-29"),
        ("2026-12-24 10:00", "2027-01-29"),
        ("2026-12-30 10:00", "2027-01-29"),
        ("2027-01-04 00:00", "2027-02-01"),
    ] {
        let story = closed_on(told).on(&format!("{last} 23:59"));
        let taken = story
            .clone()
            .try_act(&ruth(), |case, setting| reopen(case, "New facts", &ruth(), setting));
        assert_eq!(taken, Ok(()), "closed on {told}, still open to it at the end of {last}");
        let next = day(last).tomorrow().unwrap();
        let refused = story
            .on(&format!("{next} 00:00"))
            .refused(|case, setting| reopen(case, "New facts", &ruth(), setting));
        assert!(
            refused.to_string().contains("has passed"),
            "closed on {told}: {refused}"
        );
    }
    let story = reopened(closed_on("2026-12-15 10:00").on("2026-12-23 10:00"));
    assert_eq!(
        story.decision_on(),
        day("2027-01-06"),
        "three working days over Christmas"
    );
}

#[test]
fn a_case_is_taken_up_twice_and_each_life_keeps_its_dates_its_window_and_its_decision() {
    let again = reopened(closed().on("2026-06-24 10:00"))
        .on("2026-06-26 10:00")
        .decided()
        .letters_arrive();
    assert!(matches!(again.case.state, State::Closed(Ending::Decided, _)));
    // 20 working days from 26 June, not from 10 June: what was closed last counts.
    let story = reopened(again.clone().on("2026-07-24 23:59"));
    assert_eq!((story.case.stages.len(), story.case.reopened_at.len()), (3, 2));
    assert_eq!(story.decision_on(), day("2026-07-29"));
    let refused = again
        .on("2026-07-25 00:00")
        .refused(|case, setting| reopen(case, "New facts", &ruth(), setting));
    assert!(refused.to_string().contains("has passed"), "{refused}");
    let decisions: Vec<_> = story
        .dates()
        .into_iter()
        .filter(|date| date.duty == Duty::Decision)
        .map(|date| (date.due_on, date.met_at))
        .collect();
    assert_eq!(
        decisions,
        [
            (day("2026-06-12"), Some(at("2026-06-10 10:00"))),
            (day("2026-06-29"), Some(at("2026-06-26 10:00"))),
            (day("2026-07-29"), None)
        ]
    );
}

#[test]
fn a_vip_is_taken_up_at_stage_2_and_signed_off_again() {
    let mut judgement = judged_for(&dana());
    judgement.vip = Some("Chair of the governors".to_owned());
    let story = Story::received()
        .letters_arrive()
        .act(&ruth(), |case, setting| triage(case, &judgement, &ruth(), setting));
    let story = story.letters_arrive().drafted().signed_off().letters_arrive();
    assert!(story.case.vip.is_some() && matches!(story.case.state, State::Closed(..)));
    let story = reopened(story.on("2026-06-24 10:00"));
    assert_eq!((story.case.stage(), story.case.owner), (2, Some(dana().id)));
    assert_eq!(story.decision_on(), day("2026-07-22"), "20 working days from then");
    let decision = story.decision();
    let unsigned = rules::handling::draft::AskSignOff::AsRulesSay;
    let story = story.act(&dana(), |case, setting| {
        rules::handling::draft::submit(case, decision, unsigned, &dana(), setting)
    });
    assert!(
        matches!(story.case.state, State::SignOff(..)),
        "the approval of before is none of now: {:?}",
        story.case.state
    );
}

#[test]
fn what_is_taken_up_never_goes_to_somebody_who_left_or_may_not_have_it() {
    let story = closed().on("2026-06-24 10:00");
    let with = |had_it: Option<&rules::people::Person>| {
        let reason = "They sent the log";
        story
            .clone()
            .act(&ruth(), |case, setting| {
                close::reopen(case, TakenUp { reason, had_it }, &ruth(), setting)
            })
            .case
    };
    assert_eq!(with(Some(&amara())).owner, Some(amara().id));
    assert_eq!(
        with(None).owner,
        Some(ruth().id),
        "Amara has left: whoever takes it up has it"
    );
    let other_work = testkit::people::person(1, "Amara Osei", "Lecturer", &[rules::people::Role::ActionOwner]);
    assert_eq!(
        with(Some(&other_work)).owner,
        Some(ruth().id),
        "Amara does other work now"
    );
    let investigated = Story::received().at_stage_2().drafted().signed_off().letters_arrive();
    let bare = testkit::people::person(5, "Dana Kowalczyk", "Lecturer", &[]);
    let text = testkit::house::procedure_text();
    let house = House::with(&text.replace(
        "handlers = [\"investigator\", \"complaints_coordinator\", \"reviewer\"]",
        "handlers = [\"investigator\"]",
    ));
    let setting = house.setting(at("2026-06-24 10:00"));
    for had_it in [None, Some(&bare)] {
        let again = TakenUp { reason: "New", had_it };
        let change = close::reopen(&investigated.case, again, &ruth(), &setting).unwrap();
        let kinds: Vec<_> = change.events.iter().map(Event::kind).collect();
        assert_eq!(kinds, ["case.reopened"], "neither may have it: triage chooses");
    }
}

#[test]
fn what_was_asked_for_in_the_first_life_is_not_asked_for_in_the_second() {
    let more = MoreTime {
        new_due_on: day("2026-06-16"),
        reason_code: Some("major_incident".to_owned()),
        reason: "There is an outage.".to_owned(),
    };
    let story = Story::received()
        .at_stage_1()
        .act(&amara(), |case, setting| extend(case, &more, &amara(), setting));
    assert!(story.case.extension_request.is_some());
    let story = reopened(story.complainant(|case, _| withdraw(case, "", None)));
    assert_eq!(story.case.extension_request, None);
    let refused = closed().asks_for_stage_2().act(&ruth(), |case, setting| {
        rules::handling::escalate::refuse(case, "Nothing new", &ruth(), setting)
    });
    assert!(
        matches!(refused.case.state, State::Closed(..)),
        "{:?}",
        refused.case.state
    );
    let story = reopened(refused);
    assert_eq!((story.case.escalation, story.case.escalation_refused), (None, None));
}

#[test]
fn a_withdrawal_is_undone_at_every_point_at_which_it_could_happen() {
    let asked = |story: Story<'static>| story.decided().letters_arrive().asks_for_stage_2();
    let stories = [
        (Story::received(), 0),
        (Story::received().at_stage_1(), 1),
        (Story::received().at_stage_2(), 2),
        (Story::received().at_stage_2().drafted(), 2),
        (asked(Story::received().at_stage_1()), 1),
    ];
    for (story, stage) in stories {
        let was = story.case.state.name();
        let owner = story.case.owner;
        let stopped = story.letters_arrive().complainant(|case, _| withdraw(case, "", None));
        assert!(
            matches!(stopped.case.state, State::Closed(Ending::Withdrawn, _)),
            "{was}"
        );
        assert_eq!(stopped.owed(), [LetterKind::Withdrawn], "{was}");
        assert_eq!(
            stopped.clone().on("2027-03-01 10:00").look_at_clocks(),
            [],
            "{was}: no date runs"
        );
        let story = reopened(stopped.letters_arrive().on("2026-06-24 10:00"));
        match stage {
            0 => assert_eq!(story.case.state, State::Received),
            _ => assert_eq!((story.case.stage(), story.case.owner), (stage, owner), "{was}"),
        }
        assert_eq!(
            story.case.draft(),
            None,
            "{was}: a letter that waited does not wait any more"
        );
        assert_eq!(story.case.closed_at, None);
        let again = story.complainant(|case, _| withdraw(case, "", None));
        assert!(
            matches!(again.case.state, State::Closed(Ending::Withdrawn, _)),
            "{was}: and they may stop it once more"
        );
    }
}

#[test]
fn a_withdrawn_case_is_taken_up_within_the_same_window_and_by_the_same_person() {
    let stopped = Story::received()
        .at_stage_1()
        .on("2026-06-10 10:00")
        .complainant(|case, _| withdraw(case, "", None));
    let refused = stopped.refused(|case, setting| reopen(case, "She wants it after all", &amara(), setting));
    assert_eq!(refused.to_string(), "Only a complaints coordinator can reopen a case.");
    let last = stopped.on("2026-07-08 23:59");
    assert_eq!(
        last.clone().try_act(&ruth(), |case, setting| reopen(
            case,
            "She wants it after all",
            &ruth(),
            setting
        )),
        Ok(())
    );
    let refused = last
        .on("2026-07-09 00:00")
        .refused(|case, setting| reopen(case, "She wants it after all", &ruth(), setting));
    assert!(refused.to_string().contains("has passed"), "{refused}");
}
