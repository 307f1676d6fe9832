//! The next version of the procedure: which is in force on a day, what may be published, and what changes in words.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use rules::case::Refused;
use rules::office::OfficeEvent;
use rules::office::event::Published;
use rules::office::next_version::{
    Proposal, Since, in_force_on, keeps_categories, last_to_hold, number_after, publish_next,
};
use rules::office::publish::hash_of;
use rules::people::Role;
use rules::procedure::difference::{Part, differences};
use rules::procedure::rewrite::Rewrite;
use rules::procedure::{Catalogue, CategoryStanding, Procedure};
use testkit::house;
use testkit::people::{amara, person};

const TODAY: Date = date(2026, 6, 9);

fn since(valid_from: Date, published_on: Date) -> Since {
    Since {
        valid_from,
        published_on,
    }
}

#[test]
fn a_version_holds_from_its_day_by_itself_and_none_before_it_was_published() {
    let first = since(date(2024, 1, 1), date(2026, 1, 10));
    let to_come = since(date(2026, 12, 1), date(2026, 6, 9));
    let versions = [first, to_come];
    assert_eq!(in_force_on(&versions, date(2025, 1, 1)), Some(0), "there was no other");
    assert_eq!(in_force_on(&versions, date(2026, 11, 30)), Some(0));
    assert_eq!(in_force_on(&versions, date(2026, 12, 1)), Some(1));
    assert_eq!(last_to_hold(&versions), Some(1));
    // One that names a day long ago holds from its publication; of two from the same day the later takes the place of the earlier.
    let late = since(date(2020, 1, 1), date(2026, 12, 1));
    assert_eq!(in_force_on(&[first, to_come, late], date(2026, 12, 1)), Some(2));
    assert_eq!(in_force_on(&[first, late, to_come], date(2026, 12, 1)), Some(2));
    assert_eq!(in_force_on(&[], TODAY), None);
}

