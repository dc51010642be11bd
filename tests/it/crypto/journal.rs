//! The Merkle log against an independent implementation, and against forgers.

use std::collections::HashMap;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use nongquan::crypto::Hash;
use nongquan::crypto::journal::{
    Broken, ConsistencyProof, Frontier, Leaf, NodeId, NodeSource, WrongPeaks, commit, leaf_hash, prove_consistency,
    prove_inclusion, verify_consistency, verify_inclusion,
};
use nongquan::domain::base::Instant;
use proptest::prelude::*;
use serde_json::json;
use sm3::Sm3;

/// A log as the store keeps it: nodes by name, peaks read back for every append.
#[derive(Default)]
struct Log {
    size: u64,
    nodes: HashMap<NodeId, Hash>,
    roots: Vec<Hash>,
}

impl NodeSource for Log {
    type Error = NodeId;

    fn nodes(&mut self, ids: &[NodeId]) -> Result<Vec<Hash>, NodeId> {
        ids.iter().map(|id| self.nodes.get(id).copied().ok_or(*id)).collect()
    }
}

impl Log {
    fn of(size: u64) -> Log {
        let mut log = Log { roots: vec![Frontier::empty().root()], ..Log::default() };
        for i in 0..size {
            log.append(leaf(i));
        }
        log
    }

    fn append(&mut self, leaf: Hash) {
        let peaks = self.nodes(&Frontier::peak_ids(self.size)).unwrap();
        let mut frontier = Frontier::new(self.size, peaks).unwrap();
        for (id, hash) in frontier.append(leaf) {
            assert!(self.nodes.insert(id, hash).is_none(), "{id:?} stored twice");
        }
        self.size = frontier.size();
        self.roots.push(frontier.root());
    }
}

fn leaf(i: u64) -> Hash {
    leaf_hash(&i.to_be_bytes())
}

fn independent(size: u64) -> MemoryBackedTree<Sm3, Vec<u8>> {
    let mut tree = MemoryBackedTree::new();
    for i in 0..size {
        tree.push(i.to_be_bytes().to_vec());
    }
    tree
}

#[test]
fn every_small_tree_agrees_with_an_independent_implementation() {
    let mut log = Log::of(70);
    assert_eq!(log.nodes.len(), (0..7).map(|level| 70usize >> level).sum::<usize>());
    for size in 1..=70u64 {
        let other = independent(size);
        let root = log.roots[size as usize];
        assert_eq!(root.bytes().as_slice(), other.root().as_bytes().as_slice(), "root of {size}");
        for index in 0..size {
            let proof = prove_inclusion(&mut log, index, size).unwrap().unwrap();
            let theirs = other.prove_inclusion(index as usize);
            let ours: Vec<u8> = proof.path.iter().flat_map(|h| *h.bytes()).collect();
            assert_eq!(ours, theirs.as_bytes(), "inclusion of {index} in {size}");
            assert_eq!(verify_inclusion(&root, &leaf(index), &proof), Ok(()));
        }
    }
}

#[test]
fn every_small_pair_of_trees_is_consistent() {
    let mut log = Log::of(40);
    for new in 0..=40u64 {
        for old in 0..=new {
            let proof = prove_consistency(&mut log, old, new).unwrap().unwrap();
            let (old_root, new_root) = (log.roots[old as usize], log.roots[new as usize]);
            assert_eq!(verify_consistency(&old_root, &new_root, &proof), Ok(()), "{old} to {new}");
            if old > 0 && old < new {
                let theirs = independent(new).prove_consistency((new - old) as usize);
                let ours: Vec<u8> = proof.path.iter().flat_map(|h| *h.bytes()).collect();
                assert_eq!(ours, theirs.as_bytes(), "{old} to {new}");
            }
        }
    }
}

