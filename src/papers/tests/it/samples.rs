//! Every sample renders, holds what it was given, and comes out the same twice.

use std::sync::LazyLock;

use nongquan_papers::{ContractPaper, LandKind, Paper, Papers, sample};
use serde_json::Value;

use crate::reader;

pub static PAPERS: LazyLock<Papers> = LazyLock::new(|| Papers::load(&[]).unwrap());

#[test]
fn every_sample_prints_every_value_it_was_given() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).unwrap();
    let mut faults = Vec::new();
    for (name, paper) in sample::all() {
        let pdf = PAPERS.render(&paper, name).unwrap_or_else(|e| panic!("{name}: {e}"));
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

/// Each kind of land has its own noun and its own care.
#[test]
fn a_lease_speaks_of_the_land_it_lets() {
    for (land, noun, care) in [
        (LandKind::Arable, "出租的土地", "耕作层"),
        (LandKind::Water, "出租的水面", "尾水排放"),
        (LandKind::Forest, "出租的林地", "毁林开垦"),
        (LandKind::Waste, "出租的四荒地", "治理方案"),
        (LandKind::Grass, "出租的草地", "载畜量"),
        (LandKind::Irrigation, "出租的农田水利用地", "输水、排涝"),
    ] {
        let lease = ContractPaper { land, ..sample::lease() };
        let text = reader::text(&PAPERS.render(&lease.into(), "land").unwrap());
        assert!(text.contains(noun) && text.contains(care), "{land:?}: {text}");
    }
}

#[test]
fn equal_papers_give_equal_bytes() {
    let paper = Paper::Certificate(Box::new(sample::certificate()));
    let first = PAPERS.render(&paper, "a").unwrap();
    assert_eq!(first, Papers::load(&[]).unwrap().render(&paper, "a").unwrap());
    assert_ne!(first, PAPERS.render(&paper, "b").unwrap());
}

#[test]
fn papers_with_a_day_of_issue_are_in_the_archives_format() {
    let archival = |paper: Paper| {
        let pdf = PAPERS.render(&paper, "i").unwrap();
        pdf.windows(24).any(|bytes| bytes == b"<pdfaid:part>2</pdfaid:p")
    };
    let mut paper = sample::certificate();
    assert!(archival(paper.clone().into()));
    for odd in ["尚未签发", "2026年2月29日", "2026年13月1日", ""] {
        paper.head.date = odd.to_owned();
        assert!(!archival(paper.clone().into()), "{odd}");
    }
}

#[test]
fn a_stored_snapshot_gives_the_same_paper() {
    let paper = Paper::from(sample::notice());
    let stored = serde_json::to_string(&paper).unwrap();
    let restored: Paper = serde_json::from_str(&stored).unwrap();
    assert_eq!(restored, paper);
    assert_eq!(PAPERS.render(&restored, "i").unwrap(), PAPERS.render(&paper, "i").unwrap());
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
