//! Contract: made from the deal, signed on screen or on paper, authenticated (rulebook 2.3 T17, T18).

use super::confirmation::{SignOff, must_agree};
use super::papers::{self, Keep};
use super::{deal, on_lot, stepup};
use crate::context::App;
use crate::crypto::suite::Hash;
use crate::domain::actor::Actor;
use crate::domain::base::ids::LotId;
use crate::domain::base::numbering::FilingNo;
use crate::domain::base::{Fen, Instant};
use crate::domain::category::ModeKind;
use crate::domain::funds::fee::Fee;
use crate::domain::lot::{Act, Lot, Signing, Stage, deal as deciding};
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::store::documents::Visibility;
use crate::store::{Fault, Stop, applications};

/// The contract's code among the documents.
pub const CODE: &str = "F09";

/// Makes the contract from notice and result. Possible again while nobody has signed.
pub fn make(app: &App, actor: &Actor, id: LotId) -> Result<(), Stop> {
    let deal = deal::for_act(app, actor, id, Act::MakeContract)?;
    let number = next_number(&deal.lot)?;
    let made = papers::contract(app, &deal, &number)?;
    let bytes = papers::press(app, &made.paper, &number)?;
    on_lot(app, Some(actor), id, Act::MakeContract, |tx, lot, _| {
        deal::unchanged(&deal.lot, lot)?;
        let name = format!("合同{number}.pdf");
        let document = papers::keep(app, tx, id, &bytes, Keep::pdf(CODE, &name, Visibility::Parties))?;
        let events = deciding::make_contract(lot, &number, document.id, &document.sm3)?;
        Ok((events, ()))
    })
}

fn next_number(lot: &Lot) -> Result<String, Stop> {
    let last = lot.contract.as_ref().and_then(|c| c.number.rsplit_once('H')?.1.parse::<u8>().ok()).unwrap_or(0);
    let number = deal::numbered(lot)?.contract(last.saturating_add(1));
    Ok(number.map_err(deal::no_number)?.to_string())
}

/// Signs the contract on screen; the code is bound to the PDF's SM3.
pub fn sign(app: &App, actor: &Actor, id: LotId, off: &SignOff) -> Result<(), Stop> {
    let deal = deal::for_act(app, actor, id, Act::SignContract)?;
    let side = deal::side_of(actor, &deal.lot)?;
    must_agree(&deal, side, off)?;
    let hash = contract_hash(&deal.lot)?;
    stepup::confirm(app, actor, "contract", &hash, &off.password, &off.code)?;
    on_lot(app, Some(actor), id, Act::SignContract, |tx, lot, now| {
        tx.agree_electronic(deal.side(side)?.card.id, now)?;
        Ok((deciding::sign_contract(lot, side, Signing::Screen { hash: hash.hex() })?, ()))
    })
}

/// The SM3 of the contract's PDF.
pub fn contract_hash(lot: &Lot) -> Result<Hash, Stop> {
    let Some(contract) = &lot.contract else {
        return Err(Refusal::rule("NO_CONTRACT", "合同还没有生成，请等待县中心鉴证岗生成合同文本。", "").into());
    };
    Ok(contract.hash.parse().map_err(|_| Fault::Inconsistent("contract.hash".into()))?)
}

/// What the transferee owes before the certificate.
#[derive(Clone, Debug)]
pub struct Dues {
    /// First payment by the plan, the deposit still in it.
    pub first_payment: Fen,
    /// The service fee, explained.
    pub fee: Fee,
}

/// Computes what falls due at authentication. In purchases the transferor pays the supplier
/// directly, so nothing passes through the settlement account.
pub fn dues(app: &App, deal: &deal::Deal) -> Result<Dues, Stop> {
    let (terms, outcome) = (deal.terms()?, deal.outcome()?);
    let fee = app.store.read(|db| super::finance::fee_of(app, db, &deal.lot))?;
    let made = deal.lot.contract.as_ref().map_or(deal.lot.entered_at, |c| c.made_at);
    let first_payment = match terms.mode.kind() {
        ModeKind::Purchase => Fen::ZERO,
        ModeKind::Lease | ModeKind::Sale | ModeKind::Equity | ModeKind::Record => {
            papers::payments(app, deal, made.day())?.first().map_or(outcome.total, |d| d.amount)
        }
    };
    Ok(Dues { first_payment, fee })
}

/// What the transferee still has to pay, until when and where to.
#[derive(Clone, Debug)]
pub struct Demand {
    /// Price that has not arrived.
    pub price: Fen,
    /// Service fee that has not arrived.
    pub fee: Fen,
    /// The deposit that became price.
    pub converted: Fen,
    /// Last instant to pay.
    pub due: Instant,
    /// The remark by which the payer's lines are known.
    pub account: String,
}

/// The payment that a lot waits for: for the transferee himself and for those who keep the money.
pub fn demand(app: &App, actor: &Actor, lot: &Lot) -> Result<Option<Demand>, Stop> {
    let (Some(payment), Some(outcome)) = (&lot.payment, &lot.outcome) else { return Ok(None) };
    let own = actor.party == Some(outcome.party);
    if lot.stage != Stage::AwaitingPayment || !(own || Area::ReadMoney.permits(actor)) {
        return Ok(None);
    }
    let application = app.store.read(|db| applications::find(db, outcome.application))?;
    let application = application.ok_or_else(|| Fault::Inconsistent("outcome.application".into()))?;
    Ok(Some(Demand {
        price: (payment.price_due - payment.price_paid).max(Fen::ZERO),
        fee: (payment.fee_due - payment.fee_paid).max(Fen::ZERO),
        converted: payment.converted,
        due: payment.due,
        account: application.sub_account,
    }))
}

/// K72: authenticates and files the contract; the payments fall due.
pub fn authenticate(app: &App, actor: &Actor, id: LotId) -> Result<(), Stop> {
    let deal = deal::for_act(app, actor, id, Act::Authenticate)?;
    let dues = dues(app, &deal)?;
    on_lot(app, Some(actor), id, Act::Authenticate, |tx, lot, now| {
        let due = app.market.calendar.due(now, deal.rules.pay.first_wd, true);
        let due = due.map_err(|u| Refusal::CalendarUnconfirmed { year: u.year })?;
        let day = now.day();
        let serial = tx.next_serial(&format!("filing.{}", day.compact()))?;
        let filing_no = FilingNo::new(lot.place.township(), day, serial).map_err(deal::no_number)?.to_string();
        let deposit = lot.terms()?.deposit;
        let events = deciding::authenticate(lot, &filing_no, dues.first_payment, deposit, dues.fee.amount, due)?;
        Ok((events, ()))
    })
}
