//! Invented papers, one of each kind: for tests, and as blank-form samples. Names are invented; identity numbers carry
//! the unassigned area code 431199.

mod certificate;
mod lease;

pub use certificate::certificate;
pub use lease::lease;

use crate::{Head, Paper, Party};

/// Every sample with a short ASCII name.
pub fn all() -> Vec<(&'static str, Paper)> {
    vec![("certificate", Paper::Certificate(Box::new(certificate()))), ("lease", Paper::Contract(Box::new(lease())))]
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
