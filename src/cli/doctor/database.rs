//! What `doctor` looks at in the database: that it answers, whose schema it has, that it keeps
//! what it confirmed, whom it belongs to, and whether its clock is ours.

use std::fs::{self, OpenOptions};

use super::{Finding, bad, good, notice};
use crate::boot;
use crate::clock::machine_now;
use crate::config::{Config, Database};
use crate::domain::base::Instant;
use crate::store::{self, Fault, SchemaState, Store};

/// Bids are decided by the stamps of several processes: more than this apart is not allowed.
const OFFSET_LIMIT_MS: i64 = 100;

/// Everything that can be seen without changing anything.
pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let database = &config.place.database;
    let mut found = vec![clock()];
    if let Database::Sqlite(path) = database {
        match fs::metadata(path) {
            Err(_) => {
                found.push(notice("数据库", format!("{database} 还不存在，第一次启动时创建。")));
                return found;
            }
            Ok(file) if file.len() == 0 => {
                found.push(notice("数据库", format!("{database} 是空文件，第一次启动时建立结构。")));
                return found;
            }
            Ok(_) => {}
        }
        if let Err(e) = OpenOptions::new().append(true).open(path) {
            let text = format!("{} 不能写入（{e}）。请把它交给运行本程序的用户。", path.display());
            found.push(bad("数据库", text));
            return found;
        }
    }
    let store = match boot::location(database).and_then(|location| Store::open(&location)) {
        Ok(store) => store,
        Err(fault) => {
            found.push(bad("数据库", words(&fault)));
            return found;
        }
    };
    found.push(route(database));
    match inside(&store) {
        Ok(more) => found.extend(more),
        Err(fault) => found.push(bad("数据库", words(&fault))),
    }
    found
}

fn words(fault: &Fault) -> String {
    match fault {
        Fault::Setup(text) => text.clone(),
        other => format!("查询失败：{other}"),
    }
}

/// A machine that lost its clock shows a year before this program was written.
fn clock() -> Finding {
    let now = machine_now();
    let year = now.day().year();
    if (2026..2076).contains(&year) {
        good("时钟", format!("本机时间 {}。", now.zh_secs()))
    } else {
        bad(
            "时钟",
            format!("本机时间是 {}，明显不对。请对时（例如启用 chrony 或 systemd-timesyncd）后再启动。", now.zh_secs()),
        )
    }
}

/// Whether the way to the database may be overheard.
fn route(database: &Database) -> Finding {
    if database.is_unprotected() {
        notice(
            "数据库",
            format!(
                "{database}：到服务器的连接没有要求加密，请在地址后面加上 ?sslmode=verify-full&sslrootcert=文件，文件是签发服务器证书的 CA。"
            ),
        )
    } else {
        good("数据库", format!("{database} 可以连接。"))
    }
}

fn inside(store: &Store) -> Result<Vec<Finding>, Fault> {
    let mut found = Vec::new();
    if !store.is_sqlite() {
        found.push(offset(store)?);
    }
    found.push(match store::assert_durable(store) {
        Ok(()) => good("数据库持久", "提交过的内容断电不丢。"),
        Err(fault) => bad("数据库持久", words(&fault)),
    });
    let state = store::schema_state(store)?;
    let current = matches!(state, SchemaState::Current(_));
    found.push(match state {
        SchemaState::Fresh => notice("数据库结构", "还没有建立，第一次启动时建立。"),
        SchemaState::Current(version) => good("数据库结构", format!("{version}，与本程序相同。")),
        SchemaState::Older(missing) => {
            let list = missing.join("、");
            notice("数据库结构", format!("比本程序旧，下次启动时升级（{list}）。升级前请先备份，升级后不能退回。"))
        }
        SchemaState::Newer(version) => bad("数据库结构", words(&store::too_new(&version))),
    });
    if !current {
        return Ok(found);
    }
    let (standing, wanted) = store::guards_standing(store)?;
    found.push(if standing >= wanted {
        good("数据库保护", format!("{standing} 道只增不改的保护都在。"))
    } else {
        let text = format!(
            "应有 {wanted} 道保护，只有 {standing} 道。下次启动时补上；请先运行 nongquan verify 查明有没有内容被改动。"
        );
        bad("数据库保护", text)
    });
    found.push(mark(store)?);
    Ok(found)
}

/// A demonstration's database is none for the real service, and the other way round.
fn mark(store: &Store) -> Result<Finding, Fault> {
    let demo = store.read(|db| store::forms::meta_value(db, boot::DEMO_MARK))?.is_some();
    Ok(if demo {
        notice("数据库用途", "演示数据，只能用 nongquan demo 打开；正式服务请换一个数据文件夹或数据库。")
    } else {
        good("数据库用途", "正式数据。")
    })
}

/// The distance between our clock and the server's, half the way there and back taken off.
fn offset(store: &Store) -> Result<Finding, Fault> {
    // The first query opens the connection; the second is the measure.
    store::clock_micros(store)?;
    let before = machine_now();
    let theirs = store::clock_micros(store)?;
    let after = machine_now();
    let trip_ms = after.ms_since(before);
    let middle = before.micros() + (after.micros() - before.micros()) / 2;
    let offset_ms = (theirs - middle) / 1_000;
    if offset_ms.abs() <= OFFSET_LIMIT_MS + trip_ms / 2 {
        return Ok(good("时钟", format!("与数据库服务器相差 {offset_ms} 毫秒。")));
    }
    let theirs = Instant::from_micros(theirs).zh_secs();
    Ok(bad(
        "时钟",
        format!(
            "与数据库服务器（{theirs}）相差 {offset_ms} 毫秒，超过 {OFFSET_LIMIT_MS} 毫秒。\
             报价按收到的时间定先后，请先给两台机器对时。"
        ),
    ))
}
