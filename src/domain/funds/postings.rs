//! One function for each kind of money movement outside a hold's own life (`hold`) and a payout's
//! (`refund`). Amounts are positive; the entry carries the signs.
//!
//! Keys: a bank line enters the book once (`line:ID:booked`) and is cleared out of suspense once
//! (`line:ID:cleared`), whatever it is used for.

use super::account::Account;
use super::ledger::{Entry, LedgerError, Reason};
use crate::base::Fen;
use crate::base::ids::{ApplicationId, BankLineId, LotId, RefundId};

/// How a bank line is used: as it is imported, or later, after a clerk found out what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The line was matched when it was imported.
    Statement,
    /// The line stood in suspense (incoming) or unexplained (outgoing).
    Suspense,
}

impl Source {
    /// The key of the entry that books the line, or clears it out of suspense.
    pub fn key(self, line: BankLineId) -> String {
        match self {
            Source::Statement => format!("line:{line}:booked"),
            Source::Suspense => format!("line:{line}:cleared"),
        }
    }

    /// Where the money of an incoming line stands before it is used.
    pub(super) fn account(self, line: BankLineId) -> Account {
        match self {
            Source::Statement => Account::BankSettlement,
            Source::Suspense => Account::Suspense(line),
        }
    }

    /// Against what an outgoing line is set.
    pub(super) fn outgoing_account(self, line: BankLineId) -> Account {
        match self {
            Source::Statement => Account::BankSettlement,
            Source::Suspense => Account::Unexplained(line),
        }
    }
}

/// An incoming line that matches nothing.
pub fn suspense_received(line: BankLineId, amount: Fen) -> Result<Entry, LedgerError> {
    let key = Source::Statement.key(line);
    Entry::transfer(key, Reason::SuspenseReceived, Account::BankSettlement, Account::Suspense(line), amount)
}

/// An outgoing line that is no order of ours, so that the book still equals the statement.
pub fn unexplained_paid(line: BankLineId, amount: Fen) -> Result<Entry, LedgerError> {
    let key = Source::Statement.key(line);
    Entry::transfer(key, Reason::UnexplainedPaid, Account::Unexplained(line), Account::BankSettlement, amount)
}

/// Money in suspense that is sent back to where it came from.
pub fn suspense_returned(line: BankLineId, refund: RefundId, amount: Fen) -> Result<Entry, LedgerError> {
    let key = Source::Suspense.key(line);
    Entry::transfer(key, Reason::RefundOrdered, Account::Suspense(line), Account::RefundPayable(refund), amount)
}

/// The buyer's payment for a lot: price, service fee, or both in one transfer. Zero parts are left out.
pub fn payment_received(
    line: BankLineId,
    source: Source,
    lot: LotId,
    price: Fen,
    fee: Fen,
) -> Result<Entry, LedgerError> {
    if price.0 < 0 || fee.0 < 0 {
        return Err(LedgerError::Malformed);
    }
    let reason = match (price.0 > 0, fee.0 > 0) {
        (true, true) => Reason::PriceAndFeeReceived,
        (true, false) => Reason::PriceReceived,
        (false, true) => Reason::FeeReceived,
        (false, false) => return Err(LedgerError::Malformed),
    };
    let total = Fen(price.0.checked_add(fee.0).ok_or(LedgerError::Overflow)?);
    let mut lines = vec![(source.account(line), total)];
    lines.push((Account::PricePayable(lot), -price));
    lines.push((Account::FeeIncome, -fee));
    lines.retain(|(_, fen)| *fen != Fen::ZERO);
    Entry::new(source.key(line), reason, lines)
}

/// The price of a certified deal becomes payable to the transferor (rulebook 2.3 T22). `part` counts
/// the releases of the lot from 1.
pub fn release_ordered(lot: LotId, part: u32, amount: Fen) -> Result<Entry, LedgerError> {
    let key = format!("release:{lot}:{part}");
    let (from, to) = (Account::PricePayable(lot), Account::TransferorPayable(lot));
    Entry::transfer(key, Reason::ReleaseOrdered, from, to, amount)
}

