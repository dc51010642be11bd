//! How many connections a process holds.

use std::time::Duration;

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
