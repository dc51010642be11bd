//! Forms: their token, their origin, their method, and nothing more than what they ask.

use nongquan::store::accounts;
use nongquan::web::routes;

use super::{get_as, log_in, send, with_holder};
use crate::support::{Client, World, people};

fn posts() -> Vec<String> {
    let fill = |p: &str| {
        let part = |part: &str| {
            if part.starts_with('{') { "01900000-0000-7000-8000-000000000001".to_owned() } else { part.to_owned() }
        };
        p.split('/').map(part).collect::<Vec<_>>().join("/")
    };
    routes::all().into_iter().filter(|r| r.method == "POST").map(|r| fill(r.path)).collect()
}

#[test]
fn s035_a_form_from_another_site_is_refused_even_with_its_token() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    let body = format!("_csrf={}", get_as(&world, &session, "/desk").token());
    for path in posts() {
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("content-type", "text/plain"),
            ("content-type", "application/json"),
        ] {
            let answer = send(&world, "POST", &path, &[("cookie", &session), (name, value)], &body);
            assert_eq!(answer.status, 403, "POST {path} with {name}: {value}");
        }
    }
}

#[test]
fn s035_another_sessions_token_is_refused() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    let other = send(&world, "GET", "/login", &[], "").token();
    for path in posts() {
        let answer = send(&world, "POST", &path, &[("cookie", &session)], &format!("_csrf={other}"));
        assert_eq!(answer.status, 403, "POST {path}");
        let bare = send(&world, "POST", &path, &[("cookie", &session)], "a=1");
        assert_eq!(bare.status, 403, "POST {path} without a token");
    }
}

#[test]
fn s035_a_form_from_our_own_page_goes_through() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    let body = format!("_csrf={}&large=1&back=%2Flots", get_as(&world, &session, "/desk").token());
    let origin = world.origin.clone();
    let headers = [("cookie", session.as_str()), ("origin", origin.as_str()), ("sec-fetch-site", "same-origin")];
    let done = send(&world, "POST", "/preferences/large", &headers, &body);
    assert_eq!((done.status, done.header("location")), (303, "/lots"));
}

#[test]
fn s036_what_changes_something_cannot_be_fetched() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    for path in ["/logout", "/preferences/large", "/step-up/code"] {
        assert_eq!(get_as(&world, &session, path).status, 405, "{path}");
    }
    assert_eq!(get_as(&world, &session, "/desk").status, 200, "still logged in");
}

#[test]
fn s039_nobody_is_led_to_another_site() {
    let world = with_holder();
    let outside = [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "/%09/evil.example",
        "%09//evil.example",
        "/%0a/evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
    ];
    for back in outside {
        let encoded: String = back.replace('\\', "%5C").replace(':', "%3A");
        let session = log_in(&world, "holder", "");
        let here = get_as(&world, &session, &format!("/login?back={encoded}"));
        assert_eq!(here.header("location"), "/desk", "{back}");
        let token = get_as(&world, &session, "/desk").token();
        let form = format!("_csrf={token}&large=1&back={encoded}");
        let done = send(&world, "POST", "/preferences/large", &[("cookie", &session)], &form);
        assert_eq!(done.header("location"), "/desk", "{back}");
    }
}

#[test]
fn s042_unlisted_methods_are_told_what_is_listed() {
    let world = World::open();
    for (path, allowed) in
        [("/", "GET, HEAD"), ("/lots", "GET, HEAD"), ("/login", "GET, HEAD, POST"), ("/logout", "POST")]
    {
        for method in ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"] {
            let answer = send(&world, method, path, &[], "");
            assert_eq!((answer.status, answer.header("allow")), (405, allowed), "{method} {path}");
        }
    }
    assert_eq!(send(&world, "HEAD", "/lots", &[], "").status, 200);
    assert_eq!(send(&world, "PUT", "/nothing", &[], "").status, 404);
}

