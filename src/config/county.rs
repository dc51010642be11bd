//! Names and contact details of the county, as pages and papers print them.

use super::fault::{Fault, fault};

/// Who runs the exchange and how to reach them (the county plan, part two).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct County {
    /// The county.
    pub name: String,
    /// Its administrative code (rulebook 11.5).
    pub code: String,
    /// The platform.
    pub platform: String,
    /// The county centre.
    pub centre: String,
    /// Telephone of the centre; pages say 待公布 where it is absent.
    pub phone: Option<String>,
    /// Address of the centre; pages say 待公布 where it is absent.
    pub address: Option<String>,
}

impl County {
    pub(super) fn new(phone: Option<String>, address: Option<String>) -> Result<County, Fault> {
        let clean = |setting, text: Option<String>| match text.map(|t| t.trim().to_owned()) {
            Some(t) if t.chars().any(char::is_control) || t.chars().count() > 100 => {
                Err(fault(setting, "太长或含有控制字符", "写一行以内、100 字以内的文字"))
            }
            Some(t) if t.is_empty() => Ok(None),
            other => Ok(other),
        };
        Ok(County {
            phone: clean("NONGQUAN_CENTRE_PHONE", phone)?,
            address: clean("NONGQUAN_CENTRE_ADDRESS", address)?,
            ..County::default()
        })
    }
}

impl County {
    /// The demonstration's county: a telephone and an address that belong to nobody.
    pub(super) fn demo() -> County {
        County {
            phone: Some("0746-0000001".into()),
            address: Some("蓝山县塔峰镇示例路1号（演示）".into()),
            ..County::default()
        }
    }
}

impl Default for County {
    fn default() -> County {
        County {
            name: "蓝山县".into(),
            code: "431127".into(),
            platform: "蓝山县农村产权流转交易平台".into(),
            centre: "蓝山县农村产权交易中心".into(),
            phone: None,
            address: None,
        }
    }
}
