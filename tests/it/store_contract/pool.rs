//! How many connections a process holds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use nongquan::store::Stop;

use crate::support::Place;

/// One that nobody asked for would still be opening in a thread when a short command ends, and the
/// program would die in the engine's clean-up after its work was done.
#[test]
fn no_connection_is_opened_before_it_is_needed() {
    let place = Place::new();
    let app = crate::proof::world::exchange(&place).0;
    let before = app.store.connections();
    assert!(before <= 2, "reading and writing one after the other needs no more: {before}");
    app.store.read(|_| Ok(())).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(app.store.connections(), before);
}

/// A connection that was left inside a transaction is not handed out again: the next to write would write into what
/// nobody ends.
#[test]
fn a_connection_inside_a_transaction_is_dropped() {
    let place = Place::new();
    let app = crate::proof::world::exchange(&place).0;
    let left = app.store.write(|tx| {
        let broken = AssertUnwindSafe(|| tx.nested(|_| -> Result<(), Stop> { panic!("in a savepoint") }));
        assert!(catch_unwind(broken).is_err());
        Ok(())
    });
    left.expect("the savepoint is closed in place of the transaction");
    for n in 0..20 {
        app.store.write(|tx| Ok(tx.set_meta("after", &n.to_string())?)).unwrap_or_else(|stop| panic!("{n}: {stop:?}"));
    }
}
