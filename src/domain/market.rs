//! The market as data: everything `catalog/` says, read and checked together.

use std::collections::BTreeMap;

use crate::base::Calendar;
use crate::base::calendar::CalendarYear;
use crate::base::datafile::CatalogFault;
use crate::category::Catalog;
use crate::funds::FeeTable;
use crate::gazette::{Benchmark, BenchmarkQuery, Benchmarks, Divisions, Grades, NoBenchmark, Place};
use crate::rulebook::{FeeFile, Rules};

/// The files of a catalogue: path below `catalog/` → text.
pub type Files = BTreeMap<String, String>;

/// The market of one county. Cannot be built from files that contradict themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Market {
    /// Varieties.
    pub catalog: Catalog,
    /// Settings.
    pub rules: Rules,
    /// Working days.
    pub calendar: Calendar,
    /// Townships and villages.
    pub divisions: Divisions,
    /// Land grades.
    pub grades: Grades,
    /// Benchmark prices.
    pub benchmarks: Benchmarks,
    /// Fee tables on file, by id.
    pub fees: BTreeMap<String, FeeFile>,
}

impl Market {
    /// Reads a whole catalogue.
    ///
    /// # Errors
    /// Every fault found in any file, each with file, line and what is wrong.
    pub fn load(files: &Files) -> Result<Market, Vec<CatalogFault>> {
        let mut faults = stray(files);
        let below = |folder: &'static str| files.iter().filter(move |(name, _)| name.starts_with(folder));
        let catalog = keep(Catalog::load(below("varieties/")), &mut faults);
        let rules = keep(one(files, "rules.toml").and_then(|text| Rules::load("rules.toml", text)), &mut faults);
        let years = all(below("calendar/"), calendar_year, &mut faults);
        let fees = all(below("fees/"), fee_file, &mut faults);
        let divisions = keep(divisions(files), &mut faults);
        let grades = divisions.as_ref().and_then(|d| keep(grades(files, d), &mut faults));
        let benchmarks = keep(benchmarks(files), &mut faults);
        let fees: BTreeMap<String, FeeFile> = fees.into_iter().map(|f| (f.id.clone(), f)).collect();
        let rules = rules.and_then(|r| {
            let known = r.fee.table == "none" || fees.contains_key(&r.fee.table);
            let fault =
                || vec![CatalogFault::file("rules.toml", format!("fee.table：没有“{}”这份收费标准", r.fee.table))];
            keep(if known { Ok(r) } else { Err(fault()) }, &mut faults)
        });
        match (catalog, rules, divisions, grades, benchmarks) {
            (Some(catalog), Some(rules), Some(divisions), Some(grades), Some(benchmarks)) if faults.is_empty() => {
                let calendar = Calendar::new(years, rules.cal.close_time);
                Ok(Market { catalog, rules, calendar, divisions, grades, benchmarks, fees })
            }
            _ => Err(faults),
        }
    }

    /// The market that is built in.
    ///
    /// # Errors
    /// As [`Market::load`]; a test keeps this from happening.
    pub fn embedded() -> Result<Market, Vec<CatalogFault>> {
        Market::load(&embedded_files())
    }

    /// The same market with other settings (an administrator's, or the demo's): the calendar
    /// follows the close of business.
    #[must_use]
    pub fn with_rules(mut self, rules: Rules) -> Market {
        self.calendar = self.calendar.with_close(rules.cal.close_time);
        self.rules = rules;
        self
    }

    /// The benchmark beside an asking price, with the band of `guide.band_pct`.
    ///
    /// # Errors
    /// [`NoBenchmark`] with the reason.
    pub fn benchmark(&self, place: &Place, query: BenchmarkQuery) -> Result<Benchmark, NoBenchmark> {
        self.benchmark_by(&self.rules, place, query)
    }

    /// The same with the band of other rules, such as those a notice froze.
    ///
    /// # Errors
    /// [`NoBenchmark`] with the reason.
    pub fn benchmark_by(&self, rules: &Rules, place: &Place, query: BenchmarkQuery) -> Result<Benchmark, NoBenchmark> {
        self.benchmarks.benchmark(&self.grades, place, query, rules.guide.band_pct)
    }

    /// The fee table that the catalogue puts in force; `None` until the county's is approved (the fee is then 0 and
    /// shows 待确认). A sample holds only under the demo's rules.
    pub fn fee_table(&self) -> Option<&FeeTable> {
        self.fees.get(&self.rules.fee.table).filter(|f| !f.demo_only || self.rules.is_demo()).map(|f| &f.table)
    }
}

fn keep<T>(read: Result<T, Vec<CatalogFault>>, faults: &mut Vec<CatalogFault>) -> Option<T> {
    read.map_err(|f| faults.extend(f)).ok()
}

