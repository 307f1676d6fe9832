//! Versions side by side: what an older node goes on doing while a newer one brings the database forward, and when it must end.

use storage::files::FileStore;
use storage::{Keys, Step, Steps, StorageError, Store, audit, events, moving, nodes, settings};

use crate::harness::{Place, on_a_server, on_both_at_once, on_every_engine, write};
use crate::samples::{event, now};

/// A version whose schema has a column more.
fn expanded() -> Steps {
    let this = Steps::known().latest();
    Steps::known().and(Step {
        number: this + 1,
        name: "more",
        text: "ALTER TABLE cases ADD COLUMN more TEXT; CREATE TABLE more (id BIGINT PRIMARY KEY, words TEXT)",
        works_from: this,
    })
}

/// The version after that, for which those before it are not fit.
fn contracted() -> Steps {
    let this = Steps::known().latest();
    expanded().and(Step {
        number: this + 2,
        name: "less",
        text: "CREATE TABLE less (id BIGINT PRIMARY KEY, words TEXT)",
        works_from: this + 1,
    })
}

/// Opens the database as a node of a version.
async fn node(place: &Place, steps: &Steps) -> Result<Store, StorageError> {
    let files = FileStore::folder(&place.folder.join("files"));
    Store::open_with_steps(&place.at(), files, Keys::for_tests(), steps).await
}

/// Why it cannot be opened.
async fn refused(place: &Place, steps: &Steps) -> String {
    match node(place, steps).await {
        Ok(_) => panic!("it was opened"),
        Err(error) => error.to_string(),
    }
}

/// Adds an event to a stream of its own.
async fn act(store: &Store, number: u32) -> Result<(), StorageError> {
    let stream = format!("FC-{number}");
    store
        .write(move |tx| {
            Box::pin(async move {
                events::append(tx, &[event(&stream, 1, "words")]).await?;
                Ok(())
            })
        })
        .await
}

async fn entries(store: &Store) -> u64 {
    let report = audit::verify(store).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
    report.entries
}

async fn latest_step(place: &Place) -> String {
    let steps = "SELECT CAST(MAX(number) AS TEXT) FROM schema_migrations";
    place.raw().await.texts(steps).await.remove(0)
}

#[test]
fn an_older_node_goes_on_while_a_newer_one_expands_and_starts_again_afterwards() {
    on_every_engine(|place| async move {
        let older = node(&place, &Steps::known()).await.unwrap();
        act(&older, 1).await.unwrap();
        let newer = node(&place, &expanded()).await.unwrap();
        act(&older, 2).await.unwrap();
        act(&newer, 3).await.unwrap();
        nodes::beat(&older).await.unwrap();
        let again = node(&place, &Steps::known()).await.unwrap();
        act(&again, 4).await.unwrap();
        for store in [&older, &newer, &again] {
            assert_eq!(entries(store).await, 4);
        }
        assert_eq!(latest_step(&place).await, expanded().latest().to_string());
    });
}

#[test]
fn a_step_that_contracts_waits_until_no_older_node_lives() {
    on_every_engine(|place| async move {
        let (this, newest) = (Steps::known().latest(), contracted().latest());
        let older = node(&place, &Steps::known()).await.unwrap();
        let said = refused(&place, &contracted()).await;
        for words in [
            format!("step {newest} (less)"),
            format!("before step {}", this + 1),
            older.node().name.clone(),
            format!("knows step {this}"),
        ] {
            assert!(said.contains(&words), "{words}: {said}");
        }
        assert_eq!(
            latest_step(&place).await,
            this.to_string(),
            "none of its steps was taken"
        );
        act(&older, 1).await.unwrap();
        // A node of the version between needs nothing of what goes.
        let between = node(&place, &expanded()).await.unwrap();
        assert!(refused(&place, &contracted()).await.contains(&older.node().name));
        older.close().await.unwrap();
        let newer = node(&place, &contracted()).await.unwrap();
        for (store, number) in [(&between, 2), (&newer, 3)] {
            act(store, number).await.unwrap();
        }
        assert_eq!(entries(&newer).await, 3);
        let said = refused(&place, &Steps::known()).await;
        for words in [
            format!("step {newest} (less)"),
            format!("has to know step {}", this + 1),
            format!("this version knows step {this}"),
        ] {
            assert!(said.contains(&words), "{words}: {said}");
        }
    });
}

#[test]
fn a_node_that_was_thought_to_be_gone_writes_nothing_into_what_it_does_not_know() {
    on_every_engine(|place| async move {
        let older = node(&place, &Steps::known()).await.unwrap();
        act(&older, 1).await.unwrap();
        // It stands still for longer than it counts as alive.
        place.raw().await.run("UPDATE nodes SET until = 1").await.unwrap();
        let newer = node(&place, &contracted()).await.unwrap();
        let overtaken =
            |ended| matches!(ended, Err(StorageError::Overtaken { knows }) if knows == Steps::known().latest());
        assert!(overtaken(act(&older, 2).await));
        assert!(overtaken(nodes::beat(&older).await));
        act(&newer, 3).await.unwrap();
        assert_eq!(entries(&newer).await, 2);
        let streams = place
            .raw()
            .await
            .texts("SELECT stream FROM events ORDER BY stream")
            .await;
        assert_eq!(streams, ["FC-1", "FC-3"]);
        // It can be closed all the same.
        older.close().await.unwrap();
    });
}

