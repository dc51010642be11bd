//! Reading, overriding and freezing the settings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Deref;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use toml::Spanned;

use super::law;
use super::rules::Settings;
use super::setting::{SettingFile, SettingMeta, Values};
use crate::base::Day;
use crate::base::datafile::{CatalogFault, read_toml};

/// The settings in force, with what stands around each of them.
///
/// Reads like its groups: `rules.bid.free_minutes`. **Invariant**: every value is within
/// its floor and cap and within the law's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    settings: Settings,
    meta: BTreeMap<&'static str, SettingMeta>,
    demo: bool,
}

/// A value that is refused, by key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFault {
    /// `group.key`.
    pub key: String,
    /// What is wrong.
    pub fault: String,
}

impl fmt::Display for RuleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.key, self.fault)
    }
}

impl Deref for Rules {
    type Target = Settings;
    fn deref(&self) -> &Settings {
        &self.settings
    }
}

type Groups = BTreeMap<String, BTreeMap<String, Spanned<SettingFile>>>;

struct RulesFile {
    /// Holds for every key that names no day of its own.
    effective_from: Day,
    groups: Groups,
}

/// By hand, because serde's `flatten` would lose the lines.
impl<'de> Deserialize<'de> for RulesFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct File;
        impl<'de> Visitor<'de> for File {
            type Value = RulesFile;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("[group.key]")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RulesFile, A::Error> {
                let (mut from, mut groups) = (None, Groups::new());
                while let Some(key) = map.next_key::<String>()? {
                    if key == "effective_from" {
                        from = Some(map.next_value()?);
                    } else {
                        groups.insert(key, map.next_value()?);
                    }
                }
                let effective_from = from.ok_or_else(|| A::Error::missing_field("effective_from"))?;
                Ok(RulesFile { effective_from, groups })
            }
        }
        deserializer.deserialize_map(File)
    }
}

/// Keys that came after notices had been published without them.
const LATER: [&str; 10] = [
    "cal.open_time",
    "contract.filing_d",
    "contract.intention_d",
    "contract.notice_d",
    "contract.return_d",
    "contract.late_delivery_permyriad",
    "contract.late_payment_permyriad",
    "contract.late_return_permille",
    "contract.rescission_d",
    "handover.register_wd",
];

impl Rules {
    /// The keys whose value holds only from a day after `day`. The file keeps one value a key, so
    /// such a file is for later: with it nothing may run on `day`.
    pub fn not_yet(&self, day: Day) -> Vec<(&'static str, Day)> {
        let later = self.meta.iter().filter(|(_, meta)| meta.effective_from > day);
        later.map(|(key, meta)| (*key, meta.effective_from)).collect()
    }

    /// Reads `rules.toml`.
    ///
    /// # Errors
    /// Every fault found, with the line of its key.
    pub fn load(file: &str, text: &str) -> Result<Rules, Vec<CatalogFault>> {
        let raw: RulesFile = read_toml(file, text).map_err(|f| vec![f])?;
        let from = raw.effective_from;
        let (mut values, mut meta, mut lines) = (Values::new(), BTreeMap::new(), BTreeMap::new());
        let mut faults = Vec::new();
        for (group, keys) in raw.groups {
            for (key, entry) in keys {
                let key = format!("{group}.{key}");
                let at = entry.span().start;
                let Some(known) = Settings::KEYS.iter().find(|k| **k == key) else {
                    faults.push(CatalogFault::at(file, text, at, format!("没有“{key}”这一项设置")));
                    continue;
                };
                let setting = entry.into_inner();
                values.insert(key.clone(), setting.value.clone());
                meta.insert(*known, setting.meta(from));
                lines.insert(key, at);
            }
        }
        let fault = |key: &str, fault: String| match lines.get(key) {
            Some(at) => CatalogFault::at(file, text, *at, format!("{key}：{fault}")),
            None => CatalogFault::file(file, format!("{key}：{fault}")),
        };
        faults.extend(outside(&values, &meta).into_iter().map(|f| fault(&f.key, f.fault)));
        match Settings::build(&values) {
            Ok(settings) if faults.is_empty() => Ok(Rules { settings, meta, demo: false }),
            Ok(_) => Err(faults),
            Err(wrong) => Err(faults.into_iter().chain(wrong.into_iter().map(|(k, f)| fault(&k, f))).collect()),
        }
    }

    /// The same rules with these values instead, as an administrator entered them under
    /// four eyes; what was 待确认 is confirmed by that.
    ///
    /// # Errors
    /// Every value that is of the wrong kind or outside its floor, cap or the law.
    pub fn with(&self, overrides: &BTreeMap<String, Json>) -> Result<Rules, Vec<RuleFault>> {
        let mut values: Values = self.settings.values().into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        let mut meta = self.meta.clone();
        let mut faults = Vec::new();
        for (key, value) in overrides {
            match meta.get_mut(key.as_str()) {
                Some(m) => {
                    m.unconfirmed = false;
                    values.insert(key.clone(), value.clone());
                }
                None => faults.push(RuleFault { key: key.clone(), fault: "没有这一项设置".into() }),
            }
        }
        faults.extend(outside(&values, &meta));
        match Settings::build(&values) {
            Ok(settings) if faults.is_empty() => Ok(Rules { settings, meta, demo: self.demo }),
            Ok(_) => Err(faults),
            Err(wrong) => {
                faults.extend(wrong.into_iter().map(|(key, fault)| RuleFault { key, fault }));
                Err(faults)
            }
        }
    }

