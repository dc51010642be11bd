//! Double entry, immutable (rulebook 5.7).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::account::{Account, Side};
use crate::base::Fen;
use crate::base::words::words;

words! {
    /// Why an entry was made. Closed: money moves for no other reason.
    Reason {
        DepositReceived = "deposit_received", "收到保证金";
        DepositConverted = "deposit_converted", "保证金转为价款";
        DepositForfeited = "deposit_forfeited", "保证金不予退还";
        ForfeitDistributed = "forfeit_distributed", "不予退还保证金分配";
        RefundOrdered = "refund_ordered", "开具退款单";
        PriceReceived = "price_received", "收到价款";
        FeeReceived = "fee_received", "收到服务费";
        PriceAndFeeReceived = "price_and_fee_received", "收到价款和服务费";
        ReleaseOrdered = "release_ordered", "价款划转转出方";
        SuspenseReceived = "suspense_received", "收到待核实款项";
        UnexplainedPaid = "unexplained_paid", "支出待查明";
        PayoutSent = "payout_sent", "付款指令已发出";
        PayoutDone = "payout_done", "付款到账";
        PayoutRejected = "payout_rejected", "银行未执行付款";
        PayoutReturned = "payout_returned", "付款被银行退回";
    }
}

/// Why an entry cannot be made or posted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The lines do not sum to zero; by how much.
    #[error("分录借贷不平，差额 {0}，没有记账。")]
    Unbalanced(Fen),
    /// Fewer than two lines, a zero line, or the same account twice.
    #[error("分录内容不完整，没有记账。")]
    Malformed,
    /// The idempotency key is empty, too long or has other characters than a-z, 0-9, `:` and `-`.
    #[error("分录缺少有效的防重编号，没有记账。")]
    BadKey,
    /// A sum beyond what an account can hold.
    #[error("金额超出账簿范围，没有记账。")]
    Overflow,
    /// The same key was used for another entry before.
    #[error("该款项已经按其他内容记账，不能重复处理，请刷新页面查看最新状态。")]
    KeyReused,
    /// The account would pass zero: money spent that is not there.
    #[error("{}余额不足，没有记账。", .0.zh())]
    Overdrawn(Account),
}

/// A balanced set of movements. Positive adds to what the exchange has, negative to what it owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawEntry", into = "RawEntry")]
pub struct Entry {
    key: String,
    reason: Reason,
    lines: Vec<(Account, Fen)>,
}

#[derive(Serialize, Deserialize)]
struct RawEntry {
    key: String,
    reason: Reason,
    lines: Vec<(Account, Fen)>,
}

impl Entry {
    /// Makes an entry; this is the only way to one. At least two different accounts, no zero line,
    /// and a sum of exactly zero. `key` makes posting idempotent (checklist S024).
    pub fn new(key: String, reason: Reason, lines: Vec<(Account, Fen)>) -> Result<Entry, LedgerError> {
        let key_ok = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b':' | b'-');
        if key.is_empty() || key.len() > 160 || !key.bytes().all(key_ok) {
            return Err(LedgerError::BadKey);
        }
        let mut accounts: Vec<Account> = lines.iter().map(|(account, _)| *account).collect();
        accounts.sort();
        accounts.dedup();
        if lines.len() < 2 || accounts.len() != lines.len() || lines.iter().any(|(_, fen)| *fen == Fen::ZERO) {
            return Err(LedgerError::Malformed);
        }
        let sum = lines.iter().try_fold(0i64, |sum, (_, fen)| sum.checked_add(fen.0)).ok_or(LedgerError::Overflow)?;
        if sum != 0 {
            return Err(LedgerError::Unbalanced(Fen(sum)));
        }
        Ok(Entry { key, reason, lines })
    }

    /// Two lines: `debit` rises by `amount` (more had, or less owed) and `credit` falls by it (more owed,
    /// or less had). The amount is positive.
    pub(super) fn transfer(
        key: String,
        reason: Reason,
        debit: Account,
        credit: Account,
        amount: Fen,
    ) -> Result<Entry, LedgerError> {
        if amount.0 <= 0 {
            return Err(LedgerError::Malformed);
        }
        Entry::new(key, reason, vec![(debit, amount), (credit, -amount)])
    }

    /// The idempotency key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Why it was made.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// Its lines; they sum to zero.
    pub fn lines(&self) -> &[(Account, Fen)] {
        &self.lines
    }

    /// Checks that no account passes zero. `balance` gives an account's balance before the entry; the
    /// store asks its own sums inside the transaction that writes the entry.
    pub fn check(&self, balance: impl Fn(Account) -> Fen) -> Result<(), LedgerError> {
        for (account, fen) in &self.lines {
            let after = balance(*account).0.checked_add(fen.0).ok_or(LedgerError::Overflow)?;
            let passed = match account.side() {
                Side::Has => after < 0,
                Side::Owes => after > 0,
            };
            if passed {
                return Err(LedgerError::Overdrawn(*account));
            }
        }
        Ok(())
    }
}

impl TryFrom<RawEntry> for Entry {
    type Error = LedgerError;
    fn try_from(raw: RawEntry) -> Result<Entry, LedgerError> {
        Entry::new(raw.key, raw.reason, raw.lines)
    }
}

impl From<Entry> for RawEntry {
    fn from(entry: Entry) -> RawEntry {
        RawEntry { key: entry.key, reason: entry.reason, lines: entry.lines }
    }
}