#[test]
fn versions_are_numbered_on_and_no_number_comes_twice() {
    let used = |numbers: &[&str]| {
        numbers
            .iter()
            .map(|number| (*number).to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(number_after("1", &used(&["1"])), "1.1");
    assert_eq!(number_after("1.1", &used(&["1", "1.1"])), "1.2");
    assert_eq!(number_after("1", &used(&["1", "1.1", "1.2"])), "1.3");
    assert_eq!(number_after("2026-07", &used(&[])), "2026-07.1");
    assert_eq!(number_after("1.x", &used(&[])), "1.x.1");
}

fn version(number: &str, from: Date) -> Published {
    Published {
        id: "it-services".to_owned(),
        version: number.to_owned(),
        valid_from: from,
        sha256: hash_of(number),
    }
}

fn published(proposed: Published, seen: usize) -> Result<Vec<OfficeEvent>, Refused> {
    let owner = person(70, "Nell Adeyemi", "Procedure owner", &[Role::ProcedureOwner]);
    let known = [version("1", date(2024, 1, 1)), version("2", date(2026, 12, 1))];
    let proposal = Proposal {
        version: proposed,
        seen,
    };
    publish_next(&known, proposal, &owner, TODAY).map(|change| change.events)
}

#[test]
fn a_version_is_published_once_and_not_for_a_day_that_has_passed() {
    let next = version("1.1", TODAY);
    assert_eq!(
        published(next.clone(), 2).unwrap(),
        [OfficeEvent::ProcedurePublished(next)]
    );
    let refused = |proposed, seen| published(proposed, seen).unwrap_err().to_string();
    assert!(refused(version("1.1", date(2026, 6, 8)), 2).starts_with("Monday 8 June 2026 has passed."));
    assert!(
        refused(version("2", TODAY), 2)
            .starts_with("Version 2 was published already, to hold from Tuesday 1 December 2026.")
    );
    let stranger = Published {
        id: "nhs".to_owned(),
        ..version("3", TODAY)
    };
    assert!(refused(stranger, 2).starts_with("This is another procedure: its id is \"nhs\"."));
    assert!(refused(version("3", TODAY), 1).starts_with("Somebody published version 2 while you looked at this."));
    let proposal = Proposal {
        version: version("3", TODAY),
        seen: 0,
    };
    assert!(matches!(
        publish_next(&[], proposal, &amara(), TODAY),
        Err(Refused::NotAllowed { .. })
    ));
}

/// The shipped procedure with changes in its text.
fn changed(changes: &[(&str, &str)]) -> Procedure {
    let mut text = house::procedure_text().to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    Procedure::parse(&text, "changed.toml").unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn what_changes_is_said_in_words_about_the_procedure() {
    let before = changed(&[]);
    assert_eq!(
        differences(&before, &changed(&[("version = \"1\"", "version = \"7\"")])),
        []
    );
    let after = changed(&[
        (
            "unit = \"working_days\"\namount = 3",
            "unit = \"working_days\"\namount = 5",
        ),
        ("called = \"line manager\"", "called = \"head of team\""),
        ("name = \"Network and Wi-Fi\"", "name = \"Networks\""),
        (
            "code = \"A9\"\nname = \"Telephones\"",
            "code = \"A9\"\nname = \"Telephones\"\nstanding = \"retired\"",
        ),
        (
            "must_say = [\"reference\", \"how_to_track\"]",
            "must_say = [\"reference\"]",
        ),
        ("policy = \"Policy\"\nexpectation", "expectation"),
    ]);
    let found: Vec<(Part, String, Option<String>, Option<String>)> = differences(&before, &after)
        .into_iter()
        .map(|one| (one.part, one.about, one.before, one.after))
        .collect();
    let says = |words: &str| Some(words.to_owned());
    let subs = "Wi-Fi on campus, Wired network, Working from elsewhere, Halls of residence";
    assert_eq!(
        found,
        [
            (
                Part::Limits,
                "Decision at stage 1: limit".to_owned(),
                says("3 working days"),
                says("5 working days")
            ),
            (
                Part::Roles,
                "Line manager".to_owned(),
                says("called “line manager”, given by hand"),
                says("called “head of team”, given by hand")
            ),
            (
                Part::Letters,
                "Their link (link_again) must say".to_owned(),
                says("the reference, how to follow the complaint"),
                says("the reference")
            ),
            (
                Part::Categories,
                "Category A3".to_owned(),
                says(&format!("Network and Wi-Fi ({subs})")),
                says(&format!("Networks ({subs})"))
            ),
            (
                Part::Categories,
                "Category A9".to_owned(),
                says("Telephones"),
                says("Telephones; no longer offered")
            ),
            (Part::Lists, "Root cause policy".to_owned(), says("Policy"), None),
        ]
    );
}

#[test]
fn every_line_of_the_file_that_settles_something_makes_a_difference() {
    // One value after the other is changed; whatever still is a procedure must differ in words, or only in what always changes.
    let before = changed(&[]);
    let text = house::procedure_text();
    let mut tried = 0;
    for (place, line) in text.lines().enumerate() {
        let Some(number) = line
            .split_once(" = ")
            .and_then(|(_, value)| value.trim().parse::<u32>().ok())
        else {
            continue;
        };
        let other = line.replace(&number.to_string(), &(number + 1).to_string());
        let lines: Vec<&str> = text
            .lines()
            .enumerate()
            .map(|(at, old)| if at == place { &*other } else { old })
            .collect();
        let Ok(after) = Procedure::parse(&lines.join("\n"), "changed.toml") else {
            continue;
        };
        tried += 1;
        assert_ne!(differences(&before, &after), [], "{line} says nothing");
    }
    assert!(tried > 15, "only {tried} numbers were tried");
}

#[test]
fn a_file_is_rewritten_without_touching_its_other_lines() {
    let before = changed(&[]);
    let mut axes = before.categories.clone();
    axes[0].categories[2].name = "Networks".to_owned();
    axes[0].categories[8].standing = CategoryStanding::Retired;
    let mut added = axes[0].categories[7].clone();
    added.code = "A17".to_owned();
    added.name = "Quantum \"lab\"".to_owned();
    axes[0].categories.push(added);
    let text = Rewrite::of(house::procedure_text())
        .unwrap()
        .version("1.1")
        .categories(&axes)
        .valid_from(date(2026, 7, 1))
        .unwrap()
        .text();
    let after = Procedure::parse(&text, "rewritten.toml").unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"));
    assert_eq!((after.version.as_str(), after.valid_from), ("1.1", date(2026, 7, 1)));
    assert_eq!(after.categories, axes);
    assert_eq!(
        after,
        Procedure {
            version: "1.1".to_owned(),
            valid_from: date(2026, 7, 1),
            categories: axes,
            ..before
        }
    );
    let kept = house::procedure_text()
        .lines()
        .filter(|line| text.lines().any(|other| other == *line))
        .count();
    assert!(
        kept + 4 >= house::procedure_text().lines().count(),
        "only {kept} lines are as they were"
    );
    assert!(text.contains("# R33: is somebody named?"));
    assert!(Rewrite::of("not = = toml").is_err());
}

#[test]
fn a_category_that_cases_may_carry_is_never_taken_out() {
    let before = changed(&[]);
    let gone = changed(&[("[[axis.category]]\ncode = \"A9\"\nname = \"Telephones\"\n", "")]);
    let known = Catalogue::of(&before, []);
    assert_eq!(keeps_categories(&known, &before), Ok(()));
    let faults = keeps_categories(&known, &gone).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(
        faults[0]
            .to_string()
            .contains("the category A9 (Telephones) is gone, and cases may carry it"),
        "{}",
        faults[0]
    );
    // A version that lost it all the same still knows its name, and does not offer it.
    let ever = Catalogue::of(&gone, [&before]);
    assert_eq!(ever.name("service", "A9"), Some("Telephones"));
    assert!(ever.offered("service").all(|category| category.code != "A9"));
}
