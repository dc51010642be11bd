//! Programs that are not ours: they read what we print and check what we sign.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::{TempDir, tempdir};

/// How OpenSSL checks an SM2 signature over `message` with `key.pem`.
pub const VERIFY_SM2: &str = "pkeyutl -verify -pubin -inkey key.pem -rawin -digest sm3 \
                              -pkeyopt distid:1234567812345678 -in message -sigfile signature";

/// Whether the program is there. A missing one is said aloud, and is a failure in continuous integration.
fn there(program: &str, package: &str, asked: &str) -> bool {
    let there = Command::new(program).arg(asked).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let there = there.is_ok_and(|s| s.success());
    #[expect(clippy::disallowed_methods, reason = "tells continuous integration from a developer's machine")]
    let required = ["CI", "NONGQUAN_CI"].iter().any(|v| std::env::var_os(v).is_some());
    assert!(there || !required, "{program} is missing: install the Debian package {package}");
    if !there {
        println!("LEFT OUT: what {program} would check: install the Debian package {package}");
    }
    there
}

/// OpenSSL in a folder of its own; `None` where it is not installed.
pub struct OpenSsl(TempDir);

impl OpenSsl {
    /// Looks for it.
    pub fn find() -> Option<OpenSsl> {
        there("openssl", "openssl", "version").then(|| OpenSsl(tempdir().expect("a folder")))
    }

    /// Puts a file into its folder.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.0.path().join(name), content).expect("written");
    }

    /// A file of its folder.
    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.path().join(name)).expect("read")
    }

    /// Runs it in its folder.
    pub fn run(&self, words: &str) -> Output {
        run(self.0.path(), words)
    }
}

fn run(dir: &Path, words: &str) -> Output {
    Command::new("openssl").args(words.split(' ').filter(|w| !w.is_empty())).current_dir(dir).output().expect("it runs")
}

/// Sorted, compact JSON written independently of the program's own writer.
pub fn sorted(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(map) => {
            let map: std::collections::BTreeMap<_, _> = map.iter().collect();
            let parts: Vec<String> = map.iter().map(|(k, v)| format!("\"{k}\":{}", sorted(v))).collect();
            format!("{{{}}}", parts.join(","))
        }
        serde_json::Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// The text of a PDF without white space; `None` where poppler is not installed.
pub fn pdf_text(pdf: &[u8]) -> Option<String> {
    if !there("pdftotext", "poppler-utils", "-v") {
        return None;
    }
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), pdf).expect("written");
    let done = Command::new("pdftotext").arg("-raw").arg(file.path()).arg("-").stderr(Stdio::null()).output();
    let done = done.expect("pdftotext runs");
    assert!(done.status.success(), "pdftotext: {}", done.status);
    let text = String::from_utf8(done.stdout).expect("text");
    Some(text.chars().filter(|c| !c.is_whitespace()).collect())
}
