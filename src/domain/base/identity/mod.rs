//! Codes that say who somebody is (rulebook 11.1, 11.2, 11.6) and their masked forms (rulebook 9.6).
//!
//! A passed check digit proves that the code was typed correctly, not that it belongs to the person
//! who typed it. None of these types serialises or debug-prints in full: whoever wants the whole code
//! must ask for it by `as_str`, which is easy to find in a review.

mod betrayed;
mod contact;
mod credit_code;
pub mod mask;
mod resident;

pub use betrayed::{BETRAYED, LOGIN_BETRAYS, betrays, login_betrays};
pub use contact::{BankCard, BankCardError, Email, EmailError, Phone, PhoneError};
pub use credit_code::{CreditCode, CreditCodeError};
pub use resident::{ResidentId, ResidentIdError, Sex};
