//! Documents: what they point at exists, and the two READMEs say the same.

use super::tree::{self, Source, none, root};

fn documents() -> Vec<Source> {
    tree::files("", &[".md"])
}

#[test]
fn links_lead_somewhere() {
    let mut offenders = Vec::new();
    for doc in documents() {
        let folder = root().join(&doc.path).parent().map(ToOwned::to_owned).unwrap();
        for target in doc.text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") && !file.starts_with("mailto:") && !folder.join(file).exists()
            {
                offenders.push(format!("{}: {target}", doc.path));
            }
        }
    }
    none("dead links in documents", offenders);
}

#[test]
fn paths_in_documents_exist() {
    let tops = [
        "src/",
        "tests/",
        "docs/",
        "scripts/",
        "catalog/",
        "templates/",
        "assets/",
        "migrations/",
        "docker/",
        ".ci/",
        "benches/",
    ];
    let mut offenders = Vec::new();
    for doc in documents() {
        for (n, line) in doc.lines() {
            for quoted in line.split('`').skip(1).step_by(2) {
                let path = quoted.trim_end_matches('/').split(':').next().unwrap_or_default();
                let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '.'));
                if plain && tops.iter().any(|t| quoted.starts_with(t)) && !root().join(path).exists() {
                    offenders.push(format!("{}:{n}: {quoted}", doc.path));
                }
            }
        }
    }
    none("paths in documents that are not in the tree", offenders);
}

#[test]
fn the_readme_opens_with_two_commands() {
    for name in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        let block = text.split("```").nth(1).unwrap_or_default();
        let commands: Vec<_> = block.lines().skip(1).filter_map(|l| l.split('#').next()).map(str::trim).collect();
        assert_eq!(&commands[..2], ["make demo", "make test"], "{name}");
    }
}

#[test]
fn the_twin_readme_says_the_same() {
    let read = |name: &str| std::fs::read_to_string(root().join(name)).unwrap();
    let (english, chinese) = (read("README.md"), read("README.zh-CN.md"));
    let headings = |t: &str| {
        t.lines().filter(|l| l.starts_with('#')).map(|l| l.split(' ').next().unwrap().len()).collect::<Vec<_>>()
    };
    assert_eq!(headings(&english), headings(&chinese), "the same headings at the same depth");
    let commands = |t: &str| -> Vec<String> {
        t.split("```")
            .skip(1)
            .step_by(2)
            .flat_map(|b| {
                b.lines().skip(1).map(|l| l.split('#').next().unwrap_or_default().trim().to_owned()).collect::<Vec<_>>()
            })
            .filter(|l| !l.is_empty())
            .collect()
    };
    assert_eq!(commands(&english), commands(&chinese), "the same commands");
}
