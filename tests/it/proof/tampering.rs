//! Each thing of record changed by hand behind the guards: the verification names it, and nothing
//! else. Put back, all is well again.

use nongquan::acts::verify::{self, Broken};
use nongquan::context::App;
use nongquan::crypto::suite::sm3;
use nongquan::store::views::portal;
use nongquan::store::{Fault, bids as stored_bids};

use super::world::{Sold, green, verified};
use crate::store_contract::engine::Engine;
use crate::stories::pond::{Point, Pond, Winner};
use crate::support::{Client, World, people};

/// Changes one value, sees what the verification says, and puts it back.
fn changed(app: &App, engine: &mut Engine, read: &str, write: &str, other: impl Fn(&str) -> String) -> Broken {
    let before = engine.values(read).first().cloned().unwrap_or_else(|| panic!("nothing to change: {read}"));
    let after = other(&before);
    assert_ne!(before, after, "{write}");
    let quoted = |value: &str| value.replace('\'', "''");
    let with = |value: &str| write.replace("{}", &quoted(value));
    engine.run(&with(&after)).unwrap_or_else(|e| panic!("{write}: {e}"));
    let report = verified(app, None);
    engine.run(&with(&before)).unwrap();
    assert!(!report.is_green(), "nobody saw: {write}");
    report.broken[0].clone()
}

fn names(broken: &Broken, place: &str, what: &str) {
    assert!(broken.place.contains(place), "{place}: {broken}");
    assert!(broken.what.contains(what), "{what}: {broken}");
}

#[test]
fn whatever_is_changed_by_hand_is_named() {
    let sold = Sold::new();
    let counted = green(&sold.app);
    for part in ["标的事件", "竞价场次", "报价和回执", "成交结果", "资金分录", "封存的报名记录", "文件", "总账承诺"]
    {
        assert!(counted.iter().any(|(what, n)| *what == part && *n > 0), "{part}: {counted:?}");
    }
    let engine = &mut sold.unguarded();
    bids(&sold, engine);
    lots(&sold, engine);
    rooms(&sold, engine);
    journal(&sold, engine);
    money(&sold, engine);
    green(&sold.app);
}

/// What cannot be is a fault, never a default: no rank is lost, no price is shown as nothing.
#[test]
fn an_impossible_rank_and_a_price_without_a_unit_are_faults() {
    let sold = Sold::new();
    let engine = &mut sold.unguarded();
    let read = || sold.app.store.read(|db| stored_bids::bidders(db, sold.room.lot)).map(|found| found.len());
    let listed = || sold.app.store.read(|db| portal::list(db, &portal::Filter::default(), 10)).map(|found| found.len());
    assert_eq!((read().unwrap(), listed().unwrap()), (2, 1));
    engine.run("UPDATE applications SET priority_rank = 999").unwrap();
    assert!(matches!(read(), Err(Fault::Inconsistent(what)) if what.contains("priority_rank")));
    // Its number and its price the database itself asks for.
    engine.run("UPDATE lots SET price_unit = ''").unwrap();
    assert!(matches!(listed(), Err(Fault::Inconsistent(what)) if what.contains("price_unit")));
}

fn bids(sold: &Sold, engine: &mut Engine) {
    let no = &sold.room.lot_no;
    let read = "SELECT CAST(amount_fen AS TEXT) AS value FROM bids WHERE seq = 3";
    let write = "UPDATE bids SET amount_fen = {} WHERE seq = 3";
    let broken = changed(&sold.app, engine, read, write, |fen| (fen.parse::<i64>().unwrap() + 100).to_string());
    names(&broken, &format!("bids 表：标的 {no} 第 3 次报价"), "amount_fen");
    for (column, other, what) in
        [("bidder_no", "0000", "bidder_no"), ("phase", "limited", "phase"), ("journal_index", "1", "journal_index")]
    {
        let read = format!("SELECT CAST({column} AS TEXT) AS value FROM bids WHERE seq = 2");
        let write = format!("UPDATE bids SET {column} = '{{}}' WHERE seq = 2");
        names(&changed(&sold.app, engine, &read, &write, |_| other.to_owned()), "第 2 次报价", what);
    }
    let read = "SELECT receipt AS value FROM bids WHERE seq = 1";
    let write = "UPDATE bids SET receipt = '{}' WHERE seq = 1";
    let forged = |receipt: &str| receipt.replacen("\"seq\":1", "\"seq\":9", 1);
    names(&changed(&sold.app, engine, read, write, forged), "第 1 次报价", "回执");
}

