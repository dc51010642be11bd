//! The workspace: what waits for the person who opens it, the most urgent first, with its light.

use actix_web::{HttpResponse, web};

use super::cx::Cx;
use super::error::WebResult;
use super::register::unverified_panel;
use super::shell::role_name;
use super::ui::{
    Action, Actions, Cell, Entry, Heading, History, Light, Link, Page, Pager, Panel, Row, Section, Table, Todo, Todos,
    Weight,
};
use crate::acts::caselist;
use crate::acts::chores::{Chore, Own, What};
use crate::acts::work;
use crate::acts::work::Message;
use crate::domain::actor::{Actor, Role};
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
        (Area::ReadMoney, "银行流水", "/desk/finance"),
        (Area::ReadMoney, "退款和付款", "/desk/refunds"),
        (Area::ReadMoney, "分户账和试算平衡", "/desk/ledger"),
        (Area::ManagePosts, "账号与岗位", "/admin/accounts"),
        (Area::ManageSettings, "服务费收费标准", "/admin/fees"),
        (Area::ReadSecurityLog, "安全日志", "/admin/security-log"),
    ] {
        if area.permits(actor) && !links.iter().any(|(_, have)| *have == to) {
            links.push((text, to));
        }
    }
    if actor.party.is_some() {
        links.push(("身份材料", "/account/identity"));
        links.push(("我的报名", "/desk/applications"));
        links.push(("找项目：正在报名", "/lots?stage=open"));
    }
    if actor.has(Role::Qualification) {
        links.push(("资格审查", "/desk/qualification"));
    }
    if caselist::may_open(actor) {
        links.push(("项目台账", "/desk/cases"));
    }
    links.push(("消息", "/desk/messages"));
    links.push(("修改密码", "/account/password"));
    let entries = links.into_iter().map(|(text, to)| Action::link(text, to, Weight::Plain));
    Ok(page.with(Actions::new(entries).title("常用入口")))
}

/// A chore in words: what, where to do it, and what is said beside it.
fn chore(cx: &Cx, c: &Chore) -> Todo {
    let (title, to, say) = match &c.what {
        What::Verify(n) => ("身份核验".to_owned(), "/desk/verification".to_owned(), format!("{n} 个主体等待核验")),
        What::Correct(n) => {
            ("复核更正".to_owned(), "/desk/verification".to_owned(), format!("{n} 份联系方式或账户的更正待您复核"))
        }
        What::CorrectStaff(n) => {
            ("复核更正".to_owned(), "/admin/accounts".to_owned(), format!("{n} 个工作账号的联系方式待您复核"))
        }
        What::Suspense(n) => {
            ("认领或退回银行流水".to_owned(), "/desk/finance".to_owned(), format!("{n} 笔流水没有自动对上"))
        }
        What::Make(n) => ("付款制单".to_owned(), "/desk/refunds".to_owned(), format!("{n} 笔退款或划款待制单")),
        What::Check(n) => ("付款复核".to_owned(), "/desk/refunds".to_owned(), format!("{n} 笔由他人制单，待您复核")),
        What::Send(n) => ("生成付款文件".to_owned(), "/desk/refunds".to_owned(), format!("{n} 笔已复核，待发送银行")),
        What::AwaitBank(n) => {
            ("导入银行流水核对付款".to_owned(), "/desk/finance".to_owned(), format!("{n} 笔已发送银行，流水还没有回来"))
        }
        What::Qualify => ("资格审查".to_owned(), "/desk/qualification".to_owned(), "有报名等待审查".to_owned()),
        What::FeeTable => ("复核收费标准".to_owned(), "/admin/fees".to_owned(), "有人提出了新的收费标准".to_owned()),
        What::Late(n) => ("督办超期事项".to_owned(), "/desk/cases?late=1".to_owned(), format!("{n} 件已超过办理期限")),
        What::PayPrice(lot) => ("支付成交价款".to_owned(), format!("/cases/{lot}#payment"), c.about.clone()),
        What::Own(own, lot_no) => {
            let (title, below) = match own {
                Own::Finish => ("填完并提交报名", "application"),
                Own::Correct => ("补正报名材料", "application"),
                Own::Pay => ("交纳保证金", "application"),
                Own::Agree => ("签署竞价须知", "agreement"),
                Own::Attend => ("准时参加竞价", "room"),
                Own::Bid => ("进入竞价大厅", "room"),
            };
            (title.to_owned(), format!("/lots/{lot_no}/{below}"), c.about.clone())
        }
    };
    let due = match (&c.what, c.limit_at) {
        (What::Own(Own::Attend, _), Some(at)) => format!("{}开始", at.zh()),
        (What::PayPrice(_), Some(at)) => format!("{}前付款", at.zh_end()),
        (What::Late(_), Some(at)) => format!("最早的应于{}办结", at.zh_end()),
        (_, Some(at)) => format!("{}前办理", at.zh_end()),
        (What::Own(Own::Bid, _), None) => "正在竞价".to_owned(),
        (_, None) => "没有时限".to_owned(),
    };
    Todo::new(title, to, light(cx, c.limit_at)).say(say).due(due)
}

/// Things on one page of the workspace.
const PAGE: usize = 50;

/// Which pages of the two lists are open.
#[derive(Clone, Debug, Default, serde::Deserialize)]
struct Query {
    page: Option<String>,
    own: Option<String>,
}

