//! The commands that keep an installation, on the demonstration: backed up while it runs, put back elsewhere, moved to the other engine and back,
//! and looked at by the doctor.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

#[path = "../demonstration/mod.rs"]
mod demonstration;
mod letter_keys;
#[path = "../server/mod.rs"]
mod server;

use std::fs;
use std::path::Path;

use demonstration::{Demonstration, run, stop, well};
use server::Schema;
use storage::{Keys, StorageError, Store};

impl Demonstration {
    /// Changes an entry of its record from outside, past what keeps the engine from it.
    fn alter(&self) {
        let folder = self.folder.join("demo");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let keys = Keys::load(&folder.join("keys")).unwrap();
            let store = Store::open(&folder.join("redress.db"), keys).unwrap();
            let altered: Result<u64, StorageError> = store
                .write(|tx| {
                    Box::pin(async move {
                        tx.exec("DROP TRIGGER events_are_not_changed", &[]).await?;
                        tx.exec("UPDATE events SET actor = 'nobody' WHERE position = 7", &[])
                            .await
                    })
                })
                .await;
            assert_eq!(altered.unwrap(), 1);
            store.close().await.unwrap();
        });
    }

    /// A case that is closed and not held.
    fn closed_case(&self) -> String {
        let folder = self.folder.join("demo");
        let store = Store::open(&folder.join("redress.db"), Keys::load(&folder.join("keys")).unwrap()).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async move {
            let sql =
                "SELECT reference FROM case_keeping WHERE goes_on IS NOT NULL AND NOT held ORDER BY number LIMIT 1";
            let found: Result<String, StorageError> = store
                .read(move |tx| Box::pin(async move { tx.one(sql, &[], |row| row.get(0)).await }))
                .await;
            store.close().await.unwrap();
            found.unwrap()
        })
    }
}

const BACKUP: &str = "[backup]\nrepository = \"../repository\"\n";

