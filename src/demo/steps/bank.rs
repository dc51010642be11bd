//! What the bank reports, and what the finance post does with it.

use super::Walk;
use crate::acts::demo_bank::{self, HEAD, Incoming};
use crate::acts::payouts::Step;
use crate::acts::{bank, parties, payouts, refunds};
use crate::context::new_id;
use crate::domain::actor::Actor;
use crate::domain::base::{Fen, Instant};
use crate::domain::funds::BankParty;
use crate::domain::refusal::Refusal;
use crate::store::refunds::StoredOrder;
use crate::store::{Fault, Stop, refunds as orders};

/// Money somebody pays in.
pub(super) struct Payment<'a> {
    /// Who.
    pub payer: &'a Actor,
    /// Into which sub-account.
    pub into: String,
    /// How much.
    pub amount: Fen,
    /// What he wrote.
    pub remark: String,
}

fn serial(at: Instant) -> String {
    let id = new_id().simple().to_string();
    format!("{}{}", at.day().compact(), id[20..].to_uppercase())
}

impl Walk<'_> {
    /// A statement with these payments is imported.
    pub(super) fn incoming(&self, payments: &[Payment<'_>]) -> Result<(), Stop> {
        let now = self.app.clock.now();
        let mut rows = vec![HEAD.to_owned()];
        for p in payments {
            let party = p.payer.party.ok_or(Refusal::NotFound)?;
            let party = self.app.store.read(|db| crate::store::parties::find(db, party))?.ok_or(Refusal::NotFound)?;
            let own = parties::bank_account(&self.app, &party)?;
            let paid = Incoming { from: &own, into: &p.into, amount: p.amount, remark: &p.remark };
            rows.push(paid.row(&serial(now), now));
        }
        self.import(&rows, payments.len())
    }

    /// Somebody pays into the settlement account without saying for what.
    pub(in crate::demo) fn stray_payment(&self) -> Result<(), Stop> {
        let now = self.app.clock.now();
        let own = demo_bank::settlement(&self.app)?;
        let from =
            BankParty { name: "过路人".to_owned(), account: "6230900000008877".to_owned(), bank: own.bank.clone() };
        let paid = Incoming { from: &from, into: &own.number, amount: Fen(260_00), remark: "没有写附言" };
        let row = paid.row(&serial(now), now);
        self.import(&[HEAD.to_owned(), row], 0)
    }

    /// The bank's statement of the day, drawn now: nothing more came in.
    pub(super) fn nothing_more(&self) -> Result<(), Stop> {
        let now = self.app.clock.now();
        let name = format!("银行流水{}截至{}.csv", now.day().compact(), now.china().format("%H%M"));
        bank::import_through(&self.app, self.people.get("finance")?, &name, HEAD.as_bytes(), Some(now))?;
        Ok(())
    }

    fn import(&self, rows: &[String], matched: usize) -> Result<(), Stop> {
        let text = rows.join("\n");
        let name = format!("银行流水{}.csv", self.app.clock.now().day().compact());
        let done = bank::import(&self.app, self.people.get("finance")?, &name, text.as_bytes())?;
        if done.matched != matched {
            let text = format!("{}: {} of {matched} bank lines matched", self.project.key, done.matched);
            return Err(Fault::Inconsistent(text).into());
        }
        Ok(())
    }

    fn orders(&self, status: &str) -> Result<Vec<StoredOrder>, Stop> {
        let all = self.app.store.read(|db| orders::of_lot(db, self.lot))?;
        Ok(all.into_iter().filter(|o| o.status == status).collect())
    }

    /// The orders that are due are made by one, checked by another, and sent to the bank.
    pub(in crate::demo) fn send_orders(&self) -> Result<(), Stop> {
        let due = self.orders("due")?;
        if due.is_empty() {
            return Ok(());
        }
        let (maker, checker) = (self.people.get("finance")?, self.people.get("finance-2")?);
        for order in &due {
            payouts::step(&self.app, maker, order.id, Step::Make)?;
        }
        for order in &due {
            payouts::step(&self.app, checker, order.id, Step::Check)?;
        }
        payouts::make_file(&self.app, maker)?;
        Ok(())
    }

    /// The bank's statement shows what was sent as paid.
    pub(in crate::demo) fn orders_done(&self) -> Result<(), Stop> {
        let sent = self.orders("sent")?;
        if sent.is_empty() {
            return Ok(());
        }
        let now = self.app.clock.now();
        let own = demo_bank::settlement(&self.app)?;
        let mut rows = vec![HEAD.to_owned()];
        for order in &sent {
            let payee = refunds::order(&self.app, order)?.payee;
            rows.push(demo_bank::outgoing(own, &payee, order.amount, &order.number, &serial(now), now));
        }
        self.import(&rows, sent.len())
    }
}
