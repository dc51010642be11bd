//! Results of trades.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::list::{address, given, no_such_page};
use super::parts;
use crate::domain::base::Instant;
use crate::domain::category::Category;
use crate::domain::lot::Stage;
use crate::store::views::portal::{self, Filter, LotItem, Order};
use crate::web::case::facts::tag_of;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Cell, Choice, Column, Field, Filters, Heading, Pager, Rich, Row, Table};

/// Rows on one page.
const PAGE: usize = 30;

/// The filter as the address carries it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Query {
    category: Option<String>,
    township: Option<String>,
    after: Option<String>,
}

impl Query {
    fn filter(&self, cx: &Cx) -> Filter {
        let known = |code: &&str| cx.app.market.divisions.townships().any(|t| t.code.to_string() == **code);
        Filter {
            category: given(&self.category).and_then(|c| c.parse().ok()),
            township: given(&self.township).filter(known).map(str::to_owned),
            sold: true,
            order: Order::Changed,
            after: given(&self.after).map(str::to_owned),
            ..Filter::default()
        }
    }

    /// The address with one part left out or a cursor set.
    fn address(&self, without: &str, after: Option<&str>) -> String {
        address("/results", &[("category", &self.category), ("township", &self.township)], without, after)
    }
}

fn filters(cx: &Cx, query: &Query) -> Filters {
    let townships: Vec<Choice> =
        cx.app.market.divisions.townships().map(|t| Choice::new(t.code.to_string(), &t.name)).collect();
    let categories: Vec<Choice> = Category::all().map(|c| Choice::new(c.number().to_string(), c.zh())).collect();
    let fields =
        [("category", "交易品种", &query.category, categories), ("township", "乡镇", &query.township, townships)];
    let (mut filters, mut any) = (Filters::new("/results"), false);
    for (name, label, value, choices) in fields {
        let value = given(value).unwrap_or_default();
        let chosen = choices.iter().find(|c| c.value == value).map(|c| c.label.clone());
        filters = filters.field(Field::select(name, label, choices).value(value));
        if let Some(chosen) = chosen {
            filters = filters.chosen(chosen, query.address(name, None));
            any = true;
        }
    }
    if any { filters.clear("/results") } else { filters }
}

/// Until when anybody may object to the result, while that is so.
fn objections(item: &LotItem) -> Rich {
    match (item.stage, item.due_at) {
        (Stage::Publicity, Some(ends)) => Rich::new().text(format!("至 {}", Instant::zh(ends))),
        (Stage::ObjectionHandling, _) => Rich::new().text("异议处理中，公示期暂停"),
        _ => Rich::new().text("已结束"),
    }
}

/// `GET /results`
pub async fn page(cx: Cx, query: web::Query<Query>) -> WebResult<HttpResponse> {
    let query = query.into_inner();
    let filter = query.filter(&cx);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let (mut items, count, lost) = cx
        .run(move |app| {
            Ok(app.store.read(|db| {
                let lost = portal::is_lost(db, &filter)?;
                Ok((portal::list(db, &filter, limit)?, portal::count(db, &filter)?, lost))
            })?)
        })
        .await?;
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let app = &cx.app;
    let rows = items.iter().map(|i| {
        let unit = i.unit.zh();
        Row::new()
            .cell(Rich::new().link(i.title.clone(), format!("/lots/{}#result", i.lot_no)))
            .cell(Rich::new().text(parts::place(app, i)))
            .cell(Cell::money(i.price, unit))
            .cell(Cell::money(i.deal_price.unwrap_or_default(), unit))
            .cell(Cell::money(i.deal_total.unwrap_or_default(), "元"))
            .cell(Rich::new().tag(tag_of(i.stage)))
            .cell(objections(i))
    });
    let next = items.last().filter(|_| more).map(|i| query.address("", Some(&i.lot_no)));
    let mut table = Table::new("成交结果")
        .column("项目")
        .column("所在地")
        .column(Column::numeric("挂牌价"))
        .column(Column::numeric("成交价"))
        .column(Column::numeric("成交总额"))
        .column("状态")
        .column("公示期")
        .rows(rows)
        .empty(Rich::new().text("没有符合条件的成交结果。").link("看正在报名的项目", "/lots?stage=open"));
    if next.is_some() || given(&query.after).is_some() {
        let first = given(&query.after).map(|_| query.address("", None));
        table = table.pager(Pager::new(format!("共 {count} 宗，本页 {} 宗", items.len())).previous(first).next(next));
    }
    let heading = Heading::new("成交公示")
        .lead(format!("结果公示期内，任何人都可以在项目页面提出异议。最近办理的在前，符合条件的共 {count} 宗。"));
    let page = cx.page("成交公示").with(heading).with(filters(&cx, &query));
    cx.ok(&page.maybe(lost.then(no_such_page)).with(table))
}
