//! Settings: what is refused at start, and that everything wrong is told at once.

use std::path::PathBuf;

use clap::{Args, Command, FromArgMatches};
use nongquan::cli::{DemoArgs, ServeArgs};
use nongquan::config::{BaseUrl, Config, Database, Faults, Mail, Mode};

fn serve(words: &[&str]) -> Result<Config, Faults> {
    // A command without environment variables, so that the machine's own do not count.
    let command = ServeArgs::augment_args(Command::new("serve")).mut_args(|a| a.env(None::<&str>));
    let matches = command.try_get_matches_from(["serve"].iter().chain(words)).unwrap();
    ServeArgs::from_arg_matches(&matches).unwrap().config()
}

fn demo(words: &[&str]) -> Result<Config, Faults> {
    let command = DemoArgs::augment_args(Command::new("demo"));
    let matches = command.try_get_matches_from(["demo"].iter().chain(words)).unwrap();
    DemoArgs::from_arg_matches(&matches).unwrap().config()
}

fn settings_at_fault(result: Result<Config, Faults>) -> Vec<&'static str> {
    result.err().map(|f| f.iter().map(|fault| fault.setting).collect()).unwrap_or_default()
}

#[test]
fn nothing_typed_is_a_private_sqlite_service() {
    let config = serve(&[]).unwrap();
    assert_eq!(config.mode, Mode::Serve);
    assert_eq!(config.place.database, Database::Sqlite(PathBuf::from("data/nongquan.db")));
    assert_eq!(config.place.keys, PathBuf::from("data-keys"));
    assert!(config.listen.ip().is_loopback());
    assert_eq!(config.base_url.origin(), "http://127.0.0.1:8080");
    assert_eq!(config.mail, Mail::Off);
    assert!(config.proxies.is_empty());
}

#[test]
fn all_faults_are_told_at_once() {
    let faults = settings_at_fault(serve(&[
        "--listen",
        "8080",
        "--database-url",
        "host=db dbname=nongquan",
        "--smtp-url",
        "mail.example.com",
        "--trusted-proxies",
        "10.0.0.0/33",
        "--upload-file-mb",
        "0",
    ]));
    for setting in
        ["NONGQUAN_LISTEN", "DATABASE_URL", "NONGQUAN_SMTP_URL", "NONGQUAN_TRUSTED_PROXIES", "NONGQUAN_UPLOAD_FILE_MB"]
    {
        assert!(faults.contains(&setting), "{setting} is not among {faults:?}");
    }
}

#[test]
fn keys_never_lie_in_the_data() {
    for (data, keys) in [("d", "d"), ("d", "d/keys"), ("d", "x/../d/keys"), ("d/data", "d"), ("./d", "d/k")] {
        assert_eq!(settings_at_fault(serve(&["--data", data, "--keys", keys])), ["--keys"], "{data} {keys}");
    }
    assert!(serve(&["--data", "d", "--keys", "d-keys"]).is_ok());
    assert_eq!(serve(&["--data", "/srv/nq/"]).unwrap().place.keys, PathBuf::from("/srv/nq-keys"));
}

#[test]
fn a_public_service_has_an_encrypted_address() {
    assert_eq!(settings_at_fault(serve(&["--listen", "0.0.0.0:80"])), ["NONGQUAN_BASE_URL"]);
    for bad in
        ["http://nq.example.cn", "nq.example.cn", "https://nq.example.cn/path", "https://a@b", "ftp://x", "https://"]
    {
        assert_eq!(settings_at_fault(serve(&["--base-url", bad])), ["NONGQUAN_BASE_URL"], "{bad}");
    }
    let url = serve(&["--listen", "0.0.0.0:80", "--base-url", "https://nq.example.cn/"]).unwrap().base_url;
    assert_eq!(url.join("/lots"), "https://nq.example.cn/lots");
    assert!(url.is_https());
    assert_eq!(BaseUrl::parse("http://[::1]:8080").map(|u| u.host().to_owned()), Ok("::1".to_owned()));
}

