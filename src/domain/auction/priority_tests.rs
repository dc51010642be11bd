//! Same-price matches, rank, limit and draw (rulebook 4.3).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::fixtures::*;
use super::*;
use crate::base::Fen;

const PRICE: Option<Fen> = Some(Fen::yuan(800));

fn after_first(rules: RoomRules) -> Room {
    run(room(rules), &[(raise(1, "09:10:00", "800"), "OK")])
}

#[test]
fn t15_only_approved_holders_match_and_only_a_standing_price() {
    let room = after_first(up_rules());
    let script = [
        (matching(2, "09:11:00", 800), "PRIORITY_DENIED"),
        (matching(7, "09:12:00", 810), "STALE"),
        (matching(7, "09:12:10", 800), "OK"),
        (matching(7, "09:12:20", 800), "ALREADY_LEADING"),
        (raise(7, "09:12:30", "810"), "ALREADY_LEADING"),
    ];
    let room = run(room, &script);
    assert_eq!((room.leader(), room.best_price()), (Some(BidderNo(7)), PRICE));
}

#[test]
fn t15_a_withdrawn_right_counts_no_more() {
    let room = after_first(up_rules());
    let mut intent = matching(7, "09:11:00", 800);
    intent.bidder.priority_rank = None;
    assert_eq!(decide(room, &intent).1, "PRIORITY_DENIED");
}

#[test]
fn a_better_rank_displaces_a_worse_one_and_not_the_reverse() {
    let script = [
        (matching(9, "09:11:00", 800), "OK"),
        (matching(7, "09:12:00", 800), "OK"),
        (matching(9, "09:13:00", 800), "PRIORITY_DENIED"),
        (raise(9, "09:14:00", "810"), "OK"),
    ];
    let room = run(after_first(up_rules()), &script);
    assert_eq!(room.leader(), Some(BidderNo(9)));
}

#[test]
fn a_leading_holder_is_not_matched_by_an_equal_who_came_later() {
    let script = [
        (raise(7, "09:11:00", "810"), "OK"),
        (matching(8, "09:12:00", 810), "PRIORITY_DENIED"),
        (matching(9, "09:13:00", 810), "PRIORITY_DENIED"),
    ];
    run(after_first(up_rules()), &script);
    let script = [(raise(9, "09:11:00", "810"), "OK"), (matching(8, "09:12:00", 810), "OK")];
    assert_eq!(run(after_first(up_rules()), &script).leader(), Some(BidderNo(8)));
}

#[test]
fn matching_again_after_a_raise_is_unlimited_unless_printed() {
    let script = [
        (matching(7, "09:11:00", 800), "OK"),
        (raise(1, "09:12:00", "810"), "OK"),
        (matching(7, "09:13:00", 810), "OK"),
        (raise(1, "09:14:00", "820"), "OK"),
    ];
    let room = run(after_first(up_rules()), &script);
    assert_eq!(room.priority_uses(BidderNo(7)), 2);
    run(room, &[(matching(7, "09:15:00", 820), "OK")]);
    let once = RoomRules { priority_limit: Some(1), ..up_rules() };
    let script = [
        (matching(7, "09:11:00", 800), "OK"),
        (raise(1, "09:12:00", "810"), "OK"),
        (matching(7, "09:13:00", 810), "PRIORITY_USED_UP"),
        (raise(7, "09:14:00", "820"), "OK"),
    ];
    run(after_first(once), &script);
}

#[test]
fn a_match_restarts_the_limited_phase() {
    let script = [(matching(7, "10:02:59.999", 800), "OK")];
    assert_eq!(run(after_first(up_rules()), &script).deadline(), Some(at("10:05:59.999")));
}

fn drawn_room() -> Room {
    let rules = RoomRules { priority_tie: TieRule::Draw, ..up_rules() };
    let script = [
        (matching(9, "09:10:30", 800), "OK"),
        (matching(7, "09:11:00", 800), "OK"),
        (matching(8, "09:12:00", 800), "OK"),
        (matching(7, "09:13:00", 800), "ALREADY_LEADING"),
        (raise(8, "09:14:00", "810"), "ALREADY_LEADING"),
        (matching(9, "09:15:00", 800), "PRIORITY_DENIED"),
    ];
    run(after_first(rules), &script)
}

#[test]
fn equal_ranks_share_the_price_until_the_draw() {
    let (closed, _) = settle(drawn_room(), at("10:03:00"));
    let pool = vec![BidderNo(7), BidderNo(8)];
    assert_eq!(draw_pool(&closed), pool);
    assert_eq!(closed.close(), Some(&Close::ToDraw { pool: pool.clone(), price: Fen::yuan(800) }));
    for wrong in [vec![], vec![BidderNo(7)], vec![BidderNo(7), BidderNo(7)], vec![BidderNo(7), BidderNo(9)]] {
        let (same, refused) = conclude_draw(closed.clone(), at("10:10:00"), wrong);
        assert_eq!((same, refused), (closed.clone(), Err(draw::DrawRefusal::OtherNames)));
    }
    let (done, event) = conclude_draw(closed.clone(), at("10:10:00"), vec![BidderNo(8), BidderNo(7)]);
    assert_eq!(done.close(), Some(&Close::Won { bidder: BidderNo(8), price: Fen::yuan(800) }));
    assert_eq!(apply(closed, &event.unwrap()), done);
    let (_, again) = conclude_draw(done, at("10:11:00"), vec![BidderNo(8), BidderNo(7)]);
    assert_eq!(again, Err(draw::DrawRefusal::NotDue));
}

#[test]
fn a_raise_ends_the_shared_price() {
    let room = run(drawn_room(), &[(raise(1, "09:20:00", "810"), "OK")]);
    let (closed, _) = settle(room, at("10:03:00"));
    assert_eq!(closed.close(), Some(&Close::Won { bidder: BidderNo(1), price: Fen::yuan(810) }));
    assert!(draw_pool(&closed).is_empty());
}

/// Not a real hash, only a mixing that differs by input; the engine takes any.
fn mix(input: &[u8]) -> draw::Digest {
    let mut out = [0u8; 32];
    let mut state = 0xcbf2_9ce4_8422_2325u64;
    for (i, byte) in input.iter().chain(&[0; 64]).enumerate() {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29);
        out[i % 32] ^= (state >> 56) as u8;
    }
    out
}

#[test]
fn draws_repeat_and_depend_on_every_input() {
    let names: Vec<u16> = (1..=40).collect();
    let seed = draw::seed(&[1; 32], &[2; 32], b"3", mix);
    let order = draw::draw_order(names.clone(), &seed, mix);
    let mut reversed = names.clone();
    reversed.reverse();
    assert_eq!(draw::draw_order(reversed, &seed, mix), order, "the order of entry does not matter");
    let mut sorted = order.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, names, "every name is drawn once");
    for other in [
        draw::seed(&[9; 32], &[2; 32], b"3", mix),
        draw::seed(&[1; 32], &[9; 32], b"3", mix),
        draw::seed(&[1; 32], &[2; 32], b"4", mix),
    ] {
        assert_ne!(draw::draw_order(names.clone(), &other, mix), order);
    }
}

#[test]
fn draws_favour_nobody() {
    let mut firsts = [0u32; 5];
    for round in 0..5_000u32 {
        let seed = mix(&round.to_be_bytes());
        firsts[draw::draw_order((0..5usize).collect(), &seed, mix)[0]] += 1;
    }
    assert!(firsts.iter().all(|count| (850..1_150).contains(count)), "{firsts:?}");
}
