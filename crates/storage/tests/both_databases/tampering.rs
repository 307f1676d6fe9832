//! Somebody who gets at the database with raw SQL changes something; the check of the log says so.

use storage::audit::{self, Report};
use storage::{Engine, StorageError, Store, events};

use crate::harness::{Place, Raw, on_every_engine, write};
use crate::samples::{event, later};

/// Thirty entries of three cases, signed after the twentieth, so that some rest on a signature and some do not yet.
async fn log(place: &Place) -> Store {
    let store = place.open().await;
    for sequence in 1..=10 {
        write(&store, move |tx| {
            Box::pin(async move {
                let streams = ["FC-1", "FC-2", "FC-3"];
                events::append(
                    tx,
                    &streams.map(|stream| event(stream, sequence, &format!("{stream} {sequence}"))),
                )
                .await
            })
        })
        .await;
        if sequence == 7 {
            sign(&store).await.unwrap();
        }
    }
    store
}

async fn sign(store: &Store) -> Result<Option<String>, StorageError> {
    store
        .write(|tx| Box::pin(async move { audit::sign_checkpoint(tx, later(60)).await }))
        .await
}

/// Changes the database from outside, past the triggers, and checks it.
async fn after(place: &Place, sql: &str) -> Report {
    let store = log(place).await;
    store.close().await.unwrap();
    altered(place, sql).await;
    audit::verify(&place.open().await).await.unwrap()
}

/// Runs statements as the owner of the database can.
async fn altered(place: &Place, sql: &str) -> Raw {
    let raw = place.raw().await;
    raw.unguard().await;
    raw.run(sql).await.unwrap();
    raw
}

pub(crate) fn says(report: &Report, words: &str) {
    assert!(
        report.faults.iter().any(|fault| fault.contains(words)),
        "{words:?} is not in {:#?}",
        report.faults
    );
}

#[test]
fn an_untouched_log_is_whole() {
    on_every_engine(|place| async move {
        let report = after(&place, "").await;
        assert_eq!(
            report,
            Report {
                entries: 30,
                checkpoints: 1,
                signed: 21,
                erased: 0,
                unread: 0,
                faults: Vec::new()
            }
        );
    });
}

#[test]
fn a_key_that_was_deleted_is_no_erasure() {
    on_every_engine(|place| async move {
        let report = after(&place, "DELETE FROM stream_keys WHERE stream = 'FC-2'").await;
        says(&report, "the key of FC-2 was deleted from the database");
        assert_eq!(report.erased, 0);

        let gone = place.open().await.read(|tx| Box::pin(events::load(tx, "FC-2"))).await;
        assert!(matches!(gone, Err(StorageError::KeyLost { .. })), "{gone:?}");
    });
}

#[test]
fn the_tables_refuse_to_be_changed() {
    on_every_engine(|place| async move {
        log(&place).await.close().await.unwrap();
        for sql in [
            "UPDATE events SET actor = 'staff:9' WHERE position = 3",
            "DELETE FROM events WHERE position = 30",
            "UPDATE audit_nodes SET number = number",
            "DELETE FROM audit_nodes WHERE level = 0",
        ] {
            let refused = place.raw().await.run(sql).await.unwrap_err();
            assert!(refused.contains("history is appended"), "{sql}: {refused}");
        }
    });
}

#[test]
fn an_altered_payload_is_found() {
    on_every_engine(|place| async move {
        let altered = match place.engine {
            Engine::Sqlite => "CAST(payload || x'00' AS BLOB)",
            Engine::Postgres => "payload || '\\x00'::bytea",
        };
        let report = after(
            &place,
            &format!("UPDATE events SET payload = {altered} WHERE position = 5"),
        )
        .await;
        says(&report, "position 5 (FC-2, number 2, case.noted) was altered");
        says(&report, "contents at position 5 do not open");
        assert_eq!(report.faults.len(), 2, "{:?}", report.faults);
    });
}

#[test]
fn an_altered_actor_or_time_is_found() {
    on_every_engine(|place| async move {
        let report = after(&place, "UPDATE events SET actor = 'staff:9' WHERE position = 5").await;
        says(&report, "position 5 (FC-2, number 2, case.noted) was altered");
    });
    on_every_engine(|place| async move {
        let report = after(&place, "UPDATE events SET at = at + 1 WHERE position = 30").await;
        says(&report, "position 30 (FC-3, number 10, case.noted) was altered");
    });
}

#[test]
fn a_deleted_entry_is_found() {
    on_every_engine(|place| async move {
        let report = after(&place, "DELETE FROM events WHERE position = 9").await;
        says(&report, "the entry at position 9 was deleted");
        says(&report, "FC-3 lacks number 3");
    });
    on_every_engine(|place| async move {
        let sql = "DELETE FROM events WHERE position = 9; DELETE FROM audit_nodes WHERE level = 0 AND number = 8";
        says(&after(&place, sql).await, "position 9 is missing");
    });
}

#[test]
fn swapped_positions_are_found() {
    on_every_engine(|place| async move {
        let report = after(
            &place,
            "UPDATE events SET position = -1 WHERE position = 4; UPDATE events SET position = 4 WHERE position = 7;
             UPDATE events SET position = 7 WHERE position = -1;",
        )
        .await;
        says(&report, "position 4 (FC-1, number 3, case.noted) was altered");
        says(&report, "position 7 (FC-1, number 2, case.noted) was altered");
        says(&report, "FC-1 is out of order");
    });
}

