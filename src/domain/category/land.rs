//! Kinds of land and water: what decides grades, benchmark prices and planned-use rules.

use serde::{Deserialize, Serialize};

use crate::base::words::words;

words! {
    /// What the ground is (地类), as far as this market's rules ask.
    LandKind {
        Paddy = "paddy", "水田";
        DryLand = "dry_land", "旱地";
        Orchard = "orchard", "园地";
        Forest = "forest", "林地";
        Grass = "grass", "草地";
        Water = "water", "养殖水面";
        Waste = "waste", "四荒地";
        Facility = "facility", "设施农用地";
        Irrigation = "irrigation", "农田水利用地";
        Construction = "construction", "集体经营性建设用地";
        Homestead = "homestead", "宅基地";
        OtherLand = "other_land", "其他土地";
    }
}

/// Where a variety's kind of land comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LandSource {
    /// Every object of the variety is of this kind.
    #[serde(rename = "kind")]
    Fixed(LandKind),
    /// A choice field of this key says it; its choices are [`LandKind`] names.
    #[serde(rename = "field")]
    Field(String),
}
