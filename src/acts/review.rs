//! First review, acceptance, consultation, opinion, review.

use super::{intake as papers, messages, on_lot};
use crate::context::App;
use crate::domain::actor::{Actor, Role, Scope};
use crate::domain::base::ids::LotId;
use crate::domain::base::numbering::AcceptanceNo;
use crate::domain::category::{Consultation, Department, DocFacts, Variety, When};
use crate::domain::listing;
use crate::domain::lot::intake::{self, AcceptDecision, FirstDecision, ReviewDecision};
use crate::domain::lot::{Act, Lot, LotEvent, Recorded};
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Stop, Tx, lots};

/// The township's first review.
pub fn first_review(app: &App, actor: &Actor, id: LotId, decision: FirstDecision) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::FirstReview, |_, lot, now| {
        let asked = township_asked(super::frozen::today(app, lot.variety)?, lot);
        // Into a year that is not confirmed nobody can be given a last day: the clock then returns nothing.
        let until = app.market.calendar.due(now, app.market.rules.review.supplement_wd, false).ok();
        Ok((intake::first_review(lot, decision, &asked, until, &app.market.rules)?, ()))
    })
}

/// What the acceptance desk decided, before a number exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// Accept under the next number.
    Accept,
    /// Ask for corrections, one line each.
    Correct(Vec<String>),
    /// Do not accept.
    Refuse(String),
}

/// Acceptance at the centre.
pub fn accept(app: &App, actor: &Actor, id: LotId, decision: Acceptance) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::Accept, |tx, lot, now| {
        let decision = match decision {
            Acceptance::Accept => {
                let (unit, day) = (lot.place.township(), now.day());
                let serial = tx.next_serial(&format!("acceptance/{unit}/{}", day.compact()))?;
                let number = AcceptanceNo::new(unit, day, serial);
                let number = number.map_err(|e| Fault::Inconsistent(format!("acceptance number: {e}")))?;
                AcceptDecision::Accept { acceptance_no: number.to_string() }
            }
            Acceptance::Correct(items) => AcceptDecision::Correct { items },
            Acceptance::Refuse(reason) => AcceptDecision::Refuse { reason },
        };
        Ok((intake::accept(lot, decision, &app.market.rules)?, ()))
    })
}

/// What the variety wants asked about this lot before the listing.
fn asked<'v>(variety: &'v Variety, lot: &Lot) -> impl Iterator<Item = &'v Consultation> {
    let facts = lot.terms.as_ref().map_or_else(DocFacts::default, |t| listing::doc_facts(t, false, false));
    // What depends on the bidder is asked once he is known.
    let known = |c: &&Consultation| !matches!(c.when, When::Outsider | When::Joint | When::Priority);
    variety.consult.iter().filter(known).filter(move |c| c.when.holds(facts))
}

/// The departments that must be asked about this lot: those of the variety with a desk of their own.
pub fn must_consult(variety: &Variety, lot: &Lot) -> Vec<Department> {
    let mut all: Vec<Department> = Vec::new();
    for consultation in asked(variety, lot).filter(|c| c.department.has_desk()) {
        if !all.contains(&consultation.department) {
            all.push(consultation.department);
        }
    }
    all
}

/// What the variety asks the township about this lot: its station answers with the first review, having no
/// desk for consultations.
pub fn township_asked<'v>(variety: &'v Variety, lot: &Lot) -> Vec<&'v str> {
    asked(variety, lot).filter(|c| c.department == Department::Township).map(|c| c.about.as_str()).collect()
}

/// Asks departments for their opinion.
pub fn consult(app: &App, actor: &Actor, id: LotId, departments: Vec<Department>) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::Consult, |_, lot, _| Ok((intake::consult(lot, departments)?, ())))
}

/// The departments for which this person may answer.
pub fn desks(actor: &Actor) -> Vec<Department> {
    let of_desk = |p: &crate::domain::actor::Post| match (&p.role, &p.scope) {
        (Role::Department, Scope::Department(d)) => Some(*d),
        _ => None,
    };
    actor.posts.iter().filter_map(of_desk).collect()
}

/// A department's opinion.
pub fn opine(
    app: &App,
    actor: &Actor,
    id: LotId,
    department: Department,
    agrees: bool,
    opinion: &str,
) -> Result<(), Stop> {
    if !desks(actor).contains(&department) {
        return Err(Refusal::NotYours { who: department.zh().into() }.into());
    }
    on_lot(app, Some(actor), id, Act::Opine, |_, lot, _| Ok((intake::opine(lot, department, agrees, opinion)?, ())))
}

/// The centre's decision on substance. The rules of eligibility are run again on this day.
pub fn review(app: &App, actor: &Actor, id: LotId, decision: ReviewDecision) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::Review, |tx, lot, now| {
        let stored = lots::find(tx, id)?.ok_or(Refusal::NotFound)?;
        let draft = papers::read_draft(&stored.draft)?;
        let checked = papers::check(app, tx, lot, lot.terms()?, &draft, now.day())?;
        let must = must_consult(super::frozen::today(app, lot.variety)?, lot);
        Ok((intake::review(lot, decision, listing::refusal(&checked.findings), &must)?, ()))
    })
}

/// Tells the transferor what was decided of his application.
pub fn follow(app: &App, tx: &mut Tx<'_>, lot: &Lot, record: &Recorded) -> Result<(), Stop> {
    let title = lot.terms.as_ref().map_or("转出申请", |t| t.title.as_str());
    let (subject, body) = match &record.event {
        LotEvent::CorrectionAsked { items, until, .. } => {
            let last = until.map(|at| format!("{}前没有重新提交的，申请自动退回。", at.zh_end())).unwrap_or_default();
            let items = items.join("；");
            ("请补正转出申请", format!("“{title}”需要一次性补正：{items}。请登录后修改并重新提交。{last}"))
        }
        LotEvent::FirstRejected { reason } if record.by.is_none() => {
            ("补正逾期，申请已退回", format!("“{title}”：{reason}"))
        }
        LotEvent::FirstRejected { reason } => ("初审退回", format!("“{title}”被乡镇服务站退回：{reason}")),
        LotEvent::NotAccepted { reason } => ("不予受理", format!("“{title}”不予受理：{reason}")),
        LotEvent::ReviewRejected { reason } => ("审核不通过", format!("“{title}”审核不通过：{reason}")),
        LotEvent::ReviewPassed { .. } => {
            ("请确认公告文本", format!("“{title}”已通过审核。请登录核对公告文本并确认，确认后县中心发布挂牌公告。"))
        }
        LotEvent::NoticeChanged { .. } => (
            "公告文本有变化，请重新确认",
            format!(
                "“{title}”的公告文本在您确认之后有变化，原来的确认失效。请登录核对新的文本并重新确认，确认后县中心发布挂牌公告。"
            ),
        ),
        LotEvent::Published { listing } => (
            "挂牌公告已发布",
            format!("“{title}”已发布挂牌公告（{}），报名截止时间 {}。", listing.notice_no, listing.closes.zh()),
        ),
        _ => return Ok(()),
    };
    let say = messages::Say { topic: "intake", subject: subject.into(), body, lot: Some(lot.id) };
    messages::to_party(app, tx, lot.transferor, &say)
}
