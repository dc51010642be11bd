//! Orders to pay out: refunds 退款单 (F12) and the release of the price to the transferor.
//!
//! Due → made by one person → checked by another → sent in a payment file → done when the outgoing
//! line stands in an imported statement. A pause needs one of three printed reasons and is possible
//! only before sending. That the bank did not carry an order out is reported by one person and confirmed by
//! another; should its line come after all, the order is done and is not paid again.

use super::account::Account;
use super::ledger::{Entry, LedgerError, Reason};
use super::pauses::{PauseReason, Pauses};
use super::payee::BankParty;
use super::postings::Source;
use super::statement::{Direction, StatementLine};
use crate::base::ids::{AccountId, BankLineId, LotId, PaymentFileId, RefundId};
use crate::base::numbering::RefundNo;
use crate::base::words::words;
use crate::base::{Day, Fen};

words! {
    /// Why money goes out (rulebook 5.3, 2.4).
    PayoutCause {
        NotQualified = "not_qualified", "资格未获确认";
        Withdrawn = "withdrawn", "资格确认前撤回申请";
        NotReconfirmed = "not_reconfirmed", "变更公告后未重新确认";
        NotWon = "not_won", "未成交";
        LotFailed = "lot_failed", "标的流标";
        LotEnded = "lot_ended", "标的撤回或者终结";
        DealRefused = "deal_refused", "审批未获批准且无过错";
        Annulled = "annulled", "成交无效";
        Remainder = "remainder", "保证金转价款后的余额";
        Unmatched = "unmatched", "无法核实的来款退回";
        ForfeitReversed = "forfeit_reversed", "不予退还决定撤销";
        Release = "release", "价款划转转出方";
    }
}

/// One order to pay a sum to one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutOrder {
    /// Identity.
    pub id: RefundId,
    /// The printed number.
    pub no: RefundNo,
    /// Why.
    pub cause: PayoutCause,
    /// The account of the ledger it is paid out of.
    pub from: Account,
    /// How much; positive.
    pub amount: Fen,
    /// To whom. For refunds this is the account the money came from.
    pub payee: BankParty,
    /// Last day on which it may be sent without a red light.
    pub due: Day,
    /// Where it stands.
    pub state: PayoutState,
    /// The payment file it was opened again from: its line may still come.
    pub reopened: Option<PaymentFileId>,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayoutState {
    /// 待制单.
    Due,
    /// 已暂停.
    Paused {
        /// Why; never none.
        reasons: Pauses,
    },
    /// 待复核.
    Made {
        /// Who prepared it.
        maker: AccountId,
    },
    /// 待发送.
    Checked {
        /// Who prepared it.
        maker: AccountId,
        /// Who checked it; never the maker.
        checker: AccountId,
    },
    /// 已发送银行.
    Sent {
        /// In which payment file.
        file: PaymentFileId,
    },
    /// 银行未执行，待复核.
    Reported {
        /// In which payment file.
        file: PaymentFileId,
        /// Who says that the bank did not carry it out.
        by: AccountId,
    },
    /// 已到账.
    Done {
        /// The outgoing line that proves it.
        line: BankLineId,
    },
}

impl PayoutState {
    /// Stable name for storage and lists; a reported order is still one that was sent.
    pub fn name(self) -> &'static str {
        match self {
            PayoutState::Due => "due",
            PayoutState::Paused { .. } => "paused",
            PayoutState::Made { .. } => "made",
            PayoutState::Checked { .. } => "checked",
            PayoutState::Sent { .. } | PayoutState::Reported { .. } => "sent",
            PayoutState::Done { .. } => "done",
        }
    }

    /// The word on screens.
    pub fn zh(self) -> &'static str {
        match self {
            PayoutState::Due => "待制单",
            PayoutState::Paused { .. } => "已暂停",
            PayoutState::Made { .. } => "待复核",
            PayoutState::Checked { .. } => "待发送",
            PayoutState::Sent { .. } => "已发送银行",
            PayoutState::Reported { .. } => "银行未执行，待复核",
            PayoutState::Done { .. } => "已完成",
        }
    }
}

