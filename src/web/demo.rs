//! The demonstration's own pages: where to begin, and the outbox, because messages go nowhere.
//! Real service answers 404.

use actix_web::HttpResponse;
use actix_web::http::header;

use super::cx::Cx;
use super::error::WebResult;
use super::portal::parts;
use super::post::{Begun, Post, begin, end};
use super::ui::{
    Button, Cell, Entry, Heading, History, LotCards, NONCE_FIELD, Panel, Rich, Row, Section, Table, Weight,
};
use crate::acts::demonstration::{self, DemoAccount};
use crate::acts::{demo_bank, work};
use crate::config::Mode;
use crate::domain::base::Instant;
use crate::domain::lot::Stage;
use crate::domain::refusal::Refusal;
use crate::store::views::portal;

crate::routes! {
    get "/demo" => start;
    post "/demo/forward" => forward;
    get "/demo/clock" => clock;
    get "/demo/outbox" => outbox;
    get "/demo/bank" => bank;
    get "/demo/bank/statement.csv" => statement;
}

/// Rooms that run and rooms to come.
const ROOMS: [Stage; 4] = [Stage::LimitedBidding, Stage::FreeBidding, Stage::BiddingPaused, Stage::Scheduled];

/// What to try as whom: login, words, and a place to begin.
const TRIES: &[(&str, &str, &str, &str)] = &[
    ("outsider", "在正在竞价的场次里报价，已交保证金、已签竞价须知", "我的报名", "/desk/applications"),
    ("member", "本集体成员，在养殖水面等场次可以同价行使优先权", "我的报名", "/desk/applications"),
    ("company", "以单位身份报价，或者报名正在公告的项目", "报名中的项目", "/lots?stage=open"),
    ("zongshi", "以村集体身份新建转出申请，确认公告文本，签合同", "我要转出", "/projects/new"),
    ("info-officer", "替总市村的农户填报申请（帮办）", "我要转出", "/projects/new"),
    ("township-clerk", "初审本镇的申请，登记乡镇批准，核验身份", "工作台", "/desk"),
    ("acceptance", "受理登记，核验身份", "身份核验", "/desk/verification"),
    ("review", "审核，发起部门会审，答复异议", "工作台", "/desk"),
    ("publication", "发布挂牌公告（四眼）", "工作台", "/desk"),
    ("qualification", "逐份资格审查，确认竞买人名单", "资格审查", "/desk/qualification"),
    ("bidding", "安排场次，暂停和恢复竞价，登记协商结果", "工作台", "/desk"),
    ("certification", "生成合同，鉴证备案，拟发鉴证书，移交登记", "工作台", "/desk"),
    ("finance", "导入银行流水，制单，生成付款文件", "资金", "/desk/finance"),
    ("finance-2", "复核另一人制的付款单", "退款和划转", "/desk/refunds"),
    ("archive", "归档", "工作台", "/desk"),
    ("director", "批准鉴证书，答复异议，批准收费标准", "工作台", "/desk"),
    ("department", "出具会审意见，登记审批决定和登记结果", "工作台", "/desk"),
    ("supervisor", "只读监督全部案卷和资金", "账簿", "/desk/ledger"),
    ("admin", "新建岗位账号，提出收费标准", "系统管理", "/admin"),
];

