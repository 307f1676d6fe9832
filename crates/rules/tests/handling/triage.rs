//! Triage: a person judges, the procedure says at which stage it begins (R22, R53-R56, R60, A12, A24).

use rules::case::event::{CategorySet, RiskAssessed, UrgencySet};
use rules::case::vocabulary::{Ending, FeedbackKind, Outcome, StageReason, Urgency};
use rules::case::{Refused, State};
use rules::handling::triage::{self, Triage, assign, categorise, reclassify, take, triage};
use rules::letters::LetterKind;
use rules::people::Role;
use testkit::people::{amara, dana, grace, helen, iris, jo, marcus, person, ruth, samir, tom};
use testkit::words::{by_phone, by_web, form, judged_for, no_risk, taken, thanks};
use testkit::{House, Story, day, house};

fn risky(reason: Option<&str>, of: fn(&mut RiskAssessed)) -> Triage {
    let mut judgement = judged_for(&dana());
    of(&mut judgement.risk);
    judgement.risk.reason = reason.map(str::to_owned);
    judgement
}

fn fields(refused: Refused) -> Vec<(&'static str, String)> {
    match refused {
        Refused::Fields { fields } => fields.into_iter().map(|field| (field.field, field.message)).collect(),
        other => panic!("not refused by field: {other}"),
    }
}

fn begins_at(judgement: &Triage) -> (u8, StageReason) {
    let story = Story::received().act(&ruth(), |case, setting| triage(case, judgement, &ruth(), setting));
    (story.case.stage(), story.case.stages[0].entry.reason)
}

#[test]
fn a_straightforward_complaint_begins_at_stage_1() {
    let story = Story::received().at_stage_1();
    assert_eq!(story.case.stage(), 1);
    assert_eq!(story.case.stages[0].entry.reason, StageReason::Frontline);
    assert_eq!(story.case.owner, Some(amara().id));
    assert_eq!(story.owed(), []);
    let expected = [
        "case.received",
        "job.created",
        "ack.sent",
        "category.set",
        "urgency.set",
        "risk.assessed",
        "stage.entered",
        "case.assigned",
    ];
    assert_eq!(story.kinds(), expected);
}

#[test]
fn each_reason_for_an_investigation_begins_at_stage_2() {
    let why = Some("Marks were lost");
    assert_eq!(
        begins_at(&risky(why, |risk| risk.complex = true)),
        (2, StageReason::Complex)
    );
    assert_eq!(
        begins_at(&risky(why, |risk| risk.high_risk = true)),
        (2, StageReason::HighRisk)
    );
    assert_eq!(
        begins_at(&risky(why, |risk| risk.needs_investigation = true)),
        (2, StageReason::NeedsInvestigation)
    );
}

#[test]
fn the_complainant_is_told_that_a_manager_investigates() {
    let story = Story::received().letters_arrive();
    let judgement = risky(Some("Marks were lost"), |risk| risk.high_risk = true);
    let story = story.act(&ruth(), |case, setting| triage(case, &judgement, &ruth(), setting));
    assert_eq!(story.owed(), [LetterKind::Stage2Started]);
    assert_eq!(story.decision_on(), day("2026-07-07"), "from receipt (A18)");
}

#[test]
fn a_reason_is_needed_for_an_investigation() {
    for reason in [None, Some(""), Some("  \n")] {
        let judgement = risky(reason, |risk| risk.complex = true);
        let refused = Story::received().refused(|case, setting| triage(case, &judgement, &ruth(), setting));
        assert_eq!(
            fields(refused),
            [(
                "risk_reason",
                "Say in a few words why it needs an investigation".to_owned()
            )]
        );
    }
}

#[test]
fn both_axes_of_the_category_are_asked_for() {
    let judgement = Triage {
        service: String::new(),
        problem: "Z9".to_owned(),
        ..judged_for(&amara())
    };
    let refused = Story::received().refused(|case, setting| triage(case, &judgement, &ruth(), setting));
    let expected = [
        ("service", "Choose the service that it is about".to_owned()),
        ("problem", "Choose what went wrong".to_owned()),
    ];
    assert_eq!(fields(refused), expected);
}

#[test]
fn a_code_of_one_axis_is_none_of_the_other() {
    let judgement = Triage {
        service: "B11".to_owned(),
        problem: "A3".to_owned(),
        ..judged_for(&amara())
    };
    let refused = Story::received().refused(|case, setting| triage(case, &judgement, &ruth(), setting));
    assert_eq!(fields(refused).len(), 2);
}

