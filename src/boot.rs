//! Putting the exchange together: keys, database, market, papers, files. Whatever is missing or
//! wrong stops the start with what to do about it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::config::{Config, Database};
use crate::context::App;
use crate::crypto::keyfile;
use crate::crypto::keys::Keys;
use crate::crypto::suite::Suite;
use crate::domain::base::Day;
use crate::domain::market::{Files, Market, embedded_files};
use crate::files::FileStore;
use crate::papers::Papers;
use crate::store::{self, Fault, Location, SchemaState, Standing, Store};

/// The store's location for a configured database.
pub fn location(database: &Database) -> Result<Location, Fault> {
    match database {
        Database::Sqlite(path) => Ok(Location::Sqlite(path.clone())),
        Database::Postgres(url) => Location::from_url(url),
    }
}

/// Opens the database: migrates it, sets its guards and asserts that it is durable.
pub fn open_store(database: &Database) -> Result<Store, Fault> {
    let store = connect(database)?;
    prepare(&store)?;
    Ok(store)
}

fn prepare(store: &Store) -> Result<(), Fault> {
    store::migrate(store)?;
    store::assert_durable(store)
}

/// Opens the database and changes nothing in it.
fn connect(database: &Database) -> Result<Store, Fault> {
    if let Database::Sqlite(path) = database
        && let Some(dir) = path.parent()
    {
        std::fs::create_dir_all(dir).map_err(|e| {
            Fault::Setup(format!("数据文件夹 {} 建不了：{e}。请检查权限或换一个文件夹。", dir.display()))
        })?;
    }
    Store::open(&location(database)?)
}

/// Opens a database that must be there, with the program's schema, and changes nothing in it. For
/// commands that only read.
pub fn open_existing(database: &Database) -> Result<Store, Fault> {
    if let Database::Sqlite(path) = database
        && !path.is_file()
    {
        let text = format!("没有数据库文件 {}。请核对 --data 或 --database-url。", path.display());
        return Err(Fault::Setup(text));
    }
    let store = Store::open(&location(database)?)?;
    match store::schema_state(&store)? {
        SchemaState::Current(_) => Ok(store),
        SchemaState::Newer(version) => Err(store::too_new(&version)),
        SchemaState::Fresh | SchemaState::Older(_) => {
            Err(Fault::Setup(format!("{database} 还不是本程序的结构。请先运行 nongquan migrate。")))
        }
    }
}

/// The note in a database that it belongs to a demonstration.
pub const DEMO_MARK: &str = "demo";

/// Holds the demonstration and the real service apart: neither takes the other's database, and
/// neither has changed it before it knows. Says what stands in it.
fn claim(store: &Store, demo: bool) -> Result<Standing, Fault> {
    if let SchemaState::Newer(version) = store::schema_state(store)? {
        return Err(store::too_new(&version));
    }
    let standing = store::standing(store, DEMO_MARK)?;
    if standing.marked && !demo {
        return Err(Fault::Setup(
            "这个数据库属于演示，里面都是虚构的数据，正式服务不能使用。请换一个数据文件夹或数据库。".into(),
        ));
    }
    if demo && !standing.marked && standing.in_use {
        return Err(Fault::Setup(
            "这个数据库里已有正式数据，演示不能使用，程序没有改动任何数据。请用 --data 换一个空文件夹。".into(),
        ));
    }
    if let (true, Some(table)) = (demo, &standing.foreign) {
        return Err(Fault::Setup(format!(
            "这个数据库里有别的程序的表（例如 {table}），演示不能使用，程序没有改动任何数据。请换一个空的数据库。"
        )));
    }
    Ok(standing)
}

fn mark_demo(store: &Store) -> Result<(), Fault> {
    let noted = store.write(|tx| Ok(tx.set_meta(DEMO_MARK, "1")?));
    noted.map_err(|_| Fault::Setup("演示标记写不进数据库，请检查数据文件夹是否可写。".into()))
}

