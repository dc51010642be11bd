//! The two sides of a deal.

use serde::{Deserialize, Serialize};

/// A side of the deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// 转出方
    Transferor,
    /// 受让方
    Transferee,
}

impl Party {
    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            Party::Transferor => "转出方",
            Party::Transferee => "受让方",
        }
    }
}
