//! The line manager, up the tree (R34, A15).

use std::collections::BTreeMap;

use rules::directory::{Asked, Away, Directory, Nominated, Unavailable, Why, line_manager};

use super::support::{ask, nora, office, person, who};

#[test]
fn it_is_the_line_manager_who_is_asked() {
    let found = ask(office(), &["tom"], &[]);
    assert_eq!((who(&found), found.past.len()), ("ada", 0));
    assert_eq!(found.words(), ["ada is asked. They are above tom."]);
}

#[test]
fn whoever_cannot_be_asked_is_passed_over_and_it_is_said_why() {
    for (unavailable, says) in [
        (
            Unavailable::Conflicted,
            "ada was passed over: they have a conflict of interest.",
        ),
        (Unavailable::Absent, "ada was passed over: they are away."),
    ] {
        let found = ask(office(), &["tom"], &[("ada", unavailable)]);
        assert_eq!((who(&found), &*found.words()[0]), ("bea", says));
    }
    let odd = |change: &dyn Fn(&mut rules::directory::DirectoryPerson)| {
        let mut people = office();
        change(&mut people[1]);
        let found = ask(people, &["tom"], &[]);
        (who(&found).to_owned(), found.past[0].why)
    };
    assert_eq!(odd(&|ada| ada.emails.clear()), ("bea".to_owned(), Why::NoMailbox));
    assert_eq!(
        odd(&|ada| ada.away = Some(Away::Closed)),
        ("bea".to_owned(), Why::Closed)
    );
    assert_eq!(
        odd(&|ada| ada.away = Some(Away::Absent)),
        ("bea".to_owned(), Why::Absent)
    );
}

#[test]
fn somebody_with_a_conflict_and_a_closed_account_is_told_as_conflicted() {
    let mut people = office();
    people[1].away = Some(Away::Closed);
    let found = ask(people, &["tom"], &[("ada", Unavailable::Conflicted)]);
    assert_eq!(found.past[0].why, Why::Conflicted);
}

#[test]
fn at_the_top_it_is_the_nominated_person_outside() {
    let found = ask(office(), &["bea"], &[]);
    assert_eq!(who(&found), "Nora");
    let words = found.words();
    assert!(
        words[0].contains("so it is Nora, the nominated person outside"),
        "{words:?}"
    );
    let found = ask(
        office(),
        &["tom"],
        &[("ada", Unavailable::Absent), ("bea", Unavailable::Conflicted)],
    );
    assert_eq!((who(&found), found.past.len()), ("Nora", 2));
}

#[test]
fn for_several_it_is_the_lowest_above_them_all() {
    assert_eq!(who(&ask(office(), &["tom", "tim"], &[])), "ada");
    let found = ask(office(), &["tom", "ada"], &[]);
    assert_eq!((who(&found), found.past[0].why), ("bea", Why::Named));
    let found = ask(office(), &["tom", "nell"], &[]);
    assert_eq!(who(&found), "Nora", "nobody is above both");
    assert_eq!(found.past[0].why, Why::NotOfAll);
}

#[test]
fn nearest_is_by_the_steps_of_whoever_is_furthest_below() {
    let people = vec![
        person("p", &["x", "p1"]),
        person("q", &["q1", "r1"]),
        // x is one step above p and four above q; y three above both.
        person("q1", &["q2"]),
        person("q2", &["q3"]),
        person("q3", &["x"]),
        person("p1", &["p2"]),
        person("p2", &["y"]),
        person("r1", &["r2"]),
        person("r2", &["y"]),
        person("x", &[]),
        person("y", &[]),
    ];
    assert_eq!(who(&ask(people.clone(), &["p", "q"], &[])), "y");
    assert_eq!(who(&ask(people, &["p", "q"], &[("y", Unavailable::Absent)])), "x");
}

