//! PR04: the contract may not depart from the notice and the result (rulebook 9.3, 2.3 T17).

use super::{Lot, Term};
use crate::base::Fen;
use crate::base::ids::PartyId;
use crate::category::PriceUnit;
use crate::refusal::Refusal;

/// What a contract is about to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractFacts {
    /// Who gives.
    pub transferor: PartyId,
    /// Who receives and pays.
    pub transferee: PartyId,
    /// Price per unit.
    pub price: Fen,
    /// The unit.
    pub price_unit: PriceUnit,
    /// Price in all.
    pub total: Fen,
    /// Quantity in ten-thousandths.
    pub quantity: i64,
    /// Term.
    pub term: Option<Term>,
    /// Permitted use.
    pub planned_use: String,
    /// Sum of the payment schedule.
    pub scheduled: Fen,
}

/// Refuses a contract that differs in parties, price, quantity, term or use, naming what differs.
pub fn check(lot: &Lot, contract: &ContractFacts) -> Result<(), Refusal> {
    let (terms, outcome) = (lot.terms()?, lot.outcome()?);
    let same = [
        ("转出方", contract.transferor == lot.transferor),
        ("受让方", contract.transferee == outcome.party),
        ("成交价", contract.price == outcome.price && contract.price_unit == terms.price_unit),
        ("成交总额", contract.total == outcome.total),
        ("数量", contract.quantity == terms.quantity),
        ("期限", contract.term == terms.term),
        ("用途", contract.planned_use == terms.planned_use),
        ("付款计划合计", contract.scheduled == outcome.total),
    ];
    let wrong: Vec<&str> = same.iter().filter(|(_, ok)| !ok).map(|(what, _)| *what).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let message = format!("合同的{}与公告或者成交结果不一致，不能生成合同。", wrong.join("、"));
    Err(Refusal::rule("PR04", message, "规则手册 9.3 PR04：合同不得与公告和成交结果不一致"))
}
