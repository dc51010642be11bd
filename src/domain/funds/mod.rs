//! Money: deposits, prices, fees, refunds (rulebook 5).
//!
//! One double-entry ledger holds everything. An entry can only be made when it sums to zero, is never
//! changed afterwards, and carries a reason and a key that makes a repetition harmless. A deposit is a
//! hold that is completed once: posted (to the price, or forfeited) or voided (refunded to the account
//! it came from).
//!
//! **Invariant**: nothing here subtracts a debt, levy or fee from a farmer's rent (rulebook 5.7): no
//! function moves money from `PricePayable` to `FeeIncome`.

pub mod account;
pub mod hold;
pub mod ledger;
pub mod payee;
pub mod postings;
#[cfg(test)]
mod sequence_tests;

pub use account::Account;
pub use hold::{Hold, HoldError, HoldState};
pub use ledger::{Entry, Ledger, LedgerError, Posted, Reason};
pub use payee::BankParty;
