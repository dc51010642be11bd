//! Qualification case by case and the frozen list of bidders (rulebook 2.3 T08b–T10).

use std::collections::HashSet;

use serde_json::json;

use super::applicant::{self, Known};
use super::messages::{self, Say};
use super::{application, clock, frozen, on_lot, refunds};
use crate::context::{App, new_id};
use crate::crypto::token;
use crate::domain::actor::{Actor, Role};
use crate::domain::application::{Application, Status, Verdict};
use crate::domain::auction::BidderNo;
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, ApplicationId, LotId};
use crate::domain::category::PriorityClass;
use crate::domain::eligibility::{LookedUp, Membership};
use crate::domain::funds::PayoutCause;
use crate::domain::lot::{Act, Lot, LotEvent, listing};
use crate::domain::permit::{permit, reviews};
use crate::domain::priority;
use crate::domain::refusal::Refusal;
use crate::store::parties::{self, Party};
use crate::store::{Fault, Read, Stop, Tx, application_checks, applications, bank, holds, ledger, lots};

/// Gives the reviewer the application that waited longest. One at a time: while one is open he gets
/// no other, so that nobody learns how many there are. What lies with somebody who left the post is given on,
/// and a correction that never came comes back to be refused.
pub fn take_next(app: &App, actor: &Actor) -> Result<Option<ApplicationId>, Stop> {
    if !actor.has(Role::Qualification) {
        return Err(Refusal::NotYours { who: Role::Qualification.zh().into() }.into());
    }
    let now = app.clock.now();
    app.store.write(|tx| {
        // Another reviewer may claim the same one first: then the next, not nothing.
        loop {
            if let Some(open) = applications::of_reviewer(tx, actor.account, now)?.first() {
                return Ok(Some(open.id));
            }
            let waiting = applications::next_unassigned(tx, Role::Qualification.code(), now)?;
            let Some(next) = waiting else { return Ok(None) };
            let Some(mut claimed) = tx.claim_application(next.id)? else { continue };
            let waits = claimed.status == Status::Submitted || claimed.overdue(now);
            if claimed.reviewer == next.reviewer && waits {
                claimed.reviewer = Some(actor.account);
                tx.update_application(&claimed)?;
                return Ok(Some(claimed.id));
            }
        }
    })
}

/// What the reviewer sees of his one application.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The application.
    pub application: Application,
    /// Its lot.
    pub lot: Lot,
    /// Who applies.
    pub party: Party,
    /// What the rules of the notice say about him, and what they ask the reviewer.
    pub known: Known,
    /// What was looked up for an earlier decision.
    pub looked_up: LookedUp,
}

/// The application with what the rules say about it.
pub fn seen(app: &App, actor: &Actor, id: ApplicationId) -> Result<Seen, Stop> {
    let (application, lot, party) = assigned(app, actor, id)?;
    let now = app.clock.now();
    super::deal::reading(app, |db| {
        let looked_up = application_checks::latest(db, id)?.unwrap_or_default();
        let known = applicant::known(app, db, &application, &lot, &party, &looked_up, now)?;
        Ok(Seen { application, lot, party, known, looked_up })
    })
}

/// The one application assigned to this reviewer, with its lot and party; hidden from everybody else.
pub fn assigned(app: &App, actor: &Actor, id: ApplicationId) -> Result<(Application, Lot, Party), Stop> {
    app.store
        .read(|db| {
            let Some(a) = applications::find(db, id)?.filter(|a| reviews(actor, a.reviewer)) else {
                return Ok(None);
            };
            let lot = lots::find(db, a.lot)?.map(|s| s.lot);
            let party = parties::find(db, a.party)?;
            Ok(lot.zip(party).map(|(lot, party)| (a, lot, party)))
        })?
        .ok_or_else(|| Refusal::NotFound.into())
}

/// What the reviewer found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// `qualify`, `correct` or `refuse`.
    pub decision: Choice,
    /// The membership was proven.
    pub member: bool,
    /// The claimed priority was proven.
    pub priority: bool,
    /// Reason, or what is to be corrected.
    pub reason: String,
    /// What was looked up.
    pub looked_up: LookedUp,
}

/// The reviewer's three ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// 确认
    Qualify,
    /// 补正
    Correct,
    /// 不予确认
    Refuse,
}

