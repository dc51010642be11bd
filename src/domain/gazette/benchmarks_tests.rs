#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use crate::gazette::Divisions;

const PRICES: &str = include_str!("../../../catalog/benchmark_prices.csv");
const BASIS: &str = include_str!("../../../catalog/benchmark_basis.csv");
const GRADES: &str = include_str!("../../../catalog/land_grades.csv");

struct Gazette {
    divisions: Divisions,
    grades: Grades,
    benchmarks: Benchmarks,
}

fn gazette() -> Gazette {
    let divisions = Divisions::load(
        ("divisions.toml", include_str!("../../../catalog/divisions.toml")),
        ("villages.csv", include_str!("../../../catalog/villages.csv")),
    )
    .unwrap();
    let grades = Grades::load("land_grades.csv", GRADES, &divisions).unwrap();
    let benchmarks = Benchmarks::load(("benchmark_prices.csv", PRICES), ("benchmark_basis.csv", BASIS)).unwrap();
    Gazette { divisions, grades, benchmarks }
}

fn lease(land: LandKind) -> BenchmarkQuery {
    BenchmarkQuery {
        land: Some(land),
        mode: Mode::Lease,
        unit: PriceUnit::YuanPerMuYear,
        whole_term: false,
        collective: true,
    }
}

fn transfer(land: LandKind, unit: PriceUnit) -> BenchmarkQuery {
    BenchmarkQuery { mode: Mode::Transfer, unit, whole_term: true, ..lease(land) }
}

impl Gazette {
    fn at(&self, township: &str, village: Option<&str>, query: BenchmarkQuery) -> Result<Benchmark, NoBenchmark> {
        let place = self.divisions.place_named(township, village).unwrap();
        self.benchmarks.benchmark(&self.grades, &place, query, 30)
    }
}

#[test]
fn counts_of_the_gazette() {
    let g = gazette();
    assert_eq!((g.grades.count(), g.benchmarks.count()), (627, 54));
}

#[test]
fn yearly_rents_stand_beside_the_management_right() {
    let g = gazette();
    // 塔峰镇总市村 is arable grade 1; 祠堂圩镇背山村 is arable grade 3.
    let best = g.at("塔峰镇", Some("总市村"), lease(LandKind::Paddy)).unwrap();
    assert_eq!((best.grade, best.price, best.right, best.years), (Grade::First, Fen::yuan(431), Right::Management, 1));
    assert_eq!((best.low, best.high), (Fen(30_170), Fen(56_030)));
    assert_eq!(best.valuation_date, Day::ymd(2022, 1, 1).unwrap());
    assert!(best.holds(Fen(30_170)) && best.holds(Fen(56_030)) && !best.holds(Fen(56_031)));
    assert_eq!(
        best.zh(),
        "基准价 431 元/亩/年（集体经营权，一级，估价期日 2022年1月1日），参考区间 301.70 至 560.30 元/亩/年"
    );
    let worst = g.at("祠堂圩镇", Some("背山村"), lease(LandKind::DryLand)).unwrap();
    assert_eq!((worst.grade, worst.price), (Grade::Third, Fen::yuan(213)));
}

#[test]
fn whole_term_transfers_stand_beside_the_contract_right() {
    let g = gazette();
    let at = |query| g.at("塔峰镇", Some("总市村"), query).unwrap();
    let paddy = at(transfer(LandKind::Paddy, PriceUnit::YuanPerMu));
    assert_eq!((paddy.price, paddy.years, paddy.right), (Fen::yuan(7_483), 30, Right::Contract));
    let metre = at(transfer(LandKind::Paddy, PriceUnit::YuanPerSquareMetre));
    assert_eq!((metre.price, metre.low, metre.high), (Fen(1_122), Fen(785), Fen(1_459)));
    let forest = at(transfer(LandKind::Forest, PriceUnit::YuanPerMu));
    assert_eq!((forest.price, forest.years), (Fen::yuan(3_562), 70));
}

