//! Contracts (form F09) and the papers of the licence (K70).

use super::super::deal::{Deal, both, price, quantity};
use super::clauses::{breach, lease_land, parcel_code};
use super::{E_SIGN, head, signatures};
use crate::context::App;
use crate::domain::base::numbering::LotPaper;
use crate::domain::base::{Day, Fen};
use crate::domain::category::{LandKind, ModeKind};
use crate::domain::funds::plan::{Due, contract_rents, schedule};
use crate::domain::lot::consistency::{self, ContractFacts};
use crate::domain::lot::{Ownership, Signatures, Term};
use crate::domain::refusal::Refusal;
use crate::papers::{
    ApprovalForm, ContractKind, ContractPaper, Copies, Fact, GeneralContractPaper, IntentionPaper, Opinion, Paper,
    Parcel, PaymentLine, Permission, RentTerms,
};
use crate::store::Stop;

/// A contract ready to be printed.
#[derive(Clone, Debug)]
pub struct ContractMade {
    /// Its number.
    pub number: String,
    /// The paper.
    pub paper: Paper,
}

/// The schedule of payments by the notice's plan.
///
/// # Errors
/// Refused where the figures of the deal give no schedule, or the calendar does not know the first day.
pub fn payments(app: &App, deal: &Deal, from: Day) -> Result<Vec<Due>, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let first_due = app.market.calendar.add_working_days(from, deal.rules.pay.first_wd);
    let first_due = first_due.map_err(|u| Refusal::CalendarUnconfirmed { year: u.year })?;
    let months = terms.term.map(|t| t.months);
    let per = terms.price_unit.per();
    let yearly = contract_rents(per, outcome.total, outcome.first_year, months, terms.escalation);
    let start = terms.term.map_or(first_due, |t| t.starts);
    let dues = yearly.and_then(|yearly| schedule(&terms.payment, &yearly, start, first_due));
    dues.map_err(|e| Refusal::rule("PLAN", e.to_string(), "规则手册 5.8").into())
}

/// The contract of the deal, checked against notice and result (PR04).
pub fn contract(app: &App, deal: &Deal, number: &str) -> Result<ContractMade, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let today = app.clock.now().day();
    let dues = payments(app, deal, today)?;
    let facts = ContractFacts {
        transferor: deal.transferor.card.id,
        transferee: deal.winner()?.card.id,
        price: outcome.price,
        price_unit: terms.price_unit,
        total: outcome.total,
        quantity: terms.quantity,
        term: terms.term,
        planned_use: terms.planned_use.clone(),
        scheduled: Fen(dues.iter().map(|d| d.amount.0).sum()),
    };
    consistency::check(&deal.lot, &facts)?;
    let lines = payment_lines(deal, &dues)?;
    let paper = text(app, deal, number, today, lines, terms.term)?;
    Ok(ContractMade { number: number.to_owned(), paper })
}

/// The contract's text by the kind of object: land leases have a form of their own.
pub(super) fn text(
    app: &App,
    deal: &Deal,
    number: &str,
    today: Day,
    lines: Vec<PaymentLine>,
    term: Option<Term>,
) -> Result<Paper, Stop> {
    let land = matches!(deal.lot.variety.category().number(), 1..=3 | 5);
    Ok(match term.filter(|_| land && deal.lot.terms.as_ref().is_some_and(|t| t.mode.is_lease())) {
        Some(term) => lease(app, deal, number, today, term, lines)?.into(),
        None => general(app, deal, number, today, lines)?.into(),
    })
}

pub(super) fn payment_lines(deal: &Deal, dues: &[Due]) -> Result<Vec<PaymentLine>, Stop> {
    let deposit = deal.terms()?.deposit;
    let line = |(i, due): (usize, &Due)| PaymentLine {
        no: format!("第{}期", i + 1),
        due: format!("{}前", due.day.zh()),
        covers: if dues.len() == 1 { "全部价款".into() } else { format!("第{}期价款", i + 1) },
        amount: format!("{}元", due.amount.figures()),
        note: if i == 0 {
            format!("含交易保证金转入{}元", deposit.min(due.amount).figures())
        } else {
            String::new()
        },
    };
    Ok(dues.iter().enumerate().map(line).collect())
}

fn approvals(deal: &Deal) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(d) = deal.lot.terms.as_ref().and_then(|t| t.decision.as_ref()) {
        lines.push(format!(
            "{}{}决议（应到{}人，实到{}人，同意{}人）",
            d.held.zh(),
            d.body.zh(),
            d.eligible,
            d.attended,
            d.votes_for
        ));
    }
    for a in &deal.lot.approvals {
        if let Some(decision) = a.decision.as_ref().filter(|d| d.granted) {
            lines.push(format!("{}（{}，{}）", a.kind.zh(), decision.number, decision.day.zh()));
        }
    }
    lines
}

fn copies(app: &App) -> Copies {
    Copies {
        total: "伍".into(),
        holders: format!("甲乙双方各执一份，农村集体经济组织、乡镇人民政府、{}各存一份。", app.config.county.centre),
    }
}

