//! docker-compose.yml, the Dockerfile and the proxy's file against the program's own
//! settings: a variable, port, volume or command that the program does not know fails.

mod dockerfile;
mod yaml;

use std::collections::BTreeSet;

use clap::{Args, Command, FromArgMatches};
use dockerfile::Dockerfile;
use nongquan::cli::ServeArgs;
use nongquan::config::{Config, Mail};
use yaml::Compose;

/// Settings of `serve` by their environment variable, with the option that sets the same.
fn settings() -> Vec<(String, String)> {
    ServeArgs::augment_args(Command::new("serve"))
        .get_arguments()
        .filter_map(|a| Some((a.get_env()?.to_str()?.to_owned(), format!("--{}", a.get_long()?))))
        .collect()
}

/// The configuration a container of this service starts with, if the program accepts it.
fn config_of(compose: &Compose, service: &str) -> Config {
    let known = settings();
    let mut words = vec!["serve".to_owned()];
    let mut environment = Dockerfile::read().environment();
    environment.extend(compose.environment(service));
    for (name, value) in environment {
        let option = known.iter().find(|(env, _)| *env == name).map(|(_, option)| option.clone());
        words.push(option.unwrap_or_else(|| panic!("{service}: the program knows no setting {name}")));
        words.push(value);
    }
    let matches = ServeArgs::augment_args(Command::new("serve")).try_get_matches_from(words).unwrap();
    ServeArgs::from_arg_matches(&matches).unwrap().config().unwrap_or_else(|faults| panic!("{service}: {faults}"))
}

#[test]
fn every_variable_is_a_setting_and_together_they_start() {
    let compose = Compose::read();
    let apps = compose.services_of("nongquan:local");
    assert_eq!(apps.len(), 2, "two processes stand behind the proxy");
    for app in &apps {
        let config = config_of(&compose, app);
        assert!(config.base_url.is_https(), "{app}");
        let database = config.place.database.host().map(str::to_owned);
        assert_eq!(database.as_deref(), Some("db"), "{app} reaches the database service by name");
        assert!(compose.has("db"));
        let Mail::Smtp { url, .. } = &config.mail else { panic!("{app} sends no mail") };
        let host = url.rsplit('/').next().and_then(|rest| rest.split(':').next()).unwrap();
        assert!(compose.has(host), "{app}: mail goes to {host}, which is no service");
        let inside = compose.subnet().split('/').next().unwrap().parse().unwrap();
        assert_eq!(config.proxies.len(), 1);
        assert!(config.proxies[0].contains(inside), "{app} believes the proxy's network");
        assert!(!config.proxies[0].contains([192, 0, 2, 1].into()), "{app} believes nobody else");
    }
}

#[test]
fn the_database_is_the_one_that_is_created() {
    let compose = Compose::read();
    let server = compose.environment("db");
    let get = |name: &str| server.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap();
    let (user, password, name) = (get("POSTGRES_USER"), get("POSTGRES_PASSWORD"), get("POSTGRES_DB"));
    let expected = format!("postgres://{user}:{password}@db:5432/{name}");
    for app in compose.services_of("nongquan:local") {
        let url = compose.environment(&app).into_iter().find(|(n, _)| n == "DATABASE_URL").map(|(_, v)| v);
        assert_eq!(url.as_deref(), Some(expected.as_str()), "{app}");
    }
}

#[test]
fn ports_agree() {
    let compose = Compose::read();
    let file = Dockerfile::read();
    let app = &compose.services_of("nongquan:local")[0];
    let config = config_of(&compose, app);
    assert!(config.listen.ip().is_unspecified(), "other containers must reach the process");
    let port = config.listen.port().to_string();
    assert_eq!(file.last("EXPOSE"), port);
    let probe = format!("http://127.0.0.1:{port}/healthz");
    assert!(file.last("HEALTHCHECK").contains(&probe), "the health check asks {probe}");

    let proxy = std::fs::read_to_string(root().join("docker/Caddyfile")).unwrap();
    let upstreams: BTreeSet<_> = proxy
        .lines()
        .find_map(|line| line.trim().strip_prefix("reverse_proxy "))
        .map(|rest| rest.split_whitespace().filter(|w| *w != "{").map(str::to_owned).collect())
        .unwrap();
    let expected: BTreeSet<_> =
        compose.services_of("nongquan:local").iter().map(|app| format!("{app}:{port}")).collect();
    assert_eq!(upstreams, expected, "the proxy reaches every process");
    let max: u64 = proxy
        .lines()
        .find_map(|line| line.trim().strip_prefix("max_size "))
        .and_then(|size| size.strip_suffix("MB"))
        .map(|mb| mb.parse::<u64>().unwrap() * 1_000_000)
        .unwrap();
    assert!(max >= config.uploads.request_bytes, "the proxy lets through what the program accepts");
    assert!(compose.ports("proxy").iter().any(|p| p.ends_with(":443")));
    for app in compose.services_of("nongquan:local") {
        assert!(compose.ports(&app).is_empty(), "{app} is reached through the proxy only");
    }
}

