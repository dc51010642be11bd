//! The build: licences, one feature set for all steps, the same lints everywhere.

use std::collections::BTreeSet;
use std::process::Command;

use super::tree::{none, root};

/// What the service is built for; other platforms' libraries are not even downloaded.
const PLATFORM: &str =
    if cfg!(target_arch = "aarch64") { "aarch64-unknown-linux-gnu" } else { "x86_64-unknown-linux-gnu" };

fn cargo(words: &[&str]) -> String {
    let out = Command::new(env!("CARGO")).args(words).current_dir(root()).output().unwrap();
    assert!(out.status.success(), "cargo {words:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn licences_are_allowed() {
    let deny: toml::Table = std::fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap();
    let allowed: BTreeSet<&str> =
        deny["licenses"]["allow"].as_array().unwrap().iter().filter_map(|v| v.as_str()).collect();
    let words = ["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", PLATFORM];
    let metadata: serde_json::Value = serde_json::from_str(&cargo(&words)).unwrap();
    let mut offenders = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        match package["license"].as_str() {
            Some(expression) if permitted(expression, &allowed) => {}
            Some(expression) => offenders.push(format!("{name}: {expression}")),
            None => offenders.push(format!("{name}: no licence expression")),
        }
    }
    none("dependencies whose licence deny.toml does not allow", offenders);
}

/// Whether some choice among the alternatives is allowed. Every part of an AND must be.
fn permitted(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let flat = expression.replace(['(', ')'], " ").replace('/', " OR ");
    let all_of = |parts: &str| parts.split(" AND ").all(|p| allowed.contains(p.trim()));
    if expression.contains('(') {
        // `(A OR B) AND C`: each factor on its own.
        return expression.split(" AND ").all(|factor| {
            let factor = factor.trim().trim_matches(['(', ')']);
            factor.split(" OR ").any(|p| allowed.contains(p.trim()))
        });
    }
    flat.split(" OR ").any(all_of)
}

#[test]
fn demo_and_tests_share_one_build() {
    let features = |extra: &[&str]| -> BTreeSet<String> {
        let mut words = vec![
            "tree",
            "--offline",
            "--locked",
            "--prefix",
            "none",
            "--no-dedupe",
            "--target",
            PLATFORM,
            "--target",
            PLATFORM,
            "-f",
            "{p} [{f}]",
        ];
        words.extend(extra);
        cargo(&words)
            .lines()
            .map(|l| l.replace(" (*)", "").replace(" (proc-macro)", ""))
            .filter(|l| !l.starts_with("nongquan"))
            .collect()
    };
    let demo = features(&["-e", "normal,build"]);
    let tests = features(&["--workspace", "--features", "nongquan/test-clock"]);
    let twice = demo.difference(&tests).cloned().collect();
    none("libraries built twice because a test switches on more features (see Cargo.toml)", twice);
}

#[test]
fn every_member_has_the_lints() {
    for manifest in ["Cargo.toml", "src/domain/Cargo.toml", "src/papers/Cargo.toml", "tests/e2e/Cargo.toml"] {
        let table: toml::Table = std::fs::read_to_string(root().join(manifest)).unwrap().parse().unwrap();
        assert_eq!(table["lints"]["workspace"].as_bool(), Some(true), "{manifest}");
    }
    let table: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    assert_eq!(table["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    assert_eq!(table["profile"]["release"]["overflow-checks"].as_bool(), Some(true));
    assert!(table["features"]["default"].as_array().unwrap().is_empty(), "release builds have no test clock");
}

#[test]
fn no_source_from_outside_the_registry() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let sources: BTreeSet<&str> = lock.lines().filter_map(|l| l.strip_prefix("source = ")).collect();
    assert_eq!(sources.into_iter().collect::<Vec<_>>(), ["\"registry+https://github.com/rust-lang/crates.io-index\""]);
}

/// What deny.toml bans, for machines without cargo-deny.
#[test]
fn what_is_banned_is_not_there() {
    let lock: toml::Table = std::fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let named = |name: &'static str| packages.iter().filter(move |p| p["name"].as_str() == Some(name));
    for openssl in named("openssl-src") {
        let version = openssl["version"].as_str().unwrap();
        let major: u32 = version.split('.').next().unwrap().parse().unwrap();
        assert!(major >= 300, "OpenSSL before 3.0 is out of support: {version}");
    }
    // Backtracking could stall a request: only the press has it, for text that is ours.
    let needs = |p: &toml::Value| {
        let of = p.get("dependencies").and_then(|d| d.as_array()).cloned().unwrap_or_default();
        of.iter().filter_map(|d| d.as_str()).any(|d| d.split(' ').next() == Some("fancy-regex"))
    };
    let users: Vec<&str> = packages.iter().filter(|p| needs(p)).filter_map(|p| p["name"].as_str()).collect();
    assert_eq!(users, ["syntect"]);
}
