use super::{DIGEST, LOT, PROJECT, blank_sign, collective, farmer, head, list, some, t};
use crate::{
    ApplicationForm, ApprovalForm, ArchiveIndex, ArchiveLine, Asset, Attachment, BidderForm, CertificationForm,
    DeliveryForm, Fact, HandoverForm, HandoverLine, Opinion, Paper, Party, ReceiptForm, RefundForm,
};

const OBJECT: &str = "示例村大塘养殖水面";
const SELLER: &str = "蓝山县塔峰镇示例村股份经济合作社";

/// Every typed form.
pub fn forms() -> Vec<(&'static str, Paper)> {
    vec![
        ("application", application().into()),
        ("bidder_application", bidder_application().into()),
        ("certification", certification().into()),
        ("refund", refund().into()),
        ("receipt", receipt().into()),
        ("delivery", delivery().into()),
        ("handover", handover().into()),
        ("approval", approval().into()),
        ("archive_index", archive_index(24).into()),
    ]
}

fn opinion(organ: &str, text: &str, signer: &str, date: &str) -> Opinion {
    Opinion { organ: t(organ), text: t(text), signer: t(signer), date: t(date) }
}

fn paper(name: &str) -> Attachment {
    Attachment { name: t(name), size: t("PDF，212 KB"), digest: t(&DIGEST[..16]) }
}

fn application() -> ApplicationForm {
    ApplicationForm {
        head: head("SQ431127100202610190005"),
        transferor: collective(),
        title_owner: some(SELLER),
        variety: t("集体资源性资产经营权（养殖水面）"),
        object: t(OBJECT),
        quantity: t("32.60亩"),
        location: t("塔峰镇示例村1组"),
        bounds: some("东至塘埂，南至水圳，西至山脚，北至村道"),
        title_kind: t("集体养殖水面经营权"),
        ownership: t("集体"),
        title_no: some("蓝集水字第0000123号"),
        title_organ: some("蓝山县水利局"),
        approved_by: t("示例村股份经济合作社成员大会2026年9月18日决议，应到213人，实到191人，赞成178人"),
        present_use: t("水产养殖，上一轮租赁2026年9月30日到期"),
        encumbrances: t("无抵押、查封和在租情况"),
        further: vec![Fact::new("平均水深", "2.6米")],
        parcels: None,
        price: t("600.00元/亩/年"),
        price_basis: t("成员大会决议确定的底价"),
        term: some("5年"),
        mode: t("出租"),
        method: t("网络竞价（多轮报价）"),
        listing_period: t("10个工作日"),
        households: some("213户"),
        retransfer: t("否"),
        upper_level: t("否"),
        conditions: list(&["具备水产养殖经验。", "不投肥养殖，保证下游灌溉用水。"]),
        attachments: ["成员大会决议和表决记录", "公示照片（首日、末日）", "权属证明", "标的现状照片"]
            .map(paper)
            .to_vec(),
        station: opinion("乡镇服务站初审意见", "材料齐全，已到现场核实，同意上报。", "塔峰镇服务站", "2026年10月20日"),
        centre: Opinion::blank("县中心审核意见"),
        signatures: vec![blank_sign("转出方", SELLER)],
    }
}

fn bidder_application() -> BidderForm {
    BidderForm {
        head: head("BM20261030000017"),
        notice_no: t("LSNC431127100-05-202611-0007-01G01"),
        lot_no: t(LOT),
        object: t(OBJECT),
        applicant: farmer(),
        membership: t("农户；不是本集体经济组织成员"),
        plan: t("放养鲢鱼、鳙鱼，不投肥，年产约8吨"),
        answers: vec![Fact::new("具备水产养殖经验", "从事水产养殖6年"), Fact::new("没有未了结的违约记录", "没有")],
        priority: None,
        members: vec![Fact::new("黄样本（牵头人）", "60%，负责生产"), Fact::new("王样例", "40%，负责销售")],
        account: t("示例银行蓝山支行 0000 **** **** 0017"),
        declarations: list(&[
            "已阅读并接受公告、竞买须知和合同草案，已踏勘或者自愿放弃踏勘，认可标的现状。",
            "与转出方、其他竞买人之间没有串通，所交材料真实有效。",
            "同意为办理本次交易使用所交个人信息，同意按公告载明的方式公示结果。",
        ]),
        attachments: ["身份证明", "养殖经验证明"].map(paper).to_vec(),
        signatures: vec![blank_sign("申请人", "黄样本")],
    }
}