#[test]
fn only_those_who_coordinate_or_manage_may_triage() {
    for by in [amara(), dana(), samir(), iris(), tom(), grace()] {
        let refused = Story::received().refused(|case, setting| triage(case, &judged_for(&amara()), &by, setting));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{}: {refused}", by.name);
    }
    for by in [marcus(), ruth(), helen()] {
        assert!(
            Story::received()
                .try_act(&by, |case, setting| triage(case, &judged_for(&amara()), &by, setting))
                .is_ok(),
            "{}",
            by.name
        );
    }
}

#[test]
fn a_refusal_says_who_can_do_it() {
    let refused = Story::received().refused(|case, setting| triage(case, &judged_for(&amara()), &amara(), setting));
    let expected = "You cannot triage new complaints. Ask a frontline manager, a complaints coordinator or a customer services senior manager.";
    assert_eq!(refused.to_string(), expected);
}

#[test]
fn a_case_is_triaged_once() {
    let story = Story::received().at_stage_1();
    let refused = story.refused(|case, setting| triage(case, &judged_for(&jo()), &ruth(), setting));
    assert_eq!(
        refused.to_string(),
        "You cannot triage it now: this case is being worked on."
    );
}

#[test]
fn an_owner_must_be_able_to_do_the_work() {
    let line_manager = person(20, "Lena Hart", "Team Leader", &[Role::LineManager]);
    for owner in [dana(), samir(), iris(), tom(), grace(), helen(), line_manager] {
        let refused = Story::received().refused(|case, setting| triage(case, &judged_for(&owner), &ruth(), setting));
        assert!(
            refused
                .to_string()
                .starts_with(&format!("{} cannot work on Stage 1", owner.name)),
            "{refused}"
        );
    }
    for owner in [amara(), marcus(), ruth()] {
        assert!(
            Story::received()
                .try_act(&ruth(), |case, setting| triage(
                    case,
                    &judged_for(&owner),
                    &ruth(),
                    setting
                ))
                .is_ok()
        );
    }
}

#[test]
fn whoever_may_own_an_investigation_may_also_write_its_decision() {
    for owner in [dana(), ruth(), helen()] {
        let mut judgement = risky(Some("Marks were lost"), |risk| risk.high_risk = true);
        judgement.owner = owner.clone();
        let mut story = Story::received().act(&ruth(), |case, setting| triage(case, &judgement, &ruth(), setting));
        let decision = story.decision();
        let saved = story.try_act(&owner, |case, setting| {
            rules::handling::draft::save(case, decision, &owner, setting)
        });
        assert!(saved.is_ok(), "{}: {saved:?}", owner.name);
    }
}

#[test]
fn words_about_people_fit_the_first_letter_of_their_role() {
    let judgement = risky(Some("Marks were lost"), |risk| risk.high_risk = true);
    let judgement = Triage {
        owner: amara(),
        ..judgement
    };
    let refused = Story::received().refused(|case, setting| triage(case, &judgement, &ruth(), setting));
    assert_eq!(
        refused.to_string(),
        "Amara Osei cannot work on Stage 2: investigation. Choose an investigator, a complaints coordinator or a customer services senior manager."
    );
    let story = Story::received().at_stage_2();
    let refused =
        story.refused(|case, setting| rules::handling::draft::save(case, story.decision(), &amara(), setting));
    assert!(refused.to_string().contains("Ask an investigator"), "{refused}");
}

#[test]
fn thanks_are_read_passed_on_and_closed() {
    let story = Story::begin(&thanks(), &by_web(), "2026-06-09 09:15").letters_arrive();
    let judgement = Triage {
        problem: String::new(),
        ..judged_for(&amara())
    };
    let story = story.act(&ruth(), |case, setting| triage(case, &judgement, &ruth(), setting));
    assert_eq!(story.case.state, State::Closed(Ending::Noted, None));
    assert_eq!(story.case.owner, Some(amara().id));
    assert_eq!(story.case.stage(), 0);
    assert_eq!(story.dates().iter().filter(|date| date.met_at.is_none()).count(), 0);
}

