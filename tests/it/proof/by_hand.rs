//! Rows as somebody with the database's password changes them: any column of any table, on both engines.

use std::collections::BTreeMap;

use crate::store_contract::engine::Engine;
use crate::store_contract::schema::actual;

/// A column as the engine has it.
pub struct Column {
    pub name: String,
    pub kind: String,
    pub nullable: bool,
}

/// The tables of a live database with their columns, and a way to change them.
pub struct Hand {
    pub engine: Engine,
    pub tables: BTreeMap<String, Vec<Column>>,
}

/// A change of one column of one row.
pub struct Way {
    pub table: String,
    column: String,
    key: Vec<String>,
    before: String,
    others: Vec<String>,
}

/// A change that was made, in words, and how it is undone.
pub struct Taken {
    pub told: String,
    undo: String,
}

/// A value as a literal: NULL, or quoted text, which both engines take for every type of ours.
pub fn literal(value: Option<&str>) -> String {
    value.map_or_else(|| "NULL".to_owned(), |v| format!("'{}'", v.replace('\'', "''")))
}

/// The words that a CHECK of the schema allows for a column of this name.
fn allowed(column: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let texts = std::fs::read_dir(folder).unwrap().filter_map(|entry| {
        let file = entry.unwrap().path().join("up.sql");
        std::fs::read_to_string(file).ok()
    });
    let text: String = texts.collect();
    let opening = format!(" CHECK ({column} IN (");
    let lists = text.split(&opening).skip(1);
    lists.flat_map(|rest| rest.split(')').next().unwrap_or_default().split(", ").map(str::to_owned)).collect()
}

/// Another value of the same kind, close by.
fn near(kind: &str, value: &str) -> String {
    let turned = |at: usize| {
        let mut bytes = value.as_bytes().to_vec();
        bytes[at] = match bytes[at] {
            b'9' => b'0',
            digit @ b'0'..=b'8' => digit + 1,
            b'a' => b'b',
            _ => b'a',
        };
        String::from_utf8(bytes).unwrap()
    };
    match kind {
        "BigInt" => (value.parse::<i64>().unwrap() + 1).to_string(),
        // Both engines take these for yes and no.
        "Bool" => if matches!(value, "1" | "t" | "true") { "0" } else { "1" }.to_owned(),
        // The last second.
        "Timestamp" => turned(18),
        "Binary" | "Text" => match value.rfind(|c: char| c.is_ascii_alphanumeric()) {
            Some(at) => turned(at),
            None => format!("{value}1"),
        },
        other => panic!("{other}"),
    }
}

impl Hand {
    pub fn on(engine: Engine) -> Hand {
        let mut engine = engine;
        engine.without_guards();
        let tables = actual(&mut engine);
        let column = |(name, kind, nullable)| Column { name, kind, nullable };
        let tables = tables.into_iter().map(|(table, all)| (table, all.into_iter().map(column).collect())).collect();
        Hand { engine, tables }
    }

    pub fn count(&mut self, table: &str) -> usize {
        self.engine.values(&format!("SELECT CAST(count(*) AS TEXT) AS value FROM {table}"))[0].parse().unwrap()
    }

    /// The two columns that name a row of a table.
    fn key(&self, table: &str) -> Vec<&str> {
        self.tables[table].iter().filter(|c| !c.nullable).take(2).map(|c| c.name.as_str()).collect()
    }

    /// A row in which this column stands with a value, if there is one: its place, and the value.
    fn row(&mut self, table: &str, column: &str) -> (Vec<String>, Option<String>) {
        let cells: Vec<String> = self.key(table).iter().map(|k| format!("CAST({k} AS TEXT)")).collect();
        let order = format!("CASE WHEN {column} IS NULL THEN 1 ELSE 0 END, {}", self.key(table).join(", "));
        let one = |what: &str| format!("SELECT {what} AS value FROM {table} ORDER BY {order} LIMIT 1");
        let key = cells.iter().map(|cell| self.engine.values(&one(cell)).remove(0)).collect();
        let stands = self.engine.values(&format!(
            "SELECT CAST({column} AS TEXT) AS value FROM {table} WHERE {column} IS NOT NULL ORDER BY {order} LIMIT 1"
        ));
        (key, stands.into_iter().next())
    }

    /// Where a row stands, with one value of its key perhaps changed.
    fn at(&self, table: &str, key: &[String], changed: Option<(&str, &str)>) -> String {
        let names = self.key(table);
        let own = |(name, value): (&&str, &String)| {
            let now = changed.filter(|(c, _)| c == name).map_or(value.as_str(), |(_, v)| v);
            format!("CAST({name} AS TEXT) = {}", literal(Some(now)))
        };
        names.iter().zip(key).map(own).collect::<Vec<_>>().join(" AND ")
    }

