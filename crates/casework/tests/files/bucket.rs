//! Files in a bucket: sent and read as from a disk; and while it is away nothing is half attached, nothing is lost, and all of it mends itself.

use std::path::PathBuf;

use casework::ActError;
use casework::files::NotTaken;
use casework::files::check::{Depth, FileFault, check};
use casework::files::sweep::sweep;
use storage::StorageError;
use testkit::bucket::{Fault, TestBucket};
use testkit::office::OpenOffice;
use testkit::story::TUESDAY;

use crate::support::{as_complainant, complain, complainant, faults, lying, names, picture, public, put};

/// More than goes into a bucket in one piece.
const IN_PARTS: usize = 9 * 1024 * 1024;

/// An office whose files lie in a bucket; none where there is no server.
async fn office() -> Option<(OpenOffice, TestBucket, Passage)> {
    let bucket = TestBucket::new()?;
    let passage = Passage(std::env::temp_dir().join(&bucket.name));
    let office = OpenOffice::with_files(bucket.store(&passage.0), TUESDAY).await;
    Some((office, bucket, passage))
}

/// The folder that files pass through; it goes with the test.
struct Passage(PathBuf);

impl Drop for Passage {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}");
        }
    }
}

#[tokio::test]
async fn a_file_in_a_bucket_is_sent_read_and_looked_after_as_one_on_a_disk() {
    let Some((office, _bucket, passage)) = office().await else {
        return;
    };
    let tray = public(&office).tray("k").unwrap();
    for (number, length) in [(1, 500), (2, 70_000), (3, IN_PARTS)] {
        put(&tray, &format!("{number}.png"), &picture(number, length))
            .await
            .unwrap();
    }
    let receipt = complain(&office, "k").await;
    let files = office.case(&receipt.reference).await.files;
    let who = complainant(&office, &receipt).await;
    for (file, (number, length)) in files.iter().zip([(1, 500), (2, 70_000), (3, IN_PARTS)]) {
        let bytes = as_complainant(&office, &who, &file.file.id).await.unwrap();
        assert!(bytes == picture(number, length), "{number}");
    }
    assert_eq!(
        std::fs::read_dir(&passage.0).unwrap().count(),
        0,
        "nothing stays on the way"
    );
    for depth in [Depth::Bytes, Depth::Lengths] {
        let found = check(&office.office, depth).await.unwrap();
        assert_eq!((found.whole, found.waiting, found.faults), (3, 0, Vec::new()));
    }
}

#[tokio::test]
async fn a_bucket_that_goes_away_while_somebody_writes_costs_them_no_word_and_mends_itself() {
    let Some((office, bucket, _passage)) = office().await else {
        return;
    };
    let tray = public(&office).tray("k").unwrap();
    put(&tray, "there.png", &picture(1, 70_000)).await.unwrap();
    bucket.fails(Fault::Away);
    for (name, length) in [("a.png", 500), ("b.png", IN_PARTS)] {
        let not_taken = put(&tray, name, &picture(2, length)).await.unwrap_err();
        let NotTaken::Broken { refused, fault } = &not_taken else {
            panic!("{not_taken:?}")
        };
        assert!(refused.words().starts_with(&format!("We could not keep \"{name}\"")));
        assert!(
            matches!(fault, ActError::Storage(StorageError::Bucket { .. })),
            "{fault}"
        );
    }
    assert_eq!(names(&tray).await, ["there.png"]);
    // What they wrote is taken meanwhile, with the file that is there.
    let receipt = complain(&office, "k").await;
    let files = office.case(&receipt.reference).await.files;
    assert_eq!(files.len(), 1);
    let who = complainant(&office, &receipt).await;
    assert!(as_complainant(&office, &who, &files[0].file.id).await.is_err());
    assert!(sweep(&office.office).await.is_err(), "said, and tried again");

    bucket.works();
    assert!(as_complainant(&office, &who, &files[0].file.id).await.unwrap() == picture(1, 70_000));
    assert_eq!(
        sweep(&office.office).await.unwrap().files,
        2,
        "the rows of what was given up"
    );
    assert_eq!(lying(&office).await, [files[0].file.id.clone()]);
    assert_eq!(faults(&office).await, []);
    assert_eq!(bucket.uploads(), 0);
    let reply = public(&office).tray("k2").unwrap();
    put(&reply, "b.png", &picture(2, IN_PARTS)).await.unwrap();
}