#[test]
fn what_is_not_in_the_log_has_no_proof() {
    let mut log = Log::of(5);
    assert_eq!(prove_inclusion(&mut log, 5, 5), Ok(None));
    assert_eq!(prove_inclusion(&mut log, 0, 0), Ok(None));
    assert_eq!(prove_consistency(&mut log, 6, 5), Ok(None));
    // A tree larger than the log needs nodes that are not stored: a fault, not a wrong proof.
    assert_eq!(prove_inclusion(&mut log, 0, 9), Err(NodeId { level: 2, index: 1 }));
    assert_eq!(Frontier::new(5, vec![leaf(0)]), Err(WrongPeaks { size: 5, expected: 2, given: 1 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No altered leaf, index, size, path or root passes.
    #[test]
    fn t02_altered_inclusion_proofs_fail(size in 2u64..600, at in any::<prop::sample::Index>(), flip in any::<prop::sample::Index>(), bit in 0u8..8) {
        let mut log = Log::of(size);
        let index = at.index(size as usize) as u64;
        let root = log.roots[size as usize];
        let good = prove_inclusion(&mut log, index, size).unwrap().unwrap();
        prop_assert_eq!(verify_inclusion(&root, &leaf(index), &good), Ok(()));
        prop_assert_eq!(verify_inclusion(&root, &leaf(index + 1), &good), Err(Broken::WrongRoot));
        let mut bad = good.clone();
        bad.path[flip.index(good.path.len())].0[usize::from(bit)] ^= 1 << bit;
        prop_assert_eq!(verify_inclusion(&root, &leaf(index), &bad), Err(Broken::WrongRoot));
        let mut short = good.clone();
        short.path.pop();
        prop_assert!(verify_inclusion(&root, &leaf(index), &short).is_err());
        let mut long = good.clone();
        long.path.push(root);
        prop_assert!(verify_inclusion(&root, &leaf(index), &long).is_err());
        let mut moved = good.clone();
        moved.index = (index + 1) % size;
        prop_assert!(verify_inclusion(&root, &leaf(index), &moved).is_err());
        let mut beyond = good;
        beyond.index = size;
        prop_assert_eq!(verify_inclusion(&root, &leaf(index), &beyond), Err(Broken::OutOfRange));
    }

    /// A log whose past was rewritten has no proof of consistency with what was published.
    #[test]
    fn t03_rewritten_history_is_seen(old in 1u64..300, more in 1u64..300, at in any::<prop::sample::Index>()) {
        let honest = Log::of(old);
        let published = honest.roots[old as usize];
        let changed = at.index(old as usize) as u64;
        let mut forged = Log { roots: vec![Frontier::empty().root()], ..Log::default() };
        for i in 0..old + more {
            forged.append(if i == changed { leaf_hash(b"another bid") } else { leaf(i) });
        }
        let proof = prove_consistency(&mut forged, old, old + more).unwrap().unwrap();
        let new_root = forged.roots[(old + more) as usize];
        prop_assert!(verify_consistency(&published, &new_root, &proof).is_err());
        let none = ConsistencyProof { old_size: old, new_size: old + more, path: vec![] };
        prop_assert!(verify_consistency(&published, &new_root, &none).is_err());
    }
}

#[test]
fn equal_sizes_need_equal_roots() {
    let log = Log::of(3);
    let same = ConsistencyProof { old_size: 3, new_size: 3, path: vec![] };
    assert_eq!(verify_consistency(&log.roots[3], &log.roots[3], &same), Ok(()));
    assert_eq!(verify_consistency(&log.roots[2], &log.roots[3], &same), Err(Broken::WrongRoot));
    let nothing = ConsistencyProof { old_size: 0, new_size: 3, path: vec![] };
    assert_eq!(verify_consistency(&log.roots[2], &log.roots[3], &nothing), Err(Broken::WrongRoot));
    let backwards = ConsistencyProof { old_size: 3, new_size: 2, path: vec![] };
    assert_eq!(verify_consistency(&log.roots[3], &log.roots[2], &backwards), Err(Broken::OutOfRange));
}

#[test]
fn a_leaf_has_one_form() {
    let leaf = Leaf {
        kind: "bid-accepted".into(),
        at: Instant::from_micros(1_795_000_000_123_456),
        subject: "431127103N26110001-1".into(),
        body: json!({"seq": 3, "amount_fen": 4_200_000_i64, "bidder_no": "4817"}),
    };
    let bytes = leaf.bytes().unwrap();
    assert_eq!(
        String::from_utf8(bytes.clone()).unwrap(),
        concat!(
            r#"{"at":"2026-11-18T19:06:40.123456+08:00","body":{"amount_fen":4200000,"bidder_no":"4817","seq":3},"#,
            r#""kind":"bid-accepted","subject":"431127103N26110001-1","type":"nongquan.leaf.v1"}"#
        )
    );
    assert_eq!(Leaf::from_bytes(&bytes).unwrap(), leaf);
    assert_eq!(leaf.hash().unwrap(), leaf_hash(&bytes));
    let spaced = String::from_utf8(bytes).unwrap().replace(",\"kind\"", ", \"kind\"");
    assert!(Leaf::from_bytes(spaced.as_bytes()).is_err(), "another spelling of the same leaf");
}

#[test]
fn what_readers_could_take_differently_is_no_leaf() {
    let with = |body| Leaf { kind: "k".into(), at: Instant::from_micros(0), subject: String::new(), body };
    for body in [json!(1.5), json!({"a": [1e3]}), json!(9_007_199_254_740_992_i64), json!({"价": 1})] {
        assert!(with(body.clone()).bytes().is_err(), "{body}");
    }
    assert!(with(json!({"a": [null, true, -9_007_199_254_740_991_i64, "䶮\u{1}\n\"𠮷"]})).bytes().is_ok());
}

#[test]
fn commitments_bind_and_hide() {
    let (salt, other) = (leaf_hash(b"salt"), leaf_hash(b"other"));
    assert_eq!(commit(&salt, "431199199001011234"), commit(&salt, "431199199001011234"));
    assert_ne!(commit(&salt, "431199199001011234"), commit(&other, "431199199001011234"));
    assert_ne!(commit(&salt, "431199199001011234"), commit(&salt, "431199199001011235"));
}
