//! The files of the project, without what builds and runs leave behind.

use std::fs;
use std::path::{Path, PathBuf};

/// A text file of the tree.
pub struct Source {
    /// Path from the root, with `/`.
    pub path: String,
    pub text: String,
}

impl Source {
    /// Lines with their numbers from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(i, line)| (i + 1, line))
    }

    /// Lines that are code: no line comment, no documentation.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Whether the whole file is unit tests: `tests.rs`, `…_tests.rs`, or a helper of them.
    pub fn is_tests(&self) -> bool {
        let stem = self.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        stem.ends_with("tests") || ["fixtures", "properties", "appendix_b", "test_cases"].contains(&stem)
    }

    /// The code without the modules that hold unit tests, which stand at the end of a file.
    pub fn product_code(&self) -> impl Iterator<Item = (usize, &str)> {
        let first = if self.is_tests() { Some(0) } else { None };
        let tests = first.unwrap_or_else(|| self.first_test_line());
        self.code().filter(move |(n, _)| *n < tests)
    }

    /// Where the module of unit tests begins; a test module in a file of its own does not count.
    fn first_test_line(&self) -> usize {
        let lines: Vec<_> = self.lines().collect();
        lines
            .windows(2)
            .find(|pair| pair[0].1.trim() == "#[cfg(test)]" && pair[1].1.trim_end().ends_with('{'))
            .map_or(usize::MAX, |pair| pair[0].0)
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file below `folder` whose name ends in one of `endings` (all when empty).
pub fn files(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    found
        .into_iter()
        .filter_map(|path| {
            let name = path.strip_prefix(root()).ok()?.to_str()?.replace('\\', "/");
            let wanted = endings.is_empty() || endings.iter().any(|e| name.ends_with(e));
            let text = if wanted { fs::read_to_string(&path).ok() } else { None }?;
            Some(Source { path: name, text })
        })
        .collect()
}

/// All of our own Rust.
pub fn rust() -> Vec<Source> {
    let mut all = files("src", &[".rs"]);
    all.extend(files("tests", &[".rs"]));
    all.extend(files("benches", &[".rs"]));
    all
}

/// Fails with the whole list.
pub fn none(what: &str, offenders: Vec<String>) {
    assert!(offenders.is_empty(), "{what}:\n  {}\n", offenders.join("\n  "));
}

fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let hidden = name.starts_with('.')
            && ![".ci", ".editorconfig", ".env.example", ".dockerignore"].contains(&name.as_str());
        let made =
            matches!(name.as_str(), "target" | "node_modules" | "data" | "data-keys" | "demo-data" | "demo-data-keys");
        if hidden || (made && dir == root()) || name == "node_modules" {
            continue;
        }
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}
