//! The ledger's page with its trial balance.

use actix_web::HttpResponse;

use super::lines::tabs;
use crate::acts::desk;
use crate::domain::base::Fen;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Cell, Column, Facts, Heading, Panel, Row, Table};

/// Balances by kind of account, the trial balance, the newest entries.
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let book = cx.run(move |app| desk::book(app, &actor)).await?;
    // What the centre owes others stands on the credit side, not with a minus before it.
    let kinds = book.kinds.iter().map(|(name, sum, _)| {
        let (debit, credit) = if sum.0 < 0 { (Fen::ZERO, Fen(-sum.0)) } else { (*sum, Fen::ZERO) };
        let side = |f: Fen| if f == Fen::ZERO { Cell::new("") } else { Cell::new(f) };
        Row::new().cell(*name).cell(side(debit)).cell(side(credit))
    });
    let debits: Fen = book.kinds.iter().map(|(_, sum, _)| *sum).filter(|f| f.0 > 0).sum();
    let credits: Fen = book.kinds.iter().map(|(_, sum, _)| Fen(-sum.0)).filter(|f| f.0 > 0).sum();
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
        .with(
            Table::new("账户余额")
                .note("借方是中心收着的钱，贷方是应退、应付给别人的钱，两边合计必须相等。")
                .columns([Column::new("账户"), Column::numeric("借方余额"), Column::numeric("贷方余额")])
                .rows(kinds)
                .total(Row::new().cell("合计").cell(debits).cell(credits))
                .empty("还没有记账。"),
        )
        .with(
            Table::new("最近的分录")
                .columns([Column::new("时间"), "事由".into(), "账户".into(), Column::numeric("金额")])
                .rows(entries)
                .empty("还没有分录。"),
        ))
}