fn must_be_demo(cx: &Cx) -> WebResult<()> {
    if cx.app.config.mode.is_demo() { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

async fn start(cx: Cx) -> WebResult<HttpResponse> {
    must_be_demo(&cx)?;
    let now = cx.now();
    let (accounts, progress, wish, rooms) = cx
        .run(move |app| {
            let mut rooms = app.store.read(|db| portal::sessions(db, &ROOMS, 12))?;
            // A seed that is still at work walks through sessions of the weeks before.
            rooms.retain(|r| r.session_at.is_some_and(|at| at > now.plus_mins(-24 * 60)));
            Ok((demonstration::accounts(app)?, demonstration::progress(app)?, demonstration::wished(app)?, rooms))
        })
        .await?;
    let cards = LotCards::new(rooms.iter().map(|i| parts::card(&cx.app, i, now)).collect::<Vec<_>>());
    let mut page =
        cx.page("演示县")
            .with(Heading::new("演示县").lead(
                "这里的人物、项目和款项都是虚构的，可以随意操作。在下面任选一个岗位，点“登录”就以他的身份进入。",
            ));
    if !progress.complete() {
        let text = format!(
            "演示数据正在后台建立：已完成 {} 个项目，共 {} 个。页面可以照常使用，业务时间在建完之后才开始加速。",
            progress.done.len(),
            progress.total
        );
        page = page.with(Panel::info("演示数据还没有建完").say(text));
    }
    page = page
        .with(
            Section::new("正在竞价和即将竞价")
                .intro("每隔几分钟开一场，自由竞价 3 分钟、限时竞价 60 秒（演示）。机器人会报价，但会留下余地。")
                .with(cards.empty("下一场正在安排，请稍候刷新。")),
        )
        .with(time(&cx, wish))
        .with(
            Section::new("从哪里开始")
                .say(Rich::new().text("验证码和通知不会真正发出，都在").link("演示发件箱", "/demo/outbox").text("。"))
                .say(Rich::new().text("要付的款项在").link("演示银行", "/demo/bank").text("生成流水，由财务岗导入。"))
                .with(table(&cx, "每个岗位一个账号", accounts.iter().filter(|a| tries(a).is_some()))),
        )
        .with(
            Section::new("其他账号")
                .with(others("其他乡镇、部门和交易主体", accounts.iter().filter(|a| tries(a).is_none()))),
        );
    cx.ok(&page)
}

/// Business time, and the way to move it on.
fn time(cx: &Cx, wish: Option<Instant>) -> Section {
    let speed = match cx.app.config.mode {
        Mode::Demo(demo) => demo.speed,
        Mode::Serve => 1,
    };
    let said = match wish {
        Some(to) => format!("已经安排快进到{}，正在进行的场次结束之后生效。再按一次，多快进一个工作日。", to.zh()),
        None => "公示、公告等期限不必真的等：快进之后，期间到期的事项会按各自的时间办结。".to_owned(),
    };
    let button = Button::post("快进到下一个工作日上午九点", "/demo/forward", cx.csrf())
        .with(NONCE_FIELD, cx.nonce())
        .weight(Weight::Secondary);
    Section::new("业务时间")
        .intro(format!("没有场次时业务时间按 {speed} 倍走，从开场前两分钟到收场按 1 倍走。登录和验证码总按真实时间。"))
        .say(said)
        .say(button)
}

/// Business time and its present speed, for the pages that tick: milliseconds since 1970, a multiple.
async fn clock(cx: Cx) -> WebResult<HttpResponse> {
    must_be_demo(&cx)?;
    let time = serde_json::json!({ "now_ms": cx.now().micros() / 1_000, "speed": cx.app.clock.speed() });
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(time))
}

async fn forward(post: Post) -> WebResult<HttpResponse> {
    let cx = &post.cx;
    let mine = match begin(cx, &post.typed).await? {
        Begun::Mine(form) => form,
        // A second click wishes for no second day.
        Begun::Done(location) => return Ok(cx.see_other(&location)),
    };
    let done = cx.run(demonstration::wish_forward).await;
    end(cx, mine, done.is_ok().then_some("/demo")).await?;
    Ok(cx.see_other_saying("/demo", &format!("业务时间将快进到{}。", done?.zh())))
}

fn tries(account: &DemoAccount) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    TRIES.iter().find(|(login, ..)| *login == account.account)
}

