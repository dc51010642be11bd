//! Rules of rulebook 3.2–3.5 that Appendix B does not walk through.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::fixtures::*;
use super::*;
use crate::base::Fen;

fn refusal(room: &Room, intent: &BidIntent) -> BidRefusal {
    let refusal = bid(room.clone(), intent).outcome.expect_err("refused");
    assert!(BidRefusal::heading(refusal.code()).is_some(), "the bid record has no words for {}", refusal.code());
    refusal
}

#[test]
fn checks_come_in_the_printed_order() {
    let room = run(room(up_rules()), &[(raise(1, "09:10:00", "800"), "OK")]);
    let mut intent = raise(1, "09:11:00", "8o1");
    intent.seen_seq = Some(0);
    intent.bidder = BidderStanding { qualified: false, deposit_confirmed: false, agreed: false, ..intent.bidder };
    let expect = |intent: &BidIntent, code: &str| assert_eq!(refusal(&room, intent).code(), code);
    expect(&intent, "NOT_QUALIFIED");
    intent.bidder.qualified = true;
    expect(&intent, "DEPOSIT_SHORT");
    intent.bidder.deposit_confirmed = true;
    expect(&intent, "NOT_AGREED");
    intent.bidder.agreed = true;
    expect(&intent, "BAD_NUMBER");
    intent.kind = BidKind::Raise { price: Ok(Fen::yuan(800)) };
    expect(&intent, "ALREADY_LEADING");
    intent.bidder = bidder(2);
    expect(&intent, "START_TAKEN");
    for (yuan, code) in [(805, "STEP_TOO_SMALL"), (1_015, "NOT_MULTIPLE"), (1_010, "STEP_TOO_BIG"), (820, "STALE")] {
        intent.kind = BidKind::Raise { price: Ok(Fen::yuan(yuan)) };
        expect(&intent, code);
    }
    intent.received = at("10:03:00");
    expect(&intent, "BID_CLOSED");
}

#[test]
fn bad_numbers() {
    let rules = RoomRules { decimals: 0, max_multiple: None, ..up_rules() };
    let room = run(room(rules), &[(raise(1, "09:10:00", "800"), "OK")]);
    for typed in ["", "0", "-820", "820.5", "820.005", "1e3", "1000000000000", "八百二"] {
        assert_eq!(refusal(&room, &raise(2, "09:11:00", typed)).code(), "BAD_NUMBER", "{typed}");
    }
    run(room, &[(raise(2, "09:11:00", "８２０元"), "OK")]);
}

#[test]
fn stale_only_when_the_page_showed_another_sequence() {
    let room = run(room(up_rules()), &[(raise(1, "09:10:00", "800"), "OK")]);
    let seen = |seq| BidIntent { seen_seq: seq, ..raise(2, "09:11:00", "810") };
    assert_eq!(refusal(&room, &seen(Some(0))), BidRefusal::Stale { seq: 1, best: Some(Fen::yuan(800)) });
    assert!(bid(room.clone(), &seen(Some(1))).outcome.is_ok());
    assert!(bid(room.clone(), &seen(None)).outcome.is_ok());
    assert_eq!(refusal(&room, &matching(7, "09:11:00", 790)).code(), "STALE");
}

#[test]
fn large_raises_need_a_second_confirmation() {
    let rules = RoomRules { confirm_above_multiple: Some(5), ..up_rules() };
    let room = run(room(rules), &[(raise(1, "09:10:00", "800"), "OK"), (raise(2, "09:11:00", "850"), "OK")]);
    let big = raise(1, "09:12:00", "910");
    assert_eq!(refusal(&room, &big), BidRefusal::NeedsSecondConfirmation { multiple: 6, price: Fen::yuan(910) });
    assert!(bid(room, &BidIntent { confirmed_big: true, ..big }).outcome.is_ok());
    let free = RoomRules { confirm_above_multiple: Some(5), must_multiple: false, ..up_rules() };
    let room = run(super::fixtures::room(free), &[(raise(1, "09:10:00", "800"), "OK")]);
    assert!(bid(room.clone(), &raise(2, "09:11:00", "850")).outcome.is_ok());
    assert_eq!(refusal(&room, &raise(2, "09:11:00", "850.01")).code(), "NEEDS_SECOND_CONFIRMATION");
}

