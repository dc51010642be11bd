//! The ledger's page with its trial balance.

use actix_web::HttpResponse;

use super::lines::tabs;
use crate::acts::desk;
use crate::domain::base::Fen;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Cell, Facts, Heading, Panel, Row, Table};

/// Balances by kind of account, the trial balance, the newest entries.
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let book = cx.run(move |app| desk::book(app, &actor)).await?;
    let kinds = book.kinds.iter().map(|(name, sum, _)| Row::new().cell(*name).cell(*sum));
    let entries = book.entries.iter().map(|(at, reason, memo, lines)| {
        let amount: Fen = lines.iter().map(|(_, f)| *f).filter(|f| f.0 > 0).sum();
        let names = lines.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("、");
        Row::new().cell(*at).cell(Cell::new(*reason).and(memo.clone())).cell(names).cell(amount)
    });
    let balanced = book.trial == Fen::ZERO;
    let page = cx.page("账簿").with(Heading::new("账簿")).with(tabs("/desk/ledger"));
    let page = if balanced {
        page.with(Facts::new().strong("试算平衡", "平衡，差额 0.00 元"))
    } else {
        page.with(Panel::error("试算不平衡").say(format!("差额 {}，请立即停止办理并联系系统管理员。", book.trial)))
    };
    cx.ok(&page
        .with(Table::new("账户余额").columns(["账户", "余额"]).rows(kinds).empty("还没有记账。"))
        .with(Table::new("最近的分录").columns(["时间", "事由", "账户", "金额"]).rows(entries).empty("还没有分录。")))
}
