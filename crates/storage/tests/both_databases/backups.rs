//! Backups: whole or not there, read by their key only, put back as they were on either engine.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use storage::backup::{self, Amount, Made, Part, Repositories, Repository, Restored, Source, Target};
use storage::files::FileStore;
use storage::{At, BackupKey, Keys, StorageError, audit, events, moving};

use crate::harness::{Place, bytes_of, on_a_file, on_both_at_once, on_every_engine, read, write};
use crate::invented::history;
use crate::samples::{event, later, now};

fn key(place: &Place) -> BackupKey {
    let path = place.folder.join("backup.key");
    match path.exists() {
        true => BackupKey::load(&path).unwrap(),
        false => BackupKey::create(&path).unwrap(),
    }
}

fn place_of(place: &Place) -> PathBuf {
    place.folder.join("repository")
}

fn repository(place: &Place) -> Repository {
    let path = place_of(place);
    match path.exists() {
        true => Repository::open(&path, key(place)).unwrap(),
        false => Repository::init(&path, key(place)).unwrap(),
    }
}

/// The repository of keys of the same test.
fn key_repository(place: &Place) -> Repository {
    let path = place.folder.join("repository-keys");
    match path.exists() {
        true => Repository::open(&path, key(place)).unwrap(),
        false => Repository::init(&path, key(place)).unwrap(),
    }
}

fn files(place: &Place) -> FileStore {
    FileStore::folder(&place.folder.join("files"))
}

async fn make(place: &Place) -> Result<Made, StorageError> {
    make_at(place, now()).await
}

async fn make_at(place: &Place, moment: Timestamp) -> Result<Made, StorageError> {
    let into = (&repository(place), &key_repository(place));
    made(into, &place.at(), &files(place), moment).await
}

async fn made(
    (data, keys): (&Repository, &Repository),
    at: &At,
    files: &FileStore,
    moment: Timestamp,
) -> Result<Made, StorageError> {
    let own = Keys::for_tests();
    let source = Source { at, files, keys: &own };
    backup::make(Repositories { data, keys }, source, moment, "0").await
}

async fn restore(place: &Place, name: &str, to: &str) -> Result<Restored, StorageError> {
    let (at, files) = (
        At::File(place.folder.join(to)),
        place.folder.join(format!("{to}-files")),
    );
    put_back(place, name, None, (&at, &FileStore::folder(&files))).await
}

/// Puts a backup back with the keys that are named.
async fn put_back(
    place: &Place,
    name: &str,
    named: Option<&str>,
    (at, files): (&At, &FileStore),
) -> Result<Restored, StorageError> {
    let keys = key_repository(place);
    let part = Part::of(&keys, name, named)?;
    backup::restore(&repository(place), name, part.as_ref(), Target { at, files }).await
}

/// Everything that lies in a folder, by name.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = entries.filter(|entry| entry.path().is_file()).map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read(entry.path()).unwrap())
    });
    files.collect()
}

/// Every chunk of the repository.
fn chunks(place: &Place) -> Vec<PathBuf> {
    let folders = fs::read_dir(place_of(place).join("chunks")).unwrap();
    let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    files.map(|file| file.unwrap().path()).collect()
}

async fn told(place: &Place, from: u32, to: u32) {
    let store = place.open().await;
    history::tell(&store, from, to).await;
    store.close().await.unwrap();
}

#[test]
fn what_was_kept_comes_back_whole() {
    on_every_engine(|place| async move {
        told(&place, 1, 40).await;
        let made = make(&place).await.unwrap();
        assert_eq!((made.backup.files.len(), made.backup.missing.len()), (40, 0));
        let verified = backup::verify(&repository(&place), &made.name).unwrap();
        assert_eq!((verified.rows, verified.files), (made.backup.rows(), 40));
        assert!(verified.faults.is_empty(), "{:?}", verified.faults);

        let restored = restore(&place, &made.name, "restored.db").await.unwrap();
        assert_eq!((restored.backup, restored.files_written), (made.backup, 40));
        assert_eq!(
            contents(&place.folder.join("files")),
            contents(&place.folder.join("restored.db-files"))
        );
        let at = At::File(place.folder.join("restored.db"));
        let store = place.open_at(&at, Keys::for_tests()).await.unwrap();
        let report = audit::verify(&store).await.unwrap();
        assert!(
            report.is_whole() && report.entries == 80 && report.checkpoints == 1,
            "{report:?}"
        );
        store.close().await.unwrap();
        // What is there is not written over.
        let refused = restore(&place, &made.name, "restored.db").await.unwrap_err();
        assert!(matches!(refused, StorageError::NotEmpty(_)), "{refused}");
    });
}

