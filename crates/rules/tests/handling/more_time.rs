//! More time: who may grant how much, for what, and until when (A10, R64, R76, P15).

use rules::case::vocabulary::StageReason;
use rules::case::{Decision, Refused};
use rules::deadlines::Duty;
use rules::handling::decide::{Telling, decide};
use rules::handling::escalate::{Reroute, reroute};
use rules::handling::extend::{MoreTime, deny, extend, grant};
use rules::letters::LetterKind;
use testkit::people::{amara, dana, helen, iris, jo, marcus, ruth, samir};
use testkit::words::{by_web, form};
use testkit::{House, Story, at, day};

fn until(date: &str) -> MoreTime {
    MoreTime {
        new_due_on: day(date),
        reason_code: Some("major_incident".to_owned()),
        reason: "The network team is dealing with an outage.".to_owned(),
    }
}

/// What a person with the right to approve is told.
fn refusal(story: &Story<'_>, more: &MoreTime) -> (&'static str, String) {
    let by = if story.case.stage() == 1 { marcus() } else { helen() };
    match story.refused(|case, setting| extend(case, more, &by, setting)) {
        Refused::Fields { mut fields } => {
            let field = fields.remove(0);
            (field.field, field.message)
        }
        other => ("", other.to_string()),
    }
}

#[test]
fn a_manager_grants_up_to_two_working_days_at_stage_1() {
    let story = Story::received().at_stage_1().on("2026-06-11 10:00");
    let story = story.act(&marcus(), |case, setting| {
        extend(case, &until("2026-06-16"), &marcus(), setting)
    });
    assert_eq!(story.decision_on(), day("2026-06-16"));
    assert_eq!(story.owed(), [LetterKind::Extension], "the complainant is told (R76)");
    assert_eq!(story.letters[0].body, "The network team is dealing with an outage.");
    let extension = story.case.extensions[0].clone();
    assert_eq!(
        (extension.days, extension.old_due_on, extension.new_due_on),
        (2, day("2026-06-12"), day("2026-06-16"))
    );
    assert_eq!(
        (extension.approved_by, extension.approved_at),
        (marcus().id, at("2026-06-11 10:00"))
    );
}

#[test]
fn no_more_than_the_procedure_allows() {
    let story = Story::received().at_stage_1();
    let message = "The procedure allows 2 more working days here, so Tuesday 16 June 2026 at the latest";
    assert_eq!(refusal(&story, &until("2026-06-17")), ("new_date", message.to_owned()));
}

#[test]
fn only_to_a_working_day_and_only_later() {
    let story = Story::received().at_stage_1();
    let saturday = "Saturday 13 June 2026 is not a working day (Saturday). Choose another";
    assert_eq!(refusal(&story, &until("2026-06-13")), ("new_date", saturday.to_owned()));
    for date in ["2026-06-12", "2026-06-11", "2020-01-01"] {
        assert_eq!(
            refusal(&story, &until(date)),
            ("new_date", "Choose a date after Friday 12 June 2026".to_owned())
        );
    }
    let story = Story::begin(&form(), &by_web(), "2026-08-25 09:15").at_stage_1();
    let holiday = refusal(&story, &until("2026-08-31")).1;
    assert!(
        holiday.starts_with("Monday 31 August 2026 is not a working day (Summer"),
        "{holiday}"
    );
}

#[test]
fn a_date_beyond_the_calendar_is_refused_in_words() {
    let story = Story::received().at_stage_2();
    let (field, message) = refusal(&story, &until("2099-06-16"));
    assert_eq!(field, "new_date");
    assert!(!message.is_empty());
}

#[test]
fn exceptional_circumstances_are_of_the_list_and_explained() {
    let story = Story::received().at_stage_1();
    for code in [None, Some("busy".to_owned())] {
        let more = MoreTime {
            reason_code: code,
            ..until("2026-06-16")
        };
        assert_eq!(
            refusal(&story, &more),
            ("reason_code", "Choose which exceptional circumstance it is".to_owned())
        );
    }
    for reason in ["", "  ", "too busy"] {
        let more = MoreTime {
            reason: reason.to_owned(),
            ..until("2026-06-16")
        };
        assert_eq!(
            refusal(&story, &more),
            (
                "reason",
                "Say why, in a sentence for the complainant: we send it to them".to_owned()
            )
        );
    }
}

