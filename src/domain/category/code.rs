//! The plan's 14 categories and the four-digit code of a variety below them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of the plan's 14 categories (交易品种大类), 1 to 14. Cannot hold another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Category(u8);

/// Full and short names in the order of the plan, part 二（三）.
const NAMES: [(&str, &str); 14] = [
    ("农村承包土地经营权", "承包土地经营权"),
    ("林权", "林权"),
    ("“四荒”使用权", "四荒使用权"),
    ("农村集体经营性资产", "集体经营性资产"),
    ("农村集体资源性资产经营权", "集体资源经营权"),
    ("农村集体经济组织股权", "集体经济组织股权"),
    ("农业生产设施设备", "设施设备"),
    ("农村建设项目招标、货物和服务采购、产业项目招商和转让等", "招标采购招商"),
    ("农村小型水利设施使用权", "小型水利设施"),
    ("依法可以交易的农村闲置宅基地使用权和房屋所有权", "闲置宅基地和房屋"),
    ("国有农牧渔场、农业产业化企业、集体及个人投资兴办的企业等涉农产权交易", "涉农企业产权"),
    ("供销合作社系统所拥有的产权交易、资产处置等", "供销社资产"),
    ("农业类知识产权", "农业知识产权"),
    ("其他依法应当交易的农村产权", "其他农村产权"),
];

impl Category {
    /// The category with this number; `None` outside 1 to 14.
    pub fn new(number: u8) -> Option<Category> {
        (1..=14).contains(&number).then_some(Category(number))
    }

    /// All 14, in the plan's order.
    pub fn all() -> impl Iterator<Item = Category> {
        (1..=14).map(Category)
    }

    /// 1 to 14.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Two digits as project numbers carry them: `05` (rulebook 8.2).
    pub fn code(self) -> String {
        format!("{:02}", self.0)
    }

    /// The plan's name.
    pub fn zh(self) -> &'static str {
        NAMES[usize::from(self.0) - 1].0
    }

    /// Whether it is the village's purchases and projects: no fee, a small deposit. Where it buys the lowest price
    /// wins (rulebook 3.13); a variety's own direction tells.
    pub const fn is_purchase(self) -> bool {
        self.0 == 8
    }
}

impl TryFrom<u8> for Category {
    type Error = &'static str;
    fn try_from(n: u8) -> Result<Self, Self::Error> {
        Category::new(n).ok_or("品种大类只有 1 至 14")
    }
}

impl From<Category> for u8 {
    fn from(c: Category) -> u8 {
        c.0
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.zh())
    }
}

/// The code of a variety (品种编码): two digits category, two digits variety, `0501`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VarietyCode {
    category: Category,
    sub: u8,
}

impl VarietyCode {
    /// The code with these two parts; `None` when `sub` is outside 1 to 99.
    pub fn new(category: Category, sub: u8) -> Option<VarietyCode> {
        (1..=99).contains(&sub).then_some(VarietyCode { category, sub })
    }

    /// The category above.
    pub const fn category(self) -> Category {
        self.category
    }
}

impl FromStr for VarietyCode {
    type Err = &'static str;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let fault = "品种编码应为四位数字：两位大类（01 至 14）加两位序号，例如 0501";
        if s.len() != 4 || !s.bytes().all(|b| b.is_ascii_digit()) {
            return Err(fault);
        }
        let category = s[..2].parse().ok().and_then(Category::new).ok_or(fault)?;
        s[2..].parse().ok().and_then(|sub| VarietyCode::new(category, sub)).ok_or(fault)
    }
}

impl TryFrom<String> for VarietyCode {
    type Error = &'static str;
    fn try_from(s: String) -> Result<Self, Self::Error> {
        s.parse()
    }
}

impl From<VarietyCode> for String {
    fn from(c: VarietyCode) -> String {
        c.to_string()
    }
}

impl fmt::Display for VarietyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}{:02}", self.category.0, self.sub)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        let code: Result<VarietyCode, _> = "0501".parse();
        assert_eq!(code.map(|c| (c.category().number(), c.to_string())), Ok((5, "0501".to_owned())));
        for bad in ["0001", "1501", "0500", "501", "05A1", "０５０１"] {
            assert!(bad.parse::<VarietyCode>().is_err(), "{bad}");
        }
        assert_eq!(Category::all().count(), 14);
        assert_eq!(Category::new(15), None);
        assert_eq!(Category::all().filter(|c| c.is_purchase()).count(), 1);
    }
}