#[test]
fn a_backup_of_one_engine_is_put_back_into_the_other() {
    on_both_at_once(|place| async move {
        told(&place, 1, 20).await;
        let made = make(&place).await.unwrap();
        let file = At::File(place.folder.join("restored.db"));
        restore(&place, &made.name, "restored.db").await.unwrap();
        place.renew_schema().await;
        put_back(&place, &made.name, None, (&place.at(), &files(&place)))
            .await
            .unwrap();
        assert_eq!(
            moving::tables(&file).await.unwrap(),
            moving::tables(&place.at()).await.unwrap()
        );
        let store = place.open().await;
        assert!(audit::verify(&store).await.unwrap().is_whole());
        store.close().await.unwrap();
    });
}

#[test]
fn what_did_not_change_is_not_written_again() {
    on_every_engine(|place| async move {
        told(&place, 1, 60).await;
        let first = make(&place).await.unwrap();
        assert!(first.new.chunks > 30);
        let same = make(&place).await.unwrap();
        assert_eq!((same.new, same.files_known), (Amount::default(), 60));
        assert_eq!(same.backup.tables, first.backup.tables);

        told(&place, 61, 61).await;
        let more = make(&place).await.unwrap();
        assert!(
            more.new.bytes < first.new.bytes / 3,
            "{:?} after {:?}",
            more.new,
            first.new
        );
        assert_eq!((more.backup.files.len(), more.files_known), (61, 60));
        for made in [first, same, more] {
            let verified = backup::verify(&repository(&place), &made.name).unwrap();
            assert!(verified.faults.is_empty(), "{:?}", verified.faults);
        }
    });
}

#[test]
fn a_row_that_changes_changes_its_own_chunk() {
    on_a_file(|place| async move {
        place.open().await.close().await.unwrap();
        let raw = place.raw().await;
        let rows = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
             INSERT INTO throttle SELECT CAST(printf('%032d', i) AS BLOB), i, 1 FROM n";
        raw.run(rows).await.unwrap();
        let first = make(&place).await.unwrap();
        raw.run("UPDATE throttle SET hits = 2 WHERE began_at = 10000; DELETE FROM throttle WHERE began_at = 3")
            .await
            .unwrap();
        raw.run("INSERT INTO throttle VALUES (x'00', 1, 1)").await.unwrap();
        let second = make(&place).await.unwrap();
        let of = |made: &Made| {
            let table = made.backup.tables.iter().find(|kept| kept.table.name == "throttle");
            table.unwrap().chunks.len() as u64
        };
        assert!(of(&first) > 10, "{}", of(&first));
        assert!(
            (1..=4).contains(&second.new.chunks),
            "{:?} of {}",
            second.new,
            of(&second)
        );
    });
}

#[test]
fn nothing_is_read_without_the_key() {
    on_a_file(|place| async move {
        told(&place, 1, 5).await;
        make(&place).await.unwrap();
        let words = [
            "printer",
            "FC-1",
            "amara",
            "acknowledgement",
            "it-services",
            "CREATE TABLE",
            "events",
        ];
        let lying = chunks(&place).into_iter().chain(
            fs::read_dir(place_of(&place).join("backups"))
                .unwrap()
                .map(|entry| entry.unwrap().path()),
        );
        for path in lying {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            assert!(words.iter().all(|word| !text.contains(word)), "{}", path.display());
        }
        let other = BackupKey::create(&place.folder.join("other.key")).unwrap();
        let refused = Repository::open(&place_of(&place), other)
            .map(|_| ())
            .unwrap_err()
            .to_string();
        assert!(refused.contains("another key"), "{refused}");
    });
}

