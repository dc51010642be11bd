//! openapi.json says what the service does: no more, no less.

use std::collections::BTreeSet;

use nongquan::domain::lot::Stage;
use nongquan::web::api::{OPERATIONS, ROUTES};
use serde_json::Value;

use super::{get, schema};
use crate::support::{World, people};

fn document(world: &World) -> Value {
    get(world, "/api/v1/openapi.json").ok()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let world = World::open();
    let document = document(&world);
    assert_eq!(document["openapi"], "3.1.0");
    let described: BTreeSet<&str> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    let routed: BTreeSet<&str> = ROUTES.iter().map(|r| r.path).collect();
    assert_eq!(described, routed);
    assert!(ROUTES.iter().all(|r| r.method == "GET"), "the interface is for reading");
    let ids: BTreeSet<&str> = OPERATIONS.iter().map(|op| op.id).collect();
    assert_eq!(ids.len(), OPERATIONS.len(), "operation ids are unique");
}

#[test]
fn every_stage_is_in_the_enum() {
    let world = World::open();
    let document = document(&world);
    let names: Vec<&str> = Stage::ALL.iter().map(|s| s.name()).collect();
    assert_eq!(document["components"]["schemas"]["Stage"]["enum"], serde_json::json!(names));
    let lot = &document["components"]["schemas"]["Lot"]["properties"];
    assert_eq!(lot["stage"]["$ref"], "#/components/schemas/Stage");
    assert_eq!(lot["category"]["minimum"], 1);
    assert_eq!(lot["category"]["maximum"], 14);
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_used() {
    fn walk(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
                map.values().for_each(|v| walk(v, found));
            }
            Value::Array(all) => all.iter().for_each(|v| walk(v, found)),
            _ => {}
        }
    }
    let world = World::open();
    let document = document(&world);
    let mut references = BTreeSet::new();
    walk(&document, &mut references);
    for reference in &references {
        let _ = schema::resolve(&document, reference);
    }
    let declared = document["components"]["schemas"].as_object().unwrap().keys();
    let unused: Vec<&String> =
        declared.filter(|name| !references.contains(&format!("#/components/schemas/{name}"))).collect();
    // What one shape extends is written out in it, so only the base itself must be used elsewhere.
    assert!(unused.is_empty(), "{unused:?}");
}

/// The rules of OpenAPI 3.1 that a reader's tools stumble over first.
#[test]
fn the_document_is_well_formed() {
    let world = World::open();
    let document = document(&world);
    assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
    for (path, item) in document["paths"].as_object().unwrap() {
        let operation = &item["get"];
        assert!(operation["operationId"].is_string(), "{path}");
        let parameters = operation["parameters"].as_array().unwrap();
        let mut names = BTreeSet::new();
        for parameter in parameters {
            let name = parameter["name"].as_str().unwrap();
            assert!(names.insert(name), "{path}: {name} twice");
            assert!(parameter["schema"].is_object(), "{path}: {name}");
            match parameter["in"].as_str().unwrap() {
                "path" => {
                    assert!(path.contains(&format!("{{{name}}}")), "{path}: {name}");
                    assert_eq!(parameter["required"], true);
                }
                "query" => assert!(parameter["required"].is_boolean()),
                other => panic!("{path}: {name} in {other}"),
            }
        }
        for part in path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}')) {
            assert!(names.contains(part), "{path}: {part} is not described");
        }
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(response["description"].is_string(), "{path} {status}");
        }
    }
}

/// What an exchange without lots answers fits as well; `answers` holds a whole deal against it.
#[test]
fn answers_of_an_empty_exchange_fit() {
    let world = World::open();
    let admin = people::admin(&world);
    people::staff(&world, &admin, nongquan::domain::actor::Role::Review);
    nongquan::acts::checkpoint::sign_head(&world.app).unwrap();
    let document = document(&world);
    for path in ["/api/v1/lots", "/api/v1/journal/checkpoint", "/api/v1/journal/leaves", "/keys.json"] {
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let faults = schema::faults(&document, schema, &get(&world, path).ok());
        assert!(faults.is_empty(), "{path}: {faults:#?}");
    }
}
