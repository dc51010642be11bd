//! Signed statements: receipts, tree heads, certificates.

use nongquan::crypto::certificate::{CertificateDocument, CertificatePayload, PartyFacts, Side, Status};
use nongquan::crypto::journal::{SignedHead, TreeHead};
use nongquan::crypto::receipt::{BidReceipt, SignedReceipt};
use nongquan::crypto::statement::{NotGenuine, Signed};
use nongquan::crypto::{Keys, Suite, sm3};
use nongquan::domain::base::{Day, Fen, Instant};
use serde_json::{Value, json};

pub fn receipt() -> BidReceipt {
    BidReceipt {
        lot_no: "431127103N26110001-1".into(),
        bidder_no: "4817".into(),
        amount_fen: Fen::yuan(42_000),
        received_at: Instant::from_micros(1_795_000_000_123_456),
        seq: 3,
        journal_index: 812,
    }
}

const NUMBER: &str = "湘蓝农鉴〔2026〕00001号";

pub fn certificate(keys: &Keys) -> CertificateDocument {
    let facts = [
        PartyFacts {
            side: Side::Transferor,
            name: "蓝山县某镇某村股份经济合作社",
            masked_name: "蓝山县某镇某村股份经济合作社",
            id_no: "N2431127MF0000000X",
        },
        PartyFacts {
            side: Side::Transferee, name: "盘·三妹", masked_name: "盘某某", id_no: "431199199001011236"
        },
    ];
    let payload = CertificatePayload {
        number: NUMBER.into(),
        date: Day::ymd(2026, 11, 22).unwrap(),
        lot_no: "431127103N26110001-1".into(),
        category: 3,
        object: "某村老屋塘".into(),
        area: "12.5 亩".into(),
        term: "2027年1月1日至2031年12月31日".into(),
        price_fen: Fen::yuan(42_000),
        price_unit: "元/年".into(),
        parties: keys.checks().parties(NUMBER, &facts),
        issuer_post: "鉴证岗".into(),
        approver_post: "中心负责人".into(),
        pdf_sm3: sm3(&[b"pdf"]),
    };
    let signed = Signed::sign(payload, keys.certificate()).unwrap();
    CertificateDocument { signed, status: Status::Valid, status_at: Instant::from_micros(1_795_000_000_000_000) }
}

#[test]
fn t04_a_receipt_holds_and_no_altered_one_does() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let signed: SignedReceipt = Signed::sign(receipt(), keys.receipt()).unwrap();
    let json = serde_json::to_value(&signed).unwrap();
    assert_eq!(json["payload"]["type"], "nongquan.bid-receipt.v1");
    assert_eq!(json["payload"]["received_at"], "2026-11-18T19:06:40.123456+08:00");
    let read: SignedReceipt = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(read.verify(keys.receipt().public_pem()), Ok(&receipt()));

    let changes = [
        ("lot_no", json!("431127103N26110002-1")),
        ("bidder_no", json!("4818")),
        ("amount_fen", json!(4_200_001)),
        ("received_at", json!("2026-11-18T19:06:40.123457+08:00")),
        ("seq", json!(2)),
        ("journal_index", json!(811)),
    ];
    let fields = json["payload"].as_object().unwrap().len() - 1;
    assert_eq!(changes.len(), fields, "every field of the receipt is tried");
    for (field, value) in changes {
        let mut forged = json.clone();
        forged["payload"][field] = value;
        let forged: SignedReceipt = serde_json::from_value(forged).unwrap();
        assert_eq!(forged.verify(keys.receipt().public_pem()), Err(NotGenuine::BadSignature), "{field}");
    }
}

#[test]
fn t04_only_the_receipt_key_signs_receipts() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let signed: SignedReceipt = Signed::sign(receipt(), keys.receipt()).unwrap();
    assert_eq!(signed.verify(keys.journal().public_pem()), Err(NotGenuine::UnknownKey));
    let mut renamed = signed.clone();
    renamed.signature.key_id = keys.journal().key_id().into();
    assert_eq!(renamed.verify(keys.journal().public_pem()), Err(NotGenuine::BadSignature));
    let mut other_way = signed.clone();
    other_way.signature.algorithm = "none".into();
    assert_eq!(other_way.verify(keys.receipt().public_pem()), Err(NotGenuine::BadSignature));
    let mut empty = signed;
    empty.signature.value.clear();
    assert_eq!(empty.verify(keys.receipt().public_pem()), Err(NotGenuine::BadSignature));
}

