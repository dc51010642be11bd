//! Townships and villages. A village name alone is not unique in the county (团结村 stands
//! in three townships), so a place is always a township and, where there is one, a village.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use toml::Spanned;

pub use crate::base::TownshipCode;
use crate::base::datafile::{CatalogFault, read_csv, read_toml};
use crate::base::words::words;

words! {
    /// What a township-level unit is.
    TownshipKind {
        Town = "town", "镇";
        YaoTownship = "yao_township", "瑶族乡";
        ForestFarm = "forest_farm", "国有林场";
        SeedFarm = "seed_farm", "国有原种场";
        TeaFarm = "tea_farm", "国有茶场";
    }
}

words! {
    /// What stands below a township.
    VillageKind {
        Village = "village", "行政村";
        Community = "community", "社区";
    }
}

impl TownshipKind {
    /// A township with villages, not one of the five farm and forest units.
    pub const fn is_township(self) -> bool {
        matches!(self, TownshipKind::Town | TownshipKind::YaoTownship)
    }
}

/// A township-level unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Township {
    /// Nine digits.
    pub code: TownshipCode,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: TownshipKind,
    /// Its villages and communities, in the gazette's order; none for farm and forest units.
    pub villages: Vec<Village>,
}

/// A village or community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Village {
    /// Name; unique only within its township.
    pub name: String,
    /// Kind.
    pub kind: VillageKind,
    /// Twelve digits once the county has loaded them; never invented.
    pub code: Option<String>,
}

/// A place a right attaches to: a township-level unit and, where there is one, a village or
/// community. **Invariant**: exists in the divisions it was made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    township: TownshipCode,
    village: Option<String>,
    township_name: String,
}

impl Place {
    /// The township-level unit.
    pub fn township(&self) -> TownshipCode {
        self.township
    }

    /// Its name.
    pub fn township_name(&self) -> &str {
        &self.township_name
    }

    /// The village or community; `None` when the right attaches to the township-level unit.
    pub fn village(&self) -> Option<&str> {
        self.village.as_deref()
    }

    /// `塔峰镇总市村`.
    pub fn zh(&self) -> String {
        format!("{}{}", self.township_name, self.village().unwrap_or_default())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh())
    }
}

/// A place that is not on the county's list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlace {
    /// No township-level unit with this code.
    #[error("本县没有代码或名称为“{0}”的乡镇或农林茶场，请重新选择。")]
    Township(String),
    /// The township is there, the village is not.
    #[error("{township}没有“{village}”，请从该乡镇的村（社区）名单中选择。")]
    Village {
        /// The township's name.
        township: String,
        /// What was asked for.
        village: String,
    },
}

