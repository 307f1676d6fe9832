//! Into stage 2: asked for after a decision, granted or refused, or moved by staff without one (R50, R52-R54, R67-R69, A18-A21).

use rules::case::event::RiskAssessed;
use rules::case::vocabulary::{Channel, Ending, StageReason};
use rules::case::{Event, Refused, State};
use rules::deadlines::Duty;
use rules::handling::escalate::{self, Reroute, accept, ask_by, refuse, request, reroute};
use rules::letters::LetterKind;
use rules::people::Person;
use testkit::people::{amara, dana, helen, iris, jo, marcus, owen, robin, ruth, samir, tom};
use testkit::words::{by_web, form, thanks};
use testkit::{House, Story, at, day};

/// Decided on Friday 12 June, as in the worked example of stage logic (working days 4.4).
fn answered() -> Story<'static> {
    Story::received()
        .at_stage_1()
        .on("2026-06-12 15:00")
        .decided()
        .letters_arrive()
}

fn asked() -> Story<'static> {
    answered().on("2026-06-16 18:20").asks_for_stage_2()
}

fn to_stage_2(reason: StageReason, investigator: &Person) -> Reroute {
    Reroute {
        reason,
        note: "Three teams are involved".to_owned(),
        investigator: investigator.clone(),
    }
}

#[test]
fn stage_2_counts_from_the_day_of_asking() {
    let story = asked();
    assert!(matches!(story.case.state, State::EscalationPending(..)));
    let story = story.on("2026-06-17 11:00").accepted();
    assert_eq!(
        story.decision_on(),
        day("2026-07-14"),
        "20 working days from Tuesday 16 June (A18)"
    );
    assert_eq!((story.case.stage(), story.case.owner), (2, Some(dana().id)));
    assert_eq!(story.owed(), [LetterKind::Stage2Started]);
    assert_eq!(
        story.kinds().into_iter().rev().take(3).collect::<Vec<_>>(),
        ["case.assigned", "stage.entered", "escalation.accepted"]
    );
}

#[test]
fn the_answer_is_due_within_a_working_day() {
    let date = asked().date(Duty::EscalationDecision).unwrap();
    assert_eq!((date.due_on, date.met_at), (day("2026-06-17"), None));
    assert_eq!(asked().accepted().date(Duty::EscalationDecision), None);
}

#[test]
fn the_person_who_asks_hears_from_us_again_within_the_rhythm() {
    // The decision was four days ago, but the request was confirmed just now: nothing is missed yet.
    let mut story = asked();
    assert_eq!(story.update_on(), day("2026-06-17"));
    assert_eq!(story.look_at_clocks(), []);
    let story = story.accepted();
    assert_eq!(
        story.update_on(),
        day("2026-06-23"),
        "5 working days from the day of asking"
    );
}

#[test]
fn stage_2_is_not_asked_for_before_a_decision_is_told() {
    for story in [
        Story::received(),
        Story::received().at_stage_1(),
        Story::received().at_stage_1().decided(),
    ] {
        let refused = story.refused(|case, setting| request(case, Channel::Web, None, setting));
        assert_eq!(
            refused.to_string(),
            "You can ask for a further look once you have our decision."
        );
    }
}

#[test]
fn there_is_no_stage_3() {
    let story = asked().accepted().drafted().signed_off().letters_arrive();
    let refused = story.refused(|case, setting| request(case, Channel::Web, None, setting));
    assert_eq!(
        refused.to_string(),
        "This was the last stage of our procedure. Our letter says where else you can turn."
    );
}

#[test]
fn no_reason_is_needed_to_ask() {
    let story = answered().complainant(|case, setting| request(case, Channel::Phone, None, setting));
    assert!(matches!(story.case.state, State::EscalationPending(..)));
}

#[test]
fn a_closed_case_can_be_asked_about_and_keeps_its_decision() {
    let story = asked();
    assert!(story.kinds().contains(&"case.closed"), "it had been closed");
    assert_eq!(story.case.closed_at, None);
    let State::EscalationPending(work, pending) = &story.case.state else {
        panic!()
    };
    assert_eq!((work.stage(), pending.requested_at), (1, at("2026-06-16 18:20")));
    assert_eq!(pending.decision, answered().decision());
}

#[test]
fn a_late_request_is_flagged_and_never_refused_for_that() {
    assert_eq!(
        ask_by(&answered().case, &answered().setting()),
        Some(day("2026-07-10")),
        "20 working days from Friday 12 June"
    );
    let late = |local: &str| {
        let story = answered().on(local).asks_for_stage_2();
        let State::EscalationPending(_, pending) = &story.case.state else {
            panic!()
        };
        pending.request.late
    };
    assert!(!late("2026-07-10 23:59"));
    assert!(late("2026-07-11 00:00"));
    assert!(late("2027-06-16 10:00"));
}

