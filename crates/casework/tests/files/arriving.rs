//! On the way in: what is taken waits in its own tray, what is refused says why, and nothing is kept that nobody could open.

use casework::ActError;
use casework::files::{NotTaken, sweep};
use rules::files::limits::MEGABYTE;
use rules::files::{FileRefused, Kind, Unsafe};
use storage::StorageError;
use testkit::people::everybody;

use crate::support::{complain, faults, lying, names, office, picture, public, put, refused};

const LARGEST: usize = 25 * MEGABYTE as usize;

#[tokio::test]
async fn a_file_waits_in_the_tray_of_its_own_form() {
    let office = office().await;
    let door = public(&office);
    let (mine, theirs) = (door.tray("k1").unwrap(), door.tray("k2").unwrap());
    let brought = put(&mine, "C:\\shots\\screen.png", &picture(1, 200_000)).await.unwrap();
    assert_eq!(
        (brought.name.as_str(), brought.kind, brought.size),
        ("screen.png", Kind::Png, 200_000)
    );
    assert_eq!(mine.waiting().await.unwrap(), std::slice::from_ref(&brought));
    assert_eq!(names(&theirs).await, Vec::<String>::new());
    theirs.leave_out(&[&brought.id]).await.unwrap();
    assert_eq!(names(&mine).await, ["screen.png"], "nobody reaches into another's tray");
    assert_eq!(lying(&office).await, [brought.id]);
    assert!(door.tray("").is_none(), "a form without a key has no tray");
}

#[tokio::test]
async fn the_largest_file_is_taken_and_one_byte_more_is_not() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    let brought = put(&tray, "a.png", &picture(1, LARGEST)).await.unwrap();
    assert_eq!(brought.size, 25 * MEGABYTE);
    let too_large = refused(&tray, "b.png", &picture(2, LARGEST + 1)).await;
    assert_eq!(
        too_large.words(),
        "\"b.png\" is 25.1 MB. Choose a file smaller than 25 MB, or send a link"
    );
    assert_eq!(names(&tray).await, ["a.png"]);
    assert_eq!(lying(&office).await.len(), 1, "nothing of the other is left");
}

#[tokio::test]
async fn the_sentence_says_how_large_a_file_was_that_was_never_kept() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    let mut arrival = tray.begin("video.mov").await.unwrap();
    for _ in 0..48 {
        arrival.write(&vec![7; MEGABYTE as usize]).await;
    }
    let refused = arrival.finish().await.unwrap_err();
    assert_eq!(
        refused.refused().words(),
        "\"video.mov\" is 48 MB. Choose a file smaller than 25 MB, or send a link"
    );
    assert!(lying(&office).await.is_empty());
}

#[tokio::test]
async fn empty_files_programs_and_macros_leave_nothing() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    assert!(matches!(refused(&tray, "a.txt", b"").await, FileRefused::Empty { .. }));
    let program = refused(&tray, "holiday.jpg", b"MZ\x90\0\x03\0\0\0").await;
    assert!(matches!(
        program,
        FileRefused::Unsafe {
            what: Unsafe::Program,
            ..
        }
    ));
    assert!(matches!(
        refused(&tray, "report.docm", b"PK\x03\x04").await,
        FileRefused::Unsafe {
            what: Unsafe::Macro,
            ..
        }
    ));
    assert!(lying(&office).await.is_empty());
    assert_eq!(
        sweep::sweep(&office.office).await.unwrap().files,
        0,
        "no row is left either"
    );
}

#[tokio::test]
async fn ten_files_are_taken_and_the_eleventh_is_not() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    for number in 0..10 {
        put(&tray, &format!("{number}.png"), &picture(number, 100))
            .await
            .unwrap();
    }
    let one_more = refused(&tray, "10.png", &picture(10, 100)).await;
    assert!(
        one_more
            .words()
            .starts_with("You can send up to 10 files at once. \"10.png\"")
    );
    assert_eq!(
        put(&tray, "3.png", &picture(3, 100)).await.unwrap().name.as_str(),
        "3.png",
        "it is there already"
    );
    let first = tray.waiting().await.unwrap().remove(0).id;
    tray.leave_out(&[&first]).await.unwrap();
    put(&tray, "10.png", &picture(10, 100)).await.unwrap();
    assert_eq!((names(&tray).await.len(), lying(&office).await.len()), (10, 10));
}

