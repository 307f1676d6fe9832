//! Finding cases by words that nobody can read in the index, and taking the derived tables away.

use rules::confidential::{Beyond, Reach};
use rules::people::StaffId;
use storage::doctor::{self, Difference, How};
use storage::search::{self, Weight};
use storage::{Store, cases, deadlines, jobs};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{case, deadline, job, job_update, later};

async fn filled(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            search::index(
                tx,
                "FC-10482",
                &[
                    (Weight::Exact, "FC-10482"),
                    (Weight::Exact, "F0100001"),
                    (Weight::Exact, "zoe.ng@calderbrook.example"),
                    (Weight::Exact, "+44 7700 900123"),
                    (Weight::Name, "Zoë O'Brien-Ng"),
                    (Weight::Summary, "Printers jammed in the library"),
                    (
                        Weight::Words,
                        "The printer on floor 2 keeps complaining about paper. My student number is 20261234.",
                    ),
                ],
            )
            .await?;
            search::index(
                tx,
                "FC-10483",
                &[(Weight::Words, "No printer answers the library laptops since Monday")],
            )
            .await?;
            search::index(
                tx,
                "FC-10484",
                &[(Weight::Words, "Wi-Fi drops in halls; wrote to help@calderbrook.example")],
            )
            .await?;
            for number in 10_482..=10_484 {
                cases::put(tx, &case(number)).await?;
            }
            cases::put(
                tx,
                &cases::CaseRow {
                    closed_at: Some(later(1)),
                    ..case(10_483)
                },
            )
            .await
        })
    })
    .await;
}

/// Everything, whatever lane it is in.
pub(crate) const EVERYTHING: Reach = Reach {
    of: StaffId(0),
    beyond: Beyond::All,
};

pub(crate) async fn find(store: &Store, query: &str) -> Vec<String> {
    let query = query.to_owned();
    let found = read(store, move |tx| {
        Box::pin(async move { search::find(tx, &query, 10, &EVERYTHING).await })
    })
    .await;
    assert!(found.is_sorted_by(|a, b| a.rank <= b.rank));
    found.into_iter().map(|found| found.reference).collect()
}

#[test]
fn words_names_and_whole_things_are_found() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let one = &["FC-10482"][..];
        for (query, expected) in [
            ("printers", &["FC-10482", "FC-10483"][..]),
            ("PRINTER library", &["FC-10482", "FC-10483"]),
            ("printer paper", one),
            ("complained", one),
            ("zoe", one),
            ("Zoé", one),
            ("obri", one),
            ("o'brien", one),
            ("ng", one),
            ("FC-10482", one),
            ("fc 10482", one),
            ("10482", one),
            ("F0100001", one),
            ("zoe.ng@CALDERBROOK.example", one),
            ("07700 900123", one),
            ("20261234", one),
            ("wi-fi", &["FC-10484"]),
            ("help@calderbrook.example", &["FC-10484"]),
            ("zoe wifi", &[]),
            ("zo", &[]),
            ("libr", &[]),
            ("FC-1048", &[]),
            ("1048", &[]),
            ("\" OR \"", &[]),
            ("", &[]),
        ] {
            let mut found = find(&store, query).await;
            found.sort();
            assert_eq!(found, expected, "{query}");
        }
    });
}

#[test]
fn a_word_in_a_summary_or_a_name_weighs_more() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                for number in 1..=20 {
                    search::index(
                        tx,
                        &format!("FC-{number}"),
                        &[(Weight::Words, "something else entirely")],
                    )
                    .await?;
                }
                // In the opposite order of their weight: of two that fit as well the later one comes first.
                search::index(tx, "FC-21", &[(Weight::Name, "Banks"), (Weight::Words, "about Wi-Fi")]).await?;
                search::index(tx, "FC-22", &[(Weight::Summary, "Banks about Wi-Fi")]).await?;
                search::index(tx, "FC-23", &[(Weight::Words, "Banks about Wi-Fi")]).await
            })
        })
        .await;
        assert_eq!(find(&store, "banks").await, ["FC-21", "FC-22", "FC-23"]);
    });
}

