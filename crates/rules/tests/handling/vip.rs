//! Every VIP complaint is stage 2, without exception (R55, R70, A11, A12, invariant 7).

use rules::case::event::VipFlagged;
use rules::case::vocabulary::{StageReason, VipSource};
use rules::case::{Event, Refused, State};
use rules::handling::triage::{Triage, take, triage};
use rules::handling::vip::flag_vip;
use rules::intake::Arrival;
use rules::letters::LetterKind;
use testkit::people::{amara, dana, helen, iris, jo, marcus, robin, ruth};
use testkit::words::{by_phone, by_web, form, judged_for, taken};
use testkit::{Story, day};

fn flag() -> VipFlagged {
    VipFlagged {
        source: VipSource::Manager,
        detail: "Chair of the governors".to_owned(),
    }
}

fn flagged(story: Story<'static>) -> Story<'static> {
    story.act(&ruth(), |case, setting| {
        flag_vip(case, flag(), &dana(), &ruth(), setting)
    })
}

fn from_the_directory() -> Story<'static> {
    let clerk = amara();
    let vip = Some(VipFlagged {
        source: VipSource::Directory,
        detail: "governors".to_owned(),
    });
    Story::begin(
        &form(),
        &Arrival {
            vip,
            ..by_phone(&clerk)
        },
        "2026-06-09 09:15",
    )
}

#[test]
fn a_vip_complaint_never_enters_stage_1() {
    let story = from_the_directory().act(&ruth(), |case, setting| {
        triage(case, &judged_for(&dana()), &ruth(), setting)
    });
    assert_eq!(
        story
            .case
            .stages
            .iter()
            .map(|stage| stage.entry.stage)
            .collect::<Vec<_>>(),
        [2]
    );
    assert_eq!(story.case.stages[0].entry.reason, StageReason::Vip);
    assert_eq!(story.decision_on(), day("2026-07-07"));
}

#[test]
fn a_vip_complaint_is_not_given_to_the_front_line() {
    let refused = from_the_directory().refused(|case, setting| triage(case, &judged_for(&amara()), &ruth(), setting));
    assert!(matches!(refused, Refused::Rule(_)), "{refused}");
}

#[test]
fn a_clerk_does_not_take_a_vip_complaint() {
    let refused = from_the_directory().refused(|case, setting| take(case, &taken(), &amara(), setting));
    assert!(
        refused
            .to_string()
            .starts_with("This complaint must be investigated from the start"),
        "{refused}"
    );
}

#[test]
fn a_vip_recognised_in_triage_begins_at_stage_2() {
    let judgement = Triage {
        vip: Some("Chair of the governors".to_owned()),
        ..judged_for(&dana())
    };
    let story = Story::received().act(&marcus(), |case, setting| triage(case, &judgement, &marcus(), setting));
    assert_eq!(
        (story.case.stage(), story.case.stages[0].entry.reason),
        (2, StageReason::Vip)
    );
    let (flag, at) = story.case.vip.clone().unwrap();
    assert_eq!(
        (flag.source, flag.detail.as_str(), at),
        (VipSource::Manager, "Chair of the governors", story.now)
    );
}

#[test]
fn nobody_is_a_vip_without_a_reason() {
    for empty in ["", "  "] {
        let judgement = Triage {
            vip: Some(empty.to_owned()),
            ..judged_for(&dana())
        };
        let refused = Story::received().refused(|case, setting| triage(case, &judgement, &ruth(), setting));
        assert_eq!(refused.to_string(), "Say how you know that this person is a VIP");
        let blank = VipFlagged {
            detail: empty.to_owned(),
            ..flag()
        };
        let refused = Story::received().refused(|case, setting| flag_vip(case, blank, &dana(), &ruth(), setting));
        assert_eq!(refused.to_string(), "Say how you know that this person is a VIP");
    }
}

#[test]
fn a_vip_found_late_moves_at_once_and_counts_from_receipt() {
    let story = flagged(Story::received().at_stage_1().on("2026-06-11 10:00"));
    assert_eq!((story.case.stage(), story.case.owner), (2, Some(dana().id)));
    assert_eq!(story.decision_on(), day("2026-07-07"), "no time is gained (A12)");
    assert_eq!(story.owed(), [LetterKind::Stage2Started]);
    assert_eq!(
        story.kinds().into_iter().rev().take(3).collect::<Vec<_>>(),
        ["case.assigned", "stage.entered", "vip.flagged"]
    );
}

