//! The deposits against the ledger: what came in for each, how it ended, and whether its refund was paid. The
//! rows are read by pages and desks; who may bid is decided by the ledger, and both must say the same.

use std::collections::HashMap;

use super::{Trouble, broken, ensure};
use crate::domain::base::ids::{ApplicationId, BankLineId};
use crate::domain::funds::{Account, Reason, Source, completion_key};
use crate::store::holds::HoldStatus;
use crate::store::proof::{self, EntryRow};
use crate::store::{Read, stored_id};

/// The entries by key, and all lines by entry.
struct Book {
    by_key: HashMap<String, EntryRow>,
    lines: HashMap<String, Vec<(String, i64)>>,
    balances: HashMap<String, i64>,
}

impl Book {
    fn read(db: &mut impl Read) -> Result<Book, Trouble> {
        let by_key = proof::entries(db)?.into_iter().map(|e| (e.key.clone(), e)).collect();
        let (mut lines, mut balances) = (HashMap::<String, Vec<_>>::new(), HashMap::<String, i64>::new());
        for (entry, _, account, fen) in proof::lines(db)? {
            *balances.entry(account.clone()).or_default() += fen;
            lines.entry(entry).or_default().push((account, fen));
        }
        Ok(Book { by_key, lines, balances })
    }

    fn lines_of(&self, entry: &EntryRow) -> &[(String, i64)] {
        self.lines.get(&entry.id).map_or(&[], Vec::as_slice)
    }

    fn balance(&self, account: Account) -> i64 {
        self.balances.get(&account.code()).copied().unwrap_or_default()
    }

    /// What the ledger says of the deposit that this line brought for this application.
    fn status(&self, application: ApplicationId, line: BankLineId) -> Option<HoldStatus> {
        // Databases of before several deposits an application used a key without the line.
        let earlier = format!("hold:{application}:completed");
        let ended = self.by_key.get(&completion_key(application, line)).or_else(|| self.by_key.get(&earlier));
        let Some(ended) = ended else { return Some(HoldStatus::Held) };
        match ended.reason.parse::<Reason>().ok()? {
            Reason::DepositConverted => Some(HoldStatus::Converted),
            Reason::DepositForfeited => Some(HoldStatus::Forfeited),
            Reason::RefundOrdered => {
                let order = self.lines_of(ended).iter().find_map(|(code, _)| match code.parse::<Account>() {
                    Ok(Account::RefundPayable(order)) => Some(order),
                    Ok(_) | Err(_) => None,
                })?;
                let owed = self.balance(Account::RefundPayable(order)) + self.balance(Account::PayoutInTransit(order));
                Some(if owed == 0 { HoldStatus::Refunded } else { HoldStatus::Refunding })
            }
            Reason::DepositReceived
            | Reason::ForfeitDistributed
            | Reason::PriceReceived
            | Reason::FeeReceived
            | Reason::PriceAndFeeReceived
            | Reason::ReleaseOrdered
            | Reason::SuspenseReceived
            | Reason::UnexplainedPaid
            | Reason::PayoutSent
            | Reason::PayoutDone
            | Reason::PayoutRejected
            | Reason::PayoutReturned => None,
        }
    }

    /// What the line brought for this application.
    fn received(&self, application: ApplicationId, line: BankLineId) -> i64 {
        let deposit = Account::DepositHeld(application).code();
        let entries = [Source::Statement, Source::Suspense].into_iter().filter_map(|s| self.by_key.get(&s.key(line)));
        entries.flat_map(|e| self.lines_of(e)).filter(|(code, _)| *code == deposit).map(|(_, fen)| -fen).sum()
    }
}

/// Every deposit.
pub(super) fn all(db: &mut impl Read) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let book = Book::read(db)?;
    let rows = proof::holds(db)?;
    let mut held: HashMap<ApplicationId, i64> = HashMap::new();
    for row in &rows {
        let place = || format!("holds 表：保证金 {}", row.id);
        let application: ApplicationId = stored_id("holds.application_id", &row.application_id)?;
        let line: BankLineId = stored_id("holds.bank_line_id", &row.bank_line_id)?;
        let brought = book.received(application, line);
        ensure(brought == row.amount_fen, place, || {
            format!("amount_fen 是 {}，总账里这笔流水为它带来 {brought}", row.amount_fen)
        })?;
        let status = book.status(application, line).ok_or_else(|| broken(place(), "总账里的了结分录不是保证金的"))?;
        ensure(status.name() == row.status, place, || {
            format!("status 是 {}，按总账应当是 {}", row.status, status.name())
        })?;
        if status == HoldStatus::Held {
            *held.entry(application).or_default() += row.amount_fen;
        }
    }
    for (code, fen) in &book.balances {
        let Ok(Account::DepositHeld(application)) = code.parse::<Account>() else { continue };
        let rows = held.get(&application).copied().unwrap_or_default();
        ensure(
            rows == -fen,
            || format!("holds 表：报名 {application}"),
            || format!("登记为已到账的合计 {rows} 分，总账余额 {} 分", -fen),
        )?;
    }
    Ok(vec![("保证金", rows.len() as u64)])
}