fn land_kind(deal: &Deal) -> Option<LandKind> {
    let attributes = deal.lot.terms.as_ref().map(|t| &t.attributes)?;
    deal.variety.land_kind(|key| attributes.get(key).map(String::as_str))
}

fn lease(
    app: &App,
    deal: &Deal,
    number: &str,
    today: Day,
    term: Term,
    payments: Vec<PaymentLine>,
) -> Result<ContractPaper, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let [east, south, west, north] = terms.bounds.clone();
    let yearly = Fen(outcome.first_year.0);
    let clauses = &deal.rules.contract;
    Ok(ContractPaper {
        head: head(app, number, today),
        name: format!("{}{}合同", deal.variety.short, terms.mode.zh()),
        project_no: deal.project_no(),
        lot_no: deal.lot_no(),
        confirmation_no: deal.lot.confirmation_no.clone().unwrap_or_default(),
        land: lease_land(deal.lot.variety.category().number(), land_kind(deal)),
        lessor: deal.transferor.paper(),
        lessee: deal.winner()?.paper(),
        method: terms.method.zh().into(),
        approvals: approvals(deal),
        parcels: vec![Parcel {
            name: terms.title.clone(),
            code: parcel_code(terms),
            area: quantity(terms),
            east,
            south,
            west,
            north,
            grade: String::new(),
            note: deal.location(),
        }],
        area: quantity(terms),
        facts: facts(deal, &["title", "present_use"]),
        assets: Vec::new(),
        purpose: terms.planned_use.clone(),
        from: term.starts.zh(),
        to: term.ends().zh(),
        length: term.zh(),
        delivery: term.starts.zh(),
        rent: RentTerms {
            unit: price(outcome.price, terms),
            yearly: format!("{}元", yearly.figures()),
            yearly_capitals: format!("人民币{}", yearly.capitals()),
            total: format!("{}元", outcome.total.figures()),
            total_capitals: format!("人民币{}", outcome.total.capitals()),
            adjustment: terms.escalation.zh(),
        },
        payments,
        account: None,
        deposit: format!("乙方已交纳的交易保证金{}元转为首期租金的一部分。", terms.deposit.figures()),
        bond: None,
        filing_days: clauses.filing_d,
        permissions: vec![
            Permission { matter: "改良土壤、提升地力".into(), agreed: true },
            Permission { matter: "依法建设农业生产附属、配套设施".into(), agreed: true },
            Permission { matter: "以经营权向金融机构融资担保".into(), agreed: false },
            Permission { matter: "将经营权再流转给他人".into(), agreed: false },
        ],
        subsidies: "国家补贴按照补贴政策规定的对象享受。".into(),
        compensation: "遇征收的，土地补偿归甲方依法分配；乙方投入的设施和未收获产品的补偿归乙方。".into(),
        renewal_days: clauses.notice_d,
        return_days: clauses.return_d,
        facilities: "可以移动的由乙方自行移走，不能移动的由双方协商处理。".into(),
        breach: breach(&deal.rules, true),
        disputes: "协商、调解不成的，可以向蓝山县农村土地承包仲裁委员会申请仲裁，也可以直接向有管辖权的人民法院起诉。"
            .into(),
        effect: "本合同自双方签名、盖章或者按指印之日起成立；依法须经批准的，已经批准。".into(),
        copies: copies(app),
        further: further(terms),
        signatures: signatures(deal, &Signatures::default(), ["出租方（甲方）", "承租方（乙方）"], false),
        e_sign_statement: Some(E_SIGN.into()),
    })
}

/// What the notice says of the object beyond what the contract has clauses for: these lines and the fields of
/// its variety, word for word, so that nobody can sign for something else than was offered (PR04).
fn facts(deal: &Deal, lines: &[&str]) -> Vec<Fact> {
    let fits = |key: &str| match key.strip_prefix("f.") {
        Some(field) => deal.variety.field(field).is_some_and(|f| f.contract),
        None => lines.contains(&key),
    };
    let printed = deal.notice.iter().flat_map(|round| &round.notice.notice.chapters).flat_map(|c| &c.lines);
    printed.filter(|l| fits(&l.key)).map(|l| Fact::new(l.label.clone(), l.value.clone())).collect()
}

fn further(terms: &crate::domain::lot::Terms) -> Vec<String> {
    [&terms.conditions, &terms.disclosures]
        .into_iter()
        .filter(|t| !t.trim().is_empty())
        .map(|t| format!("按照公告：{}", t.trim()))
        .collect()
}

