//! Words and files are taken out of a case: nothing that can be opened holds them, everything else goes on, and a fault loses nothing (R31, R89).

use casework::PublicDoor;
use casework::drafts::Written;
use casework::handling::{Hand, redact, write};
use rules::case::event::UpdateSent;
use rules::case::vocabulary::Means;
use rules::case::{Case, Reference, Refused};
use rules::handling::unsent::DraftOf;
use rules::people::Person;
use rules::redaction::{Asked, What};
use storage::StorageError;
use testkit::office::OpenOffice;
use testkit::people::{amara, everybody, helen, leila, ruth};
use testkit::story::TUESDAY;

use crate::after::rich;
use crate::support::{assert_whole, figures};

/// It stands in the complaint, in its title, in the letters that quote the title, and in what people write about it.
const SECRET: &str = "Main Library dropped";

async fn take_out(
    office: &OpenOffice,
    reference: &Reference,
    passage: &str,
    by: &Person,
) -> Result<Case, casework::ActError> {
    let hand: Hand<'_> = office.hand(by, reference);
    let found = redact::places(hand, passage).await?;
    let asked = Asked {
        what: What::Passage(passage.to_owned()),
        places: found
            .into_iter()
            .filter(|found| found.stays.is_none())
            .map(|found| found.place)
            .collect(),
        reason: "It is about somebody else.".to_owned(),
    };
    redact::take_out(office.hand(by, reference), &asked).await
}

/// Everything of the office that the keys in its database open, as text.
async fn readable(office: &OpenOffice, reference: &Reference) -> String {
    let stream = reference.to_string();
    office
        .read(move |tx| {
            Box::pin(async move {
                let mut text = String::new();
                for event in storage::events::load_after(tx, 0, 100_000).await? {
                    text.push_str(&String::from_utf8_lossy(&event.payload));
                }
                for event in storage::events::load(tx, &stream).await? {
                    text.push_str(&String::from_utf8_lossy(&event.payload));
                }
                let beside = storage::retold::beside(tx, &stream).await?;
                for letter in &beside.letters {
                    text.push_str(&String::from_utf8_lossy(&letter.payload));
                    text.push_str(letter.last_error.as_deref().unwrap_or(""));
                }
                for (_, draft) in &beside.drafts {
                    text.push_str(&String::from_utf8_lossy(&draft.fields));
                }
                if let Some(row) = storage::cases::get(tx, &stream).await? {
                    text.push_str(&String::from_utf8_lossy(&row.card));
                }
                for job in storage::jobs::for_case(tx, &stream).await? {
                    for update in storage::jobs::updates(tx, &job.number).await? {
                        text.push_str(&update.text);
                    }
                }
                Ok::<_, StorageError>(text)
            })
        })
        .await
}

/// An open case whose secret stands everywhere: in a note, in a draft, in a letter that waits.
async fn told_everywhere() -> (OpenOffice, Reference) {
    let mut people = everybody();
    people.push(leila());
    let office = OpenOffice::with(people, TUESDAY).await;
    let reference = office.at_stage_1("k").await;
    office.letters_arrive().await;
    write::note(
        office.hand(&amara(), &reference),
        "They say that the Main  Library\ndropped it.",
    )
    .await
    .unwrap();
    let draft = Written {
        once: "d1".to_owned(),
        answers: vec![("note".to_owned(), "Why the Main Library dropped it".to_owned())],
    };
    let door = office.door(&amara());
    door.drafts(Some(&reference)).keep(DraftOf::Note, draft).await.unwrap();
    let update = UpdateSent {
        words: "The Main Library dropped it, we think.".to_owned(),
        by: Means::Email,
        next_on: None,
    };
    write::update(office.hand(&amara(), &reference), &update).await.unwrap();
    (office, reference)
}

fn says_it(text: &str) -> bool {
    rules::redaction::Passage::of(SECRET).unwrap().is_in(text) || text.contains("Main  Library\\ndropped")
}

