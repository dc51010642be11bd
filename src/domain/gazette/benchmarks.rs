//! Benchmark prices (基准地价), like with like only (蓝政发〔2022〕10号, annex 1, tables 1, 2, 6, 7).
//!
//! A yearly rent stands beside the yearly price of the management right of paddy and dry
//! land; a transfer for the whole contract term stands beside the price of the contract
//! right. Everything else has no benchmark, and says why. Nothing is capitalised here.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::divisions::Place;
use super::grades::{Grade, GradedLand, Grades};
use crate::base::datafile::{CatalogFault, read_csv};
use crate::base::words::words;
use crate::base::{Day, Fen};
use crate::category::{LandKind, Mode, PriceUnit};

words! {
    /// The right a benchmark price is of.
    Right {
        StateUse = "国有土地使用权", "国有土地使用权";
        Contract = "承包经营权", "承包经营权";
        Management = "经营权", "经营权";
    }
}

words! {
    /// Land as the price tables name it.
    PricedLand {
        Paddy = "水田", "水田";
        DryLand = "旱地", "旱地";
        Orchard = "园地", "园地";
        Forest = "林地", "林地";
    }
}

impl PricedLand {
    const fn of(kind: LandKind) -> Option<PricedLand> {
        match kind {
            LandKind::Paddy => Some(PricedLand::Paddy),
            LandKind::DryLand => Some(PricedLand::DryLand),
            LandKind::Orchard => Some(PricedLand::Orchard),
            LandKind::Forest => Some(PricedLand::Forest),
            LandKind::Grass
            | LandKind::Water
            | LandKind::Waste
            | LandKind::Facility
            | LandKind::Irrigation
            | LandKind::Construction
            | LandKind::Homestead
            | LandKind::OtherLand => None,
        }
    }
}

/// What a benchmark is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BenchmarkQuery {
    /// The kind of land; `None` when the object is no land.
    pub land: Option<LandKind>,
    /// The transfer mode.
    pub mode: Mode,
    /// The unit of the asking price.
    pub unit: PriceUnit,
    /// A transfer covers the whole (remaining) contract term.
    pub whole_term: bool,
    /// The land belongs to a collective.
    pub collective: bool,
}

/// A benchmark price beside an asking price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Benchmark {
    /// The grade of the place.
    pub grade: Grade,
    /// The price of that grade, per `unit`.
    pub price: Fen,
    /// The unit, the same as the asking price's.
    pub unit: PriceUnit,
    /// The right it is of.
    pub right: Right,
    /// The term it is set for, in years.
    pub years: u32,
    /// The day it was valued for.
    pub valuation_date: Day,
    /// Lower end of the band.
    pub low: Fen,
    /// Upper end of the band.
    pub high: Fen,
}

impl Benchmark {
    /// Whether an asking price lies in the band, its ends included.
    pub fn holds(&self, price: Fen) -> bool {
        self.low <= price && price <= self.high
    }

    /// `基准价 431 元/亩/年（集体经营权，一级，估价期日 2022年1月1日），参考区间 301.70 至 560.30 元/亩/年`.
    pub fn zh(&self) -> String {
        format!(
            "基准价 {} {unit}（集体{}，{}，估价期日 {}），参考区间 {} 至 {} {unit}",
            self.price.short(),
            self.right,
            self.grade,
            self.valuation_date.zh(),
            self.low.short(),
            self.high.short(),
            unit = self.unit,
        )
    }
}

/// No benchmark, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoBenchmark {
    reason: String,
}

impl NoBenchmark {
    /// Why there is none, without the full stop.
    pub fn why(&self) -> &str {
        &self.reason
    }

    /// `无基准价：…`.
    pub fn zh(&self) -> String {
        format!("无基准价：{}。", self.reason)
    }
}

impl fmt::Display for NoBenchmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh())
    }
}

fn none<T>(reason: impl Into<String>) -> Result<T, NoBenchmark> {
    Err(NoBenchmark { reason: reason.into() })
}

