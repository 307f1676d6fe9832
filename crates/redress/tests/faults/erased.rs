//! Erasing a case is killed at every write, flush, truncation and removal that it makes: the case is whole or it is gone, the next try finishes it,
//! and every number is what it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use storage::{Keys, StorageError, Store, audit, events};

use crate::installation::BINARY;

/// How many cases are told before, so that one has a file.
const CASES: &str = "40";
/// Who decides on requests in the demonstration.
const OFFICER: &str = "oliver";
/// What a killed process leaves behind is made by these.
const STEPS: [&str; 4] = ["pwrite64", "fsync", "ftruncate", "unlink"];
/// More than any of them happens.
const MOST: usize = 600;

/// An installation that is copied for each kill.
struct Pristine {
    folder: PathBuf,
    /// A closed case with a file.
    case: String,
    before: Counted,
}

/// Everything that is counted, and what there is of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Counted {
    figures: Vec<String>,
}

/// What a store says after a kill.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    readable: bool,
    rows: i64,
    files: usize,
}

#[test]
fn erasing_is_killed_at_every_step_and_is_whole_or_not_at_all() {
    if Command::new("strace").arg("--version").output().is_err() {
        println!("strace is not there: erasing was not killed");
        return;
    }
    let pristine = Pristine::make();
    let (mut kills, mut gone_at_once) = (0, 0);
    for step in STEPS {
        for at in 1..MOST {
            let place = pristine.copy();
            let ended = killed_at(&place, &pristine.case, step, at);
            if ended.status.success() {
                assert!(at > 1, "{step} never happens");
                break;
            }
            kills += 1;
            let found = pristine.look(&place);
            assert_eq!(
                found.readable,
                found.rows > 0,
                "half of it is left after {step} {at}: {found:?}"
            );
            gone_at_once += usize::from(!found.readable);
            let again = erase(&place, &pristine.case);
            let said = String::from_utf8_lossy(&again.stdout).into_owned();
            assert!(
                again.status.success(),
                "after {step} {at}: {said}{}",
                String::from_utf8_lossy(&again.stderr)
            );
            let after = pristine.look(&place);
            assert!(!after.readable && after.rows == 0, "after {step} {at}: {after:?}");
            assert_eq!(
                after.files,
                pristine.look(&pristine.folder).files - 1,
                "after {step} {at}"
            );
        }
    }
    println!(
        "killed {kills} times while a case was erased; {gone_at_once} times it was gone already, and every figure stayed"
    );
    assert!(kills > 50 && gone_at_once > 0 && gone_at_once < kills);
    fs::remove_dir_all(pristine.folder.parent().unwrap()).unwrap();
}

fn erase(place: &Path, case: &str) -> Output {
    command(BINARY, place, case).output().unwrap()
}

/// The same, killed when it does a step for the so-manieth time.
fn killed_at(place: &Path, case: &str, step: &str, at: usize) -> Output {
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={step}")])
        .args(["-e", &format!("inject={step}:signal=SIGKILL:when={at}")])
        .arg(BINARY);
    words(&mut command, place, case);
    command.stdin(Stdio::null()).output().unwrap()
}

fn command(program: &str, place: &Path, case: &str) -> Command {
    let mut command = Command::new(program);
    words(&mut command, place, case);
    command
}

fn words(command: &mut Command, place: &Path, case: &str) {
    command.args(["retention", "erase", case, "--as", OFFICER, "--config"]);
    command.arg(place.join("redress.toml"));
}

impl Pristine {
    fn make() -> Pristine {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("erased");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        let place = folder.join("pristine");
        load(&place);
        let store = Store::open(&place.join("redress.db"), Keys::load(&place.join("keys")).unwrap()).unwrap();
        let case = run(async {
            let sql = "SELECT f.stream FROM files f JOIN case_keeping k ON k.reference = f.stream
                       WHERE k.goes_on IS NOT NULL AND NOT k.held ORDER BY k.number LIMIT 1";
            let found: Result<String, StorageError> = store
                .read(move |tx| Box::pin(async move { tx.one(sql, &[], |row| row.get(0)).await }))
                .await;
            store.close().await.unwrap();
            found.unwrap()
        });
        let mut pristine = Pristine {
            before: Counted { figures: Vec::new() },
            folder: place,
            case,
        };
        pristine.before = pristine.counted(&pristine.folder);
        assert!(pristine.before.figures.len() > 100);
        pristine
    }

