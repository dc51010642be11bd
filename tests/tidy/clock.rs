//! Time moves by hand in a build for tests alone: what moves it stands under a feature that nothing shipped has.

use super::tree::{Source, files, none, root};

/// The feature as code asks for it; no other way of asking is allowed, so that this test can read them all.
const WITH: &str = "#[cfg(feature = \"test-clock\")]";
const WITHOUT: &str = "#[cfg(not(feature = \"test-clock\"))]";

/// What names a clock that does not follow the machine's.
const MOVERS: [&str; 3] = ["DemoClock", "HandClock", "clock_at"];

/// Who may name one in what is shipped, and why.
const MAY: [(&str, &str); 4] = [
    ("src/clock.rs", "they are made here"),
    ("src/cli/demo.rs", "the demonstration has a time of its own, and never a real database"),
    ("src/demo/", "the demonstration"),
    ("src/cli/bench.rs", "measures in a database that it makes and deletes"),
];

/// The lines of a file without the items under the feature.
fn shipped(source: &Source) -> Vec<(usize, &str)> {
    let mut kept = Vec::new();
    let mut lines = source.product_code();
    while let Some((n, line)) = lines.next() {
        if line.trim() != WITH {
            kept.push((n, line));
            continue;
        }
        // The item: further attributes, then all until its brackets are closed.
        let mut depth = 0_i32;
        for (_, line) in lines.by_ref() {
            let line = line.trim();
            if depth == 0 && line.starts_with("#[") {
                continue;
            }
            let count = |signs: [char; 2]| i32::try_from(line.matches(signs).count()).unwrap();
            depth += count(['{', '(']) - count(['}', ')']);
            if depth == 0 && line.ends_with([';', ',', '}']) {
                break;
            }
        }
    }
    kept
}

#[test]
fn nothing_shipped_moves_the_clock() {
    let mut offenders = Vec::new();
    for source in files("src", &[".rs"]) {
        for (n, line) in source.code().filter(|(_, line)| line.contains("test-clock")) {
            if ![WITH, WITHOUT].contains(&line.trim()) {
                offenders.push(format!("{}:{n}: asks for the feature in another way", source.path));
            }
        }
        if MAY.iter().any(|(path, _)| source.path.starts_with(path)) {
            continue;
        }
        for (n, line) in shipped(&source) {
            offenders.extend(MOVERS.iter().filter(|m| line.contains(**m)).map(|m| format!("{}:{n}: {m}", source.path)));
        }
    }
    none("clocks that a release could move", offenders);
}

#[test]
fn the_reader_of_features_reads() {
    let text = format!(
        "use a::B;\n{WITH}\nuse c::DemoClock;\nstruct S {{\n    {WITH}\n    #[arg(long, hide = true)]\n    clock_at: Option<i64>,\n    kept: u8,\n}}\n{WITH}\nfn at(\n    clock_at: u8,\n) -> u8 {{\n    clock_at\n}}\nfn kept() {{}}\n"
    );
    let source = Source { path: "src/x.rs".into(), text };
    let left: Vec<&str> = shipped(&source).into_iter().map(|(_, line)| line.trim()).collect();
    assert_eq!(left, ["use a::B;", "struct S {", "kept: u8,", "}", "fn kept() {}"]);
    // The program's own flag is seen: were it not under the feature, it would be named.
    let serve = files("src/cli", &["serve.rs"]).remove(0);
    assert!(serve.text.contains("clock_at") && !shipped(&serve).iter().any(|(_, line)| line.contains("clock_at")));
}

#[test]
fn nothing_shipped_is_built_with_the_test_clock() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    assert!(manifest["features"]["default"].as_array().unwrap().is_empty());
    // A plain build is of the program alone: the browser's journeys, which switch the feature on, are not in it.
    assert!(manifest["workspace"].get("default-members").is_none());
    for member in ["src/domain/Cargo.toml", "src/papers/Cargo.toml"] {
        assert!(!read(member).contains("test-clock"), "{member}");
    }
    let mut builders = files("scripts", &[]);
    builders.extend(files(".ci", &[]));
    builders.extend(
        ["Makefile", "Dockerfile", "docker-compose.yml"].map(|path| Source { path: path.to_owned(), text: read(path) }),
    );
    let mut offenders = Vec::new();
    let mut built = 0;
    for source in &builders {
        // A command that goes on in the next line is one.
        let text = source.text.replace("\\\n", " ");
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let widened = ["--features", "--all-features", "--workspace", "test_build", "nongquan-e2e"];
            let widened = widened.iter().any(|word| line.contains(word));
            let makes = ["cargo build", "cargo run", "cargo install"].iter().any(|command| line.contains(command));
            built += usize::from(makes);
            let tests = ["cargo test", "cargo clippy"].iter().any(|command| line.contains(command));
            let list = source.path == "scripts/lib.sh" && line.starts_with("test_build=(");
            if widened && (makes || !(tests || list)) {
                offenders.push(format!("{}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(built >= 4, "the image, the demonstration, the service and the measurements are built: {built}");
    none("builds that could have the test clock in them", offenders);
}