fn certification() -> CertificationForm {
    CertificationForm {
        head: head("JZ20261119000002"),
        project_no: t(PROJECT),
        lot_no: t(LOT),
        contract_no: t("LSNC431127100-05-202611-0007-01H01"),
        contract_date: t("2026年11月19日"),
        transferor: Party { phone: None, ..collective() },
        transferee: farmer(),
        object: t(OBJECT),
        quantity: t("32.60亩"),
        price: t("133,660.00元（人民币壹拾叁万叁仟陆佰陆拾元整）"),
        payment_proof: t("银行流水202611210000345，2026年11月21日，26,732.00元"),
        fee_proof: t("本次交易不收取服务费"),
        purpose: t("办理登记备案、申请贷款"),
        checks: vec![
            Fact::new("合同内容与公告、成交结果一致", "一致"),
            Fact::new("合同双方已签署", "是"),
            Fact::new("应付价款已汇入结算账户", "是"),
        ],
        opinions: vec![
            opinion("经办意见", "材料齐全，价款已到账，拟同意出具鉴证书。", "鉴证岗 01", "2026年11月22日"),
            Opinion::blank("审批意见"),
        ],
        signatures: vec![blank_sign("申请人", "黄样本")],
    }
}

fn refund() -> RefundForm {
    RefundForm {
        head: head("TK20261110000012"),
        project_no: t(PROJECT),
        lot_no: t(LOT),
        payer: t("李试验"),
        account: t("0000 **** **** 0031"),
        bank: t("示例银行蓝山支行"),
        paid: t("10,000.00元"),
        deducted: t("0.00元"),
        ground: None,
        returned: t("10,000.00元"),
        returned_capitals: t("人民币壹万元整"),
        reason: t("R01 未成交退还"),
        due: t("2026年11月13日"),
        maker: t("财务岗 01，2026年11月10日 11:02"),
        checker: some("财务岗 02，2026年11月10日 14:40"),
        batch: some("FK20261110000003第2行"),
        bank_serial: None,
        posted: None,
    }
}

fn receipt() -> ReceiptForm {
    ReceiptForm {
        head: head("SJ20261121000007"),
        payer: t("黄样本"),
        lot_no: t(LOT),
        object: t(OBJECT),
        item: t("第1期租金"),
        amount: t("26,732.00元"),
        capitals: t("人民币贰万陆仟柒佰叁拾贰元整"),
        account: t("蓝山县农村产权交易中心，示例银行蓝山支行"),
        bank_serial: t("202611210000345"),
        booked: t("2026年11月21日 10:03:22"),
        handler: t("财务岗 01"),
        signatures: vec![],
    }
}

fn delivery() -> DeliveryForm {
    DeliveryForm {
        head: head("LSNC431127100-05-202611-0007-01D01"),
        lot_no: t(LOT),
        contract_no: t("LSNC431127100-05-202611-0007-01H01"),
        transferor: t(SELLER),
        transferee: t("黄样本"),
        object: t(OBJECT),
        location: t("塔峰镇示例村1组"),
        quantity: t("32.60亩"),
        boundary: t("双方到场，按附图逐点指认，设置界桩4根"),
        condition: t("水位正常，塘埂完好"),
        delivered: t("2026年12月12日 09:30"),
        assets: vec![
            Asset { name: t("管理用房"), quantity: t("1间"), state: t("完好"), treatment: t("期满返还") },
            Asset {
                name: t("增氧机"), quantity: t("2台"), state: t("1台待修"), treatment: t("甲方10日内修复")
            },
        ],
        evidence: list(&["位置示意图", "现场照片6张"]),
        remarks: t("无遗留事项"),
        signatures: vec![
            blank_sign("移交方", SELLER),
            blank_sign("接收方", "黄样本"),
            blank_sign("见证人", "塔峰镇服务站"),
        ],
    }
}

