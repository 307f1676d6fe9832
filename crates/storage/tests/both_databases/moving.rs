//! Everything goes from one engine to the other and back, and nothing else is ever there.

use std::fs;

use storage::search::{self, Weight};
use storage::{At, Engine, Keys, StorageError, Store, audit, events, leases, moving};

use crate::harness::{Place, Raw, on_a_file, on_both_at_once, on_every_engine, read, write};
use crate::invented::{self, ROWS, history};
use crate::samples::{event, later, now};
use crate::search::EVERYTHING;

/// Another file of the test.
fn other(place: &Place, name: &str) -> At {
    At::File(place.folder.join(name))
}

/// A new database file that has taken every step and holds no row.
async fn empty_file(place: &Place, name: &str) -> (At, Raw) {
    let path = place.folder.join(name);
    Store::open(&path, Keys::for_tests()).unwrap().close().await.unwrap();
    (
        At::File(path.clone()),
        Raw::Sqlite(rusqlite::Connection::open(path).unwrap()),
    )
}

#[test]
fn both_engines_have_the_same_tables_and_columns() {
    on_both_at_once(|place| async move {
        place.open().await.close().await.unwrap();
        let (file, _) = empty_file(&place, "redress.db").await;
        let (server, file) = (moving::tables(&place.at()).await, moving::tables(&file).await);
        assert_eq!(server.unwrap(), file.unwrap());
    });
}

#[test]
fn no_table_is_left_out() {
    on_every_engine(|place| async move {
        place.open().await.close().await.unwrap();
        let all = match place.engine {
            Engine::Sqlite => {
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%' AND name NOT LIKE 'sqlite%'
                 ORDER BY name"
            }
            Engine::Postgres => {
                "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()
                 ORDER BY table_name COLLATE \"C\""
            }
        };
        let mut all = place.raw().await.texts(all).await;
        all.retain(|name| name != "schema_migrations");
        let moved = moving::tables(&place.at()).await.unwrap();
        assert_eq!(moved.iter().map(|table| table.name.clone()).collect::<Vec<_>>(), all);
        let events = moved.iter().find(|table| table.name == "events").unwrap();
        assert_eq!(
            (events.columns.len(), events.key.clone()),
            (8, vec!["position".to_owned()])
        );
    });
}

#[test]
fn every_row_of_every_table_goes_there_and_back() {
    on_both_at_once(|place| async move {
        let (file, raw) = empty_file(&place, "redress.db").await;
        invented::fill(&file, &raw).await;
        // An invented lease holds until the end of time, and nobody serves.
        raw.run("UPDATE leases SET until = 1").await.unwrap();
        let there = moving::run(&file, &place.at(), now()).await.unwrap();
        assert!(there.iter().all(|moved| moved.tally.rows == ROWS as u64), "{there:?}");
        let again = other(&place, "again.db");
        let back = moving::run(&place.at(), &again, now()).await.unwrap();
        assert_eq!(there, back);
        let again = Raw::Sqlite(rusqlite::Connection::open(place.folder.join("again.db")).unwrap());
        for table in moving::tables(&file).await.unwrap() {
            let columns: Vec<String> = table
                .columns
                .iter()
                .map(|column| format!("quote(\"{}\")", column.name))
                .collect();
            let rows = format!(
                "SELECT {} FROM \"{}\" ORDER BY 1",
                columns.join(" || '|' || "),
                table.name
            );
            assert_eq!(raw.texts(&rows).await, again.texts(&rows).await, "{}", table.name);
        }
        let found = "SELECT COUNT(*) FROM search_index WHERE search_index MATCH 'token1'";
        assert_eq!(again.texts(found).await, ["1"], "the search index is made");
    });
}

/// The log verifies, what was said is found, and everything goes on where it was.
async fn goes_on(store: &Store, cases: u32) {
    let report = audit::verify(store).await.unwrap();
    assert!(
        report.is_whole() && report.entries == u64::from(cases) * 2,
        "{report:?}"
    );
    assert!(report.checkpoints > 0);
    let found = read(store, |tx| {
        Box::pin(async move { search::find(tx, "printers", 100, &EVERYTHING).await })
    });
    assert!(found.await.len() >= cases as usize / 2);
    write(store, move |tx| {
        Box::pin(async move {
            events::append(tx, &[event("FC-1", 3, "later")]).await?;
            search::index(tx, "FC-90000", &[(Weight::Words, "marmalade")]).await?;
            audit::sign_checkpoint(tx, later(9)).await
        })
    })
    .await;
    let found = read(store, |tx| {
        Box::pin(async move { search::find(tx, "marmalade", 5, &EVERYTHING).await })
    });
    assert_eq!(found.await.len(), 1);
    assert!(audit::verify(store).await.unwrap().is_whole());
}

