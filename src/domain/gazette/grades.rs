//! Land grades of villages (蓝政发〔2022〕10号, annex 1, tables 3 to 5).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::divisions::{Divisions, Place, TownshipCode};
use crate::base::datafile::{CatalogFault, read_csv};
use crate::base::words::words;
use crate::category::LandKind;

words! {
    /// Land as the gazette grades it.
    GradedLand {
        Arable = "耕地", "耕地";
        Orchard = "园地", "园地";
        Forest = "林地", "林地";
    }
}

words! {
    /// A grade; the first is the best.
    Grade {
        First = "1", "一级";
        Second = "2", "二级";
        Third = "3", "三级";
    }
}

impl GradedLand {
    /// The grading a kind of land falls under; `None` when the gazette does not grade it.
    pub const fn of(kind: LandKind) -> Option<GradedLand> {
        match kind {
            LandKind::Paddy | LandKind::DryLand => Some(GradedLand::Arable),
            LandKind::Orchard => Some(GradedLand::Orchard),
            LandKind::Forest => Some(GradedLand::Forest),
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

/// The grade of every village for arable land, orchards and forest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grades(BTreeMap<(TownshipCode, String), BTreeMap<GradedLand, Grade>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    township: String,
    village: String,
    land_type: GradedLand,
    grade: String,
}

impl Grades {
    /// Reads `land_grades.csv`.
    ///
    /// # Errors
    /// Every fault: an unknown village or grade, a line twice, a village that lacks a grade.
    pub fn load(file: &str, text: &str, divisions: &Divisions) -> Result<Grades, Vec<CatalogFault>> {
        let mut grades: BTreeMap<_, BTreeMap<GradedLand, Grade>> = BTreeMap::new();
        let mut faults = Vec::new();
        for (line, row) in read_csv::<Row>(file, text)? {
            let place = divisions.place_named(&row.township, Some(&row.village));
            let (place, grade) = match (place, row.grade.parse()) {
                (Ok(place), Ok(grade)) => (place, grade),
                (Err(e), _) => {
                    faults.push(CatalogFault::line(file, line, e.to_string()));
                    continue;
                }
                (_, Err(_)) => {
                    faults.push(CatalogFault::line(file, line, "级别只能是 1、2、3"));
                    continue;
                }
            };
            let village = grades.entry((place.township(), row.village)).or_default();
            if village.insert(row.land_type, grade).is_some() {
                faults.push(CatalogFault::line(file, line, format!("{place}的{}级别重复", row.land_type)));
            }
        }
        for unit in divisions.townships() {
            for village in &unit.villages {
                let count = grades.get(&(unit.code, village.name.clone())).map_or(0, BTreeMap::len);
                if count != GradedLand::ALL.len() {
                    faults.push(CatalogFault::file(file, format!("{}{}缺少级别", unit.name, village.name)));
                }
            }
        }
        if faults.is_empty() { Ok(Grades(grades)) } else { Err(faults) }
    }

    /// The grade of a place; `None` without a village.
    pub fn get(&self, place: &Place, land: GradedLand) -> Option<Grade> {
        let village = place.village()?.to_owned();
        self.0.get(&(place.township(), village))?.get(&land).copied()
    }

    /// How many grades are on file.
    pub fn count(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }
}