#[test]
fn whatever_was_changed_or_taken_is_noticed() {
    on_a_file(|place| async move {
        told(&place, 1, 12).await;
        let made = make(&place).await.unwrap();
        for chunk in chunks(&place) {
            let whole = fs::read(&chunk).unwrap();
            let mut changed = whole.clone();
            *changed.last_mut().unwrap() ^= 1;
            for harm in [Some(changed), Some(whole[..whole.len() - 1].to_vec()), None] {
                match &harm {
                    Some(bytes) => fs::write(&chunk, bytes).unwrap(),
                    None => fs::remove_file(&chunk).unwrap(),
                }
                let verified = backup::verify(&repository(&place), &made.name).unwrap();
                assert!(!verified.faults.is_empty(), "{}", chunk.display());
            }
            fs::write(&chunk, whole).unwrap();
        }
        // A chunk in the place of another opens, and is not what its name says.
        let all = chunks(&place);
        let (one, other) = (fs::read(&all[0]).unwrap(), fs::read(&all[1]).unwrap());
        fs::write(&all[0], &other).unwrap();
        assert!(
            !backup::verify(&repository(&place), &made.name)
                .unwrap()
                .faults
                .is_empty()
        );
        let refused = restore(&place, &made.name, "restored.db").await.unwrap_err();
        assert!(matches!(refused, StorageError::Backup { .. }), "{refused}");
        assert!(
            !place.folder.join("restored.db").exists(),
            "what is damaged is not put back in part"
        );
        fs::write(&all[0], one).unwrap();

        // What is gone or cut off is written again by the next backup.
        fs::remove_file(&all[0]).unwrap();
        fs::write(&all[1], b"cut").unwrap();
        let again = make(&place).await.unwrap();
        assert_eq!(again.new.chunks, 2);
        assert!(
            backup::verify(&repository(&place), &made.name)
                .unwrap()
                .faults
                .is_empty()
        );

        let list = place_of(&place).join("backups").join(&made.name);
        fs::rename(&list, list.with_file_name("20301126T021500Z-1a2b3c4d")).unwrap();
        let refused = repository(&place)
            .list("20301126T021500Z-1a2b3c4d")
            .unwrap_err()
            .to_string();
        assert!(refused.contains("was changed"), "{refused}");
        // A list that cannot be read says nothing of what it needs: nothing goes.
        let before = chunks(&place).len();
        backup::prune(&repository(&place), NonZeroUsize::MIN).unwrap_err();
        assert_eq!(chunks(&place).len(), before);
    });
}

#[test]
fn a_record_that_is_not_whole_is_kept_and_told() {
    on_every_engine(|place| async move {
        told(&place, 1, 10).await;
        let sound = make(&place).await.unwrap();
        let log = sound.backup.log.clone().unwrap();
        assert!(
            sound.backup.is_proved() && log.entries == 20 && log.checkpoints == 1,
            "{log:?}"
        );
        let raw = place.raw().await;
        raw.unguard().await;
        raw.run("UPDATE events SET actor = 'somebody' WHERE position = 7")
            .await
            .unwrap();
        let made = make_at(&place, later(1)).await.unwrap();
        let faults = made.backup.log.clone().unwrap().faults;
        assert!(
            !made.backup.is_proved() && faults[0].contains("position 7"),
            "{faults:?}"
        );
        assert_eq!(Repository::names(&place_of(&place)).unwrap().len(), 2);
        let verified = backup::verify(&repository(&place), &made.name).unwrap();
        assert!(
            verified.faults[0].contains("not whole when it was kept"),
            "{verified:?}"
        );
        let verified = backup::verify(&repository(&place), &sound.name).unwrap();
        assert_eq!((verified.faults, verified.log), (Vec::new(), sound.backup.log));
    });
}

#[test]
fn a_log_whose_end_was_cut_off_is_known_by_the_backup_before() {
    on_every_engine(|place| async move {
        told(&place, 1, 10).await;
        make(&place).await.unwrap();
        let raw = place.raw().await;
        raw.unguard().await;
        let cut = "DELETE FROM events WHERE position > 12; DELETE FROM checkpoints WHERE size > 12;
                   DELETE FROM audit_nodes WHERE (number + 1) << CAST(level AS INTEGER) > 12";
        raw.run(cut).await.unwrap();
        let store = place.open().await;
        assert!(
            audit::verify(&store).await.unwrap().is_whole(),
            "by itself it looks whole"
        );
        store.close().await.unwrap();
        let made = make_at(&place, later(1)).await.unwrap();
        let faults = made.backup.log.unwrap().faults;
        assert!(faults[0].contains("20 entries were signed, but only 12"), "{faults:?}");
        // It is said once; from here on what was kept last counts.
        assert!(make_at(&place, later(2)).await.unwrap().backup.is_proved());
    });
}

