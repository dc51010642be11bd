//! Every kind of paper, and the template that sets it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{CertificatePaper, ContractPaper, PapersError};

/// A filled paper. Serialised, it is the snapshot from which the PDF can be made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "paper", rename_all = "snake_case")]
pub enum Paper {
    /// 交易鉴证书, F11.
    Certificate(Box<CertificatePaper>),
    /// 土地经营权出租合同, F09.
    Contract(Box<ContractPaper>),
}

/// A typst source of this crate.
pub(crate) struct Template {
    pub(crate) path: &'static str,
    /// Name of the paper when its data carry none.
    name: &'static str,
}

impl Template {
    /// Every source typst may read.
    pub(crate) fn sources() -> [(&'static str, &'static str); 4] {
        [
            ("/base.typ", include_str!("../../templates/papers/base.typ")),
            ("/clauses.typ", include_str!("../../templates/papers/clauses.typ")),
            (CERTIFICATE.path, include_str!("../../templates/papers/certificate.typ")),
            (LEASE.path, include_str!("../../templates/papers/lease.typ")),
        ]
    }

    pub(crate) fn fault(&self, reason: &str) -> PapersError {
        PapersError::Typesetting { paper: self.path, reason: reason.to_owned() }
    }
}

const CERTIFICATE: Template = Template { path: "/certificate.typ", name: "农村产权交易鉴证书" };
const LEASE: Template = Template { path: "/lease.typ", name: "农村土地经营权出租合同" };

impl Paper {
    pub(crate) fn template(&self) -> &'static Template {
        match self {
            Paper::Certificate(_) => &CERTIFICATE,
            Paper::Contract(_) => &LEASE,
        }
    }

    /// The data for the template: the paper's fields and `name`, its title.
    pub(crate) fn data(&self) -> Result<Value, serde_json::Error> {
        let mut data = match self {
            Paper::Certificate(paper) => serde_json::to_value(paper)?,
            Paper::Contract(paper) => serde_json::to_value(paper)?,
        };
        if data["name"].is_null() {
            data["name"] = self.template().name.into();
        }
        Ok(data)
    }

    /// What the QR code says, where the paper has one.
    pub(crate) fn qr_text(&self) -> Option<&str> {
        match self {
            Paper::Certificate(paper) => Some(&paper.verify_url),
            Paper::Contract(_) => None,
        }
    }
}