fn lots(sold: &Sold, engine: &mut Engine) {
    let no = &sold.room.lot_no;
    let read = "SELECT body AS value FROM lot_events WHERE seq = 6";
    let write = "UPDATE lot_events SET body = '{}' WHERE seq = 6";
    let broken = changed(&sold.app, engine, read, write, |body| body.replace("材料符合要求", "材料不符合要求"));
    names(&broken, &format!("lot_events 表：标的 {no} 第 6 条事件"), "被改动过");
    let read = "SELECT post AS value FROM lot_events WHERE seq = 2";
    let write = "UPDATE lot_events SET post = '{}' WHERE seq = 2";
    names(&changed(&sold.app, engine, read, write, |_| "中心主任".into()), "第 2 条事件", "post");
    let read = "SELECT CAST(deal_total_fen AS TEXT) AS value FROM lots";
    let write = "UPDATE lots SET deal_total_fen = {}";
    names(&changed(&sold.app, engine, read, write, |_| "1".into()), &format!("lots 表：标的 {no}"), "deal_total_fen");
    let read = "SELECT body AS value FROM lots";
    let write = "UPDATE lots SET body = '{}'";
    let other_winner = |body: &str| body.replacen("\"price\":", "\"price\":1", 1);
    names(&changed(&sold.app, engine, read, write, other_winner), &format!("lots 表：标的 {no}"), "重放");
    let read = "SELECT title AS value FROM lots";
    let write = "UPDATE lots SET title = '{}'";
    names(&changed(&sold.app, engine, read, write, |_| "别的塘".into()), "lots 表", "title");
    for (column, other) in [
        ("snapshot", ("\\\"deposit.refund_wd\\\":3", "\\\"deposit.refund_wd\\\":9")),
        ("notice", ("不递增", "每年递增")),
    ] {
        let read = format!("SELECT {column} AS value FROM rounds");
        let write = format!("UPDATE rounds SET {column} = '{{}}'");
        let broken = changed(&sold.app, engine, &read, &write, |text| text.replace(other.0, other.1));
        names(&broken, &format!("rounds 表：标的 {no} 第 1 轮"), column);
    }
}

fn rooms(sold: &Sold, engine: &mut Engine) {
    let no = &sold.room.lot_no;
    let read = "SELECT body AS value FROM room_events WHERE seq = 4";
    let write = "UPDATE room_events SET body = '{}' WHERE seq = 4";
    let broken = changed(&sold.app, engine, read, write, |body| body.replacen("\"price\":", "\"price\":1", 1));
    names(&broken, &format!("room_events 表：标的 {no} 第 4 条竞价事件"), "price");
    // The rank behind an ordinary bid: hidden in the leaf of the bid, committed to, told at the close.
    let (read, write) = (read.replace("= 4", "= 3"), write.replace("= 4", "= 3"));
    let broken = changed(&sold.app, engine, &read, &write, |body| body.replace("\"rank\":null", "\"rank\":3"));
    names(&broken, "第 3 条竞价事件", "承诺");
    let read = "SELECT state AS value FROM rooms";
    let write = "UPDATE rooms SET state = '{}'";
    let limited = |state: &str| state.replacen("\"limited_ms\":", "\"limited_ms\":1", 1);
    names(&changed(&sold.app, engine, read, write, limited), &format!("rooms 表：标的 {no}"), "limited_ms");
}