#[test]
fn database_addresses() {
    for bad in ["host=db dbname=x", "sqlite:x.db", "mysql://h/x", "postgres://h", "postgres://h/", "postgres://h/a b"] {
        assert_eq!(settings_at_fault(serve(&["--database-url", bad])), ["DATABASE_URL"], "{bad}");
    }
    for (url, host, open) in [
        ("postgres://u:p@db.example.cn:5432/nq", "db.example.cn", true),
        ("postgres://u:p@db.example.cn/nq?sslmode=verify-full", "db.example.cn", false),
        ("postgresql://u@127.0.0.1/nq", "127.0.0.1", false),
        ("postgres://u@[::1]:5432/nq", "::1", false),
        ("postgres:///nq?host=/run/postgresql", "", false),
        ("postgres://u@%2Frun%2Fpostgresql/nq", "%2Frun%2Fpostgresql", false),
    ] {
        let database = serve(&["--database-url", url]).unwrap().place.database;
        assert_eq!(database.host(), Some(host), "{url}");
        assert_eq!(database.is_unprotected(), open, "{url}");
    }
}

#[test]
fn passwords_are_never_printed() {
    let config = serve(&[
        "--database-url",
        "postgres://nongquan:s3cret@db/nq",
        "--smtp-url",
        "smtps://post:s3cret@mail:465",
        "--mail-from",
        "post@example.cn",
    ])
    .unwrap();
    assert!(!format!("{config:?} {}", config.place.database).contains("s3cret"));
}

#[test]
fn only_proxies_are_believed() {
    let config = serve(&["--trusted-proxies", "10.89.70.0/24, 2001:db8::/32"]).unwrap();
    let believes = |ip: &str| config.proxies.iter().any(|n| n.contains(ip.parse().unwrap()));
    for (ip, expected) in [
        ("10.89.70.7", true),
        ("::ffff:10.89.70.7", true),
        ("10.89.71.7", false),
        ("127.0.0.1", false),
        ("2001:db8:1::1", true),
        ("2001:db9::1", false),
    ] {
        assert_eq!(believes(ip), expected, "{ip}");
    }
}

#[test]
fn the_demonstration_keeps_to_itself() {
    let config = demo(&[]).unwrap();
    assert!(config.mode.is_demo());
    assert_eq!(config.mail, Mail::Off, "a demonstration sends nothing");
    assert_eq!(config.place.data, PathBuf::from("demo-data"));
    assert_eq!(settings_at_fault(demo(&["--listen", "0.0.0.0:8080"])), ["--listen"]);
    let public = demo(&["--listen", "0.0.0.0:8080", "--public-demo"]).unwrap();
    // Links and codes lead to an address that others can type.
    let origin = public.base_url.origin();
    assert!(!origin.contains("0.0.0.0") && origin.ends_with(":8080"), "{origin}");
    assert_eq!(public.listen.to_string(), "0.0.0.0:8080");
    assert_eq!(settings_at_fault(demo(&["--speed", "0"])), ["--speed"]);
    let reads_environment = DemoArgs::augment_args(Command::new("demo")).get_arguments().any(|a| a.get_env().is_some());
    assert!(!reads_environment, "the demonstration takes its database from its own options only");
}

#[test]
fn every_setting_is_in_the_operating_manual() {
    let manual = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operating/install.md")).unwrap();
    let command = ServeArgs::augment_args(Command::new("serve"));
    let names = |text: &str| -> std::collections::BTreeSet<String> {
        let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        rows.filter(|name| name.starts_with("NONGQUAN_") || *name == "DATABASE_URL").map(str::to_owned).collect()
    };
    let known = command.get_arguments().filter_map(|a| Some(a.get_env()?.to_str()?.to_owned())).collect();
    assert_eq!(names(&manual), known);
}