#[test]
fn indexing_again_replaces_and_removing_forgets() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        write(&store, |tx| {
            Box::pin(async move { search::index(tx, "FC-10482", &[(Weight::Words, "about the telephone")]).await })
        })
        .await;
        assert_eq!(find(&store, "zoe").await, [""; 0]);
        assert_eq!(find(&store, "telephones").await, ["FC-10482"]);
        write(&store, |tx| {
            Box::pin(async move {
                search::remove(tx, "FC-10482").await?;
                search::remove(tx, "FC-9").await
            })
        })
        .await;
        assert_eq!(find(&store, "telephone").await, [""; 0]);
        assert_eq!(find(&store, "printer").await, ["FC-10483"]);
    });
}

async fn build(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            for number in 1..=3 {
                cases::put(tx, &case(number)).await?;
            }
            deadlines::replace(tx, "FC-1", &[deadline("FC-1", "stage-1", 9)]).await?;
            jobs::put(tx, &job(1, "FC-1", None)).await?;
            jobs::put_update(tx, &job_update("F0000001", 1, "raised")).await?;
            search::index(tx, "FC-1", &[(Weight::Words, "printer")]).await
        })
    })
    .await;
}

#[test]
fn the_derived_tables_are_taken_away_and_what_differed_is_told() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        build(&store).await;
        let right = read(&store, |tx| Box::pin(doctor::snapshot(tx))).await;
        assert_eq!(right.rows(), 7);
        write(&store, |tx| {
            Box::pin(async move {
                cases::put(tx, &cases::CaseRow { alerts: 9, ..case(2) }).await?;
                cases::put(tx, &case(4)).await?;
                jobs::put_update(tx, &job_update("F0000001", 1, "something else")).await?;
                search::index(tx, "FC-1", &[(Weight::Words, "telephone")]).await?;
                deadlines::replace(tx, "FC-1", &[]).await
            })
        })
        .await;
        let before = read(&store, |tx| Box::pin(doctor::snapshot(tx))).await;
        write(&store, |tx| Box::pin(doctor::wipe_derived(tx))).await;
        assert_eq!(read(&store, |tx| Box::pin(doctor::snapshot(tx))).await.rows(), 0);
        assert_eq!(find(&store, "telephone").await, [""; 0]);
        build(&store).await;
        let rebuilt = read(&store, |tx| Box::pin(doctor::snapshot(tx))).await;
        assert_eq!(rebuilt, right, "sealed anew, the same all the same");
        assert_eq!(find(&store, "printer").await, ["FC-1"]);
        let told = |table, key: &str, how| Difference {
            table,
            key: key.to_owned(),
            how,
        };
        let mut differences = before.differences(&rebuilt);
        let missing = differences.pop().unwrap();
        assert_eq!((missing.table, missing.how), ("deadlines", How::Missing));
        assert_eq!(
            differences,
            [
                told("cases", "FC-2", How::Changed),
                told("cases", "FC-4", How::Extra),
                told("job_updates", "F0000001 1", How::Changed),
                told("search", "FC-1", How::Changed),
            ]
        );
    });
}

#[test]
fn of_a_word_in_very_many_cases_the_latest_are_weighed_against_each_other() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                search::index(tx, "FC-1", &[(Weight::Summary, "Printer"), (Weight::Words, "jammed")]).await?;
                for number in 2..=1_001 {
                    let words = match number {
                        500 => (Weight::Summary, "Printer"),
                        _ => (Weight::Words, "The printer in the hall is out of paper again"),
                    };
                    search::index(tx, &format!("FC-{number}"), &[words]).await?;
                }
                Ok(())
            })
        })
        .await;
        let found = find(&store, "printer").await;
        assert_eq!(
            found[0], "FC-500",
            "the best of the latest thousand, and not the best of all"
        );
        assert_eq!(found[1], "FC-1001", "then the latest of those that fit equally well");
        assert_eq!(find(&store, "printer jammed").await, ["FC-1"], "a second word finds it");
    });
}
