//! The published notice (form F03).

use super::super::deal::{Deal, both, price, quantity};
use super::{head, phone};
use crate::context::App;
use crate::domain::category::PriorityClass;
use crate::domain::funds::Escalation;
use crate::domain::lot::Terms;
use crate::papers::{Fact, NoticePaper, Paper};
use crate::store::Stop;

/// 挂牌公告 (F03) from the frozen terms and the listing.
pub fn notice(app: &App, deal: &Deal) -> Result<Paper, Stop> {
    let terms = deal.terms()?;
    let listing = deal.lot.listing.as_ref().ok_or_else(|| deal.lot.wrong_stage())?;
    let rules = &deal.rules;
    let centre = &app.config.county.centre;
    let list = |text: &str| if text.trim().is_empty() { Vec::new() } else { vec![text.trim().to_owned()] };
    let bounds = ["东至", "南至", "西至", "北至"].iter().zip(&terms.bounds).filter(|(_, b)| !b.is_empty());
    let bounds: Vec<String> = bounds.map(|(side, text)| format!("{side}{text}")).collect();
    let mut further: Vec<Fact> = Vec::new();
    for (key, value) in &terms.attributes {
        if let Some(field) = deal.variety.field(key) {
            further.push(Fact::new(field.label.clone(), field.show(value)));
        }
    }
    if !bounds.is_empty() {
        further.push(Fact::new("四至", bounds.join("，")));
    }
    Ok(NoticePaper {
        head: head(app, listing.notice_no.clone(), listing.opens.day()),
        name: format!("{}{}公告", terms.title, terms.mode.zh()),
        intro: format!(
            "受{}委托，经乡镇服务站初审和本中心审核，下列标的按照交易规则公开交易，现公告如下。",
            deal.transferor.public_name()
        ),
        project_no: deal.project_no(),
        lot_no: deal.lot_no(),
        round: format!("第{}轮", listing.number),
        variety: deal.variety.name.clone(),
        transferor: deal.transferor.public_name(),
        object: terms.title.clone(),
        description: format!("现状用途：{}。", terms.present_use),
        location: deal.location(),
        quantity: quantity(terms),
        title_facts: format!(
            "{}所有；{} {}",
            terms.ownership.zh(),
            terms.title_document.kind,
            terms.title_document.number
        ),
        mode: terms.mode.zh().into(),
        term: terms.term.map(|t| t.zh()),
        start: terms.term.map(|t| t.starts.zh()),
        purpose: (!terms.planned_use.is_empty()).then(|| terms.planned_use.clone()),
        further,
        parcels: None,
        price: price(terms.price, terms),
        price_total: Some(format!("按挂牌价计算的总额{}", both(terms.total))),
        benchmark: None,
        valuation: None,
        direction: deal.variety.direction.zh().into(),
        step: price(terms.step, terms),
        max_step: Some(format!("单次不超过{}倍", rules.bid.max_multiple)),
        reserve: "不设保留价".into(),
        method: terms.method.zh().into(),
        session: deal.lot.session.as_ref().map(|s| s.starts.zh()),
        free_period: Some(format!("{}分钟", rules.bid.free_minutes)),
        limited_period: Some(format!("每次有效报价后重新计时{}秒，无人报价即结束", rules.bid.limited_seconds)),
        sole_bidder: Some(deal.variety.sole_policy.zh().into()),
        deposit: both(terms.deposit),
        deposit_account: format!("{centre}结算账户，报名后在平台查看收款账号和附言"),
        deposit_deadline: format!("{}前到账", listing.closes.zh()),
        deposit_treatment: format!(
            "成交的转为首期价款；未成交的自竞价结束之日起{}个工作日内原路退还",
            rules.deposit.refund_wd
        ),
        payment_plan: terms.payment.kind().zh().into(),
        bonds: None,
        escalation: escalation(terms),
        fees: "交易服务费由受让方承担，按已公布的收费标准执行；转出方不承担服务费。".into(),
        conditions: list(&terms.conditions),
        priority: priority(&terms.priority),
        priority_claim: (!terms.priority.is_empty())
            .then(|| "主张优先权的，应当在报名时提出并提交证明材料，逾期视为放弃。".to_owned()),
        listing_period: format!("{}至{}", listing.opens.zh(), listing.closes.zh()),
        registration_deadline: listing.closes.zh(),
        registration: "登录平台在线报名，或者到乡镇服务站由工作人员协助报名。".into(),
        extension: "本公告不自动延期。".into(),
        viewing: terms.viewing.clone(),
        formation: "结果公示期满没有尚未处理的异议，本中心出具成交确认书；依法须经批准的，批准后签订合同。".into(),
        contract_deadline: Some(format!("成交双方应当自成交确认之日起{}个工作日内签订合同。", rules.contract.sign_wd)),
        forfeiture: vec![
            "提供虚假材料或者隐瞒重要事实取得竞买资格的；".into(),
            "与他人串通，损害转出方或者其他竞买人利益的；".into(),
            "成交后无正当理由拒绝签订合同或者不按期支付首期价款的。".into(),
        ],
        disclosures: [list(&terms.encumbrances), list(&terms.disclosures)].concat(),
        objection: format!("{centre}，电话{}", phone(app)),
        centre_contact: format!(
            "{centre}，{}，电话{}",
            app.config.county.address.as_deref().unwrap_or("地址待公布"),
            phone(app)
        ),
        station_contact: format!("{}农村产权交易服务站", deal.lot.place.township_name()),
        attachments: Vec::new(),
    }
    .into())
}

fn priority(classes: &[PriorityClass]) -> String {
    if classes.is_empty() {
        return "本次交易没有优先权人。".into();
    }
    let names: Vec<&str> = classes.iter().map(|c| c.zh()).collect();
    format!("同等条件下的优先顺序：{}。", names.join("、"))
}

/// How rent grows, as one sentence.
pub(super) fn escalation(terms: &Terms) -> Option<String> {
    match terms.escalation {
        Escalation::None => None,
        Escalation::Percent { every_years, rate_bp } => {
            Some(format!("每满{every_years}年在上一期标准上上浮{}.{:02}%。", rate_bp / 100, rate_bp % 100))
        }
        Escalation::Amount { every_years, step } => {
            Some(format!("每满{every_years}年，年租金增加{}元。", step.figures()))
        }
    }
}