/// The county's townships and villages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divisions {
    /// Six digits.
    pub county_code: String,
    /// The county's name.
    pub county: String,
    /// The prefecture's name.
    pub prefecture: String,
    /// The province's name.
    pub province: String,
    townships: BTreeMap<TownshipCode, Township>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DivisionsFile {
    county_code: String,
    county: String,
    prefecture: String,
    province: String,
    township: Vec<Spanned<TownshipFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TownshipFile {
    code: TownshipCode,
    name: String,
    kind: TownshipKind,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VillageRow {
    township: String,
    village: String,
    code: String,
}

impl Divisions {
    /// Reads `divisions.toml` and `villages.csv`, each given as (name, text).
    ///
    /// # Errors
    /// Every fault found: a code outside the county, a name twice, a village below an unknown
    /// township or below a farm or forest unit.
    pub fn load(units: (&str, &str), villages: (&str, &str)) -> Result<Divisions, Vec<CatalogFault>> {
        let raw: DivisionsFile = read_toml(units.0, units.1).map_err(|f| vec![f])?;
        let rows = read_csv::<VillageRow>(villages.0, villages.1)?;
        let (mut townships, mut faults) = (BTreeMap::new(), Vec::new());
        let mut names = BTreeMap::new();
        for spanned in raw.township {
            let at = spanned.span().start;
            let TownshipFile { code, name, kind } = spanned.into_inner();
            if !code.to_string().starts_with(&raw.county_code) {
                faults.push(CatalogFault::at(units.0, units.1, at, format!("{code} 不属于 {}", raw.county)));
            }
            if names.insert(name.clone(), code).is_some() {
                faults.push(CatalogFault::at(units.0, units.1, at, format!("“{name}”重复")));
            }
            if townships.insert(code, Township { code, name, kind, villages: Vec::new() }).is_some() {
                faults.push(CatalogFault::at(units.0, units.1, at, format!("代码 {code} 重复")));
            }
        }
        for (line, row) in rows {
            let unit = names.get(&row.township).and_then(|code| townships.get_mut(code));
            if let Err(fault) = row.put(unit) {
                faults.push(CatalogFault::line(villages.0, line, fault));
            }
        }
        let DivisionsFile { county_code, county, prefecture, province, .. } = raw;
        let divisions = Divisions { county_code, county, prefecture, province, townships };
        faults.extend(divisions.twice().into_iter().map(|f| CatalogFault::file(villages.0, f)));
        if faults.is_empty() { Ok(divisions) } else { Err(faults) }
    }

    fn twice(&self) -> Vec<String> {
        let mut codes = BTreeSet::new();
        let all = self.townships.values().flat_map(|t| &t.villages).filter_map(|v| v.code.as_ref());
        all.filter(|c| !codes.insert(*c)).map(|c| format!("村级代码 {c} 重复")).collect()
    }

    /// All township-level units, by code.
    pub fn townships(&self) -> impl Iterator<Item = &Township> {
        self.townships.values()
    }

    /// The unit with this code.
    pub fn township(&self, code: TownshipCode) -> Option<&Township> {
        self.townships.get(&code)
    }

    /// The unit with this name.
    pub fn township_named(&self, name: &str) -> Option<&Township> {
        self.townships.values().find(|t| t.name == name)
    }

    /// The place in this township, with this village or community if one is named.
    ///
    /// # Errors
    /// [`NoPlace`] when it is not on the county's list.
    pub fn place(&self, township: TownshipCode, village: Option<&str>) -> Result<Place, NoPlace> {
        let unit = self.township(township).ok_or_else(|| NoPlace::Township(township.to_string()))?;
        if let Some(name) = village
            && !unit.villages.iter().any(|v| v.name == name)
        {
            return Err(NoPlace::Village { township: unit.name.clone(), village: name.to_owned() });
        }
        Ok(Place { township, village: village.map(str::to_owned), township_name: unit.name.clone() })
    }

    /// The same by the township's name.
    ///
    /// # Errors
    /// As [`Divisions::place`].
    pub fn place_named(&self, township: &str, village: Option<&str>) -> Result<Place, NoPlace> {
        let unit = self.township_named(township).ok_or_else(|| NoPlace::Township(township.to_owned()))?;
        self.place(unit.code, village)
    }
}

impl VillageRow {
    fn put(self, unit: Option<&mut Township>) -> Result<(), String> {
        let unit = unit.ok_or_else(|| format!("没有“{}”这个乡镇", self.township))?;
        if !unit.kind.is_township() {
            return Err(format!("{}是{}，不辖村", unit.name, unit.kind));
        }
        if self.village.is_empty() || unit.villages.iter().any(|v| v.name == self.village) {
            return Err(format!("{}的村名“{}”为空或重复", unit.name, self.village));
        }
        let code = Some(self.code).filter(|c| !c.is_empty());
        let starts = unit.code.to_string();
        if code
            .as_ref()
            .is_some_and(|c| c.len() != 12 || !c.bytes().all(|b| b.is_ascii_digit()) || !c.starts_with(&starts))
        {
            return Err(format!("{}的代码应为以 {starts} 开头的十二位数字", self.village));
        }
        let community = self.village.contains("社区");
        let kind = if community { VillageKind::Community } else { VillageKind::Village };
        unit.villages.push(Village { name: self.village, kind, code });
        Ok(())
    }
}

#[cfg(test)]
#[path = "divisions_tests.rs"]
mod tests;
