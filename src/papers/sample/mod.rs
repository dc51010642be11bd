//! Invented papers, one of each kind: for tests, and as blank-form samples. Names are invented; identity numbers carry
//! the unassigned area code 431199.

mod bid_record;
mod certificate;
mod contracts;
mod forms;
mod lease;
mod letters;
mod notice;

pub use bid_record::bid_record;
pub use certificate::certificate;
pub use contracts::{general_contract, intention};
pub use forms::archive_index;
pub use lease::lease;
pub use letters::correction;
pub use notice::notice;

use crate::{ContractKind, Head, Paper, Party, Signature};

pub(crate) const PROJECT: &str = "LSNC431127100-05-202611-0007";
pub(crate) const LOT: &str = "LSNC431127100-05-202611-0007-01";
pub(crate) const DIGEST: &str = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";

/// Every sample with a short ASCII name.
pub fn all() -> Vec<(&'static str, Paper)> {
    let mut papers = vec![
        ("certificate", certificate().into()),
        ("lease", lease().into()),
        ("contract_lease", general_contract(ContractKind::Lease).into()),
        ("contract_transfer", general_contract(ContractKind::Transfer).into()),
        ("contract_procurement", general_contract(ContractKind::Procurement).into()),
        ("contract_cooperation", general_contract(ContractKind::Cooperation).into()),
        ("intention", intention().into()),
        ("notice", notice().into()),
        ("bid_record", bid_record(60).into()),
    ];
    papers.extend(letters::letters());
    papers.extend(forms::forms());
    papers
}

pub(crate) fn head(number: &str) -> Head {
    Head {
        number: number.to_owned(),
        organ: "蓝山县农村产权交易中心".to_owned(),
        date: "2026年11月22日".to_owned(),
        demo: true,
    }
}

pub(crate) fn collective() -> Party {
    Party {
        name: "蓝山县塔峰镇示例村股份经济合作社".to_owned(),
        kind: Some("农村集体经济组织".to_owned()),
        id_label: "统一社会信用代码".to_owned(),
        id_number: "N2431199MF0001234Q".to_owned(),
        representative: Some("雷示例".to_owned()),
        capital: None,
        agent: None,
        address: Some("湖南省永州市蓝山县塔峰镇示例村1组".to_owned()),
        phone: Some("0746-0000001".to_owned()),
    }
}

pub(crate) fn farmer() -> Party {
    Party {
        name: "黄样本".to_owned(),
        kind: Some("自然人".to_owned()),
        id_label: "公民身份号码".to_owned(),
        id_number: "431199197603120010".to_owned(),
        representative: None,
        capital: None,
        agent: None,
        address: Some("湖南省永州市蓝山县楠市镇样本村3组".to_owned()),
        phone: Some("10000000001".to_owned()),
    }
}

/// Text fields, shortly.
pub(crate) fn t(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub(crate) fn list(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| t(line)).collect()
}

pub(crate) fn blank_sign(role: &str, name: &str) -> Signature {
    Signature { role: t(role), name: t(name), sign_label: t("签名（盖章）"), signed: vec![] }
}
