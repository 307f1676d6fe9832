//! One case is checked by itself: whole, sealed, erased, and altered by somebody who gets at the database with raw SQL.

use storage::audit::{self, CaseReport};
use storage::cases::CaseRow;
use storage::sealed::{self, record_of};
use storage::{Engine, Keys, StorageError, Store, cases, erasure, events};

use crate::harness::{Place, Raw, on_every_engine, read, write};
use crate::samples::{case, event, later};

/// Ten entries each of three cases, in turns; the second has its row. The last three entries rest on no signature yet.
async fn filled(store: &Store) {
    for sequence in 1..=10 {
        write(store, move |tx| {
            Box::pin(async move {
                let streams = ["FC-1", "FC-2", "FC-3"];
                let told = streams.map(|stream| event(stream, sequence, &format!("{stream} {sequence}")));
                events::append(tx, &told).await?;
                match sequence {
                    9 => audit::sign_checkpoint(tx, later(60)).await.map(drop),
                    _ => Ok(()),
                }
            })
        })
        .await;
    }
    write(store, |tx| {
        Box::pin(async move {
            let row = CaseRow {
                last_sequence: 10,
                ..case(2)
            };
            cases::put(tx, &row).await
        })
    })
    .await;
}

async fn sign(store: &Store) -> Option<String> {
    write(store, |tx| {
        Box::pin(async move { audit::sign_checkpoint(tx, later(90)).await })
    })
    .await
}

/// Seals the second case and adds to its record.
async fn seal(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            sealed::seal_away(tx, "FC-2", later(70)).await?;
            let sealing = events::NewEvent {
                kind: "case.sealed".to_owned(),
                ..event("FC-2", 11, "stub")
            };
            events::append(tx, &[sealing, event(&record_of("FC-2"), 1, "added")]).await
        })
    })
    .await;
    sign(store).await;
}

async fn checked(store: &Store, outside: Vec<String>) -> CaseReport {
    audit::verify_case(store, "FC-2", outside).await.unwrap().unwrap()
}

/// Changes the database from outside, past the triggers, and checks the second case.
async fn after(place: &Place, sql: &str) -> CaseReport {
    let store = place.open().await;
    filled(&store).await;
    store.close().await.unwrap();
    altered(place, sql).await;
    checked(&place.open().await, Vec::new()).await
}

async fn altered(place: &Place, sql: &str) -> Raw {
    let raw = place.raw().await;
    raw.unguard().await;
    raw.run(sql).await.unwrap();
    raw
}

fn says(report: &CaseReport, words: &str) {
    assert!(
        report.faults.iter().any(|fault| fault.contains(words)),
        "{words:?} is not in {:#?}",
        report.faults
    );
}

#[test]
fn a_whole_case_has_no_faults_and_what_is_not_signed_yet_is_counted() {
    on_every_engine(|place| async move {
        let report = after(&place, "").await;
        let expected = CaseReport {
            reference: "FC-2".to_owned(),
            entries: 10,
            proven: 9,
            unsigned: 1,
            signed: 27,
            ..CaseReport::default()
        };
        assert_eq!(report, expected);
        let store = place.open().await;
        let none = audit::verify_case(&store, "FC-4", Vec::new()).await.unwrap();
        assert_eq!(none, None, "of a case that there is not");
    });
}

#[test]
fn a_sealed_case_is_checked_with_its_record() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        seal(&store).await;
        let report = checked(&store, Vec::new()).await;
        let counted = (report.entries, report.sealed, report.proven, report.unread);
        assert_eq!((counted, report.faults), ((12, 1, 12, 0), Vec::new()));
        store.close().await.unwrap();
        altered(
            &place,
            "UPDATE events SET actor = 'staff:9' WHERE stream = 'sealed:FC-2'",
        )
        .await;
        let report = checked(&place.open().await, Vec::new()).await;
        says(&report, "(sealed:FC-2, number 1, case.noted) was altered");
    });
}

#[test]
fn without_the_key_of_sealed_cases_its_proofs_still_hold() {
    on_every_engine(|place| async move {
        let folder = place.folder.join("keys");
        let store = place.open_with(Keys::create(&folder).unwrap()).await.unwrap();
        filled(&store).await;
        seal(&store).await;
        store.close().await.unwrap();
        std::fs::remove_file(folder.join("sealed.key")).unwrap();
        let store = place.open_with(Keys::load(&folder).unwrap()).await.unwrap();
        let report = checked(&store, Vec::new()).await;
        assert_eq!((report.unread, report.proven, report.faults), (11, 12, Vec::new()));
    });
}

#[test]
fn of_an_erased_case_it_says_when_and_that_the_proof_holds() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        seal(&store).await;
        write(&store, |tx| {
            Box::pin(async move { erasure::erase(tx, "FC-2", later(500)).await })
        })
        .await;
        let report = checked(&store, Vec::new()).await;
        let gone: Vec<(String, jiff::Timestamp)> =
            report.destroyed.into_iter().map(|key| (key.stream, key.at)).collect();
        assert_eq!(
            gone,
            [("FC-2".to_owned(), later(500)), ("sealed:FC-2".to_owned(), later(500))]
        );
        assert_eq!((report.erased, report.proven, report.faults), (12, 12, Vec::new()));
    });
}

