//! The key folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Barrier;

use nongquan::crypto::keyfile::KeyPurpose;
use nongquan::crypto::keys::PublicBundle;
use nongquan::crypto::seal::Aad;
use nongquan::crypto::{Keys, Suite};
use tempfile::tempdir;

const PLACE: Aad<'_> = Aad { table: "parties", column: "id_no", row: "1" };

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn s105_keys_are_made_once_and_for_the_owner_only() {
    let root = tempdir().unwrap();
    let (dir, data) = (root.path().join("keys"), root.path().join("data"));
    fs::create_dir(&data).unwrap();
    let keys = Keys::create(&dir, Suite::Intl).unwrap();
    assert_eq!(mode(&dir), 0o700);
    for purpose in KeyPurpose::ALL {
        assert_eq!(mode(&dir.join(purpose.file())), 0o600, "{}", purpose.file());
    }
    assert_eq!(Keys::problems(&dir, Some(&data)), Vec::<String>::new());

    let sealed = keys.sealer().seal(&PLACE, b"secret").unwrap();
    let before: Vec<Vec<u8>> = KeyPurpose::ALL.map(|p| fs::read(dir.join(p.file())).unwrap()).to_vec();
    let again = Keys::create(&dir, Suite::Intl).unwrap();
    let after: Vec<Vec<u8>> = KeyPurpose::ALL.map(|p| fs::read(dir.join(p.file())).unwrap()).to_vec();
    assert_eq!(before, after);
    assert_eq!(again.sealer().open(&PLACE, &sealed).unwrap().as_slice(), b"secret");
    assert_eq!(again.public_bundle(), keys.public_bundle());
    assert_eq!(again.checks().code("1"), keys.checks().code("1"));
    assert_eq!(again.commit(&["party", "1"], "x"), keys.commit(&["party", "1"], "x"));
    // Another exchange has other keys throughout.
    let other = Keys::ephemeral(Suite::Intl).unwrap();
    assert!(other.sealer().open(&PLACE, &sealed).is_err());
    assert_ne!(other.checks().code("1"), keys.checks().code("1"));
    assert_ne!(other.csrf().tag("form", &[b"s"]), keys.csrf().tag("form", &[b"s"]));
    assert_ne!(keys.cookie().tag("form", &[b"s"]), keys.csrf().tag("form", &[b"s"]));
}

#[test]
fn doctor_names_every_fault_and_what_to_do() {
    let root = tempdir().unwrap();
    let dir = root.path().join("keys");
    let found = Keys::problems(&dir, None);
    assert!(found.len() == 1 && found[0].contains("不存在"), "{found:?}");

    Keys::create(&dir, Suite::Intl).unwrap();
    set_mode(&dir, 0o755);
    set_mode(&dir.join("seal.key"), 0o640);
    fs::remove_file(dir.join("journal.pem")).unwrap();
    fs::remove_file(dir.join("receipt.pem")).unwrap();
    std::os::unix::fs::symlink("/dev/null", dir.join("receipt.pem")).unwrap();
    let found = Keys::problems(&dir, Some(root.path()));
    for part in ["chmod 700", "数据文件夹之内", "chmod 600", "缺少密钥", "不是普通文件"] {
        assert!(found.iter().any(|f| f.contains(part)), "{part} in {found:?}");
    }
    assert_eq!(found.len(), 5, "{found:?}");
    let fault = Keys::load(&dir, Suite::Intl).unwrap_err().to_string();
    assert!(fault.contains("journal.pem") && fault.contains("备份"), "{fault}");
}

#[test]
fn a_damaged_key_is_refused_by_name() {
    let root = tempdir().unwrap();
    let dir = root.path().join("keys");
    Keys::create(&dir, Suite::Intl).unwrap();
    for (file, content) in [("lookup.key", "not a key"), ("lookup.key", ""), ("lookup.key", "ab c2hvcnQ=")] {
        fs::write(dir.join(file), content).unwrap();
        let found = Keys::problems(&dir, None);
        assert!(found.len() == 1 && found[0].contains(file), "{content:?}: {found:?}");
    }
}

#[test]
fn s093_older_seal_keys_still_open() {
    let root = tempdir().unwrap();
    let (dir, newer) = (root.path().join("keys"), root.path().join("newer"));
    let keys = Keys::create(&dir, Suite::Intl).unwrap();
    Keys::create(&newer, Suite::Intl).unwrap();
    let old = keys.sealer().seal(&PLACE, b"secret").unwrap();
    assert!(keys.sealer().is_current(&old));

    // Rotation: the new key is a further line at the end.
    let both = fs::read_to_string(dir.join("seal.key")).unwrap() + &fs::read_to_string(newer.join("seal.key")).unwrap();
    fs::write(dir.join("seal.key"), both).unwrap();
    let rotated = Keys::load(&dir, Suite::Intl).unwrap();
    assert_eq!(rotated.sealer().open(&PLACE, &old).unwrap().as_slice(), b"secret");
    assert!(!rotated.sealer().is_current(&old));
    let new = rotated.sealer().seal(&PLACE, b"secret").unwrap();
    assert!(rotated.sealer().is_current(&new));
    assert!(keys.sealer().open(&PLACE, &new).is_err(), "the old set does not know the new key");
}

#[test]
fn the_public_bundle_holds_no_secret_and_finds_by_purpose() {
    let keys = Keys::ephemeral(Suite::Gm).unwrap();
    let bundle = keys.public_bundle();
    let json = serde_json::to_string(&bundle).unwrap();
    assert!(!json.contains("PRIVATE") && json.contains("BEGIN PUBLIC KEY"));
    assert_eq!(serde_json::from_str::<PublicBundle>(&json).unwrap(), bundle);
    assert_eq!(bundle.find("journal", keys.journal().key_id()), Some(keys.journal().public_pem()));
    assert_eq!(bundle.find("receipt", keys.journal().key_id()), None, "a key serves one purpose");
    for debug in [format!("{keys:?}"), format!("{:?}", keys.passwords()), format!("{:?}", keys.codes())] {
        assert!(debug.len() < 200, "{debug}");
    }
}

/// Two processes that start for the first time together: both serve with the same keys, whoever made which.
#[test]
fn f11_two_first_starts_find_the_same_keys() {
    for round in 0..20 {
        let root = tempdir().unwrap();
        let (dir, start) = (root.path().join("keys"), Barrier::new(2));
        let open = || {
            start.wait();
            nongquan::boot::open_keys(&dir, true)
        };
        let (one, other) = std::thread::scope(|scope| {
            let other = scope.spawn(open);
            (open(), other.join().unwrap())
        });
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(one.public_bundle(), other.public_bundle(), "round {round}");
        let sealed = one.sealer().seal(&PLACE, b"secret").unwrap();
        assert_eq!(other.sealer().open(&PLACE, &sealed).unwrap().as_slice(), b"secret", "round {round}");
        let names: Vec<_> = fs::read_dir(&dir).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names.len(), KeyPurpose::ALL.len(), "nothing half written stays: {names:?}");
    }
}

/// A key that is lost later is not made anew.
#[test]
fn a_lost_key_stays_lost() {
    let root = tempdir().unwrap();
    let dir = root.path().join("keys");
    Keys::create(&dir, Suite::Intl).unwrap();
    fs::remove_file(dir.join("seal.key")).unwrap();
    assert!(nongquan::boot::open_keys(&dir, false).is_err());
    assert!(nongquan::boot::open_keys(&dir, true).is_err(), "nor beside those that are there");
    assert!(!dir.join("seal.key").exists());
}