#[test]
fn stage_1_is_extended_once() {
    let story = Story::received().at_stage_1();
    let story = story.act(&marcus(), |case, setting| {
        extend(case, &until("2026-06-15"), &marcus(), setting)
    });
    let message = "This has already been extended. Record the decision, or move the case to stage 2.";
    assert_eq!(refusal(&story, &until("2026-06-16")), ("", message.to_owned()));
}

#[test]
fn stage_2_is_extended_by_ten_days_at_a_time_and_twenty_in_all() {
    let story = Story::received().at_stage_2();
    let message = "The procedure allows 10 more working days here, so Tuesday 21 July 2026 at the latest";
    assert_eq!(refusal(&story, &until("2026-07-22")), ("new_date", message.to_owned()));
    let story = story.act(&helen(), |case, setting| {
        extend(case, &until("2026-07-21"), &helen(), setting)
    });
    assert_eq!(story.decision_on(), day("2026-07-21"), "one +10 wd extension (4.4)");
    let story = story.act(&helen(), |case, setting| {
        extend(case, &until("2026-07-28"), &helen(), setting)
    });
    let message = "The procedure allows 5 more working days here, so Tuesday 4 August 2026 at the latest";
    assert_eq!(refusal(&story, &until("2026-08-05")), ("new_date", message.to_owned()));
    let story = story.act(&helen(), |case, setting| {
        extend(case, &until("2026-08-04"), &helen(), setting)
    });
    assert_eq!(refusal(&story, &until("2026-08-05")).0, "new_date");
    assert_eq!(story.decision_on(), day("2026-08-04"));
}

#[test]
fn an_expired_date_is_not_extended() {
    let story = Story::received().at_stage_1().on("2026-06-12 23:59:59");
    assert!(
        story
            .clone()
            .try_act(&marcus(), |case, setting| extend(
                case,
                &until("2026-06-16"),
                &marcus(),
                setting
            ))
            .is_ok()
    );
    let story = story.on("2026-06-13 00:00");
    let message = "The decision was due on Friday 12 June 2026, so it is late and cannot be extended any more. Record the decision and say why it is \
                   late, or move the case on.";
    assert_eq!(refusal(&story, &until("2026-06-16")), ("", message.to_owned()));
}

#[test]
fn who_may_not_grant_asks_and_the_manager_grants() {
    let story = Story::received().at_stage_1();
    let story = story.act(&amara(), |case, setting| {
        extend(case, &until("2026-06-16"), &amara(), setting)
    });
    assert_eq!(story.decision_on(), day("2026-06-12"), "nothing moved yet");
    assert_eq!(story.owed(), []);
    assert_eq!(
        story.case.extension_request.as_ref().map(|request| request.days),
        Some(2)
    );
    let story = story
        .on("2026-06-10 12:00")
        .act(&marcus(), |case, setting| grant(case, &marcus(), setting));
    assert_eq!(story.decision_on(), day("2026-06-16"));
    assert_eq!(story.case.extension_request, None);
    assert_eq!(story.owed(), [LetterKind::Extension]);
    let refused = story.refused(|case, setting| grant(case, &marcus(), setting));
    assert!(!refused.to_string().is_empty());
}

#[test]
fn only_the_approver_of_the_stage_grants_or_denies() {
    let stage_1 = Story::received().at_stage_1().act(&amara(), |case, setting| {
        extend(case, &until("2026-06-16"), &amara(), setting)
    });
    let stage_2 = Story::received().at_stage_2().act(&dana(), |case, setting| {
        extend(case, &until("2026-07-21"), &dana(), setting)
    });
    for by in [amara(), jo(), ruth(), dana(), iris()] {
        for story in [&stage_1, &stage_2] {
            let refused = story.refused(|case, setting| grant(case, &by, setting));
            assert!(matches!(refused, Refused::Rule(_)), "{}: {refused}", by.name);
            story.refused(|case, setting| deny(case, "No", &by, setting));
        }
    }
    stage_1.refused(|case, setting| grant(case, &helen(), setting));
    stage_2.refused(|case, setting| grant(case, &marcus(), setting));
    assert!(
        stage_2
            .clone()
            .try_act(&helen(), |case, setting| grant(case, &helen(), setting))
            .is_ok()
    );
}

#[test]
fn nobody_asks_who_does_not_handle() {
    for by in [iris(), samir()] {
        let refused = Story::received()
            .at_stage_1()
            .refused(|case, setting| extend(case, &until("2026-06-16"), &by, setting));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{}: {refused}", by.name);
    }
}