#[test]
fn a_chunk_that_a_disk_forgot_is_found_in_its_turn_and_written_anew() {
    on_a_file(|place| async move {
        told(&place, 1, 30).await;
        let first = make(&place).await.unwrap();
        let lying = chunks(&place);
        for chunk in &lying {
            let mut bytes = fs::read(chunk).unwrap();
            *bytes.last_mut().unwrap() ^= 1;
            fs::write(chunk, bytes).unwrap();
        }
        let mut mended = Vec::new();
        for day in 0..16 {
            let made = make_at(&place, later(day * 24 * 60)).await.unwrap();
            assert_eq!(made.new.chunks, made.mended);
            mended.push(made.mended);
        }
        assert!(
            mended.iter().filter(|many| **many > 0).count() > 8,
            "each day some: {mended:?}"
        );
        assert_eq!(mended.iter().sum::<u64>(), lying.len() as u64);
        let verified = backup::verify(&repository(&place), &first.name).unwrap();
        assert_eq!(verified.faults, [""; 0]);
        let (mut again, mut read) = (0, 0);
        for day in 16..32 {
            let made = make_at(&place, later(day * 24 * 60)).await.unwrap();
            (again, read) = (again + made.mended, read + made.read_again.chunks);
        }
        assert_eq!((again, read), (0, lying.len() as u64), "each once in a round");
    });
}

#[test]
fn only_the_latest_are_kept_and_they_are_whole() {
    on_a_file(|place| async move {
        let mut made = Vec::new();
        for round in 0..4 {
            told(&place, round * 10 + 1, round * 10 + 10).await;
            // The name says the second; the order of two within one is chance.
            let at = now() + jiff::SignedDuration::from_secs(i64::from(round));
            made.push(make_at(&place, at).await.unwrap().name);
        }
        let before = chunks(&place).len();
        let pruned = backup::prune(&repository(&place), NonZeroUsize::new(2).unwrap()).unwrap();
        assert_eq!(pruned.backups, [made[1].clone(), made[0].clone()]);
        assert!(pruned.chunks.0 > 0 && chunks(&place).len() as u64 == before as u64 - pruned.chunks.0);
        assert_eq!(
            Repository::names(&place_of(&place)).unwrap(),
            [made[3].clone(), made[2].clone()]
        );
        for name in &made[2..] {
            assert!(backup::verify(&repository(&place), name).unwrap().faults.is_empty());
        }
        restore(&place, &made[2], "restored.db").await.unwrap();
    });
}

#[test]
fn a_server_that_writes_meanwhile_is_not_held_up_and_the_moment_is_one() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        history::tell(&store, 1, 20).await;
        let done = Arc::new(AtomicBool::new(false));
        let writing = tokio::spawn({
            let (store, done) = (store.clone(), done.clone());
            async move {
                let mut number = 0;
                while !done.load(Ordering::Relaxed) {
                    number += 1;
                    write(&store, move |tx| {
                        Box::pin(async move { events::append(tx, &[event("FC-9000", number, "meanwhile")]).await })
                    })
                    .await;
                }
                number
            }
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mut names = Vec::new();
        for _ in 0..3 {
            names.push(make(&place).await.unwrap().name);
        }
        done.store(true, Ordering::Relaxed);
        let written = writing.await.unwrap();
        store.close().await.unwrap();
        for (number, name) in names.iter().enumerate() {
            let to = format!("restored{number}.db");
            restore(&place, name, &to).await.unwrap();
            let store = place
                .open_at(&At::File(place.folder.join(&to)), Keys::for_tests())
                .await
                .unwrap();
            let report = audit::verify(&store).await.unwrap();
            assert!(report.is_whole(), "{:?}", report.faults);
            let kept = read(&store, |tx| {
                Box::pin(async move { events::sequence_of(tx, "FC-9000").await })
            })
            .await;
            assert!(kept > 0 && kept <= written, "{kept} of {written}");
            store.close().await.unwrap();
        }
        let beside: Vec<String> = contents_names(&place.folder);
        assert!(beside.iter().all(|name| !name.contains("snapshot")), "{beside:?}");
    });
}

fn contents_names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