fn journal(sold: &Sold, engine: &mut Engine) {
    let idx = "SELECT CAST(MIN(idx) AS TEXT) AS value FROM journal_leaves WHERE kind = 'lot.accepted'";
    let idx: u64 = engine.values(idx)[0].parse().unwrap();
    let leaf = format!("日志第 {idx} 号叶");
    let read = format!("SELECT body AS value FROM journal_leaves WHERE idx = {idx}");
    let write = format!("UPDATE journal_leaves SET body = '{{}}' WHERE idx = {idx}");
    let forge = |body: &str| body.replacen("\"seq\":", "\"seq\":1", 1);
    names(&changed(&sold.app, engine, &read, &write, forge), &leaf, "被改动过");
    names(&changed(&sold.app, engine, &read, &write, |_| "[]".to_owned()), &leaf, "读不出来");
    // With the leaf's own hash made to fit, its stored node tells; with the node as well, the one above.
    let text = engine.values(&read)[0].clone();
    let hash = |text: &str| sm3(&[&[0], text.as_bytes()]).hex();
    let set_leaf = |engine: &mut Engine, text: &str| {
        let set = format!("body = '{}', leaf_hash = '{}'", text.replace('\'', "''"), hash(text));
        engine.run(&format!("UPDATE journal_leaves SET {set} WHERE idx = {idx}")).unwrap();
    };
    let set_node = |engine: &mut Engine, text: &str| {
        let set = format!("UPDATE journal_nodes SET hash = '{}' WHERE level = 0 AND idx = {idx}", hash(text));
        engine.run(&set).unwrap();
    };
    set_leaf(engine, &forge(&text));
    names(&sold.verify().broken[0], &leaf, "登记的是");
    set_node(engine, &forge(&text));
    names(&sold.verify().broken[0], &format!("日志节点（第 1 层第 {} 个）", idx / 2), "登记的是");
    set_node(engine, &text);
    set_leaf(engine, &text);
    let read = "SELECT root AS value FROM tree_heads ORDER BY size LIMIT 1";
    let write = "UPDATE tree_heads SET root = '{}' WHERE size = (SELECT MIN(size) FROM tree_heads)";
    names(&changed(&sold.app, engine, read, write, hash), "树头", "签名");
    let read = "SELECT peaks AS value FROM journal_head";
    let write = "UPDATE journal_head SET peaks = '{}'";
    names(&changed(&sold.app, engine, read, write, |_| "[]".to_owned()), "journal_head", "峰值");
}

/// The reason of a pause, and a pause that is gone.
#[test]
fn a_pause_of_a_payment_cannot_be_rewritten() {
    let pond = Pond::reach(Point::Posted, Winner::Member);
    let page = pond.browser("supervisor").opened("/desk/refunds").links("/desk/refunds/").remove(0);
    let why = [("reason", "收到实名举报，须核实后再付")];
    let _ = pond.browser("supervisor").does(&page, &page, &why).says("付款已暂停");
    let engine = &mut Engine::connect(pond.world.place());
    engine.without_guards();
    for (column, other) in [("words", "没有理由"), ("ordered_post", "中心主任"), ("reason", "standby")] {
        let read = format!("SELECT {column} AS value FROM refund_pauses");
        let write = format!("UPDATE refund_pauses SET {column} = '{{}}'");
        names(&changed(&pond.world.app, engine, &read, &write, |_| other.to_owned()), "refund_pauses 表", "被改动过");
    }
    engine.run("DELETE FROM refund_pauses").expect("taken away");
    names(&verified(&pond.world.app, None).broken[0], "refund_pauses 表", "缺失");
}

fn money(sold: &Sold, engine: &mut Engine) {
    // One line alone: the entry does not balance.
    let read = "SELECT CAST(amount_fen AS TEXT) AS value FROM ledger_lines ORDER BY entry_id, ord LIMIT 1";
    let write = "UPDATE ledger_lines SET amount_fen = {} WHERE (entry_id, ord) = \
                 (SELECT entry_id, ord FROM ledger_lines ORDER BY entry_id, ord LIMIT 1)";
    names(&changed(&sold.app, engine, read, write, |_| "777".into()), "ledger_entries 表：分录", "合计");
    // All lines of an entry doubled: it balances, but the chain tells.
    let entry = engine.values("SELECT MIN(id) AS value FROM ledger_entries")[0].clone();
    let scale = |engine: &mut Engine, how: &str| {
        engine
            .run(&format!("UPDATE ledger_lines SET amount_fen = amount_fen {how} WHERE entry_id = '{entry}'"))
            .unwrap();
    };
    scale(engine, "* 2");
    let broken = sold.verify().broken[0].clone();
    scale(engine, "/ 2");
    names(&broken, &format!("ledger_entries 表：分录 {entry}"), "总账链");
    let read = "SELECT memo AS value FROM ledger_entries ORDER BY id LIMIT 1";
    let write = "UPDATE ledger_entries SET memo = '{}' WHERE id = (SELECT MIN(id) FROM ledger_entries)";
    names(&changed(&sold.app, engine, read, write, |_| "别的说明".into()), "ledger_entries 表", "总账链");
    let read = "SELECT sealed AS value FROM sublog WHERE seq = 2";
    let other = engine.values("SELECT sealed AS value FROM sublog WHERE seq = 1")[0].clone();
    let write = "UPDATE sublog SET sealed = '{}' WHERE seq = 2";
    names(&changed(&sold.app, engine, read, write, |_| other.clone()), "sublog 表", "被改动过");
    let read = "SELECT sm3 AS value FROM documents ORDER BY id LIMIT 1";
    let write = "UPDATE documents SET sm3 = '{}' WHERE id = (SELECT MIN(id) FROM documents)";
    names(&changed(&sold.app, engine, read, write, |_| "00".repeat(32)), "documents 表", "storage_key");
}

