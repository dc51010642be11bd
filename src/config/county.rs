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
    /// Where deposits and prices are paid; nothing is published without it.
    pub settlement: Option<Settlement>,
}

/// The centre's settlement account (交易资金结算账户, rulebook 5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Its name.
    pub name: String,
    /// The bank.
    pub bank: String,
    /// Its number: digits.
    pub number: String,
}

impl Settlement {
    /// Reads `户名；开户行；账号`.
    fn parse(text: &str) -> Result<Settlement, Fault> {
        let wrong = || {
            fault(
                "NONGQUAN_SETTLEMENT_ACCOUNT",
                "写法不对",
                "写成 户名；开户行；账号，账号是 8 至 32 位数字，用分号隔开",
            )
        };
        let parts: Vec<&str> = text.split(['；', ';']).map(str::trim).collect();
        let [name, bank, number] = parts[..] else { return Err(wrong()) };
        let sound = |t: &str| !t.is_empty() && t.chars().count() <= 60 && !t.chars().any(char::is_control);
        let digits = (8..=32).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        if !sound(name) || !sound(bank) || !digits {
            return Err(wrong());
        }
        Ok(Settlement { name: name.into(), bank: bank.into(), number: number.into() })
    }

    /// `户名…，开户行…，账号…`.
    pub fn zh(&self) -> String {
        format!("户名 {}，开户行 {}，账号 {}", self.name, self.bank, self.number)
    }
}

impl County {
    pub(super) fn new(
        phone: Option<String>,
        address: Option<String>,
        settlement: Option<String>,
    ) -> Result<County, Fault> {
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
            settlement: match settlement.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()) {
                Some(text) => Some(Settlement::parse(&text)?),
                None => None,
            },
            ..County::default()
        })
    }
}

impl County {
    /// The demonstration's: a telephone, an address and an account that belong to nobody.
    pub(super) fn demo() -> County {
        County {
            phone: Some("0746-0000001".into()),
            address: Some("蓝山县塔峰镇示例路1号（演示）".into()),
            settlement: Some(Settlement {
                name: "蓝山县农村产权交易中心（演示）".into(),
                bank: "演示银行蓝山支行".into(),
                number: "0000431127000001".into(),
            }),
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
            settlement: None,
        }
    }
}
