//! People who tamper with the stored log, each in another way, and the sentence in which each is found out.

use proptest::prelude::*;
use rules::audit::{
    Entry, Finding, Frontier, Hash, LogCheck, LogReport, Payload, SignedNote, StoredRow, StreamCheck, empty_root,
};

use crate::support::{Key, ORIGIN, entries, rows, trusting};

/// The root of the first `size` entries.
fn root_of(entries: &[Entry], size: usize) -> Hash {
    let mut frontier = Frontier::empty();
    entries[..size]
        .iter()
        .for_each(|entry| frontier.append(entry.leaf_hash(), |_| ()));
    frontier.root()
}

fn signed(entries: &[Entry], size: usize) -> String {
    Key::of_log().checkpoint(size as u64, root_of(entries, size)).to_text()
}

/// Checkpoints as the log signed them while it grew to thirty entries.
fn checkpoints() -> Vec<String> {
    [0, 7, 20, 30].map(|size| signed(&entries(30), size)).to_vec()
}

fn check(rows: Vec<StoredRow>, checkpoints: Vec<String>) -> LogReport {
    LogCheck::new(ORIGIN, &trusting(&[&Key::of_log()]), checkpoints).run(rows)
}

fn findings(rows: Vec<StoredRow>) -> Vec<Finding> {
    check(rows, checkpoints()).findings
}

/// Thirty rows with one of them changed; the stored leaf stays as it was.
fn with_entry(position: usize, change: impl FnOnce(&mut Entry)) -> Vec<StoredRow> {
    let mut rows = rows(&entries(30));
    change(rows[position - 1].entry.as_mut().unwrap());
    rows
}

#[test]
fn an_untouched_log_has_no_findings() {
    let LogReport { findings, summary } = check(rows(&entries(30)), checkpoints());
    assert_eq!(findings, []);
    assert_eq!((summary.size, summary.root), (30, Some(root_of(&entries(30), 30))));
    assert_eq!((summary.checkpoints_agreed, summary.signed_size), (4, 30));
    let grown = check(rows(&entries(33)), checkpoints());
    assert_eq!(
        (grown.findings, grown.summary.size, grown.summary.signed_size),
        (vec![], 33, 30)
    );
}

#[test]
fn an_empty_log_is_whole_too() {
    let LogReport { findings, summary } = check(vec![], vec![signed(&[], 0)]);
    assert_eq!((findings, summary.size, summary.root), (vec![], 0, Some(empty_root())));
    assert_eq!(summary.checkpoints_agreed, 1);
}

#[test]
fn erased_ciphertexts_break_nothing() {
    let mut rows = rows(&entries(30));
    for row in &mut rows {
        let entry = row.entry.as_mut().unwrap();
        entry.payload = Payload::Digest(entry.payload.digest());
    }
    assert_eq!(findings(rows), []);
}

#[test]
fn an_altered_entry_is_found_whatever_was_altered() {
    let changes: [fn(&mut Entry); 7] = [
        |entry| entry.header.stream = "FC-1".to_owned(),
        |entry| entry.header.sequence = 9,
        |entry| entry.header.kind = "case.closed".to_owned(),
        |entry| entry.header.version = 2,
        |entry| entry.header.at += jiff::SignedDuration::from_secs(-60),
        |entry| entry.header.actor = "staff:12".to_owned(),
        |entry| entry.payload = Payload::Ciphertext(b"something else".to_vec()),
    ];
    for change in changes {
        let found = findings(with_entry(9, change));
        assert!(
            matches!(found.as_slice(), [Finding::Altered { position: 9, .. }]),
            "{found:?}"
        );
    }
    let found = findings(with_entry(9, |entry| entry.header.kind = "case.closed".to_owned()));
    let sentence = found[0].to_string();
    let start = "the entry at position 9 (FC-10484, number 2, case.closed) was altered: its hash is ";
    assert!(sentence.starts_with(start), "{sentence}");
}

