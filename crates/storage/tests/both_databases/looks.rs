//! The access log: what somebody reaches of it, and that whatever is changed or taken away shows, also after a case was erased.

use rules::confidential::{Beyond, Reach};
use rules::people::StaffId;
use storage::cases::{self, CaseRow};
use storage::looks::{self, Before, LooksWanted, NewLook, Run};
use storage::{Store, erasure, events};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{case, event, later, now};

fn look(minutes: i64, case: Option<i64>, staff_id: i64, way: &str) -> NewLook {
    NewLook {
        at: later(minutes),
        reference: case.map(|number| format!("FC-{number}")),
        staff_id,
        way: way.to_owned(),
        about: None,
    }
}

/// Case 1 is open, 2 restricted and about person 7, 3 sealed.
async fn filled(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            for (number, lane) in (1..).zip(["open", "restricted", "sealed"]) {
                let row = CaseRow {
                    lane: lane.to_owned(),
                    ..case(number)
                };
                events::append(tx, &[event(&format!("FC-{number}"), 1, "words")]).await?;
                cases::put(tx, &row).await?;
            }
            cases::keep_from(tx, "FC-2", &[7]).await?;
            let all = [
                look(1, Some(1), 5, "page"),
                look(2, Some(2), 5, "page"),
                look(3, Some(3), 5, "page"),
                look(4, Some(3), 6, "outline"),
                look(5, None, 6, "list"),
            ];
            for (number, look) in (1..).zip(&all) {
                assert_eq!(looks::put(tx, look).await?, number);
            }
            Ok(())
        })
    })
    .await;
}

async fn numbers(store: &Store, wanted: LooksWanted, by: i64, page: (Before, u32)) -> Vec<i64> {
    let reach = Reach {
        of: StaffId(by),
        beyond: Beyond::All,
    };
    let rows = read(store, move |tx| {
        Box::pin(async move { looks::page(tx, &wanted, &reach, page).await })
    });
    rows.await.into_iter().map(|row| row.number).collect()
}

async fn run(store: &Store, last: u64) -> Run {
    read(store, move |tx| Box::pin(async move { looks::run(tx, 1, last).await })).await
}

#[test]
fn who_saw_a_case_is_not_who_saw_its_outline() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        write(&store, |tx| {
            Box::pin(async move {
                looks::put(tx, &look(6, Some(3), 4, "file")).await?;
                looks::put(tx, &look(7, Some(3), 5, "search")).await.map(drop)
            })
        })
        .await;
        let saw = read(&store, |tx| Box::pin(async move { looks::who_saw(tx, "FC-3").await })).await;
        assert_eq!(saw, [4, 5]);
    });
}

#[test]
fn somebody_reads_what_is_about_cases_that_they_see_and_of_a_stub_only_what_is_about_the_stub() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let newest = (Before::NEWEST, 50);
        assert_eq!(numbers(&store, LooksWanted::default(), 9, newest).await, [5, 4, 2, 1]);
        // Who is named does not learn that the case is there.
        assert_eq!(numbers(&store, LooksWanted::default(), 7, newest).await, [5, 4, 1]);
        let of_case = LooksWanted {
            reference: Some("FC-2".to_owned()),
            ..LooksWanted::default()
        };
        assert_eq!(numbers(&store, of_case.clone(), 9, newest).await, [2]);
        assert_eq!(numbers(&store, of_case, 7, newest).await, [0_i64; 0]);
        let by_person = LooksWanted {
            staff_id: Some(5),
            ..LooksWanted::default()
        };
        assert_eq!(numbers(&store, by_person, 9, newest).await, [2, 1]);
        let day = LooksWanted {
            from: Some(later(2)),
            until: Some(later(5)),
            ..LooksWanted::default()
        };
        assert_eq!(numbers(&store, day, 9, newest).await, [4, 2]);
        let second = Before {
            at: later(4),
            number: 4,
        };
        assert_eq!(numbers(&store, LooksWanted::default(), 9, (second, 1)).await, [2]);
        store.close().await.unwrap();
    });
}

#[test]
fn an_entry_that_is_altered_or_taken_away_shows_and_an_emptied_one_keeps_the_seal() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let whole = run(&store, 5).await;
        assert!(whole.altered.is_empty() && whole.missing.is_empty() && whole.emptied.is_empty());

        write(&store, |tx| {
            Box::pin(async move { erasure::erase(tx, "FC-1", now()).await })
        })
        .await;
        let erased = run(&store, 5).await;
        assert_eq!(erased.digest, whole.digest, "the seal of an emptied entry holds");
        assert_eq!(erased.emptied, [(1, later(1), Some("FC-1".to_owned()))]);
        assert_eq!(
            numbers(&store, LooksWanted::default(), 9, (Before::NEWEST, 50)).await,
            [5, 4, 2]
        );

        let gone = write(&store, |tx| {
            Box::pin(async move { looks::empty_before(tx, later(6)).await })
        })
        .await;
        assert_eq!(gone, 1, "those about a case go with the case");
        assert_eq!(run(&store, 5).await.digest, whole.digest);
        store.close().await.unwrap();

        let raw = place.raw().await;
        raw.run("UPDATE looks SET staff_id = 8 WHERE number = 2").await.unwrap();
        drop(raw);
        let store = place.open().await;
        assert_eq!(run(&store, 5).await.altered, [2]);
        store.close().await.unwrap();

        let raw = place.raw().await;
        raw.run("DELETE FROM looks WHERE number >= 3 AND number < 5")
            .await
            .unwrap();
        drop(raw);
        let store = place.open().await;
        let torn = run(&store, 6).await;
        assert_eq!(torn.missing, [3, 6]);
        assert_ne!(torn.digest, whole.digest);
        store.close().await.unwrap();
    });
}
