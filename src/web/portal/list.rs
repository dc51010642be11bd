//! The list of published lots with its filters.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::parts;
use crate::domain::category::{Category, Mode};
use crate::domain::lot::Stage;
use crate::store::views::portal::{self, Filter, Order};
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Choice, Field, Filters, Heading, LotCards, Pager, Panel, Rich, search_words};

/// Cards on one page.
const PAGE: usize = 24;

/// The filter as the address carries it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Query {
    q: Option<String>,
    category: Option<String>,
    township: Option<String>,
    mode: Option<String>,
    stage: Option<String>,
    order: Option<String>,
    after: Option<String>,
}

/// The order by which lots close; the latest publication first is the order without a name.
const CLOSING: &str = "closing";

pub(super) fn given(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|v| !v.is_empty())
}

impl Query {
    fn filter(&self) -> Filter {
        Filter {
            category: given(&self.category).and_then(|c| c.parse().ok()),
            township: given(&self.township).map(str::to_owned),
            mode: given(&self.mode).map(str::to_owned),
            stages: self.stages(),
            sold: false,
            order: if self.by_closing() { Order::Closing } else { Order::Published },
            words: given(&self.q).and_then(|q| search_words(q).ok()).unwrap_or_default(),
            after: given(&self.after).map(str::to_owned),
        }
    }

    fn by_closing(&self) -> bool {
        given(&self.order) == Some(CLOSING)
    }

    /// The stages asked for; only what still takes applications can be ordered by its close.
    fn stages(&self) -> Vec<Stage> {
        match given(&self.stage) {
            Some(group) => parts::stages(group),
            None if self.by_closing() => parts::stages("open"),
            None => Vec::new(),
        }
    }

    /// The address with one part left out or a cursor set.
    fn address(&self, without: &str, after: Option<&str>) -> String {
        let pairs = [
            ("q", &self.q),
            ("category", &self.category),
            ("township", &self.township),
            ("mode", &self.mode),
            ("stage", &self.stage),
            ("order", &self.order),
        ];
        address("/lots", &pairs, without, after)
    }
}

/// The address of a filtered list with one part left out or a cursor set.
pub(super) fn address(path: &str, pairs: &[(&str, &Option<String>)], without: &str, after: Option<&str>) -> String {
    let kept = pairs.iter().filter(|(name, _)| *name != without);
    let mut all: Vec<String> =
        kept.filter_map(|(name, value)| given(value).map(|v| format!("{name}={}", encode(v)))).collect();
    all.extend(after.map(|a| format!("after={}", encode(a))));
    if all.is_empty() { path.to_owned() } else { format!("{path}?{}", all.join("&")) }
}

/// Said above the first page when the page asked for follows nothing.
pub(super) fn no_such_page() -> Panel {
    Panel::attention("没有这一页").say("地址中的翻页位置不对，现在显示的是第一页。")
}

fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// The choices of each filter that has some.
fn choices(cx: &Cx) -> [Vec<Choice>; 5] {
    let townships: Vec<Choice> =
        cx.app.market.divisions.townships().map(|t| Choice::new(t.code.to_string(), &t.name)).collect();
    let categories: Vec<Choice> = Category::all().map(|c| Choice::new(c.number().to_string(), c.zh())).collect();
    let modes = Mode::ALL.iter().filter(|m| m.opens_listing());
    let modes: Vec<Choice> = modes.map(|m| Choice::new(m.name(), m.zh())).collect();
    let groups: Vec<Choice> = parts::GROUPS.iter().map(|(value, label)| Choice::new(*value, *label)).collect();
    let orders = vec![Choice::new(CLOSING, "报名先截止的在前")];
    [categories, townships, modes, groups, orders]
}

impl Query {
    /// The query without what is no choice of its filter: the page says so beside it.
    fn known(&self, [categories, townships, modes, groups, orders]: &[Vec<Choice>; 5]) -> Query {
        let keep = |value: &Option<String>, of: &[Choice]| {
            given(value).filter(|v| of.iter().any(|c| c.value == *v)).map(str::to_owned)
        };
        Query {
            q: given(&self.q).filter(|q| search_words(q).is_ok()).map(str::to_owned),
            category: keep(&self.category, categories),
            township: keep(&self.township, townships),
            mode: keep(&self.mode, modes),
            stage: keep(&self.stage, groups),
            order: keep(&self.order, orders),
            ..self.clone()
        }
    }
}

fn filters(query: &Query, known: &Query, choices: &[Vec<Choice>; 5]) -> Filters {
    let [categories, townships, modes, groups, orders] = choices.clone();
    let chosen = [
        ("q", &known.q, Vec::new()),
        ("category", &known.category, categories.clone()),
        ("township", &known.township, townships.clone()),
        ("mode", &known.mode, modes.clone()),
        ("stage", &known.stage, groups.clone()),
        ("order", &known.order, orders.clone()),
    ];
    let value = |v: &Option<String>| given(v).unwrap_or_default().to_owned();
    let mut filters = Filters::new("/lots")
        .words("q", &value(&query.q))
        .field(Field::select("category", "交易品种", categories).value(value(&query.category)))
        .field(Field::select("township", "乡镇", townships).value(value(&query.township)))
        .field(Field::select("mode", "流转方式", modes).value(value(&query.mode)))
        .field(Field::select("stage", "阶段", groups).value(value(&query.stage)))
        .field(Field::select("order", "排序", orders).placeholder("最新发布的在前").value(value(&query.order)));
    let mut any = false;
    for (name, value, choices) in chosen {
        if let Some(value) = given(value) {
            let label = choices.into_iter().find(|c| c.value == value).map_or_else(|| value.to_owned(), |c| c.label);
            filters = filters.chosen(label, known.address(name, None));
            any = true;
        }
    }
    if any { filters.clear("/lots") } else { filters }
}

/// `GET /lots`
pub async fn page(cx: Cx, query: web::Query<Query>) -> WebResult<HttpResponse> {
    let asked = query.into_inner();
    let choices = choices(&cx);
    let query = asked.known(&choices);
    let filter = query.filter();
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
    let (app, now) = (&cx.app, cx.now());
    let next = items.last().filter(|_| more).map(|i| query.address("", Some(&i.lot_no)));
    let cards = items.iter().map(|i| parts::card(app, i, now)).collect::<Vec<_>>();
    let empty = Rich::new().text("没有符合条件的项目。").link("看全部公告", "/lots");
    let order = if query.by_closing() { "报名先截止的在前" } else { "最新发布的在前" };
    let mut page = cx
        .page("项目公告")
        .with(
            Heading::new("项目公告")
                .lead(format!("公开挂牌的农村产权流转交易项目，{order}。符合条件的共 {count} 个。")),
        )
        .with(filters(&asked, &query, &choices))
        .maybe(lost.then(no_such_page))
        .with(LotCards::new(cards).heading("项目").empty(empty));
    if next.is_some() || given(&query.after).is_some() {
        let first = given(&query.after).map(|_| query.address("", None));
        page = page.with(Pager::new(format!("本页 {} 个", items.len())).previous(first).next(next));
    }
    cx.ok(&page)
}