#[test]
fn an_entry_altered_together_with_its_leaf_breaks_every_later_checkpoint() {
    let mut forged = entries(30);
    forged[8].payload = Payload::Ciphertext(b"something else".to_vec());
    let found = findings(rows(&forged));
    let (signed, now) = (root_of(&entries(30), 20), root_of(&forged, 20));
    assert_eq!(found.len(), 2);
    assert_eq!(
        found[0],
        Finding::RootDiffers {
            size: 20,
            signed,
            found: now
        }
    );
    assert!(matches!(found[1], Finding::RootDiffers { size: 30, .. }));
    let sentence =
        format!("the first 20 entries are not those that were signed: their root is {now}, but {signed} was signed");
    assert_eq!(found[0].to_string(), sentence);
}

#[test]
fn a_log_forged_throughout_lacks_only_the_key() {
    let mut forged = entries(30);
    forged[8].payload = Payload::Ciphertext(b"something else".to_vec());
    let forger = Key::new(ORIGIN, 1);
    let unknown = forger.checkpoint(30, root_of(&forged, 30)).to_text();
    let report = check(rows(&forged), vec![unknown]);
    assert!(matches!(
        report.findings.as_slice(),
        [Finding::BadSignature {
            number: 1,
            size: 30,
            ..
        }]
    ));
    assert_eq!((report.summary.checkpoints_agreed, report.summary.signed_size), (0, 0));
    // Under the name and ID of the real key.
    let text = rules::audit::Checkpoint::new(ORIGIN, 30, root_of(&forged, 30))
        .unwrap()
        .to_text();
    let bad = SignedNote::sign(&text, &Key::of_log().public, |_| [1; 64])
        .unwrap()
        .to_text();
    let report = check(rows(&forged), vec![bad]);
    assert!(matches!(
        report.findings.as_slice(),
        [Finding::BadSignature {
            number: 1,
            size: 30,
            ..
        }]
    ));
    let sentence = report.findings[0].to_string();
    assert!(
        sentence.starts_with("checkpoint 1, for 30 entries, has no valid signature of this log: "),
        "{sentence}"
    );
}

#[test]
fn a_deleted_entry_is_found_and_the_rest_still_compared() {
    let mut stored = rows(&entries(30));
    stored[11].entry = None;
    let leaf = entries(30)[11].leaf_hash();
    let report = check(stored, checkpoints());
    assert_eq!(
        report.findings,
        [Finding::EntryDeleted {
            position: 12,
            stored: leaf
        }]
    );
    assert_eq!(report.summary.checkpoints_agreed, 4);
    let sentence = format!("the entry at position 12 was deleted; its hash {leaf} is still stored");
    assert_eq!(report.findings[0].to_string(), sentence);
}

#[test]
fn a_deleted_leaf_is_found() {
    let mut stored = rows(&entries(30));
    stored[11].leaf = None;
    assert_eq!(findings(stored), [Finding::LeafDeleted { position: 12 }]);
}

#[test]
fn positions_that_are_gone_are_found_and_later_checkpoints_are_said_to_rest_on_them() {
    for both_none in [false, true] {
        let mut stored = rows(&entries(30));
        match both_none {
            true => {
                stored[11] = StoredRow {
                    position: 12,
                    entry: None,
                    leaf: None,
                }
            }
            false => drop(stored.remove(11)),
        }
        let report = check(stored, checkpoints());
        let expected = [
            Finding::PositionsMissing { first: 12, last: 12 },
            Finding::NotCompared {
                size: 20,
                first_missing: 12,
            },
            Finding::NotCompared {
                size: 30,
                first_missing: 12,
            },
        ];
        assert_eq!(report.findings, expected);
        assert_eq!((report.summary.checkpoints_agreed, report.summary.root), (2, None));
    }
    // The last position that a checkpoint covers.
    let mut stored = rows(&entries(30));
    stored.remove(19);
    let expected = [20, 30].map(|size| Finding::NotCompared {
        size,
        first_missing: 20,
    });
    assert_eq!(findings(stored)[1..], expected);
    let mut stored = rows(&entries(30));
    stored.drain(4..8);
    let found = findings(stored);
    assert_eq!(found[0].to_string(), "positions 5 to 8 are missing");
    assert_eq!(
        found[1],
        Finding::NotCompared {
            size: 7,
            first_missing: 5
        }
    );
}