#[test]
fn s041_forwarded_addresses_are_believed_from_proxies_only() {
    let world = with_holder();
    let page = send(&world, "GET", "/login", &[], "");
    let visitor = format!("nq_visitor={}", page.cookie("nq_visitor").unwrap());
    let form = format!("_csrf={}&account=stranger&password=wrong", page.token());
    for header in ["x-forwarded-for", "forwarded", "x-real-ip"] {
        let headers = [("cookie", visitor.as_str()), (header, "203.0.113.77")];
        assert_eq!(send(&world, "POST", "/login", &headers, &form).status, 422);
    }
    let throttle = |ip: &str| world.app.store.read(|db| accounts::throttle(db, &format!("login-ip:{ip}"))).unwrap();
    assert!(throttle("203.0.113.77").is_none(), "what a stranger writes is not his address");
    assert_eq!(throttle("127.0.0.1").map(|(n, _, _)| n), Some(3));
}

/// Behind a proxy: every line of the header counts, and what cannot be read is no way past it.
#[test]
fn s041_an_unreadable_hop_hides_no_proxy_and_lets_nobody_choose_his_address() {
    let world = World::open_with(|typed| typed.trusted_proxies = Some("127.0.0.1,10.0.0.0/8".to_owned()));
    let page = send(&world, "GET", "/login", &[], "");
    let visitor = format!("nq_visitor={}", page.cookie("nq_visitor").unwrap());
    let cases: [(&[&str], &str); 7] = [
        (&["203.0.113.1"], "203.0.113.1"),
        (&["198.51.100.1, 203.0.113.2, 10.1.2.3"], "203.0.113.2"),
        // The client's own line above, the proxy's below.
        (&["198.51.100.2", "203.0.113.3"], "203.0.113.3"),
        (&["198.51.100.3", "10.1.2.3"], "198.51.100.3"),
        (&["198.51.100.4, unknown"], "127.0.0.1"),
        (&["198.51.100.5", "203.0.113.6:4711, 10.1.2.3"], "127.0.0.1"),
        (&["198.51.100.6", ""], "127.0.0.1"),
    ];
    let tried = |ip: &str| {
        let found = world.app.store.read(|db| accounts::throttle(db, &format!("login-ip:{ip}"))).unwrap();
        found.map_or(0, |(n, _, _)| n)
    };
    for (n, (lines, from)) in cases.into_iter().enumerate() {
        let form = format!("_csrf={}&account=stranger{n}&password=wrong", page.token());
        let before = tried(from);
        let mut headers = vec![("cookie", visitor.as_str())];
        headers.extend(lines.iter().map(|line| ("x-forwarded-for", *line)));
        assert_eq!(send(&world, "POST", "/login", &headers, &form).status, 422);
        assert_eq!(tried(from), before + 1, "{lines:?} is {from}");
    }
}

#[test]
fn s084_extra_fields_change_nothing() {
    let world = with_holder();
    let visitor = Client::new(&world);
    let typed = [
        ("kind", "person"),
        ("name", "盘三妹"),
        ("number", "431127197512150028"),
        ("township", people::TOWNSHIP),
        ("village", people::VILLAGE),
        ("address", "界头村2组"),
        ("phone", "13874612346"),
        ("bank", "蓝山农商银行"),
        ("bank_account", "6222021234561243"),
        ("account", "intruder"),
        ("password", people::PASSWORD),
        ("again", people::PASSWORD),
    ];
    let mut fields: Vec<(String, String)> = typed.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec();
    fields.push(("_csrf".into(), visitor.token()));
    for (name, value) in [
        ("role", "system_admin"),
        ("verification", "verified"),
        ("verified", "1"),
        ("active", "1"),
        ("posts", "director"),
        ("id", "01900000-0000-7000-8000-000000000001"),
    ] {
        fields.push((name.into(), value.into()));
    }
    assert_eq!(visitor.post("/register", &fields).status, 303);
    let account = world.app.store.read(|db| accounts::by_login(db, "intruder")).unwrap().unwrap();
    let actor = world.app.store.read(|db| accounts::actor(db, &account)).unwrap();
    assert!(!actor.verified && !actor.is_staff() && actor.posts.len() == 1);
}

#[test]
fn s109_personal_numbers_are_never_in_an_address() {
    let world = World::open();
    let admin = people::admin(&world);
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    people::staff(&world, &admin, nongquan::domain::actor::Role::Acceptance);
    let desk = Client::new(&world).login("acceptance", people::PASSWORD);
    let found = desk.submit("/desk/verification", "/desk/verification/search", &[("number", "43112719800101001X")]);
    assert!(!found.leads().contains("4311271980"), "{:?}", found.location);
}