#[test]
fn without_multiples_any_amount_of_at_least_one_step_is_good() {
    let rules = RoomRules { must_multiple: false, max_step_abs: Some(Fen::yuan(50)), ..up_rules() };
    let script = [
        (raise(1, "09:10:00", "803.15"), "OK"),
        (raise(2, "09:11:00", "813.14"), "STEP_TOO_SMALL"),
        (raise(2, "09:11:10", "853.16"), "STEP_TOO_BIG"),
        (raise(2, "09:11:20", "853.15"), "OK"),
    ];
    run(room(rules), &script);
}

#[test]
fn the_largest_raise_lies_on_the_ladder() {
    let rules = RoomRules { max_step_abs: Some(Fen::yuan(25)), ..up_rules() };
    let room = run(room(rules), &[(raise(1, "09:10:00", "800"), "OK")]);
    let offered = next_amounts(&room);
    assert_eq!((offered.maximum, offered.choices), (Some(Fen::yuan(820)), vec![Fen::yuan(810), Fen::yuan(820)]));
    let too_big = BidRefusal::StepTooBig { direction: Direction::Up, maximum: Fen::yuan(820) };
    assert_eq!(refusal(&room, &raise(2, "09:11:00", "830")), too_big);
}

#[test]
fn t05_stamps_that_arrive_out_of_order_move_no_deadline_back() {
    let room = run(room(up_rules()), &[(raise(1, "10:01:00", "800"), "OK"), (raise(2, "10:00:59.900", "810"), "OK")]);
    assert_eq!(room.deadline(), Some(at("10:04:00")));
    let decision = bid(room, &raise(1, "09:59:59.950", "820"));
    let accepted = decision.outcome.unwrap();
    assert_eq!((accepted.phase, accepted.seq), (TradingPhase::Limited, 3));
    assert_eq!((accepted.received, accepted.deadline), (at("09:59:59.950"), at("10:04:00")));
}

#[test]
fn t05_nothing_stands_after_the_close_whatever_its_stamp() {
    let (closed, _) = settle(run(room(up_rules()), &[(raise(1, "09:10:00", "800"), "OK")]), at("10:03:00"));
    run(closed, &[(raise(2, "10:02:59.999", "810"), "BID_CLOSED"), (raise(2, "09:30:00", "810"), "BID_CLOSED")]);
}

#[test]
fn percent_steps_round_up_to_the_decimals() {
    let step = StepRule::Percent { bp: 150 };
    assert_eq!(step.at(Fen::yuan(801), 0), Fen::yuan(13));
    assert_eq!(step.at(Fen::yuan(801), 1), Fen(1_210));
    assert_eq!(step.at(Fen::yuan(801), 2), Fen(1_202));
    assert_eq!(StepRule::Percent { bp: 1 }.at(Fen(1), 2), Fen(1));
    let rules = RoomRules { step: StepRule::Percent { bp: 100 }, decimals: 0, ..up_rules() };
    let script = [
        (raise(1, "09:10:00", "800"), "OK"),
        (raise(2, "09:11:00", "807"), "STEP_TOO_SMALL"),
        (raise(2, "09:11:10", "808"), "OK"),
        (raise(1, "09:12:00", "816"), "STEP_TOO_SMALL"),
        (raise(1, "09:12:10", "818"), "NOT_MULTIPLE"),
        (raise(1, "09:12:20", "817"), "OK"),
    ];
    run(room(rules), &script);
}

#[test]
fn tiered_steps_follow_the_current_best() {
    let tier = |from, step| Tier { from: Fen::yuan(from), step: Fen::yuan(step) };
    let step = StepRule::Tiered(vec![tier(0, 10), tier(1_000, 50), tier(5_000, 100)]);
    for (price, expected) in [(0, 10), (999, 10), (1_000, 50), (4_999, 50), (5_000, 100), (9_000_000, 100)] {
        assert_eq!(step.at(Fen::yuan(price), 2), Fen::yuan(expected), "{price}");
    }
    let rules = RoomRules { step, ..up_rules() };
    let script = [
        (raise(1, "09:10:00", "990"), "OK"),
        (raise(2, "09:11:00", "1000"), "OK"),
        (raise(1, "09:12:00", "1010"), "STEP_TOO_SMALL"),
        (raise(1, "09:12:10", "1050"), "OK"),
    ];
    run(room(rules), &script);
}

#[test]
fn reset_enters_the_limited_phase_without_a_bid_when_printed() {
    let (entered, _) = settle(room(up_rules()), at("10:00:00"));
    assert_eq!(*entered.phase(), Phase::Limited { deadline: at("10:03:00") });
    let (closed, events) = settle(entered.clone(), at("10:03:00"));
    assert_eq!(closed.close(), Some(&Close::FailedNoBid));
    assert_eq!(events.len(), 1);
    run(entered, &[(raise(1, "10:02:59.999", "800"), "OK")]);
    let strict = RoomRules { enter_limited_without_bid: false, ..up_rules() };
    let (closed, _) = settle(room(strict), at("10:00:00"));
    assert_eq!(*closed.phase(), Phase::Closed { at: at("10:00:00"), close: Close::FailedNoBid });
}

