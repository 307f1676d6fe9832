//! Stage 1: decided by the front line, without approval, spoken or written (R48, R49, R57, R59, R63-R65, A7, A36).

use rules::case::facts::{Action, Learning, PointDecision};
use rules::case::vocabulary::{Ending, LearningAnswer, Means, Outcome, Satisfaction};
use rules::case::{Decision, Event, Refused, State};
use rules::deadlines::Duty;
use rules::handling::decide::{Spoken, Telling, decide};
use rules::handling::tell::{Told, tell};
use rules::letters::LetterKind;
use testkit::people::{amara, dana, iris, jo, marcus, ruth, samir};
use testkit::words::{action, anonymous_form, by_phone, by_web, form, taken};
use testkit::{House, Story, at, day};

const WRITTEN: Telling = Telling::InWriting;

fn by_phone_at(local: &str) -> Telling {
    Telling::Spoken(Spoken {
        by: Means::Phone,
        at: at(local),
    })
}

/// What Amara is told when she decides like this at stage 1.
fn refusal(change: impl FnOnce(&mut Decision)) -> Vec<(&'static str, String)> {
    let story = Story::received().at_stage_1();
    let mut decision = story.decision();
    change(&mut decision);
    match story.refused(|case, setting| decide(case, decision, &WRITTEN, &amara(), setting)) {
        Refused::Fields { fields } => fields.into_iter().map(|field| (field.field, field.message)).collect(),
        other => panic!("not refused by field: {other}"),
    }
}

fn allowed(change: impl FnOnce(&mut Decision)) -> bool {
    let mut story = Story::received().at_stage_1();
    let mut decision = story.decision();
    change(&mut decision);
    story
        .try_act(&amara(), |case, setting| {
            decide(case, decision, &WRITTEN, &amara(), setting)
        })
        .is_ok()
}

#[test]
fn a_written_decision_stops_the_clock_when_it_arrives_and_closes_the_case() {
    let story = Story::received().at_stage_1().on("2026-06-12 16:00").decided();
    assert!(matches!(story.case.state, State::Decided(..)));
    assert_eq!(story.owed(), [LetterKind::Stage1Decision]);
    assert_eq!(
        story.date(Duty::Decision).unwrap().met_at,
        None,
        "decided is not told (A7)"
    );
    let story = story.on("2026-06-12 16:01").letters_arrive();
    assert!(
        matches!(story.case.state, State::Closed(Ending::Decided, Some(_))),
        "no approval is needed (R49)"
    );
    assert_eq!(story.date(Duty::Decision).unwrap().met_at, Some(at("2026-06-12 16:01")));
    assert_eq!(story.kinds().last(), Some(&"case.closed"));
}

#[test]
fn a_call_resolved_at_once_is_logged_decided_and_closed_in_one_save() {
    let clerk = amara();
    let story = Story::begin(&form(), &by_phone(&clerk), "2026-06-09 09:15");
    let story = story.act(&clerk, |case, setting| {
        rules::handling::triage::take(case, &taken(), &clerk, setting)
    });
    let decision = Decision {
        satisfaction: Satisfaction::Yes,
        ..story.decision()
    };
    let told = by_phone_at("2026-06-09 09:15");
    let story = story.act(&clerk, |case, setting| decide(case, decision, &told, &clerk, setting));
    assert!(matches!(story.case.state, State::Closed(Ending::Decided, _)));
    assert_eq!(
        story.owed(),
        [LetterKind::Acknowledgement],
        "the decision was told; no letter is owed for it"
    );
}

#[test]
fn a_decision_told_yesterday_stopped_the_clock_yesterday() {
    let story = Story::received().at_stage_1().on("2026-06-13 11:00");
    let decision = story.decision();
    let told = by_phone_at("2026-06-12 15:00");
    let story = story.act(&amara(), |case, setting| {
        decide(case, decision, &told, &amara(), setting)
    });
    let date = story.date(Duty::Decision).unwrap();
    assert_eq!(
        (date.due_on, date.met_at),
        (day("2026-06-12"), Some(at("2026-06-12 15:00")))
    );
    assert!(
        !date.is_late(story.now),
        "it was in time, so no reason for lateness is asked for"
    );
}

