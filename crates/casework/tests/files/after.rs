//! Afterwards: what nobody sends goes after a day, what is erased opens no more, and the doctor notices what changed beside us.

use casework::ActError;
use casework::files::check::{Depth, FileFault, check};
use casework::files::sweep::sweep;
use storage::{StorageError, stream_keys};
use testkit::people::ruth;

use crate::support::{as_complainant, complain, complainant, faults, lying, names, office, picture, public, put};

#[tokio::test]
async fn what_nobody_sends_goes_after_a_day_and_what_was_sent_stays() {
    let office = office().await;
    let door = public(&office);
    put(&door.tray("sent").unwrap(), "a.png", &picture(1, 500))
        .await
        .unwrap();
    let receipt = complain(&office, "sent").await;
    let tray = door.tray("left").unwrap();
    put(&tray, "b.png", &picture(2, 500)).await.unwrap();
    office.on("2026-06-10 09:14");
    assert_eq!(sweep(&office.office).await.unwrap().files, 0);
    assert_eq!(names(&tray).await, ["b.png"]);
    office.on("2026-06-10 09:16");
    assert_eq!(sweep(&office.office).await.unwrap().files, 1);
    assert_eq!(sweep(&office.office).await.unwrap().files, 0);
    assert!(names(&tray).await.is_empty());
    assert_eq!(
        lying(&office).await,
        [office.case(&receipt.reference).await.files[0].file.id.clone()]
    );
    assert_eq!(faults(&office).await, []);
    complain(&office, "left").await;
}

#[tokio::test]
async fn a_sweep_that_broke_off_is_finished_by_the_next() {
    let office = office().await;
    let file = put(&public(&office).tray("k").unwrap(), "a.png", &picture(1, 500))
        .await
        .unwrap();
    office.on("2026-06-11 09:00");
    let folder = office.office.store().files();
    let path = folder.path().join(&file.id);
    // A folder in place of the file cannot be removed as a file: the round breaks off after the row was given up.
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(matches!(
        sweep(&office.office).await,
        Err(ActError::Storage(StorageError::Files { .. }))
    ));
    std::fs::remove_dir(&path).unwrap();
    std::fs::write(&path, "the rest").unwrap();
    assert_eq!(sweep(&office.office).await.unwrap().files, 1);
    assert!(lying(&office).await.is_empty());
}

/// Ends a sender or the whole process in the middle, as `kill -9` does: nothing is put away.
fn killed<T>(working: T) {
    std::mem::forget(working);
}

#[tokio::test]
async fn a_process_that_is_killed_leaves_no_file_for_ever_and_no_row_without_its_file() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    put(&tray, "whole.png", &picture(1, 500)).await.unwrap();
    // In the middle of a file.
    let mut half = tray.begin("half.png").await.unwrap();
    half.write(&picture(2, 300_000)).await;
    killed(half);
    // Between the file and its row: the bytes are durable under their name, and the row does not know it yet.
    let mut parted = tray.begin("parted.png").await.unwrap();
    parted.write(&picture(3, 300_000)).await;
    killed(parted);
    let folder = office.office.store().files().path().to_owned();
    let part = lying(&office)
        .await
        .into_iter()
        .rfind(|name| name.ends_with(".part"))
        .unwrap();
    std::fs::rename(folder.join(&part), folder.join(part.trim_end_matches(".part"))).unwrap();
    assert_eq!(lying(&office).await.len(), 3);
    assert_eq!(names(&tray).await, ["whole.png"], "what is not whole is in no tray");
    assert_eq!(faults(&office).await, [], "a row knows each of them");

    let receipt = complain(&office, "k").await;
    office.on("2026-06-10 09:16");
    assert_eq!(sweep(&office.office).await.unwrap().files, 2);
    assert_eq!(
        lying(&office).await,
        [office.case(&receipt.reference).await.files[0].file.id.clone()]
    );
    let found = check(&office.office, Depth::Bytes).await.unwrap();
    assert_eq!((found.whole, found.waiting, found.faults), (1, 0, Vec::new()));
}

#[tokio::test]
async fn the_files_of_an_erased_case_cannot_be_read_and_leave_the_disk() {
    let office = office().await;
    put(&public(&office).tray("k").unwrap(), "a.png", &picture(1, 500))
        .await
        .unwrap();
    let receipt = complain(&office, "k").await;
    let case = office.door(&ruth()).case(&receipt.reference).await.unwrap();
    let (stream, id) = (receipt.reference.to_string(), case.case.files[0].file.id.clone());
    let now = office.office.now();
    let erased = office
        .office
        .store()
        .write(move |tx| Box::pin(async move { stream_keys::destroy(tx, &stream, now).await }))
        .await;
    assert!(erased.unwrap());
    let answer = office.door(&ruth()).open_file(&case, &id).await;
    assert!(matches!(
        answer.err(),
        Some(ActError::Storage(StorageError::MissingKey { .. }))
    ));
    assert_eq!(lying(&office).await.len(), 1);
    assert_eq!(sweep(&office.office).await.unwrap().files, 1);
    assert!(lying(&office).await.is_empty());
    assert_eq!(faults(&office).await, []);
    let report = casework::evidence::verify(&office.office).await.unwrap();
    assert!(report.is_whole() && report.erased > 0, "the log still verifies");
}

#[tokio::test]
async fn the_doctor_notices_what_is_missing_changed_or_belongs_to_nothing() {
    let office = office().await;
    let tray = public(&office).tray("k").unwrap();
    for number in 0..3 {
        put(&tray, &format!("{number}.png"), &picture(number, 70_000))
            .await
            .unwrap();
    }
    let receipt = complain(&office, "k").await;
    put(&public(&office).tray("k2").unwrap(), "waits.png", &picture(9, 500))
        .await
        .unwrap();
    let found = check(&office.office, Depth::Bytes).await.unwrap();
    assert_eq!((found.whole, found.waiting, found.faults.len()), (3, 1, 0));

    let files = office.case(&receipt.reference).await.files;
    let folder = office.office.store().files().path().to_owned();
    let (missing, changed, kept) = (&files[0].file.id, &files[1].file.id, &files[2].file.id);
    std::fs::remove_file(folder.join(missing)).unwrap();
    let mut bytes = std::fs::read(folder.join(changed)).unwrap();
    bytes[66_000] ^= 1;
    std::fs::write(folder.join(changed), bytes).unwrap();
    std::fs::write(folder.join("stray"), "x").unwrap();
    let reference = receipt.reference.to_string();
    assert_eq!(
        faults(&office).await,
        [
            FileFault::Missing {
                reference: reference.clone(),
                id: missing.clone()
            },
            FileFault::Changed {
                reference,
                id: changed.clone()
            },
            FileFault::Orphan {
                name: "stray".to_owned()
            },
        ]
    );
    let who = complainant(&office, &receipt).await;
    for id in [missing, changed] {
        let answer = as_complainant(&office, &who, id).await;
        assert!(
            matches!(answer, Err(ActError::Storage(StorageError::Corrupt(_)))),
            "no byte of a changed file is passed off as kept"
        );
    }
    assert!(as_complainant(&office, &who, kept).await.unwrap() == picture(2, 70_000));
}