#[test]
fn the_demonstration_is_backed_up_while_it_runs_put_back_and_looked_at() {
    let demo = Demonstration::new("keeping-backup");
    let server = demo.serve();
    let plain = demo.configuration("plain.toml", &[], "");
    let (said, code) = run(&plain, &["backup"]);
    assert!(code == 1 && said.contains("[backup]"), "{said}");
    let config = demo.configuration("kept.toml", &[], BACKUP);
    let (said, code) = run(&config, &["doctor", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(
        code == 2 && found["state"] == "fault",
        "a key and a repository are missing: {said}"
    );

    well(&config, &["backup", "init"]);
    assert!(well(&config, &["backup", "list"]).contains("no backup yet"));
    let first = well(&config, &["backup"]);
    assert!(first.contains("is whole") && first.contains("a second"), "{first}");
    let second = well(&config, &["backup", "--keep", "1"]);
    assert!(second.contains("Taken away: 1 backups"), "{second}");
    assert!(well(&config, &["backup", "verify"]).contains("is whole"));
    stop(server);
    well(&config, &["backup"]);
    assert_eq!(well(&config, &["backup", "list"]).lines().count(), 2);

    // The machine is gone: only the repository and the file of keys are left.
    let (keys, words) = (demo.path("keys.json"), demo.path("passphrase"));
    well(
        &config,
        &["backup", "keys", "save", "--to", &keys, "--passphrase-file", &words],
    );
    let text = fs::read_to_string(&keys).unwrap();
    let master = fs::read_to_string(demo.folder.join("demo/keys/master.key")).unwrap();
    assert!(!text.contains(master.lines().last().unwrap()), "the keys are sealed");
    let places = [
        ("database", "../new/redress.db"),
        ("files", "../new/files"),
        ("keys", "../new/keys"),
    ];
    let key = "[backup]\nrepository = \"../repository\"\nkey = \"../new/keys/backup.key\"\n";
    let restored = demo.configuration("restored.toml", &places, key);
    fs::create_dir(demo.folder.join("new")).unwrap();
    let (said, code) = run(&restored, &["restore"]);
    assert!(code == 1 && said.contains("backup keys open"), "{said}");
    fs::write(demo.folder.join("wrong"), "five other words altogether").unwrap();
    let wrong = demo.path("wrong");
    let (said, code) = run(
        &restored,
        &["backup", "keys", "open", "--from", &keys, "--passphrase-file", &wrong],
    );
    assert!(code == 1 && said.contains("passphrase is another"), "{said}");
    well(
        &restored,
        &["backup", "keys", "open", "--from", &keys, "--passphrase-file", &words],
    );
    let said = well(&restored, &["restore"]);
    assert!(said.contains("The record is whole"), "{said}");
    let (said, code) = run(&restored, &["restore"]);
    assert!(code == 1 && said.contains("nothing is written over it"), "{said}");

    let said = well(&restored, &["audit", "verify"]);
    assert!(said.contains("The record is whole"), "{said}");
    let (said, code) = run(&restored, &["doctor", "--rebuild"]);
    for about in [
        "keys",
        "disk",
        "backups",
        "database",
        "nodes",
        "clock",
        "letters",
        "calendars",
        "derived",
        "files",
    ] {
        assert!(
            said.lines().any(|line| line.split_whitespace().nth(1) == Some(about)),
            "{about}: {said}"
        );
    }
    assert!(
        code < 2 && said.contains("Every derived row was as the events say"),
        "{said}"
    );
    what_was_erased_since_an_old_backup_does_not_come_back(&demo, &config);
    a_record_that_was_altered_is_backed_up_and_told(&demo, &config);
    fs::remove_dir_all(&demo.folder).unwrap();
}

/// A case is held, let go and erased; an old backup is put back with newer keys, and everything else of it opens.
fn what_was_erased_since_an_old_backup_does_not_come_back(demo: &Demonstration, config: &Path) {
    let closed = demo.closed_case();
    let old = well(config, &["backup", "list"]);
    let old = old.split_whitespace().next().unwrap().to_owned();
    let on = |act: &str, more: &[&str]| {
        let mut words = vec!["retention", act, &closed, "--as", "oliver"];
        words.extend(more);
        run(config, &words)
    };
    let (said, code) = on("hold", &["--why", "A claim was announced"]);
    assert!(code == 0 && said.contains("is held"), "{said}");
    let said = well(config, &["retention", "preview"]);
    assert!(said.contains("A claim was announced"), "{said}");
    let (said, code) = on("erase", &[]);
    assert!(code == 1 && said.contains("This case is held"), "{said}");
    assert_eq!(on("lift", &["--why", "It was settled"]).1, 0);
    assert!(well(config, &["retention", "run"]).contains("Erased: 0"));
    let (said, code) = on("erase", &[]);
    assert!(code == 0 && said.contains("is erased"), "{said}");
    let (said, code) = on("erase", &[]);
    assert!(code == 0 && said.contains("was erased at"), "twice is once: {said}");
    well(config, &["backup"]);

    let places = [("database", "../old/redress.db"), ("files", "../old/files")];
    let again = demo.configuration("old.toml", &places, BACKUP);
    fs::create_dir(demo.folder.join("old")).unwrap();
    let said = well(&again, &["restore", &old]);
    assert!(
        said.contains("One case had been erased since and is erased again"),
        "{said}"
    );
    assert!(said.contains("The record is whole"), "{said}");
    assert_eq!(run(&again, &["explain", &closed]).1, 1);
    let (said, code) = run(&again, &["doctor", "--rebuild"]);
    assert!(
        code < 2 && said.contains("Every derived row was as the events say"),
        "{said}"
    );

    // Keys that are older than a backup are refused, and nothing is restored.
    let newest = well(config, &["backup", "list"]);
    let newest = newest.split_whitespace().next().unwrap().to_owned();
    assert_ne!(newest, old);
    let places = [("database", "../mixed/redress.db"), ("files", "../mixed/files")];
    let mixed = demo.configuration("mixed.toml", &places, BACKUP);
    let (said, code) = run(&mixed, &["restore", &newest, "--keys", "20200101T000000Z-00000000"]);
    assert!(code == 1 && said.contains("no keys called"), "{said}");

    // The key of the installation: missing, and another one.
    let key = demo.folder.join("demo/keys/master.key");
    let kept = fs::read_to_string(&key).unwrap();
    fs::remove_file(&key).unwrap();
    let (said, code) = run(config, &["retention", "preview"]);
    assert!(code == 1 && said.contains("master.key"), "{said}");
    let mut other = kept.lines().map(str::to_owned).collect::<Vec<_>>();
    let last = other.last_mut().unwrap();
    let turned = if last.starts_with('A') { "B" } else { "A" };
    last.replace_range(0..1, turned);
    fs::write(&key, other.join("\n")).unwrap();
    fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let (said, code) = run(config, &["retention", "preview"]);
    assert!(code == 1 && said.contains("another master key"), "{said}");
    fs::write(&key, kept).unwrap();
    well(config, &["retention", "preview"]);
}

fn a_record_that_was_altered_is_backed_up_and_told(demo: &Demonstration, config: &Path) {
    let latest = |said: &str| {
        said.lines()
            .next()
            .unwrap()
            .split_whitespace()
            .next()
            .unwrap()
            .to_owned()
    };
    let sound = latest(&well(config, &["backup", "list"]));
    demo.alter();
    let (said, code) = run(config, &["backup", "--keep", "1"]);
    assert!(
        code == 1 && said.contains("FAULT: ") && said.contains("NOT whole") && said.contains("Nothing was taken away"),
        "{said}"
    );
    let said = well(config, &["backup", "list"]);
    assert!(
        said.lines().count() == 4 && said.lines().next().unwrap().ends_with("record NOT whole"),
        "{said}"
    );
    let (said, code) = run(config, &["backup", "verify", &latest(&said)]);
    assert!(code == 1 && said.contains("was not whole when it was kept"), "{said}");
    well(config, &["backup", "verify", &sound]);
    let (said, code) = run(config, &["doctor"]);
    let fault = said
        .lines()
        .find(|line| line.contains("The record in the latest backup is not whole"));
    assert!(code == 2 && fault.unwrap().contains(&sound), "{said}");
}

#[test]
fn the_demonstration_moves_to_the_other_engine_and_back() {
    let demo = Demonstration::new("keeping-move");
    let server = demo.serve();
    let config = demo.configuration("kept.toml", &[], "");
    // A database of the other engine; without a server another file, so that the commands are tried at least.
    let schema = Schema::new("keeping");
    let there = schema
        .as_ref()
        .map_or_else(|| demo.path("there.db"), |schema| schema.address.clone());
    let (said, code) = run(&config, &["database", "move", "--to", &there]);
    assert!(code == 1 && said.contains("a server runs over"), "{said}");
    stop(server);

    let first = well(&config, &["database", "move", "--to", &there]);
    assert!(
        first.contains("Change these lines of [storage]") && first.contains("database = "),
        "{first}"
    );
    let (said, code) = run(&config, &["database", "move", "--to", &there]);
    assert!(code == 1 && said.contains("already"), "{said}");
    let moved = demo.configuration("moved.toml", &[("database", &there)], "");
    let back = demo.path("back.db");
    let second = well(&moved, &["database", "move", "--to", &back]);
    let tables = |said: &str| -> Vec<String> {
        let lines = said.lines().filter(|line| line.ends_with("the same on both sides"));
        lines.map(str::to_owned).collect()
    };
    assert!(tables(&first).len() > 25, "{first}");
    assert_eq!(
        tables(&first),
        tables(&second),
        "every table has the same number and hash on all three"
    );

    // Both work on, and every derived row is what the events say.
    let returned = demo.configuration("back.toml", &[("database", &back)], "");
    for config in [&moved, &returned] {
        let (said, code) = run(config, &["doctor", "--rebuild"]);
        assert!(
            code < 2 && said.contains("Every derived row was as the events say"),
            "{said}"
        );
        assert!(well(config, &["audit", "verify"]).contains("The record is whole"));
    }
    if let Some(schema) = schema {
        schema.remove();
    }
    fs::remove_dir_all(&demo.folder).unwrap();
}