#[test]
fn a_vip_found_while_a_request_waits_moves_too() {
    let story = Story::received()
        .at_stage_1()
        .decided()
        .letters_arrive()
        .asks_for_stage_2();
    let story = flagged(story);
    assert!(matches!(story.case.state, State::Open(_)));
    assert_eq!(story.case.stage(), 2);
}

#[test]
fn a_vip_found_at_stage_2_is_marked_and_stays() {
    let story = flagged(Story::received().at_stage_2());
    assert!(story.case.vip.is_some());
    assert_eq!(story.case.stages.len(), 1);
    assert_eq!(story.owed(), []);
}

#[test]
fn a_letter_on_its_way_from_stage_1_comes_first() {
    let story = Story::received().at_stage_1().decided();
    let refused = story.refused(|case, setting| flag_vip(case, flag(), &dana(), &ruth(), setting));
    assert!(
        matches!(refused, Refused::NotNow(_)),
        "nothing may happen at stage 1 after the flag (invariant 7): {refused}"
    );
}

#[test]
fn a_vip_who_comes_back_after_stage_1_goes_to_stage_2() {
    let story = flagged(Story::received().at_stage_1().decided().letters_arrive());
    assert!(matches!(story.case.state, State::Closed(..)));
    let story = story.on("2026-06-15 10:00").act(&ruth(), |case, setting| {
        testkit::reopen(case, "They sent the log", &ruth(), setting)
    });
    assert_eq!(story.case.state, State::Received, "triage must choose an investigator");
    let story = story.act(&ruth(), |case, setting| {
        triage(case, &judged_for(&dana()), &ruth(), setting)
    });
    assert_eq!(story.case.stage(), 2);
}

#[test]
fn nobody_is_marked_twice_and_only_by_those_who_may() {
    let story = flagged(Story::received());
    let refused = story.refused(|case, setting| flag_vip(case, flag(), &dana(), &ruth(), setting));
    assert_eq!(refused.to_string(), "This person is already marked as a VIP.");
    for by in [amara(), jo(), dana(), iris()] {
        let refused = Story::received().refused(|case, setting| flag_vip(case, flag(), &dana(), &by, setting));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{}: {refused}", by.name);
    }
    assert!(
        Story::received()
            .try_act(&helen(), |case, setting| flag_vip(
                case,
                flag(),
                &dana(),
                &helen(),
                setting
            ))
            .is_ok()
    );
}

#[test]
fn the_investigator_of_a_late_vip_was_not_involved() {
    let boss = robin();
    let story = Story::received().at_stage_1();
    let decision = story.decision();
    let told = rules::handling::decide::Telling::InWriting;
    let story = story.act(&boss, |case, setting| {
        rules::handling::decide::decide(case, decision, &told, &boss, setting)
    });
    let story = story.letters_arrive().asks_for_stage_2();
    let refused = story.refused(|case, setting| flag_vip(case, flag(), &boss, &ruth(), setting));
    assert!(matches!(refused, Refused::Conflict(_)), "{refused}");
}

#[test]
fn a_vip_letter_is_signed_off_and_the_reason_stays_inside() {
    let story = from_the_directory().act(&ruth(), |case, setting| {
        triage(case, &judged_for(&dana()), &ruth(), setting)
    });
    let decision = story.decision();
    let ask = rules::handling::draft::AskSignOff::AsRulesSay;
    let story = story.prepared(&dana()).act(&dana(), |case, setting| {
        rules::handling::draft::submit(case, decision, ask, &dana(), setting)
    });
    assert!(matches!(story.case.state, State::SignOff(..)));
    let Some(Event::SignOffRequested(asked)) = story.history.last().map(|recorded| recorded.event.clone()) else {
        panic!()
    };
    assert_eq!(asked.because, "the complainant is a VIP");
}

#[test]
fn a_web_form_knows_no_vip_and_waits_for_triage() {
    let story = Story::begin(&form(), &by_web(), "2026-06-09 09:15");
    assert_eq!(flagged(story.clone()).case.state, State::Received);
    assert_eq!(story.case.vip, None);
}
