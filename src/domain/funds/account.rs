//! The accounts of the ledger.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::base::ids::{ApplicationId, BankLineId, LotId, RefundId};

/// An account. Balances are sums of signed fen: what the exchange **has** is positive, what it
/// **owes** or has earned is negative, so the sum over all accounts is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Account {
    /// 结算账户: money that stands at the bank, as the imported statements say.
    BankSettlement,
    /// 保证金: held for one application.
    DepositHeld(ApplicationId),
    /// 没收待分配: a forfeited deposit until it is distributed (rulebook 5.4).
    Forfeited(ApplicationId),
    /// 价款: received for a lot and owed to its transferor once the certificate is issued.
    PricePayable(LotId),
    /// 应付转出方: released to the transferor, waiting for payment.
    TransferorPayable(LotId),
    /// 服务费收入.
    FeeIncome,
    /// 暂收款: a bank line that matches nothing yet.
    Suspense(BankLineId),
    /// 未查明支出: an outgoing bank line that is no order of ours (bank charges, mistakes); a red light
    /// until it is explained.
    Unexplained(BankLineId),
    /// 应退款: a refund order waiting for payment.
    RefundPayable(RefundId),
    /// 在途付款: an order in a payment file, until its outgoing bank line is imported.
    PayoutInTransit(RefundId),
}

/// On which side of zero a balance may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Never negative: the exchange has this.
    Has,
    /// Never positive: the exchange owes or has earned this.
    Owes,
}

impl Account {
    /// Stable text code; what the database stores: `deposit:0190…`.
    pub fn code(self) -> String {
        match self.id() {
            Some(id) => format!("{}:{id}", self.kind()),
            None => self.kind().to_owned(),
        }
    }

    /// The part of the code before the id.
    pub fn kind(self) -> &'static str {
        match self {
            Account::BankSettlement => "bank",
            Account::DepositHeld(_) => "deposit",
            Account::Forfeited(_) => "forfeited",
            Account::PricePayable(_) => "price",
            Account::TransferorPayable(_) => "transferor",
            Account::FeeIncome => "fee",
            Account::Suspense(_) => "suspense",
            Account::Unexplained(_) => "unexplained",
            Account::RefundPayable(_) => "refund",
            Account::PayoutInTransit(_) => "transit",
        }
    }

    /// The heading on the ledger screen.
    pub fn zh(self) -> &'static str {
        match self {
            Account::BankSettlement => "结算账户",
            Account::DepositHeld(_) => "交易保证金",
            Account::Forfeited(_) => "不予退还保证金（待分配）",
            Account::PricePayable(_) => "交易价款",
            Account::TransferorPayable(_) => "应付转出方价款",
            Account::FeeIncome => "交易服务费",
            Account::Suspense(_) => "暂收款（待核实）",
            Account::Unexplained(_) => "未查明支出",
            Account::RefundPayable(_) => "应退款",
            Account::PayoutInTransit(_) => "在途付款",
        }
    }

    /// Where its balance may stand.
    pub fn side(self) -> Side {
        match self {
            Account::BankSettlement | Account::Unexplained(_) => Side::Has,
            Account::DepositHeld(_)
            | Account::Forfeited(_)
            | Account::PricePayable(_)
            | Account::TransferorPayable(_)
            | Account::FeeIncome
            | Account::Suspense(_)
            | Account::RefundPayable(_)
            | Account::PayoutInTransit(_) => Side::Owes,
        }
    }

    fn id(self) -> Option<uuid::Uuid> {
        match self {
            Account::BankSettlement | Account::FeeIncome => None,
            Account::DepositHeld(id) | Account::Forfeited(id) => Some(id.0),
            Account::PricePayable(id) | Account::TransferorPayable(id) => Some(id.0),
            Account::Suspense(id) | Account::Unexplained(id) => Some(id.0),
            Account::RefundPayable(id) | Account::PayoutInTransit(id) => Some(id.0),
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

/// A stored account code that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("账户代码“{0}”无法识别，账簿数据可能已损坏，请联系系统管理员。")]
pub struct UnknownAccount(pub String);

impl FromStr for Account {
    type Err = UnknownAccount;

    fn from_str(code: &str) -> Result<Account, UnknownAccount> {
        let unknown = || UnknownAccount(code.to_owned());
        let Some((kind, id)) = code.split_once(':') else {
            return match code {
                "bank" => Ok(Account::BankSettlement),
                "fee" => Ok(Account::FeeIncome),
                _ => Err(unknown()),
            };
        };
        let id = uuid::Uuid::parse_str(id).map_err(|_| unknown())?;
        let account = match kind {
            "deposit" => Account::DepositHeld(ApplicationId(id)),
            "forfeited" => Account::Forfeited(ApplicationId(id)),
            "price" => Account::PricePayable(LotId(id)),
            "transferor" => Account::TransferorPayable(LotId(id)),
            "suspense" => Account::Suspense(BankLineId(id)),
            "unexplained" => Account::Unexplained(BankLineId(id)),
            "refund" => Account::RefundPayable(RefundId(id)),
            "transit" => Account::PayoutInTransit(RefundId(id)),
            _ => return Err(unknown()),
        };
        // One account, one spelling: capitals or braces in the id would open a second one.
        if account.code() == code { Ok(account) } else { Err(unknown()) }
    }
}

impl TryFrom<String> for Account {
    type Error = UnknownAccount;
    fn try_from(code: String) -> Result<Account, UnknownAccount> {
        code.parse()
    }
}

impl From<Account> for String {
    fn from(account: Account) -> String {
        account.code()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn all() -> Vec<Account> {
        let id = Uuid::from_u128(0x0190_1234_5678_7abc_8def_0123_4567_89ab);
        vec![
            Account::BankSettlement,
            Account::DepositHeld(ApplicationId(id)),
            Account::Forfeited(ApplicationId(id)),
            Account::PricePayable(LotId(id)),
            Account::TransferorPayable(LotId(id)),
            Account::FeeIncome,
            Account::Suspense(BankLineId(id)),
            Account::Unexplained(BankLineId(id)),
            Account::RefundPayable(RefundId(id)),
            Account::PayoutInTransit(RefundId(id)),
        ]
    }

    #[test]
    fn codes_read_back_and_differ() {
        let mut codes: Vec<String> = all().into_iter().map(Account::code).collect();
        for account in all() {
            assert_eq!(account.code().parse(), Ok(account));
        }
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), all().len());
        assert_eq!(Account::FeeIncome.code(), "fee");
    }

    #[test]
    fn other_spellings_are_refused() {
        for wrong in [
            "",
            "bank:",
            "cash",
            "deposit",
            "deposit:1",
            "bank:01901234-5678-7abc-8def-0123456789ab",
            "deposit:01901234-5678-7ABC-8def-0123456789ab",
            "deposit:0190123456787abc8def0123456789ab",
            " fee",
        ] {
            assert!(wrong.parse::<Account>().is_err(), "{wrong}");
        }
    }
}