#[test]
fn a_node_is_on_the_list_from_its_start_to_its_end() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let list = "SELECT node FROM nodes";
        let name = store.node().name.clone();
        assert_eq!(place.raw().await.texts(list).await, std::slice::from_ref(&name));
        // Whoever comes forgets those of whom nothing was heard; who wakes says so again.
        place.raw().await.run("UPDATE nodes SET until = 1").await.unwrap();
        place.open().await.close().await.unwrap();
        assert_eq!(place.raw().await.texts(list).await, [""; 0]);
        nodes::beat(&store).await.unwrap();
        assert_eq!(place.raw().await.texts(list).await, [name]);
        store.close().await.unwrap();
        assert_eq!(place.raw().await.texts(list).await, [""; 0]);
    });
}

#[test]
fn whoever_looks_is_told_of_the_other_nodes_and_how_long_ago_each_was_heard() {
    on_every_engine(|place| async move {
        let doctor = place.open().await;
        assert_eq!(nodes::others(&doctor).await.unwrap(), []);
        let newer = node(&place, &expanded()).await.unwrap();
        let silent = place.open().await;
        let name = silent.node().name.clone();
        let run = format!("UPDATE nodes SET until = until - 300000000 WHERE node = '{name}'");
        place.raw().await.run(&run).await.unwrap();
        // Another that comes does not make it forgotten.
        place.open().await.close().await.unwrap();
        let others = nodes::others(&doctor).await.unwrap();
        let [heard, unheard] = others.as_slice() else {
            panic!("{others:?}")
        };
        assert_eq!((&heard.node, heard.is_alive()), (newer.node(), true), "{heard:?}");
        assert_eq!(
            (&unheard.node, unheard.is_alive()),
            (silent.node(), false),
            "{unheard:?}"
        );
        assert!((300..330).contains(&unheard.ago.as_secs()), "{unheard:?}");
        let of_an_hour = format!("UPDATE nodes SET until = until - 3600000000 WHERE node = '{name}'");
        place.raw().await.run(&of_an_hour).await.unwrap();
        place.open().await.close().await.unwrap();
        assert_eq!(nodes::others(&doctor).await.unwrap().len(), 1);
    });
}

#[test]
fn the_book_of_an_older_version_is_completed_and_asks_for_what_it_has_taken() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        act(&store, 1).await.unwrap();
        store.close().await.unwrap();
        let older = "ALTER TABLE schema_migrations DROP COLUMN works_from";
        place.raw().await.run(older).await.unwrap();
        let store = place.open().await;
        act(&store, 2).await.unwrap();
        assert_eq!(entries(&store).await, 2);
        let unsaid = "SELECT number FROM schema_migrations WHERE works_from IS NOT NULL";
        assert_eq!(place.raw().await.texts(unsaid).await, [""; 0]);
        drop(node(&place, &expanded()).await.unwrap());
        let said = "SELECT CAST(works_from AS TEXT) FROM schema_migrations WHERE works_from IS NOT NULL";
        let said = place.raw().await.texts(said).await;
        assert_eq!(said, [Steps::known().latest().to_string()]);
    });
}

#[test]
fn nodes_that_start_at_the_same_moment_take_each_step_once() {
    on_every_engine(|place| async move {
        let place = std::sync::Arc::new(place);
        let starting: Vec<_> = (0..4)
            .map(|_| {
                let place = place.clone();
                tokio::spawn(async move { node(&place, &expanded()).await })
            })
            .collect();
        let mut stores = Vec::new();
        for store in starting {
            stores.push(store.await.unwrap().unwrap());
        }
        for (number, store) in (1..).zip(&stores) {
            act(store, number).await.unwrap();
        }
        assert_eq!(entries(&stores[0]).await, 4);
        let living = place.raw().await.texts("SELECT node FROM nodes").await;
        assert_eq!(living.len(), 4);
    });
}

#[test]
fn what_a_newer_version_made_is_moved_by_that_one() {
    on_both_at_once(|place| async move {
        node(&place, &expanded()).await.unwrap().close().await.unwrap();
        let file = storage::At::File(place.folder.join("moved.db"));
        let refused = moving::run(&place.at(), &file, now()).await.unwrap_err().to_string();
        let known = Steps::known().latest();
        for step in [known, known + 1] {
            assert!(refused.contains(&format!("step {step}")), "{refused}");
        }
        assert!(!place.folder.join("moved.db").exists());
        // And what this one made is moved by this one.
        place.renew_schema().await;
        let store = write_one(&place).await;
        store.close().await.unwrap();
        let moved = moving::run(&place.at(), &file, now()).await.unwrap();
        assert!(
            moved
                .iter()
                .any(|moved| moved.table == "events" && moved.tally.rows == 1)
        );
    });
}

async fn write_one(place: &Place) -> Store {
    let store = place.open().await;
    write(&store, |tx| {
        Box::pin(async move { events::append(tx, &[event("FC-1", 1, "words")]).await })
    })
    .await;
    store
}

#[test]
fn a_column_that_a_newer_version_widens_is_asked_for_anew() {
    on_a_server(|place| async move {
        let store = place.open().await;
        write(&store, |tx| Box::pin(settings::put(tx, "one", "1", now()))).await;
        let look = || store.read(|tx| Box::pin(settings::list(tx)));
        let act = || store.write(|tx| Box::pin(settings::list(tx)));
        let all = vec![("one".to_owned(), "1".to_owned())];
        assert_eq!(
            (look().await.unwrap(), act().await.unwrap()),
            (all.clone(), all.clone())
        );
        let widen = "ALTER TABLE settings ALTER COLUMN key TYPE VARCHAR";
        place.raw().await.run(widen).await.unwrap();
        for answer in [look().await, act().await] {
            assert!(matches!(answer, Err(StorageError::Unprepared(_))), "{answer:?}");
        }
        assert_eq!((look().await.unwrap(), act().await.unwrap()), (all.clone(), all));
    });
}
