//! The deal from the posted result to the archive: what its papers and pages need to know, and the
//! messages that follow from its events.

use super::frozen;
use super::messages::{self, Say};
use crate::context::App;
use crate::crypto::seal::Aad;
use crate::domain::actor::Actor;
use crate::domain::base::area::quantity_exact;
use crate::domain::base::identity::mask;
use crate::domain::base::ids::{LotId, PartyId};
use crate::domain::base::numbering::{LotNo, LotPaper, NumberError};
use crate::domain::base::{Fen, Instant};
use crate::domain::category::Variety;
use crate::domain::lot::{Act, Lot, LotEvent, Outcome, Party, Recorded, Terms};
use crate::domain::permit::{CaseView, may_read_entry, may_read_papers, permit};
use crate::domain::refusal::Refusal;
use crate::domain::rulebook::Rules;
use crate::papers::Party as PaperParty;
use crate::store::deal_parties::PartyCard;
use crate::store::rounds::{self, Round};
use crate::store::{Fault, Read, Stop, Tx, deal_parties, lots};

/// A party of the deal with its numbers unsealed. Never shown in public.
#[derive(Clone, Debug)]
pub struct Known {
    /// The party.
    pub card: PartyCard,
    /// ID number or credit code.
    pub id_no: String,
    /// Telephone.
    pub phone: String,
}

impl Known {
    /// The name as the public may read it: natural persons masked, others in full.
    pub fn public_name(&self) -> String {
        public_name(&self.card)
    }

    /// The full particulars for the parties' own papers.
    pub fn paper(&self) -> PaperParty {
        let person = self.card.kind == "person";
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        PaperParty {
            name: self.card.name.clone(),
            kind: Some(kind_zh(&self.card.kind).to_owned()),
            id_label: if person { "公民身份号码" } else { "统一社会信用代码" }.to_owned(),
            id_number: self.id_no.clone(),
            representative: given(&self.card.representative).filter(|_| !person),
            capital: None,
            agent: None,
            address: given(&self.card.address),
            phone: given(&self.phone),
        }
    }
}

/// The kind of a party in words.
pub fn kind_zh(kind: &str) -> &'static str {
    match kind {
        "person" => "自然人（农户）",
        "collective" => "农村集体经济组织",
        _ => "法人或者其他组织",
    }
}

/// A party's name in public.
pub fn public_name(card: &PartyCard) -> String {
    if card.kind == "person" { mask::person_name(&card.name) } else { card.name.clone() }
}

/// A lot with everything its papers print.
#[derive(Clone, Debug)]
pub struct Deal {
    /// The lot.
    pub lot: Lot,
    /// Its variety as the notice froze it.
    pub variety: Variety,
    /// The rules of its notice, or today's before there is one.
    pub rules: Rules,
    /// The latest notice, once there is one.
    pub notice: Option<Round>,
    /// The transferor.
    pub transferor: Known,
    /// The winner, once there is one.
    pub transferee: Option<Known>,
}

impl Deal {
    /// The terms.
    pub fn terms(&self) -> Result<&Terms, Stop> {
        Ok(self.lot.terms()?)
    }

    /// The result.
    pub fn outcome(&self) -> Result<&Outcome, Stop> {
        Ok(self.lot.outcome()?)
    }

    /// The winner.
    pub fn winner(&self) -> Result<&Known, Stop> {
        self.transferee.as_ref().ok_or_else(|| self.lot.wrong_stage().into())
    }

    /// The party on a side.
    pub fn side(&self, side: Party) -> Result<&Known, Stop> {
        match side {
            Party::Transferor => Ok(&self.transferor),
            Party::Transferee => self.winner(),
        }
    }

    /// The public number.
    pub fn lot_no(&self) -> String {
        self.lot.lot_no.clone().unwrap_or_default()
    }

