//! What cannot be answered is told in JSON and in Chinese.

use super::{ask, get};
use crate::support::World;

#[test]
fn what_did_not_change_is_not_sent_again() {
    let world = World::open();
    let first = get(&world, "/api/v1/lots");
    let tag = first.header("etag").to_owned();
    let again = ask(&world, "GET", "/api/v1/lots", &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    assert_eq!(again.header("etag"), tag);
    assert_eq!(ask(&world, "GET", "/api/v1/lots", &[("if-none-match", "\"other\"")]).status, 200);
}

#[test]
fn whatever_cannot_be_is_a_problem_in_json() {
    let world = World::open();
    for path in [
        "/api",
        "/api/v1",
        "/api/v1/nothing",
        "/api/v1/lots/LSNC431127100-05-202603-0001-01",
        "/api/v1/lots/%00",
        "/api/v1/lots/..%2f..%2fetc",
        "/api/v1/lots/LSNC431127100-05-202603-0001-01/bids",
        "/api/v1/certificates/XLNJ-2026-00001",
        "/api/v1/certificates/nothing",
        "/api/v1/journal/checkpoint",
    ] {
        let _ = get(&world, path).problem(404);
    }
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let refused = ask(&world, method, "/api/v1/lots", &[]);
        assert_eq!(refused.header("allow"), "GET, HEAD");
        let _ = refused.problem(405);
    }
    let head = ask(&world, "HEAD", "/api/v1/lots", &[]);
    assert_eq!((head.status, head.text.as_str()), (200, ""));
}

#[test]
fn bad_parameters_are_told_one_by_one() {
    let world = World::open();
    for (query, parameter) in [
        ("category=0", "category"),
        ("category=15", "category"),
        ("category=five", "category"),
        ("township=%E9%95%BF%E6%B2%99", "township"),
        ("mode=steal", "mode"),
        ("stage=nowhere", "stage"),
        ("stage=listed,nowhere", "stage"),
        ("price_min=-1", "price_min"),
        ("price_min=1.234", "price_min"),
        ("price_min=9&price_max=8", "price_min"),
        ("area_max=1e9", "area_max"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("cursor=***", "cursor"),
        ("cursor=bm9uZQ", "cursor"),
        ("q=%00", "q"),
        ("q=%E2%80%AE", "q"),
        ("q=%FF", "q"),
        ("page=2", "page"),
        ("limit=5&limit=6", "limit"),
    ] {
        let problem = get(&world, &format!("/api/v1/lots?{query}")).problem(400);
        let named: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().filter_map(|e| e["parameter"].as_str()).collect();
        assert_eq!(named, [parameter], "{query}: {problem}");
    }
    let several = get(&world, "/api/v1/lots?category=99&limit=999&x=1").problem(400);
    assert_eq!(several["errors"].as_array().unwrap().len(), 3, "all at once: {several}");
    for path in ["/api/v1/journal/inclusion", "/api/v1/journal/consistency", "/api/v1/journal/inclusion?index=-1"] {
        let _ = get(&world, path).problem(400);
    }
    // Written in full-width digits, as input methods do, and left empty, as forms do.
    assert_eq!(get(&world, "/api/v1/lots?limit=%EF%BC%95&q=").status, 200);
}