#[test]
fn late_settling_gives_the_same_record() {
    let bids = [(raise(1, "09:10:00", "800"), "OK")];
    let (in_time, first) = settle(run(room(up_rules()), &bids), at("10:00:00"));
    let (in_time, second) = settle(in_time, at("10:03:00"));
    let (late, all) = settle(run(room(up_rules()), &bids), at("23:00:00"));
    assert_eq!((late, all), (in_time, [first, second].concat()));
    assert_eq!(due(&room(up_rules())), Some(at("09:00:00")));
}

#[test]
fn soft_close_extends_only_in_the_window() {
    let mode = LimitedMode::SoftClose { window_ms: 300_000, extend_ms: 60_000 };
    let room = room(RoomRules { mode, ..up_rules() });
    let room = run(room, &[(raise(1, "09:54:59.999", "800"), "OK")]);
    assert_eq!(room.deadline(), Some(at("10:00:00")));
    let room = run(room, &[(raise(2, "09:55:00", "810"), "OK"), (raise(1, "09:59:00", "820"), "OK")]);
    assert_eq!(room.deadline(), Some(at("10:02:00")));
    let room = run(room, &[(raise(2, "10:02:00", "830"), "BID_CLOSED")]);
    assert_eq!(room.close(), Some(&Close::Won { bidder: BidderNo(1), price: Fen::yuan(820) }));
}

#[test]
fn none_closes_at_the_end_of_the_free_phase() {
    let room = room(RoomRules { mode: LimitedMode::None, ..up_rules() });
    let room = run(room, &[(raise(1, "09:59:59.999", "800"), "OK"), (raise(2, "10:00:00", "810"), "BID_CLOSED")]);
    assert_eq!(room.close(), Some(&Close::Won { bidder: BidderNo(1), price: Fen::yuan(800) }));
}

#[test]
fn reserve_decides_at_the_close() {
    let rules = RoomRules { reserve: Some(Fen::yuan(820)), ..up_rules() };
    let bids = [(raise(1, "09:10:00", "810"), "OK")];
    let (failed, _) = settle(run(room(rules.clone()), &bids), at("11:00:00"));
    assert_eq!(failed.close(), Some(&Close::FailedReserve));
    let (won, _) = settle(run(room(rules), &[(raise(1, "09:10:00", "820"), "OK")]), at("11:00:00"));
    assert_eq!(won.close(), Some(&Close::Won { bidder: BidderNo(1), price: Fen::yuan(820) }));
}

#[test]
fn prior_bid_is_asked_for_raises_in_the_limited_phase() {
    let room = room(RoomRules { require_prior_bid: true, ..up_rules() });
    let script = [
        (raise(1, "09:10:00", "800"), "OK"),
        (raise(2, "09:20:00", "810"), "OK"),
        (raise(3, "10:00:01", "820"), "PRIOR_BID_REQUIRED"),
        (raise(1, "10:00:02", "820"), "OK"),
        (matching(7, "10:00:03", 820), "OK"),
    ];
    run(room, &script);
}

#[test]
fn self_raise_only_when_printed() {
    let room = room(RoomRules { allow_self_raise: true, ..up_rules() });
    run(room, &[(raise(1, "09:10:00", "800"), "OK"), (raise(1, "09:11:00", "810"), "OK")]);
}

#[test]
fn suggestions_follow_the_ladder() {
    let room = room(up_rules());
    let first = next_amounts(&room);
    assert_eq!(first.minimum, Some(Fen::yuan(800)));
    assert_eq!(first.choices, [800, 810, 820, 830, 840, 850].map(Fen::yuan));
    assert_eq!(first.maximum, Some(Fen::yuan(1_000)));
    let later = next_amounts(&run(room, &[(raise(1, "09:10:00", "800"), "OK")]));
    assert_eq!(later.choices, [810, 820, 830, 840, 850].map(Fen::yuan));
    let rules = RoomRules { start: Fen::yuan(3_000), max_multiple: Some(2), ..down_rules() };
    let rules = RoomRules { cost_alarm: None, ..rules };
    let down = run(super::fixtures::room(rules), &[(raise(1, "09:10:00", "2000"), "OK")]);
    let offered = next_amounts(&down);
    assert_eq!((offered.minimum, offered.choices), (Some(Fen::yuan(1_000)), vec![Fen::yuan(1_000)]));
    assert_eq!(offered.maximum, None);
    let bottom = run(down, &[(raise(2, "09:11:00", "1000"), "OK")]);
    assert_eq!(next_amounts(&bottom).minimum, None);
    let refused = refusal(&bottom, &raise(1, "09:12:00", "500"));
    assert!(refused.zh().contains("没有可以继续报出的价格"), "{}", refused.zh());
}

