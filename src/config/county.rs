//! Names and contact details of the county, as pages and papers print them.

use std::collections::BTreeMap;

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
    /// Telephones of the township stations by the township's name; notices say 待公布 where one is absent.
    pub stations: BTreeMap<String, String>,
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

/// Reads `塔峰镇=0746-2213000；毛俊镇=0746-2215000`.
fn stations_of(text: &str) -> Result<BTreeMap<String, String>, Fault> {
    let wrong =
        || fault("NONGQUAN_STATION_PHONES", "写法不对", "写成 乡镇名=电话，多个用分号隔开，例如 塔峰镇=0746-2213000");
    let sound = |t: &str| !t.is_empty() && t.chars().count() <= 40 && !t.chars().any(char::is_control);
    let entries = text.split(['；', ';']).map(str::trim).filter(|e| !e.is_empty());
    let pairs = entries.map(|entry| {
        let (name, phone) = entry.split_once(['=', '＝']).ok_or_else(wrong)?;
        let (name, phone) = (name.trim(), phone.trim());
        if sound(name) && sound(phone) { Ok((name.to_owned(), phone.to_owned())) } else { Err(wrong()) }
    });
    pairs.collect()
}

impl County {
    pub(super) fn new(
        phone: Option<String>,
        address: Option<String>,
        stations: Option<String>,
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
            stations: stations_of(stations.as_deref().unwrap_or_default())?,
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
            stations: [("塔峰镇".to_owned(), "0746-0000002".to_owned())].into(),
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
            stations: BTreeMap::new(),
            settlement: None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn stations_are_read_by_township() {
        let read = stations_of("塔峰镇=0746-2213000； 毛俊镇＝0746-2215000；").expect("two stations");
        assert_eq!(read.get("毛俊镇").map(String::as_str), Some("0746-2215000"));
        assert_eq!((read.len(), stations_of("").map(|none| none.len()).ok()), (2, Some(0)));
        for wrong in ["塔峰镇 0746", "=0746-2213000", "塔峰镇="] {
            assert!(stations_of(wrong).is_err(), "{wrong}");
        }
    }
}
