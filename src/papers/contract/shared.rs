//! Pieces that contracts share.

use serde::{Deserialize, Serialize};

/// A bank account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Holder.
    pub name: String,
    /// Bank and branch.
    pub bank: String,
    /// Number.
    pub number: String,
}

/// A line of the payment plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentLine {
    /// Which instalment, such as 第1期.
    pub no: String,
    /// Due day or condition.
    pub due: String,
    /// Period or part it pays for.
    pub covers: String,
    /// Amount in figures with unit.
    pub amount: String,
    /// Note, such as 以交易保证金抵付.
    pub note: String,
}

/// A thing handed over with the object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// Name.
    pub name: String,
    /// Quantity with unit.
    pub quantity: String,
    /// Condition at hand-over.
    pub state: String,
    /// What becomes of it at the end.
    pub treatment: String,
}

/// What a breach costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreachTerms {
    /// Daily rate for late delivery, such as 万分之五.
    pub late_delivery: String,
    /// Daily rate for late payment.
    pub late_payment: String,
    /// Daily sum or rate for late return; leases only.
    pub late_return: Option<String>,
    /// Days of delay after which the other side may rescind.
    pub rescission_days: u32,
}

/// How many originals there are and who holds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copies {
    /// In all, such as 伍.
    pub total: String,
    /// Who holds them, such as 甲乙双方各执一份.
    pub holders: String,
}
