//! The register of cases for staff (项目台账): what a post may read, the most urgent first.

use actix_web::{HttpResponse, web};

use super::case::facts::tag_of;
use super::cx::Cx;
use super::error::WebResult;
use super::ui::{Cell, Choice, Field, Filters, Heading, Link, Pager, Panel, Rich, Row, Table, search_words};
use super::work::light;
use crate::acts::caselist::{self, Asked};
use crate::domain::lot::{Phase, Stage};

crate::routes! {
    get "/desk/cases" => cases;
}

/// The register's filter as the address carries it.
#[derive(Clone, Debug, Default, serde::Deserialize)]
struct Query {
    q: Option<String>,
    township: Option<String>,
    phase: Option<String>,
    late: Option<String>,
    page: Option<String>,
}

impl Query {
    fn given(value: &Option<String>) -> &str {
        value.as_deref().map(str::trim).unwrap_or_default()
    }

    fn phase(&self) -> Option<Phase> {
        PHASES.into_iter().find(|p| phase_name(*p) == Query::given(&self.phase))
    }

    fn asked(&self, cx: &Cx) -> Asked {
        let phase = self.phase();
        let stages = Stage::ALL.iter().copied().filter(|s| phase.is_some_and(|p| s.phase() == p)).collect();
        let township = Query::given(&self.township);
        let known = cx.app.market.divisions.townships().any(|t| t.code.to_string() == township);
        Asked {
            stages,
            township: known.then(|| township.to_owned()),
            words: search_words(Query::given(&self.q)).unwrap_or_default(),
            late: Query::given(&self.late) == "1",
            page: self.page.as_deref().and_then(|p| p.trim().parse().ok()).unwrap_or(1).clamp(1, 10_000),
        }
    }

    fn address(&self, page: u32) -> String {
        let encode =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let kept = [("q", &self.q), ("township", &self.township), ("phase", &self.phase), ("late", &self.late)];
        let mut parts: Vec<String> = kept
            .into_iter()
            .filter(|(_, value)| !Query::given(value).is_empty())
            .map(|(name, value)| format!("{name}={}", encode(Query::given(value))))
            .collect();
        parts.push(format!("page={page}"));
        format!("/desk/cases?{}", parts.join("&"))
    }
}

const PHASES: [Phase; 9] = [
    Phase::Intake,
    Phase::Review,
    Phase::Listing,
    Phase::Bidding,
    Phase::Result,
    Phase::Contract,
    Phase::Payment,
    Phase::Closing,
    Phase::Ended,
];

fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::Intake => "intake",
        Phase::Review => "review",
        Phase::Listing => "listing",
        Phase::Bidding => "bidding",
        Phase::Result => "result",
        Phase::Contract => "contract",
        Phase::Payment => "payment",
        Phase::Closing => "closing",
        Phase::Ended => "ended",
    }
}

/// `GET /desk/cases`: everything this post may read, the most urgent first.
async fn cases(cx: Cx, query: web::Query<Query>) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let query = query.into_inner();
    let odd = query.page.as_deref().is_some_and(|p| p.trim().parse::<u32>().is_err());
    let asked = query.asked(&cx);
    let page_no = asked.page;
    let register = cx.run(move |app| caselist::register(app, &actor, &asked)).await?;
    let townships: Vec<Choice> =
        cx.app.market.divisions.townships().map(|t| Choice::new(t.code.to_string(), &t.name)).collect();
    let phases = PHASES.map(|p| Choice::new(phase_name(p), p.zh()));
    let filters = Filters::new("/desk/cases")
        .words("q", Query::given(&query.q))
        .field(Field::select("township", "乡镇", townships).value(Query::given(&query.township)))
        .field(Field::select("phase", "阶段", phases).value(Query::given(&query.phase)))
        .field(Field::select("late", "期限", [Choice::new("1", "只看超期")]).value(Query::given(&query.late)));
    let rows = register.rows.iter().map(|w| {
        let lot = &w.lot;
        let title = if w.title.is_empty() { "（未填写标题）" } else { w.title.as_str() };
        let limit = match w.limit_at {
            Some(at) => Cell::new(light(&cx, Some(at))).and(Rich::new().until(at)),
            None => Cell::new("—"),
        };
        let row = Row::new()
            .cell(Cell::new(Link::new(title, format!("/cases/{}", lot.id))).and(lot.lot_no.clone().unwrap_or_default()))
            .cell(lot.place.zh())
            .cell(Cell::new(tag_of(lot.stage)))
            .cell(lot.stage.owner_zh())
            .cell(Rich::new().time(lot.entered_at))
            .cell(limit);
        if w.limit_at.is_some() { row.light(light(&cx, w.limit_at)) } else { row }
    });
    let table = Table::new("项目台账")
        .columns(["项目", "所在地", "环节", "下一步由谁办理", "进入时间", "办理期限"])
        .rows(rows)
        .empty("没有符合条件的项目。");
    let mut page = cx
        .page("项目台账")
        .with(Heading::new("项目台账").lead("您的岗位可以查看的全部项目，期限最近的在前。"))
        .with(filters)
        .maybe(odd.then(|| Panel::attention("没有这一页").say("页码应为数字，现在显示的是第一页。")))
        .with(table);
    if register.more || page_no > 1 {
        let previous = (page_no > 1).then(|| query.address(page_no - 1));
        let next = register.more.then(|| query.address(page_no + 1));
        page = page.with(Pager::new(format!("第 {page_no} 页")).previous(previous).next(next));
    }
    cx.ok(&page)
}