#[test]
fn rows_that_were_taken_away_or_added_are_named() {
    let sold = Sold::new();
    let engine = &mut sold.unguarded();
    engine.run("DELETE FROM bids WHERE seq = (SELECT MAX(seq) FROM bids)").unwrap();
    names(&sold.verify().broken[0], "bids 表", "缺失");
    engine.run("DELETE FROM room_events WHERE seq = (SELECT MAX(seq) FROM room_events)").unwrap();
    names(&sold.verify().broken[0], "room_events 表", "缺失");
    engine.run("DELETE FROM lot_events WHERE seq = (SELECT MAX(seq) FROM lot_events)").unwrap();
    names(&sold.verify().broken[0], "lot_events 表", "缺失");
    engine.run("DELETE FROM journal_leaves WHERE idx = (SELECT MAX(idx) FROM journal_leaves)").unwrap();
    names(&sold.verify().broken[0], "日志第", "缺失");
    engine.run("DELETE FROM journal_leaves WHERE idx = 3").unwrap();
    names(&sold.verify().broken[0], "日志第 3 号叶", "缺失");
}

/// An entry taken out of ledger and chain together is missed by its leaf, not only by the next state of the ledger.
#[test]
fn a_payment_taken_out_of_the_books_is_named() {
    let sold = Sold::new();
    let counted = green(&sold.app);
    assert!(counted.iter().any(|(what, n)| *what == "记账叶" && *n > 0), "{counted:?}");
    let engine = &mut sold.unguarded();
    let last = "SELECT entry_id AS value FROM ledger_chain ORDER BY seq DESC LIMIT 1";
    let entry = engine.values(last)[0].clone();
    for (table, column) in [("ledger_chain", "entry_id"), ("ledger_lines", "entry_id"), ("ledger_entries", "id")] {
        engine.run(&format!("DELETE FROM {table} WHERE {column} = '{entry}'")).unwrap();
    }
    let broken = sold.verify().broken;
    assert!(broken.iter().any(|b| b.place.contains(&entry) && b.what.contains("payment.posted")), "{broken:?}");
}

/// A fee table stands in the log with the hash of its value and of its approval.
#[test]
fn a_fee_table_cannot_be_rewritten() {
    let world = World::open();
    let _ = people::admin(&world);
    let system = Client::new(&world).login("admin", people::PASSWORD);
    let typed = [
        ("approval", "蓝发改价〔2026〕3号"),
        ("effective_from", "2026-04-02"),
        ("base", "total"),
        ("slices", "100000,120\r\n以上,80"),
        ("minimum", "100"),
    ];
    assert_eq!(system.submit("/admin/fees", "/admin/fees", &typed).leads(), "/admin/fees");
    green(&world.app);
    let engine = &mut Engine::connect(world.place());
    engine.without_guards();
    for (column, what) in [("value", "改动过"), ("approval_document", "改动过"), ("effective_from", "改动过")]
    {
        let read = format!("SELECT {column} AS value FROM settings");
        let write = format!("UPDATE settings SET {column} = '{{}}'");
        names(&changed(&world.app, engine, &read, &write, |v| v.replacen('2', "1", 1)), "settings 表", what);
    }
    let (read, write) = ("SELECT status AS value FROM settings", "UPDATE settings SET status = '{}'");
    names(&changed(&world.app, engine, read, write, |_| "approved".into()), "settings 表", "没有审批它的叶");
    engine.run("DELETE FROM settings").unwrap();
    names(&verified(&world.app, None).broken[0], "settings 表", "缺失");
}

