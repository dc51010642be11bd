//! A deposit as a hold (rulebook 5.3): unpaid → held → posted (to the price, or forfeited) or void
//! (refunded). A hold is completed once; every completion of one deposit carries the same ledger key, so that
//! even two clerks at once cannot spend it twice. Whoever took his application back and pays again has another
//! deposit, known by its own bank line.

use super::account::Account;
use super::ledger::{Entry, LedgerError, Reason};
use super::payee::BankParty;
use super::postings::Source;
use crate::base::Fen;
use crate::base::ids::{ApplicationId, BankLineId, LotId, RefundId};
use crate::base::words::words;

words! {
    /// Grounds on which a deposit may be kept (rulebook 5.4), each only when the notice printed it.
    ForfeitGround {
        Withdrew = "withdrew", "资格确认并缴纳保证金后退出";
        NobodyQuoted = "nobody_quoted", "全部合格竞买人均不报价";
        RefusedToSign = "refused_to_sign", "未按期签订成交确认书或合同";
        RefusedToPay = "refused_to_pay", "未按期付款";
        FalsePapers = "false_papers", "提供虚假材料或隐瞒重要事实";
        Collusion = "collusion", "串通、贿赂、胁迫、欺诈或扰乱交易秩序";
        RefusedDelivery = "refused_delivery", "无正当理由拒绝接收标的";
        LeakedSecrets = "leaked_secrets", "泄露转出方商业秘密并造成损失";
    }
}

/// The deposit of one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    application: ApplicationId,
    lot: LotId,
    required: Fen,
    state: HoldState,
}

/// Where a deposit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoldState {
    /// 未缴纳.
    Unpaid,
    /// 已到账: held, also for standby bidders.
    Held {
        /// The bank line that brought it.
        line: BankLineId,
        /// From whose account; a refund goes back there and nowhere else.
        payer: BankParty,
    },
    /// 已转价款: completed into the first payment; a remainder was refunded by its own order.
    Converted {
        /// What went into the price.
        price: Fen,
        /// The order for what the first payment did not need.
        remainder: Option<RefundId>,
    },
    /// 不予退还: completed against the bidder.
    Forfeited {
        /// Why.
        ground: ForfeitGround,
    },
    /// 已转退款: void, refunded by this order.
    Refunded {
        /// The order.
        refund: RefundId,
    },
}

impl HoldState {
    /// Stable name for storage and lists.
    pub fn name(&self) -> &'static str {
        match self {
            HoldState::Unpaid => "unpaid",
            HoldState::Held { .. } => "held",
            HoldState::Converted { .. } => "converted",
            HoldState::Forfeited { .. } => "forfeited",
            HoldState::Refunded { .. } => "refunded",
        }
    }

    /// The word on screens.
    pub fn zh(&self) -> &'static str {
        match self {
            HoldState::Unpaid => "未缴纳",
            HoldState::Held { .. } => "已到账",
            HoldState::Converted { .. } => "已转为价款",
            HoldState::Forfeited { .. } => "不予退还",
            HoldState::Refunded { .. } => "已转入退款",
        }
    }
}

