//! A name with a bank account, as a bank statement or a party's registration gives it.

use std::fmt;

use crate::base::identity::mask;
use crate::base::text::name_key;

/// Who paid, or who is to be paid. Sensitive personal data: `Debug` is masked and there is no serde.
#[derive(Clone, PartialEq, Eq)]
pub struct BankParty {
    /// Name of the account holder (户名).
    pub name: String,
    /// Account number as the bank writes it, without blanks.
    pub account: String,
    /// Opening bank (开户行); empty when the statement has none.
    pub bank: String,
}

impl BankParty {
    /// The same holder and the same account. Width, blanks and points of the name do not matter;
    /// the bank's name does not either, because banks spell their branches differently.
    pub fn same_account(&self, other: &BankParty) -> bool {
        self.same_name(&other.name) && account_key(&self.account) == account_key(&other.account)
    }

    /// The same account by its number alone, for lines on which the bank gives no more.
    pub fn same_number(&self, other: &BankParty) -> bool {
        is_account(&self.account, &other.account)
    }

    /// Whether a holder is named at all.
    pub fn is_named(&self) -> bool {
        !name_key(&self.name).is_empty()
    }

    /// The same holder.
    pub fn same_name(&self, name: &str) -> bool {
        !name_key(name).is_empty() && name_key(&self.name) == name_key(name)
    }
}

/// Whether two texts are one account number, and are one at all.
pub(super) fn is_account(one: &str, other: &str) -> bool {
    !account_key(one).is_empty() && account_key(one) == account_key(other)
}

fn account_key(account: &str) -> String {
    account.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

impl fmt::Debug for BankParty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BankParty({} {})", mask::person_name(&self.name), mask::bank_card(&self.account))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, account: &str) -> BankParty {
        BankParty { name: name.to_owned(), account: account.to_owned(), bank: "蓝山农商银行".to_owned() }
    }

    #[test]
    fn accounts_are_compared_by_name_and_number() {
        let one = party("蓝山县甲公司（普通合伙）", "6222021234561234");
        assert!(one.same_account(&party("蓝山县甲公司(普通合伙)", "6222 0212 3456 1234")));
        assert!(!one.same_account(&party("蓝山县乙公司", "6222021234561234")));
        assert!(!one.same_account(&party("蓝山县甲公司（普通合伙）", "6222021234561235")));
        assert!(!party("", "1").same_account(&party("", "1")));
        assert!(one.same_number(&party("", "6222-0212-3456-1234")) && !party(" ", "1").is_named());
        assert!(!one.same_number(&party("", "6222021234561235")) && !party("", "").same_number(&party("", "")));
    }

    #[test]
    fn s112_debug_output_is_masked() {
        let text = format!("{:?}", party("王小五", "6222021234561234"));
        assert!(!text.contains("小五") && !text.contains("62220212"), "{text}");
    }
}
