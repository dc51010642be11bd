//! The commands as a person types them.

use std::path::Path;
use std::process::Command;

use super::world::Sold;
use crate::support::Place;

/// What a command said.
pub struct Ran {
    code: Option<i32>,
    /// Both of its outputs.
    pub said: String,
}

impl Ran {
    /// It succeeded and said this.
    pub fn good(&self, words: &str) -> &Ran {
        assert_eq!(self.code, Some(0), "{}", self.said);
        assert!(self.said.contains(words), "{words}: {}", self.said);
        self
    }

    /// It failed and said this.
    pub fn bad(&self, words: &str) -> &Ran {
        assert_eq!(self.code, Some(1), "{}", self.said);
        assert!(self.said.contains(words), "{words}: {}", self.said);
        self
    }
}

/// Runs the program for a place.
pub fn run(place: &Place, words: &[&str]) -> Ran {
    let config = place.config("127.0.0.1:1").place;
    let mut command = Command::new(env!("CARGO_BIN_EXE_nongquan"));
    command.args(words).arg("--data").arg(&config.data).arg("--keys").arg(&config.keys).env_clear();
    if let Some(url) = place.postgres() {
        command.arg("--database-url").arg(url);
    }
    let output = command.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Ran { code: output.status.code(), said }
}

fn write(place: &Place, name: &str, text: &str) -> std::path::PathBuf {
    let path = place.root().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_record_is_checked_from_the_command_line() {
    let sold = Sold::new();
    let (place, no) = (&sold.place, sold.room.lot_no.as_str());
    run(place, &["verify"]).good("核对通过").good("日志叶").good("报价和回执 7");
    run(place, &["verify", "--lot", no]).good("重新运行的竞价场次 1");
    run(place, &["verify", "--lot", "431127100N26990001-1"]).bad("没有这个标的");
    let receipt = serde_json::to_string(&sold.market.last_receipt(&sold.app, &sold.room)).unwrap();
    let receipt = write(place, "receipt.json", &receipt);
    run(place, &["verify", "--receipt", path(&receipt)]).good("回执在日志中 1");
    offline(place, no, &receipt, &sold);
    run(place, &["ledger", "trial-balance"]).good("结算账户").good("试算平衡");
    let mut engine = sold.unguarded();
    engine.run("UPDATE bids SET amount_fen = amount_fen + 100 WHERE seq = 2").unwrap();
    run(place, &["verify"]).bad(&format!("不符：bids 表：标的 {no} 第 2 次报价：列 amount_fen"));
    run(place, &["verify", "--lot", no]).bad("bids 表");
    engine.run("UPDATE ledger_lines SET amount_fen = 5 WHERE ord = 0").unwrap();
    run(place, &["ledger", "trial-balance"]).bad("试算不平衡");
    // A missing database is not made by looking for it.
    let nowhere = Place::new();
    if nowhere.postgres().is_none() {
        run(&nowhere, &["verify"]).bad("没有数据库文件");
        assert!(!nowhere.data().exists());
    }
}

/// The same from published files alone.
fn offline(place: &Place, no: &str, receipt: &Path, sold: &Sold) {
    let log = place.root().join("journal.jsonl");
    run(place, &["journal", "export", "--to", path(&log)]).good("已导出日志");
    run(place, &["journal", "export", "--to", path(&log)]).bad("写不了");
    let keys = serde_json::to_string(&sold.app.keys.public_bundle()).unwrap();
    let keys = write(place, "public-keys.json", &keys);
    let alone = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_nongquan"))
            .arg("verify")
            .args(words)
            .current_dir(place.root().join("backup-nowhere").parent().unwrap())
            .env_clear()
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        Ran { code: output.status.code(), said }
    };
    let (log, keys, receipt) = (path(&log), path(&keys), path(receipt));
    alone(&["--journal", log]).good("请与交易中心公布的公钥核对");
    alone(&["--journal", log, "--public-keys", keys, "--lot", no, "--receipt", receipt]).good("回执在日志中 1");
    alone(&["--receipt", receipt, "--public-keys", keys]).good("回执签名 1");
    let head = nongquan::acts::checkpoint::newest(&sold.app).unwrap().unwrap();
    let head = write(place, "head.json", &serde_json::to_string(&head).unwrap());
    alone(&["--journal", log, "--checkpoint", path(&head)]).good("核对通过");
    let text = std::fs::read_to_string(log).unwrap();
    let forged = write(place, "forged.jsonl", &text.replacen("bid.accepted", "bid.refused", 1));
    alone(&["--journal", path(&forged)]).bad("内容被改动过");
}

#[test]
fn the_measurements_run_on_a_world_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_nongquan"))
        .args(["bench", "--dir", dir.path().to_str().unwrap()])
        .env_clear()
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    for what in ["一次报价", "全库核对", "项目列表页"] {
        assert!(said.lines().any(|l| l.starts_with(what) && l.contains("比值")), "{what}: {said}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is left behind");
}
