//! Certificate, delivery note, hand-over list and file catalogue (forms F11, F15, F16, 卷内目录).

use super::super::deal::{Deal, both, quantity};
use super::{head, signatures};
use crate::context::App;
use crate::domain::base::numbering::LotPaper;
use crate::domain::base::{Day, Instant};
use crate::domain::category::Department;
use crate::domain::lot::{Ownership, Signatures};
use crate::papers::{
    ArchiveIndex, ArchiveLine, CertificatePaper, DeliveryForm, Fact, HandoverForm, HandoverLine, Opinion, Paper,
};
use crate::store::Stop;
use crate::store::documents::Document;

/// 交易鉴证书 (F11); the parties' own copy, with their numbers.
pub fn certificate(app: &App, deal: &Deal, number: &str, url: &str, day: Day) -> Result<Paper, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let contract = deal.lot.contract.as_ref();
    let listing = deal.lot.listing.as_ref();
    let code = app.keys.checks().code(number);
    let groups: Vec<String> = code.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
    Ok(CertificatePaper {
        head: head(app, number, day),
        version: None,
        conclusion: "经审核，下列标的在本平台公开发布转出信息、公开交易并公示结果，交易程序和成交结果符合农村产权流转交易规则，合同已经鉴证备案，应付款项已经到账，特此鉴证。".into(),
        project_no: deal.project_no(),
        lot_no: deal.lot_no(),
        variety: deal.variety.name.clone(),
        ownership: if terms.ownership == Ownership::Collective { "集体" } else { "个人（单位）" }.into(),
        owner: Some(deal.transferor.card.name.clone()),
        transferor: crate::papers::Party { phone: None, ..deal.transferor.paper() },
        approved_by: terms.decision.as_ref().map(|d| format!("{}（{}决议）", d.body.zh(), d.held.zh())),
        transferee: crate::papers::Party { phone: None, ..deal.winner()?.paper() },
        object: terms.title.clone(),
        description: None,
        location: deal.location(),
        quantity: quantity(terms),
        title_no: Some(terms.title_document.number.clone()),
        title_organ: None,
        mode: terms.mode.zh().into(),
        method: terms.method.zh().into(),
        term: deal.term(),
        listing_period: listing.map(|l| format!("{}至{}", l.opens.day().zh(), l.closes.day().zh())).unwrap_or_default(),
        valuation: None,
        unit_price: deal.deal_price()?,
        total: format!("{}元", outcome.total.figures()),
        total_capitals: format!("人民币{}", outcome.total.capitals()),
        payment: terms.payment.kind().zh().into(),
        contract_no: contract.map(|c| c.number.clone()).unwrap_or_default(),
        contract_date: contract.map(|c| c.made_at.day().zh()).unwrap_or_default(),
        further: contract.and_then(|c| c.filing_no.clone()).map(|n| Fact::new("合同备案号", n)).into_iter().collect(),
        remark: None,
        verify_url: url.into(),
        check_code: groups.join("-"),
        signature: vec![
            Fact::new("签名算法", "SM2 / SM3"),
            Fact::new("签名密钥", app.keys.certificate().key_id()),
        ],
        issuer: "鉴证岗".into(),
        approver: "中心主任".into(),
    }
    .into())
}