/// Tells the test that is run again as a child which folder to work in.
const CHILD: &str = "REDRESS_TEST_BACK_UP_UNTIL_KILLED";
/// How often it is killed.
const KILLS: u64 = 25;

#[test]
fn a_repository_outlives_every_kill() {
    on_a_file(|place| async move {
        told(&place, 1, 30).await;
        let kept = make(&place).await.unwrap();
        fs::write(place.folder.join("redress.db.snapshot-0a0b0c"), "left by a kill").unwrap();
        for kill in 0..KILLS {
            told(&place, 31 + kill as u32 * 2, 32 + kill as u32 * 2).await;
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "backups::back_up_until_killed", "--nocapture", "--ignored"])
                .env(CHILD, &place.folder)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            tokio::time::sleep(Duration::from_millis(20 + kill * 37 % 400)).await;
            child.kill().unwrap();
            child.wait().unwrap();
            let names = Repository::names(&place_of(&place)).unwrap();
            assert!(!names.is_empty());
            for name in names {
                let verified = backup::verify(&repository(&place), &name).unwrap();
                assert!(verified.faults.is_empty(), "after kill {kill}: {:?}", verified.faults);
            }
        }
        // The oldest was pruned long ago, the repository works on, and the latest comes back.
        let made = make(&place).await.unwrap();
        assert_ne!(made.name, kept.name);
        let beside = contents_names(&place.folder);
        assert!(beside.iter().all(|name| !name.contains("snapshot")), "{beside:?}");
        backup::prune(&repository(&place), NonZeroUsize::MIN).unwrap();
        assert!(
            chunks(&place).iter().all(|path| path.extension().is_none()),
            "nothing half written stays"
        );
        let name = Repository::names(&place_of(&place)).unwrap().remove(0);
        restore(&place, &name, "restored.db").await.unwrap();
    });
}

/// The child of the test above: backs up and prunes until it is killed.
#[test]
#[ignore = "run by a_repository_outlives_every_kill"]
fn back_up_until_killed() {
    let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let key = || BackupKey::load(&folder.join("backup.key")).unwrap();
    let repository = Repository::open(&folder.join("repository"), key()).unwrap();
    let keys = Repository::open(&folder.join("repository-keys"), key()).unwrap();
    let (at, files) = (
        At::File(folder.join("redress.db")),
        FileStore::folder(&folder.join("files")),
    );
    for round in 1..10_000 {
        let moment = now() + jiff::SignedDuration::from_secs(round);
        runtime
            .block_on(made((&repository, &keys), &at, &files, moment))
            .unwrap();
        backup::prune(&repository, NonZeroUsize::new(2).unwrap()).unwrap();
        backup::prune(&keys, NonZeroUsize::new(2).unwrap()).unwrap();
    }
}

#[test]
fn a_file_that_is_gone_is_told_and_a_stranger_is_not_joined() {
    on_a_file(|place| async move {
        told(&place, 1, 3).await;
        let id = files(&place).names().await.unwrap().remove(0);
        fs::remove_file(place.folder.join("files").join(&id)).unwrap();
        let made = make(&place).await.unwrap();
        assert_eq!((made.backup.missing.clone(), made.backup.files.len()), (vec![id], 2));
        let there = place.folder.join("restored.db-files");
        fs::create_dir(&there).unwrap();
        fs::write(there.join("holiday.jpg"), "a stranger").unwrap();
        let refused = restore(&place, &made.name, "restored.db").await.unwrap_err();
        assert!(matches!(refused, StorageError::NotEmpty(_)), "{refused}");
        fs::remove_file(there.join("holiday.jpg")).unwrap();
        // What was broken off is gone on with: what lies there as it was kept is not written again.
        let first = &made.backup.files[0].id;
        fs::copy(place.folder.join("files").join(first), there.join(first)).unwrap();
        fs::write(there.join(format!("{}.part", made.backup.files[1].id)), "half").unwrap();
        let restored = restore(&place, &made.name, "restored.db").await.unwrap();
        assert_eq!(restored.files_written, 1);
        assert_eq!(contents(&place.folder.join("files")), contents(&there));
    });
}

