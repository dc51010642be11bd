//! The application as it was accepted, with both opinions (form F01).

use super::super::deal::{Deal, both, price, quantity};
use super::head;
use crate::context::App;
use crate::domain::listing::bounds_zh;
use crate::domain::lot::{LotEvent, Recorded, Terms};
use crate::papers::{ApplicationForm, Attachment, Fact, Opinion, Paper, Signature};
use crate::store::documents::{Document, Owner};
use crate::store::{Fault, Stop, accounts, documents, lots};

/// 农村产权转出交易申请书 (F01): what the transferor handed in last, and what station and centre said.
pub fn application(app: &App, deal: &Deal) -> Result<Paper, Stop> {
    let terms = deal.terms()?;
    let (events, papers, names) = app.store.read(|db| {
        let events = lots::events(db, deal.lot.id)?;
        let mut papers = documents::of(db, Owner::Project(deal.lot.project))?;
        papers.extend(documents::of(db, Owner::Lot(deal.lot.id))?);
        // What the transferor handed in; the exchange's own papers carry other codes.
        papers.retain(|d| deal.variety.document(&d.code).is_some());
        let mut names = Vec::new();
        for r in &events {
            let account = r.by.map(|id| accounts::find(db, id)).transpose()?.flatten();
            names.push(account.map(|a| a.name).unwrap_or_default());
        }
        Ok((events, papers, names))
    })?;
    let told: Vec<(&Recorded, &str)> = events.iter().zip(names.iter().map(String::as_str)).collect();
    let submitted = told.iter().rev().find(|(r, _)| matches!(r.event, LotEvent::Submitted { .. }));
    let submitted = submitted.ok_or_else(|| Fault::Inconsistent("no submission".into()))?;
    Ok(ApplicationForm {
        head: head(app, deal.project_no(), submitted.0.at.day()),
        transferor: deal.transferor.paper(),
        title_owner: None,
        variety: deal.variety.name.clone(),
        object: terms.title.clone(),
        quantity: quantity(terms),
        location: deal.location(),
        bounds: Some(bounds_zh(&terms.bounds)).filter(|b| !b.is_empty()),
        title_kind: terms.title_document.kind.clone(),
        ownership: terms.ownership.zh().into(),
        title_no: Some(terms.title_document.number.clone()).filter(|n| !n.is_empty()),
        title_organ: None,
        approved_by: terms.decision.as_ref().map_or_else(|| "不须集体决策".to_owned(), |d| d.zh()),
        present_use: terms.present_use.clone(),
        encumbrances: or(&terms.encumbrances, "无"),
        further: further(deal, terms),
        parcels: None,
        price: price(terms.price, terms),
        price_basis: format!("按挂牌价计算的总额{}", both(terms.total)),
        term: deal.term(),
        mode: terms.mode.zh().into(),
        method: terms.method.zh().into(),
        listing_period: deal.notice.as_ref().map_or_else(|| "按规则确定".to_owned(), |n| n.notice.length.clone()),
        households: (terms.households > 0).then(|| format!("{}户", terms.households)),
        retransfer: if terms.attributes.get("sublet").is_some_and(|v| v == "yes") { "是" } else { "否" }.into(),
        upper_level: "否".into(),
        conditions: Some(terms.conditions.clone()).filter(|c| !c.is_empty()).into_iter().collect(),
        attachments: papers.iter().map(|d| attachment(deal, d)).collect(),
        station: opinion("乡镇服务站初审意见", &told, |e| match e {
            LotEvent::FirstPassed { opinion, .. } => Some(opinion),
            _ => None,
        }),
        centre: opinion("县中心审核意见", &told, |e| match e {
            LotEvent::ReviewPassed { opinion } => Some(opinion),
            _ => None,
        }),
        signatures: vec![Signature {
            role: "转出方".into(),
            name: deal.transferor.card.name.clone(),
            sign_label: "签名（盖章）".into(),
            signed: vec!["已在线提交并承诺真实".into(), format!("{} {}", submitted.1, submitted.0.at.zh_secs())],
        }],
    }
    .into())
}

fn or(text: &str, otherwise: &str) -> String {
    if text.is_empty() { otherwise.to_owned() } else { text.to_owned() }
}

/// The variety's own fields in the order of its definition.
fn further(deal: &Deal, terms: &Terms) -> Vec<Fact> {
    const ELSEWHERE: [&str; 5] = ["boundaries", "title_type", "title_no", "present_use", "sublet"];
    let own = deal.variety.fields.iter().filter(|f| !ELSEWHERE.contains(&f.key.as_str()));
    own.filter_map(|f| {
        let stored = terms.attributes.get(&f.key).filter(|v| !v.is_empty())?;
        Some(Fact::new(f.label.clone(), f.show(stored)))
    })
    .collect()
}

fn attachment(deal: &Deal, d: &Document) -> Attachment {
    let title = deal.variety.document(&d.code).map_or("其他材料", |rule| rule.title.as_str());
    let digest: String = d.sm3.chars().take(16).collect();
    Attachment { name: format!("{title}：{}", d.name), size: format!("{} 字节", d.size_bytes), digest }
}

fn opinion(organ: &str, told: &[(&Recorded, &str)], of: impl Fn(&LotEvent) -> Option<&String>) -> Opinion {
    let last = told.iter().rev().find_map(|(r, who)| of(&r.event).map(|text| (r, who, text)));
    last.map_or_else(
        || Opinion::blank(organ),
        |(r, who, text)| Opinion {
            organ: organ.to_owned(),
            text: text.clone(),
            signer: format!("{who}（{}）", r.post),
            date: r.at.day().zh(),
        },
    )
}
