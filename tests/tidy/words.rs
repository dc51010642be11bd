//! Words that may not stand in the tree: left-overs, paths of somebody's machine.

use super::tree::{self, Source, none};

fn everything() -> Vec<Source> {
    let mut all = tree::files("", &[]);
    all.retain(|s| !s.path.ends_with(".lock") && s.path != "LICENSE");
    all
}

#[test]
fn nothing_is_left_for_later() {
    // Written in two halves so that this file does not accuse itself.
    let marks = [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["HA", "CK:"], ["todo", "!("], ["unimplemented", "!("]];
    let marks: Vec<String> = marks.iter().map(|m| m.concat()).collect();
    let mut offenders = Vec::new();
    for source in everything() {
        for (n, line) in source.lines() {
            if marks.iter().any(|m| line.contains(m.as_str())) {
                offenders.push(format!("{}:{n}: {}", source.path, line.trim()));
            }
        }
    }
    none("left-overs (finish them, or open an issue)", offenders);
}

#[test]
fn no_path_of_any_machine() {
    let homes: Vec<String> = ["work", "root", "home", "Users", "farm"].iter().map(|d| format!("/{d}/")).collect();
    let mut offenders = Vec::new();
    for source in everything() {
        for (n, line) in source.lines() {
            for home in &homes {
                let named = line.match_indices(home.as_str()).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '}' | '/'))
                });
                if named {
                    offenders.push(format!("{}:{n}: {home}", source.path));
                }
            }
        }
    }
    none("paths that exist on one machine only", offenders);
}

#[test]
fn lints_are_switched_off_with_a_reason() {
    let in_tests = ["unwrap_used", "expect_used", "panic", "missing_docs"];
    let mut offenders = Vec::new();
    for source in tree::files("src", &[".rs"]) {
        let lines: Vec<_> = source.code().collect();
        for (i, (n, line)) in lines.iter().enumerate() {
            let body = line.trim();
            if !(body.starts_with("#[allow(") || body.starts_with("#![allow(") || body.starts_with("#[expect(")) {
                continue;
            }
            let whole: String = lines[i..lines.len().min(i + 5)].iter().map(|(_, l)| l.trim()).collect();
            let attribute = whole.split(")]").next().unwrap_or_default();
            let for_tests = attribute.contains('!') && in_tests.iter().any(|l| attribute.contains(l));
            if !attribute.contains("reason") && !for_tests {
                offenders.push(format!("{}:{n}: {body}", source.path));
            }
        }
    }
    none("lints switched off without a reason", offenders);
}

#[test]
fn files_end_with_one_newline() {
    let offenders = everything()
        .into_iter()
        .filter(|s| {
            !s.text.is_empty() && (!s.text.ends_with('\n') || s.text.ends_with("\n\n") || s.text.contains('\r'))
        })
        .map(|s| s.path)
        .collect();
    none("files with a ragged end or foreign line ends", offenders);
}
