use super::{DIGEST, LOT, PROJECT, blank_sign, head, list, some, t};
use crate::{
    AcceptanceLetter, Account, BiddingLetter, CorrectionLetter, DealConfirmation, DueLine, Fact, FindingLine, Gap,
    ObjectionAnswer, Paper, PaymentDemand, Qualification, QualificationLetter, RegistrationReceipt, RejectionLetter,
    ResultNotice, ReviewOpinion, StatusChange, StatusNotice,
};

const OBJECT: &str = "示例村大塘养殖水面";
const SELLER: &str = "蓝山县塔峰镇示例村股份经济合作社";
const CONTACT: &str = "联系电话：0746-0000001。地址：塔峰镇示例路1号。";

/// Every typed letter.
pub fn letters() -> Vec<(&'static str, Paper)> {
    vec![
        ("acceptance", acceptance().into()),
        ("correction", correction().into()),
        ("rejection", rejection().into()),
        ("review_opinion", review_opinion().into()),
        ("registration_receipt", registration().into()),
        ("qualified", qualification(true).into()),
        ("not_qualified", qualification(false).into()),
        ("bidding_letter", bidding().into()),
        ("result", result().into()),
        ("confirmation", confirmation().into()),
        ("failed", failed().into()),
        ("payment_demand", payment_demand().into()),
        ("objection_answer", objection_answer().into()),
    ]
}

fn acceptance() -> AcceptanceLetter {
    AcceptanceLetter {
        head: head("SL431127100202610200003"),
        to: t(SELLER),
        application_no: t("SQ431127100202610190005"),
        project_no: t(PROJECT),
        object: t(OBJECT),
        variety: t("集体资源性资产经营权"),
        received: list(&["农村产权转出交易申请书", "成员大会决议、表决记录和公示照片", "权属证明", "标的现状照片"]),
        review_until: t("2026年10月23日"),
        contact: t(CONTACT),
    }
}

/// A correction letter, whose table is easily made long.
pub fn correction() -> CorrectionLetter {
    let gap = |item: &str, problem: &str, remedy: &str| Gap { item: t(item), problem: t(problem), remedy: t(remedy) };
    CorrectionLetter {
        head: head("BZ431127100202610190005"),
        to: t(SELLER),
        application_no: t("SQ431127100202610190005"),
        object: t(OBJECT),
        gaps: vec![
            gap(
                "成员大会决议",
                "缺少应到、实到人数和表决结果",
                "补交载明应到、实到、赞成、反对、弃权人数的会议记录扫描件",
            ),
            gap("公示照片", "只有公示首日照片", "补交公示最后一日的照片"),
            gap("四至", "北至未填写", "在申请表中补填，与附图一致"),
        ],
        until: t("2026年11月2日"),
        round: t("第1次"),
        contact: t(CONTACT),
    }
}

fn rejection() -> RejectionLetter {
    RejectionLetter {
        head: head("BS431127100202610190006"),
        to: t(SELLER),
        application_no: t("SQ431127100202610190006"),
        object: t(OBJECT),
        grounds: list(&[
            "标的权属存在尚未解决的争议（规则E05）。",
            "转出事项未经成员大会三分之二以上同意（规则E50）。",
        ]),
        redirect: some("先向塔峰镇人民政府申请调处权属争议"),
        objection: t("对本决定有异议的，可以自收到之日起10日内向本中心书面提出。"),
    }
}

fn review_opinion() -> ReviewOpinion {
    let line = |rule: &str, subject: &str, verdict: &str, note: &str| FindingLine {
        rule: t(rule),
        subject: t(subject),
        verdict: t(verdict),
        note: t(note),
    };
    ReviewOpinion {
        head: head("SH431127100202610230003"),
        stage: t("县中心审核"),
        project_no: t(PROJECT),
        object: t(OBJECT),
        applicant: t(SELLER),
        findings: vec![
            line("E01", "标的属于可以交易的品种", "符合", "集体资源性资产"),
            line("E20", "期限不超过法定上限", "符合", "5年，不超过20年"),
            line("E50", "民主决策", "符合", "应到213人，赞成178人，占83.57%"),
            line("E60", "交易底价依据", "提示", "没有评估报告，以成员大会确定的底价为准"),
        ],
        outcome: t("通过"),
        opinion: t("材料齐全，程序合规，同意发布公告。"),
        reviewer: t("审核岗 02"),
        approver: some("中心主任"),
    }
}

fn registration() -> RegistrationReceipt {
    RegistrationReceipt {
        head: head("BM20261030000017"),
        to: t("黄样本"),
        lot_no: t(LOT),
        object: t(OBJECT),
        received: t("2026年10月30日 15:20:11"),
        papers: list(&["受让申请书", "身份证明", "承诺书"]),
        priority: some("本集体经济组织成员优先"),
        deposit: t("10,000.00元，汇至示例银行蓝山支行 0000 0000 0000 0002，附言BM20261030000017"),
        deposit_deadline: t("2026年11月6日17:00"),
        digest: t(DIGEST),
        contact: t(CONTACT),
    }
}

fn qualification(confirmed: bool) -> QualificationLetter {
    let decision = if confirmed {
        Qualification::Confirmed {
            deposit: t("10,000.00元，2026年11月3日10:21到账"),
            priority: None,
            session: t("2026年11月10日10:00开始，竞买号另行通知"),
        }
    } else {
        Qualification::Refused {
            grounds: list(&["未提交水产养殖经验或者技术人员的证明，不符合公告第四项第2条。"]),
            deposit: t("10,000.00元，自本通知之日起3个工作日内原路退还"),
        }
    };
    QualificationLetter {
        head: head("ZG20261108000004"),
        to: t("黄样本"),
        lot_no: t(LOT),
        object: t(OBJECT),
        decision,
        objection: t("对本通知有异议的，请在收到之日起2个工作日内书面提出，电话0746-0000001。"),
    }
}

