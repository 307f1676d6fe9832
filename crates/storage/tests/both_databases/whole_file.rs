//! Somebody changes the file of the database byte by byte, past everything that SQL could keep them from: altered, exchanged, cut, and put back to
//! yesterday.

use storage::audit::{self, Report};
use storage::{Store, events};

use crate::harness::{Place, on_a_file, read, write};
use crate::samples::{event, later};
use crate::tampering::says;

/// Sixty entries of two cases with words long enough to fill pages, signed at the end; the file alone holds them. Answers the checkpoint.
async fn filled(place: &Place) -> String {
    let store = place.open().await;
    for sequence in 1..=30 {
        write(&store, move |tx| {
            Box::pin(async move {
                let words = format!("{sequence} {}", "words ".repeat(40));
                let told = ["FC-1", "FC-2"].map(|stream| event(stream, sequence, &words));
                events::append(tx, &told).await
            })
        })
        .await;
    }
    signed(&store).await
}

async fn signed(store: &Store) -> String {
    let note = write(store, |tx| {
        Box::pin(async move { audit::sign_checkpoint(tx, later(60)).await })
    })
    .await;
    store.close().await.unwrap();
    note.unwrap()
}

/// The payload at a position as it lies in the file, and where.
async fn payload(place: &Place, position: u64) -> (Vec<u8>, usize) {
    let store = place.open().await;
    let found = read(&store, move |tx| {
        Box::pin(async move { events::raw_scan(tx, position, 1).await })
    })
    .await;
    store.close().await.unwrap();
    let payload = found[0].sealed.clone();
    let file = std::fs::read(place.file()).unwrap();
    let at = file.windows(payload.len()).position(|window| window == payload);
    (payload, at.expect("it lies in one piece"))
}

async fn checked(place: &Place) -> Report {
    let store = place.open().await;
    let report = audit::verify(&store).await.unwrap();
    store.close().await.unwrap();
    report
}

#[test]
fn one_byte_of_a_payload_is_noticed_and_the_entry_named() {
    on_a_file(|place| async move {
        filled(&place).await;
        let (payload, at) = payload(&place, 21).await;
        for offset in [0, 1, payload.len() / 2, payload.len() - 1] {
            let whole = std::fs::read(place.file()).unwrap();
            let mut changed = whole.clone();
            changed[at + offset] ^= 1;
            std::fs::write(place.file(), &changed).unwrap();
            let report = checked(&place).await;
            says(&report, "position 21 (FC-1, number 11, case.noted) was altered");
            says(&report, "contents at position 21 do not open");
            std::fs::write(place.file(), &whole).unwrap();
        }
        assert!(checked(&place).await.is_whole(), "put right again");
    });
}

#[test]
fn who_did_it_is_exchanged_in_the_file() {
    on_a_file(|place| async move {
        filled(&place).await;
        let (_, at) = payload(&place, 21).await;
        let mut changed = std::fs::read(place.file()).unwrap();
        // The actor lies right before the payload.
        assert_eq!(&changed[at - 7..at], b"staff:1");
        changed[at - 1] = b'9';
        std::fs::write(place.file(), &changed).unwrap();
        says(
            &checked(&place).await,
            "position 21 (FC-1, number 11, case.noted) was altered",
        );
    });
}

#[test]
fn two_payloads_that_changed_places_are_both_named() {
    on_a_file(|place| async move {
        filled(&place).await;
        let (first, here) = payload(&place, 23).await;
        let (second, there) = payload(&place, 24).await;
        assert_eq!(first.len(), second.len());
        let mut changed = std::fs::read(place.file()).unwrap();
        changed[here..here + first.len()].copy_from_slice(&second);
        changed[there..there + second.len()].copy_from_slice(&first);
        std::fs::write(place.file(), &changed).unwrap();
        let report = checked(&place).await;
        says(&report, "position 23 (FC-1, number 12, case.noted) was altered");
        says(&report, "position 24 (FC-2, number 12, case.noted) was altered");
    });
}

#[test]
fn a_file_that_was_cut_is_never_called_whole() {
    on_a_file(|place| async move {
        let kept = filled(&place).await;
        let whole = std::fs::read(place.file()).unwrap();
        for parts in 1..8 {
            let length = whole.len() * parts / 8 / 4096 * 4096;
            std::fs::write(place.file(), &whole[..length]).unwrap();
            for beside in ["-wal", "-shm"] {
                drop(std::fs::remove_file(format!("{}{beside}", place.file().display())));
            }
            let said = match place.open_with(storage::Keys::for_tests()).await {
                Err(refused) => refused.to_string(),
                Ok(store) => {
                    let said = match audit::verify_against(&store, vec![kept.clone()]).await {
                        Err(refused) => refused.to_string(),
                        Ok(report) => report.faults.first().cloned().unwrap_or_default(),
                    };
                    drop(store.close().await);
                    said
                }
            };
            assert!(!said.is_empty(), "{parts} eighths of the file were called whole");
        }
    });
}

#[test]
fn yesterdays_file_is_told_by_a_checkpoint_of_today_that_was_kept_elsewhere() {
    on_a_file(|place| async move {
        let of_yesterday = filled(&place).await;
        let yesterday = std::fs::read(place.file()).unwrap();
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move { events::append(tx, &[event("FC-1", 31, "today")]).await })
        })
        .await;
        let of_today = signed(&store).await;
        std::fs::write(place.file(), &yesterday).unwrap();
        let store = place.open().await;
        assert!(
            audit::verify(&store).await.unwrap().is_whole(),
            "by itself it looks whole"
        );
        let report = audit::verify_against(&store, vec![of_yesterday]).await.unwrap();
        assert!(report.is_whole(), "a checkpoint from before tells nothing");
        let report = audit::verify_against(&store, vec![of_today]).await.unwrap();
        says(&report, "61 entries were signed, but only 60 are stored");
    });
}
