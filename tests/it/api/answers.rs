//! Every answer is what openapi.json says it is, on a lot that went all the way.

use nongquan::acts::{certificate, checkpoint};
use nongquan::domain::base::numbering::CertificateNo;
use nongquan::domain::refusal::Refusal;
use nongquan::store::Stop;
use serde_json::{Value, json};

use super::{get, items, schema};
use crate::stories::pond::{Point, Pond, Winner};
use crate::support::World;

/// The schema of a good answer of this path.
fn schema_of<'a>(document: &'a Value, path: &str) -> &'a Value {
    &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
}

fn fits(document: &Value, path: &str, answer: &Value) {
    let faults = schema::faults(document, schema_of(document, path), answer);
    assert!(faults.is_empty(), "{path}: {faults:#?}");
}

#[test]
fn every_answer_fits_its_schema() {
    let pond = Pond::reach(Point::Certified, Winner::Member);
    let (world, no) = (&pond.world, pond.lot_no.as_str());
    checkpoint::sign_head(&world.app).unwrap();
    let document = get(world, "/api/v1/openapi.json").ok();
    let lot = pond.lot();
    let number: CertificateNo = lot.certificate.number.as_deref().unwrap().parse().unwrap();
    let asked = [
        ("/api/v1/openapi.json", "/api/v1/openapi.json".to_owned()),
        ("/api/v1/lots", "/api/v1/lots".to_owned()),
        ("/api/v1/lots/{lot_no}", format!("/api/v1/lots/{no}")),
        ("/api/v1/lots/{lot_no}/bids", format!("/api/v1/lots/{no}/bids")),
        ("/api/v1/certificates/{no}", format!("/api/v1/certificates/{}", number.url())),
        ("/api/v1/journal/checkpoint", "/api/v1/journal/checkpoint".to_owned()),
        ("/api/v1/journal/leaves", "/api/v1/journal/leaves?from=3&limit=20".to_owned()),
        ("/api/v1/journal/inclusion", "/api/v1/journal/inclusion?index=5".to_owned()),
        ("/api/v1/journal/consistency", "/api/v1/journal/consistency?from=7".to_owned()),
        ("/keys.json", "/keys.json".to_owned()),
    ];
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), asked.len(), "every path is asked");
    for (path, address) in asked {
        let reply = get(world, &address);
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{address}");
        assert_eq!(reply.header("set-cookie"), "", "{address} knows no sessions");
        assert!(!reply.header("cache-control").is_empty() && !reply.header("etag").is_empty(), "{address}");
        fits(&document, path, &reply.ok());
    }
    let problem = get(world, "/api/v1/lots?category=15").problem(400);
    let faults = schema::faults(&document, &json!({ "$ref": "#/components/schemas/Problem" }), &problem);
    assert!(faults.is_empty(), "{faults:#?}");
    proofs_of_the_newest_head_are_asked_for_again(world);
    wrong_check_codes_wait_and_right_ones_never(world, &number);
    the_lot_says_what_the_notice_says(&pond);
    the_certificate_is_the_public_payload_and_no_more(world, &number);
}

/// The same address gives another proof tomorrow, unless it names the size.
fn proofs_of_the_newest_head_are_asked_for_again(world: &World) {
    for (address, kept) in [
        ("/api/v1/journal/inclusion?index=5", false),
        ("/api/v1/journal/inclusion?index=5&size=20", true),
        ("/api/v1/journal/consistency?from=7", false),
        ("/api/v1/journal/consistency?from=7&to=20", true),
    ] {
        let reply = get(world, address);
        assert_eq!(reply.header("cache-control").contains("immutable"), kept, "{address}");
    }
}

/// A bank confirms as many names as it likes; who guesses waits, on this certificate and then altogether.
fn wrong_check_codes_wait_and_right_ones_never(world: &World, number: &CertificateNo) {
    let app = &world.app;
    let shown = certificate::show(app, &number.to_string()).unwrap().expect("the certificate");
    let right = app.keys.checks().code(&number.to_string());
    let ask = |code: &str, ip: &str| certificate::confirm_name(app, &shown, code, "王不是", ip);
    let waits = |answer: Result<Option<bool>, Stop>| matches!(answer, Err(Stop::Refused(Refusal::TooMany { .. })));
    for n in 0..30 {
        assert!(matches!(ask(&right, "192.0.2.1"), Ok(Some(false))), "{n}");
    }
    for n in 0..10 {
        assert!(matches!(ask("AAAA-AAAA-AAAA", "192.0.2.1"), Ok(None)), "{n}");
    }
    assert!(waits(ask(&right, "192.0.2.1")), "ten wrong ones");
    assert!(matches!(ask(&right, "192.0.2.2"), Ok(Some(false))), "another address");
    // Over a list of certificates.
    for n in 0..40 {
        let mut other = shown.clone();
        other.url_no = format!("2026-{n:05}");
        assert!(matches!(certificate::confirm_name(app, &other, "AAAA-AAAA-AAAA", "王不是", "192.0.2.1"), Ok(None)));
    }
    let mut other = shown.clone();
    other.url_no = "2026-77777".to_owned();
    assert!(waits(certificate::confirm_name(app, &other, &right, "王不是", "192.0.2.1")), "fifty wrong ones");
}

fn the_lot_says_what_the_notice_says(pond: &Pond) {
    let stored = pond.lot();
    let lot = get(&pond.world, &format!("/api/v1/lots/{}", pond.lot_no)).ok();
    assert_eq!(lot["lot_no"], pond.lot_no);
    assert_eq!(lot["category"], 5);
    assert_eq!(lot["variety"], "0501");
    assert_eq!((&lot["township"], &lot["village"]), (&json!("塔峰镇"), &json!("界头村")));
    assert_eq!(lot["stage"], "certified");
    let terms = stored.terms.as_ref().unwrap();
    assert_eq!(lot["price"]["fen"], terms.price.0);
    assert_eq!(lot["price"]["unit"], "yuan_per_mu_year");
    assert_eq!(lot["price"]["yuan"], terms.price.decimal());
    assert_eq!(lot["total"]["unit"], "yuan");
    let outcome = stored.outcome.as_ref().unwrap();
    assert_eq!(lot["result"]["price"]["fen"], outcome.price.0);
    assert_eq!(lot["certificate_no"], json!(stored.certificate.number));
    let page = get(&pond.world, "/api/v1/lots").ok();
    let listed = &items(&page)[0];
    for (name, value) in listed.as_object().unwrap() {
        assert_eq!(&lot[name], value, "list and detail agree on {name}");
    }
}

fn the_certificate_is_the_public_payload_and_no_more(world: &World, number: &CertificateNo) {
    let certificate = get(world, &format!("/api/v1/certificates/{}", number.url())).ok();
    let members = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(members(&certificate), ["payload", "signature", "status", "status_at"]);
    let printed = percent_encoding(&number.to_string());
    let same = get(world, &format!("/api/v1/certificates/{printed}")).ok();
    assert_eq!(same["payload"], certificate["payload"], "the printed number works as well");
    let keys = get(world, "/keys.json").ok();
    let key = keys["keys"].as_array().unwrap().iter().find(|k| k["purpose"] == "certificate").unwrap().clone();
    let document: nongquan::crypto::certificate::CertificateDocument = serde_json::from_value(certificate).unwrap();
    document.verify(key["pem"].as_str().unwrap()).expect("the published key fits the published certificate");
}

fn percent_encoding(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}
