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

    /// The code without the modules that hold unit tests, which stand at the end of a file.
    pub fn product_code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.lines().find(|(_, line)| line.trim() == "#[cfg(test)]").map_or(usize::MAX, |(n, _)| n);
        self.code().filter(move |(n, _)| *n < tests)
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
