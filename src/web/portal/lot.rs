//! A published lot: the whole notice, its price, its course, its result.

use actix_web::{HttpResponse, web};

use crate::acts::papers::OnDemand;
use crate::acts::{frozen, objection, publication};
use crate::domain::base::numbering::CertificateNo;
use crate::domain::category::{Category, Direction};
use crate::domain::lot::{Lot, Phase, Stage};
use crate::domain::refusal::Refusal;
use crate::store::views::cases::{self, Case, Visibility};
use crate::web::case::{facts, history, notice, spine};
use crate::web::cx::Cx;
use crate::web::deal::objections_block;
use crate::web::error::WebResult;
use crate::web::ui::{Action, Actions, Columns, Countdown, Facts, Heading, Link, Panel, Rich, Section, Weight};

/// What a visitor can do here.
fn actions(cx: &Cx, lot: &Lot, lot_no: &str) -> Actions {
    let mut all = Vec::new();
    let may_apply = cx.actor().is_none_or(|a| a.party.is_some_and(|p| p != lot.transferor));
    if lot.stage.takes_applications() && may_apply {
        let say =
            lot.terms.as_ref().map(|t| format!("需要登录。保证金 {} 元，须在公告截止前到账。", t.deposit.short()));
        all.push(
            Action::link("我要报名", format!("/lots/{lot_no}/application"), Weight::Primary)
                .say(say.unwrap_or_default()),
        );
    }
    if lot.session.is_some() {
        let live = lot.stage.in_session();
        let label = if live { "进入竞价大厅" } else { "竞价大厅" };
        let weight = if live { Weight::Primary } else { Weight::Secondary };
        all.push(Action::link(label, format!("/lots/{lot_no}/room"), weight));
    }
    if matches!(lot.stage, Stage::Publicity | Stage::ObjectionHandling) {
        let to = format!("/lots/{lot_no}/objection");
        all.push(Action::link("对结果提出异议", to, Weight::Secondary).say("公示期内任何人都可以提出。"));
    }
    if lot.outcome.is_some() {
        all.push(Action::link("报价记录", format!("/lots/{lot_no}/bids"), Weight::Plain));
        let to = format!("/lots/{lot_no}/papers/F07.pdf");
        all.push(Action::link("结果公示打印版（PDF）", to, Weight::Plain));
    }
    if OnDemand::BidRecord.exists(lot) {
        let to = format!("/lots/{lot_no}/papers/F06.pdf");
        all.push(Action::link("竞价记录打印版（PDF）", to, Weight::Plain));
    }
    if lot.listing.is_some() {
        all.push(Action::link("公告打印版（PDF）", format!("/lots/{lot_no}/notice.pdf"), Weight::Plain));
    }
    let own = cx.actor().is_some_and(|a| {
        let departments = lot.departments();
        crate::domain::permit::may_read_file(a, &lot.case(&departments))
    });
    if own {
        all.push(Action::link("打开案卷", format!("/cases/{}", lot.id), Weight::Plain));
    }
    Actions::new(all).title("办理").empty(format!("{}。", lot.stage.zh()))
}

/// The result with the winner masked.
fn result(case: &Case, direction: Direction) -> Option<Section> {
    let lot = &case.stored.lot;
    let (outcome, terms) = (lot.outcome.as_ref()?, lot.terms.as_ref()?);
    let winner = case.transferee.as_ref().map(|p| p.shown()).unwrap_or_default();
    let (gain, figure) = outcome.gain_zh(direction);
    let mut rows = Facts::new()
        .two_columns()
        .row("受让方", winner)
        .row("竞买号", outcome.bidder_no.as_str())
        .strong("成交价", Rich::new().money(outcome.price, terms.price_unit.zh()))
        .row("成交总额", format!("{} 元（人民币{}）", outcome.total.figures(), outcome.total.capitals()))
        .row(gain, figure)
        .row("合格竞买人", format!("{} 名", outcome.bidders))
        .row("有效报价", format!("{} 次", outcome.bids))
        .row("方式", if outcome.negotiated { "协商成交" } else { "竞价成交" });
    if let Some(ends) = lot.publicity_ends {
        rows = rows.row("公示截止", Rich::new().time(ends));
    }
    if let Some(number) = lot.certificate.number.as_ref().filter(|_| lot.certificate.issued_at.is_some()) {
        let there = number.parse::<CertificateNo>().map_or("/verify".to_owned(), |no| format!("/verify/{}", no.url()));
        rows = rows.row("交易鉴证书", Rich::new().text(number.clone()).text(" ").link("查验", there));
    }
    Some(Section::card("成交结果").id("result").with(rows))
}

