//! What the office keeps beside its cases: numbers, procedures, calendars, settings.

use jiff::civil::date;
use storage::published::{CALENDARS, PROCEDURES, PublishedRow};
use storage::{StorageError, counters, settings};

use crate::harness::{on_every_engine, write};
use crate::samples::{later, now};

#[test]
fn numbers_are_given_once_each() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                assert_eq!(counters::next(tx, "case", 10_001).await?, 10_001);
                assert_eq!(counters::upcoming(tx, "case", 10_001).await?, 10_002);
                assert_eq!(counters::next(tx, "case", 10_001).await?, 10_002);
                assert_eq!(counters::upcoming(tx, "letter", 7).await?, 7);
                assert_eq!(counters::next(tx, "job", 100_001).await?, 100_001);
                assert_eq!(counters::next(tx, "case", 1).await?, 10_003);
                Ok(())
            })
        })
        .await;
    });
}

#[test]
fn one_version_of_a_procedure_and_of_a_calendar_is_active() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                let first = PublishedRow {
                    id: "it-services".to_owned(),
                    version: "1".to_owned(),
                    valid_from: date(2026, 8, 1),
                    text: "stages = 2".to_owned(),
                    published_at: now(),
                    active: true,
                };
                let second = PublishedRow {
                    version: "2".to_owned(),
                    published_at: later(9),
                    ..first.clone()
                };
                PROCEDURES.put(tx, &first).await?;
                PROCEDURES.put(tx, &second).await?;
                assert_eq!(PROCEDURES.active(tx, "it-services").await?, Some(second.clone()));
                let retired = PublishedRow {
                    active: false,
                    ..first.clone()
                };
                assert_eq!(PROCEDURES.get(tx, "it-services", "1").await?, Some(retired.clone()));
                assert_eq!(PROCEDURES.list(tx).await?, [second, retired]);
                assert_eq!(PROCEDURES.active(tx, "other").await?, None);
                let edited = PublishedRow {
                    text: "stages = 3".to_owned(),
                    ..first
                };
                assert!(matches!(PROCEDURES.put(tx, &edited).await, Err(StorageError::Taken(_))));

                let calendar = PublishedRow {
                    id: "england-and-wales".to_owned(),
                    version: "2026".to_owned(),
                    valid_from: date(2026, 1, 1),
                    text: "[[holiday]]".to_owned(),
                    published_at: now(),
                    active: true,
                };
                CALENDARS.put(tx, &calendar).await?;
                assert_eq!(CALENDARS.active(tx, "england-and-wales").await?, Some(calendar.clone()));
                assert_eq!(
                    CALENDARS.get(tx, "england-and-wales", "2026").await?,
                    Some(calendar.clone())
                );
                assert_eq!(CALENDARS.list(tx).await?, [calendar]);
                Ok(())
            })
        })
        .await;
    });
}

#[test]
fn settings_are_kept() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        write(&store, |tx| {
            Box::pin(async move {
                settings::put(tx, "vip", "[\"a\"]", now()).await?;
                settings::put(tx, "vip", "[\"b\"]", later(1)).await?;
                settings::put(tx, "name", "\"IT Services\"", now()).await?;
                assert_eq!(settings::get(tx, "vip").await?.as_deref(), Some("[\"b\"]"));
                assert_eq!(settings::get(tx, "none").await?, None);
                let all = settings::list(tx).await?;
                assert_eq!(all.iter().map(|(key, _)| &**key).collect::<Vec<_>>(), ["name", "vip"]);
                Ok(())
            })
        })
        .await;
    });
}
