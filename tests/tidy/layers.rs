//! The layer table of docs/architecture.md, read from the sources.

use super::tree::{self, Source, none};

/// A layer: a folder or file below src, and what it may name of `crate::`.
struct Layer {
    name: &'static str,
    uses: &'static [&'static str],
}

const LEAVES: [&str; 3] = ["crypto", "files", "mail"];

/// Layers from the bottom up. `domain` and `papers` are crates of their own, so the
/// compiler keeps them from looking up; `config`, `domain` and `papers` may be named by everyone.
const LAYERS: &[Layer] = &[
    Layer { name: "config", uses: &[] },
    Layer { name: "clock", uses: &[] },
    Layer { name: "telemetry", uses: &[] },
    Layer { name: "live", uses: &[] },
    Layer { name: "crypto", uses: &[] },
    Layer { name: "files", uses: &["crypto"] },
    Layer { name: "mail", uses: &[] },
    Layer { name: "store", uses: &["crypto", "clock"] },
    Layer { name: "context", uses: &["clock", "crypto", "files", "live", "mail", "store", "telemetry"] },
    Layer { name: "boot", uses: &["clock", "context", "crypto", "files", "live", "mail", "store", "telemetry"] },
    Layer { name: "acts", uses: &["clock", "context", "crypto", "files", "live", "mail", "store"] },
    Layer { name: "jobs", uses: &["acts", "clock", "context", "live", "mail", "store"] },
    Layer {
        name: "web",
        uses: &[
            "acts",
            "clock",
            "context",
            "crypto",
            "files",
            "live",
            "telemetry",
            // Read models, receipts of forms already answered, and the two words of an act's answer.
            "store::views",
            "store::forms",
            "store::Fault",
            "store::Stop",
        ],
    },
    Layer {
        name: "demo",
        uses: &["acts", "boot", "clock", "context", "crypto", "files", "jobs", "live", "store", "web"],
    },
    Layer {
        name: "cli",
        uses: &[
            "acts",
            "boot",
            "clock",
            "context",
            "crypto",
            "demo",
            "files",
            "jobs",
            "live",
            "mail",
            "store",
            "telemetry",
            "web",
        ],
    },
];

/// Libraries that only one place may name.
const OWNED: &[(&str, &[&str])] = &[
    ("diesel", &["src/store"]),
    ("diesel_migrations", &["src/store"]),
    ("actix_web", &["src/web"]),
    ("actix_multipart", &["src/web"]),
    ("askama", &["src/web"]),
    ("typst", &["src/papers"]),
    ("typst_pdf", &["src/papers"]),
    ("lettre", &["src/mail"]),
    ("clap", &["src/cli"]),
    ("getrandom", &["src/crypto"]),
    ("argon2", &["src/crypto"]),
    ("sm2", &["src/crypto"]),
    ("sm3", &["src/crypto"]),
    ("sm4", &["src/crypto"]),
];

/// The layer of a source file: the folder or file name right below src.
fn layer_of(source: &Source) -> &str {
    let below = source.path.trim_start_matches("src/");
    below.split('/').next().unwrap_or(below).trim_end_matches(".rs")
}

fn in_own_crate(source: &Source) -> bool {
    ["src/domain/", "src/papers/"].iter().any(|p| source.path.starts_with(p))
}

/// Paths after `crate::` with up to two segments, `use crate::{a, b::c}` taken apart.
fn crate_paths(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let before = line[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &line[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(top_level(group).iter().flat_map(|part| segments(part))),
            None => found.extend(segments(rest)),
        }
    }
    found.retain(|path| !path.is_empty());
    found
}

/// The parts of a brace group, split at commas that stand outside inner braces.
fn top_level(group: &str) -> Vec<String> {
    let (mut depth, mut part, mut parts) = (0, String::new(), Vec::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts.push(part);
    parts.iter().map(|p| p.trim().to_owned()).collect()
}

/// `a::b::c` as `a::b`; `a::{b, c::d}` as `a::b` and `a::c`.
fn segments(path: &str) -> Vec<String> {
    match path.split_once("::{") {
        Some((module, group)) if module.chars().all(|c| c.is_alphanumeric() || c == '_') => {
            top_level(group).iter().map(|part| two_segments(&format!("{module}::{part}"))).collect()
        }
        Some(_) | None => vec![two_segments(path)],
    }
}

fn two_segments(path: &str) -> String {
    let clean: String = path.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
    clean.split("::").take(2).collect::<Vec<_>>().join("::").trim_end_matches("::").to_owned()
}

/// `use crate::{` may run over several lines: joins each statement into one.
fn statements(source: &Source) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (n, line) in source.product_code() {
        match out.last_mut() {
            Some((_, text)) if open => text.push_str(line.trim()),
            _ => out.push((n, line.trim().to_owned())),
        }
        let text = &out[out.len() - 1].1;
        open = (text.starts_with("use ") || text.starts_with("pub use ")) && !text.contains(';');
    }
    out
}