fn all<'a, T>(
    files: impl Iterator<Item = (&'a String, &'a String)>,
    read: impl Fn(&str, &str) -> Result<T, CatalogFault>,
    faults: &mut Vec<CatalogFault>,
) -> Vec<T> {
    files.filter_map(|(name, text)| read(name, text).map_err(|f| faults.push(f)).ok()).collect()
}

/// A year's file bears its year, so that no year stands in two files.
fn calendar_year(name: &str, text: &str) -> Result<CalendarYear, CatalogFault> {
    let year = CalendarYear::from_toml(name, text)?;
    named(name, "calendar", &year.year.to_string()).map(|()| year)
}

/// A fee table's file bears its id, so that no table stands in two files.
fn fee_file(name: &str, text: &str) -> Result<FeeFile, CatalogFault> {
    let file = FeeFile::from_toml(name, text)?;
    named(name, "fees", &file.id).map(|()| file)
}

fn named(name: &str, folder: &str, stem: &str) -> Result<(), CatalogFault> {
    let wanted = format!("{folder}/{stem}.toml");
    if name == wanted {
        Ok(())
    } else {
        Err(CatalogFault::file(name, format!("文件名与内容不符，应为 {wanted}")))
    }
}

fn one<'a>(files: &'a Files, name: &str) -> Result<&'a str, Vec<CatalogFault>> {
    files.get(name).map(String::as_str).ok_or_else(|| vec![CatalogFault::file(name, "缺少这个文件")])
}

fn divisions(files: &Files) -> Result<Divisions, Vec<CatalogFault>> {
    let (units, villages) = (one(files, "divisions.toml")?, one(files, "villages.csv")?);
    Divisions::load(("divisions.toml", units), ("villages.csv", villages))
}

fn grades(files: &Files, divisions: &Divisions) -> Result<Grades, Vec<CatalogFault>> {
    Grades::load("land_grades.csv", one(files, "land_grades.csv")?, divisions)
}

fn benchmarks(files: &Files) -> Result<Benchmarks, Vec<CatalogFault>> {
    let (prices, basis) = (one(files, "benchmark_prices.csv")?, one(files, "benchmark_basis.csv")?);
    Benchmarks::load(("benchmark_prices.csv", prices), ("benchmark_basis.csv", basis))
}

const SINGLE: [&str; 6] =
    ["rules.toml", "divisions.toml", "villages.csv", "land_grades.csv", "benchmark_prices.csv", "benchmark_basis.csv"];

/// A data file nobody reads is a misspelt one.
fn stray(files: &Files) -> Vec<CatalogFault> {
    let known = |name: &str| {
        let folder =
            ["varieties/", "calendar/", "fees/"].iter().any(|f| name.starts_with(f)) && name.ends_with(".toml");
        folder || SINGLE.contains(&name) || name.ends_with(".md")
    };
    files
        .keys()
        .filter(|n| !known(n))
        .map(|n| CatalogFault::file(n, "不认识的文件，请核对文件名和所在文件夹"))
        .collect()
}

/// The built-in files, so that a folder given by the county can replace single ones.
pub fn embedded_files() -> Files {
    EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

macro_rules! embed {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../catalog/", $name)))),+]
    };
}

/// Every file of `catalog/`; a test holds this list against the folder.
const EMBEDDED: &[(&str, &str)] = embed![
    "rules.toml",
    "divisions.toml",
    "villages.csv",
    "land_grades.csv",
    "benchmark_prices.csv",
    "benchmark_basis.csv",
    "calendar/2025.toml",
    "calendar/2026.toml",
    "calendar/2027.toml",
    "fees/heshan_2022.toml",
    "varieties/01-01-arable.toml",
    "varieties/01-02-grass-water.toml",
    "varieties/02-01-forest-land.toml",
    "varieties/02-02-timber.toml",
    "varieties/03-01-waste-other.toml",
    "varieties/03-02-waste-household.toml",
    "varieties/04-01-premises.toml",
    "varieties/04-02-equipment.toml",
    "varieties/05-01-pond.toml",
    "varieties/05-02-reserve-land.toml",
    "varieties/05-03-grass-irrigation.toml",
    "varieties/06-01-shares.toml",
    "varieties/07-01-machinery.toml",
    "varieties/07-02-facilities.toml",
    "varieties/08-01-works.toml",
    "varieties/08-02-goods-services.toml",
    "varieties/08-03-promotion.toml",
    "varieties/09-01-water-works.toml",
    "varieties/10-01-house-lease.toml",
    "varieties/10-02-house-transfer.toml",
    "varieties/11-01-enterprise.toml",
    "varieties/11-02-state-farm.toml",
    "varieties/12-01-coop-asset.toml",
    "varieties/13-01-intellectual.toml",
    "varieties/14-01-promotion.toml",
    "varieties/14-02-land-quota.toml",
    "varieties/14-03-bulk-produce.toml",
];

#[cfg(test)]
#[path = "market_rows_tests.rs"]
mod rows_tests;
#[cfg(test)]
#[path = "market_tests.rs"]
mod tests;
