//! What bringing a database up to this version does to one that is there already.

use super::*;

/// Brings a database up to this version, as a node that has just started.
fn brought_up(conn: &mut Connection) -> Result<(), StorageError> {
    let steps = Steps::known();
    sqlite(conn, &steps, &Node::new(&steps)?)
}

#[test]
fn the_same_steps_twice_change_nothing() {
    let mut conn = Connection::open_in_memory().unwrap();
    brought_up(&mut conn).unwrap();
    brought_up(&mut conn).unwrap();
}

/// A database of the release before causes and waiting, with cases at every point of a question and one that was taken up again.
fn before_causes() -> Connection {
    let mut conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(
        "CREATE TABLE schema_migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)",
    )
    .unwrap();
    let transaction = conn.transaction().unwrap();
    for (number, step) in (1..).zip(steps::up_to(Engine::Sqlite, 10).unwrap()) {
        transaction.execute_batch(step.text).unwrap();
        let taken = (number, step.name, step.checksum());
        let take = "INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)";
        transaction.execute(take, taken).unwrap();
    }
    transaction.commit().unwrap();
    for (number, kinds) in [
        (1, &["case.received"][..]),
        (2, &["case.received", "info.requested"]),
        (3, &["case.received", "info.requested", "info.received"]),
        (
            4,
            &["case.received", "info.requested", "info.received", "info.requested"],
        ),
        (5, &["case.received", "info.requested", "case.closed"]),
    ] {
        conn.execute_batch(&format!(
            "INSERT INTO cases (number, reference, kind, state, stage, lane, received_at, received_on, due_order, urgency, vip, channel,
                 alerts, extended, procedure_version, last_sequence, card)
             VALUES ({number}, 'FC-{number}', 'complaint', 'open', 1, 'open', 0, '2026-06-09', 0, 1, FALSE, 'web', 0, FALSE, '1', 1, x'')"
        ))
        .unwrap();
        for (sequence, kind) in (1..).zip(kinds) {
            conn.execute_batch(&format!(
                "INSERT INTO events (stream, sequence, kind, version, at, actor, payload)
                 VALUES ('FC-{number}', {sequence}, '{kind}', 1, 0, 'system', x'')"
            ))
            .unwrap();
        }
    }
    conn.execute_batch(
        "INSERT INTO case_facts (number, reference, kind, counted, channel, complainant, anonymous, restricted, vip, high_risk, urgency,
             received_on, logged_on, ack_timing, ack_failures, letters_lost, has_job, root_cause, learning)
         VALUES (1, 'FC-1', 'complaint', 'counted', 'web', 'student', FALSE, FALSE, FALSE, FALSE, 'normal', '2026-06-09', '2026-06-09',
             'in_time', 0, 0, TRUE, 'supplier', 'yes');
         INSERT INTO case_spells (number, ordinal, opened_on, opened_by, closed_on, ending, decided_stage, updates_owed, updates_made, is_long)
         VALUES (1, 1, '2026-06-09', 'received', '2026-06-10', 'decided', 1, 0, 0, FALSE),
             (1, 2, '2026-06-24', 'reopened', NULL, NULL, 0, 0, 0, FALSE)",
    )
    .unwrap();
    conn
}

#[test]
fn what_is_there_already_fills_the_columns_of_causes_and_waiting() {
    let mut conn = before_causes();
    brought_up(&mut conn).unwrap();
    let numbers = |sql: &str| {
        let mut found = conn.prepare(sql).unwrap();
        let rows = found.query_map([], |row| row.get::<_, i64>(0)).unwrap();
        rows.map(|row| row.unwrap()).collect::<Vec<i64>>()
    };
    assert_eq!(
        numbers("SELECT number FROM cases WHERE waits_for_answer ORDER BY number"),
        [2, 4]
    );
    let said = "root_cause = 'supplier' AND learning = 'yes'";
    assert_eq!(numbers(&format!("SELECT ordinal FROM case_spells WHERE {said}")), [1]);
    assert_eq!(
        numbers("SELECT ordinal FROM case_spells WHERE root_cause IS NULL AND learning IS NULL"),
        [2],
        "what is open has said nothing yet"
    );
}

#[test]
fn an_edited_step_is_refused() {
    let mut conn = Connection::open_in_memory().unwrap();
    brought_up(&mut conn).unwrap();
    conn.execute("UPDATE schema_migrations SET checksum = 'x' WHERE number = 2", [])
        .unwrap();
    let refused = brought_up(&mut conn).unwrap_err().to_string();
    assert!(refused.contains("step 2 (derived)"), "{refused}");
}

#[test]
fn a_newer_database_is_refused_in_words_that_name_both_steps() {
    let mut conn = Connection::open_in_memory().unwrap();
    brought_up(&mut conn).unwrap();
    // By a version of the time before the book said from which step on one works, and by one of later.
    for (works_from, said) in [(None::<i64>, "99"), (Some(98), "98")] {
        conn.execute("DELETE FROM schema_migrations WHERE number = 99", [])
            .unwrap();
        let later = (99, "later", "x", works_from);
        conn.execute(book::TAKE, later).unwrap();
        let refused = brought_up(&mut conn).unwrap_err().to_string();
        let knows = format!("this version knows step {}", Steps::known().latest());
        for words in ["step 99 (later)", &format!("has to know step {said}"), &knows] {
            assert!(refused.contains(words), "{refused}");
        }
    }
}

#[test]
fn the_steps_are_numbered_without_gaps_and_none_asks_for_a_later_one() {
    let known = Steps::known();
    for (number, step) in (1..).zip(known.of(Engine::Sqlite)) {
        assert_eq!(step.number, number);
        assert!((1..=number).contains(&step.works_from), "{step:?}");
    }
    let (files, servers) = (known.of(Engine::Sqlite), known.of(Engine::Postgres));
    for (file, server) in files[11..].iter().zip(servers) {
        assert_eq!((file.number, file.works_from), (server.number, server.works_from));
    }
    assert_eq!(files.len() - 11, servers.len());
}