#[test]
fn nothing_points_up() {
    let mut offenders = Vec::new();
    for source in tree::files("src", &[".rs"]) {
        if in_own_crate(&source) || ["src/lib.rs", "src/main.rs"].contains(&source.path.as_str()) {
            continue;
        }
        let name = layer_of(&source);
        let Some(layer) = LAYERS.iter().find(|l| l.name == name) else {
            offenders.push(format!("{}: {name} is in no row of the layer table", source.path));
            continue;
        };
        for (n, statement) in statements(&source) {
            for path in crate_paths(&statement) {
                let first = path.split("::").next().unwrap_or_default();
                let allowed =
                    [name, "config", "domain"].contains(&first) || layer.uses.iter().any(|u| *u == first || *u == path);
                let is_module = LAYERS.iter().any(|l| l.name == first);
                if is_module && !allowed {
                    offenders.push(format!("{}:{n}: {name} may not use {path}", source.path));
                }
            }
        }
    }
    none("layers that look the wrong way", offenders);
}

#[test]
fn each_library_has_one_owner() {
    let mut offenders = Vec::new();
    for source in tree::files("src", &[".rs"]) {
        for (library, owners) in OWNED {
            if owners.iter().any(|o| source.path.starts_with(o)) {
                continue;
            }
            for (n, line) in source.product_code() {
                if names_library(line, library) {
                    offenders.push(format!("{}:{n}: {library} belongs to {}", source.path, owners.join(", ")));
                }
            }
        }
    }
    none("libraries outside their place", offenders);
}

fn names_library(line: &str, library: &str) -> bool {
    line.match_indices(library).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = &line[at + library.len()..];
        let starts = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '"' | '.' | '-' | '/'));
        starts
            && (after.starts_with("::")
                || after.starts_with('!')
                || (line.trim_start().starts_with("use ") && after.starts_with(';')))
    })
}

#[test]
fn the_domain_is_pure() {
    let banned = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::io",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "now_v7",
        "new_v4",
        "thread_rng",
        "println!",
        "eprintln!",
        "static mut",
        "OnceLock",
    ];
    let mut offenders = Vec::new();
    for source in tree::files("src/domain", &[".rs"]) {
        for (n, line) in source.product_code() {
            for word in banned.iter().filter(|w| line.contains(**w)) {
                offenders.push(format!("{}:{n}: {word}", source.path));
            }
        }
    }
    none("impure words in the domain (time, randomness and IO come in as arguments)", offenders);
}

#[test]
fn s016_no_float_in_the_domain() {
    let mut offenders = Vec::new();
    for source in tree::files("src/domain", &[".rs"]) {
        for (n, line) in source.product_code() {
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            for word in words.filter(|w| ["f32", "f64"].contains(w) || w.ends_with("_f64") || w.ends_with("_f32")) {
                offenders.push(format!("{}:{n}: {word}", source.path));
            }
        }
    }
    none("floats in the domain (money, area and rates are integers)", offenders);
}

#[test]
fn the_leaves_know_each_other_not() {
    for name in LEAVES {
        let layer = LAYERS.iter().find(|l| l.name == name).unwrap();
        assert!(layer.uses.iter().all(|u| *u == "crypto"), "{name} is a leaf");
    }
}

#[test]
fn the_reader_of_paths_sees_groups() {
    assert_eq!(
        crate_paths("use crate::{acts::intake, store::{tx, views::lots}};"),
        ["acts::intake", "store::tx", "store::views"]
    );
    assert_eq!(crate_paths("use crate::store::views::lots;"), ["store::views"]);
    assert_eq!(crate_paths("let x = crate::web::app();"), ["web::app"]);
    assert!(names_library("use diesel::prelude::*;", "diesel"));
    assert!(!names_library("let x = my_diesel::y();", "diesel"));
}