#[test]
fn a_gap_closed_by_renumbering_breaks_the_root_and_leaves_the_log_short() {
    let mut forged = entries(30);
    forged.remove(11);
    for (entry, position) in forged.iter_mut().zip(1..) {
        entry.position = position;
    }
    let found = findings(rows(&forged));
    assert!(matches!(found[0], Finding::RootDiffers { size: 20, .. }));
    assert_eq!(
        found[1],
        Finding::Truncated {
            signed_size: 30,
            found: 29
        }
    );
    assert_eq!(found.len(), 2);
}

#[test]
fn a_log_cut_off_at_its_end_is_found() {
    let found = findings(rows(&entries(27)));
    assert_eq!(
        found,
        [Finding::Truncated {
            signed_size: 30,
            found: 27
        }]
    );
    let sentence = "the log was cut short or rolled back: 30 entries were signed, but only 27 are stored";
    assert_eq!(found[0].to_string(), sentence);
    assert_eq!(findings(vec![]).len(), 3);
}

#[test]
fn an_old_copy_put_back_is_found_by_a_checkpoint_kept_elsewhere() {
    let old_copy = || rows(&entries(22));
    let its_checkpoints = checkpoints()[..3].to_vec();
    // By itself the old copy is a log like any other: that is why the monthly pack and the receipts carry checkpoints.
    assert_eq!(check(old_copy(), its_checkpoints.clone()).findings, []);
    let from_the_pack = signed(&entries(30), 30);
    let report = check(old_copy(), [its_checkpoints.clone(), vec![from_the_pack]].concat());
    assert_eq!(
        report.findings,
        [Finding::Truncated {
            signed_size: 30,
            found: 22
        }]
    );
    // Rolled back and grown again differently.
    let mut again = entries(30);
    again[24].header.actor = "staff:12".to_owned();
    let report = check(rows(&again), [its_checkpoints, vec![signed(&entries(30), 30)]].concat());
    assert!(matches!(
        report.findings.as_slice(),
        [Finding::RootDiffers { size: 30, .. }]
    ));
}

#[test]
fn two_entries_that_changed_places_are_found() {
    // Filed under each other's position.
    let mut swapped = rows(&entries(30));
    let (a, b) = (swapped[3].entry.clone(), swapped[4].entry.clone());
    (swapped[3].entry, swapped[4].entry) = (b, a);
    let found = findings(swapped);
    assert!(matches!(
        found.as_slice(),
        [
            Finding::Altered { position: 4, .. },
            Finding::Altered { position: 5, .. }
        ]
    ));
    // With leaves and all: each entry keeps the position that it names, but is filed under the other.
    let mut swapped = rows(&entries(30));
    (swapped[3].position, swapped[4].position) = (5, 4);
    swapped.swap(3, 4);
    let found = findings(swapped);
    assert!(matches!(found[0], Finding::Altered { position: 4, .. }), "{found:?}");
    assert!(matches!(found[2], Finding::RootDiffers { size: 7, .. }), "{found:?}");
    // With positions renumbered inside the entries, so that entries and leaves agree.
    let mut swapped = entries(30);
    swapped.swap(3, 4);
    (swapped[3].position, swapped[4].position) = (4, 5);
    assert!(
        findings(rows(&swapped))
            .iter()
            .all(|finding| matches!(finding, Finding::RootDiffers { .. }))
    );
    assert_eq!(findings(rows(&swapped)).len(), 3);
}

#[test]
fn a_position_that_comes_twice_is_found() {
    let mut stored = rows(&entries(30));
    stored.insert(9, stored[8].clone());
    assert_eq!(findings(stored), [Finding::PositionRepeated { position: 9 }]);
}

#[test]
fn checkpoints_that_are_no_evidence_are_named() {
    let other = Key::new("example.org/other", 1).checkpoint(3, Hash::of(b"")).to_text();
    let late = signed(&entries(30), 7);
    let all = vec![
        checkpoints()[1].clone(),
        other,
        "nonsense".to_owned(),
        checkpoints()[2].clone(),
        late,
    ];
    let report = check(rows(&entries(30)), all);
    let sentences: Vec<_> = report.findings.iter().map(ToString::to_string).collect();
    let expected = [
        format!("checkpoint 2 is of the log \"example.org/other\", not of \"{ORIGIN}\""),
        "checkpoint 3 cannot be read: no empty line parts the text of the note from its signatures".to_owned(),
        "checkpoint 5 is for 7 entries and comes after a larger one, so it could not be compared".to_owned(),
    ];
    assert_eq!(sentences, expected);
    assert_eq!((report.summary.checkpoints_agreed, report.summary.signed_size), (2, 20));
}

