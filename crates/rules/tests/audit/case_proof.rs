//! The proof of a case: written, read, checked, tied to a receipt, and silent about everything else.

use rules::audit::{
    BlockError, CaseProof, CaseProofError, CaseProofTextError, Finding, Hash, PortableProof, ProvenEntry, Receipt,
    ReceiptHead, SignedCheckpoint, StoredRow, check_proven, inclusion_proof, root,
};

use crate::support::{Key, Nodes, canonical, entries, rows, trusting};

const SIZE: u64 = 17;

fn checkpoint(size: u64) -> SignedCheckpoint {
    let nodes = Nodes::of(&canonical(&entries(SIZE)));
    Key::of_log().checkpoint(size, root(size, nodes.look_up()).unwrap())
}

fn proven(index: u64, size: u64) -> ProvenEntry {
    let log = entries(SIZE);
    let nodes = Nodes::of(&canonical(&log));
    ProvenEntry {
        index,
        leaf: log[index as usize].leaf_hash(),
        hashes: inclusion_proof(index, size, nodes.look_up()).unwrap(),
    }
}

const NAMES: (&str, &str) = ("Calderbrook University IT Services", "FC-10482");

fn of(indices: &[u64]) -> CaseProof {
    let entries = indices.iter().map(|index| proven(*index, SIZE)).collect();
    CaseProof::new(NAMES, entries, checkpoint(SIZE)).unwrap()
}

#[test]
fn it_reads_back_in_the_order_of_the_log_even_from_an_editor_that_changes_line_ends() {
    let proof = of(&[9, 0, 16]);
    let indices: Vec<u64> = proof.entries().iter().map(|entry| entry.index).collect();
    assert_eq!(indices, [0, 9, 16]);
    let text = proof.to_text();
    assert!(CaseProof::is_meant(&text));
    assert_eq!(CaseProof::parse(&text), Ok(proof.clone()));
    assert_eq!(
        CaseProof::parse(&format!("\u{feff}{}", text.replace('\n', "\r\n"))),
        Ok(proof)
    );
}

#[test]
fn every_set_of_entries_in_every_size_holds() {
    let keys = trusting(&[&Key::of_log()]);
    for size in [1, 2, 3, 8, 11, 16, 17] {
        let every = (0..size).map(|index| proven(index, size)).collect();
        let proof = CaseProof::new(NAMES, every, checkpoint(size)).unwrap();
        let checked = CaseProof::parse(&proof.to_text()).unwrap().check(&keys).unwrap();
        assert_eq!(checked.size(), size);
    }
}

/// A sealed case is two streams in the log. Which entry is of which stream must not show: the form is the same whatever they are.
#[test]
fn it_says_nothing_but_reference_places_and_hashes() {
    let shape = |proof: &CaseProof| {
        let text = proof.to_text();
        for word in ["sealed", "case.", "staff", "extra", "received", "2026"] {
            assert!(!text.contains(word), "{word}");
        }
        let words = text.split(['\n', ' ']).map(|word| match word {
            hash if hash.len() == 44 => "HASH".to_owned(),
            number if number.parse::<u64>().is_ok() => "NUMBER".to_owned(),
            other => other.to_owned(),
        });
        words.filter(|word| word != "HASH").collect::<Vec<_>>()
    };
    let one = entries(SIZE)[0].header.stream.clone();
    assert!(
        entries(SIZE).iter().any(|entry| entry.header.stream != one),
        "of several streams"
    );
    assert_eq!(shape(&of(&[0, 1, 2, 3])), shape(&of(&[4, 5, 6, 7])));
}

#[test]
fn what_was_changed_does_not_hold() {
    let keys = trusting(&[&Key::of_log()]);
    let proof = of(&[2, 5]);
    let other = Key::new("example.org/other", 1);
    assert!(matches!(
        proof.check(&trusting(&[&other])),
        Err(CaseProofError::Checkpoint(_))
    ));
    for part in [0, 1] {
        let mut entries = proof.entries().to_vec();
        entries[part].leaf = Hash::of(b"another");
        let changed = CaseProof::new(NAMES, entries, checkpoint(SIZE)).unwrap();
        let number = part + 1;
        assert!(matches!(changed.check(&keys), Err(CaseProofError::Inclusion { number: at, .. }) if at == number));
    }
    assert!(matches!(
        of(&[2, 2]).check(&keys),
        Err(CaseProofError::Order { number: 2, index: 2 })
    ));
}