#[test]
fn a_telling_lies_between_the_receipt_and_now() {
    let story = Story::received().at_stage_1().on("2026-06-10 11:00");
    for when in ["2026-06-10 11:01", "2026-06-09 09:14"] {
        let refused =
            story.refused(|case, setting| decide(case, story.decision(), &by_phone_at(when), &amara(), setting));
        assert_eq!(
            refused.to_string(),
            "Enter when you told them: after the complaint reached us, and not in the future"
        );
    }
}

#[test]
fn a_telling_is_spoken_or_it_is_a_letter() {
    let story = Story::received().at_stage_1();
    let by_mail = Telling::Spoken(Spoken {
        by: Means::Email,
        at: story.now,
    });
    let refused = story.refused(|case, setting| decide(case, story.decision(), &by_mail, &amara(), setting));
    assert_eq!(
        refused.to_string(),
        "Choose how you told them: phone, in person, chat or social media"
    );
}

#[test]
fn a_decision_told_before_any_acknowledgement_acknowledges_too() {
    // The acknowledgement came back, and the person was called instead.
    let mut story = Story::received();
    story.letters.clear();
    let story = story.at_stage_1().on("2026-06-10 10:00");
    assert_eq!(story.case.acknowledged, None);
    let (decision, told) = (story.decision(), by_phone_at("2026-06-10 10:00"));
    let story = story.act(&amara(), |case, setting| {
        decide(case, decision, &told, &amara(), setting)
    });
    assert!(
        matches!(story.case.state, State::Closed(Ending::Decided, _)),
        "it says more than an acknowledgement, and the case can end"
    );
    assert_eq!(
        story.date(Duty::Acknowledge).unwrap().met_at,
        Some(at("2026-06-10 10:00"))
    );
}

#[test]
fn each_missing_part_is_named_in_the_order_of_the_form() {
    let found = refusal(|decision| {
        decision.reasons = "  ".to_owned();
        decision.what_we_did = String::new();
        decision.resolution_kinds.clear();
        decision.learning = None;
    });
    let expected = [
        ("found", "Write what you found"),
        ("did", "Write what you did to put it right, or what will be done"),
        (
            "resolution",
            "Choose how it was resolved: apology, explanation or other action",
        ),
        ("learning", "Say whether we learnt something"),
    ];
    assert_eq!(found, expected.map(|(field, message)| (field, message.to_owned())));
}

#[test]
fn what_was_learnt_is_written_down() {
    for text in [None, Some(String::new()), Some("  ".to_owned())] {
        let found = refusal(|decision| {
            decision.learning = Some(Learning {
                answer: LearningAnswer::Yes,
                text,
            })
        });
        assert_eq!(found, [("learned", "Write what we learnt".to_owned())]);
    }
    assert!(allowed(|decision| decision.learning = Some(Learning {
        answer: LearningAnswer::Yes,
        text: Some("Call back".to_owned())
    })));
}

#[test]
fn an_action_in_place_of_a_deed_needs_owner_and_day() {
    assert!(allowed(|decision| {
        decision.what_we_did = String::new();
        decision.actions = vec![action("Replace the other points", day("2026-06-30"))];
    }));
    let nobody = |decision: &mut Decision| {
        decision.actions = vec![Action {
            owner: " ".to_owned(),
            ..action("x", day("2026-06-30"))
        }]
    };
    assert_eq!(
        refusal(nobody),
        [(
            "action-1-owner",
            "Give each follow-on action an owner and a date".to_owned()
        )]
    );
    let past = |decision: &mut Decision| decision.actions = vec![action("x", day("2026-06-08"))];
    assert_eq!(
        refusal(past),
        [(
            "action-1-by",
            "Choose a date for each follow-on action that is not in the past".to_owned()
        )]
    );
    assert!(allowed(
        |decision| decision.actions = vec![action("Today", day("2026-06-09"))]
    ));
}

#[test]
fn the_outcome_follows_from_the_points_unless_they_agreed_on_it() {
    let message =
        "The outcome does not follow from the points. All upheld is upheld, some is partly upheld, none is not upheld";
    assert_eq!(
        refusal(|decision| decision.outcome = Outcome::NotUpheld),
        [("outcome", message.to_owned())]
    );
    assert!(allowed(|decision| decision.outcome = Outcome::Resolved));
    assert!(allowed(|decision| {
        decision.points.clear();
        decision.outcome = Outcome::NotUpheld;
    }));
}

