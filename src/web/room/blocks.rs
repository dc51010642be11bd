//! The parts of the room's page. What every watcher gets is made without looking at the reader.

use super::Hall;
use crate::domain::auction::{self, BidderNo, Close, Direction, Phase};
use crate::domain::base::{Fen, Instant};
use crate::web::ui::{
    BidForm, Block, Button, Entry, Facts, Field, Form, History, Ladder, Live, Panel, Rich, Room, Rung, Section, Span,
    Tag, Tone, Weight,
};

/// The stream's address; it tells what this page shows already, so that nothing is put in its place
/// under the reader's finger before there is news.
fn stream(hall: &Hall) -> String {
    format!("{}?seen={}", hall.path("/events"), hall.view.pulse)
}

/// The live boxes that every watcher shares: head with price and clock, and the ladder.
pub(super) fn public(hall: &Hall, now: Instant) -> [Block; 2] {
    let (events, poll) = (stream(hall), hall.path("/room/fragment"));
    // On a telephone the price, the reader's own place and the form come first; capitals and record below.
    let head = Live::new("room-head", &events, &poll, now).with(head(hall, now));
    let ladder =
        Live::new("room-ladder", &events, &poll, now).with(money(hall)).with(ladder(hall)).with(incidents(hall));
    [head.into(), ladder.into()]
}

fn phase_word(hall: &Hall) -> &'static str {
    match hall.room.phase() {
        Phase::Waiting { .. } => "等待开始",
        Phase::Free { .. } => "自由竞价",
        Phase::Limited { .. } => "限时竞价",
        Phase::Paused { .. } => "竞价暂停",
        Phase::Preparing { .. } => "即将恢复",
        Phase::Closed { .. } => "竞价结束",
    }
}

fn head(hall: &Hall, now: Instant) -> Room {
    let room = &hall.room;
    let rules = room.rules();
    let best_word = match rules.direction {
        Direction::Up => "当前最高价",
        Direction::Down => "当前最低价",
    };
    let label = if room.close().is_some() { "最终价格" } else { best_word };
    let mut head = Room::new(format!("标的 {}", hall.lot_no), phase_word(hall));
    head = match room.best_price() {
        Some(best) => head.price(label, best, hall.unit()),
        None => head.price(rules.direction.start_word(), rules.start, hall.unit()),
    };
    if let Some(leader) = room.leader() {
        head = head.holder(format!("竞买号 {leader}"));
    }
    head = match room.phase() {
        Phase::Waiting { opens, .. } => head.clock("竞价开始", *opens, now, "即将开始"),
        Phase::Free { deadline } => head.clock("自由竞价结束", *deadline, now, "即将进入限时竞价"),
        Phase::Limited { deadline } => head.limited().clock("本轮结束", *deadline, now, "正在确认结果"),
        Phase::Preparing { until, .. } => head.clock("竞价继续", *until, now, "即将继续"),
        Phase::Paused { .. } | Phase::Closed { .. } => head,
    };
    let next = auction::next_amounts(room);
    head.stat(rules.direction.start_word(), format!("{} 元", rules.start.short()))
        .stat("竞价幅度", format!("{} 元", next.step.short()))
        .stat("有效报价", format!("{} 次", room.seq()))
}

/// Price and total once more in capitals, and how it ended.
fn money(hall: &Hall) -> Block {
    let room = &hall.room;
    let price = room.best_price().unwrap_or(room.rules().start);
    let mut facts = Facts::new().row(
        if room.best_price().is_some() { "当前价格" } else { room.rules().direction.start_word() },
        Rich::new().money(price, hall.unit()).br().small(price.capitals()),
    );
    if let Some(total) = hall.total(price) {
        facts = facts.row("按此价格的合同总价", Rich::new().money(total, "元").br().small(total.capitals()));
    }
    match room.phase() {
        Phase::Closed { at, close } => {
            facts.strong("结果", Rich::new().text(format!("{}　{}", at.zh_secs(), close_words(close))))
        }
        Phase::Paused { since, ground, .. } => facts.strong(
            "暂停",
            format!("{}起暂停，原因：{}。恢复时间另行公告，页面会自动更新。", since.zh_secs(), ground.zh()),
        ),
        Phase::Waiting { .. } | Phase::Free { .. } | Phase::Limited { .. } | Phase::Preparing { .. } => facts,
    }
    .into()
}

fn close_words(close: &Close) -> String {
    match close {
        Close::Won { bidder, price } => {
            format!("竞买号 {bidder} 以 {} 元（每计价单位）胜出，结果进入公示。", price.short())
        }
        Close::ToDraw { .. } => "同价优先权人抽签决定。".to_owned(),
        Close::FailedNoBid => "没有有效报价，未成交，保证金全额退还。".to_owned(),
        Close::FailedReserve => "报价未达到保留价，未成交，保证金全额退还。".to_owned(),
    }
}