#[test]
fn malformed_proofs_are_refused_with_the_reason() {
    let text = of(&[2, 5]).to_text();
    let parse = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        CaseProof::parse(&text.replacen(from, to, 1)).unwrap_err()
    };
    assert_eq!(parse("proof of a case", "receipt"), CaseProofTextError::Head);
    assert_eq!(parse("Entries    2", "Entries    02"), CaseProofTextError::Head);
    assert_eq!(
        parse("Entries    2", "Entries    3"),
        CaseProofTextError::Count { said: 3, found: 2 }
    );
    assert_eq!(parse("===== end proof =====\n", ""), CaseProofTextError::Unfinished(1));
    assert_eq!(
        parse("===== end proof =====\n", "===== end proof =====\nPS\n"),
        CaseProofTextError::Unfinished(1)
    );
    assert_eq!(
        parse("entry-hash ", "hash "),
        CaseProofTextError::Part {
            number: 1,
            reason: BlockError::NoLeaf
        }
    );
    assert_eq!(
        parse("index 2\n", "extra AAAA\nindex 2\n"),
        CaseProofTextError::ShowsEntry(1)
    );
    let older = format!("\n{}", checkpoint(11).to_text());
    let newest = format!("\n{}", checkpoint(SIZE).to_text());
    assert_eq!(parse(&newest, &older), CaseProofTextError::OtherCheckpoint(2));
    assert_eq!(CaseProof::parse("words"), Err(CaseProofTextError::Empty));
    assert_eq!(
        CaseProof::new(NAMES, Vec::new(), checkpoint(SIZE)),
        Err(CaseProofTextError::Empty)
    );
    assert_eq!(
        CaseProof::new(("IT\nServices", "FC-1"), vec![proven(0, SIZE)], checkpoint(SIZE)),
        Err(CaseProofTextError::Field("service"))
    );
}

#[test]
fn a_receipt_ties_it_to_the_reference() {
    let receipt = |reference: &str, index: u64| {
        let head = ReceiptHead {
            service: NAMES.0.to_owned(),
            reference: reference.to_owned(),
            code: "4821 7305 9926 1840".to_owned(),
            received: jiff::civil::date(2026, 10, 12).at(14, 5, 0, 0),
            decision_due_on: None,
            track_url: "https://it.calderbrook.example/feedback/track".to_owned(),
        };
        let ProvenEntry { index, leaf, hashes } = proven(index, 11);
        let proof = PortableProof {
            extra: None,
            index,
            hashes,
            checkpoint: checkpoint(11),
        };
        Receipt::with_hash_only(head, leaf, proof).unwrap()
    };
    let proof = of(&[2, 5]);
    assert_eq!(proof.begins_with(&receipt("FC-10482", 2)), Ok(()));
    assert_eq!(
        proof.begins_with(&receipt("FC-10482", 5)),
        Err(CaseProofError::OtherBeginning)
    );
    assert!(matches!(
        proof.begins_with(&receipt("FC-10483", 2)),
        Err(CaseProofError::OtherCase { .. })
    ));
}

#[test]
fn one_entry_is_checked_against_one_checkpoint() {
    let log = entries(SIZE);
    let nodes = Nodes::of(&canonical(&log));
    let keys = trusting(&[&Key::of_log()]);
    let signed = checkpoint(SIZE).trust(&keys).unwrap();
    let path = |index| inclusion_proof(index, SIZE, nodes.look_up()).unwrap();
    for (index, row) in (0..).zip(rows(&log)) {
        assert_eq!(check_proven(&row, Some(&path(index)), &signed), None);
    }
    let row = &rows(&log)[4];
    assert!(matches!(
        check_proven(row, Some(&path(5)), &signed),
        Some(Finding::NotProven { position: 5, .. })
    ));
    let nowhere = check_proven(row, None, &signed).unwrap().to_string();
    assert!(nowhere.contains("position 5 ("), "{nowhere}");
    let altered = StoredRow {
        leaf: Some(Hash::of(b"another")),
        ..row.clone()
    };
    assert!(matches!(
        check_proven(&altered, Some(&path(4)), &signed),
        Some(Finding::Altered { position: 5, .. })
    ));
    let gone = StoredRow {
        leaf: None,
        ..row.clone()
    };
    assert!(matches!(
        check_proven(&gone, None, &signed),
        Some(Finding::LeafDeleted { position: 5 })
    ));
}
