//! `serve` on a machine that is not ready: it refuses to start and says what to do.

use std::path::Path;
use std::process::{Command, Stdio};

use diesel::Connection;
use nongquan::boot;
use nongquan::domain::base::Day;
use nongquan::store::{Location, Store};

use crate::proof::commands::run;
use crate::proof::world::exchange;
use crate::store_contract::engine::Engine;
use crate::support::Place;
use crate::support::server::first_morning;

/// What `serve` says when it refuses; it must not go on serving.
fn refused(mut command: Command) -> String {
    let child = command.env_clear().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    said
}

fn serve(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nongquan"));
    command.args(["serve", "--listen", "127.0.0.1:0"]).args(words);
    command
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_newer_schema_is_refused_and_doctor_says_so() {
    let place = Place::new();
    drop(exchange(&place));
    let mut engine = Engine::connect(&place);
    engine.run("INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')").unwrap();
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["doctor"], &["migrate"], &["verify"]] {
        run(&place, command).bad("比本程序新");
    }
}

#[test]
fn an_unwritable_folder_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    // A file stands where the folder should be: nobody, not even root, can write below it.
    let file = dir.path().join("taken");
    std::fs::write(&file, "x").unwrap();
    let (data, keys) = (file.join("data"), dir.path().join("keys"));
    let said = refused(serve(&["--data", path(&data), "--keys", path(&keys)]));
    assert!(said.contains("数据文件夹") && said.contains("请检查权限或换一个文件夹"), "{said}");
    let data = dir.path().join("data");
    let said = refused(serve(&["--data", path(&data), "--keys", path(&file.join("keys"))]));
    assert!(said.contains("密钥文件夹") && said.contains("请检查"), "{said}");
}

#[test]
fn a_wrong_database_address_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (data, keys) = (dir.path().join("data"), dir.path().join("keys"));
    let with = |url: &str| {
        let mut command = serve(&["--data", path(&data), "--keys", path(&keys)]);
        command.args(["--database-url", url]);
        refused(command)
    };
    let said = with("mysql://localhost/nongquan");
    assert!(said.contains("postgres://") && said.contains("DATABASE_URL"), "{said}");
    // Nobody listens at port 1.
    let said = with("postgres://nobody@127.0.0.1:1/nongquan");
    assert!(said.contains("连不上 PostgreSQL") && said.contains("DATABASE_URL"), "{said}");
    assert!(!data.join("nongquan.db").exists(), "no other engine is tried");
}

#[test]
fn an_engine_that_may_lose_a_bid_is_refused() {
    let place = Place::new();
    let said = match place.postgres() {
        Some(_) => {
            drop(exchange(&place));
            let mut engine = Engine::connect(&place);
            let name = engine.values("SELECT CAST(current_database() AS TEXT) AS value").remove(0);
            engine.run(&format!("ALTER DATABASE {name} SET synchronous_commit = off")).unwrap();
            run(&place, &["doctor"]).bad("[失败] 数据库持久");
            run(&place, &["serve", "--listen", "127.0.0.1:0"]).bad("synchronous_commit=on，实际为 off");
            boot::open_store(&place.config("127.0.0.1:1").place.database).map(drop).unwrap_err()
        }
        None => {
            // A database in memory keeps no log that survives.
            let store = Store::open(&Location::Sqlite(":memory:".into())).unwrap();
            nongquan::store::assert_durable(&store).unwrap_err()
        }
    };
    assert!(said.to_string().contains("断电可能丢失已确认的报价，程序拒绝启动"), "{said}");
}

#[test]
fn tls_to_postgresql_is_used_or_refused_in_so_many_words() {
    let place = Place::new();
    let Some(url) = place.postgres().filter(|url| !url.contains("%2F") && !url.contains('?')) else { return };
    let open = |with: &str| Store::open(&Location::from_url(&format!("{url}?{with}")).unwrap());
    let has_tls = Engine::connect(&place).values("SELECT current_setting('ssl') AS value").remove(0) == "on";
    if has_tls {
        open("sslmode=require").expect("the server speaks TLS");
        let mut own = diesel::PgConnection::establish(&format!("{url}?sslmode=require")).unwrap();
        let used = diesel::sql_query("SELECT 1 FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl");
        assert_eq!(diesel::RunQueryDsl::execute(used, &mut own).unwrap(), 1, "this connection is encrypted");
    } else {
        let said = open("sslmode=require").map(drop).unwrap_err().to_string();
        assert!(said.contains("服务器须启用 ssl"), "{said}");
    }
    let missing = place.root().join("nothing.crt");
    let said = open(&format!("sslmode=verify-full&sslrootcert={}", missing.display())).map(drop).unwrap_err();
    assert!(said.to_string().contains("sslrootcert=文件"), "{said}");
}

