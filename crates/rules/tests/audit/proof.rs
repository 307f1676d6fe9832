//! Proofs hold for what they were made for, and for nothing that differs from it by a single bit.

use proptest::prelude::*;
use rules::audit::{
    Hash, ProofError, consistency_proof, empty_root, inclusion_proof, leaf_hash, root, verify_consistency,
    verify_inclusion,
};

use crate::support::{Nodes, leaves, naive_root};

/// A hash that differs in one bit.
fn flip(hash: Hash, bit: usize) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8 % 32] ^= 1 << (bit % 8);
    bytes.into()
}

fn flip_one(hashes: &[Hash], which: usize, bit: usize) -> Vec<Hash> {
    let mut hashes = hashes.to_vec();
    hashes[which] = flip(hashes[which], bit);
    hashes
}

#[test]
fn every_proof_up_to_64_holds_and_holds_nowhere_else() {
    let leaves = leaves(64);
    let nodes = Nodes::of(&leaves);
    for size in 1..=64 {
        let root = naive_root(&leaves[..size as usize]);
        for index in 0..size {
            let proof = inclusion_proof(index, size, nodes.look_up()).unwrap();
            let leaf = leaf_hash(&leaves[index as usize]);
            assert_eq!(
                verify_inclusion(leaf, index, size, &proof, root),
                Ok(()),
                "{index} of {size}"
            );
            for other in (0..=size).filter(|&other| other != index) {
                assert!(
                    verify_inclusion(leaf, other, size, &proof, root).is_err(),
                    "{index} as {other} of {size}"
                );
            }
        }
        for old in 0..=size {
            let old_root = naive_root(&leaves[..old as usize]);
            let proof = consistency_proof(old, size, nodes.look_up()).unwrap();
            assert_eq!(
                verify_consistency(old, old_root, size, root, &proof),
                Ok(()),
                "{old} of {size}"
            );
            for other in (0..=size + 1).filter(|&other| other != old) {
                assert!(
                    verify_consistency(other, old_root, size, root, &proof).is_err(),
                    "{old} as {other} of {size}"
                );
            }
        }
    }
}

#[test]
fn a_proof_with_a_hash_more_or_less_is_refused() {
    let leaves = leaves(13);
    let nodes = Nodes::of(&leaves);
    let (root, old_root, leaf) = (naive_root(&leaves), naive_root(&leaves[..6]), leaf_hash(&leaves[4]));
    let inclusion = inclusion_proof(4, 13, nodes.look_up()).unwrap();
    let consistency = consistency_proof(6, 13, nodes.look_up()).unwrap();
    let longer = |proof: &[Hash]| [proof, &[root]].concat();
    let expected = inclusion.len();
    for proof in [&inclusion[1..], &inclusion[..expected - 1], &longer(&inclusion)] {
        let refused = ProofError::Length {
            expected,
            found: proof.len(),
        };
        assert_eq!(verify_inclusion(leaf, 4, 13, proof, root), Err(refused));
    }
    let expected = consistency.len();
    for proof in [
        &consistency[1..],
        &consistency[..expected - 1],
        &longer(&consistency),
        &[],
    ] {
        let refused = ProofError::Length {
            expected,
            found: proof.len(),
        };
        assert_eq!(verify_consistency(6, old_root, 13, root, proof), Err(refused));
    }
}

#[test]
fn empty_equal_and_reversed_trees_have_their_own_answers() {
    let (one, two) = (naive_root(&leaves(1)), naive_root(&leaves(2)));
    assert_eq!(verify_consistency(0, empty_root(), 0, empty_root(), &[]), Ok(()));
    assert_eq!(verify_consistency(0, empty_root(), 2, two, &[]), Ok(()));
    assert_eq!(
        verify_consistency(0, one, 2, two, &[]),
        Err(ProofError::OldRootDiffers {
            expected: one,
            found: empty_root()
        })
    );
    assert_eq!(verify_consistency(2, two, 2, two, &[]), Ok(()));
    assert_eq!(
        verify_consistency(2, one, 2, two, &[]),
        Err(ProofError::OldRootDiffers {
            expected: one,
            found: two
        })
    );
    assert_eq!(
        verify_consistency(2, two, 1, one, &[]),
        Err(ProofError::SizesReversed { old: 2, new: 1 })
    );
    assert_eq!(
        verify_consistency(0, empty_root(), 2, two, &[one]),
        Err(ProofError::Length { expected: 0, found: 1 })
    );
    assert_eq!(
        verify_inclusion(one, 0, 0, &[], one),
        Err(ProofError::LeafOutside { index: 0, size: 0 })
    );
    let wrong = verify_inclusion(one, 0, 1, &[], two).unwrap_err();
    assert_eq!(
        wrong.to_string(),
        format!("the proof leads to the root {one}, not to {two}")
    );
}