/// What posting did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// The entry is new.
    New,
    /// The same entry was there already; nothing changed.
    Already,
}

/// All entries in memory: what the store does with tables, for replay, verification and tests.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    by_key: BTreeMap<String, usize>,
    balances: BTreeMap<Account, Fen>,
}

impl Ledger {
    /// Adds an entry, or finds that it is there already.
    pub fn post(&mut self, entry: Entry) -> Result<Posted, LedgerError> {
        if let Some(at) = self.by_key.get(entry.key()) {
            return if self.entries[*at] == entry { Ok(Posted::Already) } else { Err(LedgerError::KeyReused) };
        }
        entry.check(|account| self.balance(account))?;
        for (account, fen) in entry.lines() {
            let balance = self.balances.entry(*account).or_default();
            *balance = *balance + *fen;
        }
        self.by_key.insert(entry.key.clone(), self.entries.len());
        self.entries.push(entry);
        Ok(Posted::New)
    }

    /// The balance of an account; zero when nothing was ever posted to it.
    pub fn balance(&self, account: Account) -> Fen {
        self.balances.get(&account).copied().unwrap_or_default()
    }

    /// Every account that ever moved, with its balance.
    pub fn balances(&self) -> impl Iterator<Item = (Account, Fen)> + '_ {
        self.balances.iter().map(|(account, fen)| (*account, *fen))
    }

    /// The sum over all accounts. Anything but zero is a fault in the stored data.
    pub fn trial_balance(&self) -> Fen {
        self.balances.values().copied().sum()
    }

    /// The entries in the order of posting.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::base::ids::LotId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn lot(n: u128) -> Account {
        Account::PricePayable(LotId(Uuid::from_u128(n)))
    }

    fn entry(key: &str, lines: Vec<(Account, Fen)>) -> Result<Entry, LedgerError> {
        Entry::new(key.to_owned(), Reason::PriceReceived, lines)
    }

    #[test]
    fn only_balanced_entries_exist() {
        let bank = Account::BankSettlement;
        assert!(entry("a", vec![(bank, Fen(5)), (lot(1), Fen(-5))]).is_ok());
        let off = entry("a", vec![(bank, Fen(5)), (lot(1), Fen(-4))]);
        assert_eq!(off, Err(LedgerError::Unbalanced(Fen(1))));
        let zero = entry("a", vec![(bank, Fen(0)), (lot(1), Fen(0))]);
        assert_eq!(zero, Err(LedgerError::Malformed));
        assert_eq!(entry("a", vec![]), Err(LedgerError::Malformed));
        let twice = entry("a", vec![(bank, Fen(5)), (bank, Fen(-5))]);
        assert_eq!(twice, Err(LedgerError::Malformed));
        let huge = entry("a", vec![(bank, Fen(i64::MAX)), (lot(1), Fen(1))]);
        assert_eq!(huge, Err(LedgerError::Overflow));
        for key in ["", "A", "a b", "甲", &"a".repeat(161)] {
            assert_eq!(entry(key, vec![(bank, Fen(5)), (lot(1), Fen(-5))]), Err(LedgerError::BadKey));
        }
    }

    #[test]
    fn s024_a_repeated_entry_changes_nothing_and_another_with_its_key_is_refused() {
        let mut ledger = Ledger::default();
        let one = entry("k", vec![(Account::BankSettlement, Fen(5)), (lot(1), Fen(-5))]).unwrap();
        let other = entry("k", vec![(Account::BankSettlement, Fen(6)), (lot(1), Fen(-6))]).unwrap();
        assert_eq!(ledger.post(one.clone()), Ok(Posted::New));
        assert_eq!(ledger.post(one), Ok(Posted::Already));
        assert_eq!(ledger.post(other), Err(LedgerError::KeyReused));
        assert_eq!(ledger.balance(lot(1)), Fen(-5));
        assert_eq!(ledger.entries().len(), 1);
    }

    #[test]
    fn no_account_passes_zero() {
        let mut ledger = Ledger::default();
        let spend = entry("k", vec![(Account::BankSettlement, Fen(-5)), (lot(1), Fen(5))]).unwrap();
        assert_eq!(ledger.post(spend), Err(LedgerError::Overdrawn(Account::BankSettlement)));
        assert!(ledger.entries().is_empty());
    }

    #[test]
    fn a_tampered_stored_entry_is_not_read() {
        let good = entry("k", vec![(Account::BankSettlement, Fen(5)), (lot(1), Fen(-5))]).unwrap();
        let json = serde_json::to_string(&good).unwrap();
        assert_eq!(serde_json::from_str::<Entry>(&json).unwrap(), good);
        assert!(serde_json::from_str::<Entry>(&json.replace("-5", "-6")).is_err());
    }

    proptest! {
        #[test]
        fn the_trial_balance_is_always_zero(moves in prop::collection::vec((0u128..4, 0u128..4, -1000i64..1000), 0..60)) {
            let mut ledger = Ledger::default();
            for (i, (a, b, fen)) in moves.into_iter().enumerate() {
                let account = |n| if n == 0 { Account::BankSettlement } else { lot(n) };
                if let Ok(e) = entry(&format!("k{i}"), vec![(account(a), Fen(fen)), (account(b), Fen(-fen))]) {
                    let _ = ledger.post(e);
                }
                prop_assert_eq!(ledger.trial_balance(), Fen::ZERO);
                prop_assert!(ledger.balance(Account::BankSettlement).0 >= 0);
            }
        }
    }
}
