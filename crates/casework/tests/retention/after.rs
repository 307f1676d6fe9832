//! What is left of a case that is gone: what is counted, and one entry without a name.

use casework::PublicDoor;
use casework::files::Tray;
use casework::handling::write;
use rules::case::Reference;
use rules::retention::Why;
use storage::outbox::OutboxState;
use testkit::office::OpenOffice;
use testkit::people::{amara, everybody, leila, ruth};
use testkit::story::TUESDAY;
use testkit::words;

use crate::support::{assert_whole, figures, gone, is_there};

/// An office with a case that has a file, a note, a draft, a code, a link, letters and a job, and another beside it.
pub(crate) async fn rich() -> (OpenOffice, Reference, casework::intake::Receipt) {
    let mut people = everybody();
    people.push(leila());
    let office = OpenOffice::with(people, TUESDAY).await;
    office.answered("beside").await;
    let public = PublicDoor::of(office.office.clone());
    let tray: Tray = public.tray("k").unwrap();
    let mut arrival = tray.begin("log.txt").await.unwrap();
    arrival.write(b"the access point restarted").await;
    arrival.finish().await.unwrap();
    let receipt = public.complain(&words::form(), "k").await.unwrap();
    office.letters_arrive().await;
    let reference = receipt.reference.clone();
    let door = office.door(&ruth());
    casework::handling::judge::triage(
        door.hand(&reference, casework::handling::Seen::Whatever, ""),
        &words::judged_for(&amara()),
    )
    .await
    .unwrap();
    write::note(office.hand(&amara(), &reference), "Ask the network team")
        .await
        .unwrap();
    let decision = words::decision_on(&office.case(&reference).await);
    casework::handling::decide::decide(
        office.hand(&amara(), &reference),
        &decision,
        &rules::handling::decide::Telling::InWriting,
    )
    .await
    .unwrap();
    office.letters_arrive().await;
    assert!(!office.case(&reference).await.is_open());
    (office, reference, receipt)
}

#[tokio::test]
async fn nothing_of_it_is_there_and_every_figure_is_what_it_was() {
    let (office, reference, receipt) = rich().await;
    let before = figures(&office).await;
    let files = office.office.store().files().list().await.unwrap().len();
    assert_eq!(files, 1);
    casework::retention::erase_as_asked(office.hand(&leila(), &reference))
        .await
        .unwrap();

    assert!(!is_there(&office, &reference).await);
    assert_eq!(figures(&office).await, before);
    assert_whole(&office).await;
    assert_eq!(figures(&office).await, before, "made again by the doctor");
    assert!(office.office.store().files().list().await.unwrap().is_empty());
    assert!(
        office
            .outbox(&reference)
            .await
            .iter()
            .all(|letter| letter.state != OutboxState::Sent)
    );
    assert_eq!(office.outbox(&reference).await.len(), 0);
    assert_eq!(office.found(&words::form().email).await.len(), 1, "the one beside it");

    // Whoever holds the receipt reads what whoever guesses reads.
    let public = PublicDoor::of(office.office.clone());
    let followed = public.follow(&reference.to_string(), &receipt.link_token).await;
    let guessed = public.follow("FC-99999", &receipt.link_token).await;
    assert_eq!(format!("{:?}", followed.err()), format!("{:?}", guessed.err()));

    // Its reference is never used again.
    for number in 0..5 {
        assert_ne!(office.receive(&format!("later {number}")).await, reference);
    }
    assert_whole(&office).await;
}

#[tokio::test]
async fn it_is_on_record_that_it_is_gone_by_whom_and_why_and_nothing_else() {
    let (office, reference, _) = rich().await;
    assert_eq!(gone(&office, &reference).await, None);
    casework::retention::erase_as_asked(office.hand(&leila(), &reference))
        .await
        .unwrap();
    let gone = gone(&office, &reference).await.unwrap();
    assert_eq!((gone.sequence, gone.erased.why), (1, Why::Asked));
    assert_eq!(gone.actor, rules::people::Actor::Staff(leila().id));
    assert_eq!(gone.erased.class.as_deref(), Some("stage_1"));
    let twice = casework::retention::erase_as_asked(office.hand(&leila(), &reference)).await;
    assert!(matches!(twice, Err(casework::ActError::NotFound)), "{twice:?}");
    let all = casework::retention::latest(&office.office, None, 10).await.unwrap();
    assert_eq!(all.len(), 1);
}