#[test]
fn a_complaint_that_is_none_changes_its_kind_and_keeps_its_receipt() {
    let story = Story::received().act(&ruth(), |case, _| {
        reclassify(case, FeedbackKind::Suggestion, "An idea, said twice", &ruth())
    });
    assert_eq!(story.case.kind, FeedbackKind::Suggestion);
    assert_eq!(story.case.received.received_at, testkit::at("2026-06-09 09:15"));
    let back = story.act(&ruth(), |case, _| {
        reclassify(case, FeedbackKind::Complaint, "They are not happy after all", &ruth())
    });
    assert_eq!(
        back.at_stage_1().decision_on(),
        day("2026-06-12"),
        "the receipt counts (A24)"
    );
    let refused = Story::received().refused(|case, _| reclassify(case, FeedbackKind::Comment, " ", &ruth()));
    assert_eq!(
        fields(refused),
        [("reason", "Say why. The person's own words decide what it is".to_owned())]
    );
}

#[test]
fn the_clerk_who_takes_the_call_keeps_it_at_stage_1() {
    let clerk = amara();
    let story = Story::begin(&form(), &by_phone(&clerk), "2026-06-09 09:15");
    let story = story.act(&clerk, |case, setting| take(case, &taken(), &clerk, setting));
    assert_eq!((story.case.stage(), story.case.owner), (1, Some(clerk.id)));
    assert_eq!(story.decision_on(), day("2026-06-12"));
}

#[test]
fn nobody_takes_what_they_may_not_work_on() {
    for by in [dana(), samir(), helen()] {
        let refused = Story::received().refused(|case, setting| take(case, &taken(), &by, setting));
        assert!(matches!(refused, Refused::Rule(_)), "{}: {refused}", by.name);
    }
    for by in [iris(), tom(), grace()] {
        let refused = Story::received().refused(|case, setting| take(case, &taken(), &by, setting));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{}: {refused}", by.name);
    }
}

#[test]
fn thanks_are_not_taken_through_the_stages() {
    let clerk = amara();
    let story = Story::begin(&thanks(), &by_phone(&clerk), "2026-06-09 09:15");
    let refused = story.refused(|case, setting| take(case, &taken(), &clerk, setting));
    assert!(matches!(refused, Refused::Rule(_)), "{refused}");
}

#[test]
fn an_existing_job_becomes_the_parent() {
    let judgement = Triage {
        existing_job: Some("F1000200".to_owned()),
        ..judged_for(&amara())
    };
    let story = Story::received().act(&ruth(), |case, setting| triage(case, &judgement, &ruth(), setting));
    assert_eq!(story.case.job.clone().unwrap().parent.as_deref(), Some("F1000200"));
    let said_already = rules::intake::RawFeedback {
        existing_job: "F1000200".to_owned(),
        ..form()
    };
    let story = Story::begin(&said_already, &by_web(), "2026-06-09 09:15");
    let story = story.act(&ruth(), |case, setting| triage(case, &judgement, &ruth(), setting));
    assert!(
        !story.kinds().contains(&"job.child_linked"),
        "it is a child of it already"
    );
}

#[test]
fn passing_it_to_a_manager_stays_stage_1_on_the_same_clock() {
    let story = Story::received().at_stage_1().on("2026-06-11 10:00");
    let story = story.act(&amara(), |case, setting| {
        assign(
            case,
            &marcus(),
            Some("He knows the library".to_owned()),
            &amara(),
            setting,
        )
    });
    assert_eq!((story.case.owner, story.case.stage()), (Some(marcus().id), 1));
    assert_eq!(story.decision_on(), day("2026-06-12"), "R58");
}

#[test]
fn a_case_is_not_passed_to_those_who_may_not_work_on_it() {
    let story = Story::received().at_stage_1();
    let refused = story.refused(|case, setting| assign(case, &samir(), None, &amara(), setting));
    assert!(matches!(refused, Refused::Rule(_)), "{refused}");
    let refused = story.refused(|case, setting| assign(case, &jo(), None, &iris(), setting));
    assert!(matches!(refused, Refused::NotAllowed { .. }), "{refused}");
}

#[test]
fn a_case_in_triage_is_not_passed_on_but_triaged() {
    let refused = Story::received().refused(|case, setting| assign(case, &jo(), None, &ruth(), setting));
    assert_eq!(
        refused.to_string(),
        "You cannot pass it on now: this case is still in triage. Triage it first."
    );
}

