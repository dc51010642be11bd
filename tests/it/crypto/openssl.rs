//! What the exchange signs, OpenSSL verifies, and the other way round: nobody has to trust
//! this program to check a certificate.

use std::path::Path;
use std::process::{Command, Output};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nongquan::crypto::sign::{Signer, SoftSigner, generate_pkcs8_pem, verify};
use nongquan::crypto::{Keys, Suite};
use tempfile::{TempDir, tempdir};

use super::statements::certificate;

/// OpenSSL in a folder of its own; `None`, said aloud, where it is not installed. In continuous
/// integration that is a failure.
struct OpenSsl(TempDir);

impl OpenSsl {
    fn find() -> Option<OpenSsl> {
        let there = Command::new("openssl").arg("version").output().is_ok_and(|o| o.status.success());
        #[expect(clippy::disallowed_methods, reason = "tells continuous integration from a developer's machine")]
        let required = ["CI", "NONGQUAN_CI"].iter().any(|v| std::env::var_os(v).is_some());
        assert!(there || !required, "openssl is missing: install the Debian package openssl");
        if !there {
            println!("LEFT OUT: signatures against OpenSSL: no openssl here");
        }
        there.then(|| OpenSsl(tempdir().unwrap()))
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.0.path().join(name), content).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.path().join(name)).unwrap()
    }

    fn run(&self, words: &str) -> Output {
        run(self.0.path(), words)
    }
}

fn run(dir: &Path, words: &str) -> Output {
    Command::new("openssl").args(words.split(' ')).current_dir(dir).output().unwrap()
}

const VERIFY: &str = "pkeyutl -verify -pubin -inkey key.pem -rawin -digest sm3 \
                      -pkeyopt distid:1234567812345678 -in message -sigfile signature";

#[test]
fn openssl_verifies_our_signatures() {
    let Some(openssl) = OpenSsl::find() else { return };
    let signer = SoftSigner::from_pkcs8_pem(&generate_pkcs8_pem().unwrap()).unwrap();
    let message = "竞买号 4817 报价 42,000.00 元".as_bytes();
    openssl.write("key.pem", signer.public_pem());
    openssl.write("message", message);
    openssl.write("signature", signer.sign(message).unwrap());
    let done = openssl.run(VERIFY);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    openssl.write("message", "竞买号 4817 报价 42,000.01 元");
    assert!(!openssl.run(VERIFY).status.success());
}

#[test]
fn we_read_openssl_keys_and_verify_its_signatures() {
    let Some(openssl) = OpenSsl::find() else { return };
    assert!(openssl.run("genpkey -algorithm SM2 -out private.pem").status.success());
    assert!(openssl.run("pkey -in private.pem -pubout -out key.pem").status.success());
    openssl.write("message", b"one");
    let sign = "pkeyutl -sign -inkey private.pem -rawin -digest sm3 -pkeyopt distid:1234567812345678 \
                -in message -out signature";
    assert!(openssl.run(sign).status.success());
    let public = String::from_utf8(openssl.read("key.pem")).unwrap();
    assert!(verify(&public, b"one", &openssl.read("signature")));
    assert!(!verify(&public, b"two", &openssl.read("signature")));
    let ours = SoftSigner::from_pkcs8_pem(&String::from_utf8(openssl.read("private.pem")).unwrap()).unwrap();
    assert_eq!(ours.public_pem(), public);
    // And OpenSSL finds our private keys sound.
    openssl.write("ours.pem", generate_pkcs8_pem().unwrap().as_bytes());
    assert!(openssl.run("pkey -in ours.pem -check -noout").status.success());
}

#[test]
fn a_certificate_is_checked_without_this_program() {
    let Some(openssl) = OpenSsl::find() else { return };
    let keys = Keys::ephemeral(Suite::Gm).unwrap();
    let json: serde_json::Value = serde_json::to_value(certificate(&keys)).unwrap();
    // What `jq -cSj .payload` prints: sorted keys, no spaces.
    let payload: std::collections::BTreeMap<String, serde_json::Value> =
        serde_json::from_value(json["payload"].clone()).unwrap();
    openssl.write("message", sorted(&serde_json::to_value(payload).unwrap()));
    openssl.write("signature", STANDARD.decode(json["signature"]["value"].as_str().unwrap()).unwrap());
    openssl.write("key.pem", keys.certificate().public_pem());
    let done = openssl.run(VERIFY);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Sorted, compact JSON written independently of the program's own writer.
fn sorted(value: &serde_json::Value) -> String {
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
