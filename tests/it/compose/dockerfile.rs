//! As much of the Dockerfile language as ours uses.

use std::collections::BTreeMap;

/// Instructions in order, continuation lines joined.
pub struct Dockerfile(Vec<(String, String)>);

impl Dockerfile {
    pub fn read() -> Dockerfile {
        let text = std::fs::read_to_string(super::root().join("Dockerfile")).unwrap();
        let joined = text.replace("\\\n", " ");
        let lines = joined.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
        Dockerfile(
            lines
                .filter_map(|line| line.split_once(' '))
                .map(|(word, rest)| (word.to_owned(), rest.split_whitespace().collect::<Vec<_>>().join(" ")))
                .collect(),
        )
    }

    pub fn all(&self, instruction: &str) -> Vec<String> {
        self.0.iter().filter(|(word, _)| word == instruction).map(|(_, rest)| rest.clone()).collect()
    }

    pub fn last(&self, instruction: &str) -> String {
        self.all(instruction).pop().unwrap_or_else(|| panic!("the Dockerfile has no {instruction}"))
    }

    /// The JSON list of an instruction.
    pub fn list(&self, instruction: &str) -> Vec<String> {
        serde_json::from_str(&self.last(instruction)).unwrap()
    }

    /// What ENV sets in the final image.
    pub fn environment(&self) -> BTreeMap<String, String> {
        let words = self.all("ENV").join(" ");
        words.split(' ').filter_map(|w| w.split_once('=')).map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    }
}
