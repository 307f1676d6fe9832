//! A copy of what is kept about somebody: found, made, put on record, and never of a case that whoever makes it cannot see (R31, R32).

use casework::ActError;
use casework::handling::write;
use casework::subject::{self, Made};
use rules::case::Reference;
use rules::case::Refused;
use rules::confidential::StaffNamed;
use rules::confidential::lane::Restriction;
use rules::subject::{Because, LeavingOut, Sought, sha256};
use testkit::day;
use testkit::office::OpenOffice;
use testkit::people::{amara, jo, leila, ruth};

use crate::after::rich;
use crate::support::{assert_whole, figures};

fn priya() -> Sought {
    Sought {
        email: "priya@example.ac.uk".to_owned(),
        ..Sought::default()
    }
}

fn made(cases: &[Reference], once: &str) -> Made {
    Made {
        asked_on: day("2026-06-09"),
        cases: cases.to_vec(),
        files: 1,
        page_sha256: sha256(b"page"),
        data_sha256: sha256(b"data"),
        left_out: 2,
        changed: None,
        once: once.to_owned(),
    }
}

async fn restricted(office: &OpenOffice, reference: &Reference, people: Vec<rules::people::StaffId>) {
    let restriction = Restriction {
        reason: "It is about the person at the desk.".to_owned(),
        named: StaffNamed { people, others: None },
        to: None,
    };
    casework::handling::confidential::restrict(office.hand(&ruth(), reference), &restriction)
        .await
        .unwrap();
}

#[tokio::test]
async fn their_cases_are_found_and_a_copy_holds_their_words_and_files_and_not_the_secrets() {
    let (office, reference, receipt) = rich().await;
    let found = subject::find(&office.office, &leila(), &priya()).await.unwrap();
    assert_eq!(found.cases.len(), 2, "{found:?}");
    assert!(found.cases.iter().all(|case| case.because == [Because::Email]));
    write::note(office.hand(&amara(), &reference), "Spoke to Jo Bramley about it.")
        .await
        .unwrap();
    let prepared = subject::prepare(
        &office.office,
        &leila(),
        std::slice::from_ref(&reference),
        day("2026-06-09"),
    )
    .await
    .unwrap();
    let (copy, left_out) = LeavingOut::all(&prepared.suggestions).from_copy(prepared.copy);
    let text = String::from_utf8(copy.data().unwrap()).unwrap();
    assert!(text.contains("dropped four times"), "{text}");
    assert!(left_out > 0 && !text.contains("Jo Bramley"), "{text}");
    assert!(!text.contains(&receipt.link_token) && !text.contains(&receipt.receipt_code));
    let files = subject::files(&office.office, &leila(), &copy).await.unwrap();
    assert_eq!(
        files,
        [(
            format!("files/{reference}-1-log.txt"),
            b"the access point restarted".to_vec()
        )]
    );
}

#[tokio::test]
async fn that_it_was_made_is_on_record_once_and_on_the_case_and_moves_no_figure() {
    let (office, reference, _) = rich().await;
    let before = figures(&office).await;
    for _ in 0..2 {
        subject::put(&office.office, &leila(), &made(std::slice::from_ref(&reference), "k1"))
            .await
            .unwrap();
    }
    subject::put(&office.office, &leila(), &made(std::slice::from_ref(&reference), "k2"))
        .await
        .unwrap();
    let given = subject::latest(&office.office, &leila(), 10).await.unwrap();
    let numbers: Vec<u32> = given.iter().map(|given| given.made.number).collect();
    assert_eq!(numbers, [2, 1]);
    assert_eq!(given[0].made.due_on, day("2026-07-09"));
    assert_eq!(given[0].whose.as_deref(), Some("Priya Natarajan"));
    assert_eq!(
        office
            .kinds(&reference)
            .await
            .iter()
            .filter(|kind| **kind == "copy.given")
            .count(),
        2
    );
    assert_eq!(figures(&office).await, before);
    assert_whole(&office).await;
    // Whose it was goes with their case; that it was made stays.
    casework::retention::erase_as_asked(office.hand(&leila(), &reference))
        .await
        .unwrap();
    let given = subject::latest(&office.office, &leila(), 10).await.unwrap();
    assert_eq!((given.len(), given[0].whose.clone()), (2, None));
    assert_whole(&office).await;
}

#[tokio::test]
async fn nobody_else_may_and_no_copy_is_made_of_what_is_not_theirs_to_see() {
    let (office, reference, _) = rich().await;
    for person in [amara(), ruth(), jo()] {
        let refused = subject::find(&office.office, &person, &priya()).await;
        assert!(
            matches!(refused, Err(ActError::Refused(Refused::NotAllowed { .. }))),
            "{}",
            person.name
        );
        let refused = subject::put(&office.office, &person, &made(std::slice::from_ref(&reference), "k")).await;
        assert!(
            matches!(refused, Err(ActError::Refused(Refused::NotAllowed { .. }))),
            "{}",
            person.name
        );
    }
    subject::put(&office.office, &leila(), &made(std::slice::from_ref(&reference), "k"))
        .await
        .unwrap();
    // It names the data protection officer herself: from now on it is to her as if it were not there.
    restricted(&office, &reference, vec![leila().id]).await;
    let found = subject::find(&office.office, &leila(), &priya()).await.unwrap();
    assert!(found.cases.iter().all(|case| case.reference != reference));
    let asked = Sought {
        references: vec![reference.clone(), "FC-99999".parse().unwrap()],
        ..Sought::default()
    };
    let found = subject::find(&office.office, &leila(), &asked).await.unwrap();
    assert_eq!((found.cases.len(), found.elsewhere.len()), (0, 0));
    assert_eq!(found.unknown.len(), 2, "as one that does not exist");
    let one = std::slice::from_ref(&reference);
    let prepared = subject::prepare(&office.office, &leila(), one, day("2026-06-09")).await;
    assert!(matches!(prepared, Err(ActError::NotFound)), "{:?}", prepared.err());
    let put = subject::put(&office.office, &leila(), &made(one, "k3")).await;
    assert!(matches!(put, Err(ActError::NotFound)), "{put:?}");
    assert!(subject::latest(&office.office, &leila(), 10).await.unwrap().is_empty());
    assert_whole(&office).await;
}

#[tokio::test]
async fn a_day_that_is_yet_to_come_is_no_day_on_which_they_asked() {
    let (office, reference, _) = rich().await;
    let early = Made {
        asked_on: day("2027-01-01"),
        ..made(std::slice::from_ref(&reference), "k")
    };
    let refused = subject::put(&office.office, &leila(), &early).await;
    assert!(
        matches!(refused, Err(ActError::Refused(Refused::Fields { .. }))),
        "{refused:?}"
    );
}