fn table<'a>(cx: &Cx, caption: &str, accounts: impl Iterator<Item = &'a DemoAccount>) -> Table {
    let rows = accounts.map(|a| {
        let (what, back): (Rich, &str) = match tries(a) {
            Some((_, what, label, to)) => (Rich::new().text(format!("{what}：")).link(*label, *to), to),
            None => (Rich::new(), "/desk"),
        };
        let enter = Button::post("登录", "/login", cx.csrf())
            .with("account", a.account.clone())
            .with("password", a.password.clone())
            .with("back", back)
            .weight(Weight::Primary)
            .small()
            .about(a.role.clone());
        Row::new()
            .cell(Cell::new(a.role.clone()).and(a.name.clone()))
            .cell(what)
            .cell(Cell::new(Rich::new().code(a.account.clone())).and(Rich::new().code(a.password.clone())))
            .cell(Cell::actions([enter.into()]))
    });
    Table::new(caption).columns(["岗位", "可以试试", "账号和密码", ""]).rows(rows)
}

/// The accounts that only fill the county: name and password, to type by hand.
fn others<'a>(caption: &str, accounts: impl Iterator<Item = &'a DemoAccount>) -> Table {
    let rows = accounts.map(|a| {
        Row::new()
            .cell(a.name.clone())
            .cell(a.role.clone())
            .cell(Rich::new().code(a.account.clone()))
            .cell(Rich::new().code(a.password.clone()))
    });
    Table::new(caption).columns(["姓名或名称", "岗位", "账号", "密码"]).rows(rows)
}

async fn outbox(cx: Cx) -> WebResult<HttpResponse> {
    must_be_demo(&cx)?;
    let all = cx.run(work::demo_outbox).await?;
    let entries = all.into_iter().map(|(to, m)| {
        let way = to.map_or_else(|| m.channel.zh().to_owned(), |name| format!("{}，发给{name}", m.channel.zh()));
        Entry::new(m.created_at, m.subject, way).more(m.body)
    });
    let heading = Heading::new("演示发件箱");
    cx.ok(&cx
        .page("演示发件箱")
        .with(heading)
        .say("演示不发送短信和邮件，验证码和通知都在这里。")
        .with(History::new(entries)))
}

/// What the person who is logged in has to pay, or, for the finance post, what the bank has to pay out.
async fn bank(cx: Cx) -> WebResult<HttpResponse> {
    must_be_demo(&cx)?;
    let lead = "演示里没有真的银行。这里把当前登录人要付的款项、财务岗已经送出的付款单，生成一份银行流水；\
                下载之后以财务岗登录，在“资金”页导入，款项就到账了。";
    let mut page = cx.page("演示银行").with(Heading::new("演示银行").lead(lead));
    let Some(actor) = cx.actor().cloned() else {
        let who = Rich::new().text("请先在").link("演示县首页", "/demo").text("以付款人或财务岗的身份登录。");
        return cx.ok(&page.say(who));
    };
    let lines = cx.run(move |app| demo_bank::waiting(app, &actor)).await?;
    if lines.is_empty() {
        page = page.with(
            Panel::info("现在没有要付的款项")
                .say("报名提交之后有待交的保证金，合同鉴证之后有待付的价款；财务岗生成付款文件之后有待执行的付款单。"),
        );
        return cx.ok(&page);
    }
    let rows = lines.into_iter().map(|l| Row::new().cell(l.what).cell(l.other).cell(l.amount.to_string()));
    page = page
        .with(Table::new("款项").columns(["款项", "户名", "金额"]).rows(rows))
        .say(Rich::new().link("下载这些款项的银行流水", "/demo/bank/statement.csv"));
    cx.ok(&page)
}

async fn statement(cx: Cx) -> WebResult<HttpResponse> {
    must_be_demo(&cx)?;
    let actor = cx.need_actor()?.clone();
    let lines = cx.run(move |app| demo_bank::waiting(app, &actor)).await?;
    let name = format!("attachment; filename=\"statement-{}.csv\"", cx.now().day().compact());
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(demo_bank::statement(&lines)))
}