#[test]
fn a_file_of_the_countys_takes_the_place_of_the_built_in_one() {
    let dir = tempfile::tempdir().unwrap();
    let (file, today) = (dir.path().join("calendar/2027.toml"), first_morning().day());
    std::fs::create_dir(dir.path().join("calendar")).unwrap();
    let open = || boot::open_market(Some(dir.path()), false, today);
    let built_in = open().expect("an empty folder changes nothing");
    assert!(built_in.calendar.year(2027).is_err(), "the notice of 2027 is not out yet");
    let year = "year = 2027\nconfirmed = true\nnotice = \"国办发明电〔2026〕8号\"\n\
                [[holiday]]\nname = \"元旦\"\nfrom = \"2027-01-01\"\nto = \"2027-01-03\"\ndays = 3\n";
    std::fs::write(&file, year).unwrap();
    let market = open().expect("the rest is built in");
    assert!(!market.calendar.is_working(Day::ymd(2027, 1, 1).unwrap()).unwrap());
    assert_eq!(market.rules, built_in.rules);
    // A fault names the file.
    std::fs::write(&file, year.replace("days = 3", "days = 4")).unwrap();
    let said = open().unwrap_err().to_string();
    assert!(said.contains("calendar/2027.toml") && said.contains("不是 4 天"), "{said}");
    std::fs::remove_file(&file).unwrap();
    // A value for later does not apply at once.
    let rules = include_str!("../../catalog/rules.toml").replacen("effective_from = \"", "effective_from = \"2", 1);
    let rules = rules.replacen("effective_from = \"22026", "effective_from = \"2027", 1);
    std::fs::write(dir.path().join("rules.toml"), rules).unwrap();
    let said = open().unwrap_err().to_string();
    assert!(said.contains("还没有到施行日期") && said.contains("2027"), "{said}");
}

#[test]
fn without_a_font_nothing_starts() {
    let nothing = tempfile::tempdir().unwrap();
    let refused_by = nongquan_papers::Papers::load_only(&[nothing.path().to_path_buf()]).map(drop).unwrap_err();
    assert!(refused_by.to_string().contains("fonts-noto-cjk"), "{refused_by}");
    // The whole program in a world without fonts, where this machine lets us make one.
    let hidden = |words: &str| format!("mount -t tmpfs none /usr/share/fonts && exec {words}");
    let may = Command::new("unshare").args(["-rm", "sh", "-c", &hidden("true")]).output();
    if !may.is_ok_and(|o| o.status.success()) {
        // Not a component that could be installed: the kernel's leave. What refuses was held above.
        eprintln!("the program without fonts was left out: this machine does not let us hide them");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_nongquan");
    for command in ["serve --listen 127.0.0.1:0", "doctor"] {
        let (data, keys) = (dir.path().join("data"), dir.path().join("keys"));
        let words = format!("{program} {command} --data {} --keys {}", data.display(), keys.display());
        let mut inside = Command::new("/usr/bin/unshare");
        inside.args(["-rm", "/bin/sh", "-c", &hidden(&words)]).env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        let said = refused(inside);
        assert!(said.contains("fonts-noto-cjk"), "{command}: {said}");
    }
}

#[test]
fn doctor_looks_into_the_database() {
    let place = Place::new();
    drop(exchange(&place));
    let said = run(&place, &["doctor"]);
    for words in ["[通过] 时钟", "[通过] 数据库持久", "[通过] 数据库结构", "[通过] 数据库保护", "正式数据", "可以启动"]
    {
        said.good(words);
    }
    let mut engine = Engine::connect(&place);
    let drop_one = match &engine {
        Engine::Pg(_) => "DROP TRIGGER bids_append_only ON bids",
        Engine::Sqlite(_) => "DROP TRIGGER bids_no_update",
    };
    engine.run(drop_one).unwrap();
    run(&place, &["doctor"]).bad("[失败] 数据库保护");
    // The next start puts the guard back.
    drop(exchange(&place));
    engine.run("INSERT INTO meta (name, value) VALUES ('demo', '1')").unwrap();
    run(&place, &["doctor"]).good("数据库用途：演示数据，只能用 nongquan demo 打开");
    run(&place, &["serve", "--listen", "127.0.0.1:0"]).bad("这个数据库属于演示");
}

#[test]
fn an_empty_place_is_migrated_once_and_gives_the_code_of_its_first_administrator() {
    let place = Place::new();
    run(&place, &["migrate"]).good("数据库已升级");
    run(&place, &["migrate"]).good("数据库已经是最新结构");
    let (first, second) = (run(&place, &["admin", "setup-code"]), run(&place, &["admin", "setup-code"]));
    first.good("只能用一次");
    second.good("之前的初始化码已作废");
    assert_ne!(first.said, second.said, "each run makes a code of its own");
}
