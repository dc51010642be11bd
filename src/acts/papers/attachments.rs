//! What a notice has attached (form F03): the contract's text as a draft, the bidder's undertaking and the
//! bidding rules, all made from the case itself.

use super::super::deal::{Deal, Known, both, price};
use super::contract::{self, payments};
use super::head;
use crate::context::App;
use crate::domain::application::Declaration;
use crate::domain::base::ids::{ApplicationId, PartyId};
use crate::domain::lot::{Outcome, Terms};
use crate::domain::rulebook::Rules;
use crate::papers::{Fact, LetterPaper, Paper, PaymentLine};
use crate::store::Stop;

/// What stands where the deal will put a name or a number.
const OPEN: &str = "（成交后填写）";

/// The bidding rules, paragraph by paragraph: what a bidder agrees to before a session.
pub fn bidding_rules(rules: &Rules) -> Vec<String> {
    let phases = format!(
        "竞价分自由竞价和限时竞价两个阶段。自由竞价{}分钟；限时竞价每轮{}秒，有新的有效报价即重新计时，一轮内无人报价则结束。具体时长以竞价通知为准。",
        rules.bid.free_minutes, rules.bid.limited_seconds
    );
    let more = [
        "报价以服务器收到的时间为准。报价一经确认不能撤回，系统出具带签名的回执。",
        "优先权人可以在同等价格下行使优先权，行使后其他竞买人可以继续加价。",
        "竞买号只有本人知道。不得串通报价，不得扰乱竞价秩序。",
        "遇系统故障，按公告载明的规则暂停和恢复竞价，已确认的报价有效。",
    ];
    std::iter::once(phases).chain(more.map(str::to_owned)).collect()
}

fn letter(app: &App, deal: &Deal, suffix: &str, name: &str) -> Result<LetterPaper, Stop> {
    let day = deal.lot.listing.as_ref().map_or(deal.lot.entered_at, |l| l.opens).day();
    let terms = deal.terms()?;
    Ok(LetterPaper {
        facts: vec![Fact::new("标的编号", deal.lot_no()), Fact::new("标的名称", terms.title.clone())],
        ..LetterPaper::new(head(app, format!("{}{suffix}", deal.lot_no()), day), name)
    })
}

/// 竞价须知.
pub fn bid_rules(app: &App, deal: &Deal) -> Result<Paper, Stop> {
    let terms = deal.terms()?;
    let mut paper = letter(app, deal, "XZ", "竞价须知")?;
    paper.facts.push(Fact::new("挂牌价", price(terms.price, terms)));
    paper.facts.push(Fact::new("加价幅度", price(terms.step, terms)));
    paper.facts.push(Fact::new("交易保证金", both(terms.deposit)));
    Ok(LetterPaper { items: bidding_rules(&deal.rules), ..paper }.into())
}

/// 声明与保证 (R03), as every bidder gives it.
pub fn undertaking(app: &App, deal: &Deal) -> Result<Paper, Stop> {
    let paper = letter(app, deal, "R03", "声明与保证")?;
    Ok(LetterPaper {
        paragraphs: vec!["报名参加本标的交易的，应当在报名时作出下列声明与保证：".to_owned()],
        items: Declaration::ALL.iter().map(|d| d.zh().to_owned()).collect(),
        ..paper
    }
    .into())
}

/// 合同文本（草案）: the contract as it would be at the asking price. Nobody's particulars stand in it.
pub fn contract_draft(app: &App, deal: &Deal) -> Result<Paper, Stop> {
    let draft = at_asking_price(deal)?;
    let terms = draft.terms()?;
    let day = draft.lot.listing.as_ref().map_or(draft.lot.entered_at, |l| l.opens).day();
    let dues = payments(app, &draft, day)?;
    let lines = contract::payment_lines(&draft, &dues)?;
    let open = |line: PaymentLine| PaymentLine { due: OPEN.to_owned(), note: "按挂牌价示例".to_owned(), ..line };
    let lines: Vec<PaymentLine> = lines.into_iter().map(open).collect();
    contract::text(app, &draft, "（草案）", day, lines, terms.term)
}

fn at_asking_price(deal: &Deal) -> Result<Deal, Stop> {
    let mut draft = deal.clone();
    let transferor = draft.transferor.public_name();
    draft.lot.outcome = Some(asking(deal.terms()?));
    draft.lot.contract = None;
    draft.lot.confirmation_no = Some(OPEN.to_owned());
    draft.lot.approvals.clear();
    draft.transferor = nameless(&draft.transferor, transferor);
    draft.transferee = Some(nameless(&draft.transferor, OPEN.to_owned()));
    Ok(draft)
}

fn asking(terms: &Terms) -> Outcome {
    Outcome {
        application: ApplicationId(uuid::Uuid::nil()),
        party: PartyId(uuid::Uuid::nil()),
        bidder_no: String::new(),
        price: terms.price,
        total: terms.total,
        first_year: terms.first_year,
        bidders: 0,
        bids: 0,
        premium_bp: 0,
        negotiated: false,
        outsider: false,
    }
}

/// The party with what anybody may read: its public name.
fn nameless(known: &Known, name: String) -> Known {
    let mut card = known.card.clone();
    card.name = name;
    card.representative = String::new();
    card.address = String::new();
    Known { card, id_no: OPEN.to_owned(), phone: OPEN.to_owned() }
}
