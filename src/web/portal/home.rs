//! The home page.

use actix_web::HttpResponse;

use super::parts;
use crate::domain::category::Category as Kind;
use crate::domain::lot::Stage;
use crate::store::views::portal::{self, Filter, Order};
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Categories, Category, Hero, Link, LotCards, Section, Stats, Weight};

const SOON: [Stage; 4] = [Stage::FreeBidding, Stage::LimitedBidding, Stage::BiddingPaused, Stage::Scheduled];

/// `GET /`
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let (figures, newest, sessions, deals) = cx
        .run(|app| {
            Ok(app.store.read(|db| {
                let open = Filter { stages: parts::stages("open"), ..Filter::default() };
                let sold = Filter { sold: true, order: Order::Changed, ..Filter::default() };
                Ok((
                    portal::figures(db)?,
                    portal::list(db, &open, 6)?,
                    portal::sessions(db, &SOON, 6)?,
                    portal::list(db, &sold, 3)?,
                ))
            })?)
        })
        .await?;
    let (app, now) = (&cx.app, cx.now());
    let county = &app.config.county;
    let cards =
        |items: &[portal::LotItem]| LotCards::new(items.iter().map(|i| parts::card(app, i, now)).collect::<Vec<_>>());
    let categories = figures.categories.iter().map(|(number, count)| {
        let name = Kind::new(*number).map(Kind::zh).unwrap_or_default();
        Category::new(*number, name, format!("/lots?category={number}"), *count)
    });
    let wan = |fen: i64| Wan(fen).to_string();
    let start = match cx.actor() {
        Some(actor) if !parts::may_start(actor) => Link::new("我的工作台", "/desk"),
        Some(_) | None => Link::new("我要转出", "/projects/new"),
    }
    .button(Weight::Primary);
    let mut hero = Hero::new("农村产权，公开挂牌，网上竞价")
        .lead(format!(
            "{}受理{}的地、林、水、房和设施的流转交易。每一次报价都有回单，每一份鉴证书都能查验。",
            county.centre, county.name
        ))
        .search("/lots", "q")
        .link(start)
        .link(Link::new("我要受让", "/lots?stage=open").button(Weight::Secondary));
    if app.config.mode.is_demo() {
        hero = hero.link(Link::new("演示账号和玩法", "/demo").button(Weight::Secondary));
    }
    let mut page = cx.page("首页").top(hero);
    page = page.with(
        Stats::new()
            .stat("正在报名", figures.open.to_string(), "个")
            .stat("累计公告", figures.published.to_string(), "个")
            .stat("累计成交", figures.deals.to_string(), "宗")
            .stat("累计成交额", wan(figures.deal_total.0), "万元"),
    );
    if !sessions.is_empty() {
        page = page.with(Section::new("正在竞价和即将竞价").with(cards(&sessions)));
    }
    page = page
        .with(
            Section::new("正在报名")
                .link(Link::new("全部公告", "/lots"))
                .with(cards(&newest).empty("现在没有正在报名的项目。")),
        )
        .with(
            Section::new("最新成交")
                .link(Link::new("全部成交结果", "/results"))
                .with(cards(&deals).empty("还没有成交结果。")),
        )
        .with(Section::new("第一次来，怎么办").link(Link::new("看完整流程", "/process")).with(parts::guide()))
        .with(Section::new("按交易品种看").with(Categories::new(categories)));
    cx.ok(&page)
}

/// Fen shown in ten-thousands of yuan with two decimals, rounded to the nearest.
struct Wan(i64);

impl std::fmt::Display for Wan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (self.0 + 5_000) / 10_000;
        write!(f, "{}.{:02}", hundredths / 100, hundredths % 100)
    }
}