/// What the notice has attached.
fn attached(lot: &Lot, lot_no: &str) -> Section {
    let all = OnDemand::ATTACHED.iter().filter(|p| p.exists(lot));
    all.fold(Section::card("公告附件").id("attachments"), |s, paper| {
        s.say(Link::new(paper.file(), format!("/lots/{lot_no}/papers/{}.pdf", paper.code())))
    })
}

fn dates(case: &Case) -> Facts {
    let lot = &case.stored.lot;
    let mut rows = Facts::new();
    if let Some(round) = &case.round {
        rows = rows
            .row("公告号", round.notice.notice_no.as_str())
            .row("轮次", format!("第 {} 轮", round.number))
            .row("公告开始", Rich::new().time(round.published_at))
            .row("报名和保证金截止", Rich::new().time(round.closes_at))
            .row("公告期", round.notice.length.as_str());
    }
    facts::moment(rows, "竞价开始", lot.session.as_ref().map(|s| s.starts))
}

/// `GET /lots/{lot_no}`
pub async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let lot_no = path.into_inner();
    let wanted = lot_no.clone();
    let case = cx.run(move |app| Ok(app.store.read(|db| cases::case_by_no(db, &wanted))?)).await?;
    let case = case.filter(|c| c.stored.lot.public).ok_or(Refusal::NotFound)?;
    let id = case.stored.lot.id;
    let objections = cx.run(move |app| objection::list(app, id)).await?;
    let (lot, now) = (&case.stored.lot, cx.now());
    let terms = lot.terms()?;
    let mut heading =
        Heading::new(terms.title.as_str()).kicker(format!("标的编号 {lot_no}")).tag(facts::stage_tag(lot));
    if lot.stage.takes_applications()
        && let Some(listing) = &lot.listing
    {
        heading = heading.tag(Countdown::new("报名截止", listing.closes, now));
    }
    if lot.stage == Stage::Scheduled
        && let Some(session) = &lot.session
    {
        heading = heading.tag(Countdown::new("竞价开始", session.starts, now));
    }
    let mut page = cx.page(&terms.title).with(heading).with(spine::phases(lot, &case.events));
    if let Some(ending) = lot.ending.as_ref().filter(|_| lot.stage.phase() == Phase::Ended) {
        page = page.with(Panel::info(lot.stage.zh()).say(ending));
    }
    let variety = frozen::variety_of(&cx.app, case.round.as_ref(), lot.variety)?;
    let rules = frozen::of(&cx.app, case.round.as_ref())?;
    let beside = publication::benchmark(&cx.app, case.round.as_ref(), lot, terms)?;
    let mut columns = Columns::new();
    if let Some(result) = result(&case, variety.direction) {
        columns = columns.main(result);
    }
    let in_publicity = matches!(lot.stage, Stage::Publicity | Stage::ObjectionHandling);
    if let Some(block) = objections_block(&lot_no, &objections, in_publicity) {
        columns = columns.main(block);
    }
    columns = columns.main(
        Section::card("价格").with(facts::price(terms)).with(facts::money(terms)).with(facts::band(&beside, terms)),
    );
    if let Some(round) = &case.round {
        let chapters = notice::blocks(&round.notice.notice);
        let whole =
            chapters.into_iter().fold(Section::new(round.notice.notice.title.as_str()).id("notice"), |s, b| s.with(b));
        columns = columns.main(whole);
        columns =
            columns.main(Section::card("公告文本校验值（SM3）").say(Rich::new().code(round.notice_hash.as_str())).say(
                Rich::new().text("发布时已记入").link("公开日志", "/journal").text("，公告改动一个字，校验值就不同。"),
            ));
    }
    let open = case.documents.iter().filter(|d| d.visibility == Visibility::Public);
    let title = |d: &crate::store::views::cases::Document| facts::paper_title(Some(&variety), &d.code);
    columns = columns
        .main(Section::card("公开材料").with(facts::docs(open, title).empty("没有公开的附件。")))
        .main(attached(lot, &lot_no))
        .main(Section::card("公开记录").with(history::public(&case.events)))
        .aside(actions(&cx, lot, &lot_no))
        .aside(Section::card("日期").id("dates").with(dates(&case)))
        .aside(Section::card("办理进度").with(spine::timeline(&cx.app, &rules, lot, &public_events(&case), now)));
    let category: Category = lot.variety.category();
    columns = columns.aside(
        Section::card("同类项目").say(Link::new(category.zh(), format!("/lots?category={}", category.number()))),
    );
    cx.ok(&page.with(columns))
}

/// All events: the timeline shows only phases and when they began.
fn public_events(case: &Case) -> Vec<crate::domain::lot::Recorded> {
    case.events.clone()
}
