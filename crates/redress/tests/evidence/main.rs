//! Evidence as people meet it, on the demonstration: a case verified, proven and checked by a stranger's own program, the database rolled back, and
//! every key file missing or exchanged.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

#[path = "../demonstration/mod.rs"]
mod demonstration;
mod keys;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use demonstration::{BINARY, Demonstration, run, stop, well};
use rules::audit::{CaseProof, PortableProof, Receipt, ReceiptHead};
use storage::sealed::{self, record_of};
use storage::{Act, Keys, StorageError, Store, Tx, events};

impl Demonstration {
    /// Works on its database as somebody does who has its keys.
    fn inside<T, F>(&self, act: F) -> T
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, StorageError> + Send + 'static,
        T: Send + 'static,
    {
        let folder = self.folder.join("demo");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async move {
            let store = Store::open(&folder.join("redress.db"), Keys::load(&folder.join("keys")).unwrap()).unwrap();
            let done: Result<T, StorageError> = store.write(act).await;
            store.close().await.unwrap();
            done.unwrap()
        })
    }

    fn case(&self, sql: &'static str) -> String {
        self.inside(move |tx| Box::pin(async move { tx.one(sql, &[], |row| row.get(0)).await }))
    }

    /// Seals a case and adds to its record, as a line manager's mailbox brings it about.
    fn seal(&self, reference: &str) {
        let of = reference.to_owned();
        self.inside(move |tx| {
            Box::pin(async move {
                let at = events::latest_at(tx).await?.unwrap();
                sealed::seal_away(tx, &of, at).await?;
                let entry = |stream: String, sequence, kind: &str| events::NewEvent {
                    stream,
                    sequence,
                    kind: kind.to_owned(),
                    version: 1,
                    at,
                    actor: "system".to_owned(),
                    payload: b"{}".to_vec(),
                };
                let next = events::sequence_of(tx, &of).await? + 1;
                let told = [
                    entry(of.clone(), next, "case.sealed"),
                    entry(record_of(&of), 1, "record.read"),
                ];
                events::append(tx, &told).await.map(|_| ())
            })
        });
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.folder.join(name), text).unwrap();
        self.path(name)
    }
}

/// Runs a command that needs no installation, where there is none.
fn elsewhere(words: &[&str]) -> (String, i32) {
    let output = Command::new(BINARY)
        .args(words)
        .current_dir(std::env::temp_dir())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        String::from_utf8_lossy(&said).into_owned(),
        output.status.code().unwrap(),
    )
}

/// Runs the program that was written from the manual alone; nothing where there is no Python or openssl, which is said.
fn by_a_stranger(words: &[&str]) -> Option<(String, bool)> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evidence/check_proof.py");
    let has = |tool: &str| Command::new(tool).arg("--help").output().is_ok();
    if !has("python3") || !has("openssl") {
        eprintln!("no python3 or openssl: the proof is checked by our own code alone");
        return None;
    }
    let output = Command::new("python3").arg(program).args(words).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    Some((String::from_utf8_lossy(&said).into_owned(), output.status.success()))
}

/// A proof as our own command and a stranger's program find it; both must say the same.
fn holds(proof: &str, key: &str, receipt: Option<&str>) -> bool {
    let mut ours = vec!["audit", "check", proof, "--key", key];
    let mut theirs = vec![proof, key];
    if let Some(receipt) = receipt {
        ours.extend(["--receipt", receipt]);
        theirs.push(receipt);
    }
    let (said, code) = elsewhere(&ours);
    if let Some((told, holds)) = by_a_stranger(&theirs) {
        assert_eq!(holds, code == 0, "ours: {said}\ntheirs: {told}");
    }
    code == 0
}

#[test]
fn a_case_is_verified_proven_and_checked_by_a_stranger() {
    let demo = Demonstration::new("evidence-proof");
    stop(demo.serve());
    let config = demo.configuration("evidence.toml", &[], "");
    let oldest = demo.case("SELECT reference FROM cases ORDER BY number LIMIT 1");
    let latest = demo.case("SELECT reference FROM cases ORDER BY number DESC LIMIT 1");
    let key = well(&config, &["audit", "key"]).trim().to_owned();
    proven_and_checked(&demo, &config, &oldest, &key);
    against_a_published_checkpoint(&demo, &config, (&oldest, &latest), &key);
    rolled_back(&demo, &config, &latest);
    altered(&demo, &config, &latest);
    fs::remove_dir_all(&demo.folder).unwrap();
}

