//! A naive tree to compare with, a log in memory, and keys from RFC 8032 that really sign.

use std::collections::BTreeMap;

use rules::audit::{
    Checkpoint, Entry, Frontier, Hash, Header, NodeId, Payload, SignedCheckpoint, StoredRow, TrustedKeys, VerifierKey,
};
use sha2::{Digest as _, Sha256};
use signed_note::{Signer as _, StandardSigner, StandardVerifier, Verifier as _};

pub(crate) const ORIGIN: &str = "it.calderbrook.example/complaints-log";

/// Secret and public halves of the first three Ed25519 test vectors in RFC 8032, section 7.1.
const KEY_PAIRS: [(&str, &str); 3] = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    ),
];

/// MTH of RFC 6962, section 2.1, word for word, with no code of ours beneath it.
pub(crate) fn naive_root(leaves: &[Vec<u8>]) -> Hash {
    let bytes: [u8; 32] = match leaves {
        [] => Sha256::digest(b"").into(),
        [leaf] => Sha256::digest([&[0], leaf.as_slice()].concat()).into(),
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            let (left, right) = (naive_root(left), naive_root(right));
            Sha256::digest([&[1], left.as_ref(), right.as_ref()].concat()).into()
        }
    };
    bytes.into()
}

/// PATH of RFC 6962, section 2.1.1.
pub(crate) fn naive_inclusion(index: usize, leaves: &[Vec<u8>]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut path, beside) = match index.checked_sub(left.len()) {
        None => (naive_inclusion(index, left), right),
        Some(index) => (naive_inclusion(index, right), left),
    };
    path.push(naive_root(beside));
    path
}

/// PROOF of RFC 6962, section 2.1.2.
pub(crate) fn naive_consistency(old: usize, leaves: &[Vec<u8>]) -> Vec<Hash> {
    fn subproof(old: usize, leaves: &[Vec<u8>], whole: bool) -> Vec<Hash> {
        if old == leaves.len() {
            return if whole { Vec::new() } else { vec![naive_root(leaves)] };
        }
        let (left, right) = leaves.split_at(split(leaves.len()));
        let (mut proof, beside) = if old <= left.len() {
            (subproof(old, left, whole), right)
        } else {
            (subproof(old - left.len(), right, false), left)
        };
        proof.push(naive_root(beside));
        proof
    }
    subproof(old, leaves, true)
}

/// The largest power of two below `length`, found by trying.
fn split(length: usize) -> usize {
    let mut k = 1;
    while k * 2 < length {
        k *= 2;
    }
    k
}

pub(crate) fn leaves(count: usize) -> Vec<Vec<u8>> {
    (0..count)
        .map(|number| format!("entry {number}").into_bytes())
        .collect()
}

/// The table `audit_nodes` in memory.
#[derive(Clone, Default)]
pub(crate) struct Nodes(pub(crate) BTreeMap<NodeId, Hash>);

impl Nodes {
    pub(crate) fn of(leaves: &[Vec<u8>]) -> Self {
        let mut nodes = Self::default();
        let mut frontier = Frontier::empty();
        for leaf in leaves {
            frontier.append(rules::audit::leaf_hash(leaf), |node| {
                let before = nodes.0.insert(node.id, node.hash);
                assert_eq!(before, None, "a stored node is never written twice");
            });
        }
        nodes
    }

    pub(crate) fn look_up(&self) -> impl Fn(u8, u64) -> Option<Hash> + '_ {
        |level, index| self.0.get(&NodeId { level, index }).copied()
    }
}

/// Signs with somebody else's Ed25519.
pub(crate) struct Key {
    pub(crate) public: VerifierKey,
    pub(crate) signer: StandardSigner,
    pub(crate) secret_text: String,
}

impl Key {
    pub(crate) fn new(name: &str, pair: usize) -> Self {
        let (secret, public) = KEY_PAIRS[pair];
        let public = VerifierKey::new(name, *Hash::from_hex(public).unwrap().as_bytes()).unwrap();
        let secret = [&[1], Hash::from_hex(secret).unwrap().as_ref()].concat();
        let secret = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, secret);
        let secret_text = format!("PRIVATE+KEY+{name}+{:08x}+{secret}", public.id());
        let signer = StandardSigner::new(&secret_text).unwrap();
        Self {
            public,
            signer,
            secret_text,
        }
    }

    pub(crate) fn of_log() -> Self {
        Self::new(ORIGIN, 0)
    }

    pub(crate) fn sign(&self) -> impl Fn(&[u8]) -> [u8; 64] + '_ {
        |bytes| self.signer.sign(bytes).unwrap().try_into().unwrap()
    }

    pub(crate) fn checkpoint(&self, size: u64, root: Hash) -> SignedCheckpoint {
        let checkpoint = Checkpoint::new(self.public.name(), size, root).unwrap();
        checkpoint.sign(&self.public, self.sign()).unwrap()
    }
}

pub(crate) type Check = fn(&[u8; 32], &[u8], &[u8; 64]) -> bool;

/// Trusts these keys, and checks signatures with somebody else's Ed25519.
pub(crate) fn trusting(keys: &[&Key]) -> TrustedKeys<Check> {
    let check: Check = |public, text, signature| {
        let key = VerifierKey::new("any", *public).unwrap();
        StandardVerifier::new(&key.to_string()).unwrap().verify(text, signature)
    };
    TrustedKeys::new(keys.iter().map(|key| key.public.clone()), check)
}

/// Twelve entries or any number: five cases and the office, in turn, one entry every minute.
pub(crate) fn entries(count: u64) -> Vec<Entry> {
    (0..count)
        .map(|index| entry(index + 1, index % 6, (index / 6) as u32 + 1))
        .collect()
}

fn entry(position: u64, stream: u64, sequence: u32) -> Entry {
    let stream = match stream {
        5 => "office".to_owned(),
        number => format!("FC-{}", 10482 + number),
    };
    let kind = if sequence == 1 { "case.received" } else { "update.sent" };
    let started = 1_791_810_300_000_000; // Monday 12 October 2026, 2:05pm in London
    let minutes = 60_000_000 * (position as i64 - 1);
    let header = Header {
        stream,
        sequence,
        kind: kind.to_owned(),
        version: 1,
        at: jiff::Timestamp::from_microsecond(started + minutes).unwrap(),
        actor: "complainant".to_owned(),
    };
    Entry {
        position,
        header,
        payload: Payload::Ciphertext(format!("sealed {position}").into_bytes()),
    }
}

pub(crate) fn canonical(entries: &[Entry]) -> Vec<Vec<u8>> {
    entries.iter().map(Entry::canonical_bytes).collect()
}

pub(crate) fn rows(entries: &[Entry]) -> Vec<StoredRow> {
    let row = |entry: &Entry| StoredRow {
        position: entry.position,
        entry: Some(entry.clone()),
        leaf: Some(entry.leaf_hash()),
    };
    entries.iter().map(row).collect()
}
