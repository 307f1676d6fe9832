//! With their words: a file belongs to them, is found and opened by whoever may see them, and by nobody else.

use casework::ActError;
use casework::handling::{Hand, Seen, write};
use casework::intake::log::{LogCall, Next, log};
use casework::letter::Waiting;
use rules::case::event::UpdateSent;
use rules::case::vocabulary::{Channel, Means};
use rules::case::{Event, Reference};
use rules::files::SeenBy;
use rules::people::Actor;
use testkit::office::OpenOffice;
use testkit::people::{amara, ruth};
use testkit::words;

use crate::support::{as_complainant, complain, complainant, lying, names, office, picture, public, put};

async fn found(office: &OpenOffice, query: &str) -> Vec<String> {
    let lines = office.door(&ruth()).find(query).await.unwrap();
    lines.into_iter().map(|line| line.reference).collect()
}

#[tokio::test]
async fn files_of_a_complaint_come_with_it_and_are_found_by_their_names() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    let bytes = picture(1, 150_000);
    put(&tray, "wifi-outage.png", &bytes).await.unwrap();
    put(&tray, "connection.log", b"14:02 dropped\n").await.unwrap();
    let receipt = complain(&office, "k").await;
    let case = office.case(&receipt.reference).await;
    let told: Vec<_> = case
        .files
        .iter()
        .map(|kept| (kept.file.name.as_str(), kept.file.came_with, kept.by))
        .collect();
    assert_eq!(
        told,
        [
            ("wifi-outage.png", 1, Actor::Complainant),
            ("connection.log", 1, Actor::Complainant)
        ]
    );
    assert!(names(&tray).await.is_empty());
    let reference = receipt.reference.to_string();
    assert_eq!(found(&office, "outage").await, std::slice::from_ref(&reference));
    assert_eq!(found(&office, "connection.log").await, [reference]);
    let who = complainant(&office, &receipt).await;
    assert!(as_complainant(&office, &who, &case.files[0].file.id).await.unwrap() == bytes);
    let job = case.job.clone().unwrap().number;
    let job = casework::desk::jobs::get(&office.office, &job, &ruth()).await.unwrap();
    assert!(
        job.updates
            .iter()
            .any(|update| update.text == "File attached: wifi-outage.png")
    );
    let rebuilt = casework::rebuild::rebuild(&office.office).await.unwrap();
    assert_eq!(rebuilt.differences, []);
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_case_with_each_file_once() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    put(&tray, "a.png", &picture(1, 1_000)).await.unwrap();
    let first = complain(&office, "k").await;
    // The second press brings the same file once more, after the first was taken.
    put(&tray, "a.png", &picture(1, 1_000)).await.unwrap();
    let second = complain(&office, "k").await;
    assert_eq!(first, second);
    assert_eq!(office.case(&first.reference).await.files.len(), 1);
    assert!(names(&tray).await.is_empty());
    casework::files::sweep::sweep(&office.office).await.unwrap();
    assert_eq!(lying(&office).await.len(), 1);
}

#[tokio::test]
async fn two_presses_at_the_same_moment_attach_once() {
    let office = office().await;
    let receipt = complain(&office, "k").await;
    let who = complainant(&office, &receipt).await;
    let door = public(&office);
    put(&door.reply_tray(&who, "r").unwrap(), "a.png", &picture(1, 1_000))
        .await
        .unwrap();
    let (first, second) = tokio::join!(door.reply(&who, "See this", "r"), door.reply(&who, "See this", "r"));
    first.unwrap();
    second.unwrap();
    let case = office.case(&receipt.reference).await;
    assert_eq!(case.files.len(), 1);
    let file = &case.files[0].file;
    let history = door.case(&who).await.unwrap().history;
    let came_with = &history[file.came_with as usize - 1];
    assert!(matches!(&came_with.event, Event::MessageReceived(message) if message.words == "See this"));
    assert_eq!(history.len() as u32, file.came_with + 1);
}

#[tokio::test]
async fn a_reply_whose_words_are_missing_keeps_its_files_for_the_next_try() {
    let office = office().await;
    let receipt = complain(&office, "k").await;
    let who = complainant(&office, &receipt).await;
    let door = public(&office);
    let tray = door.reply_tray(&who, "r").unwrap();
    put(&tray, "a.png", &picture(1, 1_000)).await.unwrap();
    assert!(matches!(door.reply(&who, " ", "r").await, Err(ActError::Refused(_))));
    assert_eq!(names(&tray).await, ["a.png"]);
    door.reply(&who, "Now with words", "r").await.unwrap();
    assert_eq!(office.case(&receipt.reference).await.files.len(), 1);
}

async fn note_with_a_file(office: &OpenOffice, reference: &Reference) -> String {
    let tray = office.door(&amara()).tray("n").unwrap();
    put(&tray, "router.png", &picture(3, 1_000)).await.unwrap();
    write::note(
        office.door(&amara()).hand(reference, Seen::Whatever, "n"),
        "From the network team",
    )
    .await
    .unwrap();
    let case = office.case(reference).await;
    case.files.last().unwrap().file.id.clone()
}