#[test]
fn everything_else_says_why_not() {
    let g = gazette();
    let said = |query| g.at("塔峰镇", Some("总市村"), query).unwrap_err().zh();
    for (query, why) in [
        (lease(LandKind::Water), "没有评定养殖水面"),
        (lease(LandKind::Waste), "没有评定四荒地"),
        (lease(LandKind::Forest), "没有林地的"),
        (lease(LandKind::Orchard), "没有园地的"),
        (BenchmarkQuery { land: None, ..lease(LandKind::Paddy) }, "不是土地"),
        (BenchmarkQuery { unit: PriceUnit::YuanPerYear, ..lease(LandKind::Paddy) }, "元/年计价"),
        (BenchmarkQuery { mode: Mode::ShareContribution, ..lease(LandKind::Paddy) }, "入股"),
        (BenchmarkQuery { collective: false, ..lease(LandKind::Paddy) }, "不是集体土地"),
        (BenchmarkQuery { whole_term: false, ..transfer(LandKind::Paddy, PriceUnit::YuanPerMu) }, "整个承包期"),
        (transfer(LandKind::Paddy, PriceUnit::Yuan), "不能直接比较"),
    ] {
        let text = said(query);
        assert!(text.starts_with("无基准价：") && text.ends_with('。') && text.contains(why), "{text}");
    }
    let farm = g.at("蓝山黄毛岭茶场", None, lease(LandKind::Paddy)).unwrap_err().zh();
    assert!(farm.contains("蓝山黄毛岭茶场没有对应的级别"), "{farm}");
}

#[test]
fn broken_tables_name_the_line() {
    let load = |prices: &str, basis: &str| {
        let said = Benchmarks::load(("benchmark_prices.csv", prices), ("benchmark_basis.csv", basis)).unwrap_err();
        said[0].to_string()
    };
    assert_eq!(
        load(&PRICES.replacen("13.52", "13,52", 1), BASIS),
        "catalog/benchmark_prices.csv 第 2 行：列数与表头不一致"
    );
    assert_eq!(
        load(&PRICES.replacen("13.52", "about 13", 1), BASIS),
        "catalog/benchmark_prices.csv 第 2 行：“about 13”不是价格"
    );
    let twice = format!("{PRICES}集体,水田,经营权,1,431,元/亩/年\n");
    assert_eq!(load(&twice, BASIS), "catalog/benchmark_prices.csv 第 56 行：本行重复");
    let unit = format!("{PRICES}集体,水田,经营权,1,431,元/亩\n");
    assert_eq!(load(&unit, BASIS), "catalog/benchmark_prices.csv 第 56 行：不认识的单位“元/亩”");
    assert!(load(PRICES, &BASIS.replace("集体,经营权", "国有,经营权")).contains("权属与权利不符"));

    let g = gazette();
    let said = |text: &str| Grades::load("land_grades.csv", text, &g.divisions).unwrap_err()[0].to_string();
    assert!(said(&GRADES.replacen("界头村", "界尾村", 1)).starts_with("catalog/land_grades.csv 第 2 行：塔峰镇没有"));
    assert!(said(&GRADES.replacen("耕地,1", "耕地,4", 1)).contains("第 2 行：级别只能是"));
    assert!(said(&GRADES.replacen("塔峰镇,界头村,耕地,1\n", "", 1)).contains("塔峰镇界头村缺少级别"));
}

#[test]
fn a_band_that_waits_for_the_county_says_so() {
    let found = || gazette().at("塔峰镇", Some("界头村"), lease(LandKind::Paddy));
    let said = |unconfirmed| Beside::new(found(), unconfirmed).zh();
    assert_eq!(format!("{}（区间幅度待确认）", said(false)), said(true));
    let none = gazette().at("塔峰镇", Some("界头村"), lease(LandKind::Water));
    let words = none.clone().map_err(|n| n.zh()).unwrap_err();
    assert_eq!(Beside::new(none, true).zh(), words, "nothing waits where there is no band");
}
