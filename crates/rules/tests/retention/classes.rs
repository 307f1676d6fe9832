//! Which class a case falls into: by its whole life, and of several that fit the one that keeps it longest.

use rules::case::facts::Remedy;
use rules::case::vocabulary::FeedbackKind;
use rules::handling::close;
use rules::procedure::{CodedName, Predicate};
use rules::retention::{NotYet, class_of, keeping};
use testkit::people::{amara, ruth};
use testkit::{Story, story};

fn class(story: &Story<'_>) -> Option<String> {
    class_of(&story.case, story.setting().procedure).map(|rule| rule.class.code.clone())
}

#[test]
fn a_case_of_stage_1_and_one_of_stage_2_are_of_other_classes() {
    assert_eq!(
        class(&Story::received().at_stage_1().decided()).as_deref(),
        Some("stage_1")
    );
    assert_eq!(class(&Story::received().at_stage_2()).as_deref(), Some("stage_2"));
}

#[test]
fn money_makes_a_case_of_stage_1_one_of_the_longer_class() {
    let mut decided = Story::received().at_stage_1().decided();
    for (kind, code) in [
        ("refund", "stage_2"),
        ("apology", "stage_1"),
        ("compensation", "stage_2"),
    ] {
        let decision = decided.case.stages[0].decision.as_mut().unwrap();
        decision.remedies = vec![Remedy {
            kind: kind.to_owned(),
            text: None,
        }];
        assert_eq!(class(&decided).as_deref(), Some(code), "{kind}");
    }
}

#[test]
fn thanks_and_ideas_have_classes_of_their_own() {
    let mut received = Story::received();
    for (kind, code) in [
        (FeedbackKind::Compliment, "compliment"),
        (FeedbackKind::Suggestion, "suggestion"),
        (FeedbackKind::Comment, "comment"),
        (FeedbackKind::Complaint, "stage_1"),
    ] {
        received.case.kind = kind;
        assert_eq!(class(&received).as_deref(), Some(code));
    }
}

#[test]
fn a_case_that_ends_more_lightly_the_second_time_is_kept_for_what_it_was_the_first_time() {
    let first = Story::received().at_stage_2();
    let closed = first.act(&ruth(), |case, _| close::withdraw(case, "They called", Some(&ruth())));
    let again = closed.act(&ruth(), |case, setting| {
        story::reopen(case, "A new log", &ruth(), setting)
    });
    let ended = again.act(&amara(), |case, _| {
        close::withdraw(case, "They called again", Some(&amara()))
    });
    assert_eq!(class(&ended).as_deref(), Some("stage_2"));
}

#[test]
fn of_several_classes_that_fit_the_longest_counts_and_of_equals_the_first() {
    let story = Story::received();
    let mut procedure = story.setting().procedure.clone();
    let rule = procedure.retention[0].clone();
    let of = |code: &str, keep_years| rules::procedure::RetentionRule {
        class: CodedName {
            code: code.to_owned(),
            name: code.to_owned(),
        },
        kind: None,
        when: Some(Predicate::Always),
        keep_years,
        ..rule.clone()
    };
    procedure.retention = vec![of("short", 1), of("first", 5), of("second", 5), of("middle", 3)];
    assert_eq!(class_of(&story.case, &procedure).unwrap().class.code, "first");
    procedure.retention.clear();
    assert_eq!(class_of(&story.case, &procedure), None);
}

#[test]
fn an_open_case_has_no_day_and_one_without_a_class_neither() {
    let story = Story::received();
    assert_eq!(keeping(&story.case, &story.setting()), Err(NotYet::Open));
    let closed = story.act(&ruth(), |case, _| close::withdraw(case, "They called", Some(&ruth())));
    let mut procedure = closed.setting().procedure.clone();
    procedure.retention.clear();
    let setting = rules::case::Setting {
        procedure: &procedure,
        ..closed.setting()
    };
    assert_eq!(keeping(&closed.case, &setting), Err(NotYet::NoClass));
}