    /// What a column of this row may be changed to: values close by, others of the table, what a CHECK allows, and
    /// nothing where it may be nothing.
    fn others(&mut self, table: &str, column: &Column, value: Option<&str>) -> Vec<String> {
        let name = &column.name;
        let mut others: Vec<String> = match value {
            Some(value) => vec![literal(Some(&near(&column.kind, value)))],
            None => Vec::new(),
        };
        let seen = self.engine.values(&format!(
            "SELECT DISTINCT CAST({name} AS TEXT) AS value FROM {table} WHERE {name} IS NOT NULL LIMIT 5"
        ));
        others.extend(seen.iter().map(|v| literal(Some(v))));
        others.extend(allowed(name));
        if value.is_none() {
            let any = match column.kind.as_str() {
                "BigInt" => "7",
                "Bool" => "'1'",
                "Timestamp" => "'2026-03-05 01:02:03'",
                _ => "'x'",
            };
            others.push(any.to_owned());
        }
        others.retain(|o| *o != literal(value));
        others
    }

    /// The ways that count in which a column of one row may be changed: another value, and nothing.
    pub fn ways(&mut self, table: &str, at: usize) -> Vec<Way> {
        let Column { name, kind, nullable } = &self.tables[table][at];
        let column = Column { name: name.clone(), kind: kind.clone(), nullable: *nullable };
        let (key, value) = self.row(table, &column.name);
        let mut all = vec![self.others(table, &column, value.as_deref())];
        if column.nullable && value.is_some() {
            all.push(vec!["NULL".to_owned()]);
        }
        let before = literal(value.as_deref());
        let way = |others| Way {
            table: table.to_owned(),
            column: column.name.clone(),
            key: key.clone(),
            before: before.clone(),
            others,
        };
        all.into_iter().map(way).collect()
    }

    /// Takes a way: a CHECK or UNIQUE refuses some values; the first that the engine takes is what somebody would
    /// do. Tells what was done; nothing when there is no such value.
    pub fn take(&mut self, way: &Way) -> Option<Taken> {
        let Way { table, column, key, .. } = way;
        let place = self.at(table, key, None);
        let set = |value: &str, place: &str| format!("UPDATE {table} SET {column} = {value} WHERE {place}");
        let taken = way.others.iter().find(|other| self.engine.run(&set(other, &place)).is_ok())?;
        let bare = taken.trim_matches('\'').replace("''", "'");
        let place = self.at(table, key, Some((column, &bare)));
        Some(Taken { told: format!("{table}.{column} = {taken}"), undo: set(&way.before, &place) })
    }

    /// Puts back what was changed.
    pub fn undo(&mut self, taken: &Taken) {
        self.must(&taken.undo);
    }

    fn must(&mut self, sql: &str) {
        self.engine.run(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    }

    /// Takes the first row and the last row of a table away, tells `see`, and puts them back.
    pub fn take_away(&mut self, table: &str, see: &mut impl FnMut(&str)) {
        for (which, direction) in [("first", "ASC"), ("last", "DESC")] {
            let order: Vec<String> = self.key(table).iter().map(|k| format!("{k} {direction}")).collect();
            let order = order.join(", ");
            self.must(&format!("CREATE TABLE by_hand AS SELECT * FROM {table} ORDER BY {order} LIMIT 1"));
            let key = self.key(table).join(", ");
            self.must(&format!("DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM by_hand)"));
            see(&format!("the {which} row of {table} taken away"));
            self.must(&format!("INSERT INTO {table} SELECT * FROM by_hand; DROP TABLE by_hand"));
        }
    }

    /// Adds a copy of the last row of a table with these changes, tells `see`, and takes it away.
    pub fn forge(&mut self, table: &str, changes: &str, see: &mut impl FnMut(&str)) {
        let order: Vec<String> = self.key(table).iter().map(|k| format!("{k} DESC")).collect();
        let order = order.join(", ");
        self.must(&format!("CREATE TABLE by_hand AS SELECT * FROM {table} ORDER BY {order} LIMIT 1"));
        self.must(&format!("UPDATE by_hand SET {changes}"));
        self.must(&format!("INSERT INTO {table} SELECT * FROM by_hand"));
        see(&format!("a row of {table} added"));
        let key = self.key(table).join(", ");
        self.must(&format!("DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM by_hand); DROP TABLE by_hand"));
    }

    /// Lets two rows of a table change what they are named by, tells `see`, and changes it back.
    pub fn swap(&mut self, table: &str, column: &str, see: &mut impl FnMut(&str)) {
        let named = self
            .engine
            .values(&format!("SELECT DISTINCT CAST({column} AS TEXT) AS value FROM {table} ORDER BY value LIMIT 2"));
        let [a, b] = &named[..] else { panic!("{table} has no two rows: {named:?}") };
        let between = if a.parse::<i64>().is_ok() { "1000000" } else { "between" };
        let exchange: Vec<String> = [(a.as_str(), between), (b.as_str(), a.as_str()), (between, b.as_str())]
            .iter()
            .map(|(from, to)| format!("UPDATE {table} SET {column} = '{to}' WHERE CAST({column} AS TEXT) = '{from}'"))
            .collect();
        let exchange = exchange.join("; ");
        self.must(&exchange);
        see(&format!("rows {a} and {b} of {table} in each other's place"));
        self.must(&exchange);
    }
}
