//! Every key file, missing and exchanged for another: what the server, the doctor and the check of the log say, and that nothing is lost.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use storage::Keys;

use crate::demonstration::{BINARY, Demonstration, run, stop, well};

/// What is said when a file is missing and when it is another: by the server, the doctor and the check of the log.
struct Case {
    file: &'static str,
    missing: [&'static str; 3],
    other: [&'static str; 3],
    /// Whether the server takes complaints all the same.
    serves: [bool; 2],
}

const CASES: [Case; 3] = [
    Case {
        file: "master.key",
        missing: ["master.key cannot be used: it is not there"; 3],
        other: ["Put the right master.key back"; 3],
        serves: [false, false],
    },
    Case {
        file: "audit.key",
        missing: ["audit.key cannot be used: it is not there"; 3],
        other: ["Put the right audit.key back"; 3],
        serves: [false, true],
    },
    Case {
        file: "sealed.key",
        missing: [
            "no key for sealed cases (sealed.key)",
            "sealed records need it. Put it back",
            "were not opened: the key for them (sealed.key) is not here",
        ],
        other: [
            "Put the right sealed.key back",
            "is another than the one with which cases were sealed: 1 of 1",
            "does not open under keys/sealed.key",
        ],
        serves: [true, true],
    },
];

#[test]
fn each_key_file_missing_or_exchanged_is_named_and_put_right_by_putting_it_back() {
    let demo = Demonstration::new("evidence-keys");
    stop(demo.serve());
    let config = anywhere(&demo);
    let case = demo.case("SELECT reference FROM cases ORDER BY number LIMIT 1");
    demo.seal(&case);
    let others = demo.folder.join("others");
    Keys::create(&others).unwrap();
    well(&config, &["audit", "verify"]);
    assert!(well_enough(&config).contains("Each key opens what it has to open"));
    for Case {
        file,
        missing,
        other,
        serves,
    } in CASES
    {
        let (path, kept) = (demo.folder.join("demo/keys").join(file), demo.folder.join("kept.key"));
        fs::rename(&path, &kept).unwrap();
        said_by_all(&config, (file, "missing"), missing, serves[0]);
        if file == "sealed.key" {
            let (said, code) = run(&config, &["keys", "sealed"]);
            assert!(
                code == 1 && said.contains("a new key would open none of them"),
                "{said}"
            );
            assert!(!path.exists());
        }
        fs::copy(others.join(file), &path).unwrap();
        said_by_all(&config, (file, "exchanged"), other, serves[1]);
        fs::rename(&kept, &path).unwrap();
        assert!(
            well(&config, &["audit", "verify"]).contains("is whole"),
            "{file} is back"
        );
        let said = well(&config, &["audit", "verify", &case]);
        assert!(said.contains("is whole") && !said.contains("not opened"), "{said}");
    }
    the_key_of_backups(&demo);
    fs::remove_dir_all(&demo.folder).unwrap();
}

/// A configuration that listens wherever there is room.
fn anywhere(demo: &Demonstration) -> PathBuf {
    let config = demo.configuration("keys.toml", &[], "");
    let mut whole: toml::Table = toml::from_str(&fs::read_to_string(&config).unwrap()).unwrap();
    whole["server"]
        .as_table_mut()
        .unwrap()
        .insert("listen".to_owned(), "127.0.0.1:0".into());
    fs::write(&config, toml::to_string(&whole).unwrap()).unwrap();
    config
}

/// The doctor of a demonstration has things to warn of.
fn well_enough(config: &Path) -> String {
    let (said, code) = run(config, &["doctor"]);
    assert!(code < 2, "{said}");
    said
}

fn said_by_all(config: &Path, what: (&str, &str), words: [&str; 3], serves: bool) {
    let server = served(config, words[0]);
    assert_eq!(server.is_some(), serves, "{what:?}");
    if let Some(server) = server {
        stop(server);
    }
    let (said, code) = run(config, &["doctor"]);
    assert!(code == 2 && said.contains(words[1]), "{what:?}: {said}");
    let fault = said.lines().find(|line| line.contains(words[1])).unwrap();
    assert!(fault.starts_with("FAULT"), "{fault}");
    let (said, code) = run(config, &["audit", "verify"]);
    assert!(said.contains(words[2]), "{what:?}: {said}");
    // Without the key of sealed cases the entries still verify, which is no fault of the record.
    assert_eq!(code, i32::from(what != ("sealed.key", "missing")), "{what:?}: {said}");
}

/// The server, if it goes on; it must say the words either way.
fn served(config: &Path, words: &str) -> Option<Child> {
    let mut child = Command::new(BINARY)
        .args(["serve", "--config"])
        .arg(config)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = String::new();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    for line in lines.by_ref() {
        told.push_str(&line.unwrap());
        told.push('\n');
        if told.contains(words) {
            break;
        }
    }
    assert!(told.contains(words), "{words}: {told}");
    // A server that goes on must not wait for somebody to read what it says.
    std::thread::spawn(move || lines.for_each(drop));
    // What ends by itself has said why; the other is asked whether it listens by ending it.
    let goes_on = told.contains(" keys: ");
    match goes_on {
        true => Some(child),
        false => {
            assert!(!child.wait().unwrap().success());
            None
        }
    }
}

fn the_key_of_backups(demo: &Demonstration) {
    let with = "[backup]\nrepository = \"../repository\"\n";
    let config = demo.configuration("backups.toml", &[], with);
    well(&config, &["backup", "init"]);
    well(&config, &["backup"]);
    let key = demo.folder.join("demo/keys/backup.key");
    let kept = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    for words in [vec!["backup"], vec!["backup", "verify"], vec!["doctor"]] {
        let (said, code) = run(&config, &words);
        assert!(
            code > 0 && said.contains("backup.key cannot be used: it is not there"),
            "{said}"
        );
    }
    storage::BackupKey::create(&key).unwrap();
    for words in [vec!["backup"], vec!["backup", "verify"], vec!["doctor"]] {
        let (said, code) = run(&config, &words);
        assert!(
            code > 0 && said.contains("it was made with another key"),
            "{words:?}: {said}"
        );
    }
    fs::write(&key, kept).unwrap();
    well(&config, &["backup", "verify"]);
}
