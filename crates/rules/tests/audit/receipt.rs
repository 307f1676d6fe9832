//! The receipt of a complainant: written, read, checked, and checked again when the log has grown or was changed.

use jiff::civil::date;
use rules::audit::{
    BlockError, Entry, Hash, PortableProof, PortableProofError, Receipt, ReceiptError, ReceiptHead, ReceiptTextError,
    SignedCheckpoint, TrustedCheckpoint, TrustedKeys, consistency_proof, inclusion_proof, root,
};

use crate::support::{Key, Nodes, ORIGIN, canonical, entries, trusting};

fn head() -> ReceiptHead {
    ReceiptHead {
        service: "Calderbrook University IT Services".to_owned(),
        reference: "FC-10482".to_owned(),
        code: "4821 7305 9926 1840".to_owned(),
        received: date(2026, 10, 12).at(14, 5, 33, 0),
        decision_due_on: Some(date(2026, 10, 15)),
        track_url: "https://it.calderbrook.example/feedback/track".to_owned(),
    }
}

fn checkpoint(entries: &[Entry], size: u64) -> SignedCheckpoint {
    let nodes = Nodes::of(&canonical(entries));
    Key::of_log().checkpoint(size, root(size, nodes.look_up()).unwrap())
}

fn proof(entries: &[Entry], index: u64, size: u64) -> PortableProof {
    let hashes = inclusion_proof(index, size, Nodes::of(&canonical(entries)).look_up()).unwrap();
    PortableProof {
        extra: None,
        index,
        hashes,
        checkpoint: checkpoint(entries, size),
    }
}

/// The receipt for the first entry of a log of eleven.
fn receipt() -> Receipt {
    let log = entries(11);
    Receipt::with_entry(head(), &log[0], proof(&log, 0, 11)).unwrap()
}

fn trusted(entries: &[Entry], size: u64) -> TrustedCheckpoint {
    checkpoint(entries, size).trust(&trusting(&[&Key::of_log()])).unwrap()
}

fn consistency(entries: &[Entry], old: u64, new: u64) -> Vec<Hash> {
    consistency_proof(old, new, Nodes::of(&canonical(entries)).look_up()).unwrap()
}

#[test]
fn the_receipt_reads_as_agreed() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/audit/receipt.txt");
    let text = receipt().to_text();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(golden, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(golden).unwrap());
}

#[test]
fn a_receipt_reads_back_even_from_an_editor_that_changes_line_ends() {
    let receipt = receipt();
    let text = receipt.to_text();
    assert_eq!(Receipt::parse(&text), Ok(receipt.clone()));
    assert_eq!(
        Receipt::parse(&format!("\u{feff}{}", text.replace('\n', "\r\n"))),
        Ok(receipt.clone())
    );
    assert_eq!(receipt.head().received, date(2026, 10, 12).at(14, 5, 0, 0));
    let no_decision = ReceiptHead {
        decision_due_on: None,
        ..head()
    };
    let log = entries(11);
    let receipt = Receipt::with_entry(no_decision, &log[0], proof(&log, 0, 11)).unwrap();
    assert!(!receipt.to_text().contains("Decision due"));
    assert_eq!(Receipt::parse(&receipt.to_text()), Ok(receipt));
}

#[test]
fn a_true_receipt_holds_and_shows_what_was_logged() {
    let checked = receipt().check(&trusting(&[&Key::of_log()])).unwrap();
    assert_eq!(
        (checked.checkpoint().origin(), checked.checkpoint().size()),
        (ORIGIN, 11)
    );
    let entry = checked.entry().unwrap();
    assert_eq!((entry.position, entry.header.kind.as_str()), (1, "case.received"));
    assert_eq!(entry.header.at.to_string(), "2026-10-12T13:05:00Z");
}

#[test]
fn every_entry_of_every_size_has_a_receipt_that_holds() {
    let log = entries(17);
    let keys = trusting(&[&Key::of_log()]);
    for size in [1, 2, 3, 8, 11, 17] {
        for index in 0..size {
            let entry = &log[index as usize];
            let head = ReceiptHead {
                reference: entry.header.stream.clone(),
                ..head()
            };
            let with_entry = Receipt::with_entry(head.clone(), entry, proof(&log, index, size)).unwrap();
            let hash_only = Receipt::with_hash_only(head, entry.leaf_hash(), proof(&log, index, size)).unwrap();
            assert!(Receipt::parse(&with_entry.to_text()).unwrap().check(&keys).is_ok());
            let checked = Receipt::parse(&hash_only.to_text()).unwrap().check(&keys).unwrap();
            assert_eq!(checked.entry(), None);
        }
    }
}

