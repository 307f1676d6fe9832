//! Categories as people change them in a form.

use rules::office::categories::{Part, Place, Row, Typed, TypedAxis, changed, subcategories, written};
use rules::procedure::{Catalogue, CategoryStanding, Procedure};
use testkit::house::house;

fn typed(code: &str, name: &str, standing: CategoryStanding) -> Typed {
    Typed {
        code: code.to_owned(),
        name: name.to_owned(),
        subcategories: String::new(),
        standing,
    }
}

fn service(known: Vec<Typed>, added: Vec<Typed>) -> Vec<TypedAxis> {
    vec![TypedAxis {
        code: "service".to_owned(),
        known,
        added,
    }]
}

fn procedure() -> &'static Procedure {
    &house().procedure
}

fn wrong(typed: &[TypedAxis]) -> Vec<(Row, Part, String)> {
    let ever = Catalogue::of(procedure(), []);
    let wrong = changed(&procedure().categories, &ever, typed).unwrap_err();
    wrong
        .into_iter()
        .map(|(Place { row, part, .. }, words)| (row, part, words))
        .collect()
}

#[test]
fn a_category_is_renamed_retired_and_added_and_the_rest_stays() {
    let ever = Catalogue::of(procedure(), []);
    let form = service(
        vec![
            typed("A8", " Printing ", CategoryStanding::Offered),
            typed("A9", "Telephones", CategoryStanding::Retired),
        ],
        vec![
            Typed {
                subcategories: "desk, Help desk\n\nbot, Chat bot".to_owned(),
                ..typed("A17", "Assistants", CategoryStanding::Offered)
            },
            typed("", "", CategoryStanding::Offered),
        ],
    );
    let after = changed(&procedure().categories, &ever, &form).unwrap();
    let find = |code: &str| {
        after[0]
            .categories
            .iter()
            .find(|category| category.code == code)
            .unwrap()
    };
    assert_eq!(find("A8").name, "Printing");
    assert_eq!(find("A9").standing, CategoryStanding::Retired);
    assert_eq!(written(&find("A17").subcategories), "desk, Help desk\nbot, Chat bot");
    assert_eq!(
        after[0].categories.len(),
        procedure().categories[0].categories.len() + 1
    );
    assert_eq!(after[1], procedure().categories[1]);
}

#[test]
fn what_cannot_be_used_is_said_beside_its_box() {
    let offered = CategoryStanding::Offered;
    let added = |code: &str, name: &str| wrong(&service(Vec::new(), vec![typed(code, name, offered)]));
    assert_eq!(
        added("A3", "Another"),
        [(
            Row::Added(0),
            Part::Code,
            "The code A3 belongs to “Network and Wi-Fi”. Choose one that was never used".to_owned()
        )]
    );
    assert_eq!(
        added("A 17", "")[0].2,
        "Write a short code of letters and digits, at most 20: A17"
    );
    assert_eq!(added("A 17", "")[1].1, Part::Name);
    assert_eq!(
        added("A17", "network and wi-fi")[0].2,
        "Another category is called “network and wi-fi” already"
    );
    let renamed = wrong(&service(vec![typed("A8", "", offered)], Vec::new()));
    assert_eq!(
        renamed,
        [(Row::Known("A8".to_owned()), Part::Name, "A8: Write a name".to_owned())]
    );
    assert!(subcategories("wifi").unwrap_err().contains("“wifi” is not"));
    assert!(subcategories("a, A\na, B").unwrap_err().contains("there twice"));
    let retired = procedure().categories[0].categories.iter();
    let all = retired.map(|category| typed(&category.code, &category.name, CategoryStanding::Retired));
    assert_eq!(
        wrong(&service(all.collect(), Vec::new()))[0].2,
        "Keep at least one category that can be chosen"
    );
}

#[test]
fn a_code_that_an_older_version_used_is_not_given_again() {
    let mut newer = procedure().clone();
    newer.categories[0].categories.retain(|category| category.code != "A9");
    let ever = Catalogue::of(&newer, [procedure()]);
    let form = service(
        Vec::new(),
        vec![typed("A9", "Something else", CategoryStanding::Offered)],
    );
    let wrong = changed(&newer.categories, &ever, &form).unwrap_err();
    assert_eq!(
        wrong[0].1,
        "The code A9 belongs to “Telephones”. Choose one that was never used"
    );
}
