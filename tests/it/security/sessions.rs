//! Sessions, logins, throttles.

use nongquan::acts::login;
use nongquan::crypto::token::Token;
use nongquan::store::accounts;

use super::{get_as, log_in, send, with_holder};
use crate::support::{World, people};

#[test]
fn s029_the_session_cookie_is_for_this_service_alone() {
    let world = with_holder();
    let page = send(&world, "GET", "/login", &[], "");
    let visitor = format!("nq_visitor={}", page.cookie("nq_visitor").unwrap());
    let form = format!("_csrf={}&account=holder&password={}", page.token(), people::PASSWORD.replace('!', "%21"));
    let done = send(&world, "POST", "/login", &[("cookie", &visitor)], &form);
    for line in page.all("set-cookie").into_iter().chain(done.all("set-cookie")) {
        let low = line.to_lowercase();
        assert!(low.contains("httponly") && low.contains("samesite=lax") && low.contains("path=/"), "{line}");
        assert!(!low.contains("domain="), "{line}");
    }
    let token = done.cookie("nq_session").unwrap();
    let session = format!("nq_session={token}");
    for path in ["/desk", "/", "/account/password"] {
        let page = get_as(&world, &session, path);
        assert!(!page.body.contains(&token), "the token is never on a page");
        assert!(!page.header("location").contains(&token));
    }
}

#[test]
fn s029_over_tls_the_cookie_is_bound_to_the_host_and_browsers_stay_with_tls() {
    let world = World::open_as("https://nq.example.cn");
    people::person(&world, "holder", "李春生", "43112719800101001X", "6222021234561235");
    let page = send(&world, "GET", "/login", &[], "");
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000; includeSubDomains", "s031");
    let visitor = format!("nq_visitor={}", page.cookie("nq_visitor").unwrap());
    let form = format!("_csrf={}&account=holder&password={}", page.token(), people::PASSWORD.replace('!', "%21"));
    let done = send(&world, "POST", "/login", &[("cookie", &visitor)], &form);
    let line = done.all("set-cookie").into_iter().find(|l| l.starts_with("__Host-nq_session=")).unwrap().to_owned();
    assert!(line.contains("Secure") && line.contains("Path=/") && !line.contains("Domain"), "{line}");
    let session = line.split(';').next().unwrap().to_owned();
    assert_eq!(get_as(&world, &session, "/desk").status, 200);
    let plain = session.replace("__Host-", "");
    assert_eq!(get_as(&world, &plain, "/desk").status, 303, "the plain name is not taken");
}

#[test]
fn s031_without_tls_nobody_is_told_to_stay_with_it() {
    let world = World::open();
    assert_eq!(send(&world, "GET", "/", &[], "").header("strict-transport-security"), "");
}

#[test]
fn s073_the_database_holds_no_token() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    let token = session.trim_start_matches("nq_session=");
    assert!(token.len() >= 22, "at least 128 bits");
    let parsed = Token::parse(token).unwrap();
    assert_ne!(parsed.hash().to_string(), token);
    let found = world.app.store.read(|db| accounts::session(db, &parsed.hash().to_string())).unwrap();
    assert!(found.is_some());
    assert!(world.app.store.read(|db| accounts::session(db, token)).unwrap().is_none());
}

#[test]
fn s074_each_login_gets_a_new_token_and_kills_the_one_before() {
    let world = with_holder();
    let first = log_in(&world, "holder", "");
    let second = log_in_over(&world, &first);
    assert_ne!(first, second);
    assert_eq!(get_as(&world, &first, "/desk").status, 303);
    assert_eq!(get_as(&world, &second, "/desk").status, 200);
    // A token chosen by somebody else is not taken over.
    let chosen = format!("nq_session={}", Token::random().unwrap().expose());
    let third = log_in(&world, "holder", &chosen);
    assert_ne!(third, chosen);
    assert_eq!(get_as(&world, &chosen, "/desk").status, 303);
}

/// Logs in again while a session is open: the login page sends people on, so the form is posted.
fn log_in_over(world: &World, session: &str) -> String {
    let token = get_as(world, session, "/desk").token();
    let form = format!("_csrf={token}&account=holder&password={}", people::PASSWORD.replace('!', "%21"));
    let done = send(world, "POST", "/login", &[("cookie", session)], &form);
    assert_eq!(done.status, 303, "{}", done.body);
    format!("nq_session={}", done.cookie("nq_session").unwrap())
}

#[test]
fn s075_the_server_counts_idle_time() {
    let world = with_holder();
    let token = login::login(&world.app, "holder", people::PASSWORD, "127.0.0.1").unwrap();
    let hash = token.hash().to_string();
    let session = world.app.store.read(|db| accounts::session(db, &hash)).unwrap().unwrap();
    let long_ago = session.seen_at.plus_mins(-31);
    world.app.store.write(|tx| Ok::<_, nongquan::store::Stop>(tx.touch_session(&hash, long_ago)?)).unwrap();
    let cookie = format!("nq_session={}", token.expose());
    assert_eq!(get_as(&world, &cookie, "/desk").status, 303);
    let gone = world.app.store.read(|db| accounts::session(db, &hash)).unwrap();
    assert!(gone.is_none(), "and the session is deleted");
}

