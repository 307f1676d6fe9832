//! Files that no row knows: kept for a month, since a newer backup of the database may still be found, and only then removed.

use casework::files::Strays;
use casework::files::sweep::sweep;
use jiff::{SignedDuration, Timestamp};
use storage::files::new_id;
use testkit::at;
use testkit::office::OpenOffice;

use crate::support::{complain, faults, lying, office, picture, public, put};

async fn stray(office: &OpenOffice) -> String {
    let name = new_id().unwrap();
    let mut copy = office.office.store().files().put_sealed(&name).await.unwrap();
    copy.write(vec![7; 500]).await.unwrap();
    copy.finish().await.unwrap();
    name
}

async fn swept(office: &OpenOffice, at: Timestamp) -> Strays {
    office.stop_at(at);
    sweep(&office.office).await.unwrap().strays
}

#[tokio::test]
async fn a_file_that_no_row_knows_is_kept_for_a_month() {
    let office = office().await;
    put(&public(&office).tray("k").unwrap(), "a.png", &picture(1, 500))
        .await
        .unwrap();
    let receipt = complain(&office, "k").await;
    let known = office.case(&receipt.reference).await.files[0].file.id.clone();
    let stray = stray(&office).await;
    let (begun, day) = (at("2026-06-10 09:00"), SignedDuration::from_hours(24));
    assert_eq!(swept(&office, begun).await, Strays { new: 1, removed: 0 });
    assert_eq!(swept(&office, begun + day / 2).await, Strays::default(), "once a day");
    for days in 1..30 {
        assert_eq!(swept(&office, begun + day * days).await, Strays::default(), "{days}");
    }
    assert!(lying(&office).await.contains(&stray));
    assert_eq!(faults(&office).await.len(), 1, "the doctor tells of it meanwhile");
    assert_eq!(swept(&office, begun + day * 30).await, Strays { new: 0, removed: 1 });
    assert_eq!(lying(&office).await, [known]);
}

#[tokio::test]
async fn a_clock_that_jumps_ages_nothing() {
    let office = office().await;
    let stray = stray(&office).await;
    let (begun, day) = (at("2026-06-10 09:00"), SignedDuration::from_hours(24));
    assert_eq!(swept(&office, begun).await.new, 1);
    for days in [400, 401, 402] {
        assert_eq!(swept(&office, begun + day * days).await, Strays::default());
    }
    assert_eq!(swept(&office, begun + day).await, Strays::default());
    assert_eq!(lying(&office).await, [stray]);
}

#[tokio::test]
async fn a_database_that_is_put_back_in_time_finds_its_files_again() {
    let office = office().await;
    let stray = stray(&office).await;
    let begun = at("2026-06-10 09:00");
    assert_eq!(swept(&office, begun).await.new, 1);
    // The row is there again, as a newer backup brings it.
    let name = stray.clone();
    let known = office.office.store().write(move |tx| {
        Box::pin(async move { storage::files::arrive(tx, &name, "form", at("2026-08-01 09:00")).await })
    });
    known.await.unwrap();
    for days in 1..40 {
        let removed = swept(&office, begun + SignedDuration::from_hours(24 * days))
            .await
            .removed;
        assert_eq!(removed, 0, "{days}");
    }
    assert_eq!(lying(&office).await, [stray]);
}

#[tokio::test]
async fn what_somebody_else_put_there_is_told_and_stays() {
    let office = office().await;
    put(&public(&office).tray("k").unwrap(), "a.png", &picture(1, 500))
        .await
        .unwrap();
    let path = office.office.store().files().path().join("notes of the operator");
    std::fs::write(&path, "x").unwrap();
    let begun = at("2026-06-09 10:00");
    for days in 0..40 {
        let strays = swept(&office, begun + SignedDuration::from_hours(24 * days)).await;
        assert_eq!(strays, Strays::default(), "{days}");
    }
    assert!(path.exists());
}

#[tokio::test]
async fn a_trial_that_was_killed_is_no_fault_and_goes_the_next_day() {
    let office = office().await;
    let store = office.office.store().files();
    let trial = format!("probe-{}", new_id().unwrap());
    let mut copy = store.put_sealed(&trial).await.unwrap();
    copy.write(b"first".to_vec()).await.unwrap();
    copy.finish().await.unwrap();
    let half = store.put_sealed(&format!("probe-{}", new_id().unwrap())).await.unwrap();
    std::mem::forget(half);
    assert_eq!(lying(&office).await.len(), 2);
    assert_eq!(faults(&office).await, []);
    let (begun, day) = (at("2026-06-10 09:00"), SignedDuration::from_hours(24));
    assert_eq!(swept(&office, begun).await, Strays::default());
    assert!(lying(&office).await.contains(&trial));
    assert_eq!(swept(&office, begun + day).await, Strays::default());
    assert!(!lying(&office).await.contains(&trial));
}
