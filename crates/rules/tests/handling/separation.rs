//! Conflicts of interest are enforced wherever a case is given, signed off or discussed (R28, P26).

use rules::case::change::{Change, Refused};
use rules::directory::{Directory, DirectoryPerson, reports_to};
use rules::handling::draft::can_draft;
use rules::handling::sign_off;
use rules::handling::triage::assign;
use rules::investigation::conflict;
use rules::people::separation::may_note;
use testkit::Story;
use testkit::people::{amara, dana, helen, owen, ruth};

fn declared() -> Story<'static> {
    Story::received().at_stage_2().act(&dana(), |case, setting| {
        conflict::declare(case, Some("My brother leads that team"), &dana(), setting)
    })
}

#[test]
fn who_declared_a_conflict_is_not_given_the_case_again_until_it_is_set_aside() {
    let story = declared().act(&ruth(), |case, setting| assign(case, &owen(), None, &ruth(), setting));
    let refused = story.refused(|case, setting| assign(case, &dana(), None, &ruth(), setting));
    assert!(matches!(refused, Refused::Conflict(_)));
    assert!(
        refused
            .to_string()
            .contains("Dana Kowalczyk declared a conflict of interest"),
        "{refused}"
    );

    let story = declared().act(&ruth(), |case, setting| {
        conflict::set_aside(case, "He left in 2020", &ruth(), setting)
    });
    let story = story.act(&ruth(), |case, setting| assign(case, &owen(), None, &ruth(), setting));
    let story = story.act(&ruth(), |case, setting| assign(case, &dana(), None, &ruth(), setting));
    assert_eq!(story.case.owner, Some(dana().id));
}

#[test]
fn who_declared_a_conflict_writes_no_decision_until_it_is_set_aside_and_may_take_it_back() {
    let story = declared();
    let refused = story.refused(|case, setting| can_draft(case, &dana(), setting).map(|()| Change::default()));
    assert!(refused.to_string().starts_with("You declared a conflict"), "{refused}");
    let without = story.act(&dana(), |case, setting| conflict::declare(case, None, &dana(), setting));
    let again = without.act(&dana(), |case, setting| {
        can_draft(case, &dana(), setting)?;
        conflict::declare(case, Some("It came back to me"), &dana(), setting)
    });
    let set_aside = declared().act(&ruth(), |case, setting| {
        conflict::set_aside(case, "He left in 2020", &ruth(), setting)
    });
    assert!(again.case.conflict_of_owner().is_some());
    assert_eq!(set_aside.case.conflict_of_owner(), None);
}

#[test]
fn who_declared_a_conflict_signs_nothing_of_it() {
    let story = declared().act(&ruth(), |case, setting| assign(case, &owen(), None, &ruth(), setting));
    let words = sign_off::conflict(&story.case, &dana()).unwrap();
    assert!(words.contains("declared a conflict of interest"), "{words}");
}

#[test]
fn who_decided_a_case_does_not_note_what_its_discussion_came_to() {
    let story = Story::received().at_stage_1().decided();
    assert!(matches!(may_note(&story.case, &amara()), Err(Refused::Conflict(_))));
    assert_eq!(may_note(&story.case, &helen()), Ok(()));
}

#[test]
fn reporting_goes_up_the_line_through_others_and_never_down() {
    let person = |key: &str, managers: &[&str]| DirectoryPerson {
        key: key.to_owned(),
        managers: managers.iter().map(|key| (*key).to_owned()).collect(),
        ..DirectoryPerson::default()
    };
    let people = vec![
        person("bea", &[]),
        person("ada", &["bea"]),
        person("tom", &["ada"]),
        person("tim", &["ada"]),
        // A circle.
        person("kit", &["lee"]),
        person("lee", &["kit"]),
    ];
    let directory = Directory::new(people);
    for (who, to, expected) in [
        ("tom", "ada", true),
        ("tom", "bea", true),
        ("ada", "tom", false),
        ("tim", "tom", false),
        ("tom", "tom", false),
        ("kit", "lee", true),
        ("kit", "kit", false),
        ("nobody", "ada", false),
        ("tom", "nobody", false),
    ] {
        assert_eq!(reports_to(&directory, who, &[to.to_owned()]), expected, "{who} to {to}");
    }
}