#[tokio::test]
async fn nothing_that_can_be_opened_holds_it_and_everything_else_goes_on() {
    let (office, reference) = told_everywhere().await;
    assert!(says_it(&readable(&office, &reference).await));
    let before = office.case(&reference).await;
    let case = take_out(&office, &reference, SECRET, &leila()).await.unwrap();
    assert_eq!(case.sequence, before.sequence + 1);
    let left = readable(&office, &reference).await;
    assert!(!says_it(&left), "{left}");
    assert!(
        left.contains("Why the [taken out, no. 1] it"),
        "the draft waits: {left}"
    );
    assert_eq!(office.found("dropped").await, Vec::<String>::new());
    assert_eq!(office.found("online").await, [reference.to_string()]);
    assert_whole(&office).await;
    let report = casework::evidence::verify(&office.office).await.unwrap();
    assert_eq!(
        report.erased,
        u64::from(before.sequence),
        "the old words open for nobody"
    );

    // The letter that waited goes out without it, and the case goes on as any other.
    office.letters_arrive().await;
    write::note(office.hand(&amara(), &reference), "Asked the network team.")
        .await
        .unwrap();
    let case = office.case(&reference).await;
    assert_eq!(case.tombstones.len(), 1);
    let left = readable(&office, &reference).await;
    assert!(left.contains("The [taken out, no. 1] it, we think."), "{left}");
    assert!(!says_it(&left), "{left}");
    assert_whole(&office).await;
}

#[tokio::test]
async fn the_page_says_in_its_place_by_whom_when_and_why() {
    let (office, reference) = told_everywhere().await;
    take_out(&office, &reference, SECRET, &ruth()).await.unwrap();
    let file = office.door(&amara()).case(&reference).await.unwrap();
    let spelt = format!(
        "[taken out by {} on Tuesday 9 June 2026: It is about somebody else.]",
        ruth().name
    );
    assert!(
        file.case.received.words.contains(&spelt),
        "{}",
        file.case.received.words
    );
    // A second one tells the first one's place as it was.
    take_out(&office, &reference, "Nobody called me back", &leila())
        .await
        .unwrap();
    let file = office.door(&amara()).case(&reference).await.unwrap();
    assert!(
        file.case.received.words.contains(&spelt),
        "{}",
        file.case.received.words
    );
    assert!(
        file.case.received.words.contains("[taken out by Leila"),
        "{}",
        file.case.received.words
    );
    let numbers: Vec<u32> = file.case.tombstones.iter().map(|tombstone| tombstone.number).collect();
    assert_eq!(numbers, [1, 2]);
    assert_whole(&office).await;
}