/// Why a hold does not move.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoldError {
    /// The deposit is not (or no longer) held.
    #[error("该保证金当前为“{0}”，不能进行此操作，请刷新页面查看最新状态。")]
    WrongState(&'static str),
    /// The amount that arrived is not the amount required.
    #[error("到账金额 {got} 与应缴保证金 {required} 不一致，该笔款项转入待核实款项。")]
    AmountDiffers {
        /// What was asked.
        required: Fen,
        /// What arrived.
        got: Fen,
    },
    /// The notice did not print this ground.
    #[error("挂牌公告没有载明“{0}”可以不予退还保证金，不能按此理由处理。")]
    NotPrinted(ForfeitGround),
    /// The first payment is not positive.
    #[error("首期应付价款应大于 0，请先核对付款计划。")]
    NoPrice,
    /// The ledger refused.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Hold {
    /// An application's deposit, not yet paid.
    pub fn unpaid(application: ApplicationId, lot: LotId, required: Fen) -> Hold {
        Hold { application, lot, required, state: HoldState::Unpaid }
    }

    /// A hold as stored.
    pub fn restore(application: ApplicationId, lot: LotId, required: Fen, state: HoldState) -> Hold {
        Hold { application, lot, required, state }
    }

    /// Whose deposit it is.
    pub fn application(&self) -> ApplicationId {
        self.application
    }

    /// For which lot.
    pub fn lot(&self) -> LotId {
        self.lot
    }

    /// How much is asked.
    pub fn required(&self) -> Fen {
        self.required
    }

    /// Where it stands.
    pub fn state(&self) -> &HoldState {
        &self.state
    }

    /// Held, neither spent nor returned: the bidder may bid.
    pub fn is_held(&self) -> bool {
        matches!(self.state, HoldState::Held { .. })
    }

    /// The deposit arrived. Name and time were decided by `matching` (or by a clerk for a line in
    /// suspense); the amount is checked again here.
    pub fn receive(
        self,
        line: BankLineId,
        source: Source,
        amount: Fen,
        payer: BankParty,
    ) -> Result<(Hold, Entry), HoldError> {
        if self.state != HoldState::Unpaid {
            return Err(HoldError::WrongState(self.state.zh()));
        }
        if amount != self.required {
            return Err(HoldError::AmountDiffers { required: self.required, got: amount });
        }
        let to = Account::DepositHeld(self.application);
        let entry = Entry::transfer(source.key(line), Reason::DepositReceived, source.account(line), to, amount)?;
        Ok((Hold { state: HoldState::Held { line, payer }, ..self }, entry))
    }

    /// The winner's deposit becomes (part of) the first payment. What the first payment does not need
    /// is ordered back to the payer under `remainder`.
    pub fn convert(self, first_payment: Fen, remainder: RefundId) -> Result<(Hold, Vec<Entry>), HoldError> {
        let line = self.line()?;
        if first_payment.0 <= 0 {
            return Err(HoldError::NoPrice);
        }
        let price = self.required.min(first_payment);
        let rest = self.required - price;
        let from = Account::DepositHeld(self.application);
        let to = Account::PricePayable(self.lot);
        let mut entries = vec![Entry::transfer(self.completion(line), Reason::DepositConverted, from, to, price)?];
        if rest > Fen::ZERO {
            let key = format!("hold:{}:{line}:remainder", self.application);
            let to = Account::RefundPayable(remainder);
            entries.push(Entry::transfer(key, Reason::RefundOrdered, from, to, rest)?);
        }
        let remainder = (rest > Fen::ZERO).then_some(remainder);
        Ok((Hold { state: HoldState::Converted { price, remainder }, ..self }, entries))
    }

    /// The deposit is kept. `printed` are the grounds the lot's notice names.
    pub fn forfeit(self, ground: ForfeitGround, printed: &[ForfeitGround]) -> Result<(Hold, Entry), HoldError> {
        let line = self.line()?;
        if !printed.contains(&ground) {
            return Err(HoldError::NotPrinted(ground));
        }
        let (from, to) = (Account::DepositHeld(self.application), Account::Forfeited(self.application));
        let entry = Entry::transfer(self.completion(line), Reason::DepositForfeited, from, to, self.required)?;
        Ok((Hold { state: HoldState::Forfeited { ground }, ..self }, entry))
    }

    /// The whole deposit is ordered back. The third value is the only account it may go to
    /// (rulebook 5.3: original account only).
    pub fn refund(self, refund: RefundId) -> Result<(Hold, Entry, BankParty), HoldError> {
        let (line, payer) = (self.line()?, self.payer()?.clone());
        let (from, to) = (Account::DepositHeld(self.application), Account::RefundPayable(refund));
        let entry = Entry::transfer(self.completion(line), Reason::RefundOrdered, from, to, self.required)?;
        Ok((Hold { state: HoldState::Refunded { refund }, ..self }, entry, payer))
    }

    /// The account the deposit came from, while it is held.
    pub fn payer(&self) -> Result<&BankParty, HoldError> {
        Ok(self.held()?.1)
    }

    fn line(&self) -> Result<BankLineId, HoldError> {
        Ok(self.held()?.0)
    }

    fn held(&self) -> Result<(BankLineId, &BankParty), HoldError> {
        match &self.state {
            HoldState::Held { line, payer } => Ok((*line, payer)),
            HoldState::Unpaid
            | HoldState::Converted { .. }
            | HoldState::Forfeited { .. }
            | HoldState::Refunded { .. } => Err(HoldError::WrongState(self.state.zh())),
        }
    }

    fn completion(&self, line: BankLineId) -> String {
        completion_key(self.application, line)
    }
}