fn general(
    app: &App,
    deal: &Deal,
    number: &str,
    today: Day,
    payments: Vec<PaymentLine>,
) -> Result<GeneralContractPaper, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let kind = match terms.mode.kind() {
        ModeKind::Lease => ContractKind::Lease,
        ModeKind::Sale | ModeKind::Record => ContractKind::Transfer,
        ModeKind::Equity => ContractKind::Cooperation,
        ModeKind::Purchase => ContractKind::Procurement,
    };
    Ok(GeneralContractPaper {
        head: head(app, number, today),
        name: format!("{}{}合同", deal.variety.short, terms.mode.zh()),
        kind,
        project_no: deal.project_no(),
        lot_no: deal.lot_no(),
        confirmation_no: deal.lot.confirmation_no.clone().unwrap_or_default(),
        party_a: deal.transferor.paper(),
        party_b: deal.winner()?.paper(),
        method: terms.method.zh().into(),
        approvals: approvals(deal),
        object: terms.title.clone(),
        location: deal.location(),
        quantity: quantity(terms),
        purpose: (!terms.planned_use.is_empty()).then(|| terms.planned_use.clone()),
        facts: facts(deal, &["bounds", "title", "present_use"]),
        table: None,
        assets: Vec::new(),
        term: deal.term(),
        price: price(outcome.price, terms),
        total: format!("{}元", outcome.total.figures()),
        total_capitals: format!("人民币{}", outcome.total.capitals()),
        adjustment: terms.escalation.zh(),
        payments,
        account: None,
        deposit: format!("交易保证金{}元转为首期价款的一部分。", terms.deposit.figures()),
        bond: None,
        delivery: vec!["首期价款付清并取得交易鉴证书后，双方到现场交割并签署交割单。".into()],
        duties_a: Vec::new(),
        duties_b: Vec::new(),
        breach: breach(&deal.rules, terms.mode.is_lease()),
        compensation: None,
        disputes: "协商、调解不成的，可以向有管辖权的人民法院起诉。".into(),
        effect: "本合同自双方签名、盖章或者按指印之日起成立；依法须经批准的，已经批准。".into(),
        copies: copies(app),
        further: further(terms),
        signatures: signatures(deal, &Signatures::default(), ["甲方", "乙方"], false),
        e_sign_statement: Some(E_SIGN.into()),
    })
}

/// 流转意向协议书, before the authority decides.
pub fn intention(app: &App, deal: &Deal) -> Result<Paper, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    Ok(IntentionPaper {
        head: head(app, deal.paper_no(LotPaper::Intention, 1)?, deal.lot.entered_at.day()),
        transferor: deal.transferor.paper(),
        transferee: deal.winner()?.paper(),
        project_no: deal.project_no(),
        lot_no: deal.lot_no(),
        object: terms.title.clone(),
        location: deal.location(),
        quantity: quantity(terms),
        land: format!("{}，现状{}", deal.variety.short, terms.present_use),
        plan: terms.planned_use.clone(),
        mode: terms.mode.zh().into(),
        term: deal.term().unwrap_or_else(|| "长期".into()),
        price: deal.deal_price()?,
        total: both(outcome.total),
        payment: terms.payment.kind().zh().into(),
        authority: authority(deal),
        apply_days: deal.rules.contract.intention_d,
        promises: Vec::new(),
        copies: Copies {
            total: "肆".into(), holders: "双方各执一份，报审批机关和本中心各一份。".into()
        },
        further: Vec::new(),
        signatures: signatures(deal, &Signatures::default(), ["转出方（甲方）", "意向受让方（乙方）"], false),
        e_sign_statement: None,
    }
    .into())
}

fn authority(deal: &Deal) -> String {
    let names: Vec<&str> = deal.lot.approvals.iter().map(|a| a.kind.zh()).collect();
    names.join("；")
}

/// 社会资本流转取得土地经营权审批表.
pub fn approval_form(app: &App, deal: &Deal) -> Result<Paper, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let opinion = |a: &crate::domain::lot::Approval| match &a.decision {
        None => Opinion::blank(a.kind.zh()),
        Some(d) => Opinion {
            organ: a.kind.zh().into(),
            text: format!("{}。文号：{}。{}", if d.granted { "同意" } else { "不同意" }, d.number, d.note),
            signer: String::new(),
            date: d.day.zh(),
        },
    };
    Ok(ApprovalForm {
        head: head(app, deal.paper_no(LotPaper::Approval, 1)?, deal.lot.entered_at.day()),
        applicant: deal.winner()?.paper(),
        transferor: deal.transferor.card.name.clone(),
        lot_no: deal.lot_no(),
        intention_no: deal.paper_no(LotPaper::Intention, 1)?,
        location: deal.location(),
        area: quantity(terms),
        land: format!(
            "{}（{}）",
            deal.variety.short,
            if terms.ownership == Ownership::Collective { "集体" } else { "农户" }
        ),
        term: deal.term().unwrap_or_default(),
        price: format!("{}，合计{}", deal.deal_price()?, both(outcome.total)),
        plan: terms.planned_use.clone(),
        ability: "见报名时提交的经营能力和资信材料".into(),
        risk: "按照公告和合同约定".into(),
        level: authority(deal),
        papers: vec!["流转意向协议书".into(), "身份和经营能力证明".into(), "成交确认书".into()],
        opinions: deal.lot.approvals.iter().map(opinion).collect(),
        signatures: Vec::new(),
    }
    .into())
}