/// A forfeited deposit is distributed: the centre's unpaid fee first, the rest to the transferor
/// (rulebook 5.4). `forfeited` is the whole amount; `unpaid_fee` is cut to it.
pub fn forfeit_distributed(
    application: ApplicationId,
    lot: LotId,
    forfeited: Fen,
    unpaid_fee: Fen,
) -> Result<Entry, LedgerError> {
    if forfeited.0 <= 0 || unpaid_fee.0 < 0 {
        return Err(LedgerError::Malformed);
    }
    let fee = unpaid_fee.min(forfeited);
    let mut lines = vec![(Account::Forfeited(application), forfeited), (Account::FeeIncome, -fee)];
    lines.push((Account::TransferorPayable(lot), fee - forfeited));
    lines.retain(|(_, fen)| *fen != Fen::ZERO);
    Entry::new(format!("hold:{application}:distributed"), Reason::ForfeitDistributed, lines)
}

/// An objection against a forfeiture was upheld before distribution: the whole deposit goes back.
pub fn forfeit_reversed(application: ApplicationId, refund: RefundId, forfeited: Fen) -> Result<Entry, LedgerError> {
    let key = format!("hold:{application}:distributed");
    let (from, to) = (Account::Forfeited(application), Account::RefundPayable(refund));
    Entry::transfer(key, Reason::RefundOrdered, from, to, forfeited)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use uuid::Uuid;

    fn line(n: u128) -> BankLineId {
        BankLineId(Uuid::from_u128(n))
    }

    #[test]
    fn one_transfer_may_carry_price_and_fee() {
        let lot = LotId(Uuid::from_u128(9));
        let entry = payment_received(line(1), Source::Statement, lot, Fen(700), Fen(30)).unwrap();
        assert_eq!(entry.reason(), Reason::PriceAndFeeReceived);
        let lines = [
            (Account::BankSettlement, Fen(730)),
            (Account::PricePayable(lot), Fen(-700)),
            (Account::FeeIncome, Fen(-30)),
        ];
        assert_eq!(entry.lines(), lines);
        let price = payment_received(line(1), Source::Statement, lot, Fen(700), Fen(0)).unwrap();
        assert_eq!((price.reason(), price.lines().len()), (Reason::PriceReceived, 2));
        let fee = payment_received(line(1), Source::Statement, lot, Fen(0), Fen(30)).unwrap();
        assert_eq!((fee.reason(), fee.lines().len()), (Reason::FeeReceived, 2));
        assert!(payment_received(line(1), Source::Statement, lot, Fen(0), Fen(0)).is_err());
        assert!(payment_received(line(1), Source::Statement, lot, Fen(-1), Fen(5)).is_err());
    }

    #[test]
    fn the_fee_comes_first_when_a_deposit_is_distributed() {
        let (application, lot) = (ApplicationId(Uuid::from_u128(1)), LotId(Uuid::from_u128(2)));
        let part = |fee| forfeit_distributed(application, lot, Fen(1000), Fen(fee)).unwrap().lines().to_vec();
        assert_eq!(part(300)[1..], [(Account::FeeIncome, Fen(-300)), (Account::TransferorPayable(lot), Fen(-700))]);
        assert_eq!(part(0)[1..], [(Account::TransferorPayable(lot), Fen(-1000))]);
        assert_eq!(part(5000)[1..], [(Account::FeeIncome, Fen(-1000))]);
        let reversed = forfeit_reversed(application, RefundId(Uuid::from_u128(3)), Fen(1000)).unwrap();
        let distributed = forfeit_distributed(application, lot, Fen(1000), Fen(0)).unwrap();
        assert_eq!(reversed.key(), distributed.key(), "either one or the other");
    }

    #[test]
    fn a_line_is_used_once_whatever_for() {
        let lot = LotId(Uuid::from_u128(9));
        let refund = RefundId(Uuid::from_u128(4));
        let taken = payment_received(line(1), Source::Suspense, lot, Fen(5), Fen(0)).unwrap();
        let returned = suspense_returned(line(1), refund, Fen(5)).unwrap();
        assert_eq!(taken.key(), returned.key());
        let direct = payment_received(line(1), Source::Statement, lot, Fen(5), Fen(0)).unwrap();
        assert_eq!(direct.key(), suspense_received(line(1), Fen(5)).unwrap().key());
    }
}