#[test]
fn category_and_urgency_change_while_it_is_open() {
    let story = Story::received().at_stage_1();
    let category = CategorySet {
        service: "A1".to_owned(),
        problem: "B1".to_owned(),
    };
    let urgency = UrgencySet {
        urgency: Urgency::Immediate,
        reason: Some("An exam today".to_owned()),
    };
    let by = amara();
    let story = story.act(&by, |case, setting| {
        categorise(case, category.clone(), urgency.clone(), &by, setting)
    });
    assert_eq!(
        (story.case.category.clone(), story.case.urgency),
        (Some(category.clone()), Urgency::Immediate)
    );
    assert_eq!(
        story.decision_on(),
        day("2026-06-12"),
        "urgency never lengthens a clock"
    );
    let before = story.history.len();
    let story = story.act(&by, |case, setting| {
        categorise(case, category.clone(), urgency.clone(), &by, setting)
    });
    assert_eq!(story.history.len(), before, "what is so already is not said again");
    let wrong = CategorySet {
        service: "A99".to_owned(),
        ..category
    };
    assert_eq!(
        fields(story.refused(|case, setting| categorise(case, wrong, urgency, &by, setting)))[0].0,
        "service"
    );
}

#[test]
fn an_urgent_case_hears_from_us_sooner_and_never_later() {
    let update_on = |urgency| {
        let mut judgement = risky(Some("Marks were lost"), |risk| risk.complex = true);
        judgement.urgency = urgency;
        let story = Story::received().letters_arrive();
        story
            .act(&ruth(), |case, setting| triage(case, &judgement, &ruth(), setting))
            .letters_arrive()
            .update_on()
    };
    assert_eq!(update_on(Urgency::Low), day("2026-06-16"));
    assert_eq!(update_on(Urgency::Normal), day("2026-06-16"));
    assert_eq!(update_on(Urgency::High), day("2026-06-11"));
    assert_eq!(update_on(Urgency::Immediate), day("2026-06-10"));
}

#[test]
fn a_jump_rule_may_ask_about_anything_that_is_known() {
    let text = testkit::house::procedure_text();
    for when in [
        "urgency == 'immediate'",
        "complainant.kind == 'student'",
        "channel == 'web'",
        "kind == 'complaint'",
        "not complainant.anonymous",
    ] {
        let changed = text.replacen("when = \"triage.complex\"", &format!("when = \"{when}\""), 1);
        let house = House::with(&changed);
        let mut judgement = judged_for(&dana());
        judgement.urgency = Urgency::Immediate;
        let story = Story::begin_in(&house, &form(), &by_web(), "2026-06-09 09:15");
        let story = story.act(&ruth(), |case, setting| triage(case, &judgement, &ruth(), setting));
        assert_eq!(
            (story.case.stage(), story.case.stages[0].entry.reason),
            (2, StageReason::Complex),
            "{when}"
        );
    }
}

#[test]
fn who_may_own_it_is_told_before_it_is_chosen() {
    let story = Story::received()
        .at_stage_1()
        .decided()
        .letters_arrive()
        .asks_for_stage_2();
    let stage = house().procedure.stage_number(2).unwrap();
    assert_eq!(triage::owner_conflict(&story.case, &dana(), stage), None);
    assert!(triage::owner_conflict(&story.case, &amara(), stage).is_some());
}

#[test]
fn the_outcome_of_a_case_follows_from_its_points() {
    use Outcome::{NotUpheld, PartlyUpheld, Resolved, Upheld};
    use rules::case::{Decision, PointDecision};
    let of = |outcomes: &[Outcome]| {
        let points: Vec<PointDecision> = (1..)
            .zip(outcomes)
            .map(|(number, outcome)| PointDecision {
                number,
                outcome: *outcome,
                finding: "x".into(),
            })
            .collect();
        Decision::outcome_of_points(&points)
    };
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[Upheld, Upheld]), Some(Upheld));
    assert_eq!(of(&[Upheld, NotUpheld]), Some(PartlyUpheld));
    assert_eq!(of(&[PartlyUpheld]), Some(PartlyUpheld));
    assert_eq!(of(&[PartlyUpheld, NotUpheld]), Some(PartlyUpheld));
    assert_eq!(of(&[NotUpheld, NotUpheld]), Some(NotUpheld));
    assert_eq!(of(&[Resolved, Upheld]), Some(PartlyUpheld));
    assert_eq!(of(&[Resolved, NotUpheld]), Some(NotUpheld));
}

#[test]
fn nobody_needs_an_investigation_by_saying_nothing() {
    assert_eq!(
        begins_at(&Triage {
            risk: no_risk(),
            ..judged_for(&amara())
        }),
        (1, StageReason::Frontline)
    );
}