#[test]
fn a_denial_has_a_reason_and_ends_the_request() {
    let story = Story::received().at_stage_1().act(&amara(), |case, setting| {
        extend(case, &until("2026-06-16"), &amara(), setting)
    });
    let refused = story.refused(|case, setting| deny(case, " ", &marcus(), setting));
    assert_eq!(refused.to_string(), "Say why not, so that the person who asked knows");
    let story = story.act(&marcus(), |case, setting| {
        deny(case, "Lee is back on Monday", &marcus(), setting)
    });
    assert_eq!(
        (story.case.extension_request.clone(), story.decision_on()),
        (None, day("2026-06-12"))
    );
    let refused = story.refused(|case, setting| deny(case, "No", &marcus(), setting));
    assert_eq!(refused.to_string(), "Nobody has asked for more time on this case.");
}

#[test]
fn a_request_that_came_too_late_to_be_granted_can_still_be_denied() {
    let story = Story::received().at_stage_1().act(&amara(), |case, setting| {
        extend(case, &until("2026-06-16"), &amara(), setting)
    });
    let story = story.on("2026-06-15 09:00");
    story.refused(|case, setting| grant(case, &marcus(), setting));
    let story = story.act(&marcus(), |case, setting| {
        deny(case, "It is late already", &marcus(), setting)
    });
    assert_eq!(story.case.extension_request, None);
}

#[test]
fn a_request_ends_with_the_work_that_it_was_for() {
    let asked = Story::received().at_stage_1().act(&amara(), |case, setting| {
        extend(case, &until("2026-06-16"), &amara(), setting)
    });
    assert_eq!(asked.clone().decided().case.extension_request, None);
    let step = Reroute {
        reason: StageReason::Complex,
        note: "Three teams".to_owned(),
        investigator: dana(),
    };
    let moved = asked.act(&amara(), |case, setting| reroute(case, &step, &amara(), setting));
    assert_eq!(
        moved.case.extension_request, None,
        "two days of stage 1 are not asked of stage 2"
    );
}

#[test]
fn time_granted_at_stage_1_is_none_of_stage_2() {
    let story = Story::received().at_stage_1().act(&marcus(), |case, setting| {
        extend(case, &until("2026-06-16"), &marcus(), setting)
    });
    let step = Reroute {
        reason: StageReason::Complex,
        note: "Three teams".to_owned(),
        investigator: dana(),
    };
    let story = story.act(&amara(), |case, setting| reroute(case, &step, &amara(), setting));
    assert_eq!(story.decision_on(), day("2026-07-07"));
}

#[test]
fn a_decision_within_the_extension_is_in_time() {
    let story = Story::received().at_stage_1().act(&marcus(), |case, setting| {
        extend(case, &until("2026-06-16"), &marcus(), setting)
    });
    let story = story.on("2026-06-16 17:00").decided().letters_arrive();
    let date = story.date(Duty::Decision).unwrap();
    assert!(!date.is_late(story.now));
    assert_eq!(date.due_on, day("2026-06-16"));
}

#[test]
fn a_late_approval_where_the_procedure_allows_it_leaves_the_case_late() {
    let text = testkit::house::procedure_text().replacen(
        "before_expiry = \"must_be_before\"",
        "before_expiry = \"may_be_after\"",
        1,
    );
    let house = House::with(&text);
    let mut story = Story::begin_in(&house, &form(), &by_web(), "2026-06-09 09:15")
        .at_stage_1()
        .on("2026-06-15 09:00");
    story.look_at_clocks();
    let story = story.act(&marcus(), |case, setting| {
        extend(case, &until("2026-06-16"), &marcus(), setting)
    });
    assert_eq!(story.decision_on(), day("2026-06-16"), "the revised date is shown");
    assert!(
        story.date(Duty::Decision).unwrap().is_late(story.now),
        "and the case is late all the same (invariant 10)"
    );
    let silent = story.decision();
    let refused = story.refused(|case, setting| decide(case, silent, &Telling::InWriting, &amara(), setting));
    assert_eq!(
        refused.to_string(),
        "This decision is late. Say why: the monthly review reads it"
    );
    let said = Decision {
        late_reason: Some("An outage".to_owned()),
        ..story.decision()
    };
    let story = story
        .act(&amara(), |case, setting| {
            decide(case, said, &Telling::InWriting, &amara(), setting)
        })
        .letters_arrive();
    assert!(story.date(Duty::Decision).unwrap().is_late(story.now));
}
