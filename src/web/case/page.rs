//! The case page: spine, what this person can do, facts, findings, papers, opinions, history.

use actix_web::{HttpResponse, web};

use super::load::{File, file, lot_id};
use super::{facts, history, spine};
use crate::acts::contract::{self, Demand};
use crate::acts::papers::OnDemand;
use crate::acts::{application, pauses, publication, review};
use crate::domain::actor::Actor;
use crate::domain::lot::{Act, Lot, Stage};
use crate::domain::permit::{Area, may_read_entry, may_read_papers, permit};
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::finance::inquiry;
use crate::web::ui::{Action, Actions, Columns, Doc, Docs, Facts, Heading, Link, Panel, Section, Weight};

/// Every act that is open to this person now.
fn actions(file: &File, actor: &Actor) -> Actions {
    let lot = file.lot();
    let departments = lot.departments();
    let view = lot.case(&departments).beside(&file.elsewhere);
    let side = actor.party.and_then(|p| lot.side(p));
    let must = review::must_consult(&file.variety, lot);
    let open = Act::ALL.iter().filter(|act| permit(**act, Some(actor), &view).is_ok() && lot.ready(**act, side, &must));
    let links = open.enumerate().map(|(at, act)| {
        let to = match (act, &lot.lot_no) {
            (Act::Apply | Act::Object, Some(no)) => format!("/lots/{no}/{}", act.path()),
            (Act::Qualify, _) => "/desk/qualification".to_owned(),
            _ => format!("/cases/{}/{}", lot.id, act.path()),
        };
        let weight = match (act, at) {
            (Act::Withdraw | Act::Object, _) => Weight::Plain,
            (_, 0) => Weight::Primary,
            (_, _) => Weight::Secondary,
        };
        Action::link(act.zh(), to, weight)
    });
    // The parties sign on paper what the authority decides on, and nothing on the screen asks them to.
    let unsigned = side.is_some() && lot.stage == Stage::Approval && lot.intention.is_none();
    let empty = if unsigned {
        "请打印本页的流转意向协议书，双方签字后交乡镇服务站或县中心登记，然后由审批机关决定。".to_owned()
    } else {
        format!("现在没有需要您办理的事项，下一步：{}。", lot.stage.owner_zh())
    };
    Actions::new(links).title("我可以办理").empty(empty)
}

/// The papers that the platform makes of this case, for whoever may read them. What is attached to a notice
/// stands on the lot's public page.
fn printed(lot: &Lot, actor: &Actor) -> Option<Section> {
    let departments = lot.departments();
    let view = lot.case(&departments);
    let may = |what: OnDemand| match what {
        OnDemand::Application => may_read_entry(actor, &view),
        OnDemand::ContractDraft | OnDemand::Undertaking | OnDemand::BidRules => false,
        OnDemand::Notice
        | OnDemand::BidRecord
        | OnDemand::Result
        | OnDemand::Confirmation
        | OnDemand::Intention
        | OnDemand::Approval
        | OnDemand::Delivery => may_read_papers(actor, &view),
    };
    let docs: Vec<Doc> = OnDemand::ALL
        .into_iter()
        .filter(|what| what.exists(lot) && may(*what))
        .map(|what| {
            let to = format!("/cases/{}/papers/{}.pdf", lot.id, what.code());
            Doc::new(what.file().trim_end_matches(".pdf"), "PDF", to)
        })
        .collect();
    (!docs.is_empty()).then(|| Section::card("交易文书（打印版）").id("printed").with(Docs::new(docs)))
}

/// What is to be paid, until when and where to; for the payer and for those who keep the money.
fn payment(settlement: &str, demand: &Demand) -> Section {
    let rows = Facts::new()
        .strong("还应付款", demand.price + demand.fee)
        .row("其中价款", demand.price)
        .row("其中交易服务费", demand.fee)
        .row("已由保证金转入", demand.converted)
        .row("付款期限", demand.due)
        .row("收款账户", settlement)
        .hint("从本人（本单位）账户转入。")
        .strong("转账附言码", demand.account.as_str())
        .hint("转账时把这16位数字写在附言（用途）栏，银行到账后按它自动登记。");
    Section::card("付款").id("payment").with(rows).say("银行到账后自动登记，双方会收到通知，然后可以申请交易鉴证书。")
}

/// What the departments said.
fn opinions(lot: &Lot) -> Section {
    let rows = lot.opinions.iter().fold(Facts::new(), |f, o| {
        let text = match &o.answer {
            Some((true, words)) => format!("同意。{words}"),
            Some((false, words)) => format!("不同意。{words}"),
            None => "尚未答复".to_owned(),
        };
        f.row(o.department.zh(), text)
    });
    Section::card("部门会审意见").with(rows)
}

