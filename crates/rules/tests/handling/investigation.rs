//! Stage 2: a manager who was not involved investigates, writes, and senior management may have to approve (R28, R71, R72, R77, R78).

use rules::case::event::PointAdded;
use rules::case::facts::Remedy;
use rules::case::vocabulary::{Ending, Means, Outcome};
use rules::case::{Decision, Event, Refused, State};
use rules::deadlines::Duty;
use rules::handling::draft::{self, AskSignOff};
use rules::handling::tell::{Told, tell};
use rules::handling::triage::assign;
use rules::handling::{contact, sign_off};
use rules::letters::LetterKind;
use rules::people::Actor;
use testkit::people::{amara, dana, helen, iris, owen, robin, ruth, samir};
use testkit::words::judged_for;
use testkit::{Story, at, day};

fn submit(story: Story<'static>, decision: Decision) -> Story<'static> {
    story.act(&dana(), |case, setting| {
        draft::submit(case, decision, AskSignOff::AsRulesSay, &dana(), setting)
    })
}

#[test]
fn a_written_decision_that_no_rule_wants_signed_goes_straight_out() {
    let story = Story::received().at_stage_2();
    let decision = story.decision();
    let story = submit(story, decision);
    assert!(matches!(story.case.state, State::Decided(..)));
    assert_eq!(story.owed(), [LetterKind::Stage2Decision]);
    let story = story.on("2026-06-20 10:00").letters_arrive();
    assert!(matches!(story.case.state, State::Closed(Ending::Decided, Some(_))));
    assert_eq!(story.date(Duty::Decision).unwrap().met_at, Some(at("2026-06-20 10:00")));
}

#[test]
fn money_brings_it_to_senior_management() {
    for kind in ["refund", "compensation", "goodwill"] {
        let story = Story::received().at_stage_2();
        let decision = Decision {
            remedies: vec![Remedy {
                kind: kind.to_owned(),
                text: None,
            }],
            ..story.decision()
        };
        let story = submit(story, decision);
        assert!(matches!(story.case.state, State::SignOff(..)), "{kind}");
        let Some(Event::SignOffRequested(asked)) = story.history.last().map(|recorded| recorded.event.clone()) else {
            panic!()
        };
        assert_eq!(asked.because, "money is offered");
        assert_eq!(story.owed(), [], "nothing goes out unsigned (R78)");
    }
}

#[test]
fn high_risk_brings_it_to_senior_management() {
    let mut judgement = judged_for(&dana());
    judgement.risk.high_risk = true;
    judgement.risk.reason = Some("Marks were lost".to_owned());
    let story = Story::received().act(&ruth(), |case, setting| {
        rules::handling::triage::triage(case, &judgement, &ruth(), setting)
    });
    let decision = story.decision();
    let story = submit(story, decision);
    let Some(Event::SignOffRequested(asked)) = story.history.last().map(|recorded| recorded.event.clone()) else {
        panic!()
    };
    assert_eq!(asked.because, "the risk is high");
}

#[test]
fn an_author_may_ask_for_a_sign_off() {
    let story = Story::received().at_stage_2().drafted();
    let Some(Event::SignOffRequested(asked)) = story.history.last().map(|recorded| recorded.event.clone()) else {
        panic!()
    };
    assert_eq!(
        (asked.because.as_str(), asked.version),
        ("somebody asked for it to be signed off", 1)
    );
}

#[test]
fn an_approved_letter_goes_out_as_its_authors() {
    let story = Story::received().at_stage_2().drafted().signed_off();
    assert!(matches!(story.case.state, State::Decided(..)));
    assert_eq!(story.letters.len(), 1);
    assert_eq!(story.letters[0].signed_by, Some(dana().id), "who wrote it signs it");
    assert_eq!(
        story.case.stages[0].decided_by.map(|(who, _)| who),
        Some(dana().id),
        "who wrote it decided"
    );
    let story = story.letters_arrive();
    assert!(matches!(story.case.state, State::Closed(Ending::Decided, _)));
}

#[test]
fn nobody_signs_off_what_they_wrote_or_investigated() {
    let boss = robin();
    let story = Story::received().at_stage_2();
    let story = story.act(&ruth(), |case, setting| assign(case, &boss, None, &ruth(), setting));
    let decision = story.decision();
    let story = story.act(&boss, |case, setting| {
        draft::submit(case, decision, AskSignOff::Yes, &boss, setting)
    });
    let refused =
        story.refused(|case, setting| sign_off::approve(case, &testkit::words::version(1), None, &boss, setting));
    assert_eq!(
        refused,
        Refused::Conflict(
            "Robin Castle wrote this letter, so Robin cannot sign it off. Choose someone else.".to_owned()
        )
    );
    let refused = story.refused(|case, _| sign_off::send_back(case, 1, "No", &boss));
    assert!(matches!(refused, Refused::Conflict(_)), "not even sent back: {refused}");
}

#[test]
fn an_earlier_investigator_does_not_sign_off_either() {
    let boss = robin();
    let story = Story::received()
        .at_stage_2()
        .act(&ruth(), |case, setting| assign(case, &boss, None, &ruth(), setting));
    let story = story
        .act(&ruth(), |case, setting| assign(case, &dana(), None, &ruth(), setting))
        .drafted();
    let refused =
        story.refused(|case, setting| sign_off::approve(case, &testkit::words::version(1), None, &boss, setting));
    let words = "Robin Castle investigated this complaint, so Robin cannot sign it off. Choose someone else.";
    assert_eq!(refused.to_string(), words);
}

#[test]
fn who_decided_at_stage_1_does_not_sign_off_stage_2() {
    let boss = robin();
    let story = Story::received().at_stage_1();
    let decision = story.decision();
    let told = rules::handling::decide::Telling::InWriting;
    let story = story.act(&boss, |case, setting| {
        rules::handling::decide::decide(case, decision, &told, &boss, setting)
    });
    let story = story.letters_arrive().asks_for_stage_2().accepted().drafted();
    let refused =
        story.refused(|case, setting| sign_off::approve(case, &testkit::words::version(1), None, &boss, setting));
    let words =
        "Robin Castle made the stage 1 decision on this complaint, so Robin cannot sign it off. Choose someone else.";
    assert_eq!(refused.to_string(), words);
}

#[test]
fn a_letter_that_changed_while_it_was_read_is_not_approved() {
    let story = Story::received().at_stage_2().drafted();
    let story = story.act(&samir(), |case, _| {
        sign_off::send_back(case, 1, "Say what changes", &samir())
    });
    let story = story.drafted();
    let refused =
        story.refused(|case, setting| sign_off::approve(case, &testkit::words::version(1), None, &samir(), setting));
    assert_eq!(
        refused.to_string(),
        "The letter changed while you read it: version 2 is waiting now. Read it before you decide."
    );
    assert!(matches!(story.signed_off().case.state, State::Decided(..)));
}

#[test]
fn a_letter_sent_back_says_what_must_change_and_can_come_again() {
    let story = Story::received().at_stage_2().drafted();
    let refused = story.refused(|case, _| sign_off::send_back(case, 1, " ", &samir()));
    assert_eq!(
        refused.to_string(),
        "Write what needs to change, so that the author knows"
    );
    let story = story.act(&samir(), |case, _| {
        sign_off::send_back(case, 1, "Say what changes", &samir())
    });
    let State::Open(work) = &story.case.state else {
        panic!("{:?}", story.case.state)
    };
    assert_eq!(work.returned.as_deref(), Some("Say what changes"));
    assert_eq!(
        work.draft.as_ref().map(|draft| draft.version),
        Some(1),
        "the draft is still there to be changed"
    );
    let story = story.drafted();
    let State::SignOff(work, draft) = &story.case.state else {
        panic!()
    };
    assert_eq!((work.returned.as_deref(), draft.version), (None, 2));
}

#[test]
fn what_was_sent_back_is_seen_again_whatever_became_of_its_ground() {
    let story = Story::received().at_stage_2().drafted().act(&samir(), |case, _| {
        sign_off::send_back(case, 1, "Say sorry first", &samir())
    });
    let decision = story.decision();
    let story = submit(story, decision);
    assert!(matches!(story.case.state, State::SignOff(..)), "{:?}", story.case.state);
}

#[test]
fn nothing_is_signed_off_that_does_not_wait() {
    let story = Story::received().at_stage_2();
    let refused =
        story.refused(|case, setting| sign_off::approve(case, &testkit::words::version(1), None, &samir(), setting));
    assert_eq!(
        refused.to_string(),
        "You cannot sign this off now: this case is being worked on."
    );
    for by in [dana(), helen(), ruth(), iris()] {
        let story = Story::received().at_stage_2().drafted();
        let refused =
            story.refused(|case, setting| sign_off::approve(case, &testkit::words::version(1), None, &by, setting));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{}: {refused}", by.name);
    }
}

#[test]
fn a_draft_need_not_be_complete_but_a_submission_must() {
    let story = Story::received().at_stage_2();
    let mut half = Decision {
        reasons: String::new(),
        root_cause: None,
        ..story.decision()
    };
    half.points[0].finding = String::new();
    let saved = half.clone();
    let story = story.act(&dana(), |case, setting| draft::save(case, saved, &dana(), setting));
    assert_eq!(story.case.draft().map(|draft| draft.version), Some(1));
    let refused = story.refused(|case, setting| draft::submit(case, half, AskSignOff::AsRulesSay, &dana(), setting));
    let Refused::Fields { fields } = refused else {
        panic!("{refused}")
    };
    let named: Vec<&str> = fields.iter().map(|field| field.field).collect();
    assert_eq!(named, ["finding-1", "found", "root_cause"]);
    assert_eq!(
        fields[0].message,
        "Write what you found on point 1: The Wi-Fi in the Main Library dropped four times during my online test"
    );
}

#[test]
fn every_point_has_its_own_finding_also_one_added_later() {
    let story = Story::received().at_stage_2();
    let only_first = story.decision();
    let story = story.act(&dana(), |case, _| {
        contact::point(case, "Nobody called me back", &dana())
    });
    assert_eq!(story.case.points.len(), 2);
    let refused =
        story.refused(|case, setting| draft::submit(case, only_first, AskSignOff::AsRulesSay, &dana(), setting));
    assert_eq!(
        refused.to_string(),
        "Write what you found on point 2: Nobody called me back"
    );
    let both = story.decision();
    assert!(matches!(submit(story, both).case.state, State::Decided(..)));
}

#[test]
fn a_new_issue_after_the_decision_is_a_new_complaint() {
    let story = Story::received().at_stage_2().drafted();
    let refused = story.refused(|case, _| contact::point(case, "And the printer", &dana()));
    assert!(
        refused.to_string().contains("A new issue now is a new complaint"),
        "{refused}"
    );
}

#[test]
fn some_points_upheld_is_partly_upheld() {
    let story = Story::received().at_stage_2().act(&dana(), |case, _| {
        contact::point(case, "Nobody called me back", &dana())
    });
    let mut decision = story.decision();
    decision.points[1].outcome = Outcome::NotUpheld;
    let refused =
        story.refused(|case, setting| draft::submit(case, decision.clone(), AskSignOff::AsRulesSay, &dana(), setting));
    assert!(
        refused
            .to_string()
            .starts_with("The outcome does not follow from the points"),
        "{refused}"
    );
    decision.outcome = Outcome::PartlyUpheld;
    assert!(matches!(submit(story, decision).case.state, State::Decided(..)));
}

#[test]
fn only_the_accountable_investigator_writes() {
    let story = Story::received().at_stage_2();
    let refused = story.refused(|case, setting| draft::save(case, story.decision(), &owen(), setting));
    assert_eq!(
        refused.to_string(),
        "Somebody else is investigating this complaint. Ask for it to be passed to you first."
    );
    let refused = story.refused(|case, setting| draft::save(case, story.decision(), &amara(), setting));
    assert!(matches!(refused, Refused::NotAllowed { .. }), "{refused}");
    let story = story.act(&ruth(), |case, setting| assign(case, &owen(), None, &ruth(), setting));
    let decision = story.decision();
    let story = story.act(&owen(), |case, setting| draft::save(case, decision, &owen(), setting));
    let refused = story.refused(|case, setting| draft::save(case, story.decision(), &dana(), setting));
    assert!(matches!(refused, Refused::Rule(_)), "{refused}");
}

#[test]
fn the_clock_of_stage_2_runs_on_while_senior_management_reads() {
    let story = Story::received().at_stage_2().drafted();
    assert_eq!(story.decision_on(), day("2026-07-07"));
    assert_eq!(story.date(Duty::Decision).unwrap().met_at, None);
    assert!(story.date(Duty::Update).is_some(), "and news is owed meanwhile (R24)");
}

#[test]
fn a_letter_of_stage_2_that_never_arrives_goes_by_post_and_not_by_phone() {
    let story = Story::received()
        .at_stage_2()
        .drafted()
        .signed_off()
        .on("2026-06-12 10:00");
    let by_phone = Told {
        letter: LetterKind::Stage2Decision,
        by: Means::Phone,
        at: story.now,
        words: "The whole letter, posted to her hall.".to_owned(),
    };
    let refused = story.refused(|case, setting| tell(case, &by_phone, &dana(), setting));
    assert!(refused.to_string().contains("in writing"), "{refused}");
    let by_post = Told {
        by: Means::Post,
        ..by_phone
    };
    let story = story.act(&dana(), |case, setting| tell(case, &by_post, &dana(), setting));
    assert!(matches!(story.case.state, State::Closed(Ending::Decided, _)));
}

#[test]
fn a_late_investigation_says_why_even_when_nobody_extended_it() {
    let story = Story::received().at_stage_2().on("2026-07-08 09:00");
    let refused =
        story.refused(|case, setting| draft::submit(case, story.decision(), AskSignOff::AsRulesSay, &dana(), setting));
    assert_eq!(
        refused.to_string(),
        "This decision is late. Say why: the monthly review reads it"
    );
}

#[test]
fn an_event_about_a_point_is_numbered_by_the_case() {
    let mut story = Story::received();
    story.append(Event::PointAdded(PointAdded { text: "Two".to_owned() }), Actor::System);
    story.append(
        Event::PointAdded(PointAdded {
            text: "Three".to_owned(),
        }),
        Actor::System,
    );
    let numbers: Vec<u32> = story.case.points.iter().map(|point| point.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
}
