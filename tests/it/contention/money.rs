//! Refunds made, checked and sent by several at once.

use nongquan::acts::payouts::{self, Step};
use nongquan::domain::actor::Role;
use nongquan::store::refunds;

use super::desks::twice;
use crate::proof::world::{exchange, green};
use crate::support::Place;
use crate::support::market::Market;

#[test]
fn a_refund_is_made_checked_and_sent_once() {
    let place = Place::new();
    let (app, clock) = exchange(&place);
    let market = Market::open(&app, &clock, 4);
    let room = market.rooms(&app, 1).remove(0);
    market.sell(&app, &room);
    let due = app.store.read(|db| refunds::with_status(db, "due", 10)).expect("read");
    assert_eq!(due.len(), 3, "the losers' deposits");
    let maker = market.post(Role::Finance).clone();
    let other = market.second(&app, Role::Finance);
    let third = market.third_of_finance(&app);
    for order in &due {
        let makers = [&maker, &other];
        let made = twice(|n| payouts::step(&app, makers[n], order.id, Step::Make).is_ok());
        assert_eq!(made.iter().filter(|ok| **ok).count(), 1, "one makes it: {made:?}");
        let checked = twice(|_| payouts::step(&app, &third, order.id, Step::Check).is_ok());
        assert_eq!(checked.iter().filter(|ok| **ok).count(), 1, "it is checked once: {checked:?}");
    }
    let files = twice(|_| payouts::make_file(&app, &maker));
    let sent = app.store.read(|db| refunds::with_status(db, "sent", 10)).expect("read");
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|o| o.file == sent[0].file), "one file holds all: {files:?}");
    green(&app);
}
