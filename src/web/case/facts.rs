//! Facts, findings, documents and prices of a lot, as blocks.

use crate::domain::base::Instant;
use crate::domain::category::Variety;
use crate::domain::eligibility::{Finding, Verdict as Found};
use crate::domain::gazette::Beside;
use crate::domain::listing::notice;
use crate::domain::lot::{Lot, Terms};
use crate::store::views::cases::Document;
use crate::web::ui::{Band, Check, Checklist, Doc, Docs, Facts, Price, Rich, Tag, Tone, Verdict};

/// First year, step, deposit, payment, term: what stands below the [`price`].
pub fn money(terms: &Terms) -> Facts {
    let unit = terms.price_unit.zh();
    let mut facts = Facts::new()
        .two_columns()
        .row("首年价款", format!("{} 元", terms.first_year.figures()))
        .row("加价幅度", Rich::new().money(terms.step, unit))
        .row("保证金", format!("{} 元", terms.deposit.figures()))
        .row("付款方式", terms.payment.kind().zh());
    if let Some(term) = notice::term_zh(terms) {
        facts = facts.row("期限", term);
    }
    facts
}

/// What is offered, for staff and parties.
pub fn object(terms: &Terms, lot: &Lot, variety: &str, transferor: &str) -> Facts {
    let mut facts = Facts::new()
        .two_columns()
        .row("转出方", transferor)
        .row("交易品种", variety)
        .row("所在地", format!("{} {}", lot.place.zh(), terms.location))
        .row("数量", notice::quantity_zh(terms))
        .row("流转方式", terms.mode.zh())
        .row("交易方式", terms.method.zh())
        .row("所有权人类型", terms.ownership.zh())
        .row("权属凭证", format!("{} {}", terms.title_document.kind, terms.title_document.number));
    if !terms.planned_use.is_empty() {
        facts = facts.row("流转后用途", terms.planned_use.as_str());
    }
    if let Some(d) = &terms.decision {
        facts = facts.row("集体决策", d.zh());
    }
    for (label, text) in [
        ("权利负担", &terms.encumbrances),
        ("受让条件", &terms.conditions),
        ("披露事项", &terms.disclosures),
        ("看地安排", &terms.viewing),
    ] {
        if !text.is_empty() {
            facts = facts.row(label, text.as_str());
        }
    }
    facts
}

/// What came of it: result, approvals, contract, certificate, file; `None` before there is a result.
pub fn deal(lot: &Lot, terms: &Terms, winner: &str) -> Option<Facts> {
    let outcome = lot.outcome.as_ref()?;
    let mut facts = Facts::new()
        .two_columns()
        .row("受让方", format!("{winner}（竞买号 {}）", outcome.bidder_no))
        .strong("成交价", Rich::new().money(outcome.price, terms.price_unit.zh()))
        .row("成交总额", format!("{} 元（人民币{}）", outcome.total.figures(), outcome.total.capitals()))
        .row("首年价款", format!("{} 元", outcome.first_year.figures()));
    facts = moment(facts, "公示截止", lot.publicity_ends);
    for approval in &lot.approvals {
        let text = match &approval.decision {
            None => "等待决定".to_owned(),
            Some(d) => {
                let word = if d.granted { "批准" } else { "不予批准" };
                let note = if d.note.is_empty() { String::new() } else { format!("：{}", d.note) };
                format!("{word}，{}，{}{note}", d.number, d.day.zh())
            }
        };
        facts = facts.row(approval.kind.zh(), text);
    }
    let contract = lot.contract.as_ref();
    let numbers = [
        ("成交确认书", lot.confirmation_no.as_deref()),
        ("合同编号", contract.map(|c| c.number.as_str())),
        ("合同备案号", contract.and_then(|c| c.filing_no.as_deref())),
        ("交易鉴证书", lot.certificate.number.as_deref()),
        ("案卷号", lot.file_no.as_deref()),
    ];
    for (label, number) in numbers {
        facts = match number {
            Some(number) => facts.row(label, number),
            None => facts,
        };
    }
    Some(facts)
}

