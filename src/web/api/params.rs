//! Parameters of the interface: one table says what each may be; reading them, refusing them and
//! describing them in openapi.json all use it.

use serde_json::{Map, Value, json};

use super::problem::ApiError;
use crate::domain::base::text;
use crate::domain::base::{Area, Fen};
use crate::web::typed::Typed;

/// What a parameter may be.
#[derive(Clone, Copy)]
pub enum Kind {
    /// A whole number within bounds.
    Whole(i64, i64),
    /// One of a closed list: stable names with their Chinese words. Either is understood.
    One(fn() -> Vec<(&'static str, &'static str)>),
    /// Several of a closed list, separated by commas.
    Some(fn() -> Vec<(&'static str, &'static str)>),
    /// Text of at most so many characters.
    Text(usize),
    /// Yuan with at most two decimals.
    Money,
    /// 亩 with at most four decimals.
    Area,
}

/// A parameter.
#[derive(Clone, Copy)]
pub struct Param {
    /// Its name in the address.
    pub name: &'static str,
    /// What it is.
    pub zh: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// Whether it must be given.
    pub needed: bool,
}

impl Param {
    /// A parameter that may be left out.
    pub const fn new(name: &'static str, zh: &'static str, kind: Kind) -> Param {
        Param { name, zh, kind, needed: false }
    }

    /// A parameter that must be given.
    pub const fn needed(name: &'static str, zh: &'static str, kind: Kind) -> Param {
        Param { name, zh, kind, needed: true }
    }

    /// The schema of its value.
    pub fn schema(&self) -> Value {
        let names = |list: fn() -> Vec<(&'static str, &'static str)>| -> Vec<&'static str> {
            list().into_iter().map(|(name, _)| name).collect()
        };
        match self.kind {
            Kind::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
            Kind::One(list) => json!({ "type": "string", "enum": names(list) }),
            Kind::Some(list) => json!({ "type": "array", "items": { "type": "string", "enum": names(list) } }),
            Kind::Text(most) => json!({ "type": "string", "maxLength": most }),
            Kind::Money => json!({ "type": "string", "pattern": r"^\d{1,12}(\.\d{1,2})?$" }),
            Kind::Area => json!({ "type": "string", "pattern": r"^\d{1,10}(\.\d{1,4})?$" }),
        }
    }

    /// The parameter object of openapi.
    pub fn describe(&self) -> Value {
        let mut all = json!({
            "name": self.name, "in": "query", "required": self.needed, "description": self.zh, "schema": self.schema(),
        });
        if matches!(self.kind, Kind::Some(_)) {
            all["style"] = json!("form");
            all["explode"] = json!(false);
        }
        all
    }

    /// The value in its stored form, or what is wrong with it.
    fn read(&self, typed: &str) -> Result<Value, String> {
        match self.kind {
            Kind::Whole(least, most) => match text::half_width_digits(typed).parse::<i64>() {
                Ok(n) if (least..=most).contains(&n) => Ok(json!(n)),
                Ok(_) | Err(_) => Err(format!("应为 {least} 到 {most} 之间的整数")),
            },
            Kind::One(list) => Ok(json!(one(typed, &list())?)),
            Kind::Some(list) => {
                let list = list();
                let each = typed.split(',').map(|part| one(part.trim(), &list));
                Ok(json!(each.collect::<Result<Vec<_>, _>>()?))
            }
            Kind::Text(most) => text::line(typed, most).map(Value::String).map_err(|e| e.zh()),
            Kind::Money => Fen::parse(typed).map(|fen| json!(fen.0)).map_err(|e| e.zh().to_owned()),
            Kind::Area => Area::parse(typed).map(|area| json!(area.0)).map_err(str::to_owned),
        }
    }
}

fn one(typed: &str, list: &[(&'static str, &'static str)]) -> Result<&'static str, String> {
    let found = list.iter().find(|(name, zh)| *name == typed || *zh == typed);
    found.map(|(name, _)| *name).ok_or_else(|| {
        let names: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
        format!("不在可选的值之列：{}", names.join("、"))
    })
}

/// Parameters that were given, each checked.
#[derive(Clone, Debug, Default)]
pub struct Given(Map<String, Value>);

impl Given {
    /// Reads a query string by a table. Faults are told all at once: a value that cannot be, a
    /// parameter given twice, and one that does not exist, because ignoring it would answer
    /// another question than was asked.
    pub fn read(query: &str, table: &[Param]) -> Result<Given, ApiError> {
        let typed = Typed::parse(query.as_bytes());
        let (mut given, mut faults) = (Map::new(), Vec::new());
        for (name, value) in typed.iter() {
            // Told once, however often it was given.
            if faults.iter().any(|(told, _)| told == name) {
                continue;
            }
            let Some(param) = table.iter().find(|p| p.name == name) else {
                let known: Vec<&str> = table.iter().map(|p| p.name).collect();
                let known = if known.is_empty() { "没有参数".to_owned() } else { known.join("、") };
                faults.push((name.to_owned(), format!("没有这个参数。可用的参数：{known}")));
                continue;
            };
            if typed.all(name).len() > 1 {
                faults.push((name.to_owned(), "这个参数给了不止一次".to_owned()));
                continue;
            }
            if value.trim().is_empty() {
                continue;
            }
            match param.read(value.trim()) {
                Ok(value) => drop(given.insert(name.to_owned(), value)),
                Err(message) => faults.push((name.to_owned(), message)),
            }
        }
        for param in table.iter().filter(|p| p.needed) {
            if !given.contains_key(param.name) && !faults.iter().any(|(name, _)| name == param.name) {
                faults.push((param.name.to_owned(), "必须给出".to_owned()));
            }
        }
        if faults.is_empty() { Ok(Given(given)) } else { Err(ApiError::Parameters(faults)) }
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Value::as_i64)
    }

    /// An index or size.
    pub fn index(&self, name: &str) -> Option<u64> {
        self.number(name).and_then(|n| u64::try_from(n).ok())
    }

    /// A text or the stable name of a word.
    pub fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).and_then(Value::as_str).map(str::to_owned)
    }

    /// The stable names of several words.
    pub fn several(&self, name: &str) -> Vec<String> {
        let all = self.0.get(name).and_then(Value::as_array);
        all.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Refuses a lower bound above its upper bound.
    pub fn range(&self, lowest: &str, highest: &str) -> Result<(Option<i64>, Option<i64>), ApiError> {
        let (low, high) = (self.number(lowest), self.number(highest));
        match (low, high) {
            (Some(l), Some(h)) if l > h => Err(ApiError::parameter(lowest, format!("下限大于上限 {highest}"))),
            both => Ok(both),
        }
    }
}