/// The reviewer's decision on his one application.
pub fn decide(app: &App, actor: &Actor, id: ApplicationId, found: &Found) -> Result<(), Stop> {
    let (seen, _, _) = assigned(app, actor, id)?;
    let now = app.clock.now();
    app.store.write(|tx| {
        let stored = tx.claim_lot(seen.lot)?.ok_or(Refusal::NotFound)?;
        let lot = clock::settle(app, tx, stored.lot, now)?;
        let departments = lot.departments();
        permit(Act::Qualify, Some(actor), &lot.case(&departments).beside(&lots::hands_elsewhere(tx, &lot)?))?;
        // Nothing of a decision stands unless all of it does, the refund included.
        tx.nested(|tx| {
            let a = tx.claim_application(id)?.ok_or(Refusal::NotFound)?;
            let party = parties::find(tx, a.party)?.ok_or(Refusal::NotFound)?;
            let verdict = verdict(app, tx, &a, &lot, &party, found, now)?;
            let decided = a.decide(verdict, &found.reason, actor.account, now)?;
            tx.update_application(&decided)?;
            tx.insert_check(new_id(), id, &found.looked_up, actor.account, now)?;
            let facts = json!({
                "application": id.to_string(), "status": decided.status.name(), "reason": decided.reason,
                "rank": decided.priority_rank, "by": actor.account.to_string(), "looked_up": found.looked_up,
            });
            application::note(app, tx, lot.id, now, "decided", facts)?;
            messages::to_party(app, tx, decided.party, &say_decision(&decided, &lot))?;
            if decided.status == Status::Refused {
                // The days of the refund run from the refusal, not from the list (rulebook 5.3).
                refunds::order_back(app, tx, id, PayoutCause::NotQualified, now)?;
            }
            Ok(())
        })
    })
}

/// Refuses whoever reviewed an applicant of this lot: the one who qualifies does not run the room
/// (rulebook 1.3). The lot's own events do not say it, because they would tell that somebody applied.
pub(super) fn not_reviewer(db: &mut impl Read, lot: LotId, account: AccountId) -> Result<(), Stop> {
    let assigned = applications::of_lot(db, lot)?.iter().any(|a| a.reviewer == Some(account));
    if assigned || application_checks::by(db, lot, account)? {
        return Err(Refusal::SameHand { did: Act::Qualify.zh().into() }.into());
    }
    Ok(())
}

/// Until when a correction may come: the applicant's time of the rulebook, with the close of registration at
/// the latest; whoever is asked when it is near or past has as long as the qualification may take.
fn correction_limit(app: &App, db: &mut impl Read, lot: &Lot, now: Instant) -> Result<Instant, Stop> {
    let rules = frozen::rules(app, db, lot.id)?;
    let due = |days: u32| {
        let end = app.market.calendar.due(now, days, true);
        end.map_err(|e| Stop::from(Refusal::CalendarUnconfirmed { year: e.year }))
    };
    let closes = lot.listing.as_ref().map_or(now, |l| l.closes);
    Ok(due(rules.review.supplement_wd)?.min(closes.max(due(rules.review.qualify_wd)?)))
}

/// A tick that the look-up contradicts: membership is declared, verified, and of the lot's own village, and the
/// members' priority is the members' alone.
fn contradicted(a: &Application, found: &Found, membership: Membership) -> Option<Refusal> {
    if found.member && membership != Membership::Member {
        let words = "核验结果不是本集体成员（须本人申报、身份核验为成员且户籍在标的所在村），不能确认为成员";
        return Some(Refusal::field("member", words));
    }
    if found.priority && a.body.priority == Some(PriorityClass::P4) && !found.member {
        return Some(Refusal::field("priority", "不是本集体成员的，成员优先权不成立"));
    }
    None
}

fn verdict(
    app: &App,
    db: &mut impl Read,
    a: &Application,
    lot: &Lot,
    party: &Party,
    found: &Found,
    now: Instant,
) -> Result<Verdict, Stop> {
    match found.decision {
        Choice::Correct => Ok(Verdict::Correct { by: correction_limit(app, db, lot, now)? }),
        Choice::Refuse => Ok(Verdict::Refuse),
        Choice::Qualify => {
            let known = applicant::known(app, db, a, lot, party, &found.looked_up, now)?;
            let handed_in = a.submitted_at.unwrap_or(now).day();
            let faults = found.looked_up.faults(&known.asked, handed_in, now.day());
            if !faults.is_empty() {
                return Err(Refusal::Fields { faults }.into());
            }
            if let Some(bar) = known.findings.iter().find(|f| f.blocks()) {
                let message = format!("{}：{}", bar.rule.zh(), bar.explanation);
                return Err(Refusal::rule(bar.rule.name(), message, "资格审查").into());
            }
            if let Some(refusal) = contradicted(a, found, known.membership) {
                return Err(refusal.into());
            }
            let claimed: Vec<_> = a.body.priority.filter(|_| found.priority).into_iter().collect();
            Ok(Verdict::Qualify { outsider: !found.member, rank: priority::rank(&lot.terms()?.priority, &claimed) })
        }
    }
}

fn say_decision<'a>(a: &Application, lot: &Lot) -> Say<'a> {
    let no = lot.lot_no.clone().unwrap_or_default();
    let (subject, body) = match a.status {
        Status::Qualified => {
            ("资格确认通知", format!("标的 {no}：您的竞买资格已确认。请按时足额交纳保证金，并签署竞价须知。"))
        }
        Status::Correction => {
            let by = a.correct_by.map_or_else(String::new, |by| format!("请在{}前提交，逾期不予确认。", by.zh()));
            ("报名补正通知", format!("标的 {no}：您的报名需要补正：{}。{by}", a.reason.trim_end_matches('。')))
        }
        Status::Refused => {
            ("不予确认通知", format!("标的 {no}：您的竞买资格未获确认。理由：{}。已交保证金将原路退回。", a.reason))
        }
        Status::Draft | Status::Submitted | Status::Withdrawn => ("报名通知", format!("标的 {no}：报名有新进展。")),
    };
    Say { topic: "qualification", subject: subject.into(), body, lot: None }
}