/// How long another process may take to make the keys of a first start, and how often it is looked.
const KEYS_TAKE: Duration = Duration::from_secs(2);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The keys of an installation; made at the first start, when the database holds nothing yet.
/// A container's volume is an empty folder from the beginning. Later, a missing key is a lost
/// key, and a new one in its place would hide that.
///
/// Two processes may start for the first time together: whoever finds the folder half filled waits for the other.
pub fn open_keys(dir: &Path, fresh: bool) -> Result<Keys, Fault> {
    let mut keys = match fresh && keyfile::is_empty(dir) {
        true => Keys::create(dir, Suite::Intl),
        false => Keys::load(dir, Suite::Intl),
    };
    let mut waited = Duration::ZERO;
    while fresh && keys.is_err() && waited < KEYS_TAKE {
        std::thread::sleep(LOOK_EVERY);
        waited += LOOK_EVERY;
        keys = Keys::load(dir, Suite::Intl);
    }
    keys.map_err(|e| Fault::Setup(format!("密钥文件夹 {} 不能使用：{e}", dir.display())))
}

/// The market: the built-in catalogue; a file in the folder that the operator named takes the place
/// of the built-in one of the same path. Refuses values that hold only after `today`.
pub fn open_market(folder: Option<&Path>, demo: bool, today: Day) -> Result<Market, Fault> {
    let mut files = embedded_files();
    if let Some(dir) = folder {
        let own = read_folder(dir).map_err(|e| Fault::Setup(format!("市场目录 {} 读不了：{e}", dir.display())))?;
        files.extend(own);
    }
    let market = Market::load(&files).map_err(|faults| {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Fault::Setup(format!("市场目录有错误，请改正后重新启动：\n{}", all.join("\n")))
    })?;
    let later = market.rules.not_yet(today);
    if let Some((key, day)) = later.first() {
        return Err(Fault::Setup(format!(
            "市场目录 rules.toml 里有 {} 项还没有到施行日期（{key} 自 {day} 起施行，今天是 {today}）。请到施行之日再换上这份文件。",
            later.len()
        )));
    }
    if !demo {
        return Ok(market);
    }
    let rules = market.rules.clone().for_demo();
    Ok(market.with_rules(rules))
}

fn read_folder(root: &Path) -> std::io::Result<Files> {
    let mut files = Files::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir)? {
            let path = entry?.path();
            let data = path.extension().is_some_and(|e| e == "toml" || e == "csv");
            if path.is_dir() {
                open.push(path);
            } else if data && let Ok(name) = path.strip_prefix(root) {
                files.insert(name.to_string_lossy().replace('\\', "/"), std::fs::read_to_string(&path)?);
            }
        }
    }
    Ok(files)
}

/// Puts everything together.
pub fn open(config: Config, clock: Arc<dyn Clock>) -> Result<App, Fault> {
    let store = connect(&config.place.database)?;
    let standing = claim(&store, config.mode.is_demo())?;
    prepare(&store)?;
    if config.mode.is_demo() && !standing.marked {
        mark_demo(&store)?;
    }
    let keys = open_keys(&config.place.keys, !standing.recorded)?;
    let market = open_market(config.catalog.as_deref(), config.mode.is_demo(), clock.now().day())?;
    let fonts: Vec<_> = config.fonts.iter().cloned().collect();
    let papers = Papers::load(&fonts).map_err(|e| Fault::Setup(e.to_string()))?;
    let files = FileStore::open(&config.place.data.join("files"), keys.sealer())
        .map_err(|e| Fault::Setup(format!("文件夹 {} 不能写入：{e}", config.place.data.display())))?;
    let sealed = files.seal_older().map_err(|e| Fault::Setup(format!("以前保存的文件没有全部加密：{e}")))?;
    if sealed > 0 {
        tracing::info!(sealed, "files that an older program kept open are sealed");
    }
    let data = config.place.data.clone();
    Ok(App { config, store, clock, keys, files, market, papers: Arc::new(papers), hub: Arc::default(), data })
}