#[test]
fn a_procedure_may_refuse_late_requests_and_demand_a_reason() {
    let text = testkit::house::procedure_text();
    let strict = text
        .replace("late = \"flag\"", "late = \"refuse\"")
        .replace("complainant_reason = \"optional\"", "complainant_reason = \"required\"");
    let house = House::with(&strict);
    let story = Story::begin_in(&house, &form(), &by_web(), "2026-06-09 09:15")
        .at_stage_1()
        .decided()
        .letters_arrive();
    let refused = story.refused(|case, setting| request(case, Channel::Web, None, setting));
    assert_eq!(refused.to_string(), "Tell us what we got wrong or missed");
    let story = story.on("2026-09-01 10:00");
    let refused = story.refused(|case, setting| request(case, Channel::Web, Some("x".to_owned()), setting));
    assert!(
        refused
            .to_string()
            .starts_with("The time to ask for a further look has passed"),
        "{refused}"
    );
}

#[test]
fn nobody_asks_twice_at_once() {
    let refused = asked().refused(|case, setting| request(case, Channel::Web, None, setting));
    assert!(matches!(refused, Refused::NotNow(_)), "{refused}");
}

#[test]
fn only_those_with_authority_answer() {
    for by in [amara(), marcus(), dana(), samir(), iris(), tom()] {
        let refused = asked().refused(|case, setting| accept(case, &dana(), None, &by, setting));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{}: {refused}", by.name);
        let refused = asked().refused(|case, setting| refuse(case, "No", &by, setting));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{}: {refused}", by.name);
    }
    for by in [ruth(), helen()] {
        assert!(
            asked()
                .try_act(&by, |case, setting| accept(case, &dana(), None, &by, setting))
                .is_ok(),
            "{}",
            by.name
        );
    }
}

#[test]
fn who_decided_does_not_investigate() {
    let boss = robin();
    let story = Story::received().at_stage_1();
    let decision = story.decision();
    let told = rules::handling::decide::Telling::InWriting;
    let story = story.act(&boss, |case, setting| {
        rules::handling::decide::decide(case, decision, &told, &boss, setting)
    });
    let story = story.letters_arrive().asks_for_stage_2();
    let refused = story.refused(|case, setting| accept(case, &boss, None, &ruth(), setting));
    let words =
        "Robin Castle decided this complaint at an earlier stage, so Robin cannot investigate it. Choose someone else.";
    assert_eq!(refused, Refused::Conflict(words.to_owned()));
    let refused = story.refused(|case, setting| refuse(case, "It was right", &boss, setting));
    assert!(
        matches!(refused, Refused::Conflict(_)),
        "nor do they turn away the one who asks: {refused}"
    );
    assert!(
        story
            .clone()
            .try_act(&ruth(), |case, setting| accept(case, &owen(), None, &ruth(), setting))
            .is_ok()
    );
}

#[test]
fn a_refusal_has_a_reason_that_the_complainant_is_told() {
    let refused = asked().refused(|case, setting| refuse(case, " ", &ruth(), setting));
    assert_eq!(
        refused.to_string(),
        "Say why, in words for the complainant: we send them"
    );
    let story = asked().act(&ruth(), |case, setting| {
        refuse(case, " The decision covers everything. ", &ruth(), setting)
    });
    assert_eq!(story.letters.len(), 1);
    assert_eq!(story.letters[0].kind, LetterKind::EscalationRefused);
    assert_eq!(story.letters[0].body, "The decision covers everything.");
    assert!(
        matches!(story.case.state, State::Closed(Ending::Decided, Some(_))),
        "{:?}",
        story.case.state
    );
    assert_eq!(
        story.case.escalation_refused.as_deref(),
        Some("The decision covers everything.")
    );
}

#[test]
fn a_procedure_may_forbid_refusals() {
    let house = House::with(
        &testkit::house::procedure_text().replace("refusal = \"with_reason\"", "refusal = \"not_allowed\""),
    );
    let story = Story::begin_in(&house, &form(), &by_web(), "2026-06-09 09:15")
        .at_stage_1()
        .decided()
        .letters_arrive()
        .asks_for_stage_2();
    let refused = story.refused(|case, setting| refuse(case, "No", &ruth(), setting));
    assert!(
        refused
            .to_string()
            .starts_with("The procedure does not allow this request to be refused"),
        "{refused}"
    );
}

#[test]
fn a_request_is_answered_and_not_closed_away() {
    let refused = asked().refused(|case, setting| {
        rules::handling::close::close(case, Ending::Referred, "Somewhere else", &ruth(), setting)
    });
    assert!(refused.to_string().contains("Decide that first"), "{refused}");
}

