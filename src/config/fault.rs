//! What is wrong with the settings, all of it at once.

use std::fmt;

/// One setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The environment variable or option at fault.
    pub setting: &'static str,
    /// What is wrong, in Chinese, without a full stop.
    pub problem: String,
    /// What to do about it, in Chinese, without a full stop.
    pub remedy: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}。{}。", self.setting, self.problem, self.remedy)
    }
}

/// Every fault found; empty when the settings are good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    pub(super) fn add(&mut self, setting: &'static str, problem: impl Into<String>, remedy: &'static str) {
        self.0.push(fault(setting, problem, remedy));
    }

    pub(super) fn keep<T>(&mut self, checked: Result<T, Fault>) -> Option<T> {
        checked.map_err(|fault| self.0.push(fault)).ok()
    }

    pub(super) fn keep_all<T>(&mut self, checked: Result<T, Faults>) -> Option<T> {
        checked.map_err(|faults| self.0.extend(faults.0)).ok()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "设置有误，程序没有启动：")?;
        for fault in &self.0 {
            writeln!(f, "  · {fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

pub(super) fn fault(setting: &'static str, problem: impl Into<String>, remedy: &'static str) -> Fault {
    Fault { setting, problem: problem.into(), remedy }
}
