//! The access log: who saw which case or took what along is on record, for those who may read it, and what is done to it shows (R31, R89).

use casework::ActError;
use casework::desk::jobs;
use casework::looks::{Asked, ListTaken, SeenLine, by_person_and_day, check, empty_old, of_case, save, seal_in_turn};
use casework::nodes::Turn;
use rules::case::Reference;
use rules::confidential::looks::Way;
use rules::people::Person;
use testkit::flood::{Flood, no_more_writing};
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, everybody, helen, iris, leila, ruth};

async fn open() -> OpenOffice {
    OpenOffice::with([everybody(), vec![leila()]].concat(), "2026-06-09 09:15").await
}

async fn seen(office: &OpenOffice, case: &Reference) -> Vec<(Person, Way)> {
    let (page, _) = of_case(&office.office, case, None, &leila()).await.unwrap();
    let who = |line: &SeenLine| (office.office.person(line.who).unwrap(), line.way.unwrap());
    page.lines.iter().rev().map(who).collect()
}

async fn ways_of(office: &OpenOffice, who: &Person) -> Vec<(Way, Option<String>)> {
    let asked = Asked {
        who: Some(who.id),
        on: None,
    };
    let page = by_person_and_day(&office.office, asked, None, &leila()).await.unwrap();
    let way = |line: SeenLine| (line.way.unwrap(), line.about);
    page.lines.into_iter().rev().map(way).collect()
}

#[tokio::test]
async fn each_way_to_a_case_is_on_record_to_the_second_and_one_entry_stands_for_ten_minutes() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    office.on("2026-06-09 10:00");
    let amara = amara();
    let door = office.door(&amara);
    for _ in 0..3 {
        door.case(&case).await.unwrap();
    }
    let (_, entry) = door.case_by(&case, Way::Search).await.unwrap();
    entry.kept().await.unwrap();
    let job = office.case(&case).await.job.unwrap().number;
    jobs::open(&office.office, &job, &dana()).await.unwrap();
    let first = [
        (amara.clone(), Way::Page),
        (amara.clone(), Way::Search),
        (dana(), Way::Job),
    ];
    assert_eq!(seen(&office, &case).await, first);
    let (page, _) = of_case(&office.office, &case, None, &leila()).await.unwrap();
    assert!(
        page.lines
            .iter()
            .all(|line| line.at == testkit::moment::at("2026-06-09 10:00"))
    );

    office.on("2026-06-09 10:09");
    door.case(&case).await.unwrap();
    assert_eq!(seen(&office, &case).await.len(), 3, "the entry of 10:00 stands for it");
    office.on("2026-06-09 10:11");
    door.case(&case).await.unwrap();
    assert_eq!(seen(&office, &case).await.len(), 4);
    // What a list shows, and who is refused, is no look at a case.
    door.case_for_a_line(&case).await.unwrap();
    assert!(office.door(&leila()).case(&"FC-99999".parse().unwrap()).await.is_err());
    assert_eq!(seen(&office, &case).await.len(), 4);
}

#[tokio::test]
async fn what_leaves_as_a_file_is_an_entry_each_time_and_a_list_says_which_cases_it_held() {
    let office = open().await;
    let (one, other) = (office.at_stage_1("k").await, office.at_stage_1("l").await);
    let dana = dana();
    let door = office.door(&dana);
    for _ in 0..2 {
        door.takes_list(&ListTaken::of("stage=1", [one.clone()])).await.unwrap();
    }
    door.takes(Way::Figures, "2026-06-01..2026-06-09").await.unwrap();
    let expected = [
        (Way::List, Some("stage=1".to_owned())),
        (Way::List, Some("stage=1".to_owned())),
        (Way::Figures, Some("2026-06-01..2026-06-09".to_owned())),
    ];
    assert_eq!(ways_of(&office, &dana).await, expected);
    let (_, lists) = of_case(&office.office, &one, None, &leila()).await.unwrap();
    assert_eq!(lists.len(), 2);
    let (_, lists) = of_case(&office.office, &other, None, &leila()).await.unwrap();
    assert_eq!(lists, []);

    let asked = Asked {
        who: Some(dana.id),
        on: Some(testkit::moment::day("2026-06-09")),
    };
    assert_eq!(save(&office.office, asked, &leila()).await.unwrap().len(), 3);
    let about = format!("who={}&on=2026-06-09", dana.id.0);
    assert_eq!(ways_of(&office, &leila()).await, [(Way::AccessLog, Some(about))]);
}