    /// The installation as it was, in a place of its own.
    fn copy(&self) -> PathBuf {
        let place = self.folder.with_file_name("copy");
        if place.exists() {
            fs::remove_dir_all(&place).unwrap();
        }
        copy(&self.folder, &place);
        place
    }

    /// What there is of the case; the log verifies, and every figure is what it was.
    fn look(&self, place: &Path) -> Found {
        assert_eq!(self.counted(place), self.before, "figures changed");
        let store = open(place);
        let case = self.case.clone();
        run(async move {
            let report = audit::verify(&store).await.unwrap();
            assert!(report.is_whole(), "{:?}", report.faults);
            let stream = case.clone();
            let loaded: Result<Vec<_>, StorageError> = store
                .read(move |tx| Box::pin(async move { events::load(tx, &stream).await }))
                .await;
            let sql = "SELECT (SELECT COUNT(*) FROM cases WHERE reference = $1) + (SELECT COUNT(*) FROM outbox WHERE reference = $1)
                    + (SELECT COUNT(*) FROM search_documents WHERE reference = $1) + (SELECT COUNT(*) FROM files WHERE stream = $1)";
            let rows: Result<i64, StorageError> = store
                .read(move |tx| Box::pin(async move { tx.one(sql, &[&case], |row| row.get(0)).await }))
                .await;
            let files = store.files().list().await.unwrap().len();
            store.close().await.unwrap();
            Found {
                readable: loaded.is_ok(),
                rows: rows.unwrap(),
                files,
            }
        })
    }

    fn counted(&self, place: &Path) -> Counted {
        let store = open(place);
        run(async move {
            let mut figures = Vec::new();
            for sql in [
                "SELECT place || ' ' || what || ' ' || n FROM tallies WHERE n <> 0 ORDER BY place, what",
                "SELECT number || ' ' || ordinal || ' ' || opened_on || ' ' || COALESCE(closed_on, '') || ' ' || COALESCE(ending, '') FROM case_spells ORDER BY number, ordinal",
                "SELECT number || ' ' || ordinal || ' ' || stage || ' ' || COALESCE(timing, '') || ' ' || COALESCE(outcome, '') FROM case_stays ORDER BY number, ordinal",
                "SELECT number || ' ' || kind || ' ' || received_on || ' ' || COALESCE(service, '') FROM case_facts ORDER BY number",
                "SELECT number || ' ' || ordinal || ' ' || what || ' ' || happens_on FROM case_moments ORDER BY number, ordinal",
            ] {
                let rows: Result<Vec<String>, StorageError> = store
                    .read(move |tx| Box::pin(async move { tx.all(sql, &[], |row| row.get(0)).await }))
                    .await;
                figures.extend(rows.unwrap());
            }
            store.close().await.unwrap();
            Counted { figures }
        })
    }
}

fn open(place: &Path) -> Store {
    Store::open(&place.join("redress.db"), Keys::load(&place.join("keys")).unwrap()).unwrap()
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.unwrap().block_on(future)
}

/// Loads a demonstration, and stops it when it is there.
fn load(place: &Path) {
    use std::io::{BufRead as _, BufReader};
    let mut child = Command::new(BINARY)
        .args(["demo", "--port", "0", "--cases", CASES, "--dir"])
        .arg(place)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("Stop with")), "it is loaded");
    Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    child.wait().unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            // The mode goes with it: keys that others can read are refused.
            false => drop(fs::copy(entry.path(), &target).unwrap()),
        }
    }
}