#[test]
fn s076_logging_out_kills_the_session_on_the_server() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    let desk = get_as(&world, &session, "/desk");
    assert!(desk.body.contains("action=\"/logout\""), "visible on every page");
    assert_eq!(desk.header("cache-control"), "no-store");
    let out = send(&world, "POST", "/logout", &[("cookie", &session)], &format!("_csrf={}", desk.token()));
    assert_eq!(out.status, 303);
    assert!(out.header("clear-site-data").contains("\"cache\""), "s115");
    assert_eq!(get_as(&world, &session, "/desk").status, 303, "the old cookie is worth nothing");
}

#[test]
fn s061_wrong_passwords_make_an_account_wait() {
    let world = with_holder();
    let page = send(&world, "GET", "/login", &[], "");
    let visitor = format!("nq_visitor={}", page.cookie("nq_visitor").unwrap());
    let attempt = |password: &str| {
        let form = format!("_csrf={}&account=holder&password={password}", page.token());
        send(&world, "POST", "/login", &[("cookie", &visitor)], &form).status
    };
    for _ in 0..5 {
        assert_eq!(attempt("wrong"), 422);
    }
    assert_eq!(attempt("wrong"), 429);
    assert_eq!(attempt(&people::PASSWORD.replace('!', "%21")), 429, "not even the right one");
}

#[test]
fn s054_an_open_session_survives_a_rivals_wrong_passwords() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    for _ in 0..6 {
        let _ = login::login(&world.app, "holder", "wrong", "10.0.0.9");
    }
    assert_eq!(get_as(&world, &session, "/desk").status, 200);
}

#[test]
fn s026_people_behind_one_address_do_not_lock_each_other_out() {
    let world = with_holder();
    for n in 0..10 {
        let _ = login::login(&world.app, &format!("neighbour{n}"), "wrong", "10.0.0.9");
    }
    assert!(login::login(&world.app, "holder", people::PASSWORD, "10.0.0.9").is_ok());
}

#[test]
fn s065_a_wrong_password_and_an_unknown_account_look_the_same() {
    let world = with_holder();
    let page = send(&world, "GET", "/login", &[], "");
    let visitor = format!("nq_visitor={}", page.cookie("nq_visitor").unwrap());
    let attempt = |account: &str| {
        let form = format!("_csrf={}&account={account}&password=wrong", page.token());
        let answer = send(&world, "POST", "/login", &[("cookie", &visitor)], &form);
        (answer.status, answer.body.replace(account, "NAME"))
    };
    assert_eq!(attempt("holder"), attempt("stranger"));
}

#[test]
fn s062_a_new_exchange_has_no_account() {
    let world = World::open();
    assert_eq!(world.app.store.read(|db| accounts::count(db)).unwrap(), 0);
    for (name, password) in [("admin", "admin"), ("admin", "123456"), ("root", "root"), ("demo", "demo")] {
        assert!(login::login(&world.app, name, password, "127.0.0.1").is_err());
    }
}

#[test]
fn s062_the_set_up_code_dies_after_its_use() {
    let world = World::open();
    let code = nongquan::acts::staff::make_setup_code(&world.app).unwrap();
    let first =
        nongquan::acts::staff::NewStaff {
            account: "admin".into(), name: "周工".into(), address: "13874600001".into()
        };
    nongquan::acts::staff::redeem_setup_code(&world.app, &code, &first, people::PASSWORD).unwrap();
    let second = nongquan::acts::staff::NewStaff { account: "second".into(), ..first };
    assert!(nongquan::acts::staff::redeem_setup_code(&world.app, &code, &second, people::PASSWORD).is_err());
    assert!(nongquan::acts::staff::make_setup_code(&world.app).is_err());
}

#[test]
fn s057_long_passwords_count_to_the_last_character() {
    let world = World::open();
    let admin = people::admin(&world);
    let long = format!("稻田{}", "Aq7-枫木桥".repeat(9));
    let new = nongquan::acts::staff::NewStaff {
        account: "longpass".into(),
        name: "周工".into(),
        address: "13874600001".into(),
    };
    nongquan::acts::staff::create(&world.app, &admin, &new).unwrap();
    let code = people::activation_code(&world.app, "longpass");
    let typed = nongquan::acts::passwords::Typed { password: long.clone(), again: long.clone() };
    nongquan::acts::passwords::redeem(&world.app, "longpass", &code, &typed, "127.0.0.1").unwrap();
    assert!(long.chars().count() >= 64);
    assert!(login::login(&world.app, "longpass", &long, "127.0.0.1").is_ok());
    let shorter: String = long.chars().take(long.chars().count() - 1).collect();
    assert!(login::login(&world.app, "longpass", &shorter, "127.0.0.1").is_err());
}

#[test]
fn s055_names_of_the_place_and_of_the_person_are_no_passwords() {
    let world = World::open();
    let admin = people::admin(&world);
    let new = nongquan::acts::staff::NewStaff {
        account: "review".into(),
        name: "周工".into(),
        address: "13874600001".into(),
    };
    nongquan::acts::staff::create(&world.app, &admin, &new).unwrap();
    let code = people::activation_code(&world.app, "review");
    for password in ["Lanshan-2026!!", "nongcun-Chanquan1", "Review.Review.12", "Aa1!Aa1!Aa1!"] {
        let typed = nongquan::acts::passwords::Typed { password: password.into(), again: password.into() };
        assert!(
            nongquan::acts::passwords::redeem(&world.app, "review", &code, &typed, "127.0.0.1").is_err(),
            "{password}"
        );
    }
}
