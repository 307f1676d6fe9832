//! The bytes of an entry: fixed for ever, unambiguous, and the same after its ciphertext is gone.

use rules::audit::{Entry, EntryError, Hash, Payload, leaf_hash};

use crate::support::entries;

fn received() -> Entry {
    entries(1).remove(0)
}

#[test]
fn the_bytes_of_an_entry_never_change() {
    let expected = [
        b"redress-entry-v1".as_slice(),
        &[0, 0, 0, 0, 0, 0, 0, 1],
        &[0, 0, 0, 0, 0, 0, 0, 8],
        b"FC-10482",
        &[0, 0, 0, 1],
        &[0, 0, 0, 0, 0, 0, 0, 13],
        b"case.received",
        &[0, 1],
        &1_791_810_300_000_000_i64.to_be_bytes(),
        &[0, 0, 0, 0, 0, 0, 0, 11],
        b"complainant",
        Hash::of(b"sealed 1").as_ref(),
    ]
    .concat();
    assert_eq!(received().canonical_bytes(), expected);
    assert_eq!(received().leaf_hash(), leaf_hash(&expected));
    // Computed by other means and written down: a change here means that every existing log stops verifying.
    assert_eq!(received().leaf_hash().to_hex(), LEAF_OF_THE_FIRST_ENTRY);
}

const LEAF_OF_THE_FIRST_ENTRY: &str = "7c9a8085931211a15395eec99a7ad58eefabdd5e2acf7e5caabccda53607606b";

#[test]
fn every_field_is_in_the_leaf() {
    let changes: [fn(&mut Entry); 8] = [
        |entry| entry.position += 1,
        |entry| entry.header.stream.push('1'),
        |entry| entry.header.sequence += 1,
        |entry| entry.header.kind.push('s'),
        |entry| entry.header.version += 1,
        |entry| entry.header.at += jiff::SignedDuration::from_micros(1),
        |entry| entry.header.actor.push('s'),
        |entry| entry.payload = Payload::Ciphertext(b"sealed 2".to_vec()),
    ];
    let mut seen = vec![received().leaf_hash()];
    for change in changes {
        let mut entry = received();
        change(&mut entry);
        assert!(!seen.contains(&entry.leaf_hash()), "{entry:?}");
        seen.push(entry.leaf_hash());
    }
}

#[test]
fn letters_moved_from_one_field_to_the_next_make_another_entry() {
    let mut moved = received();
    moved.header.kind.insert(0, moved.header.stream.pop().unwrap());
    assert_ne!(moved.leaf_hash(), received().leaf_hash());
    assert_ne!(moved.header.associated_data(), received().header.associated_data());
}

#[test]
fn erasing_the_ciphertext_leaves_the_leaf_as_it_was() {
    let mut erased = received();
    erased.payload = Payload::Digest(erased.payload.digest());
    assert_ne!(erased, received());
    assert_eq!(erased.leaf_hash(), received().leaf_hash());
}

#[test]
fn what_lies_between_microseconds_is_not_hashed_because_it_is_not_stored() {
    let mut finer = received();
    finer.header.at += jiff::SignedDuration::from_nanos(999);
    assert_eq!(finer.canonical_bytes(), received().canonical_bytes());
    assert_eq!(finer.header.associated_data(), received().header.associated_data());
}

#[test]
fn a_seal_binds_the_header_but_neither_position_nor_payload() {
    let sealed = received().header.associated_data();
    assert!(sealed.starts_with(b"redress-seal-v1\0\0\0\0\0\0\0\x08FC-10482"));
    let canonical = received().canonical_bytes();
    assert_eq!(
        sealed[b"redress-seal-v1".len()..],
        canonical[16 + 8..canonical.len() - 32]
    );
    let mut other = received();
    other.header.sequence += 1;
    assert_ne!(other.header.associated_data(), sealed);
}

#[test]
fn an_entry_reads_back_and_nothing_else_does() {
    let entry = received();
    let bytes = entry.canonical_bytes();
    let digest = Payload::Digest(entry.payload.digest());
    assert_eq!(
        Entry::from_canonical_bytes(&bytes),
        Ok(Entry {
            payload: digest,
            ..entry
        })
    );
    for length in 0..bytes.len() {
        let refused = Entry::from_canonical_bytes(&bytes[..length]).unwrap_err();
        assert!(
            matches!(refused, EntryError::Tag | EntryError::Short(_)),
            "{length}: {refused}"
        );
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert_eq!(Entry::from_canonical_bytes(&longer), Err(EntryError::Long(1)));
}

#[test]
fn impossible_entries_are_refused_by_name() {
    let bytes = received().canonical_bytes();
    let with = |at: usize, new: &[u8]| {
        let mut bytes = bytes.clone();
        bytes[at..at + new.len()].copy_from_slice(new);
        Entry::from_canonical_bytes(&bytes).unwrap_err()
    };
    assert_eq!(with(0, b"redress-entry-v2"), EntryError::Tag);
    assert_eq!(with(16, &[0; 8]), EntryError::PositionZero);
    assert_eq!(with(24, &[0xff; 8]), EntryError::Short("stream"));
    assert_eq!(with(32, &[0xff]), EntryError::Utf8("stream"));
    let time = bytes.len() - 32 - 11 - 8 - 8;
    assert_eq!(with(time, &i64::MAX.to_be_bytes()), EntryError::Time(i64::MAX));
    assert_eq!(
        with(24, &[0xff; 8]).to_string(),
        "the entry ends before its stream is complete"
    );
}
