//! Applications, deposits, qualification, the list of bidders.

use super::super::paper;
use super::super::project::{Bidder, Turn};
use super::Walk;
use super::bank::Payment;
use crate::acts::application;
use crate::acts::frozen;
use crate::acts::qualification::{self, Choice, Found};
use crate::domain::actor::Actor;
use crate::domain::application::{Answers, Application, Body, Declaration};
use crate::domain::base::Instant;
use crate::domain::eligibility::{BanLookup, CompanyLookup, CompanyStatus, LookedUp, Membership};
use crate::domain::refusal::Refusal;
use crate::store::parties::{self, PartyKind};
use crate::store::{Fault, Stop, applications};

impl Walk<'_> {
    /// All bidders apply, one an hour.
    pub(in crate::demo) fn apply_all(&self) -> Result<(), Stop> {
        for bidder in &self.project.bidders {
            self.apply(bidder)?;
            self.later(40)?;
        }
        Ok(())
    }

    /// Moves on by minutes.
    pub(in crate::demo) fn later(&self, minutes: i64) -> Result<(), Stop> {
        self.to(self.app.clock.now().plus_mins(minutes))
    }

    /// One applies, with every paper.
    pub(in crate::demo) fn apply(&self, bidder: &Bidder) -> Result<(), Stop> {
        let (app, actor) = (&self.app, self.people.get(&bidder.login)?);
        let lot = self.read()?;
        let body = self.body(bidder, actor)?;
        application::save(app, actor, self.lot, body.clone())?;
        let party = actor.party.ok_or(Refusal::NotFound)?;
        let kind = app.store.read(|db| parties::find(db, party))?.map(|p| p.kind);
        let organisation = kind.is_some_and(|k| k != PartyKind::Person);
        let variety = app.store.read(|db| frozen::variety(app, db, &lot))?;
        for (rule, must) in application::papers(&variety, &body, organisation) {
            if must {
                let lines = [
                    format!("标的：{}", lot.lot_no.clone().unwrap_or_default()),
                    format!("申请人：{}", actor.name),
                    format!("材料：{}", rule.title),
                    "（演示材料，内容为虚构）".to_owned(),
                ];
                application::attach(app, actor, self.lot, &rule.key, &paper::page(app, &rule.title, &lines)?)?;
            }
        }
        application::submit(app, actor, self.lot)
    }

    fn body(&self, bidder: &Bidder, actor: &Actor) -> Result<Body, Stop> {
        let offered = self.read()?.terms()?.priority.first().copied();
        let priority = offered.filter(|_| bidder.priority);
        Ok(Body {
            declarations: Declaration::ALL.iter().map(|d| d.name().to_owned()).collect(),
            intended_use: "按公告载明的用途使用，不改变用途。".to_owned(),
            plan: format!("{}具备相应的经营经验、资金和设备，计划成交后三个月内投入经营。", actor.name),
            answers: Answers {
                member: Some(bidder.member),
                ability: Some(true),
                staff_or_relative: Some(false),
                village_official: Some(false),
                agent: Some(false),
            },
            priority,
            priority_ground: if priority.is_some() {
                "本集体经济组织成员，户口和成员名册可查。"
            } else {
                ""
            }
            .to_owned(),
            refund_account_confirmed: true,
        })
    }

    /// The application of a login for this lot.
    pub(in crate::demo) fn application(&self, login: &str) -> Result<Application, Stop> {
        let party = self.people.get(login)?.party.ok_or(Refusal::NotFound)?;
        let found = self.app.store.read(|db| applications::of_party(db, self.lot, party))?;
        Ok(found.ok_or(Refusal::NotFound)?)
    }

    /// The deposits of these bidders arrive, each from the own account.
    pub(in crate::demo) fn deposits(&self, bidders: &[Bidder]) -> Result<(), Stop> {
        let lot = self.read()?;
        let mut payments = Vec::new();
        for bidder in bidders {
            payments.push(Payment {
                payer: self.people.get(&bidder.login)?,
                into: self.application(&bidder.login)?.sub_account,
                amount: lot.terms()?.deposit,
                remark: "交易保证金".to_owned(),
            });
        }
        self.incoming(&payments)
    }

    /// The reviewer decides on so many applications of this lot, the oldest first.
    pub(in crate::demo) fn qualify(&self, count: usize) -> Result<(), Stop> {
        let reviewer = self.people.get("qualification")?;
        for _ in 0..count {
            let next = qualification::take_next(&self.app, reviewer)?;
            let id = next.ok_or_else(|| Fault::Inconsistent(format!("{}: nothing to review", self.project.key)))?;
            let qualification::Seen { application, lot, known, .. } = qualification::seen(&self.app, reviewer, id)?;
            if lot.id != self.lot {
                let text = format!("{}: an application for {} came first", self.project.key, lot.id);
                return Err(Fault::Inconsistent(text).into());
            }
            let last = self.project.bidders.last().map(|b| b.login.as_str());
            let last = last.and_then(|login| self.people.get(login).ok()?.party);
            let turn = self.project.turn.filter(|_| last == Some(application.party));
            let (decision, reason) = match turn {
                Some(Turn::BidderRefused) => (Choice::Refuse, "公告要求具备三年以上经营经验，提交的材料不能证明。"),
                Some(Turn::BidderCorrects) => (Choice::Correct, "资金证明缺少开户行盖章，请补充后重新提交。"),
                Some(
                    Turn::BidderLeaves
                    | Turn::ObjectionDismissed
                    | Turn::CertificateSentBack
                    | Turn::NotRegistrable
                    | Turn::StrayPayment,
                )
                | None => (Choice::Qualify, ""),
            };
            let found = Found {
                decision,
                member: known.membership == Membership::Member,
                priority: application.body.priority.is_some(),
                reason: reason.to_owned(),
                looked_up: self.looked_up(),
            };
            qualification::decide(&self.app, reviewer, id, &found)?;
            self.later(5)?;
        }
        Ok(())
    }

    /// The last bidder takes the application back.
    pub(in crate::demo) fn leave(&self) -> Result<(), Stop> {
        let last = self.project.bidders.last().ok_or(Refusal::NotFound)?;
        application::withdraw(&self.app, self.people.get(&last.login)?, self.lot)
    }

    /// Everything looked up today and found in order.
    fn looked_up(&self) -> LookedUp {
        let on = self.app.clock.now().day();
        LookedUp {
            company: Some(CompanyLookup { status: CompanyStatus::Normal, on }),
            bans: Some(BanLookup { on, ban: None }),
            consent: Some(true),
            without_homestead: Some(true),
            related: Some(false),
        }
    }

    /// The clock closes the registration; the close is given.
    pub(in crate::demo) fn close_registration(&self) -> Result<Instant, Stop> {
        let closes = self.read()?.listing.map(|l| l.closes).ok_or(Refusal::NotFound)?;
        self.to(closes.plus_secs(1))?;
        crate::acts::clock::settle_lot(&self.app, self.lot, closes.plus_secs(1))?;
        Ok(closes)
    }

    /// The day's statement is in, and the list of bidders is frozen.
    pub(in crate::demo) fn freeze(&self) -> Result<(), Stop> {
        self.nothing_more()?;
        qualification::freeze(&self.app, self.people.get("qualification")?, self.lot)?;
        Ok(())
    }

    /// Everybody on the list agrees to the bidding rules.
    pub(in crate::demo) fn agree_all(&self) -> Result<(), Stop> {
        for bidder in self.project.in_the_room() {
            application::agree(&self.app, self.people.get(&bidder.login)?, self.lot)?;
        }
        Ok(())
    }
}