/// The payments of the case that wait, for whoever may read the money.
async fn paused(cx: &Cx, actor: &Actor, lot: &Lot) -> WebResult<Option<Section>> {
    let (actor, lot) = (actor.clone(), lot.clone());
    let waiting = cx.run(move |app| pauses::waiting(app, &actor, &lot)).await?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let rows = waiting.iter().fold(Facts::new(), |rows, (order, open)| {
        let words: Vec<String> = open.iter().map(inquiry::said).collect();
        rows.row(&order.number, format!("{}，{}：{}", order.payee_name, order.amount, words.join("；")))
    });
    Ok(Some(Section::card("暂停的付款").id("paused").with(rows).link(Link::new("付款单", "/desk/refunds"))))
}

/// `GET /cases/{id}`
pub async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = file(&cx, lot_id(&path)?).await?;
    let actor = cx.need_actor()?.clone();
    let (lot, now) = (file.lot(), cx.now());
    let numbers = [&lot.lot_no, &lot.acceptance_no, &lot.file_no];
    let numbers: Vec<&str> = numbers.into_iter().flatten().map(String::as_str).collect();
    let mut page = cx
        .page(&file.title())
        .with(Heading::new(file.title()).kicker(numbers.join(" · ")).tag(facts::stage_tag(lot)))
        .with(spine::phases(lot, &file.case.events));
    if !lot.correction.is_empty() && matches!(lot.stage, Stage::FirstCorrection | Stage::AcceptanceCorrection) {
        page = page.with(lot.correction.iter().fold(Panel::attention("一次性告知：需要补正"), |p, i| p.say(i)));
    }
    if let Some(ending) = &lot.ending {
        page = page.with(Panel::info(lot.stage.zh()).say(ending));
    }
    let demand = {
        let (actor, lot) = (actor.clone(), lot.clone());
        cx.run(move |app| contract::demand(app, &actor, &lot)).await?
    };
    let mut columns = Columns::new();
    if let Some(demand) = &demand {
        columns = columns.main(payment(&application::settlement(&cx.app), demand));
    }
    let winner = file.case.transferee.as_ref().map(|p| p.name.as_str()).unwrap_or_default();
    if let Some(deal) = file.terms.as_ref().and_then(|terms| facts::deal(lot, terms, winner)) {
        columns = columns.main(Section::card("成交和履约").id("deal").with(deal));
    }
    if let Some(terms) = &file.terms {
        let beside = publication::benchmark(&cx.app, file.case.round.as_ref(), lot, terms)?;
        columns = columns
            .main(Section::card("标的").with(facts::object(terms, lot, &file.variety.name, &file.case.transferor.name)))
            .main(
                Section::card("价格与期限")
                    .with(facts::price(terms))
                    .with(facts::money(terms))
                    .with(facts::band(&beside, terms)),
            );
    } else {
        columns = columns.main(Panel::info("草稿").say("申请还没有填完。"));
    }
    if let Some(checked) = &file.checked {
        let mut section = Section::card("规则检查").id("findings");
        if !checked.missing.is_empty() {
            section = section.say(format!("缺少材料：{}。", checked.missing.join("、")));
        }
        columns = columns.main(section.with(facts::findings(&checked.findings)));
    }
    let title = |d: &crate::store::views::cases::Document| facts::paper_title(Some(&file.variety), &d.code);
    if let Some(printed) = printed(lot, &actor) {
        columns = columns.main(printed);
    }
    columns = columns.main(Section::card("材料").with(facts::docs(file.case.documents.iter(), title)));
    if !lot.opinions.is_empty() {
        columns = columns.main(opinions(lot));
    }
    if let Some(waiting) = paused(&cx, &actor, lot).await? {
        columns = columns.main(waiting);
    }
    columns = columns
        .main(Section::card("办理记录").with(history::all(&file.case.events)))
        .aside(actions(&file, &actor))
        .aside(Section::card("办理进度").with(spine::timeline(&cx.app, &file.rules, lot, &file.case.events, now)));
    if lot.public && Area::BreakGlass.permits(&actor) {
        let link = Link::new("查阅报名情况", format!("/cases/{}/registrants", lot.id));
        columns = columns.aside(Section::card("监督").say("报名情况保密，查阅须写明事由并永久记录。").say(link));
    }
    if let Some(no) = lot.lot_no.as_ref().filter(|_| lot.public) {
        columns = columns.aside(Section::card("公开页面").say(Link::new("查看公告", format!("/lots/{no}"))));
    }
    if !file.case.siblings.is_empty() {
        let others = file.case.siblings.iter().fold(Section::card("同一项目的其他标的"), |s, (id, title)| {
            s.say(Link::new(title.clone(), format!("/cases/{id}")))
        });
        columns = columns.aside(others);
    }
    cx.ok(&page.with(columns))
}
