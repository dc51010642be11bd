use super::{DIGEST, LOT, PROJECT, head, list, some, t};
use crate::{BidLine, BidRecordPaper, Fact, PauseLine, Signature};

/// A room with `count` bids; 60 run over pages.
pub fn bid_record(count: u32) -> BidRecordPaper {
    BidRecordPaper {
        head: head("LSNC431127100-05-202611-0007-01P01"),
        project_no: t(PROJECT),
        lot_no: t(LOT),
        object: t("示例村大塘养殖水面"),
        price: t("600.00元/亩/年"),
        rules: t("网络竞价（多轮报价），加价幅度10.00元/亩/年，自由报价期30分钟，限时报价期180秒"),
        bidders: t("3人"),
        opened: t("2026年11月10日 10:00:00.000"),
        free_end: some("2026年11月10日 10:30:00.000"),
        closed: t("2026年11月10日 10:52:41.318"),
        bids: (1..=count).map(bid).collect(),
        refused: vec![Fact::new("加价或减价不足一个幅度", "2次"), Fact::new("已持有最优报价", "1次")],
        pauses: vec![PauseLine {
            from: t("2026年11月10日 10:12:30.000"),
            to: t("2026年11月10日 10:19:05.000"),
            reason: t("服务中断6分35秒，自由报价期顺延相同时长，另给准备时间5分钟"),
        }],
        result: t("成交"),
        winner_no: some("7316"),
        deal_price: some("820.00元/亩/年"),
        deal_capitals: some("人民币捌佰贰拾元整"),
        gain: Some(Fact::new("溢价率", "36.67%")),
        notes: list(&["竞买号4402依法主张同等条件下的优先权，未在限时报价期内行使。"]),
        evidence: vec![Fact::new("记录序号", "1031至1094"), Fact::new("记录摘要（SM3）", DIGEST)],
        signatures: ["主持人", "监督人"]
            .map(|role| Signature { role: t(role), name: t(""), sign_label: t("签名"), signed: vec![] })
            .to_vec(),
    }
}

fn bid(seq: u32) -> BidLine {
    BidLine {
        seq: seq.to_string(),
        bidder_no: t(["7316", "4402", "9058"][(seq % 3) as usize]),
        amount: format!("{}.00元/亩/年", 600 + seq * 10),
        received: format!("10:{:02}:{:02}.{:03}", seq / 4, seq * 13 % 60, seq * 137 % 1000),
        phase: t(if seq < 40 { "自由" } else { "限时" }),
        priority: t(if seq == 9 { "同价优先" } else { "" }),
        outcome: t("有效"),
        source: format!("{:08x}", seq.wrapping_mul(2_654_435_761)),
    }
}