fn proven_and_checked(demo: &Demonstration, config: &Path, case: &str, key: &str) {
    let open = demo.path("open.txt");
    assert!(well(config, &["audit", "prove", case, "--to", &open]).contains("Wrote"));
    let (said, code) = run(config, &["audit", "prove", case, "--to", &open]);
    assert!(
        code == 1 && said.contains("cannot be written"),
        "nothing is written over: {said}"
    );
    assert!(holds(&open, key, None));
    let text = fs::read_to_string(&open).unwrap();
    let receipt = demo.write("receipt.txt", &receipt_of(&text));
    assert!(holds(&open, key, Some(&receipt)));
    let (said, _) = elsewhere(&["audit", "check", &receipt, "--key", key]);
    assert!(said.contains("The receipt holds"), "{said}");

    demo.seal(case);
    let said = well(config, &["audit", "verify", case]);
    assert!(
        said.contains("1 of them in its sealed record") && said.contains("The case is whole"),
        "{said}"
    );
    let sealed = demo.path("sealed.txt");
    well(config, &["audit", "prove", case, "--to", &sealed]);
    assert!(holds(&sealed, key, Some(&receipt)), "the receipt holds on");
    let after = fs::read_to_string(&sealed).unwrap();
    let (before, after) = (CaseProof::parse(&text).unwrap(), CaseProof::parse(&after).unwrap());
    assert_eq!(after.entries().len(), before.entries().len() + 2);
    assert!(
        before
            .entries()
            .iter()
            .zip(after.entries())
            .all(|(old, new)| (old.index, old.leaf) == (new.index, new.leaf)),
        "an older proof is the beginning of a newer one"
    );
    let text = fs::read_to_string(&sealed).unwrap();
    for told in ["sealed:", "case.", "staff", "system", "record"] {
        let told_by_words = text.lines().skip(9).any(|line| line.contains(told));
        assert!(!told_by_words, "{told}");
    }

    // Whatever is changed in it is found by both.
    let mut wrong = 0;
    for (line, _) in text.lines().enumerate().skip(8) {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let Some(changed) = lines[line].pop().map(|last| if last == '1' { '2' } else { '1' }) else {
            continue;
        };
        lines[line].push(changed);
        let path = demo.write("wrong.txt", &(lines.join("\n") + "\n"));
        if line < 40 {
            assert!(!holds(&path, key, None), "line {line}");
            wrong += 1;
        }
    }
    assert!(wrong > 20, "{wrong}");
    let (said, code) = elsewhere(&["audit", "check", &sealed, "--key", "redress.audit/0+1+2"]);
    assert!(code == 1 && said.contains("neither a public key nor a file"), "{said}");
}

/// The receipt of a case, as its page gives it: the same entry, the same log.
fn receipt_of(proof: &str) -> String {
    let proof = CaseProof::parse(proof).unwrap();
    let first = proof.entries()[0].clone();
    let head = ReceiptHead {
        service: "Calderbrook University IT Services".to_owned(),
        reference: proof.reference().to_owned(),
        code: "4821 7305 9926 1840".to_owned(),
        received: jiff::civil::date(2026, 10, 12).at(14, 5, 0, 0),
        decision_due_on: None,
        track_url: "https://feedback.calderbrook.example/track".to_owned(),
    };
    let path = PortableProof {
        extra: None,
        index: first.index,
        hashes: first.hashes,
        checkpoint: proof.checkpoint().clone(),
    };
    Receipt::with_hash_only(head, first.leaf, path).unwrap().to_text()
}

