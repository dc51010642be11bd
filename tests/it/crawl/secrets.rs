//! What no public answer may hold: every number, telephone and account that lies sealed in the county's database,
//! and the full name of every natural person.

use std::collections::BTreeMap;

use nongquan::crypto::seal::Aad;

use crate::store_contract::engine::Engine;
use crate::support::{Answer, World, outside};

/// Sealed columns: table, column, and which rows. The credit code of an organisation is public.
const SEALED: [(&str, &str, &str); 11] = [
    ("parties", "id_sealed", "kind = 'person'"),
    ("parties", "phone_sealed", "1 = 1"),
    ("parties", "bank_sealed", "1 = 1"),
    ("accounts", "address_sealed", "1 = 1"),
    ("bank_lines", "account_sealed", "1 = 1"),
    ("refunds", "payee_account_sealed", "1 = 1"),
    ("objections", "contact_sealed", "1 = 1"),
    ("outbox", "address_sealed", "address_sealed <> ''"),
    ("outbox", "body_sealed", "body_sealed <> ''"),
    ("corrections", "before_sealed", "1 = 1"),
    ("corrections", "after_sealed", "1 = 1"),
];

/// Columns with the names of natural persons.
const NAMES: [(&str, &str, &str); 2] = [("parties", "name", "kind = 'person'"), ("objections", "name", "1 = 1")];

/// Pages of the demonstration alone: who one can log in as, and the messages of everybody.
const DEMONSTRATION: [&str; 2] = ["/demo", "/demo/outbox"];

/// The secrets of a county, and where they were told.
pub struct Secrets {
    /// Each with what it is.
    all: BTreeMap<String, String>,
    looked: usize,
    told: Vec<String>,
}

impl Secrets {
    /// Unseals everything.
    pub fn of(world: &World) -> Secrets {
        let mut engine = Engine::connect(world.place());
        assert_eq!(sealed_columns(), SEALED.map(|(table, column, _)| format!("{table}.{column}")).to_vec());
        let mut all = BTreeMap::new();
        let sealer = world.app.keys.sealer();
        for (table, column, which) in SEALED {
            let sql = format!("SELECT id || ' ' || {column} AS value FROM {table} WHERE {which}");
            for row in engine.values(&sql) {
                let (row, blob) = row.split_once(' ').expect("an id and a blob");
                let text = sealer.open_text(&Aad { table, column, row }, blob).expect("our own seal");
                // Bank and account, or an address in words with a telephone in it.
                let parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| part.len() >= 7);
                // A message names the account it is for, a correction its fields; what they hide has figures.
                let worded = column == "body_sealed" || table == "corrections";
                let hidden = |part: &&str| !worded || part.bytes().any(|b| b.is_ascii_digit());
                all.extend(parts.filter(hidden).map(|part| (part.to_owned(), format!("{table}.{column}"))));
            }
        }
        let numbers = all.len();
        for (table, column, which) in NAMES {
            let names = engine.values(&format!("SELECT {column} AS value FROM {table} WHERE {which}"));
            all.extend(names.into_iter().map(|name| (name, format!("{table}.{column}"))));
        }
        assert!(numbers > 150 && all.len() > numbers + 25, "{numbers} numbers, {} secrets", all.len());
        Secrets { all, looked: 0, told: Vec::new() }
    }

    /// Looks through what a visitor was answered.
    pub fn look(&mut self, path: &str, answer: &Answer) {
        if DEMONSTRATION.contains(&path) || path.starts_with("/assets/") {
            return;
        }
        self.looked += 1;
        let text: String = words(answer).chars().filter(|c| !c.is_whitespace()).collect();
        for (secret, what) in self.all.iter().filter(|(secret, _)| text.contains(secret.as_str())) {
            self.told.push(format!("{path} tells {secret} ({what}) to everybody"));
        }
    }

    /// What was told.
    pub fn told(self) -> Vec<String> {
        assert!(self.looked > 150, "only {} answers were looked through", self.looked);
        self.told
    }
}

/// What an answer says: the text of a PDF, everything else as it is.
fn words(answer: &Answer) -> String {
    if answer.media_type.starts_with("application/pdf") {
        // `make test` names the missing component; the rest of the answers is looked through all the same.
        return outside::pdf_text(&answer.bytes).unwrap_or_default();
    }
    answer.body.clone()
}

/// Sealed columns as the migrations make them, in their order.
fn sealed_columns() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let all = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path().join("up.sql"));
    let mut files: Vec<_> = all.filter(|file| file.is_file()).collect();
    files.sort();
    let text: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let (mut table, mut found) = (String::new(), Vec::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            table = name.split([' ', '(']).next().unwrap_or_default().to_owned();
        }
        // A table that an older migration made and a later one widened.
        let added = line.strip_prefix("ALTER TABLE ").and_then(|rest| rest.split_once(" ADD COLUMN "));
        if let Some((name, _)) = added {
            table = name.to_owned();
        }
        let column = added.map_or(line, |(_, column)| column).split_whitespace().next().unwrap_or_default();
        if column.ends_with("_sealed") {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}