#[test]
fn a_decision_answers_points_that_exist_and_each_once() {
    let invented = |decision: &mut Decision| {
        decision.points.push(PointDecision {
            number: 7,
            outcome: Outcome::Upheld,
            finding: "x".to_owned(),
        })
    };
    assert_eq!(refusal(invented)[0].0, "points");
    let twice = |decision: &mut Decision| decision.points.push(decision.points[0].clone());
    assert_eq!(refusal(twice)[0].0, "points");
}

#[test]
fn an_outcome_that_the_stage_does_not_have_is_refused() {
    let text = testkit::house::procedure_text();
    let house = House::with(&text.replacen("outcomes = [\"resolved\", \"upheld\", ", "outcomes = [\"upheld\", ", 1));
    let story = Story::begin_in(&house, &form(), &by_web(), "2026-06-09 09:15").at_stage_1();
    let decision = Decision {
        outcome: Outcome::Resolved,
        ..story.decision()
    };
    let refused = story.refused(|case, setting| decide(case, decision, &WRITTEN, &amara(), setting));
    assert_eq!(refused.to_string(), "Choose whether the complaint was upheld");
}

#[test]
fn an_outcome_by_another_name_counts_as_its_core() {
    // The adjudicator's words: justified is upheld (P37).
    let text = testkit::house::procedure_text()
        .replace("\"upheld\", \"partly_upheld\"", "\"justified\", \"partly_upheld\"")
        .replace(
            "code = \"upheld\"\nname = \"Upheld\"",
            "code = \"justified\"\nname = \"Justified\"",
        );
    let house = House::with(&text);
    let mut story = Story::begin_in(&house, &form(), &by_web(), "2026-06-09 09:15").at_stage_1();
    let decision = story.decision();
    let done = story.try_act(&amara(), |case, setting| {
        decide(case, decision, &WRITTEN, &amara(), setting)
    });
    assert!(done.is_ok(), "{done:?}");
}

#[test]
fn a_late_decision_says_why() {
    let story = Story::received().at_stage_1().on("2026-06-13 00:00");
    let refused = story.refused(|case, setting| decide(case, story.decision(), &WRITTEN, &amara(), setting));
    assert_eq!(
        refused.to_string(),
        "This decision is late. Say why: the monthly review reads it"
    );
    let blank = Decision {
        late_reason: Some(" ".to_owned()),
        ..story.decision()
    };
    story.refused(|case, setting| decide(case, blank, &WRITTEN, &amara(), setting));
    let with_reason = Decision {
        late_reason: Some("The supplier answered late".to_owned()),
        ..story.decision()
    };
    let story = story
        .act(&amara(), |case, setting| {
            decide(case, with_reason, &WRITTEN, &amara(), setting)
        })
        .letters_arrive();
    assert!(story.date(Duty::Decision).unwrap().is_late(story.now));
}

#[test]
fn the_last_second_of_the_day_is_in_time() {
    let mut story = Story::received().at_stage_1();
    story.now = "2026-06-12T22:59:59.9Z".parse().unwrap();
    let (decision, told) = (
        story.decision(),
        Telling::Spoken(Spoken {
            by: Means::Phone,
            at: story.now,
        }),
    );
    let story = story.act(&amara(), |case, setting| {
        decide(case, decision, &told, &amara(), setting)
    });
    assert!(
        !story.date(Duty::Decision).unwrap().is_late(story.now),
        "fractions of the last second are in time"
    );
}