/// Every rule's finding.
pub fn findings(findings: &[Finding]) -> Checklist {
    Checklist::new(findings.iter().map(|f| {
        let verdict = match f.verdict {
            Found::Pass => Verdict::Pass,
            Found::Fail => Verdict::Fail,
            Found::Warn => Verdict::Warn,
            Found::Manual => Verdict::Manual,
        };
        Check::new(f.explanation.as_str(), verdict).cite(format!("{}（检查项 {}）", f.citation(), f.rule.code()))
    }))
}

/// The price with its total in capitals.
pub fn price(terms: &Terms) -> Price {
    Price::new("挂牌价", terms.price, terms.price_unit.zh()).total("按挂牌价计算的总价", terms.total).capitals()
}

/// The benchmark beside the asking price, or why there is none.
pub fn band(beside: &Beside, terms: &Terms) -> Band {
    let Some(b) = &beside.price else { return Band::none(format!("{}。", beside.why)) };
    let source = Rich::new().text(b.zh()).text("。");
    let source = if beside.unconfirmed {
        source.text("区间幅度").text(" ").tag(Tag::new("待确认", Tone::Ochre))
    } else {
        source
    };
    Band::new(terms.price_unit.zh(), b.low, b.price, b.high, terms.price).source(source)
}

/// What a paper is called: by the variety's list for what people hand in, else by its form.
pub fn paper_title(variety: Option<&Variety>, code: &str) -> String {
    if let Some(rule) = variety.and_then(|v| v.document(code)) {
        return rule.title.clone();
    }
    match code {
        "F01" => "转出申请书",
        "F03" => "挂牌公告",
        "F06" => "竞价记录",
        "F07" => "结果公示",
        "F08" => "成交确认书",
        "YX" => "流转意向协议书",
        "SP" => "审批表",
        "F09" => "交易合同",
        "F08S" => "签署成交确认书的扫描件",
        "YXS" => "签署流转意向协议书的扫描件",
        "F09S" => "签署合同的扫描件",
        "F15S" => "签署交割单的扫描件",
        "F11" => "交易鉴证书",
        "F15" => "交割单",
        "F16" => "变更登记移交清单",
        "F16Z" => "变更登记材料",
        "JN" => "卷内目录",
        "NEGOTIATION" => "协商记录",
        code if code.starts_with("F17") => "异议答复书",
        _ => "其他材料",
    }
    .to_owned()
}

/// The kind of a file as people call it.
pub fn media_zh(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPG",
        "image/png" => "PNG",
        "application/zip" => "ZIP",
        _ => "文件",
    }
}

/// Documents with links; `title` gives the name of a paper's code.
pub fn docs<'a>(documents: impl Iterator<Item = &'a Document>, title: impl Fn(&Document) -> String) -> Docs {
    Docs::new(documents.map(|d| {
        let kind = media_zh(&d.media_type);
        let size = u64::try_from(d.size_bytes).unwrap_or(0);
        let title = title(d);
        // A file named after its paper says nothing new.
        let named = d.name.rsplit_once('.').map_or(d.name.as_str(), |(stem, _)| stem) == title;
        let shown = if named { title } else { format!("{title}：{}", d.name) };
        Doc::new(shown, kind, format!("/documents/{}", d.id)).size(size).hash(&d.sm3)
    }))
}

/// The stage as a tag.
pub fn stage_tag(lot: &Lot) -> Tag {
    tag_of(lot.stage)
}

/// A stage as a tag.
pub fn tag_of(stage: crate::domain::lot::Stage) -> Tag {
    use crate::domain::lot::Phase;
    let tone = match stage.phase() {
        Phase::Listing => Tone::Green,
        Phase::Bidding => Tone::Ink,
        Phase::Result => Tone::Ochre,
        Phase::Intake | Phase::Review | Phase::Contract | Phase::Payment | Phase::Closing => Tone::Neutral,
        Phase::Ended => Tone::Red,
    };
    Tag::new(stage.zh(), tone)
}

/// A moment with its label, if it is set.
pub fn moment(facts: Facts, label: &str, at: Option<Instant>) -> Facts {
    match at {
        Some(at) => facts.row(label, Rich::new().time(at)),
        None => facts,
    }
}