/// The first case ended before a month did whose checkpoint is published; the latest one goes on.
fn against_a_published_checkpoint(demo: &Demonstration, config: &Path, (sealed, latest): (&str, &str), key: &str) {
    let published = well(config, &["audit", "checkpoints"]);
    assert!(published.contains(key), "with the key: {published}");
    let notes: Vec<&str> = published.split("\nredress.audit/").skip(1).collect();
    assert!(notes.len() >= 11, "a year of month ends: {published}");
    let last = format!("redress.audit/{}", notes.last().unwrap());
    let last = last.split_inclusive('\n').take(5).collect::<String>();
    let held = demo.write("held.txt", &last);

    let closed = demo.case("SELECT reference FROM cases WHERE closed_at IS NOT NULL ORDER BY number LIMIT 1 OFFSET 3");
    let proof = demo.path("against.txt");
    well(config, &["audit", "prove", &closed, "--against", &held, "--to", &proof]);
    let (said, code) = elsewhere(&["audit", "check", &proof, "--key", key, "--checkpoint", &held]);
    assert!(code == 0 && said.contains("is the one that you hold"), "{said}");
    assert!(holds(&proof, key, None));
    for goes_on in [sealed, latest] {
        let (said, code) = run(config, &["audit", "prove", goes_on, "--against", &held]);
        assert!(code == 1 && said.contains("Take a later checkpoint"), "{said}");
    }
    let fresh = demo.path("fresh.txt");
    well(config, &["audit", "prove", &closed, "--to", &fresh]);
    let (said, code) = elsewhere(&["audit", "check", &fresh, "--key", key, "--checkpoint", &held]);
    assert!(code == 1 && said.contains("Ask for a proof against yours"), "{said}");
    let said = well(config, &["audit", "verify", "--checkpoint", &held]);
    assert!(said.contains("The record is whole"), "today's log continues it: {said}");
}

/// Yesterday's copy of the database is put back with everything in it: only what was kept elsewhere tells.
fn rolled_back(demo: &Demonstration, config: &Path, case: &str) {
    let database = demo.folder.join("demo/redress.db");
    let yesterday = fs::read(&database).unwrap();
    well(
        config,
        &[
            "retention",
            "hold",
            case,
            "--why",
            "A claim was announced",
            "--as",
            "oliver",
        ],
    );
    let kept = demo.write("kept.txt", well(config, &["audit", "checkpoint"]).trim_end());
    let note = fs::read_to_string(&kept).unwrap() + "\n";
    fs::write(&kept, note).unwrap();
    let today = fs::read(&database).unwrap();
    put(&database, &yesterday);
    for words in [vec!["audit", "verify"], vec!["audit", "verify", case]] {
        assert!(well(config, &words).contains("is whole"), "by itself it looks whole");
        let (said, code) = run(config, &[words, vec!["--checkpoint", &kept]].concat());
        assert!(
            code == 1 && said.contains("FAULT: the log was cut short or rolled back"),
            "{said}"
        );
    }
    put(&database, &today);
    assert!(well(config, &["audit", "verify", "--checkpoint", &kept]).contains("is whole"));
}

fn put(database: &PathBuf, bytes: &[u8]) {
    for beside in ["-wal", "-shm"] {
        let path = format!("{}{beside}", database.display());
        if Path::new(&path).exists() {
            fs::remove_file(path).unwrap();
        }
    }
    fs::write(database, bytes).unwrap();
}

fn altered(demo: &Demonstration, config: &Path, case: &str) {
    let said = well(config, &["audit", "verify", case, "--json"]);
    let told: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (&told["reference"], &told["faults"]),
        (&case.into(), &serde_json::json!([]))
    );
    let (said, code) = run(config, &["audit", "verify", "FC-99999"]);
    assert!(code == 1 && said.contains("the log has no entry of FC-99999"), "{said}");
    let of = case.to_owned();
    demo.inside(move |tx| {
        Box::pin(async move {
            tx.exec("DROP TRIGGER events_are_not_changed", &[]).await?;
            tx.exec(
                "UPDATE events SET actor = 'nobody' WHERE stream = $1 AND sequence = 2",
                &[&of],
            )
            .await
        })
    });
    let (said, code) = run(config, &["audit", "verify", case]);
    assert!(
        code == 1 && said.contains(&format!("({case}, number 2,")) && said.contains("was altered"),
        "{said}"
    );
    let (said, code) = run(config, &["audit", "prove", case]);
    assert!(
        code == 1 && said.contains(&format!("({case}, number 2) cannot be proven")),
        "{said}"
    );
}