    /// The rules of the demo county: sessions of three minutes and sixty seconds, and the
    /// sample fee table. Everything frozen from them is marked 演示.
    #[must_use]
    pub fn for_demo(mut self) -> Rules {
        self.settings.bid.free_minutes = 3;
        self.settings.bid.limited_seconds = 60;
        self.settings.fee.table = "heshan_2022".to_owned();
        if let Some(meta) = self.meta.get_mut("bid.free_minutes") {
            meta.floor = Some(3);
        }
        for key in ["bid.free_minutes", "bid.limited_seconds", "fee.table"] {
            if let Some(meta) = self.meta.get_mut(key) {
                meta.label.push_str("（演示）");
            }
        }
        self.demo = true;
        self
    }

    /// Whether these are the demo county's rules; pages then show 演示.
    pub fn is_demo(&self) -> bool {
        self.demo
    }

    /// What stands around a key; `None` for a key there is not.
    pub fn meta(&self, key: &str) -> Option<&SettingMeta> {
        self.meta.get(key)
    }

    /// Every key with its value and what stands around it, in the order of appendix A.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, Json, &SettingMeta)> {
        self.settings.values().into_iter().filter_map(|(key, value)| Some((key, value, self.meta.get(key)?)))
    }

    /// The keys that still wait for the county's word.
    pub fn unconfirmed(&self) -> Vec<&'static str> {
        Settings::KEYS.iter().copied().filter(|k| self.meta.get(k).is_some_and(|m| m.unconfirmed)).collect()
    }

    /// The values as one canonical line (sorted keys, no spaces), for hashing and freezing.
    pub fn canonical_json(&self) -> String {
        let values: BTreeMap<&str, Json> = self.settings.values().into_iter().collect();
        // Strings, numbers and lists of them always serialise.
        serde_json::to_string(&(BTreeMap::from([("demo", self.demo)]), values)).unwrap_or_default()
    }

    /// Reads a frozen snapshot back, with today's words around the values. The values stand
    /// as they were frozen even if a floor or cap has moved since. A key that did not exist when it was
    /// frozen has today's value.
    ///
    /// # Errors
    /// A snapshot that is no canonical line, or lacks a key that it should have.
    pub fn from_snapshot(&self, canonical: &str) -> Result<Rules, Vec<RuleFault>> {
        let fault = |key: &str, fault: String| RuleFault { key: key.to_owned(), fault };
        let (marks, mut values): (BTreeMap<String, bool>, Values) =
            serde_json::from_str(canonical).map_err(|e| vec![fault("", format!("规则快照无法读取（{e}）"))])?;
        let known: BTreeSet<&str> = Settings::KEYS.iter().copied().collect();
        let extra: Vec<_> = values.keys().filter(|k| !known.contains(k.as_str())).collect();
        if !extra.is_empty() {
            return Err(extra.into_iter().map(|k| fault(k, "没有这一项设置".into())).collect());
        }
        for (key, value) in self.settings.values().into_iter().filter(|(key, _)| LATER.contains(key)) {
            values.entry(key.to_owned()).or_insert(value);
        }
        let settings = Settings::build(&values)
            .map_err(|wrong| wrong.into_iter().map(|(k, f)| fault(&k, f)).collect::<Vec<_>>())?;
        Ok(Rules { settings, meta: self.meta.clone(), demo: marks.get("demo").copied().unwrap_or(false) })
    }
}

impl SettingFile {
    fn meta(&self, from: Day) -> SettingMeta {
        SettingMeta {
            label: self.label.clone(),
            unit: self.unit.clone(),
            floor: self.floor,
            cap: self.cap,
            effective_from: self.effective_from.unwrap_or(from),
            citation: self.citation.clone(),
            unconfirmed: self.unconfirmed,
        }
    }
}

/// Every number outside its floor, cap or the law's limit.
fn outside(values: &Values, meta: &BTreeMap<&'static str, SettingMeta>) -> Vec<RuleFault> {
    let mut faults = Vec::new();
    for (key, value) in values {
        let (Some(n), Some(m)) = (value.as_i64(), meta.get(key.as_str())) else { continue };
        let mut say = |fault: String| faults.push(RuleFault { key: key.clone(), fault });
        match (m.floor, m.cap) {
            (Some(floor), _) if n < floor => say(format!("{n} 低于下限 {floor}{}（{}）", m.unit, m.citation)),
            (_, Some(cap)) if n > cap => say(format!("{n} 高于上限 {cap}{}（{}）", m.unit, m.citation)),
            _ => {}
        }
        if let Some(fault) = law::broken(key, n) {
            say(fault);
        }
    }
    faults
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