#[test]
fn every_promise_becomes_an_action_with_a_number() {
    let story = Story::received().at_stage_1();
    let promises = vec![
        action("Replace the other points", day("2026-06-30")),
        action("Tell the Helpline", day("2026-06-10")),
    ];
    let decision = Decision {
        actions: promises.clone(),
        ..story.decision()
    };
    let story = story.act(&amara(), |case, setting| {
        decide(case, decision, &WRITTEN, &amara(), setting)
    });
    assert_eq!(story.case.actions, promises);
    let numbers: Vec<u32> = story
        .history
        .iter()
        .filter_map(|recorded| match &recorded.event {
            Event::ActionCreated(created) => Some(created.number),
            _ => None,
        })
        .collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn frontline_staff_decide_and_nobody_else() {
    for by in [amara(), jo(), marcus(), ruth()] {
        let mut story = Story::received().at_stage_1();
        let decision = story.decision();
        assert!(
            story
                .try_act(&by, |case, setting| decide(case, decision, &WRITTEN, &by, setting))
                .is_ok(),
            "{}",
            by.name
        );
        assert_eq!(story.case.stages[0].decided_by.map(|(who, _)| who), Some(by.id));
    }
    for by in [dana(), samir(), iris()] {
        let story = Story::received().at_stage_1();
        let refused = story.refused(|case, setting| decide(case, story.decision(), &WRITTEN, &by, setting));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{}: {refused}", by.name);
    }
}

#[test]
fn a_case_is_decided_once_and_only_after_triage() {
    let decided = Story::received().at_stage_1().decided();
    let refused = decided.refused(|case, setting| decide(case, decided.decision(), &WRITTEN, &amara(), setting));
    assert_eq!(
        refused.to_string(),
        "You cannot record a decision now: this case has been decided. It closes by itself once the decision has reached the complainant."
    );
    let new = Story::received();
    let refused = new.refused(|case, setting| decide(case, new.decision(), &WRITTEN, &amara(), setting));
    assert_eq!(
        refused.to_string(),
        "You cannot record a decision now: this case is still in triage. Triage it first."
    );
}

#[test]
fn an_investigation_is_not_decided_in_passing() {
    let story = Story::received().at_stage_2();
    let told = Telling::Spoken(Spoken {
        by: Means::Phone,
        at: story.now,
    });
    let refused = story.refused(|case, setting| decide(case, story.decision(), &told, &ruth(), setting));
    assert_eq!(
        refused.to_string(),
        "Stage 2: investigation needs a written decision. Write a draft and send it for sign-off."
    );
}

fn told_by_phone(local: &str) -> Told {
    Told {
        letter: LetterKind::Stage1Decision,
        by: Means::Phone,
        at: at(local),
        words: "I read her the decision.".to_owned(),
    }
}

#[test]
fn a_letter_that_never_arrives_is_told_in_another_way() {
    let story = Story::received()
        .at_stage_1()
        .on("2026-06-11 10:00")
        .decided()
        .on("2026-06-11 15:00");
    let told = told_by_phone("2026-06-11 14:55");
    let story = story.act(&amara(), |case, setting| tell(case, &told, &amara(), setting));
    assert!(matches!(story.case.state, State::Closed(Ending::Decided, _)));
    assert_eq!(story.date(Duty::Decision).unwrap().met_at, Some(at("2026-06-11 14:55")));
    // The letter comes after all: it is on record and changes nothing.
    let story = story.on("2026-06-11 16:00").letters_arrive();
    assert_eq!(story.kinds().last(), Some(&"letter.delivered"));
    assert_eq!(story.date(Duty::Decision).unwrap().met_at, Some(at("2026-06-11 14:55")));
}

#[test]
fn only_a_decision_that_is_on_its_way_is_told_in_another_way() {
    let open = Story::received().at_stage_1();
    let told = told_by_phone("2026-06-09 09:15");
    assert!(matches!(
        open.refused(|case, setting| tell(case, &told, &amara(), setting)),
        Refused::NotNow(_)
    ));
    let decided = Story::received()
        .at_stage_1()
        .on("2026-06-11 10:00")
        .decided()
        .on("2026-06-11 15:00");
    let before = told_by_phone("2026-06-11 09:59");
    assert!(
        matches!(
            decided.refused(|case, setting| tell(case, &before, &amara(), setting)),
            Refused::Fields { .. }
        ),
        "before it was made"
    );
    assert!(matches!(
        decided.refused(|case, setting| tell(case, &told, &iris(), setting)),
        Refused::NotAllowed { .. }
    ));
}

#[test]
fn an_anonymous_complaint_is_decided_like_any_other() {
    let story = Story::begin(&anonymous_form(), &by_web(), "2026-06-09 09:15")
        .at_stage_1()
        .decided()
        .letters_arrive();
    assert!(matches!(story.case.state, State::Closed(Ending::Decided, _)));
}
