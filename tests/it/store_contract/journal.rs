//! The journal's order under two writers, and a form's success remembered once.

use nongquan::domain::base::ids::AccountId;
use nongquan::store::{Fault, Stop, forms, journal};
use serde_json::json;

use super::schema::open;
use crate::support::{Place, server::first_morning};

const EACH: usize = 20;

#[test]
fn two_writers_keep_one_order() {
    let place = Place::new();
    let store = open(&place);
    std::thread::scope(|s| {
        for writer in ["a", "b"] {
            let store = store.clone();
            s.spawn(move || {
                for n in 0..EACH {
                    let leaf = |tx: &mut nongquan::store::Tx<'_>| {
                        Ok(tx.journal(first_morning(), "test", writer, json!({ "n": n }))?)
                    };
                    store.write(leaf).unwrap();
                }
            });
        }
    });
    let leaves = store.read(|db| journal::leaves_after(db, 0, 1_000)).unwrap();
    let order: Vec<i64> = leaves.iter().map(|l| l.index).collect();
    assert_eq!(order, (0..2 * EACH as i64).collect::<Vec<_>>());
    assert_eq!(store.read(|db| journal::frontier(db)).unwrap().size(), 2 * EACH as u64);
    for writer in ["a", "b"] {
        let of: Vec<&str> = leaves.iter().filter(|l| l.subject == writer).map(|l| l.body.as_str()).collect();
        assert_eq!(of.len(), EACH);
        for (n, body) in of.iter().enumerate() {
            assert!(body.contains(&format!("\"n\":{n}")), "{writer} {n}: {body}");
        }
    }
}

#[test]
fn a_fault_takes_its_leaves_back() {
    let place = Place::new();
    let store = open(&place);
    let outcome: Result<(), Stop> = store.write(|tx| {
        tx.journal(first_morning(), "test", "gone", json!({}))?;
        Err(Fault::Inconsistent("on purpose".to_owned()).into())
    });
    assert!(matches!(outcome, Err(Stop::Fault(_))));
    assert!(store.read(|db| journal::leaves_after(db, 0, 10)).unwrap().is_empty());
    assert_eq!(store.read(|db| journal::frontier(db)).unwrap().size(), 0);
}

#[test]
fn a_forms_success_is_kept_once() {
    let place = Place::new();
    let store = open(&place);
    let account = AccountId(uuid::Uuid::nil());
    let keep = |location: &str| {
        let location = location.to_owned();
        store.write(move |tx| Ok(tx.keep_receipt("form-1", account, "/cases", &location, first_morning())?))
    };
    keep("/cases/1").unwrap();
    assert!(matches!(keep("/cases/2"), Err(Stop::Fault(Fault::Duplicate(_)))));
    let led = store.read(|db| forms::receipt(db, "form-1", account, "/cases")).unwrap();
    assert_eq!(led.as_deref(), Some("/cases/1"));
    let other = AccountId(uuid::Uuid::max());
    assert_eq!(store.read(|db| forms::receipt(db, "form-1", other, "/cases")).unwrap(), None);
}
