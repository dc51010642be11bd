//! As much of JSON Schema as openapi.json uses. What it does not know it refuses, so that nothing is
//! taken for checked that was not.

use serde_json::{Map, Value};

/// Everything in which a value differs from its schema.
pub fn faults(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(document, schema, value, "$", &mut found);
    found
}

/// The schema a reference names.
pub fn resolve<'a>(document: &'a Value, reference: &str) -> &'a Value {
    let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads elsewhere"));
    document.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"))
}

fn check(document: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let rules = schema.as_object().unwrap_or_else(|| panic!("{at}: not a schema: {schema}"));
    for (rule, wanted) in rules {
        match rule.as_str() {
            "description" | "format" => {}
            "$ref" => check(document, resolve(document, wanted.as_str().unwrap()), value, at, found),
            "type" => {
                if !is(wanted.as_str().unwrap(), value) {
                    found.push(format!("{at} should be {wanted}, is {value}"));
                }
            }
            "enum" => {
                if !wanted.as_array().unwrap().contains(value) {
                    found.push(format!("{at} = {value} is not in the list"));
                }
            }
            "const" => {
                if wanted != value {
                    found.push(format!("{at} should be {wanted}, is {value}"));
                }
            }
            "anyOf" => {
                let fits = |s: &Value| faults(document, s, value).is_empty();
                if !wanted.as_array().unwrap().iter().any(fits) {
                    found.push(format!("{at} fits nothing: {value}"));
                }
            }
            "pattern" => pattern(wanted.as_str().unwrap(), value, at, found),
            "minimum" if value.as_i64().is_some_and(|n| n < wanted.as_i64().unwrap()) => {
                found.push(format!("{at} is too small"));
            }
            "maximum" if value.as_i64().is_some_and(|n| n > wanted.as_i64().unwrap()) => {
                found.push(format!("{at} is too big"));
            }
            "minimum" | "maximum" => {}
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(document, wanted, item, &format!("{at}[{n}]"), found);
                }
            }
            "properties" => {
                for (name, inner) in wanted.as_object().unwrap() {
                    if let Some(member) = value.get(name) {
                        check(document, inner, member, &format!("{at}.{name}"), found);
                    }
                }
            }
            "required" => {
                for name in wanted.as_array().unwrap().iter().filter_map(Value::as_str) {
                    if value.get(name).is_none() {
                        found.push(format!("{at} lacks {name}"));
                    }
                }
            }
            "additionalProperties" => {
                assert_eq!(wanted, &Value::Bool(false), "{at}: only false is known");
                closed(rules, value, at, found);
            }
            other => panic!("{at}: the checker does not know {other}"),
        }
    }
}

fn closed(rules: &Map<String, Value>, value: &Value, at: &str, found: &mut Vec<String>) {
    let known = rules["properties"].as_object().unwrap();
    for name in value.as_object().into_iter().flat_map(Map::keys) {
        if !known.contains_key(name) {
            found.push(format!("{at} has {name}, which is not described"));
        }
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    }
}

fn pattern(wanted: &str, value: &Value, at: &str, found: &mut Vec<String>) {
    assert_eq!(wanted, "^[0-9a-f]{64}$", "{at}: only hashes have a pattern in answers");
    let fits = |s: &str| s.len() == 64 && s.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !value.as_str().is_some_and(fits) {
        found.push(format!("{at} = {value} is no hash"));
    }
}