fn ladder(hall: &Hall) -> Ladder {
    let own = |_: &str| false;
    rungs(hall, own)
}

fn rungs(hall: &Hall, mine: impl Fn(&str) -> bool) -> Ladder {
    let rungs = hall.view.bids.iter().rev().take(100).map(|bid| {
        let mut rung = Rung::new(bid.bidder_no.clone(), Fen(bid.amount_fen), bid.received_at);
        if bid.kind == "match" {
            rung = rung.note(Tag::new("同价优先", Tone::Ochre));
        }
        if mine(&bid.bidder_no) { rung.mine() } else { rung }
    });
    Ladder::new(hall.unit(), hall.room.rules().start, rungs)
}

fn incidents(hall: &Hall) -> Block {
    if hall.view.incidents.is_empty() {
        return Rich::new().small("本场竞价没有发生暂停。").into();
    }
    let entries = hall.view.incidents.iter().map(|(at, text)| Entry::new(*at, text.clone(), "交易中心"));
    Section::new("暂停与恢复记录").with(History::new(entries)).into()
}

/// The reader's own place: number, standing, ready prices. Sent on the reader's own stream only.
pub(super) fn seat(hall: &Hall, csrf: &str, now: Instant) -> Option<Block> {
    let bidder = hall.seat.as_ref()?;
    let (events, poll) = (stream(hall), hall.path("/room/fragment"));
    let leads = hall.room.best().is_some_and(|b| b.held_by(bidder.no));
    let panel = match own_price(hall, bidder.no) {
        Some(price) if leads => Panel::success(format!("竞买号 {}：领先", bidder.no)).say(format!(
            "您的报价 {} {} 目前领先。",
            price.short(),
            hall.unit()
        )),
        Some(price) => Panel::attention(format!("竞买号 {}：未领先", bidder.no)).say(format!(
            "您最近的报价 {} {} 已被超过。",
            price.short(),
            hall.unit()
        )),
        None => Panel::info(format!("竞买号 {}：尚未报价", bidder.no)).say("您的竞买号只有您自己知道，请勿告诉他人。"),
    };
    let mut live = Live::new("room-seat", events, poll, now).with(panel);
    if hall.room.is_trading() && !leads {
        live = live.with(Block::from(quick(hall, bidder.priority_rank.is_some(), csrf)));
    }
    Some(live.into())
}

fn own_price(hall: &Hall, no: BidderNo) -> Option<Fen> {
    let no = no.to_string();
    hall.view.bids.iter().rev().find(|b| b.bidder_no == no).map(|b| Fen(b.amount_fen))
}

/// Ready prices as buttons that lead to the confirm page.
fn quick(hall: &Hall, priority: bool, csrf: &str) -> Rich {
    let button = |label: String, kind: &str, price: Fen, weight| {
        Button::post(label, hall.path("/bids"), csrf).with("kind", kind).with("amount", price.decimal()).weight(weight)
    };
    let mut line = Rich::new().text("可报价格：");
    if let (true, Some(best)) = (priority, hall.room.best_price()) {
        let label = format!("同价优先 {} 元", best.short());
        line = line.push(Span::Button(button(label, "match", best, Weight::Primary)));
    }
    for price in auction::next_amounts(&hall.room).choices {
        line = line.push(Span::Button(button(format!("{} 元", price.short()), "raise", price, Weight::Secondary)));
    }
    line
}

/// The form for a price of one's own. It stands outside the live boxes and keeps what is typed.
pub(super) fn bid_form(hall: &Hall, csrf: &str, typed: &str, wrong: Option<&str>) -> BidForm {
    let next = auction::next_amounts(&hall.room);
    let least = next.minimum.map(|m| m.short()).unwrap_or_default();
    let hint = match hall.room.rules().direction {
        Direction::Up => format!("现在最低可报 {least} 元。下一步会让您再确认一次。"),
        Direction::Down => format!("现在最高可报 {least} 元。下一步会让您再确认一次。"),
    };
    let form = Form::post(hall.path("/bids"), csrf)
        .title("出价")
        .field(Field::money("amount", "您的报价").unit(hall.unit()).value(typed).hint(hint))
        .field(Field::hidden("kind", "raise"))
        .submit("去确认");
    BidForm::new(match wrong {
        Some(message) => form.error("amount", message),
        None => form,
    })
    .page(hall.path("/room/offer"))
    .rule(format!("竞价幅度为 {} 元，报价以服务器收到的时间为准，确认后不能撤回。", next.step.short()))
}
