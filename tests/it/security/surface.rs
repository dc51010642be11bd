//! Paths, hosts, files, and input that is meant to hurt.

use nongquan::crypto::suite::sm3;
use nongquan::domain::actor::Role;

use super::{get_as, log_in, send, with_holder};
use crate::support::{Client, World, people};

#[test]
fn s001_s052_no_path_leads_out_of_the_service() {
    let world = World::open();
    for path in [
        "/assets/../../../etc/passwd",
        "/assets/x/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/x/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/assets/x/%252e%252e%252fetc%252fpasswd",
        "/assets/x/..%5c..%5cetc%5cpasswd",
        "/assets/x/app.css%00",
        "/documents/..%2f..%2fnongquan.db",
        "/lots/..%2f..%2fetc%2fpasswd/notice.pdf",
        "/lots/x/papers/..%2f..%2f..%2fetc%2fpasswd.pdf",
        "/style/..%2f..%2fCargo.toml",
        "/.git/config",
        "/.env",
        "/nongquan.db",
        "/demo-accounts.json",
    ] {
        let answer = send(&world, "GET", path, &[], "");
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains("root:") && !answer.body.contains("[package]"), "{path}");
    }
}

#[test]
fn s106_what_belongs_to_the_demonstration_is_not_here() {
    let world = World::open();
    for path in ["/demo", "/demo/outbox", "/debug", "/metrics", "/actuator", "/swagger", "/admin/debug", "/test"] {
        assert_eq!(send(&world, "GET", path, &[], "").status, 404, "{path}");
    }
}

#[test]
fn a_strange_host_header_changes_nothing() {
    let world = with_holder();
    for host in ["evil.example", "evil.example:80", "127.0.0.1"] {
        let page = send(&world, "GET", "/login", &[("host", host)], "");
        assert!(!page.body.contains("evil.example") && !page.header("location").contains("evil"), "{host}");
        let led = send(&world, "GET", "/desk", &[("host", host), ("x-forwarded-host", "evil.example")], "");
        assert_eq!(led.header("location"), "/login?back=%2Fdesk");
        let lots = send(&world, "GET", "/api/v1/openapi.json", &[("host", host)], "");
        assert!(!lots.body.contains("evil.example"), "addresses are the configured ones");
    }
}

const HOSTILE: &str = "\"><svg onload=alert(1)>'{{7*7}}${7*7}<script>alert(2)</script>";

#[test]
fn s002_what_people_type_is_never_markup() {
    let world = with_holder();
    let encoded: String = HOSTILE.bytes().map(|b| format!("%{b:02X}")).collect();
    for path in [
        format!("/lots?q={encoded}"),
        format!("/lots?category={encoded}&township={encoded}&mode={encoded}&stage={encoded}&after={encoded}"),
        format!("/verify?number={encoded}"),
        format!("/login?back=/{encoded}"),
        format!("/nothing/{encoded}"),
        format!("/lots/{encoded}"),
        format!("/journal?before={encoded}"),
    ] {
        let answer = send(&world, "GET", &path, &[], "");
        assert!(answer.status < 500, "{path}: {}", answer.status);
        assert!(!answer.body.contains("<svg onload") && !answer.body.contains("<script>alert"), "{path}");
        assert!(!answer.body.contains(">49<"), "{path} computes");
    }
    let visitor = Client::new(&world);
    let again =
        visitor.submit("/register", "/register", &[("name", HOSTILE), ("address", HOSTILE), ("account", HOSTILE)]);
    assert_eq!(again.status, 422);
    assert!(!again.body.contains("<svg onload") && !again.body.contains("<script>alert"));
    assert!(again.body.contains("&lt;script&gt;") || again.body.contains("&#60;script&#62;"), "kept, as text");
}

#[test]
fn s005_quotes_are_letters() {
    let world = with_holder();
    for word in ["' OR 1=1 --", "%' OR '1'='1", "\\'; DROP TABLE lots; --", "塘%27 UNION SELECT 1"] {
        let encoded: String = word.bytes().map(|b| format!("%{b:02X}")).collect();
        for path in
            [format!("/lots?q={encoded}"), format!("/lots?township={encoded}"), format!("/api/v1/lots?q={encoded}")]
        {
            let answer = send(&world, "GET", &path, &[], "");
            assert_eq!(answer.status, 200, "{path}");
        }
        let page = send(&world, "GET", "/login", &[], "");
        let visitor = format!("nq_visitor={}", page.cookie("nq_visitor").unwrap());
        let form = format!("_csrf={}&account={encoded}&password={encoded}", page.token());
        assert_eq!(send(&world, "POST", "/login", &[("cookie", &visitor)], &form).status, 422, "{word}");
    }
}