/// Why an order does not move.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayoutError {
    /// Not possible in this state.
    #[error("该付款单当前为“{0}”，不能进行此操作，请刷新页面查看最新状态。")]
    WrongState(&'static str),
    /// It waits for this reason already.
    #[error("该付款单已经因“{0}”暂停，无需再次暂停。")]
    AlreadyPaused(&'static str),
    /// It does not wait for this reason.
    #[error("该付款单没有因“{0}”暂停，无需恢复。")]
    NotPausedFor(&'static str),
    /// Maker and checker are one person.
    #[error("制单人和复核人不能是同一人，请由另一名资金结算人员复核。")]
    SamePerson,
    /// The amount is zero or negative.
    #[error("付款金额应大于 0。")]
    NoAmount,
    /// The bank line is not this payment.
    #[error("该笔银行流水的收支方向、金额、户名或账号与付款单不一致，不能据此确认付款完成。")]
    LineDiffers,
    /// A refund goes back to where the money came from, whatever account its payer has by now.
    #[error("退款只能退回原付款账户，不能改付其他账户。")]
    GoesBack,
    /// The ledger refused.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl PayoutOrder {
    /// A refund order. Its ledger entry was made by what ordered it (`Hold::refund` and the like).
    /// `due` is the third working day after the event (`deposit.refund_wd`).
    pub fn refund(
        id: RefundId,
        no: RefundNo,
        cause: PayoutCause,
        amount: Fen,
        payee: BankParty,
        due: Day,
    ) -> Result<PayoutOrder, PayoutError> {
        PayoutOrder::new(id, no, cause, Account::RefundPayable(id), amount, payee, due)
    }

    /// An order to pay a released price to the transferor of a lot.
    pub fn release(
        id: RefundId,
        no: RefundNo,
        lot: LotId,
        amount: Fen,
        payee: BankParty,
        due: Day,
    ) -> Result<PayoutOrder, PayoutError> {
        PayoutOrder::new(id, no, PayoutCause::Release, Account::TransferorPayable(lot), amount, payee, due)
    }

    fn new(
        id: RefundId,
        no: RefundNo,
        cause: PayoutCause,
        from: Account,
        amount: Fen,
        payee: BankParty,
        due: Day,
    ) -> Result<PayoutOrder, PayoutError> {
        if amount <= Fen::ZERO {
            return Err(PayoutError::NoAmount);
        }
        Ok(PayoutOrder { id, no, cause, from, amount, payee, due, state: PayoutState::Due, reopened: None })
    }

    /// Stops the order for a stated reason, one more where it waits for another already; whoever prepared it
    /// starts again afterwards.
    pub fn pause(self, reason: PauseReason) -> Result<PayoutOrder, PayoutError> {
        let already = match self.state {
            PayoutState::Due | PayoutState::Made { .. } | PayoutState::Checked { .. } => Pauses::NONE,
            PayoutState::Paused { reasons } => reasons,
            PayoutState::Sent { .. } | PayoutState::Reported { .. } | PayoutState::Done { .. } => return self.wrong(),
        };
        if already.has(reason) {
            return Err(PayoutError::AlreadyPaused(reason.zh()));
        }
        Ok(self.to(PayoutState::Paused { reasons: already.with(reason) }))
    }

    /// A reason ended. When it was the last one the order is due again, counted anew from today.
    pub fn resume(self, reason: PauseReason, due: Day) -> Result<PayoutOrder, PayoutError> {
        match self.state {
            PayoutState::Paused { reasons } if reasons.has(reason) => {
                let rest = reasons.without(reason);
                if rest.is_empty() {
                    Ok(PayoutOrder { due, ..self.to(PayoutState::Due) })
                } else {
                    Ok(self.to(PayoutState::Paused { reasons: rest }))
                }
            }
            PayoutState::Paused { .. } => Err(PayoutError::NotPausedFor(reason.zh())),
            PayoutState::Due
            | PayoutState::Made { .. }
            | PayoutState::Checked { .. }
            | PayoutState::Sent { .. }
            | PayoutState::Reported { .. }
            | PayoutState::Done { .. } => self.wrong(),
        }
    }

    /// Prepared for payment.
    pub fn make(self, maker: AccountId) -> Result<PayoutOrder, PayoutError> {
        match self.state {
            PayoutState::Due => Ok(self.to(PayoutState::Made { maker })),
            PayoutState::Paused { .. }
            | PayoutState::Made { .. }
            | PayoutState::Checked { .. }
            | PayoutState::Sent { .. }
            | PayoutState::Reported { .. }
            | PayoutState::Done { .. } => self.wrong(),
        }
    }

    /// Checked by somebody else (checklist S025).
    pub fn check(self, checker: AccountId) -> Result<PayoutOrder, PayoutError> {
        let maker = self.maker()?;
        if maker == checker {
            return Err(PayoutError::SamePerson);
        }
        Ok(self.to(PayoutState::Checked { maker, checker }))
    }

    /// The checker found something wrong: back to the maker.
    pub fn send_back(self, checker: AccountId) -> Result<PayoutOrder, PayoutError> {
        if self.maker()? == checker {
            return Err(PayoutError::SamePerson);
        }
        Ok(self.to(PayoutState::Due))
    }

    fn maker(&self) -> Result<AccountId, PayoutError> {
        match self.state {
            PayoutState::Made { maker } => Ok(maker),
            PayoutState::Due
            | PayoutState::Paused { .. }
            | PayoutState::Checked { .. }
            | PayoutState::Sent { .. }
            | PayoutState::Reported { .. }
            | PayoutState::Done { .. } => Err(PayoutError::WrongState(self.state.zh())),
        }
    }

    /// The price goes to the account that its transferor has after a correction. Who prepared or checked the order
    /// saw the other account, so it is due again; a pause stays.
    pub fn readdressed(self, payee: BankParty) -> Result<PayoutOrder, PayoutError> {
        if self.cause != PayoutCause::Release {
            return Err(PayoutError::GoesBack);
        }
        match self.state {
            PayoutState::Due | PayoutState::Paused { .. } => Ok(PayoutOrder { payee, ..self }),
            PayoutState::Made { .. } | PayoutState::Checked { .. } => {
                Ok(PayoutOrder { payee, ..self.to(PayoutState::Due) })
            }
            PayoutState::Sent { .. } | PayoutState::Reported { .. } | PayoutState::Done { .. } => self.wrong(),
        }
    }

    /// Put into a payment file.
    pub fn send(self, file: PaymentFileId) -> Result<(PayoutOrder, Entry), PayoutError> {
        if !matches!(self.state, PayoutState::Checked { .. }) {
            return self.wrong();
        }
        let key = format!("payout:{}:sent:{file}", self.id);
        let to = Account::PayoutInTransit(self.id);
        let entry = Entry::transfer(key, Reason::PayoutSent, self.from, to, self.amount)?;
        Ok((self.to(PayoutState::Sent { file }), entry))
    }

    /// The outgoing line was imported: it must pay the order by [`PayoutOrder::is_paid_by`].
    pub fn complete(
        self,
        id: BankLineId,
        source: Source,
        line: &StatementLine,
    ) -> Result<(PayoutOrder, Entry), PayoutError> {
        let debit = match self.state {
            PayoutState::Sent { .. } | PayoutState::Reported { .. } => Account::PayoutInTransit(self.id),
            // The bank had carried it out after all.
            PayoutState::Due | PayoutState::Paused { .. } | PayoutState::Made { .. } | PayoutState::Checked { .. }
                if self.reopened.is_some() =>
            {
                self.from
            }
            PayoutState::Due
            | PayoutState::Paused { .. }
            | PayoutState::Made { .. }
            | PayoutState::Checked { .. }
            | PayoutState::Done { .. } => return self.wrong(),
        };
        if !self.is_paid_by(line) {
            return Err(PayoutError::LineDiffers);
        }
        let credit = source.outgoing_account(id);
        let entry = Entry::transfer(source.key(id), Reason::PayoutDone, debit, credit, self.amount)?;
        Ok((PayoutOrder { reopened: None, ..self.to(PayoutState::Done { line: id }) }, entry))
    }

    /// Whether this statement line is the payment of this order: direction, amount and account, and the name where
    /// the bank gives one.
    pub fn is_paid_by(&self, line: &StatementLine) -> bool {
        let to_payee = if line.party.is_named() {
            self.payee.same_account(&line.party)
        } else {
            self.payee.same_number(&line.party)
        };
        line.direction == Direction::Out && line.amount == self.amount && to_payee
    }

    /// One person says that the bank did not carry the order out.
    pub fn report(self, by: AccountId) -> Result<PayoutOrder, PayoutError> {
        let PayoutState::Sent { file } = self.state else { return self.wrong() };
        Ok(self.to(PayoutState::Reported { file, by }))
    }

    /// The report was wrong: the order is still at the bank.
    pub fn drop_report(self) -> Result<PayoutOrder, PayoutError> {
        let PayoutState::Reported { file, .. } = self.state else { return self.wrong() };
        Ok(self.to(PayoutState::Sent { file }))
    }

    /// Another person confirms that the bank did not carry the order out; it is due again.
    pub fn rejected(self, checker: AccountId, due: Day) -> Result<(PayoutOrder, Entry), PayoutError> {
        let PayoutState::Reported { file, by } = self.state else { return self.wrong() };
        if by == checker {
            return Err(PayoutError::SamePerson);
        }
        let key = format!("payout:{}:rejected:{file}", self.id);
        let from = Account::PayoutInTransit(self.id);
        let entry = Entry::transfer(key, Reason::PayoutRejected, from, self.from, self.amount)?;
        Ok((PayoutOrder { due, reopened: Some(file), ..self.to(PayoutState::Due) }, entry))
    }

    /// The payment came back (退汇) by this incoming line; it is due again.
    pub fn returned(self, line: BankLineId, source: Source, due: Day) -> Result<(PayoutOrder, Entry), PayoutError> {
        if !matches!(self.state, PayoutState::Done { .. }) {
            return self.wrong();
        }
        let from = source.account(line);
        let entry = Entry::transfer(source.key(line), Reason::PayoutReturned, from, self.from, self.amount)?;
        Ok((PayoutOrder { due, ..self.to(PayoutState::Due) }, entry))
    }

    /// Past its day and still not sent. A pause stops the clock.
    pub fn is_late(&self, today: Day) -> bool {
        match self.state {
            PayoutState::Due | PayoutState::Made { .. } | PayoutState::Checked { .. } => today > self.due,
            PayoutState::Paused { .. }
            | PayoutState::Sent { .. }
            | PayoutState::Reported { .. }
            | PayoutState::Done { .. } => false,
        }
    }

    fn to(self, state: PayoutState) -> PayoutOrder {
        PayoutOrder { state, ..self }
    }

    fn wrong<T>(&self) -> Result<T, PayoutError> {
        Err(PayoutError::WrongState(self.state.zh()))
    }
}
