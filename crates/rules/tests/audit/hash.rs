//! Hashes as bytes, hexadecimal and base64, and what is refused.

use rules::audit::{Hash, HashError, empty_root, leaf_hash};

const EMPTY_HEX: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const EMPTY_BASE64: &str = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

#[test]
fn a_hash_reads_back_from_every_form() {
    let hash = empty_root();
    assert_eq!(hash.to_hex(), EMPTY_HEX);
    assert_eq!(hash.to_base64(), EMPTY_BASE64);
    assert_eq!(format!("{hash:?}"), format!("Hash({EMPTY_HEX})"));
    assert_eq!(Hash::from_hex(EMPTY_HEX), Ok(hash));
    assert_eq!(Hash::from_hex(&EMPTY_HEX.to_uppercase()), Ok(hash));
    assert_eq!(Hash::from_base64(EMPTY_BASE64), Ok(hash));
    assert_eq!(Hash::try_from(hash.as_ref()), Ok(hash));
}

#[test]
fn other_spellings_are_refused() {
    assert_eq!(Hash::from_hex(&EMPTY_HEX[1..]), Err(HashError::Hex));
    assert_eq!(Hash::from_hex(&EMPTY_HEX.replace("e3", "g3")), Err(HashError::Hex));
    assert_eq!(Hash::from_hex(&EMPTY_HEX.replacen("e3", "+3", 1)), Err(HashError::Hex));
    assert_eq!(Hash::from_base64("AAAA"), Err(HashError::Length(3)));
    assert_eq!(Hash::try_from([0; 31].as_slice()), Err(HashError::Length(31)));
    // No padding, the other alphabet, and bits set beyond the last byte: the same 32 bytes, spelt otherwise.
    for text in [
        EMPTY_BASE64.trim_end_matches('='),
        &EMPTY_BASE64.replace('+', "-"),
        &EMPTY_BASE64.replace("FU=", "FV="),
    ] {
        assert!(matches!(Hash::from_base64(text), Err(HashError::Base64(_))), "{text}");
    }
}

#[test]
fn a_leaf_is_not_hashed_like_plain_bytes_nor_like_a_node() {
    let (left, right) = (leaf_hash(b"left"), leaf_hash(b"right"));
    let both = [left.as_ref(), right.as_ref()].concat();
    assert_ne!(leaf_hash(b"left"), Hash::of(b"left"));
    assert_ne!(leaf_hash(&both), rules::audit::node_hash(left, right));
}
