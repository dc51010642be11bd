//! Sealed columns.

use std::collections::HashSet;

use nongquan::crypto::seal::Aad;
use nongquan::crypto::{Keys, Suite};

const ID: &str = "431199199001011236";

fn place<'a>(table: &'a str, column: &'a str, row: &'a str) -> Aad<'a> {
    Aad { table, column, row }
}

#[test]
fn s094_a_sealed_value_opens_in_its_own_place_only() {
    for suite in [Suite::Intl, Suite::Gm] {
        let keys = Keys::ephemeral(suite).unwrap();
        let sealer = keys.sealer();
        let here = place("parties", "id_no", "7");
        let blob = sealer.seal(&here, ID.as_bytes()).unwrap();
        assert!(blob.starts_with(&format!("v1.{suite}.")), "{blob}");
        assert!(!blob.contains(ID));
        assert_eq!(sealer.open_text(&here, &blob).unwrap(), ID);
        for elsewhere in [
            place("parties", "id_no", "8"),
            place("parties", "phone", "7"),
            place("accounts", "id_no", "7"),
            place("partie", "sid_no", "7"),
            place("parties", "id_no7", ""),
        ] {
            assert!(sealer.open(&elsewhere, &blob).is_err(), "{elsewhere:?}");
        }
    }
}

#[test]
fn s094_no_altered_character_opens() {
    for suite in [Suite::Intl, Suite::Gm] {
        let keys = Keys::ephemeral(suite).unwrap();
        let here = place("parties", "id_no", "7");
        let blob = keys.sealer().seal(&here, ID.as_bytes()).unwrap();
        for i in 0..blob.len() {
            let mut bytes = blob.clone().into_bytes();
            bytes[i] = if bytes[i] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(bytes).unwrap();
            assert!(keys.sealer().open(&here, &altered).is_err(), "{i}: {altered}");
        }
        for broken in ["", "v1", "v1.intl.x.y", &blob[..blob.len() - 1], &format!("{blob}."), &format!("{blob}A")] {
            assert!(keys.sealer().open(&here, broken).is_err(), "{broken}");
        }
    }
}

#[test]
fn s094_nonces_do_not_repeat() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let here = place("parties", "id_no", "7");
    let nonce = |blob: String| blob.split('.').nth(3).unwrap().to_owned();
    let nonces: HashSet<String> = (0..20_000).map(|_| nonce(keys.sealer().seal(&here, b"x").unwrap())).collect();
    assert_eq!(nonces.len(), 20_000);
}

#[test]
fn s093_blobs_of_the_other_suite_still_open() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("keys");
    let intl = Keys::create(&dir, Suite::Intl).unwrap();
    let gm = Keys::load(&dir, Suite::Gm).unwrap();
    let here = place("parties", "id_no", "7");
    for (from, to) in [(&intl, &gm), (&gm, &intl)] {
        let blob = from.sealer().seal(&here, ID.as_bytes()).unwrap();
        assert_eq!(to.sealer().open_text(&here, &blob).unwrap(), ID);
        assert!(!to.sealer().is_current(&blob), "the re-sealing job takes it up");
    }
    // Printed codes and published commitments do not change with the suite.
    assert_eq!(intl.checks().code("湘蓝农鉴〔2026〕00001号"), gm.checks().code("湘蓝农鉴〔2026〕00001号"));
    assert_eq!(intl.commit(&["party", "7"], ID), gm.commit(&["party", "7"], ID));
}

#[test]
fn db01_look_up_values_are_keyed_and_kind_bound() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let look = |kind, value| keys.sealer().lookup(kind, value);
    assert_eq!(look("id_no", ID), look("id_no", ID));
    assert_ne!(look("id_no", ID), look("phone", ID));
    assert_ne!(look("id_no", ID), look("id_no", "431199199001011244"));
    assert_ne!(look("id_no", ID), Keys::ephemeral(Suite::Intl).unwrap().sealer().lookup("id_no", ID));
    assert!(!look("id_no", ID).contains(ID));
    assert!(Keys::ephemeral(Suite::Gm).unwrap().sealer().lookup("id_no", ID).starts_with("gm."));
}