#[tokio::test]
async fn every_table_but_those_of_the_figures_and_of_the_log_forgets_it() {
    let (office, reference, _) = rich().await;
    casework::retention::erase_as_asked(office.hand(&leila(), &reference))
        .await
        .unwrap();
    let stream = reference.to_string();
    let number = reference.number();
    for (table, column) in [
        ("cases", "reference"),
        ("case_keeping", "reference"),
        ("case_groups", "reference"),
        ("case_kept_from", "reference"),
        ("deadlines", "reference"),
        ("jobs", "reference"),
        ("outbox", "reference"),
        ("search_documents", "reference"),
        ("access_codes", "reference"),
        ("link_tokens", "reference"),
        ("drafts", "stream"),
        ("files", "stream"),
    ] {
        let (sql, stream) = (
            format!("SELECT COUNT(*) FROM {table} WHERE {column} = $1"),
            stream.clone(),
        );
        let left: i64 = office
            .read(move |tx| Box::pin(async move { tx.one(&sql, &[&stream], |row| row.get(0)).await }))
            .await;
        assert_eq!(left, 0, "{table}");
    }
    let counted: i64 = office
        .read(move |tx| {
            Box::pin(async move {
                let sql = "SELECT COUNT(*) FROM case_facts WHERE number = $1";
                tx.one(sql, &[&number], |row| row.get(0)).await
            })
        })
        .await;
    assert_eq!(counted, 1);
}

#[tokio::test]
async fn a_note_of_a_review_on_it_goes_with_it_and_the_minutes_stay() {
    let (office, reference, _) = rich().await;
    office.on("2026-07-01 00:10");
    casework::review::open::open_due(&office.office).await.unwrap();
    let june = "2026-06".parse().unwrap();
    let helen = testkit::people::helen();
    let door = office.door(&helen);
    let secret = "She teaches in the Weir Building";
    door.review_desk(june, "1")
        .note(Some(reference.clone()), secret)
        .await
        .unwrap();
    door.review_desk(june, "2")
        .note(None, "Look at the libraries")
        .await
        .unwrap();
    let words = |file: casework::review::ReviewFile| -> Vec<String> {
        file.review.unwrap().notes.into_iter().map(|note| note.words).collect()
    };
    assert_eq!(
        words(door.review(june).await.unwrap()),
        [secret, "Look at the libraries"]
    );
    casework::retention::erase_as_asked(office.hand(&leila(), &reference))
        .await
        .unwrap();
    let gone = "This note was erased with its case.";
    assert_eq!(words(door.review(june).await.unwrap()), [gone, "Look at the libraries"]);
    // Nothing that can still be opened holds the words.
    let all = office
        .read(|tx| Box::pin(async move { storage::events::load_after(tx, 0, 10_000).await }))
        .await;
    assert!(
        all.iter()
            .all(|event| !String::from_utf8_lossy(&event.payload).contains(secret))
    );
    assert_whole(&office).await;
}

#[tokio::test]
async fn a_restricted_case_that_is_gone_is_named_in_no_list() {
    let (office, reference, _) = rich().await;
    let restriction = rules::confidential::lane::Restriction {
        reason: "It is about the person at the desk.".to_owned(),
        named: rules::confidential::StaffNamed {
            people: vec![testkit::people::jo().id],
            others: None,
        },
        to: None,
    };
    casework::handling::confidential::restrict(office.hand(&ruth(), &reference), &restriction)
        .await
        .unwrap();
    casework::retention::erase_as_asked(office.hand(&leila(), &reference))
        .await
        .unwrap();
    office.on("2026-07-01 00:10");
    casework::review::open::open_due(&office.office).await.unwrap();
    let file = office
        .door(&testkit::people::helen())
        .review("2026-06".parse().unwrap())
        .await
        .unwrap();
    assert!(!file.pack.listed.contains(&reference));
    assert_eq!(file.pack.confidential, 1);
    let all = casework::retention::overview(&office.office, Some(&testkit::people::tom()))
        .await
        .unwrap();
    assert!(all.gone.is_empty(), "an administrator learns nothing of it");
    let all = casework::retention::overview(&office.office, Some(&leila()))
        .await
        .unwrap();
    assert_eq!(all.gone.len(), 1);
}