#[test]
fn volumes_hold_the_data_and_the_keys() {
    let compose = Compose::read();
    let file = Dockerfile::read();
    let declared = compose.volumes();
    for app in compose.services_of("nongquan:local") {
        let config = config_of(&compose, &app);
        let places: BTreeSet<_> =
            [&config.place.data, &config.place.keys].iter().map(|p| p.display().to_string()).collect();
        let mounts = compose.mounts(&app);
        assert_eq!(mounts.iter().map(|(_, to)| to.clone()).collect::<BTreeSet<_>>(), places, "{app}");
        assert_eq!(file.list("VOLUME").into_iter().collect::<BTreeSet<_>>(), places);
    }
    for service in compose.services() {
        for (from, _) in compose.mounts(&service) {
            match from.strip_prefix("./") {
                Some(path) => assert!(root().join(path).is_file(), "{service}: {from} is not in the tree"),
                None => assert!(declared.contains(&from), "{service}: volume {from} is not declared"),
            }
        }
    }
}

/// What the images of others are known by: their own ports, folders and variables. A service, port, folder or
/// variable that is not here fails.
#[test]
fn what_stands_beside_the_program_is_reached_where_it_listens() {
    let compose = Compose::read();
    let apps = compose.services_of("nongquan:local");
    let named: BTreeSet<String> = compose.services().into_iter().filter(|s| !apps.contains(s)).collect();
    assert_eq!(named, ["db", "mail", "proxy"].map(str::to_owned).into());

    let db = compose.environment("db");
    let known = ["POSTGRES_DB", "POSTGRES_INITDB_ARGS", "POSTGRES_PASSWORD", "POSTGRES_USER"];
    assert_eq!(db.keys().map(String::as_str).collect::<Vec<_>>(), known);
    assert!(db["POSTGRES_INITDB_ARGS"].contains("--locale=C"), "text in byte order, as the program asserts");
    let asks = format!("pg_isready -U {} -d {}", db["POSTGRES_USER"], db["POSTGRES_DB"]);
    assert_eq!(compose.healthcheck("db"), ["CMD-SHELL", asks.as_str()]);
    assert_eq!(compose.mounts("db"), [("db".to_owned(), "/var/lib/postgresql/data".to_owned())]);
    assert!(compose.ports("db").is_empty(), "the database is reached by the processes alone");

    let config = config_of(&compose, &apps[0]);
    let Mail::Smtp { url, .. } = &config.mail else { panic!("no mail") };
    assert!(url.ends_with("//mail:1025"), "the catcher takes mail on 1025: {url}");
    assert_eq!(compose.ports("mail"), ["127.0.0.1:8025:8025"], "what it caught is shown on this machine alone");
    assert!(compose.environment("mail").is_empty() && compose.mounts("mail").is_empty());

    let proxy = std::fs::read_to_string(root().join("docker/Caddyfile")).unwrap();
    let own = compose.environment("proxy");
    assert_eq!(own.keys().map(String::as_str).collect::<Vec<_>>(), ["NONGQUAN_BASE_URL"]);
    assert_eq!(own["NONGQUAN_BASE_URL"], compose.environment(&apps[0])["NONGQUAN_BASE_URL"]);
    assert!(proxy.contains("{$NONGQUAN_BASE_URL} {"), "the proxy answers for the address the program prints");
    assert_eq!(compose.ports("proxy"), ["80:80", "443:443"]);
    let mounts: BTreeSet<String> = compose.mounts("proxy").into_iter().map(|(_, to)| to).collect();
    assert_eq!(mounts, ["/data", "/etc/caddy/Caddyfile"].map(str::to_owned).into());
    let asked = proxy.lines().find_map(|line| line.trim().strip_prefix("health_uri ")).unwrap();
    let answers = nongquan::web::routes::all().iter().any(|r| r.method == "GET" && r.path == asked);
    assert!(answers, "the proxy asks for {asked}, which nothing answers");
    for service in compose.services() {
        for needed in compose.depends_on(&service) {
            assert!(compose.has(&needed), "{service} waits for {needed}");
        }
    }
}

#[test]
fn the_image_runs_the_program_as_nobody_special() {
    let file = Dockerfile::read();
    assert_eq!(file.list("ENTRYPOINT"), ["nongquan"]);
    assert_eq!(file.list("CMD"), ["serve"]);
    for app in Compose::read().services_of("nongquan:local") {
        assert_eq!(Compose::read().command(&app), ["serve"]);
    }
    assert!(!matches!(file.last("USER").as_str(), "root" | "0"), "the program does not run as root");
    let runs = file.all("RUN").join("\n");
    assert!(runs.contains("cargo build --release --locked --bin nongquan"));
    assert!(runs.contains("fonts-noto-cjk"), "papers need a Chinese font");
    let copied = file.last("COPY");
    assert_eq!(copied, "--from=build /src/target/release/nongquan /usr/local/bin/nongquan");
}

#[test]
fn every_variable_to_fill_in_is_in_the_example() {
    let used = Compose::read().variables();
    let example: BTreeSet<_> = std::fs::read_to_string(root().join(".env.example"))
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('=').map(|(name, _)| name.to_owned()))
        .collect();
    assert_eq!(used, example);
}

fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Clap checks its definitions only when a command is parsed; every one of them is asked here.
#[test]
fn every_command_is_well_formed() {
    nongquan::cli::command().debug_assert();
}
