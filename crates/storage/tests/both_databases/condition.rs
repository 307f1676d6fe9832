//! What the doctor asks of the database itself.

use jiff::civil::date;
use storage::condition::{self, Condition};
use storage::deadlines::{self, DeadlineRow};
use storage::{Engine, Store, outbox};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{deadline, letter, now};

async fn look(store: &Store) -> Condition {
    read(store, |tx| Box::pin(async move { condition::look(tx).await })).await
}

#[test]
fn a_database_says_how_it_stands() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let empty = look(&store).await;
        assert_eq!(empty.engine, place.engine);
        assert_eq!(
            (empty.unsent, empty.oldest_unsent, empty.longest_due_on),
            (0, None, None)
        );
        assert!(empty.step >= 13 && empty.version.contains('.'), "{empty:?}");
        assert_eq!(
            empty.clock.is_some(),
            place.engine == Engine::Postgres,
            "a file has the clock of this machine"
        );
        write(&store, |tx| {
            Box::pin(async move {
                outbox::add(tx, &letter("FC-1", "We have it")).await?;
                let later = DeadlineRow {
                    due_on: Some(date(2027, 1, 12)),
                    ..deadline("FC-1", "stage-2", 90)
                };
                let met = DeadlineRow {
                    due_on: Some(date(2028, 1, 12)),
                    met: true,
                    ..deadline("FC-1", "stage-3", 95)
                };
                deadlines::replace(tx, "FC-1", &[deadline("FC-1", "stage-1", 60), later, met]).await
            })
        })
        .await;
        let stands = look(&store).await;
        assert_eq!((stands.unsent, stands.oldest_unsent), (1, Some(now())));
        assert_eq!(stands.longest_due_on, Some(date(2027, 1, 12)), "what was met is over");
    });
}
