//! Reads docker-compose.yml the way docker compose does: merges first, then variables.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml_ng::Value;

/// A password as an operator would choose one, for variables without a default.
const FILLED_IN: &str = "Sa1tedPassw0rd";

pub struct Compose(Value);

impl Compose {
    pub fn read() -> Compose {
        let mut value: Value = serde_yaml_ng::from_str(&text()).unwrap();
        value.apply_merge().unwrap();
        Compose(value)
    }

    pub fn services(&self) -> Vec<String> {
        self.0["services"].as_mapping().unwrap().keys().map(|k| k.as_str().unwrap().to_owned()).collect()
    }

    pub fn has(&self, service: &str) -> bool {
        self.services().iter().any(|s| s == service)
    }

    pub fn services_of(&self, image: &str) -> Vec<String> {
        self.services()
            .into_iter()
            .filter(|s| self.0["services"][s.as_str()]["image"].as_str() == Some(image))
            .collect()
    }

    pub fn environment(&self, service: &str) -> BTreeMap<String, String> {
        let map = self.0["services"][service]["environment"].as_mapping().cloned().unwrap_or_default();
        map.iter()
            .map(|(k, v)| (k.as_str().unwrap().to_owned(), filled(v.as_str().unwrap())))
            .filter(|(_, v)| !v.is_empty())
            .collect()
    }

    pub fn command(&self, service: &str) -> Vec<String> {
        strings(&self.0["services"][service]["command"])
    }

    pub fn healthcheck(&self, service: &str) -> Vec<String> {
        strings(&self.0["services"][service]["healthcheck"]["test"])
    }

    pub fn depends_on(&self, service: &str) -> Vec<String> {
        let map = self.0["services"][service]["depends_on"].as_mapping().cloned().unwrap_or_default();
        map.keys().map(|k| k.as_str().unwrap().to_owned()).collect()
    }

    pub fn ports(&self, service: &str) -> Vec<String> {
        strings(&self.0["services"][service]["ports"])
    }

    /// `(from, to)` of every mount.
    pub fn mounts(&self, service: &str) -> Vec<(String, String)> {
        strings(&self.0["services"][service]["volumes"])
            .iter()
            .map(|mount| {
                let mut parts = mount.split(':');
                (parts.next().unwrap().to_owned(), parts.next().unwrap().to_owned())
            })
            .collect()
    }

    pub fn volumes(&self) -> BTreeSet<String> {
        self.0["volumes"].as_mapping().unwrap().keys().map(|k| k.as_str().unwrap().to_owned()).collect()
    }

    pub fn subnet(&self) -> String {
        self.0["networks"]["default"]["ipam"]["config"][0]["subnet"].as_str().unwrap().to_owned()
    }

    /// Names of all `${...}` in the file.
    pub fn variables(&self) -> BTreeSet<String> {
        let text = text();
        text.split("${").skip(1).filter_map(|rest| rest.split(['}', ':']).next()).map(str::to_owned).collect()
    }
}

fn text() -> String {
    std::fs::read_to_string(super::root().join("docker-compose.yml")).unwrap()
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_sequence().map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

/// `${NAME:-default}` becomes its default, `${NAME:?message}` what an operator types.
fn filled(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (inside, after) = after.split_once('}').unwrap();
        out.push_str(before);
        match inside.split_once(":-") {
            Some((_, default)) => out.push_str(default),
            None => out.push_str(FILLED_IN),
        }
        rest = after;
    }
    out + rest
}