#[test]
fn a_team_is_its_members() {
    let mut people = office();
    for at in [2, 3] {
        people[at].unit = "Helpline".to_owned();
    }
    let directory = Directory::new(people.clone());
    let team: Vec<&str> = directory
        .of_unit("helpline ")
        .iter()
        .map(|person| &*person.key)
        .collect();
    assert_eq!(team, ["tim", "tom"]);
    assert_eq!(who(&ask(people, &team, &[])), "ada");
    assert!(directory.of_unit("").is_empty(), "nobody's unit is no unit");
}

#[test]
fn of_several_managers_the_order_is_always_the_same() {
    let people = |managers: &[&str]| {
        let mut people = office();
        people.push(person("kit", managers));
        people
    };
    for managers in [["tom", "ada"], ["ada", "tom"]] {
        let found = ask(people(&managers), &["kit"], &[]);
        assert_eq!(who(&found), "ada", "both are one step above; ada comes first by name");
    }
    let found = ask(people(&["tom", "tim"]), &["kit"], &[("tim", Unavailable::Absent)]);
    assert_eq!(who(&found), "tom");
}

#[test]
fn nobody_who_reports_to_the_one_it_is_about_is_asked() {
    let people = vec![
        person("a", &["b"]),
        person("b", &["c"]),
        person("c", &["a"]),
        person("d", &["a"]),
    ];
    let found = ask(people.clone(), &["a"], &[]);
    assert_eq!(who(&found), "Nora", "b and c are above a, and below a");
    assert!(
        found
            .past
            .iter()
            .all(|passed| passed.why == Why::Circle || passed.why == Why::Named),
        "{found:?}"
    );
    assert_eq!(
        who(&ask(people, &["d"], &[])),
        "a",
        "d is in no circle, and a is above d"
    );
}

#[test]
fn whoever_is_their_own_manager_stands_at_the_top() {
    let people = vec![person("vc", &["vc"]), person("dean", &["vc"])];
    assert_eq!(who(&ask(people.clone(), &["dean"], &[])), "vc");
    assert_eq!(who(&ask(people, &["vc"], &[])), "Nora");
}

#[test]
fn a_gap_in_the_directory_is_said() {
    let found = ask(vec![person("tom", &["gone"])], &["tom"], &[]);
    assert_eq!((who(&found), found.past[0].why), ("Nora", Why::Dangling));
    assert_eq!(
        found.words()[0],
        "The directory names a line manager of tom whom it does not hold."
    );
    let found = ask(office(), &["tom", "stranger"], &[]);
    assert_eq!(who(&found), "Nora", "whoever is above a stranger is not known");
    assert!(
        found.words()[0].contains("does not hold stranger"),
        "{:?}",
        found.words()
    );
}

#[test]
fn a_complaint_about_nobody_has_no_line_manager() {
    assert_eq!(who(&ask(office(), &[], &[])), "Nora");
}

#[test]
fn the_nominated_person_is_not_asked_about_themselves() {
    let mut people = office();
    people.push(person("nora", &[]));
    let inside = Nominated {
        email: "NORA@office.example ".to_owned(),
        ..nora()
    };
    let ask = |about: &str, unavailable: &[(&str, Unavailable)]| {
        let unavailable: BTreeMap<String, Unavailable> =
            unavailable.iter().map(|(key, why)| ((*key).to_owned(), *why)).collect();
        let about = [about.to_owned()];
        let asked = Asked {
            about: &about,
            unavailable: &unavailable,
            nominated: Some(&inside),
        };
        line_manager(&Directory::new(people.clone()), &asked)
    };
    assert_eq!(who(&ask("bea", &[])), "Nora");
    assert_eq!(who(&ask("nora", &[])), "-");
    let conflicted = ask("bea", &[("nora", Unavailable::Conflicted)]);
    assert_eq!(who(&conflicted), "-");
    assert!(conflicted.words()[0].ends_with("choose somebody."));
}

#[test]
fn what_a_case_keeps_of_it_is_read_again() {
    let found = ask(office(), &["tom", "ada", "stranger"], &[("bea", Unavailable::Absent)]);
    let kept = serde_json::to_string(&found).expect("JSON");
    assert_eq!(
        serde_json::from_str::<rules::directory::Found>(&kept).expect("the same"),
        found
    );
}
