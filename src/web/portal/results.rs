//! Results of trades.

use actix_web::HttpResponse;

use super::parts;
use crate::store::views::portal;
use crate::web::case::facts::tag_of;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Cell, Column, Heading, Rich, Row, Table};

/// `GET /results`
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let items = cx.run(|app| Ok(app.store.read(|db| portal::results(db, 100))?)).await?;
    let app = &cx.app;
    let rows = items.iter().map(|i| {
        let unit = i.unit.map(|u| u.zh()).unwrap_or_default();
        Row::new()
            .cell(Rich::new().link(i.title.clone(), format!("/lots/{}#result", i.lot_no)))
            .cell(Rich::new().text(parts::place(app, i)))
            .cell(Cell::money(i.price, unit))
            .cell(Cell::money(i.deal_price.unwrap_or_default(), unit))
            .cell(Cell::money(i.deal_total.unwrap_or_default(), "元"))
            .cell(Rich::new().tag(tag_of(i.stage)))
    });
    let table = Table::new("成交结果")
        .column("项目")
        .column("所在地")
        .column(Column::numeric("挂牌价"))
        .column(Column::numeric("成交价"))
        .column(Column::numeric("成交总额"))
        .column("状态")
        .rows(rows)
        .empty(Rich::new().text("还没有成交结果。").link("看正在报名的项目", "/lots?stage=open"));
    let heading = Heading::new("成交公示")
        .lead("结果公示期内，任何人都可以在项目页面提出异议。最近办理的在前，最多显示 100 宗。");
    cx.ok(&cx.page("成交公示").with(heading).with(table))
}
