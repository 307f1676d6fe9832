//! The procedure as the office publishes it: in force by itself from its day on, and cases keep what they began under.

use casework::ActError;
use casework::people::OfficeHand;
use casework::procedures::{self, NotChanged, Standing};
use casework::wording;
use jiff::civil::date;
use rules::case::Refused;
use rules::letters::LetterKind;
use rules::office::categories::{Typed, TypedAxis};
use rules::office::wording::Wanted;
use rules::people::Person;
use rules::procedure::CategoryStanding;
use testkit::house;
use testkit::office::OpenOffice;
use testkit::people::{amara, tom};

const TUESDAY: &str = "2026-06-09 09:15";

async fn office() -> (OpenOffice, Person) {
    (OpenOffice::at(TUESDAY).await, tom())
}

fn hand<'a>(open: &'a OpenOffice, by: &'a Person) -> OfficeHand<'a> {
    crate::written::hand(&open.office, by, "")
}

/// The shipped procedure with five days instead of three.
fn five_days(version: &str) -> String {
    house::procedure_text()
        .replacen("version = \"1\"", &format!("version = \"{version}\""), 1)
        .replacen(
            "unit = \"working_days\"\namount = 3",
            "unit = \"working_days\"\namount = 5",
            1,
        )
}

#[tokio::test]
async fn a_version_comes_into_force_on_its_day_and_cases_keep_theirs() {
    let (open, tom) = office().await;
    let text = five_days("1.1");
    let first_of_july = Some(date(2026, 7, 1));
    let looked = procedures::look(&open.office, &text, first_of_july, &tom)
        .await
        .unwrap();
    assert_eq!(looked.differences.len(), 1);
    let decision = looked
        .tried
        .iter()
        .find(|tried| tried.what == "Decision at stage 1")
        .unwrap();
    assert_eq!(
        (decision.before, decision.after),
        (Some(date(2026, 7, 6)), Some(date(2026, 7, 8)))
    );
    let stage_2 = looked
        .tried
        .iter()
        .find(|tried| tried.what == "Decision at stage 2")
        .unwrap();
    assert_eq!(stage_2.before, stage_2.after);
    procedures::publish(hand(&open, &tom), &text, first_of_july, looked.seen)
        .await
        .unwrap();

    let before = open.receive("first").await;
    assert_eq!(open.office.active().procedure.version, "1");
    let standings = |open: &OpenOffice| {
        let versions = procedures::versions(&open.office, &tom).unwrap();
        versions
            .into_iter()
            .map(|(edition, standing)| (edition.published.version, standing))
            .collect::<Vec<_>>()
    };
    let named = |version: &str, standing| (version.to_owned(), standing);
    assert_eq!(
        standings(&open),
        [named("1.1", Standing::ToCome), named("1", Standing::InForce)]
    );

    open.on("2026-07-01 00:00");
    assert_eq!(open.office.active().procedure.version, "1.1");
    assert_eq!(
        standings(&open),
        [named("1.1", Standing::InForce), named("1", Standing::Replaced)]
    );
    let after = open.receive("second").await;
    assert_eq!(open.case(&before).await.received.procedure_version, "1");
    assert_eq!(open.case(&after).await.received.procedure_version, "1.1");
    // Opened again with the file of the first version, the one that the office published stays.
    let again = open.opened_again(house::calendar_files()).await;
    assert_eq!(again.office.active().procedure.version, "1.1");
    assert_eq!(again.office.active().procedure.valid_from, date(2026, 7, 1));
}