impl Query {
    /// Whether a page is asked for that is no number.
    fn is_odd(&self) -> bool {
        [&self.page, &self.own].into_iter().flatten().any(|typed| typed.trim().parse::<usize>().is_err())
    }
}

/// One page of a list, and the pager where there are several.
fn one_page<T>(all: Vec<T>, asked: Option<&str>, name: &str) -> (Vec<T>, Option<Pager>) {
    let pages = all.len().div_ceil(PAGE).max(1);
    let page = asked.and_then(|typed| typed.trim().parse().ok()).unwrap_or(1).clamp(1, pages);
    let shown = all.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let to = |n: usize| format!("/desk?{name}={n}");
    let pager = Pager::new(format!("第 {page} 页，共 {pages} 页"))
        .previous((page > 1).then(|| to(page - 1)))
        .next((page < pages).then(|| to(page + 1)));
    (shown, (pages > 1).then_some(pager))
}

async fn workspace(cx: Cx, query: web::Query<Query>) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let desk = {
        let actor = actor.clone();
        cx.run(move |app| work::desk(app, &actor)).await?
    };
    let tasks = desk.todos.iter().map(|t| {
        let due = t.limit_at.map_or("没有时限".to_owned(), |at| format!("{}前办理", at.zh_end()));
        let todo = Todo::new(t.act.zh(), format!("/cases/{}/{}", t.lot, t.act.path()), light(&cx, t.limit_at))
            .say(format!("{}（{}）", t.title, t.stage.zh()))
            .due(due);
        (t.limit_at, todo)
    });
    let mut todos: Vec<(Option<Instant>, Todo)> =
        desk.chores.iter().map(|c| (c.limit_at, chore(&cx, c))).chain(tasks).collect();
    // What has a limit comes first, the nearest on top.
    todos.sort_by_key(|(limit, _)| (limit.is_none(), *limit));
    let waiting = todos.len();
    let (todos, more) = one_page(todos, query.page.as_deref(), "page");
    let todos = todos.into_iter().map(|(_, todo)| todo);
    let who = format!("{}　{}", actor.name, role_name(&actor));
    let mut page = cx.page("我的工作台").with(Heading::new("我的工作台").kicker(who));
    if query.is_odd() {
        page = page.with(Panel::attention("没有这一页").say("页码应为数字，现在显示的是第一页。"));
    }
    if let Some(panel) = waiting_role(&actor) {
        page = page.with(panel);
    }
    if actor.party.is_some() && !actor.verified {
        page = page.with(unverified_panel());
    }
    let title = if waiting == 0 { "待办".to_owned() } else { format!("待办（{waiting} 项）") };
    page = page.with(Section::new(title).with(Todos::new(todos)));
    if let Some(pager) = more {
        page = page.with(pager);
    }
    if actor.party.is_some() {
        let (own, more) = one_page(desk.own, query.own.as_deref(), "own");
        let rows = own.iter().map(|lot| {
            Row::new()
                .cell(Cell::new(Link::new(lot.title.clone(), format!("/cases/{}", lot.id))))
                .cell(Cell::new(lot.stage.zh()))
                .cell(Cell::new(lot.stage.owner_zh()))
        });
        let table = Table::new("与我有关的项目").columns(["标的", "所处环节", "下一步由谁办理"]).rows(rows);
        page = page.with(table.empty("还没有与您有关的项目。"));
        if let Some(pager) = more {
            page = page.with(pager);
        }
    }
    page = areas(&cx, page)?;
    cx.ok(&page)
}

/// What those see whose work comes with a later part of the exchange (docs/decisions/0013).
fn waiting_role(actor: &Actor) -> Option<Panel> {
    let only = |role| actor.posts.iter().all(|p| p.role == role) && actor.has(role);
    let (title, later) = if only(Role::Agency) {
        ("中介机构的工作台", "上传评估、测绘、法律意见等报告，将随“委托中介”功能开放")
    } else if only(Role::Bank) {
        ("金融机构的工作台", "经授权查询抵押物和登记抵押、担保，将随“抵押融资”功能开放；银行流水现由资金结算岗导入")
    } else if only(Role::Expert) {
        ("评标专家的工作台", "随机抽取、回避声明和评分，将随“招标和综合评审”功能开放")
    } else {
        return None;
    };
    let now =
        "现在可以查看公开的公告、结果和规则，核验鉴证书，收取平台发来的消息；不能查看任何项目的内部材料和报名情况。";
    let panel = Panel::info(title).say(now).say(format!("{later}。"));
    Some(panel.next(Link::new("看项目公告", "/lots")).next(Link::new("核验鉴证书", "/verify")))
}

async fn messages(cx: Cx) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    let all: Vec<Message> = cx.run(move |app| work::inbox(app, &actor)).await?;
    if all.is_empty() {
        let none =
            Panel::empty("还没有消息").say("办理进展和期限提醒都会发到这里，同时发到登记的手机；验证码只发手机。");
        return cx.ok(&cx.page("消息").with(Heading::new("消息")).with(none));
    }
    let entries = all.into_iter().map(|m| Entry::new(m.created_at, m.subject, "系统消息").more(m.body));
    cx.ok(&cx.page("消息").with(Heading::new("消息")).with(History::new(entries)))
}
