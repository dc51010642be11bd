//! Putting the exchange together: keys, database, market, papers, files. Whatever is missing or
//! wrong stops the start with what to do about it.

use std::path::Path;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::{Config, Database};
use crate::context::App;
use crate::crypto::keys::Keys;
use crate::crypto::suite::Suite;
use crate::domain::market::{Files, Market, embedded_files};
use crate::files::FileStore;
use crate::live::Hub;
use crate::papers::Papers;
use crate::store::{self, Fault, Location, Store};

/// The store's location for a configured database.
pub fn location(database: &Database) -> Result<Location, Fault> {
    match database {
        Database::Sqlite(path) => Ok(Location::Sqlite(path.clone())),
        Database::Postgres(url) => Location::from_url(url),
    }
}

/// Opens the database: migrates it, sets its guards and asserts that it is durable.
pub fn open_store(database: &Database) -> Result<Store, Fault> {
    if let Database::Sqlite(path) = database
        && let Some(dir) = path.parent()
    {
        std::fs::create_dir_all(dir).map_err(|e| {
            Fault::Setup(format!("数据文件夹 {} 建不了：{e}。请检查权限或换一个文件夹。", dir.display()))
        })?;
    }
    let store = Store::open(&location(database)?)?;
    store::migrate(&store)?;
    store::assert_durable(&store)?;
    Ok(store)
}

/// The keys of an installation; made at the first start. A container's volume is an empty
/// folder from the beginning, and a database that holds accounts has lost its keys, not none yet.
pub fn open_keys(dir: &Path, store: &Store) -> Result<Keys, Fault> {
    let empty = std::fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none());
    let fresh = empty && store.read(|db| store::accounts::count(db))? == 0;
    let keys = if fresh { Keys::create(dir, Suite::Intl) } else { Keys::load(dir, Suite::Intl) };
    keys.map_err(|e| Fault::Setup(format!("密钥文件夹 {} 不能使用：{e}", dir.display())))
}

/// The market: the built-in catalogue, or the folder the operator named.
pub fn open_market(folder: Option<&Path>, demo: bool) -> Result<Market, Fault> {
    let files = match folder {
        None => embedded_files(),
        Some(dir) => read_folder(dir).map_err(|e| Fault::Setup(format!("市场目录 {} 读不了：{e}", dir.display())))?,
    };
    let market = Market::load(&files).map_err(|faults| {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Fault::Setup(format!("市场目录有错误，请改正后重新启动：\n{}", all.join("\n")))
    })?;
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
    let store = open_store(&config.place.database)?;
    let keys = open_keys(&config.place.keys, &store)?;
    let market = open_market(config.catalog.as_deref(), config.mode.is_demo())?;
    let fonts: Vec<_> = config.fonts.iter().cloned().collect();
    let papers = Papers::load(&fonts).map_err(|e| Fault::Setup(e.to_string()))?;
    let files = FileStore::open(&config.place.data.join("files"))
        .map_err(|e| Fault::Setup(format!("文件夹 {} 不能写入：{e}", config.place.data.display())))?;
    let data = config.place.data.clone();
    Ok(App { config, store, clock, keys, files, market, papers, hub: Hub::default(), data })
}