#[test]
fn s009_nul_and_broken_text_reach_nothing() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    for path in [
        "/lots?q=%00",
        "/lots?township=%00&mode=%00&after=%00",
        "/lots/%00",
        "/verify?number=%00",
        "/verify/%00",
        "/documents/%00",
        "/lots?q=%FF%FE",
    ] {
        let answer = get_as(&world, &session, path);
        assert!(matches!(answer.status, 200 | 400 | 404), "{path}: {}", answer.status);
    }
    let token = get_as(&world, &session, "/desk").token();
    for body in ["a=%00", "account=%00&password=%00", "account=a%00b&password=%FF"] {
        let form = format!("_csrf={token}&{body}");
        for path in ["/login", "/register", "/setup", "/reset", "/account/password", "/projects"] {
            let answer = send(&world, "POST", path, &[("cookie", &session)], &form);
            assert!((400..500).contains(&answer.status), "{path} {body}: {}", answer.status);
        }
    }
}

#[test]
fn s120_a_parameter_given_twice_is_not_two_answers() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    assert_eq!(get_as(&world, &session, "/api/v1/lots?category=1&category=2").status, 400);
}

#[test]
fn s047_a_form_too_long_is_cut_off() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    let token = get_as(&world, &session, "/desk").token();
    let form = format!("_csrf={token}&name={}", "a".repeat(600 * 1024));
    let answer = send(&world, "POST", "/register", &[("cookie", &session)], &form);
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("太长"), "{}", answer.body);
}

fn multipart(fields: &[(&str, &str)], file: (&str, &str, &str)) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    let (slot, name, content) = file;
    body += &format!(
        "--B\r\nContent-Disposition: form-data; name=\"{slot}\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--B--\r\n"
    );
    body
}

const MULTIPART: (&str, &str) = ("content-type", "multipart/form-data; boundary=B");

#[test]
fn s047_strangers_bytes_never_reach_the_disk() {
    let world = with_holder();
    let kept = |content: &str| world.app.files.get(&sm3(&[content.as_bytes()])).unwrap();
    let page = send(&world, "GET", "/login", &[], "");
    let visitor = format!("nq_visitor={}", page.cookie("nq_visitor").unwrap());
    let token = page.token();
    let body = multipart(&[("_csrf", &token)], ("statement", "a.csv", "from,a,visitor\n"));
    let answer = send(&world, "POST", "/register", &[("cookie", &visitor), MULTIPART], &body);
    assert_eq!(answer.status, 403);
    assert!(kept("from,a,visitor\n").is_none());
    let session = log_in(&world, "holder", "");
    let body = multipart(&[("_csrf", "wrong")], ("statement", "a.csv", "without,a,token\n"));
    let answer = send(&world, "POST", "/desk/finance/statements", &[("cookie", &session), MULTIPART], &body);
    assert_eq!(answer.status, 403);
    assert!(kept("without,a,token\n").is_none());
}

#[test]
fn s047_an_upload_that_breaks_off_leaves_nothing() {
    let world = World::open();
    let admin = people::admin(&world);
    people::staff(&world, &admin, Role::Finance);
    let session = log_in(&world, "finance", "");
    let token = get_as(&world, &session, "/desk").token();
    let body = multipart(&[("_csrf", &token)], ("statement", "a.csv", &"x,y,z\n".repeat(50_000)));
    let cut = &body[..body.len() / 2];
    let answer = send(&world, "POST", "/desk/finance/statements", &[("cookie", &session), MULTIPART], cut);
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert!(answer.body.contains("中断"), "{}", answer.body);
    let incoming = world.app.data.join("files").join("incoming");
    let left = std::fs::read_dir(&incoming).map(|dir| dir.count()).expect("the folder of uploads under way");
    assert_eq!(left, 0, "the temporary file is gone");
}

#[test]
fn s047_a_file_too_big_is_told_and_gone() {
    let world = World::open();
    let admin = people::admin(&world);
    people::staff(&world, &admin, Role::Finance);
    let session = log_in(&world, "finance", "");
    let token = get_as(&world, &session, "/desk").token();
    let body = multipart(&[("_csrf", &token)], ("statement", "a.csv", &"x,y,z\n".repeat(1_000_000)));
    let answer = send(&world, "POST", "/desk/finance/statements", &[("cookie", &session), MULTIPART], &body);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("文件超过"), "{}", answer.body);
    let incoming = world.app.data.join("files").join("incoming");
    assert_eq!(std::fs::read_dir(&incoming).unwrap().count(), 0);
}

#[test]
fn s083_guessing_ids_finds_nothing() {
    let world = with_holder();
    let session = log_in(&world, "holder", "");
    for path in ["/cases", "/applications", "/documents", "/desk/verification", "/admin/accounts"] {
        for id in ["1", "01900000-0000-7000-8000-000000000001", "00000000-0000-0000-0000-000000000000"] {
            let answer = get_as(&world, &session, &format!("{path}/{id}"));
            assert!(matches!(answer.status, 403 | 404), "{path}/{id}: {}", answer.status);
        }
    }
}