#[tokio::test]
async fn a_fault_in_the_middle_changes_nothing_wherever_it_happens() {
    let (office, reference) = told_everywhere().await;
    let before = (office.case(&reference).await, readable(&office, &reference).await);
    for (number, (event, table)) in [
        ("UPDATE OF wrapped", "stream_keys"),
        ("UPDATE OF payload", "outbox"),
        ("UPDATE OF fields", "drafts"),
        ("INSERT", "events"),
        ("INSERT", "audit_nodes"),
        ("UPDATE", "cases"),
        ("INSERT", "job_updates"),
        ("INSERT", "search_documents"),
        ("UPDATE", "search_documents"),
    ]
    .into_iter()
    .enumerate()
    {
        let make = format!(
            "CREATE TRIGGER fault{number} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        );
        exec(&office, make).await;
        let taken = take_out(&office, &reference, SECRET, &leila()).await;
        exec(&office, format!("DROP TRIGGER fault{number}")).await;
        if taken.is_ok() {
            // This table is not written here.
            panic!("{event} {table} is never done");
        }
        assert_eq!(office.case(&reference).await, before.0, "{event} {table}");
        assert_eq!(readable(&office, &reference).await, before.1, "{event} {table}");
    }
    take_out(&office, &reference, SECRET, &leila()).await.unwrap();
    assert_whole(&office).await;
}

async fn exec(office: &OpenOffice, sql: String) {
    let written: Result<(), StorageError> = office
        .office
        .store()
        .write(move |tx| Box::pin(async move { tx.exec(&sql, &[]).await.map(drop) }))
        .await;
    written.unwrap();
}

#[tokio::test]
async fn the_figures_and_the_notes_of_reviews_stay() {
    let (office, reference, _) = rich().await;
    office.on("2026-07-01 00:10");
    casework::review::open::open_due(&office.office).await.unwrap();
    let june = "2026-06".parse().unwrap();
    let door = office.door(&helen());
    let note = "The Main Library dropped it in 2025 too";
    door.review_desk(june, "1")
        .note(Some(reference.clone()), note)
        .await
        .unwrap();
    let before = figures(&office).await;
    take_out(&office, &reference, SECRET, &leila()).await.unwrap();
    take_out(&office, &reference, "Nobody called me back", &leila())
        .await
        .unwrap();
    assert_eq!(figures(&office).await, before);
    assert_whole(&office).await;
    assert_eq!(figures(&office).await, before, "made again by the doctor");
    let review = door.review(june).await.unwrap().review.unwrap();
    let words: Vec<String> = review.notes.into_iter().map(|note| note.words).collect();
    assert_eq!(words, ["The [taken out, no. 1] it in 2025 too"]);
}

#[tokio::test]
async fn a_file_goes_whole_and_the_others_open_as_before() {
    let (office, reference, receipt) = rich().await;
    let public = PublicDoor::of(office.office.clone());
    let who = public
        .follow(&reference.to_string(), &receipt.link_token)
        .await
        .unwrap();
    let tray = public.reply_tray(&who, "m").unwrap();
    let mut arrival = tray.begin("more.txt").await.unwrap();
    arrival.write(b"it restarted again").await;
    arrival.finish().await.unwrap();
    casework::intake::track::reply(&office.office, &who, "See the file.", "m")
        .await
        .unwrap();
    let case = office.case(&reference).await;
    let (first, second) = (case.files[0].file.id.clone(), case.files[1].file.id.clone());
    let history = office.history(&reference).await;
    let came = history.iter().find(|recorded| recorded.event.kind() == "file.attached");
    let number = came.unwrap().sequence;
    let asked = Asked {
        what: What::File(number),
        places: Vec::new(),
        reason: "It is somebody else's.".to_owned(),
    };
    redact::take_out(office.hand(&leila(), &reference), &asked)
        .await
        .unwrap();
    assert_eq!(
        office.office.store().files().list().await.unwrap().len(),
        1,
        "its bytes are gone"
    );
    let key = |id: String| {
        let stream = reference.to_string();
        let office = &office;
        async move {
            let store = office.office.store();
            let found: Result<_, StorageError> = store
                .read(move |tx| Box::pin(async move { storage::files::key(tx, &id, &stream).await.map(drop) }))
                .await;
            found.is_ok()
        }
    };
    assert!(!key(first).await);
    assert!(key(second).await);
    let case = office.case(&reference).await;
    assert_eq!(case.files[0].file.name.as_str(), "[taken out, no. 1]");
    assert!(case.tombstones[0].took_file(number));
    assert_eq!(office.found("log.txt").await, Vec::<String>::new());
    let again = redact::take_out(office.hand(&leila(), &reference), &asked).await;
    assert!(
        matches!(again, Err(casework::ActError::Refused(Refused::Fields { .. }))),
        "{again:?}"
    );
    assert_whole(&office).await;
}

#[tokio::test]
async fn a_letter_that_is_going_out_at_this_moment_is_waited_for() {
    let (office, reference) = told_everywhere().await;
    let letters = casework::jobs::post::claim(&office.office, 20).await.unwrap();
    let refused = take_out(&office, &reference, SECRET, &leila()).await.unwrap_err();
    assert!(refused.to_string().contains("going out at this moment"), "{refused}");
    for letter in &letters {
        casework::jobs::post::put_back(&office.office, letter).await.unwrap();
    }
    take_out(&office, &reference, SECRET, &leila()).await.unwrap();
}

#[tokio::test]
async fn for_whoever_may_not_see_the_case_there_is_none() {
    let (office, reference, _) = rich().await;
    let restriction = rules::confidential::lane::Restriction {
        reason: "It is about the person at the desk.".to_owned(),
        named: rules::confidential::StaffNamed {
            people: vec![leila().id],
            others: None,
        },
        to: None,
    };
    casework::handling::confidential::restrict(office.hand(&ruth(), &reference), &restriction)
        .await
        .unwrap();
    let nothing = take_out(&office, &reference, SECRET, &leila()).await;
    assert!(matches!(nothing, Err(casework::ActError::NotFound)), "{nothing:?}");
    let asked = Asked {
        what: What::Passage(SECRET.to_owned()),
        places: Vec::new(),
        reason: "x".to_owned(),
    };
    let nothing = redact::take_out(office.hand(&leila(), &reference), &asked).await;
    assert!(matches!(nothing, Err(casework::ActError::NotFound)), "{nothing:?}");
}
