//! Lists: filters, pages that hold still while lots come and go, and lots that nobody may know of.

use nongquan::acts::record;
use nongquan::context::new_id;
use nongquan::domain::base::Fen;
use nongquan::domain::base::ids::LotId;
use nongquan::domain::lot::{Lot, Stage};
use serde_json::Value;

use super::{get, items};
use crate::stories::pond::{Point, Pond, Winner, bidders};

fn numbers(page: &Value) -> Vec<String> {
    items(page).iter().map(|i| i["lot_no"].as_str().unwrap().to_owned()).collect()
}

/// Puts a copy of the pond's lot beside it, changed; the list is what is tested, not how lots arise.
fn beside(pond: &Pond, n: i64, change: impl FnOnce(&mut Lot)) -> String {
    let mut lot = pond.lot();
    lot.id = LotId(new_id());
    let lot_no = format!("{}-{:02}", &pond.lot_no[..pond.lot_no.len() - 3], n);
    lot.lot_no = Some(lot_no.clone());
    lot.session = None;
    change(&mut lot);
    let columns = record::projection(&pond.world.app, &lot, &pond.world.app.market.rules).unwrap();
    pond.world.app.store.write(|tx| Ok::<_, nongquan::store::Stop>(tx.insert_lot(&lot, n, "{}", &columns)?)).unwrap();
    lot_no
}

#[test]
fn pages_hold_still_while_lots_are_published() {
    let pond = Pond::reach(Point::Listed, Winner::Member);
    let mut before = vec![pond.lot_no.clone()];
    before.extend((2..=7).map(|n| beside(&pond, n, |_| {})));
    before.reverse();
    let first = get(&pond.world, "/api/v1/lots?limit=3").ok();
    let mut walked = numbers(&first);
    // Somebody publishes between two pages, and an old lot moves on.
    let _ = beside(&pond, 20, |_| {});
    let mut next = first["next_cursor"].as_str().map(str::to_owned);
    while let Some(cursor) = next {
        let page = get(&pond.world, &format!("/api/v1/lots?limit=3&cursor={cursor}")).ok();
        assert!(items(&page).len() <= 3);
        walked.extend(numbers(&page));
        next = page["next_cursor"].as_str().map(str::to_owned);
    }
    assert_eq!(walked, before, "each lot once, in order");
}

#[test]
fn filters_narrow_the_list() {
    let pond = Pond::reach(Point::Listed, Winner::Member);
    let dear = beside(&pond, 2, |lot| lot.terms.as_mut().unwrap().price = Fen::yuan(90_000));
    let over = beside(&pond, 3, |lot| lot.stage = Stage::FailedNoBid);
    let all = [over.as_str(), dear.as_str(), pond.lot_no.as_str()];
    for (query, wanted) in [
        ("", &all[..]),
        ("category=5", &all),
        ("category=6", &[]),
        ("township=431127100", &all),
        ("township=%E5%A1%94%E5%B3%B0%E9%95%87", &all),
        ("township=431127102", &[]),
        ("village=%E7%95%8C%E5%A4%B4%E6%9D%91", &all),
        ("mode=lease", &all),
        ("mode=%E5%87%BA%E7%A7%9F", &all),
        ("mode=transfer", &[]),
        ("stage=listed", &all[1..]),
        ("stage=failed_no_bid", &all[..1]),
        ("stage=listed,failed_no_bid", &all),
        ("q=%E9%97%A8%E5%8F%A3%E5%A1%98", &all),
        ("q=%E9%97%A8%E5%8F%A3%E5%A1%98+%E6%B2%A1%E6%9C%89", &[]),
        ("q=%25", &all),
        ("price_min=90000", &all[1..2]),
        ("price_max=89999.99&stage=listed", &all[2..]),
        ("price_unit=yuan_per_mu_year", &all),
        ("price_unit=yuan", &[]),
        ("area_min=32.6&area_max=32.6", &all),
        ("area_min=32.6001", &[]),
    ] {
        let page = get(&pond.world, &format!("/api/v1/lots?{query}")).ok();
        assert_eq!(numbers(&page), wanted, "{query}");
        assert!(page["next_cursor"].is_null());
    }
}