#[tokio::test]
async fn what_cannot_be_published_says_why_and_publishes_nothing() {
    let (open, tom) = office().await;
    let refused = async |text: &str, from| procedures::look(&open.office, text, from, &tom).await.unwrap_err();
    let ActError::Invalid(faults) = refused(&five_days("1.1").replace("number = 2", "number = 1"), None).await else {
        panic!("no fault was found");
    };
    assert!(
        faults
            .iter()
            .any(|fault| fault.reason.contains("two stages with the number 1"))
    );
    let unknown = five_days("1.1").replace("closures-example\"]", "nowhere\"]");
    assert!(refused(&unknown, None).await.to_string().contains("nowhere"));
    let gone = five_days("1.1").replace("[[axis.category]]\ncode = \"A9\"\nname = \"Telephones\"\n", "");
    assert!(
        refused(&gone, None)
            .await
            .to_string()
            .contains("the category A9 (Telephones) is gone")
    );
    assert!(
        refused(&five_days("1"), None)
            .await
            .to_string()
            .starts_with("Version 1 was published already")
    );
    assert!(
        refused(&five_days("2"), Some(date(2026, 6, 8)))
            .await
            .to_string()
            .contains("has passed")
    );
    assert!(
        refused(&"#".repeat(1024 * 1024 + 1), None)
            .await
            .to_string()
            .contains("larger than 1 MB")
    );
    assert!(refused(" ", None).await.to_string().starts_with("Choose the file"));
    let amara = procedures::look(&open.office, &five_days("2"), None, &amara())
        .await
        .unwrap_err();
    assert!(matches!(amara, ActError::Refused(Refused::NotAllowed { .. })));

    let text = five_days("1.1");
    procedures::publish(hand(&open, &tom), &text, None, 1)
        .await
        .unwrap_err();
    let today = Some(date(2026, 6, 9));
    procedures::publish(hand(&open, &tom), &text, today, 1).await.unwrap();
    let late = procedures::publish(hand(&open, &tom), &five_days("1.2"), today, 1)
        .await
        .unwrap_err();
    assert!(matches!(late, ActError::Refused(Refused::NotNow(_))), "{late}");
    assert_eq!(procedures::versions(&open.office, &tom).unwrap().len(), 2);
}

fn service(known: Vec<Typed>, added: Vec<Typed>) -> Vec<TypedAxis> {
    vec![TypedAxis {
        code: "service".to_owned(),
        known,
        added,
    }]
}

fn typed(code: &str, name: &str, standing: CategoryStanding) -> Typed {
    Typed {
        code: code.to_owned(),
        name: name.to_owned(),
        subcategories: String::new(),
        standing,
    }
}

#[tokio::test]
async fn changed_categories_are_the_next_version_and_every_case_is_offered_them() {
    let (open, tom) = office().await;
    let form = service(
        vec![typed("A9", "Telephones", CategoryStanding::Retired)],
        vec![typed("A17", "Assistants", CategoryStanding::Offered)],
    );
    let text = procedures::with_categories(&open.office, &form, &tom).unwrap();
    let looked = procedures::look(&open.office, &text, None, &tom).await.unwrap();
    assert_eq!(looked.next.procedure.version, "1.1");
    procedures::publish(hand(&open, &tom), &looked.next.text, None, looked.seen)
        .await
        .unwrap();
    let catalogue = open.office.active().catalogue.clone();
    let offered: Vec<&str> = catalogue
        .offered("service")
        .map(|category| category.code.as_str())
        .collect();
    assert!(offered.contains(&"A17") && !offered.contains(&"A9"));
    assert_eq!(catalogue.name("service", "A9"), Some("Telephones"));
    let same = procedures::with_categories(&open.office, &service(Vec::new(), Vec::new()), &tom);
    assert!(matches!(same, Err(NotChanged::Same)));
}

#[tokio::test]
async fn a_change_of_categories_follows_a_version_that_is_to_come() {
    let (open, tom) = office().await;
    let december = date(2026, 12, 1);
    procedures::publish(hand(&open, &tom), &five_days("2"), Some(december), 1)
        .await
        .unwrap();
    let form = service(Vec::new(), vec![typed("A17", "Assistants", CategoryStanding::Offered)]);
    let text = procedures::with_categories(&open.office, &form, &tom).unwrap();
    let looked = procedures::look(&open.office, &text, None, &tom).await.unwrap();
    let next = &looked.next.procedure;
    assert_eq!((next.version.as_str(), next.valid_from), ("2.1", december));
    assert_eq!(looked.instead_of.as_deref(), Some("2"));
}

#[tokio::test]
async fn words_that_are_refused_are_not_kept_and_those_that_are_survive_a_restart() {
    let (open, tom) = office().await;
    let letter = LetterKind::Update;
    let set = async |words: &str, seen, judge: Result<(), Refused>| {
        let wanted = Wanted::Text(words.to_owned());
        wording::change(hand(&open, &tom), letter, (wanted, seen), |_| judge).await
    };
    let no = Refused::field("wording_text", "no");
    assert!(set("Subject: a\n\nb", 0, Err(no)).await.is_err());
    assert_eq!(open.office.wordings().last(letter), 0);
    assert!(set("Subject: a\n\nb", 0, Ok(())).await.unwrap());
    assert!(
        !set("Subject: a\n\nb\n", 1, Ok(())).await.unwrap(),
        "the same words are no event"
    );
    assert!(
        set("Subject: a\n\nc", 0, Ok(())).await.is_err(),
        "somebody wrote meanwhile"
    );
    let again = open.opened_again(house::calendar_files()).await;
    assert_eq!(again.office.wordings().in_use(letter), Some("Subject: a\n\nb\n"));
}
