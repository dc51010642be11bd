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
pub mod deposit;
pub mod fee;
pub mod hold;
pub mod ledger;
pub mod matching;
pub mod pauses;
pub mod payee;
pub mod payment_file;
pub mod payout;
#[cfg(test)]
mod payout_tests;
pub mod plan;
#[cfg(test)]
mod plan_tests;
pub mod postings;
#[cfg(test)]
mod sequence_tests;
pub mod statement;
#[cfg(test)]
mod statement_tests;

pub use account::Account;
pub use deposit::{Deposit, DepositRule};
pub use fee::{Fee, FeeTable};
pub use hold::{ForfeitGround, Hold, HoldError, HoldState, completion_key};
pub use ledger::{Entry, Ledger, LedgerError, Posted, Reason};
pub use pauses::{PauseReason, Pauses};
pub use payee::BankParty;
pub use payout::{PayoutCause, PayoutError, PayoutOrder, PayoutState};
pub use plan::{Due, Escalation, Plan, PlanKind};
pub use postings::Source;
pub use statement::{Direction, RowError, StatementLine};