/// How the list came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// Bidders on the list.
    pub bidders: u32,
}

/// Qualified, and by the ledger the whole deposit is held, by a line that was booked before the close.
fn eligible(db: &mut impl Read, a: &Application, lot: &Lot, closes: Instant) -> Result<bool, Stop> {
    if a.status != Status::Qualified || ledger::deposit_of(db, a.id)? < lot.terms()?.deposit {
        return Ok(false);
    }
    let Some(hold) = holds::of_application(db, a.id)? else { return Ok(false) };
    Ok(bank::line(db, hold.line)?.is_some_and(|l| l.booked_at < closes))
}

/// T10: freezes the list after the close, gives out bidder numbers and tells everybody.
pub fn freeze(app: &App, actor: &Actor, lot: LotId) -> Result<Frozen, Stop> {
    on_lot(app, Some(actor), lot, Act::Freeze, |tx, lot, now| {
        let closes = lot.listing.as_ref().map_or(now, |l| l.closes);
        let all = applications::of_lot(tx, lot.id)?;
        let undecided = all.iter().any(|a| a.undecided(now));
        let (mut on_list, mut unpaid) = (Vec::new(), Vec::new());
        for a in all.iter().filter(|a| a.status == Status::Qualified) {
            if eligible(tx, a, lot, closes)? { on_list.push(a.clone()) } else { unpaid.push(a.clone()) }
        }
        let bidders = count(on_list.len());
        let variety = frozen::variety(app, tx, lot)?;
        let least = variety.min_bidders.max(lot.terms()?.method.least_bidders());
        let events = listing::freeze(lot, undecided, bidders, least, variety.sole_policy)?;
        if !unpaid.is_empty() && !bank::reached(tx, closes)? {
            return Err(Refusal::rule(
                "STATEMENT_MISSING",
                format!(
                    "还没有导入截至{}的银行流水，不能确定保证金是否按时到账。请资金结算岗导入该日的流水后再确认名单。",
                    closes.zh()
                ),
                "保证金以银行记账时间为准",
            )
            .into());
        }
        for a in all.iter().filter(|a| a.overdue(now)) {
            drop_out(app, tx, lot, a, ("lapsed", "补正期限届满没有补正"), now)?;
        }
        for a in &unpaid {
            drop_out(app, tx, lot, a, ("unpaid", "未在截止时间前足额交纳保证金"), now)?;
        }
        let next = match events.first() {
            Some(LotEvent::ListFrozen) => Some("竞价时间另行通知，请先签署竞价须知。"),
            Some(LotEvent::NegotiationOpened) => {
                Some("合格竞买人未达到公告要求的数量，按公告转为协商，请等候县中心通知。")
            }
            // The lot ends here: nobody is on a list, and everybody is told of the end.
            Some(_) | None => None,
        };
        if let Some(next) = next {
            number(app, tx, lot, on_list, next, now)?;
        }
        Ok((events, Frozen { bidders }))
    })
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn number(app: &App, tx: &mut Tx<'_>, lot: &Lot, list: Vec<Application>, next: &str, now: Instant) -> Result<(), Stop> {
    let mut taken = HashSet::new();
    for mut a in list {
        let no = token::bidder_no(&taken).map_err(|e| Fault::Setup(e.to_string()))?;
        let no = no.ok_or_else(|| Fault::Inconsistent("no bidder number is left".into()))?;
        taken.insert(no);
        a.bidder_no = Some(BidderNo(no));
        tx.update_application(&a)?;
        let facts = json!({ "application": a.id.to_string(), "bidder_no": no });
        application::note(app, tx, lot.id, now, "numbered", facts)?;
        messages::to_party(
            app,
            tx,
            a.party,
            &Say {
                topic: "bidder_list",
                subject: "竞买人名单已确认".into(),
                body: format!(
                    "标的 {}：您已列入竞买人名单，竞买号 {no:04}。{next}竞买号请勿告知他人。",
                    lot.lot_no.clone().unwrap_or_default()
                ),
                lot: None,
            },
        )?;
    }
    Ok(())
}

/// Not on the list, for a reason that needs no reviewer; a deposit that is held goes back.
fn drop_out(
    app: &App,
    tx: &mut Tx<'_>,
    lot: &Lot,
    a: &Application,
    (kind, reason): (&str, &str),
    now: Instant,
) -> Result<(), Stop> {
    let out = a.clone().drop_out(reason, now);
    tx.update_application(&out)?;
    application::note(app, tx, lot.id, now, kind, json!({ "application": a.id.to_string() }))?;
    refunds::order_back(app, tx, a.id, PayoutCause::NotQualified, now)?;
    messages::to_party(app, tx, a.party, &say_decision(&out, lot))
}
