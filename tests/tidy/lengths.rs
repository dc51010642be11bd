//! A file says one thing and a function fits on a screen.

use super::tree::{self, Source, none};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 80;

/// Functions that are long for a reason: path, name, reason. Empty is best.
const LONG_FUNCTIONS: &[(&str, &str, &str)] = &[(
    "src/domain/lot/apply.rs",
    "fold",
    "one short arm for each event, and no catch-all in which an event that went to the wrong part would vanish",
)];

#[test]
fn files_are_short() {
    let beside = ["assets", "templates", "scripts", "examples"];
    let beside = beside.iter().flat_map(|folder| tree::files(folder, &[".rs", ".css", ".js", ".html", ".typ"]));
    let long = tree::rust()
        .into_iter()
        .chain(beside)
        .filter_map(|s| Some((s.text.lines().count(), s.path)).filter(|(n, _)| *n > FILE_LINES))
        .map(|(n, path)| format!("{path}: {n} lines"))
        .collect();
    none("files over 400 lines (split them by meaning)", long);
}

#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    // Samples are literals: one long value each.
    for source in tree::files("src", &[".rs"]).into_iter().filter(|s| !s.path.contains("/sample/")) {
        for (name, line, length) in functions(&source) {
            let excused = LONG_FUNCTIONS.iter().any(|(path, excused, _)| *path == source.path && *excused == name);
            if length > FUNCTION_LINES && !excused {
                long.push(format!("{}:{line}: {name} has {length} lines", source.path));
            }
        }
    }
    none("functions over 80 lines", long);
}

#[test]
fn every_excuse_is_needed() {
    let mut stale = Vec::new();
    for (path, name, reason) in LONG_FUNCTIONS {
        assert!(reason.len() > 20, "{path} {name}: say why");
        let found = tree::files("src", &[".rs"])
            .iter()
            .filter(|s| s.path == *path)
            .flat_map(functions)
            .any(|(n, _, length)| n == *name && length > FUNCTION_LINES);
        if !found {
            stale.push(format!("{path}: {name}"));
        }
    }
    none("excuses for functions that are no longer long", stale);
}

/// Name, first line and length of each function, by the indentation rustfmt gives.
fn functions(source: &Source) -> Vec<(String, usize, usize)> {
    let mut out = Vec::new();
    let mut open: Vec<(usize, String, usize)> = Vec::new();
    for (n, line) in source.product_code() {
        let indent = line.len() - line.trim_start().len();
        let body = line.trim();
        if let Some(name) = function_name(body) {
            let one_line = body.ends_with('}') || body.ends_with(';');
            if !one_line {
                open.push((indent, name, n));
            }
        } else if body == "}" && open.last().is_some_and(|(i, _, _)| *i == indent) {
            if let Some((_, name, first)) = open.pop() {
                out.push((name, first, n - first + 1));
            }
        } else if body.ends_with(';') && open.last().is_some_and(|(i, _, _)| *i == indent) {
            open.pop();
        }
    }
    out
}

fn function_name(line: &str) -> Option<String> {
    let mut words = line.split_whitespace().skip_while(|w| {
        matches!(*w, "pub" | "async" | "const" | "extern" | "\"C\"") || w.starts_with("pub(") || *w == "super)"
    });
    if words.next()? != "fn" {
        return None;
    }
    let name: String = words.next()?.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    Some(name).filter(|n| !n.is_empty())
}

#[test]
fn the_measure_measures() {
    let text = "impl X {\n    pub(crate) fn long(\n        a: u8,\n    ) -> u8 {\n        if a {\n        }\n    }\n}\nfn one() {}\ntrait T {\n    fn declared(&self);\n}\n";
    let source = Source { path: "x.rs".into(), text: text.into() };
    assert_eq!(functions(&source), [("long".to_owned(), 2, 6)]);
}
