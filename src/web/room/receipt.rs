//! The receipt of the reader's own bid, as a page and as the signed file.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::Hall;
use crate::domain::base::Fen;
use crate::domain::refusal::Refusal;
use crate::store::views::room::StoredBid;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Block, Facts, Link, Paper, Rich, Weight};

/// The reader's own bid with this number; others' receipts do not exist for him.
async fn own(cx: &Cx, lot_no: &str, seq: &str) -> WebResult<(Hall, StoredBid)> {
    cx.need_actor()?;
    let hall = Hall::load(cx, lot_no).await?;
    let application = hall.seat.as_ref().map(|s| s.application);
    let bid = hall.view.bids.iter().find(|b| b.seq.to_string() == seq && Some(b.application) == application).cloned();
    let bid = bid.ok_or(Refusal::NotFound)?;
    Ok((hall, bid))
}

/// `GET /lots/{lot_no}/bids/{seq}`
pub(super) async fn page(cx: Cx, path: web::Path<(String, String)>) -> WebResult<HttpResponse> {
    let (lot_no, seq) = path.into_inner();
    let (hall, bid) = own(&cx, &lot_no, &seq).await?;
    let price = Fen(bid.amount_fen);
    let leads = hall.room.best().is_some_and(|b| b.holders.iter().any(|h| h.to_string() == bid.bidder_no));
    let mut facts = Facts::new()
        .row("标的", hall.title())
        .row("标的编号", hall.lot_no.clone())
        .row("竞买号", bid.bidder_no.clone())
        .strong("报价", Rich::new().money(price, hall.unit()).br().small(price.capitals()));
    if let Some(total) = hall.total(price) {
        facts = facts.row("合同总价", Rich::new().money(total, "元").br().small(total.capitals()));
    }
    let facts = facts
        .row("收到时间（以服务器时间为准）", format!("{} {}", bid.received_at.day().zh(), bid.received_at.clock_ms()))
        .row("有效报价序号", bid.seq.to_string())
        .row("日志序号", Rich::new().code(bid.journal_index.to_string()))
        .row("现在", if leads { "领先" } else { "未领先" });
    let links = Rich::new().link("返回竞价大厅", hall.path("/room")).text("　");
    let download = Link::new("下载签名回单（JSON）", hall.path(&format!("/receipts/{seq}"))).button(Weight::Secondary);
    let page = cx
        .page("报价回单")
        .narrow()
        .with(
            Paper::new("报价回单", Rich::new().code(format!("{}-{}", hall.lot_no, bid.seq)))
                .with(facts)
                .sign(bid.received_at.zh_secs()),
        )
        .with(Block::from(links.push(crate::web::ui::Span::Link(download))))
        .say("回单由交易中心签名。请下载保存，任何人都可以用交易中心的公钥核对它。");
    cx.ok(&page)
}

/// `GET /lots/{lot_no}/receipts/{seq}`: the signed statement itself.
pub(super) async fn json(cx: Cx, path: web::Path<(String, String)>) -> WebResult<HttpResponse> {
    let (lot_no, seq) = path.into_inner();
    let (_, bid) = own(&cx, &lot_no, &seq).await?;
    let name = format!("attachment; filename=\"receipt-{lot_no}-{seq}.json\"");
    Ok(HttpResponse::Ok()
        .content_type("application/json; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, crate::web::headers::NO_STORE))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(bid.receipt))
}
