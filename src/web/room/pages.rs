//! The room's page, the form alone, and the record of bids.

use actix_web::{HttpResponse, web};

use super::{Hall, blocks};
use crate::domain::auction::Phase;
use crate::domain::base::Fen;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::shell;
use crate::web::ui::{Block, Cell, Columns, Heading, Link, Page, Panel, Rich, Row, Table};

/// Seconds after which the page loads itself again where scripts do not run.
const REFRESH_SECS: u32 = 5;

/// `GET /lots/{lot_no}/room`
pub(super) async fn room(cx: Cx, lot_no: web::Path<String>) -> WebResult<HttpResponse> {
    let hall = Hall::load(&cx, &lot_no).await?;
    let now = cx.now();
    let mut chrome =
        shell::chrome(&cx, "竞价大厅").crumb("项目公告", "/lots").crumb(hall.lot_no.clone(), hall.path(""));
    if hall.room.close().is_none() {
        chrome = chrome.refresh(REFRESH_SECS);
    }
    let [head, ladder] = blocks::public(&hall, now);
    let mut columns = Columns::new().main(head);
    if let Some(seat) = blocks::seat(&hall, &cx.csrf(), now) {
        columns = columns.main(seat);
        if may_offer(&hall) {
            columns = columns.main(blocks::bid_form(&hall, &cx.csrf(), "", None));
        }
    } else if hall.room.close().is_none() {
        columns = columns.main(watching(&cx, &hall));
    }
    let columns = columns
        .aside(ladder)
        .aside(Panel::info("没有实时更新也能竞价").say("页面每 5 秒自动刷新一次，报价以服务器收到的时间为准。"));
    let page = Page::new(chrome).with(Heading::new(hall.title())).with(columns).with(Block::from(
        Rich::new().link("全部报价记录", hall.path("/bids")).text("　").link("项目公告", hall.path("")),
    ));
    cx.ok(&page)
}

fn may_offer(hall: &Hall) -> bool {
    hall.room.close().is_none() && !matches!(hall.room.phase(), Phase::Paused { .. })
}

fn watching(cx: &Cx, hall: &Hall) -> Panel {
    let panel = Panel::info("您正在观看")
        .say("只有资格确认、保证金到账并同意竞价须知的竞买人可以报价。价格、竞买号和时间对所有人公开，身份不公开。");
    match cx.actor() {
        Some(_) => panel,
        None => panel.next(Link::new("竞买人登录", format!("/login?back={}", hall.path("/room")))),
    }
}

/// `GET /lots/{lot_no}/room/offer`: the form alone, for browsers without scripts.
pub(super) async fn offer(cx: Cx, lot_no: web::Path<String>) -> WebResult<HttpResponse> {
    cx.need_actor()?;
    let hall = Hall::load(&cx, &lot_no).await?;
    cx.ok(&offer_page(&cx, &hall, "", Said::Nothing))
}

/// What the page of the form tells.
#[derive(Clone, Copy)]
pub(super) enum Said<'a> {
    /// Nothing yet.
    Nothing,
    /// What is wrong with the amount, beside its field.
    Amount(&'a str),
    /// Why no amount would have been accepted.
    Room(&'a str),
}

/// The form with what was typed and why it was refused.
pub(super) fn offer_page(cx: &Cx, hall: &Hall, typed: &str, said: Said<'_>) -> Page {
    let mut page = cx.page("出价").narrow().with(Heading::new("出价").kicker(hall.lot_no.clone()).lead(hall.title()));
    let open = hall.seat.is_some() && may_offer(hall);
    let beside = match said {
        Said::Amount(message) if open => Some(message),
        Said::Nothing => None,
        // Without a form the message stands alone.
        Said::Amount(text) | Said::Room(text) => {
            page = page.with(Panel::error("报价没有被接受").say(text));
            None
        }
    };
    let price = hall.room.best_price().unwrap_or(hall.room.rules().start);
    page = page.say(Rich::new().text("当前价格：").money(price, hall.unit()));
    page = match (&hall.seat, may_offer(hall)) {
        (Some(_), true) => page.with(blocks::bid_form(hall, &cx.csrf(), typed, beside)),
        (Some(_), false) => page.with(Panel::info("现在不能报价").say("竞价已暂停或已结束，请返回竞价大厅查看。")),
        (None, _) => page.with(
            Panel::attention("您不是本标的的竞买人").say("资格确认并取得竞买号后才能报价。请在“我的报名”中查看进度。"),
        ),
    };
    page.with(Block::from(Rich::new().link("返回竞价大厅", hall.path("/room"))))
}

/// `GET /lots/{lot_no}/bids`: every accepted bid, for everybody.
pub(super) async fn record(cx: Cx, lot_no: web::Path<String>) -> WebResult<HttpResponse> {
    let hall = Hall::load(&cx, &lot_no).await?;
    let own = hall.seat.as_ref().map(|s| s.no.to_string());
    let rows = hall.view.bids.iter().map(|bid| {
        let mine = own.as_ref() == Some(&bid.bidder_no);
        let number = if mine {
            Rich::new().link(format!("{}（回单）", bid.seq), hall.path(&format!("/bids/{}", bid.seq)))
        } else {
            Rich::new().text(bid.seq.to_string())
        };
        let row = Row::new()
            .cell(number)
            .cell(bid.bidder_no.clone())
            .cell(Cell::money(Fen(bid.amount_fen), hall.unit()))
            .cell(format!("{} {}", bid.received_at.day().iso(), bid.received_at.clock_ms()))
            .cell(if bid.phase == "free" { "自由竞价" } else { "限时竞价" })
            .cell(if bid.kind == "match" { "同价优先" } else { "报价" })
            .cell(Rich::new().code(bid.journal_index.to_string()));
        if mine { row.mine() } else { row }
    });
    let table = Table::new("全部有效报价")
        .note("按服务器收到的时间排列，精确到毫秒。竞买人以竞买号表示，身份不公开。")
        .columns(["序号", "竞买号", "报价", "收到时间", "阶段", "方式", "日志序号"])
        .rows(rows)
        .empty("还没有有效报价。");
    let page =
        cx.page("报价记录").with(Heading::new(hall.title()).kicker(hall.lot_no.clone())).with(table).with(Block::from(
            Rich::new().link("竞价大厅", hall.path("/room")).text("　").link("项目公告", hall.path("")),
        ));
    cx.ok(&page)
}