#[test]
fn two_backups_at_once_do_not_meet() {
    on_a_file(|place| async move {
        told(&place, 1, 2).await;
        let repository = repository(&place);
        let lock = fs::OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(place_of(&place).join("lock"))
            .unwrap();
        lock.lock().unwrap();
        let into = (&repository, &key_repository(&place));
        let refused = made(into, &place.at(), &files(&place), now()).await.unwrap_err();
        assert!(matches!(refused, StorageError::InUse(_)), "{refused}");
        drop(lock);
        make(&place).await.unwrap();
    });
}

#[test]
fn a_repository_that_takes_nothing_more_holds_no_half_backup() {
    on_a_file(|place| async move {
        told(&place, 1, 4).await;
        let kept = make(&place).await.unwrap();
        told(&place, 5, 8).await;
        // Every folder of chunks that is not there yet is a file now: nothing new can be written there.
        for folder in 0..=255 {
            let path = place_of(&place).join("chunks").join(format!("{folder:02x}"));
            if !path.exists() {
                fs::write(path, "").unwrap();
            }
        }
        make(&place).await.unwrap_err();
        assert_eq!(
            Repository::names(&place_of(&place)).unwrap(),
            std::slice::from_ref(&kept.name)
        );
        assert!(
            backup::verify(&repository(&place), &kept.name)
                .unwrap()
                .faults
                .is_empty()
        );
    });
}

/// Erases a case of the invented history as the product does.
async fn erase(place: &Place, case: u32) {
    let store = place.open().await;
    let stream = format!("FC-{case}");
    write(&store, move |tx| {
        Box::pin(async move { storage::erasure::erase(tx, &stream, later(90)).await })
    })
    .await;
    store.close().await.unwrap();
}