#[tokio::test]
async fn a_file_with_a_note_is_opened_by_staff_and_by_nobody_else() {
    let office = office().await;
    let receipt = complain(&office, "k").await;
    let id = note_with_a_file(&office, &receipt.reference).await;
    let who = complainant(&office, &receipt).await;
    for id in [id.as_str(), "no-such-file", "../../redress.db"] {
        let answer = as_complainant(&office, &who, id).await;
        assert!(matches!(answer, Err(ActError::NotFound)), "{id}");
    }
    let door = office.door(&ruth());
    let case = door.case(&receipt.reference).await.unwrap();
    assert_eq!(case.case.files[0].file.seen_by, SeenBy::Staff);
    let mut download = door.open_file(&case, &id).await.unwrap();
    assert_eq!(download.next_chunk().await.unwrap().unwrap(), picture(3, 1_000));
    assert_eq!(download.next_chunk().await.unwrap(), None);
    assert_eq!(download.next_chunk().await.unwrap(), None);
    let job = case.case.job.unwrap().number;
    let job = casework::desk::jobs::get(&office.office, &job, &ruth()).await.unwrap();
    assert!(
        !job.updates.iter().any(|update| update.text.contains("router")),
        "a note stays with the case"
    );
    assert_eq!(found(&office, "router").await.len(), 1);
}

#[tokio::test]
async fn a_file_opens_on_its_own_case_only() {
    let office = office().await;
    put(&public(&office).tray("k1").unwrap(), "a.png", &picture(1, 1_000))
        .await
        .unwrap();
    let (mine, other) = (complain(&office, "k1").await, complain(&office, "k2").await);
    let id = office.case(&mine.reference).await.files[0].file.id.clone();
    let who = complainant(&office, &other).await;
    assert!(matches!(
        as_complainant(&office, &who, &id).await,
        Err(ActError::NotFound)
    ));
    let door = office.door(&ruth());
    let case = door.case(&other.reference).await.unwrap();
    assert!(matches!(door.open_file(&case, &id).await, Err(ActError::NotFound)));
}

#[tokio::test]
async fn a_message_with_a_file_is_seen_by_the_complainant_and_its_letter_says_where() {
    let office = office().await;
    let reference = office.at_stage_1("k").await;
    let tray = office.door(&amara()).tray("u").unwrap();
    put(&tray, "letter.pdf", b"%PDF-1.7\nfor your department")
        .await
        .unwrap();
    let news = UpdateSent {
        words: "The letter for your department is ready.".to_owned(),
        by: Means::Email,
        next_on: None,
    };
    let door = office.door(&amara());
    write::update(door.hand(&reference, Seen::Whatever, "u"), &news)
        .await
        .unwrap();
    let case = office.case(&reference).await;
    assert!(case.files[0].is_theirs_too());
    assert_eq!(case.files[0].by, Actor::Staff(amara().id));
    let waiting = casework::jobs::post::claim(&office.office, 20).await.unwrap();
    let letter: &Waiting = &waiting[0].letter;
    assert!(
        letter
            .facts
            .body
            .ends_with("A file came with this message: letter.pdf. You can open it by the link in this letter.")
    );
}

#[tokio::test]
async fn a_call_that_is_logged_brings_the_files_of_its_own_clerk() {
    let office = office().await;
    put(&office.door(&ruth()).tray("k").unwrap(), "ruths.png", &picture(1, 500))
        .await
        .unwrap();
    put(
        &office.door(&amara()).tray("k").unwrap(),
        "amaras.png",
        &picture(2, 500),
    )
    .await
    .unwrap();
    let call = LogCall {
        raw: words::form(),
        channel: Channel::InPerson,
        received_at: None,
        vip: None,
        next: Next::Triage,
        key: "k".to_owned(),
    };
    let receipt = log(&office.office, call, &amara()).await.unwrap();
    let case = office.case(&receipt.reference).await;
    assert_eq!(case.files.len(), 1);
    assert_eq!(
        (case.files[0].file.name.as_str(), case.files[0].by),
        ("amaras.png", Actor::Staff(amara().id))
    );
    assert_eq!(names(&office.door(&ruth()).tray("k").unwrap()).await, ["ruths.png"]);
}

#[tokio::test]
async fn words_whose_form_has_no_key_bring_no_files() {
    let office = office().await;
    let receipt = complain(&office, "k").await;
    let tray = office.door(&amara()).tray("n").unwrap();
    let file = put(&tray, "a.png", &picture(1, 500)).await.unwrap();
    let before = office.case(&receipt.reference).await.sequence;
    let door = office.door(&amara());
    let hand = Hand {
        once: None,
        ..door.hand(&receipt.reference, Seen::Whatever, "n")
    };
    write::note(hand, "Rang twice").await.unwrap();
    assert_eq!(office.case(&receipt.reference).await.sequence, before + 1);
    assert_eq!(tray.waiting().await.unwrap(), [file]);
}
