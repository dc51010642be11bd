//! Watchers of a room: who looks for them at what other processes change, and what each is sent.

use nongquan::context::new_id;
use nongquan::domain::base::ids::LotId;
use nongquan::live::Hub;

use crate::stories::pond::{Point, Pond, Winner, room};
use crate::support::Client;

/// A lone watcher who loads the page again and again has one looking for him, not one for each time.
#[test]
fn one_looks_for_a_lot_however_often_its_page_is_loaded() {
    let hub = Hub::default();
    let lot = LotId(new_id());
    let (first, looks) = hub.subscribe(lot);
    assert!(looks, "somebody must look");
    drop(first);
    let (second, looks) = hub.subscribe(lot);
    assert!(!looks, "somebody looks already");
    assert!(hub.looks_on(lot), "and goes on");
    drop(second);
    assert!(!hub.looks_on(lot), "nobody is left");
    let (_third, looks) = hub.subscribe(lot);
    assert!(looks, "who looked has gone");
}

/// The boxes that one watcher made are the next one's, and each bidder has his own place with them.
#[test]
fn everybody_gets_the_same_boxes_and_his_own_place() {
    let pond = Pond::reach(Point::RoomOpen, Winner::Member);
    pond.wait_secs(60);
    let _ = room::stands(&pond, "outsider", "600");
    let _ = room::stands(&pond, "company", "620");
    let page = pond.public("/room/fragment");
    let first = pond.browser("outsider").get(&page).body;
    assert!(first.contains("已被超过") && first.contains("600"), "{first}");
    assert_eq!(pond.browser("outsider").get(&page).body, first, "made anew or kept, it is the same");
    let leading = pond.browser("company").get(&page).body;
    assert!(leading.contains("目前领先") && leading.contains("620"), "{leading}");
    let visitor = Client::new(&pond.world).get(&page).body;
    assert!(first.starts_with(&visitor) && leading.starts_with(&visitor), "the boxes of all, and then one's own");
    // A new bid makes new boxes for all.
    let _ = room::stands(&pond, "outsider", "640");
    let news = Client::new(&pond.world).get(&page).body;
    assert!(news.contains("640") && news != visitor, "{news}");
    assert!(pond.browser("company").get(&page).body.contains("已被超过"));
}
