#![allow(clippy::unwrap_used, clippy::expect_used)]
//! The fourteen rows of rulebook 7.1 to 7.3 against the catalogue.

use std::collections::BTreeSet;

use super::*;
use crate::category::{DocCode, Method, Variety};

/// One row: what any of the category's varieties that are open must have between them.
struct Row {
    category: u8,
    /// Modes in the plan's words; all and no other. Empty: as law allows.
    modes: &'static str,
    /// Price units.
    units: &'static str,
    /// Price units of the rulebook that no amount in yuan carries, see `what_no_price_carries`.
    not_carried: &'static str,
    methods: &'static str,
    priority: &'static str,
    /// Papers of the transferee that every variety asks.
    papers: &'static str,
    consult: &'static str,
    register: &'static str,
}

#[rustfmt::skip]
const ROWS: [Row; 14] = [
    Row { category: 1, modes: "出租 入股 转让 抵押", units: "元/亩/年", not_carried: "kg/亩/年", methods: "M1 M6", priority: "P4 P6", papers: "R01 R02 R03 R05 R08", consult: "township agriculture", register: "collective registry" },
    Row { category: 2, modes: "出租 转让 入股 抵押 作价出资 合作", units: "元/亩/年 元", not_carried: "", methods: "M1 M4", priority: "P4", papers: "R01 R02 R03 R04 R08", consult: "forestry township", register: "registry" },
    Row { category: 3, modes: "转让 出租 入股 抵押", units: "元/亩/年 元", not_carried: "", methods: "M1 M5 M6", priority: "P4", papers: "R01 R02 R03 R05 R08", consult: "agriculture forestry water township", register: "registry" },
    Row { category: 4, modes: "承包 租赁 出让 入股 合资 合作", units: "元/年 元/平方米/月 元", not_carried: "", methods: "M1", priority: "P2 P3 P6", papers: "R01 R02 R03 R04 R08", consult: "agriculture township", register: "registry" },
    Row { category: 5, modes: "出租 转让 入股 作价出资 合作", units: "元/亩/年 元/年", not_carried: "", methods: "M1", priority: "P4 P6", papers: "R01 R02 R03 R04 R05 R08", consult: "township", register: "rural_station registry" },
    Row { category: 6, modes: "内部转让 有偿退出（集体回购） 赠与、继承（登记）", units: "元/股", not_carried: "", methods: "M6 M1", priority: "P7", papers: "R01 R02 R03", consult: "collective agriculture", register: "collective" },
    Row { category: 7, modes: "转让 租赁 拍卖", units: "元 元/年", not_carried: "", methods: "M1 M4", priority: "P2", papers: "R01 R02 R08", consult: "agriculture", register: "agriculture" },
    Row { category: 8, modes: "招标 采购 招商 转让", units: "元 元/年", not_carried: "下浮率%", methods: "M5 M7", priority: "", papers: "R01 R02 R03 R05", consult: "development_reform finance township", register: "rural_station" },
    Row { category: 9, modes: "转让 租赁 承包 股份合作", units: "元/年 元", not_carried: "", methods: "M1", priority: "P4 P6", papers: "R01 R02 R03 R04 R05 R08", consult: "water", register: "water" },
    Row { category: 10, modes: "转让 出租 入股 合作", units: "元 元/年", not_carried: "", methods: "M1 M6", priority: "P1 P2 P3", papers: "R01 R02 R03", consult: "township natural_resources agriculture", register: "registry" },
    Row { category: 11, modes: "转让 增资 出租 承包", units: "元 元/年", not_carried: "", methods: "M1 M5", priority: "P1", papers: "R01 R02 R03 R04 R05 R11", consult: "finance market_supervision", register: "market_supervision registry" },
    Row { category: 12, modes: "出租 转让 处置", units: "元/年 元", not_carried: "", methods: "M1", priority: "P2 P3", papers: "R01 R02 R03 R04 R08", consult: "supply_cooperative", register: "registry" },
    Row { category: 13, modes: "转让 许可使用 出租 入股", units: "元 元/年", not_carried: "元+提成%", methods: "M1 M6", priority: "P1", papers: "R01 R02 R08", consult: "market_supervision agriculture forestry science_industry", register: "national_ip plant_variety" },
    Row { category: 14, modes: "", units: "", not_carried: "", methods: "", priority: "", papers: "R01 R02", consult: "natural_resources", register: "natural_resources" },
];