#[test]
fn a_complainant_may_take_a_request_back_and_still_ask_again() {
    let story = asked().complainant(|case, _| rules::handling::close::withdraw(case, "It is fine now", None));
    assert!(
        matches!(story.case.state, State::Closed(Ending::Withdrawn, Some(_))),
        "the decision is still there"
    );
    assert!(matches!(
        story.asks_for_stage_2().case.state,
        State::EscalationPending(..)
    ));
}

#[test]
fn moved_by_staff_without_a_decision_no_time_is_gained() {
    let story = Story::received().at_stage_1().on("2026-06-11 10:00");
    let story = story.act(&amara(), |case, setting| {
        reroute(case, &to_stage_2(StageReason::Complex, &dana()), &amara(), setting)
    });
    assert_eq!(story.decision_on(), day("2026-07-07"), "from receipt (A18)");
    assert_eq!(
        story.dates().iter().filter(|date| date.duty == Duty::Decision).count(),
        1,
        "the clock of stage 1 is gone"
    );
    assert_eq!(story.owed(), [LetterKind::Stage2Started]);
    let entry = &story.case.stages[1].entry;
    assert_eq!(
        (entry.reason, entry.note.as_deref()),
        (StageReason::Complex, Some("Three teams are involved"))
    );
}

#[test]
fn the_procedure_says_from_when_a_moved_case_counts() {
    let changed =
        testkit::house::procedure_text().replacen("rerouted = \"received\" ", "rerouted = \"stage_entered\" ", 1);
    let house = House::with(&changed);
    let story = Story::begin_in(&house, &form(), &by_web(), "2026-06-09 09:15")
        .at_stage_1()
        .on("2026-06-11 10:00");
    let story = story.act(&amara(), |case, setting| {
        reroute(case, &to_stage_2(StageReason::Complex, &dana()), &amara(), setting)
    });
    assert_eq!(story.decision_on(), day("2026-07-09"), "from the day of the move (P16)");
}

#[test]
fn a_move_has_a_reason_of_the_list_and_words() {
    let story = Story::received().at_stage_1();
    for reason in [StageReason::Frontline, StageReason::Escalated, StageReason::Vip] {
        let refused = story.refused(|case, setting| reroute(case, &to_stage_2(reason, &dana()), &amara(), setting));
        assert!(
            matches!(&refused, Refused::Fields { fields } if fields[0].field == "reason"),
            "{reason:?}: {refused}"
        );
    }
    let silent = Reroute {
        note: " ".to_owned(),
        ..to_stage_2(StageReason::HighRisk, &dana())
    };
    let refused = story.refused(|case, setting| reroute(case, &silent, &amara(), setting));
    assert_eq!(refused.to_string(), "Say in a few words why it needs an investigation");
}

#[test]
fn a_move_adds_to_what_triage_found() {
    let story = Story::received().at_stage_1();
    let mut story = story;
    let known = RiskAssessed {
        complex: false,
        high_risk: true,
        needs_investigation: false,
        reason: Some("Marks".to_owned()),
    };
    story.append(Event::RiskAssessed(known), rules::people::Actor::Staff(ruth().id));
    let story = story.act(&amara(), |case, setting| {
        reroute(case, &to_stage_2(StageReason::Complex, &dana()), &amara(), setting)
    });
    let risk = story.case.risk.unwrap();
    assert!(risk.complex && risk.high_risk, "{risk:?}");
}

#[test]
fn only_open_stage_1_cases_are_moved() {
    let by = ruth();
    let stage_2 = Story::received().at_stage_2();
    let refused =
        stage_2.refused(|case, setting| reroute(case, &to_stage_2(StageReason::Complex, &owen()), &by, setting));
    assert_eq!(refused.to_string(), "This is the last stage of the procedure.");
    let refused =
        answered().refused(|case, setting| reroute(case, &to_stage_2(StageReason::Complex, &owen()), &by, setting));
    assert!(matches!(refused, Refused::NotNow(_)), "{refused}");
    let refused = Story::received()
        .at_stage_1()
        .refused(|case, setting| reroute(case, &to_stage_2(StageReason::Complex, &jo()), &by, setting));
    assert!(
        refused.to_string().starts_with("Jo Whitfield cannot work on Stage 2"),
        "{refused}"
    );
    let refused = Story::received()
        .at_stage_1()
        .refused(|case, setting| reroute(case, &to_stage_2(StageReason::Complex, &dana()), &iris(), setting));
    assert!(matches!(refused, Refused::NotAllowed { .. }), "{refused}");
}

#[test]
fn thanks_lead_to_no_stage() {
    let story = Story::begin(&thanks(), &by_web(), "2026-06-09 09:15");
    let refused = story.refused(|case, setting| escalate::request(case, Channel::Web, None, setting));
    assert!(matches!(refused, Refused::NotNow(_)), "{refused}");
}
