//! `doctor` on a machine that is ready and on machines that are not, as a person runs it.

use std::path::Path;
use std::process::{Command, Output};

use nongquan::crypto::keyfile::KeyPurpose;
use nongquan::crypto::keys::Keys;
use nongquan::crypto::suite::Suite;

fn doctor(dir: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nongquan"))
        .args(["doctor", "--data", "data"])
        .args(words)
        .current_dir(dir)
        .env_clear()
        .output()
        .unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap() + &String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_fresh_machine_may_start() {
    let dir = tempfile::tempdir().unwrap();
    let output = doctor(dir.path(), &[]);
    let said = text(&output);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("可以启动"), "{said}");
    assert!(said.contains("[通过] 字体"), "{said}");
    assert!(!dir.path().join("data").exists(), "doctor changes nothing");
    assert!(!dir.path().join("data-keys").exists(), "doctor changes nothing");
    // A container's volume is there before the first start.
    std::fs::create_dir(dir.path().join("data-keys")).unwrap();
    assert!(doctor(dir.path(), &[]).status.success());
}

#[test]
fn keys_that_others_can_read_are_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("data")).unwrap();
    let keys = dir.path().join("data-keys");
    Keys::create(&keys, Suite::default()).unwrap();
    assert!(doctor(dir.path(), &[]).status.success());

    std::fs::set_permissions(keys.join("seal.key"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let output = doctor(dir.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output);
    assert!(said.contains("seal.key") && said.contains("chmod 600"), "{said}");
}

#[test]
fn lost_keys_are_not_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("data")).unwrap();
    std::fs::write(dir.path().join("data/nongquan.db"), b"").unwrap();
    let output = doctor(dir.path(), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(text(&output).contains("请用 --keys 指定正确位置"));
}

#[test]
fn wrong_settings_are_all_told() {
    let dir = tempfile::tempdir().unwrap();
    let output = doctor(dir.path(), &["--listen", "x", "--database-url", "host=db", "--keys", "data/keys"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output);
    for setting in ["NONGQUAN_LISTEN", "DATABASE_URL", "--keys"] {
        assert!(said.contains(setting), "{setting}: {said}");
    }
}

#[test]
fn a_mistyped_command_is_answered_in_chinese() {
    let dir = tempfile::tempdir().unwrap();
    let output = doctor(dir.path(), &["--no-such-option"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("不认识的选项或参数：--no-such-option"), "{}", text(&output));
    let output = doctor(dir.path(), &["--staff-idle-minutes", "many"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("不能是“many”"), "{}", text(&output));
}

#[test]
fn every_key_is_in_the_operating_manual() {
    let manual = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operating/security.md")).unwrap();
    let rows: Vec<&str> = manual.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert_eq!(rows, KeyPurpose::ALL.map(KeyPurpose::file));
}