#[test]
fn sizes_near_the_end_of_all_numbers_do_no_harm() {
    let hash = leaf_hash(b"");
    let refused = verify_inclusion(hash, u64::MAX - 1, u64::MAX, &[], hash);
    assert_eq!(refused, Err(ProofError::Length { expected: 63, found: 0 }));
    let refused = verify_inclusion(hash, 0, u64::MAX, &[hash], hash);
    assert_eq!(refused, Err(ProofError::Length { expected: 64, found: 1 }));
    assert!(verify_consistency(1 << 63, hash, u64::MAX, hash, &[]).is_err());
    assert!(verify_consistency(u64::MAX - 1, hash, u64::MAX, hash, &[hash; 64]).is_err());
}

#[test]
fn in_a_small_tree_every_bit_of_every_proof_matters() {
    let leaves = leaves(11);
    let nodes = Nodes::of(&leaves);
    let root = naive_root(&leaves);
    for place in 0..11 {
        let inclusion = inclusion_proof(place, 11, nodes.look_up()).unwrap();
        let leaf = leaf_hash(&leaves[place as usize]);
        let old_root = naive_root(&leaves[..place as usize]);
        let consistency = consistency_proof(place, 11, nodes.look_up()).unwrap();
        for bit in 0..256 {
            for which in 0..inclusion.len() {
                assert!(verify_inclusion(leaf, place, 11, &flip_one(&inclusion, which, bit), root).is_err());
            }
            for which in 0..consistency.len() {
                let proof = flip_one(&consistency, which, bit);
                assert!(verify_consistency(place, old_root, 11, root, &proof).is_err());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_changed_bit_breaks_an_inclusion_proof(size in 1..700_u64, at in any::<u64>(), which in any::<usize>(), bit in 0..256_usize) {
        let leaves = leaves(size as usize);
        let nodes = Nodes::of(&leaves);
        let index = at % size;
        let (leaf, root) = (leaf_hash(&leaves[index as usize]), root(size, nodes.look_up()).unwrap());
        let proof = inclusion_proof(index, size, nodes.look_up()).unwrap();
        prop_assert_eq!(verify_inclusion(leaf, index, size, &proof, root), Ok(()));
        prop_assert!(verify_inclusion(flip(leaf, bit), index, size, &proof, root).is_err());
        prop_assert!(verify_inclusion(leaf, index, size, &proof, flip(root, bit)).is_err());
        if !proof.is_empty() {
            let changed = flip_one(&proof, which % proof.len(), bit);
            prop_assert!(verify_inclusion(leaf, index, size, &changed, root).is_err());
        }
    }

    #[test]
    fn one_changed_bit_breaks_a_consistency_proof(new in 1..700_u64, at in any::<u64>(), which in any::<usize>(), bit in 0..256_usize) {
        let leaves = leaves(new as usize);
        let nodes = Nodes::of(&leaves);
        let old = at % new + 1;
        let (old_root, new_root) = (root(old, nodes.look_up()).unwrap(), root(new, nodes.look_up()).unwrap());
        let proof = consistency_proof(old, new, nodes.look_up()).unwrap();
        prop_assert_eq!(verify_consistency(old, old_root, new, new_root, &proof), Ok(()));
        prop_assert!(verify_consistency(old, flip(old_root, bit), new, new_root, &proof).is_err());
        prop_assert!(verify_consistency(old, old_root, new, flip(new_root, bit), &proof).is_err());
        if !proof.is_empty() {
            let changed = flip_one(&proof, which % proof.len(), bit);
            prop_assert!(verify_consistency(old, old_root, new, new_root, &changed).is_err());
        }
    }
}