/// Which of the cases can be read in a database that was put back; its log verifies.
async fn readable(place: &Place, to: &str, cases: u32) -> Vec<u32> {
    let at = At::File(place.folder.join(to));
    let store = place.open_at(&at, Keys::for_tests()).await.unwrap();
    assert!(audit::verify(&store).await.unwrap().is_whole());
    let mut readable = Vec::new();
    for case in 1..=cases {
        let stream = format!("FC-{case}");
        let loaded: Result<Vec<_>, StorageError> = store
            .read(move |tx| Box::pin(async move { events::load(tx, &stream).await }))
            .await;
        match loaded {
            Ok(_) => readable.push(case),
            Err(StorageError::MissingKey { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
    store.close().await.unwrap();
    readable
}

#[test]
fn a_backup_holds_no_key_of_a_case_and_its_part_holds_all() {
    on_every_engine(|place| async move {
        told(&place, 1, 10).await;
        let made = make(&place).await.unwrap();
        assert!(made.backup.keys_apart);
        let raw = place.raw().await;
        let sql = "SELECT wrapped FROM stream_keys WHERE wrapped IS NOT NULL";
        let wrapped: Vec<Vec<u8>> = raw.texts(sql).await.iter().map(|text| bytes_of(text)).collect();
        assert!(wrapped.len() >= 10);
        let holds = |repository: &Repository, name: &str| -> usize {
            let list = repository.list(name).unwrap();
            let chunks = list.tables.iter().flat_map(|kept| &kept.chunks);
            let plain: Vec<Vec<u8>> = chunks.map(|chunk| repository.chunk_of(chunk).unwrap()).collect();
            let lies = |key: &&Vec<u8>| {
                plain
                    .iter()
                    .any(|chunk| chunk.windows(key.len()).any(|part| part == **key))
            };
            wrapped.iter().filter(lies).count()
        };
        assert_eq!(holds(&repository(&place), &made.name), 0);
        assert_eq!(holds(&key_repository(&place), &made.name), wrapped.len());
    });
}

/// Puts a backup back beside the database, under a name.
async fn restored(place: &Place, (backup, named): (&str, Option<&str>), to: &str) {
    let (at, files) = (
        At::File(place.folder.join(to)),
        FileStore::folder(&place.folder.join(format!("{to}-files"))),
    );
    put_back(place, backup, named, (&at, &files)).await.unwrap();
}

/// Tells a case anew, or seals it.
async fn told_anew(place: &Place, case: u32, kind: &'static str) {
    let store = place.open().await;
    write(&store, move |tx| {
        Box::pin(async move {
            let stream = format!("FC-{case}");
            match kind {
                "case.sealed" => storage::sealed::seal_away(tx, &stream, later(91)).await?,
                _ => {
                    let beside = storage::retold::beside(tx, &stream).await?;
                    storage::retold::renew(tx, &stream, &beside, later(90)).await?;
                }
            }
            let told = events::NewEvent {
                kind: kind.to_owned(),
                ..event(&stream, events::sequence_of(tx, &stream).await? + 1, "told anew")
            };
            events::append(tx, &[told]).await.map(drop)
        })
    })
    .await;
    store.close().await.unwrap();
}

#[test]
fn what_was_taken_out_since_comes_back_in_no_way() {
    on_every_engine(|place| async move {
        told(&place, 1, 5).await;
        let old = make_at(&place, later(1)).await.unwrap();
        told_anew(&place, 3, "case.redacted").await;
        // One that was sealed comes back as it was then, unless something was taken out of it before that.
        told_anew(&place, 4, "case.sealed").await;
        told_anew(&place, 5, "case.redacted").await;
        told_anew(&place, 5, "case.sealed").await;
        let new = make_at(&place, later(2)).await.unwrap();
        for (number, (backup, named, left)) in [
            (&old.name, None, vec![1, 2, 4]),
            (&old.name, Some(old.name.as_str()), vec![1, 2, 4]),
            // These keys open nothing of what it was before it was sealed.
            (&old.name, Some(new.name.as_str()), vec![1, 2]),
            (&new.name, None, vec![1, 2, 3, 4, 5]),
        ]
        .into_iter()
        .enumerate()
        {
            let to = format!("restored-{number}.db");
            restored(&place, (backup, named), &to).await;
            assert_eq!(readable(&place, &to, 5).await, left, "{backup} with {named:?}");
        }
    });
}

#[test]
fn what_was_erased_since_stays_unreadable_and_everything_else_opens() {
    on_every_engine(|place| async move {
        told(&place, 1, 6).await;
        let old = make_at(&place, later(1)).await.unwrap();
        erase(&place, 3).await;
        told(&place, 7, 8).await;
        let new = make_at(&place, later(2)).await.unwrap();
        // With the newest keys, with those of its own night, and named by mistake: erased is erased.
        for (number, named) in [None, Some(new.name.as_str()), Some(old.name.as_str())]
            .into_iter()
            .enumerate()
        {
            let to = format!("restored-{number}.db");
            restored(&place, (&old.name, named), &to).await;
            assert_eq!(readable(&place, &to, 6).await, [1, 2, 4, 5, 6], "{named:?}");
        }
        // A newer backup with older keys: what it needs is not there, and it says so.
        let (at, files) = (
            At::File(place.folder.join("refused.db")),
            FileStore::folder(&place.folder.join("refused-files")),
        );
        let refused = put_back(&place, &new.name, Some(&old.name), (&at, &files))
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("older than the backup"), "{refused}");
        assert!(!place.folder.join("refused.db").exists(), "nothing was restored");
        // The old keys went: the old backup still comes back, without what was erased.
        backup::prune(&key_repository(&place), NonZeroUsize::MIN).unwrap();
        restore(&place, &old.name, "pruned.db").await.unwrap();
        assert_eq!(readable(&place, "pruned.db", 6).await, [1, 2, 4, 5, 6]);
    });
}

#[test]
fn without_any_part_of_keys_nothing_is_restored_and_it_is_said_why() {
    on_a_file(|place| async move {
        told(&place, 1, 3).await;
        let made = make(&place).await.unwrap();
        let (at, files) = (
            At::File(place.folder.join("refused.db")),
            FileStore::folder(&place.folder.join("refused-files")),
        );
        let refused = backup::restore(&repository(&place), &made.name, None, Target { at: &at, files: &files })
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("repository of keys"), "{refused}");
        let unknown = put_back(&place, &made.name, Some("20200101T000000Z-00000000"), (&at, &files)).await;
        assert!(unknown.unwrap_err().to_string().contains("no keys called"));
        // A part that somebody changed is refused, whichever is asked for.
        let list = place.folder.join("repository-keys/backups").join(&made.name);
        let mut bytes = fs::read(&list).unwrap();
        bytes[40] ^= 1;
        fs::write(&list, bytes).unwrap();
        let broken = put_back(&place, &made.name, None, (&at, &files)).await.unwrap_err();
        assert!(broken.to_string().contains("it was changed"), "{broken}");
        assert!(!place.folder.join("refused.db").exists());
    });
}