#[test]
fn a_lot_that_is_not_published_is_unknown() {
    let pond = Pond::reach(Point::Submitted, Winner::Member);
    assert!(!pond.lot_no.is_empty(), "it has a number already");
    assert_eq!(numbers(&get(&pond.world, "/api/v1/lots").ok()), Vec::<String>::new());
    for below in ["", "/bids"] {
        let _ = get(&pond.world, &format!("/api/v1/lots/{}{below}", pond.lot_no)).problem(404);
    }
    let never = get(&pond.world, "/api/v1/lots?stage=draft,first_review,review").ok();
    assert!(items(&never).is_empty(), "nor by asking for its stage");
    // As a place to go on from it is as unknown as one that does not exist.
    let unknown = get(&pond.world, "/api/v1/lots?cursor=bm9uZQ").problem(400);
    let cursor = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, &pond.lot_no);
    assert_eq!(get(&pond.world, &format!("/api/v1/lots?cursor={cursor}")).problem(400), unknown);
}

/// Registrant blindness (architecture 7): whoever applies, pays and is judged, the public sees the same.
#[test]
fn nobody_can_tell_whether_anybody_registered() {
    let mut pond = Pond::reach(Point::Listed, Winner::Member);
    let addresses = [
        "/api/v1/lots".to_owned(),
        format!("/api/v1/lots/{}", pond.lot_no),
        format!("/api/v1/lots/{}/bids", pond.lot_no),
    ];
    let seen = |pond: &Pond| addresses.clone().map(|a| get(&pond.world, &a).ok());
    let before = seen(&pond);
    let size = get(&pond.world, "/api/v1/journal/leaves?limit=1000").ok();
    let size = items(&size).len();
    bidders::apply_and_pay(&mut pond);
    assert_eq!(pond.lot().stage, Stage::Listed);
    assert_eq!(seen(&pond), before);
    let added = get(&pond.world, &format!("/api/v1/journal/leaves?from={size}&limit=1000")).ok();
    for leaf in items(&added) {
        let kind = leaf["leaf"]["kind"].as_str().unwrap();
        assert_eq!(kind, "sublog.state", "the journal tells: {leaf}");
    }
}

#[test]
fn bids_are_numbers_amounts_and_times() {
    let pond = Pond::reach(Point::Posted, Winner::Member);
    let path = format!("/api/v1/lots/{}/bids", pond.lot_no);
    let whole = items(&get(&pond.world, &path).ok());
    let outcome = pond.lot().outcome.unwrap();
    assert_eq!(whole.len(), outcome.bids as usize);
    assert!(whole.windows(2).all(|w| w[0]["seq"].as_i64() < w[1]["seq"].as_i64()));
    let last = whole.last().unwrap();
    assert_eq!(last["bidder_no"], outcome.bidder_no);
    assert_eq!(last["amount"]["fen"], outcome.price.0);
    let mut paged = Vec::new();
    let mut next = Some(format!("{path}?limit=2"));
    while let Some(address) = next {
        let page = get(&pond.world, &address).ok();
        paged.extend(items(&page));
        next = page["next_cursor"].as_str().map(|c| format!("{path}?limit=2&cursor={c}"));
    }
    assert_eq!(paged, whole);
    for bid in &whole {
        let index = &bid["journal_index"];
        let leaf = get(&pond.world, &format!("/api/v1/journal/leaves?from={index}&limit=1")).ok();
        assert_eq!(items(&leaf)[0]["leaf"]["kind"], "bid.accepted");
        assert_eq!(items(&leaf)[0]["leaf"]["subject"], pond.lot_no);
    }
}
