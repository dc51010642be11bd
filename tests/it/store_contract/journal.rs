//! The journal's order under two writers, and a form in one hand.

use nongquan::domain::base::Instant;
use nongquan::domain::base::ids::AccountId;
use nongquan::store::forms::Turn;
use nongquan::store::{Fault, Stop, journal};
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

/// The head is what every writer waits for: whoever holds it claims nothing more, or two could wait for each other.
#[test]
fn nothing_is_claimed_after_the_head() {
    let place = Place::new();
    let store = open(&place);
    // A leaf as it is ordinarily written waits for the end of the transaction.
    let number = store.write(|tx| {
        tx.journal(first_morning(), "test", "first", json!({}))?;
        Ok(tx.next_serial("test")?)
    });
    assert_eq!(number.unwrap(), 1);
    let late = store.write(|tx| {
        tx.journal_now(first_morning(), "test", "now", json!({}))?;
        Ok(tx.next_serial("test")?)
    });
    assert!(matches!(late, Err(Stop::Fault(_))), "{late:?}");
    assert_eq!(store.read(|db| journal::frontier(db)).unwrap().size(), 1);
}

#[test]
fn a_form_is_in_one_hand_until_it_is_answered() {
    let place = Place::new();
    let store = open(&place);
    let (account, other) = (AccountId(uuid::Uuid::nil()), AccountId(uuid::Uuid::max()));
    let taken_at = first_morning();
    let take = |who: AccountId, now: Instant| {
        store.write(move |tx| Ok(tx.take_form("form-1", who, "/cases", now, now.plus_secs(-60))?)).unwrap()
    };
    assert_eq!(take(account, taken_at), Turn::Mine);
    assert_eq!(take(account, taken_at.plus_secs(60)), Turn::Busy);
    assert_eq!(take(other, taken_at), Turn::Foreign);
    // Left by a crash: the next one takes it over, and only one does.
    assert_eq!(take(account, taken_at.plus_secs(61)), Turn::Mine);
    assert_eq!(take(account, taken_at.plus_secs(62)), Turn::Busy);
    // Refused: it may be corrected and sent again.
    store.write(|tx| Ok(tx.put_form_down("form-1")?)).unwrap();
    assert_eq!(take(account, taken_at.plus_secs(63)), Turn::Mine);
    store.write(|tx| Ok(tx.finish_form("form-1", "/cases/1")?)).unwrap();
    store.write(|tx| Ok(tx.put_form_down("form-1")?)).unwrap();
    assert_eq!(take(account, taken_at.plus_secs(999)), Turn::Done("/cases/1".to_owned()));
}

#[test]
fn numbers_and_turns_are_taken_once() {
    let place = Place::new();
    let store = open(&place);
    let together = |n: usize| {
        let store = &store;
        std::thread::scope(|s| {
            let take = |_| {
                s.spawn(move || {
                    let (name, now) = (format!("new-{n}"), first_morning());
                    let serial = store.write(|tx| Ok(tx.next_serial(&name)?)).unwrap();
                    let turn = store.write(|tx| Ok(tx.take_turn(&name, "test", now, now.plus_secs(60))?)).unwrap();
                    (serial, turn)
                })
            };
            let threads: Vec<_> = (0..4).map(take).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect::<Vec<(u32, bool)>>()
        })
    };
    for n in 0..10 {
        let mut taken = together(n);
        taken.sort_unstable();
        assert_eq!(taken.iter().map(|(serial, _)| *serial).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(taken.iter().filter(|(_, turn)| *turn).count(), 1, "one has the turn: {taken:?}");
    }
}
