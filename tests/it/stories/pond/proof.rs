//! What must hold when a story is over, and what the public notice must say.

use nongquan::acts::verify::{self, Given};
use nongquan::domain::base::Fen;
use nongquan::domain::lot::replay;
use nongquan::store::{ledger, lots, refunds};

use super::Pond;
use crate::support::Client;

impl Pond {
    /// Nothing waits in the outbox, the books balance, every order is done, events replay to the lot.
    pub fn proven(&self) {
        self.sound();
        let open = ["due", "paused", "made", "checked", "sent"];
        let orders: usize = self
            .world
            .app
            .store
            .read(|db| {
                let mut n = 0;
                for status in open {
                    n += refunds::with_status(db, status, 100)?.len();
                }
                Ok(n)
            })
            .expect("orders can be read");
        assert_eq!(orders, 0, "orders that are not done");
        let left: Vec<_> = self
            .world
            .app
            .store
            .read(|db| ledger::balances(db))
            .expect("the ledger can be read")
            .into_iter()
            .filter(|(_, fen)| *fen != Fen::ZERO)
            .collect();
        assert!(left.is_empty(), "money that lies somewhere: {left:?}");
        self.nothing_is_plain();
    }

    /// No ID number, telephone or bank account of anybody stands in the database as it was typed.
    fn nothing_is_plain(&self) {
        let folder = &self.world.app.data;
        let mut stored = Vec::new();
        for name in ["nongquan.db", "nongquan.db-wal"] {
            stored.extend(std::fs::read(folder.join(name)).unwrap_or_default());
        }
        if stored.is_empty() {
            return; // PostgreSQL keeps its files to itself.
        }
        // Only runs of figures can be one; looking everywhere for each would take longer than the story.
        let figure = |b: &u8| b.is_ascii_digit() || *b == b'X';
        let runs: Vec<&[u8]> = stored.split(|b| !figure(b)).filter(|run| run.len() >= 10).collect();
        for (who, person) in &self.people {
            // A credit code is public.
            let id = Some(&person.number).filter(|n| n.len() == 18 && n.starts_with("431"));
            for secret in [id, Some(&person.phone), Some(&person.account)].into_iter().flatten() {
                assert!(secret.bytes().all(|b| figure(&b)), "{who}: {secret} is figures");
                let within = |run: &&[u8]| run.windows(secret.len().max(1)).any(|part| part == secret.as_bytes());
                let found = runs.iter().any(within);
                assert!(!found, "{who}: {secret} stands in the database as it is");
            }
        }
    }

    /// The same while money may still be on its way.
    pub fn sound(&self) {
        assert_eq!(self.phones.deliver(&self.world), 0, "messages that did not leave");
        let trial = self.world.app.store.read(|db| ledger::trial_balance(db)).expect("the ledger can be read");
        assert_eq!(trial, Fen::ZERO, "the books balance");
        let page = self.browser("finance").opened("/desk/ledger");
        assert_eq!(page.fact("试算平衡").as_deref(), Some("平衡，差额 0.00 元"), "{}", page.text());
        self.replays();
        self.verifies();
    }

    fn replays(&self) {
        let lot = self.lot();
        let events = self.world.app.store.read(|db| lots::events(db, lot.id)).expect("events can be read");
        let start = lot.before_events(crate::support::server::first_morning());
        assert_eq!(replay(start, &events), lot, "events replay to the stored lot");
    }

    /// The whole record, recomputed from what lies beneath it: log, lots, rooms, bids, money, papers.
    fn verifies(&self) {
        let app = &self.world.app;
        let public = app.keys.public_bundle();
        for lot in [None, Some(self.lot_no.as_str()).filter(|no| !no.is_empty())] {
            let given =
                Given { public: &public, keys: Some(&app.keys), files: Some(&app.files), checkpoint: None, lot };
            let (report, _) = verify::database(&app.store, &given).expect("the record can be read");
            let broken: Vec<String> = report.broken.iter().map(ToString::to_string).collect();
            assert!(report.is_green(), "{broken:?}");
        }
    }
}

/// Every field of form F03 stands on the public page (rulebook 8.1).
pub fn notice_is_whole(pond: &Pond) {
    let page = Client::new(&pond.world).opened(&pond.public(""));
    let text = page.text();
    let wanted = [
        // Title, numbers, round, category, transferor.
        "塔峰镇界头村门口塘五年承包经营出租公告",
        "项目编号",
        pond.lot_no.as_str(),
        "公告号",
        "第 1 轮",
        "农村集体养殖水面（坑塘）经营权",
        "蓝山县塔峰镇界头村股份经济合作社",
        // Object, photographs, area.
        "3组村委会东侧50米",
        "东至机耕路，南至水圳，西至山脚，北至界头村至毛俊镇村道",
        "32.6 亩",
        "现状照片.png",
        "蓝集有（2012）第0123号",
        "村集体自养，2026年4月30日前清塘交付",
        "鱼类养殖",
        // Mode, term, price with unit and total, step and largest step, reserve.
        "出租",
        "5年，自2026年6月1日起至2031年5月31日止",
        "600 元/亩/年",
        "97,800.00 元（人民币玖万柒仟捌佰元整）",
        "10 元/亩/年，每次报价应为其整数倍",
        "不超过 20 个加价幅度",
        "不设保留价",
        // Method, periods, direction.
        "网络竞价",
        "60 分钟",
        "180 秒",
        "竞价方向",
        // Deposit: amount, account, deadline, treatment.
        "1,956.00 元（人民币壹仟玖佰伍拾陆元整）",
        "保证金账户",
        "到账期限",
        "保证金处理",
        // Payment, bonds, escalation, fees.
        "付款方式",
        "履约保证金",
        "价格递增",
        "交易服务费",
        // Conditions, priority and how to claim it.
        "不得投放肥水，养殖尾水达标排放",
        "同等条件下依次为：本集体经济组织成员",
        "优先权主张",
        // Listing period, extension, viewing.
        "报名和保证金截止",
        "公告延期",
        "公告期内工作日上午，联系塔峰镇农村产权交易服务站0746-2213000",
        // Formation, forfeiture, disclosures, objections, contacts.
        "合同成立",
        "保证金不予退还的情形",
        "权利负担",
        "灌溉季节须服从村里放水安排；塘埂东段2025年加固",
        "异议",
        "0746-2210000",
        "塔峰镇农村产权交易服务站",
        "附件",
    ];
    let missing: Vec<&str> = wanted.into_iter().filter(|words| !text.contains(words)).collect();
    assert!(missing.is_empty(), "the notice does not say {missing:?}: {text}");
    super::print::notice(pond);
}