/// What stands beside an asking price, as a notice freezes it: the benchmark, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The benchmark with its band.
    pub price: Option<Benchmark>,
    /// Why there is none; empty where there is one.
    pub why: String,
    /// The width of the band still waits for the county's word (待确认).
    pub unconfirmed: bool,
}

impl Beside {
    /// What was found, under a band that is confirmed or not.
    pub fn new(found: Result<Benchmark, NoBenchmark>, unconfirmed: bool) -> Beside {
        match found {
            Ok(price) => Beside { price: Some(price), why: String::new(), unconfirmed },
            Err(none) => Beside { price: None, why: none.reason, unconfirmed },
        }
    }

    /// The sentence of the notice.
    pub fn zh(&self) -> String {
        match &self.price {
            Some(price) if self.unconfirmed => format!("{}（区间幅度待确认）", price.zh()),
            Some(price) => price.zh(),
            None => format!("无基准价：{}。", self.why),
        }
    }
}

/// The price tables with what they are based on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Benchmarks {
    prices: BTreeMap<(PricedLand, Right, Grade, &'static str), Fen>,
    basis: BTreeMap<(Right, GradedLand), Basis>,
}

/// What a price is based on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Basis {
    years: u32,
    valuation_date: Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriceRow {
    tenure: Tenure,
    land_type: PricedLand,
    right: Right,
    grade: Grade,
    price: String,
    unit: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BasisRow {
    tenure: Tenure,
    right: Right,
    land_type: GradedLand,
    years: u32,
    valuation_date: Day,
    #[serde(rename = "facilities")]
    _facilities: String,
    #[serde(rename = "cropping")]
    _cropping: String,
}

words! {
    /// To whom land belongs.
    Tenure {
        State = "国有", "国有";
        Collective = "集体", "集体";
    }
}

impl Tenure {
    fn fits(self, right: Right) -> bool {
        (self == Tenure::State) == (right == Right::StateUse)
    }
}

const PER_MU_YEAR: &str = "元/亩/年";
const PER_MU: &str = "万元/亩";
const PER_SQUARE_METRE: &str = "元/平方米";

impl Benchmarks {
    /// Reads `benchmark_prices.csv` and `benchmark_basis.csv`, each given as (name, text).
    ///
    /// # Errors
    /// Every fault: an unknown word, a price that is no number, a line twice, a price without basis.
    pub fn load(prices: (&str, &str), basis: (&str, &str)) -> Result<Benchmarks, Vec<CatalogFault>> {
        let mut read = Benchmarks { prices: BTreeMap::new(), basis: BTreeMap::new() };
        let mut faults = Vec::new();
        for (line, row) in read_csv::<BasisRow>(basis.0, basis.1)? {
            let fits = row.tenure.fits(row.right);
            let new = Basis { years: row.years, valuation_date: row.valuation_date };
            if !fits || read.basis.insert((row.right, row.land_type), new).is_some() {
                faults.push(CatalogFault::line(basis.0, line, "权属与权利不符，或者本行重复"));
            }
        }
        for (line, row) in read_csv::<PriceRow>(prices.0, prices.1)? {
            if let Err(fault) = read.put(row) {
                faults.push(CatalogFault::line(prices.0, line, fault));
            }
        }
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }

    fn put(&mut self, row: PriceRow) -> Result<(), String> {
        let unit = match row.unit.as_str() {
            PER_MU_YEAR => PER_MU_YEAR,
            PER_MU => PER_MU,
            PER_SQUARE_METRE => PER_SQUARE_METRE,
            other => return Err(format!("不认识的单位“{other}”")),
        };
        let price = price_fen(&row.price, unit).ok_or_else(|| format!("“{}”不是价格", row.price))?;
        if !row.tenure.fits(row.right) || (unit == PER_MU_YEAR) != (row.right == Right::Management) {
            return Err("权属、权利与单位不符".into());
        }
        let graded = match row.land_type {
            PricedLand::Paddy | PricedLand::DryLand => GradedLand::Arable,
            PricedLand::Orchard => GradedLand::Orchard,
            PricedLand::Forest => GradedLand::Forest,
        };
        if !self.basis.contains_key(&(row.right, graded)) {
            return Err(format!("{}的{}没有价格内涵", row.land_type, row.right));
        }
        match self.prices.insert((row.land_type, row.right, row.grade, unit), price) {
            Some(_) => Err("本行重复".into()),
            None => Ok(()),
        }
    }

    /// How many prices are on file.
    pub fn count(&self) -> usize {
        self.prices.len()
    }

    /// The benchmark beside an asking price, with a band of `band_pct` percent either way.
    ///
    /// # Errors
    /// [`NoBenchmark`] with the reason, whenever it would not compare like with like.
    pub fn benchmark(
        &self,
        grades: &Grades,
        place: &Place,
        query: BenchmarkQuery,
        band_pct: u32,
    ) -> Result<Benchmark, NoBenchmark> {
        let (right, unit) = like(query)?;
        let Some(kind) = query.land else { return none("标的不是土地，县基准地价不适用") };
        let Some((priced, graded)) = PricedLand::of(kind).zip(GradedLand::of(kind)) else {
            return none(format!("县基准地价没有评定{kind}的级别和价格"));
        };
        if right == Right::Management && !matches!(priced, PricedLand::Paddy | PricedLand::DryLand) {
            return none(format!("县里只公布了水田、旱地的年租金基准价，没有{priced}的"));
        }
        if place.village().is_none() {
            return none(format!("基准地价按村（社区）评定级别，{place}没有对应的级别"));
        }
        let Some(grade) = grades.get(place, graded) else { return none(format!("{place}没有{graded}级别")) };
        let (price, basis) = match (self.prices.get(&(priced, right, grade, unit)), self.basis.get(&(right, graded))) {
            (Some(price), Some(basis)) => (*price, basis),
            _ => return none(format!("价格表中没有{priced}{right}{grade}的价格")),
        };
        let band = |pct: u32| price.checked_mul_ratio(i128::from(pct), 100);
        let Some((low, high)) = band(100u32.saturating_sub(band_pct)).zip(band(100 + band_pct)) else {
            return none("参考区间无法计算");
        };
        let Basis { years, valuation_date } = *basis;
        Ok(Benchmark { grade, price, unit: query.unit, right, years, valuation_date, low, high })
    }
}

/// Which right and which unit of the tables an asking price may be compared with.
fn like(query: BenchmarkQuery) -> Result<(Right, &'static str), NoBenchmark> {
    if !query.collective {
        return none("标的不是集体土地，这里只比较集体土地的基准价");
    }
    if query.mode.is_lease() {
        return match query.unit {
            PriceUnit::YuanPerMuYear => Ok((Right::Management, PER_MU_YEAR)),
            other => none(format!("租金按{other}计价，与基准价的{PER_MU_YEAR}不能直接比较")),
        };
    }
    if query.mode != Mode::Transfer {
        return none(format!("“{}”没有可以直接比较的基准价", query.mode));
    }
    if !query.whole_term {
        return none("承包经营权基准价是整个承包期的价格，本次不是整个承包期的转让");
    }
    match query.unit {
        PriceUnit::YuanPerMu => Ok((Right::Contract, PER_MU)),
        PriceUnit::YuanPerSquareMetre => Ok((Right::Contract, PER_SQUARE_METRE)),
        other => none(format!("转让价按{other}计价，与基准价的单位不能直接比较")),
    }
}

/// A printed price in fen per 亩 or per m²: `0.7483` 万元 is 7,483.00 yuan.
fn price_fen(text: &str, unit: &str) -> Option<Fen> {
    let ten_thousandths = crate::base::area::parse_quantity(text).ok().filter(|v| *v > 0)?;
    match unit {
        PER_MU => ten_thousandths.checked_mul(100).map(Fen),
        _ if ten_thousandths % 100 == 0 => Some(Fen(ten_thousandths / 100)),
        _ => None,
    }
}

#[cfg(test)]
#[path = "benchmarks_tests.rs"]
mod tests;