#[test]
fn a_kept_file_that_was_changed_is_named() {
    let sold = Sold::new();
    let hash = sold.app.files.list().unwrap()[0];
    let hex = hash.hex();
    let path = sold.place.data().join("files/kept").join(&hex[..2]).join(&hex[2..4]).join(&hex);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, [&bytes[..], b"x"].concat()).unwrap();
    names(&sold.verify().broken[0], "documents 表", "被改动过");
    std::fs::remove_file(&path).unwrap();
    names(&sold.verify().broken[0], "documents 表", "不见了");
    std::fs::write(&path, bytes).unwrap();
    green(&sold.app);
}

#[test]
fn a_certificate_that_was_changed_is_named() {
    let pond = Pond::reach(Point::Certified, Winner::Member);
    let app = &pond.world.app;
    let counted = green(app);
    assert!(counted.contains(&("鉴证书", 1)), "{counted:?}");
    let number = pond.lot().certificate.number.expect("issued");
    served(&pond, &number);
    let mut engine = Engine::connect(pond.world.place());
    engine.without_guards();
    let place = format!("certificates 表：{number}");
    let read = |column: &str| format!("SELECT {column} AS value FROM certificates");
    let write = |column: &str| format!("UPDATE certificates SET {column} = '{{}}'");
    let cheaper = |payload: &str| payload.replacen("\"price_fen\":", "\"price_fen\":1", 1);
    let broken = changed(app, &mut engine, &read("payload"), &write("payload"), cheaper);
    names(&broken, &place, "签名与内容不符");
    for (column, other) in [("signature", "AAAA"), ("key_id", "0000000000000000"), ("check_code", "ABCDEFGH2345")] {
        names(&changed(app, &mut engine, &read(column), &write(column), |_| other.to_owned()), &place, column);
    }
    // Another file in place of the PDF.
    let read = "SELECT sm3 AS value FROM documents WHERE code = 'F11'";
    let write = "UPDATE documents SET sm3 = '{}' WHERE code = 'F11'";
    let other = engine.values("SELECT sm3 AS value FROM documents WHERE code <> 'F11' ORDER BY id LIMIT 1")[0].clone();
    names(&changed(app, &mut engine, read, write, |_| other.clone()), "documents 表", "sm3");
    let hash = engine.values(read)[0].clone();
    let pdf = pond.world.place().data().join("files/kept").join(&hash[..2]).join(&hash[2..4]).join(&hash);
    let bytes = std::fs::read(&pdf).unwrap();
    std::fs::write(&pdf, b"%PDF-1.7 another").unwrap();
    names(&verified(app, None).broken[0], &format!("鉴证书 {number} 的 PDF"), "被改动过");
    std::fs::write(&pdf, bytes).unwrap();
    green(app);
    engine.run("DELETE FROM certificates").unwrap();
    names(&verified(app, None).broken[0], &place, "缺失");
}

/// What the public interface serves is what `verify --certificate` takes.
fn served(pond: &Pond, number: &str) {
    let typed: nongquan::domain::base::numbering::CertificateNo = number.parse().unwrap();
    let json = Client::new(&pond.world).get(&format!("/api/v1/certificates/{}", typed.url())).body;
    let public = pond.world.app.keys.public_bundle();
    let app = &pond.world.app;
    let given = verify::Given { public: &public, keys: None, files: None, checkpoint: None, lot: Some(&pond.lot_no) };
    let (report, log) = verify::database(&app.store, &given).unwrap();
    assert!(report.is_green() && report.count("鉴证书") == 1, "{report:?}");
    let good = verify::certificate(&json, &public, log.as_ref()).unwrap();
    assert!(good.is_green() && good.count("鉴证书在日志中") == 1, "{good:?}: {json}");
    let forged = json.replacen("\"price_fen\":", "\"price_fen\":1", 1);
    assert!(!verify::certificate(&forged, &public, log.as_ref()).unwrap().is_green());
}