#[tokio::test]
async fn whoever_goes_away_while_the_bucket_is_waited_for_leaves_nothing_that_is_not_swept() {
    let Some((office, bucket, _passage)) = office().await else {
        return;
    };
    let tray = public(&office).tray("k").unwrap();
    bucket.fails(Fault::AwayFor(3));
    let mut arrival = tray.begin("a.png").await.unwrap();
    arrival.write(&picture(1, IN_PARTS)).await;
    // The connection ends in the middle of it, wherever that is.
    let finished = tokio::time::timeout(std::time::Duration::from_millis(900), arrival.finish()).await;
    bucket.works();
    if finished.is_err() {
        assert_eq!(names(&tray).await, [""; 0], "what is not whole is in no tray");
    }
    office.on("2026-06-10 09:16");
    sweep(&office.office).await.unwrap();
    assert_eq!(lying(&office).await, [""; 0]);
    assert_eq!(faults(&office).await, []);
}

#[tokio::test]
async fn the_doctor_notices_what_a_bucket_lost_or_holds_for_nobody() {
    let Some((office, _bucket, _passage)) = office().await else {
        return;
    };
    let tray = public(&office).tray("k").unwrap();
    put(&tray, "a.png", &picture(1, 500)).await.unwrap();
    put(&tray, "b.png", &picture(2, 500)).await.unwrap();
    put(&tray, "c.png", &picture(3, 500)).await.unwrap();
    let receipt = complain(&office, "k").await;
    let waiting = put(&public(&office).tray("k2").unwrap(), "d.png", &picture(4, 500))
        .await
        .unwrap();
    let files = office.case(&receipt.reference).await.files;
    let store = office.office.store().files();
    let [missing, cut, changed] = [&files[0].file.id, &files[1].file.id, &files[2].file.id];
    store.remove(missing).await.unwrap();
    store.remove(&waiting.id).await.unwrap();
    for (name, bytes) in [
        (cut, vec![1; 100]),
        (changed, vec![1; 529]),
        (&"stray".to_owned(), vec![1]),
    ] {
        store.remove(name).await.unwrap();
        let mut copy = store.put_sealed(name).await.unwrap();
        copy.write(bytes).await.unwrap();
        copy.finish().await.unwrap();
    }
    let reference = || receipt.reference.to_string();
    let of = |id: &String| (reference(), id.clone());
    let is = |fault: &FileFault, what: &str| match fault {
        FileFault::Missing { reference, id } => what == "missing" && (reference.clone(), id.clone()) == of(missing),
        FileFault::Changed { reference, id } => {
            let known = [of(cut), of(changed)];
            what == "changed" && known.contains(&(reference.clone(), id.clone()))
        }
        FileFault::LostWaiting { id } => what == "lost" && *id == waiting.id,
        FileFault::Orphan { name } => what == "orphan" && name == "stray",
        FileFault::NoKey { .. } => false,
    };
    for (depth, kinds) in [
        (Depth::Bytes, &["missing", "changed", "changed", "lost", "orphan"][..]),
        (Depth::Lengths, &["missing", "changed", "lost", "orphan"]),
    ] {
        let found = check(&office.office, depth).await.unwrap().faults;
        assert_eq!(found.len(), kinds.len(), "{found:?}");
        for (fault, what) in found.iter().zip(kinds) {
            assert!(is(fault, what), "{fault:?} is not {what}");
        }
    }
}