#[tokio::test]
async fn a_hundred_megabytes_are_taken_together_and_no_more() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    for number in 0..4 {
        put(&tray, &format!("{number}.png"), &picture(number, LARGEST))
            .await
            .unwrap();
    }
    let beyond = refused(&tray, "last.png", &picture(9, 100)).await;
    assert!(
        beyond.words().starts_with("You can send up to 100 MB at once."),
        "{}",
        beyond.words()
    );
    assert_eq!(lying(&office).await.len(), 4);
}

#[tokio::test]
async fn the_same_file_twice_waits_once_even_when_both_come_at_the_same_moment() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    let bytes = picture(1, 300_000);
    let (first, second) = tokio::join!(put(&tray, "a.png", &bytes), put(&tray, "a.png", &bytes));
    assert_eq!(first.unwrap().id, second.unwrap().id);
    put(&tray, "b.png", &bytes).await.unwrap();
    assert_eq!(
        names(&tray).await,
        ["a.png", "b.png"],
        "under another name it is another file"
    );
    assert_eq!(lying(&office).await.len(), 2);
}

#[tokio::test]
async fn a_disk_that_takes_nothing_is_said_and_the_words_can_still_be_sent() {
    let office = office().await;
    std::fs::write(office.office.store().files().path(), "in the way").unwrap();
    let tray = public(&office).tray("k").unwrap();
    let not_taken = put(&tray, "a.png", &picture(1, 500_000)).await.unwrap_err();
    let NotTaken::Broken { refused, fault } = &not_taken else {
        panic!("{not_taken:?}")
    };
    assert!(refused.words().starts_with("We could not keep \"a.png\""));
    assert!(
        matches!(fault, ActError::Storage(StorageError::Files { .. })),
        "{fault}"
    );
    let receipt = complain(&office, "k").await;
    assert!(office.case(&receipt.reference).await.files.is_empty());
}

#[tokio::test]
async fn when_too_much_waits_for_nobody_no_more_is_taken() {
    let limits = rules::files::Limits {
        waiting_bytes: 1_000,
        ..rules::files::Limits::default()
    };
    let office = testkit::office::OpenOffice::with_limits(everybody(), limits, testkit::story::TUESDAY).await;
    let door = public(&office);
    put(&door.tray("k1").unwrap(), "a.png", &picture(1, 1_200))
        .await
        .unwrap();
    let tray = door.tray("k2").unwrap();
    let full = refused(&tray, "b.png", &picture(2, 100)).await;
    assert_eq!(
        full.words(),
        "We cannot take files just now. Send without \"b.png\", and add it as a reply in an hour"
    );
    complain(&office, "k1").await;
    put(&tray, "b.png", &picture(2, 100)).await.unwrap();
}

#[tokio::test]
async fn an_arrival_that_nobody_ends_is_swept_away_after_a_day() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    let mut arrival = tray.begin("a.png").await.unwrap();
    arrival.write(&picture(1, 300_000)).await;
    assert_eq!(lying(&office).await.len(), 1);
    drop(arrival);
    assert!(lying(&office).await.is_empty(), "half a file is not kept");
    let cut = tray.begin("b.png").await.unwrap().cut_short().await;
    assert_eq!(cut.words(), "\"b.png\" did not arrive whole. Choose it again and send");
    assert_eq!(sweep::sweep(&office.office).await.unwrap().files, 0);
    office.on("2026-06-10 09:16");
    assert_eq!(
        sweep::sweep(&office.office).await.unwrap().files,
        1,
        "the row of the first"
    );
    assert_eq!(faults(&office).await, []);
}
