//! Who is too close to those whom a complaint is about, by the directory and by their own word: they are not given it and are passed over (R28, A15).

use casework::directory::keep::{Fewer, read};
use casework::handling::{confidential, judge};
use casework::people::{OfficeHand, delegates};
use casework::sealing::view::handover;
use rules::case::Reference;
use rules::confidential::lane::Naming;
use rules::directory::DirectoryPerson;
use rules::office::delegation::Delegation;
use testkit::day;
use testkit::directory::{InventedDirectory, listed};
use testkit::office::OpenOffice;
use testkit::people::{helen, marcus, owen, robin, ruth, samir};

use crate::support::{about, hand, open, ticked};

/// Somebody of the office as the directory has them.
fn at_work(name: &str, manager: &str) -> DirectoryPerson {
    let first = name.split(' ').next().unwrap_or(name).to_lowercase();
    DirectoryPerson {
        emails: vec![format!("{first}@calderbrook.example")],
        ..listed(name, manager)
    }
}

/// Marcus works for Owen, Owen for Samir, and Robin for Samir too.
async fn with_a_directory(office: &OpenOffice) {
    let people = vec![
        at_work("Marcus Bell", "owen"),
        at_work("Owen Pritchard", "samir"),
        at_work("Robin Castle", "samir"),
        at_work("Samir Haddad", "bea"),
        listed("Bea Boss", ""),
    ];
    office.office.keep_directory(InventedDirectory::of(people).parts());
    read(&office.office, Fewer::Refused).await.unwrap().unwrap();
}

async fn about_owen(office: &OpenOffice) -> Reference {
    let reference = ticked(office, "k").await;
    let naming = Naming {
        named: about(&[owen()]),
        to: None,
    };
    confidential::name(hand(office, &ruth(), &reference), &naming)
        .await
        .unwrap();
    reference
}

#[tokio::test]
async fn who_reports_to_somebody_named_is_not_given_the_case_and_who_does_not_is() {
    let office = open().await;
    with_a_directory(&office).await;
    let reference = about_owen(&office).await;
    let ruth = ruth();
    let judged = testkit::words::judged_for(&marcus());
    let to_marcus = judge::triage(hand(&office, &ruth, &reference), &judged).await;
    let refused = to_marcus.unwrap_err().to_string();
    assert!(
        refused.contains("Marcus Bell reports to somebody whom this complaint is about"),
        "{refused}"
    );
    let judged = testkit::words::judged_for(&robin());
    judge::triage(hand(&office, &ruth, &reference), &judged).await.unwrap();
    let again = judge::assign(hand(&office, &ruth, &reference), &marcus(), None).await;
    assert!(again.unwrap_err().to_string().contains("reports to somebody"));
    assert_eq!(office.case(&reference).await.owner, Some(robin().id));
}

#[tokio::test]
async fn without_a_directory_nobody_is_kept_away_by_it() {
    let office = open().await;
    let reference = about_owen(&office).await;
    let judged = testkit::words::judged_for(&marcus());
    judge::triage(hand(&office, &ruth(), &reference), &judged)
        .await
        .unwrap();
}

#[tokio::test]
async fn whoever_is_away_is_passed_over_as_line_manager() {
    let office = open().await;
    with_a_directory(&office).await;
    let reference = about_owen(&office).await;
    let suggested = async || {
        handover(&office.office, &reference, &ruth())
            .await
            .unwrap()
            .suggested
            .unwrap()
    };
    assert_eq!(suggested().await.to.email, "samir@calderbrook.example");
    let away = Delegation {
        who: samir().id,
        delegate: helen().id,
        from: day("2026-06-09"),
        until: day("2026-06-19"),
    };
    let samir = samir();
    let by_samir = OfficeHand {
        office: &office.office,
        by: &samir,
        once: "",
    };
    delegates::name(by_samir, &away).await.unwrap();
    let passed = suggested().await;
    assert_eq!(passed.to.email, "bea@example.ac.uk");
    assert!(
        passed.words[0].contains("Samir Haddad was passed over"),
        "{:?}",
        passed.words
    );
    office.on("2026-06-22 09:00");
    assert_eq!(suggested().await.to.email, "samir@calderbrook.example", "back again");
}
