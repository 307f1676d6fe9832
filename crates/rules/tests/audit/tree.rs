//! Roots, stored nodes and proofs: published vectors, and every size up to 64 against naive recursion.

use rules::audit::{
    Appended, Frontier, Hash, NodeId, TreeError, append, consistency_nodes, consistency_proof, empty_root,
    frontier_nodes, inclusion_nodes, inclusion_proof, leaf_hash, root,
};

use crate::support::{Nodes, leaves, naive_consistency, naive_inclusion, naive_root};

/// The eight leaves of the reference tree of Certificate Transparency, in hexadecimal.
const REFERENCE_LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];

/// Its published roots, for the sizes 1 to 8.
const REFERENCE_ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const PAIR_2_3: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const LEAF_4: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const PAIR_4_5: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const PAIR_6_7: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";

fn reference_leaves() -> Vec<Vec<u8>> {
    let unhex = |text: &str| {
        (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
            .collect()
    };
    REFERENCE_LEAVES.iter().map(|text| unhex(text)).collect()
}

fn hex(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(|hash| hash.to_hex()).collect()
}

#[test]
fn the_reference_tree_has_its_published_roots() {
    let leaves = reference_leaves();
    let nodes = Nodes::of(&leaves);
    assert_eq!(root(0, nodes.look_up()), Ok(empty_root()));
    for (size, expected) in (1..).zip(REFERENCE_ROOTS) {
        assert_eq!(root(size, nodes.look_up()).unwrap().to_hex(), expected, "size {size}");
        assert_eq!(
            naive_root(&leaves[..size as usize]).to_hex(),
            expected,
            "naive, size {size}"
        );
    }
}

#[test]
fn the_reference_tree_has_its_published_proofs() {
    let nodes = Nodes::of(&reference_leaves());
    let inclusion = |index, size| hex(&inclusion_proof(index, size, nodes.look_up()).unwrap());
    let consistency = |old, new| hex(&consistency_proof(old, new, nodes.look_up()).unwrap());
    assert_eq!(inclusion(0, 1), Vec::<String>::new());
    assert_eq!(inclusion(5, 8), [LEAF_4, PAIR_6_7, REFERENCE_ROOTS[3]]);
    assert_eq!(inclusion(2, 3), [REFERENCE_ROOTS[1]]);
    assert_eq!(inclusion(1, 5), [REFERENCE_ROOTS[0], PAIR_2_3, LEAF_4]);
    assert_eq!(consistency(1, 1), Vec::<String>::new());
    assert_eq!(consistency(6, 8), [PAIR_4_5, PAIR_6_7, REFERENCE_ROOTS[3]]);
    assert_eq!(consistency(2, 5), [PAIR_2_3, LEAF_4]);
}

#[test]
fn every_root_and_proof_up_to_64_is_what_naive_recursion_gives() {
    let leaves = leaves(64);
    let nodes = Nodes::of(&leaves);
    for size in 0..=64 {
        let tree = &leaves[..size];
        let size = size as u64;
        assert_eq!(root(size, nodes.look_up()), Ok(naive_root(tree)), "root of {size}");
        for index in 0..size {
            let proof = inclusion_proof(index, size, nodes.look_up());
            assert_eq!(
                proof,
                Ok(naive_inclusion(index as usize, tree)),
                "leaf {index} of {size}"
            );
        }
        for old in 1..=size {
            let proof = consistency_proof(old, size, nodes.look_up());
            assert_eq!(proof, Ok(naive_consistency(old as usize, tree)), "{old} of {size}");
        }
        assert_eq!(consistency_proof(0, size, nodes.look_up()), Ok(Vec::new()));
    }
}

#[test]
fn appending_needs_only_the_frontier_and_stores_only_complete_subtrees() {
    let leaves = leaves(70);
    let mut nodes = Nodes::default();
    for (size, leaf) in (0..).zip(&leaves) {
        let needed = frontier_nodes(size);
        assert_eq!(needed.len() as u32, size.count_ones());
        let only_frontier = |level, index| {
            let id = NodeId { level, index };
            assert!(needed.contains(&id), "asked for {id:?} at size {size}");
            nodes.0.get(&id).copied()
        };
        let Appended {
            new_nodes,
            size: after,
            root,
        } = append(size, leaf_hash(leaf), only_frontier).unwrap();
        assert_eq!((after, root), (size + 1, naive_root(&leaves[..=size as usize])));
        assert_eq!(new_nodes.len() as u32, 1 + after.trailing_zeros());
        for node in new_nodes {
            let first = node.id.index << node.id.level;
            let covered = &leaves[first as usize..(first + (1 << node.id.level)) as usize];
            assert_eq!(node.hash, naive_root(covered), "{:?}", node.id);
            assert_eq!(nodes.0.insert(node.id, node.hash), None);
        }
    }
    assert_eq!(nodes.0, Nodes::of(&leaves).0);
}

#[test]
fn a_loaded_frontier_goes_on_like_one_that_saw_every_leaf() {
    let leaves = leaves(100);
    let nodes = Nodes::of(&leaves);
    for start in 0..=100_u64 {
        let mut frontier = Frontier::load(start, nodes.look_up()).unwrap();
        assert_eq!(
            (frontier.size(), frontier.root()),
            (start, naive_root(&leaves[..start as usize]))
        );
        for leaf in &leaves[start as usize..] {
            frontier.append(leaf_hash(leaf), |node| {
                assert_eq!(nodes.0.get(&node.id), Some(&node.hash))
            });
        }
        assert_eq!(frontier.root(), naive_root(&leaves));
    }
}

#[test]
fn the_lists_of_nodes_are_what_the_proofs_ask_for() {
    let leaves = leaves(40);
    let all = Nodes::of(&leaves);
    for new in 1..=40 {
        for place in 0..new {
            let listed = |ids: Vec<NodeId>| Nodes(ids.into_iter().map(|id| (id, all.0[&id])).collect());
            let some = listed(inclusion_nodes(place, new).unwrap());
            assert_eq!(
                inclusion_proof(place, new, some.look_up()),
                inclusion_proof(place, new, all.look_up())
            );
            let some = listed(consistency_nodes(place, new).unwrap());
            assert_eq!(
                consistency_proof(place, new, some.look_up()),
                consistency_proof(place, new, all.look_up())
            );
            let some = listed(frontier_nodes(new));
            assert_eq!(root(new, some.look_up()), root(new, all.look_up()));
        }
    }
}

#[test]
fn what_cannot_be_given_is_said_precisely() {
    let mut nodes = Nodes::of(&leaves(7));
    assert_eq!(
        inclusion_proof(7, 7, nodes.look_up()),
        Err(TreeError::LeafOutside { index: 7, size: 7 })
    );
    assert_eq!(
        inclusion_proof(0, 0, nodes.look_up()),
        Err(TreeError::LeafOutside { index: 0, size: 0 })
    );
    assert_eq!(
        consistency_proof(5, 4, nodes.look_up()),
        Err(TreeError::SizesReversed { old: 5, new: 4 })
    );
    let lost = NodeId { level: 1, index: 2 };
    nodes.0.remove(&lost);
    assert_eq!(root(7, nodes.look_up()), Err(TreeError::NodeMissing(lost)));
    assert_eq!(Frontier::load(7, nodes.look_up()), Err(TreeError::NodeMissing(lost)));
    let unstored = NodeId { level: 3, index: 0 };
    assert_eq!(root(8, nodes.look_up()), Err(TreeError::NodeMissing(unstored)));
    assert_eq!(
        TreeError::NodeMissing(lost).to_string(),
        "the stored tree has no node at level 1, index 2"
    );
}
