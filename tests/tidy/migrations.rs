//! Migrations: one portable set, each with its way back for the tests.

use std::collections::BTreeMap;
use std::fs;

use super::tree::{self, none};

#[test]
fn every_migration_has_both_directions() {
    let mut sides: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in tree::files("migrations", &[".sql"]) {
        let Some((folder, file)) = source.path.rsplit_once('/') else { continue };
        assert!(!source.text.trim().is_empty(), "{} is empty", source.path);
        sides.entry(folder.to_owned()).or_default().push(file.to_owned());
    }
    let offenders = sides
        .iter()
        .filter(|(_, files)| !["up.sql", "down.sql"].iter().all(|f| files.iter().any(|x| x == f)))
        .map(|(folder, files)| format!("{folder} has only {files:?}"))
        .collect();
    none("migrations without both directions", offenders);
}

#[test]
fn migrations_stay_portable() {
    // Each of these means different things, or nothing, on one of the two databases.
    let banned = [
        "SERIAL",
        "AUTOINCREMENT",
        "JSONB",
        "TIMESTAMPTZ",
        "STRICT",
        "ALTER COLUMN",
        "ADD CONSTRAINT",
        "ILIKE",
        "CREATE TRIGGER",
        "CREATE FUNCTION",
        "NUMERIC",
        "REAL",
        "DOUBLE",
        "PRAGMA",
    ];
    let mut offenders = Vec::new();
    for source in tree::files("migrations", &[".sql"]) {
        for (n, line) in source.lines() {
            let code = line.split("--").next().unwrap_or_default().to_uppercase();
            // Whole words that are not the first of their line: a column may be called `serial`.
            let spaced: String = code.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { ' ' }).collect();
            let spaced = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
            for word in banned.iter().filter(|w| spaced.get(1..).is_some_and(|s| s.contains(&format!(" {w} ")))) {
                offenders.push(format!("{}:{n}: {word}", source.path));
            }
        }
    }
    none("words in migrations that only one database knows", offenders);
}

#[test]
fn migrations_are_in_one_folder() {
    let Ok(entries) = fs::read_dir(tree::root().join("migrations")) else { return };
    let odd: Vec<_> = entries
        .flatten()
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    none("folders in migrations that are no migration", odd);
}
