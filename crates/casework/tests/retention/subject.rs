//! A copy of what is kept about somebody: found, made, put on record, and never of a case that whoever makes it cannot see (R31, R32).

use casework::ActError;
use casework::handling::write;
use casework::sealing::hand_over::{ToHolder, ask};
use casework::subject::{self, Made};
use rules::case::Reference;
use rules::case::Refused;
use rules::case::event::{Holder, Sameness};
use rules::confidential::StaffNamed;
use rules::confidential::lane::Restriction;
use rules::confidential::looks::Way;
use rules::handling::group::Linking;
use rules::people::StaffId;
use rules::subject::{Because, LeavingOut, Sought, sha256};
use testkit::day;
use testkit::office::OpenOffice;
use testkit::people::{amara, everybody, jo, leila, ruth};
use testkit::story::TUESDAY;

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

async fn restricted(office: &OpenOffice, reference: &Reference, people: Vec<StaffId>) {
    let to = office.case(reference).await.is_open().then(ruth);
    let restriction = Restriction {
        reason: "It is about the person at the desk.".to_owned(),
        named: StaffNamed { people, others: None },
        to,
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
    write::note(office.hand(&amara(), &reference), "Spoke to Jo Whitfield about it.")
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
    assert!(left_out > 0 && !text.contains("Jo Whitfield"), "{text}");
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
    // Each time that one leaves is in the access log of the case.
    let (seen, _) = casework::looks::of_case(&office.office, &reference, None, &leila())
        .await
        .unwrap();
    let copies = seen.lines.iter().filter(|line| line.way == Some(Way::Copy));
    assert_eq!(copies.count(), 3);
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

/// Handed over to Grace Obi, whose mail server took the letter; about the people.
async fn sealed(office: &OpenOffice, reference: &Reference, about: Vec<StaffId>) {
    restricted(office, reference, about).await;
    let to = ToHolder {
        to: Holder {
            name: "Grace Obi".to_owned(),
            email: "grace.obi@example.ac.uk".to_owned(),
        },
        why: String::new(),
    };
    ask(office.hand(&ruth(), reference), &to).await.unwrap();
    office.letters_arrive().await;
    assert!(office.case(reference).await.is_sealed());
}

async fn two_at_work() -> (OpenOffice, Reference, Reference) {
    let mut people = everybody();
    people.push(leila());
    let office = OpenOffice::with(people, TUESDAY).await;
    let (first, second) = (office.at_stage_1("one").await, office.at_stage_1("two").await);
    (office, first, second)
}

#[tokio::test]
async fn of_a_sealed_case_the_copy_tells_what_its_stub_tells_and_who_has_the_rest() {
    let (office, first, second) = two_at_work().await;
    sealed(&office, &second, vec![jo().id]).await;
    // Nothing that somebody gives finds it but its reference.
    let found = subject::find(&office.office, &leila(), &priya()).await.unwrap();
    let references: Vec<&Reference> = found.cases.iter().map(|case| &case.reference).collect();
    assert_eq!((references, found.elsewhere.len()), (vec![&first], 0));
    let asked = Sought {
        references: vec![second.clone()],
        ..priya()
    };
    let found = subject::find(&office.office, &leila(), &asked).await.unwrap();
    assert_eq!(found.elsewhere, [(second.clone(), day("2026-06-09"))]);

    let both = [first.clone(), second.clone()];
    let prepared = subject::prepare(&office.office, &leila(), &both, day("2026-06-09"))
        .await
        .unwrap();
    let stub = prepared
        .copy
        .cases
        .iter()
        .find(|case| case.reference == second.to_string())
        .unwrap();
    assert!(
        stub.held_back
            .as_deref()
            .unwrap()
            .contains("A manager alone deals with this complaint")
    );
    let told: Vec<(&str, &str)> = stub
        .stands
        .iter()
        .map(|line| (line.name.as_str(), line.value.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("stage", "1"),
            ("a manager has had it since", "Tuesday 9 June 2026"),
            ("decision due by", "Friday 12 June 2026"),
        ]
    );
    assert!(stub.entries.is_empty() && stub.contact.is_empty() && stub.files.is_empty() && stub.recipients.is_empty());
    assert_eq!((&stub.channel, &stub.kind), (&None, &None));
    let text = serde_json::to_string(stub).unwrap();
    for word in ["dropped", "Grace", "Jo Whitfield", "Natarajan", "priya@", "desk"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    subject::put(&office.office, &leila(), &made(&both, "k")).await.unwrap();
    assert_eq!(office.kinds(&second).await.last().copied(), Some("copy.given"));
    let given = subject::latest(&office.office, &leila(), 10).await.unwrap();
    assert_eq!(given[0].made.cases.len(), 2);
    assert_whole(&office).await;
}

#[tokio::test]
async fn a_sealed_case_about_whoever_makes_the_copy_is_to_them_as_one_that_never_was() {
    let (office, first, second) = two_at_work().await;
    sealed(&office, &second, vec![leila().id]).await;
    let nowhere: Reference = "FC-99999".parse().unwrap();
    let asked = Sought {
        references: vec![second.clone(), nowhere.clone()],
        ..priya()
    };
    let found = subject::find(&office.office, &leila(), &asked).await.unwrap();
    let references: Vec<&Reference> = found.cases.iter().map(|case| &case.reference).collect();
    assert_eq!((references, found.elsewhere.len()), (vec![&first], 0));
    assert_eq!(found.unknown, [second.clone(), nowhere.clone()]);
    for reference in [second, nowhere] {
        let one = std::slice::from_ref(&reference);
        let prepared = subject::prepare(&office.office, &leila(), one, day("2026-06-09")).await;
        assert!(matches!(prepared, Err(ActError::NotFound)), "{:?}", prepared.err());
        let put = subject::put(&office.office, &leila(), &made(one, "k")).await;
        assert!(matches!(put, Err(ActError::NotFound)), "{put:?}");
    }
}

#[tokio::test]
async fn whoever_complained_about_the_same_matter_is_left_out_as_far_as_their_case_is_seen() {
    let (office, first, _) = two_at_work().await;
    let raw = rules::intake::RawFeedback {
        name: "Katherine Alder-Smith".to_owned(),
        email: "k.aldersmith@example.ac.uk".to_owned(),
        ..testkit::words::form()
    };
    let public = casework::PublicDoor::of(office.office.clone());
    let other = public.complain(&raw, "k").await.unwrap().reference;
    office.letters_arrive().await;
    write::note(
        office.hand(&amara(), &first),
        "Kate Alder-Smith's complaint (k.aldersmith@example.ac.uk) says the same.",
    )
    .await
    .unwrap();
    let complained = |prepared: &subject::Prepared| {
        let of_others = prepared
            .suggestions
            .iter()
            .filter(|one| one.why == rules::subject::Why::Complained);
        of_others.map(|one| one.what.clone()).collect::<Vec<_>>()
    };
    let one = std::slice::from_ref(&first);
    let prepared = subject::prepare(&office.office, &leila(), one, day("2026-06-09"))
        .await
        .unwrap();
    assert_eq!(
        complained(&prepared),
        Vec::<String>::new(),
        "a name and an address as any other"
    );
    let same = Linking {
        same: Sameness::SameMatter,
        reason: "The same evening".to_owned(),
    };
    casework::handling::group::link(office.hand(&ruth(), &other), &first, &same)
        .await
        .unwrap();
    let prepared = subject::prepare(&office.office, &leila(), one, day("2026-06-09"))
        .await
        .unwrap();
    let found = complained(&prepared);
    assert!(found.iter().any(|what| what.contains("Alder-Smith")), "{found:?}");
    assert!(found.iter().any(|what| what.contains('@')), "{found:?}");
    let (copy, _) = LeavingOut::all(&prepared.suggestions).from_copy(prepared.copy);
    let text = String::from_utf8(copy.data().unwrap()).unwrap();
    assert!(!text.contains("Alder") && !text.contains("aldersmith"), "{text}");
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
