//! Every sample renders, holds what it was given, and comes out the same twice.

use std::sync::LazyLock;

use nongquan_papers::{Paper, Papers, sample};
use serde_json::Value;

use crate::reader;

pub static PAPERS: LazyLock<Papers> = LazyLock::new(|| Papers::load(&[]).unwrap());

#[test]
#[expect(clippy::disallowed_methods, reason = "says how long each paper took, decides nothing by it")]
fn every_sample_prints_every_value_it_was_given() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).unwrap();
    let mut faults = Vec::new();
    for (name, paper) in sample::all() {
        let started = std::time::Instant::now();
        let pdf = PAPERS.render(&paper, name).unwrap_or_else(|e| panic!("{name}: {e}"));
        println!("{name}: {} bytes in {:?}", pdf.len(), started.elapsed());
        std::fs::write(folder.join(format!("{name}.pdf")), &pdf).unwrap();
        let text = reader::text(&pdf);
        assert!(!text.contains('\u{FFFD}'), "{name}: a glyph without text");
        for value in values(&paper) {
            let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            if !text.contains(&value) {
                faults.push(format!("{name} lacks {value}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn equal_papers_give_equal_bytes() {
    let paper = Paper::Certificate(Box::new(sample::certificate()));
    let first = PAPERS.render(&paper, "a").unwrap();
    assert_eq!(first, Papers::load(&[]).unwrap().render(&paper, "a").unwrap());
    assert_ne!(first, PAPERS.render(&paper, "b").unwrap());
}

/// Every text in the paper's data that ought to stand on it.
fn values(paper: &Paper) -> Vec<String> {
    let mut found = Vec::new();
    collect(&serde_json::to_value(paper).unwrap(), "", &mut found);
    found
}

fn collect(value: &Value, key: &str, found: &mut Vec<String>) {
    match value {
        // These choose a layout and are not printed.
        Value::String(code) if ["paper", "side", "kind", "land"].contains(&key) && code.is_ascii() => {}
        Value::String(text) => found.push(text.clone()),
        // A label without a value leaves its row out.
        Value::Array(items) if items.len() == 2 && items[1] == "" => {}
        Value::Array(items) => items.iter().for_each(|item| collect(item, key, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, field)| collect(field, key, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
