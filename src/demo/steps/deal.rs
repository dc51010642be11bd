//! From the posted result to the paid price.

use super::super::paper;
use super::super::people::PASSWORD;
use super::Walk;
use super::bank::Payment;
use crate::acts::confirmation::{self, SignOff};
use crate::acts::objection::{self, Filing};
use crate::acts::{approval, clock, contract, papers, scan};
use crate::domain::actor::Actor;
use crate::domain::base::ids::ObjectionId;
use crate::domain::category::Department;
use crate::domain::lot::ApprovalKind;
use crate::domain::refusal::Refusal;
use crate::store::Stop;

impl Walk<'_> {
    /// Both parties, the transferor first.
    fn both(&self) -> Result<[&Actor; 2], Stop> {
        Ok([&self.holder, self.winner()?])
    }

    fn sign_off(
        &self,
        actor: &Actor,
        purpose: &str,
        what: &str,
        subject: &crate::crypto::Hash,
    ) -> Result<SignOff, Stop> {
        let code = self.code(actor, purpose, what, subject)?;
        Ok(SignOff { password: PASSWORD.to_owned(), code, agrees_electronic: true })
    }

    /// A villager objects to the posted result.
    pub(in crate::demo) fn object(&self) -> Result<ObjectionId, Stop> {
        let filing = Filing {
            name: "何老五".to_owned(),
            contact: "13700000555".to_owned(),
            content: "公示前没有在村务公开栏看到竞价时间，要求说明通知是否到位。".to_owned(),
            ip: format!("demo-{}", self.seed()),
        };
        objection::file(&self.app, None, &self.lot_no()?, filing)
    }

    /// The written answer.
    pub(in crate::demo) fn answer(&self, objection: ObjectionId, sustained: bool) -> Result<(), Stop> {
        let text = if sustained {
            "经核查，竞价通知确有一名合格竞买人未送达，异议成立，本次成交无效，请重新组织交易。"
        } else {
            "经核查，竞价通知已于三日前在村务公开栏张贴并逐一短信送达，照片和送达记录在卷，异议不成立。"
        };
        objection::answer(&self.app, self.people.get("director")?, self.lot, objection, sustained, text)
    }

    /// The clock ends the publicity.
    pub(in crate::demo) fn end_publicity(&self) -> Result<(), Stop> {
        let ends = self.read()?.publicity_ends.ok_or(Refusal::NotFound)?;
        self.to(ends.plus_secs(1))?;
        clock::settle_lot(&self.app, self.lot, ends.plus_secs(1))?;
        Ok(())
    }

    /// Both sign the confirmation.
    pub(in crate::demo) fn sign_confirmation(&self) -> Result<(), Stop> {
        for actor in self.both()? {
            let hash = papers::confirmation_hash(&self.app, &self.deal()?)?;
            let off = self.sign_off(actor, "confirmation", "签署成交确认书", &hash)?;
            confirmation::sign(&self.app, actor, self.lot, &off)?;
            self.later(25)?;
        }
        Ok(())
    }

    /// Whether an authority must approve.
    pub(in crate::demo) fn waits_for_approval(&self) -> Result<bool, Stop> {
        Ok(self.read()?.approvals_open().next().is_some())
    }

    /// The station files the intention agreement that both signed, and the authorities decide.
    pub(in crate::demo) fn approve(&self, granted: bool) -> Result<(), Stop> {
        let lines = [format!("标的编号：{}", self.lot_no()?), "双方已签字按指印（演示扫描件）。".to_owned()];
        let page = paper::page(&self.app, "流转意向协议书签署页扫描件", &lines)?;
        scan::upload(&self.app, self.people.station(&self.place)?, self.lot, &page)?;
        self.later(30)?;
        let open: Vec<ApprovalKind> = self.read()?.approvals_open().map(|a| a.kind).collect();
        for kind in open {
            let day = self.app.clock.now().day();
            let (actor, number) = match kind {
                ApprovalKind::Township => (self.people.station(&self.place)?, "乡政批"),
                ApprovalKind::CommercialCapital => (self.people.department(Department::Agriculture)?, "蓝农审"),
            };
            let note = if granted {
                "同意。"
            } else {
                "受让方资信和经营能力不符合审查要求，不予批准。"
            };
            let decision = approval::Decision {
                kind,
                granted,
                number: format!("{number}〔{}〕{}号", day.year(), self.seed() % 400 + 1),
                day,
                note: note.to_owned(),
            };
            approval::record(&self.app, actor, self.lot, &decision)?;
            if !granted {
                return Ok(());
            }
            self.later(30)?;
        }
        Ok(())
    }

    /// The contract is printed.
    pub(in crate::demo) fn make_contract(&self) -> Result<(), Stop> {
        contract::make(&self.app, self.people.get("certification")?, self.lot)
    }

    /// Both sign it on screen.
    pub(in crate::demo) fn sign_contract(&self) -> Result<(), Stop> {
        for actor in self.both()? {
            let hash = contract::contract_hash(&self.read()?)?;
            let off = self.sign_off(actor, "contract", "签订合同", &hash)?;
            contract::sign(&self.app, actor, self.lot, &off)?;
            self.later(30)?;
        }
        Ok(())
    }

    /// Both signed on paper: the station scans it, the centre checks the scan.
    pub(in crate::demo) fn sign_on_paper(&self) -> Result<(), Stop> {
        let number = self.read()?.contract.map(|c| c.number).unwrap_or_default();
        let lines = [format!("合同编号：{number}"), "甲乙双方已签字按指印（演示扫描件）。".to_owned()];
        let page = paper::page(&self.app, "合同签署页扫描件", &lines)?;
        scan::upload(&self.app, self.people.station(&self.place)?, self.lot, &page)?;
        self.later(45)?;
        let shown = self.read()?.scan_waiting().ok_or(Refusal::NotFound)?;
        scan::check(&self.app, self.people.get("certification")?, self.lot, shown, true, "与合同文本一致")
    }

    /// The contract is authenticated; the payments fall due.
    pub(in crate::demo) fn authenticate(&self) -> Result<(), Stop> {
        contract::authenticate(&self.app, self.people.get("certification")?, self.lot)
    }

    /// The winner pays what is due, in one sum.
    pub(in crate::demo) fn pay(&self) -> Result<(), Stop> {
        let lot = self.read()?;
        let Some(due) = lot.payment.as_ref().filter(|p| !p.settled()) else { return Ok(()) };
        let login = &self.project.bidders[self.project.winner].login;
        let payment = Payment {
            payer: self.winner()?,
            into: self.application(login)?.sub_account,
            amount: due.price_due + due.fee_due,
            remark: format!("{} 价款和服务费", self.lot_no()?),
        };
        self.incoming(&[payment])
    }
}