#[test]
fn two_signed_checkpoints_of_one_size_that_disagree_are_found() {
    let mut other_story = entries(30);
    other_story[28].header.actor = "staff:12".to_owned();
    let both = vec![signed(&entries(30), 30), signed(&other_story, 30)];
    let report = check(rows(&entries(30)), both);
    assert!(matches!(
        report.findings.as_slice(),
        [Finding::RootDiffers { size: 30, .. }]
    ));
}

/// The pass by stream over entries in any order.
fn by_stream(mut entries: Vec<Entry>) -> Vec<String> {
    entries.sort_by(|a, b| {
        let key = |entry: &Entry| (entry.header.stream.clone(), entry.header.sequence, entry.position);
        key(a).cmp(&key(b))
    });
    let mut check = StreamCheck::new();
    let found = entries
        .iter()
        .flat_map(|entry| check.entry(&entry.header.stream, entry.header.sequence, entry.position));
    found.map(|finding| finding.to_string()).collect()
}

#[test]
fn streams_in_order_have_no_findings() {
    assert_eq!(by_stream(entries(30)), Vec::<String>::new());
}

#[test]
fn streams_out_of_order_are_found() {
    // FC-10484 has the positions 3, 9, 15, 21 and 27, FC-10482 the position 1 and so on.
    let story = |change: fn(&mut Vec<Entry>)| {
        let mut log = entries(30);
        change(&mut log);
        by_stream(log)
    };
    let lost = story(|log| drop(log.remove(14)));
    assert_eq!(lost, ["FC-10484 lacks number 3"]);
    let lost_two = story(|log| log.retain(|entry| entry.position != 9 && entry.position != 15));
    assert_eq!(lost_two, ["FC-10484 lacks numbers 2 to 3"]);
    let lost_first = story(|log| drop(log.remove(2)));
    assert_eq!(lost_first, ["FC-10484 lacks number 1"]);
    let twice = story(|log| log[20].header.sequence = 3);
    assert_eq!(
        twice,
        [
            "FC-10484 has number 3 twice, at positions 15 and 21",
            "FC-10484 lacks number 4"
        ]
    );
    let turned = story(|log| (log[14].header.sequence, log[20].header.sequence) = (4, 3));
    assert_eq!(
        turned,
        ["FC-10484 is out of order: number 4 stands at position 15, after 3 at position 21"]
    );
    let zero = story(|log| log[2].header.sequence = 0);
    assert_eq!(
        zero,
        [
            "FC-10484 has number 0 at position 3, but numbers start at 1",
            "FC-10484 lacks number 1"
        ]
    );
}

#[test]
fn the_pass_by_stream_also_reads_rows_in_the_order_of_the_log() {
    let mut check = StreamCheck::new();
    let found: Vec<_> = [(1, 1), (3, 2), (2, 3)]
        .iter()
        .flat_map(|&(number, at)| check.entry("FC-1", number, at))
        .collect();
    assert!(matches!(
        found.as_slice(),
        [
            Finding::SequenceMissing { first: 2, last: 2, .. },
            Finding::SequenceReordered { sequence: 2, .. }
        ]
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_changed_bit_anywhere_in_a_signed_log_is_found(at in 0..30_usize, byte in any::<prop::sample::Index>(), bit in 0..8_u32, leaf_too in any::<bool>()) {
        let log = entries(30);
        let mut bytes = log[at].canonical_bytes();
        let byte = byte.index(bytes.len());
        bytes[byte] ^= 1 << bit;
        let mut stored = rows(&log);
        match Entry::from_canonical_bytes(&bytes) {
            Ok(changed) => stored[at].entry = Some(changed),
            Err(_) => return Ok(()), // not an entry any more: the store could not hand it over
        }
        if leaf_too {
            stored[at].leaf = stored[at].entry.as_ref().map(Entry::leaf_hash);
        }
        let checkpoints = vec![signed(&log, 30)];
        prop_assert!(!check(stored, checkpoints).findings.is_empty());
    }
}
