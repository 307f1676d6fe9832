//! Saved views: named, renamed, deleted, and shared only by those who lead work.

use rules::case::Refused;
use rules::office::views::{MOST, Shelf, Whose, may_keep};
use testkit::people::{amara, helen, iris, marcus, ruth, tom};

fn words(refused: &Refused) -> String {
    refused.to_string()
}

#[test]
fn a_view_is_a_name_and_a_question_and_its_number_is_never_given_twice() {
    let shelf = Shelf::default()
        .with("  Late   at stage 2 ", "stage=2&late=yes")
        .unwrap();
    let shelf = shelf.with("Mine", "owner=1").unwrap();
    let named: Vec<_> = shelf
        .views
        .iter()
        .map(|view| (view.number, &*view.name, &*view.query))
        .collect();
    assert_eq!(
        named,
        [(1, "Late at stage 2", "stage=2&late=yes"), (2, "Mine", "owner=1")]
    );
    let shelf = shelf.without(2).with("Other", "owner=2").unwrap();
    assert_eq!(shelf.views.last().unwrap().number, 3);
    assert_eq!(shelf.clone().without(9), shelf, "what is gone already is no fault");
}

#[test]
fn a_name_is_given_once_and_is_no_longer_than_a_row_takes() {
    let shelf = Shelf::default().with("Late", "late=yes").unwrap();
    for (name, why) in [
        (" ", "Give the view a name"),
        ("LATE", "There is a view called “Late” already"),
        (&"x".repeat(41), "at most 40 characters"),
    ] {
        let refused = shelf.clone().with(name, "stage=1").unwrap_err();
        assert!(words(&refused).contains(why), "{name}: {refused}");
        if name != "LATE" {
            assert!(words(&shelf.clone().renamed(1, name).unwrap_err()).contains(why));
        }
    }
    assert_eq!(
        shelf.clone().renamed(1, "late").unwrap().views[0].name,
        "late",
        "its own name is free"
    );
    let refused = shelf.renamed(7, "Else").unwrap_err();
    assert!(words(&refused).contains("deleted this view"), "{refused}");
}

#[test]
fn what_is_no_question_of_the_list_is_not_kept_and_a_shelf_fills_up() {
    for query in ["", "stage=2 owner", "late=yés", &"x".repeat(401)] {
        assert!(Shelf::default().with("Name", query).is_err(), "{query}");
    }
    let full = (0..MOST).fold(Shelf::default(), |shelf, n| {
        shelf.with(&format!("View {n}"), "late=yes").unwrap()
    });
    let refused = full.with("One more", "late=yes").unwrap_err();
    assert!(words(&refused).contains("Delete one"), "{refused}");
}

#[test]
fn everybody_with_cases_keeps_their_own_and_who_leads_work_those_of_the_office() {
    for who in [amara(), marcus(), ruth(), helen(), iris()] {
        assert!(may_keep(Whose::Own, &who).is_ok(), "{}", who.name);
    }
    assert!(may_keep(Whose::Own, &tom()).is_err(), "who sees no cases has no list");
    for (who, may) in [(amara(), false), (iris(), false), (marcus(), true), (ruth(), true)] {
        assert_eq!(may_keep(Whose::Office, &who).is_ok(), may, "{}", who.name);
    }
}