    /// The number of a paper of this lot, from 1 within its kind.
    ///
    /// # Errors
    /// As [`paper_no`].
    pub fn paper_no(&self, paper: LotPaper, serial: u8) -> Result<String, Stop> {
        paper_no(&self.lot, paper, serial)
    }

    /// The project's number.
    pub fn project_no(&self) -> String {
        self.lot.project_no.clone().unwrap_or_default()
    }

    /// Quantity with its unit.
    pub fn quantity(&self) -> String {
        self.lot.terms.as_ref().map(quantity).unwrap_or_default()
    }

    /// Deal price with its unit.
    pub fn deal_price(&self) -> Result<String, Stop> {
        Ok(price(self.outcome()?.price, self.terms()?))
    }

    /// Where it lies, with the village.
    pub fn location(&self) -> String {
        let below = self.lot.terms.as_ref().map(|t| t.location.as_str()).unwrap_or_default();
        if below.contains(self.lot.place.township_name()) {
            below.to_owned()
        } else {
            format!("{}{below}", self.lot.place.zh())
        }
    }

    /// The term with first and last day.
    pub fn term(&self) -> Option<String> {
        let term = self.lot.terms.as_ref()?.term?;
        Some(format!("{}（{}至{}）", term.zh(), term.starts.zh(), term.ends().zh()))
    }
}

/// The lot's number, read.
///
/// # Errors
/// Refused before the lot has one.
pub fn numbered(lot: &Lot) -> Result<LotNo, Stop> {
    let lot_no = lot.lot_no.as_deref().ok_or_else(|| lot.wrong_stage())?;
    Ok(lot_no.parse().map_err(|e| Fault::Inconsistent(format!("lot_no: {e}")))?)
}

/// A number that was used up, or none at all.
pub fn no_number(e: NumberError) -> Stop {
    Refusal::rule("NUMBER", e.to_string(), "").into()
}

/// The number of a paper of a lot, from 1 within its kind.
///
/// # Errors
/// Refused before the lot has a number, and when the kind's numbers are used up.
pub fn paper_no(lot: &Lot, paper: LotPaper, serial: u8) -> Result<String, Stop> {
    Ok(numbered(lot)?.paper(paper, serial).map_err(no_number)?.to_string())
}

/// `12.5亩`.
pub fn quantity(terms: &Terms) -> String {
    format!("{}{}", quantity_exact(terms.quantity), terms.quantity_unit.zh())
}

/// `600.00元/亩/年`.
pub fn price(amount: Fen, terms: &Terms) -> String {
    format!("{}{}", amount.figures(), terms.price_unit.zh())
}

/// Figures and capitals of a sum.
pub fn both(amount: Fen) -> String {
    format!("{}元（人民币{}）", amount.figures(), amount.capitals())
}

/// Unseals a party.
pub fn known(app: &App, db: &mut impl Read, id: PartyId) -> Result<Known, Stop> {
    let card = deal_parties::card(db, id)?
        .ok_or_else(|| Stop::Fault(Fault::Inconsistent(format!("party {id} is missing"))))?;
    let row = id.to_string();
    let open = |column: &'static str, sealed: &str| {
        if sealed.is_empty() {
            return Ok(String::new());
        }
        let aad = Aad { table: "parties", column, row: &row };
        let opened = app.keys.sealer().open_text(&aad, sealed);
        opened.map_err(|e| Stop::Fault(Fault::Inconsistent(format!("seal: {e}"))))
    };
    let id_no = open("id_sealed", &card.id_sealed)?;
    let phone = open("phone_sealed", &card.phone_sealed)?;
    Ok(Known { card, id_no, phone })
}

/// Gathers a deal from a lot already read.
pub fn of(app: &App, db: &mut impl Read, lot: Lot) -> Result<Deal, Stop> {
    let transferor = known(app, db, lot.transferor)?;
    let transferee = match &lot.outcome {
        Some(outcome) => Some(known(app, db, outcome.party)?),
        None => None,
    };
    let notice = rounds::latest(db, lot.id)?;
    let rules = frozen::of(app, notice.as_ref())?;
    let variety = frozen::variety_of(app, notice.as_ref(), lot.variety)?;
    Ok(Deal { lot, variety, rules, notice, transferor, transferee })
}