fn words(list: &'static str) -> BTreeSet<&'static str> {
    list.split(' ').filter(|w| !w.is_empty()).collect()
}

/// What these varieties have between them.
fn all<'a>(varieties: &[&'a Variety], of: impl Fn(&'a Variety) -> Vec<&'static str>) -> BTreeSet<&'static str> {
    varieties.iter().flat_map(|v| of(v)).collect()
}

#[test]
fn the_catalogue_has_the_fourteen_rows_of_the_rulebook() {
    let m = Market::embedded().unwrap();
    let mut wrong = Vec::new();
    for row in &ROWS {
        let open: Vec<&Variety> = m
            .catalog
            .all()
            // Quotas stand in the catalogue before the method they are traded by does.
            .filter(|v| v.category().number() == row.category && (v.enabled || row.category == 14))
            .collect();
        let mut lacks = |what: &str, wanted: BTreeSet<&str>, found: &BTreeSet<&str>| {
            for word in wanted.difference(found) {
                wrong.push(format!("{}: {what} {word} is missing", row.category));
            }
        };
        let modes = all(&open, |v| v.modes.iter().map(|m| m.zh()).collect());
        lacks("mode", words(row.modes), &modes);
        lacks("unit", words(row.units), &all(&open, |v| v.price_units.iter().map(|u| u.zh()).collect()));
        lacks("method", words(row.methods), &all(&open, |v| v.methods.iter().map(|m| m.name()).collect()));
        lacks("priority", words(row.priority), &all(&open, |v| v.priority.iter().map(|p| p.name()).collect()));
        lacks(
            "consultation",
            words(row.consult),
            &all(&open, |v| v.consult.iter().map(|c| c.department.name()).collect()),
        );
        lacks(
            "register",
            words(row.register),
            &all(&open, |v| v.register.iter().map(|r| r.department.name()).collect()),
        );
        for variety in &open {
            // The deposit is proven by the bank's line; its voucher only helps to find it.
            let asked = variety.documents.iter().filter(|d| d.required || d.code == DocCode::R08);
            let asked: BTreeSet<&str> = asked.map(|d| d.code.name()).collect();
            lacks(&format!("{} paper", variety.code), words(row.papers), &asked);
        }
        let allowed = words(row.modes);
        for mode in modes.iter().filter(|m| !allowed.is_empty() && !allowed.contains(*m)) {
            wrong.push(format!("{}: the rulebook has no mode {mode}", row.category));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A price is an amount in yuan for a quantity and a term. Rent in grain (kg/亩/年), a rate off a ceiling price (下浮率%)
/// and a sum with a share of the turnover (元+提成%) are none: they come with price types of their own, and until then no
/// variety offers them.
#[test]
fn what_no_price_carries_is_offered_by_no_variety() {
    let m = Market::embedded().unwrap();
    for word in ROWS.iter().flat_map(|row| words(row.not_carried)) {
        assert!(m.catalog.all().all(|v| v.price_units.iter().all(|u| u.zh() != word)), "{word}");
    }
}

/// The plan's overlap of 8 and 14: new applications are stored under 8, the old code stays known.
#[test]
fn investment_promotion_is_category_eight_and_fourteen_keeps_an_alias() {
    let m = Market::embedded().unwrap();
    let of = |code: &str| m.catalog.get(code.parse().unwrap()).unwrap();
    let (own, alias) = (of("0803"), of("1401"));
    assert!(own.enabled && !alias.enabled && alias.summary.contains("0803"));
    assert_eq!((own.direction, own.default_method), (crate::category::Direction::Up, Method::M1));
    assert!(own.fee_exempt, "category 8 stays without a fee");
}

/// Land management rights of five years and more may be registered (S02 art 41): wherever land is let under it.
#[test]
fn long_leases_of_contracted_land_may_be_registered() {
    let m = Market::embedded().unwrap();
    for code in ["0101", "0102", "0302", "0501", "0502", "0503"] {
        let variety = m.catalog.get(code.parse().unwrap()).unwrap();
        let long = variety
            .register
            .iter()
            .any(|r| r.department.name() == "registry" && r.optional && r.min_months == Some(60));
        assert!(long, "{code}");
    }
}