#[test]
fn a_statement_of_one_type_is_not_read_as_another() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let head = TreeHead { size: 3, root: sm3(&[b"root"]), at: Instant::from_micros(0) };
    let signed: SignedHead = Signed::sign(head.clone(), keys.journal()).unwrap();
    let json = serde_json::to_value(&signed).unwrap();
    assert_eq!(
        serde_json::from_value::<SignedHead>(json.clone()).unwrap().verify(keys.journal().public_pem()),
        Ok(&head)
    );
    assert!(serde_json::from_value::<SignedReceipt>(json.clone()).is_err());
    let with = |edit: &dyn Fn(&mut Value)| {
        let mut json = json.clone();
        edit(&mut json);
        serde_json::from_value::<SignedHead>(json)
    };
    assert!(with(&|j| j["payload"]["type"] = json!("nongquan.bid-receipt.v1")).is_err());
    assert!(with(&|j| j["payload"]["extra"] = json!(1)).is_err(), "unsigned company in the payload");
    assert!(with(&|j| j["note"] = json!("x")).is_err());
    assert!(with(&|j| j["payload"]["at"] = json!("1970-01-01T00:00:00Z")).is_err(), "one spelling of a moment");
    assert!(with(&|j| j["payload"]["root"] = json!(head.root.hex().to_uppercase())).is_err());
}

#[test]
fn the_receipt_reads_as_the_bidder_needs_it() {
    let text = receipt().zh();
    for part in ["431127103N26110001-1", "4817", "42,000.00元", "肆万贰仟元整", "2026年11月18日 19:06:40.123", "812"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn t19_an_altered_certificate_fails() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let document = certificate(&keys);
    let json = serde_json::to_value(&document).unwrap();
    let top: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(top.len(), 4, "{top:?}");
    let read: CertificateDocument = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(read, document);
    assert!(read.verify(keys.certificate().public_pem()).is_ok());

    for (field, value) in json["payload"].as_object().unwrap() {
        let mut forged = json.clone();
        forged["payload"][field] = match value {
            Value::Number(n) => json!((n.as_i64().unwrap() + 1) % 100),
            Value::String(_) if field == "date" => json!("2026-11-23"),
            Value::String(s) if field == "pdf_sm3" => json!(sm3(&[s.as_bytes()])),
            Value::String(s) => json!(format!("{s}1")),
            _ => json!([]),
        };
        let accepted = serde_json::from_value::<CertificateDocument>(forged)
            .is_ok_and(|d| d.verify(keys.certificate().public_pem()).is_ok());
        assert!(!accepted, "{field} could be changed");
    }
    // The status is said by the exchange today, not by the signature of the day of issue.
    let mut revoked = json.clone();
    revoked["status"] = json!("revoked");
    assert_eq!(serde_json::from_value::<CertificateDocument>(revoked).unwrap().status, Status::Revoked);
    let mut crowded = json;
    crowded["id_no"] = json!("431199199001011236");
    assert!(serde_json::from_value::<CertificateDocument>(crowded).is_err());
}

#[test]
fn s111_a_certificate_s_json_names_nobody() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let text = serde_json::to_string(&certificate(&keys)).unwrap();
    for secret in ["431199199001011236", "N2431127MF0000000X", "三妹", &keys.checks().code(NUMBER)] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn t19_number_and_check_code_confirm_a_typed_name() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let payload = certificate(&keys).signed.payload;
    let code = keys.checks().code(NUMBER);
    assert_eq!(code.len(), 12);
    let confirm = |code: &str, name: &str| keys.checks().confirm_name(&payload, NUMBER, code, name);
    assert_eq!(confirm(&code, "盘·三妹"), Some(true));
    assert_eq!(confirm(&code.to_lowercase(), " 盘•三妹 "), Some(true));
    assert_eq!(confirm(&code, "蓝山县某镇某村股份经济合作社"), Some(true));
    assert_eq!(confirm(&code, "盘·四妹"), Some(false));
    assert_eq!(confirm(&code, "盘某某"), Some(false));
    let mut wrong = code.clone().into_bytes();
    wrong[11] = if wrong[11] == b'A' { b'B' } else { b'A' };
    assert_eq!(confirm(&String::from_utf8(wrong).unwrap(), "盘·三妹"), None);
    assert_eq!(confirm("", "盘·三妹"), None);
    let other = keys.checks().code("湘蓝农鉴〔2026〕00002号");
    assert_ne!(other, code);
    assert_eq!(confirm(&other, "盘·三妹"), None);
    assert_eq!(keys.checks().confirm_name(&payload, "湘蓝农鉴〔2026〕00002号", &other, "盘·三妹"), None);
}

#[test]
fn equal_names_have_unequal_commitments() {
    let keys = Keys::ephemeral(Suite::Intl).unwrap();
    let facts = PartyFacts { side: Side::Transferee, name: "盘三妹", masked_name: "盘某某", id_no: "1" };
    let parties = keys.checks().parties(NUMBER, &[facts, facts]);
    assert_ne!(parties[0].name_commitment, parties[1].name_commitment);
    let elsewhere = keys.checks().parties("湘蓝农鉴〔2026〕00002号", &[facts]);
    assert_ne!(parties[0].name_commitment, elsewhere[0].name_commitment);
}
