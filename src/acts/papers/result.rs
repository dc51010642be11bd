//! Result notice and confirmation (forms F07, F08).

use super::super::deal::{self, Deal, price};
use super::bid_record::{MATCH, bids_of};
use super::{head, phone, signatures};
use crate::context::App;
use crate::crypto::suite::{Hash, sm3};
use crate::domain::base::Fen;
use crate::domain::base::numbering::NoticeKind;
use crate::domain::lot::{Outcome, Signatures};
use crate::papers::{DealConfirmation, Fact, Paper, ResultNotice};
use crate::store::{Fault, Stop};

pub(super) fn gain(deal: &Deal, outcome: &Outcome) -> Fact {
    let (name, figure) = outcome.gain_zh(deal.variety.direction);
    Fact::new(name, figure)
}

/// 结果公示 (F07); natural persons masked.
pub fn result_notice(app: &App, deal: &Deal) -> Result<Paper, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let ends = deal.lot.publicity_ends.map(|e| e.zh()).unwrap_or_else(|| "异议处理期间暂停计时".to_owned());
    let notice_no = deal::numbered(&deal.lot)?.notice(NoticeKind::Result, 1).map_err(deal::no_number)?.to_string();
    let begins = app.store.read(|db| crate::store::lots::events(db, deal.lot.id))?;
    let posted = begins.iter().find(|r| r.event.kind() == "result_posted").map_or(deal.lot.entered_at, |r| r.at);
    Ok(ResultNotice {
        head: head(app, notice_no, posted.day()),
        project_no: deal.project_no(),
        lot_no: deal.lot_no(),
        object: terms.title.clone(),
        variety: deal.variety.name.clone(),
        mode: terms.mode.zh().into(),
        method: terms.method.zh().into(),
        transferor: deal.transferor.public_name(),
        winner: format!("{}（竞买号{}）", deal.winner()?.public_name(), outcome.bidder_no),
        start_price: price(terms.price, terms),
        deal_price: deal.deal_price()?,
        total: format!("{}元", outcome.total.figures()),
        gain: gain(deal, outcome),
        term: terms.term.map(|t| t.zh()),
        bidders: format!("{}人", outcome.bidders),
        priority: priority(app, deal)?,
        publicity: format!("{}至{ends}", posted.zh()),
        objection: format!("{}，电话{}；也可以在平台标的页面在线提出", app.config.county.centre, phone(app)),
    }
    .into())
}

/// Whether the winner won by matching the price with a priority right (rulebook 4.3).
fn priority(app: &App, deal: &Deal) -> Result<Option<String>, Stop> {
    let (bids, outcome) = (bids_of(app, deal)?, deal.outcome()?);
    let matched = bids.iter().any(|b| b.kind == MATCH);
    let won = bids.iter().rev().find(|b| b.bidder_no == outcome.bidder_no);
    Ok(match (won, matched) {
        (Some(bid), _) if bid.kind == MATCH => {
            Some(format!("竞买号{}以同等价格行使优先权，优先成交", outcome.bidder_no))
        }
        (_, true) => Some("有优先权人以同等价格行使优先权，后被更高报价超过".to_owned()),
        (_, false) => None,
    })
}

/// 成交确认书 (F08). Without signatures it is the text that both sign.
pub fn confirmation(app: &App, deal: &Deal, signed: bool) -> Result<Paper, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let none = Signatures::default();
    let signs = if signed { &deal.lot.confirmation } else { &none };
    let number = deal.lot.confirmation_no.clone().ok_or_else(|| deal.lot.wrong_stage())?;
    let day = deal.lot.publicity_ends.unwrap_or(deal.lot.entered_at).day();
    let sign_until = app.market.calendar.add_working_days(day, deal.rules.contract.sign_wd);
    let sign_until = sign_until.map_or_else(|_| "合同约定的期限".to_owned(), |d| d.zh());
    Ok(DealConfirmation {
        head: head(app, number, day),
        project_no: deal.project_no(),
        lot_no: deal.lot_no(),
        object: terms.title.clone(),
        transferor: deal.transferor.card.name.clone(),
        transferee: deal.winner()?.card.name.clone(),
        bidder_no: outcome.bidder_no.clone(),
        deal_price: deal.deal_price()?,
        total: format!("{}元", outcome.total.figures()),
        total_capitals: format!("人民币{}", outcome.total.capitals()),
        term: deal.term(),
        payment: terms.payment.kind().zh().into(),
        deposit: deposit_zh(terms.deposit),
        sign_until,
        approval: outcome
            .outsider
            .then(|| "受让方不是本集体经济组织成员，依法须经审批的，审批通过后签订合同；未获批准且双方无过错的，交易终结，保证金全额退还。".to_owned()),
        signatures: signatures(deal, signs, ["转出方", "受让方"], false),
        evidence: vec![Fact::new("结果公示届满", deal.lot.publicity_ends.map(|e| e.zh()).unwrap_or_default())],
    }
    .into())
}

fn deposit_zh(deposit: Fen) -> String {
    format!("交易保证金{}元转为首期价款的一部分", deposit.figures())
}

/// The canonical text that a party signs.
pub fn confirmation_text(app: &App, deal: &Deal) -> Result<String, Stop> {
    let paper = confirmation(app, deal, false)?;
    Ok(serde_json::to_string(&paper).map_err(|e| Fault::Papers(e.to_string()))?)
}

/// Its SM3, to which the one-time code is bound.
pub fn confirmation_hash(app: &App, deal: &Deal) -> Result<Hash, Stop> {
    Ok(sm3(&[confirmation_text(app, deal)?.as_bytes()]))
}