#[test]
fn what_was_moved_is_proved_and_goes_on() {
    on_both_at_once(|place| async move {
        let store = place.open().await;
        history::tell(&store, 1, 60).await;
        store.close().await.unwrap();
        let (first, second) = (other(&place, "first.db"), other(&place, "second.db"));
        moving::run(&place.at(), &first, now()).await.unwrap();
        moving::run(&first, &second, now()).await.unwrap();
        for at in [&first, &place.at()] {
            let store = place.open_at(at, Keys::for_tests()).await.unwrap();
            goes_on(&store, 60).await;
            store.close().await.unwrap();
        }
        // And into a server, whose numbers go on.
        place.renew_schema().await;
        moving::run(&second, &place.at(), now()).await.unwrap();
        let store = place.open().await;
        goes_on(&store, 60).await;
        store.close().await.unwrap();
    });
}

#[test]
fn what_is_served_or_written_is_not_moved() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let lease = write(&store, |tx| {
            Box::pin(async move { leases::take(tx, "timetable", "a node", now(), 60).await })
        });
        let lease = lease.await.unwrap();
        let to = other(&place, "moved.db");
        let refused = moving::run(&place.at(), &to, now()).await.unwrap_err().to_string();
        assert!(
            refused.contains("a server runs") && refused.contains("timetable"),
            "{refused}"
        );
        write(&store, move |tx| {
            Box::pin(async move { leases::let_go(tx, &lease, now()).await })
        })
        .await;
        store.close().await.unwrap();

        let raw = place.raw().await;
        raw.run(match place.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => {
                "BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('redress:' || current_schema(), 0))"
            }
        })
        .await
        .unwrap();
        let refused = moving::run(&place.at(), &to, now()).await.unwrap_err().to_string();
        assert!(refused.contains("somebody is writing"), "{refused}");
        assert!(!place.folder.join("moved.db").exists());
        raw.run("ROLLBACK").await.unwrap();
        moving::run(&place.at(), &to, now()).await.unwrap();
    });
}

#[test]
fn what_holds_something_is_not_written_over() {
    on_every_engine(|place| async move {
        place.open().await.close().await.unwrap();
        let (file, _) = empty_file(&place, "other.db").await;
        let refused = moving::run(&file, &place.at(), now()).await.unwrap_err();
        assert!(matches!(refused, StorageError::NotEmpty(_)), "{refused}");
        let refused = moving::run(&place.at(), &file, now()).await.unwrap_err();
        assert!(matches!(refused, StorageError::NotEmpty(_)), "{refused}");
    });
}

#[test]
fn a_file_that_was_broken_off_is_begun_anew() {
    on_a_file(|place| async move {
        place.open().await.close().await.unwrap();
        fs::write(place.folder.join("moved.db.part"), "half of something").unwrap();
        moving::run(&place.at(), &other(&place, "moved.db"), now())
            .await
            .unwrap();
        assert!(place.folder.join("moved.db").exists() && !place.folder.join("moved.db.part").exists());
    });
}

#[test]
fn a_server_keeps_all_or_nothing() {
    on_both_at_once(|place| async move {
        let (file, raw) = empty_file(&place, "redress.db").await;
        // PostgreSQL takes no text with a zero in it; SQLite does.
        raw.run("INSERT INTO throttle VALUES (x'01', 1, 1); INSERT INTO counters VALUES ('a' || char(0) || 'b', 1)")
            .await
            .unwrap();
        moving::run(&file, &place.at(), now()).await.unwrap_err();
        let tables = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema()";
        assert_eq!(place.raw().await.texts(tables).await, ["0"]);
        raw.run("DELETE FROM counters").await.unwrap();
        moving::run(&file, &place.at(), now()).await.unwrap();
    });
}
