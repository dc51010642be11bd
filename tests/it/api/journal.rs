//! The journal from outside: leaves hash to the signed root, proofs convince, and the page opens.

use nongquan::acts::checkpoint;
use nongquan::crypto::canonical;
use nongquan::crypto::journal::{
    ConsistencyProof, Frontier, InclusionProof, SignedHead, leaf_hash, verify_consistency, verify_inclusion,
};
use nongquan::crypto::suite::Hash;
use nongquan::domain::actor::Role;
use serde_json::Value;

use super::{get, items};
use crate::support::{Client, World, people};

fn head(world: &World) -> SignedHead {
    checkpoint::sign_head(&world.app).unwrap();
    let head: SignedHead = serde_json::from_value(get(world, "/api/v1/journal/checkpoint").ok()).unwrap();
    let keys = get(world, "/keys.json").ok();
    let key = keys["keys"].as_array().unwrap().iter().find(|k| k["purpose"] == "journal").unwrap().clone();
    head.verify(key["pem"].as_str().unwrap()).expect("signed with the published key");
    head
}

fn all_leaves(world: &World) -> Vec<Value> {
    let (mut all, mut next) = (Vec::new(), Some("/api/v1/journal/leaves?limit=4".to_owned()));
    while let Some(address) = next {
        let page = get(world, &address).ok();
        all.extend(items(&page));
        next = page["next_cursor"].as_str().map(|c| format!("/api/v1/journal/leaves?limit=4&cursor={c}"));
    }
    all
}

#[test]
fn who_downloads_the_journal_can_check_it_alone() {
    let world = World::open();
    let admin = people::admin(&world);
    for role in [Role::Review, Role::Publication, Role::Finance, Role::Archive] {
        people::staff(&world, &admin, role);
    }
    let old = head(&world);
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    for role in [Role::Director, Role::Certification, Role::Bidding] {
        people::staff(&world, &admin, role);
    }
    let new = head(&world);
    assert!(old.payload.size < new.payload.size);

    let leaves = all_leaves(&world);
    assert_eq!(leaves.len() as u64, new.payload.size);
    let mut tree = Frontier::empty();
    let mut hashes: Vec<Hash> = Vec::new();
    for (n, leaf) in leaves.iter().enumerate() {
        assert_eq!(leaf["index"], n);
        let hash = leaf_hash(&canonical::bytes(&leaf["leaf"]).unwrap());
        assert_eq!(leaf["hash"], hash.hex());
        tree.append(hash);
        hashes.push(hash);
        if n as u64 + 1 == old.payload.size {
            assert_eq!(tree.root(), old.payload.root);
        }
    }
    assert_eq!(tree.root(), new.payload.root);

    for (index, hash) in hashes.iter().enumerate() {
        let proof = get(&world, &format!("/api/v1/journal/inclusion?index={index}")).ok();
        let proof: InclusionProof = serde_json::from_value(proof).unwrap();
        verify_inclusion(&new.payload.root, hash, &proof).unwrap();
    }
    let proof = get(&world, &format!("/api/v1/journal/consistency?from={}", old.payload.size)).ok();
    let proof: ConsistencyProof = serde_json::from_value(proof).unwrap();
    verify_consistency(&old.payload.root, &new.payload.root, &proof).unwrap();

    let beyond = new.payload.size;
    let _ = get(&world, &format!("/api/v1/journal/inclusion?index={beyond}")).problem(400);
    let _ = get(&world, &format!("/api/v1/journal/consistency?from={}", beyond + 1)).problem(400);
    let _ = get(&world, &format!("/api/v1/journal/inclusion?index=0&size={}", beyond + 1)).problem(400);
}

#[test]
fn the_page_shows_the_newest_and_how_to_check() {
    let world = World::open();
    let visitor = Client::new(&world);
    let empty = visitor.get("/journal");
    assert!(empty.text().contains("日志还没有条目"), "{}", empty.text());
    let admin = people::admin(&world);
    for role in Role::ALL.iter().copied().filter(|r| !matches!(r, Role::Holder | Role::SystemAdmin)) {
        people::staff(&world, &admin, role);
    }
    let head = head(&world);
    let page = visitor.get("/journal");
    let text = page.text();
    for words in ["授予岗位", "怎样自己核对", "nongquan verify --journal", &head.payload.root.hex()] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(visitor.get("/").body.contains("href=\"/journal\""), "linked from the foot of every page");
    let older = visitor.get("/journal?before=3");
    assert!(older.text().contains("授予岗位"));
    assert_eq!(visitor.get("/journal?before=x").status, 400);
    assert_eq!(visitor.get("/journal?before=0").status, 200);
}