#[test]
fn what_was_altered_is_named() {
    on_every_engine(|place| async move {
        let report = after(&place, "UPDATE events SET actor = 'staff:9' WHERE position = 5").await;
        says(&report, "position 5 (FC-2, number 2, case.noted) was altered");
        says(&report, "contents at position 5 do not open");
        assert_eq!(report.proven, 8);
    });
    on_every_engine(|place| async move {
        let altered = match place.engine {
            Engine::Sqlite => "CAST(payload || x'00' AS BLOB)",
            Engine::Postgres => "payload || '\\x00'::bytea",
        };
        let sql = format!("UPDATE events SET payload = {altered} WHERE position = 29");
        says(
            &after(&place, &sql).await,
            "position 29 (FC-2, number 10, case.noted) was altered",
        );
    });
    on_every_engine(|place| async move {
        let sql = "UPDATE events SET stream = 'FC-9' WHERE position = 29";
        let report = after(&place, sql).await;
        says(
            &report,
            "FC-2 had 10 entries when its row was written, and the log has 9",
        );
    });
}

#[test]
fn what_was_dropped_is_named_wherever_it_stood() {
    on_every_engine(|place| async move {
        let report = after(&place, "DELETE FROM events WHERE position = 8").await;
        says(&report, "FC-2 lacks number 3");
        says(
            &report,
            "the entry at position 8 was deleted; it may have been one of FC-2",
        );
    });
    on_every_engine(|place| async move {
        let report = after(&place, "DELETE FROM events WHERE position = 29").await;
        says(
            &report,
            "FC-2 had 10 entries when its row was written, and the log has 9",
        );
        says(&report, "the entry at position 29 was deleted");
    });
    on_every_engine(|place| async move {
        let report = after(&place, "DELETE FROM audit_nodes WHERE level = 0 AND number = 4").await;
        says(&report, "the entry at position 5 has no stored hash");
    });
}

#[test]
fn what_was_put_in_another_order_is_named() {
    on_every_engine(|place| async move {
        let sql =
            "UPDATE events SET position = -1 WHERE position = 5; UPDATE events SET position = 5 WHERE position = 8;
                   UPDATE events SET position = 8 WHERE position = -1;";
        let report = after(&place, sql).await;
        says(&report, "FC-2 is out of order: number 3 stands at position 5");
        says(&report, "position 5 (FC-2, number 3, case.noted) was altered");
    });
}

#[test]
fn a_log_that_was_cut_or_put_back_is_told_by_what_was_signed() {
    on_every_engine(|place| async move {
        let sql = "DELETE FROM events WHERE position > 20; DELETE FROM audit_nodes WHERE level = 0 AND number > 19";
        let report = after(&place, sql).await;
        says(&report, "27 entries were signed, but only 20 are stored");
    });
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let kept = sign(&store).await.unwrap();
        store.close().await.unwrap();
        let sql = "DELETE FROM events WHERE position > 27; DELETE FROM checkpoints WHERE size > 27; DELETE FROM cases;
                   DELETE FROM audit_nodes WHERE (number + 1) << CAST(level AS INTEGER) > 27";
        altered(&place, sql).await;
        let store = place.open().await;
        assert!(checked(&store, Vec::new()).await.is_whole(), "by itself it looks whole");
        says(
            &checked(&store, vec![kept]).await,
            "30 entries were signed, but only 27 are stored",
        );
    });
}

#[test]
fn a_forged_tree_leads_to_nothing_that_was_signed() {
    on_every_engine(|place| async move {
        let sql = "UPDATE audit_nodes SET hash = (SELECT hash FROM audit_nodes WHERE level = 0 AND number = 0) WHERE level = 2 AND number = 0";
        let report = after(&place, sql).await;
        // Above its own first entries the node is not asked for: those after it climb past it.
        says(
            &report,
            "position 5 (FC-2, number 2, case.noted) is not among the 27 entries that were signed",
        );
    });
    on_every_engine(|place| async move {
        let report = after(&place, "DELETE FROM checkpoints").await;
        says(&report, "there is no signed checkpoint");
    });
}

#[test]
fn a_case_is_proven_against_the_latest_checkpoint_or_an_older_one() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let prove = async |of: &'static str, against: Option<String>| {
            let proven: Result<_, StorageError> = store
                .read(move |tx| Box::pin(async move { audit::prove_case(tx, of, against.as_deref()).await }))
                .await;
            proven
        };
        let short = prove("FC-2", None).await;
        assert!(
            matches!(&short, Err(StorageError::NotCovered(why)) if why.contains("27 entries") && why.contains("position 29")),
            "{short:?}"
        );
        let older = sign(&store).await.unwrap();
        seal(&store).await;
        let (entries, checkpoint) = prove("FC-2", None).await.unwrap().unwrap();
        assert_eq!(
            (entries.len(), checkpoint.untrusted().size()),
            (12, 32),
            "its record is among them"
        );
        let against_older = prove("FC-2", Some(older.clone())).await;
        assert!(
            matches!(against_older, Err(StorageError::NotCovered(_))),
            "{against_older:?}"
        );
        let (entries, checkpoint) = prove("FC-3", Some(older)).await.unwrap().unwrap();
        assert_eq!((entries.len(), checkpoint.untrusted().size()), (10, 30));
        assert!(prove("FC-4", None).await.unwrap().is_none());
        let nodes = read(&store, |tx| {
            Box::pin(async move { audit::inclusion_proof(tx, 30, 30).await })
        })
        .await;
        assert_eq!(entries[9].hashes, nodes);
    });
}
