//! Rows for every table that there is, whatever it is called: a table or a column that comes later is filled as well.

use storage::{At, Kind, Table, moving};

use crate::harness::Raw;

/// How many rows of each table are invented.
pub(crate) const ROWS: usize = 5;

/// Fills every table of an SQLite database with the least and the greatest, the empty and the odd, and nothing where nothing may stand.
pub(crate) async fn fill(at: &At, raw: &Raw) {
    for table in moving::tables(at).await.unwrap() {
        let needed = raw
            .texts(&format!(
                "SELECT name FROM pragma_table_xinfo('{}') WHERE \"notnull\" OR pk > 0",
                table.name
            ))
            .await;
        for row in 0..ROWS {
            raw.run(&insertion(&table, &needed, row)).await.unwrap();
        }
    }
}

fn insertion(table: &Table, needed: &[String], row: usize) -> String {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|column| format!("\"{}\"", column.name))
        .collect();
    let values = table.columns.iter().map(|column| match column.kind {
        _ if row == 3 && !needed.contains(&column.name) => "NULL".to_owned(),
        // The tokens of the search index are words of letters and digits.
        Kind::Text if table.name == "search_documents" => format!("'token{row} other'"),
        Kind::Text => format!("'{row} Zoë''s \"%\\\n\t🜁'"),
        Kind::Bytes => format!("x'00ff0a5c{row:02x}'"),
        Kind::Truth => (row % 2).to_string(),
        Kind::Integer => integer(row),
    });
    let values: Vec<String> = values.collect();
    format!(
        "INSERT INTO \"{}\" ({}) VALUES ({})",
        table.name,
        names.join(", "),
        values.join(", ")
    )
}

/// As a part of an SQL text, in which the least number cannot be written plainly.
fn integer(row: usize) -> String {
    match row {
        0 => "0".to_owned(),
        1 => "(-9223372036854775807 - 1)".to_owned(),
        2 => i64::MAX.to_string(),
        other => other.to_string(),
    }
}

/// A real history beside rows of other records, written through the records themselves.
pub(crate) mod history {
    use storage::files::{self, Waiting};
    use storage::search::{self, Weight};
    use storage::{FileKey, Store, access, audit, cases, counters, deadlines, events, jobs, outbox, settings, staff};

    use crate::harness::write;
    use crate::samples::{case, deadline, event, job, job_update, later, letter, now, person};

    /// Cases `from` to `to`, a checkpoint, and a file each.
    pub(crate) async fn tell(store: &Store, from: u32, to: u32) {
        for number in from..=to {
            tell_one(store, number).await;
        }
        write(store, move |tx| {
            Box::pin(async move { audit::sign_checkpoint(tx, later(1)).await })
        })
        .await;
    }

    async fn tell_one(store: &Store, number: u32) {
        let (key, id) = (FileKey::new().unwrap(), files::new_id().unwrap());
        let mut copy = store.files().put_sealed(&id).await.unwrap();
        copy.write(vec![number as u8; 300_000 * (number as usize % 5)])
            .await
            .unwrap();
        copy.finish().await.unwrap();
        write(store, move |tx| {
            Box::pin(async move {
                let reference = format!("FC-{number}");
                let words = "printer ".repeat(number as usize % 50);
                events::append(tx, &[event(&reference, 1, &words), event(&reference, 2, "again")]).await?;
                cases::put(tx, &case(i64::from(number))).await?;
                deadlines::replace(tx, &reference, &[deadline(&reference, "stage-1", 60)]).await?;
                jobs::put(tx, &job(number, &reference, None)).await?;
                jobs::put_update(tx, &job_update(&job(number, &reference, None).number, 1, "opened")).await?;
                search::index(tx, &reference, &[(Weight::Words, &words), (Weight::Exact, &reference)]).await?;
                outbox::add(tx, &letter(&reference, "We have your complaint")).await?;
                access::put_code(tx, &reference, "1234 5678 9012 3456").await?;
                counters::next(tx, "case", 10_001).await?;
                settings::put(tx, "brand", &format!("{{\"last\":{number}}}"), now()).await?;
                staff::add(tx, &person(&format!("amara{number}"))).await?;
                files::arrive(tx, &id, "form", now()).await?;
                let (facts, size) = (b"{}".to_vec(), 1);
                files::park(
                    tx,
                    &Waiting {
                        id: id.clone(),
                        facts,
                        size,
                    },
                    "form",
                    &key,
                    now(),
                )
                .await?;
                files::attach(tx, &id, &reference, now()).await
            })
        })
        .await;
    }
}