fn bidding() -> BiddingLetter {
    BiddingLetter {
        head: head("JJ20261109000004"),
        to: t("黄样本"),
        lot_no: t(LOT),
        object: t(OBJECT),
        bidder_no: t("7316"),
        opens: t("2026年11月10日 10:00"),
        start_price: t("600.00元/亩/年"),
        step: t("10.00元/亩/年的整数倍，单次不超过20倍"),
        free_period: t("30分钟"),
        limited_period: t("每次有效报价后重新计时180秒"),
        priority: None,
        room: t("https://nongquan.example/lots/LSNC431127100-05-202611-0007-01/room"),
        contact: t("竞价现场支持电话：0746-0000004"),
    }
}

fn result() -> ResultNotice {
    ResultNotice {
        head: head("LSNC431127100-05-202611-0007-01S01"),
        project_no: t(PROJECT),
        lot_no: t(LOT),
        object: t(OBJECT),
        variety: t("集体资源性资产经营权"),
        mode: t("出租"),
        method: t("网络竞价（多轮报价）"),
        transferor: t(SELLER),
        winner: t("黄**（竞买号7316）"),
        start_price: t("600.00元/亩/年"),
        deal_price: t("820.00元/亩/年"),
        total: t("133,660.00元"),
        gain: Fact::new("溢价率", "36.67%"),
        term: some("5年"),
        bidders: t("3人"),
        priority: some("有1人主张，未行使"),
        publicity: t("2026年11月11日至2026年11月13日（3个工作日）"),
        objection: t("蓝山县农村产权交易中心，电话0746-0000001"),
    }
}

fn confirmation() -> DealConfirmation {
    DealConfirmation {
        head: head("LSNC431127100-05-202611-0007-01Q01"),
        project_no: t(PROJECT),
        lot_no: t(LOT),
        object: t(OBJECT),
        transferor: t(SELLER),
        transferee: t("黄样本"),
        bidder_no: t("7316"),
        deal_price: t("820.00元/亩/年"),
        total: t("133,660.00元"),
        total_capitals: t("人民币壹拾叁万叁仟陆佰陆拾元整"),
        term: some("5年"),
        payment: t("按年支付，先付后用"),
        deposit: t("10,000.00元转为第1期租金"),
        sign_until: t("2026年11月20日"),
        approval: some("本次流转依法须经塔峰镇人民政府审批，审批通过后签订合同。"),
        signatures: vec![blank_sign("转出方", SELLER), blank_sign("受让方", "黄样本")],
        evidence: vec![Fact::new("系统时间", "2026年11月16日 09:00:03.120"), Fact::new("成交数据摘要（SM3）", DIGEST)],
    }
}

fn failed() -> StatusNotice {
    StatusNotice {
        head: head("LSNC431127100-05-202611-0008-01L01"),
        change: StatusChange::Failed,
        project_no: t("LSNC431127100-05-202611-0008"),
        lot_no: t("LSNC431127100-05-202611-0008-01"),
        object: t("示例村小塘养殖水面"),
        notice_no: t("LSNC431127100-05-202611-0008-01G01"),
        reason: t("公告期满无人报名，已按规则延长2个周期"),
        details: vec![],
        deposits: t("没有已交纳的保证金"),
        next: t("转出方可以调整条件后重新申请挂牌"),
        contact: t(CONTACT),
    }
}

fn objection_answer() -> ObjectionAnswer {
    ObjectionAnswer {
        head: head("YD20261112000001"),
        to: t("李试验"),
        lot_no: t(LOT),
        object: t(OBJECT),
        received: t("2026年11月11日 16:05"),
        objection: t("认为竞价期间系统中断影响其报价"),
        findings: list(&[
            "竞价于10:12:30中断，10:19:05恢复，自由报价期已按公告规则顺延。",
            "恢复后你方竞买号另有2次有效报价，中断没有影响你方参加竞价。",
        ]),
        conclusion: t("异议不成立"),
        consequence: t("公示期自答复之日起继续计算"),
        remedy: t("对本答复不服的，可以自收到之日起10日内向蓝山县农业农村局投诉。"),
    }
}

fn payment_demand() -> PaymentDemand {
    let due = |item: &str, basis: &str, amount: &str| DueLine { item: t(item), basis: t(basis), amount: t(amount) };
    PaymentDemand {
        head: head("SK20261120000009"),
        to: t("黄样本"),
        lot_no: t(LOT),
        object: t(OBJECT),
        contract_no: t("LSNC431127100-05-202611-0007-01H01"),
        lines: vec![
            due("第1期租金", "820.00元/亩/年 × 32.60亩，减去已转入的保证金10,000.00元", "16,732.00元"),
            due("履约保证金", "公告约定", "5,000.00元"),
        ],
        sum: t("21,732.00元"),
        sum_capitals: t("人民币贰万壹仟柒佰叁拾贰元整"),
        offset: some("10,000.00元"),
        until: t("2026年11月26日17:00"),
        account: Account {
            name: t("蓝山县农村产权交易中心"),
            bank: t("示例银行蓝山支行"),
            number: t("0000 0000 0000 0002"),
        },
        reference: t("SK20261120000009"),
        contact: t(CONTACT),
    }
}
