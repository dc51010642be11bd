//! Certificate, delivery, hand-over, registration, archive.

use super::super::people::PASSWORD;
use super::super::project::Turn;
use super::Walk;
use crate::acts::confirmation::SignOff;
use crate::acts::{archive, certificate, delivery, handover};
use crate::domain::refusal::Refusal;
use crate::store::{Fault, Stop};

impl Walk<'_> {
    /// The winner applies for the certificate.
    pub(in crate::demo) fn apply_certificate(&self) -> Result<(), Stop> {
        certificate::apply(&self.app, self.winner()?, self.lot)
    }

    /// The certifying post draws it up, the director approves it by step-up.
    pub(in crate::demo) fn issue_certificate(&self) -> Result<(), Stop> {
        let draws_up = self.people.get("certification")?;
        certificate::draft(&self.app, draws_up, self.lot)?;
        self.later(50)?;
        if self.project.turn == Some(Turn::CertificateSentBack) {
            let reason = "四至与交割单不一致，请核对后重新制作。";
            certificate::send_back(&self.app, self.people.get("director")?, self.lot, reason)?;
            self.later(40)?;
            certificate::draft(&self.app, draws_up, self.lot)?;
            self.later(30)?;
        }
        let director = self.people.get("director")?;
        let hash = certificate::draft_hash(&self.app, &self.deal()?)?;
        let code = self.code(director, "certificate", "批准交易鉴证书", &hash)?;
        certificate::approve(&self.app, director, self.lot, PASSWORD, &code)?;
        Ok(())
    }

    /// Both sign the delivery note on site.
    pub(in crate::demo) fn deliver(&self) -> Result<(), Stop> {
        for actor in [&self.holder, self.winner()?] {
            let hash = delivery::hash(&self.app, &self.deal()?)?;
            let code = self.code(actor, "delivery", "签署交割单", &hash)?;
            let off = SignOff { password: PASSWORD.to_owned(), code, agrees_electronic: true };
            delivery::sign(&self.app, actor, self.lot, &off, "现场清点无误，已交付使用。")?;
            self.later(15)?;
        }
        Ok(())
    }

    /// The materials go to the registering department.
    pub(in crate::demo) fn hand_over(&self) -> Result<(), Stop> {
        let first = handover::departments(&self.deal()?).into_iter().next();
        let department = first.ok_or_else(|| Fault::Inconsistent("no department".into()))?.department;
        handover::hand_over(&self.app, self.people.get("certification")?, self.lot, department)
    }

    /// The department registers.
    pub(in crate::demo) fn register(&self) -> Result<(), Stop> {
        let department = self.read()?.handover.map(|h| h.department).ok_or(Refusal::NotFound)?;
        let who = self.people.department(department)?;
        if self.project.turn == Some(Turn::NotRegistrable) {
            let why = "该项权利不属于本部门登记范围，材料已留存备查。";
            return handover::register(&self.app, who, self.lot, false, "", why);
        }
        let number = format!("蓝登〔{}〕{:04}", self.app.clock.now().day().year(), self.seed() % 9_000 + 1);
        handover::register(&self.app, who, self.lot, true, &number, "")
    }

    /// The file is closed.
    pub(in crate::demo) fn archive(&self) -> Result<(), Stop> {
        archive::close(&self.app, self.people.get("archive")?, self.lot)?;
        Ok(())
    }
}
