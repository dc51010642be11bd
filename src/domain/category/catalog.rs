//! All varieties, by code.

use std::collections::BTreeMap;

use super::code::VarietyCode;
use super::variety::Variety;
use super::{check, file};
use crate::base::datafile::CatalogFault;

/// The catalogue: every variety on file. Cannot be built from files that contradict themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    varieties: BTreeMap<VarietyCode, Variety>,
}

impl Catalog {
    /// Reads the variety files, each given as (name, text).
    ///
    /// # Errors
    /// Every fault found, with file and line.
    pub fn load<N: AsRef<str>, T: AsRef<str>>(
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Catalog, Vec<CatalogFault>> {
        let mut varieties = BTreeMap::new();
        let mut faults = Vec::new();
        for (name, text) in files {
            let (name, text) = (name.as_ref(), text.as_ref());
            match file::read(name, text) {
                Ok(read) => {
                    faults.extend(check::check(name, text, &read));
                    let code = read.variety.code;
                    if varieties.insert(code, read.variety).is_some() {
                        faults.push(CatalogFault::at(
                            name,
                            text,
                            read.at.code,
                            format!("品种编码 {code} 已在别的文件中使用"),
                        ));
                    }
                }
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(Catalog { varieties }) } else { Err(faults) }
    }

    /// The variety with this code, enabled or not (old lots keep theirs).
    pub fn get(&self, code: VarietyCode) -> Option<&Variety> {
        self.varieties.get(&code)
    }

    /// Those for which new applications may be made, by code.
    pub fn enabled(&self) -> impl Iterator<Item = &Variety> {
        self.varieties.values().filter(|v| v.enabled)
    }

    /// All of them, by code.
    pub fn all(&self) -> impl Iterator<Item = &Variety> {
        self.varieties.values()
    }
}