/// One key for every way the deposit that this line brought can end.
pub fn completion_key(application: ApplicationId, line: BankLineId) -> String {
    format!("hold:{application}:{line}:completed")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use uuid::Uuid;

    fn payer() -> BankParty {
        BankParty { name: "王小五".to_owned(), account: "6222021234561234".to_owned(), bank: String::new() }
    }

    fn held() -> Hold {
        let hold = Hold::unpaid(ApplicationId(Uuid::from_u128(1)), LotId(Uuid::from_u128(2)), Fen::yuan(8000));
        hold.receive(BankLineId(Uuid::from_u128(3)), Source::Statement, Fen::yuan(8000), payer()).unwrap().0
    }

    fn refund() -> RefundId {
        RefundId(Uuid::from_u128(4))
    }

    #[test]
    fn the_exact_amount_makes_a_hold() {
        let hold = Hold::unpaid(ApplicationId(Uuid::from_u128(1)), LotId(Uuid::from_u128(2)), Fen::yuan(8000));
        let line = BankLineId(Uuid::from_u128(3));
        for wrong in [Fen::yuan(7999), Fen(800_001), Fen::ZERO] {
            let error = hold.clone().receive(line, Source::Statement, wrong, payer());
            assert_eq!(error, Err(HoldError::AmountDiffers { required: Fen::yuan(8000), got: wrong }));
        }
        assert!(!hold.is_held());
        assert!(held().is_held());
        let again = held().receive(line, Source::Statement, Fen::yuan(8000), payer());
        assert_eq!(again, Err(HoldError::WrongState("已到账")));
    }

    #[test]
    fn conversion_takes_what_the_first_payment_needs() {
        let (hold, entries) = held().convert(Fen::yuan(84_000), refund()).unwrap();
        assert_eq!(hold.state(), &HoldState::Converted { price: Fen::yuan(8000), remainder: None });
        assert_eq!(entries.len(), 1);
        let (hold, entries) = held().convert(Fen::yuan(5000), refund()).unwrap();
        assert_eq!(hold.state(), &HoldState::Converted { price: Fen::yuan(5000), remainder: Some(refund()) });
        assert_eq!(entries[1].lines()[1], (Account::RefundPayable(refund()), Fen::yuan(-3000)));
        assert_eq!(held().convert(Fen::ZERO, refund()), Err(HoldError::NoPrice));
    }

    #[test]
    fn forfeiture_needs_a_printed_ground() {
        let printed = [ForfeitGround::RefusedToPay];
        let error = held().forfeit(ForfeitGround::Withdrew, &printed);
        assert_eq!(error, Err(HoldError::NotPrinted(ForfeitGround::Withdrew)));
        assert!(held().forfeit(ForfeitGround::RefusedToPay, &printed).is_ok());
    }

    #[test]
    fn a_refund_names_the_original_account() {
        let (hold, entry, payee) = held().refund(refund()).unwrap();
        assert_eq!(payee, payer());
        assert_eq!(hold.clone().refund(refund()), Err(HoldError::WrongState("已转入退款")));
        assert_eq!(hold.clone().convert(Fen(1), refund()), Err(HoldError::WrongState("已转入退款")));
        assert!(hold.forfeit(ForfeitGround::Withdrew, ForfeitGround::ALL).is_err());
        let (_, converted) = held().convert(Fen(1), refund()).unwrap();
        assert_eq!(entry.key(), converted[0].key(), "every completion shares one key");
    }

    #[test]
    fn a_second_deposit_of_one_application_ends_by_itself() {
        let application = ApplicationId(Uuid::from_u128(1));
        let hold = Hold::unpaid(application, LotId(Uuid::from_u128(2)), Fen::yuan(8000));
        let again = BankLineId(Uuid::from_u128(7));
        let second = hold.receive(again, Source::Statement, Fen::yuan(8000), payer()).unwrap().0;
        let (first, second) = (held().refund(refund()).unwrap().1, second.refund(refund()).unwrap().1);
        assert_ne!(first.key(), second.key());
        assert_eq!(second.key(), completion_key(application, again));
    }

    #[test]
    fn nothing_moves_before_payment() {
        let hold = Hold::unpaid(ApplicationId(Uuid::from_u128(1)), LotId(Uuid::from_u128(2)), Fen::yuan(8000));
        assert_eq!(hold.clone().refund(refund()), Err(HoldError::WrongState("未缴纳")));
        assert_eq!(hold.convert(Fen(1), refund()), Err(HoldError::WrongState("未缴纳")));
    }
}