fn handover() -> HandoverForm {
    let line = |name: &str, number: &str, pages: &str| HandoverLine {
        name: t(name),
        number: t(number),
        pages: t(pages),
        digest: t(DIGEST),
    };
    HandoverForm {
        head: head("LSNC431127100-05-202611-0007-01YJ01"),
        department: t("蓝山县不动产登记中心"),
        project_no: t(PROJECT),
        lot_no: t(LOT),
        certificate_no: t("湘蓝农鉴〔2026〕00007号"),
        object: t(OBJECT),
        matter: t("经营权设立登记"),
        transferor: t(SELLER),
        transferee: t("黄样本"),
        papers: vec![
            line("交易鉴证书", "湘蓝农鉴〔2026〕00007号", "1"),
            line("交易合同", "LSNC431127100-05-202611-0007-01H01", "5"),
            line("成交确认书", "LSNC431127100-05-202611-0007-01Q01", "1"),
        ],
        manifest_digest: t(DIGEST),
        answer_until: some("2027年1月15日"),
        answer: Opinion::blank("接收部门办理结果"),
        signatures: vec![blank_sign("移交人", "蓝山县农村产权交易中心"), blank_sign("接收人", "蓝山县不动产登记中心")],
    }
}

fn approval() -> ApprovalForm {
    ApprovalForm {
        head: head("SP20261116000001"),
        applicant: farmer(),
        transferor: t(SELLER),
        lot_no: t(LOT),
        intention_no: t("LSNC431127100-03-202611-0012-01YX01"),
        location: t("塔峰镇示例村2组、3组"),
        area: t("126.40亩；十二个月内在相邻地块流转0亩"),
        land: t("机动地，水田"),
        term: t("5年"),
        price: t("420.00元/亩/年"),
        plan: t("优质稻与油菜轮作，配套建设育秧大棚2座"),
        ability: t("从事粮食生产8年，自有农机4台，无不良信用记录"),
        risk: t("交纳履约保证金5,000.00元"),
        level: t("乡镇级（不满500亩）"),
        papers: list(&["流转意向协议书", "经营项目规划书", "身份和经营能力证明", "资信证明"]),
        opinions: vec![
            opinion("农村集体经济组织意见", "同意流转。", "雷示例", "2026年11月17日"),
            Opinion::blank("乡镇人民政府意见"),
            Opinion::blank("审批机关决定"),
        ],
        signatures: vec![blank_sign("申请人", "黄样本")],
    }
}

/// An archive list with `count` papers.
pub fn archive_index(count: usize) -> ArchiveIndex {
    let kinds = ["申请", "审核", "公告", "竞买人", "竞价", "结果", "合同", "价款"];
    let line = |i: usize| ArchiveLine {
        part: t(kinds[i * kinds.len() / count.max(1)]),
        name: format!("{}阶段文件之{}", kinds[i * kinds.len() / count.max(1)], i + 1),
        number: format!("LSNC431127100-05-202611-0007-01W{:02}", i + 1),
        date: format!("2026年11月{:02}日", i % 28 + 1),
        pages: (i % 5 + 1).to_string(),
        digest: t(&DIGEST[..16]),
    };
    ArchiveIndex {
        head: head("DA431127100-2026-0007"),
        title: t("塔峰镇示例村大塘养殖水面经营权出租交易案卷"),
        project_no: t(PROJECT),
        lot_no: t(LOT),
        retention: t("永久"),
        period: t("2026年10月19日至2026年12月20日"),
        place: some("县中心档案室2号柜"),
        lines: (0..count).map(line).collect(),
        digest: t(DIGEST),
        signatures: vec![blank_sign("立卷人", ""), blank_sign("检查人", "")],
    }
}
