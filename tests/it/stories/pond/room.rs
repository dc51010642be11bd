//! The bidding room without scripts: pages, the confirm page, receipts.

use nongquan::domain::auction::Phase;
use nongquan::domain::base::Instant;
use nongquan::store::rooms;

use super::{Pond, Winner};
use crate::support::{Answer, Client};

/// The bidding post schedules the session for the next working day.
pub fn schedule(pond: &mut Pond) {
    let page = pond.at("session");
    let bidding = pond.browser("bidding");
    pond.is_offered("bidding", "session");
    let _ = bidding.submit(&page, &page, &[("starts", "2026-03-19T09:30")]).refused(422, "竞价通知须提前");
    let _ = bidding.submit(&page, &page, &[("free_minutes", "5")]).refused(422, "自由竞价时间不得少于10分钟");
    let _ = bidding.does(&page, &page, &[]).says("竞价场次已安排");
    for who in super::bidders::BIDDERS {
        let told = pond.phones.messages(&pond.world, &pond.person(who).phone);
        let notice = told.iter().find(|m| m.contains("开始竞价")).unwrap_or_else(|| panic!("{who}: {told:?}"));
        assert!(notice.contains("自由竞价60分钟") && notice.contains("限时竞价每轮180秒"), "{notice}");
    }
}

/// The session's first instant.
pub fn open(pond: &mut Pond) {
    let starts = pond.lot().session.expect("a session").starts;
    pond.wait_until(starts.plus_ms(-1));
    let _ = bid(pond, "member", "600").refused(409, "开始");
    pond.wait_until(starts);
    for who in super::bidders::BIDDERS {
        pond.browser(who).finds(&["/desk"], &pond.public("/room"));
    }
    let _ = Client::new(&pond.world).opened(&pond.public("/room")).says("自由竞价").says("您正在观看");
}

/// Types a price into the room's form, and gives the confirm page or the refusal.
pub fn offer(pond: &Pond, who: &str, yuan: &str) -> Answer {
    let (room, bids) = (pond.public("/room"), pond.public("/bids"));
    pond.browser(who).submit(&room, &bids, &[("amount", yuan)])
}

/// The whole bid: typed, confirmed.
pub fn bid(pond: &Pond, who: &str, yuan: &str) -> Answer {
    let confirm = offer(pond, who, yuan);
    if confirm.status == 200 { confirmed(pond, who, &confirm, &[]) } else { confirm }
}

/// Presses the confirm page's button.
pub fn confirmed(pond: &Pond, who: &str, page: &Answer, typed: &[(&str, &str)]) -> Answer {
    pond.browser(who).send(&page.fill(&pond.public("/bids"), typed, &[]))
}

/// A bid that must stand; gives the receipt's page.
pub fn stands(pond: &Pond, who: &str, yuan: &str) -> Answer {
    receipt(pond, who, bid(pond, who, yuan))
}

fn receipt(pond: &Pond, who: &str, answer: Answer) -> Answer {
    let page = pond.browser(who).opened(answer.leads()).says("报价已被接受").says("报价回单");
    let file = page.links(&pond.public("/receipts/"));
    let receipt = pond.browser(who).opened(&file[0]);
    let parsed: serde_json::Value = serde_json::from_slice(&receipt.bytes).expect("a signed receipt");
    assert!(parsed.is_object(), "{parsed}");
    page
}

/// Matches the best price by priority right.
pub fn matches(pond: &Pond, who: &str, yuan: &str) -> Answer {
    let room = pond.browser(who).opened(&pond.public("/room"));
    let amount = format!("{yuan}.00");
    let pressed = room.fill(&pond.public("/bids"), &[("kind", "match"), ("amount", amount.as_str())], &[]);
    let confirm = pond.browser(who).send(&pressed).says("同价优先");
    receipt(pond, who, confirmed(pond, who, &confirm, &[]))
}

/// The room's next deadline.
pub fn deadline(pond: &Pond) -> Instant {
    let id = pond.lot().session.expect("a session").room;
    let room = pond.world.app.store.read(|db| rooms::find(db, id)).expect("the room can be read").expect("a room");
    match room.room.phase() {
        Phase::Free { deadline } | Phase::Limited { deadline } => *deadline,
        other => panic!("no deadline in {other:?}"),
    }
}

/// Two bidders by turns six times, the member in between; refusals of every kind, the limited phase with an extension, one match.
pub fn bid_to_the_end(pond: &mut Pond, winner: Winner) {
    free_phase(pond);
    limited_phase(pond, winner);
    close(pond);
}

fn free_phase(pond: &Pond) {
    pond.wait_secs(60);
    let _ = bid(pond, "outsider", "590").refused(422, "首次报价不得低于起始价 600 元");
    let _ = bid(pond, "outsider", "六百").refused(422, "报价");
    let _ = stands(pond, "outsider", "600");
    pond.wait_secs(30);
    let _ = bid(pond, "outsider", "620").refused(422, "您目前已持有最优报价");
    let _ = bid(pond, "company", "600").refused(422, "起始价");
    let _ = bid(pond, "company", "605").refused(422, "最低可报 610 元");
    let _ = bid(pond, "company", "615").refused(422, "整数倍");
    let _ = bid(pond, "company", "810").refused(422, "超过单次加价上限");
    let _ = stands(pond, "company", "620");
    pond.wait_secs(30);
    let _ = stands(pond, "outsider", "640");
    pond.wait_secs(30);
    // An unusually large step is confirmed a second time.
    let confirm = offer(pond, "member", "700");
    let _ = confirm.clone().says("我已核对大写金额（柒佰元整）");
    let _ = confirmed(pond, "member", &confirm, &[]).refused(422, "我已核对大写金额");
    let _ = receipt(pond, "member", confirmed(pond, "member", &confirm, &[("big", "yes")]));
    pond.wait_secs(30);
    // The price moved while the confirm page was open.
    let slow = offer(pond, "outsider", "720");
    let _ = stands(pond, "company", "710");
    let _ = confirmed(pond, "outsider", &slow, &[]).refused(409, "710");
    let _ = stands(pond, "outsider", "720");
}

fn limited_phase(pond: &Pond, winner: Winner) {
    pond.wait_until(deadline(pond));
    let _ = Client::new(&pond.world).opened(&pond.public("/room")).says("限时竞价");
    pond.wait_secs(100);
    let before = deadline(pond);
    let _ = stands(pond, "company", "730");
    assert_eq!(deadline(pond), pond.now().plus_secs(180), "a bid restarts the period");
    assert!(deadline(pond) > before);
    pond.wait_secs(170);
    // The member takes the price by his right; others must go on.
    let _ = matches(pond, "member", "730");
    match winner {
        Winner::Member => {}
        Winner::Outsider => {
            pond.wait_secs(20);
            let _ = stands(pond, "outsider", "740");
        }
    }
}

/// The last period runs out: the result is posted.
pub fn close(pond: &Pond) {
    let ends = deadline(pond);
    pond.wait_until(ends);
    let late = bid(pond, "company", "760");
    assert_eq!(late.status, 409, "{}", late.text());
    pond.wait_until(ends.plus_secs(3));
    let public = Client::new(&pond.world).opened(&pond.public(""));
    let _ = public.says("成交结果").says("对结果提出异议");
}

/// The running period ends without another bid, and the close is recorded.
pub fn close_alone(pond: &Pond) {
    let ends = deadline(pond);
    pond.wait_until(ends.plus_secs(3));
}