#[tokio::test]
async fn it_is_read_by_who_watches_over_it_and_by_each_person_their_own() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    office.door(&amara()).case(&case).await.unwrap();
    for who in [amara(), dana(), ruth(), helen()] {
        let refused = of_case(&office.office, &case, None, &who).await;
        assert!(matches!(refused, Err(ActError::Refused(_))), "{}", who.name);
        let everybodys = by_person_and_day(&office.office, Asked::default(), None, &who).await;
        assert!(matches!(everybodys, Err(ActError::Refused(_))), "{}", who.name);
        let leilas = Asked {
            who: Some(leila().id),
            on: None,
        };
        let others = by_person_and_day(&office.office, leilas, None, &who).await;
        assert!(matches!(others, Err(ActError::Refused(_))), "{}", who.name);
    }
    let own = Asked {
        who: Some(amara().id),
        on: None,
    };
    let own = by_person_and_day(&office.office, own, None, &amara()).await.unwrap();
    assert_eq!(own.lines.len(), 1);
    for who in [leila(), iris()] {
        let (page, _) = of_case(&office.office, &case, None, &who).await.unwrap();
        assert_eq!(page.lines.len(), 1, "{}", who.name);
    }
    let another_day = Asked {
        who: None,
        on: Some(testkit::moment::day("2026-06-08")),
    };
    let page = by_person_and_day(&office.office, another_day, None, &leila())
        .await
        .unwrap();
    assert_eq!(page.lines, []);
}

#[tokio::test]
async fn pages_are_bounded_and_lead_to_the_next() {
    let office = open().await;
    let dana = dana();
    for _ in 0..51 {
        office.door(&dana).takes(Way::Figures, "x").await.unwrap();
    }
    let asked = Asked {
        who: Some(dana.id),
        on: None,
    };
    let first = by_person_and_day(&office.office, asked, None, &leila()).await.unwrap();
    assert_eq!(first.lines.len(), 50);
    let next = by_person_and_day(&office.office, asked, first.next.as_deref(), &leila())
        .await
        .unwrap();
    assert_eq!((next.lines.len(), next.next), (1, None));
}

#[tokio::test]
async fn while_nothing_can_be_written_pages_are_read_and_no_file_leaves() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    let door = office.door(&amara());
    no_more_writing(office.office.store()).await;
    door.case(&case).await.unwrap();
    assert!(door.takes(Way::Figures, "x").await.is_err());
    assert!(door.takes_list(&ListTaken::of("", [case.clone()])).await.is_err());
    // Entries wait in memory, so many and no more: then pages are not shown either.
    let mut shown = 0;
    for minute in 1..=1_000 {
        office.stop_at(testkit::moment::at("2026-06-09 10:00") + jiff::SignedDuration::from_mins(11 * minute));
        if door.case(&case).await.is_err() {
            break;
        }
        shown += 1;
    }
    assert_eq!(shown, 511, "with the first one 512 wait");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_in_memory_in_a_flood_is_written_with_the_next() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    let flood = Flood::of(office.office.store()).await;
    office.door(&amara()).case(&case).await.unwrap();
    assert_eq!(seen(&office, &case).await, []);
    flood.passes().await;
    office.door(&dana()).case(&case).await.unwrap();
    assert_eq!(seen(&office, &case).await, [(amara(), Way::Page), (dana(), Way::Page)]);
}

