//! The workspace: what waits for the person who opens it, the most urgent first, with its light.

use actix_web::HttpResponse;

use super::cx::Cx;
use super::error::WebResult;
use super::register::unverified_panel;
use super::ui::{Cell, Entry, Heading, History, Light, Link, Page, Row, Section, Table, Todo, Todos};
use crate::acts::work;
use crate::acts::work::Message;
use crate::domain::base::Instant;
use crate::domain::permit::Area;

crate::routes! {
    get "/desk" => workspace;
    get "/desk/messages" => messages;
}

/// The light of a limit (rulebook 9.1): red when over, yellow when due within one working day.
pub fn light(cx: &Cx, limit: Option<Instant>) -> Light {
    let now = cx.now();
    match limit {
        None => Light::Green,
        Some(limit) if limit <= now => Light::Red,
        Some(limit) => {
            let market = &cx.app.market;
            match market.calendar.yellow_from(limit, market.rules.lights.yellow_before_wd) {
                Ok(from) if now >= from => Light::Yellow,
                Ok(_) | Err(_) => Light::Green,
            }
        }
    }
}

fn areas(cx: &Cx, page: Page) -> WebResult<Page> {
    let actor = cx.need_actor()?;
    let mut links = Vec::new();
    for (area, text, to) in [
        (Area::StartProject, "我要转出：新建转出申请", "/projects/new"),
        (Area::StartProjectFor, "帮办：为本村农户或集体填报", "/projects/new"),
        (Area::VerifyParties, "身份核验", "/desk/verification"),
        (Area::ManageAccounts, "账号与岗位", "/admin/accounts"),
    ] {
        if area.permits(actor) && !links.iter().any(|(_, have)| *have == to) {
            links.push((text, to));
        }
    }
    links.push(("消息", "/desk/messages"));
    let mut table = Table::new("常用入口").column("入口");
    for (text, to) in links {
        table = table.row(Row::new().cell(Cell::new(Link::new(text, to))));
    }
    Ok(page.with(table))
}

async fn workspace(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let desk = {
        let actor = actor.clone();
        cx.run(move |app| work::desk(app, &actor)).await?
    };
    let todos = desk.todos.iter().map(|t| {
        let due = t.limit_at.map_or("没有时限".to_owned(), |at| format!("{}前办理", at.zh()));
        Todo::new(t.act.zh(), format!("/cases/{}/{}", t.lot, t.act.path()), light(&cx, t.limit_at))
            .say(format!("{}（{}）", t.title, t.stage.zh()))
            .due(due)
    });
    let mut page = cx.page("我的工作台").top(Heading::new("我的工作台"));
    if actor.party.is_some() && !actor.verified {
        page = page.with(unverified_panel());
    }
    page = page.with(Section::new("待办").with(Todos::new(todos)));
    let mut table =
        Table::new("与我有关的项目").columns(["标的", "所处环节", "下一步由谁办理"]).empty("还没有与您有关的项目。");
    for lot in &desk.own {
        table = table.row(
            Row::new()
                .cell(Cell::new(Link::new(lot.title.clone(), format!("/cases/{}", lot.id))))
                .cell(Cell::new(lot.stage.zh()))
                .cell(Cell::new(lot.stage.owner_zh())),
        );
    }
    page = areas(&cx, page.with(table))?;
    cx.ok(&page)
}

async fn messages(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let all: Vec<Message> = cx.run(move |app| work::inbox(app, &actor)).await?;
    let entries = all.into_iter().map(|m| Entry::new(m.created_at, m.subject, "系统消息").more(m.body));
    cx.ok(&cx.page("消息").top(Heading::new("消息")).with(History::new(entries)))
}