/// Reads a deal as it stands. What may be seen of it is the caller's to decide.
pub fn read(app: &App, id: LotId) -> Result<Deal, Stop> {
    let lot = app.store.read(|db| lots::find(db, id))?.ok_or(Refusal::NotFound)?.lot;
    reading(app, |db| of(app, db, lot))
}

/// Reads a deal by its public number; `NotFound` when it was never published.
pub fn read_public(app: &App, lot_no: &str) -> Result<Deal, Stop> {
    let lot = app.store.read(|db| lots::find_by_no(db, lot_no))?.ok_or(Refusal::NotFound)?.lot;
    if !lot.public {
        return Err(Refusal::NotFound.into());
    }
    reading(app, |db| of(app, db, lot))
}

/// Reads with acts' own errors.
pub fn reading<T>(app: &App, f: impl FnOnce(&mut crate::store::Reader<'_>) -> Result<T, Stop>) -> Result<T, Stop> {
    let mut out = None;
    app.store.read(|db| {
        out = Some(f(db));
        Ok(())
    })?;
    out.unwrap_or_else(|| Err(Stop::Fault(Fault::Inconsistent("nothing read".into()))))
}

/// The deal for the form page of an act: refused exactly when the act would be.
pub fn for_act(app: &App, actor: &Actor, id: LotId, act: Act) -> Result<Deal, Stop> {
    super::clock::settle_lot(app, id, app.clock.now())?;
    let deal = read(app, id)?;
    let departments = deal.lot.departments();
    let elsewhere = app.store.read(|db| lots::hands_elsewhere(db, &deal.lot))?;
    permit(act, Some(actor), &deal.lot.case(&departments).beside(&elsewhere))?;
    Ok(deal)
}

/// The deal for whoever may read its papers.
pub fn for_reader(app: &App, actor: &Actor, id: LotId) -> Result<Deal, Stop> {
    read_by(app, actor, id, may_read_papers)
}

/// The deal for whoever may read the application: also who entered it for the right holder, not the other side.
pub fn for_reader_of_entry(app: &App, actor: &Actor, id: LotId) -> Result<Deal, Stop> {
    read_by(app, actor, id, may_read_entry)
}

fn read_by(app: &App, actor: &Actor, id: LotId, may: fn(&Actor, &CaseView<'_>) -> bool) -> Result<Deal, Stop> {
    let deal = read(app, id)?;
    let departments = deal.lot.departments();
    if may(actor, &deal.lot.case(&departments)) { Ok(deal) } else { Err(Refusal::NotFound.into()) }
}

/// Refuses when the lot moved on since a paper was made from it.
pub fn unchanged(read: &Lot, now: &Lot) -> Result<(), Stop> {
    if read.seq == now.seq { Ok(()) } else { Err(now.wrong_stage().into()) }
}

/// Which side the caller stands on.
pub fn side_of(actor: &Actor, lot: &Lot) -> Result<Party, Stop> {
    actor.party.and_then(|p| lot.side(p)).ok_or_else(|| Refusal::NotFound.into())
}

/// Messages to the parties at each step.
pub fn follow(app: &App, tx: &mut Tx<'_>, lot: &Lot, record: &Recorded) -> Result<(), Stop> {
    let Some((topic, subject, text)) = news(app, lot, &record.event) else { return Ok(()) };
    let title = lot.terms.as_ref().map(|t| t.title.as_str()).unwrap_or_default();
    let body = format!("【蓝山农权】标的“{title}”（{}）：{text}", lot.lot_no.as_deref().unwrap_or_default());
    let say = Say { topic, subject: subject.to_owned(), body, lot: Some(lot.id) };
    messages::to_party(app, tx, lot.transferor, &say)?;
    if let Some(outcome) = &lot.outcome {
        messages::to_party(app, tx, outcome.party, &say)?;
    }
    Ok(())
}

fn news(app: &App, lot: &Lot, event: &LotEvent) -> Option<(&'static str, &'static str, String)> {
    let until = |at: Instant| at.zh_end();
    Some(match event {
        LotEvent::ResultPosted { publicity_ends, .. } => {
            ("result_posted", "结果公示", format!("结果已经公示，公示期至{}，期间任何人都可以提出异议。", until(*publicity_ends)))
        }
        LotEvent::Objected { answer_due, .. } => {
            ("objected", "收到异议", format!("公示期内收到异议，公示暂停计时，县中心将在{}前书面答复。", until(*answer_due)))
        }
        LotEvent::ObjectionAnswered { sustained: false, .. } => {
            ("objection_answered", "异议已经答复", "异议不成立，公示期继续计算。答复全文见标的页面。".to_owned())
        }
        LotEvent::ObjectionAnswered { sustained: true, .. } => {
            ("objection_answered", "异议成立", "异议成立，成交无效，保证金全额退还。答复全文见标的页面。".to_owned())
        }
        LotEvent::PublicityEnded { .. } => {
            ("please_confirm", "请签署成交确认书", "公示期满没有待处理的异议，请双方登录平台签署成交确认书，也可以到服务站线下签署。".to_owned())
        }
        LotEvent::ApprovalAsked { kinds } => {
            let names: Vec<&str> = kinds.iter().map(|k| k.zh()).collect();
            ("approval_asked", "等待审批", format!("签约前须经审批：{}。审批通过后生成合同。", names.join("、")))
        }
        LotEvent::ApprovalDecided { kind, granted, number, .. } => {
            let what = if *granted { "已经批准" } else { "未获批准，交易终结，保证金全额退还" };
            ("approval_decided", "审批决定", format!("{}：{what}（{number}）。", kind.zh()))
        }
        LotEvent::ContractMade { contract_no, .. } => {
            ("contract_ready", "合同已经生成", format!("合同{contract_no}已经生成，请双方登录平台阅读并签署，也可以到服务站线下签署。"))
        }
        LotEvent::Authenticated { price_due, fee_due, due, .. } => {
            let sum = *price_due + *fee_due;
            let text = if sum == Fen::ZERO {
                "合同已经鉴证备案，没有还要支付的款项。".to_owned()
            } else {
                format!(
                    "合同已经鉴证备案，请受让方在{}前付款{sum}（价款{price_due}，服务费{fee_due}）到{}的结算账户，收款账户和转账附言码见平台案卷页面的“付款”一栏。",
                    until(*due), app.config.county.centre
                )
            };
            ("payment_due", "请付款", text)
        }
        LotEvent::PaidInFull => ("paid", "款项已经到账", "应付款项已经到账，双方都可以申请交易鉴证书。".to_owned()),
        LotEvent::CertificateIssued { number } => {
            ("certificate_issued", "鉴证书已经出具", format!("{number}已经出具，请双方到现场交割并签署交割单；交割单也可以到服务站线下签署。"))
        }
        LotEvent::Delivered => ("delivered", "交割完成", "双方已经签署交割单，县中心将移交变更登记材料。".to_owned()),
        LotEvent::HandedOver { department, .. } => {
            ("handed_over", "材料已经移交", format!("变更登记材料已经移交{}。", department.zh()))
        }
        LotEvent::Ended { ending } if lot.outcome.is_none() => ("lot_ended", "交易没有成交", ending.reason.clone()),
        LotEvent::Registered { registrable, number, note } => {
            let text = if *registrable { format!("登记或者备案已经办结，编号{number}。") } else { format!("登记部门答复：{note}") };
            ("registered", "登记办理结果", text)
        }
        _ => return None,
    })
    .filter(|_| lot.public)
}