/// 交割单 (F15). Without signatures it is the text that both sign.
pub fn delivery(app: &App, deal: &Deal, signed: bool) -> Result<Paper, Stop> {
    let terms = deal.terms()?;
    let none = Signatures::default();
    let signs = if signed { &deal.lot.delivery } else { &none };
    let issued = deal.lot.certificate.issued_at.unwrap_or(deal.lot.entered_at);
    let last = |s: &Signatures| s.transferor.as_ref().max_by_time(s.transferee.as_ref());
    let delivered = last(signs).map_or_else(|| "以双方签署时间为准".to_owned(), |at| at.zh());
    let remarks =
        if signed && !deal.lot.delivery_note.is_empty() { deal.lot.delivery_note.clone() } else { "无".into() };
    Ok(DeliveryForm {
        head: head(app, deal.paper_no(LotPaper::Delivery, 1)?, issued.day()),
        lot_no: deal.lot_no(),
        contract_no: deal.lot.contract.as_ref().map(|c| c.number.clone()).unwrap_or_default(),
        transferor: deal.transferor.card.name.clone(),
        transferee: deal.winner()?.card.name.clone(),
        object: terms.title.clone(),
        location: deal.location(),
        quantity: quantity(terms),
        boundary: "双方到场，按照公告载明的界址和附图指认".into(),
        condition: format!("现状交付，现状用途：{}", terms.present_use),
        delivered,
        assets: Vec::new(),
        evidence: Vec::new(),
        remarks,
        signatures: signatures(deal, signs, ["移交方", "接收方"], false),
    }
    .into())
}

trait Later {
    fn max_by_time(self, other: Self) -> Option<Instant>;
}

impl<S> Later for Option<&(Instant, S)> {
    fn max_by_time(self, other: Self) -> Option<Instant> {
        self.map(|s| s.0).max(other.map(|s| s.0))
    }
}

/// 移交清单 (F16).
pub fn handover(
    app: &App,
    deal: &Deal,
    department: Department,
    matter: &str,
    documents: &[Document],
    manifest: &str,
) -> Result<Paper, Stop> {
    let line = |d: &Document| HandoverLine {
        name: d.name.clone(),
        number: d.code.clone(),
        pages: String::new(),
        digest: d.sm3.clone(),
    };
    Ok(HandoverForm {
        head: head(app, deal.paper_no(LotPaper::Handover, 1)?, app.clock.now().day()),
        department: department.zh().into(),
        project_no: deal.project_no(),
        lot_no: deal.lot_no(),
        certificate_no: deal.lot.certificate.number.clone().unwrap_or_default(),
        object: deal.terms()?.title.clone(),
        matter: matter.into(),
        transferor: deal.transferor.card.name.clone(),
        transferee: deal.winner()?.card.name.clone(),
        papers: documents.iter().map(line).collect(),
        manifest_digest: manifest.into(),
        answer_until: None,
        answer: Opinion::blank("接收部门办理结果"),
        signatures: Vec::new(),
    }
    .into())
}

/// What a closed file's catalogue lists.
#[derive(Clone, Debug)]
pub struct ArchiveFile {
    /// File number.
    pub number: String,
    /// Part, name, number, day and digest of each line, in the order of rulebook 9.7.
    pub lines: Vec<(String, String, String, String, String)>,
    /// SM3 over the lines.
    pub digest: String,
    /// First instant of the case.
    pub from: Instant,
}

/// 卷内目录.
pub fn archive(app: &App, deal: &Deal, file: &ArchiveFile) -> Result<Paper, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let today = app.clock.now().day();
    let line = |(part, name, number, date, digest): &(String, String, String, String, String)| ArchiveLine {
        part: part.clone(),
        name: name.clone(),
        number: number.clone(),
        date: date.clone(),
        pages: String::new(),
        digest: digest.chars().take(16).collect(),
    };
    let land = matches!(deal.lot.variety.category().number(), 1..=3 | 5);
    Ok(ArchiveIndex {
        head: head(app, file.number.clone(), today),
        title: format!("{}{}交易案卷（成交总额{}）", terms.title, terms.mode.zh(), both(outcome.total)),
        project_no: deal.project_no(),
        lot_no: deal.lot_no(),
        retention: if land { "永久" } else { "30年" }.into(),
        period: format!("{}至{}", file.from.day().zh(), today.zh()),
        place: None,
        lines: file.lines.iter().map(line).collect(),
        digest: file.digest.clone(),
        signatures: Vec::new(),
    }
    .into())
}