#[test]
fn one_changed_character_in_the_proof_is_always_found() {
    let text = receipt().to_text();
    let signed = checkpoint(&entries(11), 11);
    // Stands in for Ed25519, which accepts the same and is slow here: true only for what the log really signed.
    let check = |_: &[u8; 32], note: &[u8], signature: &[u8; 64]| {
        note == signed.note().text().as_bytes() && signature == signed.note().signatures()[0].bytes()
    };
    let keys = TrustedKeys::new([Key::of_log().public], check);
    assert!(Receipt::parse(&text).unwrap().check(&keys).is_ok());
    let begin = text.find("=====").unwrap();
    for (at, letter) in text.char_indices().filter(|&(at, _)| at >= begin) {
        for new in ['A', 'b', '7', '\n'].into_iter().filter(|&new| new != letter) {
            let changed = format!("{}{new}{}", &text[..at], &text[at + letter.len_utf8()..]);
            let holds = Receipt::parse(&changed).is_ok_and(|receipt| receipt.check(&keys).is_ok());
            assert!(!holds, "{letter:?} at {at} became {new:?}");
        }
    }
}

#[test]
fn a_receipt_for_something_else_is_refused() {
    let log = entries(11);
    let keys = trusting(&[&Key::of_log()]);
    let check = |receipt: Receipt| receipt.check(&keys).unwrap_err();
    let other_case = Receipt::parse(&receipt().to_text().replace("FC-10482\n", "FC-10483\n")).unwrap();
    let (reference, stream) = ("FC-10483".to_owned(), "FC-10482".to_owned());
    assert_eq!(check(other_case), ReceiptError::ReferenceDiffers { reference, stream });
    let other_leaf = Receipt::with_hash_only(head(), log[1].leaf_hash(), proof(&log, 0, 11)).unwrap();
    assert!(matches!(check(other_leaf), ReceiptError::Inclusion(_)));
    let nobody = receipt().check(&trusting(&[])).unwrap_err();
    assert_eq!(
        nobody.to_string(),
        "the checkpoint of the receipt cannot be trusted: none of the signatures is by a key that is trusted here"
    );
}

#[test]
fn an_entry_that_names_another_position_than_its_leaf_is_refused() {
    let mut log = entries(11);
    log[0].position = 5;
    let receipt = Receipt::with_entry(head(), &log[0], proof(&log, 0, 11)).unwrap();
    let refused = receipt.check(&trusting(&[&Key::of_log()])).unwrap_err();
    assert_eq!(refused, ReceiptError::PositionDiffers { position: 5, index: 0 });
}

#[test]
fn an_entry_swapped_into_the_receipt_is_refused() {
    let log = entries(11);
    let (real, swapped) = (
        receipt().to_text(),
        Receipt::with_entry(head(), &log[6], proof(&log, 0, 11))
            .unwrap()
            .to_text(),
    );
    let extra = |text: &str| text.lines().find(|line| line.starts_with("extra ")).unwrap().to_owned();
    let mixed = Receipt::parse(&real.replace(&extra(&real), &extra(&swapped))).unwrap();
    let refused = mixed.check(&trusting(&[&Key::of_log()])).unwrap_err();
    assert_eq!(
        refused,
        ReceiptError::LeafDiffers {
            expected: log[0].leaf_hash(),
            found: log[6].leaf_hash()
        }
    );
}

#[test]
fn a_log_that_only_grew_keeps_the_receipt_good() {
    let log = entries(40);
    let checked = receipt().check(&trusting(&[&Key::of_log()])).unwrap();
    for later in 11..=40 {
        let proof = consistency(&log, 11, later);
        assert_eq!(
            checked.check_against_later(&trusted(&log, later), &proof),
            Ok(()),
            "size {later}"
        );
    }
}

#[test]
fn a_log_that_was_changed_cut_or_exchanged_is_found_out() {
    let checked = receipt().check(&trusting(&[&Key::of_log()])).unwrap();
    // The complaint was changed afterwards, and the whole log built and signed anew.
    let mut changed = entries(40);
    changed[0].header.at += jiff::SignedDuration::from_hours(72);
    let refused = checked
        .check_against_later(&trusted(&changed, 40), &consistency(&changed, 11, 40))
        .unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("the log has been changed since the receipt was given: "),
        "{refused}"
    );
    // An old copy was put back.
    let log = entries(40);
    let refused = checked.check_against_later(&trusted(&log, 9), &[]).unwrap_err();
    assert!(
        refused
            .to_string()
            .ends_with("the newer tree has 9 entries, fewer than the 11 of the older one"),
        "{refused}"
    );
    // Another log.
    let other = Key::new("example.org/other", 1);
    let later = other.checkpoint(40, Hash::of(b"")).trust(&trusting(&[&other])).unwrap();
    let refused = checked.check_against_later(&later, &[]).unwrap_err();
    assert!(matches!(refused, ReceiptError::OtherLog { .. }));
}