#[tokio::test]
async fn what_is_done_to_it_shows() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    for who in [amara(), dana(), leila()] {
        office.door(&who).case(&case).await.unwrap();
    }
    assert_eq!(check(&office.office).await.unwrap(), Vec::<String>::new());
    office.tamper("UPDATE looks SET staff_id = 1 WHERE number = 2").await;
    assert_eq!(
        check(&office.office).await.unwrap(),
        ["entry 2 of the access log was altered"]
    );
    office
        .tamper("UPDATE looks SET staff_id = NULL, way = NULL, salt = NULL WHERE number = 2")
        .await;
    let emptied = ["entry 2 of the access log was emptied, and nothing on record asks for it"];
    assert_eq!(check(&office.office).await.unwrap(), emptied);
    office.tamper("DELETE FROM looks WHERE number = 2").await;
    assert_eq!(
        check(&office.office).await.unwrap(),
        ["entry 2 of the access log is missing"]
    );
}

/// Seals what is new, as the worker does each hour.
async fn seal(office: &OpenOffice) -> u64 {
    let mut turn = Turn::of(&office.office);
    let lease = turn.take(office.office.now()).await.expect("nobody else has the turn");
    let sealed = seal_in_turn(&office.office, &lease).await.unwrap();
    turn.let_go(office.office.now()).await;
    sealed
}

#[tokio::test]
async fn what_is_sealed_cannot_be_made_anew_and_stays_sealed_when_a_case_is_erased() {
    let office = open().await;
    let (case, other) = (office.at_stage_1("k").await, office.at_stage_1("l").await);
    for who in [amara(), dana()] {
        office.door(&who).case(&case).await.unwrap();
        office.door(&who).case(&other).await.unwrap();
    }
    assert_eq!(seal(&office).await, 4);
    assert_eq!(seal(&office).await, 0, "nothing is new");
    office.door(&leila()).case(&case).await.unwrap();
    assert_eq!(seal(&office).await, 1);

    let (stream, now) = (case.to_string(), office.office.now());
    let erased: Result<(), storage::StorageError> = office
        .office
        .store()
        .write(move |tx| Box::pin(async move { storage::erasure::erase(tx, &stream, now).await }))
        .await;
    erased.unwrap();
    assert_eq!(check(&office.office).await.unwrap(), Vec::<String>::new());
    assert_eq!(
        ways_of(&office, &amara()).await,
        [(Way::Page, None)],
        "who saw it goes with it"
    );
    assert!(casework::evidence::verify(&office.office).await.unwrap().is_whole());

    // Somebody takes the last entries away, hashes and all: the seals know of them.
    office.tamper("DELETE FROM looks WHERE number = 5").await;
    let faults = check(&office.office).await.unwrap();
    let expected = [
        "entry 5 of the access log is missing",
        "the entries 5 to 5 of the access log are not those that were sealed",
    ];
    assert_eq!(faults, expected);
    assert!(!casework::evidence::verify(&office.office).await.unwrap().is_whole());
}

#[tokio::test]
async fn what_is_about_no_case_is_kept_for_the_years_of_the_procedure() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    let dana = dana();
    office.door(&dana).case(&case).await.unwrap();
    office.door(&dana).takes(Way::Figures, "x").await.unwrap();
    seal(&office).await;
    for (local, emptied) in [
        ("2032-06-08 09:15", 0),
        ("2032-06-10 09:15", 1),
        ("2032-06-11 09:15", 0),
    ] {
        office.on(local);
        let mut turn = Turn::of(&office.office);
        let lease = turn.take(office.office.now()).await.expect("nobody else has the turn");
        assert_eq!(empty_old(&office.office, &lease).await.unwrap(), emptied, "{local}");
        turn.let_go(office.office.now()).await;
    }
    assert_eq!(
        ways_of(&office, &dana).await,
        [(Way::Page, None)],
        "the case is there, and who saw it"
    );
    assert_eq!(check(&office.office).await.unwrap(), Vec::<String>::new());
}
