//! Published test vectors: whoever checks our records with other software must get the same.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use nongquan::crypto::journal::{Frontier, empty_root, leaf_hash, node_hash};
use nongquan::crypto::seal::Sm4Gcm;
use nongquan::crypto::{sign, sm3};
use sm4::Sm4;
use sm4::cipher::BlockCipherEncrypt;

#[test]
fn sm3_of_the_standard() {
    // GB/T 32905 appendix A.
    assert_eq!(sm3(&[b"abc"]).hex(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assert_eq!(
        sm3(&["abcd".repeat(16).as_bytes()]).hex(),
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    );
    assert_eq!(sm3(&[b"a", b"", b"bc"]), sm3(&[b"abc"]));
}

#[test]
fn sm4_of_the_standard() {
    // GB/T 32907 appendix A: one block, then a million times over.
    let key: [u8; 16] = bytes("0123456789abcdeffedcba9876543210");
    let cipher = Sm4::new(&key.into());
    let mut block = key.into();
    cipher.encrypt_block(&mut block);
    assert_eq!(hex::encode(block), "681edf34d206965e86b3e94f536e4246");
    for _ in 1..1_000_000 {
        cipher.encrypt_block(&mut block);
    }
    assert_eq!(hex::encode(block), "595298c7c6fd271f0402f804c33d3f66");
}

#[test]
fn sm4_gcm_of_rfc_8998() {
    let key: [u8; 16] = bytes("0123456789abcdeffedcba9876543210");
    let nonce: [u8; 12] = bytes("00001234567800000000abcd");
    let aad: [u8; 20] = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let msg: [u8; 64] = bytes(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd\
         eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
    );
    let sealed = Sm4Gcm::new(&key.into()).encrypt(&nonce.into(), Payload { msg: &msg, aad: &aad }).unwrap();
    assert_eq!(
        hex::encode(sealed),
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735\
         d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d\
         83de3541e4c2b58177e065a9bf7b62ec"
    );
}

#[test]
fn sm2_signature_of_the_standard() {
    // GB/T 32918.5 appendix A.2: key, message and signature on the recommended curve.
    let point: [u8; 65] = bytes(
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020\
         ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
    );
    use sm2::pkcs8::EncodePublicKey;
    let key = sm2::PublicKey::from_sec1_bytes(&point).unwrap();
    let pem = key.to_public_key_pem(sm2::pkcs8::LineEnding::LF).unwrap();
    let r: [u8; 32] = bytes("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3");
    let s: [u8; 32] = bytes("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    let signature = sm2::dsa::Signature::from_scalars(r, s).unwrap().to_der();
    assert!(sign::verify(&pem, b"message digest", signature.as_bytes()));
    assert!(!sign::verify(&pem, b"message digest.", signature.as_bytes()));
    assert!(!sign::verify(&pem, b"message digest", &signature.as_bytes()[1..]));
    assert!(!sign::verify("no key", b"message digest", signature.as_bytes()));
}

#[test]
fn tree_shapes_of_rfc_6962() {
    // The seven-leaf tree drawn in RFC 6962 section 2.1.3, written out by hand.
    let leaves: Vec<_> = (0u8..7).map(|i| leaf_hash(&[i])).collect();
    let [a, b, c, d, e, f, j] = leaves[..] else { unreachable!() };
    let (g, h, i) = (node_hash(&a, &b), node_hash(&c, &d), node_hash(&e, &f));
    let (k, l) = (node_hash(&g, &h), node_hash(&i, &j));
    let mut log = Frontier::empty();
    assert_eq!(log.root(), empty_root());
    assert_eq!(log.root(), sm3(&[]));
    let roots: Vec<_> = leaves
        .iter()
        .map(|leaf| {
            log.append(*leaf);
            log.root()
        })
        .collect();
    assert_eq!(roots[0], a);
    assert_eq!(roots[1], g);
    assert_eq!(roots[2], node_hash(&g, &c));
    assert_eq!(roots[3], k);
    assert_eq!(roots[4], node_hash(&k, &e));
    assert_eq!(roots[5], node_hash(&k, &i));
    assert_eq!(roots[6], node_hash(&k, &l));
    // A leaf never passes for an inner node.
    let fake = [a.bytes().as_slice(), b.bytes()].concat();
    assert_ne!(leaf_hash(&fake), g);
    assert_eq!(leaf_hash(b"x"), sm3(&[&[0], b"x"]));
    assert_eq!(node_hash(&a, &b), sm3(&[&[1], &fake]));
}

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    hex::decode(text).unwrap().try_into().unwrap()
}