#[test]
fn a_cut_tail_is_found_while_a_signature_or_a_leaf_remembers_it() {
    on_every_engine(|place| async move {
        let report = after(&place, "DELETE FROM events WHERE position > 28").await;
        says(&report, "the entry at position 29 was deleted");
        says(&report, "the entry at position 30 was deleted");
    });
    on_every_engine(|place| async move {
        let sql = "DELETE FROM events WHERE position > 15; DELETE FROM audit_nodes WHERE level = 0 AND number > 14";
        says(
            &after(&place, sql).await,
            "21 entries were signed, but only 15 are stored",
        );
    });
}

#[test]
fn a_payload_from_elsewhere_does_not_open_even_with_a_leaf_made_for_it() {
    // Position 28 is of another case, 26 of the same one; 29 is not signed yet.
    for from in [28, 26] {
        on_every_engine(|place| async move {
            log(&place).await.close().await.unwrap();
            let sql = format!(
                "UPDATE events SET payload = (SELECT payload FROM events WHERE position = {from}) WHERE position = 29"
            );
            let raw = altered(&place, &sql).await;
            let store = place.open().await;
            forge_tree(&store, &raw).await;
            let report = audit::verify(&store).await.unwrap();
            assert_eq!(
                report.faults,
                ["the contents at position 29 do not open there: they were altered or moved"]
            );
        });
    }
}

/// Makes every leaf and node anew from the entries as they are, as somebody can who has the code but not the audit key.
async fn forge_tree(store: &Store, raw: &Raw) {
    let entries: Result<_, StorageError> = store
        .read(|tx| Box::pin(async move { events::raw_scan(tx, 1, 100).await }))
        .await;
    let mut anew = vec!["DELETE FROM audit_nodes".to_owned()];
    let mut frontier = rules::audit::Frontier::empty();
    for event in entries.unwrap() {
        frontier.append(event.entry().leaf_hash(), |node| {
            let (level, number, hash) = (node.id.level, node.id.index, raw.bytes(node.hash.as_bytes()));
            anew.push(format!(
                "INSERT INTO audit_nodes (level, number, hash) VALUES ({level}, {number}, {hash})"
            ));
        });
    }
    raw.run(&anew.join("; ")).await.unwrap();
}

#[test]
fn a_forged_past_beneath_a_signature_is_found_and_never_signed_again() {
    on_every_engine(|place| async move {
        log(&place).await.close().await.unwrap();
        let raw = altered(&place, "UPDATE events SET actor = 'staff:9' WHERE position = 5").await;
        let store = place.open().await;
        forge_tree(&store, &raw).await;
        let report = audit::verify(&store).await.unwrap();
        says(&report, "the first 21 entries are not those that were signed");
        let signed = sign(&store).await;
        assert!(matches!(signed, Err(StorageError::Corrupt(_))), "{signed:?}");
    });
}

#[test]
fn an_altered_node_above_the_leaves_is_found() {
    on_every_engine(|place| async move {
        let report = after(
            &place,
            "UPDATE audit_nodes SET hash = (SELECT hash FROM audit_nodes WHERE level = 0 AND number = 0) WHERE level = 2 AND number = 3",
        )
        .await;
        says(&report, "node 3 of level 2 of the audit tree was altered");
        assert_eq!(report.faults.len(), 1);
    });
}

#[test]
fn a_checkpoint_of_somebody_else_is_found() {
    on_every_engine(|place| async move {
        let report = after(
            &place,
            "UPDATE checkpoints SET note = REPLACE(note, 'redress.audit', 'other.audit')",
        )
        .await;
        says(&report, "checkpoint 1 is of the log \"other.audit/");
    });
}

#[test]
fn a_database_put_back_to_an_earlier_day_is_found_by_a_checkpoint_kept_outside() {
    on_every_engine(|place| async move {
        let store = log(&place).await;
        let outside = sign(&store).await.unwrap().unwrap();
        store.close().await.unwrap();
        let sql = "DELETE FROM events WHERE position > 21; DELETE FROM checkpoints WHERE size > 21;
                   DELETE FROM audit_nodes WHERE (number + 1) << CAST(level AS INTEGER) > 21";
        altered(&place, sql).await;
        let store = place.open().await;
        assert!(
            audit::verify(&store).await.unwrap().is_whole(),
            "by itself it looks whole"
        );
        let report = audit::verify_against(&store, vec![outside]).await.unwrap();
        says(&report, "30 entries were signed, but only 21 are stored");
    });
}

#[test]
fn nothing_is_appended_to_a_log_that_was_cut() {
    on_every_engine(|place| async move {
        after(&place, "DELETE FROM events WHERE position > 28").await;
        let store = place.open().await;
        let appended = store
            .write(|tx| Box::pin(async move { events::append(tx, &[event("FC-9", 1, "on")]).await }))
            .await;
        assert!(matches!(appended, Err(StorageError::Corrupt(_))), "{appended:?}");
    });
}
