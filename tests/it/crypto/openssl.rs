//! What the exchange signs, OpenSSL verifies, and the other way round: nobody has to trust
//! this program to check a certificate.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nongquan::crypto::sign::{Signer, SoftSigner, generate_pkcs8_pem, verify};
use nongquan::crypto::{Keys, Suite};

use super::statements::certificate;
use crate::support::outside::{OpenSsl, VERIFY_SM2, sorted};

#[test]
fn openssl_verifies_our_signatures() {
    let Some(openssl) = OpenSsl::find() else { return };
    let signer = SoftSigner::from_pkcs8_pem(&generate_pkcs8_pem().unwrap()).unwrap();
    let message = "竞买号 4817 报价 42,000.00 元".as_bytes();
    openssl.write("key.pem", signer.public_pem());
    openssl.write("message", message);
    openssl.write("signature", signer.sign(message).unwrap());
    let done = openssl.run(VERIFY_SM2);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    openssl.write("message", "竞买号 4817 报价 42,000.01 元");
    assert!(!openssl.run(VERIFY_SM2).status.success());
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
    let done = openssl.run(VERIFY_SM2);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
