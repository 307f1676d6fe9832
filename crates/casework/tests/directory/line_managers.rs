//! Who deals with a complaint about somebody, asked of the office.

use std::collections::BTreeMap;

use casework::directory::keep::{Fewer, read};
use casework::directory::line_manager_for;
use rules::directory::{Chosen, Unavailable};
use testkit::directory::{InventedDirectory, listed};
use testkit::office::OpenOffice;

async fn asked(about: &[&str], unavailable: &[(&str, Unavailable)], office: &OpenOffice) -> (String, Vec<String>) {
    let about: Vec<String> = about.iter().map(|key| (*key).to_owned()).collect();
    let unavailable: BTreeMap<String, Unavailable> =
        unavailable.iter().map(|(key, why)| ((*key).to_owned(), *why)).collect();
    let found = line_manager_for(&office.office, &about, &unavailable)
        .await
        .expect("the store");
    let who = match &found.who {
        Chosen::Person { email, .. } => email.clone(),
        Chosen::Nominated(nominated) => nominated.email.clone(),
        Chosen::Nobody => String::new(),
    };
    (who, found.words())
}

#[tokio::test]
async fn the_office_says_who_deals_with_a_complaint_about_somebody_and_why() {
    let office = OpenOffice::at("2026-06-08T09:00").await;
    assert_eq!(
        asked(&["tom"], &[], &office).await.0,
        "",
        "no directory: a person chooses"
    );
    let people = vec![
        listed("Bea Boss", ""),
        listed("Ada Green", "bea"),
        listed("Tom Tech", "ada"),
    ];
    office.office.keep_directory(InventedDirectory::of(people).parts());
    assert_eq!(
        asked(&["tom"], &[], &office).await.0,
        "nora@registry.example.ac.uk",
        "not read yet"
    );
    read(&office.office, Fewer::Refused).await.unwrap().unwrap();
    assert_eq!(asked(&["tom"], &[], &office).await.0, "ada@example.ac.uk");
    let (who, why) = asked(&["tom"], &[("ada", Unavailable::Conflicted)], &office).await;
    assert_eq!(who, "bea@example.ac.uk");
    assert_eq!(why[0], "Ada Green was passed over: they have a conflict of interest.");
    assert_eq!(asked(&["bea"], &[], &office).await.0, "nora@registry.example.ac.uk");
}