#[test]
fn contradictory_rules_open_no_room() {
    let tier = |from, step| Tier { from: Fen(from), step: Fen(step) };
    let bad = |rules: RoomRules| Room::new(rules, Floors::TRADING).expect_err("refused");
    for (rules, fault) in [
        (RoomRules { start: Fen::ZERO, ..up_rules() }, RulesFault::Start),
        (RoomRules { decimals: 3, ..up_rules() }, RulesFault::Decimals),
        (RoomRules { decimals: 0, start: Fen(80_050), ..up_rules() }, RulesFault::Decimals),
        (RoomRules { step: StepRule::Fixed(Fen::ZERO), ..up_rules() }, RulesFault::Step),
        (RoomRules { step: StepRule::Percent { bp: 0 }, ..up_rules() }, RulesFault::Step),
        (RoomRules { step: StepRule::Tiered(vec![]), ..up_rules() }, RulesFault::Step),
        (RoomRules { step: StepRule::Tiered(vec![tier(1, 5)]), ..up_rules() }, RulesFault::Step),
        (RoomRules { step: StepRule::Tiered(vec![tier(0, 5), tier(0, 6)]), ..up_rules() }, RulesFault::Step),
        (RoomRules { max_step_abs: Some(Fen(999)), ..up_rules() }, RulesFault::LargestRaise),
        (RoomRules { max_multiple: Some(0), ..up_rules() }, RulesFault::LargestRaise),
        (RoomRules { free_ends: at("09:09:59"), ..up_rules() }, RulesFault::FreePeriod),
        (RoomRules { limited_ms: 59_999, ..up_rules() }, RulesFault::LimitedPeriod),
        (RoomRules { reserve: Some(Fen::yuan(799)), ..up_rules() }, RulesFault::Reserve),
        (RoomRules { cost_alarm: Some(Fen::yuan(1)), ..up_rules() }, RulesFault::CostAlarm),
        (RoomRules { resume_preparation_ms: -1, ..up_rules() }, RulesFault::Preparation),
    ] {
        assert_eq!(bad(rules), [fault], "{fault:?}");
    }
    let short = RoomRules { free_ends: at("09:03:00"), limited_ms: 60_000, ..up_rules() };
    assert_eq!(bad(short.clone()), [RulesFault::FreePeriod]);
    assert!(Room::new(short, Floors::DEMO).is_ok());
}

#[test]
fn state_and_events_survive_storage() {
    let script = [(raise(1, "09:10:00", "800"), "OK"), (matching(7, "09:11:00", 800), "OK")];
    let room = run(room(up_rules()), &script);
    let json = serde_json::to_string(&room).unwrap();
    assert_eq!(serde_json::from_str::<Room>(&json).unwrap(), room);
    let decision = bid(room, &raise(1, "10:00:00", "810"));
    for event in decision.events() {
        let json = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<RoomEvent>(&json).unwrap(), event, "{json}");
    }
}

#[test]
fn refusals_speak_whole_chinese_sentences() {
    let room = run(room(up_rules()), &[(raise(1, "09:10:00", "800"), "OK")]);
    let zh = |price: &str| refusal(&room, &raise(2, "09:11:00", price)).zh();
    assert_eq!(
        zh("805"),
        "当前最优报价为 800 元，每次加价不得小于一个幅度 10 元。请报 810 元或更高的价格。（竞价规则 3.5 第 9 项）"
    );
    assert_eq!(
        zh("815"),
        "加价额应为幅度 10 元的整数倍（从 800 元起算）。可以报 810 元或 820 元。（竞价规则 3.5 第 10 项）"
    );
    assert_eq!(zh("1010"), "本次报价超过单次加价上限，最高可报 1,000 元。请重新填写报价。（竞价规则 3.5 第 11 项）");
    for typed in ["", "abc", "1.234", "9999999999999"] {
        let text = zh(typed);
        assert!(!text.contains([',', '(', ')', ';', ':']) || text.contains("999,999"), "{text}");
    }
}