#[test]
fn malformed_receipts_are_refused_with_the_reason() {
    let text = receipt().to_text();
    let parse = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        Receipt::parse(&text.replacen(from, to, 1)).unwrap_err()
    };
    assert_eq!(parse("===== begin proof =====\n", ""), ReceiptTextError::NoProof);
    assert_eq!(parse("===== end proof =====\n", ""), ReceiptTextError::ProofUnfinished);
    assert_eq!(
        parse("===== end proof =====\n", "===== end proof =====\nPS\n"),
        ReceiptTextError::ProofUnfinished
    );
    assert_eq!(
        parse("entry-hash ", "hash "),
        ReceiptTextError::Proof(BlockError::NoLeaf)
    );
    assert!(matches!(
        parse("entry-hash ", "entry-hash A"),
        ReceiptTextError::Proof(BlockError::Leaf(_))
    ));
    assert_eq!(
        parse("tlog-proof@v1", "tlog-proof@v2"),
        ReceiptTextError::Proof(BlockError::Proof(PortableProofError::Version))
    );
    assert_eq!(
        parse("index 0", "index 00"),
        ReceiptTextError::Proof(BlockError::Proof(PortableProofError::Index))
    );
    assert_eq!(
        parse("index 0\n", ""),
        ReceiptTextError::Proof(BlockError::Proof(PortableProofError::Index))
    );
    assert!(matches!(
        parse("extra ", "extra !"),
        ReceiptTextError::Proof(BlockError::Proof(PortableProofError::Extra(_)))
    ));
    assert!(matches!(
        parse("index 0\n", "index 0\nA\n"),
        ReceiptTextError::Proof(BlockError::Proof(PortableProofError::Hash { number: 1, .. }))
    ));
    assert!(matches!(
        parse(ORIGIN, ""),
        ReceiptTextError::Proof(BlockError::Proof(PortableProofError::Checkpoint(_)))
    ));
    assert_eq!(parse("Reference ", "Ref "), ReceiptTextError::LineMissing("Reference"));
    assert_eq!(
        parse("receipt\n", "receipt.\n"),
        ReceiptTextError::LineTooMany("Feedback and complaints: receipt.".to_owned())
    );
    let tuesday = "Tuesday 12 October 2026, 2:05pm";
    assert_eq!(
        parse("Monday 12 October 2026, 2:05pm", tuesday),
        ReceiptTextError::Date(tuesday.to_owned())
    );
    let shouted = "Monday 12 October 2026, 2:05PM";
    assert_eq!(
        parse("Monday 12 October 2026, 2:05pm", shouted),
        ReceiptTextError::Date(shouted.to_owned())
    );
    for other in [
        "Thursday 15 October 02026",
        "thursday 15 october 2026",
        "Thursday  15 October 2026",
    ] {
        assert_eq!(
            parse("Thursday 15 October 2026", other),
            ReceiptTextError::Date(other.to_owned())
        );
    }
    assert_eq!(
        parse("===== begin", "PS\n===== begin"),
        ReceiptTextError::LineTooMany("PS".to_owned())
    );
    let many = format!("index 0\n{}", format!("{}\n", Hash::of(b"").to_base64()).repeat(64));
    let too_many = parse("index 0\n", &many);
    assert!(
        matches!(
            too_many,
            ReceiptTextError::Proof(BlockError::Proof(PortableProofError::TooManyHashes(68)))
        ),
        "{too_many}"
    );
}

#[test]
fn a_head_that_does_not_fit_on_its_lines_is_not_written() {
    let log = entries(11);
    let write = |head| Receipt::with_entry(head, &log[0], proof(&log, 0, 11)).unwrap_err();
    let two_lines = ReceiptHead {
        service: "Two\nlines".to_owned(),
        ..head()
    };
    assert_eq!(write(two_lines), ReceiptTextError::Field("service"));
    assert_eq!(
        write(ReceiptHead {
            code: String::new(),
            ..head()
        }),
        ReceiptTextError::Field("receipt code")
    );
    assert_eq!(
        write(ReceiptHead {
            reference: " FC-1".to_owned(),
            ..head()
        }),
        ReceiptTextError::Field("reference")
    );
}
